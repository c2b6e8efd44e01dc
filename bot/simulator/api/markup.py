"""Telegram's HTML, read as strictly as Telegram reads it: markup in, plain text and entities out.

Errors name the byte of the UTF-8 text at which Telegram would stop.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.simulator.api.entities import Entity, arranged, checked_url, utf16_length
from bot.simulator.api.refusals import Refusal, bad_request

_KINDS = {
    b"b": "bold",
    b"strong": "bold",
    b"i": "italic",
    b"em": "italic",
    b"u": "underline",
    b"ins": "underline",
    b"s": "strikethrough",
    b"strike": "strikethrough",
    b"del": "strikethrough",
    b"tg-spoiler": "spoiler",
    b"span": "spoiler",
    b"a": "text_link",
    b"code": "code",
    b"pre": "pre",
    b"blockquote": "blockquote",
}
_NAMED = {b"lt": "<", b"gt": ">", b"amp": "&", b"quot": '"'}
_SPACE = b" \t\r\n\v\f"
_REFERENCE = re.compile(rb"&(?:#(?:x([0-9a-fA-F]+)|([0-9]+))|([A-Za-z]+));?")
_NAME_TOKEN = re.compile(rb"[A-Za-z0-9.-]*")


@dataclass
class _Open:
    """A start tag that waits for its end."""

    name: bytes
    begin: int
    offset: int
    """UTF-16 units of plain text before the tag."""
    attributes: dict[bytes, str]
    text_from: int
    """Length of the plain text, in pieces, when the tag began."""


def parse_html(markup: str) -> tuple[str, list[Entity]]:
    """Plain text and arranged entities of a message in Telegram's HTML; raises Refusal as Telegram would."""
    return _Reader(markup.encode("utf-8", "surrogatepass")).read()


def _refused(reason: str) -> Refusal:
    return bad_request(f"can't parse entities: {reason}")


