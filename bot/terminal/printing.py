"""What the bot says, in a terminal: styled text, wrapped between Thai clusters, in bubbles.

Pure functions but for :func:`columns` and :func:`coloured`, which look at standard output; nothing here writes.
Widths are in terminal columns.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import click

from bot.texts.markup import is_boundary

WIDEST = 100
UNBOUND = 1_000_000
"""The width for what no person reads in a terminal: nothing is wrapped."""
_CODES = re.compile("\x1b\\[[0-9;]*m|\x1b]8;;[^\x1b]*\x1b\\\\")


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks; ``url`` makes it a link."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    dim: bool = False
    quote: bool = False
    code: bool = False
    url: str | None = None


Line = list[tuple[str, Style]]
PLAIN = Style()
BOLD = Style(bold=True)
DIM = Style(dim=True)
KEY = Style(code=True, bold=True)
QUOTE = Style(quote=True)
MARKED = Style(bold=True, underline=True, quote=True)
_ENTITIES = {
    "bold": {"bold": True},
    "italic": {"italic": True},
    "underline": {"underline": True},
    "blockquote": {"quote": True},
    "expandable_blockquote": {"quote": True},
    "code": {"code": True},
    "pre": {"code": True},
    "bot_command": {"code": True},
}


def columns() -> int:
    """The width to write for: the terminal's (80 where there is none), at most :data:`WIDEST`."""
    return min(shutil.get_terminal_size().columns, WIDEST)


def coloured() -> bool:
    """Whether standard output is a terminal that wants colours."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def from_entities(text: str, entities: Iterable[Mapping[str, Any]]) -> list[Line]:
    """A Telegram message as lines of styled text; ``offset`` and ``length`` of an entity count UTF-16 units.

    A link's address stands in a line below it, so that it can be seen.
    """
    styles = [PLAIN] * len(text)
    addresses: list[tuple[int, str]] = []
    place = _character_places(text)
    for entity in entities:
        start, end = place[entity["offset"]], place[entity["offset"] + entity["length"]]
        change: dict[str, Any] = _ENTITIES.get(entity["type"], {})
        if entity["type"] == "text_link":
            change = {"url": entity["url"]}
            addresses.append((end, entity["url"]))
        elif entity["type"] == "url":
            change = {"url": text[start:end]}
        styles[start:end] = [replace(style, **change) for style in styles[start:end]]
    lines: list[Line] = []
    end = 0
    for paragraph in text.split("\n"):
        start, end = end, end + len(paragraph) + 1
        lines.append(_pieces(paragraph, styles[start:end]))
        below = [address for place, address in addresses if start < place <= end]
        lines += [[(address, Style(dim=True, url=address))] for address in below]
    return lines


def _character_places(text: str) -> list[int]:
    """For every UTF-16 unit (and the end) the number of the character that it belongs to."""
    places = [number for number, character in enumerate(text) for _ in range(1 + (character > "\uffff"))]
    return [*places, len(text)]


def highlighted(text: str, spans: Iterable[tuple[int, int]], plain: Style, marked: Style) -> Line:
    """A text with the characters of its spans in another style."""
    styles = [plain] * len(text)
    for start, end in spans:
        styles[start:end] = [marked] * len(styles[start:end])
    return list(zip(text, styles, strict=True))


def width(text: str) -> int:
    """Columns that a text takes: Thai vowels and tone marks above and below take none."""
    if text.isascii():
        return len(text)
    return sum(map(_columns, text))


def _columns(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def wrapped(line: Line, columns: int) -> list[Line]:
    """One line as several that fit, broken at a space where one is near, else between clusters."""
    text = "".join(piece for piece, _ in line)
    styles = [style for piece, style in line for _ in piece]
    result: list[Line] = []
    start = 0
    while start < len(text):
        end = _line_end(text, start, columns)
        result.append(_pieces(text[start:end].rstrip(), styles[start:end]))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return result or [[]]


def _line_end(text: str, start: int, columns: int) -> int:
    room, end = columns, start
    while end < len(text) and (room := room - _columns(text[end])) >= 0:
        end += 1
    if end == len(text):
        return end
    for position in range(end, start + (end - start) * 2 // 3, -1):
        if text[position] == " ":
            return position
    position = end
    while position > start and not is_boundary(text, position):
        position -= 1
    return position if position > start else max(end, start + 1)


def _pieces(text: str, styles: list[Style]) -> Line:
    pieces: Line = []
    for character, style in zip(text, styles, strict=False):
        if pieces and pieces[-1][1] == style:
            pieces[-1] = (pieces[-1][0] + character, style)
        else:
            pieces.append((character, style))
    return pieces


def shown(lines: Iterable[Line], *, columns: int, colour: bool) -> str:
    """Lines as terminal text, wrapped; quotations get a bar at their left."""
    result = []
    for line in lines:
        bar = "│ " if any(style.quote for _, style in line) else ""
        for part in wrapped(line, columns - len(bar)):
            painted = "".join(_painted(text, style) if colour else text for text, style in part)
            result.append((click.style(bar, fg="blue") if bar and colour else bar) + painted)
    return "\n".join(result)


def _painted(text: str, style: Style) -> str:
    foreground = "yellow" if style.bold and style.underline else "cyan" if style.url or style.code else None
    painted = click.style(
        text,
        fg=foreground,
        bold=style.bold or None,
        italic=style.italic or None,
        underline=style.underline or None,
        dim=style.dim or None,
        reset=style not in (PLAIN, QUOTE),
    )
    # Terminals that know links open them even where the address is broken over two lines.
    return f"\x1b]8;;{style.url}\x1b\\{painted}\x1b]8;;\x1b\\" if style.url else painted


def bubble(text: str, *, name: str, columns: int, right: bool = False, colour: bool) -> str:
    """Text that :func:`shown` made, in a frame with a name on it, at the left or the right end of ``columns``."""
    lines = text.split("\n")
    widths = [width(_CODES.sub("", line)) for line in lines]
    inner = max(*widths, width(name) + 2)
    margin = " " * max(0, columns - inner - 4) if right else ""

    def frame(part: str) -> str:
        return click.style(part, fg="green" if right else "blue") if colour else part

    rows = [frame("╭─ ") + name + frame(" " + "─" * (inner - width(name) - 1) + "╮")]
    rows += [
        f"{frame('│')} {line}{' ' * (inner - taken)} {frame('│')}" for line, taken in zip(lines, widths, strict=True)
    ]
    rows.append(frame("╰" + "─" * (inner + 2) + "╯"))
    return "\n".join(margin + row for row in rows)
