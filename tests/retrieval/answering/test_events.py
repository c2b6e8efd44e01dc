"""Several articles of one event, several events of one kind, and the question turned round."""

from __future__ import annotations

import datetime as dt

import pytest

from retrieval import Answer, Kind, Library
from retrieval.answering.events import alike

TODAY = dt.date(2025, 9, 17)


def ask(library: Library, text: str) -> Answer:
    return library.ask(text, today=TODAY)


def test_events_of_the_same_kind_are_told_apart_and_both_shown(towns: Library) -> None:
    answer = ask(towns, "ใครเป็นประธานเปิดโครงการปลูกป่าชายเลน")
    assert answer.several
    assert {(h.answer, h.date) for h in answer.hits[:2]} == {
        ("กานต์ ใจงาม", dt.date(2022, 6, 3)),
        ("พิมพ์ ทองดี", dt.date(2023, 6, 5)),
    }


def test_a_day_in_the_question_decides_between_events(towns: Library) -> None:
    answer = ask(towns, "ใครเป็นประธานเปิดโครงการปลูกป่าชายเลน 5 มิ.ย. 66")
    assert not answer.several
    assert answer.answer == "พิมพ์ ทองดี"


def test_articles_of_one_event_are_counted_and_not_shown_as_others(towns: Library) -> None:
    answer = ask(towns, "ใครเป็นประธานเปิดงานเทศกาลลำไย 8 ส.ค. 66")
    assert answer.answer == "อำนวย สุขดี"
    assert answer.hits[0].same_event == 1


@pytest.mark.parametrize(
    "text",
    ["นายอำนวย สุขดี เป็นประธานงานอะไรบ้าง", "อำนวย สุขดี เป็นประธานงานไหนบ้าง", "Which events did อำนวย สุขดี chair?"],
)
def test_a_persons_events_are_listed_newest_first_and_each_once(towns: Library, text: str) -> None:
    answer = ask(towns, text)
    assert (answer.kind, answer.found, answer.detail) == (Kind.EVENTS, True, "อำนวย สุขดี")
    assert [h.date for h in answer.hits] == [dt.date(2024, 2, 19), dt.date(2023, 8, 8)]
    assert "ลำไย" in (answer.hits[1].answer or "")


def test_a_persons_events_are_those_of_the_period_asked_for(towns: Library) -> None:
    answer = ask(towns, "ปี 2566 นายอำนวย สุขดี เป็นประธานงานอะไรบ้าง")
    assert [h.date for h in answer.hits] == [dt.date(2023, 8, 8)]
    assert not ask(towns, "ปี 2564 นายอำนวย สุขดี เป็นประธานงานอะไรบ้าง").found


def test_who_sent_somebody_else_did_not_preside(towns: Library) -> None:
    assert not ask(towns, "นายวิทย์ แก้วใส เป็นประธานงานอะไรบ้าง").found
    assert ask(towns, "นายชาติ พูนผล เป็นประธานงานอะไรบ้าง").found


def test_somebody_of_whom_nothing_is_told_has_no_events(towns: Library) -> None:
    answer = ask(towns, "นายไม่มี ตัวตน เป็นประธานงานอะไรบ้าง")
    assert (answer.found, answer.hits) == (False, ())


def test_chaired_by_pages_through_a_persons_events(towns: Library) -> None:
    both = towns.chaired_by("อำนวย สุขดี", limit=5)
    assert [h.date for h in both] == [dt.date(2024, 2, 19), dt.date(2023, 8, 8)]
    assert towns.chaired_by("อำนวย สุขดี", limit=1, offset=1) == both[1:]
    assert towns.chaired_by("อำนวย สุขดี", limit=5, offset=2) == ()


def test_headlines_are_alike_by_the_letters_that_they_share() -> None:
    assert alike("เปิดงานลำไย", "เปิดงานลำไย") == 1.0
    assert alike("เปิดงานลำไย", "ประชุมภัยแล้ง") == 0.0
    assert alike("", "ประชุม") == 0.0
