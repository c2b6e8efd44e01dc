"""The connections to Telegram: those that messages leave by, and the one that fetches updates."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Any

from telegram.request import HTTPXRequest

POLL_SECONDS = 30
"""How long Telegram may hold a request for updates open."""
_CONNECTIONS = 16
_OUT_OF_REACH = 90.0
"""Seconds without an answer from Telegram after which it counts as out of reach."""


class SendingRequest(HTTPXRequest):
    """The connections that messages leave by.

    Calls wait here for a free one, in order: the pool itself goes through all that wait at every change.
    """

    def __init__(self) -> None:
        super().__init__(connection_pool_size=_CONNECTIONS, pool_timeout=30.0, read_timeout=15.0)
        self._free = asyncio.Semaphore(_CONNECTIONS)

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request, as :class:`telegram.request.HTTPXRequest` makes it."""
        async with self._free:
            return await super().do_request(*args, **kwargs)


class PollingRequest(HTTPXRequest):
    """The connection that fetches updates; it knows when Telegram last answered and whether the token is refused."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        super().__init__(connection_pool_size=2, read_timeout=POLL_SECONDS + 10)
        self._clock = clock
        self.answered_at: float | None = None
        self.refused = asyncio.Event()

    async def do_request(self, *args: Any, **kwargs: Any) -> tuple[int, bytes]:
        """One request, as :class:`telegram.request.HTTPXRequest` makes it."""
        status, payload = await super().do_request(*args, **kwargs)
        if status == 200:
            self.answered_at = self._clock()
        elif status == 401:
            # python-telegram-bot ends its polling without a word to the application.
            self.refused.set()
        elif status == 404:
            # Telegram says so of a token that it never knew, but this one was good when the bot started: something
            # in between is broken, and python-telegram-bot would take it for the end.
            status = 502
        return status, payload

    def in_reach(self) -> bool:
        """Whether Telegram answered lately."""
        return self.answered_at is not None and self._clock() - self.answered_at < _OUT_OF_REACH
