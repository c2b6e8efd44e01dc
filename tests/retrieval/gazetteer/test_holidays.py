"""A holiday of a question tells of which part of a year it is."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.question.understanding import Question, understand

TODAY = dt.date(2025, 9, 17)


def read(text: str) -> Question:
    return understand(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("วันเด็กปี 67 แจกอะไรบ้าง", dt.date(2023, 12, 28), dt.date(2024, 1, 20)),
        ("มาตรการรถบัสช่วงสงกรานต์ 2566", dt.date(2023, 3, 25), dt.date(2023, 4, 24)),
        ("พ.ศ. ๒๕๖๗ มีพิธีวันปิยมหาราชที่ใด", dt.date(2024, 10, 15), dt.date(2024, 10, 30)),
        ("Which buses ran at Songkran 2023?", dt.date(2023, 3, 25), dt.date(2023, 4, 24)),
    ],
)
def test_a_holiday_tells_of_which_part_of_the_year_the_question_is(text: str, first: dt.date, last: dt.date) -> None:
    assert [(m.first, m.last) for m in read(text).dates] == [(first, last)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("เดือนมีนาคม 2566 เตรียมรถช่วงสงกรานต์กี่คัน", dt.date(2023, 3, 1), dt.date(2023, 3, 31)),
        ("งานวัดปี 2566", dt.date(2023, 1, 1), dt.date(2023, 12, 31)),
    ],
)
def test_a_month_or_a_year_without_a_holiday_stays_as_it_is_told(text: str, first: dt.date, last: dt.date) -> None:
    assert [(m.first, m.last) for m in read(text).dates] == [(first, last)]


def test_a_holiday_without_a_year_names_no_days() -> None:
    assert read("ใครเป็นประธานงานสงกรานต์").dates == ()
