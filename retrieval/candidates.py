"""From a question to the articles that may answer it: the index proposes passages, by words and by words and days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retrieval.catalogue import Catalogue
from retrieval.evidence import Weighed
from retrieval.index import Index
from retrieval.model import Fact
from retrieval.question import Question
from retrieval.store import Store
from retrieval.store.rows import StoredArticle, StoredPassage
from retrieval.thai.dates import Mention, Precision

_LARGE = 50_000
_COMMON = (1.2, 2.5)
"""Idf below which words propose no passage of a library of so many: every fourth or so holds them (words beside the
matter: every twelfth).  They still count as evidence."""
_PASSAGES = 300
"""Passages that the index proposes by words, and again by words and days."""
_ARTICLES = 48
"""Articles that are read and weighed."""
_LONG = 6000
"""Characters of a body beyond which only its best stretches are weighed."""
_STRETCHES = 3
_LEAD = 500
_SATURATION = 2.2
"""k1 + 1 at k1 = 1.2: the most that a term can score of its idf, roughly."""


@dataclass(slots=True)
class Candidate:
    """An article with what speaks for it; every feature is about 0 to 1, agreement of days -1 to 1."""

    article: StoredArticle
    facts: list[Fact]
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    fact: Fact | None = None
    text: str = ""
    """What of the body is weighed: all of it, or its most promising stretches where it is long."""


def propose(
    question: Question, store: Store, index: Index, catalogue: Catalogue
) -> tuple[tuple[Weighed, ...], list[Candidate]]:
    """The question's groups with their weights, and the articles that may answer, unordered.

    Of the features only "passage" and "headline" are known yet: BM25 of the best passage and of the title, as shares of
    the most that the question's words could score.
    """
    groups, terms, boosts = _weigh(question, store, index)
    if not terms:
        return tuple(groups), []
    numbers, scores = _proposed(question, index, catalogue, terms, boosts)
    if not len(numbers):
        return tuple(groups), []
    chosen = _articles(numbers, scores, index, catalogue, terms, boosts, question)
    stored = store.articles([number for number, *_ in chosen])
    facts = store.facts(stored)
    whole = _SATURATION * sum(g.weight for g in groups) or 1.0
    long = [n for number, _, _, passages in chosen if _is_long(stored.get(number)) for n in passages]
    stretches = store.passages(long) if long else {}
    candidates = []
    for number, best, title, passages in chosen:
        if number not in stored:
            continue
        candidate = Candidate(stored[number], [f.fact for f in facts.get(number, [])])
        candidate.text = _evidence_text(stored[number], [stretches[n] for n in passages if n in stretches])
        candidate.features["passage"] = min(1.0, best / whole)
        candidate.features["headline"] = min(1.0, title / whole)
        candidates.append(candidate)
    return tuple(groups), candidates


def _weigh(question: Question, store: Store, index: Index) -> tuple[list[Weighed], list[int], list[float]]:
    """Weights of the question's groups by rarity, and its terms with boosts for the index."""
    words = {term for group in question.groups for wording in group.alternatives for term in wording}
    ids = store.term_ids(words)
    known = sorted(ids)
    rarity = dict(zip(known, index.idf([ids[w] for w in known]).tolist(), strict=True)) if known else {}
    unknown = math.log(index.size + 1.0)
    common, beside = _COMMON if index.size >= _LARGE else (-math.inf, -math.inf)
    boosts: dict[int, float] = {}
    groups: list[Weighed] = []
    for group in question.groups:
        first = group.alternatives[0]
        weighed = tuple((term, rarity.get(term, unknown)) for term in first)
        foreign = question.language == "en" and first[0].isascii()
        if len(group.alternatives) > 1 and (foreign or any(term not in rarity for term in first)):
            # The question's own wording is not the library's: another wording tells how rare the thing is.
            others = [[rarity[t] for t in w] for w in group.alternatives[1:] if all(t in rarity for t in w)]
            weight = _together(min(others, key=sum)) if others else _together([w for _, w in weighed])
        else:
            weight = _together([w for _, w in weighed])
        if group.core:
            groups.append(Weighed(group, weight, weighed))
        for rank_, wording in enumerate(group.alternatives):
            trust = (1.0 if rank_ == 0 else 0.7) * (1.0 if group.core else 0.35)
            for term in wording:
                if term in ids and rarity[term] >= (common if group.core else beside):
                    boosts[ids[term]] = max(boosts.get(ids[term], 0.0), trust)
    return groups, list(boosts), list(boosts.values())


