"""How the bot's words look in a terminal."""

from __future__ import annotations

import click
from hypothesis import given
from hypothesis import strategies as st

from bot.terminal import printing as terminal
from bot.terminal.printing import PLAIN, Style
from bot.texts.markup import is_boundary

THAI = st.text(alphabet="กขคงนมรวสหาะเแโใไำ ิีึืุู่้๊๋์็ัๆฯ abc1๒📰", max_size=80)


def text_of(lines: list[terminal.Line]) -> list[str]:
    return ["".join(text for text, _ in line) for line in lines]


def test_vowels_and_tone_marks_above_and_below_take_no_column() -> None:
    assert terminal.width("ที่นี่") == 2
    assert terminal.width("น้ำ") == 2
    assert terminal.width("abc") == 3
    assert terminal.width("📰") == 2


@given(THAI, st.integers(8, 40))
def test_wrapping_loses_nothing_and_keeps_every_line_within_the_width(text: str, columns: int) -> None:
    lines = text_of(terminal.wrapped([(text, PLAIN)], columns))
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(terminal.width(line) <= columns for line in lines)


def test_wrapping_never_cuts_a_cluster() -> None:
    text = "เป็นประธานเปิดการประชุมที่น้ำพุร้อนแจ้ซ้อน" * 3
    for columns in range(8, 40):
        place = 0
        for line in text_of(terminal.wrapped([(text, PLAIN)], columns)):
            place += len(line)
            assert is_boundary(text, place)


def test_a_telegram_message_keeps_its_styles_and_shows_where_links_lead() -> None:
    text = "😀 <ตอบ> ข่าว\nบรรทัดสอง"
    entities = [
        {"type": "bold", "offset": 3, "length": 5},
        {"type": "text_link", "offset": 9, "length": 4, "url": "https://example.org/1"},
    ]
    lines = terminal.from_entities(text, entities)
    assert text_of(lines) == ["😀 <ตอบ> ข่าว", "https://example.org/1", "บรรทัดสอง"]
    assert lines[0][1] == ("<ตอบ>", Style(bold=True))
    assert lines[0][-1] == ("ข่าว", Style(url="https://example.org/1"))


def test_without_colours_nothing_but_text_is_written() -> None:
    line = [("ก", Style(bold=True)), ("ข", Style(url="https://example.org")), ("ค", Style(quote=True))]
    assert terminal.shown([line], columns=40, colour=False) == "│ กขค"
    assert "\x1b[" in terminal.shown([line], columns=40, colour=True)


def test_the_frame_of_a_bubble_is_straight_whatever_is_in_it() -> None:
    lines = [[("น้ำท่วมที่ 📰 ", Style(bold=True)), ("ลิงก์", Style(url="https://example.org"))], [("สั้น", PLAIN)]]
    body = terminal.shown(lines, columns=30, colour=True)
    rows = terminal.bubble(body, name="ข่าว", columns=60, colour=False).split("\n")
    plain = [
        click.unstyle(row).replace("\x1b]8;;https://example.org\x1b\\", "").replace("\x1b]8;;\x1b\\", "")
        for row in rows
    ]
    assert len({terminal.width(row) for row in plain}) == 1
    mine = terminal.bubble("ใคร", name="คุณ", columns=60, right=True, colour=False).split("\n")
    assert {terminal.width(row) for row in mine} == {60}
