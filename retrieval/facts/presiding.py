"""Who presided over what, by an article's own words.

A statement is found from its verb ("เป็นประธาน", "กล่าวเปิด", "chaired") and its subject is looked for to the left:
the nearest person who is not merely represented, thanked or accompanied.  Wordings that speak of an office
("ประธานสภา", a committee "ที่มีนาย ก เป็นประธาน") or of what is to come ("ขอเรียนเชิญ", "จะเป็นประธาน") are told apart
from what happened.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from retrieval.facts.event_day import told
from retrieval.facts.participants import REACH, Participants, names_of_post, plain_post, says
from retrieval.facts.triggers import Trigger, title_trigger, triggers
from retrieval.gazetteer.tables import words
from retrieval.model import Article, Fact, FactKind
from retrieval.thai.people import Person, english_person, monks, people, royals
from retrieval.thai.places import PLACE

_NEAR = 160
"""How far to the left of its verb a monk is looked for, who is named without a title."""
_NEAR_GAP = 25
_ROYAL_REACH = 3_000
"""How far back "พระองค์" may point, in characters."""
_BESIDE = 3
_EVENT = 260
"""Characters after the verb that tell of the event."""
_GAP = 240
"""Characters that may stand between a person's post and the verb."""
_LEAD = 700

_REPRESENTED = re.compile(
    r"(?:รับมอบหมายจาก|รับมอบ(?:หมาย)?จาก|มอบหมายจาก|(?<!ผู้)แทน(?:พระองค์)?|ในนาม|ผู้แทน(?:ของ)?|ต้อนรับ|พบกับ|ภริยา|คู่สมรส|หารือกับ"
    r"|คารวะ|อำลา|บัญชาของ|นโยบายของ|การนำของ|ข้อสั่งการของ|รายงานต่อ|เสนอต่อ|รัฐบาลโดย|ขอบคุณ)\s*$"
)
_WITH = re.compile(r"[\s,]*(?:พร้อมด้วย|พร้อม|ร่วมด้วย|และคณะ)[\s,]*")
_AND = re.compile(r"[\s,]*(?:และ|กับ|ร่วมกับ)[\s,]*")
_LIST = re.compile(r"[\s,]*")
_ATTENDED = re.compile(
    r"เข้าร่วม(?:การ)?(?:ประชุม|งาน|พิธี|กิจกรรม|เป็นเกียรติ)|ร่วมเป็นเกียรติ|ให้การต้อนรับ|กล่าวรายงาน|กล่าวว่า[^\n]{60}|ร่วมงาน"
    r"|(?<!โดย)มี ?$"
)
_INVITED = re.compile(r"(?:เชิญ(?!ชวน)|จะ(?:มี|ได้รับ)(?:เกียรติจาก|เกียรติ)?|กำหนดการ|เตรียม)[^\n]{0,30}$")
_TO_COME = re.compile(
    r"จะ(?!เชิงเทรา|บังติกอ|แนะ|นะ|กร้า)|เชิญ(?!ชวน)|กำหนดการ|เตรียม(?!ความพร้อม|การ)|มีกำหนด|\bwill\b|\bto be\b|scheduled to"
)
_TOMORROW = re.compile("พรุ่งนี้|tomorrow")
_NAMED_AFTER = re.compile(r"\s*(?:ในพิธี|เปิดงาน|การประชุม|พิธีเปิด|ในการประชุม)?\s*(?:คือ|ได้แก่|โดย|:)?\s*")
_COUNTRY = re.compile(
    r"(?:(?<![ก-๎.])|(?<!แห่ง)(?<!ประจำ)(?<!ใน)ประเทศ)"
    rf"(?:{'|'.join(words('presiding', 'country'))})(?:ได้|จะ)?\s*$"
)
_SELF = re.compile(
    r"(?<![ก-๎])(?:ตน(?:เอง)?|ผม|ดิฉัน|กระผม|ข้าพเจ้า)(?:ได้|มา|ไป|เดินทาง|รับเกียรติ|ให้เกียรติ|มีโอกาส|ยัง|ก็|\s)*$"
    r"|(?:ว่า|ให้|นี้|วานนี้|โดย)ตน(?:เอง)?(?:ได้|มา|ไป|เดินทาง|รับเกียรติ|มีโอกาส|ยัง|\s)*$"
)
_AFTERWARDS = words("presiding", "afterwards")
_SPEECH = re.compile(rf"\W{{0,3}}(?:{'|'.join(words('presiding', 'speech'))})")
_SAYS_THAT = re.compile(f"(?:{'|'.join(words('presiding', 'says that'))})ว่า")
_APPOINTED = re.compile(r"(?:แต่งตั้ง|เลือก|เสนอชื่อ|คัดเลือก|เลือกตั้ง)(?:ให้)?\s*$")
_BODY = re.compile(r"กรรมการ|กรรมาธิการ|อนุกรรมการ|คณะทำงาน|บอร์ด|กองทุน|\(ก[ก-ฮ.]{1,6}\)|คกก|committee")
_MEETING = re.compile('ประชุม|พิธี|งาน(?=[“ "])|กิจกรรม|meeting')
_WHICH_HAS = re.compile(r"(?:ซึ่ง|(?<!เ)ที่)(?:จะ)?มี[^\n]{0,45}$|(?<!เ)ที่\s*$")
_SET_UP = re.compile("|".join(words("presiding", "set up")))
_SITTING = re.compile(r"ใน(?:การ|คราว)ประชุม|ประชุม[^\n]{0,80}ครั้งที่")
_OTHER_SEATS = re.compile(r"[^\n]{0,160}?(?:รองประธาน|(?:เป็น|และ)(?:กรรมการ|เลขานุการ|ฝ่ายเลขา)|เป็นกรรมการ)")
_SENTENCE = re.compile(r"\n|(?<=\.) (?=[A-Z])")
_LATE = re.compile(r"(?:โดย|ซึ่ง)?(?:จะ)?(?:ได้รับเกียรติจาก|มี)\s*$")
_AND_ENGLISH = re.compile(" and ")


