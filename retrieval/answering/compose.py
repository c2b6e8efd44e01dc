"""The best articles become an Answer with evidence, or the honest "not found"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from retrieval.answering.events import grouped
from retrieval.answering.excerpt import LONGEST, best_window, snap
from retrieval.candidates.matching import Weighed
from retrieval.candidates.occurrences import Found, locate, with_wanted
from retrieval.candidates.proposal import Candidate
from retrieval.candidates.spans import Option
from retrieval.candidates.stretches import Reading
from retrieval.model import Answer, Hit, Kind
from retrieval.question.kinds import HOUR
from retrieval.question.understanding import Question
from retrieval.ranking.contradiction import doubts
from retrieval.ranking.ranker import Ranked
from retrieval.ranking.span_ranker import extract, told_day
from retrieval.ranking.weights import weights
from retrieval.thai.dates import Precision, article_dates, thai_date
from retrieval.thai.squeeze import squeezed

_WORTH_SHOWING = 0.4
"""Share of the best score below which an article is not offered beside the first."""


def compose(question: Question, ranked: Ranked, *, passages: int, limit: int) -> Answer:
    """An Answer of at most ``limit`` hits out of a library of so many passages.

    With too little evidence the hits are only the nearest headlines.
    """
    shown, others, several = grouped(ranked.candidates)
    if shown:
        best = ranked.candidates[0].score
        shown = [c for c in shown if c.score >= _WORTH_SHOWING * best]
    read = [read_for(question, candidate, ranked.groups) for candidate in shown[:limit]]
    hits = tuple(replace(_hit(question, one), same_event=others.get(one.candidate.article.number, 0)) for one in read)
    confidence = 0.0
    if read and ranked.in_time:
        confidence = weights().confidence(question.kind, sure_features(question, read[0], ranked.groups, passages))
    found = bool(hits) and weights().answers(question.kind, confidence, passages, language=question.language)
    if found and (question.kind is Kind.NUMBER or question.wanted == HOUR) and hits[0].answer is None:
        # An article without a figure of the asked kind tells no number, nor one without an hour what time it was.
        found = False
    first = hits[0] if found else None
    return Answer(
        question=question.text,
        kind=question.kind,
        found=found,
        answer=first.answer if first else None,
        detail=first.detail if first else None,
        hits=hits,
        several=found and several and not question.dates,
        confidence=confidence,
        language=question.language,
    )


@dataclass(frozen=True, slots=True)
class Read:
    """An article read for a question: what is told there, and where the question's words stand in its body."""

    candidate: Candidate
    told: Option | None
    found: Callable[[], list[Found]]


def read_for(question: Question, candidate: Candidate, groups: Sequence[Weighed]) -> Read:
    """Read an article for a question with these groups."""
    fact = candidate.fact
    if question.kind in (Kind.CHAIR, Kind.EVENTS) and fact:
        told = Option(fact.person, fact.start, min(fact.end, fact.start + LONGEST), fact.position)
        # The fact is the answer; the question's words are looked for only if its person cannot be marked.
        return Read(candidate, told, lambda: _in_body(candidate.reading, locate(candidate.squeezed, groups)))
    found = locate(candidate.squeezed, groups)
    if question.kind is Kind.WHAT and question.wanted:
        found = with_wanted(candidate.reading.text, found, question.wanted[0])
    in_body = _in_body(candidate.reading, found)
    return Read(candidate, _told(question, candidate, found, groups), lambda: in_body)


def sure_features(question: Question, read: Read, groups: Sequence[Weighed], passages: int) -> dict[str, float]:
    """What tells how sure an answer is, as :data:`retrieval.ranking.weights.SURE` names it."""
    return read.candidate.features | doubts(question, read.candidate, groups, read.told, passages=passages)


def _hit(question: Question, read: Read) -> Hit:
    candidate, told = read.candidate, read.told
    stored = candidate.article
    body = stored.article.body or stored.article.title
    must = (told.start, told.end) if told and told.end <= len(body) else None
    if candidate.fact and told:
        start, end = _around_fact(body, candidate, told)
    else:
        start, end = best_window(body, read.found(), must)
    start, end = snap(body, start, end, must)
    if told and told.in_headline:
        # The excerpt is what proves the answer.
        body, start, end, must = stored.article.title, 0, LONGEST, None
    return Hit(
        article_id=stored.id,
        title=stored.article.title,
        excerpt=body[start:end],
        highlights=_named(body[start:end], told) or _highlights(start, end, must, read.found()),
        date=_day(question, candidate, told),
        published=stored.article.published,
        agency=stored.article.agency,
        url=stored.article.url,
        score=round(candidate.score, 4),
        answer=told.answer if told else None,
        detail=told.detail if told else None,
    )


