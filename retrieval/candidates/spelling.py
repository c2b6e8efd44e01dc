"""Typing slips, mended by closeness to the words that the library itself knows.

Only what is no word is touched: a piece that the segmenter's dictionary does not hold, alone or with its neighbours.
The mended word is offered beside what was typed, never in its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.gazetteer.concepts import Sort
from retrieval.index import Index
from retrieval.question.understanding import Group, Question
from retrieval.store import Store
from retrieval.thai.segment import terms
from retrieval.thai.squeeze import squeeze

_COMMON = 15
"""Passages that must hold a word before slips are mended to it."""
_SHORTEST, _LONGEST = 5, 16
"""Letters of what was typed: shorter pieces are near too many words."""
_WIDEST = 4
"""Pieces that one slip may have parted a word into."""
_THAI = re.compile("[\u0e01-\u0e4e]+")


@cache
def _dictionary() -> frozenset[str]:
    """The words that the segmenter knows."""
    from pythainlp.corpus import thai_words

    return frozenset(thai_words())


class Speller:
    """Finds the common words of a library that lie within a slip or two of what was typed."""

    def __init__(self, words: Iterable[tuple[str, int]], names: Iterable[str] = ()):
        """``words`` are the library's words with the number of passages that hold each; ``names`` are left alone."""
        self._names = frozenset(names)
        self._frequency = {
            word: count
            for word, count in words
            if count >= _COMMON and len(word) >= _SHORTEST - 1 and _THAI.fullmatch(word)
        }
        self._words = sorted(self._frequency, key=len)
        self._letters = _letters(self._words)
        self._first_of = np.searchsorted([len(word) for word in self._words], range(_LONGEST + 4)).tolist()
        """Where the words of so many letters begin."""

    def mend(self, typed: str) -> str | None:
        """The likeliest word that was meant: one slip away, two for long words; None where none is near."""
        if typed in self._frequency or typed in self._names or not _SHORTEST <= len(typed) <= _LONGEST:
            return None
        allowed = 1 if len(typed) < 9 else 2
        best: tuple[int, int, str] | None = None
        for place in self._near(typed, allowed).tolist():
            word = self._words[place]
            if typed.startswith(word) or typed.endswith(word):
                # A word with something before or after it is no slip: its pieces are looked for one by one.
                continue
            away = slips(typed, word, allowed)
            if away <= allowed:
                option = (away, -self._frequency[word], word)
                best = min(best, option) if best else option
        return best[2] if best else None

    def _near(self, typed: str, allowed: int) -> NDArray[np.intp]:
        """Places of the words that so few slips may lead to, by their length and by which letters they hold."""
        first, end = self._first_of[len(typed) - allowed], self._first_of[len(typed) + allowed + 1]
        differ = self._letters[first:end] ^ _letters([typed])
        for _ in range(2 * allowed):  # A slip changes at most one letter to another; this drops one bit a time.
            differ &= differ - np.uint64(1) * (differ > 0)
        near: NDArray[np.intp] = first + np.flatnonzero(differ == 0)
        return near


def speller_of(store: Store, index: Index) -> Speller:
    """The speller of a library's own words."""
    counts = index.document_frequency(range(store.vocabulary_size()))
    words = store.words(np.flatnonzero(counts >= _COMMON).tolist())
    names = (part for name, _ in store.people() for part in name.split(" "))
    return Speller(((word, int(counts[number])) for number, word in words.items()), names)


def _letters(words: Sequence[str]) -> NDArray[np.uint64]:
    """Which letters each word holds, a bit for each letter of the Thai block; shape (len(words),)."""
    if not words:
        return np.zeros(0, dtype=np.uint64)
    codes = np.frombuffer("".join(words).encode("utf-16-le"), dtype="<u2").astype(np.uint64) & np.uint64(63)
    firsts = np.cumsum([0, *(len(word) for word in words[:-1])])
    return np.bitwise_or.reduceat(np.uint64(1) << codes, firsts)


def slips(left: str, right: str, most: int) -> int:
    """Letters dropped, added, changed or swapped between two words (optimal string alignment); ``most`` + 1 if more."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        earlier, before = before, row
        row = [i] + [0] * len(right)
        for j, b in enumerate(right, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                row[j] = min(row[j], earlier[j - 2] + 1)
        if min(row) > most:
            return most + 1
    return row[-1]


def mended(question: Question, speller: Callable[[], Speller]) -> Question:
    """The question with mended words beside what was typed; ``speller`` is only called where something is no word."""
    groups = list(question.groups)
    place = 0
    while place < len(groups):
        if _is_fragment(groups[place]):
            found = _mend_around(groups, place, speller(), squeeze(question.text))
            if found:
                start, end, word, typed = found
                pieces = tuple(t for g in groups[start:end] for t in g.alternatives[0])
                groups[start:end] = [Group((tuple(terms(word)), pieces), (word, typed))]
                place = start
        place += 1
    return replace(question, groups=tuple(groups))


def _is_fragment(group: Group) -> bool:
    surface = group.surfaces[0]
    return len(group.alternatives) == 1 and bool(_THAI.fullmatch(surface)) and surface not in _dictionary()


def _mend_around(
    groups: Sequence[Group], place: int, speller: Speller, letters: str
) -> tuple[int, int, str, str] | None:
    """The widest stretch of pieces around a fragment that is near a known word: its ends, the word, what was typed."""
    for width in range(_WIDEST, 0, -1):
        for start in range(max(0, place - width + 1), min(place, len(groups) - width) + 1):
            part = groups[start : start + width]
            if any(g.sort not in (None, Sort.SYNONYM) or not _THAI.fullmatch(g.surfaces[0]) for g in part):
                continue
            typed = "".join(g.surfaces[0] for g in part)
            if typed in letters and (word := speller.mend(typed)):
                return start, start + width, word, typed
    return None
