"""The library while the bot runs: shared, remembered, exchanged."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

import pytest

from bot.services.open_library import OpenLibrary
from retrieval import Answer, Kind, Library
from tests.bot.running_bot import OTHER, WHO, article


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
    open_library = OpenLibrary(library)
    answers = await asyncio.gather(*(open_library.ask("ถาม", limit=5) for _ in range(20)))
    assert len({id(answer) for answer in answers}) == 1
    await open_library.ask("ถาม", limit=10)
    assert asked == ["ถาม", "ถาม"]


async def test_a_failure_is_not_remembered(library: Library, asked: list[str]) -> None:
    open_library = OpenLibrary(library)
    for _ in range(2):
        with pytest.raises(ValueError, match="broken"):
            await open_library.ask("พัง", limit=5)
    assert len(asked) == 2


async def test_answers_are_worked_out_anew_when_news_was_added(tmp_path: Path, asked: list[str]) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([article("ก", "ข่าวหนึ่ง")])
        open_library = OpenLibrary(library)
        await open_library.ask("ถาม", limit=5)
        library.add([article("ข", "ข่าวสอง")])
        await open_library.ask("ถาม", limit=5)
        assert len(asked) == 2


async def test_a_library_put_in_the_place_of_another_is_read_by_the_next_question(tmp_path: Path) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add([article("ก", "ข่าวหนึ่ง")])
        open_library = OpenLibrary(library)
        shutil.move(path, tmp_path / "away")
        assert not await open_library.refresh()
        with Library.open(path, create=True):
            pass
        assert (await open_library.read(lambda library: library.stats())).articles == 0
        assert not await open_library.refresh()
        open_library.close()


async def test_workers_answer_as_the_bot_itself_would_also_after_one_died(library: Library) -> None:
    open_library = OpenLibrary(library, workers=1)
    await open_library.start()
    try:
        assert await open_library.ask(WHO, limit=3) == library.ask(WHO, limit=3)
        assert open_library._workers is not None
        for process in list(open_library._workers._pool._processes.values()):
            process.kill()
        assert await open_library.ask(OTHER, limit=3) == library.ask(OTHER, limit=3)
    finally:
        open_library.close()
