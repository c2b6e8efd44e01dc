"""What a question asks: the kind of answer, the words to look for with their other spellings, dates and names."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

from retrieval.gazetteer.concepts import Concept, Sort, concepts, synonyms_of
from retrieval.gazetteer.holidays import of_holidays
from retrieval.gazetteer.tables import words
from retrieval.model import Kind
from retrieval.question.classifier import kinds_of
from retrieval.question.kinds import FRAME, as_written, is_kind_word, wanted
from retrieval.thai.dates import Mention, Precision, question_dates
from retrieval.thai.segment import spans, terms
from retrieval.thai.text import clean, fold, thai_share

LONGEST = 500
"""Characters of a question that are read; what comes after is left out."""
_REMEMBERED = 10_000
"""Groups kept at hand: questions name the same offices and provinces again and again."""


@dataclass(frozen=True, slots=True)
class Group:
    """One thing a question names, with every way the news may write it.

    ``alternatives`` are index terms, the question's own wording first; ``surfaces`` the same as folded letters without
    spaces, to be looked for in an article.  ``core`` is false for words that tell the kind of question rather than its
    matter ("ประธาน", "เปิด").
    """

    alternatives: tuple[tuple[str, ...], ...]
    surfaces: tuple[str, ...]
    core: bool = True
    sort: Sort | None = None
    focus: float = field(default=0.0, compare=False)
    """How near it stands to the question's own word ("who", "how many"), 0 (far) to 1."""
    as_object: bool = field(default=False, compare=False)
    """Whether a word before it says that something is done to it or with it ("ให้", "กับ")."""
    as_side: bool = field(default=False, compare=False)
    """Whether a word before it says that who is asked for belongs to it ("ฝั่ง", "ของ")."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that was understood; ``wanted`` is the noun that the answer should bear ("โรงแรม", "ราย"),
    with its other wordings; empty where none is told."""

    text: str
    kind: Kind
    language: str
    groups: tuple[Group, ...]
    dates: tuple[Mention, ...] = ()
    agencies: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    wanted: tuple[str, ...] = ()
    kinds: tuple[tuple[Kind, float], ...] = ()
    """The kinds that it may be of, each with its probability, likeliest first."""

    def as_kind(self, kind: Kind) -> Question:
        """The same question, read as one of this kind."""
        if kind is self.kind:
            return self
        return replace(self, kind=kind, wanted=wanted(kind, as_written(fold(self.text))))


_ORDINALS = words("question", "number word")
"""One to ten, in order."""
_WORLD_HEALTH = re.compile(r"(?<![A-Za-z])WHO(?![A-Za-z])")
_MEETING_OF_YEAR = re.compile(
    rf"(?:{'|'.join(map(re.escape, words('question', 'before a meeting number')))})\s*(\d{{1,3}}|{'|'.join(_ORDINALS)})"
    r"\s*(?:ของ|ใน)?\s*(?:ประจำ)?ปี\s*(?:พ\.?ศ\.?\s*)?(\d{4}|\d{2})"
)
_NUMBERED = re.compile(r"(ครั้งที่|รุ่นที่|รุ่น)\s?(\d{1,3})(?![\d/.])")
_ANNIVERSARY = re.compile(r"ครบ(?:รอบ)?\s?(\d{1,3}\s?ปี)")
_CONTENT_OF_YEAR = re.compile(
    rf"(?:{'|'.join(map(re.escape, words('question', 'before a year of content')))})\S{{0,12}}\s?$"
)
_OF_YEAR = re.compile(r"^(\d{1,3})/(\d{2}|\d{4})$")


def understand(text: str, *, today: dt.date) -> Question:
    """Read a question; never raises on any text."""
    text = clean(text)[:LONGEST]
    language = "th" if thai_share(text) >= 0.3 or not re.search("[A-Za-z]", text) else "en"
    # In a Thai question WHO is no question word.
    folded = as_written(fold(_WORLD_HEALTH.sub("องค์การอนามัยโลก", text) if language == "th" else text))
    kinds = kinds_of(folded)
    kind = kinds[0][0]
    if kind is Kind.CHAT:
        return Question(text, kind, language, ())
    dates = of_holidays(folded, [m for m in question_dates(folded, today=today) if not _of_content(folded, m, today)])
    rest = _blank(folded, [(m.start, m.end) for m in dates if m.precision <= Precision.MONTH or m.end - m.start > 4])
    groups, known = _groups(_blank(rest, [m.span() for m in FRAME.finditer(rest)]), rest)
    groups += [_group((f"{_number(m[1])}/{m[2]}",), None) for m in _MEETING_OF_YEAR.finditer(folded)]
    groups += [_group((m.group(), *_numbered(m)), Sort.NUMBERED) for m in _NUMBERED.finditer(rest)]
    groups += [_group((m.group(), m[1]), Sort.NUMBERED) for m in _ANNIVERSARY.finditer(folded)]
    if language == "en":
        groups = [_english(group, text) for group in groups]
    groups = _focused(list(dict.fromkeys(groups)), folded)
    return Question(
        text,
        kind,
        language,
        tuple(groups),
        dates,
        agencies=tuple(dict.fromkeys(c.name for c in known if c.sort is Sort.AGENCY and c.name)),
        people=tuple(dict.fromkeys(c.name for c in known if c.sort is Sort.PERSON and c.name)),
        wanted=wanted(kind, folded),
        kinds=kinds,
    )


