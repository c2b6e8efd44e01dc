"""What is done to a batch of news before it is stored: read, cut, segmented, its facts found.

This is the costly part of an ingest and runs in any process: bytes go in, and what comes out is small to carry,
term ids as arrays and each word's letters only once.
"""

from __future__ import annotations

import logging
import os
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from retrieval import facts, sources
from retrieval.encoder import Encoder
from retrieval.model import Article, Fact, Unread
from retrieval.passages import stretches
from retrieval.sources import Piece

_log = logging.getLogger(__name__)

VERSION = 2
"""Raised when reading, cutting, segmenting or fact finding changes: articles of older versions are done again."""

FactRow = tuple[int, Fact]
"""The position of the passage in which a fact begins, and the fact."""


@dataclass(slots=True)
class Analysed:
    """An article ready to be stored; its passages are described in the arrays of its batch."""

    article: Article
    id: str
    content_hash: str
    body_hash: str
    event_date: str | None
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
    version: int = VERSION
    words: list[str] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    articles: list[Analysed] = field(default_factory=list)
    spans: NDArray[np.uint32] = field(default_factory=lambda: np.zeros((0, 3), np.uint32))
    tokens: NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))


class Analyst:
    """Analyses batches, remembering which words it has already numbered."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._worker = os.getpid()

    def pieces(self, pieces: Sequence[Piece], format: str) -> AnalysedBatch:
        """The articles in pieces of sources."""
        result = AnalysedBatch(self._worker)
        found: list[Article] = []
        for piece in pieces:
            items = list(sources.read(piece, format))
            articles = [item for item in items if isinstance(item, Article)]
            unread = [item for item in items if isinstance(item, Unread)]
            result.outcomes.append(Outcome(len(articles), unread))
            found += articles
        return self._analyse(result, found)

    def articles(self, articles: Sequence[Article]) -> AnalysedBatch:
        """Articles that were already read."""
        return self._analyse(AnalysedBatch(self._worker), articles)

    def _analyse(self, result: AnalysedBatch, articles: Sequence[Article]) -> AnalysedBatch:
        spans: list[tuple[int, int, int]] = []
        tokens: list[bytes] = []
        for article in articles:
            body, cuts = article.body, list(stretches(article.body))
            encoded = self._encoder.encode([article.title, *(body[start:end] for start, end in cuts)])
            tokens += encoded
            spans += ((*cut, len(numbers) // 4) for cut, numbers in zip([(0, 0), *cuts], encoded, strict=True))
            result.articles.append(_analysed(article, [start for start, _ in cuts]))
        result.words = self._encoder.new_words()
        result.spans = np.array(spans, dtype=np.uint32).reshape(-1, 3)
        result.tokens = np.frombuffer(b"".join(tokens), dtype=np.uint32)
        return result


def _analysed(article: Article, starts: list[int]) -> Analysed:
    reading = _reading(article)
    article = replace(article, agency=article.agency or reading.agency)
    return Analysed(
        article=article,
        id=article.id,
        content_hash=article.content_hash,
        body_hash=article.body_hash,
        event_date=reading.event_date.isoformat() if reading.event_date else None,
        passages=len(starts) + 1,
        facts=[(bisect_right(starts, fact.start), fact) for fact in reading.facts],
    )


def _reading(article: Article) -> facts.Reading:
    try:
        return facts.read(article)
    except Exception:
        # An article without its facts is better than an ingest that stops at it.
        _log.exception("Finding the facts of the article %s failed; it is stored without them.", article.id)
        return facts.Reading(None, None, ())
