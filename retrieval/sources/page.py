"""A page saved as text: whatever stands above the news, the news, and whatever stands below it.

No two sites lay a page out alike, so the rules are about what kinds of lines there are: the lines before the
first paragraph are sorted into date, agency, headline, the site's or owner's name and the site's own words; from
the comment form or the list of other news on, nothing is news.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from retrieval.model import Article
from retrieval.sources.reader import Reader, Text, Unreadable, first_words
from retrieval.thai.dates import Precision, article_dates
from retrieval.thai.text import clean

_PARAGRAPH = 200
"""A line of so many characters is taken for running text, if no headline could be as long."""
_FEWEST_LETTERS = 60
_LONGEST_AGENCY = 70
_ALIKE = 0.6
"""A line above the text is its headline if it shares that much of what the best of them shares with the text."""

_LETTER = re.compile(r"[^\W\d_]")
_DATE_WORDS = re.compile(
    r"วัน(?:จันทร์|อังคาร|พุธ|พฤหัสบดี|พฤหัสฯ?|ศุกร์|เสาร์|อาทิตย์)?(?:ที่)?|พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|เวลา|น\.|โพสต์|เผยแพร่"
    r"|ประกาศ|เมื่อ|ข่าว|ลง|สร้าง|แก้ไข|ปรับปรุง|ล่าสุด|Posted|Published|Updated|Date|Last|on|at"
    r"|Mon(?:day)?|Tue(?:sday)?|Wed(?:nesday)?|Thu(?:rsday)?|Fri(?:day)?|Sat(?:urday)?|Sun(?:day)?",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    r"(?:สำนัก|กรม|กระทรวง|ทบวง|กอง|ศูนย์|จังหวัด|เทศบาล|องค์การ|สถาบัน|คณะกรรมการ|มหาวิทยาลัย|โรงพยาบาล|การ(?:ไฟฟ้า|ประปา|รถไฟ|ท่าเรือ)"
    r"|Ministry of|Department of|Office of)\S*(?: \S+){0,5}"
)
_DOES_SOMETHING = re.compile(r"เปิด|จัด|ร่วม|เผย|แถลง|ประชุม|มอบ|ชี้|ลง|เตรียม|สั่ง|ย้ำ|เร่ง|แจ้ง|ประกาศ|เตือน|ขอ|ให้|[!?]")
_CREDIT_AFTER = re.compile(r"(?:ผู้)?สนับสนุนเนื้อหา")
_CREDIT = re.compile(
    r"(?:แหล่ง)?(?:ที่มา|ข่าวโดย|ข้อมูลโดย|ข่าว/ภาพ|ภาพ/ข่าว|สนับสนุนเนื้อหาโดย|Source|Credit)(?:ข่าว|ของข่าว|ข้อมูล)? ?[:：]? ?(.+)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"https?://\S+")


def _any_of(*patterns: str) -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(patterns)})", re.IGNORECASE)


_SITE_WORDS = _any_of(
    r"หน้า(?:แรก|หลัก)|home|เมนู|menu|ค้นหา|search|ไทย|english|th|en|skip to .*|ข้ามไป.*",
    r"เข้าสู่ระบบ|log ?in|สมัครสมาชิก|register|แชร์|share|tweet|facebook|twitter|line|youtube|instagram",
    r"พิมพ์(?:หน้านี้)?|print|ขนาดตัวอักษร.{0,20}|อ่าน(?:แล้ว)? ?[\d,]* ?(?:ครั้ง)?|เข้าชม.{0,20}",
    r"[\d,.]+ ?(?:k ?)?(?:views?|วิว|ครั้ง|คน)|ข่าว(?:ประชาสัมพันธ์|เด่น|ล่าสุด|ทั่วไป|ทั้งหมด)?",
    r"[\W\d_]+|.+[>»›|].+[>»›|].+",
)
_AFTER_NEWS = _any_of(
    r"(?:\d+|ไม่มี|no)? ?(?:ความคิดเห็น|comments?) ?:?|(?:ร่วม)?แสดงความ(?:คิด)?เห็น.{0,20}",
    r"post a comment|leave a (?:reply|comment).*|(?:newer|older) posts?|related (?:news|posts?|articles?).{0,20}",
    r"บทความ(?:ที่)?(?:ใหม่กว่า|เก่ากว่า|อื่น).*|ป้ายกำกับ ?:.*|(?:tags?|แท็ก) ?:.*|(?:เขียนโดย|posted by).{0,80}",
    r"(?:ข่าว|เรื่อง|เนื้อหา|บทความ)(?:อื่น|ที่เกี่ยวข้อง|ที่น่าสนใจ|ยอดนิยม|แนะนำ|ล่าสุด).{0,20}",
    r"อ่าน(?:ข่าว|เพิ่มเติม|ต่อ).{0,40}|(?:กลับ)?(?:หน้าแรก|หน้าหลัก|ด้านบน)|(?:สมัครสมาชิก|subscribe).{0,40}",
    r"(?:copyright|©|สงวนลิขสิทธิ์|ลิขสิทธิ์ ?©).*|(?:แชร์|share).{0,30}",
)


@dataclass(slots=True)
class _Head:
    """What the lines above the text turned out to be; ``others`` are candidates for the headline, in order."""

    published: date | None = None
    agency: str | None = None
    url: str | None = None
    others: list[str] = field(default_factory=list)


def _read(text: Text) -> Iterator[Article]:
    lines = clean(text.content).split("\n")
    if len(_LETTER.findall(text.content[:5000])) < _FEWEST_LETTERS:
        raise Unreadable("The file holds too little text to be a news item with a headline and a body.")
    start = _first_paragraph(lines)
    tail = next((i for i in range(start + 1, len(lines)) if _AFTER_NEWS.fullmatch(lines[i])), len(lines))
    body = lines[start:tail]
    head = _sort(lines[:start])
    title, owner, rest = _headline(head.others, "".join(body))
    credit = _credit_at_end(body)
    yield Article(
        title=title or first_words(body[0]),
        body="\n".join(rest + body),
        published=head.published,
        agency=head.agency or credit,
        publisher=owner,
        url=head.url,
        source_file=text.place,
    )


def _first_paragraph(lines: list[str]) -> int:
    """Number of the line with which the running text begins."""
    long = [i for i, line in enumerate(lines) if len(line) >= _PARAGRAPH and _day(line) is None]
    if long:
        # A headline may be long itself; the text is then what is longer still, right below it.
        first = long[0]
        following = len(lines[first + 1]) if first + 1 < len(lines) else 0
        return first + 1 if len(lines[first]) < following / 3 else first
    news = [i for i, line in enumerate(lines) if not _AFTER_NEWS.fullmatch(line) and not _SITE_WORDS.fullmatch(line)]
    return max(news, key=lambda i: len(lines[i]), default=0)


def _sort(lines: list[str]) -> _Head:
    head = _Head()
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else ""
        day = _day(line)
        credit = _CREDIT.fullmatch(line)
        address = _ADDRESS.search(line) if len(line) < 300 else None
        if address:
            head.url = head.url or address[0]
        elif day:
            head.published = head.published or day
        elif _CREDIT_AFTER.fullmatch(line):
            continue
        elif _CREDIT_AFTER.fullmatch(following):
            head.agency = line
        elif credit and len(line) <= _LONGEST_AGENCY:
            head.agency = head.agency or credit[1].strip()
        elif _is_agency(line):
            head.agency = head.agency or line
        elif not _SITE_WORDS.fullmatch(line) and line not in head.others:
            head.others.append(line)
    return head


def _day(line: str) -> date | None:
    """The day that a line names, if it names nothing else."""
    if len(line) > 80:
        return None
    days = [m for m in article_dates(line, near=None) if m.precision == Precision.DAY]
    if not days:
        return None
    around = line[: days[0].start] + line[days[0].end :]
    return days[0].first if len(_LETTER.findall(_DATE_WORDS.sub("", around))) <= 3 else None


def _is_agency(line: str) -> bool:
    return len(line) <= _LONGEST_AGENCY and bool(_AGENCY.fullmatch(line)) and not _DOES_SOMETHING.search(line)


def _headline(lines: list[str], body: str) -> tuple[str | None, str | None, list[str]]:
    """The headline, the owner's name above it, and the lines below it that belong to the text.

    The headline speaks of what the text speaks of; the name of a site or of its owner does not.
    """
    if not lines:
        return None, None, []
    pieces = _pieces(body[:3000])
    shares = [len(_pieces(line) & pieces) / (len(_pieces(line)) or 1) for line in lines]
    best = max(shares)
    at = next(i for i, share in enumerate(shares) if share >= _ALIKE * best)
    owner = lines[at - 1] if at else None
    return lines[at], owner, lines[at + 1 :]


def _pieces(line: str) -> set[str]:
    return {line[i : i + 4] for i in range(max(len(line) - 3, 1))}


def _credit_at_end(body: list[str]) -> str | None:
    for line in body[-3:]:
        credit = _CREDIT.fullmatch(line) if len(line) <= _LONGEST_AGENCY + 10 else None
        if credit and _is_agency(credit[1].strip()):
            return credit[1].strip()
    return None


READER = Reader("page", lambda text: True, _read)
