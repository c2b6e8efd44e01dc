"""An article that may answer, and the spans that it offers as the answer."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from retrieval.candidates.occurrences import Found
from retrieval.candidates.stretches import Reading
from retrieval.model import Fact, Kind
from retrieval.store.rows import StoredArticle
from retrieval.thai.squeeze import Squeezed

LONGEST = 400
"""Characters of what is shown of an article, at most."""


@dataclass(frozen=True, slots=True)
class Option:
    """A short answer and the characters ``text[start:end]`` that it comes from; ``detail`` is what belongs to it.

    ``traits`` are of :data:`retrieval.candidates.spans.TRAITS`, 0 to 1; those that are left out are 0.
    """

    answer: str
    start: int
    end: int
    detail: str | None = None
    day: dt.date | None = None
    """The day that a date names."""
    traits: dict[str, float] = field(default_factory=dict)
    in_headline: bool = False
    """Whether it stands in the article's headline and not in its text."""
    fact: tuple[Fact, float] | None = None
    """The fact that it is the person of, and how well that answers."""


@dataclass(slots=True)
class Candidate:
    """An article with what speaks for it; every feature is about 0 to 1, agreement of days -1 to 1."""

    article: StoredArticle
    facts: list[Fact]
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    weighed_facts: list[tuple[Fact, float]] = field(default_factory=list)
    """The facts, each with how well it answers; only for questions for people."""
    reading: Reading = field(default_factory=lambda: Reading(""))
    squeezed: Squeezed = field(default_factory=lambda: Squeezed("", ""))
    """What of the body is read, and its letters."""
    found: list[Found] = field(default_factory=list)
    """Where the question's words stand in what is read."""
    option: Option | None = None
    """The span that answers best, with its places in what is read, and the kind of question that it was offered for."""
    offered_as: Kind | None = None
