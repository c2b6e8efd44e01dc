"""Reading an index: opening, searching, and what ranking asks about single documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval.index.arrays import IndexUnusable, broken
from retrieval.index.manifest import manifest_stamp, read_manifest
from retrieval.index.search import Searcher
from retrieval.index.segment import Document
from retrieval.index.state import State, read_state
from retrieval.index.writer import IndexWriter

_ATTEMPTS = 20


class Index:
    """An opened index: one consistent state, which stays usable while writers go on.  Safe for use by threads.

    Documents are named by the numbers with which they were added.
    """

    def __init__(self, folder: Path, state: State, stamp: tuple[int, int]):
        self.folder = folder
        self._state = state
        self._stamp = stamp
        self._searcher = Searcher(state)

    @classmethod
    def build(
        cls,
        folder: Path,
        documents: Iterable[Document],
        *,
        k1: float = 1.5,
        b: float = 0.75,
        epsilon: float = 0.25,
        marker: int = 0,
    ) -> Index:
        """Build an index of ``documents`` (number, term ids in order) in ``folder``, in place of any that is there.

        The one that is there stays valid until the new one is complete.  Memory is bounded whatever their number.
        """
        with IndexWriter(folder, k1=k1, b=b, epsilon=epsilon, new=True) as writer:
            writer.append(documents)
            writer.commit(marker=marker)
            writer.merge()
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path) -> Index:
        """Open the index in ``folder``, in about a millisecond whatever its size.

        IndexUnusable when it is absent, broken or of another version: then build it again from the store.
        """
        for attempt in range(_ATTEMPTS):
            stamp = manifest_stamp(folder)
            try:
                return cls(folder, read_state(folder, read_manifest(folder)), stamp)
            except FileNotFoundError as error:
                # A writer replaced the state between our reading its list of files and opening them.
                if attempt == _ATTEMPTS - 1 or manifest_stamp(folder) == stamp:
                    raise _incomplete(folder, error) from None
        raise AssertionError("unreachable")

    @property
    def size(self) -> int:
        """Number of documents."""
        return self._state.manifest.documents

    @property
    def segments(self) -> int:
        """Number of segments; each costs every search a little."""
        return len(self._state.segments)

    @property
    def marker(self) -> int:
        """The mark the writer left with the last commit, for comparing the index with the store."""
        return self._state.manifest.marker

    @property
    def is_current(self) -> bool:
        """False once a writer has changed the index since this was opened; costs one stat call."""
        return manifest_stamp(self.folder) == self._stamp

    def search(
        self,
        terms: Sequence[int],
        *,
        limit: int,
        weights: Sequence[float] | None = None,
        allowed: NDArray[np.bool_] | None = None,
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Numbers and scores, shapes (found,), of the best documents that hold at least one of ``terms``, best first.

        A term that is given twice counts twice.  ``weights``, one a term, multiply the terms' shares.  ``allowed``
        is a mask by document number: only documents whose number is inside it and true are considered.
        """
        return self._searcher.search(terms, limit=limit, weights=weights, allowed=allowed)

    def contributions(self, terms: Sequence[int], documents: NDArray[np.int64]) -> NDArray[np.float32]:
        """Each term's BM25 share in each document (by number), shape (len(terms), len(documents)).

        KeyError for a number that the index does not hold.
        """
        result = np.zeros((len(terms), len(documents)), dtype=np.float32)
        for row, columns, places in self._located(documents):
            result[:, columns] = self._searcher.shares(row, terms, places)
        return result

    def document(self, number: int) -> NDArray[np.uint32]:
        """Term ids of the document in order; KeyError if the index does not hold it."""
        row, _, places = self._located(np.array([number], dtype=np.int64))[0]
        return self._state.segments[row].document(int(places[0]))

    def document_frequency(self, terms: Sequence[int]) -> NDArray[np.int64]:
        """Number of documents that hold each term, shape (len(terms),)."""
        return self._state.statistics.document_frequency(np.asarray(terms, dtype=np.uint32))

    def frequency_and_idf(self, terms: Sequence[int]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """:meth:`document_frequency` of each term and its idf as BM25Okapi defines it, shapes (len(terms),).

        The idf of a term that no document holds is 0.
        """
        frequency = self.document_frequency(terms)
        return frequency, self._state.statistics.idf(frequency).astype(np.float32)

    def numbers(self) -> NDArray[np.int64]:
        """The numbers of all documents, ascending."""
        live = [
            np.delete(segment.numbers, deleted.places)
            for segment, deleted in zip(self._state.segments, self._state.deletions, strict=True)
        ]
        return np.sort(np.concatenate([np.zeros(0, np.int64), *live]))

    @property
    def state(self) -> State:
        """What was on disk when this was opened: manifest, segments, deletions and their statistics."""
        return self._state

    def _located(self, documents: NDArray[np.int64]) -> list[tuple[int, NDArray[np.int64], NDArray[np.int64]]]:
        """For each segment that holds some of ``documents``: its row, their columns and their places in it."""
        found = []
        missing = np.ones(len(documents), dtype=bool)
        for row, (segment, deleted) in enumerate(zip(self._state.segments, self._state.deletions, strict=True)):
            places = segment.find_numbers(np.asarray(documents, dtype=np.int64))
            columns = np.flatnonzero(places >= 0)
            if len(deleted.places):
                columns = columns[~np.isin(places[columns], deleted.places)]
            if len(columns):
                found.append((row, columns, places[columns]))
                missing[columns] = False
        if missing.any():
            raise KeyError(f"The search index holds no document {documents[missing][0]}.")
        return found


def _incomplete(folder: Path, error: FileNotFoundError) -> IndexUnusable:
    return broken(Path(error.filename or folder), "it is missing")
