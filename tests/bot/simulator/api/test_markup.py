"""Telegram's HTML becomes text and entities as Telegram makes them."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.simulator.api.entities import checked_url, found_in, trimmed, utf16_length, utf16_slice
from bot.simulator.api.markup import parse_html
from bot.simulator.api.messages import formatted
from bot.simulator.api.refusals import Refusal


@pytest.mark.parametrize(
    ("tag", "kind"),
    [
        ("b", "bold"),
        ("strong", "bold"),
        ("i", "italic"),
        ("em", "italic"),
        ("u", "underline"),
        ("ins", "underline"),
        ("s", "strikethrough"),
        ("del", "strikethrough"),
        ("code", "code"),
        ("pre", "pre"),
        ("tg-spoiler", "spoiler"),
        ("blockquote", "blockquote"),
        ("B", "bold"),
    ],
)
def test_every_tag_gives_its_entity_counted_in_utf16(tag: str, kind: str) -> None:
    assert parse_html(f"😀ก<{tag}>ขค😀</{tag}>") == ("😀กขค😀", [{"type": kind, "offset": 3, "length": 4}])


def test_spoilers_quotes_and_languages_have_their_attributes() -> None:
    assert parse_html('<span class="tg-spoiler">ก</span>')[1][0]["type"] == "spoiler"
    assert parse_html("<blockquote expandable>ก</blockquote>")[1][0]["type"] == "expandable_blockquote"
    code = parse_html('<pre><code class="language-python">x</code></pre>')[1]
    assert code == [{"type": "pre", "offset": 0, "length": 1, "language": "python"}]


def test_links_keep_only_addresses_that_telegram_takes() -> None:
    link = {"type": "text_link", "offset": 0, "length": 1}
    assert parse_html('<a href="https://thaigov.go.th/a?b=1&amp;c=2">ก</a>')[1] == [
        {**link, "url": "https://thaigov.go.th/a?b=1&c=2"}
    ]
    assert parse_html("<a href='thaigov.go.th'>ก</a>")[1] == [{**link, "url": "http://thaigov.go.th/"}]
    assert parse_html('<a href="ไม่ใช่ที่อยู่">ก</a>') == ("ก", [])
    assert checked_url("ftp://thaigov.go.th") is None


def test_references_are_read_and_unknown_ones_stay() -> None:
    assert parse_html("&lt;b&gt; &amp;amp; &quot; &#3585; &#xe01; &nbsp; &#0; & &lt")[0] == (
        '<b> &amp; " ก ก &nbsp; &#0; & <'
    )


def test_touching_spans_of_a_kind_become_one_and_outer_ones_come_first() -> None:
    assert parse_html("<b>ก</b><b>ข</b>")[1] == [{"type": "bold", "offset": 0, "length": 2}]
    assert [entity["type"] for entity in parse_html("<i><b>ก</b>ข</i>")[1]] == ["italic", "bold"]
    assert [entity["type"] for entity in parse_html("<u><i><b>ก</b></i></u>")[1]] == ["bold", "italic", "underline"]


def test_nothing_is_marked_inside_code_and_quotes_do_not_nest() -> None:
    assert [entity["type"] for entity in parse_html("<code><b>ก</b></code>")[1]] == ["code"]
    nested = parse_html("<blockquote>ก<blockquote>ข</blockquote></blockquote>")[1]
    assert nested == [{"type": "blockquote", "offset": 0, "length": 2}]


def test_white_space_at_the_ends_goes_and_entities_move_along() -> None:
    assert formatted("\n <b> ก </b>\n", "HTML", None) == ("ก", [{"type": "bold", "offset": 0, "length": 1}])
    assert trimmed(" 😀 ", [{"type": "bold", "offset": 0, "length": 1}]) == ("😀", [])


def test_telegram_finds_commands_names_tags_and_addresses_by_itself() -> None:
    text = "/ask@govnews_bot ถาม @somchai #ข่าวดี https://thaigov.go.th/x. pr@moi.go.th moi.go.th/ข่าว 1/2 #12"
    assert [(entity["type"], utf16_slice(text, entity["offset"], entity["length"])) for entity in found_in(text)] == [
        ("bot_command", "/ask@govnews_bot"),
        ("mention", "@somchai"),
        ("hashtag", "#ข่าวดี"),
        ("url", "https://thaigov.go.th/x"),
        ("email", "pr@moi.go.th"),
        ("url", "moi.go.th/ข่าว"),
    ]


def test_at_most_a_hundred_entities_are_kept() -> None:
    assert len(formatted("<b>ก</b> " * 120, "HTML", None)[1]) == 100


@given(st.text(alphabet=st.sampled_from("<>/&;#x1 ab\"'=กิ😀\n"), max_size=40))
def test_any_text_is_either_read_or_refused_and_entities_lie_inside(markup: str) -> None:
    read = None
    with suppress(Refusal):
        read = parse_html(markup)
    if read is None:
        with pytest.raises(Refusal, match=r"can't parse entities: ."):
            parse_html(markup)
        return
    text, entities = read
    assert all(0 <= e["offset"] < e["offset"] + e["length"] <= utf16_length(text) for e in entities)


@given(st.text(max_size=60))
def test_escaped_text_comes_back_whole(text: str) -> None:
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert parse_html(escaped) == (text, [])