def _told(question: Question, candidate: Candidate, found: Sequence[Found], groups: Sequence[Weighed]) -> Option | None:
    told = extract(question, candidate.article, candidate.reading.text, found, groups)
    if question.kind is Kind.NUMBER and question.wanted and not (told and told.traits["bearing"]):
        # Daily reports tell their figure in the headline alone.
        title = candidate.article.article.title
        headline = extract(question, candidate.article, title, locate(squeezed(title), groups), groups)
        if headline and headline.traits["bearing"]:
            return replace(headline, start=0, end=0, in_headline=True)
    if told is not None:
        start, end = candidate.reading.whole(told.start, told.end) or (0, 0)
        return replace(told, start=start, end=end)
    if question.kind is Kind.WHEN and question.wanted != HOUR and (day := told_day(candidate.article)):
        return Option(thai_date(day), 0, 0)
    if question.kind is Kind.AGENCY and candidate.article.article.agency:
        return Option(candidate.article.article.agency, 0, 0)
    return None


def _in_body(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """What was found in a reading, with its places in the body."""
    if reading.whole_body:
        return list(found)
    placed = [(f, reading.whole(f.start, f.end)) for f in found]
    return [f._replace(start=at[0], end=at[1]) for f, at in placed if at]


def _around_fact(body: str, candidate: Candidate, told: Option) -> tuple[int, int]:
    """The statement with what stands before it in its paragraph (the day, the place), as far as there is room."""
    assert candidate.fact is not None
    room = LONGEST - (told.end - told.start)
    before = body.rfind("\n", 0, told.start) + 1
    start = before if told.start - before <= room else max(0, told.start - min(room, 80))
    end = min(len(body), start + LONGEST)
    newline = body.find("\n", told.end, end)
    return start, newline if newline >= 0 else end


def _day(question: Question, candidate: Candidate, told: Option | None) -> dt.date | None:
    """The day of what is answered: the asked one, the fact's, one told beside it, or else the article's."""
    if told and told.day:
        return told.day
    if told and told.end and not candidate.fact and (beside := _day_beside(question, candidate, told)):
        return beside
    return candidate.fact.date if candidate.fact and candidate.fact.date else candidate.article.event_date


def _day_beside(question: Question, candidate: Candidate, told: Option) -> dt.date | None:
    """The last day before an answer, in its line, that lies in a period which the question names."""
    asked = [m for m in question.dates if m.year_known]
    if not asked:
        return None
    article = candidate.article.article
    begin = max(article.body.rfind("\n", 0, told.start) + 1, told.start - LONGEST)
    days = [
        mention.first
        for mention in article_dates(article.body[begin : told.start], near=article.published)
        if mention.precision is Precision.DAY and any(m.first <= mention.first <= m.last for m in asked)
    ]
    return days[-1] if days else None


def _named(excerpt: str, told: Option | None) -> tuple[tuple[int, int], ...]:
    """Where the short answer stands in the excerpt, each person of several; empty where it does not in these words."""
    marked = []
    for part in told.answer.split(" และ ") if told else ():
        at = excerpt.find(part) if part.strip() else -1
        if at >= 0:
            marked.append((at, at + len(part)))
        elif match := re.search(r"\s+".join(map(re.escape, part.split())), excerpt) if part.strip() else None:
            # Names are told with single spaces; the article may have more.
            marked.append(match.span())
    return tuple(sorted(marked))


def _highlights(
    start: int, end: int, must: tuple[int, int] | None, found: Sequence[Found]
) -> tuple[tuple[int, int], ...]:
    """What to mark in an excerpt: the answer, or the question's words where there is no short answer."""
    if must and must[1] - must[0] <= LONGEST // 2 and must[1] > must[0] and start <= must[0] and must[1] <= end:
        return ((must[0] - start, must[1] - start),)
    marked: list[tuple[int, int]] = []
    for f in found:
        if f.start >= start and f.end <= end and (not marked or f.start >= marked[-1][1] + start):
            marked.append((f.start - start, f.end - start))
    return tuple(marked)
