"""From a question to the articles that may answer it: the index proposes passages, by words and by words and days."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.candidates.candidate import Candidate
from retrieval.candidates.matching import OTHER_WORDING, PARTLY, Weighed
from retrieval.candidates.stretches import LONG, Reading
from retrieval.index import Index
from retrieval.index.catalogue import Catalogue
from retrieval.model import Kind
from retrieval.question.understanding import Question
from retrieval.store import Store
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import Mention, Precision

_LARGE = 50_000
_COMMON = (1.2, 2.5)
"""Idf below which words propose no passage of a library of so many: every fourth or so holds them (words beside the
matter: every twelfth).  They still count as evidence."""
_TELLING = 10
"""Words that propose passages, the ones that weigh most: few and rare, they take a third of the time of all."""
_PROPOSED, _BESIDE_DAYS = 200, 120
"""Passages that the index proposes by those words: of a period that the question names, or of all; and of all beside
those of a period;"""
_PASSAGES = 100
"""and how many of them are left, each time, once all words are counted."""
_ARTICLES = 40
"""Articles that are read and weighed."""
_HEADLINE, _TOGETHER = 0.6, 0.3
"""What a headline's score counts beside the best passage's, and what a passage counts that with its headline holds all
of the question, beside what its words weigh."""
_STRETCHES = 3
_FACTS = 8
"""Of a long article's facts, as many are read beside its promising stretches."""
_SATURATION = 2.2
"""k1 + 1 at k1 = 1.2: the most that a term can score of its idf, roughly."""


def propose(
    question: Question, store: Store, index: Index, catalogue: Catalogue
) -> tuple[tuple[Weighed, ...], list[Candidate]]:
    """The question's groups with their weights, and the articles that may answer, unordered.

    Of the features three are known yet: "passage" and "headline", BM25 of the best passage and of the title as shares
    of the most that the question's words could score, and "together", the share of the question that one passage and
    the headline hold.
    """
    words = _weigh(question, store, index)
    if not words.telling:
        return words.groups, []
    chosen = _articles(question, words, index, catalogue)
    stored = store.articles([item.article for item in chosen])
    facts = store.facts(stored)
    whole = _SATURATION * sum(g.weight for g in words.groups) or 1.0
    long = [n for item in chosen if _is_long(stored.get(item.article)) for n in item.passages]
    stretches = store.passages(long) if long else {}
    most = max((item.promise for item in chosen), default=0.0) or 1.0
    candidates = []
    for item in chosen:
        if item.article not in stored:
            continue
        article = stored[item.article]
        candidate = Candidate(article, [f.fact for f in facts.get(item.article, [])])
        spans = [(passage.start, passage.end) for n in item.passages if (passage := stretches.get(n))]
        if question.kind in (Kind.CHAIR, Kind.EVENTS, Kind.WHO):
            spans += [(fact.start, min(fact.end, fact.start + LONG)) for fact in candidate.facts[:_FACTS]]
        candidate.reading = Reading.of(article.article.body or article.article.title, spans)
        candidate.features["passage"] = min(1.0, item.best / whole)
        candidate.features["headline"] = min(1.0, item.headline / whole)
        candidate.features["together"] = item.together
        candidate.features["promise"] = item.promise / most
        candidates.append(candidate)
    return words.groups, candidates


@dataclass(frozen=True, slots=True)
class _Words:
    """A question's groups with their weights, and its words that the library holds: their ids, the row of each in
    arrays of shape (words, passages), what each counts in a passage's score, and the few that propose passages."""

    groups: tuple[Weighed, ...]
    ids: list[int]
    row_of: dict[str, int]
    boosts: NDArray[np.float32]
    telling: list[int]


@dataclass(frozen=True, slots=True)
class _Proposed:
    """An article with the scores of its best passage and headline, how much of the question one passage and the
    headline hold together, and its best passages, best first."""

    article: int
    best: float
    headline: float
    together: float
    promise: float
    passages: list[int]