def chaired(article: Article, day: dt.date | None) -> tuple[Fact, ...]:
    """Who presided over or opened what, by this article; ``day`` is its event's.

    Statements of the same person about overlapping text are told once.  Offices held are told as such, and what had
    not happened yet is marked as planned.
    """
    body = article.body
    found = triggers(body)
    participants = Participants.around(body, found)
    facts: list[Fact] = []
    for trigger in found:
        subjects = _subjects(participants, trigger, article.title)
        if not subjects or (trigger.together and trigger.kind == FactKind.OPENED and _has_chair(facts)):
            continue
        fact = _fact(article, participants, trigger, subjects, day)
        if not any(f.person == fact.person and f.start <= fact.start < f.end and f.kind == fact.kind for f in facts):
            facts.append(fact)
    facts = _by_name(body, facts)
    if not any(fact.kind != FactKind.HELD for fact in facts):
        facts += _from_title(article, participants, day)
    return tuple(facts)


def _has_chair(facts: Sequence[Fact]) -> bool:
    return any(fact.kind == FactKind.CHAIRED and not fact.planned for fact in facts)


def _by_name(body: str, facts: list[Fact]) -> list[Fact]:
    """Without the statements by post alone ("ปลัดกระทรวงเป็นประธาน") of somebody who is named in another one."""
    alone = [fact for fact in facts if fact.person.split(" ", 1)[0] not in body[fact.start : fact.end]]
    if not alone:
        return facts
    names = {(fact.person, fact.planned) for fact in facts if fact not in alone}
    return [fact for fact in facts if fact not in alone or (fact.person, fact.planned) not in names]


def _fact(
    article: Article, participants: Participants, trigger: Trigger, subjects: Sequence[Person], day: dt.date | None
) -> Fact:
    body, end = article.body, trigger.end
    subjects = sorted(subjects, key=lambda p: p.start)
    begin = min(trigger.start, subjects[0].begin)
    stop = max(_event_end(body, end), *(p.end for p in subjects))
    when = _day_told(body, begin, end, stop, article.published)
    place = PLACE.search(body, max(0, begin - 160), stop)
    return Fact(
        kind=FactKind.HELD if trigger.kind != FactKind.HELD and _is_office(body, trigger, begin) else trigger.kind,
        person=" และ ".join(participants.full(p).name for p in subjects),
        position=participants.post(subjects[0]),
        event=_event(body, begin, end, stop),
        start=begin,
        end=stop,
        date=when or day,
        place=place["place"].strip() if place else None,
        planned=_is_planned(article, trigger, subjects, when),
    )


def _subjects(participants: Participants, trigger: Trigger, title: str) -> list[Person]:
    """The people who presided; empty where nobody is named."""
    body, start = participants.body, trigger.start
    if trigger.english:
        return _english_subjects(participants, trigger)
    tail = body[max(0, start - 70) : start]
    if trigger.royal or tail.rstrip().endswith(("เสด็จ", "ทรง", "เสด็จมา", "เสด็จไป")):
        return (
            royals(body, max(0, start - REACH), trigger.end)[-1:]
            or _patriarch(body, trigger)
            or royals(body, max(0, start - _ROYAL_REACH), start)[-1:]
        )
    if _SELF.search(tail):
        return participants.speaker(start) or _speech_maker(title, start)
    if _COUNTRY.search(tail):
        return []
    inside = _candidates(participants, start)
    if clergy := _clergy(body, trigger, inside):
        return clergy
    after = 0
    while inside:
        person = inside[-1]
        after = max(after, person.post_end, person.end)
        beside = trigger.beside and start - max(person.end, person.post_end) <= _BESIDE
        represented = not beside and _REPRESENTED.search(body, max(0, person.begin - 30), person.begin)
        if represented or _too_far(body, person, trigger):
            inside.pop()
            continue
        return participants.by_post(start, after) or _chain(body, inside, trigger)
    following = next((p for p in participants.near if p.start >= trigger.end), None)
    if following and following.start - trigger.end <= 30 and _NAMED_AFTER.fullmatch(body, trigger.end, following.start):
        return [following]
    return participants.by_post(start, after) or _who_came_from(participants, trigger) or _speech_maker(title, start)


