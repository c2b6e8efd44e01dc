"""What is read of a long article, and where it stands in the article."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from retrieval.candidates.stretches import LONG, Reading

_BODY = "".join(f"ย่อหน้าที่ {number} เล่าเรื่องของมันเอง\n" for number in range(1000))


def test_a_short_article_is_read_whole() -> None:
    reading = Reading.of(_BODY[:LONG], [(40, 80)])
    assert reading.text == _BODY[:LONG]
    assert reading.whole_body
    assert reading.whole(30, 50) == (30, 50)


def test_of_a_long_article_the_beginning_and_the_promising_stretches_are_read() -> None:
    at = _BODY.index("ย่อหน้าที่ 700 ")
    reading = Reading.of(_BODY, [(at, at + 30)])
    assert reading.text.startswith(_BODY[:100])
    assert "ย่อหน้าที่ 700 " in reading.text
    assert "ย่อหน้าที่ 400 " not in reading.text
    assert len(reading.text) < LONG


def test_a_long_article_without_promising_stretches_is_read_from_its_beginning() -> None:
    assert Reading.of(_BODY).text == _BODY[:LONG]


def test_what_reaches_from_one_stretch_into_the_next_stands_nowhere() -> None:
    at = _BODY.index("ย่อหน้าที่ 700 ")
    reading = Reading.of(_BODY, [(at, at + 30)])
    joint = reading.starts[1] - 1
    assert reading.whole(joint - 5, joint) is not None
    assert reading.whole(joint, joint + 1) is None
    assert reading.whole(joint - 5, joint + 5) is None


@given(
    st.lists(st.tuples(st.integers(0, len(_BODY)), st.integers(0, 900)), min_size=1, max_size=4),
    st.integers(0, 9000),
    st.integers(0, 40),
)
def test_what_is_read_stands_in_the_article_letter_for_letter(
    stretches: list[tuple[int, int]], start: int, length: int
) -> None:
    reading = Reading.of(_BODY, [(at, min(len(_BODY), at + size)) for at, size in stretches])
    start = min(start, len(reading.text))
    end = min(start + length, len(reading.text))
    place = reading.whole(start, end)
    if place:
        assert _BODY[place[0] : place[1]] == reading.text[start:end]
    else:
        assert "\n" in reading.text[start:end]
