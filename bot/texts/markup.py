"""Telegram HTML, in safe pieces: escaping, measuring and cutting.  Pure functions, no Telegram needed.

Telegram counts a message in UTF-16 code units after its entities are parsed; a Thai cluster (a consonant with its
vowels and tone marks) must never be cut or split by a tag.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

MESSAGE_LIMIT = 4096
"""UTF-16 units of visible text in one Telegram message."""

_TAG = re.compile(r"<[^>]*>")
_LEADING_VOWELS = "เแโใไ"
_FOLLOWING = "ะาำๅๆฯ"
_JOINER = "\u200d"


class Html(str):
    """Text that is already Telegram HTML and must not be escaped again."""

    __slots__ = ()


def escape(text: object) -> Html:
    """Any value as HTML text; what is already :class:`Html` stays as it is."""
    return text if isinstance(text, Html) else Html(html.escape(str(text), quote=True))


def tag(name: str, content: object) -> Html:
    """``<name>content</name>``."""
    return Html(f"<{name}>{escape(content)}</{name}>")


def link(content: object, url: str | None) -> Html:
    """The content as a link, or alone where the address is none that Telegram would open."""
    if not url or len(url) > 1500 or not re.match(r"https?://[^\s<>\"]+$", url):
        return escape(content)
    return Html(f'<a href="{html.escape(url, quote=True)}">{escape(content)}</a>')


def joined(separator: str, parts: Iterable[object]) -> Html:
    """The parts that are not empty, escaped and joined."""
    return Html(separator.join(escape(part) for part in parts if part))


def units(text: str) -> int:
    """Length in UTF-16 code units."""
    return len(text) + sum(character > "\uffff" for character in text)


def visible_units(markup: str) -> int:
    """Length of Telegram HTML as Telegram counts it: UTF-16 units of what a reader sees."""
    return units(html.unescape(_TAG.sub("", markup)))


def is_boundary(text: str, position: int) -> bool:
    """Whether a text may be cut before ``text[position]`` without breaking a Thai cluster or an emoji."""
    if position <= 0 or position >= len(text):
        return True
    after, before = text[position], text[position - 1]
    if before in _LEADING_VOWELS or before == _JOINER or after == _JOINER:
        return False
    if after in _FOLLOWING or unicodedata.category(after) in ("Mn", "Mc", "Me"):
        return False
    # Skin tones and the second half of a flag belong to the sign before them.
    return not ("\U0001f3fb" <= after <= "\U0001f3ff" or "\U0001f1e6" <= after <= "\U0001f1ff")


def cut(text: str, limit: int) -> str:
    """The text, shortened to at most ``limit`` UTF-16 units with "…" at its end where it was longer.

    It is cut between clusters, at a space where one is near.
    """
    if units(text) <= limit:
        return text
    end = _end_within(text, 0, limit - 1)
    return text[:end].rstrip() + "…"


def _end_within(text: str, start: int, limit: int) -> int:
    """Where a stretch of at most ``limit`` units that begins at ``start`` may end; always after ``start``."""
    end, room = start, limit
    while end < len(text):
        room -= 2 if text[end] > "\uffff" else 1
        if room < 0:
            break
        end += 1
    if end == len(text):
        return end
    reach = min(40, (end - start) // 4)
    spaces = [i for i in range(end, end - reach, -1) if text[i] in " \n"]
    if spaces:
        return spaces[0]
    boundary = end
    while boundary > start and not is_boundary(text, boundary):
        boundary -= 1
    # A "cluster" as long as the limit is no language: cut it anyway.
    return boundary if boundary > start else end


def pages(text: str, limit: int) -> list[str]:
    """The text in stretches of at most ``limit`` UTF-16 units, cut at paragraphs, spaces or clusters."""
    result: list[str] = []
    start = 0
    while start < len(text):
        end = _end_within(text, start, limit)
        if end < len(text):
            paragraph = text.rfind("\n", start + (end - start) // 2, end)
            if paragraph > start:
                end = paragraph
        result.append(text[start:end].strip())
        start = end
    return [page for page in result if page] or [""]


def highlighted(text: str, spans: Iterable[tuple[int, int]]) -> Html:
    """The text with its spans in bold and underlined; spans are widened so that no tag splits a cluster."""
    parts: list[str] = []
    done = 0
    for start, end in _merged(text, spans):
        parts += [html.escape(text[done:start]), "<b><u>", html.escape(text[start:end]), "</u></b>"]
        done = end
    return Html("".join(parts) + html.escape(text[done:]))


def _merged(text: str, spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        start, end = max(0, start), min(len(text), end)
        if start >= end:
            continue
        while not is_boundary(text, start):
            start -= 1
        while not is_boundary(text, end):
            end += 1
        # Two marked words with only a space between them read better as one.
        if merged and not text[merged[-1][1] : start].strip():
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged
