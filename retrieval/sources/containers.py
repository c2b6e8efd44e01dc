"""Walking files, folders and archives: where the bytes of news come from, without unpacking anything to disk.

Archives are read as streams, one member in memory at a time, so names like ``../../etc/passwd`` are only names.
What is too large, damaged or no news is yielded as Unread, in its place in the order, and the rest goes on.
The order is that of the archive, and of the names in a folder: the same source is read the same way every time.
"""

from __future__ import annotations

import hashlib
import io
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from retrieval.model import Unread
from retrieval.sources import archives

LARGEST_ITEM = 8 << 20
"""A news item of more bytes is refused; the longest real ones take less than one megabyte."""
LONGEST_LINE = 8 << 20
_STRETCH = 1 << 20
"""JSON lines are cut into stretches of whole lines of about this size."""
_SMALL = 1 << 18

_NEWS = {"", ".txt", ".text", ".jsonl", ".ndjson", ".json", ".xml", ".rss", ".atom", ".html", ".htm"}
_NOT_NEWS = {".md", ".rst", ".ds_store"}
_ABOUT = ("readme", "license", "licence", "copying", "changelog")


@dataclass(frozen=True, slots=True)
class Piece:
    """Bytes that hold one item, or a stretch of lines of items, still to be decoded.

    ``position`` says how many bytes of its file had been read with it; ``first_line`` is its first line's number.
    """

    place: str
    data: bytes
    position: int = 0
    first_line: int = 1

    @property
    def digest(self) -> bytes:
        """Sixteen bytes that stand for the content, wherever it was found."""
        return hashlib.blake2b(self.data, digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class File:
    """A file that a source names or a folder holds; ``place`` is how it is called in reports."""

    place: str
    size: int
    open: Callable[[], BinaryIO]

    def digest(self) -> bytes:
        """Sixteen bytes that stand for the whole file's content; OSError if it cannot be read."""
        with self.open() as stream:
            digest = hashlib.blake2b(digest_size=16)
            while block := stream.read(_STRETCH):
                digest.update(block)
            return digest.digest()

    def pieces(self) -> Iterator[Piece | Unread]:
        """What the file holds, in order; nothing in it raises."""
        try:
            with self.open() as stream:
                yield from _pieces(stream, self.place)
        except OSError as error:
            yield Unread(self.place, f"The file cannot be read: {error.strerror or error}.")


def find(source: str) -> Iterator[File | Unread]:
    """The files of a path: itself, or everything in the folder, by name."""
    path = Path(source)
    place = shown(path.name or path.resolve().name or str(path))
    try:
        if path.is_dir():
            yield from _walk(str(path), place)
        elif path.is_file():
            yield File(place, path.stat().st_size, lambda: path.open("rb"))
        elif path.exists():
            yield Unread(place, "This is neither a file nor a folder.")
        else:
            yield Unread(source, "There is no such file or folder.")
    except OSError as error:
        yield Unread(source, f"The path cannot be read: {error.strerror or error}.")


def shown(name: str) -> str:
    """A path as it may be printed and stored: control characters and undecodable bytes made harmless."""
    if not name.isprintable():
        name = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        name = "".join(c if c.isprintable() else " " for c in name)
    return name.removeprefix("./")


def _walk(folder: str, place: str) -> Iterator[File | Unread]:
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield Unread(place, f"The folder cannot be read: {error.strerror or error}.")
        return
    for entry in entries:
        inside = f"{place}/{shown(entry.name)}"
        try:
            if entry.is_dir(follow_symlinks=False):
                if not entry.name.startswith((".", "__MACOSX")):
                    yield from _walk(entry.path, inside)
            elif entry.is_dir():
                yield Unread(inside, "This is a link to a folder, which is not followed; name the folder itself.")
            elif not entry.is_file():
                yield Unread(inside, "This is not a file: perhaps a broken link or a device.")
            elif wanted := _wanted(inside):
                yield File(inside, entry.stat().st_size, _opener(entry.path))
            elif wanted is None:
                yield _unknown(inside)
        except OSError as error:
            yield Unread(inside, f"The file cannot be read: {error.strerror or error}.")


def _opener(path: str) -> Callable[[], BinaryIO]:
    return lambda: Path(path).open("rb")


def _unknown(place: str) -> Unread:
    return Unread(place, "No reader knows files with this ending; save the text as .txt or .jsonl.")


def _wanted(place: str) -> bool | None:
    """Whether a file among others is news: True, False (it speaks about the files), None (nobody knows it)."""
    # What pathlib would say, in a tenth of its time.
    name = place.rpartition("/")[2].lower()
    stem, _, ending = name.rpartition(".")
    ending = f".{ending}" if stem and ending else ""
    if name.startswith((".", *_ABOUT)) or ending in _NOT_NEWS or "__macosx/" in place.lower():
        return False
    # "ครม.สัญจร" or "news.2024" have a dot but no ending.
    known = ending in _NEWS or ending in archives.ENDINGS or not ending.isascii() or not ending[1:].isalpha()
    return True if known else None


def _pieces(stream: BinaryIO, place: str) -> Iterator[Piece | Unread]:
    kind = archives.kind(stream)
    if kind is None:
        yield from _cut(stream, place, stream.tell)
        return
    try:
        for member in archives.members(stream, kind, place):
            if isinstance(member, Unread):
                yield member
                continue
            inside = f"{place}/{shown(member.name)}" if member.name else place
            wanted = _wanted(inside) if member.name else True
            if wanted:
                with member.open() as content:
                    yield from _cut(content, inside, stream.tell, member.size, nested=True)
            elif wanted is None:
                yield _unknown(inside)
    except archives.ERRORS as error:
        yield Unread(place, f"The archive is damaged or cut off; what comes after this is lost ({_said(error)}).")
    except archives.Bomb as error:
        yield Unread(place, str(error))


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__


def _cut(
    stream: BinaryIO, place: str, position: Callable[[], int], size: int | None = None, *, nested: bool = False
) -> Iterator[Piece | Unread]:
    """One piece, or for JSON lines several stretches of whole lines."""
    start = stream.read(_SMALL)
    if not start.strip() and len(start) < _SMALL:
        yield Unread(place, "The file is empty.")
    elif nested and archives.kind(io.BytesIO(start)) is not None:
        yield Unread(place, "This is an archive inside an archive; unpack the outer one first.")
    elif start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        yield from _stretches(stream, start, place, position)
    elif (size or 0) > LARGEST_ITEM:
        yield _too_large(place)
    elif len(start) < _SMALL:
        yield Piece(place, start, position())
    else:
        data = start + stream.read(LARGEST_ITEM + 1 - len(start))
        yield Piece(place, data, position()) if len(data) <= LARGEST_ITEM else _too_large(place)


def _too_large(place: str) -> Unread:
    return Unread(place, f"The file is larger than {LARGEST_ITEM >> 20} MB, which no news item is.")


def _stretches(stream: BinaryIO, start: bytes, place: str, position: Callable[[], int]) -> Iterator[Piece | Unread]:
    line = 1
    block = start + stream.read(_STRETCH - len(start)) if len(start) == _SMALL else start
    while block:
        rest = stream.readline(LONGEST_LINE + 1) if not block.endswith(b"\n") else b""
        data = block + rest
        too_long = len(rest) > LONGEST_LINE
        if too_long:
            data = block[: block.rfind(b"\n") + 1]
        if data.strip():
            yield Piece(place, data, position(), line)
        line += data.count(b"\n")
        if too_long:
            while rest and not rest.endswith(b"\n"):
                rest = stream.readline(_STRETCH)
            yield Unread(f"{place}, line {line}", f"The line is longer than {LONGEST_LINE >> 20} MB.")
            line += 1
        block = stream.read(_STRETCH)
