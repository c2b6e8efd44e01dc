"""Texts folded and squeezed together are what each is alone; a figure is found only as a whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import OTHER_WORDING, PARTLY, Weighed, presence, squeeze, squeeze_all, squeeze_with_places
from retrieval.question import Group

_LETTERS = "กขเแำาัิุํ่้๊์็ๆฯ ,.\n\t12๑๒Aaé“😀İΣ\0"


@given(st.lists(st.text(_LETTERS, max_size=12), max_size=5))
def test_texts_squeezed_together_are_what_each_is_alone(texts: list[str]) -> None:
    assert squeeze_all(texts) == [squeeze(text) for text in texts]


def test_no_letter_of_any_script_is_squeezed_differently_in_company() -> None:
    texts = [f"1,{chr(code)},2{chr(code)}ก" for code in range(1 << 16)]
    assert squeeze_all(texts[1:]) == [squeeze(text) for text in texts[1:]]


def test_spaces_and_the_commas_of_numbers_are_no_letters() -> None:
    assert squeeze_all(["งบ 1,๒๐๐ บาท, 3, 4", ""]) == ["งบ1200บาท,3,4", ""]


@given(st.text(_LETTERS, max_size=20))
def test_each_squeezed_letter_has_its_place_in_the_text(text: str) -> None:
    letters, begins, ends = squeeze_with_places(text)
    assert letters == squeeze(text)
    assert len(begins) == len(ends) == len(letters)
    assert list(begins) == sorted(begins)
    assert all(0 <= begin <= end <= len(text) for begin, end in zip(begins, ends, strict=True))


def test_the_place_of_a_letter_holds_that_letter() -> None:
    text = "งบ 1,๒๐๐ บาท 😀 เเพทย์"
    letters, begins, ends = squeeze_with_places(text)
    found = {letter: text[begin:end] for letter, begin, end in zip(letters, begins, ends, strict=True)}
    assert (letters, found["2"], found["แ"]) == ("งบ1200บาท😀แพทย์", "๒", "เเ")


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
