"""What ranking needs of every article at once: the article of each passage, and its days, as plain arrays.

A cache beside the index, mapped from disk; deleting it loses nothing.  One file, the whole, holds the articles up to
some day and has room for more; a short one, the tail, holds those since and is written anew with each that is added.
So neither adding nor opening takes longer in a large library, but for every thousandth article: it makes a new whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import DTypeLike, NDArray

from retrieval.index.arrays import Array, IndexUnusable, broken, open_arrays, write_arrays
from retrieval.store import Store

_WHOLE, _TAIL = "catalogue", "catalogue-tail"
_BY_ARTICLE: dict[str, DTypeLike] = {
    "published": np.int32, "event": np.int32, "first_passage": np.uint32, "passages": np.uint32,
}  # fmt: skip
_ROOM = 1000
"""Articles that a tail holds at most, and a whole has room for."""
_ROOM_FOR_PASSAGES = 20_000


@dataclass(frozen=True)
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

    @cached_property
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


@dataclass(frozen=True, slots=True)
class _Tail:
    """The articles, as rows of :func:`_rows`, since the whole that reached to the passage ``after``.

    ``marker`` is the last passage of both, ``articles`` one more than the highest article number.
    """

    after: int
    marker: int
    articles: int
    rows: NDArray[np.int64]


def write_catalogue(folder: Path, store: Store) -> None:
    """Bring the catalogue of a store, beside its index, up to date; atomic.  Of the store only what is new is read."""
    last = store.last_passage()
    try:
        tail, arrays = _opened(folder)
    except (FileNotFoundError, IndexUnusable):
        tail, arrays = _nothing()
    if tail.marker > last:  # It is another store's.
        tail, arrays = _nothing()
    if tail.marker == last:
        return
    rows = _rows(store, tail.marker)
    size = max(tail.articles, int(rows[:, 0].max(initial=0)) + 1)
    about = {"marker": last, "articles": size}
    kept = tail.rows[~np.isin(tail.rows[:, 0], rows[:, 0])]
    fits = size <= len(arrays["published"]) and last < len(arrays["article_of"])
    if fits and len(kept) + len(rows) <= _ROOM:
        rows = np.concatenate((kept, rows))
        write_arrays(folder / _TAIL, {"rows": rows.ravel()}, about | {"after": tail.after})
    else:
        room = _empty(size + _ROOM, last + 1 + _ROOM_FOR_PASSAGES)
        for name, values in arrays.items():
            filled = min(len(values), len(room[name]))
            room[name][:filled] = values[:filled]
        _enter(rows, room)
        write_arrays(folder / _WHOLE, room, about)
        (folder / _TAIL).unlink(missing_ok=True)


def open_catalogue(folder: Path, *, reaching: int = 0) -> Catalogue:
    """The catalogue of a folder, mapped from disk; it holds at least the passages up to the one ``reaching``.

    FileNotFoundError where there is none, IndexUnusable where it is broken or ends before that.
    """
    tail, arrays = _opened(folder)
    if tail.marker < reaching:
        raise broken(folder / _WHOLE, "it lacks the newest articles")
    by_article = {name: arrays[name][: tail.articles] for name in _BY_ARTICLE}
    return Catalogue(arrays["article_of"][: tail.marker + 1], **by_article, marker=tail.marker)


def _nothing() -> tuple[_Tail, dict[str, Array]]:
    return _Tail(-1, -1, 0, np.zeros((0, 5), np.int64)), _empty(0, 0)


def _empty(articles: int, passages: int) -> dict[str, Array]:
    by_article = {name: np.zeros(articles, kind) for name, kind in _BY_ARTICLE.items()}
    return by_article | {"article_of": np.zeros(passages, np.uint32)}


def _opened(folder: Path) -> tuple[_Tail, dict[str, Array]]:
    """The tail, and the arrays of the whole with the tail's articles in them; what they do not fill is zero."""
    # The tail first: if a new whole is written in between, that one holds what the tail held.
    try:
        held, newest = open_arrays(folder / _TAIL)
    except FileNotFoundError:
        held, newest = {}, {}
    arrays, about = open_arrays(folder / _WHOLE, private=True)
    try:
        if newest.get("after") == about["marker"]:
            tail = _Tail(**newest, rows=held["rows"].reshape(-1, 5))
            _enter(tail.rows, arrays)
        else:
            tail = _Tail(about["marker"], **about, rows=_nothing()[0].rows)
    except (KeyError, TypeError, ValueError, IndexError):
        raise broken(folder / _WHOLE, "it was written by another version") from None
    return tail, arrays


def _rows(store: Store, after: int) -> NDArray[np.int64]:
    """(n, 5) of the articles whose passages come after the one ``after``: number and :data:`_BY_ARTICLE`."""
    table = [
        (number, day.toordinal() if day else 0, happened.toordinal() if happened else 0, first, count)
        for number, day, happened, first, count in store.article_table(max(after, 0))
    ]
    return np.array(table, np.int64).reshape(-1, 5)


def _enter(rows: NDArray[np.int64], arrays: dict[str, Array]) -> None:
    """Write articles into arrays that have room for them."""
    numbers = rows[:, 0]
    first_passage, passages, article_of = arrays["first_passage"], arrays["passages"], arrays["article_of"]
    article_of[_passages(numbers, first_passage, passages)] = 0
    for name, column in zip(_BY_ARTICLE, rows[:, 1:].T, strict=True):
        arrays[name][numbers] = column
    article_of[_passages(numbers, first_passage, passages)] = np.repeat(numbers, passages[numbers])


def _passages(
    articles: NDArray[np.intp], first_passage: NDArray[np.uint32], passages: NDArray[np.uint32]
) -> NDArray[np.intp]:
    """The passages of these articles: of each, first, first + 1, ... one article after the other."""
    counts = passages[articles].astype(np.intp)
    before = np.cumsum(counts, dtype=np.intp) - counts
    skipped: NDArray[np.intp] = first_passage[articles].astype(np.intp) - before
    return np.repeat(skipped, counts) + np.arange(int(counts.sum()), dtype=np.intp)