def _together(rarities: Sequence[float]) -> float:
    """Weight of several terms that are one thing: the rarest, and a quarter of the others."""
    if not rarities:
        return 0.0
    rarest = max(rarities)
    return rarest + 0.25 * (sum(rarities) - rarest)


def _proposed(
    question: Question, index: Index, catalogue: Catalogue, terms: list[int], boosts: list[float]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Numbers of the passages that may answer, each once, and their scores."""
    found = [index.search(terms, limit=_PASSAGES, weights=boosts)]
    for mask in _masks(question, catalogue):
        found.append(index.search(terms, limit=_PASSAGES, weights=boosts, allowed=mask))
    numbers, places = np.unique(np.concatenate([numbers for numbers, _ in found]), return_index=True)
    return numbers, np.concatenate([scores for _, scores in found])[places]


def _masks(question: Question, catalogue: Catalogue) -> list[NDArray[np.bool_]]:
    exact = [m for m in question.dates if m.year_known]
    return [
        catalogue.between(m.first.toordinal(), m.last.toordinal(), slack=_slack(m))
        for m in sorted(exact, key=lambda m: m.precision)[:2]
    ]


def _slack(mention: Mention) -> tuple[int, int]:
    return (3, 10) if mention.precision <= Precision.RANGE else (7, 20)


def _articles(
    numbers: NDArray[np.int64],
    scores: NDArray[np.float32],
    index: Index,
    catalogue: Catalogue,
    terms: list[int],
    boosts: list[float],
    question: Question,
) -> list[tuple[int, float, float, list[int]]]:
    """The most promising articles of the proposed passages: number, best passage's score, headline's score, and its
    best passages."""
    owners = catalogue.article_of[numbers].astype(np.int64)
    articles, where = np.unique(owners, return_inverse=True)
    best = np.zeros(len(articles), dtype=np.float32)
    np.maximum.at(best, where, scores)
    headlines = catalogue.first_passage[articles].astype(np.int64)
    titles = np.asarray(boosts, dtype=np.float32) @ index.contributions(terms, headlines)
    promise = best + 0.6 * titles
    for mention in question.dates:
        if mention.year_known:
            promise *= 1.0 + 0.5 * _inside(catalogue, articles, mention)
    top = np.argsort(-promise, kind="stable")[:_ARTICLES].tolist()
    chosen = articles[top].tolist()
    passages: dict[int, list[int]] = {article: [] for article in chosen}
    by_score = np.argsort(-scores, kind="stable")
    for owner, number in zip(owners[by_score].tolist(), numbers[by_score].tolist(), strict=True):
        if owner in passages and len(passages[owner]) < _STRETCHES:
            passages[owner].append(number)
    return list(zip(chosen, best[top].tolist(), titles[top].tolist(), passages.values(), strict=True))


def _is_long(stored: StoredArticle | None) -> bool:
    return stored is not None and len(stored.article.body) > _LONG


def _evidence_text(stored: StoredArticle, passages: Sequence[StoredPassage]) -> str:
    """A long article (the minutes of a cabinet meeting hold nearly every word) is weighed by its best stretches."""
    body = stored.article.body
    if len(body) <= _LONG or not passages:
        return body[:_LONG]
    spans = sorted((max(0, p.start - 150), p.end + 150) for p in passages)
    return "\n".join([body[:_LEAD], *(body[start:end] for start, end in spans)])


def _inside(catalogue: Catalogue, articles: NDArray[np.int64], mention: Mention) -> NDArray[np.float32]:
    before, after = _slack(mention)
    low, high = mention.first.toordinal() - before, mention.last.toordinal() + after
    event, published = catalogue.event[articles], catalogue.published[articles]
    return (((event >= low) & (event <= high)) | ((published >= low) & (published <= high))).astype(np.float32)
