"""What the store hands out: articles, passages and facts with their numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from retrieval.model import Article, Fact, FactKind

ARTICLE_COLUMNS = (
    "number, id, title, body, published, event_date, agency, publisher, category, url, source_file,"
    " first_passage, passages"
)
PASSAGE_COLUMNS = 'number, article, position, start, "end"'
FACT_COLUMNS = 'article, passage, kind, person, position, event, start, "end", date, place, planned'


class StoreError(Exception):
    """The store cannot be opened or written; the message is a full sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article with its number in the store; its passages are ``first_passage`` and the following ones.

    ``id`` is the public identity: an article that took the place of another keeps the one it was stored under.
    """

    number: int
    id: str
    article: Article
    event_date: date | None
    first_passage: int
    passages: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """``body[start:end]`` of an article, or its title where ``position`` is 0."""

    number: int
    article: int
    position: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class StoredFact:
    """A fact, the number of its article and of the passage in which it begins."""

    article: int
    passage: int
    fact: Fact


def day(text: str | None) -> date | None:
    """A stored date."""
    return date.fromisoformat(text) if text else None


def to_article(row: tuple[Any, ...]) -> StoredArticle:
    """A row of :data:`ARTICLE_COLUMNS`."""
    number, id_, title, body, published, event, agency, publisher, category, url, source, first, count = row
    article = Article(title, body, day(published), agency, publisher, category, url, source)
    return StoredArticle(number, id_, article, day(event), first, count)


def to_fact(row: tuple[Any, ...]) -> StoredFact:
    """A row of :data:`FACT_COLUMNS`."""
    article, passage, kind, person, position, event, start, end, when, place, planned = row
    fact = Fact(FactKind(kind), person, position, event, start, end, day(when), place, bool(planned))
    return StoredFact(article, passage, fact)
