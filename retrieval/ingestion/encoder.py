"""Texts as numbers of their terms, for as many texts as an ingest reads."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from itertools import chain, islice

import numpy as np

from retrieval.thai.segment import MARKS, runs, segmented, segmented_together
from retrieval.thai.text import folded

_MARKED = (0xFFFF_FFFF, 0xFFFF_FFFE)
"""The numbers of the segmenter's marks, which are no terms."""
_REMEMBERED = 200_000
"""Stretches in each of a memory's two generations."""
_LONGEST_REMEMBERED = 100
_TOGETHER = 64
"""Texts that are taken through all steps together, so that each step finds its tables in the processor's cache."""


class _Vocabulary(dict[str, int]):
    """Numbers words as they are first asked for; ``new`` are those since it was last emptied."""

    def __init__(self) -> None:
        self.update(zip(MARKS, _MARKED, strict=True))
        self.new: list[str] = []

    def __missing__(self, word: str) -> int:
        self.new.append(word)
        number = self[word] = len(self) - len(MARKS)
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
        found = [stretch for stretch in dict.fromkeys(stretches) if stretch not in recent]
        if not older:
            return found
        recent.update((stretch, older[stretch]) for stretch in found if stretch in older)
        return [stretch for stretch in found if stretch not in older]

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
        cut = [text.split() for text in texts]
        memory = self._memory
        unknown = memory.unknown(chain.from_iterable(cut))
        memory.recent.update(zip(unknown, self._numbered(folded(unknown)), strict=True))
        numbers_of = memory.recent.__getitem__
        encoded = [b"".join(map(numbers_of, stretches)) for stretches in cut]
        memory.forget(unknown)
        return encoded

    def _numbered(self, stretches: Sequence[str]) -> list[bytes]:
        """The numbers of the terms of each folded stretch."""
        found = list(map(runs, stretches))
        numbers = iter(self._of_runs(list(chain.from_iterable(found))))
        return [next(numbers) if len(some) == 1 else b"".join(islice(numbers, len(some))) for some in found]

    def _of_runs(self, runs: Sequence[str]) -> list[bytes]:
        """The numbers of the terms of each run."""
        number_of = self._vocabulary.__getitem__
        numbers = array("I")
        for words in segmented_together(runs):
            numbers.extend(map(number_of, words))
        every = np.frombuffer(numbers, np.uint32)
        first, second = (np.flatnonzero(every == mark) for mark in _MARKED)
        if len(first) != len(runs) or not np.array_equal(first + 1, second):
            # Words that were numbered in vain are held by no text.
            return [self._of_words(segmented(run)) for run in runs]
        data, size = numbers.tobytes(), numbers.itemsize
        bounds = zip((size * (second + 1)).tolist(), [*(size * first[1:]).tolist(), len(data)], strict=False)
        return [data[start:end] for start, end in bounds]

    def _of_words(self, words: Iterable[str]) -> bytes:
        return array("I", map(self._vocabulary.__getitem__, words)).tobytes()

    def new_words(self) -> list[str]:
        """The words that were numbered since this was last asked, in the order of their numbers."""
        words, self._vocabulary.new = self._vocabulary.new, []
        return words
