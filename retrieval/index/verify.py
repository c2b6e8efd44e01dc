"""The index held against rank-bm25's own scorer, for `govnews doctor` and for tests."""

from __future__ import annotations

import numpy as np
from rank_bm25 import BM25Okapi

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


def worst_difference(index: Index, sample: int = 500, *, seed: int = 0) -> float:
    """The largest difference between a score of the index and rank-bm25's, over random queries; below 1e-4 it is sound.

    Compared are all scores of ``sample`` random documents and those of the best ten that searches find; a document
    that a search should have found counts with what it scores above the last one found.
    """
    random = np.random.default_rng(seed)
    everything = index.numbers()
    sampled = random.choice(everything, size=min(sample, len(everything)), replace=False)
    texts = [text for number in sampled[:_QUERIES] if len(text := index.document(int(number)))]
    queries = [random.choice(text, size=_WORDS).tolist() for text in texts]
    if not queries:
        return 0.0
    answers = [index.search(query, limit=_LIMIT) for query in queries]
    numbers = np.unique(np.concatenate([sampled, *(found for found, _ in answers)]))
    documents = [index.document(int(number)).tolist() for number in numbers]
    reference = _SampleOfIndex(documents, index.state)
    worst = 0.0
    for query, (found, scores) in zip(queries, answers, strict=True):
        expected = reference.get_scores(query)
        shares = index.contributions(query, numbers).sum(axis=0)
        rows = np.searchsorted(numbers, found)
        holds = np.array([not set(query).isdisjoint(document) for document in documents])
        holds[rows] = False
        if holds.any():
            missed = expected[holds].max() - scores[-1] if len(found) == _LIMIT else np.inf
            worst = max(worst, missed)
        worst = max(worst, np.abs(shares - expected).max(), np.abs(scores - expected[rows]).max())
    return float(worst)
