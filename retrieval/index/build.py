"""Writing segments: from documents in memory, and by merging segments that exist."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike, NDArray

from retrieval.index.arrays import Array, new_arrays
from retrieval.index.bounds import blocks, common_rows, fill_peaks, share_steps
from retrieval.index.segment import Document, Segment


def write_segment(
    path: Path,
    numbers: NDArray[np.int64],
    lengths: NDArray[np.int64],
    tokens: NDArray[np.uint32],
    *,
    k1: float,
    b: float,
) -> None:
    """Write documents, given as one run of ``tokens`` cut by ``lengths``, as a segment; all of it is held in memory."""
    place_of_token = np.repeat(np.arange(len(lengths), dtype=np.uint64), lengths)
    keys = (tokens.astype(np.uint64) << np.uint64(32)) | place_of_token
    keys.sort()
    first = _starts(keys)
    frequency = np.diff(first, append=len(keys))
    keys = keys[first]
    places = (keys & np.uint64(0xFFFFFFFF)).astype(np.uint32)
    owner = (keys >> np.uint64(32)).astype(np.uint32)
    starts = _starts(owner)
    terms = owner[starts]
    pairs, codes = _coded(frequency, lengths, places)
    starts = np.append(starts, len(places))
    with _new_segment(path, numbers, lengths, terms, starts, pairs, k1=k1, b=b) as new:
        new["tokens"][:] = tokens
        new["places"][:] = places
        new["codes"][:] = codes


def _starts(ordered: Array) -> NDArray[np.int64]:
    """Where each value of an ordered array begins."""
    return np.flatnonzero(np.concatenate((np.ones(min(len(ordered), 1), dtype=bool), ordered[1:] != ordered[:-1])))


def _coded(
    frequency: NDArray[np.int64], lengths: NDArray[np.int64], places: NDArray[np.uint32]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The pairs (frequency, length) that occur, ascending, and the place of each posting's pair among them.

    Few frequencies and lengths are different, so that a table of all their pairs replaces sorting the postings.
    """
    frequencies = np.flatnonzero(np.bincount(frequency))
    length_values, length_of = np.unique(lengths, return_inverse=True)
    row_of = np.zeros(frequencies[-1] + 1 if len(frequencies) else 0, dtype=np.int64)
    row_of[frequencies] = np.arange(len(frequencies)) * len(length_values)
    cells = row_of[frequency] + length_of[places]
    occurs = np.zeros(len(frequencies) * len(length_values), dtype=bool)
    occurs[cells] = True
    row, column = np.divmod(np.flatnonzero(occurs), max(len(length_values), 1))
    codes = (np.cumsum(occurs) - 1)[cells]
    return (frequencies[row] << 32) | length_values[column], codes


def merge_segments(path: Path, sources: Sequence[tuple[Segment, NDArray[np.uint32]]], *, k1: float, b: float) -> None:
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
    with _new_segment(path, numbers, lengths, terms, starts, pairs, k1=k1, b=b) as new:
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


@contextmanager
def _new_segment(
    path: Path,
    numbers: NDArray[np.int64],
    lengths: NDArray[np.int64],
    terms: NDArray[np.uint32],
    starts: NDArray[np.int64],
    pairs: NDArray[np.int64],
    *,
    k1: float,
    b: float,
) -> Iterator[dict[str, Array]]:
    """A segment file with everything but tokens, places and codes, which the block fills; then come the peaks."""
    postings = int(starts[-1])
    common = common_rows(starts, len(numbers))
    small: dict[str, Array] = {
        "numbers": numbers,
        "by_number": np.argsort(numbers, kind="stable").astype(np.uint32),
        "offsets": np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths))),
        "terms": terms.astype(np.uint32),
        "starts": starts.astype(np.int64),
        "frequency": (pairs >> 32).astype(np.uint32),
        "length": (pairs & 0xFFFFFFFF).astype(np.uint32),
        "common": common.astype(np.uint32),
    }
    shapes: dict[str, tuple[DTypeLike, int]] = {name: (array.dtype, len(array)) for name, array in small.items()}
    shapes |= {
        "peaks": (np.uint8, len(terms)),
        "block_peaks": (np.uint8, len(common) * blocks(len(numbers))),
        "places": (np.uint32, postings),
        "codes": (np.uint16 if len(pairs) <= 1 << 16 else np.uint32, postings),
        "tokens": (np.uint32, int(lengths.sum())),
    }
    average = float(lengths.mean()) if len(lengths) else 0.0
    consecutive = bool((np.diff(numbers) == 1).all())
    with new_arrays(path, shapes, {"average": average, "consecutive": consecutive}) as new:
        for name, array in small.items():
            new[name][:] = array
        yield new
        fill_peaks(
            new["peaks"],
            new["block_peaks"].reshape(len(common), blocks(len(numbers))),
            starts=starts,
            common=common,
            places=new["places"],
            codes=new["codes"],
            steps=share_steps(small["frequency"], small["length"], average=average, k1=k1, b=b),
        )


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
