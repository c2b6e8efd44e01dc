"""Waiting for a change without polling."""

# A person's patience is a plain argument here, where tests read it best.
# ruff: noqa: ASYNC109

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Signal:
    """Wakes whoever waits, each time something changes.  Belongs to one event loop."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def notify(self) -> None:
        """Wake all who wait now."""
        for future in self._waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self) -> None:
        """Until the next change."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await future
        finally:
            self._waiting.discard(future)

    async def until(self, look: Callable[[], T | None], timeout: float | None) -> T:
        """What ``look`` finds, as soon as that is neither None nor False; TimeoutError after so many seconds."""
        async with asyncio.timeout(timeout):
            while True:
                found = look()
                if found is not None and found is not False:
                    return found
                await self.wait()
