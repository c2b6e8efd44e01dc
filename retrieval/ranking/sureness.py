"""How sure the best span is: whether the library tells of this at all, and whether this is what it tells.

Two logistic regressions look at the best span, at what lies behind it, and at what contradicts it.  They are learned by
``benchmarks/learn.py`` from what the rankers say of questions that they had not seen; ``docs/quality.md`` shows how
well their probabilities hold.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.gazetteer.tables import rows
from retrieval.ranking.competition import CONTENDER

_OF_BEST = (
    "is_chair", "is_who", "is_when", "is_where", "is_agency", "is_number", "is_what", "groups", "weight", "day_asked",
    "month_asked", "year_asked", "english", "passage", "headline", "together", "in_title", "in_text", "close", "days",
    "wrong_day", "agency", "names", "fact", "title_grams", "lead_grams", "rarest_missing", "figures", "event_apart",
    "published_apart", "held_province", "held_person", "held_numbered", "held_country", "held_place", "within_60",
    "within_120", "within_250", "in_sentence", "line", "agreeing", "kind_share", "is_fact", "fact_score",
    "fact_planned", "focus_120", "focus_sentence", "article_score", "article_gap", "article_rank", "repeated",
    "offered", "letters", "bearing", "noun", "cue_after", "cue_before",
)  # fmt: skip
SURE = (*_OF_BEST, "score", "lead_of_answer", "lead_of_article", "second_article", "spread")
"""Features of sureness: those of the best span, its score, and how far it leads another answer and another article."""
_PLACES = [CONTENDER.index(name) for name in _OF_BEST]


def sure_features(
    table: NDArray[np.floating], scores: NDArray[np.float64], answers: Sequence[str], owners: NDArray[np.integer]
) -> NDArray[np.float64]:
    """What sureness is told from, shape (len(SURE),), of contenders with their features, scores, answers and owners."""
    best = int(np.argmax(scores))
    other = np.array([answer != answers[best] for answer in answers])
    elsewhere = owners != owners[best]
    by_owner = np.sort(np.unique(table[:, CONTENDER.index("article_score")]))[::-1]
    return np.array([
        *table[best, _PLACES],
        scores[best],
        scores[best] - scores[other].max() if other.any() else math.nan,
        scores[best] - scores[elsewhere].max() if elsewhere.any() else math.nan,
        by_owner[0] - by_owner[1] if len(by_owner) > 1 else math.nan,
        scores.std(),
    ])  # fmt: skip


@cache
def _weights() -> tuple[NDArray[np.float64], ...]:
    """By feature, shape (len(SURE),): its usual value; and by both questions, shape (2, len(SURE) + 1), the bias last,
    the weight of its distance from that value, and what it adds where it is unknown."""
    found = {row["feature"]: row for row in rows("models/sureness.csv")}
    usual = np.array([float(found[name]["usual"]) for name in SURE])
    weights, unknown = (
        np.array([[float(found[name][f"{which}{end}"]) for name in (*SURE, BIAS)] for which in QUESTIONS])
        for end in ("", "_unknown")
    )
    return usual, weights, unknown


BIAS = "bias"
QUESTIONS = ("answerable", "right")
"""What the columns of ``data/models/sureness.csv`` weigh for: that the library tells what is asked, and that the best
span is the answer."""


def sureness(features: NDArray[np.float64]) -> tuple[float, float]:
    """The probabilities, 0 to 1, of both :data:`QUESTIONS`, from features of shape (len(SURE),)."""
    usual, weights, unknown = _weights()
    missing = np.isnan(features)
    away = np.append(np.where(missing, 0.0, features - usual), 1.0)
    margins = weights @ away + unknown[:, :-1] @ missing
    answerable, right = 1.0 / (1.0 + np.exp(-np.clip(margins, -30.0, 30.0)))
    return float(answerable), float(right)
