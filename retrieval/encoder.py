"""Texts as numbers of their terms, for as many texts as an ingest reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain, islice

from retrieval.thai.segment import runs, segmented_all
from retrieval.thai.text import folded

_REMEMBERED = 200_000
"""Stretches in each of a memory's two generations."""
_LONGEST_REMEMBERED = 100
_TOGETHER = 64
"""Texts that are taken through all steps together, so that each step finds its tables in the processor's cache."""


class _Vocabulary(dict[str, int]):
    """Numbers words as they are first asked for; ``new`` are those since it was last emptied."""

    def __init__(self) -> None:
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        self.new.append(word)
        number = self[word] = len(self)
        return number


class _Memory:
    """The numbers of the terms of short stretches without white space; two in three have been met before.

    Those met lately are ``recent``; when they are many they become the ``older`` ones, of which those that are met
    again come back.
    """

    def __init__(self) -> None:
        self.recent: dict[str, bytes] = {}
        self.older: dict[str, bytes] = {}

    def unknown(self, stretches: Iterable[str]) -> list[str]:
        """The stretches that are not remembered, each once, in order; all others are ``recent`` afterwards."""
        recent, older = self.recent, self.older
        found: list[str] = []
        for stretch in dict.fromkeys(stretches):
            if stretch not in recent:
                if stretch in older:
                    recent[stretch] = older[stretch]
                else:
                    found.append(stretch)
        return found

    def forget(self, lately: Iterable[str]) -> None:
        """Forget the long ones of the stretches met ``lately`` and, when the recent ones are many, the older ones."""
        for stretch in lately:
            if len(stretch) > _LONGEST_REMEMBERED:
                del self.recent[stretch]
        if len(self.recent) >= _REMEMBERED:
            self.older, self.recent = self.recent, {}


class Encoder:
    """Numbers the terms of texts, the same term always with the same number."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._memory = _Memory()

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The numbers of each text's :func:`retrieval.thai.segment.terms`, as native unsigned integers."""
        portions = (texts[first : first + _TOGETHER] for first in range(0, len(texts), _TOGETHER))
        return [numbers for portion in portions for numbers in self._encode(portion)]

    def _encode(self, texts: Sequence[str]) -> list[bytes]:
        # A run of letters or figures ends where white space is, so that each stretch between can be cut by itself.
        cut = [text.split() for text in folded(texts)]
        memory = self._memory
        unknown = memory.unknown(chain.from_iterable(cut))
        memory.recent.update(zip(unknown, self._numbered(unknown), strict=True))
        numbers_of = memory.recent.__getitem__
        encoded = [b"".join(map(numbers_of, stretches)) for stretches in cut]
        memory.forget(unknown)
        return encoded

    def _numbered(self, stretches: Sequence[str]) -> list[bytes]:
        """The numbers of each stretch's terms."""
        found = list(map(runs, stretches))
        words = iter(segmented_all(list(chain.from_iterable(found))))
        number_of = self._vocabulary.__getitem__
        return [
            array("I", map(number_of, next(words) if len(some) == 1 else chain(*islice(words, len(some))))).tobytes()
            for some in found
        ]

    def new_words(self) -> list[str]:
        """The words that were numbered since this was last asked, in the order of their numbers."""
        words, self._vocabulary.new = self._vocabulary.new, []
        return words
