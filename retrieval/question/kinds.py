"""The words of asking, in formal and spoken Thai, key words and English: what kind of answer they want.

Patterns are read on folded text (see :func:`retrieval.thai.text.fold`).
"""

from __future__ import annotations

import re

from retrieval.gazetteer.concepts import concepts
from retrieval.model import Kind
from retrieval.thai.segment import terms


def _either(*words: str) -> str:
    return "(?:" + "|".join(words) + ")"


_WHICH = _either("ไหน", "ใด", "อะไร")
_POSTS_IN_ENGLISH = _either(
    "ambassador", "minister", "official", "governor", "secretary", r"spokes\w+", "person", "general", "director",
    "executive", "president", "ceo", "head", "leader", "envoy", "representative",
)  # fmt: skip
_WHO = _either(
    "ใคร", "ผู้ใด", "ผู้ไหน", "ท่านใด", "ท่านไหน", "คนไหน", "คนใด", "บุคคลใด", "รูปใด", "องค์ใด",
    r"\bwho(?:m|se)?\b", rf"\bwh(?:ich|at) (?:\w+ ){{0,3}}{_POSTS_IN_ENGLISH}\b",
)  # fmt: skip
_CHAIR = _either(
    "ประธาน(?!าธิบดี)", r"(?<![ก-๎])ปธ\b", r"ปธ\.", "หัวโต๊ะ", r"\bchair(?:ed|s|man|ing|person)?\b",
    r"\bpresid(?:e|ed|es|ing)\b"
)  # fmt: skip
_CHAIR_OF_OTHERS = (
    "ประธานคนนั้น|(?<!เป็น)ประธาน"
    + _either("หอการค้า", "สภา", "บริษัท", "กรรมการ", "มูลนิธิ", "สมาคม", "องคมนตรี", "เจ้าหน้าที่")
)  # fmt: skip
_OPEN = _either(
    r"(?:มา|ไป|คน|เป็น|ได้|กล่าว|กด|ผู้|ใคร|ใด|ไหน)\s*(?:ทำ)?(?:พิธี)?เปิด",
    "เปิด(?:งาน|การ|ประชุม|อบรม|สัมมนา|โครงการ|ตัว|ศูนย์|อาคาร|ตึก|กิจกรรม|พิธี)",
    "กดปุ่มเปิด", "ทำพิธีเปิด", "ตัดริบบิ้น", "ปิดการ", "ปิดงาน", r"\bopen(?:ed|ing)?\b", r"\binaugurated?\b",
)  # fmt: skip
_LISTED_APART = r"(?:เป็นประธาน|เปิด)(?:งาน)?อะไร[^\n]{0,30}(?:บ้าง|มั่ง)"
_OPENED = r"กล่าวเปิด(?:งาน)?\s*[?]?$"
_INTO_OFFICE = _either("ได้รับแต่งตั้ง", "ถูกแต่งตั้ง", "แต่งตั้งใคร", "คนใหม่", "ได้รับเลือก", r"\bappointed\b", r"\belected\b")
_NAME = _either(r"(?:ชื่อ|นาม)(?:อะไร|ว่าอะไร|ว่าอย่างไร|ใด)", "มีชื่อว่า", r"^\s*ชื่อ\s", r"\sชื่อ\s*[?]?$")
_NAME_OF_THING = (
    r"^(?![^\n]*(?:ใคร|คนไหน|คนใด|คนนั้น|มีคน|คนที่|ท่าน|ผู้อำนวย|ผู้ว่า|ผู้แทน|ผู้บัญชา|ผู้จัดการ|ผู้บริหาร|หัวหน้า|ประธาน|รัฐมนตรี|รมว"
    r"|รมช(?!่)|นายก|อธิบดี|อธิการ|ผอ\.|ปลัด|ผวจ|เลขา|ทูต|คุณหมอ|ดารา|โฆษก)[^\n]*ชื่อ)"
    r"[^\n]*(?:(?<![ก-๎])(?:ยา|โค|วัว|พืช|สัตว์|เรือ|รถ|หนัง|งาน)|โครงการ|โปรแกรม|แอป|แอพ|ระบบ|แคมเปญ|เว็บ|เพจ|หนังสือ|เพลง|ภาพยนตร์"
    r"|บริษัท|พันธุ์|มาตรการ|กองทุน|สินเชื่อ|รายการ|หลักสูตร|พายุ|วัคซีน|ผลิตภัณฑ์|แบรนด์|สมุนไพร)"
    r"[^\n]*(?:ชื่อ|นาม)(?:บริษัท)?(?:อะไร|ว่าอะไร|ใด)"
)
_LISTED = _either(
    "(?:งาน|เรื่อง|พิธี|กิจกรรม|โครงการ|การประชุม)?(?:อะไร|ใด|ไหน)(?:มา)?(?:บ้าง|มั่ง)",
    r"\bwh(?:at|ich) (?:events?|meetings?)\b",
)
_HOW_MUCH = "(?:ไร่?|ไหร่?|ไหล่|ใด)"
_PLACES = _either(
    "จังหวัด", "อำเภอ", "ตำบล", "โรงแรม", "โรงเรียน", "มหาวิทยาลัย", "มหาลัย", "วัด", "สนามบิน", "ประเทศ", "ห้อง",
    "อาคาร",
    "โรงพยาบาล", "ศูนย์", "สถานี", "เมือง", "สนาม", "ห้าง", r"รร\.?", r"รพ\.?", r"จว?\.",
)  # fmt: skip
_BODIES = _either(
    "หน่วยงาน", "กระทรวง", "กรม", "องค์กร", "สำนักงาน", "สำนัก", "แบงก์", "ธนาคาร", "รัฐวิสาหกิจ", "บริษัท",
    "มหาวิทยาลัย", "สถาบัน",
    "กองทุน", "คณะกรรมการ", "ฝ่าย", "กอง", "องค์การ",
)  # fmt: skip
_OTHER_KINDS = (
    (
        Kind.WHEN,
        _either(
            "(?:วัน|เดือน|ปี|ช่วง|ตอน|เวลา)(?:ไหน|ใด)", f"(?:วันที่|วัน)เท่า{_HOW_MUCH}", "เมื่อ(?:ไร|ไหร่|ใด)",
            "กี่โมง", "กำหนดการวัน",
            r"(?:วันที่|เวลา)\s*[?]?$", r"\bwhen\b", r"\bwh(?:at|ich) (?:dates?|days?|time|month|year)\b",
        ),
    ),
    (
        Kind.WHERE,
        _either(
            "ที่ไหน", "ที่ใด", "ณ ใด", "สถานที่(?:ใด|ไหน|จัด)", r"สถานที่\s*[?]?$", "ตรงไหน", "แห่งใด", "แห่งไหน",
            rf"{_PLACES}\s?{_WHICH}", r"\bwhere\b", r"\bvenue\b",
            r"\bwh(?:ich|at) (?:province|hotel|city|place|country|school|university|district|temple|hospital)\b",
        ),
    ),
    (
        Kind.AGENCY,
        _either(
            rf"{_BODIES}(?:รัฐ|ของรัฐ|ภาครัฐ)?\s?{_WHICH}", "หน่วยงาน(?:เจ้าของ|ที่รับผิดชอบ|ผู้)", "เจ้าของเรื่อง",
            r"\bwh(?:ich|at) (?:\w+ )?(?:agency|agencies|ministry|department|organi[sz]ation|office|bank|body)\b",
        ),
    ),
    (
        Kind.NUMBER,
        _either(
            "กี่", f"เท่า{_HOW_MUCH}", "จำนวนเท่า", "มากน้อย", r"\bhow (?:many|much|long|far|old|big)\b",
            r"\bwhat (?:(?:is|was|were|are) )?(?:the )?(?:\w+ )?(?:percentage|amount|number|share|budget|cost|price)\b",
            r"จำนวน(?:ผู้[ก-๎]+)?\s*[?]?$",
        ),
    ),
)  # fmt: skip
_GREETING = (
    r"^"
    + _either(
        "สวัสดี", "หวัดดี", "ดีครับ", "ดีค่ะ", "ดีจ้า", "ฮัลโหล", "เฮลโล", "ขอบคุณ", "ขอบใจ", "แต๊ง", "ลาก่อน", "บาย",
        "ฝันดี",
        "hello", "hi", "hey", "thanks?", "thank you", "bye", "good (?:morning|evening|night)",
    )
    + r"(?:\W|ครับ|ค่ะ|คะ|จ้า|นะ|มาก|บอท|ทุกคน|ๆ)*$"
)  # fmt: skip
_SMALL_TALK = _either(
    "เป็นเพื่อน", "คุยด้วย", "เหงา", "อกหัก", "เบื่อ(?:จัง|งาน|ชีวิต)", "คิดถึง", "รักนะ", "หิวข้าว", "ง่วง",
    "เล่า(?:นิทาน|เรื่องตลก)", "แต่งกลอน",
    "มุกตลก", "กินอะไรดี", "ซักผ้า", "ดูดวง", "เลขเด็ด", "หวยงวดหน้า",
    "(?:คุณ|เธอ|แก|บอท|มึง)(?:เป็น|คือ|ชื่อ)(?:ใคร|อะไร)",
    r"\bhow are you\b", r"\bwho are you\b", r"\btell me a joke\b",
)  # fmt: skip
_ADVICE = _either(
    "ช่วยเลือก", "ดีกว่ากัน", "ควร(?:ซื้อ|เลือก|ลงทุน)", r"(?:ซื้อ|ลาออก)[^\n]{0,30}ดี(?:ไหม|มั้ย|มะ)", "ดีมั้ย", "ดีไหม(?:คะ|ครับ)",
    "ดีมะ",
    r"(?:พรุ่งนี้|มะรืน|คืนนี้|อาทิตย์หน้า|สัปดาห์หน้า)[^\n]{0,40}(?:ไหม|มั้ย|ป่าว|หรือเปล่า|ปะ)",
)  # fmt: skip
_CHAT = re.compile("|".join((_GREETING, _SMALL_TALK, _ADVICE)))

