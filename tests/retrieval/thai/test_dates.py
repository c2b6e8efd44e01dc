"""Days that articles name, and the one that they tell of."""

from __future__ import annotations

from datetime import date

import pytest

from retrieval import Article
from retrieval.facts.event_day import event_date, told
from retrieval.thai.dates import Precision, article_dates

NEAR = date(2023, 5, 10)


def days(text: str) -> list[tuple[date, date]]:
    return [(m.first, m.last) for m in article_dates(text, near=NEAR)]


def event(body: str, published: date | None = NEAR) -> date | None:
    return event_date(article_dates(body, near=published), Article("ข่าว", body, published))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("วันนี้ (9 พ.ค.66)", date(2023, 5, 9)),
        ("เมื่อวันที่ 9 พฤษภาคม 2566", date(2023, 5, 9)),
        ("๙ พฤษภาคม ๒๕๖๖", date(2023, 5, 9)),
        ("9พฤษภาคม", date(2023, 5, 9)),
        ("วันที่ 9 เดือนพฤษภาคม พ.ศ. 2566", date(2023, 5, 9)),
        ("9/5/2566", date(2023, 5, 9)),
        ("9.5.2566", date(2023, 5, 9)),
        ("2023-05-09", date(2023, 5, 9)),
        ("May 9, 2023, at Government House", date(2023, 5, 9)),
        ("31 ธันวาคม", date(2022, 12, 31)),
    ],
)
def test_a_day_in_every_form(text: str, day: date) -> None:
    assert days(text) == [(day, day)]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("23 - 24 เม.ย. 66", date(2023, 4, 23), date(2023, 4, 24)),
        ("ระหว่างวันที่ 30 เมษายน - 2 พฤษภาคม 2566", date(2023, 4, 30), date(2023, 5, 2)),
        ("เดือนพฤษภาคม 2566", date(2023, 5, 1), date(2023, 5, 31)),
    ],
)
def test_several_days_in_one(text: str, first: date, last: date) -> None:
    assert days(text) == [(first, last)]


def test_days_stand_where_the_text_has_them() -> None:
    text = "ประชุมวันที่ ๙ พฤษภาคม ๒๕๖๖ แล้ว"
    (mention,) = article_dates(text, near=NEAR)
    assert text[mention.start : mention.end] == "๙ พฤษภาคม ๒๕๖๖"
    assert mention.precision == Precision.DAY


@pytest.mark.parametrize("text", ["", "ไม่มีวัน", "มาตรา 9", "31 กุมภาพันธ์ 2566", "เวลา 09.30 น."])
def test_what_is_no_day(text: str) -> None:
    assert [m for m in article_dates(text, near=NEAR) if m.precision == Precision.DAY] == []


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ("วันนี้ (9 พ.ค. 66) ปลัดกระทรวงทดลองประชุม", date(2023, 5, 9)),
        ("ปลัดกระทรวงทดลองประชุมเมื่อวันที่ 7 พฤษภาคม 2566", date(2023, 5, 7)),
        ("ตามมติเมื่อ 2 พฤษภาคม 2566 นั้น วันนี้ (9 พ.ค. 66) กรมประชุม", date(2023, 5, 9)),
        ("งานว่าวเฉลิมพระเกียรติ 6 รอบ 28 พฤษภาคม 2566", NEAR),
        ("ขอให้ยื่นเอกสารภายในวันที่ 8 พฤษภาคม 2566", NEAR),
        ("วันที่ 9 พฤษภาคม 2565 กรมประชุม", date(2023, 5, 9)),
        ("โครงการเริ่มในปี 2540 เมื่อวันที่ 1 มกราคม 2540", NEAR),
        ("ในเดือนเมษายน 2566 มีลมแรง", NEAR),
        ("กรมจะจัดงานว่าวในวันที่ 20 พฤษภาคม 2566", date(2023, 5, 20)),
        ("วันนี้ (10 เม.ย. 66) กรมประชุม", NEAR),
        ("ไม่มีวันใด", NEAR),
    ],
    ids=["today", "earlier", "history first", "ceremony", "deadline", "wrong year", "long ago", "month", "to come",
         "wrong month", "none"],
)  # fmt: skip
def test_the_day_that_an_article_tells_of(body: str, day: date) -> None:
    assert event(body) == day


def test_without_a_publication_the_first_day_counts() -> None:
    assert event("เมื่อวันที่ 9 พฤษภาคม 2566 กรมประชุม", None) == date(2023, 5, 9)


def test_without_any_day_there_is_none() -> None:
    assert event("กรมประชุม", None) is None


def test_days_inside_names_are_not_told() -> None:
    text = "งานว่าว 6 รอบ 28 กรกฎาคม 2566 จัดเมื่อวันที่ 9 พฤษภาคม 2566"
    assert told(text, 0, len(text), published=NEAR) == [date(2023, 5, 9)]


def test_the_civil_service_commission_is_no_month() -> None:
    assert article_dates("สำนักงาน ก.พ. ร่วมจัดสัมมนากับจังหวัด", near=date(2024, 5, 1)) == []
