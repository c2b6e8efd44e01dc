"""The short answer in an article's text, by the kind of answer that a question wants.

Every candidate (a person, a date, a place, a number) is a stretch of the text; the one that the question's words stand
nearest to is the answer.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from retrieval import agencies
from retrieval.evidence import Weighed, presence, squeeze
from retrieval.excerpt import Found, nearness
from retrieval.model import Kind
from retrieval.question import Question
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import Precision, article_dates, english_date, thai_date
from retrieval.thai.people import people
from retrieval.thai.places import PLACE
from retrieval.thai.text import to_arabic_digits

_AFTER = 2.0
"""How much farther words count that follow a figure: "จำนวนผู้ป่วย 40 ราย" tells what it counts before it."""
_COMPANION = re.compile(r"(?:พร้อมด้วย|พร้อม|ต้อนรับ|ร่วมกับ)\s*$")
_SENT = re.compile(r"มอบหมาย(?:ให้)?\s*$")
_SOMEBODY_SENT = re.compile(r"(?:ให้|ส่ง|มอบหมาย|มอบ)\S{0,12}(?:ใคร|ผู้ใด|ท่านใด|คนไหน)")
_LONGEST_READ = 12_000
"""Characters of a body in which short answers are looked for."""


@dataclass(frozen=True, slots=True)
class Extracted:
    """A short answer and the characters ``text[start:end]`` that it comes from; ``detail`` is what belongs to it."""

    answer: str
    start: int
    end: int
    detail: str | None = None
    day: dt.date | None = None
    """The day that a date names."""
    fit: float = 0.0
    """How well the candidate itself is of the wanted sort, added to its nearness."""


_NUMBER = re.compile(
    r"(?P<before>ร้อยละ|ระดับ|จำนวน|กว่า|รวม|ประมาณ|เพียง)?\s?(?<![\d/.,])(?P<number>\d[\d,]*(?:\.\d+)?)(?![\d/]|,\d|:\d)"
    r"\s?(?P<unit>(?:พัน|หมื่น|แสน|ล้าน)*\s?(?:บาท|ดอลลาร์|เหรียญ|คน|ราย|ครั้ง|แห่ง|ด่าน|ไร่|ตัน|กิโลกรัม|กิโลเมตร|กม\.|เมตร|เม็ด|ครัวเรือน|ครอบครัว|ข้อความ|เรื่อง|คดี|โครงการ|หลัง|คัน|ลำ|ตัว"
    r"|ชิ้น|วัน|เดือน|ปี|ชั่วโมง|นาที|เปอร์เซ็นต์|%|โดส|เตียง|หน่วย|ทุน|รูป|องค์|จังหวัด|อำเภอ|ตำบล|หมู่บ้าน|ชุมชน|สาย|เส้นทาง|ขบวน|เที่ยว|ล้านคน|ลิตร|ลูกบาศก์เมตร|ลบ\.ม\.|กลุ่ม|ประเทศ|หน่วยงาน|บริษัท|โรงเรียน|อัตรา|ตำแหน่ง|ประเภท|สาขา|ฉบับ|มาตรการ|ข้อ|ด้าน|แผน|ราย|ล้าน|pills?|people|baht|million|percent|kilograms?|kg|rai)?)",
)
_NOT_A_QUANTITY = re.compile(
    r"(?:ครั้งที่|พ\.?\s?ศ\.?|ปี|วันที่|ที่|ชั้น|ห้อง|เวลา|มาตรา|ข้อ|รุ่นที่|โทร\.?|หมายเลข|เลขที่|ระยะที่|#|/|ประจำปี|เดือน)\s?$"
)
_MULTIPLE = re.compile(r"^\s*(?:พัน|หมื่น|แสน|ล้าน)*\s*")
_YEAR_OR_NAME = re.compile(
    r"(?:(?:[A-Za-zก-๎]-|โควิด[ -]{0,3}|covid[ -]{0,3})\d+|(?:^|[^\d,.])(?:2[45]\d\d|20[0-4]\d|19\d\d))$",
    re.IGNORECASE,
)
"""A bare year, or the figure in a name such as "COVID-19"."""


def extract(
    question: Question, stored: StoredArticle, found: Sequence[Found], groups: Sequence[Weighed]
) -> Extracted | None:
    """The short answer of an article's body, or None where only an excerpt can answer."""
    text = stored.article.body[:_LONGEST_READ]
    if question.kind in (Kind.WHO, Kind.CHAIR):
        options = _persons(question, text, groups)
    else:
        candidates = _CANDIDATES.get(question.kind)
        options = candidates(question, text, stored) if candidates else []
    if not options:
        return None
    after = _AFTER if question.kind is Kind.NUMBER else 1.0
    return max(options, key=lambda o: nearness(found, o.start, o.end, after=after) + o.fit)


