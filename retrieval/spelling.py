"""Typing slips, mended by closeness to the words that the library itself knows.

Only what is no word is touched: a piece that the segmenter's dictionary does not hold, alone or with its neighbours.
The mended word is offered beside what was typed, never in its place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import cache

from retrieval.evidence import squeeze
from retrieval.lexicon import Sort
from retrieval.question import Group, Question
from retrieval.thai.segment import terms

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
        self._by_pair: dict[str, list[str]] = defaultdict(list)
        for word in self._frequency:
            for pair in _pairs(word):
                self._by_pair[pair].append(word)

    def mend(self, typed: str) -> str | None:
        """The likeliest word that was meant: one slip away, two for long words; None where none is near."""
        if typed in self._frequency or typed in self._names or not _SHORTEST <= len(typed) <= _LONGEST:
            return None
        allowed = 1 if len(typed) < 9 else 2
        shared: Counter[str] = Counter()
        for pair in _pairs(typed):
            shared.update(self._by_pair.get(pair, ()))
        best: tuple[int, int, str] | None = None
        for word, _ in shared.most_common(40):
            if abs(len(word) - len(typed)) > allowed or typed.startswith(word) or typed.endswith(word):
                # A word with something before or after it is no slip: its pieces are looked for one by one.
                continue
            away = slips(typed, word, allowed)
            if away <= allowed:
                option = (away, -self._frequency[word], word)
                best = min(best, option) if best else option
        return best[2] if best else None


def _pairs(word: str) -> set[str]:
    marked = f"^{word}$"
    return {marked[i : i + 2] for i in range(len(marked) - 1)}


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
