"""Agencies as texts name them."""

from __future__ import annotations

import pytest

from retrieval.gazetteer import agencies

MINISTRY = "กระทรวงมหาดไทย"


def test_agencies_are_found_by_any_of_their_names() -> None:
    found = agencies.mentions("มท. และ กรมการปกครอง พบกระทรวงมหาดไทย")
    assert [mention.name for mention in found] == [MINISTRY, "กรมการปกครอง", MINISTRY]


def test_a_day_of_february_is_no_agency() -> None:
    assert agencies.mentions("เมื่อวันที่ 8 ก.พ. ลมดี") == []


def test_the_civil_service_commission_is_still_one() -> None:
    assert len(agencies.mentions("สำนักงาน ก.พ. รับสมัคร")) == 1


@pytest.mark.parametrize("name", ["มท.", "มหาดไทย", "กระทรวง มหาดไทย", MINISTRY])
def test_every_spelling_leads_to_the_full_name(name: str) -> None:
    assert agencies.canonical(name) == MINISTRY


def test_an_unknown_agency_keeps_its_name() -> None:
    assert agencies.canonical("กรมว่าวแห่งดาวอังคาร") == "กรมว่าวแห่งดาวอังคาร"