def _persons(question: Question, text: str, groups: Sequence[Weighed]) -> list[Extracted]:
    """People that the question does not name itself, those first beside whose name the question's words stand."""
    asked = squeeze(question.text)
    sent = bool(_SOMEBODY_SENT.search(question.text))
    options = []
    for person in people(text):
        if not person.complete or squeeze(person.first) in asked:
            continue
        beside = squeeze(text[person.end : max(person.post_end, person.end + 70)])
        fit = 0.6 * sum(g.weight * presence(g, beside) for g in groups)
        if any(squeeze(role) in beside[: len(squeeze(role)) + 25] for role in question.wanted):
            fit += 5.0
        lead_in = text[max(0, person.start - 14) : person.start]
        if _COMPANION.search(lead_in):
            fit -= 2.0
        elif sent and _SENT.search(lead_in):
            fit += 6.0
        options.append(Extracted(person.name, person.start, person.end, person.post, fit=fit))
    return options


def _dates(question: Question, text: str, stored: StoredArticle) -> list[Extracted]:
    asked = {(m.first, m.last) for m in question.dates}
    span = bool(re.search(r"ถึงวัน|ช่วง(?:วัน)?(?:ใด|ไหน)|ระหว่าง|dates", question.text))
    written = english_date if question.language == "en" else thai_date
    return [
        Extracted(
            written(m.first) if m.precision is Precision.DAY else text[m.start : m.end].strip(),
            m.start,
            m.end,
            day=m.first,
            fit=-4.0 * ((m.first, m.last) in asked) + 4.0 * (span and m.last > m.first),
        )
        for m in article_dates(text, near=stored.article.published)
    ]


def _places(question: Question, text: str, stored: StoredArticle) -> list[Extracted]:
    asked = squeeze(question.text)
    options = []
    for match in PLACE.finditer(text):
        place = match["place"].strip()
        fit = 3.0 if any(noun in place for noun in question.wanted) else 0.0
        if squeeze(place) in asked:
            fit -= 5.0
        options.append(Extracted(place, match.start("place"), match.start("place") + len(place), fit=fit))
    for noun in question.wanted:
        for match in re.finditer(rf"{re.escape(noun)}\s?[ก-๎A-Za-z][ก-๎A-Za-z.\-]+(?: [A-Z][\w]+)*", text):
            fit = 3.0 - 5.0 * (squeeze(match.group()) in asked)
            options.append(Extracted(match.group(), match.start(), match.end(), fit=fit))
    return options


def _agencies(question: Question, text: str, stored: StoredArticle) -> list[Extracted]:
    asked = set(question.agencies)
    options = []
    for mention in agencies.mentions(text):
        if mention.name in asked:
            continue
        fit = 3.0 if any(mention.name.startswith(noun) for noun in question.wanted) else 0.0
        if mention.name == stored.article.agency:
            fit += 2.0
        options.append(Extracted(mention.name, mention.start, mention.end, fit=fit))
    return options


def _quantities(question: Question, text: str, stored: StoredArticle) -> list[Extracted]:
    asked = squeeze(question.text)
    arabic = to_arabic_digits(text)
    dates = [(m.start, m.end) for m in article_dates(text, near=stored.article.published)]
    options: list[tuple[bool, Extracted]] = []
    for match in _NUMBER.finditer(arabic):
        start, end = match.start("number"), match.end()
        if not match["unit"].strip() and _YEAR_OR_NAME.search(arabic[max(0, start - 8) : match.end("number")]):
            continue
        bearing = False
        if any(a < match.end("number") and start < b for a, b in dates):
            continue
        if _NOT_A_QUANTITY.search(arabic[max(0, match.start() - 12) : start]):
            continue
        shown = text[start:end].strip()
        fit = 0.0
        following = _MULTIPLE.sub("", text[match.end("number") : match.end("number") + 24])
        if question.wanted and following.startswith(question.wanted):
            fit += 6.0
            bearing = True
        elif match["unit"].strip():
            fit += 1.0
        if squeeze(match["number"]) in asked:
            fit -= 6.0
        if match["before"] == "ร้อยละ":
            shown, start = text[match.start() : end].strip(), match.start()
        options.append((bearing, Extracted(shown, start, start + len(shown), fit=fit)))
    # A figure of what is asked for is told apart from every other.
    best = any(bearing for bearing, _ in options)
    return [option for bearing, option in options if bearing == best]


_CANDIDATES: dict[Kind, Callable[[Question, str, StoredArticle], list[Extracted]]] = {
    Kind.WHEN: _dates,
    Kind.WHERE: _places,
    Kind.AGENCY: _agencies,
    Kind.NUMBER: _quantities,
}


def told_day(stored: StoredArticle) -> dt.date | None:
    """The day that an article tells of, or else that of its publication."""
    return stored.event_date or stored.article.published
