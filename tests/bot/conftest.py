"""What the tests of the bot share: the bot running on the sample news."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.simulator import Person
from retrieval import Library
from tests.bot.running_bot import RunningBot, running_bot


@pytest.fixture
async def bot(library: Library, tmp_path: Path) -> AsyncIterator[RunningBot]:
    """The bot on the sample news."""
    async with running_bot(library, tmp_path / "bot.db") as running:
        yield running


@pytest.fixture
def somchai(bot: RunningBot) -> Person:
    """Somebody who uses Telegram in Thai."""
    return bot.sim.person("สมชาย", language="th")
