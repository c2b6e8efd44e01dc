"""Processes that answer questions beside the bot, so that every processor answers and not only one.

Each holds the library open by itself; its files are mapped and shared, so a worker costs little memory of its own.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

from retrieval import Answer, Library

log = logging.getLogger(__name__)


class Workers:
    """``count`` processes for the library in a folder."""

    def __init__(self, path: Path, count: int) -> None:
        self._path = path
        self._count = count
        self._pool = self._new_pool()

    def _new_pool(self) -> ProcessPoolExecutor:
        context = multiprocessing.get_context("spawn")
        return ProcessPoolExecutor(self._count, mp_context=context, initializer=_prepare)

    async def start(self, *, identity: int) -> None:
        """Have every worker ready, so that nobody's first question waits for that."""
        # A question that no news answers brings in all that answering needs.
        await asyncio.gather(*(self.ask("เป็นประธาน", limit=1, identity=identity) for _ in range(self._count)))

    async def ask(self, question: str, *, limit: int, identity: int) -> Answer:
        """Ask the library whose store is ``identity``; processes that died are replaced once."""
        loop = asyncio.get_running_loop()
        pool = self._pool
        try:
            return await loop.run_in_executor(pool, _ask, self._path, identity, question, limit)
        except BrokenProcessPool:
            if pool is self._pool:
                log.warning("A process that answers questions died; all of them are started anew.")
                pool.shutdown(wait=False, cancel_futures=True)
                self._pool = self._new_pool()
            return await loop.run_in_executor(self._pool, _ask, self._path, identity, question, limit)

    def close(self) -> None:
        """End the processes after what they are doing."""
        self._pool.shutdown(wait=True, cancel_futures=True)


# What follows runs in the workers.

_held: tuple[int, Library] | None = None


def _prepare() -> None:
    # Ctrl-C reaches the whole group; the bot ends its workers itself.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_bot, daemon=True).start()


def _end_with_the_bot() -> None:
    """Nothing tells the workers when the bot was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _library(path: Path, identity: int) -> Library:
    global _held
    if _held is None or _held[0] != identity:
        if _held is not None:
            _held[1].close()
        _held = identity, Library.open(path)
    return _held[1]


def _ask(path: Path, identity: int, question: str, limit: int) -> Answer:
    return _library(path, identity).ask(question, limit=limit)
