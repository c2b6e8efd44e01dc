"""The best documents of one segment, without scoring most of those that hold the words.

In the spirit of MaxScore and block-max pruning, in whole-array steps:

1. The rarest words' postings are added up (they carry most of the score).
2. The best documents of that are scored exactly; the limit-th best score is a *threshold* that a document must reach.
3. What the other words can add at most is known: for each word (its peak) and, for common words, for each block of
   eight documents.  Documents that cannot reach the threshold are dropped; those that hold none of the rare words are
   taken up only where a word weighs so much in them that they could reach it all the same.
4. What is left is scored exactly, word by word, dropping hopeless ones on the way.

Where that would be more work than adding up all postings, all postings are added up.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bounds import BLOCK_SHIFT, growth, shares, step
from retrieval.index.segment import Segment

Places = NDArray[np.intp]
Scores = NDArray[np.float32]
Mask = NDArray[np.bool_]
"""Which places of a segment may be found."""

_FIRST, _FIRST_PER_HIT = 20_000, 150
"""Postings added up before a threshold is asked for, and how many more for each document that is wanted,"""
_FIRST_SHARE = 60
"""but never fewer than one for so many documents."""
_FEW = 20_000
"""Where so few postings are left, adding them up is quicker than pruning."""
_PIECE = 65_536
"""Postings added up at once: the working arrays stay in the processor's cache."""
_PROBES = 80
"""Documents scored exactly to get a threshold, at least."""
_REPEATED = 2
"""How often a promising document is named, as it holds several words."""
_MANY = 300
"""From here on it pays to look at block peaks before scoring documents."""
_LOOKUP = 12
"""Looking up one document in one word's postings takes as long as adding up so many postings,"""
_ROUND = 60_000
"""and so does another round of probing."""
_CHECK = 160
"""Checking and looking up one unseen document takes as long as adding up so many postings."""
_TINY = float(np.finfo(np.float32).tiny)
_SLACK = 1 - 1e-4
"""Keeps rounding from pruning a document that is level with the threshold."""


class Postings(NamedTuple):
    """One word of a query in one segment."""

    start: int
    end: int
    factor: float
    """What its shares are multiplied with: weight times idf."""
    bound: float
    """The most that it can add to a score."""
    common: int
    """Its row in the block peaks, -1 without."""


class SegmentScorer:
    """Scores documents of a segment under the statistics of the whole index.  Holds no state of a search."""

    def __init__(self, segment: Segment, *, average: float, k1: float, b: float):
        self.segment = segment
        self.table: Scores = shares(segment.frequency, segment.length, average=average, k1=k1, b=b).astype(np.float32)
        self.step = step(k1) * growth(average, segment.average)
        self._common = {int(row): line for line, row in enumerate(segment.common)}

    def find(self, term: int) -> Postings | None:
        """The postings of a term with factor 1; None where the segment does not hold it."""
        terms = self.segment.terms
        row = int(terms.searchsorted(np.uint32(term)))
        if row == len(terms) or int(terms[row]) != term:
            return None
        start, end = int(self.segment.starts[row]), int(self.segment.starts[row + 1])
        return Postings(start, end, 1.0, float(self.segment.peaks[row]) * self.step, self._common.get(row, -1))

    def exact(self, words: Sequence[Postings], places: Places) -> Scores:
        """Each word's part of the score of each document, shape (len(words), len(places)); ``places`` ascending."""
        held = self.segment.places
        small = places.astype(np.uint32)
        where = np.empty((len(words), len(places)), dtype=np.intp)
        for line, word in enumerate(words):
            where[line] = held[word.start : word.end].searchsorted(small)
        columns = np.array([(word.start, word.end - 1, word.factor) for word in words])
        where += columns[:, :1].astype(np.intp)
        np.minimum(where, columns[:, 1:2].astype(np.intp), out=where)
        parts: Scores = self.table.take(self.segment.codes.take(where))
        parts *= columns[:, 2:].astype(np.float32)
        parts *= held.take(where) == small
        return parts

    def best(
        self, words: Sequence[Postings], limit: int, floor: float, mask: Mask | None, sums: Scores
    ) -> tuple[Places, Scores]:
        """Places and scores of documents among which are the ``limit`` best, in no order.

        Documents that score below ``floor`` (what ``limit`` documents elsewhere reach) may be missing.
        """
        words = sorted(words, key=lambda word: word.end - word.start)
        # Bounds mean nothing where a share counts against a document, as in tiny libraries.
        prunable = all(word.factor > 0 for word in words)
        if not words or (prunable and sum(word.bound for word in words) < floor):
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        return _Search(self, words, limit, floor, mask, sums, prunable).run()


