"""Reading tar files as streams: POSIX, pax and GNU headers, plain files only.

The standard library's tarfile takes a tenth of a millisecond a member, a tenth of a whole ingest; news needs names
and contents only.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

BLOCK = 512
MAGIC = slice(257, 262)
_LONGEST_HEADER = 1 << 20
_AT_ONCE = 1 << 20
_FILES = (b"0", b"\0", b"7")
_FOLDER = b"5"
_LONG_NAME, _LONG_LINK = b"L", b"K"
_PAX, _PAX_FOR_ALL = b"x", b"g"


class TarError(Exception):
    """A tar file that is damaged or cut off."""


@dataclass(frozen=True, slots=True)
class TarMember:
    """A member and its content, which must be read before the next member is asked for.

    ``content`` is None for what is no file: links and devices.
    """

    name: str
    size: int
    content: BinaryIO | None


class _Rest(io.RawIOBase):
    """The content of a large member: so many bytes of a stream."""

    def __init__(self, stream: BinaryIO, size: int):
        self._stream = stream
        self.left = size

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(min(len(buffer), self.left))
        if not data and self.left:
            raise TarError("unexpected end of data")
        buffer[: len(data)] = data
        self.left -= len(data)
        return len(data)

    def close(self) -> None:
        """Nothing is closed: the stream goes on with the next member."""


def members(stream: BinaryIO) -> Iterator[TarMember]:
    """The files of a tar stream, in order, and what else is no folder; TarError where it is damaged."""
    name: str | None = None
    size: int | None = None
    while header := _header(stream):
        kind, length = header[156:157], _number(header[124:136])
        if kind in (_LONG_NAME, _LONG_LINK, _PAX, _PAX_FOR_ALL):
            data = _content(stream, length)
            if kind == _LONG_NAME:
                name = _text(data.split(b"\0", 1)[0])
            elif kind == _PAX:
                records = _records(data)
                name = records.get("path", name)
                size = int(records["size"]) if records.get("size", "").isdigit() else None
            continue
        length = length if size is None else size
        called = name if name is not None else _plain_name(header)
        name = size = None
        if kind not in _FILES or called.endswith("/"):
            _skip(stream, length if kind not in (b"1", b"2") else 0)
            if kind != _FOLDER and not called.endswith("/"):
                yield TarMember(called, 0, None)
        elif length <= _AT_ONCE:
            yield TarMember(called, length, io.BytesIO(_content(stream, length)))
        else:
            rest = _Rest(stream, length)
            yield TarMember(called, length, io.BufferedReader(rest))
            _skip(stream, rest.left, -length % BLOCK)


def _header(stream: BinaryIO) -> bytes | None:
    """The next header, or None at the mark of the end."""
    header = stream.read(BLOCK)
    if header.count(0) == BLOCK:
        return None
    if len(header) < BLOCK:
        raise TarError("unexpected end of data")
    # The checksum counts its own eight bytes as spaces.
    if sum(header) - sum(header[148:156]) + 8 * 32 != _number(header[148:156]):
        raise TarError("bad checksum")
    return header


def _number(field: bytes) -> int:
    """A number, in octal figures or, where it would not fit, in binary."""
    if field[0] & 0x80:
        return int.from_bytes(field, "big") & ~(0x80 << 8 * (len(field) - 1))
    try:
        return int(field.strip(b" \0") or b"0", 8)
    except ValueError:
        raise TarError("bad header") from None


def _content(stream: BinaryIO, length: int) -> bytes:
    if length > _LONGEST_HEADER:
        raise TarError("bad header")
    data = stream.read(length)
    if len(data) < length:
        raise TarError("unexpected end of data")
    stream.read(-length % BLOCK)
    return data


def _skip(stream: BinaryIO, length: int, padding: int | None = None) -> None:
    left = length + (-length % BLOCK if padding is None else padding)
    while left:
        block = stream.read(min(left, _AT_ONCE))
        if not block:
            raise TarError("unexpected end of data")
        left -= len(block)


def _records(data: bytes) -> dict[str, str]:
    """The records of a pax header: "LENGTH KEY=VALUE\\n"."""
    found: dict[str, str] = {}
    at = 0
    while at < len(data) and data[at]:
        space = data.find(b" ", at)
        figures = data[at:space]
        if space < 0 or not figures.isdigit() or not int(figures):
            raise TarError("bad header")
        key, _, value = data[space + 1 : at + int(figures) - 1].partition(b"=")
        found[_text(key)] = _text(value)
        at += int(figures)
    return found


def _plain_name(header: bytes) -> str:
    name = header[:100].split(b"\0", 1)[0]
    prefix = header[345:500].split(b"\0", 1)[0] if header[MAGIC.start : 263] == b"ustar\0" else b""
    return _text(prefix + b"/" + name if prefix else name)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogateescape")
