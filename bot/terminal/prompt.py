"""The prompt of ``govnews chat``: history, the bot's menu to complete from, and keys that turn pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.history import FileHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.patch_stdout import patch_stdout

from bot.terminal.conversation import QUITTING, TURNS, Conversation
from bot.texts import plain


class Commands(Completer):
    """Completes the commands of the bot's own menu, and those of this chat."""

    def __init__(self, chat: Conversation) -> None:
        self._chat = chat

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterator[Completion]:
        """The commands that begin with what is typed."""
        typed = document.text_before_cursor
        if not typed.startswith("/"):
            return
        language = self._chat.screen.language
        menu = {f"/{name}": description for name, description in self._chat.person.menu()}
        menu |= {word: plain(language, key) for word, key in TURNS.items()}
        menu[QUITTING[0]] = plain(language, "chat_quit")
        for command, description in menu.items():
            if command.startswith(typed):
                yield Completion(command, start_position=-len(typed), display_meta=description)


def _keys() -> KeyBindings:
    keys = KeyBindings()

    @keys.add("pagedown")
    def _next(event: KeyPressEvent) -> None:
        event.app.exit(result="/next")

    @keys.add("pageup")
    def _previous(event: KeyPressEvent) -> None:
        event.app.exit(result="/prev")

    return keys


async def typed(chat: Conversation, history: Path) -> None:
    """Ask for lines until the person leaves (``/quit``, Ctrl-D, Ctrl-C)."""
    history.parent.mkdir(parents=True, exist_ok=True)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(history)),
        completer=Commands(chat),
        key_bindings=_keys(),
        bottom_toolbar=f" {plain(chat.screen.language, 'chat_hint')}",
        erase_when_done=True,
    )
    with patch_stdout(raw=True):
        while not chat.ended:
            try:
                line = await session.prompt_async("› ")
            except (EOFError, KeyboardInterrupt):
                return
            if line.strip() not in ("", *QUITTING, *TURNS):
                chat.screen.echo(line.strip())
            await chat.say(line)
