"""What an ingest hands to the store: articles that are read, cut and numbered, a batch at a time.

Plain values and arrays, small to carry between processes.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from retrieval.model import Unread

FactRow = tuple[int, str, str, str | None, str, int, int, str | None, str | None, bool]
"""A fact ready to be stored: the position of the passage in which it begins, kind, person, post, event, start, end,
date, place, whether it is planned."""


class Analysed(NamedTuple):
    """An article ready to be stored; its passages are described in the arrays of its batch.

    Plain values, as they are carried between processes and stored: dataclasses would take twice as long.
    """

    id: str
    title: str
    body: str
    published: str | None
    event_date: str | None
    agency: str | None
    publisher: str | None
    category: str | None
    url: str | None
    source_file: str | None
    content_hash: bytes
    body_hash: bytes
    passages: int
    facts: list[FactRow]


@dataclass(slots=True)
class Outcome:
    """What came of a piece: so many articles, and what could not be read."""

    articles: int
    unread: list[Unread]


@dataclass(slots=True)
class AnalysedBatch:
    """A batch of pieces, in order; there is an outcome for each.

    ``spans`` has a row (start, end, number of terms) for each passage; ``tokens`` are the terms of all passages
    one after the other, as numbers in the list of all words that this ``worker`` has sent; ``words`` are those
    it had not sent before.
    """

    worker: int
    version: int
    words: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    articles: list[Analysed] = field(default_factory=list)
    spans: NDArray[np.uint32] = field(default_factory=lambda: np.zeros((0, 3), np.uint32))
    tokens: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))
