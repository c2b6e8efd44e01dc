"""What an article states, read once when it is stored: the day of the event, the agency that speaks, who presided."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from retrieval.agencies import source_agency
from retrieval.chairs import chaired
from retrieval.days import event_date
from retrieval.model import Article, Fact
from retrieval.thai.dates import article_dates
from retrieval.thai.people import first_person
from retrieval.thai.places import PLACE

__all__ = ["PLACE", "Reading", "chaired", "event_date", "read"]

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
        dates = article_dates(article.body[:_LONG_LEAD], near=article.published)
    day = event_date(dates, article)
    agency = article.agency or source_agency(article, lambda: first_person(article.body, 0, _LEAD))
    return Reading(day, agency, chaired(article, day))
