"""How much a person or a chat may ask, and how fast the bot may speak.

Two directions: :class:`Allowance` protects the bot from people in a hurry, :class:`RetryingRateLimiter` keeps the bot
within Telegram's rates and tries again what the network broke.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from enum import Enum, auto
from typing import Any

from telegram.constants import FloodLimit
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.services.recent_answers import Recent

log = logging.getLogger(__name__)

_MINUTE = 60.0
_TRIES = 4
"""How often one call is tried when the network or Telegram's servers fail."""
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})
"""Calls that count as messages."""


class Verdict(Enum):
    """What to do with a question: answer it, say kindly that it is too much, or say nothing more about it."""

    ANSWER = auto()
    SLOW_DOWN = auto()
    SILENT = auto()


class Allowance:
    """Questions a minute of a person and of a chat, and the pause between two answers in a group.

    ``clock`` gives seconds and only ever grows.
    """

    def __init__(
        self, *, person_rate: int, chat_rate: int, cooldown: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._rates = {"person": person_rate, "chat": chat_rate}
        self._cooldown = cooldown
        self._clock = clock
        self._asked: Recent[tuple[str, int], deque[float]] = Recent(20_000)
        self._told: Recent[int, float] = Recent(20_000)
        self._free_at: Recent[int, float] = Recent(20_000)

    def ask(self, person: int, chat: int) -> Verdict:
        """Count one question of a person in a chat and say what to do with it; a person is told once a minute."""
        now = self._clock()
        times = [self._times("person", person), self._times("chat", chat)]
        for seen in times:
            while seen and seen[0] <= now - _MINUTE:
                seen.popleft()
        if all(len(seen) < rate for seen, rate in zip(times, self._rates.values(), strict=True)):
            for seen in times:
                seen.append(now)
            return Verdict.ANSWER
        told = self._told.get(person)
        if told is not None and now - told < _MINUTE:
            return Verdict.SILENT
        self._told.put(person, now)
        return Verdict.SLOW_DOWN

    def _times(self, whose: str, number: int) -> deque[float]:
        times = self._asked.get((whose, number))
        if times is None:
            times = deque()
            self._asked.put((whose, number), times)
        return times

    def group_pause(self, chat: int) -> float:
        """Seconds to wait before the next answer in a group; the place in the queue is taken by asking."""
        now = self._clock()
        free_at = self._free_at.get(chat) or now
        self._free_at.put(chat, max(now, free_at) + self._cooldown)
        return max(0.0, free_at - now)


class Window:
    """At most ``most`` calls in any stretch of ``seconds``, whenever on their way the other side counts them.

    A call takes its place until so many seconds after its answer, so that neither a slow network nor a busy machine
    can push calls together.  Places are given in the order of asking.
    """

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._under_way = 0
        self._answered: deque[float] = deque()
        self._order = asyncio.Lock()
        self._change = asyncio.Event()

    async def enter(self) -> None:
        """Wait for a place."""
        async with self._order:
            while (wait := self._until_free()) > 0:
                self._change.clear()
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._change.wait(), wait)
            self._under_way += 1

    def _until_free(self) -> float:
        now = time.monotonic()
        while self._answered and self._answered[0] <= now - self._seconds:
            self._answered.popleft()
        if self._under_way + len(self._answered) < self._most:
            return 0.0
        return self._answered[0] + self._seconds - now if self._answered else self._seconds

    def leave(self) -> None:
        """The answer has come: the place is free after the window's time."""
        self._under_way -= 1
        self._answered.append(time.monotonic())
        self._change.set()


class RetryingRateLimiter(AIORateLimiter):
    """Telegram's rates kept, "try again later" obeyed, and calls that the network broke tried again.

    A call is repeated also where nobody knows whether it arrived: an answer seen twice is better than one lost.
    ``pause`` is the first wait in seconds; each further one is twice as long.
    """

    # AIORateLimiter does the obeying.  Its buckets are off: a full bucket of 30 a second lets 60 through in the first,
    # and what a busy machine holds back after its bucket leaves in one burst.
    __slots__ = ("_chats", "_groups", "_limited", "_overall", "_pause")

    def __init__(self, *, limited: bool = True, pause: float = 1.0) -> None:
        super().__init__(overall_max_rate=0, group_max_rate=0, max_retries=3)
        self._limited = limited
        self._pause = pause
        self._overall = Window(FloodLimit.MESSAGES_PER_SECOND, 1.0)
        self._chats: Recent[int, Window] = Recent(5000)
        self._groups: Recent[int, Window] = Recent(5000)

    async def process_request(
        self,
        callback: Callable[..., Coroutine[Any, Any, Any]],
        args: Any,
        kwargs: dict[str, Any],
        endpoint: str,
        data: dict[str, Any],
        rate_limit_args: int | None,
    ) -> Any:
        """Make one call to Telegram, again after a failure that may pass."""

        async def in_turn(*args: Any, **kwargs: Any) -> Any:
            async with self._places(endpoint, data.get("chat_id")):
                return await callback(*args, **kwargs)

        for attempt in range(1, _TRIES + 1):
            try:
                return await super().process_request(in_turn, args, kwargs, endpoint, data, rate_limit_args)
            except TelegramError as error:
                if attempt == _TRIES or not may_pass(error) or endpoint == "getMe":
                    raise
                log.warning("%s failed (%s), attempt %d of %d.", endpoint, type(error).__name__, attempt, _TRIES)
                await asyncio.sleep(self._pause * 2 ** (attempt - 1))
        raise AssertionError("The last attempt returns or raises.")

    @asynccontextmanager
    async def _places(self, endpoint: str, chat: object) -> AsyncIterator[None]:
        """Hold a place in every window that a call counts in; the one that all chats share is taken last."""
        windows: list[Window] = []
        if self._limited and endpoint in _COUNTED and isinstance(chat, int):
            if chat < 0:
                windows.append(_window(self._groups, chat, FloodLimit.MESSAGES_PER_MINUTE_PER_GROUP, _MINUTE))
            windows.append(_window(self._chats, chat, FloodLimit.MESSAGES_PER_SECOND_PER_CHAT, 1.0))
            windows.append(self._overall)
        entered: list[Window] = []
        try:
            for window in windows:
                await window.enter()
                entered.append(window)
            yield
        finally:
            for window in entered:
                window.leave()


def _window(windows: Recent[int, Window], chat: int, most: int, seconds: float) -> Window:
    window = windows.get(chat)
    if window is None:
        window = Window(most, seconds)
        windows.put(chat, window)
    return window


def may_pass(error: TelegramError) -> bool:
    """Whether the same call may work later: the network, Telegram's servers, or an answer that made no sense."""
    if isinstance(error, BadRequest | Forbidden | InvalidToken | ChatMigrated | RetryAfter):
        return False
    # PTB has no class of its own for an answer that is no JSON: it raises the plain one.
    return isinstance(error, NetworkError) or type(error) is TelegramError
