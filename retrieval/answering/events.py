"""Which articles tell of one event, and the question turned round: what a person presided over."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.candidates.candidate import Candidate
from retrieval.candidates.matching import coverage
from retrieval.model import Answer, Fact, FactKind, Hit
from retrieval.question.understanding import Question
from retrieval.ranking.ranker import Ranked
from retrieval.store import Store
from retrieval.store.rows import StoredArticle
from retrieval.thai.people import people
from retrieval.thai.squeeze import squeeze, squeeze_all

_COMPANY = re.compile(r"\s(?=โดย|พร้อมด้วย|ซึ่ง|ร่วมกับ|มีผู้|และมี|เพื่อ)")
_DAYS_APART = 3
_NEAR = 0.78
"""Share of the best score from which on another event matches nearly as well: of questions that no day decides, those
whose first two events lie so near are answered wrongly more often than not."""
_ALIKE = 0.45
"""Share of three-letter pieces that two headlines of one event have in common."""
_SHORTEST_NAME = 4
_REMEMBERED = 100
"""Headlines whose pieces are kept at hand: each is compared with several others."""


def same_event(left: Candidate, right: Candidate) -> bool:
    """Whether two articles tell of one event: days that agree, and the same chair or much the same headline."""
    if not _days_agree(left, right):
        return False
    likeness = alike(left.article.article.title, right.article.article.title)
    if _person(left) is not None and _person(left) == _person(right):
        return likeness >= _ALIKE / 2
    return likeness >= _ALIKE


def alike(left: str, right: str) -> float:
    """Share of the shorter text's three-letter pieces that the other holds too, 0 to 1."""
    a, b = _pieces(left), _pieces(right)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


@lru_cache(maxsize=_REMEMBERED)
def _pieces(text: str) -> frozenset[str]:
    letters = squeeze(text)
    return frozenset([letters[i : i + 3] for i in range(len(letters) - 2)])


def _person(candidate: Candidate) -> str | None:
    """Who presided, where that is what the article is told for."""
    told = candidate.option
    return told.answer if told and told.fact else None


def _day(candidate: Candidate) -> dt.date | None:
    if candidate.option and candidate.option.fact and (day := candidate.option.fact[0].date):
        return day
    return candidate.article.event_date or candidate.article.article.published


def _days_agree(left: Candidate, right: Candidate) -> bool:
    a, b = _day(left), _day(right)
    return a is None or b is None or abs((a - b).days) <= _DAYS_APART


def grouped(candidates: Sequence[Candidate], *, near: float = _NEAR) -> tuple[list[Candidate], dict[int, int], bool]:
    """Candidates in the order in which they are shown, how many others tell of each one's event (by article number),
    and whether different events match nearly as well as the first.

    Events whose score is near the best come first, one article each; then the other articles of those events.
    """
    if not candidates:
        return [], {}, False
    best = candidates[0].score
    shown: list[Candidate] = []
    others: list[Candidate] = []
    rest: list[Candidate] = []
    counts: dict[int, int] = {}
    for candidate in candidates:
        twin = next((c for c in shown if same_event(c, candidate)), None)
        if twin is not None:
            others.append(candidate)
            counts[twin.article.number] = counts.get(twin.article.number, 0) + 1
        elif best > 0 and candidate.score >= near * best:
            shown.append(candidate)
        else:
            rest.append(candidate)
    return shown + others + rest, counts, len(shown) > 1


def presided(question: Question, store: Store, ranked: Ranked | None, *, limit: int) -> Answer:
    """The events that the person of a question presided over, newest first, of the period and agency asked for."""
    names = _names(question, store)
    hits: list[Hit] = []
    if names:
        facts = [f for f in store.facts_of(names) if f.fact.kind is not FactKind.HELD and _of_period(f.fact, question)]
        articles = store.articles({f.article for f in facts})
        rows = [(f.fact, articles[f.article]) for f in facts if _of_agency(articles[f.article], question)]
        rows.sort(key=lambda row: (row[0].date or dt.date.min, row[1].number), reverse=True)
        hits = _distinct([_hit(fact, stored) for fact, stored in rows])
        if ranked and (
            topic := [g for g in ranked.groups if not any(s in squeeze("".join(names)) for s in g.group.surfaces)]
        ):
            about = [h for h in hits if coverage(topic, squeeze(h.title + (h.answer or ""))) >= 0.5]
            hits = about or hits
    return Answer(
        question.text,
        question.kind,
        found=bool(hits),
        detail=names[0] if hits else None,
        hits=tuple(hits[:limit]),
        several=len(hits) > 1,
        sure=1.0 if hits else 0.0,
        language=question.language,
    )


def _distinct(hits: Sequence[Hit]) -> list[Hit]:
    """One hit an event: the same day and much the same words are told once."""
    kept: list[Hit] = []
    for hit in hits:
        if not any(
            h.date == hit.date and (h.article_id == hit.article_id or alike(h.title, hit.title) >= _ALIKE) for h in kept
        ):
            kept.append(hit)
    return kept


def _names(question: Question, store: Store) -> list[str]:
    """The person asked for, by every name under which facts of him are stored; empty where none is known."""
    letters = squeeze(question.text)
    named = [p.name for p in people(question.text) if p.complete]
    known = [name for name, _ in store.people()]
    for wanted in (*question.people, *named):
        if found := [name for name in known if wanted in name]:
            return found
    whole = [name for name, written in zip(known, squeeze_all(known), strict=True) if written in letters]
    firsts = [name.split(" ")[0] for name in known]
    first = [
        name
        for name, part, written in zip(known, firsts, squeeze_all(firsts), strict=True)
        if len(part) >= _SHORTEST_NAME and written in letters
    ]
    chosen = (whole or first)[:1]
    return [name for name in known if chosen and chosen[0] in name]


def _of_period(fact: Fact, question: Question) -> bool:
    mentions = [m for m in question.dates if m.year_known]
    return not mentions or bool(fact.date and any(m.first <= fact.date <= m.last for m in mentions))


def _of_agency(stored: StoredArticle, question: Question) -> bool:
    return (
        not question.agencies
        or stored.article.agency in question.agencies
        or any(name in stored.article.body for name in question.agencies)
    )


def _told(event: str) -> str:
    """The event's own words, without who else was there."""
    return _COMPANY.split(event, maxsplit=1)[0].strip()


def _hit(fact: Fact, stored: StoredArticle) -> Hit:
    from retrieval.answering.excerpt import snap
    from retrieval.candidates.candidate import LONGEST

    article = stored.article
    start, end = snap(article.body, fact.start, min(fact.end, fact.start + LONGEST))
    return Hit(
        stored.id, article.title, article.body[start:end], (), fact.date, article.published,
        article.agency, article.url, 0.0,
        answer=_told(fact.event), detail=fact.position,
    )  # fmt: skip
