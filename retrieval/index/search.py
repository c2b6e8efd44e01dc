"""Searching a whole index: the words' weights from its statistics, the best of each segment, and the best of all."""

from __future__ import annotations

import itertools
import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.bounds import shares
from retrieval.index.pruning import Mask, Postings, Scores, SegmentScorer
from retrieval.index.segment import Segment
from retrieval.index.state import State

Found = tuple[NDArray[np.int64], NDArray[np.float32]]

_HUGE = 1 << 21
"""Bytes of a huge page."""
_FEW_ALLOWED = 1000
"""If so few documents are allowed, all of them are scored."""
_REMEMBERED = 20_000
"""Terms whose idf and postings are kept at hand; about 10 MB at most."""


class Searcher:
    """Searches one state of an index.  Safe for use by threads: each has its own working memory."""

    def __init__(self, state: State):
        self._state = state
        self._scorers = [
            SegmentScorer(segment, average=state.statistics.average_length, k1=state.manifest.k1, b=state.manifest.b)
            for segment in state.segments
        ]
        self._alive = [
            _alive(segment, deleted.places) for segment, deleted in zip(state.segments, state.deletions, strict=True)
        ]
        self._known: dict[int, tuple[float, list[Postings | None]]] = {}
        self._local = threading.local()
        self._touch()

    def search(
        self,
        terms: Sequence[int],
        *,
        limit: int,
        weights: Sequence[float] | None = None,
        allowed: NDArray[np.bool_] | None = None,
    ) -> Found:
        """As :meth:`Index.search`."""
        if limit < 1:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        wanted: dict[int, float] = {}
        for term, weight in zip(terms, itertools.repeat(1.0) if weights is None else weights, strict=False):
            if weight:
                wanted[term] = wanted.get(term, 0.0) + weight
        words: list[list[Postings]] = [[] for _ in self._scorers]
        for term, weight in wanted.items():
            idf, held = self._known.get(term) or self._look_up(term)
            factor = idf * weight
            for row, word in enumerate(held):
                if word is not None:
                    words[row].append(Postings(word[0], word[1], factor, word[3] * factor, word[4]))
        few = None if allowed is None or np.count_nonzero(allowed) > _FEW_ALLOWED else np.flatnonzero(allowed)
        numbers: NDArray[np.int64] = np.zeros(0, np.int64)
        scores: NDArray[np.float32] = np.zeros(0, np.float32)
        for row, scorer in enumerate(self._scorers):
            if few is not None:
                places, found = self._score_all(row, words[row], few)
            else:
                floor = float(scores[-1]) if len(scores) == limit else -np.inf
                places, found = scorer.best(words[row], limit, floor, self._mask(row, allowed), self._sums(row))
            if len(places):
                named = scorer.segment.numbers.take(places)
                if len(scores):
                    named, found = np.concatenate((numbers, named)), np.concatenate((scores, found))
                order = (-found).argsort(kind="stable")[:limit]
                numbers, scores = named.take(order), found.take(order)
        return numbers, scores

    def shares(self, row: int, terms: Sequence[int], places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Each term's share in the documents of a segment at ``places``, shape (len(terms), len(places)).

        It is counted in the documents themselves, which takes half as long as to look for them in the postings.
        """
        segment, manifest = self._state.segments[row], self._state.manifest
        average = self._state.statistics.average_length
        idf = np.array([(self._known.get(term) or self._look_up(term))[0] for term in map(int, terms)])
        distinct, line_of = np.unique(np.asarray(terms, dtype=np.uint32), return_inverse=True)
        starts = segment.offsets.take(places)
        lengths = segment.offsets.take(places + 1) - starts
        ends = lengths.cumsum()
        tokens = segment.tokens.take(np.repeat(starts - ends + lengths, lengths) + np.arange(lengths.sum()))
        lines = self._lines(distinct, tokens)
        hits = np.flatnonzero(lines != 0)
        columns = ends.searchsorted(hits, side="right")
        cells = (lines.take(hits).astype(np.intp) - 1) * len(places) + columns
        counts = np.bincount(cells, minlength=len(distinct) * len(places)).reshape(len(distinct), len(places))
        found = shares(counts, lengths, average=average, k1=manifest.k1, b=manifest.b)
        result: NDArray[np.float32] = (found[line_of] * idf[:, np.newaxis]).astype(np.float32)
        return result

    def _lines(self, distinct: NDArray[np.uint32], tokens: NDArray[np.uint32]) -> NDArray[np.uint32]:
        """Which of the terms each token is, counted from 1; 0 for none of them."""
        if not hasattr(self._local, "lines"):
            last = max((int(s.segment.terms[-1]) for s in self._scorers if len(s.segment.terms)), default=0)
            self._local.lines = np.zeros(last + 1, dtype=np.uint32)
        table: NDArray[np.uint32] = self._local.lines
        known = distinct[distinct < len(table)]
        table[known] = np.arange(1, len(known) + 1)
        found = table.take(tokens)
        table[known] = 0
        return found

    def _score_all(
        self, row: int, words: Sequence[Postings], numbers: NDArray[np.int64]
    ) -> tuple[NDArray[np.intp], Scores]:
        """Places and scores of those of some documents that hold one of the words."""
        places = self._state.segments[row].find_numbers(numbers)
        places = places[places >= 0]
        if (alive := self._alive[row]) is not None:
            places = places[alive.take(places)]
        if not words or not len(places):
            return np.zeros(0, np.intp), np.zeros(0, np.float32)
        places.sort()
        parts = self._scorers[row].exact([word._replace(factor=1.0) for word in words], places)
        holding = np.flatnonzero(parts.any(axis=0))
        factors = np.array([word.factor for word in words], dtype=np.float32)
        return places.take(holding), (factors @ parts).take(holding)

    def _look_up(self, term: int) -> tuple[float, list[Postings | None]]:
        statistics = self._state.statistics
        idf = statistics.idf(statistics.document_frequency(np.array([term], dtype=np.uint32)))
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        entry = self._known[term] = (float(idf[0]), [scorer.find(term) for scorer in self._scorers])
        return entry

    def _sums(self, row: int) -> Scores:
        """This thread's zeros for the sums in a segment; a search leaves them zeros."""
        if not hasattr(self._local, "sums"):
            self._local.sums = {}
        sums: dict[int, Scores] = self._local.sums
        if row not in sums:
            sums[row] = _zeros(self._scorers[row].segment.size)
        return sums[row]

    def _touch(self) -> None:
        """Bring in what every search needs, so that the first one takes little longer than the others."""
        for row, scorer in enumerate(self._scorers):
            self._sums(row).fill(0)
            for array in (scorer.segment.terms, scorer.segment.starts, scorer.segment.peaks):
                array[:: 4096 // array.itemsize].max(initial=0)

    def _mask(self, row: int, allowed: NDArray[np.bool_] | None) -> Mask | None:
        """Which places of a segment may be found, None for all."""
        alive, segment = self._alive[row], self._state.segments[row]
        if allowed is None or not segment.size:
            return alive
        first = int(segment.numbers[0])
        if segment.consecutive and first + segment.size <= len(allowed):
            mask = allowed[first : first + segment.size]
        else:
            mask = np.append(allowed, False).take(segment.numbers, mode="clip")
        return mask if alive is None else mask & alive


def _alive(segment: Segment, deleted: NDArray[np.uint32]) -> Mask | None:
    if not len(deleted):
        return None
    mask = np.ones(segment.size, dtype=bool)
    mask[deleted] = False
    return mask


def _zeros(size: int) -> Scores:
    """Zeros that lie in huge pages where the system has them: the sums are read and written all over.

    numpy asks for huge pages from 4 MiB on; memory that is not touched is not taken.
    """
    spare = _HUGE // 4
    room = np.zeros(max(size + spare, 2 * spare), dtype=np.float32)
    start = -room.__array_interface__["data"][0] % _HUGE // 4
    return room[start : start + size]
