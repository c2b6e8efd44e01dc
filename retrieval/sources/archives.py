"""Archives and compressed files as streams of members: .zip, .tar and whatever gzip, xz or bzip2 packed."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO, cast

from retrieval.model import Unread
from retrieval.sources import tar

ENDINGS = {".zip", ".tar", ".gz", ".tgz", ".xz", ".txz", ".bz2", ".tbz2", ".tbz"}
ERRORS = (tar.TarError, zipfile.BadZipFile, lzma.LZMAError, zlib.error, EOFError, OSError, NotImplementedError)
"""What a damaged archive raises."""

_MOST_TIMES = 200
_FREE = 1 << 30
"""An archive may grow that much whatever its size, and beyond it by ``_MOST_TIMES``; text grows 5 to 20 times."""
_BLOCK = 1 << 18


class Bomb(Exception):
    """An archive that grows beyond all measure; the message is a full sentence."""


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive; ``name`` is empty for a file that is only compressed.  Read it before the next."""

    name: str
    size: int | None
    open: Callable[[], BinaryIO]


def kind(stream: BinaryIO) -> str | None:
    """What packed the stream: "zip", "tar", "gz", "xz", "bz2", or None; the stream stays where it was."""
    start = stream.read(512)
    stream.seek(-len(start), io.SEEK_CUR)
    if start.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if start[tar.MAGIC] == b"ustar":
        return "tar"
    for name, magic in (("gz", b"\x1f\x8b"), ("xz", b"\xfd7zXZ\x00"), ("bz2", b"BZh")):
        if start.startswith(magic):
            return name
    return None


def members(stream: BinaryIO, packed: str, place: str) -> Iterator[Member | Unread]:
    """The files of an archive in their order; raises one of :data:`ERRORS`, or Bomb."""
    if packed == "zip":
        yield from _zip(stream, place)
        return
    if packed == "tar":
        yield from _tar(stream, place)
        return
    openers: dict[str, Callable[[BinaryIO], object]] = {"gz": gzip.open, "xz": lzma.open, "bz2": bz2.open}
    opened = cast(BinaryIO, openers[packed](stream))
    with io.BufferedReader(_Guarded(opened, stream.tell), _BLOCK) as content:
        if content.peek(512)[tar.MAGIC] == b"ustar":
            yield from _tar(cast(BinaryIO, content), place)
        else:
            yield Member("", None, partial(_same, cast(BinaryIO, content)))


class _Guarded(io.RawIOBase):
    """A decompressed stream that stops when it has grown out of proportion to what was read of the packed one."""

    def __init__(self, stream: BinaryIO, packed: Callable[[], int]):
        self._stream = stream
        self._packed = packed
        self._total = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: object) -> int:
        count: int = self._stream.readinto(buffer)  # type: ignore[attr-defined]
        self._total += count
        _check(self._total, self._packed())
        return count


def _check(total: int, packed: int) -> None:
    if total > _FREE + _MOST_TIMES * packed:
        raise Bomb(f"The archive grows to more than {_MOST_TIMES} times its size; the rest of it is not read.")


def _tar(stream: BinaryIO, place: str) -> Iterator[Member | Unread]:
    for member in tar.members(stream):
        if member.content is None:
            yield Unread(f"{place}/{member.name}", "This is a link or a device inside the archive, not a file.")
        else:
            yield Member(member.name, member.size, partial(_same, member.content))


def _same(content: BinaryIO) -> BinaryIO:
    return content


def _zip(stream: BinaryIO, place: str) -> Iterator[Member | Unread]:
    with zipfile.ZipFile(stream) as archive:
        total = packed = 0
        for member in archive.infolist():
            name = _zip_name(member)
            total += member.file_size
            packed += member.compress_size
            _check(total, packed)
            if member.is_dir():
                continue
            if member.flag_bits & 0x1:
                yield Unread(f"{place}/{name}", "The file is encrypted.")
                continue
            yield Member(name, member.file_size, partial(_open, archive, member))


def _open(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    return cast(BinaryIO, archive.open(member))


def _zip_name(member: zipfile.ZipInfo) -> str:
    """A member's name; without the mark for UTF-8 it is what the packer's system wrote, in Thailand Windows-874."""
    if member.flag_bits & 0x800:
        return member.filename
    raw = member.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "cp874"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return member.filename