_PARTICLES = _either(
    "ครับผม", "ครับ", "คับ", "ค่ะ", "คะ", "จ้า", "จ๊ะ", "จ้ะ", "นะ", "น้า", "อ่ะ", "อะ", "ล่ะ", "หน่อย", "ปะเนี่ย",
    "ป่ะ", "ปะ", "มั้ย", "ไหม", "หรอ",
    "เหรอ", "บ้าง", "มั่ง", "เนี่ย", "จริงๆ", "ทราบ",
)  # fmt: skip
_ENGLISH_FRAME = _either(
    "who", "whom", "whose", "what", "which", "when", "where", "how many", "how much", "how", "did", "does", "do",
    "is", "are",
    "was", "were", "the", "a", "an", "of", "in", "on", "at", "to", "for", "by", "and", "from", "with", "that", "this",
    "it",
    "its", "be", "been", "has", "have", "had", "as", "into", "about", "there", "their", "thailand's", "up", "many",
    "much",
    "also", "name", "over", "out", "held", "take", "took", "place",
)  # fmt: skip
FRAME = re.compile(
    "|".join((
        "ใครเป็นคน", "(?:นั่ง)?หัวโต๊ะ", "(?:มี)?(?:ชื่อ|นาม)(?:ว่า)?(?:อะไร|อย่างไร|ใด)",
        "(?:มี|เป็น|คือ|โดย)?(?:ใคร|ผู้ใด|ท่านใด|ท่านไหน|คนไหน|บุคคลใด|รูปใด)(?:บ้าง|กัน|หรือ|เหรอ|หรอ)?",
        "ใช่(?:ไหม|มั้ย|หรือเปล่า|รึเปล่า|ปะ|ป่ะ)", "(?:ถึง|ตั้งแต่)?วัน(?:ไหน|ใด)", f"วันที่เท่า{_HOW_MUCH}",
        "เมื่อ(?:ไร|ไหร่|ใด)", "ตอนไหน", "กี่โมง",
        "ช่วง(?:วัน)?(?:ใด|ไหน)", "(?:เดือน|ปี)(?:ไหน|ใด)",
        r"(?:อยู่|จัด(?:ขึ้น)?|กัน|ณ)?\s?(?:ที่ไหน|ที่ใด|สถานที่(?:ใด|ไหน|จัดงาน|จัด))",
        "(?:ไหน|ใด|อะไร|ยังไง|อย่างไร)(?:บ้าง|มั่ง|ดี)?", "กี่", f"(?:จำนวน)?(?:เป็น)?(?:เงิน)?เท่า{_HOW_MUCH}",
        "(?:หน่วยงาน)?เจ้าของเรื่อง",
        rf"{_PARTICLES}+(?=$|[\s?])", "อยาก(?:รู้|ทราบ)(?:ว่า)?", "ช่วยบอก", "รบกวน(?:ถาม)?", "ขอถาม",
        rf"\b{_ENGLISH_FRAME}\b", "[?？!]",
    ))
)  # fmt: skip
"""What of a question only asks, and is not to be looked for."""

