"""What the bot says, in a terminal: Telegram's HTML as styled text, wrapped between Thai clusters, in bubbles.

Pure functions; nothing here writes.  Widths are in terminal columns.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from html.parser import HTMLParser

import click

from bot.markup import is_boundary


@dataclass(frozen=True, slots=True)
class Style:
    """How a stretch of text looks; ``url`` makes it a link."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    quote: bool = False
    code: bool = False
    url: str | None = None


Line = list[tuple[str, Style]]
_PLAIN = Style()
_TAGS = {
    "b": {"bold": True},
    "strong": {"bold": True},
    "i": {"italic": True},
    "em": {"italic": True},
    "u": {"underline": True},
    "blockquote": {"quote": True},
    "code": {"code": True},
    "pre": {"code": True},
}


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.lines: list[Line] = [[]]
        self._styles = [_PLAIN]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            self._styles.append(replace(self._styles[-1], url=dict(attrs).get("href")))
        else:
            self._styles.append(replace(self._styles[-1], **_TAGS.get(tag, {})))

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._styles[-1].url and self.lines[-1][-1:] != [(self._styles[-1].url, self._styles[-1])]:
            self.lines[-1].append((f" {self._styles[-1].url}", self._styles[-1]))
        if len(self._styles) > 1:
            self._styles.pop()

    def handle_data(self, data: str) -> None:
        first, *rest = data.split("\n")
        self.lines[-1].append((first, self._styles[-1]))
        self.lines.extend([(text, self._styles[-1])] for text in rest)


def from_html(markup: str) -> list[Line]:
    """Telegram's HTML as lines of styled text; a link's address follows its text, so that it can be seen."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    return [[(text, style) for text, style in line if text] for line in reader.lines]


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


def painted(line: Line, *, colour: bool) -> str:
    """A line as text with the terminal's codes for its styles, or without any where ``colour`` is false."""
    if not colour:
        return "".join(text for text, _ in line)
    return "".join(_paint(text, style) for text, style in line)


def _paint(text: str, style: Style) -> str:
    if style == _PLAIN:
        return text
    foreground = "yellow" if style.bold and style.underline else "cyan" if style.url or style.code else None
    shown = click.style(
        text, fg=foreground, bold=style.bold or None, italic=style.italic or None, underline=style.underline or None
    )
    # Terminals that know links open them even where the address is broken over two lines.
    return f"\x1b]8;;{style.url}\x1b\\{shown}\x1b]8;;\x1b\\" if style.url else shown


def shown(markup: str, *, columns: int, colour: bool) -> str:
    """Telegram's HTML as terminal text; quotations get a bar at their left."""
    result = []
    for line in from_html(markup):
        quoted = any(style.quote for _, style in line)
        indent = "│ " if quoted else ""
        for part in wrapped(line, columns - len(indent)):
            result.append((_bar(colour) if quoted else "") + painted(part, colour=colour))
    return "\n".join(result)


def _bar(colour: bool) -> str:
    return click.style("│ ", fg="blue") if colour else "│ "


def bubble(text: str, *, name: str, columns: int, right: bool, colour: bool) -> str:
    """Painted text in a frame with a name on it, at the left or the right end of ``columns``."""
    lines = text.split("\n")
    inner = max([width(click.unstyle(_without_links(line))) for line in lines] + [width(name) + 2])
    edge = "green" if right else "blue"

    def frame(part: str) -> str:
        return click.style(part, fg=edge) if colour else part

    title = f" {name} "
    rows = [frame("╭─" + title + "─" * (inner + 1 - width(title)) + "╮")]
    for line in lines:
        padding = " " * (inner - width(click.unstyle(_without_links(line))))
        rows.append(f"{frame('│')} {line}{padding} {frame('│')}")
    rows.append(frame("╰" + "─" * (inner + 2) + "╯"))
    margin = " " * max(0, columns - inner - 4) if right else ""
    return "\n".join(margin + row for row in rows)


def _without_links(line: str) -> str:
    parts = line.split("\x1b]8;;")
    return parts[0] + "".join(part.partition("\x1b\\")[2] for part in parts[1:])
