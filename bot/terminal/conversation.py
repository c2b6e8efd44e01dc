"""One person's chat with the real application, which runs unchanged on the local Bot API of :mod:`bot.simulator`."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.simulator import CannotDo, Person, Simulator
from bot.terminal import printing as terminal
from bot.terminal.screen import Screen
from bot.texts import plain

if TYPE_CHECKING:
    from telegram.ext import Application

    from bot.settings import Settings
    from retrieval import Library

QUITTING = ("/quit", "/exit", "/q")
TURNS = {"/next": "button_next", "/prev": "button_previous"}
_ANSWER_SECONDS = 120.0


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
