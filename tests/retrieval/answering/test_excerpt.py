"""Excerpts: slices of the article, not too long, cut where words end, and about the answer."""

from __future__ import annotations

import json
from functools import cache
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from pythainlp.tokenize.tcc import tcc_pos

from retrieval.answering.excerpt import best_window, is_cluster_boundary, snap
from retrieval.candidates.candidate import LONGEST
from retrieval.candidates.matching import Weighed
from retrieval.candidates.occurrences import Found, locate
from retrieval.gazetteer.tables import data_file
from retrieval.question.understanding import Group
from retrieval.thai.segment import terms
from retrieval.thai.squeeze import squeezed
from retrieval.thai.text import fold


@cache
def bodies() -> tuple[str, ...]:
    """Texts of the sample news, two after one another so that they are longer than an excerpt."""
    with (data_file("sample") / "news.jsonl").open(encoding="utf-8") as lines:
        told = [json.loads(line)["body"] for line in lines]
    return tuple(f"{one}\n{other}" for one, other in pairwise(told))


@cache
def clusters(text: str) -> frozenset[int]:
    """Places where a text may be cut by the rules of Thai character clusters, and around white space."""
    spaces = {place for place, letter in enumerate(text) if letter.isspace()}
    return frozenset({0, len(text)} | tcc_pos(text) | spaces | {place + 1 for place in spaces})


def weighed(*words: str) -> list[Weighed]:
    result = []
    for word in words:
        cut = tuple(terms(word))
        surface = fold(word).replace(" ", "")
        result.append(Weighed(Group((cut,), (surface,)), 5.0, tuple((term, 5.0) for term in cut)))
    return result


def found_in(text: str, groups: list[Weighed]) -> list[Found]:
    return locate(squeezed(text), groups)


@given(st.data())
@settings(max_examples=150)
def test_an_excerpt_is_short_holds_the_answer_and_never_parts_a_cluster(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(bodies()))
    at = data.draw(st.integers(0, len(text) - 1))
    until = data.draw(st.integers(at + 1, min(len(text), at + LONGEST // 2)))
    words = data.draw(st.lists(st.sampled_from(text.split()), min_size=0, max_size=4))
    groups = weighed(*[word for word in words if terms(word)])
    start, end = snap(text, *best_window(text, found_in(text, groups), (at, until)), (at, until))
    assert end - start <= LONGEST
    kept = text[start:end]
    assert text[at:until].strip() in kept
    assert kept == kept.strip()
    assert start in clusters(text) or start == at
    assert end in clusters(text) or end == until


@given(st.data())
@settings(max_examples=100)
def test_an_excerpt_without_an_answer_is_cut_at_cluster_boundaries(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(bodies()))
    word = data.draw(st.sampled_from([w for w in text.split() if terms(w)]))
    start, end = snap(text, *best_window(text, found_in(text, weighed(word))))
    assert 0 < end - start <= LONGEST
    assert {start, end} <= clusters(text)


def test_a_text_that_is_short_enough_is_shown_whole() -> None:
    assert best_window("ข่าวสั้น", []) == (0, 8)


def test_the_stretch_with_most_of_the_question_is_chosen() -> None:
    text = "ปลาทู " * 100 + "มะม่วง ทุเรียน " + "ปลาทู " * 100
    start, end = best_window(text, found_in(text, weighed("มะม่วง", "ทุเรียน")))
    assert "มะม่วง ทุเรียน" in text[start:end]


def test_words_are_found_whatever_their_digits_spaces_and_case() -> None:
    text = "การประชุม  ครั้งที่ ๕/๒๕๖๓ ของ asean"
    assert {text[f.start : f.end] for f in found_in(text, weighed("ครั้งที่ 5/2563", "ASEAN"))} >= {
        "ครั้งที่ ๕/๒๕๖๓",
        "asean",
    }


def test_found_words_come_in_order_of_their_place() -> None:
    found = found_in("ทุเรียน มะม่วง ทุเรียน", weighed("มะม่วง", "ทุเรียน"))
    assert [f.start for f in found] == sorted(f.start for f in found)
    assert len(found) == 3


def test_a_thai_cluster_is_one_piece() -> None:
    text = "เปิดงานน้ำผึ้ง"
    cuts = [place for place in range(len(text) + 1) if is_cluster_boundary(text, place)]
    pieces = [text[a:b] for a, b in pairwise(cuts)]
    assert pieces == ["เปิ", "ด", "งา", "น", "น้ำ", "ผึ้", "ง"]
