"""Writing an index: documents are appended as new segments, deleted by marks, and segments merged now and then."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import IndexUnusable, broken, write_arrays
from retrieval.index.build import batches, merge_segments, write_segment
from retrieval.index.manifest import MANIFEST, Manifest, Part, read_manifest, write_manifest
from retrieval.index.segment import Document, Segment
from retrieval.index.state import State, read_state
from retrieval.index.statistics import Deletions, moved_histogram

_BATCH_TOKENS = 8_000_000
"""Tokens held in memory at once: about 0.5 GB with what sorting them needs."""
_FEW_SMALL = 4
"""commit() merges so many small segments at once."""
_SEGMENTS = 12
"""So many segments tidy() leaves alone."""
_QUICK_TOKENS = 500_000
"""commit() merges small segments up to this size by itself, which costs some hundredths of a second."""


class IndexWriter:
    """Changes the index in ``folder``; nothing is seen by readers before :meth:`commit`.

    One writer at a time (the store's lock sees to that).  Readers go on with the state they opened, files and all.
    Killed at any moment, the index is as the last commit left it.

        with IndexWriter(folder) as writer:
            writer.delete([17, 18])                       # passages of a replaced article
            writer.append([(901, ids), (902, more_ids)])  # their successors
            writer.commit(marker=902)
    """

    def __init__(self, folder: Path, *, k1: float = 1.5, b: float = 0.75, epsilon: float = 0.25, new: bool = False):
        """Open the index in ``folder``, or begin one where there is none, or anew with ``new``.

        The BM25 constants count only for an index that is begun.  IndexUnusable when the present one is broken.
        """
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._replaced: set[str] = set()
        """Files of the index that is there, to be kept until the new one is committed."""
        if new or not (folder / MANIFEST).exists():
            with contextlib.suppress(IndexUnusable):
                self._replaced = read_manifest(folder).files
            generation = _last_generation(folder)
            self._state = State.empty(Manifest(k1=k1, b=b, epsilon=epsilon, generation=generation))
        else:
            try:
                self._state = read_state(folder, read_manifest(folder))
            except FileNotFoundError as error:
                raise broken(Path(error.filename or folder), "it is missing") from None
        self._next = self._state.manifest.generation + 1
        self._file = 0
        self._sweep()
        self._appended: list[Part] = []
        self._deleted: list[int] = []

    def __enter__(self) -> IndexWriter:
        return self

    def __exit__(self, *_: object) -> None:
        self.rollback()

    @property
    def marker(self) -> int:
        """The caller's mark given with the last commit."""
        return self._state.manifest.marker

    @property
    def segments(self) -> int:
        """Number of segments; each costs every question a little, :meth:`merge` makes them one."""
        return len(self._state.manifest.parts)

    def append(self, documents: Iterable[Document]) -> int:
        """Add documents (number, term ids) as new segments; returns how many there were.

        A number must not be among the live ones; one that was deleted (in an earlier call) may be used again.
        """
        added = 0
        bm25 = self._state.manifest
        for numbers, lengths, tokens in batches(documents, _BATCH_TOKENS):
            name = self._new_name("segment")
            write_segment(self.folder / name, numbers, lengths, tokens, k1=bm25.k1, b=bm25.b)
            self._appended.append(Part(name, len(numbers), len(tokens)))
            added += len(numbers)
        return added

    def delete(self, numbers: Iterable[int]) -> None:
        """Delete documents of the committed index; numbers that it does not hold are passed over."""
        self._deleted.extend(numbers)

    def commit(self, *, marker: int | None = None) -> None:
        """Make all changes since the last commit visible, durably and at once; ``marker`` is kept with them.

        The last few segments are merged while they are small, so that single articles do not pile up.
        """
        old = self._state
        parts, deletions = self._with_deletions()
        fresh = [Segment.open(self.folder / part.file) for part in self._appended]
        parts += self._appended
        deletions += [Deletions.none() for _ in fresh]
        segments = (*old.segments, *fresh)
        touched = np.unique(
            np.concatenate([np.zeros(0, np.uint32), *(s.terms for s in fresh), *self._gone_terms(deletions)])
        )
        new = State.of(replace(old.manifest, parts=tuple(parts)), segments, tuple(deletions), *old.histogram)
        histogram = moved_histogram(
            *old.histogram, old.statistics.document_frequency(touched), new.statistics.document_frequency(touched)
        )
        name = self._new_name("histogram")
        write_arrays(self.folder / name, dict(zip(("values", "counts"), histogram, strict=True)))
        manifest = replace(
            new.manifest,
            documents=sum(part.documents - part.deleted_documents for part in parts),
            tokens=_live_tokens(segments, deletions),
            histogram=name,
            marker=self.marker if marker is None else marker,
        )
        self._appended, self._deleted = [], []
        self._publish(State.of(manifest, segments, tuple(deletions), *histogram))
        self._merge_small()

    def rollback(self) -> None:
        """Forget the changes since the last commit."""
        self._appended, self._deleted = [], []
        self._sweep()

    def merge(self) -> None:
        """Make all segments one, without deleted documents; readers and questions go on meanwhile."""
        if self.segments > 1 or any(part.deleted for part in self._state.manifest.parts):
            self._merge_last(self.segments)

    def tidy(self) -> None:
        """Merge all segments where questions gain by it: many segments, or a tenth of all outside the largest.

        So an article that is added costs the same in a large library as in a small one, taken over many of them.
        """
        parts = self._state.manifest.parts
        documents = sum(part.documents for part in parts)
        live_in_largest = max((part.documents - part.deleted_documents for part in parts), default=0)
        if len(parts) > _SEGMENTS or (documents - live_in_largest) * 10 > documents:
            self.merge()

    def _merge_small(self) -> None:
        parts = self._state.manifest.parts
        count = 1
        tokens = parts[-1].tokens if parts else 0
        while count < len(parts) and parts[-count - 1].tokens <= 2 * tokens:
            tokens += parts[-count - 1].tokens
            count += 1
        if count >= _FEW_SMALL and tokens <= _QUICK_TOKENS:
            self._merge_last(count)

    def _merge_last(self, count: int) -> None:
        state = self._state
        kept = len(state.segments) - count
        sources = list(zip(state.segments[kept:], (d.places for d in state.deletions[kept:]), strict=True))
        name = self._new_name("segment")
        merge_segments(self.folder / name, sources, k1=state.manifest.k1, b=state.manifest.b)
        merged = Segment.open(self.folder / name)
        parts = (*state.manifest.parts[:kept], Part(name, merged.size, len(merged.tokens)))
        deletions = (*state.deletions[:kept], Deletions.none())
        manifest = replace(state.manifest, parts=parts)
        self._publish(State.of(manifest, (*state.segments[:kept], merged), deletions, *state.histogram))

    def _with_deletions(self) -> tuple[list[Part], list[Deletions]]:
        parts, deletions = list(self._state.manifest.parts), list(self._state.deletions)
        wanted = np.unique(np.array(self._deleted, dtype=np.int64))
        if not len(wanted):
            return parts, deletions
        for row, segment in enumerate(self._state.segments):
            places = segment.find_numbers(wanted)
            places = np.setdiff1d(places[places >= 0], deletions[row].places)
            if len(places):
                both = np.concatenate((deletions[row].places, places)).astype(np.uint32)
                deletions[row] = Deletions.of(segment, both)
                name = self._new_name("deleted")
                write_arrays(self.folder / name, deletions[row].arrays())
                parts[row] = replace(parts[row], deleted=name, deleted_documents=len(both))
        return parts, deletions

    def _gone_terms(self, deletions: Sequence[Deletions]) -> list[NDArray[np.uint32]]:
        """Terms of the documents that this commit deletes (and of earlier deletions in the same segments)."""
        before = self._state.deletions
        return [new.terms for old, new in zip(before, deletions, strict=False) if new is not old]

    def _publish(self, state: State) -> None:
        published = replace(state, manifest=replace(state.manifest, generation=self._next))
        # Only once this is written do the files of the old state belong to nothing.
        write_manifest(self.folder, published.manifest)
        self._state = published
        self._next += 1
        self._replaced = set()
        self._sweep()

    def _new_name(self, kind: str) -> str:
        self._file += 1
        return f"{kind}-{self._next:06d}-{self._file:03d}.bin"

    def _sweep(self) -> None:
        """Remove files that belong to no state: of killed writers and of states that were replaced."""
        wanted = self._state.manifest.files | self._replaced
        for pattern in ("*.bin", "*.bin.new"):
            for path in self.folder.glob(pattern):
                if path.name not in wanted:
                    # Where mapped files cannot be removed, the next writer does it.
                    with contextlib.suppress(OSError):
                        path.unlink()


def _live_tokens(segments: Sequence[Segment], deletions: Sequence[Deletions]) -> int:
    total = 0
    for segment, deleted in zip(segments, deletions, strict=True):
        gone = segment.offsets[deleted.places.astype(np.int64) + 1] - segment.offsets[deleted.places]
        total += len(segment.tokens) - int(gone.sum())
    return total


def _last_generation(folder: Path) -> int:
    """The highest generation whose files may still be mapped by readers, so that no name is used twice."""
    return max((int(path.name.split("-")[1]) for path in folder.glob("*-*-*.bin")), default=0)
