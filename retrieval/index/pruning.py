"""The best documents of one segment, without scoring most of those that hold the words.

In the spirit of MaxScore and block-max pruning, in whole-array steps:

1. The rarest words' postings are added up (they carry most of the score).
2. The best documents of that are scored exactly; the limit-th best score is a *threshold* that a document must reach.
3. What the other words can add at most is known for the whole segment (peaks) and, for common words, for each block of
   eight documents (block peaks).  Documents that cannot reach the threshold are dropped; those that hold none of the
   rare words are looked for only in the blocks that could reach it by the other words alone.
4. What is left is scored exactly, word by word, the most promising word first, dropping hopeless ones on the way.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bounds import BLOCK_SHIFT, growth, shares, step
from retrieval.index.segment import Segment

Places = NDArray[np.uint32]
Positions = NDArray[np.intp]
Scores = NDArray[np.float32]
Mask = Callable[[NDArray[np.intp]], NDArray[np.bool_]]
"""Which of some places may be found."""

_FIRST = 10_000
"""Postings added up before a threshold is asked for; about 60 microseconds."""
_PROBES = 100
"""Documents scored exactly to get a threshold, at least."""
_MANY = 1000
"""From here on, block peaks pay for themselves before documents are scored one word at a time."""
_SLACK = 1 - 1e-5
"""Keeps rounding from pruning a document that is level with the threshold."""


class Postings(NamedTuple):
    """One word of a query in one segment."""

    start: int
    end: int
    factor: float
    """What its shares are multiplied with: weight times idf."""
    bound: float
    """The most that it can add to a score."""
    block_row: int
    """Row of its block peaks, -1 without."""


class Memory:
    """Working arrays of one thread for one segment; ``scores`` is all zeros between searches."""

    __slots__ = ("ceiling", "scores", "term")

    def __init__(self, size: int, blocks: int):
        self.scores = np.zeros(size, dtype=np.float32)
        self.ceiling = np.empty(blocks, dtype=np.float32)
        self.term = np.empty(blocks, dtype=np.float32)


class SegmentScorer:
    """Scores documents of a segment under the statistics of the whole index.  Holds no state of a search."""

    def __init__(self, segment: Segment, *, average: float, k1: float, b: float):
        self.segment = segment
        self.table: Scores = shares(segment.frequency, segment.length, average=average, k1=k1, b=b).astype(np.float32)
        self._step = step(k1) * growth(average, segment.average)
        self._block_row = {int(row): line for line, row in enumerate(segment.common)}

    def find(self, term: int) -> Postings | None:
        """The postings of a term with factor 1; None where the segment does not hold it."""
        terms = self.segment.terms
        row = int(terms.searchsorted(np.uint32(term)))
        if row == len(terms) or int(terms[row]) != term:
            return None
        start, end = int(self.segment.starts[row]), int(self.segment.starts[row + 1])
        return Postings(start, end, 1.0, float(self.segment.peaks[row]) * self._step, self._block_row.get(row, -1))

    def exact(self, words: Sequence[Postings], places: Places) -> NDArray[np.float32]:
        """Each word's part of the score of each document, shape (len(words), len(places)); ``places`` ascending."""
        where = np.empty((len(words), len(places)), dtype=np.intp)
        for line, word in enumerate(words):
            where[line] = self.segment.places[word.start : word.end].searchsorted(places)
        where += np.array([[word.start] for word in words])
        np.minimum(where, np.array([[word.end - 1] for word in words]), out=where)
        parts: NDArray[np.float32] = self.table.take(self.segment.codes.take(where))
        parts *= np.array([[word.factor] for word in words], dtype=np.float32)
        parts *= self.segment.places.take(where) == places
        return parts

    def best(
        self, words: Sequence[Postings], limit: int, floor: float, mask: Mask | None, memory: Memory
    ) -> tuple[Positions, Scores]:
        """Places and scores of documents among which are the ``limit`` best, in no order.

        Documents that score below ``floor`` (what ``limit`` documents elsewhere reach) may be missing.
        """
        words = sorted(words, key=lambda word: -word.bound)
        rest = np.cumsum([0.0, *(word.bound for word in reversed(words))])[::-1].tolist()
        # Bounds mean nothing where a share counts against a document, as in tiny libraries.
        prunable = all(word.factor > 0 for word in words)
        if not words or (prunable and rest[0] < floor):
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        budget = _FIRST
        while True:
            taken = _first_words(words, limit, budget) if prunable else len(words)
            touched, scores = self._add_up(words[:taken], memory)
            try:
                places, partial = touched, scores
                if mask is not None:
                    kept = mask(touched)
                    places, partial = touched[kept], scores[kept]
                if taken == len(words):
                    return _distinct_best(places, partial, limit)
                threshold = self._threshold(words[taken:], places, partial, limit, floor)
                if threshold is not None:
                    return self._pruned(words, taken, rest, places, partial, limit, threshold, mask, memory)
            finally:
                memory.scores[touched] = 0
            # A mask left too few to tell what a good score is: look at more postings.
            budget *= 8

    def _add_up(self, words: Sequence[Postings], memory: Memory) -> tuple[Positions, Scores]:
        """Sum the words' parts; places touched (once for each word) and the sums there."""
        spans = [slice(word.start, word.end) for word in words]
        places = np.concatenate([self.segment.places[span] for span in spans]).astype(np.intp)
        parts = self.table.take(np.concatenate([self.segment.codes[span] for span in spans]))
        sizes = [word.end - word.start for word in words]
        parts *= np.repeat(np.array([word.factor for word in words], dtype=np.float32), sizes)
        np.add.at(memory.scores, places, parts)
        return places, memory.scores.take(places)

    def _threshold(
        self, others: Sequence[Postings], places: Positions, partial: Scores, limit: int, floor: float
    ) -> float | None:
        """A score that ``limit`` documents reach, found by scoring the most promising; None if too few are known."""
        probes = max(_PROBES, limit + limit // 2)
        if len(places) > probes:
            best = partial.argpartition(len(partial) - probes)[len(partial) - probes :]
            places, partial = places.take(best), partial.take(best)
        probed, first = np.unique(places, return_index=True)
        if len(probed) < limit:
            return floor if floor > -np.inf else None
        full = partial.take(first) + self.exact(others, probed.astype(np.uint32)).sum(axis=0)
        return max(floor, _nth_best(full, limit) * _SLACK)

    def _pruned(
        self,
        words: Sequence[Postings],
        taken: int,
        rest: Sequence[float],
        places: Positions,
        partial: Scores,
        limit: int,
        threshold: float,
        mask: Mask | None,
        memory: Memory,
    ) -> tuple[Positions, Scores]:
        hopeful = np.flatnonzero(partial >= threshold - rest[taken])
        places, partial = places.take(hopeful), partial.take(hopeful)
        unseen = rest[taken] >= threshold
        if unseen or len(places) > _MANY:
            ceiling = self._ceiling(words[taken:], memory)
            upper = partial + ceiling.take(places >> BLOCK_SHIFT)
            hopeful = np.flatnonzero(upper >= threshold)
            places, partial, upper = places.take(hopeful), partial.take(hopeful), upper.take(hopeful)
            if unseen:
                more = self._unseen(words[taken:], rest[taken:], ceiling, threshold, mask, memory)
                if len(more):
                    places = np.concatenate((places, more))
                    partial = np.concatenate((partial, np.zeros(len(more), np.float32)))
                    upper = np.concatenate((upper, ceiling.take(more >> BLOCK_SHIFT)))
            if len(places) > _MANY:
                # With so many left, a better threshold is worth scoring the most promising once more.
                probes = max(_PROBES, 2 * limit)
                best = upper.argpartition(len(upper) - probes)[len(upper) - probes :]
                probed, first = np.unique(places.take(best), return_index=True)
                if len(probed) >= limit:
                    full = partial.take(best).take(first)
                    full += self.exact(words[taken:], probed.astype(np.uint32)).sum(axis=0)
                    threshold = max(threshold, _nth_best(full, limit) * _SLACK)
                    hopeful = np.flatnonzero(upper >= threshold)
                    places, partial = places.take(hopeful), partial.take(hopeful)
        places, first = np.unique(places, return_index=True)
        partial = partial.take(first)
        return self._complete(words[taken:], rest[taken:], places, partial, limit, threshold)

    def _ceiling(self, words: Sequence[Postings], memory: Memory) -> Scores:
        """The most that ``words`` can add together, by block."""
        ceiling, term = memory.ceiling, memory.term
        ceiling.fill(0)
        for word in words:
            if word.block_row >= 0:
                np.multiply(self.segment.block_peaks[word.block_row], np.float32(word.factor * self._step), out=term)
                np.add(ceiling, term, out=ceiling)
            else:
                # Assignment through an index array adds once to each block, however often it is named.
                ceiling[self.segment.places[word.start : word.end] >> np.uint32(BLOCK_SHIFT)] += np.float32(word.bound)
        return ceiling

    def _unseen(
        self,
        words: Sequence[Postings],
        rest: Sequence[float],
        ceiling: Scores,
        threshold: float,
        mask: Mask | None,
        memory: Memory,
    ) -> Positions:
        """Places that hold none of the words added up so far and may still reach the threshold, each once."""
        hopeful = ceiling >= threshold
        blocks = np.flatnonzero(hopeful)
        if not len(blocks):
            return np.zeros(0, np.intp)
        found = []
        for word, at_most in zip(words, rest, strict=False):
            if at_most < threshold:
                break
            held = self.segment.places[word.start : word.end]
            if len(blocks) * 12 < len(held):
                low = held.searchsorted((blocks << BLOCK_SHIFT).astype(np.uint32))
                size = held.searchsorted(((blocks + 1) << BLOCK_SHIFT).astype(np.uint32)) - low
                ends = size.cumsum()
                held = held.take(np.arange(ends[-1]) + np.repeat(low - ends + size, size))
            else:
                held = held[hopeful.take(held >> np.uint32(BLOCK_SHIFT))]
            found.append(held)
        places: Positions = np.unique(np.concatenate(found)).astype(np.intp)
        places = places[memory.scores.take(places) == 0]
        return places if mask is None else places[mask(places)]

    def _complete(
        self,
        words: Sequence[Postings],
        rest: Sequence[float],
        places: Positions,
        partial: Scores,
        limit: int,
        threshold: float,
    ) -> tuple[Positions, Scores]:
        """Add the other words' parts to ``partial`` (``places`` ascending and distinct), dropping the hopeless."""
        small = places.astype(np.uint32)
        line = 0
        while line < len(words) and len(small) > _PROBES:
            partial = partial + self.exact(words[line : line + 1], small)[0]
            line += 1
            hopeful = np.flatnonzero(partial >= threshold - rest[line])
            small, partial = small.take(hopeful), partial.take(hopeful)
        if line < len(words) and len(small):
            partial = partial + self.exact(words[line:], small).sum(axis=0)
        return small.astype(np.intp), partial


def _first_words(words: Sequence[Postings], limit: int, budget: int) -> int:
    """How many of the leading words to add up: within the budget, but enough to touch ``limit`` documents."""
    total = most = 0
    for count, word in enumerate(words):
        size = word.end - word.start
        if most >= limit and total + size > budget:
            return count
        total += size
        most = max(most, size)
    return len(words)


def _nth_best(scores: Scores, n: int) -> float:
    return float(np.partition(scores, len(scores) - n)[len(scores) - n])


def _distinct_best(places: Positions, scores: Scores, limit: int) -> tuple[Positions, Scores]:
    """The best of places that may be named several times, each time with the same score."""
    places, first = np.unique(places, return_index=True)
    scores = scores.take(first)
    if len(scores) > limit:
        best = scores.argpartition(len(scores) - limit)[len(scores) - limit :]
        places, scores = places.take(best), scores.take(best)
    return places, scores