class _Search:
    """One search of one segment; ``words`` are ordered by how rare they are, the rarest first."""

    def __init__(
        self,
        scorer: SegmentScorer,
        words: Sequence[Postings],
        limit: int,
        floor: float,
        mask: Mask | None,
        sums: Scores,
        prunable: bool,
    ):
        self.scorer, self.segment, self.words = scorer, scorer.segment, words
        self.limit, self.threshold, self.mask, self.sums = limit, floor, mask, sums
        self.prunable = prunable
        self.probes = max(_PROBES, limit + limit // 2)
        self.rest = [0.0] * (len(words) + 1)
        """What the words from each one on can add together."""
        self.left = [0] * (len(words) + 1)
        """Postings of the words from each one on."""
        for line in range(len(words) - 1, -1, -1):
            self.rest[line] = self.rest[line + 1] + words[line].bound
            self.left[line] = self.left[line + 1] + words[line].end - words[line].start
        self.added = 0
        """Parts added to the sums."""
        self.touched: list[Places] = []
        """Places whose sums are not zero, perhaps repeated; only the first of them if the sums are ``dense``."""
        self._at_hand: tuple[Places, int, Scores] | None = None
        self.dense = False
        """So many sums are not zero that it is quicker to look at all."""

    def run(self) -> tuple[Places, Scores]:
        """The best documents, and perhaps some more, in no order."""
        try:
            taken = self._words_within(0, self._first_budget()) if self.prunable else len(self.words)
            self._add_up(0, taken)
            while taken < len(self.words):
                if self.left[taken] <= _FEW:
                    upto = len(self.words)
                else:
                    # Without a threshold, too few documents are known to tell what a good score is.
                    found = self._pruned(taken) if self._probe(taken, *self._promising()) else None
                    if found is not None:
                        return found
                    upto = self._words_within(taken, self.left[0] - self.left[taken])
                self._add_up(taken, upto)
                taken = upto
            return self._best_of_sums()
        finally:
            if self.dense:
                self.sums.fill(0)
            for places in self.touched:
                self.sums[places] = 0

    def _first_budget(self) -> int:
        return max(_FIRST, self.segment.size // _FIRST_SHARE) + _FIRST_PER_HIT * self.limit

    def _words_within(self, first: int, budget: int) -> int:
        """The end of the words from ``first`` on within a budget of postings; enough to touch ``limit`` documents."""
        most = 0
        for line in range(first, len(self.words)):
            if most >= self.limit and self.left[first] - self.left[line + 1] > budget:
                return line
            most = max(most, self.left[line] - self.left[line + 1])
        return len(self.words)

    def _add_up(self, first: int, end: int) -> None:
        """Add the words' parts to the sums of the documents that the mask allows."""
        pieces = [
            (start, min(start + _PIECE, word.end), word.factor)
            for word in self.words[first:end]
            for start in range(word.start, word.end, _PIECE)
        ]
        while pieces:
            count, size = 1, pieces[0][1] - pieces[0][0]
            while count < len(pieces) and size + pieces[count][1] - pieces[count][0] <= _PIECE:
                size += pieces[count][1] - pieces[count][0]
                count += 1
            self._add_pieces(pieces[:count])
            pieces = pieces[count:]

    def _add_pieces(self, pieces: Sequence[tuple[int, int, float]]) -> None:
        """Add some stretches of postings, each with its word's factor, to the sums."""
        if len(pieces) == 1:
            start, stop, factor = pieces[0]
            codes, held = self.segment.codes[start:stop], self.segment.places[start:stop]
            factors: Scores | np.float32 = np.float32(factor)
        else:
            codes = np.concatenate([self.segment.codes[start:stop] for start, stop, _ in pieces])
            held = np.concatenate([self.segment.places[start:stop] for start, stop, _ in pieces])
            each = np.array([factor for _, _, factor in pieces], dtype=np.float32)
            factors = np.repeat(each, [stop - start for start, stop, _ in pieces])
        places = held.astype(np.intp)
        parts = self.scorer.table.take(codes)
        parts *= factors
        if self.mask is not None:
            allowed = np.flatnonzero(self.mask.take(places))
            places, parts = places.take(allowed), parts.take(allowed)
        np.add.at(self.sums, places, parts)
        self.added += len(places)
        self.dense = self.dense or self.added > self.segment.size // 6
        if not self.dense or not self.touched:
            self.touched.append(places)

    def _promising(self) -> tuple[Places, Scores]:
        """Documents among which good ones are: those of the rarest words, or all that were touched, if too few."""
        if self.threshold > -np.inf:
            return self.touched[0], self._sums_at(self.touched[0])
        return self._hopeful_sums(_TINY)

    def _sums_at(self, places: Places) -> Scores:
        """The sums at some of ``touched``; those asked for last are at hand until more is added."""
        if self._at_hand is None or self._at_hand[0] is not places or self._at_hand[1] != self.added:
            self._at_hand = places, self.added, self.sums.take(places)
        return self._at_hand[2]

    def _hopeful_sums(self, at_least: float) -> tuple[Places, Scores]:
        """Places, perhaps repeated, and sums of all documents whose sum is high enough."""
        if self.dense:
            places = np.flatnonzero(self.sums >= at_least)
            return places, self.sums.take(places)
        found = []
        for places in self.touched:
            sums = self._sums_at(places)
            high = sums >= at_least
            if not high.all():
                hopeful = np.flatnonzero(high)
                places, sums = places.take(hopeful), sums.take(hopeful)
            found.append((places, sums))
        if len(found) == 1:
            return found[0]
        return np.concatenate([part for part, _ in found]), np.concatenate([part for _, part in found])

    def _best_of_sums(self) -> tuple[Places, Scores]:
        """The best documents once all words are added up."""
        if self.dense and not self.prunable:
            # Only where each share adds something can the places that were touched be told by their sums.
            places: Places = np.concatenate([self.segment.places[w.start : w.end] for w in self.words]).astype(np.intp)
            places = places if self.mask is None else places[self.mask.take(places)]
            sums = self.sums.take(places)
        else:
            places, sums = self._hopeful_sums(max(self.threshold, _TINY) if self.prunable else self.threshold)
        if len(sums) > (most := self.limit * len(self.words)):
            best = _best(sums, most)
            places, sums = places.take(best), sums.take(best)
        return _distinct(places, sums)

    def _probe(self, taken: int, places: Places, partial: Scores, upper: Scores | None = None) -> bool:
        """Raise the threshold to what ``limit`` documents reach: score the most promising ones exactly.

        Promising is a high ``upper`` or else a high sum.  False while there is no threshold.
        """
        if len(places) > (most := max(_REPEATED * self.probes, 3 * _REPEATED * self.limit)):
            best = _roughly_best(partial if upper is None else upper, most)
            places, partial = places.take(best), partial.take(best)
        places, partial = _distinct(places, partial)
        if len(places) > self.probes:
            best = np.sort(_best(partial, self.probes))
            places, partial = places.take(best), partial.take(best)
        if len(places) >= self.limit:
            full = partial + self.scorer.exact(self.words[taken:], places).sum(axis=0)
            full.partition(len(full) - self.limit)
            self.threshold = max(self.threshold, float(full[len(full) - self.limit]) * _SLACK)
        return self.threshold > -np.inf

    def _pruned(self, taken: int) -> tuple[Places, Scores] | None:
        """The best documents, given the sums of the words taken; None if adding up the other words is less work."""
        unseen = self._unseen(taken)
        if unseen is None:
            return None
        places, partial = self._hopeful_sums(max(self.threshold - self.rest[taken], _TINY))
        if len(unseen):
            places = np.concatenate((places, unseen))
            partial = np.concatenate((partial, np.zeros(len(unseen), np.float32)))
        if len(places) > _MANY:
            places, partial, upper = self._within_ceiling(taken, places, partial)
            if len(places) > 4 * self.probes:
                # With so many left, a better threshold is worth a second probe.
                self._probe(taken, places, partial, upper)
                hopeful = np.flatnonzero(upper >= self.threshold)
                places, partial = places.take(hopeful), partial.take(hopeful)
        if len(places) * _LOOKUP > self.left[taken] - self.left[taken + 1] + _ROUND:
            return None
        return self._complete(taken, *_distinct(places, partial))

    def _within_ceiling(self, taken: int, places: Places, partial: Scores) -> tuple[Places, Scores, Scores]:
        """Those places that may reach the threshold by their blocks' peaks, with sums and the most they can reach."""
        common = sorted((word for word in self.words[taken:] if word.common >= 0), key=lambda word: -word.bound)
        unknown = sum(word.bound for word in common)
        upper = partial + np.float32(self.rest[taken] - unknown)
        block = places >> BLOCK_SHIFT
        for word in common:
            peaks = self.segment.block_peaks[word.common].take(block)
            upper += peaks * np.float32(word.factor * self.scorer.step)
            unknown -= word.bound
            high = upper >= self.threshold - unknown
            if 2 * np.count_nonzero(high) < len(high):
                hopeful = np.flatnonzero(high)
                places, partial = places.take(hopeful), partial.take(hopeful)
                upper, block = upper.take(hopeful), block.take(hopeful)
        hopeful = np.flatnonzero(upper >= self.threshold)
        return places.take(hopeful), partial.take(hopeful), upper.take(hopeful)

    def _unseen(self, taken: int) -> Places | None:
        """Places that hold none of the words added up and may still reach the threshold, perhaps repeatedly.

        None if they are so many that adding up more words is less work.
        """
        found = [np.zeros(0, np.intp)]
        count = 0
        for line in range(taken, len(self.words)):
            if self.rest[line] < self.threshold:
                break
            # The first of the words that such a document holds is this one; the ones after it add what they can.
            word = self.words[line]
            enough = self.scorer.table >= (self.threshold - self.rest[line + 1]) / word.factor
            high = np.flatnonzero(enough.take(self.segment.codes[word.start : word.end]))
            count += len(high)
            if count * _CHECK > self.left[taken]:
                return None
            found.append(self.segment.places[word.start : word.end].take(high).astype(np.intp))
        if not count:
            return found[0]
        places: Places = np.concatenate(found)
        places = places[self.sums.take(places) == 0]
        return places if self.mask is None else places[self.mask.take(places)]

    def _complete(self, taken: int, places: Places, partial: Scores) -> tuple[Places, Scores]:
        """Add the other words' parts to ``partial`` (``places`` ascending and distinct), dropping the hopeless."""
        line = taken
        while line < len(self.words) and len(places) > _PROBES:
            partial = partial + self.scorer.exact(self.words[line : line + 1], places)[0]
            line += 1
            hopeful = np.flatnonzero(partial >= self.threshold - self.rest[line])
            places, partial = places.take(hopeful), partial.take(hopeful)
        if line < len(self.words) and len(places):
            partial = partial + self.scorer.exact(self.words[line:], places).sum(axis=0)
        return places, partial


def _best(scores: Scores, count: int) -> NDArray[np.intp]:
    """Where the ``count`` highest scores are, in no order."""
    return scores.argpartition(len(scores) - count)[len(scores) - count :]


def _roughly_best(scores: Scores, count: int) -> NDArray[np.intp]:
    """Where about ``count`` of the highest scores are; quicker than finding just those."""
    sample = scores[::16]
    if len(sample) < count:
        return _best(scores, count)
    enough = np.partition(sample, len(sample) - 1 - count // 16)[len(sample) - 1 - count // 16]
    return np.flatnonzero(scores >= enough)


def _distinct(places: Places, scores: Scores) -> tuple[Places, Scores]:
    """Places, ascending, each once; one that is named several times has the same score each time."""
    order = places.argsort()
    places = places.take(order)
    if len(places) > 1:
        first = np.flatnonzero(places[1:] != places[:-1]) + 1
        order = np.concatenate((order[:1], order.take(first)))
        places = np.concatenate((places[:1], places.take(first)))
    return places, scores.take(order)
