"""The library while the bot runs: asked from threads, and exchanged for its newer self without a pause."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from retrieval.library import Library, LibraryError

log = logging.getLogger(__name__)
T = TypeVar("T")


class _Held:
    """An open library and how many threads are reading it."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.readers = 0
        self.retired = False


class Shelf:
    """Holds the open library; :meth:`refresh` exchanges it when its folder was replaced.

    The library given at the start belongs to whoever opened it and is left open; those opened here are closed here.
    """

    def __init__(self, library: Library) -> None:
        self._path = library.path
        self._given = library
        self._held = _Held(library)
        self._identity = identity(self._path)

    @property
    def path(self) -> Path:
        """The library's folder."""
        return self._path

    async def read(self, work: Callable[[Library], T]) -> T:
        """Run CPU-bound work on the library in a thread."""
        held = self._held
        held.readers += 1
        try:
            return await asyncio.to_thread(work, held.library)
        finally:
            held.readers -= 1
            self._close_unused(held)

    async def refresh(self, *, force: bool = False) -> bool:
        """Open the library anew where its folder was replaced (or when forced); whether that was done.

        A folder that cannot be opened, say in the middle of being replaced, leaves the old library in use.
        """
        now = await asyncio.to_thread(identity, self._path)
        if now == self._identity and not force:
            return False
        try:
            fresh = await asyncio.to_thread(Library.open, self._path)
        except (LibraryError, OSError) as error:
            log.warning("The library was replaced but cannot be opened yet: %s", error)
            return False
        old, self._held, self._identity = self._held, _Held(fresh), now
        old.retired = True
        self._close_unused(old)
        log.info("The library was opened anew.")
        return True

    def close(self) -> None:
        """Close the library if it was opened here."""
        self._held.retired = True
        self._close_unused(self._held)

    def _close_unused(self, held: _Held) -> None:
        if held.retired and held.readers == 0 and held.library is not self._given:
            held.library.close()


def identity(path: Path) -> str:
    """What tells a library's store from another put in its place; growth in place changes nothing here."""
    try:
        return "-".join(str(file.stat().st_ino) for file in sorted(path.glob("*.db")))
    except OSError:
        return ""
