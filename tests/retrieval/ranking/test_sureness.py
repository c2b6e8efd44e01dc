"""What makes an answer doubtful: another number, country or place than is asked for, and days beyond the news."""

from __future__ import annotations

import pytest

from retrieval import Library
from retrieval.question.understanding import understand
from retrieval.ranking.period import out_of_time
from tests.retrieval.hamlets import TODAY


def sure(library: Library, text: str) -> float:
    return library.ask(text, today=TODAY).sure


SAME_AND_OTHER = [
    ("ใครเป็นประธานงานวิ่งเก็บดอกหญ้า ครั้งที่ 35", "ใครเป็นประธานงานวิ่งเก็บดอกหญ้า ครั้งที่ 36"),
    ("ใครเป็นประธานงานวิ่งเก็บดอกหญ้าครั้งที่ ๓๕", "ใครเป็นประธานงานวิ่งเก็บดอกหญ้าครั้งที่ ๓"),
    ("ใครเป็นประธานทำบุญครบรอบ 65 ปี โรงทอผ้า", "ใครเป็นประธานทำบุญครบรอบ 60 ปี โรงทอผ้า"),
    ("ใครเป็นประธานทำบุญครบ 65 ปี โรงทอผ้า", "ใครเป็นประธานทำบุญครบ 5 ปี โรงทอผ้า"),
    ("กรมประมงดูงานเลี้ยงปลาที่เวียดนามวันไหน", "กรมประมงดูงานเลี้ยงปลาที่ญี่ปุ่นวันไหน"),
    ("When did the fisheries department visit Vietnam?", "When did the fisheries department visit Japan?"),
    ("ใครเป็นประธานเปิดตลาดผ้าชาวเขา อำเภออุ้มผาง", "ใครเป็นประธานเปิดตลาดผ้าชาวเขา อำเภอแม่ระมาด"),
    ("ใครเป็นประธานแข่งเรือยาวที่เลย", "ใครเป็นประธานแข่งเรือยาวที่ยะลา"),
    ("ผวจ.น่าน เป็นประธานงานวิ่งเก็บดอกหญ้าชื่ออะไร", "ผวจ.เวียงสา เป็นประธานงานวิ่งเก็บดอกหญ้าชื่ออะไร"),
]
"""A question that names what the news tells, and one that names another number, country, place or province."""


@pytest.mark.parametrize(("same", "other"), SAME_AND_OTHER)
def test_another_number_country_or_place_than_the_news_tells_makes_less_sure(
    hamlets: Library, same: str, other: str
) -> None:
    assert sure(hamlets, other) < sure(hamlets, same)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ใครเป็นประธานงานวิ่งเก็บดอกหญ้า ครั้งที่ 35", "ภูผา แสนสุข"),
        ("ใครเป็นประธานทำบุญครบรอบ 65 ปี โรงทอผ้า", "แพรวา ทอใจ"),
        ("ใครเป็นประธานเปิดตลาดผ้าชาวเขา อำเภออุ้มผาง", "กิ่งแก้ว ลานนา"),
    ],
)
def test_the_event_of_that_number_or_place_is_answered_in_a_small_library(
    hamlets: Library, text: str, name: str
) -> None:
    answer = hamlets.ask(text, today=TODAY)
    assert (answer.found, answer.answer) == (True, name)


@pytest.mark.parametrize(
    "text",
    [
        "ใครเป็นประธานงานวิ่งเก็บดอกหญ้า ครั้งที่ 36",
        "ใครเป็นประธานทำบุญครบรอบ 60 ปี โรงทอผ้า",
        "ใครเป็นประธานเปิดตลาดผ้าชาวเขา อำเภอแม่ระมาด",
        "ใครเป็นประธานวิ่งเก็บดอกหญ้าที่กัมพูชา",
    ],
)
def test_an_event_of_another_number_or_place_meets_silence_even_in_a_small_library(hamlets: Library, text: str) -> None:
    answer = hamlets.ask(text, today=TODAY)
    assert (answer.found, answer.answer) == (False, None)


@pytest.mark.parametrize("when", ["ปี 2530", "เมื่อปี 2560", "เดือนสิงหาคม 2530", "1 สิงหาคม 2530", "ปี ค.ศ. 1987"])
def test_of_a_time_long_before_the_news_begins_nothing_is_found(hamlets: Library, when: str) -> None:
    answer = hamlets.ask(f"ใครเป็นประธานแข่งเรือยาว {when}", today=TODAY)
    assert (answer.found, answer.answer, answer.sure) == (False, None, 0.0)


@pytest.mark.parametrize("when", ["", "ปี 2567", "เมื่อปี 2567", "เดือนสิงหาคม 2567", "1 สิงหาคม 2567"])
def test_of_the_time_of_the_news_the_chair_is_told(hamlets: Library, when: str) -> None:
    assert hamlets.ask(f"ใครเป็นประธานแข่งเรือยาว {when}", today=TODAY).answer == "วารี พายทอง"


@pytest.mark.parametrize(
    ("when", "beyond"),
    [
        ("ปี 2560", True),
        ("ปี 2566", False),
        ("ปี 2567", False),
        ("1 มกราคม 2560", True),
        ("ปี 2530 หรือ ปี 2531", True),
        ("ปี 2530 หรือ ปี 2567", False),
        ("12 สิงหาคม", False),
        ("", False),
    ],
)
def test_a_time_is_beyond_the_news_only_where_all_that_is_asked_for_is(
    hamlets: Library, when: str, beyond: bool
) -> None:
    catalogue = hamlets._ready()[1]
    assert out_of_time(understand(f"แข่งเรือยาว {when}", today=TODAY).dates, catalogue) is beyond


def test_more_of_the_question_makes_surer(towns: Library) -> None:
    whole = sure(towns, "ใครเป็นประธานเปิดโครงการปลูกป่าชายเลนที่ศูนย์อนุรักษ์บ้านท่าจีน 3 มิ.ย. 65")
    half = sure(towns, "ใครเป็นประธานเปิดโครงการปลูกข้าวโพดที่ศูนย์อนุรักษ์ช้างดอยสูง 3 มิ.ย. 65")
    assert 0.0 <= half < whole <= 1.0


@pytest.mark.parametrize("text", ["", "ใครเป็นประธานที่ดาวพลูโต xyzzy", "????", "ฃฅฃฅ"])
def test_words_that_no_article_holds_make_nothing_sure(towns: Library, text: str) -> None:
    assert sure(towns, text) < 0.3


def test_days_long_before_the_news_began_make_it_sure_of_nothing(towns: Library) -> None:
    assert sure(towns, "ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 2540") == 0.0