def _weigh(question: Question, store: Store, index: Index) -> _Words:
    """Weigh a question's groups by rarity: each is as rare as the commonest of its wordings."""
    words = {term for group in question.groups for wording in group.alternatives for term in wording}
    ids = store.term_ids(words)
    # The store remembers words of articles that were replaced since.
    frequency, idf = index.frequency_and_idf(list(ids.values()))
    held = [
        (*item, rare) for item, rare, count in zip(ids.items(), idf.tolist(), frequency.tolist(), strict=True) if count
    ]
    ids = {word: number for word, number, _ in held}
    rarity = {word: rare for word, _, rare in held}
    unknown = math.log(index.size + 1.0)
    common, beside = _COMMON if index.size >= _LARGE else (-math.inf, -math.inf)
    row_of = {word: row for row, word in enumerate(ids)}
    boosts = np.zeros(len(ids), dtype=np.float32)
    groups: list[Weighed] = []
    for group in question.groups:
        first = group.alternatives[0]
        weighed = tuple((term, rarity.get(term, unknown)) for term in first)
        wordings = [[rarity[t] for t in w] for w in group.alternatives if all(t in rarity for t in w)]
        weight = min(map(_together, wordings)) if wordings else _together([w for _, w in weighed])
        if group.core:
            groups.append(Weighed(group, weight, weighed))
        for rank_, wording in enumerate(group.alternatives):
            trust = (1.0 if rank_ == 0 else 0.7) * (1.0 if group.core else 0.35)
            for term in wording:
                if term in ids and rarity[term] >= (common if group.core else beside):
                    boost = trust * min(1.0, weight / max(rarity[term], 1e-6))
                    boosts[row_of[term]] = max(boosts[row_of[term]], boost)
    by_weight = np.argsort(-boosts * np.fromiter(rarity.values(), dtype=np.float32, count=len(ids)), kind="stable")
    telling = [row for row in by_weight[:_TELLING].tolist() if boosts[row]]
    return _Words(tuple(groups), list(ids.values()), row_of, boosts, telling)


def _together(rarities: Sequence[float]) -> float:
    """Weight of several terms that are one thing: the rarest, and a quarter of the others."""
    if not rarities:
        return 0.0
    rarest = max(rarities)
    return rarest + 0.25 * (sum(rarities) - rarest)


