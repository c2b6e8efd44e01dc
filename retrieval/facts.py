"""What an article states, read once when it is stored: the day of the event, the agency that speaks, who presided.

A statement is found from its verb ("เป็นประธาน", "กล่าวเปิด", "chaired") and its subject is looked for to the left:
the nearest person who is not merely represented, thanked or accompanied.  Wordings that speak of an office
("ประธานสภา") or of a wish ("ขอเรียนเชิญ") are told apart from what happened.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from retrieval.agencies import source_agency
from retrieval.model import Article, Fact, FactKind
from retrieval.thai.dates import Mention, article_dates
from retrieval.thai.hints import hinted
from retrieval.thai.people import Person, monks, people

_LEAD = 700
"""Characters of the body in which the day of the event and the speaker are looked for first."""
_REACH = 420
"""How far to the left of its verb, in characters, a subject may begin."""
_EVENT = 260
"""Characters after the verb that tell of the event."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What :func:`read` found in an article; every part may be missing."""

    event_date: dt.date | None
    agency: str | None
    facts: tuple[Fact, ...]


def read(article: Article) -> Reading:
    """Everything that is read from an article once, at ingest."""
    lead = article.body[:_LEAD]
    speakers = people(lead)
    dates = article_dates(lead, near=article.published)
    day = event_date(dates, article)
    return Reading(day, source_agency(article, speakers), chaired(article, day))


def event_date(dates: Sequence[Mention], article: Article) -> dt.date | None:
    """The day an article tells of: the first day it names near its publication, else its publication.

    News is told within a few weeks of the event; a day that lies further off is somebody's birthday, the start
    of a project or a slip of the year.  A day to come counts when no past day is named.
    """
    published = article.published
    if published is None:
        return dates[0].first if dates else None
    past = [m.first for m in dates if -60 <= (m.first - published).days <= 1]
    future = [m.first for m in dates if 1 < (m.first - published).days <= 90]
    return (past or future or [published])[0]


