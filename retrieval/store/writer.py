"""Writing the store: whole batches, each in one transaction.

Killed at any moment, the store is as the last whole batch left it.  Numbers are given in the order of reading and
kept with the batch that used them, so that an ingest that was cut off and run again gives the same numbers as one
that was not.
"""

# ruff: noqa: S608 - what is put into queries here are names of columns and tables, all constants

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from retrieval.model import Unread
from retrieval.store.batch import Analysed, AnalysedBatch

FEWEST_FOR_COPY = 200
"""Characters of a body from which on two equal ones are one text at two addresses, and no coincidence."""
_LARGE = 4096
"""So many unknown words at once make it worth while to load the whole vocabulary."""


@dataclass(slots=True)
class Counts:
    """What became of the articles of a batch."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    copies: int = 0


@dataclass(slots=True)
class _Rows:
    """Rows that are inserted together, and what the articles among them can be recognised by."""

    articles: list[tuple[object, ...]] = field(default_factory=list)
    passages: list[tuple[object, ...]] = field(default_factory=list)
    facts: list[tuple[object, ...]] = field(default_factory=list)
    ids: dict[str, tuple[int, bytes, bytes, int]] = field(default_factory=dict)
    bodies: dict[bytes, int] = field(default_factory=dict)


class Writer:
    """The one that writes; made by :meth:`retrieval.store.Store.writing`."""

    def __init__(self, path: Path):
        self._db = Database(sqlite3.connect(path, timeout=60), recursive_triggers=False, execute_plugins=False)
        for pragma in ("synchronous=NORMAL", "cache_size=-65536", "temp_store=MEMORY", "wal_autocheckpoint=4000"):
            self._db.execute(f"PRAGMA {pragma}")
        self._next_article = self._number("SELECT coalesce(max(number), 0) + 1 FROM articles")
        self._next_fact = self._number("SELECT coalesce(max(number), 0) + 1 FROM facts")
        self._next_term = self._number("SELECT coalesce(max(id), -1) + 1 FROM terms")
        # A replaced article's passages go; their numbers must not come again, so the highest is kept apart.
        self._next_passage = self._number("SELECT coalesce(max(value), 1) FROM meta WHERE key = 'next_passage'")
        self._terms: dict[str, int] = {}
        self._terms_complete = self._next_term == 0
        self._local: dict[int, NDArray[np.uint32]] = {}

    def close(self) -> None:
        """End writing; SQLite's log is folded into the database."""
        self._db.close()

    def _number(self, query: str) -> int:
        return int(self._db.execute(query).fetchone()[0])

    # What was read before

    def known_source(self, digest: bytes, place: str) -> tuple[int, list[Unread]] | None:
        """How many articles the source of this content held, now met at ``place``, and what could not be read of it.

        None if it has not been read yet.
        """
        row = self._db.execute("SELECT articles, unread FROM sources WHERE digest = ?", [digest]).fetchone()
        if row is None:
            return None
        return row[0], [Unread(place + inside, why) for inside, why in json.loads(row[1])] if row[1] else []

    def remember_source(self, digest: bytes, place: str, articles: int, unread: Sequence[Unread]) -> None:
        """Keep that the source with this content, at ``place``, was read to its end."""
        with self._db.atomic():
            self._remember([_source_row(digest, place, articles, unread)])

    def _remember(self, rows: Sequence[tuple[bytes, int, str | None]]) -> None:
        self._db.conn.executemany("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", rows)

    def begin(self, version: int) -> None:
        """Begin an ingest by this version of the analysis: what an older one read will be read again."""
        row = self._db.execute("SELECT value FROM meta WHERE key = 'analysis'").fetchone()
        if row is None or int(row[0]) != version:
            with self._db.atomic():
                self._db.execute("DELETE FROM sources")
                self._db.execute("INSERT OR REPLACE INTO meta VALUES ('analysis', ?)", [str(version)])

    # Articles

    def add(self, batch: AnalysedBatch, sources: Sequence[tuple[bytes, str]] = ()) -> Counts:
        """Store a batch, whole or not at all; ``sources`` are the digests and places of its pieces."""
        with self._db.atomic():
            tokens = self._global_terms(batch)
            counts = self._add_articles(batch, tokens)
            self._remember([
                _source_row(digest, place, outcome.articles, outcome.unread)
                for (digest, place), outcome in zip(sources, batch.outcomes, strict=True)
            ])  # fmt: skip
            self._db.execute("INSERT OR REPLACE INTO meta VALUES ('next_passage', ?)", [str(self._next_passage)])
        return counts

    def _global_terms(self, batch: AnalysedBatch) -> NDArray[np.uint32]:
        """The batch's tokens as term ids of the store; new words are stored, numbered as they first occur."""
        fresh = self._ids(batch.words)
        known = self._local.get(batch.worker)
        mapping = fresh if known is None else np.concatenate([known, fresh])
        self._local[batch.worker] = mapping
        return mapping[batch.tokens]

    def _ids(self, words: Sequence[str]) -> NDArray[np.uint32]:
        terms = self._terms
        if not self._terms_complete:
            self._load_terms(words)
        new: list[tuple[int, str]] = []
        ids = np.empty(len(words), np.uint32)
        for place, word in enumerate(words):
            number = terms.get(word)
            if number is None:
                number = terms[word] = self._next_term
                self._next_term += 1
                new.append((number, word))
            ids[place] = number
        self._db.conn.executemany("INSERT INTO terms VALUES (?, ?)", new)
        return ids

    def _load_terms(self, words: Sequence[str]) -> None:
        if len(words) > _LARGE:
            self._terms.update(self._db.execute("SELECT term, id FROM terms"))
            self._terms_complete = True
            return
        for word in words:
            row = self._db.execute("SELECT id FROM terms WHERE term = ?", [word]).fetchone()
            if row:
                self._terms[word] = row[0]

    def _add_articles(self, batch: AnalysedBatch, tokens: NDArray[np.uint32]) -> Counts:
        counts, rows = Counts(), _Rows()
        data = tokens.astype("<u4", copy=False).tobytes()
        bounds = [0, *(tokens.itemsize * np.cumsum(batch.spans[:, 2], dtype=np.int64)).tolist()]
        terms = [data[start:end] for start, end in pairwise(bounds)]
        starts, ends = batch.spans[:, 0].tolist(), batch.spans[:, 1].tolist()
        first = 0
        for analysed in batch.articles:
            last = first + analysed.passages
            number = self._settle(analysed, batch.version, rows, counts)
            if number is not None:
                its = zip(starts[first:last], ends[first:last], terms[first:last], strict=True)
                rows.passages += [
                    (self._next_passage + position, number, position, *passage) for position, passage in enumerate(its)
                ]
                self._place(analysed, number, batch.version, rows)
            first = last
        self._flush(rows)
        return counts

    def _settle(self, item: Analysed, version: int, rows: _Rows, counts: Counts) -> int | None:
        """The number under which an item is to be stored, or None where nothing has to be."""
        content, body = item.content_hash, item.body_hash
        own = self._own(item.id, rows)
        if own is not None:
            number, old_content, old_body, old_version = own
            if (old_content, old_version) == (content, version):
                counts.unchanged += 1
                return None
            self._flush(rows)
            counts.changed += 1
            if old_body == body or not self._left_to_copy(number):
                self._remove(number)
                return self._noted(item, number, version, rows)
        elif self._is_copy(item, rows, counts):
            return None
        else:
            counts.added += 1
        self._next_article += 1
        return self._noted(item, self._next_article - 1, version, rows)

    def _own(self, article_id: str, rows: _Rows) -> tuple[int, bytes, bytes, int] | None:
        """What is stored under an id: number, content hash, body hash, version of the analysis."""
        if article_id in rows.ids:
            return rows.ids[article_id]
        query = "SELECT number, content_hash, body_hash, analysis FROM articles WHERE id = ?"
        found: tuple[int, bytes, bytes, int] | None = self._db.execute(query, [article_id]).fetchone()
        return found

    def _noted(self, item: Analysed, number: int, version: int, rows: _Rows) -> int:
        rows.ids[item.id] = (number, item.content_hash, item.body_hash, version)
        rows.bodies.setdefault(item.body_hash, number)
        return number

    def _is_copy(self, item: Analysed, rows: _Rows, counts: Counts) -> bool:
        """Whether an item is another's text at an address of its own, which is then all that is stored of it."""
        execute = self._db.execute
        copy = execute("SELECT content_hash FROM addresses WHERE id = ?", [item.id]).fetchone()
        if copy is not None and copy[0] == item.content_hash:
            counts.unchanged += 1
            return True
        if copy is not None:
            execute("DELETE FROM addresses WHERE id = ?", [item.id])
        if len(item.body) < FEWEST_FOR_COPY:
            return False
        original = rows.bodies.get(item.body_hash)
        if original is None:
            original = execute("SELECT min(number) FROM articles WHERE body_hash = ?", [item.body_hash]).fetchone()[0]
        if original is None:
            return False
        values = [item.id, original, item.url, item.source_file, item.content_hash]
        execute("INSERT INTO addresses VALUES (?, ?, ?, ?, ?)", values)
        counts.copies += 1
        return True

    def _left_to_copy(self, number: int) -> bool:
        """Leave an article whose own text changed to its first copy, if it has one, whose text it still is."""
        execute = self._db.execute
        copy = execute(
            "SELECT id, url, source_file, content_hash FROM addresses WHERE article = ? ORDER BY id LIMIT 1", [number]
        ).fetchone()
        if copy is None:
            return False
        execute("DELETE FROM addresses WHERE id = ?", [copy[0]])
        execute(
            "UPDATE articles SET id = ?, url = ?, source_file = ?, content_hash = ? WHERE number = ?", [*copy, number]
        )
        return True

    def _remove(self, number: int) -> None:
        """Take away an article that another takes the place of, with its passages and facts."""
        execute = self._db.execute
        execute("INSERT OR IGNORE INTO removed SELECT number FROM passages WHERE article = ?", [number])
        first, count = execute("SELECT first_passage, passages FROM articles WHERE number = ?", [number]).fetchone()
        execute("DELETE FROM passages WHERE number >= ? AND number < ?", [first, first + count])
        execute("DELETE FROM facts WHERE article = ?", [number])
        execute("DELETE FROM articles WHERE number = ?", [number])

    def _place(self, item: Analysed, number: int, version: int, rows: _Rows) -> None:
        rows.articles.append((
            number, item.id, item.title, item.body, item.published, item.event_date, item.agency, item.publisher,
            item.category, item.url, item.source_file, item.content_hash, item.body_hash, version, self._next_passage,
            item.passages,
        ))  # fmt: skip
        for position, *values in item.facts:
            rows.facts.append((self._next_fact, number, self._next_passage + position, *values))
            self._next_fact += 1
        self._next_passage += item.passages

    def _flush(self, rows: _Rows) -> None:
        for table, columns, found in (
            ("articles", 16, rows.articles),
            ("passages", 6, rows.passages),
            ("facts", 12, rows.facts),
        ):
            self._db.conn.executemany(f"INSERT INTO {table} VALUES ({','.join('?' * columns)})", found)
            found.clear()
        rows.ids.clear()
        rows.bodies.clear()


def _source_row(digest: bytes, place: str, articles: int, unread: Sequence[Unread]) -> tuple[bytes, int, str | None]:
    inside = [(item.place.removeprefix(place), item.reason) for item in unread]
    return digest, articles, json.dumps(inside, ensure_ascii=False) if inside else None
