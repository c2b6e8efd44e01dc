"""What is done to a batch of news before it is stored: read, cut, segmented, its facts found.

This is the costly part of an ingest and runs in any process: bytes go in, and what comes out is small to carry,
term ids as arrays and each word's letters only once.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
from bisect import bisect_right
from collections.abc import Sequence

import numpy as np

from retrieval import sources
from retrieval.facts import extraction as facts
from retrieval.ingestion.encoder import Encoder
from retrieval.ingestion.passages import stretches
from retrieval.model import Article, Fact, Unread
from retrieval.sources import Piece
from retrieval.store.batch import Analysed, AnalysedBatch, FactRow, Outcome

_log = logging.getLogger(__name__)

VERSION = 2
"""Raised when reading, cutting, segmenting or fact finding changes: articles of older versions are done again."""


class Analyst:
    """Analyses batches, remembering which words it has already numbered."""

    def __init__(self) -> None:
        self._encoder = Encoder()
        self._worker = os.getpid()

    def pieces(self, pieces: Sequence[Piece], format: str) -> AnalysedBatch:
        """The articles in pieces of sources."""
        result = AnalysedBatch(self._worker, VERSION)
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
        return self._analyse(AnalysedBatch(self._worker, VERSION), articles)

    def _analyse(self, result: AnalysedBatch, articles: Sequence[Article]) -> AnalysedBatch:
        cuts = [list(stretches(article.body)) for article in articles]
        # Facts of all first, then terms of all: each kind of work finds its patterns and tables in the processor's
        # cache, out of which the other would drive them.
        for article, cut in zip(articles, cuts, strict=True):
            result.articles.append(_analysed(article, [start for start, _ in cut]))
        texts: list[str] = []
        spans: list[tuple[int, int]] = []
        for article, cut in zip(articles, cuts, strict=True):
            texts += (article.title, *(article.body[start:end] for start, end in cut))
            spans += ((0, 0), *cut)
        encoded = self._encoder.encode(texts)
        result.words = self._encoder.new_words()
        rows = [(*span, len(numbers) // 4) for span, numbers in zip(spans, encoded, strict=True)]
        result.spans = np.array(rows, dtype=np.uint32).reshape(-1, 3)
        result.tokens = np.frombuffer(b"".join(encoded), dtype=np.uint32)
        return result


def _analysed(article: Article, starts: list[int]) -> Analysed:
    reading = _reading(article)
    agency = article.agency or reading.agency
    content_hash, body_hash = article.hashes(agency)
    return Analysed(
        id=article.id,
        title=article.title,
        body=article.body,
        published=_written(article.published),
        event_date=_written(reading.event_date),
        agency=agency,
        publisher=article.publisher,
        category=article.category,
        url=article.url,
        source_file=article.source_file,
        content_hash=content_hash,
        body_hash=body_hash,
        passages=len(starts) + 1,
        facts=[_fact_row(bisect_right(starts, fact.start), fact) for fact in reading.facts],
    )


def _fact_row(position: int, fact: Fact) -> FactRow:
    return (
        position, fact.kind.value, fact.person, fact.position, fact.event, fact.start, fact.end, _written(fact.date),
        fact.place, fact.planned,
    )  # fmt: skip


def _written(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _reading(article: Article) -> facts.Reading:
    try:
        return facts.read(article)
    except Exception:
        # An article without its facts is better than an ingest that stops at it.
        _log.exception("Finding the facts of the article %s failed; it is stored without them.", article.id)
        return facts.Reading(None, None, ())