_KIND_WORD = re.compile(
    "^"
    + _either(
        _CHAIR, "(?:เป็น)?ประธาน(?:ใน)?(?:พิธี)?(?:เปิด|ปิด)?(?:งาน)?", "ปธ",
        "เปิด", "ปิด", "เป็น", "เปิดงาน", "พิธี", "งาน", "ใน", "การ", "ที่", "ของ", "ไป", "มา",
        "จัด", "นั่ง", "ทำหน้าที่",
        "ว่า", "ได้", "ให้", "และ", "กับ", "โดย", "เมื่อ", "ช่วง", "ตอน", "วัน", "วันที่", "เดือน", "ปี", "ณ", "คือ",
        "มี", "จะ", "แล้ว", "ก็", "ชื่อ",
        "คน", "ท่าน", "เรื่อง", "แห่ง", "รอบ", "เค้า", "เขา", "จาก", "ถึง", "ตาม", "ซึ่ง", "ต้น", "ปลาย", "กลาง",
        "ประจำ", "นัด", "นัดที่", "นะ",
    )
    + "$"
)  # fmt: skip
_MISSPELT_CHAIR = re.compile(r"ป(?:ระ|ร|ะ)(?:ธา|ทา)[นณ](?!า?ธิบดี|อาหาร|พร)")
_SLIPPED_CHAIR = re.compile(
    "(?<=เป็น)" + _either(
        *("ประธาน"[:at] + "[ก-๎]" + "ประธาน"[at + 1 :] for at in (1, 2, 4, 5)),
        "ประ[ก-๎]ธาน", "ประธ[ก-๎]าน", "ปรธะาน", "ประธนา",
    )
)  # fmt: skip
"""One wrong letter in "ประธาน", where the word before leaves no doubt; "ประสาน" is another word."""
_MISSPELT_BE = re.compile("(?<![ก-๎])เปน|เปน(?=ประธาน|คน|ผู้)")
_UNITS = _either(
    "คน", "ราย", "บาท", "ครั้ง", "แห่ง", "วัน", "ปี", "เดือน", "ล้าน", "หลัง", "คัน", "ตัว", "เมตร", "กิโล", "ไร่",
    "ตัน", "เปอร์", "ทุน", "โครงการ",
    "ประเทศ", "จังหวัด",
)  # fmt: skip
_MISSPELT_WHO = re.compile("(?<![ก-๎])(?:ไคร|ครัย|ใคล)|ไคร(?=เป|มา|ไป|คือ)")
_MISSPELT_WHAT = re.compile("อะรัย|อาราย|อะไล|(?<=ชื่อ)ไร(?![ก-๎])|(?<=มี)ไร(?=บ้าง|มั่ง)")
_MISSPELT_HOW_MANY = re.compile(f"กี(?={_UNITS})")

