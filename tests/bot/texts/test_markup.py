"""Markup stays whole, within Telegram's limits, and never cuts a Thai cluster."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.api.markup import parse_html
from bot.texts.markup import cut, escape, highlighted, is_boundary, link, pages, units, visible_units

THAI = st.text(alphabet="กขคงจชญดตทนบปพมรลวสหอะาำิีึืุูเแโใไ่้๊๋์็ฯๆ 123\n<>&\"'😀👍🏽", max_size=300)


@given(THAI, st.integers(5, 120))
def test_a_cut_text_fits_and_ends_between_clusters(text: str, limit: int) -> None:
    short = cut(text, limit)
    assert units(short) <= limit
    if short != text and "\n" not in text:
        kept = short.removesuffix("…")
        assert text.startswith(kept)


def test_thai_is_cut_before_a_cluster_and_never_inside_one() -> None:
    assert cut("กำแพงเพชร", 4) == "กำ…"
    assert cut("กำแพงเพชร", 3) == "กำ…"
    assert cut("เกี่ยวข้อง", 8) == "เกี่ยว…"
    assert not is_boundary("เกา", 1)
    assert not is_boundary("กำ", 1)
    assert is_boundary("กา บ", 3)


@given(THAI, st.integers(10, 80))
def test_pages_hold_all_of_a_text(text: str, limit: int) -> None:
    parts = pages(text, limit)
    assert all(units(part) <= limit for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


@given(THAI, st.lists(st.tuples(st.integers(-3, 310), st.integers(-3, 310)), max_size=6))
def test_highlights_are_valid_markup_whatever_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    markup = highlighted(text, spans)
    plain, _ = parse_html(markup)
    assert plain == text
    assert visible_units(markup) == units(text)


def test_a_highlight_never_splits_a_cluster() -> None:
    assert highlighted("ที่ตาก", [(1, 4)]) == "<b><u>ที่ตา</u></b>ก"


def test_what_people_write_is_escaped_and_strange_addresses_are_no_links() -> None:
    assert escape("<b>&\"'") == "&lt;b&gt;&amp;&quot;&#x27;"
    assert link("ข่าว", "https://a.go.th/?a=1&b=2") == '<a href="https://a.go.th/?a=1&amp;b=2">ข่าว</a>'
    for bad in (None, "", "javascript:alert(1)", "https://a b", 'https://a"onclick'):
        assert link("ข่าว", bad) == "ข่าว"
