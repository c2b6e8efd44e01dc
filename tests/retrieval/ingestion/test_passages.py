"""Cutting a text into passages."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ingestion.passages import SIZE, cluster_start, stretches
from retrieval.thai.text import clean

PARAGRAPH = " ".join(["ผู้ว่าราชการจังหวัด เปิดงาน มหกรรม น้ำดื่ม สะอาด 1,250 ครัวเรือน ที่ ศาลากลาง (หลังใหม่)"] * 8)


def _cut(body: str) -> list[str]:
    return [body[start:end] for start, end in stretches(body)]


def test_a_short_text_is_one_passage() -> None:
    assert list(stretches("เปิดงาน")) == [(0, 7)]
    assert list(stretches("")) == []


def test_passages_end_where_paragraphs_end() -> None:
    paragraphs = [PARAGRAPH[:450].rsplit(" ", 1)[0] + f" {number}" for number in range(4)]
    assert _cut("\n".join(paragraphs)) == paragraphs


def test_a_long_paragraph_is_cut_at_white_space() -> None:
    body = " ".join([PARAGRAPH] * 5)
    pieces = _cut(body)
    assert len(pieces) > 3
    assert " ".join(pieces) == body
    assert all(SIZE / 2 < len(piece) <= SIZE for piece in pieces[:-1])


def test_no_word_is_cut_that_could_be_kept_whole() -> None:
    run = "มหกรรมน้ำดื่มสะอาด" * 40
    pieces = _cut(f"เปิดงาน {run} {PARAGRAPH}")
    assert any(run in piece for piece in pieces)


def test_letters_without_end_are_cut_between_clusters() -> None:
    body = "เพื่อน้ำใจที่เกื้อกูล" * 400
    pieces = _cut(body)
    assert "".join(pieces) == body
    assert max(map(len, pieces)) <= 1000
    assert not any(piece[0] in "ะัาำิีึืุู่้๊๋็์" or piece[-1] in "เแโใไ" for piece in pieces)


@pytest.mark.parametrize(("text", "at", "expected"), [("น้ำใจ", 1, 1), ("กน้ำ", 3, 1), ("กเปิด", 2, 1), ("abc", 2, 2)])
def test_a_cluster_is_never_torn(text: str, at: int, expected: int) -> None:
    assert cluster_start(text, at) == expected


@given(st.text(alphabet="กขคเแ้ำัิ \nab1", max_size=4000))
def test_every_letter_is_in_one_passage_in_order(text: str) -> None:
    body = clean(text)
    spans = list(stretches(body))
    assert all(start < end for start, end in spans)
    assert all(first[1] <= second[0] for first, second in pairwise(spans))
    covered = "".join(body[start:end] for start, end in spans)
    assert covered.replace(" ", "").replace("\n", "") == body.replace(" ", "").replace("\n", "")


def test_cutting_takes_time_in_proportion_to_the_text() -> None:
    body = "กิจกรรม" * 300_000
    started = time.process_time()
    count = sum(1 for _ in stretches(body))
    assert count > 2000
    assert time.process_time() - started < 2
