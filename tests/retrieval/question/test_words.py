"""The word lists behind the questions: of each pattern, a wording that it takes and one that it leaves."""

from __future__ import annotations

import re

import pytest

from retrieval.candidates import spans
from retrieval.gazetteer.tables import words
from retrieval.model import Kind
from retrieval.question import kinds, understanding

WHEN, WHERE, AGENCY, NUMBER = (
    dict(kinds._OTHER_KINDS)[kind] for kind in (Kind.WHEN, Kind.WHERE, Kind.AGENCY, Kind.NUMBER)
)


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        pytest.param(kinds._WHICH, "ว่าวตัวไหน", "ว่าวตัวนี้", id="which"),
        pytest.param(kinds._WHO, "บุคคลใดทำว่าว", "เด็กทำว่าว", id="who"),
        pytest.param(kinds._WHO, "which kite club leader came", "which kite club came", id="english post"),
        pytest.param(kinds._POSTS_IN_ENGLISH, "spokeswoman", "kite", id="post that is no plain word"),
        pytest.param(kinds._CHAIR_OF_OTHERS, "ประธานสมาคมว่าว", "ประธานงานว่าว", id="chair of others"),
        pytest.param(kinds._OPEN, "ใครเปิดว่าว", "รีบเปิดว่าว", id="before an opening"),
        pytest.param(kinds._OPEN, "เปิดตึกว่าว", "เปิดลมว่าว", id="opened"),
        pytest.param(kinds._OPEN, "ตัดริบบิ้นงานว่าว", "ตัดเชือกว่าว", id="open an event"),
        pytest.param(kinds._INTO_OFFICE, "นายกสมาคมว่าวคนใหม่", "นายกสมาคมว่าวคนเก่ง", id="into office"),
        pytest.param(kinds._NAME_OF_THING, "โครงการว่าวชื่ออะไร", "ครูสอนว่าวชื่ออะไร", id="thing with a name"),
        pytest.param(kinds._NAME_OF_THING, "เรือลากว่าวชื่ออะไร", "เชือกเรือชื่ออะไร", id="short thing with a name"),
        pytest.param(kinds._NAME_OF_THING, "แอปว่าวชื่ออะไร", "ผอ.แอปว่าวชื่ออะไร", id="person with a name"),
        pytest.param(f"^{kinds._LISTED}", "กิจกรรมใดบ้าง", "ว่าวใดบ้าง", id="listed event"),
        pytest.param(kinds._PLACES, "สนามว่าว", "ลมว่าว", id="place"),
        pytest.param(kinds._BODIES, "สถาบันว่าว", "ชาวว่าว", id="body"),
        pytest.param(WHEN, "เล่นว่าวเดือนไหน", "เล่นว่าวตัวไหน", id="time"),
        pytest.param(WHERE, "เล่นว่าวตรงไหน", "เล่นว่าวตรงนี้", id="where"),
        pytest.param(WHERE, "which school flew kites", "which child flew kites", id="english place"),
        pytest.param(AGENCY, "which department flew kites", "which child flew kites", id="english body"),
        pytest.param(NUMBER, "how long was the kite", "how red was the kite", id="english how"),
        pytest.param(NUMBER, "what was the share of kites", "what was the colour of kites", id="english amount"),
        pytest.param(kinds._GREETING, "good evening", "good kite", id="greeting"),
        pytest.param(kinds._GREETING, "สวัสดีทุกคน", "สวัสดีว่าว", id="after a greeting"),
        pytest.param(kinds._SMALL_TALK, "เล่านิทานว่าว", "เล่าข่าวว่าว", id="small talk"),
        pytest.param(kinds._SMALL_TALK, "บอทชื่ออะไร", "ว่าวชื่ออะไร", id="you"),
        pytest.param(kinds._ADVICE, "ควรซื้อว่าว", "เคยซื้อว่าว", id="advice"),
        pytest.param(kinds._ADVICE, "พรุ่งนี้เล่นว่าวได้ไหม", "เมื่อวานเล่นว่าวได้ไหม", id="day to come"),
        pytest.param(kinds._ADVICE, "คืนนี้มีว่าวหรือเปล่า", "คืนนี้มีว่าว", id="yes or no"),
        pytest.param(kinds._PARTICLES, "ว่าวครับ", "ว่าว", id="particle"),
        pytest.param(kinds.FRAME, "how many kites", "kites", id="english frame"),
        pytest.param(kinds.FRAME, "ท่านใดทำว่าว", "ครูทำว่าว", id="who in a frame"),
        pytest.param(f"^(?:{kinds.FRAME.pattern})$", "ใครกัน", "ใครว่าว", id="after who in a frame"),
        pytest.param(kinds.FRAME, "ทำว่าวอย่างไร", "ทำว่าว", id="what in a frame"),
        pytest.param(f"^(?:{kinds.FRAME.pattern})$", "ใช่รึเปล่า", "ใช่ว่าว", id="is it so"),
        pytest.param(kinds._KIND_WORD, "ทำหน้าที่", "ว่าว", id="kind word"),
        pytest.param(kinds._MISSPELT_HOW_MANY, "กีครั้ง", "กีว่าว", id="counted"),
        pytest.param(f"{kinds._UNIT.pattern}(?!$)", "กี่ตัวแล้ว", "กี่ตัวสูง", id="after a unit"),
        pytest.param(kinds._MONEY, "ซื้อว่าวกี่แสนบาท", "ซื้อว่าวกี่ตัว", id="multiple"),
        pytest.param(kinds._MONEY, "ค่าเช่าว่าวเท่าไร", "ค่าลมว่าวเท่าไร", id="charge"),
        pytest.param(kinds._MONEY, "how much was spent on kites", "how much was seen of kites", id="english cost"),
        pytest.param(kinds._ROLE, "ครูว่าวท่านใด", "ครูว่าวตัวใด", id="after a post"),
        pytest.param(kinds._ROLE, "which kite maker led", "which kite maker sang", id="after an english post"),
        pytest.param(understanding._MEETING_OF_YEAR, "รอบที่สองปี 2560", "รอบที่ว่าวปี 2560", id="number word"),
        pytest.param(understanding._MEETING_OF_YEAR, "นัดที่ 2 ปี 2560", "ว่าว 2 ปี 2560", id="before a meeting number"),
        pytest.param(understanding._CONTENT_OF_YEAR, "พ.ร.บ.ว่าว ", "พอรอบอว่าว ", id="before a year of content"),
        pytest.param(spans._COMPANION, "หารือกับ ", "เล่นว่าว ", id="before a companion"),
        pytest.param(f"^{spans._NUMBER.pattern}$", "12 ลบ.ม.", "12 ลบวมว", id="unit"),
        pytest.param(f"{spans._MULTIPLE.pattern}ว่าว", " หมื่น ว่าว", " โหล ว่าว", id="multiple before a unit"),
        pytest.param(spans._NOT_A_QUANTITY, "ว่าวหมายเลข ", "ว่าวยาว ", id="before no quantity"),
    ],
)
def test_a_pattern_from_a_table_takes_its_words_alone(pattern: str | re.Pattern[str], taken: str, left: str) -> None:
    assert re.search(pattern, taken)
    assert not re.search(pattern, left)


def test_a_longer_word_is_taken_before_the_one_it_begins_with() -> None:
    taken = re.match(kinds._PARTICLES, "ครับผม")
    assert taken
    assert taken.group() == "ครับผม"


def test_the_number_words_stand_in_order() -> None:
    assert [understanding._number(word) for word in words("question", "number word")] == list(range(1, 11))
    assert words("question", "number word")[:3] == ("หนึ่ง", "สอง", "สาม")


def test_a_place_before_a_name_makes_it_a_place() -> None:
    assert "เขื่อน" in understanding._PLACES_BEFORE_NAMES
    assert "ว่าว" not in understanding._PLACES_BEFORE_NAMES


def test_money_is_told_in_a_currency() -> None:
    assert "บาท" in kinds.MONEY
    assert "ว่าว" not in kinds.MONEY
