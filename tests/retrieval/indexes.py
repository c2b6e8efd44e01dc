"""What the tests of the index share: corpora and the comparison with rank-bm25."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import strategies as st
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from retrieval.index import Index, bounds, pruning

Documents = list[list[int]]

TERMS = st.integers(0, 15)
CORPORA = st.lists(st.lists(TERMS, max_size=12), min_size=1, max_size=30).filter(any)
QUERIES = st.lists(st.integers(0, 17), min_size=1, max_size=8)


def numbered(documents: Documents, first: int = 0) -> list[tuple[int, NDArray[np.uint32]]]:
    return [(first + place, np.array(terms, dtype=np.uint32)) for place, terms in enumerate(documents)]


def news_like(documents: int, seed: int) -> Documents:
    """Random documents whose words are as unevenly common as those of a language, in runs on one subject."""
    random = np.random.default_rng(seed)
    words = 1 / np.arange(1, 400) ** 0.9
    subject = random.integers(0, 399, size=(documents // 5 + 1, 12))
    return [
        np.concatenate(
            (random.choice(399, size=length, p=words / words.sum()), subject[place // 5][: length // 3])
        ).tolist()
        for place, length in enumerate(random.integers(2, 40, size=documents))
    ]


def agrees_with_rank_bm25(index: Index, documents: dict[int, list[int]], query: Sequence[int], limit: int = 10) -> None:
    """The found documents have rank-bm25's scores, and none that it scores higher is missing."""
    numbers, reference = list(documents), BM25Okapi(list(documents.values())).get_scores(query)
    holding = (number for number in numbers if not set(query).isdisjoint(documents[number]))
    score_of = dict(zip(numbers, reference, strict=True))
    expected = sorted((score_of[number] for number in holding), reverse=True)
    found, scores = index.search(query, limit=limit)
    assert len(set(found.tolist())) == len(found) == min(limit, len(expected))
    np.testing.assert_allclose(scores, [score_of[number] for number in found.tolist()], atol=1e-4)
    np.testing.assert_allclose(scores, expected[:limit], atol=1e-4)
    shares = index.contributions(query, np.array(numbers, dtype=np.int64))
    np.testing.assert_allclose(shares.sum(axis=0), reference, atol=1e-4)


def prune_eagerly(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every way of pruning is taken, although the corpora are small."""
    for name, value in {
        "_FIRST": 60,
        "_FIRST_PER_HIT": 2,
        "_ROUND": 0,
        "_FEW": 20,
        "_PIECE": 50,
        "_PROBES": 12,
        "_MANY": 5,
        "_CHECK": 2,
        "_LOOKUP": 1,
    }.items():
        monkeypatch.setattr(pruning, name, value)
    monkeypatch.setattr(bounds, "LEAST_COMMON", 10)
