"""The words everyone speaks: what is stored, what is asked and what is answered.

Plain frozen data, no behaviour beyond derived values; importing this module costs nothing.
Dates are ``datetime.date`` (Christian era); how they are shown is the business of whoever shows them.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Article:
    """One news item as a source tells it.

    ``title`` and ``body`` are cleaned text (NFC-like Thai order, no invisible characters, ``\\n`` between
    paragraphs).  ``agency`` is the agency that speaks, ``publisher`` the site or page that carried the item.
    """

    title: str
    body: str
    published: dt.date | None = None
    agency: str | None = None
    publisher: str | None = None
    category: str | None = None
    url: str | None = None
    source_file: str | None = None

    @property
    def key(self) -> str:
        """What makes two readings the same item: its address, or else its headline and date."""
        return self.url or f"{self.title}\n{self.published or ''}"

    @property
    def id(self) -> str:
        """Sixteen hexadecimal digits made from :attr:`key`; short enough for a Telegram button."""
        return hashlib.blake2b(self.key.encode(), digest_size=8).hexdigest()

    def hashes(self, agency: str | None) -> tuple[bytes, bytes]:
        """Two digests of sixteen bytes: of everything but where it was found, and of the body alone.

        The first changes when the text changes or it is told to be another ``agency``'s, the second is equal for
        word-for-word copies.
        """
        body = hashlib.blake2b(self.body.encode(), digest_size=16).digest()
        told = f"{self.title}\x1f{self.published}\x1f{agency or ''}\x1f{self.category or ''}\x1f"
        return hashlib.blake2b(told.encode() + body, digest_size=16).digest(), body


class FactKind(StrEnum):
    """What an article states of a person and an event."""

    CHAIRED = "chaired"
    OPENED = "opened"
    CLOSED = "closed"
    HELD = "held"
    """Holds the office of chair of a body, which is not to preside over a given event."""


@dataclass(frozen=True, slots=True)
class Fact:
    """A statement found in ``body[start:end]`` (characters); ``planned`` marks what had not happened yet."""

    kind: FactKind
    person: str
    position: str | None
    event: str
    start: int
    end: int
    date: dt.date | None = None
    place: str | None = None
    planned: bool = False


class Kind(StrEnum):
    """The kind of answer a question wants."""

    CHAIR = "chair"
    WHO = "who"
    WHEN = "when"
    WHERE = "where"
    AGENCY = "agency"
    NUMBER = "number"
    WHAT = "what"
    EVENTS = "events"
    """A question turned round: which events did this person chair."""
    CHAT = "chat"
    """A greeting, thanks or small talk: no news is looked up."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One article that answers, with its proof.

    ``excerpt`` is a verbatim slice of the article, about 400 characters at most; ``highlights`` are
    ``(start, end)`` character spans inside it.  ``date`` is the event's, ``published`` the article's.
    ``answer`` and ``detail`` are the short answer by this hit alone; ``same_event`` counts further articles
    that tell of the same event.
    """

    article_id: str
    title: str
    excerpt: str
    highlights: tuple[tuple[int, int], ...]
    date: dt.date | None
    published: dt.date | None
    agency: str | None
    url: str | None
    score: float
    answer: str | None = None
    detail: str | None = None
    same_event: int = 0


SURE = 0.6
"""Probability of being right from which on an answer is told without "likely"."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the library says to a question.

    With ``found`` false, ``hits`` are only the nearest headlines, ``answer`` and ``detail`` are None.
    ``answer`` is the short answer alone (a name, a date, a place), or None where only the excerpt answers.
    ``several`` is true when different events match and the question does not decide between them.
    ``sure`` is the probability, 0 to 1, that the first hit answers.  ``language`` is the question's: "th" or "en".
    """

    question: str
    kind: Kind
    found: bool
    answer: str | None = None
    detail: str | None = None
    hits: tuple[Hit, ...] = ()
    several: bool = False
    sure: float = 0.0
    language: str = "th"

    @property
    def likely(self) -> bool:
        """Whether the answer is told as what is likely and not as what is sure."""
        return self.found and self.kind is not Kind.EVENTS and self.sure < SURE


@dataclass(frozen=True, slots=True)
class Unread:
    """Something a source could not read: where it was and why, in a full sentence."""

    place: str
    reason: str


@dataclass(slots=True)
class IngestReport:
    """What one ingest did, in counts of articles; ``unread`` names what could not be read."""

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0
    unread: list[Unread] = field(default_factory=list)
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an ingest is: ``done`` of ``total`` in ``unit`` (total None while unknown)."""

    done: int
    total: int | None
    unit: str
    articles: int
    stage: str = "reading"
    """"reading" while articles are read, cut and stored; "indexing" while the index is written."""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a library holds; sizes in bytes."""

    articles: int
    passages: int
    facts: int
    oldest: dt.date | None
    newest: dt.date | None
    agencies: tuple[tuple[str, int], ...]
    store_bytes: int
    index_bytes: int
    indexed: bool


@dataclass(frozen=True, slots=True)
class Problem:
    """Something ``doctor`` found wrong, and how to mend it; both full sentences."""

    what: str
    mend: str
