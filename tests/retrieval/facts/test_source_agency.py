"""The agency whose news an article is."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval.facts import extraction as facts
from retrieval.facts.source_agency import agency_of_post
from retrieval.gazetteer.agencies import PRIME_MINISTER_OFFICE
from retrieval.model import Article

MINISTRY = "กระทรวงมหาดไทย"
OFFICE = PRIME_MINISTER_OFFICE


def source(title: str, body: str = "ลมดีทั้งวัน", **others: str) -> str | None:
    return facts.read(Article(title, body, dt.date(2023, 5, 10), **others)).agency


@pytest.mark.parametrize(
    ("post", "agency"),
    [
        ("ปลัดกระทรวงมหาดไทย", MINISTRY),
        ("รมว.มหาดไทย", MINISTRY),
        ("อธิบดีกรมการปกครอง", "กรมการปกครอง"),
        ("ผู้ว่าราชการจังหวัดน่าน", "จังหวัดน่าน"),
        ("รองผู้ว่าราชการจังหวัดน่าน รักษาราชการแทนผู้ว่าราชการจังหวัดน่าน", "จังหวัดน่าน"),
        ("อธิบดีกรมการปกครอง รักษาราชการแทนปลัดกระทรวงสาธารณสุข", "กระทรวงสาธารณสุข"),
        ("นายกรัฐมนตรี", OFFICE),
        ("รองนายกรัฐมนตรี", OFFICE),
        ("รองนายกรัฐมนตรีและรัฐมนตรีว่าการกระทรวงมหาดไทย", MINISTRY),
        ("ประธานชมรมว่าว", None),
    ],
)
def test_the_agency_that_a_post_belongs_to(post: str, agency: str | None) -> None:
    assert agency_of_post(post) == agency


def test_the_agency_that_the_source_gave_stays() -> None:
    assert source("มท. แข่งว่าว", agency="กรมประชาสัมพันธ์") == "กรมประชาสัมพันธ์"


def test_a_credit_line_at_the_end_counts_first() -> None:
    body = "นายก้อง ภูผา ปลัดกระทรวงมหาดไทย ปล่อยว่าว\nสนับสนุนเนื้อหา : กรมประชาสัมพันธ์"
    assert source("ข่าวว่าว", body) == "กรมประชาสัมพันธ์"


def test_a_writer_is_no_agency() -> None:
    body = "นายก้อง ภูผา ปลัดกระทรวงมหาดไทย ปล่อยว่าว\nเผยแพร่ข่าว : นายชิต ยอดหญ้า กองประชาสัมพันธ์ กรมป่าไม้"
    assert source("ข่าวว่าว", body) == MINISTRY


def test_brackets_of_the_headline_name_the_agency() -> None:
    assert source("[กรมป่าไม้] ปล่อยว่าว", "นายก้อง ภูผา ปลัดกระทรวงมหาดไทย ร่วมงาน") == "กรมป่าไม้"


def test_a_hashtag_names_the_agency() -> None:
    assert source("ปล่อยว่าว", "ลมดี\n#กระทรวงมหาดไทย #ว่าว") == MINISTRY


def test_the_speakers_post_names_the_agency() -> None:
    body = "นายก้อง ภูผา อธิบดีกรมป่าไม้ กล่าวว่า กระทรวงมหาดไทยช่วยดูแลว่าว"
    assert source("ว่าวปีนี้", body) == "กรมป่าไม้"


def test_who_was_sent_speaks_for_the_agency() -> None:
    body = "นายก้อง ภูผา นายกรัฐมนตรี มอบหมายให้ นางมะลิ รักษ์ลม รัฐมนตรีว่าการกระทรวงวัฒนธรรม ร่วมงานว่าว"
    assert source("ข่าวว่าว", body) == "กระทรวงวัฒนธรรม"


def test_the_headlines_prefix_names_the_agency() -> None:
    assert source("สธ. ชวนเล่นว่าวเพื่อสุขภาพ") == "กระทรวงสาธารณสุข"


def test_an_agency_named_only_in_the_text_is_the_last_choice() -> None:
    assert source("ข่าวว่าว", "ลมดีทั้งวัน " * 60 + "ที่กระทรวงมหาดไทย") == MINISTRY


@pytest.mark.parametrize("rubric", ["ข่าวนายกรัฐมนตรี", "ข่าวคณะโฆษก", "ข่าวทำเนียบรัฐบาล", "Government News"])
def test_government_house_speaks_for_itself(rubric: str) -> None:
    body = "นายก้อง ภูผา รองโฆษกประจำสำนักนายกรัฐมนตรี เปิดเผยว่า กระทรวงสาธารณสุขแจกว่าว"
    assert source("รัฐบาลชวนเล่นว่าว สธ. แจกฟรี", body, category=rubric) == OFFICE


def test_a_ministrys_speaker_in_government_house_speaks_for_the_ministry() -> None:
    body = "นางมะลิ รักษ์ลม รัฐมนตรีว่าการกระทรวงวัฒนธรรม กล่าวว่า ปีนี้ลมดี"
    assert source("ข่าวว่าว", body, category="ข่าวทำเนียบรัฐบาล") == "กระทรวงวัฒนธรรม"


def test_the_secretariats_channels_are_its_own() -> None:
    assert source("สธ. ชวนเล่นว่าว", category="ทัน LINE ไทยคู่ฟ้า") == "สำนักเลขาธิการนายกรัฐมนตรี"


def test_no_agency_is_made_up() -> None:
    assert source("ข่าวว่าว") is None
