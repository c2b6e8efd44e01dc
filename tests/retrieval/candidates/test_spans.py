"""Of all that an article offers as the short answer, the one that is told."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from retrieval import Answer, Article, Library
from retrieval.candidates.spans import options
from retrieval.question.understanding import understand
from retrieval.store.rows import StoredArticle
from tests.retrieval.hamlets import ARTICLES, TODAY


def ask(library: Library, text: str) -> Answer:
    answer = library.ask(text, today=TODAY)
    assert answer.found
    return answer


@pytest.mark.parametrize(
    "text",
    [
        "สร้างฝายบ้านหนองแก้วกี่ล้าน",
        "สร้างฝายบ้านหนองแก้วกี่ล้านบาท",
        "สร้างฝายบ้านหนองแก้วกี่บาท",
        "สร้างฝายบ้านหนองแก้วใช้งบเท่าไร",
        "ค่าสร้างฝายบ้านหนองแก้วเท่าไหร่",
        "How much money was spent on the weir in Nan?",
    ],
)
def test_who_asks_for_money_is_told_baht_though_other_figures_stand_nearer(hamlets: Library, text: str) -> None:
    assert ask(hamlets, text).answer == "4.5 ล้านบาท"


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("ปลูกไม้พะยูงดอยผาแก้วกี่ต้น", "2,400 ต้น"),
        ("ปลูกไม้พะยูงดอยผาแก้วกี่ไร่", "20 ไร่"),
        ("ปลูกไม้พะยูงดอยผาแก้วกี่คน", "300 คน"),
        ("ปลูกไม้พะยูงดอยผาแก้วกี่วัน", "3 วัน"),
        ("สร้างฝายบ้านหนองแก้วกี่แห่ง", "12 แห่ง"),
        ("สร้างฝายบ้านหนองแก้วกี่เมตร", "340 เมตร"),
        ("สร้างฝายบ้านหนองแก้วให้กี่ครัวเรือน", "75 ครัวเรือน"),
    ],
)
def test_of_many_figures_the_one_of_the_unit_asked_for_is_told_with_it(
    hamlets: Library, text: str, figure: str
) -> None:
    assert ask(hamlets, text).answer == figure


@pytest.mark.parametrize("text", ["ผู้ว่าตากส่งใครไปแข่งเกวียน", "ผู้ว่าตากมอบหมายใครไปแข่งเกวียน", "ใครไปแข่งเกวียนแทนผู้ว่าตาก"])
def test_who_was_sent_is_told_and_not_who_sent_him_or_came_along(hamlets: Library, text: str) -> None:
    assert ask(hamlets, text).answer == "เมฆา ใจเพชร"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("งานเห็ดโคนแพร่จัดช่วงวันไหน", "9-12 มีนาคม 2567"),
        ("งานเห็ดโคนแพร่จัดวันไหนถึงวันไหน", "9-12 มีนาคม 2567"),
    ],
)
def test_a_span_of_days_is_told_where_one_is_asked_for(hamlets: Library, text: str, days: str) -> None:
    assert ask(hamlets, text).answer == days


def test_who_went_by_himself_is_told_where_nobody_is_asked_to_have_been_sent(hamlets: Library) -> None:
    assert ask(hamlets, "ใครไปแข่งเกวียนทุกปี").answer == "ล้อ วิ่งดี"


@pytest.mark.parametrize("text", ["อบรมทำขนมดอกโสนที่พะเยาจัดที่ไหน", "Where was the training in Phayao?"])
def test_a_place_that_only_repeats_the_questions_province_is_no_answer(hamlets: Library, text: str) -> None:
    assert ask(hamlets, text).answer == "ครัวกลางบ้านโสนทอง"


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("มีผู้มาร่วม 12 หน่วยงาน", ["12 หน่วยงาน"]),
        ("ใช้น้ำ 12 หน่วย", ["12 หน่วย"]),
        ("ได้ข้าว 1,200 กิโลกรัม กับเงิน 5 แสน", ["1,200 กิโลกรัม", "5 แสน"]),
        ("ราคาขึ้นร้อยละ 5.25 ในสองปี", ["ร้อยละ 5.25"]),
        ("เลขคดี 5/2563 ข้อ 7 โทร. 1567 เมื่อปี 2563", []),
        ("They seized 3 kilograms and 40 pills", ["3 kilograms", "40 pills"]),
    ],
)
def test_figures_are_shown_with_their_unit_and_what_only_numbers_something_is_none(
    text: str, figures: list[str]
) -> None:
    stored = StoredArticle(1, "1", Article("ข่าว", text), None, 1, 1)
    offered = options(understand("มีเท่าไร", today=TODAY), stored, text, [])
    assert [option.answer for option in offered] == figures


@pytest.mark.parametrize("text", ["ใครฉีดวัคซีนให้ลุงตู่", "Who gave Prayut the vaccine?", "ใครฉีดวัคซีนให้ประยุทธ์"])
def test_whom_the_question_names_in_any_way_is_not_its_answer(text: str) -> None:
    body = "นายสมมุติ ทองดี แพทย์ประจำตำบล ฉีดวัคซีนให้ พลเอก ประยุทธ์ จันทร์โอชา นายกรัฐมนตรี"
    stored = StoredArticle(1, "1", Article("ข่าว", body), None, 1, 1)
    offered = options(understand(text, today=TODAY), stored, body, [])
    assert [option.answer for option in offered] == ["สมมุติ ทองดี"]


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("วันที่ 5 มีนาคม 2567 เวลา 09.30 น. ที่ลานวัด", ["09.30 น."]),
        ("เปิดให้ชมตั้งแต่ ๐๘.๐๐ – ๑๖.๓๐ น. ทุกวัน", ["๐๘.๐๐ – ๑๖.๓๐ น."]),
        ("นัดพบกัน 9 โมงเช้า แล้วเลิก 2 ทุ่ม", ["9 โมงเช้า", "2 ทุ่ม"]),
        ("ยาว 9.30 เมตร ใช้งบ 12.50 ล้านบาท", []),
        ("The fair opens at 10:00 hrs.", ["10:00 hrs"]),
    ],
)
def test_who_asks_for_the_hour_is_offered_hours_and_no_days(text: str, hours: list[str]) -> None:
    stored = StoredArticle(1, "1", Article("ข่าว", text), None, 1, 1)
    for asked in ("งานเริ่มกี่โมง", "งานเริ่มเวลาใด", "What time did it begin?"):
        offered = options(understand(asked, today=TODAY), stored, text, [])
        assert [option.answer for option in offered] == hours


def test_an_article_without_an_hour_does_not_tell_what_time_it_was(hamlets: Library) -> None:
    assert hamlets.ask("งานวิ่งเก็บดอกหญ้า ครั้งที่ 35 วันไหน", today=TODAY).answer == "19 มกราคม 2567"
    assert not hamlets.ask("งานวิ่งเก็บดอกหญ้า ครั้งที่ 35 เริ่มกี่โมง", today=TODAY).found


def test_a_figure_that_only_the_headline_tells_is_told_and_no_other_of_the_text(tmp_path: Path) -> None:
    article = Article(
        "โรงสีดอกรักแจ้งพบคนงานป่วย 7 ราย", "1) คนคุมเตา อาคาร 93\n2) คนขับรถ อาคาร 11", dt.date(2024, 3, 5),
        agency="กรมโรงงานอุตสาหกรรม", url="https://news.example/mill",
    )  # fmt: skip
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([*ARTICLES, article])
        answer = library.ask("โรงสีดอกรักพบคนงานป่วยกี่คน", today=TODAY)
        (start, end), *_ = answer.hits[0].highlights
        assert answer.answer == answer.hits[0].excerpt[start:end] == "7 ราย"
        assert answer.hits[0].excerpt == article.title


def test_of_several_days_an_answer_bears_the_one_of_its_line_that_is_asked_for(tmp_path: Path) -> None:
    article = Article(
        "ตำรวจน้ำบ้านโขงงามแถลงผลงาน",
        "เมื่อวันที่ 2 สิงหาคม 2567 ตำรวจน้ำบ้านโขงงามยึดอวนลอย 14 ผืน\n"
        "เมื่อวันที่ 5 กันยายน 2567 ตำรวจน้ำบ้านโขงงามยึดเรือยนต์ 3 ลำ",
        dt.date(2024, 9, 20), agency="จังหวัดเลย", url="https://news.example/river",
    )  # fmt: skip
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([*ARTICLES, article])
        asked = library.ask("ตำรวจน้ำบ้านโขงงามยึดอวนลอยกี่ผืน เดือนสิงหาคม 2567", today=TODAY)
        assert (asked.answer, asked.hits[0].date) == ("14 ผืน", dt.date(2024, 8, 2))
        asked = library.ask("ตำรวจน้ำบ้านโขงงามยึดเรือยนต์กี่ลำ ก.ย. 67", today=TODAY)
        assert (asked.answer, asked.hits[0].date) == ("3 ลำ", dt.date(2024, 9, 5))
