"""Which article comes first, and how sure the ranking is of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from retrieval.index import Index
from retrieval.index.catalogue import open_catalogue
from retrieval.question.understanding import understand
from retrieval.ranking.ranker import Ranked, rank
from retrieval.store import Store

TODAY = dt.date(2025, 9, 17)
Rank = Callable[..., Ranked]


@pytest.fixture(scope="module")
def ranked(towns_path: Path) -> Iterator[Rank]:
    """Ranks the made-up news for a question."""
    store, index = Store.open(towns_path), Index.open(towns_path / "index")
    catalogue = open_catalogue(towns_path / "index")

    def given(text: str) -> Ranked:
        return rank(understand(text, today=TODAY), store, index, catalogue)

    yield given
    store.close()


def first(result: Ranked) -> str:
    """The number of the article that came first."""
    return str(result.candidates[0].article.article.url).rpartition("/")[2]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 65", "1"),
        ("ใครเป็นประธานปลูกป่าชายเลน 5 มิถุนายน 2566", "2"),
        ("ใครเป็นประธานปลูกป่าชายเลนเมื่อปี 2565", "1"),
        ("ใครเป็นประธานปลูกป่าชายเลนเมื่อปี 2566", "2"),
        ("ปลูกป่าชายเลน มิ.ย. 65 กี่คน", "1"),
        ("Who chaired the mangrove planting in June 2023?", "2"),
    ],
)
def test_the_event_of_the_day_asked_for_comes_first(ranked: Rank, text: str, number: str) -> None:
    assert first(ranked(text)) == number


def test_the_article_that_states_the_fact_comes_before_the_invitation(ranked: Rank) -> None:
    assert first(ranked("ใครเป็นประธานเปิดงานเทศกาลลำไยที่ลำพูน")) in {"5", "6"}


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("ประชุมภัยแล้ง ครั้งที่ 2/66", "3"),
        ("ประชุมแก้ปัญหาภัยแล้ง จ.น่าน", "3"),
        ("สธ. แจกมุ้งชุบน้ำยา", "7"),
        ("ที่ปรึกษา รมว.รง. เปิดอบรมช่างเชื่อม", "8"),
        ("อธิบดีไปดูโรงงานทอผ้าที่ไหน", "9"),
        ("แจกมุง ชุบนํ้ายา ที่แม่แจ่ม", "7"),
    ],
)
def test_abbreviations_numbers_and_garbled_words_still_find_their_article(ranked: Rank, text: str, number: str) -> None:
    assert first(ranked(text)) == number


def test_articles_come_in_order_of_their_scores(ranked: Rank) -> None:
    scores = [c.score for c in ranked("ใครเป็นประธานที่ลำพูน").candidates]
    assert len(scores) > 2
    assert scores == sorted(scores, reverse=True)


def test_the_same_question_always_gives_the_same_order(ranked: Rank) -> None:
    orders = {tuple(c.article.number for c in ranked("งานที่ลำพูน").candidates) for _ in range(3)}
    assert len(orders) == 1


def test_the_span_that_answers_is_told_with_its_article(ranked: Rank) -> None:
    best = ranked("ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 65").candidates[0].option
    assert best is not None
    assert best.fact is not None
    assert best.answer == best.fact[0].person


def test_the_library_is_surer_of_what_it_tells_than_of_what_it_does_not(ranked: Rank) -> None:
    told, other = (ranked(text) for text in ("ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 65", "ใครเป็นประธานแข่งว่าวที่ดวงจันทร์"))
    assert told.answerable > 0.8 > other.answerable
    assert told.sure > other.sure


def test_a_question_of_a_time_before_the_news_is_sure_of_nothing(ranked: Rank) -> None:
    result = ranked("ใครเป็นประธานปลูกป่าชายเลน 3 มิ.ย. 2540")
    assert (result.answerable, result.sure) == (0.0, 0.0)
