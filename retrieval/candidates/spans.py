"""Every short answer that an article's text offers, by the kind of answer that a question wants.

A person, a date, a place, an agency, a figure: each is a stretch of the text with the traits that speak for or
against it by itself.  Which of them stands nearest to the question's words is told in
:mod:`retrieval.ranking.span_features`.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.candidates.candidate import LONGEST, Candidate, Option
from retrieval.candidates.matching import Weighed, presence
from retrieval.candidates.occurrences import Found
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
    "focus_post", "focus_lead", "post_asked", "has_post", "object_post", "side_post", "side_asked",
)  # fmt: skip
"""What may speak for or against an answer by itself.

asked: the question names it; role: the post that is asked for stands beside; post: share of the question that the post
beside a name holds; focus_post, focus_lead: the same of what stands nearest to the question word, in the post and in
what stands before the name; object_post, side_post: share of the question that is an object or a side there and stands
in the post; side_asked: the question tells a side; post_asked: share of the post's letters that the question has;
companion: named as one of the company; sent: sent by another, as is asked; span: several days, as is asked; noun: of
the sort of place or agency that is asked for; own: the article's own agency; bearing: the figure bears the unit that
is asked for; unit: it bears another."""

_COMPANION = re.compile(rf"(?:{'|'.join(map(re.escape, words('question', 'before a companion')))})\s*$")
_SENT = re.compile(r"มอบหมาย(?:ให้)?\s*$")
_SOMEBODY_SENT = re.compile(
    r"(?:ให้|ส่ง|มอบหมาย|มอบ)\S{0,12}(?:ใคร|ผู้ใด|ท่านใด|คนไหน)|ใคร\S{0,20}แทน|ตัวแทน|ผู้แทน(?!ราษฎร|การค้า|พิเศษ)"
)
_SPAN = re.compile(r"ถึงวัน|ช่วง(?:วัน)?(?:ใด|ไหน)|ระหว่าง|dates")


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


def offers(question: Question, candidate: Candidate, found: Sequence[Found], groups: Sequence[Weighed]) -> list[Option]:
    """All that may answer in what is read of an article, with its places there; at least one, which may be the
    article itself (an empty answer)."""
    stored, text = candidate.article, candidate.reading.text
    if question.kind is Kind.WHAT:
        return windows(text, found)
    offered = options(question, stored, text, groups)
    if question.kind in (Kind.CHAIR, Kind.EVENTS):
        offered = [*_presiding(candidate), *offered]
    if question.kind is Kind.NUMBER and question.wanted and not any(o.traits["bearing"] for o in offered):
        offered = _in_headline(question, stored) or offered
    if (
        question.kind is Kind.WHEN
        and question.wanted != HOUR
        and (day := stored.event_date or stored.article.published)
    ):
        offered.append(Option((english_date if question.language == "en" else thai_date)(day), 0, 0, day=day))
    if question.kind is Kind.AGENCY and stored.article.agency:
        offered.append(Option(stored.article.agency, 0, 0, traits={"own": 1.0}))
    return offered or [Option("", 0, 0)]


def _in_headline(question: Question, stored: StoredArticle) -> list[Option]:
    """Figures of what is asked for that the headline alone tells, as daily reports do."""
    found = _quantities(question, stored.article.title, stored)
    return [replace(option, start=0, end=0, in_headline=True) for option in found if option.traits["bearing"]]


def _presiding(candidate: Candidate) -> list[Option]:
    """The people of the facts."""
    found = []
    for fact, score in candidate.weighed_facts:
        if place := candidate.reading.read(fact.start, min(fact.end, fact.start + LONGEST)):
            found.append(Option(fact.person, *place, fact.position, fact=(fact, score)))
    return found


_BOUNDARY = re.compile(r"\n|(?<=[ก-๎\w)”]) ")
_FROM_BOUNDARY = 120
_MOST_WINDOWS = 40
_STEP = 40


def windows(text: str, found: Sequence[Found]) -> list[Option]:
    """Stretches of a text that may be shown as the answer, each from a boundary before a word of the question."""
    bounds = [0, *(match.end() for match in _BOUNDARY.finditer(text))]
    starts = {0}
    for f in found:
        at = bisect.bisect_right(bounds, f.start) - 1
        starts.add(bounds[at] if f.start - bounds[at] <= _FROM_BOUNDARY else f.start)
        earlier = bisect.bisect_left(bounds, f.start - _FROM_BOUNDARY)
        starts.add(bounds[min(earlier, at)])
    kept: list[int] = []
    for start in sorted(starts):
        if not kept or start - kept[-1] >= _STEP:
            kept.append(start)
    return [Option("", start, min(len(text), start + LONGEST)) for start in kept[:_MOST_WINDOWS]]


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
    focus = sum(g.weight * g.group.focus for g in groups) or 1.0
    grams = {asked[at : at + 3] for at in range(len(asked) - 2)}
    found = []
    for person, first, before, letters, behind in zip(
        named, firsts, befores, squeeze_all(befores), behinds, strict=True
    ):
        if first in asked or any(person.first in name for name in question.people):
            continue
        lead_in = before[-14:]
        near = letters[-25:] + behind[:40]
        in_post = [presence(g, behind) for g in groups]
        post = squeeze(person.post or "")
        traits = {
            "post": sum(g.weight * part for g, part in zip(groups, in_post, strict=True)) / whole,
            "focus_post": sum(g.weight * g.group.focus * part for g, part in zip(groups, in_post, strict=True)) / focus,
            "focus_lead": sum(g.weight * g.group.focus * presence(g, letters) for g in groups) / focus,
            "post_asked": sum(post[at : at + 3] in grams for at in range(len(post) - 2)) / max(1, len(post) - 2),
            "has_post": float(bool(post)),
            "object_post": sum(g.weight * part for g, part in zip(groups, in_post, strict=True) if g.group.as_object)
            / whole,
            "side_post": sum(g.weight * part for g, part in zip(groups, in_post, strict=True) if g.group.as_side)
            / whole,
            "side_asked": float(any(g.group.as_side for g in groups)),
            "role": float(any(role in near for role in roles)),
            "companion": float(bool(_COMPANION.search(lead_in))),
            "sent": float(sent and bool(_SENT.search(lead_in))),
        }
        found.append(Option(person.name, person.start, person.end, person.post, traits=traits))
    # Where somebody was sent, as is asked, who sent him and who came along are no answer.
    return [option for option in found if option.traits["sent"]] or found


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
        if any(a < match.end("number") and start < b for a, b in dates) or _HOURS.match(arabic, start):
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
