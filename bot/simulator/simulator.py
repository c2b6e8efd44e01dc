"""The simulator as one object: a Bot API on a free port of 127.0.0.1, and the people who use the bot."""

# A person's patience is a plain argument here, where tests read it best.
# ruff: noqa: ASYNC109

from __future__ import annotations

import secrets
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any, TypeVar

from bot.simulator.actions import Actions
from bot.simulator.api.methods import BotApi
from bot.simulator.api.rates import Rates
from bot.simulator.faults import Fault
from bot.simulator.people import REPLY_SECONDS, Person
from bot.simulator.server import Call, Server
from bot.simulator.state import Chat, User, World

T = TypeVar("T")

BOT_ID = 7_000_000_001


class Simulator:
    """``async with Simulator() as sim:`` runs a Bot API for one bot; see the package's docstring."""

    def __init__(
        self, *, username: str = "govnews_bot", name: str = "ข่าวภาครัฐ", port: int = 0, rate_limits: bool = False
    ) -> None:
        self.token = f"{BOT_ID}:{secrets.token_urlsafe(26)}"
        self.world = World(User(BOT_ID, name, username=username, is_bot=True))
        self.api = BotApi(self.world)
        self.actions = Actions(self.api)
        self.server = Server(self.api, self.token, rates=Rates(enforced=rate_limits))
        self.routes: list[Any] = []
        self._wanted_port = port

    async def __aenter__(self) -> Simulator:
        await self.server.start(self.routes, self._wanted_port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.server.stop()

    @property
    def url(self) -> str:
        """http://127.0.0.1:PORT"""
        return f"http://127.0.0.1:{self.server.port}"

    @property
    def api_url(self) -> str:
        """What stands in for https://api.telegram.org (python-telegram-bot's base_url is this and ``/bot``)."""
        return self.url

    @property
    def username(self) -> str:
        """The bot's name without @."""
        return self.world.bot.username

    @property
    def calls(self) -> deque[Call]:
        """Every call of the bot, oldest first."""
        return self.server.calls

    def called(self, method: str) -> list[Call]:
        """The calls of one method."""
        return [call for call in self.calls if call.method == method]

    @property
    def rates(self) -> Rates:
        """Telegram's rates; ``sim.rates.enforced = True`` switches 429 on."""
        return self.server.rates

    @property
    def privacy_mode(self) -> bool:
        """Whether the bot gets only what is meant for it in groups (BotFather's /setprivacy); on by default."""
        return self.world.privacy_mode

    @privacy_mode.setter
    def privacy_mode(self, on: bool) -> None:
        self.world.privacy_mode = on

    def person(self, first_name: str, *, username: str = "", language: str = "th") -> Person:
        """A new person with a private chat of his own; ``language`` "" is a client that tells none."""
        return Person(self.world.add_user(first_name, username=username, language=language), self.actions)

    def group(
        self, title: str, *people: Person, basic: bool = False, forum: bool = False, administrator: Person | None = None
    ) -> Chat:
        """A supergroup (or basic group) with these people and the bot in it; a forum has topics."""
        chat = self.world.add_group(title, type="group" if basic else "supergroup", forum=forum)
        for person in (*people, *([administrator] if administrator else [])):
            self.actions.join(person.user, chat, administrator=person is administrator)
        return chat

    def topic(self, chat: Chat, name: str, creator: Person) -> int:
        """A new topic of a forum; returns its message_thread_id."""
        return self.world.add_topic(chat, name, creator.user)

    def fail(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next calls of a method go wrong; "*" stands for any but getUpdates."""
        self.server.faults.plan(method, fault, times)

    def deliver_again(self, update_id: int) -> None:
        """Send an update a second time under its old number, as Telegram does when a confirmation got lost."""
        self.api.updates.put_again(update_id)

    def advance(self, seconds: float) -> None:
        """Let time pass for the server: queries grow old, caches end, messages age."""
        self.world.ahead += seconds

    async def wait_for(self, look: Callable[[], T | None], timeout: float = REPLY_SECONDS) -> T:
        """What ``look()`` returns as soon as it is neither None nor False; TimeoutError after ``timeout`` seconds."""
        return await self.world.changed.until(look, timeout)

    async def wait_for_call(self, method: str, count: int = 1, timeout: float = REPLY_SECONDS) -> Call:
        """The ``count``-th call of a method, once it is answered."""

        def look() -> Call | None:
            done = [call for call in self.calls if call.method == method and (call.body or call.fault)]
            return done[count - 1] if len(done) >= count else None

        return await self.wait_for(look, timeout)

    async def fetched(self, timeout: float = REPLY_SECONDS) -> None:
        """Until the bot has taken every update and confirmed it (by asking for the next, or its webhook's 200).

        To show that the bot keeps silent, send it something afterwards that it must answer, and look at the chat
        when that answer is there: updates are handled in order.
        """
        await self.world.changed.until(lambda: not self.api.updates.pending, timeout)
