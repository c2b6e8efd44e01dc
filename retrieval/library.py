"""The one door of retrieval: open a library, add to it, ask it."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from types import TracebackType

from retrieval.answering.compose import compose
from retrieval.answering.events import presided
from retrieval.candidates.spelling import Speller, mended, speller_of
from retrieval.gazetteer.agencies import canonical
from retrieval.gazetteer.tables import data_file
from retrieval.index import Index, IndexUnusable, IndexWriter
from retrieval.index.catalogue import Catalogue, open_catalogue, write_catalogue
from retrieval.model import Answer, Article, Hit, IngestReport, Kind, Problem, Progress, Stats
from retrieval.question.understanding import understand
from retrieval.ranking.ranker import rank
from retrieval.store import Store, StoreError
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import english_date, question_dates, thai_date

__all__ = ["Library", "LibraryError", "english_date", "question_dates", "thai_date"]

_INDEX = "index"
_K1, _B = 1.2, 0.4
"""BM25's saturation and length normalisation; passages are of even length, headlines are short."""


class LibraryError(Exception):
    """A library that cannot be used; the message is a full sentence that says what to do."""


@contextmanager
def _told() -> Iterator[None]:
    """What is wrong with the store is told as the library's."""
    try:
        yield
    except StoreError as error:
        raise LibraryError(str(error)) from error


