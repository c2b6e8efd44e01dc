"""Dates as Thai text writes them, read and written.

Days, ranges of days, months, quarters, parts of a year and years; full and short month names with or without
dots, Thai and Arabic digits, Buddhist and Christian era, four or two figures; English month names; and the
relative words of speech ("เมื่อวาน", "เดือนที่แล้ว").  Everything becomes a :class:`Mention` with a first and a last day.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import IntEnum

from retrieval.thai.text import to_arabic_digits
from retrieval.thai.trie import pattern_of

BUDDHIST_ERA = 543
MONTHS = (
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
)  # fmt: skip
_SHORT = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_SPOKEN = (
    "มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา",
)  # fmt: skip
_ENGLISH = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip


class Precision(IntEnum):
    """How exactly a mention names its days; smaller is more exact."""

    DAY = 0
    RANGE = 1
    MONTH = 2
    SEASON = 3
    YEAR = 4


@dataclass(frozen=True, slots=True)
class Mention:
    """Days named by ``text[start:end]``, from ``first`` to ``last``; ``year_known`` is false where it was guessed."""

    start: int
    end: int
    first: date
    last: date
    precision: Precision
    year_known: bool = True


def thai_date(day: date) -> str:
    """A date in Thai form with the Buddhist era.

    >>> thai_date(date(2017, 5, 1))
    '1 พฤษภาคม 2560'
    """
    return f"{day.day} {MONTHS[day.month - 1]} {day.year + BUDDHIST_ERA}"


def english_date(day: date) -> str:
    """A date in English form, Christian era.

    >>> english_date(date(2017, 5, 1))
    '1 May 2017'
    """
    return f"{day.day} {_ENGLISH[day.month - 1].capitalize()} {day.year}"


def _month_table() -> dict[str, int]:
    table: dict[str, int] = {}
    for number in range(12):
        short = _SHORT[number]
        for name in (MONTHS[number], _SPOKEN[number], short, short[:-1], short.replace(".", "")):
            table[name] = number + 1
        table[_ENGLISH[number]] = table[_ENGLISH[number][:3]] = number + 1
    table["sept"] = 9
    table["มกราคา"] = 1
    table["กุมภาพันธุ์"] = table["กุมภาพัน"] = 2
    table["กรกฏาคม"] = table["กรกฏา"] = 7
    return table


_MONTH_NUMBER = _month_table()
_THAI_FULL_MONTH = pattern_of(
    name for name in _MONTH_NUMBER if not name.isascii() and ("." in name or (len(name) > 5 and name not in _SPOKEN))
)
_SPOKEN_PLACE = r"(?:(?<![ก-๎])|" + "|".join(
    f"(?<={word})" for word in ("เดือน", "ต้น", "ปลาย", "กลาง", "สิ้น", "ตอน", "ช่วง", "เมื่อ", "ใน", "ถึง", "จนถึง", "แต่")
) + ")"  # fmt: skip
_LOOSE_MONTH = (
    # Spoken and undotted forms are parts of other words too ("แรมกราฟ", "ประชุมครั้ง"): they stand alone.
    _THAI_FULL_MONTH
    + "|" + _SPOKEN_PLACE + "(?:" + "|".join(sorted(_SPOKEN, key=len, reverse=True)) + r")(?!ม|คม|ยน)"
    + r"|(?<![ก-๎])(?:" + "|".join(sorted({n.replace(".", "") for n in _SHORT}, key=len, reverse=True)) + r")(?![ก-๎])"
)  # fmt: skip
_ENGLISH_MONTH = (
    r"\b(?:" + "|".join(sorted((n for n in _MONTH_NUMBER if n.isascii()), key=len, reverse=True)) + r")\b\.?"
)
_DASH = r"\s*(?:[-–—−~]|ถึง|และ|,|จนถึง)\s*(?:วันที่\s*)?"
_YEAR = r"(?:\s*(?:ปี\s*)?(?:พ\s*\.\s*ศ\s*\.?|ค\s*\.\s*ศ\s*\.?)?\s*(?P<year>\d{4}|['’]?\d{2})(?!\d|[.:]\d|,\d))?"


def _day_month(months: str) -> str:
    return (
        rf"(?:(?<![\d/.])(?P<day>\d{{1,2}})\s*(?:{_DASH}(?P<until>\d{{1,2}}))?\s*(?:เดือน\s*)?)?"
        rf"(?P<part>ต้น|กลาง|ปลาย|สิ้น)?(?:\s*เดือน\s*)?(?P<month>{months}){_YEAR}"
    )


_IN_ARTICLE = re.compile(_day_month(_THAI_FULL_MONTH))
_MONTH_IN_ARTICLE = re.compile(_THAI_FULL_MONTH)
_BEFORE_MONTH = re.compile(
    rf"(?:(?<![\d/.])\d{{1,2}}\s*(?:{_DASH}\d{{1,2}})?\s*(?:เดือน\s*)?)?(?:ต้น|กลาง|ปลาย|สิ้น)?(?:\s*เดือน\s*)?\Z"
)
_BEFORE_MONTH_LENGTH = 32
_IN_QUESTION = re.compile(_day_month(_LOOSE_MONTH))
_IN_ENGLISH = re.compile(
    r"(?:(?P<part>early|mid|late|beginning of|end of)[\s-]+)?"
    r"(?:(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th)?(?:\s*[-–]\s*(?P<until>\d{1,2}))?\s+(?:of\s+)?)?"
    rf"(?P<month>{_ENGLISH_MONTH})(?:\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s*[-–]\s*(?P<until2>\d{{1,2}}))?(?!\d))?"
    r"(?:,?\s*(?:of\s+)?(?P<year>\d{4})(?!\d))?",
    re.IGNORECASE,
)
_NUMERIC = re.compile(
    r"(?<![\d/.])(\d{1,2})([/-])(\d{1,2})\2(\d{4}|\d{2})(?![\d/])|(?<![\d/.])(\d{1,2})\.(\d{1,2})\.(\d{4})(?!\d)"
)
_SOME_NUMERIC = re.compile(r"[/.-](?<=\d.)\d{1,2}[/.-]\d\d")
_MOSTLY_LATIN = 1.7
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{2})-(\d{2})(?!\d)")
_YEAR_ALONE = re.compile(
    r"(?P<part>ต้น|กลาง|ปลาย|สิ้น|ช่วงต้น|ช่วงปลาย)?\s*"
    r"(?:(?P<fiscal>ปี\s*งบ(?:ประมาณ|ฯ)?\s*(?:พ\.?ศ\.?)?|ปีการผลิต)|(?:ประจำ)?ปี\s*(?:พ\.?\s*ศ\.?|ค\.?\s*ศ\.?)?|พ\.?ศ\.?|ค\.?ศ\.?)\s*"
    r"(?P<year>\d{4}|\d{2})(?![\d%]|[.,/]\d)"
)
_BARE_YEAR = re.compile(r"(?<![\d/.,-])(?P<year>25[4-9]\d|20[0-4]\d|199\d)(?![\d%]|[.,/-]\d)")
_QUARTER = re.compile(
    r"(?:ไตรมาส(?:ที่|แรก)?\s*(?P<q>[1-4])?(?P<last>สุดท้าย)?|\b[qQ](?P<q2>[1-4])\b)[\s/]*(?:ของ\s*)?(?:ปี\s*)?(?:พ\.?ศ\.?\s*)?(?P<year>\d{4}|\d{2})(?!\d)"
)
_HALF = re.compile(r"ครึ่งปี(?P<half>แรก|หลัง)\s*(?:ของ)?\s*(?:ปี\s*)?(?P<year>\d{4}|\d{2})(?!\d)")
_RELATIVE = re.compile(
    r"(?P<today>วันนี้|\btoday\b)|(?P<yesterday>เมื่อวานนี้|เมื่อวาน|\byesterday\b)|(?P<before>วานซืน|เมื่อวานซืน)"
    r"|(?P<last_week>(?:สัปดาห์|อาทิตย์)(?:ที่แล้ว|ก่อน|ที่ผ่านมา)|\blast week\b)|(?P<week>(?:สัปดาห์|อาทิตย์)นี้|\bthis week\b)"
    r"|(?P<last_month>เดือน(?:ที่แล้ว|ก่อน|ที่ผ่านมา)|\blast month\b)|(?P<month>เดือนนี้|\bthis month\b)"
    r"|(?P<last_year>ปี(?:ที่แล้ว|ก่อน|กลาย|ที่ผ่านมา)|\blast year\b)|(?P<this_year>ปีนี้|\bthis year\b)"
)
_JOIN = re.compile(_DASH)


def month_names(month: int) -> tuple[str, str]:
    """The full and the short Thai name of a month (1 to 12)."""
    return MONTHS[month - 1], _SHORT[month - 1]


def to_year(figures: str, *, english: bool = False) -> int | None:
    """Christian-era year of a written year: "2566", "66", "2023"; None for what is no year.

    Two figures are Buddhist (25xx) in Thai and Christian (20xx) in English.
    """
    number = int(figures.lstrip("'’"))
    if number < 100:
        return 2000 + number if english else 2500 - BUDDHIST_ERA + number
    if 2400 <= number <= 2700:
        return number - BUDDHIST_ERA
    return number if 1800 <= number <= 2150 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date:
    return date(year, month, calendar.monthrange(year, month)[1])


def _nearest_year(month: int, day: int, near: date) -> date | None:
    """The date with this month and day that lies nearest to ``near``."""
    options = [d for d in (_day(near.year + k, month, day) for k in (-1, 0, 1)) if d]
    return min(options, key=lambda d: abs((d - near).days), default=None)


def _from_match(match: re.Match[str], near: date | None, *, english: bool) -> Mention | None:
    groups = match.groupdict()
    month = _MONTH_NUMBER[groups["month"].lower().rstrip(".") if english else groups["month"]]
    written = groups["year"]
    year = to_year(written, english=english) if written else None
    if written and year is None:
        return None
    day_text = groups["day"] or groups.get("day2")
    until_text = groups["until"] or groups.get("until2")
    if day_text:
        return _days(match, int(day_text), int(until_text) if until_text else None, month, year, near)
    known = year is not None
    if year is None:
        if near is None:
            return None
        guess = _nearest_year(month, 15, near)
        assert guess is not None
        year = guess.year
    first, last = date(year, month, 1), _month_end(year, month)
    part = (groups["part"] or "").lower()
    if part in ("ต้น", "early", "beginning of"):
        last = first.replace(day=15)
    elif part in ("กลาง", "mid"):
        first, last = first.replace(day=8), first.replace(day=23)
    elif part in ("ปลาย", "สิ้น", "late", "end of"):
        first = first.replace(day=15)
    return Mention(match.start(), match.end(), first, last, Precision.MONTH, known)


def _days(
    match: re.Match[str], day: int, until: int | None, month: int, year: int | None, near: date | None
) -> Mention | None:
    known = year is not None
    first = _day(year, month, day) if year is not None else (_nearest_year(month, day, near) if near else None)
    if first is None:
        return None
    last = _day(first.year, month, until) if until else first
    if last is None or last < first:
        return Mention(match.start(), match.end(), first, first, Precision.DAY, known)
    return Mention(match.start(), match.end(), first, last, Precision.RANGE if until else Precision.DAY, known)


def _numeric(text: str) -> list[Mention]:
    found = []
    for match in _NUMERIC.finditer(text):
        day, month, written = (match[1], match[3], match[4]) if match[1] else (match[5], match[6], match[7])
        year = to_year(written)
        when = _day(year, int(month), int(day)) if year else None
        if when:
            found.append(Mention(match.start(), match.end(), when, when, Precision.DAY))
    for match in _ISO.finditer(text):
        year = to_year(match[1])
        when = _day(year, int(match[2]), int(match[3])) if year else None
        if when:
            found.append(Mention(match.start(), match.end(), when, when, Precision.DAY))
    return found


def _join_ranges(text: str, found: list[Mention]) -> list[Mention]:
    """Two days with only a dash or "ถึง" between them are one range ("30 เม.ย. - 2 พ.ค. 67")."""
    joined: list[Mention] = []
    for mention in found:
        before = joined[-1] if joined else None
        if (
            before is not None
            and before.precision <= Precision.MONTH
            and mention.precision <= Precision.MONTH
            and (between := text[before.end : mention.start].strip()) != "และ"
            and between != ","
            and _JOIN.fullmatch(text[before.end : mention.start])
        ):
            first = before.first
            if not before.year_known and mention.year_known:
                first = _day(mention.last.year, first.month, first.day) or first
                if first > mention.last:
                    first = _day(mention.last.year - 1, first.month, first.day) or first
            if first <= mention.last:
                known = before.year_known or mention.year_known
                precision = max(Precision.RANGE, before.precision, mention.precision)
                joined[-1] = Mention(before.start, mention.end, first, mention.last, precision, known)
                continue
        joined.append(mention)
    return joined


def article_dates(text: str, *, near: date | None) -> list[Mention]:
    """Days, ranges and months of a year that an article names, in order; ``near`` (its publication) completes years."""
    text = to_arabic_digits(text)
    found: list[Mention] = []
    taken = 0
    for month in _MONTH_IN_ARTICLE.finditer(text):
        # A pattern that begins with the day would be tried at every letter; months are few.
        begin = max(taken, month.start() - _BEFORE_MONTH_LENGTH)
        before = _BEFORE_MONTH.search(text, begin, month.start())
        match = _IN_ARTICLE.match(text, before.start() if before else month.start())
        if match and match.end() > taken:
            taken = match.end()
            if mention := _from_match(match, near, english=False):
                found.append(mention)
    if _SOME_NUMERIC.search(text):
        found += _numeric(text)
    # A Thai letter takes three bytes; only a text mostly in Latin letters is read for English dates.
    if len(text.encode("utf-8", "replace")) < _MOSTLY_LATIN * len(text):
        found += [m for match in _IN_ENGLISH.finditer(text) if (m := _from_match(match, near, english=True))]
    found.sort(key=lambda m: m.start)
    # A month without day and year is as often something else: "ก.พ." is the Civil Service Commission too.
    return [m for m in _join_ranges(text, found) if m.year_known or m.precision <= Precision.RANGE]


def question_dates(text: str, *, today: date) -> list[Mention]:
    """Every period that a question names, in order, most exact reading of each stretch of text."""
    text = to_arabic_digits(text)
    found = _numeric(text)
    found += [m for match in _IN_QUESTION.finditer(text) if (m := _from_match(match, today, english=False))]
    found += [
        m
        for match in _IN_ENGLISH.finditer(text)
        if match["year"] or match["day"] or match["day2"] or match["month"].lower() != "may"
        if (m := _from_match(match, today, english=True))
    ]
    found += _quarters(text) + _years(text) + _relative(text, today)
    found.sort(key=lambda m: (m.precision, m.start))
    kept: list[Mention] = []
    for mention in found:
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    kept.sort(key=lambda m: m.start)
    return _complete_years(_join_ranges(text, kept), today)


def _complete_years(found: list[Mention], today: date) -> list[Mention]:
    """A day or month without its own year takes the year that the question names elsewhere."""
    years = {m.first.year for m in found if m.precision == Precision.YEAR}
    if len(years) != 1:
        return found
    year = years.pop()
    completed = []
    for mention in found:
        if not mention.year_known:
            first, last = (_day(year, d.month, d.day) for d in (mention.first, mention.last))
            if first and last and first <= last:
                mention = replace(mention, first=first, last=last)
        completed.append(mention)
    return completed


def _quarters(text: str) -> list[Mention]:
    found = []
    for match in _QUARTER.finditer(text):
        year = to_year(match["year"])
        number = 4 if match["last"] else int(match["q"] or match["q2"] or 1)
        if year:
            month = 3 * number - 2
            found.append(
                Mention(match.start(), match.end(), date(year, month, 1), _month_end(year, month + 2), Precision.SEASON)
            )
    for match in _HALF.finditer(text):
        year = to_year(match["year"])
        if year:
            month = 1 if match["half"] == "แรก" else 7
            found.append(
                Mention(match.start(), match.end(), date(year, month, 1), _month_end(year, month + 5), Precision.SEASON)
            )
    return found


_PART_MONTHS = {"ต้น": (1, 4), "ช่วงต้น": (1, 4), "กลาง": (4, 9), "ปลาย": (9, 12), "ช่วงปลาย": (9, 12), "สิ้น": (11, 12)}


def _years(text: str) -> list[Mention]:
    found = []
    for match in _YEAR_ALONE.finditer(text):
        year = to_year(match["year"])
        if year is None:
            continue
        if match["fiscal"]:
            # The fiscal year runs from October of the year before (Budget Procedures Act).
            first, last, precision = date(year - 1, 10, 1), date(year, 9, 30), Precision.SEASON
        elif match["part"]:
            start, end = _PART_MONTHS[match["part"]]
            first, last, precision = date(year, start, 1), _month_end(year, end), Precision.SEASON
        else:
            first, last, precision = date(year, 1, 1), date(year, 12, 31), Precision.YEAR
        found.append(Mention(match.start(), match.end(), first, last, precision))
    for match in _BARE_YEAR.finditer(text):
        year = to_year(match["year"])
        if year:
            found.append(Mention(match.start(), match.end(), date(year, 1, 1), date(year, 12, 31), Precision.YEAR))
    return found


def _relative(text: str, today: date) -> list[Mention]:
    found = []
    monday = today - timedelta(days=today.weekday())
    month_start = today.replace(day=1)
    before_month = month_start - timedelta(days=1)
    spans = {
        "today": (today, today, Precision.DAY),
        "yesterday": (today - timedelta(1), today - timedelta(1), Precision.DAY),
        "before": (today - timedelta(2), today - timedelta(2), Precision.DAY),
        "week": (monday, monday + timedelta(6), Precision.RANGE),
        "last_week": (monday - timedelta(7), monday - timedelta(1), Precision.RANGE),
        "month": (month_start, _month_end(today.year, today.month), Precision.MONTH),
        "last_month": (before_month.replace(day=1), before_month, Precision.MONTH),
        "this_year": (date(today.year, 1, 1), date(today.year, 12, 31), Precision.YEAR),
        "last_year": (date(today.year - 1, 1, 1), date(today.year - 1, 12, 31), Precision.YEAR),
    }
    for match in _RELATIVE.finditer(text):
        assert match.lastgroup is not None
        first, last, precision = spans[match.lastgroup]
        found.append(Mention(match.start(), match.end(), first, last, precision))
    return found
