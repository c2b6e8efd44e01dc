"""The agency that speaks in an article, and agencies as texts and questions name them.

Names, official abbreviations and everyday aliases come from ``data/agencies.csv`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from retrieval.model import Article
from retrieval.tables import rows, several
from retrieval.thai.people import Person
from retrieval.thai.trie import pattern_of

PRIME_MINISTER_OFFICE = "สำนักนายกรัฐมนตรี"
_GOVERNMENT_HOUSE = re.compile(
    r"นายกรัฐมนตรี|คณะโฆษก|ทำเนียบ|ไทยคู่ฟ้า|รมตนร|รมต\.นร|ครม|Government News|Cabinet|Statements|สุนทรพจน์|ไทยคู่ฟ้า|ชี้แจงประเด็น|ถามให้ชัด"
)
_CREDIT = re.compile(
    r"^[^\n]*(?:ผู้นำเสนอ|ข่าวโดย|ที่มาข่าว|แหล่งข่าว|ฝ่ายข่าว|กลุ่ม(?:งาน)?ประชาสัมพันธ์|กอง(?:งาน)?(?:เผยแพร่|ประชาสัมพันธ์|โฆษก)|สำนักโฆษก|ศูนย์ประชาสัมพันธ์|ฝ่ายประชาสัมพันธ์|ส่วนประชาสัมพันธ์|สำนักงานประชาสัมพันธ์)[^\n]*$",
    re.MULTILINE,
)
_WRITER = re.compile(r"(?:เผยแพร่ข่าว|ข่าวโดย|ผู้นำเสนอ|ภาพ)\s*:?\s*(?:นาย|นาง|น\.ส\.)")
_BRACKETS = re.compile(r"^\s*[\[【(]\s*([^\]】)\n]{2,60})\s*[\]】)]")
_HASHTAG = re.compile(r"#\s?([ก-๎A-Za-z.]{2,60})")
_TAIL = 420
_LEAD = 500
_PROVINCE_POST = re.compile(r"(?:ผู้ว่าราชการ|ปลัด|พาณิชย์|วัฒนธรรม|เกษตร)จังหวัด\s?([ก-๎]{3,16})")


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named by ``text[start:end]``, by its full name ``name``."""

    start: int
    end: int
    name: str


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of everything that agencies are called, and the full name behind each."""
    full: dict[str, str] = {}
    long_names: list[str] = []
    short_names: list[str] = []
    for row in rows("agencies.csv"):
        name = row["name"]
        full[name] = name
        long_names.append(name)
    for row in rows("agencies.csv"):
        for other in (*several(row["abbreviations"]), *several(row["aliases"])):
            for form in {other, other.rstrip(".")} if other.endswith(".") and len(other) > 3 else {other}:
                if form in full or len(form) < 2:
                    continue
                full[form] = row["name"]
                (long_names if len(form) > 9 and not form.isascii() else short_names).append(form)
    pattern = pattern_of(long_names) + r"|(?<![ก-๎A-Za-z])(?:" + pattern_of(short_names) + r")(?![ก-๎A-Za-z])"
    return re.compile(pattern), full


def mentions(text: str) -> list[Mention]:
    """Agencies that a text names, in order, longest names first where they overlap."""
    pattern, full = _names()
    return [Mention(m.start(), m.end(), full[m.group()]) for m in pattern.finditer(text)]


@cache
def canonical(name: str) -> str:
    """The full name of an agency given by any of its names; the given words where the table does not know it."""
    plain = re.sub(r"\s+", " ", name).strip()
    _, full = _names()
    if plain in full:
        return full[plain]
    found = mentions(plain)
    return found[0].name if found and found[0].end - found[0].start >= len(plain) * 0.7 else plain


@cache
def parents() -> dict[str, str]:
    """The ministry (or other parent) of each agency that has one."""
    return {row["name"]: row["parent"] for row in rows("agencies.csv") if row["parent"]}


@cache
def names_of(name: str) -> tuple[str, ...]:
    """Every Thai name of an agency, by its full name; empty where the table does not know it."""
    for row in rows("agencies.csv"):
        if row["name"] == name:
            return (name, *several(row["abbreviations"]), *several(row["aliases"]))
    return ()


def source_agency(article: Article, speaker: Callable[[], Person | None]) -> str | None:
    """The agency whose news an article is.

    In order: the agency that the source gave, a credit line at the end, the headline's brackets, hashtags, the post of
    the lead's first speaker, the headline's own words, the first agency in the lead; news of Government House
    without any of these is the Office of the Prime Minister's.
    """
    if article.agency:
        return canonical(article.agency)
    return (
        _from_credit(article.body[-_TAIL:])
        or _from_brackets(article.title)
        or _from_hashtags(article.body[-_TAIL:])
        or _from_speaker(speaker())
        or _first(article.title)
        or _first(article.body[:_LEAD])
        or (PRIME_MINISTER_OFFICE if _GOVERNMENT_HOUSE.search(article.category or "") else None)
    )


def _first(text: str) -> str | None:
    found = mentions(text)
    return found[0].name if found else None


def _from_credit(tail: str) -> str | None:
    for match in _CREDIT.finditer(tail):
        line = match.group()
        if len(line) > 130 or _WRITER.search(line):
            continue
        if found := mentions(line):
            return found[-1].name
        if "สำนักโฆษก" in line:
            return "สำนักโฆษก"
    return None


def _from_brackets(title: str) -> str | None:
    match = _BRACKETS.match(title)
    return _first(match[1]) if match else None


def _from_hashtags(tail: str) -> str | None:
    _, full = _names()
    for match in _HASHTAG.finditer(tail):
        name = full.get(match[1])
        if name and not match[1].isascii():
            return name
    return None


def _from_speaker(speaker: Person | None) -> str | None:
    return agency_of_post(speaker.post) if speaker and speaker.post else None


def agency_of_post(post: str) -> str | None:
    """The agency that a post belongs to ("อธิบดีกรมการข้าว" -> กรมการข้าว)."""
    if re.match(r"(?:อดีต)?นายกรัฐมนตรี", post):
        return PRIME_MINISTER_OFFICE
    found = mentions(post)
    if found:
        return found[0].name
    if match := _PROVINCE_POST.match(post):
        return "จังหวัด" + match[1]
    return PRIME_MINISTER_OFFICE if re.match(r"รองนายกรัฐมนตรี|รองนายกฯ|นายกฯ", post) else None