_UNIT = re.compile(
    r"กี่\s?([ก-๎]{1,14}?)(?=[\s?]|$|ครับ|คะ|ค่ะ|อะ|อ่ะ|ต่อ|ใน|ที่|แล้ว|บ้าง|คน(?=.)|ตั้ง|จาก|ได้|และ|เข้า|กัน|ของ|เมื่อ|ถึง|จึง|จะ|ให้)"
)
MONEY = ("บาท", "ดอลลาร์", "เหรียญ", "ยูโร", "baht")
"""What a price or a budget is told in."""
_MONEY = re.compile(
    "|".join((
        "กี่(?:พัน|หมื่น|แสน|ล้าน)*บาท", "ใช้เงิน",
        r"^(?![^\n]*(?:ผู้|คน|นักท่องเที่ยว|ประชา))[^\n]*กี่(?:พัน|หมื่น|แสน|ล้าน)+(?=[\s?]|$|ครับ|คะ|ค่ะ|อะ)",
        r"(?:(?<!ส)งบ|วงเงิน|มูลค่า|ราคา|เงิน(?!เฟ้อ|ฝืด)"
        r"|ค่า(?:ใช้จ่าย|จ้าง|แรง|ปรับ|เช่า|ธรรมเนียม|โดยสาร|เทอม|บริการ|ก่อสร้าง|สร้าง))"
        r"(?:(?!ร้อยละ|เปอร์เซ็น|อัตรา)[^\n]){0,60}เท่า",
        r"how much (?:money|budget)", r"what (?:(?:is|was|were) )?(?:the )?(?:\w+ )?(?:budget|cost|price)",
        r"how much [^?\n]{0,60}\b(?:costs?|spen[dt]|paid|pay|invest|invested|worth)\b",
    ))
)  # fmt: skip
HOUR = ("เวลา",)
"""What a question for the time of the day wants."""
_HOUR = re.compile(rf"กี่โมง|เวลา(?:ใด|ไหน|เท่า{_HOW_MUCH})|\bwhat time\b")
_ALSO_WANTED = {"แบงก์": ("ธนาคาร", "แบงก์"), "คน": ("คน", "ราย"), "ราย": ("ราย", "คน")}
"""What the news writes for a noun of a question, itself among it."""
_PLACE_NOUN = re.compile(rf"({_PLACES})\s?{_WHICH}")
_BODY_NOUN = re.compile(rf"((?!หน่วยงาน|องค์กร|ฝ่าย){_BODIES})(?:รัฐ|ของรัฐ)?\s?{_WHICH}")
_ROLE = re.compile(
    r"([ก-๎.]{2,40})\s?(?:คนไหน|คนใด|ท่านใด|ท่านไหน|คนนั้น|ชื่ออะไร|คือใคร)"
    r"|\bwh(?:ich|at) ((?:\w+ ){0,3}?\w+)(?= (?:did|was|is|met|called|told|who|has|had|led|went)\b)"
)
_NOUN = re.compile(rf"([ก-๎]{{2,30}})\s?{_WHICH}")


