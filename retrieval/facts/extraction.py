"""What an article states, read once when it is stored: the day of the event, the agency that speaks, who presided."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from retrieval.facts.event_day import event_date
from retrieval.facts.presiding import chaired
from retrieval.facts.source_agency import source_agency
from retrieval.model import Article, Fact
from retrieval.thai.dates import article_dates
from retrieval.thai.people import Person, first_person

_LEAD = 700
"""Characters of the body in which the day of the event and the speaker are looked for first."""
_LONG_LEAD = 1600
"""Characters that are read for the day where the lead names none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What :func:`read` found in an article; every part may be missing."""

    event_date: dt.date | None
    agency: str | None
    facts: tuple[Fact, ...]


def read(article: Article) -> Reading:
    """Everything that is read from an article once, at ingest."""
    dates = article_dates(article.body[:_LEAD], near=article.published)
    if not dates and len(article.body) > _LEAD:
        # So far down, a day to come is somebody's plan, not what the article tells of.
        later = article_dates(article.body[:_LONG_LEAD], near=article.published)
        dates = [m for m in later if article.published is None or m.first <= article.published]
    day = event_date(dates, article)
    agency = article.agency or source_agency(article, lambda: _speaker(article.body))
    return Reading(day, agency, chaired(article, day))


_STOOD_FOR = re.compile(r"(?:มอบหมายจาก|นโยบาย(?:ของ)?|สั่งการ(?:ของ)?|บัญชา(?:ของ)?|การนำของ|ในนาม|ผู้แทน|แทน)\s*$")
_ASSIGNS = re.compile(r"\s*(?:ได้)?\s*(?:มอบหมาย|มอบ(?!รางวัล|นโยบาย|เงิน|โล่)|สั่งการ(?:ให้)?)")


def _speaker(body: str) -> Person | None:
    """Who speaks or acts in a lead: its first person, but not one who only sent somebody else."""
    at, best = 0, None
    for _ in range(3):
        person = first_person(body, at, _LEAD)
        if person is None:
            break
        best = best or person
        at = max(person.end, person.post_end)
        if not _STOOD_FOR.search(body, max(0, person.start - 24), person.start) and not _ASSIGNS.match(body, at):
            return person
    return best