class Library:
    """News that can be asked.  Reading is safe from every thread, also while another process adds to it."""

    def __init__(self, path: Path, store: Store):
        self.path = path
        self._store = store
        self._lock = threading.Lock()
        self._opened: tuple[Index, Catalogue] | None = None
        self._spelling: tuple[int, Speller] | None = None

    @classmethod
    def open(cls, path: Path, *, create: bool = False) -> Library:
        """Open the library in the folder ``path``; LibraryError if there is none and ``create`` is false."""
        with _told():
            return cls(path, Store.open(path, create=create))

    def __enter__(self) -> Library:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._opened = None
        self._store.close()

    # Adding

    def ingest(
        self, sources: Sequence[str], *, format: str = "auto", progress: Callable[[Progress], None] | None = None
    ) -> IngestReport:
        """Read files, folders, archives or addresses into the library and bring its index up to date."""
        from retrieval.ingestion.pipeline import ingest

        with _told():
            report = ingest(self._store, sources, format=format, progress=progress)
        if progress:
            progress(Progress(0, None, "passages", report.read, "indexing"))
        self._index_new()
        return report

    def add(self, articles: Iterable[Article]) -> IngestReport:
        """Add articles that the caller made."""
        from retrieval.ingestion.pipeline import add

        with _told():
            report = add(self._store, articles)
        self._index_new()
        return report

    def _index_new(self) -> None:
        """Bring the index level with the store; a broken or foreign index is made anew."""
        folder = self.path / _INDEX
        folder.mkdir(exist_ok=True)
        with _told(), self._store.exclusive():
            # The catalogue first: a question that comes in between passes over what only one of the two knows.
            write_catalogue(folder, self._store)
            try:
                self._append(folder, new=False)
            except IndexUnusable:
                self._append(folder, new=True)
        self._opened = None

    def _append(self, folder: Path, *, new: bool) -> None:
        with IndexWriter(folder, k1=_K1, b=_B, new=new) as writer:
            after = writer.marker
            if after and after == self._store.last_passage() and not new:
                return
            writer.delete(self._store.removed_passages())
            writer.append(self._store.documents(after))
            writer.commit(marker=self._store.last_passage())
            writer.tidy()

    def _ready(self) -> tuple[Index, Catalogue]:
        """The index and catalogue, opened again when a writer has changed them, made anew when they are unusable."""
        opened = self._opened
        if opened and opened[0].is_current:
            return opened
        with self._lock:
            if self._opened and self._opened[0].is_current:
                return self._opened
            folder = self.path / _INDEX
            try:
                self._opened = self._open_index(folder)
            except (IndexUnusable, OSError, ValueError, KeyError):
                self._index_new()
                self._opened = self._open_index(folder)
            return self._opened

    @staticmethod
    def _open_index(folder: Path) -> tuple[Index, Catalogue]:
        index = Index.open(folder)
        return index, open_catalogue(folder, reaching=index.marker)

    # Asking

    def ask(self, question: str, *, limit: int = 5, today: dt.date | None = None) -> Answer:
        """Answer a question, with at most ``limit`` hits; ``today`` is what "last week" counts from."""
        asked = understand(question, today=today or dt.date.today())
        if asked.kind is Kind.CHAT or not asked.groups:
            return Answer(asked.text, asked.kind, found=False, language=asked.language)
        index, catalogue = self._ready()
        asked = mended(asked, self._speller(index))
        ranked = rank(asked, self._store, index, catalogue)
        if asked.kind is Kind.EVENTS:
            return presided(asked, self._store, ranked, limit=limit)
        return compose(asked, ranked, passages=index.size, limit=limit)

    def _speller(self, index: Index) -> Callable[[], Speller]:
        """What mends typing slips; made when the first slip is met, for it reads every common word."""

        def make() -> Speller:
            known = self._spelling
            if known is None or known[0] != index.marker:
                known = self._spelling = index.marker, speller_of(self._store, index)
            return known[1]

        return make

    def article(self, article_id: str) -> Article | None:
        """An article by its id."""
        stored = self._store.article(article_id)
        return stored.article if stored else None

    def latest(self, topic: str | None = None, *, limit: int = 5, offset: int = 0) -> tuple[Hit, ...]:
        """The newest articles: all, an agency's, or those that match the words of ``topic``."""
        if topic is None:
            return tuple(map(_headline, self._store.latest(limit=limit, offset=offset)))
        agency = canonical(topic)
        found = self._store.latest([agency], limit=limit, offset=offset)
        if found or offset:
            return tuple(map(_headline, found))
        asked = understand(topic, today=dt.date.today())
        if not asked.groups:
            return ()
        index, catalogue = self._ready()
        ranked = rank(asked, self._store, index, catalogue)
        good = [c for c in ranked.candidates if c.features["in_text"] >= 0.7]
        good.sort(key=lambda c: c.article.article.published or dt.date.min, reverse=True)
        return tuple(_headline(c.article) for c in good[:limit])

    def chaired_by(self, person: str, *, limit: int = 5, offset: int = 0) -> tuple[Hit, ...]:
        """Events that a person presided over, newest first; ``answer`` is the event in the article's words."""
        asked = replace(understand(person, today=dt.date.today()), kind=Kind.EVENTS)
        return presided(asked, self._store, None, limit=limit + offset).hits[offset:]

    def agencies(self) -> tuple[tuple[str, int], ...]:
        """Agencies and the number of their articles, most first."""
        return tuple(self._store.agencies())

    def since(self, marker: int, *, limit: int = 1000) -> tuple[int, tuple[str, ...]]:
        """Ids of articles added after ``marker``, and the new marker."""
        rows = self._store.since(marker, limit=limit)
        return (rows[-1][0] if rows else marker), tuple(id_ for _, id_ in rows)

    def matches(self, article_id: str, words: str) -> bool:
        """Whether an article is of a followed agency or holds the followed words."""
        stored = self._store.article(article_id)
        if stored is None:
            return False
        if stored.article.agency and canonical(words) == stored.article.agency:
            return True
        from retrieval.thai.squeeze import squeeze

        text = squeeze(stored.article.title + "\n" + stored.article.body)
        return all(squeeze(word) in text for word in words.split())

    # The whole

    def stats(self) -> Stats:
        """What the library holds."""
        articles, passages, facts = self._store.counts()
        oldest, newest = self._store.period()
        folder = self.path / _INDEX
        size = sum(f.stat().st_size for f in folder.rglob("*") if f.is_file()) if folder.exists() else 0
        return Stats(articles, passages, facts, oldest, newest, self.agencies(), self._store.size(), size, size > 0)

    def check(self) -> tuple[Problem, ...]:
        """What is wrong with the library, and how to mend it."""
        # rank-bm25 brings multiprocessing with it, which would slow every start.
        from retrieval.index.verify import worst_difference

        problems = [Problem(what, "Read the news again into a new library.") for what in self._store.check()]
        try:
            index = Index.open(self.path / _INDEX)
            if index.size != self._store.counts()[1]:
                problems.append(
                    Problem("The index does not hold the passages of the store.", "Run `govnews ingest` once more.")
                )
            elif index.size and (worst := worst_difference(index)) > 1e-3:
                problems.append(
                    Problem(
                        f"The index scores passages up to {worst:.4f} away from rank-bm25.", "Delete the index folder."
                    )
                )
        except IndexUnusable as error:
            problems.append(Problem(str(error), f"Delete the folder {self.path / _INDEX}: it is made anew."))
        return tuple(problems)

    def export(self) -> Iterator[Article]:
        """Every article, in the order in which they came."""
        return self._store.export()

    def export_lines(self) -> Iterator[str]:
        """Every article as a line of JSON, which :meth:`ingest` reads back."""
        from retrieval.sources.jsonl import to_json

        return map(to_json, self.export())

    @staticmethod
    def formats() -> tuple[str, ...]:
        """The formats that :meth:`ingest` knows by name, "auto" among them."""
        from retrieval.sources import FORMATS

        return tuple(FORMATS)

    @staticmethod
    def sample_news() -> tuple[str, ...]:
        """The sources of the sample news that comes with the project, for :meth:`ingest`."""
        return (str(data_file("sample")),)


def _headline(stored: StoredArticle) -> Hit:
    article = stored.article
    return Hit(
        stored.id,
        article.title,
        article.body[:300],
        (),
        stored.event_date,
        article.published,
        article.agency,
        article.url,
        0.0,
    )
