"""People as news names them; the names are made up."""

from __future__ import annotations

import pytest

from retrieval.thai.people import english_person, first_person, monks, people, royals


def names(text: str) -> list[str]:
    return [person.name for person in people(text)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("นายก้อง ภูผา กล่าวว่า", "ก้อง ภูผา"),
        ("นางสาวใบเตย ทองดี", "ใบเตย ทองดี"),
        ("น.ส.ใบเตย ทองดี", "ใบเตย ทองดี"),
        ("พลเอกก้อง ภูผา", "ก้อง ภูผา"),
        ("พลเอก ก้อง ภูผา", "ก้อง ภูผา"),
        ("พล.ต.อ.ก้อง  ภูผา", "ก้อง ภูผา"),
        ("พลตรีหญิง ใบเตย ทองดี", "ใบเตย ทองดี"),
        ("ศาสตราจารย์พิเศษก้อง ภูผา", "ก้อง ภูผา"),
        ("ศ.เกียรติคุณ นพ.ก้อง ภูผา", "ก้อง ภูผา"),
        ("ผศ.ดร.ใบเตย ทองดี", "ใบเตย ทองดี"),
        ("นายกองเอก ก้อง ภูผา", "ก้อง ภูผา"),
        ("นาง มะลิ ณ ทุ่งหญ้า ปลัดกระทรวงทดลอง", "มะลิ ณ ทุ่งหญ้า"),
        ("นางมะลิ รักษ์ลม ณ อยุธยา", "มะลิ รักษ์ลม ณ อยุธยา"),
        ("นายก้อง ภูผารองปลัดกระทรวงทดลอง", "ก้อง ภูผา"),
        ("นายก้อง ภูผาเป็นประธานเปิดงาน", "ก้อง ภูผา"),
        ("นาย Anton Kite เอกอัครราชทูต", "Anton Kite"),
        ("โดยนางสาวใบเตย ทองดี", "ใบเตย ทองดี"),
        ("เมื่อวันที่ 8 ก.พ.น.ส.ใบเตย ทองดี", "ใบเตย ทองดี"),
    ],
)
def test_titles_and_ranks_are_no_part_of_a_name(text: str, name: str) -> None:
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    ["นายกรัฐมนตรีกล่าวว่า", "นายกเทศมนตรีเมืองทดลอง", "นายอำเภอทดลอง", "นายจ้างและลูกจ้าง", "นายทะเบียนสหกรณ์", "ทนายความ",
     "นางงามจักรวาล", "พระนางเจ้า", "ซอสหอยนางรม", "คุณภาพชีวิตที่ดี", "พ.ศ. 2566 เป็นปีทอง", "กำลังพล 103 นาย เข้าพื้นที่",
     "นายแพทย์สาธารณสุขจังหวัดทดลอง"],
)  # fmt: skip
def test_words_that_begin_like_a_title_name_nobody(text: str) -> None:
    assert names(text) == []


@pytest.mark.parametrize("after", ["ปลัดกระทรวงทดลอง", "เป็นประธานเปิดงาน", "กล่าวว่า ลมดี"])
def test_a_surname_may_begin_like_a_verb(after: str) -> None:
    assert names(f"นายก้อง หวังทรัพย์ปัญญา {after}") == ["ก้อง หวังทรัพย์ปัญญา"]


def test_a_verb_after_a_first_name_is_no_surname() -> None:
    (person,) = people("นายก้อง กล่าวว่า ลมดี")
    assert (person.name, person.complete) == ("ก้อง", False)


def test_an_abridged_name_is_known_as_such() -> None:
    (person,) = people("นายก้องฯ กล่าวว่า ลมดี")
    assert (person.name, person.complete) == ("ก้อง", False)


