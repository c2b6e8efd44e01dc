"""Places as Thai news names them: after "ณ" or "ที่", up to where the sentence goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator

from retrieval.thai.text import thai_share
from retrieval.thai.trie import pattern_of

_KINDS = (
    "ห้อง", "โรงแรม", "อาคาร", "ศูนย์", "ศาล", "หอ", "โรงเรียน", "มหาวิทยาลัย", "วัด", "ทำเนียบ", "กระทรวง", "กรม",
    "สำนัก", "สนาม", "ลาน", "สถาบัน", "สถานี", "ท้อง", "เวที", "อุทยาน", "ท่า", "โรงพยาบาล", "ตึก", "สวน", "บริเวณ",
    "พระ", "เมือง", "อิมแพ็ค", "ไบเทค", "จังหวัด", "อำเภอ", "ตำบล", "บ้าน", "เทศบาล", "ที่ว่าการ", "รร.", "รพ.",
    "จ.", "อ.", "ต.", "ค่าย", "หน่วย", "โถง", "ฮอลล์", "แหล่ง", "ชุมชน", "สหกรณ์", "เขื่อน", "สะพาน", "ถนน",
    "ชายหาด", "หาด", "เกาะ", "ตลาด", "ห้าง", "เซ็นทรัล", "พิพิธภัณฑ์", "หอประชุม", "สโมสร", "ด่าน", "ไร่", "นิคม",
    "พุทธ", "มณฑล", "ปะรำ", "สำนักงาน", "คลัง", "บริษัท", "วิทยาลัย", "สมาคม", "Hall", "ไอคอน", "สยาม", "พารากอน",
)  # fmt: skip
_GOES_ON = (
    "โดย", "เมื่อ", "เพื่อ", "พร้อม", "ซึ่ง", "และ", "เวลา", "นาย", "นาง", "พล", "ดร", "ว่า", "มี", "ทั้งนี้",
    "ผู้", "กับ", "ใน", "รัฐ", "รอง", "ปลัด", "อธิบดี", "หัวหน้า", "จาก", "เข้า", "ประกอบ", "ผ่าน", "กระทรวง",
    "กรม", "เป็น", "ได้", "จัด", "ร่วม", "การ", "ให้", "สำหรับ", "ที่ประชุม", "วันที่", "ระหว่าง", "หลัง",
)  # fmt: skip

PLACE = re.compile(
    rf"(?<![ก-๎])(?:ณ|ที่)\s?(?P<place>(?:{pattern_of(_KINDS)})[^\n]{{2,110}}?)"
    rf"(?=\s(?:{pattern_of(_GOES_ON)})|\n|$|\()"
)
"""A place; the group ``place`` is its name without the word before it."""

_MORE_KINDS = ("โรงยิม", "ร้าน", "อ่าว", "กรุง", "แยก", "ฐาน", "รีสอร์ท", "โรงงาน", "สวนสาธารณะ", "ทุ่ง", "วง", "คลอง")
_BEFORE_GLUED = ("ได้", "จัด", "ขึ้น", "ไป", "มา", "อยู่", "ประชุม", "งาน", "ตั้ง", "พบ", "ถึง")
_NOT_A_PLACE = ("วัน", "เดือน", "เวลา", "สิ้น", "ที่", "โอกาส", "ขณะ", "ปัจจุบัน", "ปี", "ห้วง")
_GLUED = "|".join(f"(?<={word})" for word in _BEFORE_GLUED)
_NAMED = re.compile(
    rf"(?:(?<![ก-๎])ณ\s?(?!{pattern_of(_NOT_A_PLACE)})"
    rf"|(?:(?<![ก-๎])|{_GLUED})(?:ที่|ยัง)\s?(?={pattern_of((*_KINDS, *_MORE_KINDS))}))"
    rf"(?P<place>[ก-ฮเ-ไA-Z0-9][^\n]{{2,110}}?)(?=\s(?:{pattern_of((*_GOES_ON, 'จึง', 'ขณะ', 'ถือ', 'ทำ'))})|\n|$|\()"
)
_NAMED_IN_ENGLISH = re.compile(
    r"\b(?:at|in) (?:the )?(?P<place>[A-Z][\w'’&.-]*(?: (?:(?:of|and|the|for) )?[A-Z0-9][\w'’&.-]*){1,8}"
    r"(?: \([A-Z]+\))?(?:, [A-Z]\w+(?: [A-Z]\w+)*)*)"
)


_MOSTLY_THAI, _LEAD = 0.3, 500
"""Share of Thai letters, of so many characters, from which on a text is searched for places in Thai."""


def places(text: str) -> Iterator[tuple[str, int]]:
    """Every place that a text names, with where its name begins: more than :data:`PLACE`, for what asks for one."""
    pattern = _NAMED if thai_share(text[:_LEAD]) > _MOSTLY_THAI else _NAMED_IN_ENGLISH
    for match in pattern.finditer(text):
        yield match["place"].strip(), match.start("place")
