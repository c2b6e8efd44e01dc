"""People as Thai news names them: titles and ranks, glued or spaced, the name, and the post that follows or precedes."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.thai.trie import pattern_of

_LEARNED = (
    "ศาสตราจารย์พิเศษ", "ศาสตราจารย์เกียรติคุณ", "ศาสตราจารย์คลินิก", "ศาสตราจารย์", "รองศาสตราจารย์",
    "ผู้ช่วยศาสตราจารย์", "ศ.พิเศษ", "ศ.", "รศ.", "ผศ.", "ดร.",
    "นายแพทย์", "แพทย์หญิง", "นพ.", "พญ.", "ทันตแพทย์หญิง", "ทันตแพทย์", "ทพญ.", "ทพ.",
    "นายสัตวแพทย์", "สัตวแพทย์หญิง", "น.สพ.", "สพ.ญ.", "เภสัชกรหญิง", "เภสัชกร", "ภก.", "ภญ.",
)  # fmt: skip
_RANKS = (
    "พลตำรวจเอก", "พลตำรวจโท", "พลตำรวจตรี", "พลอากาศเอก", "พลอากาศโท", "พลอากาศตรี", "พลเรือเอก", "พลเรือโท",
    "พลเรือตรี", "พลเอก", "พลโท", "พลตรี", "พันตำรวจเอก", "พันตำรวจโท", "พันตำรวจตรี", "พันเอก", "พันโท", "พันตรี",
    "ร้อยตำรวจเอก", "ร้อยตำรวจโท", "ร้อยตำรวจตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี", "นาวาอากาศเอก", "นาวาอากาศโท",
    "นาวาเอก", "นาวาโท", "นาวาตรี", "เรืออากาศเอก", "เรือเอก", "จ่าสิบเอก", "สิบเอก", "ว่าที่ร้อยตรี",
    "พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พล.อ.อ.", "พล.อ.ท.", "พล.อ.ต.", "พล.ร.อ.", "พล.ร.ท.", "พล.ร.ต.",
    "พล.อ.", "พล.ท.", "พล.ต.", "พ.ต.อ.", "พ.ต.ท.", "พ.ต.ต.", "พ.อ.", "พ.ท.", "พ.ต.", "ร.ต.อ.", "ร.ต.ท.", "ร.ต.ต.",
    "ร.อ.", "ร.ท.", "ร.ต.", "น.อ.", "น.ท.", "น.ต.", "ว่าที่ ร.ต.", "ว่าที่ พ.ต.", "พันจ่าเอก", "จ.ส.อ.", "จ.ส.ต.",
)  # fmt: skip
_SPECIAL = ("(พิเศษ)", "พิเศษ", "หญิง", "(เกียรติคุณ)", "(หญิง)")
_TITLE = (
    r"(?:(?:" + pattern_of(_RANKS) + "|" + pattern_of(_LEARNED) + r")\s*(?:" + pattern_of(_SPECIAL) + r")?\s*"
    # "นายก..." of a prime minister or a mayor, "นายอำเภอ", "นายจ้าง" and the like are no titles.
    r"|(?<!ท)(?<!เจ้า)(?<!เป็น)นาย(?!ก(?:รัฐ|ฯ|สมาคม|เทศ|อบ[จต]|สภา|องค์|เหล่า|เมือง|\.|\s|ส\.|ส่ว|เล็ก|ไทย|ไป|ได้|และ|เข้า|เป็น|กล่าว|พร้อม|ลง|มอบ|เดิน|สั่ง|ย้ำ|ขอ|นำ|เยือน)|อำเภอ|จ้าง|ทะเบียน|ทหาร|ตำรวจ|ทุน|ประกัน|ตรวจ|หน้า|ช่าง|ท่า|ด่าน|สนาม|สถานี|เรือ|ไปรษณีย์|กอง)"
    r"|นางสาว|น\.ส\.|(?<![ก-ฮะ-ู])นาง(?!สาว|งาม|พยาบาล|แบบ|รอง|เลิ้ง|นวล|แอ่น|ฟ้า)|คุณหญิง|ท่านผู้หญิง|ม\.ร\.ว\.|ม\.ล\.|หม่อมหลวง|หม่อมราชวงศ์"
    r"|(?<![ก-๎])คุณ(?!ภาพ|วุฒิ|ธรรม|สมบัติ|ค่า|หมอ|พ่อ|แม่|ประโยชน์)(?=[ก-ฮเ-ไ][ก-๎]+\s+[ก-ฮเ-ไ][ก-๎]+))\s*"
)
_WORD = r"[ก-ฮเ-ไ][ก-ฺเ-๎]+"
_LATIN = r"[A-Z][\w.'’\-]*(?:[ \-]+(?:bin|binti|al|de|van|der|von|la|[A-Z][\w.'’\-]*)){0,5}"
_ENGLISH_PERSON = re.compile(
    r"\b(?P<title>(?:H\.E\.\s*)?(?:(?:Mr|Mrs|Ms|Miss|Dr|Gen|General|Lt|Col|Pol|Capt|Captain|Adm|Admiral|Prof|Professor|Assoc|Asst|ACM|Police|Maj)\.?\s*){1,4}"
    r"|(?:Deputy )?Prime Minister (?:and (?:\w+ )+?Minister )?(?=[A-Z][a-z]+ [A-Z][a-z\-]+))"
    r"(?P<name>[A-Z][\w’'\-]+(?:\s+(?:na|Na|de|van|bin)?\s*[A-Z][\w’'\-]+){1,3})"
)
_MONK = re.compile(
    r"(?<![ก-๎])(?P<name>(?:สมเด็จพระ|พระ)(?!ราชทาน|บาทสมเด็จ|องค์|เจ้า|สงฆ์|ภิกษุ|พุทธรูป|บรม|ราชดำริ|ราชบัญญัติ|ราชกฤษฎีกา|ราชพิธี|นคร|สวดมนต์|ชนม|กนิษฐา|อารามหลวง|ที่นั่ง)[ก-๎]{4,40}(?:\s+\([^)\n]{2,40}\))?)"
)

POST_WORDS = (
    "รัฐมนตรี", "รองนายก", "นายกรัฐมนตรี", "นายกเทศมนตรี", "นายกองค์การ", "นายกสมาคม", "นายกเหล่ากาชาด", "นายกสภา",
    "นายกเมืองพัทยา", "นายกฯ", "นายก อบจ", "รองปลัด", "ปลัด", "รองอธิบดี", "อธิบดี", "อธิการบดี", "ผู้ว่า", "รองผู้ว่า",
    "ผู้อำนวยการ", "รองผู้อำนวยการ", "ผู้ช่วย", "ผู้ตรวจราชการ", "ผู้บัญชาการ", "ผู้บังคับการ", "ผู้จัดการ", "ผู้แทน",
    "ผู้บริหาร", "ผู้ก่อตั้ง", "ผู้พิพากษา", "ผู้อาวุโส", "ผู้เชี่ยวชาญ", "เลขาธิการ", "เลขานุการ", "รองเลขา", "โฆษก", "รองโฆษก",
    "ประธาน", "รองประธาน", "ที่ปรึกษา", "คณะที่ปรึกษา", "กรรมการ", "หัวหน้า", "รองหัวหน้า", "เอกอัครราชทูต", "อัครราชทูต", "อุปทูต",
    "กงสุล", "สมาชิก", "นายอำเภอ", "พัฒนาการ", "คณบดี", "เสนาธิการ", "แม่ทัพ", "อดีต", "รักษา", "ผอ.", "ผบ.", "รมว.", "รมช.",
    "รมต.", "รอง", "ส.ส.", "ส.ว.", "เจ้าอาวาส", "เจ้าคณะ", "เจ้าหน้าที่", "ข้าหลวง", "ท้องถิ่น", "จ่าจังหวัด", "เกษตร", "แรงงาน",
    "สาธารณสุข", "ศึกษาธิการ", "วัฒนธรรม", "ขนส่ง", "ประชาสัมพันธ์จังหวัด", "พาณิชย์", "อุตสาหกรรม", "ประธานาธิบดี", "ผู้นำ", "มกุฎ",
    "สรรพากร", "นักวิชาการ", "อาจารย์", "ครู", "นักแสดง", "ศิลปิน", "คู่สมรส", "ภริยา", "องคมนตรี", "กรรมการผู้จัดการ", "ประธานเจ้าหน้าที่",
    "ผู้กำกับ", "ผู้ประกอบการ", "ตัวแทน", "ผช.", "รักษาการ", "เลขา", "นายทะเบียน", "จเร", "ปศุสัตว์", "ประมง", "สหกรณ์", "พาณิชย์จังหวัด",
)  # fmt: skip
_POST = pattern_of(POST_WORDS)
_POST_START = re.compile(_POST)
_PERSON = re.compile(
    rf"(?<![ก-ฮ]\.)(?P<title>(?:{_TITLE}){{1,4}})(?:(?P<latin>{_LATIN})|(?P<first>{_WORD})"
    rf"(?:(?P<abridged>\s?ฯ)|[ \u00a0]+(?P<last>(?:(?:อิศรางกูร|เทพหัสดิน|สนิทวงศ์|ทองแถม|กุญชร|ศิริวงศ์)\s+)?(?:ณ\s+)?{_WORD})"
    rf"(?P<third>[ ]+ณ\s+{_WORD}|[ ]+{_WORD}(?=[ ]+(?:{_POST})))?)?)"
)
_NOT_A_SURNAME = re.compile(
    pattern_of(
        (*POST_WORDS, "เป็น", "ได้", "กล่าว", "เปิดเผย", "และ", "ใน", "โดย", "พร้อม", "มอบหมาย", "มอบ", "ร่วม", "ซึ่ง", "เข้า",
         "นำ", "ลงพื้นที่", "ลงนาม", "ลง", "ตรวจ", "ติดตาม", "ว่า", "เมื่อ", "วันที่", "เพื่อ", "ที่", "ให้", "มี", "ขอ", "ย้ำ", "ระบุ", "ชี้แจง", "แถลง",
         "เผย", "จะ", "ไป", "เดินทาง", "พบ", "หารือ", "กับ", "จาก", "ด้วย", "ต่อ", "ยัง", "แล้ว", "จึง", "รับ", "ชม", "ยืนยัน", "สั่ง", "คณะ",
         "ประชุม", "ตอบ", "ต้อนรับ", "เยี่ยม", "ห่วง", "ขณะ", "ทั้ง", "นั้น", "คน", "ฝ่าย", "ของ", "แก่", "ดำรง", "ร้อง", "ชู", "เร่ง", "เน้น", "หวัง", "เชิญ", "แนะ", "โพสต์", "อวย", "ประกาศ", "เตือน", "เห็น", "สรุป", "ตั้ง", "ฝาก", "ชวน", "ดัน", "เดิน")
    )
)  # fmt: skip
_GLUED_POST = re.compile(
    pattern_of(
        ("รัฐมนตรี", "รองนายกรัฐมนตรี", "นายกรัฐมนตรี", "ปลัดกระทรวง", "รองปลัด", "อธิบดี", "ผู้ว่าราชการ", "ผู้ว่าการ", "ผู้อำนวยการ",
         "ผู้ตรวจราชการ", "เลขาธิการ", "เป็นประธาน", "กล่าวว่า", "เปิดเผยว่า", "เปิดเผย", "พร้อมด้วย", "ได้กล่าว", "ในฐานะ", "โฆษก", "ประธาน",
         "ได้รับ", "ได้มอบหมาย", "มอบหมาย", "เข้าร่วม", "ที่ปรึกษา", "เอกอัครราชทูต", "ผู้ช่วยรัฐมนตรี", "ระบุว่า", "นายก")
    )
)  # fmt: skip
_GLUED_WORD = re.compile(
    pattern_of(("ให้", "กล่าว", "ได้", "และ", "เป็น", "จะ", "มี", "ที่", "ว่า", "ขอ", "ยัง", "ไป", "ลง", "พร้อม"))
)
_LONGEST_FIRST = 14
_LONGEST_SURNAME = 18
_SHORTEST_DOUBTFUL = 5
_POST_END = re.compile(
    r"\n|เป็น|เปิด|ปิด(?!ภัย)|มี|ห่วง|ดำรง| ประธาน(?:ใน|พิธี)|(?<!ราย)ได้(?!รับพระ)|กล่าว|เปิดเผย|เผย(?!แพร่)|มอบหมาย|มอบ|โดย(?!สาร)|ร่วม(?!มือ|สมัย)|เข้า(?!เมือง)|ลงพื้นที่|ลงนาม"
    r"|นำ(?!ร่อง)|เดินทาง|พร้อม|ณ |ในโอกาส|ในการ|ในพิธี|ว่า[ ท]|ให้การ|ระบุ|แถลง|ชี้แจง|จัด(?!การ|หางาน|สรร|ซื้อ)|ประชุม|(?<!ผู้)ตรวจ(?!ราชการ|คน|สอบ|เงิน|บัญชี|แผ่นดิน)"
    r"|ติดตาม|ทำหน้าที่|ปฏิบัติหน้าที่|นั่ง|จะ|ซึ่ง|เมื่อ|เวลา|หลังจาก|ภายหลัง|ถวาย|รับ(?!ผิดชอบ|ราชการ|รอง|เรื่อง|ฟัง)|ยืนยัน|ย้ำ|และคณะ"
    r"|และ(?="
    + _TITLE
    + r")|,|;|(?<!กำ)กับ(?!ดูแล)|(?<!เ)ที่(?!ปรึกษา|ดิน|ทำการ|ราช|ทำเนียบ|[ ]?\d)|เพื่อ(?!เศรษฐกิจ|การเกษตร|การยุติธรรม|สังคม|การพัฒนา|การส่งออก|การอุดม|ความ|การศึกษา|การท่องเที่ยว|สุขภาพ|คน|ผู้)"
    r"|พบ|ขอ(?!ง)|สั่ง|ต้อนรับ|\(ประธาน|ผู้แทนรัฐมนตรี|“|\""
)
_NAMED_POST = re.compile(r"(?P<post>(?:" + _POST_START.pattern + r")[^\n()]{0,120}?)\s*[(（]\s*$")


@dataclass(frozen=True, slots=True)
class Person:
    """A person named by ``text[start:end]``: ``name`` without title; ``complete`` when a surname was given.

    ``post`` is his post where the text tells it beside the name, ``post_end`` where that ends.
    """

    start: int
    end: int
    name: str
    complete: bool
    post: str | None = None
    post_end: int = 0

    @property
    def first(self) -> str:
        return self.name.split(" ")[0]


def people(text: str) -> list[Person]:
    """The people that a text names, in order, with their posts."""
    found: list[Person] = []
    for match in _PERSON.finditer(text):
        person = _person(match)
        if person and (not found or person.start >= found[-1].end):
            found.append(person)
    if re.search(r"[A-Z][a-z]+ [A-Z]", text):
        taken = [(p.start, p.end) for p in found]
        for match in _ENGLISH_PERSON.finditer(text):
            if all(match.end() <= a or match.start() >= b for a, b in taken):
                name = re.sub(r"\s+", " ", match["name"])
                found.append(Person(match.start(), match.end(), name, complete=True))
        found.sort(key=lambda p: p.start)
    return [_with_post(text, person, found[i + 1] if i + 1 < len(found) else None) for i, person in enumerate(found)]


def monks(text: str) -> list[Person]:
    """Monks named by their ecclesiastical titles, which stand without any other title."""
    return [
        _with_post(text, Person(m.start(), m.end(), re.sub(r"\s+", " ", m["name"]), complete=True), None)
        for m in _MONK.finditer(text)
    ]


def _person(match: re.Match[str]) -> Person | None:
    if match["latin"]:
        return Person(
            match.start(), match.end("latin"), re.sub(r"\s+", " ", match["latin"]).rstrip(" ."), complete=True
        )
    first, end = match["first"], match.end("first")
    glued = _GLUED_POST.search(first, 2) or (_GLUED_WORD.search(first, 3) if len(first) > _LONGEST_FIRST else None)
    if glued:
        return Person(match.start(), match.start("first") + glued.start(), first[: glued.start()], complete=False)
    if _NOT_A_SURNAME.match(first) and len(first) < 4:
        return None
    if match["abridged"]:
        return Person(match.start(), match.end("abridged"), first, complete=False)
    last = match["last"]
    if not last or not _is_surname(last, match.string, match.end("last")):
        return Person(match.start(), end, first, complete=False)
    glued = _GLUED_POST.search(last, 2)
    if glued:
        last = last[: glued.start()]
        return Person(match.start(), match.start("last") + len(last), f"{first} {last}", complete=True)
    end = match.end("last")
    third = (match["third"] or "").strip()
    if third and (third.startswith("ณ") or not _NOT_A_SURNAME.match(third)):
        last, end = f"{last} {third}", match.end("third")
    return Person(match.start(), end, re.sub(r"\s+", " ", f"{first} {last}"), complete=True)


# Surnames that begin like a word of the list above: long, and going on with letters that the word alone does not.
_SURNAME_AFTER = re.compile(
    r"(?:ที่(?!ปรึกษา|ประชุม|ผ่าน|มี|ได้|เป็น|จะ|ห้อง|โรง|กระทรวง|ทำเนียบ)|มี(?!การ|ความ|ผู้|นาย|กำหนด|มติ|ส่วน)|ชม|คน(?!ที่|ใหม่|แรก)|รับ(?!ฟัง|มอบ|ทราบ|ผิด|การ|ราชการ)|ขอ(?!บคุณ|ให้)"
    r"|พบ(?!ปะ|ว่า|กับ)|ว่า(?!การ|ที่)|นำ(?!เสนอ|ทีม|คณะ|ร่อง)|ใน(?!ฐานะ|การ|โอกาส|พิธี|งาน|นาม|วัน|พื้นที่)|ให้(?!การ|สัมภาษณ์|ความ)|ของ|ครู|ลง(?!พื้นที่|นาม)|ได้(?!รับ|เป็น|มอบ|กล่าว)|เกษตร(?!จังหวัด|อำเภอ)|แก่|มอบ(?!หมาย|นโยบาย|รางวัล)|สั่ง|รักษา(?!ราชการ|การ)|จะ(?!ลง|เดิน))[ก-๎]{3,}$"
)


def _is_surname(word: str, text: str, end: int) -> bool:
    """Whether the word after a first name is a surname and not already a post or a verb."""
    if word.startswith("ณ ") or not _NOT_A_SURNAME.match(word):
        return True
    if _POST_START.match(word) or len(word) > _LONGEST_SURNAME:
        return False
    # A surname may begin like a verb; a post right after it, or an unusual continuation, tells.
    return bool(
        _SURNAME_AFTER.match(word)
        or (len(word) > _SHORTEST_DOUBTFUL and _POST_START.match(text[end : end + 40].lstrip()))
    )


def _with_post(text: str, person: Person, following: Person | None) -> Person:
    limit = min(len(text), person.end + 170, following.start if following else len(text))
    at = person.end
    while at < limit and text[at] in " \u00a0":
        at += 1
    if _POST_START.match(text, at, limit):
        first_word = _POST_START.match(text, at, limit)
        assert first_word is not None
        stop = _POST_END.search(text, first_word.end(), limit)
        end = stop.start() if stop else limit
        post = text[at:end].strip(" ,-")
        # A bracket opened and not closed belongs to what follows.
        if post.count("(") > post.count(")"):
            post = post[: post.rindex("(")].rstrip()
        post = re.sub(r"\s*และ$", "", post)
        if post:
            return replace(person, post=re.sub(r"\s+", " ", post), post_end=at + len(post))
    before = _NAMED_POST.search(text[max(0, person.start - 130) : person.start])
    if before and text[person.end : person.end + 2].lstrip().startswith((")", "）")):
        posts = re.split(r"\s{2,}|\n|โดยมี|โดย|ซึ่งมี", before["post"])
        return replace(person, post=re.sub(r"\s+", " ", posts[-1].strip()), post_end=person.end + 1)
    return person
