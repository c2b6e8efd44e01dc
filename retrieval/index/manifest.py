"""What an index folder holds at one moment: its segments, their deleted documents and the counts BM25 needs.

``index.json`` names the files that count; it is replaced atomically, so that a reader sees the index before or after
a change and never between.  Files that it does not name are left-overs, removed by the next writer.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from retrieval.index.arrays import IndexUnusable, sync_folder

VERSION = 2
MANIFEST = "index.json"
"""Name of the file that says what counts."""


@dataclass(frozen=True, slots=True)
class Part:
    """A segment of the index: names of its file and of the file of its deletions, if any."""

    file: str
    documents: int
    """Documents in the file, deleted ones among them."""
    tokens: int
    deleted: str | None = None
    deleted_documents: int = 0


@dataclass(frozen=True, slots=True)
class Manifest:
    """The state of an index.  ``documents`` and ``tokens`` count what is live."""

    k1: float
    b: float
    epsilon: float
    parts: tuple[Part, ...] = ()
    documents: int = 0
    tokens: int = 0
    marker: int = 0
    """The caller's own mark of how far the index has come, for comparing it with the store."""
    generation: int = 0
    histogram: str | None = field(default=None)
    """File with the number of terms held by 1, 2, 3 ... documents."""

    @property
    def files(self) -> set[str]:
        """Names of all files that belong to this state."""
        names = {part.file for part in self.parts} | {part.deleted for part in self.parts} | {self.histogram}
        return {name for name in names if name}


def read_manifest(folder: Path) -> Manifest:
    """The state of the index in ``folder``; IndexUnusable when there is none, or of another version."""
    path = folder / MANIFEST
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        version = content.pop("version")
        if version != VERSION:
            raise IndexUnusable(
                f"The search index {folder} has format {version}, this program reads format {VERSION}."
                " Build the index again from the store."
            )
        parts = tuple(Part(**part) for part in content.pop("parts"))
        return Manifest(parts=parts, **content)
    except FileNotFoundError:
        raise IndexUnusable(f"There is no search index in {folder}. Build it from the store.") from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise IndexUnusable(
            f"The search index {folder} is broken: {MANIFEST} is damaged. Build the index again from the store."
        ) from None


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Make ``manifest`` the state of the index in ``folder``, atomically and durably."""
    temporary = folder / (MANIFEST + ".new")
    with temporary.open("w", encoding="utf-8") as file:
        json.dump({"version": VERSION, **asdict(manifest)}, file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    # The files that the manifest names must be there before it is.
    sync_folder(folder)
    temporary.replace(folder / MANIFEST)
    sync_folder(folder)


def manifest_stamp(folder: Path) -> tuple[int, int]:
    """Changes whenever the state of the index changes; costs one stat call."""
    try:
        status = (folder / MANIFEST).stat()
    except FileNotFoundError:
        return (0, 0)
    return (status.st_mtime_ns, status.st_ino)
