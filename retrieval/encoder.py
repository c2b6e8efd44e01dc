"""Texts as numbers of their terms, for as many texts as an ingest reads."""

from __future__ import annotations

from array import array
from collections.abc import Sequence

from retrieval.thai.segment import runs, segmented
from retrieval.thai.text import folded

_REMEMBERED = 200_000
"""Stretches in each of a memory's two generations."""
_LONGEST_REMEMBERED = 100


class _Vocabulary(dict[str, int]):
    """Numbers words as they are first asked for; ``new`` are those since it was last emptied."""

    def __init__(self) -> None:
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        self.new.append(word)
        number = self[word] = len(self)
        return number


class _Memory(dict[str, bytes]):
    """The numbers of the terms of short stretches without white space; two in three have been met before.

    When it is full, what it holds becomes the older generation, out of which those that are met again come back.
    """

    def __init__(self, vocabulary: _Vocabulary) -> None:
        self._number_of = vocabulary.__getitem__
        self._older: dict[str, bytes] = {}

    def __missing__(self, stretch: str) -> bytes:
        numbers = self._older.get(stretch)
        if numbers is None:
            numbers = self._numbers(stretch)
        if len(stretch) <= _LONGEST_REMEMBERED:
            if len(self) >= _REMEMBERED:
                self._older = dict(self)
                self.clear()
            self[stretch] = numbers
        return numbers

    def _numbers(self, stretch: str) -> bytes:
        found = runs(stretch)
        if len(found) == 1 and len(found[0]) == len(stretch):
            return array("I", map(self._number_of, segmented(stretch))).tobytes()
        return b"".join(map(self.__getitem__, found))


class Encoder:
    """Numbers the terms of texts, the same term always with the same number."""

    def __init__(self) -> None:
        self._vocabulary = _Vocabulary()
        self._memory = _Memory(self._vocabulary)

    def encode(self, texts: Sequence[str]) -> list[bytes]:
        """The numbers of each text's :func:`retrieval.thai.segment.terms`, as native unsigned integers."""
        numbers_of = self._memory.__getitem__
        # A run of letters or figures ends where white space is, so that each stretch between can be cut by itself.
        return [b"".join(map(numbers_of, text.split())) for text in folded(texts)]

    def new_words(self) -> list[str]:
        """The words that were numbered since this was last asked, in the order of their numbers."""
        words, self._vocabulary.new = self._vocabulary.new, []
        return words
