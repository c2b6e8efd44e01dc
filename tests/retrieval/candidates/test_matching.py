"""Evidence in a text: a figure is found only as a whole, other wordings count less."""

from __future__ import annotations

import pytest

from retrieval.candidates.matching import OTHER_WORDING, PARTLY, Weighed, presence
from retrieval.question.understanding import Group
from retrieval.thai.squeeze import squeeze


def held(text: str, *wordings: str) -> float:
    """How far a text holds one thing of a question, which is written in the first of these ways."""
    surfaces = tuple(squeeze(wording) for wording in wordings)
    return presence(Weighed(Group(tuple((s,) for s in surfaces), surfaces), 1.0, ((surfaces[0], 1.0),)), squeeze(text))


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("30", "ปลูกไผ่ 30 ต้น"),
        ("30", "ปลูกไผ่ ๓๐ ต้น"),
        ("30", "ได้ไผ่ 30"),
        ("30", "ได้ไผ่ 30. แล้วกลับบ้าน"),
        ("3000", "ปลูกไผ่ 3,000 ต้น"),
        ("ครั้งที่ 3", "งานวิ่ง ครั้งที่ ๓ ที่ท่าน้ำ"),
        ("5/63", "ประชุมครั้งที่ 5/63"),
        ("65 ปี", "โรงทอผ้าครบ 65 ปีแล้ว"),
    ],
)
def test_a_figure_that_a_text_tells_is_held(figure: str, text: str) -> None:
    assert held(text, figure) == 1.0


@pytest.mark.parametrize(
    ("figure", "text"),
    [
        ("30", "เมื่อปี 2530"),
        ("30", "ปลูกไผ่ 300 ต้น"),
        ("30", "ปลูกไผ่ 3,000 ต้น"),
        ("30", "ปลูกไผ่ 12,530 ต้น"),
        ("30", "ยาว 1.30 เมตร"),
        ("30", "หนัก 30.5 ตัน"),
        ("ครั้งที่ 3", "งานวิ่ง ครั้งที่ 35 ที่ท่าน้ำ"),
        ("5/63", "ประชุมครั้งที่ 15/63"),
        ("5/25", "ประชุมครั้งที่ 5/2563"),
        ("65 ปี", "โรงทอผ้าครบ 165 ปีแล้ว"),
    ],
)
def test_a_part_of_a_longer_figure_is_not_held(figure: str, text: str) -> None:
    assert held(text, figure) == 0.0


def test_another_wording_counts_a_little_less_and_its_figures_are_whole_too() -> None:
    assert held("ประชุมครั้งที่ 5/2563", "5/63", "5/2563") == OTHER_WORDING
    assert held("ประชุมครั้งที่ 15/2563", "5/63", "5/2563") == 0.0


def test_words_may_be_part_of_longer_words() -> None:
    assert held("ชาวสวนมะปรางหวาน", "มะปราง") == 1.0


def test_some_of_the_words_of_one_thing_count_by_their_weight() -> None:
    weighed = Weighed(Group((("หอม", "แดง"),), ("หอมแดง",)), 1.0, (("หอม", 3.0), ("แดง", 1.0)))
    assert presence(weighed, "หอมแดง") == 1.0
    assert presence(weighed, "หอมหัวใหญ่") == pytest.approx(PARTLY * 0.75)
    assert presence(weighed, "ผ้าสีแดง") == pytest.approx(PARTLY * 0.25)
    assert presence(weighed, "กระเทียม") == 0.0
