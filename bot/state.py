"""The bot's own database: languages, what people follow, what is on its way to them, feedback.

SQLite through sqlite-utils; apart from the library, so that replacing the library loses nobody's choices.  Questions
are kept only where the operator turned it on, and never with the person; feedback holds question and choice alone.
Used from one thread (the bot's event loop); every call is one small transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlite_utils import Database

_MIGRATIONS = (
    """
    create table people (id integer primary key, language text);
    create table follows (
        id integer primary key autoincrement, person integer not null, words text not null,
        hour integer, paused integer not null default 0, last_digest text, unique (person, words));
    create table outbox (
        follow integer not null references follows(id) on delete cascade, article text not null,
        handed integer not null default 0, primary key (follow, article)) without rowid;
    create table feedback (id integer primary key, day text not null, question text not null, choice text not null);
    create table questions (id integer primary key, day text not null, question text not null, found integer not null);
    create table marks (name text primary key, value text not null) without rowid;
    """,
)


class StateError(Exception):
    """A database that cannot be used: a full sentence that says what to do."""


@dataclass(frozen=True, slots=True)
class Follow:
    """What a person follows: ``hour`` (0-23, Bangkok) of the daily digest, or None for at once.

    ``last_digest`` is the day of the last digest.
    """

    id: int
    person: int
    words: str
    hour: int | None = None
    paused: bool = False
    last_digest: date | None = None


@dataclass(frozen=True, slots=True)
class Counts:
    """How much the database holds."""

    followers: int
    follows: int
    good: int
    bad: int


class State:
    """The bot's database at a path, or in memory for ``None``; made and migrated when opened.

    Raises :class:`StateError` where it cannot be."""

    def __init__(self, path: Path | None) -> None:
        try:
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
            self._open(str(path) if path else ":memory:")
        except (sqlite3.Error, OSError) as error:
            raise StateError(
                f"The bot's own database {path} cannot be used ({error}): mend or remove it, "
                "or name another with GOVNEWS_STATE."
            ) from error
        self._languages: dict[int, str] = {
            row["id"]: row["language"] for row in self._db.table("people").rows if row["language"]
        }

    def _open(self, path: str) -> None:
        # The event loop's thread uses it, which need not be the one that opened it.
        self._db = Database(sqlite3.connect(path, check_same_thread=False, isolation_level=None))
        self._db.execute("pragma foreign_keys = on")
        self._db.enable_wal()
        self._db.execute("pragma synchronous = normal")
        self._migrate()

    def _migrate(self) -> None:
        version = self._db.execute("pragma user_version").fetchone()[0]
        for number, script in enumerate(_MIGRATIONS[version:], start=version + 1):
            self._db.conn.executescript(f"begin; {script} pragma user_version = {number}; commit;")

    def close(self) -> None:
        """Close the database; everything is already written."""
        self._db.close()

    # People

    def language(self, person: int) -> str | None:
        """The language a person chose, or None where he has not."""
        return self._languages.get(person)

    def choose_language(self, person: int, language: str) -> None:
        """Keep a person's choice of language."""
        self._db.table("people").upsert({"id": person, "language": language}, pk="id")
        self._languages[person] = language

    def forget(self, person: int) -> None:
        """Delete all that is kept of a person."""
        with self._db.atomic():
            self._db.table("people").delete_where("id = ?", [person])
            self._db.table("follows").delete_where("person = ?", [person])
        self._languages.pop(person, None)

    def followers(self) -> list[int]:
        """Everyone who follows something."""
        return [row[0] for row in self._db.execute("select distinct person from follows order by person")]

    # Following

    def follow(self, person: int, words: str) -> Follow:
        """Begin to follow words, at once; the follow that exists where the person follows them already."""
        self._db.table("follows").insert({"person": person, "words": words}, ignore=True)
        return next(follow for follow in self.follows(person) if follow.words == words)

    def follows(self, person: int | None = None) -> list[Follow]:
        """What a person follows, or what everybody does; oldest first."""
        where, values = ("person = ?", [person]) if person is not None else (None, None)
        return [_follow(row) for row in self._db.table("follows").rows_where(where, values, order_by="id")]

    def get_follow(self, follow_id: int, person: int) -> Follow | None:
        """A follow of this person, or None where it is not his or is gone."""
        rows = self._db.table("follows").rows_where("id = ? and person = ?", [follow_id, person])
        return next((_follow(row) for row in rows), None)

    def set_hour(self, follow_id: int, hour: int | None) -> None:
        """Send a follow's news at once (None) or daily at an hour of Bangkok."""
        self._db.table("follows").update(follow_id, {"hour": hour})

    def set_paused(self, follow_id: int, paused: bool) -> None:
        """Pause a follow or take it up again; news found while paused waits."""
        self._db.table("follows").update(follow_id, {"paused": int(paused)})

    def set_digest(self, follow_id: int, day: date) -> None:
        """Remember the day whose digest is done."""
        self._db.table("follows").update(follow_id, {"last_digest": day.isoformat()})

    def unfollow(self, follow_id: int) -> None:
        """Stop a follow and drop what was on its way."""
        self._db.table("follows").delete_where("id = ?", [follow_id])

    def drop_person(self, person: int) -> None:
        """Stop all that a person follows, because he cannot be reached any more."""
        self._db.table("follows").delete_where("person = ?", [person])

    # On its way

    def queue(self, found: Iterable[tuple[int, str]], marks: dict[str, str]) -> None:
        """Put (follow, article) pairs in the outbox and move the marks, both or neither.

        A pair that was queued or sent before is left as it is, and one whose follow has ended meanwhile is dropped.
        """
        values = [(follow, article, follow) for follow, article in found]
        with self._db.atomic():
            self._db.conn.executemany(
                "insert or ignore into outbox (follow, article) select ?, ? where exists "
                "(select 1 from follows where id = ?)",
                values,
            )
            for name, value in marks.items():
                self._db.execute("insert or replace into marks (name, value) values (?, ?)", [name, value])

    def take(self, follow_id: int) -> list[str]:
        """Articles of a follow that are still to be sent; from now on they count as sent.

        They are marked before they are sent, because a kill in between must not send them twice.
        """
        with self._db.atomic():
            rows = self._db.execute("select article from outbox where follow = ? and handed = 0", [follow_id])
            taken = [row[0] for row in rows]
            self._db.execute("update outbox set handed = 1 where follow = ?", [follow_id])
        return taken

    def give_back(self, follow_id: int, articles: Iterable[str]) -> None:
        """Let articles wait again, because sending them is known to have failed."""
        values = [(follow_id, article) for article in articles]
        with self._db.atomic():
            self._db.conn.executemany("update outbox set handed = 0 where follow = ? and article = ?", values)

    def mark(self, name: str) -> str | None:
        """A remembered position, such as how far the library has been looked through."""
        row = self._db.execute("select value from marks where name = ?", [name]).fetchone()
        return row[0] if row else None

    # Learning

    def rate(self, question: str, choice: str, day: date) -> None:
        """Keep what somebody thought of an answer: question and choice, nobody's name."""
        self._db.table("feedback").insert({"day": day.isoformat(), "question": question, "choice": choice})

    def keep_question(self, question: str, found: bool, day: date) -> None:
        """Keep a question; called only where the operator turned it on."""
        self._db.table("questions").insert({"day": day.isoformat(), "question": question, "found": int(found)})

    def counts(self) -> Counts:
        """How many follow, and what they thought of the answers."""
        row = self._db.execute(
            "select (select count(distinct person) from follows), (select count(*) from follows), "
            "(select count(*) from feedback where choice = 'good'), "
            "(select count(*) from feedback where choice = 'bad')"
        ).fetchone()
        return Counts(*row)


def _follow(row: dict[str, object]) -> Follow:
    last = row["last_digest"]
    return Follow(
        id=int(str(row["id"])),
        person=int(str(row["person"])),
        words=str(row["words"]),
        hour=None if row["hour"] is None else int(str(row["hour"])),
        paused=bool(row["paused"]),
        last_digest=date.fromisoformat(str(last)) if last else None,
    )
