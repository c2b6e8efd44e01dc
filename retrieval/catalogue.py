"""What ranking needs of every article at once: the article of each passage, and its days, as plain arrays.

A cache beside the index, a few megabytes that are read in as many milliseconds; deleting it loses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import IndexUnusable, open_arrays, write_arrays
from retrieval.store import Store

_FILE = "catalogue"
_Number = TypeVar("_Number", bound=np.integer[Any])
_ARRAYS = ("published", "event", "first_passage", "passages")


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Arrays by passage number and by article number; days are proleptic ordinals, 0 where unknown.

    ``article_of`` (passages + 1,) gives the article of a passage; ``published``, ``event``, ``first_passage``
    (the title's) and ``passages`` (how many there are, that one being the first) are by article.
    """

    article_of: NDArray[np.uint32]
    published: NDArray[np.int32]
    event: NDArray[np.int32]
    first_passage: NDArray[np.uint32]
    passages: NDArray[np.uint32]
    marker: int

    @property
    def articles(self) -> int:
        """One more than the highest article number."""
        return len(self.published)

    @property
    def period(self) -> tuple[int, int]:
        """First and last day of publication (else of the event), as ordinals; (0, 0) in an empty library."""
        days = np.where(self.published > 0, self.published, self.event)
        days = days[days > 0]
        return (int(days.min()), int(days.max())) if len(days) else (0, 0)

    def between(self, first: int, last: int, *, slack: tuple[int, int] = (0, 0)) -> NDArray[np.bool_]:
        """Mask by passage of articles whose event or publication lies in these days, ``slack`` days around."""
        low, high = first - slack[0], last + slack[1]
        inside = ((self.event >= low) & (self.event <= high)) | ((self.published >= low) & (self.published <= high))
        return self.passages_of(inside)

    def passages_of(self, articles: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Mask by passage from a mask by article."""
        mask = np.zeros(len(self.article_of), dtype=np.bool_)
        mask[_passages(np.flatnonzero(articles), self.first_passage, self.passages)] = True
        return mask


def _nothing() -> Catalogue:
    days, counts = np.zeros(1, np.int32), np.zeros(1, np.uint32)
    return Catalogue(counts, days, days, counts, counts, 0)


def write_catalogue(folder: Path, store: Store) -> None:
    """Bring the catalogue of a store, beside its index, up to date; atomic.  Of the store only what is new is read."""
    last = store.last_passage()
    try:
        old = open_catalogue(folder)
        if old.marker == last:
            return
    except (OSError, IndexUnusable):
        old = _nothing()
    if old.marker > last:  # It is another store's.
        old = _nothing()
    table = store.article_table(old.marker)
    size = max(old.articles, int(table[-1][0]) + 1 if table else 0)
    published, event = _grown(old.published, size), _grown(old.event, size)
    first_passage, passages = _grown(old.first_passage, size), _grown(old.passages, size)
    for number, day, happened, first, count in table:
        published[number] = day.toordinal() if day else 0
        event[number] = happened.toordinal() if happened else 0
        first_passage[number], passages[number] = first, count
    arrays = (published, event, first_passage, passages)
    write_arrays(folder / _FILE, dict(zip(_ARRAYS, arrays, strict=True)), {"marker": last})


def _grown(values: NDArray[_Number], size: int) -> NDArray[_Number]:
    """A copy of an array, made longer by zeros."""
    grown = np.zeros(size, dtype=values.dtype)
    grown[: len(values)] = values
    return grown


def open_catalogue(folder: Path) -> Catalogue:
    """The catalogue of a folder, mapped from disk.  FileNotFoundError where there is none, IndexUnusable where it is
    broken."""
    arrays, about = open_arrays(folder / _FILE)
    marker = int(about["marker"])
    numbers = np.arange(len(arrays["passages"]))
    article_of = np.zeros(marker + 1, np.uint32)
    article_of[_passages(numbers, arrays["first_passage"], arrays["passages"])] = np.repeat(numbers, arrays["passages"])
    return Catalogue(article_of, **{name: arrays[name] for name in _ARRAYS}, marker=marker)


def _passages(
    articles: NDArray[np.intp], first_passage: NDArray[np.uint32], passages: NDArray[np.uint32]
) -> NDArray[np.intp]:
    """The passages of these articles: of each, first, first + 1, ... one article after the other."""
    counts = passages[articles].astype(np.intp)
    before = np.cumsum(counts, dtype=np.intp) - counts
    skipped: NDArray[np.intp] = first_passage[articles].astype(np.intp) - before
    return np.repeat(skipped, counts) + np.arange(int(counts.sum()), dtype=np.intp)
