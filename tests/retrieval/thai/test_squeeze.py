"""Texts folded and squeezed together are what each is alone, and every letter keeps its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.thai.squeeze import squeeze, squeeze_all, squeeze_with_places, squeezed_all

_LETTERS = "กขเแำาัิุํ่้๊์็ๆฯ ,.\n\t12๑๒Aaé“😀İΣ\0"


@given(st.lists(st.text(_LETTERS, max_size=12), max_size=5))
def test_texts_squeezed_together_are_what_each_is_alone(texts: list[str]) -> None:
    assert squeeze_all(texts) == [squeeze(text) for text in texts]


def test_no_letter_of_any_script_is_squeezed_differently_in_company() -> None:
    texts = [f"1,{chr(code)},2{chr(code)}ก" for code in range(1 << 16)]
    assert squeeze_all(texts[1:]) == [squeeze(text) for text in texts[1:]]


def test_spaces_and_the_commas_of_numbers_are_no_letters() -> None:
    assert squeeze_all(["งบ 1,๒๐๐ บาท, 3, 4", ""]) == ["งบ1200บาท,3,4", ""]


@given(st.lists(st.text(_LETTERS, max_size=12), max_size=5))
def test_letters_of_texts_squeezed_together_stand_where_they_do_alone(texts: list[str]) -> None:
    together = [(one.letters, *map(list, one.places())) for one in squeezed_all(texts)]
    alone = [squeeze_with_places(text) for text in texts]
    assert together == [(letters, list(begins), list(ends)) for letters, begins, ends in alone]


@given(st.text(_LETTERS, max_size=20))
def test_each_squeezed_letter_has_its_place_in_the_text(text: str) -> None:
    letters, begins, ends = squeeze_with_places(text)
    assert letters == squeeze(text)
    assert len(begins) == len(ends) == len(letters)
    assert list(begins) == sorted(begins)
    assert all(0 <= begin <= end <= len(text) for begin, end in zip(begins, ends, strict=True))


def test_the_place_of_a_letter_holds_that_letter() -> None:
    text = "งบ 1,๒๐๐ บาท 😀 เเพทย์"
    letters, begins, ends = squeeze_with_places(text)
    found = {letter: text[begin:end] for letter, begin, end in zip(letters, begins, ends, strict=True)}
    assert (letters, found["2"], found["แ"]) == ("งบ1200บาท😀แพทย์", "๒", "เเ")
