"""Places as Thai and English news name them."""

from __future__ import annotations

import pytest

from retrieval.thai.places import places


def named(text: str) -> list[str]:
    return [place for place, _ in places(text)]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        # after "ณ" anything
        ("มอบถุงยังชีพ ณ สันเขาดอยผาแก้ว โดยมีชาวบ้านร่วมรับ", "สันเขาดอยผาแก้ว"),
        ("ประชุม ณ ห้องแก้วใส ชั้น 3 เมื่อวานนี้", "ห้องแก้วใส ชั้น 3"),
        ("พบกัน ณ ครัวกลางบ้านโสนทอง\nวันต่อมา", "ครัวกลางบ้านโสนทอง"),
        # after "ที่" what is a place by its first word
        ("ประชุม ที่ลานหน้าวัดแสงธรรม เวลา 9 โมง", "ลานหน้าวัดแสงธรรม"),
        # after "ที่" that stands at the end of a verb
        ("ซื้อขนมได้ที่ร้านป้าแก้ว เมื่อเช้านี้", "ร้านป้าแก้ว"),
        ("งานวัดจัดที่โรงยิมบ้านไผ่งาม เมื่อวันก่อน", "โรงยิมบ้านไผ่งาม"),
        ("งานจัดขึ้นที่ลานหน้าวัดแสงธรรม เวลา 9 โมง", "ลานหน้าวัดแสงธรรม"),
        ("คณะเดินทางไปยังโรงงานน้ำตาลบ้านอ้อย เพื่อตรวจ", "โรงงานน้ำตาลบ้านอ้อย"),
    ],
)
def test_a_place_is_read_after_the_word_that_leads_to_it(text: str, place: str) -> None:
    assert named(text) == [place]


@pytest.mark.parametrize(
    "text",
    [
        "ยอดรวม ณ วันที่ 5 มีนาคม 2567 มีผู้ป่วยสองคน",
        "ยอดรวม ณ สิ้นเดือน โดยประมาณ",
        "ขอขอบคุณ ณ โอกาสนี้ โดยพร้อมเพรียง",
        "คนที่บ้านหลังนั้น และเพื่อนที่มาด้วย",
        "ลงพื้นที่โรงเรียนบ้านดอนทอง เพื่อเยี่ยม",
    ],
)
def test_a_day_an_occasion_and_other_words_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("The fair was held at the Baan Thong Hall on Monday.", "Baan Thong Hall"),
        ("They met at Rainbow House of Weavers, Phrae Province, at noon.", "Rainbow House of Weavers, Phrae Province"),
        ("It was shown in the Silk Museum (SM) for a week.", "Silk Museum (SM)"),
    ],
)
def test_a_place_in_english_news_is_read_after_at_or_in(text: str, place: str) -> None:
    assert named(text) == [place]


@pytest.mark.parametrize("text", ["It ended in March at noon.", "They dined at the house of the mayor.", ""])
def test_english_words_in_small_letters_are_no_places(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "พบกัน ณ ครัวกลางบ้านโสนทอง โดยงานจัดที่ลานหน้าวัด และแวะไหว้ที่ ศาลหลักเมือง",
        "They met at the Baan Thong Hall and later in the Red House.",
    ],
)
def test_each_place_is_told_with_where_it_stands(text: str) -> None:
    found = list(places(text))
    assert len(found) in (2, 3)
    assert all(text.startswith(place, start) for place, start in found)
