"""Every short answer that an article's text offers, by the kind of answer that a question wants.

A person, a date, a place, an agency, a figure: each is a stretch of the text with the traits that speak for or
against it by itself.  Which of them stands nearest to the question's words is told in
:mod:`retrieval.ranking.span_ranker`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from retrieval.candidates.matching import Weighed, presence
from retrieval.gazetteer import agencies
from retrieval.gazetteer.concepts import Sort
from retrieval.gazetteer.tables import words
from retrieval.model import Kind
from retrieval.question.kinds import HOUR, MONEY
from retrieval.question.understanding import Question
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import Precision, article_dates, english_date, thai_date
from retrieval.thai.people import people
from retrieval.thai.places import places
from retrieval.thai.squeeze import squeeze, squeeze_all
from retrieval.thai.text import to_arabic_digits

TRAITS = (
    "asked", "role", "post", "companion", "sent", "span", "noun", "own", "bearing", "unit",
)  # fmt: skip
"""What may speak for or against an answer by itself.

asked: the question names it; role: the post that is asked for stands beside; post: share of the question that the
post beside a name holds; companion: named as one of the company; sent: sent by another, as is asked; span: several
days, as is asked; noun: of the sort of place or agency that is asked for; own: the
article's own agency; bearing: the figure bears the unit that is asked for; unit: it bears another."""

_COMPANION = re.compile(rf"(?:{'|'.join(map(re.escape, words('question', 'before a companion')))})\s*$")
_SENT = re.compile(r"มอบหมาย(?:ให้)?\s*$")
_SOMEBODY_SENT = re.compile(
    r"(?:ให้|ส่ง|มอบหมาย|มอบ)\S{0,12}(?:ใคร|ผู้ใด|ท่านใด|คนไหน)|ใคร\S{0,20}แทน|ตัวแทน|ผู้แทน(?!ราษฎร|การค้า|พิเศษ)"
)
_SPAN = re.compile(r"ถึงวัน|ช่วง(?:วัน)?(?:ใด|ไหน)|ระหว่าง|dates")


@dataclass(frozen=True, slots=True)
class Option:
    """A short answer and the characters ``text[start:end]`` that it comes from; ``detail`` is what belongs to it.

    ``traits`` are of :data:`TRAITS`, 0 to 1; those that are left out are 0.
    """

    answer: str
    start: int
    end: int
    detail: str | None = None
    day: dt.date | None = None
    """The day that a date names."""
    near: float = 0.0
    """Share of the question that stands before or behind it, 0 to 1; 0 where it is not read in the text."""
    traits: dict[str, float] = field(default_factory=dict)
    in_headline: bool = False
    """Whether it stands in the article's headline and not in its text."""


_UNITS = words("question", "unit")
_MULTIPLES = f"(?:{'|'.join(map(re.escape, words('question', 'multiple')))})"
_NUMBER = re.compile(
    r"(?P<number>\d[\d,]*(?:\.\d+)?)(?![\d/]|,\d|:\d)\s?"
    rf"(?P<unit>{_MULTIPLES}*\s?(?:{'|'.join(sorted(map(re.escape, _UNITS), key=len, reverse=True))})?)"
)
_PART_OF_A_FIGURE = frozenset("0123456789/.,")
_PER_HUNDRED = re.compile(r"ร้อยละ\s?$")
_NOT_A_QUANTITY = re.compile(
    rf"(?:{'|'.join(map(re.escape, words('question', 'before no quantity')))}|พ\.?\s?ศ\.?|(?<!อันดับ)ที่|#|/)\s?$"
)
_MULTIPLE = re.compile(rf"^\s*{_MULTIPLES}*\s*")
_YEAR_OR_NAME = re.compile(
    r"(?:(?:[A-Za-zก-๎]-|โควิด[ -]{0,3}|covid[ -]{0,3})\d+|(?:^|[^\d,.])(?:2[45]\d\d|20[0-4]\d|19\d\d))$",
    re.IGNORECASE,
)
"""A bare year, or the figure in a name such as "COVID-19"."""


def options(question: Question, stored: StoredArticle, text: str, groups: Sequence[Weighed]) -> list[Option]:
    """What of ``text``, the article's body or its beginning, may be the short answer; empty where no sort fits."""
    if question.kind in (Kind.WHO, Kind.CHAIR):
        return _persons(question, text, groups)
    of_kind = _OF_KIND.get(question.kind)
    return of_kind(question, text, stored) if of_kind else []


def _persons(question: Question, text: str, groups: Sequence[Weighed]) -> list[Option]:
    """People that the question does not name itself, by their names or by what people call them."""
    asked = squeeze(question.text)
    sent = bool(_SOMEBODY_SENT.search(question.text))
    whole = sum(g.weight for g in groups) or 1.0
    roles = [squeeze(role) for role in question.wanted]
    named = [person for person in people(text) if person.complete]
    firsts = squeeze_all([person.first for person in named])
    befores = [text[max(0, person.start - 60) : person.start] for person in named]
    behinds = squeeze_all([text[person.end : max(person.post_end, person.end + 70)] for person in named])
    found = []
    for person, first, before, letters, behind in zip(
        named, firsts, befores, squeeze_all(befores), behinds, strict=True
    ):
        if first in asked or any(person.first in name for name in question.people):
            continue
        lead_in = before[-14:]
        near = letters[-25:] + behind[:40]
        traits = {
            "post": sum(g.weight * presence(g, behind) for g in groups) / whole,
            "role": float(any(role in near for role in roles)),
            "companion": float(bool(_COMPANION.search(lead_in))),
            "sent": float(sent and bool(_SENT.search(lead_in))),
        }
        found.append(Option(person.name, person.start, person.end, person.post, traits=traits))
    return found


