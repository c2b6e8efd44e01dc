"""The spans of all articles compete: what each of the best articles offers, in one table of features.

A span that tells exactly what is asked can win against an article that only looks better as a whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.candidates.candidate import Candidate, Option
from retrieval.candidates.matching import Weighed
from retrieval.candidates.occurrences import Found, locate
from retrieval.candidates.spans import offers
from retrieval.model import Kind
from retrieval.question.understanding import Question
from retrieval.ranking.evidence import ARTICLE
from retrieval.ranking.span_features import SPAN, describe
from retrieval.thai.squeeze import squeeze_all

POSSIBLE = 0.12
"""Probability from which on a question is also read as of its second likeliest kind."""
_COMPARED = (
    "within_60", "within_120", "within_250", "in_sentence", "line", "post", "fact_score", "cue_after", "cue_before",
    "before", "after", "letters_before_60", "letters_after_60", "letters_before_20", "letters_after_20",
    "letters_after_150", "nearest", "focus_60", "focus_120", "focus_sentence", "focus_post", "focus_lead", "post_asked",
    "object_post", "side_post",
)  # fmt: skip
"""Features of which it counts how far a span lies behind the best of its article, and of all."""
_OF_ARTICLE = ("article_score", "article_gap", "article_rank", "article_first", "told_elsewhere")
CONTENDER = (
    *ARTICLE, *SPAN, *(f"{name}_here" for name in _COMPARED), *(f"{name}_all" for name in _COMPARED), *_OF_ARTICLE,
)  # fmt: skip
"""What a span is weighed by: its article's features, its own, how it compares with others, and its article's place."""
_PLACES = [SPAN.index(name) for name in _COMPARED]
_AGREEING = SPAN.index("agreeing")


@dataclass(frozen=True, slots=True)
class Contender:
    """A span of one of the candidates (``candidate`` is its place among them), offered for a question of this kind."""

    candidate: int
    option: Option
    kind: Kind


@dataclass(frozen=True, slots=True)
class Field:
    """Contenders as arrays: the place of each one's candidate, shape (contenders,), their own features, shape
    (contenders, len(SPAN)), and the letters of their answers."""

    owners: NDArray[np.intp]
    features: NDArray[np.float64]
    answers: list[str]


def contend(
    question: Question, candidates: Sequence[Candidate], chosen: Sequence[int], groups: Sequence[Weighed]
) -> tuple[list[Contender], Field]:
    """What the chosen candidates (by their places) offer, by the kinds that the question may be of, in both forms."""
    readings = [question.as_kind(kind) for kind, share in question.kinds[:2] if share >= POSSIBLE] or [question]
    contenders: list[Contender] = []
    tables: list[NDArray[np.float64]] = []
    for place in chosen:
        candidate = candidates[place]
        found: list[Found] = locate(candidate.squeezed, groups)
        candidate.found = found
        for asked in readings:
            offered = offers(asked, candidate, found, groups)
            tables.append(describe(asked, candidate, offered, found, groups))
            contenders += [Contender(place, option, asked.kind) for option in offered]
    answers = squeeze_all([c.option.answer for c in contenders])
    owners = np.array([c.candidate for c in contenders], dtype=np.intp)
    return contenders, Field(owners, np.concatenate(tables), answers)


def compare(field: Field, articles: NDArray[np.float64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """The whole features of contenders, shape (contenders, len(CONTENDER)).

    ``articles`` are the features of all candidates, shape (candidates, len(ARTICLE)), and ``scores`` what they make.
    """
    owners, own = field.owners, field.features.copy()
    tellers: dict[str, set[int]] = {}
    best: dict[str, float] = {}
    for answer, owner in zip(field.answers, owners.tolist(), strict=True):
        if answer:
            tellers.setdefault(answer, set()).add(owner)
            best[answer] = max(best.get(answer, -np.inf), float(scores[owner]))
    own[:, _AGREEING] = [np.log(len(tellers[a])) if a else np.nan for a in field.answers]
    compared = own[:, _PLACES]
    here = compared.copy()
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    most = np.maximum.reduceat(compared, firsts, axis=0)
    here -= np.repeat(most, np.diff(np.append(firsts, len(owners))), axis=0)
    rank = np.empty(len(scores))
    rank[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    elsewhere = [best[a] - scores[owner] if a else np.nan for a, owner in zip(field.answers, owners, strict=True)]
    return np.column_stack((
        articles[owners], own, here, compared - compared.max(axis=0),
        scores[owners], scores.max() - scores[owners], rank[owners], rank[owners] == 0, elsewhere,
    ))  # fmt: skip
