"""The tables of a library, and the steps by which older libraries become like new ones."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("library")

_FIRST = (
    # `number` rises with every article added and never comes again: it is what followers remember.
    """CREATE TABLE articles (
        number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, title TEXT NOT NULL, body TEXT NOT NULL,
        published TEXT, event_date TEXT, agency TEXT, publisher TEXT, category TEXT, url TEXT, source_file TEXT,
        content_hash BLOB NOT NULL, body_hash BLOB NOT NULL, analysis INTEGER NOT NULL,
        first_passage INTEGER NOT NULL, passages INTEGER NOT NULL)""",
    "CREATE INDEX articles_body ON articles (body_hash)",
    "CREATE INDEX articles_url ON articles (url)",
    "CREATE INDEX articles_day ON articles (coalesce(published, event_date))",
    "CREATE INDEX articles_agency ON articles (agency, coalesce(published, event_date))",
    # Where else an article stands word for word.
    """CREATE TABLE addresses (
        id TEXT PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, url TEXT, source_file TEXT,
        content_hash BLOB NOT NULL) WITHOUT ROWID""",
    "CREATE INDEX addresses_article ON addresses (article)",
    "CREATE INDEX addresses_url ON addresses (url)",
    # An article's passages have consecutive numbers; position 0 is its title.  `terms`: little-endian uint32.
    """CREATE TABLE passages (
        number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, position INTEGER NOT NULL,
        start INTEGER NOT NULL, "end" INTEGER NOT NULL, terms BLOB NOT NULL)""",
    # Passages of replaced articles, for the index to forget.
    "CREATE TABLE removed (passage INTEGER PRIMARY KEY)",
    "CREATE TABLE terms (id INTEGER PRIMARY KEY, term TEXT NOT NULL UNIQUE)",
    """CREATE TABLE facts (
        number INTEGER PRIMARY KEY, article INTEGER NOT NULL REFERENCES articles, passage INTEGER NOT NULL,
        kind TEXT NOT NULL, person TEXT NOT NULL, position TEXT, event TEXT NOT NULL, start INTEGER NOT NULL,
        "end" INTEGER NOT NULL, date TEXT, place TEXT, planned INTEGER NOT NULL)""",
    "CREATE INDEX facts_article ON facts (article)",
    "CREATE INDEX facts_person ON facts (person)",
    "CREATE INDEX facts_passage ON facts (passage)",
    # Digests of what was read, so that reading it again costs little.
    "CREATE TABLE sources (digest BLOB PRIMARY KEY, articles INTEGER NOT NULL, unread TEXT) WITHOUT ROWID",
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
)


@migrations()
def first(db: Database) -> None:
    for statement in _FIRST:
        db.execute(statement)
