"""Scoring: which documents are best for some terms."""

from __future__ import annotations

import threading
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.index.state import State

Found = tuple[NDArray[np.int64], NDArray[np.float32]]


class Searcher:
    """Searches one state of an index.  Safe for use by threads: each has its own working memory.

    Documents of all segments are laid end to end and known by their *position* in that row.
    """

    def __init__(self, state: State):
        self._state = state
        self._bases = np.cumsum([0, *(segment.size for segment in state.segments)])
        self._tables = [self._table(row) for row in range(len(state.segments))]
        self._local = threading.local()

    def search(
        self,
        terms: Sequence[int],
        *,
        limit: int,
        weights: Sequence[float] | None = None,
        allowed: NDArray[np.bool_] | None = None,
    ) -> Found:
        """As :meth:`Index.search`."""
        unique, factors = self._factors(terms, weights)
        scores = self._scores()
        touched = []
        for row, segment in enumerate(self._state.segments):
            base = int(self._bases[row])
            for at, factor in zip(segment.find_terms(unique).tolist(), factors.tolist(), strict=True):
                if at >= 0:
                    span = slice(int(segment.starts[at]), int(segment.starts[at + 1]))
                    positions = segment.places[span] + np.uint32(base)
                    scores[positions] += self._tables[row][segment.codes[span]] * np.float32(factor)
                    touched.append(positions)
        if not touched:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        candidates = np.unique(np.concatenate(touched))
        values = scores[candidates]
        scores[candidates] = 0
        numbers = self._numbers(candidates)
        live = self._live(candidates, numbers, allowed)
        numbers, values = numbers[live], values[live]
        if len(values) > limit:
            best = np.argpartition(-values, limit - 1)[:limit]
            numbers, values = numbers[best], values[best]
        order = np.lexsort((numbers, -values))
        return numbers[order], values[order]

    def shares(self, row: int, terms: Sequence[int], places: NDArray[np.int64]) -> NDArray[np.float32]:
        """Each term's share in the documents of a segment at ``places``, shape (len(terms), len(places))."""
        segment = self._state.segments[row]
        wanted = np.asarray(terms, dtype=np.uint32)
        idf = self._state.statistics.idf(self._state.statistics.document_frequency(wanted))
        result = np.zeros((len(wanted), len(places)), dtype=np.float32)
        for line, at in enumerate(segment.find_terms(wanted).tolist()):
            if at < 0:
                continue
            held = segment.places[segment.starts[at] : segment.starts[at + 1]]
            where = np.minimum(np.searchsorted(held, places.astype(np.uint32)), len(held) - 1)
            share = self._tables[row][segment.codes[segment.starts[at] + where]] * idf[line]
            result[line] = np.where(held[where] == places, share, 0)
        return result

    def _factors(
        self, terms: Sequence[int], weights: Sequence[float] | None
    ) -> tuple[NDArray[np.uint32], NDArray[np.float64]]:
        """The distinct terms and what each one's tf share is multiplied with: its weights, summed, times its idf."""
        wanted = np.asarray(terms, dtype=np.uint32)
        given = np.ones(len(wanted)) if weights is None else np.asarray(weights, dtype=np.float64)
        unique, inverse = np.unique(wanted, return_inverse=True)
        summed = np.bincount(inverse, weights=given, minlength=len(unique))
        return unique, summed * self._state.statistics.idf(self._state.statistics.document_frequency(unique))

    def _table(self, row: int) -> NDArray[np.float32]:
        """BM25 share of a term without its idf, by code: tf (k1 + 1) / (tf + k1 (1 - b + b length / average))."""
        manifest, segment = self._state.manifest, self._state.segments[row]
        average = self._state.statistics.average_length or 1.0
        damping = manifest.k1 * (1 - manifest.b + manifest.b * segment.length / average)
        share: NDArray[np.float64] = segment.frequency * (manifest.k1 + 1) / (segment.frequency + damping)
        return share.astype(np.float32)

    def _scores(self) -> NDArray[np.float32]:
        """This thread's array of zeros, one a position; whoever writes to it writes the zeros back."""
        scores: NDArray[np.float32] | None = getattr(self._local, "scores", None)
        if scores is None:
            scores = self._local.scores = np.zeros(int(self._bases[-1]), dtype=np.float32)
        return scores

    def _numbers(self, positions: NDArray[np.uint32]) -> NDArray[np.int64]:
        if len(self._state.segments) == 1:
            return self._state.segments[0].numbers[positions]
        numbers = np.empty(len(positions), dtype=np.int64)
        cuts = np.searchsorted(positions, self._bases)
        for row, segment in enumerate(self._state.segments):
            part = slice(int(cuts[row]), int(cuts[row + 1]))
            numbers[part] = segment.numbers[positions[part] - np.uint32(self._bases[row])]
        return numbers

    def _live(
        self, positions: NDArray[np.uint32], numbers: NDArray[np.int64], allowed: NDArray[np.bool_] | None
    ) -> NDArray[np.bool_]:
        live = np.ones(len(positions), dtype=bool)
        for row, deleted in enumerate(self._state.deletions):
            if len(deleted.places):
                live &= ~np.isin(positions, deleted.places.astype(np.int64) + self._bases[row])
        if allowed is not None:
            inside = numbers < len(allowed)
            live &= inside
            live[inside] &= allowed[numbers[inside]]
        return live
