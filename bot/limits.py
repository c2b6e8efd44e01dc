"""How much a person or a chat may ask, and how fast the bot may speak.

Two directions: :class:`Allowance` protects the bot from people in a hurry, :class:`PatientLimiter` keeps the bot
within Telegram's rates and tries again what the network broke.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections import deque
from collections.abc import Callable, Coroutine
from enum import Enum, auto
from typing import Any

from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.ext import AIORateLimiter

from bot.memory import Recent

log = logging.getLogger(__name__)

_MINUTE = 60.0
_TRIES = 4
"""How often one call is tried when the network or Telegram's servers fail."""
# AIORateLimiter's buckets start full, so a rate of 30 a second would let 60 through in the first: a bucket of one
# message spreads them evenly, and half a group's 20 a minute is what a full bucket and a minute's refill add up to.
_MESSAGE_EVERY = 1 / 28
_GROUP_BUCKET = 10
_SAME_CHAT_EVERY = 1.05
"""Seconds between two messages to one chat; Telegram wants at most one a second."""
_COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})


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


class PatientLimiter(AIORateLimiter):
    """Telegram's rates kept, "try again later" obeyed, and calls that the network broke tried again.

    A call is repeated also where nobody knows whether it arrived: an answer seen twice is better than one lost.
    ``pause`` is the first wait in seconds; each further one is twice as long.
    """

    __slots__ = ("_limited", "_next", "_pause")

    def __init__(self, *, limited: bool = True, pause: float = 1.0) -> None:
        self._limited = limited
        self._next: Recent[object, float] = Recent(5000)
        if limited:
            super().__init__(
                overall_max_rate=1, overall_time_period=_MESSAGE_EVERY, group_max_rate=_GROUP_BUCKET, max_retries=3
            )
        else:
            super().__init__(overall_max_rate=0, group_max_rate=0, max_retries=3)
        self._pause = pause

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
        for attempt in range(1, _TRIES + 1):
            await self._own_turn(endpoint, data.get("chat_id"))
            try:
                return await super().process_request(callback, args, kwargs, endpoint, data, rate_limit_args)
            except TelegramError as error:
                if attempt == _TRIES or not may_pass(error) or endpoint == "getMe":
                    raise
                log.warning("%s failed (%s), attempt %d of %d.", endpoint, type(error).__name__, attempt, _TRIES)
                await asyncio.sleep(self._pause * 2 ** (attempt - 1))
        raise AssertionError("The last attempt returns or raises.")

    async def _own_turn(self, endpoint: str, chat: object) -> None:
        """Wait until this chat may be written to again."""
        if not self._limited or chat is None or endpoint not in _COUNTED:
            return
        now = time.monotonic()
        turn = max(now, self._next.get(chat) or now)
        self._next.put(chat, turn + _SAME_CHAT_EVERY)
        await asyncio.sleep(turn - now)


def may_pass(error: TelegramError) -> bool:
    """Whether the same call may work later: the network, Telegram's servers, or an answer that made no sense."""
    if isinstance(error, BadRequest | Forbidden | InvalidToken | ChatMigrated | RetryAfter):
        return False
    # PTB has no class of its own for an answer that is no JSON: it raises the plain one.
    return isinstance(error, NetworkError) or type(error) is TelegramError