def _who_came_from(participants: Participants, trigger: Trigger) -> list[Person]:
    """Who speaks "after presiding" where he is only named after the event ("ภายหลังเป็นประธาน... นาย ก กล่าวว่า")."""
    body, end = participants.body, trigger.end
    if not body[max(0, trigger.start - 24) : trigger.start].rstrip().endswith(_AFTERWARDS):
        return []
    limit = min(_paragraph_end(body, end), end + REACH)
    return [p for p in people(body, end, limit) if says(body, p)][:1]


def _paragraph_end(body: str, at: int) -> int:
    end = body.find("\n", at)
    return len(body) if end < 0 else end


def _speech_maker(title: str, start: int) -> list[Person]:
    """Whose speech an article is by its headline, when nobody else is named before he says "I"."""
    return [p._replace(start=start, end=start, post_end=0) for p in people(title)[:1] if _SPEECH.match(title)]


def _candidates(participants: Participants, start: int) -> list[Person]:
    """The people named before a verb in its paragraph; one line up where a line break tears the sentence."""
    body = participants.body
    paragraph = body.rfind("\n", 0, start) + 1
    if start - paragraph < 15 and paragraph:
        paragraph = body.rfind("\n", 0, paragraph - 1) + 1
    first = max(paragraph, start - REACH)
    return [p for p in participants.near if first <= p.start and p.end <= start]


def _chain(body: str, inside: Sequence[Person], trigger: Trigger) -> list[Person]:
    """The last person with those named in one breath with him who presided too.

    "A พร้อมด้วย B เป็นประธาน": A presided and B stood beside him; "A และ B", or anybody who "ร่วมเป็นประธาน": all of them.
    """
    chain = [inside[-1]]
    companions = 0
    joined = False
    for other in reversed(inside[:-1]):
        begin, end = max(other.end, other.post_end), chain[0].begin
        if _WITH.fullmatch(body, begin, end):
            companions = len(chain)
        elif _AND.fullmatch(body, begin, end):
            joined = True
        elif not _LIST.fullmatch(body, begin, end):
            break
        if _REPRESENTED.search(body, max(0, other.begin - 30), other.begin):
            break
        chain.insert(0, other)
    if trigger.together:
        return chain
    if companions:
        chain = chain[:-companions]
        return chain if len(chain) == 1 or (joined and len(chain) == 2) else chain[-1:]
    if joined and len(chain) >= 2 and _AND.fullmatch(body, max(chain[-2].end, chain[-2].post_end), chain[-1].begin):
        return chain[-2:]
    return chain[-1:]


def _patriarch(body: str, trigger: Trigger) -> list[Person]:
    """A monk of the highest rank, for whom royal words are used too."""
    near = monks(body, max(0, trigger.start - _NEAR), trigger.start)
    return [monk for monk in near if monk.name.startswith("สมเด็จพระ")][-1:]


def _clergy(body: str, trigger: Trigger, inside: Sequence[Person]) -> list[Person]:
    """The monk who presided, where one did."""
    start = trigger.start
    if trigger.side == "lay" or body.find("พระ", max(0, start - _NEAR), start) < 0:
        return []
    near = [m for m in monks(body, max(0, start - _NEAR), start) if m.end <= start]
    lay_after = inside[-1].start if inside else -1
    if not near or (trigger.side != "clergy" and near[-1].start < lay_after):
        return []
    last = near[-1]
    gap = body[max(last.end, last.post_end) : start]
    if trigger.side != "clergy" and len(gap) >= _NEAR_GAP and not gap.strip().endswith("แทนพระองค์"):
        return []
    if len(near) > 1 and _AND.fullmatch(body, max(near[-2].end, near[-2].post_end), last.start):
        return near[-2:]
    return [last]


