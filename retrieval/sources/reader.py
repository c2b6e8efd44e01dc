"""What every reader of a format has in common: what it is given, what it yields, how it says no."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from retrieval.model import Article, Unread

_LONGEST_NAME = 150


class Unreadable(Exception):
    """A text that a reader cannot make an article of; the message is a full sentence for the person who ingests."""


@dataclass(frozen=True, slots=True)
class Text:
    """A decoded text, not yet cleaned, and where it was found.

    ``place`` is a path, an archive's path and the member's name, or an address; ``first_line`` is the number of
    the text's first line in its file, where a long file comes in several texts.
    """

    content: str
    place: str
    first_line: int = 1

    @property
    def name(self) -> str:
        """The last part of the place: the file's own name."""
        return self.place.replace("\\", "/").rstrip("/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: how it is called, how its texts are told from others, and how they become articles.

    ``read`` may raise :class:`Unreadable`, or yield Unread for parts of the text.
    """

    name: str
    recognises: Callable[[Text], bool]
    read: Callable[[Text], Iterable[Article | Unread]]


def first_words(text: str) -> str:
    """The beginning of a text, to call it by where it has no headline of its own."""
    line = text.split("\n", 1)[0]
    return line if len(line) <= _LONGEST_NAME else line[:_LONGEST_NAME].rsplit(" ", 1)[0]
