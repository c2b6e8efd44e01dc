"""Searching only where a hint is: the same matches as searching everywhere."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from retrieval.thai.hints import hinted

TEXTS = st.text(alphabet="นายางกล่วเปิด 1", max_size=120)


@given(TEXTS)
def test_a_hint_inside_finds_what_a_search_finds(text: str) -> None:
    pattern = re.compile("(?:กล่าว|ก)?เปิด(?:งาน)?")
    assert _spans(hinted(pattern, re.compile("เปิด"), text, 10)) == _spans(pattern.finditer(text))


def _spans(matches: object) -> list[tuple[int, int]]:
    return [match.span() for match in matches]  # type: ignore[attr-defined]