_CHAIR = re.compile(r"ป(?:ระ|ร|ะ)ธา[นณ](?!าธิบดี)|หัวโต๊ะ")
_ACTING = re.compile(
    r"(?:เป็น|นั่ง|ทำหน้าที่|ปฏิบัติหน้าที่|ทำหน้าที่เป็น|ให้เกียรติ|รับหน้าที่|ร่วม|มี|โดย|แทนพระองค์ไปใน|ในฐานะ(?=องค์))\s*(?:องค์|ตัวแทน|คู่)?\s*$"
)
_PLANNED = re.compile(r"จะ|เชิญ|กำหนดการ|เตรียม|มีกำหนด|to be|will")
_OFFICE_BEFORE = re.compile(r"(?:ในฐานะ|รอง|อดีต|ของ|ต่อ|ท่าน|ที่ปรึกษา|ตำแหน่ง|ผู้แทน|ให้|กับ|แก่|พบ|เลือก)\s*$")
_OFFICE_AFTER = re.compile(
    r"\s?(?:กรรมการ|คณะ|อนุกรรมการ|กรรมาธิการ|กมธ|สภา|มูลนิธิ|บริษัท|หอการค้า|องคมนตรี|ชมรม|เครือข่าย|กลุ่ม|เจ้าหน้าที่|อาเซียน|แม่บ้าน|บอร์ด"
    r"|กองทุน|สมาคม|ศาล|วุฒิ|รัฐสภา|สหภาพ|บริหาร|สหกรณ์|วิสาหกิจ|เอเปค|สมัชชา|ธนาคาร|ก\.|ป\.|กกต|สมาพันธ์|ชุมชน|อสม|ยุทธศาสตร์)"
)
_ROLE_AFTER = re.compile(
    r"\s?(?:ฯ|ใน|การ(?:ประชุม|เปิด|ปิด|แถลง|มอบ|ลงนาม|จัด|อบรม|สัมมนา|ฝึก|แข่งขัน|ประกวด|ปล่อย|หารือ)|เปิด|ปิด|พิธี|งาน|ประชุม|กล่าว|มอบ|ร่วม|ฝ่าย|และ|แถลง|ลงนาม|ปล่อย|นำ|วาง|ถวาย|อัญเชิญ|สักขี|จุด|ทอด|บำเพ็ญ|สงฆ์|ตรวจ|ตัด|ปล่อย|พร้อม|โครงการ|กิจกรรม|ประกอบ|โดย|เพื่อ|ณ|,|$|\n|\))"
)
_OPENING = re.compile(
    r"(?:กล่าวเปิด|กล่าวต้อนรับและเปิด|กดปุ่ม(?:เพื่อ)?เปิด|ทำพิธีเปิด|ลั่นฆ้อง\S{0,6}เปิด|ตัดริบบิ้น|(?:ร่วม)?(?:เปิดงาน|เปิดการประชุม|เปิดการสัมมนา|เปิดโครงการ|เปิดกิจกรรม|เปิดอาคาร|เปิดศูนย์|เปิดการอบรม|เปิดการฝึกอบรม))"
)
_OPENING_HINT = re.compile("เปิด|ตัดริบบิ้น")
_ENGLISH_HINT = re.compile("chair|presid|opened|opening")
_ENGLISH_CHAIR = re.compile(
    r"\b(?:chaired?|chairs|presid(?:ed|es|e) over|presid(?:ed|es) at|officially opened|delivered (?:an )?opening)\b"
)
_REPRESENTED = re.compile(
    r"(?:ได้?รับมอบหมายจาก|รับมอบ(?:หมาย)?จาก|มอบหมายจาก|(?<!ผู้)แทน(?:พระองค์)?|ในนาม|ผู้แทน(?:ของ)?|ต้อนรับ|พบกับ|ภริยา|คู่สมรส|ตามที่|ร่วมกับ|หารือกับ|คารวะ|อำลา|บัญชาของ|นโยบายของ|การนำของ)\s*$"
)
_ACCOMPANIED = re.compile(r"(?:พร้อมด้วย|พร้อม|ร่วมด้วย|และคณะ|ร่วมกับ|นำโดย)\s*$")
_JOINED = re.compile(r"\s*(?:และ|กับ|ร่วมกับ)\s*$")
_CLOSED = re.compile(r"\s?(?:ใน|พิธี|การ)*\s?ปิด")
_NAMED_AFTER = re.compile(r"\s*(?:ในพิธี|เปิดงาน|การประชุม|พิธีเปิด)?\s*(?:คือ|ได้แก่|โดย|:)?\s*$")
_SENTENCE = re.compile(r"\n|(?<=[ก-๎]) {2,}|(?<=\.) (?=[A-Z])")
PLACE = re.compile(
    r"(?<![ก-๎])(?:ณ|ที่)\s?(?P<place>(?:ห้อง|โรงแรม|อาคาร|ศูนย์|ศาล|หอ|โรงเรียน|มหาวิทยาลัย|วัด|ทำเนียบ|กระทรวง|กรม|สำนัก|สนาม|ลาน|สถาบัน|สถานี|ท้อง|เวที|อุทยาน|ท่า|โรงพยาบาล|ตึก|สวน|บริเวณ|พระ|เมือง|อิมแพ็ค|ไบเทค|จังหวัด|อำเภอ|ตำบล|บ้าน|เทศบาล|ที่ว่าการ|รร\.|รพ\.|จ\.|อ\.|ต\.|ค่าย|หน่วย|โถง|ฮอลล์|แหล่ง|ชุมชน|สหกรณ์|เขื่อน|สะพาน|ถนน|ชายหาด|หาด|เกาะ|ตลาด|ห้าง|เซ็นทรัล|พิพิธภัณฑ์|หอประชุม|สโมสร|ด่าน|ไร่|นิคม|พุทธ|มณฑล|ปะรำ|สำนักงาน|คลัง|บริษัท|วิทยาลัย|สมาคม|ค.|Hall|ไอคอน|สยาม|พารากอน)[^\n]{2,110}?)"
    r"(?=\s+(?:โดย|เมื่อ|เพื่อ|พร้อม|ซึ่ง|และ|เวลา|นาย|นาง|พล|ดร|ว่า|มี|ทั้งนี้|ผู้|กับ|ใน|รัฐ|รอง|ปลัด|อธิบดี|หัวหน้า|จาก|เข้า|ประกอบ|ผ่าน|กระทรวง|กรม|เป็น|ได้|จัด|ร่วม|การ|ให้|สำหรับ|ที่ประชุม|วันที่|ระหว่าง|หลัง)|\n|$|\()"
)


