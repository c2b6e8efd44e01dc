"""What an ingest stores of a text is what its terms are, however they come by."""

from __future__ import annotations

import numpy as np
import pytest

from retrieval.ingestion import encoder
from retrieval.ingestion.encoder import Encoder
from retrieval.thai import segment
from retrieval.thai.segment import runs, segmented, terms
from retrieval.thai.text import fold, folded

TEXTS = [
    "รมว.มท. เปิดงาน (ครั้งที่ ๕/๒๕๖๓) “COVID-19” 1,000 คน",
    "ผู้ว่าราชการจังหวัดตาก เป็นประธานเปิดงาน\nผู้ว่าราชการจังหวัดตาก กล่าวว่า...",
    "",
    "ทํา น้้ำ เเละ ด่ิน" + " งานประจำปีของจังหวัด" * 40 + " ทํา น้้ำ เเละ ด่ิน",
    "ก" * 700 + "\0" + "ข่าว",
    "งาน\u3000ใหม่\u2028ก.พ.ร.และสสส.จัด",
]


def _decoded(encoder: Encoder, texts: list[str], words: list[str]) -> list[list[str]]:
    encoded = encoder.encode(texts)
    words += encoder.new_words()
    return [[words[number] for number in np.frombuffer(numbers, np.uint32)] for numbers in encoded]


@pytest.mark.parametrize("remembered", [1, 3, 1000])
def test_encoded_texts_are_their_terms(remembered: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_REMEMBERED", remembered)
    subject, words = Encoder(), list[str]()
    for texts in (TEXTS, TEXTS[:2], TEXTS[::-1]):
        assert _decoded(subject, texts, words) == [terms(text) for text in texts]
    assert len(set(words)) == len(words)


def test_what_is_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_REMEMBERED", 50)
    subject = Encoder()
    subject.encode([f"ข่าว{number}" for number in range(1000)] + ["น้ำท่วม" * 100_000])
    remembered = {*subject._memory.recent, *subject._memory.older}
    assert len(remembered) <= 2 * (50 + encoder._TOGETHER)
    assert max(map(len, remembered)) <= 100


def test_runs_are_cut_together_as_each_alone() -> None:
    found = [runs(fold(text)) for text in TEXTS]
    # So many ways to cut the last ones that the segmenter gives up on weighing them.
    every = [*(run for some in found for run in some), "ฯลฯ", "เสีย", "ะ", *("นา" * times for times in range(20, 60))]
    assert _decoded(Encoder(), [" ".join(every)], []) == [[word for run in every for word in segmented(run)]]


@pytest.mark.parametrize(("name", "value"), [("MARKS", ("\n", "ก")), ("_NOT_THAI", "ฮ")])
def test_runs_are_cut_alone_where_the_dictionary_is_another(
    name: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(segment, name, value)
    texts = ["ารเมือง รมการปกครอง", "ข่าวที่5"]
    assert _decoded(Encoder(), texts, []) == [terms(text) for text in texts]


def test_a_table_of_figures_is_cut_in_portions(monkeypatch: pytest.MonkeyPatch) -> None:
    segmenter = segment._nlpo3()
    if segmenter is None:
        pytest.skip("nlpo3 is not installed.")
    cut: list[int] = []

    def measured(text: str) -> list[str]:
        cut.append(len(text))
        return segmenter(text)

    monkeypatch.setattr(segment, "_nlpo3", lambda: measured)
    figures = [str(number) for number in range(5000)]
    assert _decoded(Encoder(), [" ".join(figures)], []) == [figures]
    assert max(cut) <= 2 * segment._TOGETHER


def test_runs_are_cut_without_nlpo3(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(segment, "_nlpo3", lambda: None)
    monkeypatch.setattr(segment, "_engine", segment._engine.__wrapped__)
    assert _decoded(Encoder(), ["ข่าว 5,000 รมว.มท."], []) == [["ข่าว", "5000", "รมว", "มท"]]


def test_long_texts_are_folded_like_short_ones() -> None:
    filler = "งานประจำปีของจังหวัด " * 40
    for text in TEXTS:
        assert fold(f"{filler}{text} {filler}") == f"{fold(filler)}{fold(text)} {fold(filler)}"
    assert folded(TEXTS) == [fold(text) for text in TEXTS]
