"""The engines that speed.py compares, each behind the same three steps: build a folder, open it, search it.

All get the same passages and queries as term ids; engines that want text get the ids as words.
"""

from __future__ import annotations

import pickle
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

K1, B = 1.5, 0.75
Search = Callable[[Sequence[int]], Any]


@dataclass(frozen=True)
class Corpus:
    """Passages as one run of term ids, cut by ``lengths``."""

    tokens: NDArray[np.uint32]
    lengths: NDArray[np.int64]

    def __iter__(self) -> Iterator[NDArray[np.uint32]]:
        end = 0
        for length in self.lengths.tolist():
            yield self.tokens[end : end + length]
            end += length

    def first(self, passages: int) -> Corpus:
        """The first so many passages."""
        lengths = self.lengths[:passages]
        return Corpus(self.tokens[: int(lengths.sum())], lengths)

    def scaled(self, factor: float, *, run: int = 64) -> Corpus:
        """``factor`` times the passages, by drawing runs of neighbouring passages at random, with replacement."""
        starts = np.random.default_rng(0).integers(
            0, max(len(self.lengths) - run, 1), size=round(len(self.lengths) * factor / run)
        )
        offsets = np.concatenate((np.zeros(1, np.int64), np.cumsum(self.lengths)))
        return Corpus(
            np.concatenate([self.tokens[offsets[s] : offsets[min(s + run, len(self.lengths))]] for s in starts]),
            np.concatenate([self.lengths[s : s + run] for s in starts]),
        )


class Engine:
    """How one engine is built and searched; ``most`` bounds the passages it gets, ``queries`` its share of queries."""

    name = ""
    modules: tuple[str, ...] = ()
    """What is imported before times are taken."""
    most: int | None = None
    queries = 1.0

    def build(self, folder: Path, corpus: Corpus) -> None:
        """Build the index of ``corpus`` in the empty ``folder``."""
        raise NotImplementedError

    def open(self, folder: Path, limit: int) -> Search:
        """Open it and return what searches it for the best ``limit`` passages."""
        raise NotImplementedError


class Ours(Engine):
    """retrieval.index."""

    name = "govnews"
    modules = ("retrieval.index",)

    def build(self, folder: Path, corpus: Corpus) -> None:
        from retrieval.index import Index

        Index.build(folder, enumerate(corpus), k1=K1, b=B)

    def open(self, folder: Path, limit: int) -> Search:
        from retrieval.index import Index

        index = Index.open(folder)
        return lambda query: index.search(query, limit=limit)


class Bm25s(Engine):
    """bm25s with its numba backend, one query at a time as a bot has them."""

    name = "bm25s"
    modules = ("bm25s", "numba")

    def build(self, folder: Path, corpus: Corpus) -> None:
        import bm25s

        retriever = bm25s.BM25(method="atire", k1=K1, b=B, backend="numba")
        vocabulary = {str(term): term for term in range(int(corpus.tokens.max()) + 1)}
        retriever.index(([terms.tolist() for terms in corpus], vocabulary), show_progress=False)
        retriever.save(folder)

    def open(self, folder: Path, limit: int) -> Search:
        import bm25s

        retriever = bm25s.BM25.load(folder, backend="numba", mmap=True)
        return lambda query: retriever.retrieve([query], k=limit, show_progress=False, n_threads=1)


class Tantivy(Engine):
    """tantivy, through its Python package."""

    name = "tantivy"
    modules = ("tantivy",)

    def build(self, folder: Path, corpus: Corpus) -> None:
        import tantivy

        schema = tantivy.SchemaBuilder()
        schema.add_unsigned_field("number", stored=True)
        schema.add_text_field("body", stored=False, tokenizer_name="whitespace", index_option="freq")
        index = tantivy.Index(schema.build(), path=str(folder))
        writer = index.writer(256_000_000, 1)
        for number, terms in enumerate(corpus):
            document = tantivy.Document()
            document.add_unsigned("number", number)
            document.add_text("body", " ".join(map(str, terms.tolist())))
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path, limit: int) -> Search:
        import tantivy

        index = tantivy.Index.open(str(folder))
        index.reload()
        searcher = index.searcher()
        return lambda query: searcher.search(index.parse_query(" ".join(map(str, query)), ["body"]), limit)


class Fts5(Engine):
    """SQLite FTS5 over segmented text with the ascii tokenizer, OR of the words, ordered by rank."""

    name = "fts5"
    queries = 0.03

    def build(self, folder: Path, corpus: Corpus) -> None:
        with sqlite3.connect(folder / "fts5.db") as db:
            db.execute("CREATE VIRTUAL TABLE passages USING fts5(body, content='', tokenize='ascii')")
            rows = ((" ".join(map(str, terms.tolist())),) for terms in corpus)
            db.executemany("INSERT INTO passages(body) VALUES (?)", rows)
            db.execute("INSERT INTO passages(passages) VALUES ('optimize')")

    def open(self, folder: Path, limit: int) -> Search:
        db = sqlite3.connect(folder / "fts5.db")
        best = f"SELECT rowid, rank FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT {limit}"
        return lambda query: db.execute(best, [" OR ".join(f'"{term}"' for term in query)]).fetchall()


class RankBm25(Engine):
    """rank-bm25; it scores every passage for every word in Python, so it gets few passages and queries."""

    name = "rank-bm25"
    modules = ("rank_bm25",)
    most = 20_000
    queries = 0.05

    def build(self, folder: Path, corpus: Corpus) -> None:
        from rank_bm25 import BM25Okapi

        model = BM25Okapi([terms.tolist() for terms in corpus], k1=K1, b=B)
        (folder / "model.pickle").write_bytes(pickle.dumps(model))

    def open(self, folder: Path, limit: int) -> Search:
        model = pickle.loads((folder / "model.pickle").read_bytes())
        return lambda query: np.argsort(model.get_scores(query))[::-1][:limit]


ENGINES = {engine.name: engine for engine in (Ours(), Bm25s(), Tantivy(), Fts5(), RankBm25())}
