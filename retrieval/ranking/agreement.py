"""Whether an article's days and agency agree with those that a question names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from functools import lru_cache

from retrieval.gazetteer.agencies import names_of, parents
from retrieval.model import Fact
from retrieval.question.understanding import Question
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import BUDDHIST_ERA, Mention, Precision, month_names


def agency_agrees(question: Question, article: StoredArticle) -> float:
    """1 where the article's agency is named in the question, 0.6 where it is its ministry or department."""
    agency = article.article.agency
    if not question.agencies or not agency:
        return 0.0
    if agency in question.agencies:
        return 1.0
    up = parents()
    related = {up.get(agency), *(up.get(name) for name in question.agencies)} - {None}
    if up.get(agency) in question.agencies or agency in related:
        return 0.6
    return 0.4 if any(name in article.article.title for asked in question.agencies for name in names_of(asked)) else 0.0


def wrong_day(mentions: Sequence[Mention], article: StoredArticle, facts: Sequence[Fact], letters: str) -> float:
    """1 where the question names a day that neither the article's days nor its text come near, else 0."""
    exact = [m for m in mentions if m.precision == Precision.DAY and m.year_known]
    days = [d for d in (article.event_date, article.article.published, *(f.date for f in facts)) if d]
    if not exact or not days:
        return 0.0
    return float(all(min(apart(m, d) for d in days) > _NEAR_DAYS and not _is_written(m, letters) for m in exact))


def days_agree(
    mentions: Sequence[Mention], article: StoredArticle, facts: Sequence[Fact], title: str, letters: str
) -> float:
    """How well an article's days agree with those that a question names, -1 to 1; 0 where it names none."""
    if not mentions:
        return 0.0
    days = [d for d in (article.event_date, article.article.published, *(f.date for f in facts)) if d]
    if not days:
        return 0.0
    values = []
    for mention in mentions:
        value = agreement(mention, days)
        if mention.precision == Precision.RANGE:
            # Many articles are of those days; the one that is meant most often names them.
            value = 1.0 if _is_written(mention, letters) else 0.7 * value
        elif mention.precision == Precision.DAY and _is_written(mention, title):
            value = _IN_HEADLINE
        elif value < _WRITTEN[mention.precision] and _is_written(mention, letters):
            value = _WRITTEN[mention.precision]
        values.append(value)
    exact = min(mentions, key=lambda m: m.precision)
    return 0.6 * values[mentions.index(exact)] + 0.4 * sum(values) / len(values)


_IN_HEADLINE = 1.3
"""What a day counts that the headline itself names: daily reports differ by nothing else."""
_TOLD_LATER = 120
_NEAR_DAYS = 12
_WRITTEN = {Precision.DAY: 0.8, Precision.RANGE: 0.8, Precision.MONTH: 0.4, Precision.SEASON: 0.2, Precision.YEAR: 0.2}
"""What a period counts that the article names in its text, though it is not the day of its event."""


def _is_written(mention: Mention, letters: str) -> bool:
    """Whether a squeezed text names the period: its day or days, its month with the year, or its year."""
    ways = _written(mention)
    return any(way in letters for way in ways) if isinstance(ways, tuple) else ways.search(letters) is not None


@lru_cache(maxsize=100)
def _written(mention: Mention) -> tuple[str, ...] | re.Pattern[str]:
    """How a squeezed text may write the period."""
    day, year = mention.first, str(mention.first.year + BUDDHIST_ERA)
    if mention.precision >= Precision.SEASON:
        return (year,)
    if mention.precision == Precision.RANGE:
        last = mention.last
        names = "|".join(map(re.escape, month_names(last.month)))
        return re.compile(rf"(?<!\d)(?:{day.day}[-–—]|{day.day}(?:ถึง|และ)(?:วันที่)?)?{last.day}(?:{names})")
    written = [name if mention.precision == Precision.MONTH else f"{day.day}{name}" for name in month_names(day.month)]
    ends = (year, year[2:]) if mention.year_known else ("",)
    return tuple(name + end for name in written for end in ends)


def agreement(mention: Mention, days: Sequence[dt.date]) -> float:
    """Agreement of one mention with the best of some days, by how far they lie apart."""
    if not mention.year_known and mention.precision <= Precision.RANGE:
        away = min(_apart_any_year(mention, day) for day in days)
        return 1.0 if away == 0 else 0.7 if away <= 1 else 0.4 if away <= 4 else 0.0 if away <= 15 else -0.5
    away = min(apart(mention, day) for day in days)
    if away == 0:
        return 1.0
    if mention.precision <= Precision.RANGE:
        return 0.85 if away <= 1 else 0.6 if away <= 4 else 0.2 if away <= 10 else -0.4 if away <= 40 else -1.0
    if mention.precision == Precision.MONTH:
        return 0.6 if away <= 6 else 0.1 if away <= 31 else -0.5 if away <= 100 else -1.0
    if mention.precision == Precision.SEASON and days and min(days) > mention.last:
        # What a quarter or a fiscal year brought is told after its end.
        return 0.5 if away <= _TOLD_LATER else -1.0
    return 0.4 if away <= 31 else -0.3 if away <= 120 else -1.0


def apart(mention: Mention, day: dt.date) -> int:
    """Days that a day lies outside of a period; 0 within."""
    if day < mention.first:
        return (mention.first - day).days
    return max(0, (day - mention.last).days)


def _apart_any_year(mention: Mention, day: dt.date) -> int:
    away = (day.timetuple().tm_yday - mention.first.timetuple().tm_yday) % 365
    return min(away, 365 - away)
