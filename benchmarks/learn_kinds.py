"""Learns what kind of answer a question wants: logistic regression over pieces of words and the rules' verdict."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from benchmarks.gather import FOLDS, fold_of
from retrieval.question.classifier import BY_RULES, KINDS, pieces
from retrieval.question.kinds import as_written
from retrieval.question.understanding import LONGEST
from retrieval.thai.text import clean, fold

_PIECE, _RULE = 0.3, 1.5
"""What a piece and the rules' verdict count as features: the verdict is regularised less."""
_RAREST = 4
_KEPT = 1000
"""Pieces that are kept: more tell nothing more (measured by cross-validation)."""
_NAMES = [kind.value for kind in KINDS]


class _Model:
    def __init__(self, features: Sequence[dict[str, float]], kinds: Sequence[str]):
        counts: dict[str, int] = {}
        for each in features:
            for name in each:
                counts[name] = counts.get(name, 0) + 1
        common = {name for name, count in counts.items() if count >= _RAREST or name.startswith(BY_RULES)}
        self._fit(features, kinds, common)
        weights = np.abs(self.regression.coef_).max(axis=0)
        names = self.vectorizer.get_feature_names_out()
        order = [str(names[place]) for place in np.argsort(-weights, kind="stable")]
        rules = {name for name in names if name.startswith(BY_RULES)}
        self._fit(features, kinds, rules | set([name for name in order if name not in rules][:_KEPT]))

    def _fit(self, features: Sequence[dict[str, float]], kinds: Sequence[str], names: set[str]) -> None:
        self.vectorizer = DictVectorizer()
        kept = [{name: value for name, value in each.items() if name in names} for each in features]
        self.regression = LogisticRegression(max_iter=400).fit(self.vectorizer.fit_transform(kept), list(kinds))

    def shares(self, features: Sequence[dict[str, float]]) -> NDArray[np.float64]:
        """Probabilities, shape (questions, len(KINDS))."""
        found: csr_matrix = self.vectorizer.transform(features)
        told = self.regression.predict_proba(found)
        order = [list(self.regression.classes_).index(name) for name in _NAMES]
        shares: NDArray[np.float64] = told[:, order]
        return shares


def _features(question: dict[str, Any]) -> dict[str, float]:
    folded = as_written(fold(clean(question["question"])[:LONGEST]))
    return {name: _RULE if name.startswith(BY_RULES) else _PIECE for name in pieces(folded)}


def _taught(questions: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [question for question in questions if question["type"] in _NAMES]


def unseen_kinds(questions: Sequence[dict[str, Any]]) -> dict[str, list[tuple[str, float]]]:
    """For each question its kinds, likeliest first, by a model that saw no question on its article."""
    taught = _taught(questions)
    features = {id(q): _features(q) for q in questions}
    told = {}
    right = 0
    for part in range(FOLDS):
        others = [q for q in taught if fold_of(q) != part]
        mine = [q for q in questions if fold_of(q) == part]
        model = _Model([features[id(q)] for q in others], [q["type"] for q in others])
        for question, shares in zip(mine, model.shares([features[id(q)] for q in mine]), strict=True):
            told[question["question"]] = [(_NAMES[at], float(shares[at])) for at in np.argsort(-shares).tolist()]
            right += told[question["question"]][0][0] == question["type"]
    print(f"the kind is told right for {right / len(taught):.3f} of {len(taught)} questions", flush=True)
    return told


def learn_kinds(questions: Sequence[dict[str, Any]], path: Path) -> None:
    """Write the model that all questions teach."""
    taught = _taught(questions)
    model = _Model([_features(q) for q in taught], [q["type"] for q in taught])
    order = [list(model.regression.classes_).index(name) for name in _NAMES]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("# What pieces of a question tell of the kind of answer it wants; written by benchmarks/learn.py.\n")
        file.write("# Read by retrieval/question/classifier.py.\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["piece", *_NAMES])
        rows.writerow(["bias", *(f"{value:.3f}" for value in model.regression.intercept_[order])])
        for place, name in enumerate(model.vectorizer.get_feature_names_out()):
            counts = _RULE if name.startswith(BY_RULES) else _PIECE
            rows.writerow([name, *(f"{value * counts:.3f}" for value in model.regression.coef_[order, place])])
