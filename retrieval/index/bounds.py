"""BM25 shares of a term without its idf, and how high they can be: per term, and per block of documents.

A share depends on the average length, which moves as the library grows, while a segment file stays as it was written.
So the peaks kept in a file are those for the file's own average; under an average r times as long a share is at most
r times as high, and never higher for a shorter one (see :func:`growth`).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BLOCK_SHIFT = 3
"""A block is 8 neighbouring documents: mostly passages of one or two articles, which share their words."""
COMMON = 64
"""A term in more than one of this many documents gets block peaks: one byte a block."""
LEAST_COMMON = 1000
"""... but not a term in no more documents than this."""
_STEPS = 255


def shares(
    frequency: NDArray[np.integer], length: NDArray[np.integer], *, average: float, k1: float, b: float
) -> NDArray[np.float64]:
    """tf (k1 + 1) / (tf + k1 (1 - b + b length / average)), element by element."""
    damping = k1 * (1 - b + b * length / (average or 1.0))
    result: NDArray[np.float64] = frequency * (k1 + 1) / (frequency + damping)
    return result


def step(k1: float) -> float:
    """What one unit of a peak is worth; no share exceeds k1 + 1."""
    return (k1 + 1) / _STEPS


def growth(average: float, average_of_file: float) -> float:
    """By how much the peaks of a file must be raised to hold under the present average length."""
    return max(1.0, average / average_of_file) if average_of_file else 1.0


def blocks(documents: int) -> int:
    """Number of blocks of a segment."""
    return (documents >> BLOCK_SHIFT) + 1


def common_rows(starts: NDArray[np.int64], documents: int) -> NDArray[np.int64]:
    """Rows of the terms that get block peaks."""
    return np.flatnonzero(np.diff(starts) > max(documents // COMMON, LEAST_COMMON))


def fill_peaks(
    peaks: NDArray[np.uint8],
    block_peaks: NDArray[np.uint8],
    *,
    starts: NDArray[np.int64],
    common: NDArray[np.int64],
    places: NDArray[np.uint32],
    codes: NDArray[np.uint16] | NDArray[np.uint32],
    steps: NDArray[np.uint8],
) -> None:
    """Compute the ``peaks`` (v,) of all terms and the ``block_peaks`` (len(common), blocks) of the common ones.

    ``steps`` is the share, rounded up to whole steps, by code.
    """
    chunk = 8192
    for first in range(0, len(peaks), chunk):
        edges = starts[first : first + chunk + 1]
        if len(edges) > 1:
            values = steps[codes[edges[0] : edges[-1]]]
            peaks[first : first + chunk] = np.maximum.reduceat(values, edges[:-1] - edges[0])
    for line, row in enumerate(common):
        span = slice(int(starts[row]), int(starts[row + 1]))
        block = places[span] >> np.uint32(BLOCK_SHIFT)
        first_of_block = np.flatnonzero(np.diff(block, prepend=np.uint32(0xFFFFFFFF)))
        block_peaks[line, block[first_of_block]] = np.maximum.reduceat(steps[codes[span]], first_of_block)


def share_steps(
    frequency: NDArray[np.uint32], length: NDArray[np.uint32], *, average: float, k1: float, b: float
) -> NDArray[np.uint8]:
    """The shares in whole steps, rounded up."""
    exact = shares(frequency, length, average=average, k1=k1, b=b) / step(k1)
    return np.minimum(np.ceil(exact), _STEPS).astype(np.uint8)
