"""Typing slips: mended where something typed is no word, and left alone where it is one."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.candidates.spelling import Speller, mended, slips
from retrieval.question.understanding import Question, understand

COMMON = ("สัมมนา", "นมัสการ", "สหกรณ์", "พัฒนา", "ประชาสัมพันธ์", "โรงพยาบาล", "เทคโนโลยี", "สวัสดิการ", "บัญชี")


def speller(*names: str) -> Speller:
    return Speller([(word, 500) for word in COMMON], names)


def read(text: str) -> Question:
    return mended(understand(text, today=dt.date(2025, 9, 17)), speller)


def wordings(question: Question) -> set[str]:
    return {surface for group in question.groups for surface in group.surfaces}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("สวัดิการ", "สวัสดิการ"),  # dropped
        ("สหกรณณ์", "สหกรณ์"),  # twice
        ("เทคโนโลยั", "เทคโนโลยี"),  # changed
        ("โรงพยาบลา", "โรงพยาบาล"),  # swapped
        ("ประชาสมพันธ", "ประชาสัมพันธ์"),  # two slips in a long word
    ],
)
def test_a_slip_is_mended_to_the_nearest_common_word(typed: str, meant: str) -> None:
    assert speller().mend(typed) == meant


@pytest.mark.parametrize("typed", ["สหกรณ์", "กข", "คนละคำกันเลย", "ก" * 40])
def test_known_short_far_and_endless_words_are_left_alone(typed: str) -> None:
    assert speller().mend(typed) is None


def test_the_name_of_a_person_is_no_slip() -> None:
    assert speller().mend("สวัสดิกา") == "สวัสดิการ"
    assert speller("สวัสดิกา").mend("สวัสดิกา") is None


def test_rare_words_are_not_what_was_meant() -> None:
    assert Speller([("สวัสดิการ", 1)]).mend("สวัดิการ") is None


def test_a_mended_word_is_looked_for_beside_what_was_typed() -> None:
    looked_for = wordings(read("ใครเป็นประธานประชุมสวัดิการ"))
    assert {"สวัสดิการ", "สวัดิการ"} <= looked_for


def test_a_word_that_the_dictionary_knows_is_never_changed() -> None:
    asked = understand("ใครเป็นประธานงานวันพยาบาล", today=dt.date(2025, 9, 17))
    assert mended(asked, speller) == asked


def test_names_of_the_tables_are_never_changed() -> None:
    asked = understand("ใครเปิดงานที่ มท. กับ เมืองคอน", today=dt.date(2025, 9, 17))
    assert mended(asked, speller) == asked


def test_the_vocabulary_is_not_read_where_every_word_is_known() -> None:
    def never() -> Speller:
        raise AssertionError("the vocabulary was read")

    mended(understand("ใครเป็นประธานเปิดงานวันเด็กที่เชียงใหม่", today=dt.date(2025, 9, 17)), never)


@pytest.mark.parametrize(
    ("left", "right", "away"),
    [
        ("ประชุม", "ประชุม", 0),
        ("ประชุม", "ประชม", 1),
        ("ประชุม", "ปรชะุม", 1),
        ("ประชุม", "ปชุ", 3),
        ("กข", "ขก", 1),
        ("", "กขค", 3),
    ],
)
def test_slips_are_counted(left: str, right: str, away: int) -> None:
    assert slips(left, right, 5) == away


LETTERS = st.text(alphabet="กขคง", max_size=7)


@given(LETTERS, LETTERS)
def test_slips_are_the_same_both_ways(left: str, right: str) -> None:
    assert slips(left, right, 20) == slips(right, left, 20)
    assert (slips(left, right, 20) == 0) == (left == right)


@given(LETTERS, LETTERS, st.integers(0, 4))
def test_more_slips_than_allowed_are_only_told_to_be_more(left: str, right: str, most: int) -> None:
    exact = slips(left, right, 20)
    assert min(slips(left, right, most), most + 1) == min(exact, most + 1)


@given(st.text(max_size=80))
def test_any_question_can_be_mended(text: str) -> None:
    assert read(text).text == understand(text, today=dt.date(2025, 9, 17)).text
