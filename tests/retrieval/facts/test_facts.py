"""Who presided over what, by every wording that news uses; the sentences are made up."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from retrieval import Article, Fact, FactKind
from retrieval.facts import extraction as facts

PUBLISHED = dt.date(2023, 5, 10)


def read(body: str, title: str = "ข่าวทดสอบ", **others: str) -> facts.Reading:
    return facts.read(Article(title, body, PUBLISHED, **others))


def told(body: str, title: str = "ข่าวทดสอบ") -> tuple[Fact, ...]:
    return read(body, title).facts


def presided(body: str, title: str = "ข่าวทดสอบ") -> list[str]:
    """Names of those who presided by the text, events to come and offices left out."""
    return [f.person for f in told(body, title) if f.kind != FactKind.HELD and not f.planned]


@pytest.mark.parametrize(
    "body",
    [
        "วันนี้ นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานการประชุมคณะกรรมการแม่น้ำ ครั้งที่ 2/2566",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าวนานาชาติ ณ ลานกว้างริมน้ำ",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง ให้เกียรติเป็นประธานในพิธีมอบทุน",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง เปิดเผยภายหลังเป็นประธานการประชุมเรื่องว่าวว่า ปีนี้ลมดี",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง นั่งหัวโต๊ะถกปัญหาว่าว",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง ทำหน้าที่ประธานการประชุมว่าวอาเซียน",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง กล่าวเปิดงานมหกรรมว่าว",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง กดปุ่มเปิดระบบจองว่าว",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นปรธานการประชุมเรื่องว่าว",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง ประธานในพิธีมอบว่าว กล่าวขอบคุณทุกฝ่าย",
        "ผู้จัดงานปล่อยว่าวร้อยตัว โดยมี นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธาน",
        "ประธานในพิธีคือ นายก้อง ภูผา ปลัดกระทรวงทดลอง",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง เปิดเผยในฐานะประธานในพิธีเปิดงานว่าว",
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง เข้าร่วมประชุมและทำหน้าที่ประธาน",
        "ผู้จัดงานให้การต้อนรับ นายก้อง ภูผา ปลัดกระทรวงทดลอง ประธานเปิดงานว่าว",
        "ภายหลังเป็นประธานการประชุมเรื่องว่าว นายก้อง ภูผา ปลัดกระทรวงทดลอง กล่าวว่า ลมดี",
    ],
    ids=[
        "meeting", "opening", "honour", "after presiding", "head of the table", "acts as chair", "opening speech",
        "button", "misspelt", "role beside the name", "named late", "named after the role", "in the capacity",
        "attended and chaired", "welcomed", "named after the event",
    ],
)  # fmt: skip
def test_every_wording_names_who_presided(body: str) -> None:
    assert presided(body) == ["ก้อง ภูผา"]


def test_the_post_stands_beside_the_name() -> None:
    (fact,) = told("นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานการประชุมเรื่องว่าว")
    assert fact.position == "ปลัดกระทรวงทดลอง"


def test_closing_is_told_apart_from_opening() -> None:
    (fact,) = told("นายก้อง ภูผา เป็นประธานพิธีปิดการแข่งขันว่าว")
    assert fact.kind == FactKind.CLOSED


def test_a_chair_named_late_is_not_the_one_who_attended() -> None:
    body = (
        "นางสาวใบเตย ทองดี รัฐมนตรีช่วยว่าการกระทรวงทดลอง เข้าร่วมพิธีเปิดสนามว่าว "
        "โดยมี นายก้อง ภูผา รองนายกรัฐมนตรี เป็นประธานในพิธี พร้อมด้วย นางมะลิ รักษ์ลม อธิบดีกรมทดลอง"
    )
    assert presided(body) == ["ก้อง ภูผา"]


def test_the_event_of_a_chair_named_late_is_told_before_the_name() -> None:
    (fact,) = told("สมาคมว่าวจัดพิธีมอบรางวัลช่างว่าว โดยมี นายก้อง ภูผา เป็นประธาน")
    assert "พิธีมอบรางวัลช่างว่าว" in fact.event


@pytest.mark.parametrize(
    "body",
    [
        "นางมะลิ รักษ์ลม ปลัดกระทรวงทดลอง มอบหมายให้ นายก้อง ภูผา รองปลัดกระทรวงทดลอง เป็นประธานการประชุม",
        "นายก้อง ภูผา รองปลัดกระทรวงทดลอง ได้รับมอบหมายจาก นางมะลิ รักษ์ลม ปลัดกระทรวงทดลอง เป็นประธานการประชุม",
        "นายก้อง ภูผา รองปลัดกระทรวงทดลอง ซึ่งได้รับมอบหมายจากปลัดกระทรวงทดลอง ให้เป็นประธานการประชุม",
        "นายก้อง ภูผา รองปลัดกระทรวงทดลอง ผู้แทน นางมะลิ รักษ์ลม ปลัดกระทรวงทดลอง เป็นประธานการประชุม",
        "นายก้อง ภูผา รองปลัดกระทรวงทดลอง แทน นางมะลิ รักษ์ลม ปลัดกระทรวงทดลอง เป็นประธานการประชุม",
        "นายก้อง ภูผา รองปลัดกระทรวงทดลอง ได้รับมอบหมายจากปลัดกระทรวงทดลอง (นางมะลิ รักษ์ลม) เป็นประธานการประชุม",
    ],
    ids=["sent", "sent by", "sent by a post", "representative", "instead of", "sent by a name in brackets"],
)
def test_who_stood_in_is_who_presided(body: str) -> None:
    assert presided(body) == ["ก้อง ภูผา"]


def test_a_companion_did_not_preside() -> None:
    body = "นายก้อง ภูผา ปลัดกระทรวงทดลอง พร้อมด้วย นางมะลิ รักษ์ลม รองปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าว"
    assert presided(body) == ["ก้อง ภูผา"]


@pytest.mark.parametrize("verb", ["เป็นประธาน", "ร่วมเป็นประธาน"])
def test_two_who_presided_together_are_both_named(verb: str) -> None:
    body = f"นายก้อง ภูผา ปลัดกระทรวงทดลอง และ นางมะลิ รักษ์ลม ปลัดกระทรวงสมมติ {verb}ในพิธีลงนาม"
    assert presided(body) == ["ก้อง ภูผา และ มะลิ รักษ์ลม"]


def test_lay_and_monastic_chairs_are_two_statements() -> None:
    body = "พิธีทำบุญว่าว พระราชสมมติเมธี เจ้าคณะจังหวัดทดลอง เป็นประธานฝ่ายสงฆ์ นายก้อง ภูผา ผู้ว่าราชการจังหวัดทดลอง เป็นประธานฝ่ายฆราวาส"
    assert presided(body) == ["พระราชสมมติเมธี", "ก้อง ภูผา"]


@pytest.mark.parametrize(
    "body",
    [
        "นายก้อง ภูผา ปลัดกระทรวงทดลอง จะเป็นประธานเปิดงานว่าวในสัปดาห์หน้า",
        "ผู้จัดงานขอเรียนเชิญ นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าว",
        "โดยจะมี นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานในพิธี",
        "พรุ่งนี้มีงานว่าว โดยมี นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานในพิธี",
        "ในวันที่ 25 พฤษภาคม 2566 นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าว",
        "Mr. Kong Phupha will preside over the kite ceremony next week.",
    ],
    ids=["will", "invited", "there will be", "tomorrow", "a day to come", "english"],
)
def test_what_is_to_come_is_marked_as_planned(body: str) -> None:
    (fact,) = told(body)
    assert fact.planned


@pytest.mark.parametrize(
    "body",
    [
        "นายก้อง ภูผา ประธานสภาว่าวแห่งชาติ กล่าวว่า ปีนี้ลมดี",
        "นายก้อง ภูผา รองประธานสมาคมว่าว เข้าพบปลัดกระทรวงทดลอง",
        "นายก้อง ภูผา ในฐานะประธานกรรมการว่าว เปิดเผยว่า ปีนี้ลมดี",
        "นายก้อง ภูผา ประธานเจ้าหน้าที่บริหาร บริษัทว่าว ให้การต้อนรับ",
        "นายก้อง ภูผา ได้เป็นประธานคณะทำงานด้านลม",
        "คณะกรรมการลม ซึ่งมีนายก้อง ภูผา เป็นประธาน ได้ส่งหนังสือถึงกรม",
        "มีคำสั่งแต่งตั้งคณะกรรมการลม โดยมีนายก้อง ภูผา เป็นประธาน และอธิบดีเป็นเลขานุการ",
        "นายก้อง ภูผา ร่วมพิธีเปิดสนามว่าว",
        "นายก้อง ภูผา กล่าวเปิดเผยถึงผลงานว่าว",
        "นายก้อง ภูผา พบประธานาธิบดีของประเทศสมมติ",
        "นายก้อง ภูผา กล่าวว่า ปีหน้าประเทศไทยเป็นประธานการประชุมว่าวโลก",
        "นายก้อง ภูผา กราบพระประธานในพระอุโบสถ",
    ],
    ids=[
        "speaker", "vice", "capacity", "executive", "working group", "committee", "set up", "attended", "disclosed",
        "president", "country", "buddha image",
    ],
)  # fmt: skip
def test_an_office_or_a_visit_is_no_event_presided_over(body: str) -> None:
    assert presided(body) == []


def test_the_chair_of_a_committee_is_held() -> None:
    kinds = [f.kind for f in told("คณะกรรมการลม ซึ่งมีนายก้อง ภูผา เป็นประธาน ได้ส่งหนังสือถึงกรม")]
    assert kinds == [FactKind.HELD]


def test_a_later_short_name_is_told_in_full() -> None:
    body = "นายก้อง ภูผา ปลัดกระทรวงทดลอง เดินทางถึงลานว่าว\nจากนั้น นายก้องฯ เป็นประธานเปิดงานว่าว"
    (fact,) = told(body)
    assert (fact.person, fact.position) == ("ก้อง ภูผา", "ปลัดกระทรวงทดลอง")


def test_a_post_alone_means_who_holds_it() -> None:
    body = "นายก้อง ภูผา นายกรัฐมนตรี เดินทางถึงลานว่าว\nต่อมา นายกรัฐมนตรีเป็นประธานเปิดงานว่าว"
    assert presided(body) == ["ก้อง ภูผา"]


def test_half_a_post_and_a_first_name_mean_the_person() -> None:
    body = "นายก้อง ภูผา ปลัดกระทรวงทดลอง เดินทางถึงลานว่าว\nจากนั้น ปลัดฯ ก้อง ไปเป็นประธานเปิดงานว่าว"
    assert presided(body) == ["ก้อง ภูผา"]


def test_a_name_in_brackets_after_its_post_presided() -> None:
    (fact,) = told("ที่ประชุมโดยมีรองนายกรัฐมนตรี (พลเอก ก้อง ภูผา) เป็นประธานการประชุมเรื่องลม")
    assert (fact.person, fact.position) == ("ก้อง ภูผา", "รองนายกรัฐมนตรี")


def test_a_meeting_with_its_secretary_is_presided_over() -> None:
    body = "ในการประชุมคณะกรรมการลม ครั้งที่ 1/2566 โดยมีนายก้อง ภูผา เป็นประธาน และมีอธิบดีกรมลมเป็นเลขานุการ"
    assert presided(body) == ["ก้อง ภูผา"]


def test_who_says_i_is_the_speaker() -> None:
    body = (
        "นางมะลิ รักษ์ลม ปลัดกระทรวงทดลอง ส่งหนังสือถึงจังหวัด\n"
        "นายก้อง ภูผา ผู้ว่าราชการจังหวัดทดลอง เปิดเผยว่า ปลัดกระทรวงมอบหมายให้ตนเป็นประธานเปิดงานว่าว"
    )
    assert presided(body) == ["ก้อง ภูผา"]


def test_a_speech_is_given_by_the_one_its_headline_names() -> None:
    body = "สวัสดีทุกท่าน\nผมรู้สึกเป็นเกียรติที่ได้มาเป็นประธานเปิดงานว่าวในวันนี้"
    assert presided(body, "คำกล่าวของ นายก้อง ภูผา ปลัดกระทรวงทดลอง") == ["ก้อง ภูผา"]


def test_a_headline_states_what_the_text_leaves_out() -> None:
    (fact,) = told("นายก้อง ภูผา ปลัดกระทรวงทดลอง ถึงลานว่าวตอนเช้า", "ปลัดฯ ก้อง เป็นประธานเปิดลานว่าวเมืองเหนือ")
    assert fact.person == "ก้อง ภูผา"
    assert "ลานว่าวเมืองเหนือ" in fact.event


def test_a_line_break_before_the_verb_does_not_lose_the_person() -> None:
    assert presided("โดยมี นายก้อง ภูผา ปลัดกระทรวงทดลอง\nเป็นประธานในพิธีปล่อยว่าว") == ["ก้อง ภูผา"]


def test_a_royal_chair_is_not_given_to_a_commoner_nearby() -> None:
    body = "นายก้อง ภูผา เฝ้ารับเสด็จ สมเด็จพระเจ้าลูกเธอ เจ้าฟ้าสมมตินารี เสด็จเป็นองค์ประธานเปิดงานว่าว"
    (name,) = presided(body)
    assert name.endswith("เจ้าฟ้าสมมตินารี")


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Prime Minister Gen. Kong Phupha presided over the kite festival.", "Kong Phupha"),
        ("Mr. Kong Phupha, Minister of Kites, chaired the meeting.", "Kong Phupha"),
        ("The kite forum was chaired by Mr. Kong Phupha at Lom Hall.", "Kong Phupha"),
    ],
)
def test_english_news_names_its_chair(body: str, name: str) -> None:
    assert presided(body) == [name]


def test_an_english_post_is_kept() -> None:
    (fact,) = told("Prime Minister and Defense Minister Gen. Kong Phupha presided over the kite festival.")
    assert fact.position == "Prime Minister and Defense Minister"


def test_a_foreigner_with_a_thai_title_presided() -> None:
    assert presided("Dr. Anton Kite อธิบดีกรมลม ทำหน้าที่ประธานการประชุมว่าวอาเซียน") == ["Anton Kite"]


def test_day_and_place_of_the_event_are_told() -> None:
    body = "เมื่อวันที่ 8 พฤษภาคม 2566 ณ ห้องประชุมลมเหนือ นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานการประชุม"
    (fact,) = told(body)
    assert fact.date == dt.date(2023, 5, 8)
    assert fact.place == "ห้องประชุมลมเหนือ"


def test_a_day_inside_the_name_of_an_event_is_not_its_day() -> None:
    body = "นายก้อง ภูผา เป็นประธานเปิดงานว่าวเฉลิมพระเกียรติ 6 รอบ 28 กรกฎาคม 2566 ที่ลานว่าว"
    (fact,) = told(body)
    assert not fact.planned
    assert fact.date == PUBLISHED


def test_a_statement_is_a_slice_of_the_text_that_holds_the_name() -> None:
    body = "ข่าวสั้น\nนายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าว"
    (fact,) = told(body)
    assert body[fact.start : fact.end].startswith("นายก้อง ภูผา")


def test_a_statement_by_post_gives_way_to_the_one_with_the_name() -> None:
    body = "ปลัดกระทรวงทดลองเป็นประธานเปิดงานว่าว\nนายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธานเปิดงานว่าว ณ ลานว่าว"
    (fact,) = told(body)
    assert "นายก้อง" in body[fact.start : fact.end]


@pytest.mark.parametrize("body", ["", " ", "\n", "ก", "เป็นประธาน", "ประธานในพิธี", "chaired by"])
def test_texts_that_say_nothing_give_nothing(body: str) -> None:
    assert told(body) == ()


@pytest.mark.parametrize(
    "unit",
    ["นาย", "พลเอก ", "พล.อ.", " ", "(", "นายก ข เป็นประธาน", "ประธาน ", "chaired by A B and ", "Prime Minister and A ",
     "1 มกราคม ", "พระครูก ", "เจ้าฟ้า ", "[", "#", "ณ ห้อง ", "กระทรวง", "นายสมฯ เป็นประธาน"],
)  # fmt: skip
def test_a_megabyte_of_one_thing_is_read_in_a_moment(unit: str) -> None:
    body = unit * (1_000_000 // len(unit))
    began = time.process_time()
    reading = read(body)
    assert time.process_time() - began < 5
    assert len(reading.facts) <= 300