@pytest.mark.parametrize(
    ("text", "post"),
    [
        ("นายก้อง ภูผา ปลัดกระทรวงทดลอง เป็นประธาน", "ปลัดกระทรวงทดลอง"),
        ("นายก้อง ภูผา รัฐมนตรีว่าการกระทรวงทดลอง (รมว.ทล.) กล่าวว่า", "รัฐมนตรีว่าการกระทรวงทดลอง (รมว.ทล.)"),
        ("รองนายกรัฐมนตรี (นายก้อง ภูผา) กล่าวว่า", "รองนายกรัฐมนตรี"),
        ("โดยมีรองนายกรัฐมนตรี พลเอกก้อง ภูผา ร่วมงาน", "รองนายกรัฐมนตรี"),
        ("นายก้อง ภูผา ประธานเจ้าหน้าที่บริหาร บริษัทว่าว ให้การต้อนรับ", "ประธานเจ้าหน้าที่บริหาร บริษัทว่าว"),
        ("นายก้อง ภูผา (Kong Phupha) เอกอัครราชทูต เป็นประธาน", "เอกอัครราชทูต"),
        ("นายก้อง ภูผา ผู้ว่าราชการจังหวัดทดลอง ประธานฝ่ายฆราวาส", "ผู้ว่าราชการจังหวัดทดลอง"),
        ("นายก้อง ภูผา เดินทางถึงลานว่าว", None),
    ],
)
def test_the_post_beside_a_name(text: str, post: str | None) -> None:
    assert people(text)[0].post == post


def test_people_come_in_order_with_their_own_posts() -> None:
    text = "นายก้อง ภูผา ปลัดกระทรวงทดลอง และนางมะลิ รักษ์ลม อธิบดีกรมทดลอง ร่วมงาน"
    assert [(p.name, p.post) for p in people(text)] == [
        ("ก้อง ภูผา", "ปลัดกระทรวงทดลอง"),
        ("มะลิ รักษ์ลม", "อธิบดีกรมทดลอง"),
    ]


def test_a_part_of_a_text_is_read_in_the_texts_own_places() -> None:
    text = "นายก้อง ภูผา พบ นางมะลิ รักษ์ลม และ นายชิต ยอดหญ้า"
    (person,) = people(text, 12, 32)
    assert text[person.start : person.end] == "นางมะลิ รักษ์ลม"


def test_a_name_told_again_in_latin_letters_is_one_person() -> None:
    assert names("นายมาร์ก กูดลม (H.E. Mr. Mark Goodlom) เอกอัครราชทูต") == ["มาร์ก กูดลม"]


def test_a_post_in_front_belongs_to_what_is_told_of_the_person() -> None:
    text = "พบรองนายกรัฐมนตรี (นายก้อง ภูผา) แล้ว"
    (person,) = people(text)
    assert text[person.begin :].startswith("รองนายกรัฐมนตรี")
    assert text[person.start :].startswith("นายก้อง")


def test_the_first_person_is_found_alone() -> None:
    person = first_person("วันนี้ นายก้อง ภูผา ปลัดกระทรวงทดลอง พบ นางมะลิ รักษ์ลม")
    assert person is not None
    assert (person.name, person.post) == ("ก้อง ภูผา", "ปลัดกระทรวงทดลอง")


def test_nobody_is_first_where_nobody_is_named() -> None:
    assert first_person("ลมดีทั้งวัน") is None


def test_english_names_come_with_their_posts() -> None:
    (person,) = people("Prime Minister and Minister of Finance Kong Phupha attended")
    assert (person.name, person.post) == ("Kong Phupha", "Prime Minister and Minister of Finance")


def test_an_office_alone_is_no_english_person() -> None:
    assert english_person("Prime Minister Office said", 0, 26) is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("พระครูสมมติธรรม เจ้าอาวาสวัดทดลอง", "พระครูสมมติธรรม"),
        ("โดยมีพระราชสมมติเมธี เจ้าคณะจังหวัดทดลอง", "พระราชสมมติเมธี"),
        ("สมเด็จพระสมมติวงศาจารย์ สมเด็จพระสังฆราช", "สมเด็จพระสมมติวงศาจารย์"),
    ],
)
def test_monks_stand_without_a_title(text: str, name: str) -> None:
    assert [monk.name for monk in monks(text)] == [name]


@pytest.mark.parametrize("text", ["พระราชทานเพลิงศพ", "พระพุทธรูปองค์ใหญ่", "กราบพระประธาน", "พระอุโบสถหลังใหม่"])
def test_things_called_phra_are_no_monks(text: str) -> None:
    assert monks(text) == []


def test_royals_are_named_before_a_royal_verb() -> None:
    (royal,) = royals("วันนี้ สมเด็จพระเจ้าลูกเธอ เจ้าฟ้าสมมตินารี เสด็จเปิดงาน")
    assert royal.name == "สมเด็จพระเจ้าลูกเธอ เจ้าฟ้าสมมตินารี"
