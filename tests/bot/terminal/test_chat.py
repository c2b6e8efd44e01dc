"""The conversation in the terminal: the real application behind it, what a person types and sees."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from prompt_toolkit.application import create_app_session
from prompt_toolkit.completion import CompleteEvent
from prompt_toolkit.document import Document
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput

from bot.settings import Settings
from bot.terminal.conversation import Conversation, conversation
from bot.terminal.prompt import Commands, typed
from retrieval import Library

CHAIR = "ใครเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก"


@dataclass
class Terminal:
    """A conversation and what it printed."""

    chat: Conversation
    printed: list[str] = field(default_factory=list)

    async def type(self, line: str) -> str:
        """Type a line; returns what it brought."""
        before = len(self.printed)
        await self.chat.say(line)
        return "\n".join(self.printed[before:])


@pytest.fixture
async def terminal(library: Library, tmp_path: Path) -> AsyncIterator[Terminal]:
    printed: list[str] = []
    settings = Settings(library=library.path, state=tmp_path / "bot.db")
    async with conversation(settings, library, language="th", write=printed.append, colour=False) as chat:
        yield Terminal(chat, printed)


async def test_start_greets_and_offers_questions_to_press(terminal: Terminal) -> None:
    greeting = await terminal.type("/start")
    assert "สวัสดี" in greeting
    assert list(terminal.chat.screen.keys()) == ["1", "2", "3"]
    assert "╭─" in await terminal.type("1")


async def test_a_question_brings_the_answer_its_proof_and_its_source(terminal: Terminal) -> None:
    answer = await terminal.type(CHAIR)
    for part in ("คมสัน เอกชัย", "ผู้ว่าราชการจังหวัดตาก", "│ │ ", "12 พฤษภาคม 2552", "กรมประชาสัมพันธ์", "https://"):
        assert part in answer


async def test_next_and_previous_turn_the_results(terminal: Terminal) -> None:
    await terminal.type("/latest")
    second = await terminal.type("/next")
    assert "6." in second
    assert "1." in await terminal.type("/prev")


async def test_a_number_presses_the_button_beside_it(terminal: Terminal) -> None:
    await terminal.type(CHAIR)
    key = next(key for key, button in terminal.chat.screen.keys().items() if "อ่านทั้งข่าว" in button["text"])
    assert f" {key} 📰" in terminal.printed[-1]
    assert "นายอำเภอ" in await terminal.type(key)


async def test_buttons_that_are_numbers_are_pressed_by_their_own_number(terminal: Terminal) -> None:
    await terminal.type("/latest")
    second_page = await terminal.type("/next")
    headline = next(line.split("7. ")[1].strip(" │") for line in second_page.splitlines() if "7. " in line)
    assert headline in await terminal.type("7")


async def test_saying_that_an_answer_was_good_brings_thanks_and_not_the_answer_again(terminal: Terminal) -> None:
    await terminal.type(CHAIR)
    key = next(key for key, button in terminal.chat.screen.keys().items() if button["text"].startswith("👍"))
    thanks = await terminal.type(key)
    assert "ขอบคุณ" in thanks
    assert "╭─" not in thanks
    assert "👍" not in thanks


async def test_a_number_without_a_button_is_a_question(terminal: Terminal) -> None:
    assert "╭─" in await terminal.type("99")


async def test_there_is_nothing_to_turn_before_the_first_answer(terminal: Terminal) -> None:
    assert "ไม่มีหน้า" in await terminal.type("/next")


@pytest.mark.parametrize("command", ["/help", "/latest มท.", "/status", "/language", "/privacy"])
async def test_the_commands_of_telegram_answer_here_too(terminal: Terminal, command: str) -> None:
    assert "╭─" in await terminal.type(command)


async def test_a_long_message_is_refused_kindly(terminal: Terminal) -> None:
    assert "╭─" in await terminal.type("ก" * 3000)
    assert "longer than" in await terminal.type("ก" * 5000)


async def test_quit_ends_the_conversation(terminal: Terminal) -> None:
    await terminal.type("/quit")
    assert terminal.chat.ended


async def test_the_prompt_keeps_what_was_typed_and_turns_pages_by_keys(terminal: Terminal, tmp_path: Path) -> None:
    history = tmp_path / "home" / "history"
    with create_pipe_input() as keyboard, create_app_session(input=keyboard, output=DummyOutput()):
        page_down, enter = "\x1b[6~", "\r"
        keyboard.send_text(f"/latest{enter}{page_down}{CHAIR}{enter}/quit{enter}")
        await typed(terminal.chat, history)
    printed = "\n".join(terminal.printed)
    assert "ข่าวล่าสุด" in printed
    assert "\n│ 6." in printed
    assert "คมสัน เอกชัย" in printed
    assert CHAIR in history.read_text(encoding="utf-8")


async def test_the_prompt_completes_the_bots_own_commands(terminal: Terminal) -> None:
    def offered(typed: str) -> list[str]:
        found = Commands(terminal.chat).get_completions(Document(typed), CompleteEvent())
        return [completion.text for completion in found]

    assert offered("/la") == ["/latest", "/language"]
    assert {"/help", "/next", "/quit"} <= set(offered("/"))
    assert offered("ใคร") == offered("/ask ใคร") == []


def test_questions_can_be_piped_in(library_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    done = subprocess.run(
        [sys.executable, "-m", "bot", "chat", "--library", str(library_path)],
        input=f"{CHAIR}\n\n/status\n",
        cwd=tmp_path,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.index("สวัสดี") < done.stdout.index("คมสัน เอกชัย") < done.stdout.rindex("100")
    assert "\x1b" not in done.stdout


def test_a_reader_who_stops_early_ends_the_chat_without_a_traceback(
    library_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[3]))
    monkeypatch.chdir(tmp_path)
    command = [sys.executable, "-m", "bot", "chat", "--library", str(library_path)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe) as chat:
        assert chat.stdin is not None
        assert chat.stdout is not None
        assert chat.stderr is not None
        chat.stdout.readline()
        chat.stdout.close()
        chat.stdin.write(b"/help\n" * 5)
        chat.stdin.close()
        assert chat.stderr.read() == b""
    assert chat.returncode == 141