_ASKS = re.compile(
    "|".join(words("question", "who"))
    + "|ไหน|ใด|อะไร|ชื่อ|กี่|เท่า(?:ไ|ใ)|เมื่อ(?:ไ|ใ)|ใคร|จำนวน|สถานที่|วันที่|หน่วยงาน|ประธาน|หัวโต๊ะ"
    + r"|who|which|what|when|where|howm|howl"
)
_BEFORE_OBJECTS, _BEFORE_SIDES = words("question", "before an object"), words("question", "before a side")
_FOCUS = 18.0
"""Letters over which a word's nearness to the question word fades to a third."""


def _focused(groups: Sequence[Group], folded: str) -> list[Group]:
    """The groups with how near each stands to the word that asks."""
    letters = "".join(folded.split())
    asks = [match.span() for match in _ASKS.finditer(letters)]
    if not asks:
        return list(groups)
    result = []
    for group in groups:
        surface = group.surfaces[0]
        at = letters.find(surface)
        if at < 0:
            result.append(group)
            continue
        end = at + len(surface)
        apart = min(max(0, start - end, at - stop) for start, stop in asks)
        result.append(
            replace(
                group,
                focus=math.exp(-apart / _FOCUS),
                as_object=letters[:at].endswith(_BEFORE_OBJECTS),
                as_side=letters[:at].endswith(_BEFORE_SIDES),
            )
        )
    return result


def _number(written: str) -> int:
    """The number of "สอง" or of "2"."""
    return _ORDINALS.index(written) + 1 if written in _ORDINALS else int(written)


def _numbered(match: re.Match[str]) -> tuple[str, ...]:
    """The other wordings of "รุ่นที่ 4"; "ครั้งที่ 4" has none."""
    return (f"รุ่นที่ {match[2]}", f"รุ่น {match[2]}") if match[1].startswith("รุ่น") else ()


def _english(group: Group, text: str) -> Group:
    """In an English question, a plain English word that no table translates is not what Thai news must hold."""
    word = group.alternatives[0][0]
    if len(group.alternatives) > 1 or not word.isascii() or not word.isalpha():
        return group
    written = re.search(rf"\b{re.escape(word)}\b", text, re.IGNORECASE)
    return group if written and written.group() != word else replace(group, core=False)


def _of_content(folded: str, mention: Mention, today: dt.date) -> bool:
    """Whether a year belongs to what is told and not to when: a law's, a goal's, one that is to come."""
    before = folded[max(0, mention.start - 16) : mention.start]
    if mention.precision != Precision.YEAR:
        return False
    return mention.first > today or bool(_CONTENT_OF_YEAR.search(before))


def _blank(text: str, stretches: list[tuple[int, int]]) -> str:
    """The text with the given stretches made spaces, so that positions stay."""
    for start, end in stretches:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=_REMEMBERED)
def _group(wordings: tuple[str, ...], sort: Sort | None, *, core: bool = True) -> Group:
    alternatives: list[tuple[str, ...]] = []
    surfaces: list[str] = []
    for wording in wordings:
        for form in _of_year(fold(wording)):
            found = tuple(terms(form))
            if found and found not in alternatives:
                alternatives.append(found)
                surfaces.append("".join(form.split()))
    return Group(tuple(alternatives), tuple(surfaces), core, sort)


def _of_year(folded: str) -> tuple[str, ...]:
    """A meeting's number of a year in both lengths: "5/63" and "5/2563"."""
    match = _OF_YEAR.match(folded)
    if not match:
        return (folded,)
    number, year = match.groups()
    other = year[2:] if len(year) == 4 else "25" + year
    return (folded, f"{number}/{other}")


def _groups(searched: str, whole: str) -> tuple[list[Group], list[Concept]]:
    """The groups of a question's text, in order, and the concepts that the tables know in it."""
    known = [c for c in concepts(whole) if searched[c.start : c.end].strip()]
    groups: list[tuple[int, int, Group]] = []
    for concept in known:
        wording = whole[concept.start : concept.end]
        core = not is_kind_word(wording.strip())
        group = _group((wording, *concept.alternatives), concept.sort, core=core)
        groups.append((concept.start, concept.end, group))
    remaining = _blank(searched, [(c.start, c.end) for c in known])
    for term, start, end in spans(remaining):
        core = not is_kind_word(term) and (len(term) > 1 or term.isdigit())
        groups.append((start, end, _group((term, *_without_prefix(term), *synonyms_of(term)), None, core=core)))
    groups.sort(key=lambda item: item[0])
    return _with_places([item for item in groups if item[2].alternatives]), known


_NOUN_OF = re.compile(r"การ(?=[ก-๎]{4,})")


def _without_prefix(term: str) -> tuple[str, ...]:
    """The verb of a noun such as "การอบรม": the news may write either."""
    match = _NOUN_OF.match(term)
    return (term[match.end() :],) if match else ()


_GOVERNOR = "ผู้ว่าราชการจังหวัด"
_PLACES_BEFORE_NAMES = frozenset(words("question", "place before a name"))


def _with_places(found: Sequence[tuple[int, int, Group]]) -> list[Group]:
    """The groups of stretches of a text, those that stand right after a word such as "อำเภอ" known as places.

    A governor is of a province: where the tables know none, the news must write that name as a province's.
    """
    groups = [group for _, _, group in found]
    for place, ((_, end, before), (start, _, group)) in enumerate(pairwise(found), 1):
        if start - end > 1 or group.sort is not None or not group.core or len(group.surfaces[0]) <= 3:
            continue
        if _GOVERNOR in before.surfaces:
            written = tuple(word + group.surfaces[0] for word in ("จังหวัด", "จ."))
            groups[place] = Group(group.alternatives[:1] * len(written), written, sort=Sort.PLACE)
        elif not _PLACES_BEFORE_NAMES.isdisjoint(before.surfaces):
            groups[place] = replace(group, sort=Sort.PLACE)
    return groups
