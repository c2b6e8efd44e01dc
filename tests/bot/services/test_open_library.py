"""The library while the bot runs: shared, remembered, exchanged."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.services.open_library import Shelf
from retrieval.library import Library
from retrieval.model import Answer, Kind
from tests.bot.stage import OTHER, WHO, article


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question that reaches a library."""
    questions: list[str] = []

    def ask(self: Library, question: str, **_: object) -> Answer:
        questions.append(question)
        if question == "พัง":
            raise ValueError("broken")
        return Answer(question, Kind.WHAT, found=False)

    monkeypatch.setattr(Library, "ask", ask)
    return questions


async def test_what_many_ask_at_once_is_worked_out_once(library: Library, asked: list[str]) -> None:
    shelf = Shelf(library)
    answers = await asyncio.gather(*(shelf.ask("ถาม", limit=5) for _ in range(20)))
    assert len({id(answer) for answer in answers}) == 1
    await shelf.ask("ถาม", limit=10)
    assert asked == ["ถาม", "ถาม"]


async def test_a_failure_is_not_remembered(library: Library, asked: list[str]) -> None:
    shelf = Shelf(library)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            await shelf.ask("พัง", limit=5)
    assert len(asked) == 2


async def test_answers_are_worked_out_anew_when_news_was_added(tmp_path: Path, asked: list[str]) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([article("ก", "ข่าวหนึ่ง")])
        shelf = Shelf(library)
        await shelf.ask("ถาม", limit=5)
        library.add([article("ข", "ข่าวสอง")])
        await shelf.ask("ถาม", limit=5)
        assert len(asked) == 2


async def test_a_library_put_in_the_place_of_another_is_read_by_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add([article("ก", "ข่าวหนึ่ง")])
        shelf = Shelf(library)
        shutil.move(path, tmp_path / "away")
        assert not await shelf.refresh()
        with Library.open(path, create=True):
            pass
        assert (await shelf.read(lambda library: library.stats())).articles == 0
        assert not await shelf.refresh()
        shelf.close()


async def test_workers_answer_as_the_bot_itself_would_also_after_one_died(library: Library) -> None:
    shelf = Shelf(library, workers=1)
    await shelf.start()
    try:
        assert await shelf.ask(WHO, limit=3) == library.ask(WHO, limit=3)
        assert shelf._workers is not None
        for process in list(shelf._workers._pool._processes.values()):
            process.kill()
        assert await shelf.ask(OTHER, limit=3) == library.ask(OTHER, limit=3)
    finally:
        shelf.close()
