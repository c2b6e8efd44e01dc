"""The best articles become an Answer with evidence, or the honest "not found"."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace

from retrieval.answering.events import grouped
from retrieval.answering.excerpt import best_window, snap
from retrieval.candidates.candidate import LONGEST, Candidate, Option
from retrieval.candidates.occurrences import Found
from retrieval.candidates.stretches import Reading
from retrieval.model import Answer, Hit, Kind
from retrieval.question.kinds import HOUR
from retrieval.question.understanding import Question
from retrieval.ranking.ranker import Ranked
from retrieval.thai.dates import Precision, article_dates

ENOUGH = 0.8
"""Probability of being told in the library from which on an answer is given; see ``docs/quality.md`` for the choice."""
_HELD = 0.5
_LEARNED_ON, _SMALLER = 460_000, 0.35
"""Passages of the library that sureness was learned on, and how fast less becomes enough in a smaller one."""


_MUST_BE_TOLD = ("held_numbered", "held_country", "held_place", "held_province")
"""Features of what a question names that an article of its event tells: a meeting's number, a country, a place."""


def enough(passages: int, first: Candidate) -> float:
    """Probability from which on a library of so many passages answers with its first article.

    In a small one words are rarer and events that nearly match fewer than in the one that sureness was learned on, so
    that less is enough; but not of an article that lacks a place or number that the question names.
    """
    if any(first.features.get(name, 1.0) < _HELD for name in _MUST_BE_TOLD):
        return ENOUGH
    return ENOUGH * math.pow(min(1.0, math.log(passages + 2) / math.log(_LEARNED_ON)), _SMALLER)


def compose(question: Question, ranked: Ranked, *, passages: int, limit: int) -> Answer:
    """An Answer of at most ``limit`` hits out of a library of so many passages.

    With too little evidence the hits are only the nearest headlines.
    """
    shown, others, several = grouped(ranked.candidates)
    hits = tuple(
        replace(_hit(question, candidate), same_event=others.get(candidate.article.number, 0))
        for candidate in shown[:limit]
    )
    found = bool(hits) and ranked.answerable >= enough(passages, shown[0])
    kind = (shown[0].offered_as if shown else None) or question.kind
    if found and (kind is Kind.NUMBER or question.as_kind(kind).wanted == HOUR) and hits[0].answer is None:
        # An article without a figure of the asked kind tells no number, nor one without an hour what time it was.
        found = False
    first = hits[0] if found else None
    return Answer(
        question=question.text,
        kind=kind,
        found=found,
        answer=first.answer if first else None,
        detail=first.detail if first else None,
        hits=hits,
        several=found and several and not question.dates,
        sure=ranked.sure,
        language=question.language,
    )


def _hit(question: Question, candidate: Candidate) -> Hit:
    stored, told = candidate.article, _in_the_body(candidate)
    body = stored.article.body or stored.article.title
    found = _in_body(candidate.reading, candidate.found)
    must = (told.start, told.end) if told and told.start < told.end <= len(body) else None
    if told and told.fact and must:
        must = (_from_name(body, told), told.end)
        start, end = _around_fact(body, *must)
    elif candidate.offered_as is Kind.WHAT and must:
        (start, end), must = must, None
    else:
        start, end = best_window(body, found, must)
    start, end = snap(body, start, end, must)
    if told and told.in_headline:
        # The excerpt is what proves the answer.
        body, start, end, must = stored.article.title, 0, LONGEST, None
    excerpt = body[start:end]
    answer = told.answer if told and told.answer else None
    return Hit(
        article_id=stored.id,
        title=stored.article.title,
        excerpt=excerpt,
        highlights=_named(excerpt, answer) or _highlights(start, end, must, found),
        date=_day(question, candidate, told),
        published=stored.article.published,
        agency=stored.article.agency,
        url=stored.article.url,
        score=round(candidate.score, 4),
        answer=answer,
        detail=told.detail if told else None,
    )


def _in_the_body(candidate: Candidate) -> Option | None:
    """The best span of an article, with its places in the body; in a headline or of the whole article it has none."""
    told = candidate.option
    if told is None or told.in_headline or told.start == told.end:
        return told
    start, end = candidate.reading.whole(told.start, told.end) or (0, 0)
    if told.fact is None and candidate.offered_as is Kind.CHAIR:
        for fact, score in candidate.weighed_facts:
            if fact.person == told.answer and fact.start <= end and start <= fact.end:
                # Where a name stands in the statement that its bearer presided, that statement is the proof.
                stop = min(fact.end, fact.start + LONGEST)
                return replace(told, start=fact.start, end=stop, detail=fact.position, fact=(fact, score))
    return replace(told, start=start, end=end)


def _in_body(reading: Reading, found: Sequence[Found]) -> list[Found]:
    """What was found in a reading, with its places in the body."""
    if reading.whole_body:
        return list(found)
    placed = [(f, reading.whole(f.start, f.end)) for f in found]
    return [f._replace(start=at[0], end=at[1]) for f, at in placed if at]


def _from_name(body: str, told: Option) -> int:
    """Where a statement begins, or before it the name of whom it calls only "he" or by his post."""
    name = told.answer.split(" ")[0]
    if name in body[told.start : told.end]:
        return told.start
    named = body.rfind(name, max(0, told.end - LONGEST), told.start)
    return named if named >= 0 else told.start


def _around_fact(body: str, begin: int, stop: int) -> tuple[int, int]:
    """The statement with what stands before it in its paragraph (the day, the place), as far as there is room."""
    room = LONGEST - (stop - begin)
    before = body.rfind("\n", 0, begin) + 1
    start = before if begin - before <= room else max(0, begin - min(room, 80))
    end = min(len(body), start + LONGEST)
    newline = body.find("\n", stop, end)
    return start, newline if newline >= 0 else end


def _day(question: Question, candidate: Candidate, told: Option | None) -> dt.date | None:
    """The day of what is answered: the asked one, the fact's, one told beside it, or else the article's."""
    if told and told.day:
        return told.day
    if told and told.fact:
        return told.fact[0].date or candidate.article.event_date
    if told and told.end and (beside := _day_beside(question, candidate, told)):
        return beside
    return candidate.article.event_date


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


def _named(excerpt: str, answer: str | None) -> tuple[tuple[int, int], ...]:
    """Where the short answer stands in the excerpt, each person of several; empty where it does not in these words."""
    marked = []
    for part in answer.split(" และ ") if answer else ():
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
