"""The corpus of thaigov.go.th: one text file an item, first the page's title, then the day, then the item.

รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-<title>
วันพุธที่ 13 กันยายน 2566
<stray lines of the page: the day again in figures, "พิมพ์", the title once to three times, "...">
<body>
ที่มา : http...
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from retrieval.model import Article
from retrieval.sources.reader import Reader, Text, Unreadable, first_words
from retrieval.thai.dates import BUDDHIST_ERA, MONTHS
from retrieval.thai.text import clean, to_arabic_digits

PUBLISHER = "รัฐบาลไทย"
_PREFIX = re.compile("รัฐบาลไทย *- *(?:ข่าวทำเนียบรัฐบาล *-? *)?")
_DAY = re.compile(rf"วัน\S{{2,10}} ?ที่ (\d{{1,2}}) ({'|'.join(MONTHS)}) (\d{{4}})")
_STRAY = re.compile(r"\d{1,2}/\d{1,2}/\d{4}|พิมพ์|[.\-–_*+=#… ]+")
_SOURCE = re.compile(r"ที่มา ?: ?(https?://\S+)")
_COUNTER = re.compile(r"(?:[ _]+\d+)?(?:_[0-9a-f]{8}-[0-9a-f-]{20,30})?(?:\.\w{1,5})?$")
_SPACES = re.compile(r"\s+")
_TORN = re.compile("\n(?=[\u0e30-\u0e3a\u0e45-\u0e4e])")
"""A line break before a vowel or a mark that belongs to the letter before it.  Other breaks inside words cannot be
told from those between list items: of 48,000 breaks between Thai letters fewer than 100 tear a word."""
_HEAD = 12
"""Stray lines stand among the first ones only."""


def _recognises(text: Text) -> bool:
    return text.content[:80].lstrip("\ufeff \r\n").startswith("รัฐบาลไทย-")


def _read(text: Text) -> Iterator[Article]:
    lines = clean(text.content).split("\n")
    title = _PREFIX.sub("", lines[0], count=1).strip()
    source = _SOURCE.fullmatch(lines[-1])
    last = len(lines) - 1 if source else len(lines)
    published, first = _head(lines[:last], title)
    body = _TORN.sub("", "\n".join(lines[first:last])) or title
    if not body:
        raise Unreadable("The item is empty: it has neither a headline nor a text.")
    yield Article(
        title=title or first_words(body),
        body=body,
        published=published,
        publisher=PUBLISHER,
        category=category(text.name),
        url=source[1] if source else None,
        source_file=text.place,
    )


def category(name: str) -> str | None:
    """The rubric that a file's name begins with.

    >>> category("ข่าวรอง นรม  รมตนร_12_5156ea0d-a1eb-4d4d-aac4-53572ae408b8.txt")
    'ข่าวรอง นรม รมตนร'
    """
    return _SPACES.sub(" ", _COUNTER.sub("", name)).strip(" _") or None


def _head(lines: list[str], title: str) -> tuple[date | None, int]:
    """The day of publication, and the number of the body's first line."""
    published: date | None = None
    wanted = _letters(title)
    at = 1
    while at < min(len(lines), _HEAD):
        line = lines[at]
        day = _DAY.fullmatch(to_arabic_digits(line)) if published is None else None
        if day:
            published = _date(int(day[1]), MONTHS.index(day[2]) + 1, int(day[3]))
        elif not _STRAY.fullmatch(line):
            repeated = _repeats(lines[at : at + 4], wanted)
            if not repeated:
                break
            at += repeated
            continue
        at += 1
    return published, at


def _repeats(lines: list[str], title: str) -> int:
    """How many of the next lines together are the title once more (it may be broken in several), or 0."""
    joined = ""
    for count, line in enumerate(lines, start=1):
        joined += _letters(line)
        if joined == title:
            return count
        if not title.startswith(joined):
            return 0
    return 0


def _letters(line: str) -> str:
    return line.replace(" ", "")


def _date(day: int, month: int, year: int) -> date | None:
    try:
        return date(year - BUDDHIST_ERA if year > 2400 else year, month, day)
    except ValueError:
        return None


READER = Reader("thaigov", _recognises, _read)
