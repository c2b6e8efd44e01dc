"""People as Thai news names them: titles and ranks, glued or spaced, the name, and the post that follows or precedes.

A name is found from its title by a pattern that any letter outside the titles' beginnings passes over; what the
title means there ("นาย" of a name, or of "นายกรัฐมนตรี") is then told from its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from retrieval.thai import posts
from retrieval.thai.trie import pattern_of

_LONGEST_FIRST = 14
"""Letters of a first name; beyond that it has swallowed the word after it."""
_LONGEST_SURNAME = 18
_LONGEST_UNBROKEN = 60
"""Letters of a surname with everything that may be glued to it."""
_SHORTEST_DOUBTFUL = 5
_BEFORE = 130
"""Characters before a bracketed name in which its post is looked for."""
_AFTER = 170
"""Characters after a name in which its post ends."""

_RANK = pattern_of((*posts.RANKS, *posts.LEARNED))
_TITLE = re.compile(pattern_of((*posts.RANKS, *posts.LEARNED, *posts.CIVIL)))
_AFTER_RANK = rf"(?:{pattern_of(posts.AFTER_RANK)})[ \u00a0]{{0,2}}+"
_MORE_TITLES = (
    rf"(?:(?:{_RANK}|{pattern_of(set(posts.CIVIL) - {'คุณ'})})[ \u00a0]{{0,2}}+(?:{_AFTER_RANK}){{0,3}}+){{0,6}}+"
)
_AFTER_CIVIL = re.compile(rf"[ \u00a0]{{0,2}}+{_MORE_TITLES}")
_AFTER_ANY_RANK = re.compile(rf"[ \u00a0]{{0,2}}+(?:{_AFTER_RANK}){{0,3}}+{_MORE_TITLES}")
_BAD_AFTER = {
    "นาย": re.compile(rf"{pattern_of(posts.NOT_AFTER_NAI)}|ก[เแโใไ]"),
    "นาง": re.compile(pattern_of(posts.NOT_AFTER_NANG)),
    "คุณ": re.compile(pattern_of(posts.NOT_AFTER_KHUN)),
    "นายแพทย์": re.compile(pattern_of(posts.NOT_AFTER_DOCTOR)),
}
_BAD_BEFORE = {
    "นาย": ("ท", "เจ้า", "เป็น", "ลูก"),
    "นาง": ("พระ", "เจ้า", "น้อง", "สนาม", "อ่าว", "ธ", "พ", "ข", "ค"),
    "ศ.": ("พ.", "ค."),
}
_THAI = re.compile("[ก-๎]")
_SO_MANY = re.compile(r".*\d $(?<!25\d\d )")
_TWO_NAMES = re.compile(r"[ก-ฮเ-ไ][ก-๎]+ [ก-ฮเ-ไ][ก-๎]")

_POST = pattern_of(posts.POSTS)
_POST_START = re.compile(_POST)
_WORD = r"[ก-ฮเ-ไ][ก-ฮะ-ฺเ-ๅ็-๎]{1,50}+"
_LATIN = r"[A-Z][\w.'’-]{0,40}+(?:[ -]{1,2}(?:bin|binti|al|de|van|der|von|la|[A-Z][\w.'’-]{0,40}+)){0,5}+"
_TWO_WORD_SURNAMES = "อิศรางกูร|เทพหัสดิน|สนิทวงศ์|ทองแถม|กุญชร|ศิริวงศ์|พึ่งบุญ|อิศรเสนา|สุทัศน์|มาลากุล|ปาลกะวงศ์|ลดาวัลย์|บิน|บินติ|เดอ|ฟอน"
_NAME = re.compile(
    rf"(?P<latin>{_LATIN})|(?P<first>{_WORD})(?:(?P<abridged> ?ฯ)|[ \u00a0]{{1,2}}"
    rf"(?P<last>(?:(?:{_TWO_WORD_SURNAMES}) )?(?:ณ )?{_WORD})"
    rf"(?P<third> ณ {_WORD}| {_WORD}(?= (?:{_POST})))?)?"
)
_NOT_A_SURNAME = re.compile(pattern_of(posts.NOT_SURNAMES))
_GLUED_POST = re.compile(pattern_of(posts.GLUED_POSTS))
_GLUED_WORD = re.compile(pattern_of(posts.GLUED_WORDS))
_ROYAL = ("พระเจ้า", "พระองค์", "พระบาท", "สมเด็จ", "เจ้าฟ้า", "เธอ")

_ENGLISH_TITLES = (
    "Mr", "Mrs", "Ms", "Miss", "Dr", "Gen", "General", "Lt", "Lieutenant", "Col", "Colonel", "Pol", "Capt",
    "Captain", "Adm", "Admiral", "Prof", "Professor", "Assoc", "Asst", "ACM", "Air Chief Marshal", "Maj", "Major",
    "Police", "H.E", "President", "Sultan", "Prime Minister", "Deputy Prime Minister", "Premier", "Chancellor",
    "Ambassador",
)  # fmt: skip
_MINISTRIES = (
    "Finance", "Foreign Affairs", "Interior", "the Interior", "Defence", "Defense", "Commerce", "Public Health",
    "Labour", "Labor", "Energy", "Culture", "Education", "Industry", "Justice", "Transport", "Tourism and Sports",
    "Agriculture", "Agriculture and Cooperatives", "Natural Resources and Environment",
    "Digital Economy and Society",
)  # fmt: skip
_ENGLISH_TITLE_WORDS = rf"(?:{'|'.join(_ENGLISH_TITLES)}|Minister(?: of (?:{'|'.join(_MINISTRIES)}))?)\b\.?"
_ENGLISH_TITLE = re.compile(_ENGLISH_TITLE_WORDS)
_CAPITALISED = re.compile(r"[A-Z](?<!\w.)")
"""Where an English title may begin; Thai texts have few such places."""
_ENGLISH_PERSON = re.compile(
    rf"(?:(?:His|Her) (?:Majesty|Excellency|Royal Highness) )?(?:{_ENGLISH_TITLE_WORDS} ?){{0,5}}+"
    r"(?P<name>[A-Z][\w’'-]{1,30}+(?: (?:(?:na|de|van|bin|binti|al) )?(?:[A-Z]\.|[A-Z][\w’'-]{1,30}+)){1,3})"
)
_ENGLISH_POST = re.compile(
    r"(?P<post>(?:(?:Deputy )?Prime Minister and )?(?:(?:Deputy )?Prime Minister|President"
    r"|Minister of (?:the )?[A-Z]\w+(?: Affairs)?"
    r"|(?:Defen[cs]e|Foreign|Interior|Finance|Commerce|Labou?r|(?:Public )?Health|Energy|Education) Minister))"
    r" (?:(?:Gen|General|Mr|Mrs|Ms|Dr|Pol|ACM|H\.E)\.? ?){0,3}$"
)
_ENGLISH_OFFICE = re.compile(
    r"\b(?:The|Minister|Prime|Deputy|Office|Spokesperson|Ministry|Affairs|Permanent|State|House|Public|Government|"
    r"Secretary|Council|Assembly|Office|Conference|General)\b"
)

_NOT_MONKS = (
    "ราชทาน", "บาทสมเด็จ", "องค์", "เจ้า", "สงฆ์", "ภิกษุ", "บรม", "ราชดำริ", "ราชบัญญัติ", "ราชกฤษฎีกา", "ราชพิธี",
    "นคร", "สวดมนต์", "ชนม", "กนิษฐา", "ขนิษฐา", "อารามหลวง", "ที่นั่ง", "ประธาน", "นาง", "ราโช", "ราชนิพนธ์",
    "ราชกรณียกิจ", "มหากษัตริย์", "มหากรุณา", "กรุณา", "ราชินี", "โพธิ์", "อุโบสถ", "พุทธรูป", "พุทธเจ้า",
    "พุทธศาสน", "พุทธสิหิงค์", "พุทธชินราช", "พุทธองค์", "พุทธปฏิมา", "พุทธบาท", "พุทธมนต์", "พุทธคุณ", "พุทธภูมิ",
    "พุทธโสธร", "พุทธยอดฟ้า", "พุทธเลิศหล้า", "ชัยมงคล", "พรชัย", "เกียรติ", "ราชกุศล", "ราชวัง", "ราชปณิธาน",
    "ราชบิดา", "ราชหฤทัย", "ราชกระแส", "มหาเถระ", "เถระ", "เณร", "อัจฉริย", "วิสัยทัศน์", "ปรีชา", "ประสงค์",
    "เมตตา", "อนุสาวรีย์", "อาการ", "พลานามัย", "ปณิธาน", "บัญชา", "ธรรมเทศนา", "ธรรมทูต", "ธรรมวินัย", "ธรรมคำสอน",
    "กฐิน", "อภิธรรม", "นาม", "วิหาร", "ธาตุ", "ภูมิ", "พันปี", "คุณ",
)  # fmt: skip
"""What "พระ" begins besides a monk's name."""
_MONK = re.compile(
    rf"(?:สมเด็จพระ|พระ)(?!{pattern_of(_NOT_MONKS)}|พร(?!หม))"
    r"[ก-๎]{4,40}+(?: [ก-๎]{1,20}ฺ[ก-๎]{1,20}+)?(?: \([^)\n]{2,40}\))?(?P<degree> วิ\.)?"
)
_BEFORE_MONKS = ("โดย", "มี", "คุณ", "ได้", "จาก", "และ", "ด้วย")
_GIVEN_TO_MONKS = re.compile(r"(?:เจ้าอาวาส|เจ้าคณะ|กรรมการมหาเถร|ผู้ช่วยเจ้าอาวาส|ประธาน)")
_ROYAL_PERSON = re.compile(
    r"(?:พระบาทสมเด็จพระ|สมเด็จพระ(?:กนิษฐา|เจ้าลูก|เจ้าน้อง|นางเจ้า|บรมราช|ราชินี)|พระเจ้าวรวงศ์เธอ|พระเจ้าหลานเธอ"
    r"|ทูลกระหม่อม|เจ้าฟ้า|พระเจ้าบรมวงศ์เธอ)[ก-๎ฯ]{2,60}+(?: ?(?!เสด็จ|ทรง|ให้|พระราชทาน|เป็น|โปรด)[ก-๎ฯ]{1,60}+){0,4}?"
    r"(?= ?(?:เสด็จ|ทรง|เป็นองค์|โปรด))"
)

