"""``govnews chat``: the bot of Telegram, in a terminal.

The real application runs behind it, unchanged, on the local Bot API of :mod:`bot.simulator`; this module is only
the screen and the keyboard.  What it prints is what Telegram would show; buttons are pressed by their number.
"""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.simulator import CannotDo, Person, Seen, Simulator
from bot.telegram.buttons import Verb
from bot.terminal import printing as terminal
from bot.texts import plain

if TYPE_CHECKING:
    from telegram.ext import Application

    from bot.settings import Settings
    from retrieval.library import Library

QUITTING = ("/quit", "/exit", "/q")
TURNS = {"/next": "button_next", "/prev": "button_previous"}
_ANSWER_SECONDS = 120.0


@dataclass
class Screen:
    """Prints what the bot says, as it says it, and remembers whose buttons can be pressed."""

    person: Person
    language: str
    write: Callable[[str], None]
    columns: Callable[[], int]
    colour: bool
    buttons: Seen | None = None
    """The newest message with buttons, as it stands."""
    gone: BrokenPipeError | None = None
    """Set when nobody reads any more."""
    _shown: dict[int, str] = field(default_factory=dict)
    """What stands in which message, so that new buttons alone do not bring all of it again."""

    def say(self, text: str) -> None:
        """Write a text.  That its reader has gone is kept for the conversation: the bot's work must not fail of it."""
        try:
            self.write(text)
        except BrokenPipeError as error:
            self.gone = error

    def told(self, change: dict[str, Any]) -> None:
        """A listener of the simulator's world."""
        if change.get("chat_id") != self.person.id:
            return
        if change["type"] in ("message", "edit") and change["message"]["from"]["is_bot"]:
            self._show(change["message"])
        elif change["type"] == "callback_answer" and change["text"]:
            self.say(
                terminal.shown([[(f"« {change['text']} »", terminal.DIM)]], columns=self._room, colour=self.colour)
            )

    def echo(self, text: str) -> None:
        """What the person typed, as a bubble at the right."""
        body = terminal.shown([[(line, terminal.PLAIN)] for line in text.split("\n")], columns=self._room, colour=False)
        name = plain(self.language, "chat_you")
        self.say(terminal.bubble(body, name=name, columns=self.columns(), right=True, colour=self.colour))

    def keys(self) -> dict[str, dict[str, Any]]:
        """What to type for which button of the newest message with buttons.

        A button that is a number is pressed by that number, the others by the first numbers that are left.
        """
        buttons = [button for row in self.buttons.keyboard for button in row] if self.buttons else []
        pressable = [button for button in buttons if button.get("callback_data") != Verb.NOTHING]
        labelled = {button["text"]: button for button in pressable if button["text"].isdecimal()}
        free = (str(number) for number in count(1) if str(number) not in labelled)
        return {**labelled, **{next(free): button for button in pressable if button["text"] not in labelled}}

    @property
    def _room(self) -> int:
        return max(20, self.columns() - 4)

    def _show(self, message: dict[str, Any]) -> None:
        seen = Seen(message, 0)
        if self._shown.get(seen.id) != seen.text:
            self._shown[seen.id] = seen.text
            lines = terminal.from_entities(seen.text, seen.entities)
            body = terminal.shown(lines, columns=self._room, colour=self.colour)
            name = message["from"]["first_name"]
            self.say(terminal.bubble(body, name=name, columns=self.columns(), colour=self.colour))
        if seen.keyboard:
            self.buttons = seen
            self.say(self._keyboard(seen))

    def _keyboard(self, seen: Seen) -> str:
        keys = {id(button): key for key, button in self.keys().items()}
        rows: list[terminal.Line] = []
        for row in seen.keyboard:
            line: terminal.Line = []
            for button in row:
                key, label = keys.get(id(button), ""), button["text"]
                if key:
                    line.append((f" {key} ", terminal.KEY))
                line.append((f"{'' if label == key else label}  ", terminal.PLAIN if key else terminal.DIM))
            rows.append(line)
        return terminal.shown(rows, columns=self._room, colour=self.colour)


@dataclass
class Conversation:
    """One person's private chat with the application; ``say`` is a line typed in it."""

    application: Application[Any, Any, Any, Any, Any, Any]
    simulator: Simulator
    person: Person
    screen: Screen
    ended: bool = False

    async def say(self, line: str) -> None:
        """Send a line, press the button that it names, or leave; returns when the bot has answered."""
        line = line.strip()
        if not line:
            return
        if line in QUITTING:
            self.ended = True
        elif line in TURNS:
            await self.turn(line)
        elif button := self.screen.keys().get(line):
            await self._press(button)
        else:
            await self._send(line)

    async def turn(self, direction: str) -> None:
        """Press "next" or "previous" under the newest message with buttons, if it is there."""
        key = TURNS[direction]
        wanted = {plain(language, key) for language in ("th", "en")}
        for button in self.screen.keys().values():
            if button["text"] in wanted:
                await self._press(button)
                return
        self.screen.say(plain(self.screen.language, "chat_no_turn"))

    async def _send(self, text: str) -> None:
        try:
            await self.person.send(text)
        except CannotDo as error:
            self.screen.say(str(error))
        await self._answered()

    async def _press(self, button: dict[str, Any]) -> None:
        if "url" in button:
            self.screen.say(button["url"])
            return
        assert self.screen.buttons is not None
        try:
            await self.person.press(self.screen.buttons, button["callback_data"], timeout=None)
        except CannotDo as error:
            self.screen.say(str(error))
        await self._answered()

    async def _answered(self) -> None:
        """Until the application has taken and worked off every update."""
        await self.simulator.fetched(_ANSWER_SECONDS)
        await self.application.update_queue.join()
        if self.screen.gone:
            raise self.screen.gone


@asynccontextmanager
async def conversation(
    settings: Settings, library: Library, *, language: str, write: Callable[[str], None], colour: bool
) -> AsyncIterator[Conversation]:
    """The application, started on a Bot API of its own, with one person in front of it."""
    from bot.settings import Secret
    from bot.telegram.application import build_application, running

    async with Simulator() as simulator:
        person = simulator.person(plain(language, "chat_you"), language=language)
        screen = Screen(person, language, write, terminal.columns, colour)
        simulator.world.listeners.append(screen.told)
        local = replace(
            settings,
            token=Secret(simulator.token),
            api_url=simulator.api_url,
            state=settings.state.with_name("chat.db"),
            operator_chat=None,
            operators=frozenset(),
            allowed_chats=frozenset(),
            person_rate=1_000_000,
            chat_rate=1_000_000,
            cooldown=0.0,
            rate_limiter=False,
            webhook=None,
            health_port=0,
        )
        application = build_application(local, library)
        async with running(application):
            yield Conversation(application, simulator, person, screen)


async def talk(settings: Settings, library: Library, *, language: str, history: Path) -> None:
    """The whole chat on this terminal, or line by line where standard input is none; ends with its input."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    colour = terminal.coloured()
    async with conversation(
        settings, library, language=language, write=partial(print, flush=True), colour=colour
    ) as chat:
        await chat.say("/start")
        if interactive:
            from bot.terminal.prompt import typed

            await typed(chat, history)
        else:
            await piped(chat)


async def piped(chat: Conversation) -> None:
    """A line of standard input at a time, until it ends."""
    while not chat.ended and (line := await asyncio.to_thread(sys.stdin.readline)):
        if line.strip():
            chat.screen.echo(line.strip())
        await chat.say(line)