_HOURS = re.compile(
    r"(?<![\d.:])(?:[01]?\d|2[0-4])[.:][0-5]\d(?:\s?[-–—]\s?(?:[01]?\d|2[0-4])[.:][0-5]\d)?\s?(?:น\.|นาฬิกา|hrs?\b|[ap]\.?m\b)"
    r"|(?<!\d)\d{1,2}\s?(?:โมง(?:เช้า|เย็น)?|ทุ่ม)",
    re.IGNORECASE,
)


def _hours(text: str) -> list[Option]:
    """Times of the day."""
    return [
        Option(text[match.start() : match.end()], match.start(), match.end())
        for match in _HOURS.finditer(to_arabic_digits(text))
    ]


def _dates(question: Question, text: str, stored: StoredArticle) -> list[Option]:
    if question.wanted == HOUR:
        return _hours(text)
    asked = {(m.first, m.last) for m in question.dates}
    span = bool(_SPAN.search(question.text))
    written = english_date if question.language == "en" else thai_date
    return [
        Option(
            written(m.first) if m.precision is Precision.DAY else text[m.start : m.end].strip(),
            m.start,
            m.end,
            day=m.first,
            traits={
                "asked": float((m.first, m.last) in asked),
                "span": float(span and m.last > m.first),
            },
        )
        for m in article_dates(text, near=stored.article.published)
    ]


def _places(question: Question, text: str, stored: StoredArticle) -> list[Option]:
    asked = squeeze(question.text)
    regions = tuple(
        start + surface
        for g in question.groups
        if g.sort is Sort.PROVINCE
        for surface in g.surfaces
        for start in ("", "จังหวัด")
    )

    def option(place: str, start: int, noun: bool) -> Option:
        letters = squeeze(place)
        traits = {"noun": float(noun), "asked": float(letters in asked or letters.startswith(regions))}
        return Option(place, start, start + len(place), traits=traits)

    found = []
    for place, start in places(text):
        found.append(option(place, start, any(noun in place for noun in question.wanted)))
    for noun in question.wanted:
        for match in re.finditer(rf"{re.escape(noun)}\s?[ก-๎A-Za-z][ก-๎A-Za-z.\-]+(?: [A-Z][\w]+)*", text):
            found.append(option(match.group(), match.start(), True))
    return found


def _agencies(question: Question, text: str, stored: StoredArticle) -> list[Option]:
    asked = set(question.agencies)
    return [
        Option(
            mention.name,
            mention.start,
            mention.end,
            traits={
                "noun": float(any(mention.name.startswith(noun) for noun in question.wanted)),
                "own": float(mention.name == stored.article.agency),
            },
        )
        for mention in agencies.mentions(text)
        if mention.name not in asked
    ]


def _quantities(question: Question, text: str, stored: StoredArticle) -> list[Option]:
    asked = squeeze(question.text)
    arabic = to_arabic_digits(text)
    dates = [(m.start, m.end) for m in article_dates(text, near=stored.article.published)]
    found: list[Option] = []
    for match in _NUMBER.finditer(arabic):
        start, end = match.span()
        if start and arabic[start - 1] in _PART_OF_A_FIGURE:
            continue
        unit_told = match["unit"].strip()
        if not unit_told and _YEAR_OR_NAME.search(arabic[max(0, start - 8) : match.end("number")]):
            continue
        if any(a < match.end("number") and start < b for a, b in dates):
            continue
        if _NOT_A_QUANTITY.search(arabic, max(0, start - 12), start):
            continue
        following = text[match.end("number") : match.end("number") + 24].lstrip()
        counted = _MULTIPLE.sub("", following)
        unit = next((unit for unit in question.wanted if counted.startswith(unit) or following.startswith(unit)), "")
        if unit and not unit_told.endswith(unit):
            end = text.index(unit, match.end("number")) + len(unit)
        if before := _PER_HUNDRED.search(arabic, max(0, start - 8), start):
            start = before.start()
        shown = text[start:end].strip()
        traits = {
            "bearing": float(bool(unit)),
            "unit": float(not unit and bool(unit_told)),
            "asked": float(squeeze(match["number"]) in asked),
        }
        found.append(Option(shown, start, start + len(shown), traits=traits))
    # A figure of what is asked for is told apart from every other.
    bearing_ones = [option for option in found if option.traits["bearing"]]
    # What costs money is never told by a figure without a currency.
    return bearing_ones or ([] if question.wanted[:1] == MONEY[:1] else found)


_OF_KIND: dict[Kind, Callable[[Question, str, StoredArticle], list[Option]]] = {
    Kind.WHEN: _dates,
    Kind.WHERE: _places,
    Kind.AGENCY: _agencies,
    Kind.NUMBER: _quantities,
}
KINDS = frozenset({Kind.WHO, Kind.CHAIR, *_OF_KIND})
"""Kinds of questions that want a short answer which can be told from the text alone."""
