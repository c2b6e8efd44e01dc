"""The numbers by which evidence is weighed: all in ``data/weights.json``, learned by ``benchmarks/learn.py``
and, for short answers, bettered by ``benchmarks/learn_answers.py``."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from retrieval.gazetteer.tables import data_file
from retrieval.model import Kind

FEATURES = (
    "passage", "headline", "together", "in_title", "in_text", "close", "days", "wrong_day", "agency", "names", "fact",
)  # fmt: skip
"""What an article is weighed by; see :mod:`retrieval.ranking.ranker` for what each measures."""
SURE = (*FEATURES, "said", "doubt", "untold", "near")
"""What the sureness of an answer is told from: the features of its article and what contradicts it."""


_LEARNED_ON = 460_000
"""Passages of the library that the weights were learned on."""
_SMALLER = 0.75
_IN_ENGLISH = 0.75


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the features, by group of kinds ("chair" and "other").

    ``rank`` orders articles; ``sure`` (with a ``bias``) gives the probability that the first article answers;
    where it is below ``enough`` nothing is answered.  ``extract`` weighs what may be the short answer.
    """

    rank: Mapping[str, Mapping[str, float]]
    sure: Mapping[str, Mapping[str, float]]
    enough: Mapping[str, float]
    extract: Mapping[str, float]

    def score(self, kind: Kind, features: Mapping[str, float]) -> float:
        """An article's score for a question of this kind; only comparable within one question."""
        weights = self.rank[group_of(kind)]
        return sum(weights[name] * value for name, value in features.items())

    def confidence(self, kind: Kind, features: Mapping[str, float]) -> float:
        """Probability, 0 to 1, that an article with these features answers."""
        weights = self.sure[group_of(kind)]
        value = weights["bias"] + sum(weights[name] * value for name, value in features.items())
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, value))))

    def answers(self, kind: Kind, confidence: float, passages: int, *, language: str = "th") -> bool:
        """Whether a confidence is enough to answer a question of this kind out of a library of so many passages.

        Words are rarer in a large library, and what is learned there asks too much of a small one.  Of a question in
        English Thai news holds only what the tables translate, so that less is enough.
        """
        scale = math.pow(min(1.0, math.log(passages + 2) / math.log(_LEARNED_ON)), _SMALLER)
        if language == "en":
            scale *= _IN_ENGLISH
        return confidence >= scale * self.enough[group_of(kind)]


def group_of(kind: Kind) -> str:
    """The group of kinds that shares weights."""
    return "chair" if kind in (Kind.CHAIR, Kind.EVENTS) else "other"


@cache
def weights() -> Weights:
    """The weights of ``data/weights.json``."""
    with data_file("weights.json").open(encoding="utf-8") as file:
        return Weights(**json.load(file))