def _english_subjects(participants: Participants, trigger: Trigger) -> list[Person]:
    body = participants.body
    if trigger.passive:
        first = english_person(body, trigger.end, len(body))
        if first is None:
            return []
        for joined in _AND_ENGLISH.finditer(body, first.end, first.end + 160) if trigger.together else ():
            second = english_person(body, joined.end(), len(body))
            if second and not body.startswith(second.name, second.start):
                # Only a second title ("and President ...") makes a second person of what follows.
                return [first, second]
        return [first]
    inside = [p for p in _candidates(participants, trigger.start) if not _too_far(body, p, trigger)]
    if not inside and body[max(0, trigger.start - 40) : trigger.start].rstrip().endswith("Prime Minister"):
        return [p for p in participants.all() if "Prime Minister" in body[max(0, p.start - 50) : p.start + 20]][:1]
    return inside[-1:]


def _too_far(body: str, person: Person, trigger: Trigger) -> bool:
    """Whether the words between a person and the verb belong to somebody or something else."""
    begin = max(person.end, person.post_end)
    if trigger.kind == FactKind.OPENED and not trigger.speech and _SAYS_THAT.search(body, begin, trigger.start):
        return True
    if trigger.start - begin > _GAP:
        return True
    # "เข้าร่วมประชุมและทำหน้าที่ประธาน" has one subject.
    goes_on = body[begin : trigger.start].rstrip().endswith("และ")
    return not goes_on and bool(_ATTENDED.search(body, begin, trigger.start))


def _is_office(body: str, trigger: Trigger, begin: int) -> bool:
    """Whether "เป็นประธาน" tells of the chair of a committee, not of presiding over an event."""
    if _APPOINTED.search(body, max(0, begin - 24), begin):
        return True
    if not trigger.bare:
        return False
    left = body[max(0, begin - 170) : begin]
    if _OTHER_SEATS.match(body, trigger.end) and not _SITTING.search(left):
        return True
    if _WHICH_HAS.search(left):
        return bool(_BODY.search(left)) and not _MEETING.search(left)
    return bool(_SET_UP.search(left)) and not _MEETING.search(left[-120:])


def _is_planned(article: Article, trigger: Trigger, subjects: Sequence[Person], when: dt.date | None) -> bool:
    body = article.body
    if trigger.planned or (when and article.published and when > article.published):
        return True
    told = max(max(p.end, p.post_end) for p in subjects)
    if told < trigger.start and _TO_COME.search(body, told, trigger.start):
        return True
    begin = subjects[0].begin
    return bool(
        _INVITED.search(body, max(0, begin - 50), begin)
        or _TOMORROW.search(body, max(0, begin - 150), trigger.end + 80)
    )


def _event_end(body: str, end: int) -> int:
    limit = min(len(body), end + _EVENT)
    stop = _SENTENCE.search(body, end, limit)
    if stop:
        return stop.start()
    if limit < len(body):
        space = body.rfind(" ", end + 40, limit)
        limit = space if space > 0 else limit
    return limit


def _event(body: str, begin: int, end: int, stop: int) -> str:
    """The words that tell of the event: after the verb, and before "โดยมี" where the chair is named late."""
    after = body[end:stop].strip(" \n,")
    late = _LATE.search(body, max(0, begin - 30), begin)
    if late is None:
        return after
    left = max(body.rfind("\n", 0, late.start()) + 1, late.start() - 170)
    if left == late.start() - 170:
        left = body.find(" ", left, late.start()) + 1 or left
    return f"{body[left : late.start()].strip()} {after}".strip()


def _day_told(body: str, begin: int, end: int, stop: int, published: dt.date | None) -> dt.date | None:
    """The day named in the same paragraph before the person, or after the verb."""
    left = max(body.rfind("\n", 0, begin) + 1, begin - 260)
    before = told(body, left, end, published=published)
    days = before[-1:] or told(body, end, stop, published=published)[:1]
    if days and (published is None or -400 <= (days[0] - published).days <= 200):
        return days[0]
    return None


def _from_title(article: Article, participants: Participants, day: dt.date | None) -> list[Fact]:
    """What only the headline states, of a person whom the body names."""
    trigger = title_trigger(article.title)
    if trigger is None:
        return []
    left = article.title[: trigger.start]
    lead = [p for p in people(article.body, 0, _LEAD) if p.complete]
    person = next((p for p in lead if len(p.first) > 2 and p.first in left), None)
    if person is None:
        tail = plain_post(left)
        person = next((p for p in lead if p.post and any(tail.endswith(name) for name in names_of_post(p.post))), None)
    if person is None:
        return []
    stop = _event_end(article.body, max(person.end, person.post_end))
    return [
        Fact(
            kind=trigger.kind,
            person=person.name,
            position=person.post,
            event=article.title[trigger.end :].strip(" \"“”'"),
            start=person.start,
            end=stop,
            date=day,
            place=(place["place"].strip() if (place := PLACE.search(article.body, 0, stop)) else None),
            planned=bool(_TO_COME.search(left) or _TOMORROW.search(article.title)),
        )
    ]
