"""The index finds what rank-bm25 finds, with the same scores."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rank_bm25 import BM25Okapi

from retrieval.index import Index, IndexUnusable, IndexWriter

Documents = list[list[int]]

TERMS = st.integers(0, 15)
CORPORA = st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=30).filter(any)
QUERIES = st.lists(st.integers(0, 17), min_size=1, max_size=8)


def numbered(documents: Documents, first: int = 0) -> list[tuple[int, np.ndarray]]:
    return [(first + place, np.array(terms, dtype=np.uint32)) for place, terms in enumerate(documents)]


def agrees_with_rank_bm25(index: Index, documents: dict[int, list[int]], query: Sequence[int], limit: int = 10) -> None:
    """The found documents have rank-bm25's scores, and none that it scores higher is missing."""
    numbers, reference = list(documents), BM25Okapi(list(documents.values())).get_scores(query)
    expected = {
        number: score for number, score in zip(numbers, reference, strict=True) if set(query) & set(documents[number])
    }
    found, scores = index.search(query, limit=limit)
    assert len(set(found.tolist())) == len(found) == min(limit, len(expected))
    np.testing.assert_allclose(scores, [expected[number] for number in found.tolist()], atol=1e-4)
    np.testing.assert_allclose(scores, sorted(expected.values(), reverse=True)[:limit], atol=1e-4)
    shares = index.contributions(query, np.array(numbers, dtype=np.int64))
    np.testing.assert_allclose(shares.sum(axis=0), reference, atol=1e-4)


@settings(deadline=None, max_examples=60)
@given(documents=CORPORA, query=QUERIES)
def test_scores_and_best_ten_are_those_of_rank_bm25(documents: Documents, query: list[int]) -> None:
    with TemporaryDirectory() as folder:
        index = Index.build(Path(folder), numbered(documents))
        agrees_with_rank_bm25(index, dict(enumerate(documents)), query)


def test_a_document_is_given_back_as_it_was_added(tmp_path: Path) -> None:
    index = Index.build(tmp_path, numbered([[3, 1, 3], [], [2]], first=7))
    assert index.size == 3
    assert index.document(7).tolist() == [3, 1, 3]
    assert index.document(8).tolist() == []
    with pytest.raises(KeyError):
        index.document(10)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = Index.build(tmp_path, [])
    assert [part.tolist() for part in index.search([1, 2], limit=5)] == [[], []]


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="no search index"):
        Index.open(tmp_path / "nowhere")


@settings(deadline=None, max_examples=60)
@given(
    rounds=st.lists(st.tuples(CORPORA, st.lists(st.integers(0, 60), max_size=8)), min_size=1, max_size=5),
    query=QUERIES,
    merge=st.booleans(),
)
def test_statistics_stay_exact_while_documents_come_and_go(
    rounds: list[tuple[Documents, list[int]]], query: list[int], merge: bool
) -> None:
    with TemporaryDirectory() as folder:
        held: dict[int, list[int]] = {}
        added = 0
        for documents, deletions in rounds:
            with IndexWriter(Path(folder)) as writer:
                writer.delete(deletions)
                writer.append(numbered(documents, first=added))
                writer.commit(marker=added)
                if merge:
                    writer.merge()
            held = {number: terms for number, terms in held.items() if number not in deletions}
            held |= {added + place: terms for place, terms in enumerate(documents)}
            added += len(documents)
        index = Index.open(Path(folder))
        assert index.numbers().tolist() == list(held)
        agrees_with_rank_bm25(index, held, query)
        assert index.verify(20) < 1e-4
