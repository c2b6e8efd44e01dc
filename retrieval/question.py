"""What a question asks: the kind of answer, the words to look for with their other spellings, dates, agencies, people."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace

from retrieval.lexicon import Concept, Sort, concepts, synonyms_of
from retrieval.model import Kind
from retrieval.thai.dates import Mention, Precision, question_dates
from retrieval.thai.segment import spans, terms
from retrieval.thai.text import clean, fold, thai_share

LONGEST = 500
"""Characters of a question that are read; what comes after is left out."""


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


_WHO = r"ใคร|ผู้ใด|ผู้ไหน|ท่านใด|ท่านไหน|คนไหน|คนใด|บุคคลใด|รูปใด|องค์ใด|\bwho\b|\bwhom\b|\bwhose\b|\bwh(?:ich|at) (?:\w+ ){0,3}(?:ambassador|minister|official|governor|secretary|spokes\w+|person|general|director|executive|president|ceo|head|leader|envoy|representative)\b"
_CHAIR_WORDS = (
    r"ประธาน(?!าธิบดี)|(?<![ก-๎])ปธ\b\.?|(?<![ก-๎])ปธ\.|หัวโต๊ะ|\bchair(?:ed|s|man|ing|person)?\b|\bpresid(?:e|ed|es|ing)\b"
)
_OPEN_WORDS = r"(?:มา|ไป|คน|เป็น|ได้|กล่าว|กด|ผู้|ใคร|ใด|ไหน)\s*(?:ทำ)?(?:พิธี)?เปิด|เปิด(?:งาน|การ|ประชุม|อบรม|สัมมนา|โครงการ|ตัว|ศูนย์|อาคาร|ตึก|กิจกรรม|พิธี)|ทำพิธีเปิด|กดปุ่มเปิด|ตัดริบบิ้น|ปิดการ|ปิดงาน|\bopen(?:ed|ing)?\b|\binaugurated?\b"
_MISSPELT_CHAIR = re.compile(r"ป(?:ระ|ร|ะ)(?:ธา|ทา)[นณ](?!า?ธิบดี|อาหาร|พร)")
_OTHERS_CHAIR = r"ประธานคนนั้น|(?<!เป็น)ประธาน(?:หอการค้า|สภา|บริษัท|กรรมการ|มูลนิธิ|สมาคม|องคมนตรี|เจ้าหน้าที่)"
_WHEN = r"วันไหน|วันใด|วันที่เท่า(?:ไร|ไหร่|ใด)|เมื่อ(?:ไร|ไหร่|ใด)|ตอนไหน|กี่โมง|เวลาใด|เวลาไหน|เดือนไหน|เดือนใด|ปีไหน|ปีใด|ช่วงไหน|ถึงวันไหน|กำหนดการวัน|วันที่\s*[?]?$|\bwhen\b|\bwh(?:at|ich) (?:dates?|days?|time|month|year)\b"
_WHERE = r"ที่ไหน|ที่ใด|ณ ใด|สถานที่(?:ใด|ไหน|จัด)|ตรงไหน|แห่งใด|แห่งไหน|\bwhere\b|(?:จังหวัด|อำเภอ|ตำบล|โรงแรม|โรงเรียน|มหาวิทยาลัย|มหาลัย|วัด|สนามบิน|ประเทศ|ห้อง|อาคาร|โรงพยาบาล|ศูนย์|สถานี|เมือง|สนาม|ห้าง|รร\.?|รพ\.?|จว?\.)\s?(?:ไหน|ใด|อะไร)|\b(?:which|what) (?:province|hotel|city|venue|place|country|school|university|location|district|temple|hospital)\b|\bvenue\b"
_AGENCY = r"(?:หน่วยงาน|กระทรวง|กรม|องค์กร|สำนักงาน|สำนัก|แบงก์รัฐ|แบงก์|ธนาคาร|รัฐวิสาหกิจ|บริษัท|มหาวิทยาลัย|สถาบัน|กองทุน|คณะกรรมการ|ฝ่าย|กอง|องค์การ)(?:รัฐ|ของรัฐ|ภาครัฐ)?\s?(?:ใด|ไหน|อะไร)|หน่วยงาน(?:เจ้าของ|ที่รับผิดชอบ|ผู้)|เจ้าของเรื่อง|\b(?:which|what) (?:agency|agencies|ministry|department|organi[sz]ation|office|bank|body)\b"
_NUMBER = r"กี่|เท่า(?:ไร|ไหร่|ใด|ไร่)|จำนวนเท่า|มากน้อย|\bhow (?:many|much|long|far|old|big)\b|\bwhat (?:percentage|amount|number|share|budget)\b"
_NAME_ASKED = r"(?:ชื่อ|นาม)(?:อะไร|ว่าอะไร|ว่าอย่างไร|ใด)|มีชื่อว่า|^\s*ชื่อ\s"
_LISTED = r"(?:งาน|เรื่อง|พิธี|กิจกรรม|โครงการ|การประชุม)?(?:อะไร|ใด|ไหน)(?:มา)?(?:บ้าง|มั่ง)|\bwhat (?:events?|meetings?)\b|\bwhich (?:events?|meetings?)\b"
_CHAT = re.compile(
    r"^(?:สวัสดี|หวัดดี|ดีครับ|ดีค่ะ|ดีจ้า|ฮัลโหล|เฮลโล|ขอบคุณ|ขอบใจ|แต๊ง|ลาก่อน|บาย|ฝันดี|hello|hi|hey|thanks?|thank you|bye|good (?:morning|evening|night))(?:\W|ครับ|ค่ะ|คะ|จ้า|นะ|มาก|บอท|ทุกคน|ๆ)*$"
    r"|เป็นเพื่อน|คุยด้วย|เหงา|อกหัก|เบื่อจัง|เบื่อ(?:งาน|ชีวิต)|คิดถึง|รักนะ|หิวข้าว|ง่วง|เล่า(?:นิทาน|เรื่องตลก)|แต่งกลอน|มุกตลก|กินอะไรดี|ซักผ้า|ดูดวง|เลขเด็ด|หวยงวดหน้า"
    r"|(?:คุณ|เธอ|แก|นาย|บอท|มึง)(?:เป็น|คือ|ชื่อ)(?:ใคร|อะไร)|\bhow are you\b|\bwho are you\b|\btell me a joke\b"
    r"|(?:ช่วยเลือก|ดีกว่ากัน|ควรซื้อ|ซื้อ[^\n]{0,30}ดี(?:ไหม|มั้ย|มะ)|ดีมั้ย|ดีไหมคะ|ดีไหมครับ|ดีมะ|ลาออก[^\n]{0,30}ดี)|(?:พรุ่งนี้|มะรืน|คืนนี้|อาทิตย์หน้า|สัปดาห์หน้า)[^\n]{0,40}(?:ไหม|มั้ย|ป่าว|หรือเปล่า|ปะ)"
)
_FRAME = re.compile(
    r"ใครเป็นคน|(?:นั่ง)?หัวโต๊ะ|(?:มี)?(?:ชื่อ|นาม)ว่า(?:อะไร|อย่างไร)|(?:มี|เป็น|คือ|โดย)?(?:ใคร|ผู้ใด|ท่านใด|ท่านไหน|คนไหน|บุคคลใด|รูปใด)(?:บ้าง|กัน|หรือ|เหรอ|หรอ)?|ชื่อ(?:อะไร|ว่าอะไร|ใด)|ใช่(?:ไหม|มั้ย|หรือเปล่า|รึเปล่า|ปะ|ป่ะ)"
    r"|วันไหน|วันใด|วันที่เท่า(?:ไร|ไหร่|ใด)|เมื่อ(?:ไร|ไหร่|ใด)|ตอนไหน|กี่โมง|ช่วง(?:วัน)?(?:ใด|ไหน)|เดือน(?:ไหน|ใด)|ปี(?:ไหน|ใด)|ถึงวันไหน|ตั้งแต่วันไหน"
    r"|(?:อยู่|จัด(?:ขึ้น)?|กัน|ณ)?\s?(?:ที่ไหน|ที่ใด|สถานที่(?:ใด|ไหน|จัดงาน|จัด))|(?:ไหน|ใด|อะไร|ยังไง|อย่างไร)(?:บ้าง|มั่ง|ดี)?|กี่|(?:จำนวน)?(?:เป็น)?(?:เงิน)?เท่า(?:ไร|ไหร่|ใด)|หน่วยงานเจ้าของเรื่อง|เจ้าของเรื่อง"
    r"|(?:ครับผม|ครับ|คับ|ค่ะ|คะ|จ้า|จ๊ะ|จ้ะ|นะ|น้า|อ่ะ|อะ|ล่ะ|หน่อย|ปะเนี่ย|ป่ะ|ปะ|มั้ย|ไหม|หรอ|เหรอ|บ้าง|มั่ง|เนี่ย|จริงๆ|ทราบ)(?=$|[\s?])"
    r"|อยากรู้(?:ว่า)?|อยากทราบ(?:ว่า)?|ช่วยบอก|รบกวน(?:ถาม)?|ขอถาม"
    r"|\b(?:who|whom|whose|what|which|when|where|how many|how much|how|did|does|do|is|are|was|were|the|a|an|of|in|on|at|to|for|by|and|from|with|that|this|it|its|be|been|has|have|had|as|into|about|there|their|thailand's|up|many|much|also|name|over|out|held|take|took|place)\b|[?？!]"
)
_SMALL = re.compile(r"(?<![ก-๎])(?:อะ|อ่ะ|คะ|ค่ะ|ครับ|นะ)(?![ก-๎])|ๆ")
_KIND_WORD = re.compile(
    rf"^(?:{_CHAIR_WORDS}|เป็นประธาน|ประธาน|ปธ|เปิด|ปิด|เป็น|เปิดงาน|พิธี|งาน|ใน|การ|ที่|ของ|ไป|มา|จัด|นั่ง|ทำหน้าที่|ว่า|ได้|ให้|และ|กับ|โดย|เมื่อ|ช่วง|ตอน|วัน|วันที่|เดือน|ปี|ณ|คือ|มี|จะ|แล้ว|ก็|ชื่อ|คน|ท่าน|เรื่อง|แห่ง|รอบ|เค้า|เขา|จาก|ถึง|ตาม|ซึ่ง|ต้น|ปลาย|กลาง|ประจำ)$"
)
_ORDINALS = ("หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า", "สิบ")
_MEETING_OF_YEAR = re.compile(
    r"(?:ครั้งที่|รอบที่|หนที่|ครั้ง|รอบ|นัดที่)\s*(\d{1,3}|"
    + "|".join(_ORDINALS)
    + r")\s*(?:ของ|ใน)?\s*(?:ประจำ)?ปี\s*(?:พ\.?ศ\.?\s*)?(\d{4}|\d{2})"
)
_OF_YEAR = re.compile(r"^(\d{1,3})/(\d{2}|\d{4})$")
_UNIT = re.compile(
    r"กี่\s?([ก-๎]{1,14}?)(?=[\s?]|$|ครับ|คะ|ค่ะ|อะ|อ่ะ|ต่อ|ใน|ที่|แล้ว|บ้าง|คน(?=.)|ตั้ง|จาก|ได้|และ|เข้า|กัน|ของ|เมื่อ|ถึง|จึง|จะ|ให้)"
)
_PLACE_NOUN = re.compile(
    r"(จังหวัด|อำเภอ|ตำบล|โรงแรม|โรงเรียน|มหาวิทยาลัย|วัด|ประเทศ|ห้อง|อาคาร|โรงพยาบาล|ศูนย์|สถานี|สนาม|ห้าง)\s?(?:ไหน|ใด|อะไร)"
)
_AGENCY_NOUN = re.compile(
    r"(กระทรวง|กรม|ธนาคาร|แบงก์|มหาวิทยาลัย|สำนักงาน|บริษัท|กองทุน|องค์การ|สถาบัน)(?:รัฐ|ของรัฐ)?\s?(?:ใด|ไหน|อะไร)"
)


def kind_of(folded: str) -> Kind:
    """The kind of answer that a folded question wants."""
    who = re.search(_WHO, folded)
    chair = re.search(_CHAIR_WORDS, folded)
    if _CHAT.search(folded) and not chair:
        return Kind.CHAT
    if chair and re.search(_LISTED, folded) and not who:
        return Kind.EVENTS
    if chair and (who or re.search(_NAME_ASKED, folded)) and not re.search(_OTHERS_CHAIR, folded):
        return Kind.CHAIR
    if who:
        return Kind.CHAIR if re.search(_OPEN_WORDS, folded) else Kind.WHO
    for kind, pattern in ((Kind.WHEN, _WHEN), (Kind.WHERE, _WHERE), (Kind.AGENCY, _AGENCY), (Kind.NUMBER, _NUMBER)):
        if re.search(pattern, folded):
            return kind
    if re.search(_NAME_ASKED, folded):
        return Kind.WHO
    if chair:
        return Kind.CHAIR
    return Kind.WHAT


def _as_written(folded: str) -> str:
    """Question words that are often misspelt, as they are written in the dictionary."""
    folded = _MISSPELT_CHAIR.sub("ประธาน", folded)
    folded = re.sub(r"ใหน", "ไหน", folded)
    folded = re.sub(r"(?<![ก-๎])เปน|เปน(?=ประธาน|คน|ผู้)", "เป็น", folded)
    return re.sub(
        r"กี(?=คน|ราย|บาท|ครั้ง|แห่ง|วัน|ปี|เดือน|ล้าน|หลัง|คัน|ตัว|เมตร|กิโล|ไร่|ตัน|เปอร์|ทุน|โครงการ|ประเทศ|จังหวัด)", "กี่", folded
    )


def understand(text: str, *, today: dt.date) -> Question:
    """Read a question; never raises on any text."""
    text = clean(text)[:LONGEST]
    folded = _as_written(fold(text))
    kind = kind_of(folded)
    language = "th" if thai_share(text) >= 0.3 or not re.search("[A-Za-z]", text) else "en"
    if kind is Kind.CHAT:
        return Question(text, kind, language, ())
    dates = tuple(m for m in question_dates(folded, today=today) if not _of_content(folded, m, today))
    rest = _blank(folded, [(m.start, m.end) for m in dates if m.precision <= Precision.MONTH or m.end - m.start > 4])
    groups, known = _groups(_blank(rest, [m.span() for m in _FRAME.finditer(rest)]), rest)
    groups += [_group((f"{_number(m[1])}/{m[2]}",), None) for m in _MEETING_OF_YEAR.finditer(folded)]
    if language == "en":
        groups = [_english(group, text) for group in groups]
    return Question(
        text,
        kind,
        language,
        tuple(groups),
        dates,
        agencies=tuple(dict.fromkeys(c.name for c in known if c.sort is Sort.AGENCY and c.name)),
        people=tuple(dict.fromkeys(c.name for c in known if c.sort is Sort.PERSON and c.name)),
        wanted=_wanted(kind, folded),
    )


def _number(written: str) -> int:
    """The number of "สอง" or of "2"."""
    return _ORDINALS.index(written) + 1 if written in _ORDINALS else int(written)


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
    return mention.first > today or bool(
        re.search(r"(?:ภายใน|จนถึง|ถึง|พ\.ร\.บ\.|พรบ|พระราชบัญญัติ|กฎหมาย|แผน|by)\S{0,12}\s?$", before)
    )


def _blank(text: str, stretches: list[tuple[int, int]]) -> str:
    """The text with the given stretches made spaces, so that positions stay."""
    for start, end in stretches:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


_ROLE = re.compile(
    r"([ก-๎.]{2,40})\s?(?:คนไหน|คนใด|ท่านใด|ท่านไหน|คนนั้น|ชื่ออะไร|คือใคร)|\bwh(?:ich|at) ((?:\w+ ){0,3}?\w+)(?= (?:did|was|is|met|called|told|who|has|had|led|went)\b)"
)


def _wanted(kind: Kind, folded: str) -> tuple[str, ...]:
    """What the answer should bear: a unit, a sort of place or agency, a post, the noun before the question word."""
    if kind is Kind.WHO:
        match = _ROLE.search(folded)
        return _role(match[1] or match[2]) if match else ()
    if kind is Kind.WHAT:
        noun = _noun_asked(folded)
        return (noun,) if noun else ()
    if kind is Kind.NUMBER and (match := re.search(r"how many ([a-z]+)", folded)):
        translated = [c for c in concepts(match[1]) if c.alternatives]
        return (*translated[0].alternatives, match[1]) if translated else (match[1],)
    pattern = {Kind.NUMBER: _UNIT, Kind.WHERE: _PLACE_NOUN, Kind.AGENCY: _AGENCY_NOUN}.get(kind)
    match = pattern.search(folded) if pattern else None
    if match is None:
        return ()
    return ("ธนาคาร", match[1]) if match[1] == "แบงก์" else (match[1],)


def _role(words: str) -> tuple[str, ...]:
    """A post that is asked for, as it stands and as the tables write it out: the last words before the question word."""
    known = concepts(words)
    if known and known[-1].end >= len(words.rstrip()) - 1:
        return (words[known[-1].start : known[-1].end], *known[-1].alternatives)
    found = terms(words)
    return (found[-1],) if found and len(found[-1]) > 2 and not _KIND_WORD.match(found[-1]) else ()


def _noun_asked(folded: str) -> str | None:
    """The noun before the question word of "กรณีใดบ้าง", "กลุ่มไหน"; None for a bare "อะไร"."""
    match = re.search(r"([ก-๎]{2,30})\s?(?:ใด|ไหน|อะไร)", folded)
    words = terms(match[1]) if match else []
    return words[-1] if words and len(words[-1]) > 2 and not _KIND_WORD.match(words[-1]) else None


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", fold(text))


def _group(wordings: tuple[str, ...], sort: Sort | None, *, core: bool = True) -> Group:
    alternatives: list[tuple[str, ...]] = []
    surfaces: list[str] = []
    for wording in wordings:
        for form in _of_year(wording):
            found = tuple(terms(form))
            if found and found not in alternatives:
                alternatives.append(found)
                surfaces.append(_squeezed(form))
    return Group(tuple(alternatives), tuple(surfaces), core, sort)


def _of_year(wording: str) -> tuple[str, ...]:
    """A meeting's number of a year in both lengths: "5/63" and "5/2563"."""
    match = _OF_YEAR.match(fold(wording))
    if not match:
        return (wording,)
    number, year = match.groups()
    other = year[2:] if len(year) == 4 else "25" + year
    return (wording, f"{number}/{other}")


def _groups(searched: str, whole: str) -> tuple[list[Group], list[Concept]]:
    """The groups of a question's text, in order, and the concepts that the tables know in it."""
    known = [c for c in concepts(whole) if searched[c.start : c.end].strip()]
    groups: list[tuple[int, Group]] = []
    for concept in known:
        wording = whole[concept.start : concept.end]
        core = not _KIND_WORD.match(wording.strip())
        groups.append((concept.start, _group((wording, *concept.alternatives), concept.sort, core=core)))
    remaining = _blank(searched, [(c.start, c.end) for c in known])
    for term, start, _ in spans(remaining):
        core = not _KIND_WORD.match(term) and (len(term) > 1 or term.isdigit())
        groups.append((start, _group((term, *synonyms_of(term)), None, core=core)))
    groups.sort(key=lambda pair: pair[0])
    return [group for _, group in groups if group.alternatives], known
