"""The stretch of an article that is worth showing."""

from __future__ import annotations

import bisect
import re
from collections.abc import Collection, Sequence

from retrieval.candidates.candidate import LONGEST
from retrieval.candidates.occurrences import Found
from retrieval.thai.segment import spans

_MARK = re.compile("[\u0e30-\u0e3a\u0e45\u0e47-\u0e4e]")
_LEADING_VOWEL = re.compile("[\u0e40-\u0e44]")


def best_window(text: str, found: Sequence[Found], must: tuple[int, int] | None = None) -> tuple[int, int]:
    """Start and end of the stretch that holds most of the question, and ``must`` where given."""
    if len(text) <= LONGEST:
        return 0, len(text)
    starts = [max(0, f.start - 40) for f in found]
    if must is not None:
        low, high = max(0, must[1] - LONGEST), must[0]
        starts = [s for s in starts if low <= s <= high] + [low, high, max(low, must[0] - 120), (low + high) // 2]
    best, chosen = -1.0, 0
    positions = [f.start for f in found]
    most = sum(_best_of_groups(found))
    for start in sorted(set(starts)) or [0]:
        end = start + LONGEST
        there = found[bisect.bisect_left(positions, start) : bisect.bisect_right(positions, end)]
        value = sum(_best_of_groups([f for f in there if f.end <= end]))
        if value > best + 1e-9:
            best, chosen = value, start
            if best >= most:
                break
    return chosen, min(len(text), chosen + LONGEST)


def _best_of_groups(found: Sequence[Found]) -> Collection[float]:
    """The weight of each group's best occurrence."""
    best: dict[int, float] = {}
    for f in found:
        if f.weight > best.get(f.group, 0.0):
            best[f.group] = f.weight
    return best.values()


def snap(text: str, start: int, end: int, must: tuple[int, int] | None = None) -> tuple[int, int]:
    """Move both ends to word boundaries, inwards but never into ``must``; best to where a phrase begins or ends."""
    keep_from, keep_to = must or (end, start)
    if start > 0:
        start = _boundary_after(text, start, min(keep_from, start + 60))
    if end < len(text):
        end = _boundary_before(text, end, max(keep_to, end - 60))
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _boundary_after(text: str, start: int, limit: int) -> int:
    newline = text.rfind("\n", max(0, start - 1), limit)
    if newline >= 0:
        return newline + 1
    space = text.find(" ", max(0, start - 1), limit)
    if space >= 0:
        return space + 1
    return _word_boundary(text, start, limit, forwards=True)


def _boundary_before(text: str, end: int, limit: int) -> int:
    space = max(text.rfind(" ", limit, end + 1), text.rfind("\n", limit, end + 1))
    if space >= limit and space > 0:
        return space
    return _word_boundary(text, end, limit, forwards=False)


def _word_boundary(text: str, place: int, limit: int, *, forwards: bool) -> int:
    """The nearest boundary between words on the way to ``limit``, or between Thai clusters where no word ends."""
    low, high = max(0, min(place, limit) - 40), min(len(text), max(place, limit) + 40)
    edges = sorted({low + a for _, a, _ in spans(text[low:high])} | {low + b for _, _, b in spans(text[low:high])})
    inside = [e for e in edges if min(place, limit) <= e <= max(place, limit) and is_cluster_boundary(text, e)]
    if inside:
        return inside[0] if forwards else inside[-1]
    # Within one long word: between its clusters, counted from where it begins.
    from pythainlp.tokenize.tcc import tcc_pos

    begin = max((e for e in edges if e <= min(place, limit)), default=low)
    clusters = {begin + at for at in tcc_pos(text[begin:high])}
    way = range(place, limit, 1 if forwards else -1)
    return next((at for at in way if at in clusters), limit)


def is_cluster_boundary(text: str, place: int) -> bool:
    """Whether a text may be cut before ``text[place]`` without parting a Thai letter from its vowels and marks."""
    if place <= 0 or place >= len(text):
        return True
    return not _MARK.match(text[place]) and not _LEADING_VOWEL.match(text[place - 1])
