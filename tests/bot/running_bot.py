"""The real application on the strict local Bot API, for the tests of what people see."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from bot.settings import Secret, Settings
from bot.simulator import Simulator
from bot.telegram.application import build_application, running
from bot.telegram.context import App, Services, services_of
from bot.telegram.notifier import Notifier
from retrieval import Article, Library

WHO = "ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก"
"""A question that the sample news answers."""
WHO_ANSWER, WHO_POST = "คมสัน เอกชัย", "ผู้ว่าราชการจังหวัดตาก"
OTHER = "ใครเป็นประธานเปิดการอบรมหัวหน้าสำนักงานจังหวัดเมื่อ 1 พ.ค. 60"


@dataclass
class Clock:
    """A time that stands still until it is moved."""

    at: datetime = field(default_factory=lambda: datetime(2026, 3, 2, 1, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.at


@dataclass
class RunningBot:
    """The bot while it runs: its parts, and the Bot API it speaks to."""

    sim: Simulator
    app: App
    services: Services
    clock: Clock

    @property
    def notifier(self) -> Notifier:
        """A second notifier on the same services, to be moved by hand."""
        return Notifier(self.services, self.app.bot)


@asynccontextmanager
async def running_bot(
    library: Library, state: Path, *, sim: Simulator | None = None, clock: Clock | None = None, **settings: Any
) -> AsyncIterator[RunningBot]:
    """The bot running by polling; ``settings`` are fields of Settings.  Nothing is delivered unless a test does it."""
    clock = clock or Clock()
    async with _given_or_new(sim) as api:
        chosen: dict[str, Any] = {"rate_limiter": False, "cooldown": 0.0, **settings}
        whole = Settings(token=Secret(api.token), api_url=api.api_url, library=library.path, state=state, **chosen)
        app = build_application(whole, library, now=clock, pause=0.01, every=3600)
        async with running(app):
            yield RunningBot(api, app, services_of(app), clock)


@asynccontextmanager
async def _given_or_new(sim: Simulator | None) -> AsyncIterator[Simulator]:
    if sim is not None:
        yield sim
        return
    async with Simulator() as new:
        yield new


def article(title: str, body: str, *, published: date = date(2026, 3, 2), agency: str = "กระทรวงมหาดไทย") -> Article:
    """A news item with an address of its own."""
    return Article(title, body, published, agency, url=f"https://example.go.th/news/{abs(hash(title)) % 10**8}")
