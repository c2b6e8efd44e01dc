"""A segment: some documents and their postings, in one file that never changes once written.

A document is known by its *number* (the caller's, an int64) and inside a segment by its *place* (0, 1, 2 ...).
For each of its terms, in ascending order, a segment holds the places of the documents with that term, ascending, and
for each a *code* that stands for a pair (times the term occurs, length of the document).  A score needs no more than
the pair, so one small table per segment turns codes into BM25 shares, whatever the average length has grown to since.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import Array, broken, new_arrays, open_arrays

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

    @classmethod
    def open(cls, path: Path) -> Segment:
        """Map a segment file; IndexUnusable when it is broken, FileNotFoundError when it is not there."""
        arrays, _ = open_arrays(path)
        try:
            return cls(path, **arrays)
        except TypeError:
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
        order = self.by_number
        rows = np.searchsorted(self.numbers, numbers, sorter=order)
        rows[rows == len(order)] = 0
        places = order[rows].astype(np.int64)
        places[self.numbers[places] != numbers] = -1
        return places


def write_segment(
    path: Path, numbers: NDArray[np.int64], lengths: NDArray[np.int64], tokens: NDArray[np.uint32]
) -> None:
    """Write documents, given as one run of ``tokens`` cut by ``lengths``, as a segment; all of it is held in memory."""
    place_of_token = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    keys = (tokens.astype(np.uint64) << np.uint64(32)) | place_of_token
    keys.sort()
    first = np.flatnonzero(np.concatenate((np.ones(min(len(keys), 1), dtype=bool), keys[1:] != keys[:-1])))
    frequency = np.diff(first, append=len(keys))
    keys = keys[first]
    places = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    owner = (keys >> np.uint64(32)).astype(np.uint32)
    terms, starts = np.unique(owner, return_index=True)
    pairs, codes = np.unique((frequency << 32) | lengths[places], return_inverse=True)
    shapes = _shapes(len(numbers), len(tokens), len(terms), len(places), len(pairs))
    with new_arrays(path, shapes) as new:
        _fill_documents(new, numbers, lengths)
        new["tokens"][:] = tokens
        new["terms"][:] = terms
        new["starts"][:-1] = starts
        new["starts"][-1] = len(places)
        new["places"][:] = places
        new["codes"][:] = codes
        new["frequency"][:] = pairs >> 32
        new["length"][:] = pairs & 0xFFFFFFFF


def merge_segments(path: Path, sources: Sequence[tuple[Segment, NDArray[np.uint32]]]) -> None:
    """Write one segment that holds what several hold, in order, without their deleted documents (given as places).

    Memory: a few arrays as long as the longest source's postings; the output is filled through its mapping.
    """
    keeps = [_kept(segment, deleted) for segment, deleted in sources]
    segments = [segment for segment, _ in sources]
    numbers = np.concatenate([s.numbers[keep] for s, keep in zip(segments, keeps, strict=True)])
    lengths = np.concatenate([s.lengths()[keep] for s, keep in zip(segments, keeps, strict=True)])
    counts = [_live_counts(s, keep) for s, keep in zip(segments, keeps, strict=True)]
    held = [s.terms[count > 0] for s, count in zip(segments, counts, strict=True)]
    terms = np.unique(np.concatenate(held))
    pairs = np.unique(np.concatenate([_pairs(s) for s in segments]))
    sizes = np.zeros(len(terms), dtype=np.int64)
    for segment, count in zip(segments, counts, strict=True):
        sizes[np.searchsorted(terms, segment.terms[count > 0])] += count[count > 0]
    starts = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(sizes)))
    shapes = _shapes(len(numbers), int(lengths.sum()), len(terms), int(starts[-1]), len(pairs))
    with new_arrays(path, shapes) as new:
        _fill_documents(new, numbers, lengths)
        new["terms"][:] = terms
        new["starts"][:] = starts
        new["frequency"][:] = pairs >> 32
        new["length"][:] = pairs & 0xFFFFFFFF
        cursor = starts[:-1].copy()
        base = written = 0
        for segment, keep, count in zip(segments, keeps, counts, strict=True):
            tokens = segment.tokens if keep.all() else segment.tokens[np.repeat(keep, segment.lengths())]
            new["tokens"][written : written + len(tokens)] = tokens
            written += len(tokens)
            _copy_postings(new, segment, keep, count, cursor, base, np.searchsorted(pairs, _pairs(segment)))
            base += int(keep.sum())


def _copy_postings(
    new: dict[str, Array],
    segment: Segment,
    keep: NDArray[np.bool_],
    count: NDArray[np.int64],
    cursor: NDArray[np.int64],
    base: int,
    recoded: NDArray[np.int64],
) -> None:
    """Copy a segment's live postings to where ``cursor`` (by term of the new segment) says, and move the cursor."""
    live = count > 0
    targets = np.searchsorted(new["terms"], segment.terms[live])
    count = count[live]
    ends = np.cumsum(count)
    new_place = (np.cumsum(keep) - 1 + base).astype(np.uint32)
    whole = bool(keep.all())
    # A slice of terms at a time, so that a large segment needs little memory.
    step = 4_000_000
    row = done = 0
    source_starts = segment.starts[:-1][live]
    source_ends = segment.starts[1:][live]
    while row < len(count):
        upto = max(row + 1, int(np.searchsorted(ends, done + step, side="right")))
        old = slice(int(source_starts[row]), int(source_ends[upto - 1]))
        places, codes = segment.places[old], segment.codes[old]
        if not whole:
            mask = keep[places]
            places, codes = places[mask], codes[mask]
        shift = cursor[targets[row:upto]] - (ends[row:upto] - count[row:upto] - done)
        where = np.arange(len(places)) + np.repeat(shift, count[row:upto])
        new["places"][where] = new_place[places]
        new["codes"][where] = recoded[codes]
        done = int(ends[upto - 1])
        row = upto
    cursor[targets] += count


