"""Reading the store, from any thread, while it may be written by one."""

# ruff: noqa: S608 - what is put into queries here are names of columns and tables, all constants

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlite_utils import Database

from retrieval.model import Article
from retrieval.store.rows import (
    ARTICLE_COLUMNS,
    FACT_COLUMNS,
    PASSAGE_COLUMNS,
    StoredArticle,
    StoredFact,
    StoredPassage,
    StoreError,
    day,
    to_article,
    to_fact,
)
from retrieval.store.schema import migrations
from retrieval.store.writer import Writer

FILE = "store.db"
LOCK = "store.lock"
_MAPPED = 1 << 40
_REMEMBERED = 50_000
"""Words whose ids are kept at hand; some 5 MB."""
_AT_ONCE = 500
"""Values in one query; SQLite's older builds take 999."""


class Store:
    """The store in a folder.  Reading is safe from every thread; each has its own read-only connection."""

    def __init__(self, folder: Path):
        self.folder = folder
        self._local = threading.local()
        self._open: list[sqlite3.Connection] = []
        self._lock = threading.Lock()
        self._term_ids: dict[str, int] = {}

    @classmethod
    def open(cls, folder: Path, *, create: bool = False) -> Store:
        """Open the store in ``folder``, bringing an older one up to date; StoreError if there is none to open."""
        path = folder / FILE
        if not path.exists():
            if not create:
                raise StoreError(f"There is no library in {folder}: make one with `govnews ingest`.")
            folder.mkdir(parents=True, exist_ok=True)
        store = cls(folder)
        try:
            store._migrate()
        except (sqlite3.DatabaseError, OSError) as error:
            store.close()
            raise StoreError(f"The library in {folder} cannot be read: {error}.") from error
        return store

    def _migrate(self) -> None:
        path = self.folder / FILE
        if path.exists() and path.stat().st_size and not migrations.pending(self._reading()):
            return
        with self.exclusive():
            db = Database(sqlite3.connect(path, timeout=60), execute_plugins=False)
            try:
                db.enable_wal()
                migrations.apply(db)
            finally:
                db.close()

    def close(self) -> None:
        """Close the connections of all threads."""
        with self._lock:
            for connection in self._open:
                connection.close()
            self._open.clear()
            self._local = threading.local()

    def _reading(self) -> Database:
        db: Database | None = getattr(self._local, "db", None)
        if db is None:
            connection = self._connect()
            connection.execute(f"PRAGMA mmap_size={_MAPPED}")
            # Looking for sqlite-utils' plugins takes a twentieth of a second, and none is wanted here.
            db = Database(connection, recursive_triggers=False, execute_plugins=False)
            self._local.db = db
            with self._lock:
                self._open.append(connection)
        return db

    def _connect(self) -> sqlite3.Connection:
        uri = (self.folder / FILE).resolve().as_uri()
        # A store on a read-only disk can only be opened as one that nobody changes.
        for mode in ("mode=ro", "immutable=1"):
            try:
                connection = sqlite3.connect(f"{uri}?{mode}", uri=True, check_same_thread=False, timeout=60)
                connection.execute("SELECT 1 FROM sqlite_master")
            except sqlite3.OperationalError as error:
                failed = error
            else:
                return connection
        raise failed

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """One writer at a time, in all processes; freed by the system however a process ends."""
        lock = sqlite3.connect(self.folder / LOCK, timeout=1, isolation_level=None)
        try:
            lock.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            lock.close()
            raise StoreError(
                f"Another program is writing to the library in {self.folder} ({error}): wait until it has ended."
            ) from error
        try:
            yield
        finally:
            lock.close()

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """The one writer; StoreError while another program has it."""
        with self.exclusive():
            writer = Writer(self.folder / FILE)
            try:
                yield writer
            finally:
                writer.close()

    def _rows(self, query: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._reading().execute(query, list(values)).fetchall()

    def _rows_in(self, query: str, values: Iterable[Any]) -> Iterator[tuple[Any, ...]]:
        """Rows of a query whose ``IN (?)`` takes all the values."""
        wanted = list(values)
        for first in range(0, len(wanted), _AT_ONCE):
            part = wanted[first : first + _AT_ONCE]
            yield from self._rows(query.replace("IN (?)", f"IN ({','.join('?' * len(part))})"), part)

    # Articles

    def article(self, article_id: str) -> StoredArticle | None:
        """The article with this public id, its own or that of a copy."""
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE id = ?"
            f" UNION ALL SELECT {ARTICLE_COLUMNS} FROM articles WHERE number ="
            " (SELECT article FROM addresses WHERE id = ?)",
            [article_id, article_id],
        )
        return to_article(rows[0]) if rows else None

    def articles(self, numbers: Iterable[int]) -> dict[int, StoredArticle]:
        """Articles by their numbers; numbers that are not there are left out."""
        rows = self._rows_in(f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE number IN (?)", numbers)
        return {row[0]: to_article(row) for row in rows}

    def by_url(self, url: str) -> StoredArticle | None:
        """The article at this address."""
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE url = ? UNION ALL SELECT {ARTICLE_COLUMNS} FROM articles"
            " WHERE number IN (SELECT article FROM addresses WHERE url = ?)",
            [url, url],
        )
        return to_article(rows[0]) if rows else None

    def latest(
        self,
        agencies: Collection[str] | None = None,
        *,
        since: date | None = None,
        until: date | None = None,
        limit: int,
        offset: int = 0,
    ) -> list[StoredArticle]:
        """Articles newest first: of these agencies, of this period (both days included)."""
        conditions = ["coalesce(published, event_date) IS NOT NULL"]
        values: list[object] = []
        if agencies is not None:
            conditions.append(f"agency IN ({','.join('?' * len(agencies))})")
            values += agencies
        for condition, value in (
            ("coalesce(published, event_date) >= ?", since and since.isoformat()),
            ("coalesce(published, event_date) <= ?", until and until.isoformat()),
        ):
            if value is not None:
                conditions.append(condition)
                values.append(value)
        rows = self._rows(
            f"SELECT {ARTICLE_COLUMNS} FROM articles WHERE {' AND '.join(conditions)}"
            " ORDER BY coalesce(published, event_date) DESC, number DESC LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return [to_article(row) for row in rows]

    def agencies(self) -> list[tuple[str, int]]:
        """Agencies and how many articles they have, most first."""
        return [
            (name, count)
            for name, count in self._rows(
                "SELECT agency, count(*) FROM articles WHERE agency IS NOT NULL GROUP BY agency ORDER BY 2 DESC, 1"
            )
        ]

    def since(self, marker: int, *, limit: int) -> list[tuple[int, str]]:
        """Number and id of articles added after the one with the number ``marker``, in order."""
        return [
            (number, id_)
            for number, id_ in self._rows(
                "SELECT number, id FROM articles WHERE number > ? ORDER BY number LIMIT ?", [marker, limit]
            )
        ]

    def export(self) -> Iterator[Article]:
        """Every article, in the order in which they came; copies follow as items of their own address."""
        copies: dict[int, list[tuple[str | None, str | None]]] = {}
        for number, url, file in self._rows("SELECT article, url, source_file FROM addresses ORDER BY article, id"):
            copies.setdefault(number, []).append((url, file))
        for row in self._reading().execute(f"SELECT {ARTICLE_COLUMNS} FROM articles ORDER BY number"):
            article = to_article(row).article
            yield article
            for url, file in copies.get(row[0], ()):
                yield replace(article, url=url, source_file=file)

    def article_table(self, after: int = 0) -> list[tuple[int, date | None, date | None, int, int]]:
        """Number, publication, event day, first passage and passages of the articles, in order.

        Of all, or of those alone whose passages come after the one with the number ``after``.
        """
        rows = self._rows(
            "SELECT number, published, event_date, first_passage, passages FROM articles"
            + (" WHERE number IN (SELECT article FROM passages WHERE number > ?)" if after else "")
            + " ORDER BY number",
            [after] if after else [],
        )
        return [(number, day(told), day(event), *rest) for number, told, event, *rest in rows]

    # Passages and terms

    def passages(self, numbers: Iterable[int]) -> dict[int, StoredPassage]:
        """Passages by their numbers."""
        rows = self._rows_in(f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number IN (?)", numbers)
        return {row[0]: StoredPassage(*row) for row in rows}

    def passage_table(self, after: int = 0) -> NDArray[np.int64]:
        """All passages after a number, in order: rows of number, article, position, start, end."""
        rows = self._reading().execute(
            f"SELECT {PASSAGE_COLUMNS} FROM passages WHERE number > ? ORDER BY number", [after]
        )
        return np.fromiter(rows, dtype=np.dtype((np.int64, 5)))

    def documents(self, after: int = 0) -> Iterator[tuple[int, NDArray[np.uint32]]]:
        """Number and term ids of every passage after a number, in order: what the index is built from."""
        query = "SELECT number, terms FROM passages WHERE number > ? ORDER BY number"
        for number, terms in self._reading().execute(query, [after]):
            yield number, np.frombuffer(terms, dtype="<u4")

    def last_passage(self) -> int:
        """The highest passage number there ever was, 0 in an empty store."""
        return int(self.meta("next_passage") or 1) - 1

    def removed_passages(self) -> list[int]:
        """Numbers of passages that are no more, for the index to forget."""
        return [number for (number,) in self._rows("SELECT passage FROM removed ORDER BY passage")]

    def term_ids(self, words: Iterable[str]) -> dict[str, int]:
        """The ids of those words that the library holds, in the words' order as strings."""
        # A word keeps its id, and questions ask for the same words again and again.
        known = self._term_ids
        wanted = sorted(set(words))
        if missing := [word for word in wanted if word not in known]:
            if len(known) > _REMEMBERED:
                known = self._term_ids = {}
                missing = wanted
            known.update(self._rows_in("SELECT term, id FROM terms WHERE term IN (?)", missing))
        return {word: known[word] for word in wanted if word in known}

    def words(self, ids: Iterable[int]) -> dict[int, str]:
        """The words of term ids."""
        return dict(self._rows_in("SELECT id, term FROM terms WHERE id IN (?)", ids))

    def vocabulary(self) -> list[str]:
        """All words; a word's place in the list is its id."""
        return [term for (term,) in self._rows("SELECT term FROM terms ORDER BY id")]

    def vocabulary_size(self) -> int:
        """How many words there are; ids are smaller."""
        return int(self._rows("SELECT coalesce(max(id), -1) + 1 FROM terms")[0][0])

    # Facts

    def facts(self, articles: Iterable[int]) -> dict[int, list[StoredFact]]:
        """The facts of articles, by article number, in the order of the text."""
        found: dict[int, list[StoredFact]] = {}
        for row in self._rows_in(f"SELECT {FACT_COLUMNS} FROM facts WHERE article IN (?) ORDER BY number", articles):
            found.setdefault(row[0], []).append(to_fact(row))
        return found

    def facts_of(self, persons: Iterable[str]) -> list[StoredFact]:
        """The facts of persons, by their names as stored."""
        rows = self._rows_in(f"SELECT {FACT_COLUMNS} FROM facts WHERE person IN (?) ORDER BY number", persons)
        return [to_fact(row) for row in rows]

    def people(self) -> list[tuple[str, int]]:
        """Names of persons of whom a fact is stored, and how many, most first."""
        return [
            (name, count)
            for name, count in self._rows("SELECT person, count(*) FROM facts GROUP BY person ORDER BY 2 DESC, 1")
        ]

    # The whole

    def addresses(self, number: int) -> list[tuple[str | None, str | None]]:
        """Address and source file of an article and of its word-for-word copies."""
        rows = self._rows(
            "SELECT url, source_file FROM articles WHERE number = ?"
            " UNION ALL SELECT url, source_file FROM addresses WHERE article = ?",
            [number, number],
        )
        return [(url, file) for url, file in rows]

    def meta(self, key: str) -> str | None:
        """A value kept about the store."""
        rows = self._rows("SELECT value FROM meta WHERE key = ?", [key])
        return str(rows[0][0]) if rows else None

    def counts(self) -> tuple[int, int, int]:
        """Numbers of articles, passages and facts."""
        articles, passages, facts = self._rows(
            "SELECT (SELECT count(*) FROM articles), (SELECT coalesce(sum(passages), 0) FROM articles),"
            " (SELECT count(*) FROM facts)"
        )[0]
        return articles, passages, facts

    def period(self) -> tuple[date | None, date | None]:
        """Oldest and newest day of publication (of the event where none is known)."""
        day_of = "coalesce(published, event_date)"
        oldest = self._rows(f"SELECT {day_of} FROM articles WHERE {day_of} IS NOT NULL ORDER BY {day_of} LIMIT 1")
        newest = self._rows(f"SELECT {day_of} FROM articles ORDER BY {day_of} DESC LIMIT 1")
        return day(oldest[0][0] if oldest else None), day(newest[0][0] if newest else None)

    def size(self) -> int:
        """Bytes on disk."""
        return sum(path.stat().st_size for path in self.folder.glob(f"{FILE}*"))

    def check(self) -> list[str]:
        """What is wrong with the store, in full sentences; empty if it is sound."""
        try:
            problems = [
                f"SQLite finds damage: {row[0]}." for row in self._rows("PRAGMA quick_check(5)") if row[0] != "ok"
            ]
            if not problems:
                problems = self._inconsistencies()
        except sqlite3.DatabaseError as error:
            problems = [f"The store cannot be read: {error}."]
        return problems

    def _inconsistencies(self) -> list[str]:
        found = []
        queries = {
            "articles without all of their passages": "SELECT count(*) FROM articles a WHERE passages != (SELECT"
            " count(*) FROM passages p WHERE p.number >= a.first_passage AND p.number < a.first_passage + a.passages"
            " AND p.article = a.number)"
        }
        for table in ("passages", "facts", "addresses"):
            queries[f"{table} without an article"] = (
                f"SELECT count(*) FROM {table} WHERE article NOT IN (SELECT number FROM articles)"
            )
        for what, query in queries.items():
            count = self._rows(query)[0][0]
            if count:
                found.append(f"The store holds {count} {what}.")
        return found
