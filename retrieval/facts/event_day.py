"""The day that an article tells of, among all the days that it names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from retrieval.model import Article
from retrieval.thai.dates import Mention, Precision, article_dates

_TOLD_FIRST = re.compile(
    r"(?:วันนี้|วานนี้)[ (–-]*(?:วัน\S{2,8})?(?:ที่)? ?\(?$|(?:^|\n|[(“\"])[^\n]{0,12}(?:เมื่อ|ใน)?(?:วัน\S{0,12}?)?(?:ที่)? ?$"
    r"|(?:^|\n)[A-Za-z ,]{0,40}$"
)
"""What stands before the day that a news item opens with."""
_OTHER_DAY = re.compile(
    r"(?:รอบ|พรรษา|ลงวันที่|ภายใน(?:วันที่)?|(?:จน)?ถึง(?:วันที่)?|ก่อน(?:วันที่)?|หลังวันที่|ข้อมูล ?(?:ณ ?)?(?:วันที่)?"
    r"|มติ.{0,24}|ครม\.? ?.{0,24}|ราชกิจจานุเบกษา.{0,30}|ประกาศ.{0,20}|เนื่องในวัน.{0,40}|วันคล้าย.{0,40}|ตรงกับวัน.{0,12}"
    r"|ของทุกปี.{0,10}|ครบรอบ.{0,20}|เหตุการณ์.{0,20}) ?$"
)
"""What stands before a day that is not the day of the news."""
_SPAN = re.compile(r"(?:ตั้งแต่(?:วันที่)?|มีผล.{0,20}|เริ่ม(?:วันที่)?|ระหว่าง(?:วันที่)?) ?$")
"""What stands before the days of something that lasts."""
_BACKGROUND = 14
"""Days before publication beyond which only the day that the news opens with counts."""
_TODAY = "วันนี้"
_SLIP_BACK = 20
_SLIP_AHEAD = 14
"""Days after publication beyond which the day that a report opens with has the wrong month."""
_CUE = 44


def event_date(dates: Sequence[Mention], article: Article) -> dt.date | None:
    """The day an article tells of: the best day its lead names near its publication, else its publication.

    ``dates`` are mentions in ``article.body``.  News is told within a few weeks of the event; a day that lies further
    off is somebody's birthday, the start of a project or a slip of the year (which is mended when it is off by one).
    A day to come counts when no past day is named.
    """
    published = article.published
    days = [m for m in dates if m.precision <= Precision.RANGE]
    if published is None:
        return days[0].first if days else None
    best: tuple[int, int, dt.date] | None = None
    for mention in days:
        day = _slip_mended(mention.first, published)
        ahead = (day - published).days
        before = article.body[max(0, mention.start - _CUE) : mention.start]
        if not -60 <= ahead <= 90 or _OTHER_DAY.search(before):
            continue
        opening = bool(_TOLD_FIRST.search(before))
        if opening and ahead < -_SLIP_BACK and _TODAY in before:
            # "Today", told weeks late, is a slip of the month.
            return published
        rank = 0 if opening else 2 if _SPAN.search(before) else 1
        if ahead > 1:
            rank += 3
        if (not opening and ahead < -_BACKGROUND) or (opening and ahead > _SLIP_AHEAD):
            # Long past, it is the news' history; far ahead of a report of "today", it is a slip of the month.
            continue
        if best is None or (rank, mention.start) < best[:2]:
            best = rank, mention.start, day
    return best[2] if best else published


def _slip_mended(day: dt.date, published: dt.date) -> dt.date:
    """The day in the year of publication where the written year is one off and only the year is wrong."""
    if abs((day - published).days) <= 90 or abs(day.year - published.year) != 1:
        return day
    try:
        mended = day.replace(year=published.year)
    except ValueError:
        return day
    return mended if -14 <= (mended - published).days <= 0 else day


def told(text: str, start: int, end: int, *, published: dt.date | None) -> list[dt.date]:
    """The days of events that ``text[start:end]`` names, in order; a day inside a name ("รอบ 28 กรกฎาคม") is none."""
    return [
        mention.first
        for mention in article_dates(text[start:end], near=published)
        if mention.precision <= Precision.RANGE
        and not _OTHER_DAY.search(text[max(0, start + mention.start - _CUE) : start + mention.start])
    ]