def _passages(
    question: Question, words: _Words, index: Index, catalogue: Catalogue
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Numbers of the passages that may answer, each once, and each word's share in them, shape (words, passages)."""
    terms = [words.ids[row] for row in words.telling]
    boosts = words.boosts[words.telling].tolist()
    found: list[tuple[NDArray[np.int64], NDArray[np.float32]]] = []
    masks = _masks(question, catalogue)
    for mask in (None, *masks):
        limit = _BESIDE_DAYS if masks and mask is None else _PROPOSED
        numbers, _ = index.search(terms, limit=limit, weights=boosts, allowed=mask)
        shares = index.contributions(words.ids, numbers)
        best = np.argsort(-(words.boosts @ shares), kind="stable")[:_PASSAGES]
        found.append((numbers[best], shares[:, best]))
    numbers, places = np.unique(np.concatenate([numbers for numbers, _ in found]), return_index=True)
    return numbers, np.concatenate([shares for _, shares in found], axis=1)[:, places]


def _masks(question: Question, catalogue: Catalogue) -> list[NDArray[np.bool_]]:
    exact = [m for m in question.dates if m.year_known]
    return [
        catalogue.between(m.first.toordinal(), m.last.toordinal(), slack=_slack(m))
        for m in sorted(exact, key=lambda m: m.precision)[:2]
    ]


def _slack(mention: Mention) -> tuple[int, int]:
    return (3, 10) if mention.precision <= Precision.RANGE else (7, 20)


def _articles(question: Question, words: _Words, index: Index, catalogue: Catalogue) -> list[_Proposed]:
    """The most promising articles of the proposed passages: by BM25 and by what single passages hold."""
    numbers, shares = _passages(question, words, index, catalogue)
    # A catalogue that is newer than the index (a writer is at work, or was killed) knows no longer the passages of an
    # article that was replaced, and the index not yet the new ones.
    owners = catalogue.article_of[numbers]
    known = (owners > 0) & (catalogue.first_passage[owners] <= index.marker)
    numbers, shares = numbers[known], shares[:, known]
    articles, owner = np.unique(catalogue.article_of[numbers].astype(np.int64), return_inverse=True)
    headlines = index.contributions(words.ids, catalogue.first_passage[articles].astype(np.int64))
    scores, titles = words.boosts @ shares, words.boosts @ headlines
    best, together = np.zeros((2, len(articles)), dtype=np.float32)
    np.maximum.at(best, owner, scores)
    weights = np.array([g.weight for g in words.groups], dtype=np.float32)
    held = _held(words, np.hstack((shares, headlines)) != 0)
    both = np.maximum(held[:, : len(numbers)], held[:, len(numbers) :][:, owner])
    np.maximum.at(together, owner, weights @ both / max(float(weights.sum()), 1e-6))
    promise = best + _HEADLINE * titles + _TOGETHER * weights.sum() * together
    promise *= _of_days(question, catalogue, articles)
    top = np.argsort(-promise, kind="stable")[:_ARTICLES]
    passages: dict[int, list[int]] = {place: [] for place in top.tolist()}
    by_score = np.argsort(-scores, kind="stable")
    for at, number in zip(owner[by_score].tolist(), numbers[by_score].tolist(), strict=True):
        if at in passages and len(passages[at]) < _STRETCHES:
            passages[at].append(number)
    return [
        _Proposed(int(articles[at]), float(best[at]), float(titles[at]), float(together[at]), float(promise[at]), found)
        for at, found in passages.items()
    ]


def _held(words: _Words, holds: NDArray[np.bool_]) -> NDArray[np.float32]:
    """How far passages hold each group by its words, 0 to 1, shape (groups, passages), given which words they hold,
    shape (words, passages); see :func:`presence`."""
    held = np.zeros((len(words.groups), holds.shape[1]), dtype=np.float32)
    for line, weighed in zip(held, words.groups, strict=True):
        for place, wording in enumerate(weighed.group.alternatives):
            rows = [words.row_of[term] for term in wording if term in words.row_of]
            if len(rows) == len(wording):
                together = holds[rows[0]] if len(rows) == 1 else holds[rows].all(axis=0)
                np.maximum(line, together * np.float32(OTHER_WORDING if place else 1.0), out=line)
        whole = sum([weight for _, weight in weighed.terms])
        if len(weighed.terms) > 1 and whole > 0:
            parts = [(words.row_of[term], weight) for term, weight in weighed.terms if term in words.row_of]
            part_weights = np.array([weight for _, weight in parts], dtype=np.float32) / whole
            np.maximum(line, PARTLY * (part_weights @ holds[[row for row, _ in parts]]), out=line)
    return held


def _of_days(question: Question, catalogue: Catalogue, articles: NDArray[np.int64]) -> NDArray[np.float32]:
    """1 for each article, and half as much again for each of the question's periods that it is of."""
    value = np.ones(len(articles), dtype=np.float32)
    for mention in question.dates:
        if mention.year_known:
            value *= 1.0 + 0.5 * _inside(catalogue, articles, mention)
    return value


def _is_long(stored: StoredArticle | None) -> bool:
    return stored is not None and len(stored.article.body) > LONG


def _inside(catalogue: Catalogue, articles: NDArray[np.int64], mention: Mention) -> NDArray[np.float32]:
    before, after = _slack(mention)
    low, high = mention.first.toordinal() - before, mention.last.toordinal() + after
    event, published = catalogue.event[articles], catalogue.published[articles]
    return (((event >= low) & (event <= high)) | ((published >= low) & (published <= high))).astype(np.float32)