# Conditions stand behind the first letters, so that a search passes over all letters that begin nothing.
_POST_END = re.compile(
    r"\n|,|;|“|\"|\[|เป็น|เปิด|ปิด(?!ภัย)|มี|ห่วง|ดำรง| ประธาน(?:ใน|พิธี|การประชุม|ฝ่าย|เปิด|สักขี)| หารือ| ประจำปี| จากนั้น"
    r"|ได้(?<!รายได้)(?!รับพระ)|กล่าว|เผย(?!แพร่)|มอบ|โดย(?!สาร)"
    r"|ร่วม(?!มือ|สมัย)|เข้า(?!เมือง)|ลงพื้นที่|ลงนาม|นำ(?!ร่อง)|เดินทาง|พร้อม|ณ |ใน(?:โอกาส|การ|พิธี)|ว่า[ ท]|ให้การ|ระบุ|แถลง"
    r"|ชี้แจง|จัด(?!การ|หางาน|สรร|ซื้อ)|ประชุม|ตรวจ(?<!ผู้ตรวจ)(?!ราชการ|คน|สอบ|เงิน|บัญชี|แผ่นดิน)|ติดตาม|ทำหน้าที่|ปฏิบัติหน้าที่|นั่ง"
    r"|จะ(?<!รจะ)|ซึ่ง|เมื่อ|เวลา|ภายหลัง(?:จาก)?|หลัง(?:จาก)?|ถวาย|รับ(?!ผิดชอบ|ราชการ|รอง|เรื่อง|ฟัง)|ยืนยัน|ย้ำ|และ(?:คณะ|นาย|นาง|พล|ดร)"
    r"|กับ(?<!กำกับ)(?!ดูแล)|ที่(?<!หน้าที่)(?<!พื้นที่)(?<!เที่)(?!ปรึกษา|ดิน|ทำการ|ราช|ทำเนียบ| ?\d)"
    r"|เพื่อ(?!เศรษฐกิจ|การ(?:เกษตร|ยุติธรรม|พัฒนา|ส่งออก|อุดม|ศึกษา|ท่องเที่ยว)|สังคม|ความ|สุขภาพ|คน|ผู้)"
    r"|ให้(?!บริการ|คำปรึกษา|สิทธิ|กู้)|พบ|ขอ(?!ง)|สั่ง|ต้อนรับ|\(ประธาน|ผู้แทนรัฐมนตรี|ปรธาน"
)
_NAMED_POST = re.compile(rf"(?P<post>(?:{_POST})[^\n()]{{0,120}}?) ?[(（] ?$")
_POST_BEFORE = re.compile(rf"(?:มี|โดย|จาก|ให้|แก่|\n|^) ?(?P<post>(?:{_POST})[^\n()\s]{{0,60}}+) ?$")
_LATIN_BRACKET = re.compile(r" ?\([A-Za-z][A-Za-z.,’' -]{2,60}+\)")
_CLAUSE = re.compile(r" {2,}|\n|\[|โดยมี|โดย|ซึ่งมี|มอบหมายจาก|มอบหมายให้|พร้อมด้วย|(?<=[^ร])และ(?=รอง)")
_SPACES = re.compile(r"\s+")


