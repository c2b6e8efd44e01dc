"""The numbers by which evidence is weighed, all in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from retrieval.model import Kind


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of a candidate's features, and the threshold of confidence below which nothing is answered."""

    features: Mapping[str, float]
    enough: float

    def score(self, kind: Kind, features: Mapping[str, float]) -> float:
        """A candidate's score: the weighted sum of its features."""
        return sum(self.features[name] * value for name, value in features.items())

    def confidence(self, kind: Kind, features: Mapping[str, float]) -> float:
        """How sure it is that the first candidate answers, 0 to 1: what it holds of the question, days counting against."""
        days = features.get("days", 0.0)
        value = features["in_text"] + 0.15 * features["close"]
        if days < 0:
            value += 0.5 * days
        return max(0.0, min(1.0, value))


WEIGHTS = Weights(
    features={
        "passage": 2.0,
        "headline": 1.0,
        "in_title": 0.8,
        "in_text": 2.0,
        "close": 0.8,
        "days": 0.8,
        "agency": 0.25,
        "fact": 1.0,
    },
    enough=0.5,
)
