"""Candidates to an order of articles and, of each, the span that answers best.

Articles are ordered by a learned ranker over their evidence; then the spans of the best of them compete in a second
one; then two logistic regressions tell how sure the winner is.  All stand in ``data/models``, learned by
``benchmarks/learn.py``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from retrieval.candidates.candidate import Candidate
from retrieval.candidates.matching import Weighed
from retrieval.candidates.proposal import propose
from retrieval.index import Index
from retrieval.index.catalogue import Catalogue
from retrieval.question.understanding import Question
from retrieval.ranking.competition import compare, contend
from retrieval.ranking.evidence import measure
from retrieval.ranking.period import out_of_time
from retrieval.ranking.sureness import sure_features, sureness
from retrieval.ranking.trees import trees
from retrieval.store import Store

READ = 12
"""Articles whose spans compete: of a hundred right ones that are proposed, ninety-nine are among them."""

_SOFT = 4.0
"""What the spans' scores are divided by before they are shown between 0 and 1."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles best first, each with its best span; the question's weighed groups; and how sure the first one is.

    ``answerable`` is the probability that the library tells what is asked, ``sure`` that the first span is the answer,
    both 0 to 1; both are 0 where the library does not reach to the days that are asked for.
    """

    candidates: list[Candidate]
    groups: tuple[Weighed, ...]
    answerable: float = 0.0
    sure: float = 0.0


def rank(question: Question, store: Store, index: Index, catalogue: Catalogue) -> Ranked:
    """The articles that answer a question, best first."""
    groups, candidates = propose(question, store, index, catalogue)
    if not candidates:
        return Ranked([], groups)
    articles = measure(candidates, question, groups, passages=index.size)
    scores = trees("articles")(articles)
    order = np.argsort(-scores, kind="stable")
    chosen = order[:READ].tolist()
    contenders, field = contend(question, candidates, chosen, groups)
    table = compare(field, articles, scores)
    spans = trees("spans")(table)
    best = _best_of_each(field.owners.tolist(), spans.tolist())
    for place, contender in best.items():
        candidates[place].option = contenders[contender].option
        candidates[place].offered_as = contenders[contender].kind
        candidates[place].score = math.exp((spans[contender] - spans.max()) / _SOFT)
    ranked = [candidates[place] for place in sorted(best, key=lambda place: -spans[best[place]])]
    ranked += [candidates[place] for place in order[READ:].tolist()]
    if out_of_time(question.dates, catalogue):
        return Ranked(ranked, groups)
    answerable, right = sureness(sure_features(table, spans, field.answers, field.owners))
    return Ranked(ranked, groups, answerable, right)


def _best_of_each(owners: Sequence[int], scores: Sequence[float]) -> dict[int, int]:
    """The place of each article's best span."""
    best: dict[int, int] = {}
    for place, (owner, score) in enumerate(zip(owners, scores, strict=True)):
        if owner not in best or score > scores[best[owner]]:
            best[owner] = place
    return best