def as_written(folded: str) -> str:
    """Words of asking that are often misspelt, as the dictionary writes them."""
    folded = _SLIPPED_CHAIR.sub("ประธาน", _MISSPELT_BE.sub("เป็น", folded))
    folded = _MISSPELT_CHAIR.sub("ประธาน", folded).replace("ใหน", "ไหน").replace("อำเพอ", "อำเภอ")
    folded = _MISSPELT_WHAT.sub("อะไร", _MISSPELT_WHO.sub("ใคร", folded))
    return _MISSPELT_HOW_MANY.sub("กี่", folded)


def kind_of(folded: str) -> Kind:
    """The kind of answer that a folded question wants."""
    who, chair, name = (re.search(pattern, folded) for pattern in (_WHO, _CHAIR, _NAME))
    if _CHAT.search(folded) and not chair:
        return Kind.CHAT
    if not who and ((chair and re.search(_LISTED, folded)) or re.search(_LISTED_APART, folded)):
        return Kind.EVENTS
    if chair and (who or name) and re.search(_INTO_OFFICE, folded):
        return Kind.WHO
    if chair and (who or name) and not re.search(_CHAIR_OF_OTHERS, folded):
        return Kind.CHAIR
    if who:
        return Kind.CHAIR if re.search(_OPEN, folded) else Kind.WHO
    if re.search(_NAME_OF_THING, folded):
        return Kind.WHAT
    for kind, pattern in _OTHER_KINDS:
        if re.search(pattern, folded):
            return kind
    if name:
        return Kind.WHO
    return Kind.CHAIR if chair or re.search(_OPENED, folded) else Kind.WHAT


def is_kind_word(term: str) -> bool:
    """Whether a term tells the kind of question, or nothing, rather than its matter ("ประธาน", "เปิด", "ของ")."""
    return bool(_KIND_WORD.match(term))


def wanted(kind: Kind, folded: str) -> tuple[str, ...]:
    """What the answer should bear, with its other wordings: a unit, a sort of place or agency, a post, a noun."""
    if kind is Kind.WHO:
        match = _ROLE.search(folded)
        return _role(match[1] or match[2]) if match else ()
    if kind is Kind.WHAT:
        return _noun(folded)
    if kind is Kind.NUMBER and _MONEY.search(folded):
        return MONEY
    if kind is Kind.WHEN:
        return HOUR if _HOUR.search(folded) else ()
    if kind is Kind.NUMBER and (match := re.search(r"how many ([a-z]+)", folded)):
        translated = [c for c in concepts(match[1]) if c.alternatives]
        return (*translated[0].alternatives, match[1]) if translated else (match[1],)
    pattern = {Kind.NUMBER: _UNIT, Kind.WHERE: _PLACE_NOUN, Kind.AGENCY: _BODY_NOUN}.get(kind)
    match = pattern.search(folded) if pattern else None
    if match is None:
        return ()
    return _ALSO_WANTED.get(match[1], (match[1],))


def _role(words: str) -> tuple[str, ...]:
    """A post that is asked for, as it stands and as the tables write it: the last words before the question word."""
    known = concepts(words)
    if known and known[-1].end >= len(words.rstrip()) - 1:
        return (words[known[-1].start : known[-1].end], *known[-1].alternatives)
    return _last_noun(words)


def _noun(folded: str) -> tuple[str, ...]:
    """The noun before the question word of "กรณีใดบ้าง", "กลุ่มไหน"; empty for a bare "อะไร"."""
    match = _NOUN.search(folded)
    return _last_noun(match[1]) if match else ()


def _last_noun(words: str) -> tuple[str, ...]:
    found = terms(words)
    return (found[-1],) if found and len(found[-1]) > 2 and not is_kind_word(found[-1]) else ()
