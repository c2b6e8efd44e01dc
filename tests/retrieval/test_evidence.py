"""Texts folded and squeezed together are what each is alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.evidence import squeeze, squeeze_all

_LETTERS = "กขเแำาัิุํ่้๊์็ๆฯ ,.\n\t12๑๒Aaé“😀İΣ\0"


@given(st.lists(st.text(_LETTERS, max_size=12), max_size=5))
def test_texts_squeezed_together_are_what_each_is_alone(texts: list[str]) -> None:
    assert squeeze_all(texts) == [squeeze(text) for text in texts]


def test_no_letter_of_any_script_is_squeezed_differently_in_company() -> None:
    texts = [f"1,{chr(code)},2{chr(code)}ก" for code in range(1 << 16)]
    assert squeeze_all(texts[1:]) == [squeeze(text) for text in texts[1:]]


def test_spaces_and_the_commas_of_numbers_are_no_letters() -> None:
    assert squeeze_all(["งบ 1,๒๐๐ บาท, 3, 4", ""]) == ["งบ1200บาท,3,4", ""]
