"""What makes an answer doubtful that looks good by its words: a day, a place or a meeting that does not agree, or an
article that does not tell what is asked of it."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from retrieval.candidates.matching import Weighed, presence
from retrieval.candidates.proposal import Candidate
from retrieval.candidates.spans import KINDS, Option
from retrieval.gazetteer.concepts import Sort
from retrieval.index.catalogue import Catalogue
from retrieval.model import Kind
from retrieval.question.understanding import Question
from retrieval.thai.dates import Mention, Precision
from retrieval.thai.squeeze import squeeze

_BEYOND = 400
"""Days before the oldest and after the newest article that news may still speak of."""
_AGAINST = -0.4
"""Agreement of days from which on they disagree."""
_DAY, _PROVINCE, _NAMED = 0.8, 0.7, 0.7
"""What a day, a province, or another place or number of a meeting that disagrees counts; together up to 1."""
_MEETING_NUMBER = re.compile(r"\d{1,3}/\d{2,4}")
_MUCH = 3.0
"""Weight of a question that leaves no doubt which event is meant, in words so rare that one passage holds them."""
_TELLING = {Precision.DAY: 1.0, Precision.RANGE: 1.0, Precision.MONTH: 0.5}
"""What a period tells, beside a word so rare; a year tells too little."""
_HELD = 0.5
_CAPITAL = "กรุงเทพมหานคร"
"""Often left out of the news, where no other place is meant."""


def doubts(
    question: Question, candidate: Candidate, groups: Sequence[Weighed], told: Option | None, *, passages: int
) -> dict[str, float]:
    """Features of an article of so many passages, and of what is told in it, as an answer, each 0 to 1.

    "said": how much the question names to tell one event from others; "doubt": what disagrees with it; "untold":
    that the text holds no such thing as is asked for; "near": share of the question that stands beside what is told.
    """
    short = question.kind in KINDS and question.kind is not Kind.CHAIR
    rarest = math.log(passages + 2)
    named = sum(g.weight for g in groups) + rarest * max(
        (_TELLING.get(m.precision, 0.0) for m in question.dates), default=0.0
    )
    return {
        "said": min(1.0, named / (_MUCH * rarest)),
        "doubt": min(1.0, _disagreement(question, candidate, groups)),
        "untold": float(short and told is None),
        "near": told.near if short and told else 0.0,
    }


def _disagreement(question: Question, candidate: Candidate, groups: Sequence[Weighed]) -> float:
    value = 0.0
    if any(m.year_known for m in question.dates) and candidate.features.get("days", 0.0) <= _AGAINST:
        value += _DAY
    provinces = [g for g in groups if g.group.sort is Sort.PROVINCE and _CAPITAL not in g.group.surfaces]
    if provinces:
        near = _surroundings(candidate)
        if all(presence(g, near) < _HELD for g in provinces):
            value += _PROVINCE
    meetings = [g for g in groups if g.group.sort is Sort.NUMBERED or _MEETING_NUMBER.fullmatch(g.group.surfaces[0])]
    places = [g for g in groups if g.group.sort in (Sort.COUNTRY, Sort.PLACE)]
    if meetings or places:
        whole = squeeze(candidate.article.article.title + "\n" + candidate.reading.text)
        value += sum(_NAMED for some in (meetings, places) if some and all(presence(g, whole) < _HELD for g in some))
    return value


def _surroundings(candidate: Candidate) -> str:
    """The letters in which the place of what is answered must stand: headline, agency and the fact's neighbourhood."""
    article, fact = candidate.article.article, candidate.fact
    told = article.body[max(0, fact.start - 300) : fact.end + 200] if fact else candidate.reading.text
    return squeeze("\n".join((article.title, article.agency or "", told)))


def out_of_time(mentions: Sequence[Mention], catalogue: Catalogue) -> bool:
    """Whether a question asks for days, months or years of which the library can hold no news."""
    exact = [m for m in mentions if m.year_known]
    if not exact:
        return False
    oldest, newest = catalogue.period
    if not newest:
        return False
    return all(m.last.toordinal() < oldest - _BEYOND or m.first.toordinal() > newest + _BEYOND for m in exact)
