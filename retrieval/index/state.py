"""An index folder, read: its manifest with the segments, deletions and statistics that belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import broken, open_arrays
from retrieval.index.manifest import Manifest
from retrieval.index.segment import Segment
from retrieval.index.statistics import Deletions, Statistics

Histogram = tuple[NDArray[np.int64], NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class State:
    """One consistent state of an index."""

    manifest: Manifest
    segments: tuple[Segment, ...]
    deletions: tuple[Deletions, ...]
    statistics: Statistics

    @classmethod
    def of(
        cls,
        manifest: Manifest,
        segments: tuple[Segment, ...],
        deletions: tuple[Deletions, ...],
        values: NDArray[np.int64],
        counts: NDArray[np.int64],
    ) -> State:
        """Put a state together."""
        statistics = Statistics(
            segments, deletions, manifest.documents, manifest.tokens, manifest.epsilon, values, counts
        )
        return cls(manifest, segments, deletions, statistics)

    @classmethod
    def empty(cls, manifest: Manifest) -> State:
        """A state without documents."""
        return cls.of(manifest, (), (), np.zeros(0, np.int64), np.zeros(0, np.int64))

    @property
    def histogram(self) -> Histogram:
        """How many terms have each document frequency: values and counts."""
        return self.statistics.values, self.statistics.counts


def read_state(folder: Path, manifest: Manifest) -> State:
    """Open all files that ``manifest`` names; IndexUnusable when one is broken, FileNotFoundError when absent."""
    segments = tuple(Segment.open(folder / part.file) for part in manifest.parts)
    deletions = []
    for part, segment in zip(manifest.parts, segments, strict=True):
        if segment.size != part.documents or len(segment.tokens) != part.tokens:
            raise broken(segment.path, "it holds other documents than the index says")
        deletions.append(_read_deletions(folder / part.deleted) if part.deleted else Deletions.none())
    if manifest.histogram is None:
        return State.of(manifest, segments, tuple(deletions), np.zeros(0, np.int64), np.zeros(0, np.int64))
    path = folder / manifest.histogram
    histogram, _ = open_arrays(path)
    try:
        return State.of(manifest, segments, tuple(deletions), histogram["values"], histogram["counts"])
    except KeyError:
        raise broken(path, "it was written by another version") from None


def _read_deletions(path: Path) -> Deletions:
    arrays, _ = open_arrays(path)
    try:
        return Deletions(**arrays)
    except TypeError:
        raise broken(path, "it was written by another version") from None
