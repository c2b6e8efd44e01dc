"""The index held against rank-bm25's own scorer, for `govnews doctor` and for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rank_bm25 import BM25Okapi

if TYPE_CHECKING:
    from retrieval.index.index import Index
    from retrieval.index.state import State

_QUERIES = 30
_WORDS = 8
_LIMIT = 10


class _SampleOfIndex(BM25Okapi):  # type: ignore[misc]
    """rank-bm25's BM25Okapi scoring a few documents, with the corpus size, lengths and idf of the whole index."""

    def __init__(self, documents: list[list[int]], state: State):
        self._statistics = state.statistics
        super().__init__(documents, k1=state.manifest.k1, b=state.manifest.b, epsilon=state.manifest.epsilon)
        self.avgdl = state.statistics.average_length

    def _calc_idf(self, nd: dict[int, int]) -> None:
        terms = np.unique(np.concatenate([segment.terms for segment in self._statistics.segments]))
        frequency = self._statistics.document_frequency(terms)
        live = frequency > 0
        in_sample = len(self.doc_freqs)
        self.corpus_size = self._statistics.documents
        super()._calc_idf(dict(zip(terms[live].tolist(), frequency[live].tolist(), strict=True)))
        self.corpus_size = in_sample


def worst_difference(index: Index, state: State, sample: int, seed: int) -> float:
    """The largest difference between a score of the index and rank-bm25's, over random documents and queries.

    Compared are the scores of all sampled documents and those of the best ten that a search among them finds.
    """
    random = np.random.default_rng(seed)
    everything = index.numbers()
    if not len(everything):
        return 0.0
    numbers = np.sort(random.choice(everything, size=min(sample, len(everything)), replace=False))
    documents = [index.document(int(number)).tolist() for number in numbers]
    words = np.unique(np.concatenate([np.array(document, dtype=np.int64) for document in documents]))
    if not len(words):
        return 0.0
    reference = _SampleOfIndex(documents, state)
    allowed = np.zeros(int(numbers[-1]) + 1, dtype=bool)
    allowed[numbers] = True
    worst = 0.0
    for _ in range(_QUERIES):
        query = random.choice(words, size=_WORDS).tolist()
        expected = reference.get_scores(query)
        shares = index.contributions(query, numbers).sum(axis=0)
        found, scores = index.search(query, limit=_LIMIT, allowed=allowed)
        holds = np.array([not set(query).isdisjoint(document) for document in documents])
        best = np.sort(expected[holds])[::-1][:_LIMIT]
        if len(best) != len(scores):
            return float("inf")
        at_found = expected[np.searchsorted(numbers, found)]
        worst = max(
            worst,
            *(
                float(np.abs(a - b).max(initial=0.0))
                for a, b in ((shares, expected), (scores, at_found), (scores, best))
            ),
        )
    return worst
