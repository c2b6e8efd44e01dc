"""The words of asking, in formal and spoken Thai, key words and English: what kind of answer they want.

Patterns are read on folded text (see :func:`retrieval.thai.text.fold`).
"""

from __future__ import annotations

import re

from retrieval.gazetteer.concepts import concepts
from retrieval.gazetteer.tables import words
from retrieval.model import Kind
from retrieval.thai.segment import terms


def _either(*patterns: str) -> str:
    return "(?:" + "|".join(patterns) + ")"


def _words(list_: str) -> tuple[str, ...]:
    """The words of a list of ``data/words/question.csv``, each as a pattern."""
    return tuple(map(re.escape, words("question", list_)))


_WHICH = _either(*_words("which"))
_POSTS_IN_ENGLISH = _either(*_words("english post"), r"spokes\w+")
_WHO = _either(*_words("who"), r"\bwho(?:m|se)?\b", rf"\bwh(?:ich|at) (?:\w+ ){{0,3}}{_POSTS_IN_ENGLISH}\b")
_CHAIR = _either(
    "ประธาน(?!าธิบดี)", r"(?<![ก-๎])ปธ\b", r"ปธ\.", "หัวโต๊ะ", r"\bchair(?:ed|s|man|ing|person)?\b",
    r"\bpresid(?:e|ed|es|ing)\b"
)  # fmt: skip
_CHAIR_OF_OTHERS = "ประธานคนนั้น|(?<!เป็น)ประธาน" + _either(*_words("chair of others"))
_OPEN = _either(
    rf"{_either(*_words('before an opening'))}\s*(?:ทำ)?(?:พิธี)?เปิด", f"เปิด{_either(*_words('opened'))}",
    *_words("open an event"), r"\bopen(?:ed|ing)?\b", r"\binaugurated?\b",
)  # fmt: skip
_LISTED_APART = r"(?:เป็นประธาน|เปิด)(?:งาน)?อะไร[^\n]{0,30}(?:บ้าง|มั่ง)"
_OPENED = r"กล่าวเปิด(?:งาน)?\s*[?]?$"
_INTO_OFFICE = _either(*_words("into office"), r"\bappointed\b", r"\belected\b")
_NAME = _either(r"(?:ชื่อ|นาม)(?:อะไร|ว่าอะไร|ว่าอย่างไร|ใด)", "มีชื่อว่า", r"^\s*(?:ขอ)?ชื่อ", r"\sชื่อ\s*[?]?$")
_PERSONS = _either(*_words("person with a name"), "รมช(?!่)")
_SHORT_THINGS = _either(*_words("short thing with a name"))
_THINGS = _either(rf"(?<![ก-๎]){_SHORT_THINGS}", *_words("thing with a name"))
_NAME_OF_THING = rf"^(?![^\n]*{_PERSONS}[^\n]*ชื่อ)[^\n]*{_THINGS}[^\n]*(?:ชื่อ|นาม)(?:บริษัท)?(?:อะไร|ว่าอะไร|ใด)"
_LISTED = _either(
    f"{_either(*_words('listed event'))}?(?:อะไร|ใด|ไหน)(?:มา)?(?:บ้าง|มั่ง)", r"\bwh(?:at|ich) (?:events?|meetings?)\b"
)
_HOW_MUCH = "(?:ไร่?|ไหร่?|ไหล่|ใด)"
_PLACES = _either(*_words("place"), r"รร\.?", r"รพ\.?", r"จว?\.")
_BODIES = _either(*_words("body"))
_BODIES_IN_ENGLISH = _either(*_words("english body"), "organi[sz]ation")
_AMOUNTS_IN_ENGLISH = _either(*_words("english amount"))
_OTHER_KINDS = (
    (
        Kind.WHEN,
        _either(
            f"{_either(*_words('time'))}(?:ไหน|ใด)", f"(?:วันที่|วัน)เท่า{_HOW_MUCH}", "เมื่อ(?:ไร|ไหร่|ใด)",
            "กี่โมง", "กำหนดการวัน",
            r"(?:วันที่|เวลา)\s*[?]?$", r"\bwhen\b", r"\bwh(?:at|ich) (?:dates?|days?|time|month|year)\b",
        ),
    ),
    (
        Kind.WHERE,
        _either(
            *_words("where"), "สถานที่(?:ใด|ไหน|จัด|ประชุม)", r"สถานที่\s*[?]?$", r"^\s*(?:สถานที่|ที่ตั้ง)",
            rf"{_PLACES}\s?(?:{_WHICH}|ไร)",
            r"\bwhere\b", r"\bvenue\b", rf"\bwh(?:ich|at) {_either(*_words('english place'))}\b",
        ),
    ),
    (
        Kind.AGENCY,
        _either(
            rf"{_BODIES}(?:รัฐ|ของรัฐ|ภาครัฐ)?\s?{_WHICH}", "หน่วยงาน(?:เจ้าของ|ที่รับผิดชอบ|ผู้)", "เจ้าของเรื่อง",
            rf"\bwh(?:ich|at) (?:\w+ )?{_BODIES_IN_ENGLISH}\b",
        ),
    ),
    (
        Kind.NUMBER,
        _either(
            "กี่", f"เท่า{_HOW_MUCH}", "จำนวนเท่า", "มากน้อย", rf"\bhow {_either(*_words('english how'))}\b",
            rf"\bwhat (?:(?:is|was|were|are) )?(?:the )?(?:\w+ )?{_AMOUNTS_IN_ENGLISH}\b",
            r"จำนวน(?:ผู้[ก-๎]+)?\s*[?]?$",
        ),
    ),
)  # fmt: skip
_GREETING = "^" + _either(*_words("greeting")) + _either(r"\W", *_words("after a greeting")) + "*$"
_SMALL_TALK = _either(
    *_words("small talk"), f"{_either(*_words('you'))}(?:เป็น|คือ|ชื่อ)(?:ใคร|อะไร)",
    r"\bhow are you\b", r"\bwho are you\b", r"\btell me a joke\b",
)  # fmt: skip
_ADVICE = _either(
    *_words("advice"), r"(?:ซื้อ|ลาออก)[^\n]{0,30}ดี(?:ไหม|มั้ย|มะ)",
    rf"{_either(*_words('day to come'))}[^\n]{{0,40}}{_either(*_words('yes or no'))}",
)  # fmt: skip
_CHAT = re.compile("|".join((_GREETING, _SMALL_TALK, _ADVICE)))

