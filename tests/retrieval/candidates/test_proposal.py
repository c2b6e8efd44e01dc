"""Which articles the index proposes, and what speaks for them before they are read."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from retrieval import Article, Library
from retrieval.candidates.candidate import Candidate
from retrieval.candidates.matching import OTHER_WORDING, Weighed
from retrieval.candidates.proposal import propose
from retrieval.question.understanding import understand
from tests.retrieval.hamlets import TODAY, item

_ASIDE = "เจ้าหน้าที่กล่าวถึงแผนงานประจำปีของหมู่บ้านและการดูแลถนนสายหลักให้เดินทางสะดวก " * 14
"""Enough beside the matter to keep what stands around it in passages of its own."""

BARN = (
    item(
        1, "2024-01-20", "จังหวัดน่าน", "สรุปงานทั้งปี",
        f"ชาวบ้านปลูกเผือก\n{_ASIDE}\nตลาดนัดขายมะปราง\n{_ASIDE}\nโรงเรียนซ่อมยุ้งข้าว",
    ),
    item(2, "2024-01-21", "จังหวัดน่าน", "ข่าวบ้านดอน", f"โรงเรียนซ่อมยุ้งข้าวด้วยเงินขายเผือกและมะปราง\n{_ASIDE}"),
    item(3, "2024-01-22", "จังหวัดน่าน", "เรื่องไก่", "นักเรียนเลี้ยงไก่ที่บ้านสวน"),
    item(4, "2024-01-23", "จังหวัดแพร่", "ขายเผือกขายมะปราง", f"{_ASIDE}\nได้เงินมาซ่อมยุ้งข้าว"),
)  # fmt: skip
DOCTORS = tuple(
    item(number, "2024-01-20", "กรมการแพทย์", title, body)
    for number, (title, body) in enumerate(
        (
            ("หนึ่ง", "แพทย์ตรวจฟันที่บ้านหนึ่ง"),
            ("สอง", "แพทย์แจกแว่นที่บ้านสอง"),
            ("สาม", "แพทย์ฉีดยาที่บ้านสาม"),
            ("สี่", "หมอลำร้องเพลงที่บ้านสี่"),
            ("ห้า", "นักวิ่งพักที่บ้านห้า"),
            ("หก", "หมอดูทักที่บ้านหก"),
        ),
        1,
    )
)


def proposed(folder: Path, news: Sequence[Article], text: str) -> tuple[dict[str, Weighed], dict[int, Candidate]]:
    """The weighed groups by the question's wording, and the candidates by the number of their news item."""
    with Library.open(folder / "library", create=True) as library:
        library.add(news)
        index, catalogue = library._ready()
        groups, candidates = propose(understand(text, today=TODAY), library._store, index, catalogue)
    by_number = {int(str(c.article.article.url).rpartition("/")[2]): c for c in candidates}
    return {weighed.group.surfaces[0]: weighed for weighed in groups}, by_number


def test_what_one_passage_holds_counts_more_than_the_same_words_scattered_over_an_article(tmp_path: Path) -> None:
    _, found = proposed(tmp_path, BARN, "เผือก มะปราง ซ่อม ยุ้งข้าว วันไหน")
    assert found[2].features["together"] == pytest.approx(1.0)
    assert 0.0 < found[1].features["together"] < 0.7
    assert 3 not in found


def test_what_a_passage_lacks_its_headline_may_hold(tmp_path: Path) -> None:
    _, found = proposed(tmp_path, BARN, "เผือก มะปราง ซ่อม ยุ้งข้าว วันไหน")
    assert found[4].features["together"] == pytest.approx(1.0)


def test_of_equal_words_those_that_stand_together_come_first(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        library.add(BARN[:1] + BARN[1:2])
        first, second = library.ask("เผือก มะปราง ซ่อม ยุ้งข้าว วันไหน", today=TODAY).hits
    assert (first.title, second.title) == ("ข่าวบ้านดอน", "สรุปงานทั้งปี")


def test_an_everyday_word_weighs_as_its_commonest_wording_in_the_news(tmp_path: Path) -> None:
    everyday, _ = proposed(tmp_path / "a", DOCTORS, "หมอ ตรวจ ฟัน วันไหน")
    of_the_news, _ = proposed(tmp_path / "b", DOCTORS, "แพทย์ ตรวจ ฟัน วันไหน")
    assert everyday["หมอ"].weight == of_the_news["แพทย์"].weight
    assert everyday["หมอ"].weight < everyday["หมอ"].terms[0][1]


def test_a_word_that_no_article_holds_weighs_as_much_as_the_rarest(tmp_path: Path) -> None:
    groups, _ = proposed(tmp_path, DOCTORS, "แพทย์ ตรวจ กระจง วันไหน")
    assert groups["แพทย์"].weight < groups["ตรวจ"].weight < groups["กระจง"].weight


def test_the_words_of_the_news_hold_a_little_less_than_the_questions_own(tmp_path: Path) -> None:
    _, own = proposed(tmp_path / "a", DOCTORS, "แพทย์ วันไหน")
    _, others = proposed(tmp_path / "b", DOCTORS, "หมอ วันไหน")
    assert own[1].features["together"] == pytest.approx(1.0)
    assert others[1].features["together"] == pytest.approx(OTHER_WORDING)


def test_where_the_library_holds_none_of_the_words_nothing_is_proposed(tmp_path: Path) -> None:
    assert proposed(tmp_path, DOCTORS, "กระจง ชะมด วันไหน")[1] == {}
