"""A segment: some documents and their postings, in one file that never changes once written.

A document is known by its *number* (the caller's, an int64) and inside a segment by its *place* (0, 1, 2 ...).
For each of its terms, in ascending order, a segment holds the places of the documents with that term, ascending, and
for each a *code* that stands for a pair (times the term occurs, length of the document).  A score needs no more than
the pair, so one small table per segment turns codes into BM25 shares, whatever the average length has grown to since.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import broken, open_arrays
from retrieval.index.bounds import blocks

Document = tuple[int, NDArray[np.uint32]]
"""A document's number and its term ids in order."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One mapped segment file.  ``n`` documents, ``v`` terms, ``p`` postings, ``c`` pairs."""

    path: Path
    numbers: NDArray[np.int64]
    """(n,) the documents' numbers, in the order in which they came."""
    by_number: NDArray[np.uint32]
    """(n,) places in ascending order of number."""
    offsets: NDArray[np.int64]
    """(n + 1,) where each document's tokens start."""
    tokens: NDArray[np.uint32]
    terms: NDArray[np.uint32]
    """(v,) ascending."""
    starts: NDArray[np.int64]
    """(v + 1,) where each term's postings start."""
    places: NDArray[np.uint32]
    """(p,)"""
    codes: NDArray[np.uint16] | NDArray[np.uint32]
    """(p,)"""
    frequency: NDArray[np.uint32]
    """(c,) times a term occurs, by code."""
    length: NDArray[np.uint32]
    """(c,) length of the document, by code."""
    peaks: NDArray[np.uint8]
    """(v,) the highest share of each term, in steps of retrieval.index.bounds."""
    common: NDArray[np.uint32]
    """Rows of the terms that have block peaks."""
    block_peaks: NDArray[np.uint8]
    """(len(common), blocks) the highest share of a common term in each block of documents, in steps."""
    average: float
    """The average length for which the peaks were computed."""
    consecutive: bool
    """Whether each number is one more than the one before."""

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Map a segment file; IndexUnusable when it is broken, FileNotFoundError when it is not there."""
        arrays, meta = open_arrays(path)
        try:
            common, size = len(arrays["common"]), len(arrays["numbers"])
            arrays["block_peaks"] = arrays["block_peaks"].reshape(common, blocks(size))
            return cls(path, **arrays, average=meta["average"], consecutive=meta["consecutive"])
        except (TypeError, KeyError, ValueError):
            raise broken(path, "it was written by another version") from None

    @property
    def size(self) -> int:
        """Documents held, deleted ones among them."""
        return len(self.numbers)

    def document(self, place: int) -> NDArray[np.uint32]:
        """The term ids of the document at ``place``, in order."""
        return self.tokens[self.offsets[place] : self.offsets[place + 1]]

    def lengths(self) -> NDArray[np.int64]:
        """(n,) the documents' lengths in terms."""
        return np.diff(self.offsets)

    def find_terms(self, terms: NDArray[np.uint32]) -> NDArray[np.int64]:
        """(len(terms),) row of each term in ``terms``/``starts``, -1 where the segment does not hold it."""
        if not len(self.terms):
            return np.full(len(terms), -1, dtype=np.int64)
        rows = np.searchsorted(self.terms, terms)
        rows[rows == len(self.terms)] = 0
        rows[self.terms[rows] != terms] = -1
        return rows

    def find_numbers(self, numbers: NDArray[np.int64]) -> NDArray[np.int64]:
        """(len(numbers),) place of each document number, -1 where the segment does not hold it."""
        if not self.size:
            return np.full(len(numbers), -1, dtype=np.int64)
        if self.consecutive:
            places = numbers - int(self.numbers[0])
            return np.where((places >= 0) & (places < self.size), places, -1)
        order = self.by_number
        rows = np.searchsorted(self.numbers, numbers, sorter=order)
        rows[rows == len(order)] = 0
        places = order[rows].astype(np.int64)
        places[self.numbers[places] != numbers] = -1
        return places
