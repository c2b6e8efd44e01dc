"""Named numpy arrays in one file, mapped when read: written whole or not at all, and broken files are noticed.

Layout: the arrays one after the other, each at a multiple of 64 bytes; then a JSON directory (name, dtype, count and
offset of each array, and small metadata); then 16 bytes: length and CRC-32 of the directory and a magic word.  A file
cut short at any point lacks the magic word at its end or the size that its directory states.
"""

from __future__ import annotations

import contextlib
import json
import mmap
import os
import struct
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_MAGIC = b"GOVNEWS1"
_TAIL = struct.Struct("<II8s")
_ALIGN = 64

Array = NDArray[Any]


class IndexUnusable(Exception):
    """The index on disk is broken, absent or of another version; the message says which, and what to do."""


def broken(path: Path, reason: str) -> IndexUnusable:
    """The error for a file of an index that cannot be used, as a full sentence."""
    return IndexUnusable(
        f"The search index file {path} cannot be used: {reason}. Build the index again from the store."
    )


def write_arrays(path: Path, arrays: Mapping[str, Array], meta: Mapping[str, Any] | None = None) -> None:
    """Write ``arrays`` to ``path``, whole or not at all; the name is durable once the folder is synced."""
    with new_arrays(path, {name: (array.dtype, len(array)) for name, array in arrays.items()}, meta) as places:
        for name, array in arrays.items():
            places[name][:] = array


@contextlib.contextmanager
def new_arrays(
    path: Path, shapes: Mapping[str, tuple[DTypeLike, int]], meta: Mapping[str, Any] | None = None
) -> Iterator[dict[str, Array]]:
    """Writable mapped arrays to fill; ``path`` appears, whole, when the block ends without an error."""
    directory: dict[str, tuple[str, int, int]] = {}
    end = 0
    for name, (dtype, count) in shapes.items():
        directory[name] = (np.dtype(dtype).str, count, end)
        end += -(-np.dtype(dtype).itemsize * count // _ALIGN) * _ALIGN
    text = json.dumps({"arrays": directory, "meta": dict(meta or {})}).encode()
    temporary = path.with_name(path.name + ".new")
    try:
        with temporary.open("w+b") as file:
            file.truncate(end)
            file.seek(end)
            file.write(text + _TAIL.pack(len(text), zlib.crc32(text), _MAGIC))
            file.flush()
            with mmap.mmap(file.fileno(), 0) as mapped:
                # The mapping cannot be closed while arrays look into it.
                places = _views(memoryview(mapped), directory)
                yield places
                places.clear()
            # This also writes what was changed through the mapping.
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def open_arrays(path: Path, *, private: bool = False) -> tuple[dict[str, Array], dict[str, Any]]:
    """The arrays of a file, mapped read-only, and its metadata.

    With ``private`` they can be changed in memory, of which the file sees nothing.
    Raises IndexUnusable when the file is broken and FileNotFoundError when it is not there.
    """
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        if size < _TAIL.size:
            raise broken(path, "it is cut short")
        access = mmap.ACCESS_COPY if private else mmap.ACCESS_READ
        mapped = memoryview(mmap.mmap(file.fileno(), 0, access=access))
    length, check, magic = _TAIL.unpack(mapped[-_TAIL.size :])
    if magic != _MAGIC:
        raise broken(path, "it is cut short or was written by another version")
    start = size - _TAIL.size - length
    text = bytes(mapped[max(start, 0) : size - _TAIL.size])
    if start < 0 or zlib.crc32(text) != check:
        raise broken(path, "its directory is damaged")
    content = json.loads(text)
    if any(offset + np.dtype(dtype).itemsize * count > start for dtype, count, offset in content["arrays"].values()):
        raise broken(path, "it is shorter than its directory says")
    return _views(mapped, content["arrays"]), content["meta"]


def sync_folder(folder: Path) -> None:
    """Make renames in ``folder`` durable, where the system knows how."""
    with contextlib.suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _views(mapped: memoryview, directory: Mapping[str, tuple[str, int, int]]) -> dict[str, Array]:
    return {
        name: np.frombuffer(mapped, dtype=np.dtype(dtype), count=count, offset=offset)
        for name, (dtype, count, offset) in directory.items()
    }