def chaired(article: Article, day: dt.date | None) -> tuple[Fact, ...]:
    """Who presided over or opened what, by this article.

    Statements of the same person about overlapping text are told once; what an office's name contains is left out.
    """
    body = article.body
    anchors = _anchors(body)
    if not anchors:
        return ()
    named = people(body)
    clergy = monks(body) if "พระ" in body else []
    facts: list[Fact] = []
    for kind, start, end in anchors:
        subjects = _subjects(body, named, clergy, start, end)
        if not subjects:
            continue
        begin = min(start, *(p.start for p in subjects))
        stop = max(_event_end(body, end), *(p.end for p in subjects))
        told = max(p.end for p in subjects)
        when = _date_before(body, begin, end, stop, article.published) or day
        place = PLACE.search(body, max(0, begin - 160), stop)
        name = " และ ".join(_full(p, named).name for p in sorted(subjects, key=lambda p: p.start))
        fact = Fact(
            kind=kind,
            person=name,
            position=_post(subjects[0], named),
            event=body[end:stop].strip(" \n,"),
            start=begin,
            end=stop,
            date=when,
            place=place["place"].strip() if place else None,
            planned=bool(_PLANNED.search(body, told, start)) if told < start else False,
        )
        if not any(f.person == fact.person and f.start <= fact.start < f.end and f.kind == fact.kind for f in facts):
            facts.append(fact)
    return tuple(facts)


def _anchors(body: str) -> list[tuple[FactKind, int, int]]:
    """Where the text says that somebody presided: kind, start and end of the wording."""
    found: list[tuple[FactKind, int, int]] = []
    for match in _CHAIR.finditer(body):
        before, after = body[max(0, match.start() - 60) : match.start()], body[match.end() : match.end() + 40]
        acting = _ACTING.search(before)
        if match.group() == "หัวโต๊ะ" and not acting:
            continue
        if not acting and (_OFFICE_BEFORE.search(before) or not re.match(r"\s?(?:ในพิธี|เปิด|ปิด|ในการ|การประชุม)", after)):
            continue
        if acting and acting.group().strip().endswith(("มี", "โดย", "ร่วม")) and not _ROLE_AFTER.match(after):
            continue
        if _OFFICE_AFTER.match(after):
            kind = FactKind.HELD
        elif _CLOSED.match(after):
            kind = FactKind.CLOSED
        else:
            kind = FactKind.CHAIRED
        begin = match.start() - (len(before) - acting.start() if acting else 0)
        found.append((kind, begin, match.end()))
    for pattern, hint, reach in ((_OPENING, _OPENING_HINT, 25), (_ENGLISH_CHAIR, _ENGLISH_HINT, 30)):
        for match in hinted(pattern, hint, body, reach):
            if all(abs(match.start() - start) > 45 for _, start, _ in found):
                kind = FactKind.OPENED if pattern is _OPENING else FactKind.CHAIRED
                found.append((kind, match.start(), match.end()))
    found.sort(key=lambda anchor: anchor[1])
    return found


def _subjects(body: str, named: list[Person], clergy: list[Person], start: int, end: int) -> list[Person]:
    """The person who presided, with whoever presided beside him; empty where none is named."""
    after = re.match(r"\s?ฝ่าย\s?(\S+)", body[end : end + 20])
    candidates = [p for p in named if p.end <= start and start - p.start <= _REACH]
    near = [m for m in clergy if m.end <= start and start - m.start <= 160]
    if near and (not candidates or near[-1].start > candidates[-1].start):
        gap = body[near[-1].end : start]
        if (
            (after and after[1].startswith("สงฆ์"))
            or len(gap) < 25
            or (near[-1].post and near[-1].post_end >= start - 8)
        ):
            return [near[-1]]
    paragraph = body.rfind("\n", 0, start) + 1
    inside = [p for p in candidates if p.start >= paragraph]
    while inside:
        person = inside[-1]
        lead_in = body[max(0, person.start - 28) : person.start]
        gap = body[person.end : start]
        if _REPRESENTED.search(lead_in) or _too_far(gap, person, start):
            inside.pop()
            continue
        if (
            _ACCOMPANIED.search(lead_in)
            and len(inside) > 1
            and not _too_far(body[inside[-2].end : start], inside[-2], start)
        ):
            # "A พร้อมด้วย B เป็นประธาน": A presided, B stood beside.
            inside.pop()
            continue
        subjects = [person]
        if len(inside) > 1 and _JOINED.search(lead_in):
            other = inside[-2]
            joint = body[max(other.end, other.post_end) : person.start]
            if _JOINED.fullmatch(joint) and not _REPRESENTED.search(body[max(0, other.start - 28) : other.start]):
                subjects.append(other)
        return subjects
    following = [p for p in named if p.start >= end and p.start - end <= 30]
    if following and _NAMED_AFTER.fullmatch(body[end : following[0].start]):
        return [following[0]]
    return _from_post(body, named, start)