_PARTICLES = _either(*_words("particle"))
_ENGLISH_FRAME = _either(*_words("english frame"))
FRAME = re.compile(
    "|".join((
        "ใครเป็นคน", "(?:นั่ง)?หัวโต๊ะ", "(?:มี)?(?:ชื่อ|นาม)(?:ว่า)?(?:อะไร|อย่างไร|ใด)",
        f"(?:มี|เป็น|คือ|โดย)?{_either(*_words('who in a frame'))}{_either(*_words('after who in a frame'))}?",
        f"ใช่{_either(*_words('is it so'))}", "(?:ถึง|ตั้งแต่)?วัน(?:ไหน|ใด)", f"วันที่เท่า{_HOW_MUCH}",
        "เมื่อ(?:ไร|ไหร่|ใด)", "ตอนไหน", "กี่โมง",
        "ช่วง(?:วัน)?(?:ใด|ไหน)", "(?:เดือน|ปี)(?:ไหน|ใด)",
        r"(?:อยู่|จัด(?:ขึ้น)?|กัน|ณ)?\s?(?:ที่ไหน|ที่ใด|สถานที่(?:ใด|ไหน|จัดงาน|จัด))",
        f"{_either(*_words('what in a frame'))}(?:บ้าง|มั่ง|ดี)?", "กี่", f"(?:จำนวน)?(?:เป็น)?(?:เงิน)?เท่า{_HOW_MUCH}",
        "(?:หน่วยงาน)?เจ้าของเรื่อง",
        rf"{_PARTICLES}+(?=$|[\s?])", "อยาก(?:รู้|ทราบ)(?:ว่า)?", "ช่วยบอก", "รบกวน(?:ถาม)?", "ขอถาม",
        rf"\b{_ENGLISH_FRAME}\b", "[?？!]",
    ))
)  # fmt: skip
"""What of a question only asks, and is not to be looked for."""