class Person(NamedTuple):
    """A person named by ``text[start:end]``: ``name`` without title; ``complete`` when a surname was given.

    ``post`` is his post where the text tells it beside the name, ``post_end`` where that ends; ``begin`` is where the
    name begins, or the post if that stands before it.
    """

    start: int
    end: int
    name: str
    complete: bool
    post: str | None = None
    post_end: int = 0
    post_start: int | None = None

    @property
    def begin(self) -> int:
        return self.start if self.post_start is None else self.post_start

    @property
    def first(self) -> str:
        return self.name.split(" ", 1)[0]


def people(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """The people that ``text[start:end]`` names, in order, with their posts."""
    end = len(text) if end is None else min(end, len(text))
    found = list(_thai_names(text, start, end))
    if _english_title(text, start, end):
        # A Thai name's own spelling in Latin letters follows in brackets.
        taken = [(p.start, _latin_end(text, p.end)) for p in found]
        found += [p for p in _english_names(text, start, end) if all(p.end <= a or p.start >= b for a, b in taken)]
        found.sort(key=lambda p: p.start)
    return [
        _with_post(text, person, found[i + 1].start if i + 1 < len(found) else end) for i, person in enumerate(found)
    ]


def first_person(text: str, start: int = 0, end: int | None = None) -> Person | None:
    """The first person of :func:`people` with a Thai title; cheaper, as nothing after him is read."""
    end = len(text) if end is None else min(end, len(text))
    names = _thai_names(text, start, end)
    person = next(names, None)
    if person is None:
        return None
    following = next(names, None)
    return _with_post(text, person, following.start if following else end)


def monks(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """Monks named by their ecclesiastical titles, which stand without any other title."""
    end = len(text) if end is None else min(end, len(text))
    found: list[Person] = []
    for match in _MONK.finditer(text, start, end):
        at = match.start()
        if at and _THAI.match(text, at - 1) and not text.endswith(_BEFORE_MONKS, 0, at):
            continue
        if found and match.start() - found[-1].end <= 1:
            # "สมเด็จพระ... สมเด็จพระสังฆราช": one person by two names.
            continue
        name = match.group().removesuffix(match["degree"] or "")
        verb = _GLUED_POST.search(name, 5) or _GIVEN_TO_MONKS.search(name, 5)
        if verb:
            name = name[: verb.start()]
        end_of_name = match.start() + len(name) if verb else match.end()
        person = Person(match.start(), end_of_name, _SPACES.sub(" ", name), complete=True)
        found.append(_with_post(text, person, end))
    return found


def royals(text: str, start: int = 0, end: int | None = None) -> list[Person]:
    """Members of the royal family named before a royal verb ("เสด็จ", "ทรง")."""
    found = _ROYAL_PERSON.finditer(text, start, len(text) if end is None else end)
    return [Person(m.start(), m.end(), _SPACES.sub(" ", m.group()).strip(), complete=True) for m in found]


def _thai_names(text: str, start: int, end: int) -> Iterator[Person]:
    at = start
    while match := _TITLE.search(text, at, end):
        at = match.end()
        if not _is_title(text, match):
            continue
        more = (_AFTER_CIVIL if match.group() in posts.CIVIL else _AFTER_ANY_RANK).match(text, at)
        name = _NAME.match(text, more.end() if more else at)
        if name is None:
            continue
        person = _person(match.start(), name)
        if person:
            yield person
            at = max(person.end, at)


def _is_title(text: str, match: re.Match[str]) -> bool:
    title, start, end = match.group(), match.start(), match.end()
    bad = _BAD_AFTER.get(title)
    if bad and bad.match(text, end):
        return False
    before = text[start - 1] if start else " "
    if title in _BAD_BEFORE and text.endswith(_BAD_BEFORE[title], 0, start):
        return False
    if title == "นาย" and before == " " and text[end : end + 1] == " " and _SO_MANY.match(text[start - 6 : start]):
        # "103 นาย": so many men.
        return False
    if title == "คุณ":
        return not _THAI.match(before) and bool(_TWO_NAMES.match(text, end))
    if len(title) > 1 and title[1] == "." and title != "น.ส.":
        # "ร.อ." and the like are also ends of other abbreviations.
        return not (_THAI.match(before) or before == ".")
    return True


def _person(start: int, match: re.Match[str]) -> Person | None:
    if match["latin"]:
        name = _SPACES.sub(" ", match["latin"]).rstrip(" .-")
        return Person(start, match.start() + len(match["latin"].rstrip(" .-")), name, complete=True)
    first, end = match["first"], match.end("first")
    if first.startswith(_ROYAL):
        return None
    glued = _GLUED_POST.search(first, 2) or (_GLUED_WORD.search(first, 3) if len(first) > _LONGEST_FIRST else None)
    if glued:
        return Person(start, match.start("first") + glued.start(), first[: glued.start()], complete=False)
    if _NOT_A_SURNAME.match(first) and len(first) < 4:
        return None
    if match["abridged"]:
        return Person(start, match.end("abridged"), first, complete=False)
    last = match["last"]
    if not last or not _is_surname(last, match.string, match.end("last")):
        return Person(start, end, first, complete=False)
    glued = _GLUED_POST.search(last, 2)
    if glued:
        last = last[: glued.start()]
        return Person(start, match.start("last") + len(last), f"{first} {last}", complete=True)
    end = match.end("last")
    third = (match["third"] or "").strip()
    if third and (third.startswith("ณ ") or not _NOT_A_SURNAME.match(third)):
        last, end = f"{last} {third}", match.end("third")
    return Person(start, end, _SPACES.sub(" ", f"{first} {last}"), complete=True)


def _english_title(text: str, start: int, end: int) -> re.Match[str] | None:
    places = _CAPITALISED.finditer(text, start, end)
    return next((title for place in places if (title := _ENGLISH_TITLE.match(text, place.start(), end))), None)


def _english_names(text: str, start: int, end: int) -> Iterator[Person]:
    at = start
    while title := _english_title(text, at, end):
        at = title.end()
        person = english_person(text, title.start(), end)
        if person and person.start == title.start():
            yield person
            at = person.end


def english_person(text: str, start: int, end: int) -> Person | None:
    """The person named in English right at ``text[start]``, title or not."""
    match = _ENGLISH_PERSON.match(text, start, end)
    if match is None or _ENGLISH_OFFICE.search(match["name"]):
        return None
    post = _ENGLISH_POST.search(text, max(0, start - 70), match.start("name"))
    return Person(match.start(), match.end(), match["name"], complete=True, post=post["post"] if post else None)


_AFTER_SURNAME = re.compile(rf"{_POST}|เป็นประธาน|กล่าว|เปิดเผย|พร้อมด้วย")
# Surnames that begin like a word that is none: long, and going on with letters that the word alone does not.
_SURNAME_AFTER = re.compile(
    r"(?:ที่(?!ปรึกษา|ประชุม|ผ่าน|มี|ได้|เป็น|จะ|ห้อง|โรง|กระทรวง|ทำเนียบ)|มี(?!การ|ความ|ผู้|นาย|กำหนด|มติ|ส่วน)|ชม|คน(?!ที่|ใหม่|แรก)"
    r"|รับ(?!ฟัง|มอบ|ทราบ|ผิด|การ|ราชการ)|ขอ(?!บคุณ|ให้)|พบ(?!ปะ|ว่า|กับ)|ว่า(?!การ|ที่)|นำ(?!เสนอ|ทีม|คณะ|ร่อง)"
    r"|ใน(?!ฐานะ|การ|โอกาส|พิธี|งาน|นาม|วัน|พื้นที่)|ให้(?!การ|สัมภาษณ์|ความ)|ของ|ครู|ลง(?!พื้นที่|นาม)|ได้(?!รับ|เป็น|มอบ|กล่าว)"
    r"|เกษตร(?!จังหวัด|อำเภอ)|แก่|มอบ(?!หมาย|นโยบาย|รางวัล)|สั่ง|รักษา(?!ราชการ|การ)|จะ(?!ลง|เดิน))[ก-๎]{3,}$"
)


def _is_surname(word: str, text: str, end: int) -> bool:
    """Whether the word after a first name is a surname and not already a post or a verb."""
    if word.startswith("ณ ") or not _NOT_A_SURNAME.match(word):
        return len(word) <= _LONGEST_UNBROKEN
    if len(word) > _LONGEST_SURNAME or _POST_START.match(word):
        return False
    # A surname may begin like a verb; a post right after it, or an unusual continuation, tells.
    return bool(
        _SURNAME_AFTER.match(word)
        or (len(word) > _SHORTEST_DOUBTFUL and _AFTER_SURNAME.match(text[end : end + 40].lstrip()))
    )


def _latin_end(text: str, end: int) -> int:
    """Where a name ends with its spelling in Latin letters ("นายมาร์ก กูด (Mark Good)")."""
    match = _LATIN_BRACKET.match(text, end)
    return match.end() if match else end


def _with_post(text: str, person: Person, limit: int) -> Person:
    """The person with the post that stands after the name, or before it with the name in brackets."""
    limit = min(limit, person.end + _AFTER)
    at = _latin_end(text, person.end)
    while at < limit and text[at] in " \u00a0":
        at += 1
    first_word = _POST_START.match(text, at, limit)
    if first_word:
        stop = _POST_END.search(text, first_word.end(), limit)
        end = stop.start() if stop else limit
        post = text[at:end].strip(" ,-")
        # A bracket opened and not closed belongs to what follows.
        if post.count("(") > post.count(")"):
            post = post[: post.rindex("(")].rstrip()
        post = post.removesuffix("และ").removesuffix("หรือ").rstrip()
        if post:
            return person._replace(post=_SPACES.sub(" ", post), post_end=at + len(post))
    if text[person.end : person.end + 2].lstrip().startswith((")", "）")):
        before = _NAMED_POST.search(text[max(0, person.start - _BEFORE) : person.start])
        if before:
            post = _CLAUSE.split(before["post"])[-1].strip()
            begin = text.rfind(post, 0, person.start) if post else person.start
            return person._replace(post=_SPACES.sub(" ", post) or None, post_end=person.end + 1, post_start=begin)
    elif not person.post:
        before = _POST_BEFORE.search(text, max(0, person.start - 80), person.start)
        if before:
            return person._replace(post=before["post"], post_start=before.start("post"))
    return person
