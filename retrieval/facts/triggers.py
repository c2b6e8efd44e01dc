"""Where a text says that somebody presides: the verbs, told apart from the offices that hold the same word."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from retrieval.gazetteer.tables import words
from retrieval.model import FactKind
from retrieval.thai.trie import pattern_of

MOST = 300
"""Statements read from an article; beyond that it is a list, not news."""
_APART = 45
"""Characters between two wordings of one statement."""


@dataclass(frozen=True, slots=True)
class Trigger:
    """A wording ``text[start:end]`` that says that somebody presided.

    ``side`` is "clergy" or "lay" where the chair is shared; ``bare`` when no event follows the word itself;
    ``together`` where several presided as equals; ``passive`` when the person follows ("chaired by");
    ``speech`` where the opening was spoken or done by hand, and not only told ("เปิดงาน");
    ``beside`` where no verb but only the role stands beside a name ("นาย ก ประธานในพิธี").
    """

    kind: FactKind
    start: int
    end: int
    side: str = ""
    bare: bool = False
    together: bool = False
    royal: bool = False
    english: bool = False
    passive: bool = False
    planned: bool = False
    speech: bool = False
    beside: bool = False


_CHAIR = re.compile("ธา[นณ](?!าธิบดี)(?:(?<=ประธา.)|(?<=ปรธา.)|(?<=ปะธา.)|(?<=ประะธา.))")
"""The end of "ประธาน", as it is written and miswritten.  Letters that are always the same come first: the search for
them takes a seventh of the time of one for a first letter and what may follow."""
_TABLE = "หัวโต๊ะ"
_VERBS = words("presiding", "chair verb")
_BETWEEN = words("presiding", "between verb and chair")
_OFFICE_BEFORE = words("presiding", "before an office")
_OFFICES = words("presiding", "office")
_OFFICE_AFTER = re.compile(r"[ ]?(?:" + pattern_of(_OFFICES) + ")")
_ROLES = words("presiding", "role")
_ROLE_AFTER = re.compile(r"(?:ฯ|[ ])?(?:" + pattern_of(_ROLES) + ")")
_ROLE_ALONE = re.compile(r"[ ]?(?:ในพิธี|ในการ|ในงาน|เปิด(?!เผย)|ปิด|การประชุม|ประชุม|พิธี|มอบ|ร่วม|ฝ่าย(?:ฆราวาส|สงฆ์)|สงฆ์)")
_ROLE_OF_EVENT = re.compile(r"[ ]?(?:ในพิธี|ในงาน|ในการ(?:ประชุม|เปิด|ลงนาม)|เปิดงาน|พิธีเปิด|และสักขี|และเป็นสักขี)")
_CLOSED = re.compile(r"\s?(?:ใน|พิธี|การ)*\s?ปิด(?!ทอง|ท้าย)")
_SIDE = re.compile(r"\s?(?:ใน)?(?:พิธี)?\s?ฝ่าย\s?(?P<clergy>สงฆ์|บรรพชิต)?")
_PLANNED = re.compile(r"(?:จะ|เชิญ|กำหนด|เตรียม)(?:มา|ไป|เดินทาง|ได้|ร่วม|ให้เกียรติ|\s)*$")

_OPENING_BEFORE = words("presiding", "before an opening")
_OPENED = words("presiding", "opened")
_OPEN = re.compile("เปิด(?!เผย|ใจ|รับ|ให้|ตัว|โอกาส|ดำเนิน|บริการ|ปิด|ประเทศ|ตลาดใหม่)")
_OPEN_EVENT = re.compile("เปิด(?:" + pattern_of(_OPENED) + ")")
_NO_OPENING = words("presiding", "no opening")
_OPENS_AFTER = words("presiding", "opens after")

_ENGLISH = re.compile(
    r"\b(?P<co>co-?)?(?P<verb>chaired|chairs|presided (?:over|at)|presides over|chair(?= the| a )|preside over"
    r"|officially opened|delivered (?:the |an )?opening (?:remarks|address|speech))\b(?P<by> by)?"
)
_ENGLISH_PLANNED = re.compile(r"(?:will|to|scheduled to|would)(?: \w+)? $")
_ENGLISH_HELD = re.compile(r"(?:is|are|be) (?:co-)?$")


def triggers(text: str) -> list[Trigger]:
    """Every wording that says that somebody presided over or opened something, in order; at most :data:`MOST`."""
    found: list[Trigger] = []
    for start, end in _chairs(text):
        if trigger := _chair(text, start, end):
            found.append(trigger)
            if len(found) >= MOST:
                return found
    chairs = len(found)
    for match in _OPEN.finditer(text):
        if len(found) >= MOST:
            break
        start = match.start()
        if _opens(text, match) and not any(abs(start - a.start) <= _APART for a in _around(found[:chairs], start)):
            begin = _opening_start(text, start)
            together = text.endswith("ร่วม", 0, begin)
            found.append(Trigger(FactKind.OPENED, begin, match.end(), together=together, speech=begin < start))
    if "chair" in text or "presid" in text or "opening" in text or "officially" in text:
        found += _english(text)[: MOST - len(found)]
    if len(found) > chairs:
        found.sort(key=lambda trigger: trigger.start)
    return found


def title_trigger(title: str) -> Trigger | None:
    """The wording of a headline that says that somebody presided over or opened something."""
    for start, end in _chairs(title):
        if (trigger := _chair(title, start, end)) and trigger.kind != FactKind.HELD:
            return trigger
    match = _OPEN_EVENT.search(title)
    if match and match.start() > 2 and not title[: match.start()].rstrip().endswith(_NO_OPENING):
        return Trigger(FactKind.OPENED, match.start(), match.start() + 4)
    return None


def _around(found: list[Trigger], start: int) -> list[Trigger]:
    """The few triggers that can be near a place; ``found`` is in order."""
    low, high = 0, len(found)
    while low < high:
        middle = (low + high) // 2
        if found[middle].start < start - 2 * _APART:
            low = middle + 1
        else:
            high = middle
    return found[low : low + 4]


def _chairs(text: str) -> list[tuple[int, int]]:
    """Where a text holds "ประธาน" or the head of a table, in order."""
    found = [(text.rindex("ป", 0, match.start()), match.end()) for match in _CHAIR.finditer(text)]
    if _TABLE in text:
        found = sorted(found + [match.span() for match in re.finditer(_TABLE, text)])
    return found


def _chair(text: str, start: int, end: int) -> Trigger | None:
    before = text[max(0, start - 40) : start].rstrip()
    verb, between = _verb(before)
    table = text.startswith(_TABLE, start)
    if table and verb != "นั่ง":
        return None
    office = _OFFICE_AFTER.match(text, end)
    if not verb:
        allowed = _ROLE_OF_EVENT if before.endswith("ในฐานะ") else _ROLE_ALONE
        barred = before.endswith(_OFFICE_BEFORE) and allowed is _ROLE_ALONE
        if office or barred or not allowed.match(text, end):
            return None
        return _sided(text, Trigger(FactKind.CHAIRED, start, end, beside=True))
    begin = start - (len(text[max(0, start - 40) : start]) - len(before)) - len(between) - len(verb)
    kind = FactKind.CHAIRED
    role = bool(_ROLE_AFTER.match(text, end)) or table
    if office and not (role and text.startswith(("ฝ่าย", " ฝ่าย"), end)):
        kind = FactKind.HELD
    elif _CLOSED.match(text, end):
        kind = FactKind.CLOSED
    lead = text[max(0, begin - 24) : begin]
    trigger = Trigger(
        kind,
        begin,
        end,
        bare=not role,
        together=between in ("คู่", "ร่วม") or lead.rstrip().endswith("ร่วม"),
        royal=between == "องค์",
        planned=bool(_PLANNED.search(lead)),
    )
    return _sided(text, trigger)


def _verb(before: str) -> tuple[str, str]:
    """The verb that makes a chair act, and the word between it and the chair; empty where there is none."""
    for between in ("", *_BETWEEN):
        if between and not before.endswith(between):
            continue
        rest = before[: len(before) - len(between)]
        trimmed = rest.rstrip()
        for verb in _VERBS:
            if trimmed.endswith(verb):
                return verb, between + rest[len(trimmed) :]
    return "", ""


def _sided(text: str, trigger: Trigger) -> Trigger:
    side = _SIDE.match(text, trigger.end)
    return replace(trigger, side="clergy" if side["clergy"] else "lay") if side else trigger


def _opens(text: str, match: re.Match[str]) -> bool:
    """Whether "เปิด" is somebody opening an event: by a speech or a button, or with the event after it."""
    before = text[max(0, match.start() - 24) : match.start()].rstrip()
    if before.endswith(_OPENING_BEFORE):
        return True
    if not _OPEN_EVENT.match(text, match.start()) or before.endswith(_NO_OPENING):
        return False
    spaced = match.start() > 0 and text[match.start() - 1] == " "
    return spaced or before.endswith(_OPENS_AFTER)


def _opening_start(text: str, start: int) -> int:
    for word in sorted(_OPENING_BEFORE, key=len, reverse=True):
        if text.endswith(word, 0, start):
            return start - len(word)
    return start


def _english(text: str) -> list[Trigger]:
    found = []
    for match in _ENGLISH.finditer(text):
        before = text[max(0, match.start() - 24) : match.start()]
        verb = match["verb"]
        if verb in ("chair", "preside over") and not _ENGLISH_PLANNED.search(before):
            continue
        held = bool(match["by"]) and bool(_ENGLISH_HELD.search(before))
        kind = FactKind.HELD if held else FactKind.OPENED if "open" in verb else FactKind.CHAIRED
        found.append(
            Trigger(
                kind,
                match.start(),
                match.end() + bool(match["by"]),
                english=True,
                together=bool(match["co"]),
                passive=bool(match["by"]),
                planned=bool(_ENGLISH_PLANNED.search(before)),
            )
        )
    return found