def _too_far(gap: str, person: Person, start: int) -> bool:
    """Whether the words between a person and the verb belong to somebody or something else."""
    rest = gap[max(0, person.post_end - person.end) :]
    if len(rest) > 240:
        return True
    if re.search(r"เข้าร่วม(?:ประชุม|งาน|พิธี|กิจกรรม|เป็นเกียรติ)|ร่วมเป็นเกียรติ|ให้การต้อนรับ|กล่าวรายงาน|กล่าวว่า[^\n]{60,}", rest):
        return True
    return bool(
        re.search(
            r"(?:โดย|ซึ่ง)?มี\s?(?:รองนายกรัฐมนตรี|นายกรัฐมนตรี|รัฐมนตรี|รมว|รมช|ปลัด|อธิบดี|ผู้ว่าราชการ)\S{0,60}\s*(?:\(\S+\)\s*)?$",
            rest,
        )
    )


_POST_ONLY = re.compile(
    r"(?P<post>(?:รอง|ผู้ช่วย)?(?:นายกรัฐมนตรี|นายกฯ|นรม\.|รมว\.\S{1,12}|รมช\.\S{1,12}|ปลัด(?:กระทรวง)?\S{0,30}|อธิบดี\S{0,30}|ผวจ\.?\S{0,16}|ผู้ว่าราชการจังหวัด\S{0,16}|รัฐมนตรีว่าการ\S{0,50}|รองปลัด\S{0,30}|ตน))\s*(?:ได้|ร่วม|มา)*\s*$"
)


def _from_post(body: str, named: list[Person], start: int) -> list[Person]:
    """The person who is meant by a post alone ("นายกรัฐมนตรีเป็นประธาน"), named elsewhere in the article."""
    match = _POST_ONLY.search(body[max(0, start - 90) : start])
    complete = [p for p in named if p.complete]
    if match is None or not complete:
        return []
    post = match["post"]
    if post == "ตน":
        before = [p for p in complete if p.end <= start]
        return before[:1]
    wanted = _plain_post(post)
    for person in complete:
        if person.post and _plain_post(person.post).startswith(wanted):
            return [replace(person, start=max(0, start - len(match.group())), end=start)]
    return []


def _plain_post(post: str) -> str:
    """A post in the form that two ways of writing it share."""
    post = re.sub(r"[\s.ฯ]|\(.*?\)", "", post)
    for short, full in (
        ("นรม", "นายกรัฐมนตรี"),
        ("รมว", "รัฐมนตรีว่าการกระทรวง"),
        ("รมช", "รัฐมนตรีช่วยว่าการกระทรวง"),
        ("ผวจ", "ผู้ว่าราชการจังหวัด"),
    ):
        if post.startswith(short):
            post = full + post[len(short) :]
    return "นายกรัฐมนตรี" if post == "นายก" else post


def _full(person: Person, named: Sequence[Person]) -> Person:
    """The same person where the article gives the whole name ("นายสมศักดิ์ฯ" is นายสมศักดิ์ with his surname)."""
    if person.complete:
        return person
    return next((p for p in named if p.complete and p.first == person.first), person)


def _post(person: Person, named: Sequence[Person]) -> str | None:
    """His post beside the name, or where the article first tells it."""
    if person.post:
        return person.post
    first = person.first
    return next((p.post for p in named if p.post and p.first == first), None)


def _event_end(body: str, end: int) -> int:
    stop = _SENTENCE.search(body, end, min(len(body), end + _EVENT))
    if stop:
        return stop.start()
    limit = min(len(body), end + _EVENT)
    if limit < len(body):
        space = body.rfind(" ", end + 40, limit)
        limit = space if space > 0 else limit
    return limit


def _date_before(body: str, begin: int, end: int, stop: int, published: dt.date | None) -> dt.date | None:
    """The day named in the same paragraph before the person, or after the verb."""
    left = max(body.rfind("\n", 0, begin) + 1, begin - 260)
    for text, pick in ((body[left:end], -1), (body[end:stop], 0)):
        dates = article_dates(text, near=published)
        if dates:
            day = dates[pick].first
            if published is None or -400 <= (day - published).days <= 200:
                return day
    return None