class _Reader:
    def __init__(self, source: bytes) -> None:
        self.source = source
        self.at = 0
        self.pieces: list[str] = []
        self.offset = 0
        self.open: list[_Open] = []
        self.entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        while self.at < len(self.source):
            if self.source[self.at : self.at + 1] != b"<":
                self._text()
            elif self.source[self.at + 1 : self.at + 2] == b"/":
                self._end_tag()
            else:
                self._start_tag()
        if self.open:
            name = self.open[-1].name.decode()
            raise _refused(f'Can\'t find end tag corresponding to start tag "{name}"')
        for entity in self.entities:
            if entity["type"] == "code":
                entity.pop("language", None)
        return "".join(self.pieces), arranged(self.entities)

    def _text(self) -> None:
        end = self.source.find(b"<", self.at)
        end = len(self.source) if end < 0 else end
        piece = _decoded(self.source[self.at : end])
        self.pieces.append(piece)
        self.offset += utf16_length(piece)
        self.at = end

    def _skip_space(self) -> None:
        while self.at < len(self.source) and self.source[self.at] in _SPACE:
            self.at += 1

    def _word(self, stop: bytes) -> bytes:
        begin = self.at
        while self.at < len(self.source) and self.source[self.at] not in stop:
            self.at += 1
        return self.source[begin : self.at]

    def _start_tag(self) -> None:
        begin = self.at
        self.at += 1
        name = self._word(_SPACE + b">").lower()
        if self.at >= len(self.source):
            raise _refused(f"Unclosed start tag at byte offset {begin}")
        if name not in _KINDS:
            raise _refused(f'Unsupported start tag "{name.decode("utf-8", "replace")}" at byte offset {begin}')
        attributes = self._attributes(name, begin)
        if name == b"span" and attributes.get(b"class") != "tg-spoiler":
            raise _refused(f'Tag "span" must have class "tg-spoiler" at byte offset {begin}')
        self.open.append(_Open(name, begin, self.offset, attributes, len(self.pieces)))

    def _attributes(self, tag: bytes, begin: int) -> dict[bytes, str]:
        result: dict[bytes, str] = {}
        while True:
            self._skip_space()
            if self.at >= len(self.source):
                raise _refused(f'Unclosed start tag "{tag.decode()}" at byte offset {begin}')
            if self.source[self.at : self.at + 1] == b">":
                self.at += 1
                return result
            name = self._word(_SPACE + b"=>").lower()
            if not name:
                raise _refused(f'Empty attribute name in the tag "{tag.decode()}" at byte offset {begin}')
            self._skip_space()
            if self.source[self.at : self.at + 1] != b"=":
                result[name] = ""
                continue
            self.at += 1
            self._skip_space()
            if self.at >= len(self.source):
                raise _refused(f'Unclosed start tag "{tag.decode()}" at byte offset {begin}')
            result[name] = self._value(begin)

    def _value(self, begin: int) -> str:
        quote = self.source[self.at : self.at + 1]
        if quote in (b"'", b'"'):
            end = self.source.find(quote, self.at + 1)
            if end < 0:
                raise _refused(f"Unclosed start tag at byte offset {begin}")
            value = _decoded(self.source[self.at + 1 : end])
            self.at = end + 1
            return value
        token = _NAME_TOKEN.match(self.source, self.at)
        first = self.at
        self.at = token.end() if token else self.at
        if self.source[self.at : self.at + 1] not in (b" ", b"\t", b"\r", b"\n", b"\v", b"\f", b">"):
            raise _refused(f"Unexpected end of name token at byte offset {first}")
        return self.source[first : self.at].decode().lower()

    def _end_tag(self) -> None:
        begin = self.at
        if not self.open:
            raise _refused(f"Unexpected end tag at byte offset {begin}")
        self.at += 2
        name = self._word(_SPACE + b">").lower()
        self._skip_space()
        if self.source[self.at : self.at + 1] != b">":
            raise _refused(f"Unclosed end tag at byte offset {begin}")
        self.at += 1
        tag = self.open.pop()
        if name and name != tag.name:
            found = name.decode("utf-8", "replace")
            raise _refused(
                f'Unmatched end tag at byte offset {begin}, expected "</{tag.name.decode()}>", found "</{found}>"'
            )
        if self.offset > tag.offset:
            self._close(tag)

    def _close(self, tag: _Open) -> None:
        kind = _KINDS[tag.name]
        entity: Entity = {"type": kind, "offset": tag.offset, "length": self.offset - tag.offset}
        if kind == "text_link":
            address = checked_url(tag.attributes.get(b"href") or "".join(self.pieces[tag.text_from :]))
            if address is None:
                return
            entity["url"] = address
        elif kind == "blockquote" and b"expandable" in tag.attributes:
            entity["type"] = "expandable_blockquote"
        elif kind == "pre":
            language = self._language_inside(entity)
            if language:
                entity["language"] = language
        elif kind == "code" and tag.attributes.get(b"class", "").startswith("language-"):
            entity["language"] = tag.attributes[b"class"].removeprefix("language-")
        self.entities.append(entity)

    def _language_inside(self, pre: Entity) -> str:
        """``<pre><code class="language-x">``: the code that fills the pre gives it its language and vanishes."""
        for inner in self.entities:
            if inner["type"] == "code" and (inner["offset"], inner["length"]) == (pre["offset"], pre["length"]):
                self.entities.remove(inner)
                return str(inner.get("language", ""))
        return ""


def _decoded(source: bytes) -> str:
    text = _REFERENCE.sub(_character, source).decode("utf-8", "surrogatepass")
    if any("\ud800" <= character <= "\udfff" for character in text):
        raise _refused(
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units"
        )
    return text


def _character(match: re.Match[bytes]) -> bytes:
    hexadecimal, decimal, name = match.groups()
    if name is not None:
        return _NAMED[name].encode() if name in _NAMED else match.group()
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if code == 0 or code >= 0x10FFFF or len(match.group().rstrip(b";")) >= 10:
        return match.group()
    return chr(code).encode("utf-8", "surrogatepass")
