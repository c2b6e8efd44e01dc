"""Years made narrower by a holiday: "วันเด็กปี 67" is of January 2567, not of all its months."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from retrieval.gazetteer.tables import rows
from retrieval.thai.dates import Mention, Precision


def of_holidays(text: str, mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """The mentions of a folded text; where a year is all that it names besides a holiday, that part of the year."""
    years = [m for m in mentions if m.precision is Precision.YEAR]
    if len(years) != 1 or any(m.precision < Precision.SEASON for m in mentions):
        return tuple(mentions)
    holiday = next((row for row in rows("holidays.csv") if row["name"] in text), None)
    if holiday is None:
        return tuple(mentions)
    year = years[0].first.year
    first, last = (date.fromisoformat(f"{year}-{holiday[side]}") for side in ("from", "to"))
    if first > last:
        first = first.replace(year=year - 1)
    part = replace(years[0], first=first, last=last, precision=Precision.SEASON)
    return tuple(part if m is years[0] else m for m in mentions)
