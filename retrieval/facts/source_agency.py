"""The agency whose news an article is."""

from __future__ import annotations

import re
from collections.abc import Callable

from retrieval.gazetteer.agencies import PRIME_MINISTER_OFFICE, canonical, first_mention, full_name, mentions
from retrieval.model import Article
from retrieval.thai.people import Person

_GOVERNMENT_HOUSE = re.compile(
    r"นายกรัฐมนตรี|คณะโฆษก|ทำเนียบ|รมต\.?นร|รอง นรม|ครม|Government News|Cabinet|Statements|สุนทรพจน์"
    r"|ชี้แจงประเด็น|ถามให้ชัด"
)
"""Rubrics of the news that Government House itself writes."""
_SECRETARIAT = "สำนักเลขาธิการนายกรัฐมนตรี"
_SECRETARIAT_RUBRIC = re.compile("ไทยคู่ฟ้า|เสียงจากใจ")
"""Rubrics of the Secretariat's own channels: radio, LINE and television."""
_CREDIT = re.compile(
    r"ผู้นำเสนอ|ข่าวโดย|ที่มาข่าว|แหล่งข่าว|ฝ่ายข่าว|สนับสนุนเนื้อหา|กลุ่ม(?:งาน)?(?:ประชาสัมพันธ์|เผยแพร่)"
    r"|กอง(?:งาน)?(?:เผยแพร่|ประชาสัมพันธ์|โฆษก|สื่อสาร)|สำนักโฆษก|ศูนย์ประชาสัมพันธ์|ฝ่ายประชาสัมพันธ์"
    r"|ส่วนประชาสัมพันธ์|สำนักงานประชาสัมพันธ์"
)
"""What makes a short line at the end a credit."""
_LONGEST_CREDIT = 130
_WRITER = re.compile(r"(?:เผยแพร่ข่าว|ข่าวโดย|ผู้นำเสนอ|ภาพ)\s*:?\s*(?:นาย|นาง|น\.ส\.)")
_SPOKESPERSONS_BUREAU = "สำนักโฆษก"
_BRACKETS = re.compile(r"\s{0,5}[\[【(]\s{0,5}([^\]】)\n]{2,60})[\]】)]")
_HASHTAG = re.compile(r"#\s?([ก-๎A-Za-z.]{2,60})")
_SHORTEST_HASHTAG = 8
"""Letters of a hashtag that names an agency of its own; "#ศรส" is a campaign, but "#พม" a ministry."""
_TAIL = 420
_LEAD = 500
_FAR = 6_000
_PREFIX = 4
"""Characters (quotation marks and the like) that may stand before the agency that a text begins with."""
_PROVINCE_POST = re.compile(r"(?:รอง)?(?:ผู้ว่าราชการ|ปลัด|พาณิชย์|วัฒนธรรม|เกษตร)จังหวัด\s?([ก-๎]{3,16})")
_ACTING = re.compile("(?:รักษาราชการแทน|ปฏิบัติราชการแทน)")
_MINISTER = re.compile(r"(?:รมว|รมช|ผช\.?\s?รมว|รัฐมนตรี(?:ช่วย)?ว่าการ)\.?\s?(?:กระทรวง)?")


def source_agency(article: Article, speaker: Callable[[], Person | None]) -> str | None:
    """The agency whose news an article is; ``speaker`` finds who speaks in its lead, and is asked only if need be.

    In order: the agency that the source gave, a credit line at the end, the headline's brackets, hashtags, the agency
    that headline and text both begin with, the speaker's post, the headline's own words, the first agency in the
    text.  News of Government House without a credit or a ministry's speaker is the Office of the Prime Minister's, that
    of the Secretariat's channels the Secretariat's.
    """
    if article.agency:
        return canonical(article.agency)
    tail = article.body[-_TAIL:]
    told = _from_credit(tail) or _from_brackets(article.title) or _from_hashtags(tail)
    if told:
        return told
    rubric = article.category or ""
    if _SECRETARIAT_RUBRIC.search(rubric):
        return _SECRETARIAT
    if _GOVERNMENT_HOUSE.search(rubric):
        spoken = _from_speaker(speaker())
        return spoken if spoken and spoken.startswith("กระทรวง") else PRIME_MINISTER_OFFICE
    title = first_mention(article.title)
    headed = title.name if title and title.start <= _PREFIX else None
    if headed and (lead := first_mention(article.body[:_LEAD])) and lead.start <= _PREFIX and headed == lead.name:
        return headed
    spoken = _from_speaker(speaker())
    if spoken and (spoken != PRIME_MINISTER_OFFICE or title is None):
        return spoken
    found = title or first_mention(article.body[:_LEAD]) or first_mention(article.body[_LEAD:_FAR])
    return found.name if found else spoken


def _from_credit(tail: str) -> str | None:
    if not _CREDIT.search(tail):
        return None
    for line in tail.split("\n"):
        if len(line) > _LONGEST_CREDIT or not _CREDIT.search(line) or _WRITER.search(line):
            continue
        if found := mentions(line):
            return found[-1].name
        if _SPOKESPERSONS_BUREAU in line:
            return _SPOKESPERSONS_BUREAU
    return None


def _from_brackets(title: str) -> str | None:
    match = _BRACKETS.match(title)
    found = first_mention(match[1]) if match else None
    return found.name if found else None


def _from_hashtags(tail: str) -> str | None:
    for match in _HASHTAG.finditer(tail):
        name = full_name(match[1])
        if name and not match[1].isascii() and (len(match[1]) >= _SHORTEST_HASHTAG or name.startswith("กระทรวง")):
            return name
    return None


def _from_speaker(speaker: Person | None) -> str | None:
    return agency_of_post(speaker.post) if speaker and speaker.post else None


def agency_of_post(post: str) -> str | None:
    """The agency that a post belongs to ("อธิบดีกรมการข้าว" -> กรมการข้าว); of an acting post, that one's."""
    acting = _ACTING.search(post)
    if acting and (found := agency_of_post(post[acting.end() :])):
        return found
    if re.match(r"(?:อดีต)?นายกรัฐมนตรี", post):
        return PRIME_MINISTER_OFFICE
    minister = _MINISTER.match(post)
    if minister and (ministry := first_mention("กระทรวง" + post[minister.end() :])) and ministry.start == 0:
        return ministry.name
    if found_first := first_mention(post):
        return found_first.name
    if match := _PROVINCE_POST.match(post):
        return "จังหวัด" + match[1]
    return PRIME_MINISTER_OFFICE if re.match(r"รองนายกรัฐมนตรี|รองนายกฯ|นายกฯ", post) else None