def _live_counts(segment: Segment, keep: NDArray[np.bool_]) -> NDArray[np.int64]:
    """(v,) how many live documents hold each term."""
    if keep.all():
        return np.diff(segment.starts)
    gone = ~keep[segment.places]
    below = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(gone)))
    return np.diff(segment.starts) - np.diff(below[segment.starts])


def _kept(segment: Segment, deleted: NDArray[np.uint32]) -> NDArray[np.bool_]:
    keep = np.ones(segment.size, dtype=bool)
    keep[deleted] = False
    return keep


def _pairs(segment: Segment) -> NDArray[np.int64]:
    return (segment.frequency.astype(np.int64) << 32) | segment.length


def _shapes(documents: int, tokens: int, terms: int, postings: int, pairs: int) -> dict[str, tuple[type, int]]:
    return {
        "numbers": (np.int64, documents),
        "by_number": (np.uint32, documents),
        "offsets": (np.int64, documents + 1),
        "terms": (np.uint32, terms),
        "starts": (np.int64, terms + 1),
        "frequency": (np.uint32, pairs),
        "length": (np.uint32, pairs),
        "places": (np.uint32, postings),
        "codes": (np.uint16 if pairs <= 1 << 16 else np.uint32, postings),
        "tokens": (np.uint32, tokens),
    }


def _fill_documents(new: dict[str, Array], numbers: NDArray[np.int64], lengths: NDArray[np.int64]) -> None:
    new["numbers"][:] = numbers
    new["by_number"][:] = np.argsort(numbers, kind="stable")
    new["offsets"][0] = 0
    np.cumsum(lengths, out=new["offsets"][1:])


def batches(
    documents: Iterable[Document], tokens_a_batch: int
) -> Iterable[tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]]:
    """Documents gathered to batches of about ``tokens_a_batch`` tokens: numbers, lengths and tokens of each."""
    numbers: list[int] = []
    parts: list[NDArray[np.uint32]] = []
    held = 0
    for number, terms in documents:
        numbers.append(number)
        parts.append(np.asarray(terms, dtype=np.uint32))
        held += len(parts[-1])
        if held >= tokens_a_batch:
            yield _batch(numbers, parts)
            numbers, parts, held = [], [], 0
    if numbers:
        yield _batch(numbers, parts)


def _batch(
    numbers: list[int], parts: list[NDArray[np.uint32]]
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.uint32]]:
    lengths = np.fromiter(map(len, parts), dtype=np.int64, count=len(parts))
    return np.array(numbers, dtype=np.int64), lengths, np.concatenate(parts)
