"""The index finds what rank-bm25 finds, with the same scores."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from rank_bm25 import BM25Okapi

from retrieval.index import Index
from retrieval.index.verify import worst_difference
from tests.retrieval.indexes import (
    CORPORA,
    QUERIES,
    Documents,
    agrees_with_rank_bm25,
    news_like,
    numbered,
    prune_eagerly,
)


@settings(deadline=None, max_examples=40)
@given(documents=CORPORA, query=QUERIES)
def test_scores_and_best_ten_are_those_of_rank_bm25(documents: Documents, query: list[int]) -> None:
    with TemporaryDirectory() as folder:
        index = Index.build(Path(folder), numbered(documents))
        agrees_with_rank_bm25(index, dict(enumerate(documents)), query)


@pytest.mark.parametrize("seed", range(3))
def test_pruning_changes_no_result(tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    prune_eagerly(monkeypatch)
    documents = news_like(1500, seed)
    index = Index.build(tmp_path, numbered(documents))
    reference = BM25Okapi(documents)
    random = np.random.default_rng(seed)
    for _ in range(60):
        query = random.choice(documents[random.integers(len(documents))], size=random.integers(1, 9)).tolist()
        expected = np.sort(reference.get_scores(query))[::-1]
        for limit in (1, 10, 40):
            _, scores = index.search(query, limit=limit)
            np.testing.assert_allclose(scores, expected[: len(scores)], atol=1e-4)


def test_weights_multiply_the_shares_of_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    prune_eagerly(monkeypatch)
    documents = news_like(800, seed=5)
    index = Index.build(tmp_path, numbered(documents))
    random = np.random.default_rng(0)
    everything = np.arange(len(documents))
    for _ in range(30):
        query = random.choice(399, size=25, replace=False).tolist()
        weights = random.uniform(0, 2, size=25).round(1).tolist()
        expected = np.sort(np.array(weights) @ index.contributions(query, everything))[::-1]
        _, scores = index.search(query, weights=weights, limit=30)
        np.testing.assert_allclose(scores, expected[:30], atol=1e-4)


@pytest.mark.parametrize("share", [0.01, 0.3, 0.9])
def test_only_allowed_documents_are_found_and_the_best_of_them(
    tmp_path: Path, share: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    prune_eagerly(monkeypatch)
    monkeypatch.setattr("retrieval.index.search._FEW_ALLOWED", 20)
    documents = news_like(1000, seed=7)
    index = Index.build(tmp_path, numbered(documents, first=3))
    random = np.random.default_rng(1)
    for _ in range(30):
        allowed = random.random(900) < share
        query = random.choice(documents[random.integers(len(documents))], size=5).tolist()
        numbers = np.flatnonzero(allowed[3:]) + 3
        scores_of = index.contributions(query, numbers).sum(axis=0)
        found, scores = index.search(query, limit=10, allowed=allowed)
        assert allowed[found].all()
        np.testing.assert_allclose(scores, np.sort(scores_of[scores_of > 0])[::-1][:10], atol=1e-4)


def test_a_term_given_twice_counts_twice(tmp_path: Path) -> None:
    documents = [[1, 2], [2, 3, 3], [4], [5], [6]]
    index = Index.build(tmp_path, numbered(documents))
    agrees_with_rank_bm25(index, dict(enumerate(documents)), [3, 3, 1])


def test_a_document_is_given_back_as_it_was_added(tmp_path: Path) -> None:
    index = Index.build(tmp_path, numbered([[3, 1, 3], [], [2]], first=7))
    assert index.size == 3
    assert index.document(7).tolist() == [3, 1, 3]
    assert index.document(8).tolist() == []
    with pytest.raises(KeyError, match="no document 10"):
        index.document(10)


def test_document_frequencies_and_idf_are_told(tmp_path: Path) -> None:
    documents = [[1, 1, 2], [2], [3], [4], [5]]
    index = Index.build(tmp_path, numbered(documents))
    assert index.document_frequency([1, 2, 9]).tolist() == [1, 2, 0]
    reference = BM25Okapi(documents).idf
    np.testing.assert_allclose(index.frequency_and_idf([1, 2, 9])[1], [reference[1], reference[2], 0], atol=1e-6)


def test_an_empty_index_finds_nothing(tmp_path: Path) -> None:
    index = Index.build(tmp_path, [])
    assert [part.tolist() for part in index.search([1, 2], limit=5)] == [[], []]
    assert worst_difference(index) == 0


def test_nothing_is_found_for_no_words_unknown_words_or_no_room(tmp_path: Path) -> None:
    index = Index.build(tmp_path, numbered([[1], [2]]))
    for terms, limit in (([], 5), ([99], 5), ([1], 0)):
        assert len(index.search(terms, limit=limit)[0]) == 0


def test_threads_search_one_index_at_once(tmp_path: Path) -> None:
    documents = news_like(500, seed=2)
    index = Index.build(tmp_path, numbered(documents))
    queries = [document[:6] for document in documents[:200]]
    alone = [index.search(query, limit=10)[0].tolist() for query in queries]
    with ThreadPoolExecutor(4) as pool:
        assert [found.tolist() for found, _ in pool.map(lambda query: index.search(query, limit=10), queries)] == alone


def test_an_index_verifies_itself_against_rank_bm25(tmp_path: Path) -> None:
    index = Index.build(tmp_path, numbered(news_like(600, seed=3)))
    assert worst_difference(index, 100) < 1e-4
