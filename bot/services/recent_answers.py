"""What the bot remembers for a while, in memory only: recent answers behind their buttons, and which reply was whose.

Nothing here outlives the process, and each store is bounded; what fell out is answered with a kind "ask again".
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from dataclasses import dataclass
from typing import Generic, TypeVar

from retrieval import Answer

K = TypeVar("K")
V = TypeVar("V")


class Recent(Generic[K, V]):
    """The latest ``size`` entries; looking one up keeps it longer."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._entries: OrderedDict[K, V] = OrderedDict()

    def get(self, key: K) -> V | None:
        """The entry, or None where it fell out or never was."""
        if key not in self._entries:
            return None
        self._entries.move_to_end(key)
        return self._entries[key]

    def put(self, key: K, value: V) -> None:
        """Remember an entry as the latest; the oldest falls out where there are too many."""
        self._entries[key] = value
        self._entries.move_to_end(key)
        while len(self._entries) > self._size:
            self._entries.popitem(last=False)

    def pop(self, key: K) -> V | None:
        """The entry, which is forgotten by this, or None."""
        return self._entries.pop(key, None)

    def __contains__(self, key: object) -> bool:
        return key in self._entries

    def __len__(self) -> int:
        return len(self._entries)


@dataclass(slots=True)
class Asked:
    """An answer behind its buttons, in the language it was given; ``rated`` once somebody has said whether it fits."""

    answer: Answer
    language: str
    rated: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list behind its buttons: what it lists, by name of the list ("latest", "person", ...) and its argument."""

    name: str
    argument: str
    language: str


@dataclass(frozen=True, slots=True)
class Given:
    """The reply that a question got: the question's text and the reply's message id."""

    question: str
    reply_id: int


class RecentAnswers:
    """All that is remembered: entries behind buttons by short id, replies by (chat, question message),
    broadcasts that wait for a yes, and the newest inline query of whoever is typing one."""

    def __init__(self, *, entries: int = 2000) -> None:
        self._entries: Recent[str, Asked | Listing] = Recent(entries)
        self.replies: Recent[tuple[int, int], Given] = Recent(entries * 2)
        self.broadcasts: Recent[str, str] = Recent(20)
        self.typing: Recent[int, str] = Recent(1000)

    def remember(self, entry: Asked | Listing) -> str:
        """Keep an entry; its short id goes into the buttons."""
        key = new_id()
        self._entries.put(key, entry)
        return key

    def asked(self, key: str) -> Asked | None:
        """The answer behind a button, or None where it is forgotten."""
        entry = self._entries.get(key)
        return entry if isinstance(entry, Asked) else None

    def listing(self, key: str) -> Listing | None:
        """The list behind a button, or None where it is forgotten."""
        entry = self._entries.get(key)
        return entry if isinstance(entry, Listing) else None


def new_id() -> str:
    """Eight letters that nobody guesses by counting."""
    return secrets.token_urlsafe(6)
