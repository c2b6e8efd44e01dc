"""The counts of a whole index, exact over all its segments and deletions, and the weights made of them.

idf is BM25Okapi's of rank-bm25: log(N - df + 0.5) - log(df + 0.5); where that is negative (a term in more than half
of the documents), epsilon times the average idf of all terms instead.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import Array
from retrieval.index.segment import Segment


@dataclass(frozen=True, slots=True)
class Deletions:
    """Deleted documents of a segment, as ascending ``places``, and by how much that lowers the df of ``terms``."""

    places: NDArray[np.uint32]
    terms: NDArray[np.uint32]
    """Ascending."""
    counts: NDArray[np.int64]

    @classmethod
    def none(cls) -> Deletions:
        """Nothing is deleted."""
        return cls(np.zeros(0, np.uint32), np.zeros(0, np.uint32), np.zeros(0, np.int64))

    @classmethod
    def of(cls, segment: Segment, places: NDArray[np.uint32]) -> Deletions:
        """The deletion of the documents of ``segment`` at ``places``."""
        held = [np.unique(segment.document(int(place))) for place in places]
        terms, counts = np.unique(np.concatenate([np.zeros(0, np.uint32), *held]), return_counts=True)
        return cls(np.unique(places).astype(np.uint32), terms, counts.astype(np.int64))

    def arrays(self) -> dict[str, Array]:
        """As they are kept in a file."""
        return {"places": self.places, "terms": self.terms, "counts": self.counts}


@dataclass(frozen=True)
class Statistics:
    """Counts over all live documents.  ``values``/``counts``: how many terms have each document frequency."""

    segments: tuple[Segment, ...]
    deletions: tuple[Deletions, ...]
    documents: int
    tokens: int
    epsilon: float
    values: NDArray[np.int64] = field(repr=False)
    counts: NDArray[np.int64] = field(repr=False)

    @property
    def average_length(self) -> float:
        """Mean length of a document in terms; 0 without documents."""
        return self.tokens / self.documents if self.documents else 0.0

    def document_frequency(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        """(len(terms),) live documents that hold each term."""
        total = np.zeros(len(terms), dtype=np.int64)
        for segment, deleted in zip(self.segments, self.deletions, strict=True):
            rows = segment.find_terms(terms)
            held = rows >= 0
            total[held] += segment.starts[rows[held] + 1] - segment.starts[rows[held]]
            if len(deleted.terms):
                places = np.minimum(np.searchsorted(deleted.terms, terms), len(deleted.terms) - 1)
                total -= np.where(deleted.terms[places] == terms, deleted.counts[places], 0)
        return total

    def idf(self, frequency: NDArray[np.int64]) -> NDArray[np.float64]:
        """idf of terms with these document frequencies; 0 for a term that no document holds."""
        idf = self._log_odds(frequency)
        idf[idf < 0] = self.epsilon * self.average_idf if (idf < 0).any() else 0.0
        idf[frequency == 0] = 0.0
        return idf

    @cached_property
    def average_idf(self) -> float:
        """Mean idf, before the floor, of all terms that live documents hold."""
        held = self.counts.sum()
        return float((self._log_odds(self.values) * self.counts).sum() / held) if held else 0.0

    def _log_odds(self, frequency: NDArray[np.int64]) -> NDArray[np.float64]:
        odds: NDArray[np.float64] = np.log(self.documents - frequency + 0.5) - np.log(frequency + 0.5)
        return odds


def moved_histogram(
    values: NDArray[np.int64], counts: NDArray[np.int64], before: NDArray[np.int64], after: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The histogram of document frequencies after some terms' went from ``before`` to ``after`` (same order)."""
    keys = np.concatenate((values, before, after))
    change = np.concatenate((counts, np.full(len(before), -1), np.full(len(after), 1)))
    keys, inverse = np.unique(keys, return_inverse=True)
    sums = np.zeros(len(keys), dtype=np.int64)
    np.add.at(sums, inverse, change)
    left = (sums > 0) & (keys > 0)
    return keys[left], sums[left]