_KIND_WORD = re.compile(
    "^" + _either(_CHAIR, "(?:เป็น)?ประธาน(?:ใน)?(?:พิธี)?(?:เปิด|ปิด)?(?:งาน)?", *_words("kind word")) + "$"
)
_MISSPELT_CHAIR = re.compile(r"ป(?:ระ|ร|ะ)(?:ธา|ทา)[นณ](?!า?ธิบดี|อาหาร|พร)")
_SLIPPED_CHAIR = re.compile(
    "(?<=เป็น)" + _either(
        *("ประธาน"[:at] + "[ก-๎]" + "ประธาน"[at + 1 :] for at in (1, 2, 4, 5)),
        "ประ[ก-๎]ธาน", "ประธ[ก-๎]าน", "ปรธะาน", "ประธนา",
    )
)  # fmt: skip
"""One wrong letter in "ประธาน", where the word before leaves no doubt; "ประสาน" is another word."""
_MISSPELT_BE = re.compile("(?<![ก-๎])เปน|เปน(?=ประธาน|คน|ผู้)")
_MISSPELT_WHO = re.compile("(?<![ก-๎])(?:ไคร|ครัย|ใคล)|ไคร(?=เป|มา|ไป|คือ)")
_MISSPELT_WHAT = re.compile(
    f"อะรัย|อาราย|อะไล|(?<=ชื่อ)(?:ไร|อะไ|หยัง|อิหยัง)(?![ก-ฮเ-ไ])|(?<=ชื่อ)(?:ไร|หยัง)(?={_PARTICLES})|(?<=มี)ไร(?=บ้าง|มั่ง)"
)
_MISSPELT_HOW_MANY = re.compile(f"กี(?={_either(*_words('counted'))})")

_UNIT = re.compile(rf"กี่\s?([ก-๎]{{1,14}}?)(?=[\s?]|$|{'|'.join(_words('after a unit'))}|คน(?=.))")
MONEY = words("question", "money")
"""What a price or a budget is told in."""
_MULTIPLES = _either(*_words("multiple"))
_MONEY = re.compile(
    "|".join((
        f"กี่{_MULTIPLES}*บาท", "ใช้เงิน",
        rf"^(?![^\n]*(?:ผู้|คน|นักท่องเที่ยว|ประชา))[^\n]*กี่{_MULTIPLES}+(?=[\s?]|$|ครับ|คะ|ค่ะ|อะ)",
        rf"(?:(?<!ส)งบ|วงเงิน|มูลค่า|ราคา|เงิน(?!เฟ้อ|ฝืด)|ค่า{_either(*_words('charge'))})"
        r"(?:(?!ร้อยละ|เปอร์เซ็น|อัตรา)[^\n]){0,60}เท่า",
        r"how much (?:money|budget)", r"what (?:(?:is|was|were) )?(?:the )?(?:\w+ )?(?:budget|cost|price)",
        rf"how much [^?\n]{{0,60}}\b{_either(*_words('english cost'))}\b",
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
    rf"([ก-๎.]{{2,40}})\s?{_either(*_words('after a post'))}"
    rf"|\bwh(?:ich|at) ((?:\w+ ){{0,3}}?\w+)(?= {_either(*_words('after an english post'))}\b)"
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
