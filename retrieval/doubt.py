"""What makes an answer doubtful that looks good by its words: a day, a place or a meeting that does not agree."""

from __future__ import annotations

import re
from collections.abc import Sequence

from retrieval.candidates import Candidate
from retrieval.catalogue import Catalogue
from retrieval.evidence import Weighed, presence, squeeze
from retrieval.lexicon import Sort
from retrieval.question import Question
from retrieval.thai.dates import Mention, Precision

_BEYOND = 400
"""Days before the oldest and after the newest article that news may still speak of."""
_AGAINST = -0.4
"""Agreement of days from which on they disagree."""
_DAY, _PROVINCE, _MEETING, _LITTLE = 0.2, 0.3, 0.3, 0.2
"""What is left of the confidence where the day, the province or the meeting's number disagrees, and where the question
names too little to tell one event from others."""
_MEETING_NUMBER = re.compile(r"\d{1,3}/\d{2,4}")
_LEAST = 3.0
"""Weight (idf) that a question must hold in all."""
_HELD = 0.5
_CAPITAL = "กรุงเทพมหานคร"
"""Often left out of the news, where no other place is meant."""


def trust(question: Question, candidate: Candidate, groups: Sequence[Weighed], catalogue: Catalogue) -> float:
    """Share of its confidence that an answer deserves, 0 to 1: 1 where nothing speaks against it."""
    if _out_of_time(question.dates, catalogue):
        return 0.0
    value = 1.0
    if any(m.year_known for m in question.dates) and candidate.features.get("days", 0.0) <= _AGAINST:
        value *= _DAY
    if sum(g.weight for g in groups) < _LEAST:
        value *= _LITTLE
    provinces = [g for g in groups if g.group.sort is Sort.PROVINCE and _CAPITAL not in g.group.surfaces]
    if provinces:
        near = _surroundings(candidate)
        if all(presence(g, near) < _HELD for g in provinces):
            value *= _PROVINCE
    meetings = [g for g in groups if _MEETING_NUMBER.fullmatch(g.group.surfaces[0])]
    if meetings:
        whole = squeeze(candidate.article.article.title + "\n" + candidate.text)
        if all(presence(g, whole) < _HELD for g in meetings):
            value *= _MEETING
    return value


def _surroundings(candidate: Candidate) -> str:
    """The letters in which the place of what is answered must stand: headline, agency and the fact's neighbourhood."""
    article, fact = candidate.article.article, candidate.fact
    told = article.body[max(0, fact.start - 300) : fact.end + 200] if fact else candidate.text
    return squeeze("\n".join((article.title, article.agency or "", told)))


def _out_of_time(mentions: Sequence[Mention], catalogue: Catalogue) -> bool:
    """Whether a question asks for days or months of which the library can hold no news."""
    exact = [m for m in mentions if m.year_known and m.precision <= Precision.MONTH]
    if not exact:
        return False
    oldest, newest = catalogue.period
    return all(m.last.toordinal() < oldest - _BEYOND or m.first.toordinal() > newest + _BEYOND for m in exact)
