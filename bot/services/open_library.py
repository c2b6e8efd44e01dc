"""The library while the bot runs: asked from threads, and exchanged for its newer self without a pause."""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TypeVar

from bot.services.recent_answers import Recent
from bot.services.workers import Workers
from retrieval import Answer, Library, LibraryError

_ANSWERS = 1000
"""Answers that are remembered; each takes some ten kilobytes."""

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Held:
    """An open library and how many threads are reading it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.readers = 0
        self.retired = False


class OpenLibrary:
    """Holds the open library; :meth:`refresh` exchanges it when its folder was replaced.

    The library given at the start belongs to whoever opened it and is left open; those opened here are closed here.
    With ``workers``, so many processes answer the questions, and the threads do the rest.
    """

    def __init__(self, library: Library, *, workers: int = 0) -> None:
        self._path = library.path
        self._workers = Workers(library.path, workers) if workers else None
        self._given = library
        self._held = _Held(library)
        self._identity = identity(self._path)
        self._version = version(self._path)
        self._refreshing = asyncio.Lock()
        # More threads than processors would only stand in each other's way.
        self._threads = asyncio.Semaphore(max(2, os.cpu_count() or 2))
        self._answers: Recent[tuple[str, int, date], asyncio.Task[Answer]] = Recent(_ANSWERS)

    @property
    def path(self) -> Path:
        """The library's folder."""
        return self._path

    async def read(self, work: Callable[[Library], T]) -> T:
        """Run CPU-bound work in a thread, on the library that stands in the folder now."""
        if identity(self._path) not in (self._identity, 0):
            await self.refresh()
        held = self._held
        held.readers += 1
        try:
            async with self._threads:
                return await asyncio.to_thread(work, held.library)
        finally:
            held.readers -= 1
            self._close_unused(held)

    async def ask(self, question: str, *, limit: int) -> Answer:
        """Ask the library; what many people ask is worked out once, until the library or the day changes."""
        now = version(self._path)
        if now != self._version:
            self._forget(now)
        key = question, limit, date.today()
        asking = self._answers.get(key)
        if asking is None or (asking.done() and (asking.cancelled() or asking.exception())):
            asking = asyncio.create_task(self._ask(question, limit))
            self._answers.put(key, asking)
        return await asyncio.shield(asking)

    async def _ask(self, question: str, limit: int) -> Answer:
        if self._workers is None:
            return await self.read(lambda library: library.ask(question, limit=limit))
        return await self._workers.ask(question, limit=limit, identity=identity(self._path))

    async def start(self) -> None:
        """Make ready what answers questions."""
        if self._workers is not None:
            await self._workers.start(identity=identity(self._path))

    def _forget(self, version: tuple[int, ...]) -> None:
        self._answers, self._version = Recent(_ANSWERS), version

    async def refresh(self, *, force: bool = False) -> bool:
        """Open the library anew where its folder was replaced (or when forced); whether that was done.

        A folder that cannot be opened, say in the middle of being replaced, leaves the old library in use.
        """
        async with self._refreshing:
            now = identity(self._path)
            if now == self._identity and not force:
                return False
            try:
                fresh = await asyncio.to_thread(Library.open, self._path)
            except (LibraryError, OSError) as error:
                log.warning("The library was replaced but cannot be opened yet: %s", error)
                return False
            old, self._held, self._identity = self._held, _Held(fresh), now
            self._forget(version(self._path))
            old.retired = True
            self._close_unused(old)
        log.info("The library was opened anew.")
        return True

    def close(self) -> None:
        """Close the library if it was opened here, and end the workers."""
        if self._workers is not None:
            self._workers.close()
        self._held.retired = True
        self._close_unused(self._held)

    def _close_unused(self, held: _Held) -> None:
        if held.retired and held.readers == 0 and held.library is not self._given:
            held.library.close()


def identity(path: Path) -> int:
    """What tells a library's store from another put in its place (0 where there is none); growth does not change it."""
    return version(path)[0]


def version(path: Path) -> tuple[int, ...]:
    """What changes whenever anything is written to a library: inodes and times of its store, its log and its index."""
    numbers: list[int] = []
    for name in ("store.db", "store.db-wal", "index"):
        try:
            status = (path / name).stat()
        except OSError:
            numbers += (0, 0)
        else:
            numbers += (status.st_ino, status.st_mtime_ns)
    return tuple(numbers)
