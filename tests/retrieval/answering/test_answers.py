"""Answers from question to proof: the sample questions hold the line, and what an answer always or never says."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.quality import PARTS, Scored, groups, read, run, shares, table, without
from benchmarks.timing import clock
from retrieval import Answer, Kind, Library

QUESTIONS = read(Path(__file__).parents[2] / "sample_questions.jsonl")
TODAY = dt.date(2025, 9, 17)
LONGEST = 400

FLOORS = {
    "all": {"answer@1": 0.80, "reply@5": 0.88, "article@1": 0.92, "article@5": 0.97, "date@1": 0.88, "abstain": 0.83},
    "type:chair": {"answer@1": 0.78, "article@5": 0.97},
    "type:who": {"article@5": 0.92},
    "type:when": {"answer@1": 0.78, "article@5": 0.92},
    "type:where": {"answer@1": 0.83, "article@5": 0.94},
    "type:number": {"answer@1": 0.76, "article@5": 0.97},
    "type:agency": {"answer@1": 0.60, "article@5": 0.85},
    "type:what": {"answer@1": 0.70, "article@5": 0.85},
    "type:events": {"answer@1": 0.50},
    "style:english": {"article@5": 0.85},
    "style:typo": {"article@5": 0.85},
}
"""What the sample questions reach at least; raised when answers become better, not lowered to let a change pass."""
MOST_FALSE_SILENCE = 0.08


@pytest.fixture(scope="module")
def scored(library: Library) -> list[Scored]:
    """Every sample question asked of the sample news."""
    return run(library, QUESTIONS)


def ask(library: Library, text: str) -> Answer:
    return library.ask(text, today=TODAY)


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.mark.parametrize("group", FLOORS)
def test_the_sample_questions_are_answered_as_well_as_before(scored: list[Scored], group: str) -> None:
    reached = shares(groups(scored)[group])
    short = {name: (reached[name], floor) for name, floor in FLOORS[group].items() if reached[name] < floor}
    assert not short


def test_few_questions_that_the_news_answers_meet_silence(scored: list[Scored]) -> None:
    assert shares(scored)["false_abstain"] <= MOST_FALSE_SILENCE


def test_excerpts_of_every_answer_are_verbatim_short_and_marked_within(library: Library, scored: list[Scored]) -> None:
    for one in scored:
        for hit in one.answer.hits:
            article = library.article(hit.article_id)
            assert article is not None
            assert hit.excerpt in article.body or hit.excerpt in article.title
            assert 0 < len(hit.excerpt) <= LONGEST
            assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.highlights)
            assert list(hit.highlights) == sorted(hit.highlights)
            assert (hit.title, hit.published, hit.agency, hit.url) == (
                article.title, article.published, article.agency, article.url,
            )  # fmt: skip


@pytest.mark.parametrize("kind", [Kind.CHAIR, Kind.WHO, Kind.WHERE, Kind.NUMBER])
def test_the_excerpt_proves_the_short_answer(scored: list[Scored], kind: Kind) -> None:
    told = [one.answer for one in scored if one.answer.kind is kind and one.answer.answer]
    assert told
    for answer in told:
        for part in str(answer.answer).split(" และ "):
            assert squeezed(part.split(" ")[0]) in squeezed(answer.hits[0].excerpt), answer.question


def test_an_answer_is_that_of_its_first_article(scored: list[Scored]) -> None:
    for one in scored:
        if one.answer.found and one.answer.kind is not Kind.EVENTS:
            assert (one.answer.answer, one.answer.detail) == (one.answer.hits[0].answer, one.answer.hits[0].detail)


def test_silence_offers_headlines_and_no_answer(scored: list[Scored]) -> None:
    silent = [one.answer for one in scored if not one.answer.found]
    assert silent
    for answer in silent:
        assert (answer.answer, answer.detail, answer.several) == (None, None, False)


@pytest.mark.parametrize(
    ("text", "name", "post"),
    [
        ("ใครเป็นประธานเปิดอบรมหัวหน้าสำนักงานจังหวัดที่สถาบันดำรงราชานุภาพ 1 พ.ค. 60", "กฤษฎา บุญราช", "ปลัดกระทรวงมหาดไทย"),
        ("ผู้ใดเป็นประธานสัมมนาผู้นำต้นแบบที่จังหวัดตาก", "คมสัน เอกชัย", "ผู้ว่าราชการจังหวัดตาก"),
    ],
)
def test_the_chair_is_named_with_his_post(library: Library, text: str, name: str, post: str) -> None:
    answer = ask(library, text)
    assert answer.answer == name
    assert post in (answer.detail or "")


@pytest.mark.parametrize(
    ("text", "stood_in", "sent"),
    [
        ("ใครเป็นประธานประชุมภัยแล้งที่น่าน", "ชาติ พูนผล", "วิทย์ แก้วใส"),
        ("ประชุมแก้ภัยแล้ง จ.น่าน ครั้งที่ 2/66 ใครนั่งหัวโต๊ะ", "ชาติ พูนผล", "วิทย์ แก้วใส"),
        ("ใครเป็นประธานเปิดงานเทศกาลลำไยลำพูน", "อำนวย สุขดี", "สันต์ เมืองแก้ว"),
    ],
)
def test_who_stood_in_presided_and_not_who_sent_him(towns: Library, text: str, stood_in: str, sent: str) -> None:
    answer = ask(towns, text)
    assert answer.answer == stood_in
    assert sent not in (answer.answer or "")


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("แจกมุ้งชุบน้ำยาที่ไหน", Kind.WHERE, "โรงเรียนบ้านดอย"),
        ("แจกมุ้งชุบน้ำยากี่หลัง", Kind.NUMBER, "1,500 หลัง"),
        ("งานเทศกาลลำไยลำพูนจัดวันไหน", Kind.WHEN, "8 "),
        ("หน่วยงานใดแจกมุ้งชุบน้ำยา", Kind.AGENCY, "กระทรวงสาธารณสุข"),
        ("Who chaired the longan festival in Lamphun?", Kind.CHAIR, "อำนวย สุขดี"),
    ],
)
def test_each_kind_of_question_has_its_short_answer(towns: Library, text: str, kind: Kind, said: str) -> None:
    answer = ask(towns, text)
    assert (answer.kind, answer.found) == (kind, True)
    assert said in (answer.answer or "")


def test_the_answer_bears_its_day_agency_and_source(towns: Library) -> None:
    (first, *_) = ask(towns, "ใครเป็นประธานประชุมภัยแล้งที่น่าน").hits
    assert (first.date, first.published) == (dt.date(2023, 4, 4), dt.date(2023, 4, 5))
    assert (first.agency, first.url) == ("จังหวัดน่าน", "https://news.example/3")


@pytest.mark.parametrize(
    "text",
    [
        "ใครเป็นประธานเปิดงานแข่งว่าวที่สตูล",
        "ใครเป็นประธานปล่อยยานสำรวจดาวเสาร์ของกรมประมง",
        "ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 2540",
        "ใครเป็นประธานปลูกป่าชายเลนเมื่อเดือนมกราคม 2530",
        "สูตรทำแกงส้มชะอมไข่",
        "Who opened the volcano observatory in Phrae?",
    ],
)
def test_what_no_article_tells_is_not_answered(towns: Library, text: str) -> None:
    answer = ask(towns, text)
    assert (answer.found, answer.answer, answer.detail) == (False, None, None)


@pytest.mark.parametrize("text", ["สวัสดีค่ะ", "hello", "ขอบคุณครับ", "เล่ามุกตลกหน่อย"])
def test_greetings_get_no_news(library: Library, text: str) -> None:
    answer = ask(library, text)
    assert (answer.kind, answer.found, answer.hits) == (Kind.CHAT, False, ())


def test_an_english_question_is_known_as_english(towns: Library) -> None:
    assert ask(towns, "Who chaired the longan festival in Lamphun?").language == "en"
    assert ask(towns, "ใครเปิดงานลำไย").language == "th"


HOSTILE = (
    "", " ", "\n\n", "?", "!!!???...,,,", "。。。", "😀" * 50, "👨\u200d👩\u200d👧", "\x00",
    "ใคร\x00เป็นประธาน", "\u200b\u200b", "\ufeff", "(", "[", "*", "+", "\\", "(?P<x>", "[ก-", "a{1000000}",
    "^$.*", "%s%d{0}", "'; DROP TABLE articles; --",
    "SELECT * FROM articles WHERE 1=1", "<b>ใครเป็นประธาน</b>", "<script>alert(1)</script> & &amp; <",
    "../../etc/passwd", "ก" * 5_000, "ใครเป็นประธาน " * 400, "๙" * 5_000, "่้๊๋" * 200, "เ" * 300, "ํา" * 300,
    "ที่ไหน" * 300, "1/" * 500, "31/02/2564 00/00/0000 99/99/9999", "วันที่ 0 มกราคม 0000", "ปี 9999", "ปี 00", "พ.ศ.",
    "\ud800",
)  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_text_is_answered_or_met_with_silence(towns: Library, text: str) -> None:
    answer = ask(towns, text)
    assert answer.kind in Kind
    assert answer.found or answer.answer is None


@given(st.text(max_size=120))
@settings(max_examples=80, deadline=None)
def test_any_text_at_all_may_be_asked(towns: Library, text: str) -> None:
    answer = ask(towns, text)
    assert all(len(hit.excerpt) <= LONGEST for hit in answer.hits)


WORDS = (
    "ใคร", "เป็นประธาน", "เปิด", "งาน", "ลำไย", "ลำพูน", "น่าน", "ป่าชายเลน", "5 มิ.ย. 66", "กี่คน", "ที่ไหน", "วันไหน", "2/66",
    "บ้าง", "แทน", "who", "chaired",
)  # fmt: skip


@given(st.lists(st.sampled_from(WORDS), max_size=7).map(" ".join))
@settings(max_examples=120, deadline=None)
def test_whatever_is_answered_stands_in_the_article(towns: Library, text: str) -> None:
    answer = ask(towns, text)
    for hit in answer.hits:
        article = towns.article(hit.article_id)
        assert article is not None
        assert hit.excerpt in article.body
    if answer.found and answer.answer and answer.kind in (Kind.CHAIR, Kind.WHO, Kind.WHERE, Kind.NUMBER):
        assert squeezed(answer.answer.split(" ")[0]) in squeezed(answer.hits[0].excerpt)


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_switched_off_to_measure_it(towns: Library, part: str) -> None:
    text = "ใครเป็นประธานเปิดโครงการปลูกป่าชายเลน จ.สมุทรสาคร 3 มิ.ย. 65"
    whole = ask(towns, text)
    with without([part]):
        assert ask(towns, text).kind in Kind
    assert ask(towns, text) == whole


def test_the_table_has_a_line_for_every_type_and_style(scored: list[Scored]) -> None:
    lines = table(groups(scored)).splitlines()
    assert lines[2].startswith("| all | 210 |")
    assert len(lines) == 2 + 1 + len({q.type for q in QUESTIONS}) + len({q.style for q in QUESTIONS})


def test_times_are_told_by_stage(library: Library) -> None:
    report = clock(library, [q.question for q in QUESTIONS[:5]]).report()
    assert "median" in report
    assert {"understanding", "index", "evidence", "spans"} <= set(re.findall(r"^  (\w+):", report, re.MULTILINE))
