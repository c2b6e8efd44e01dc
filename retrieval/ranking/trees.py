"""Gradient-boosted trees that were learned elsewhere, run by numpy: a text file of small trees, all rows at once.

A tree's inner nodes ask "is this feature at most this number?"; an unknown one (NaN) goes where the node says.
The file is JSON, one tree a line, so that a change of the model can be read as a difference of lines.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from retrieval.gazetteer.tables import data_file


@dataclass(frozen=True, slots=True)
class Trees:
    """A sum of trees over named features.

    ``feature``, ``threshold``, ``left``, ``right`` and ``unknown_left`` are by node, shape (nodes,); of a leaf left and
    right are itself and ``value`` is what it adds.  ``roots`` are the first nodes, shape (trees,); ``depth`` is the
    most questions that a tree asks.
    """

    names: tuple[str, ...]
    feature: NDArray[np.intp]
    threshold: NDArray[np.float64]
    left: NDArray[np.intp]
    right: NDArray[np.intp]
    unknown_left: NDArray[np.bool_]
    value: NDArray[np.float64]
    roots: NDArray[np.intp]
    depth: int

    def __call__(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        """The sum of all trees for each row of a table, shape (rows, len(names)); returns shape (rows,)."""
        rows = np.arange(len(table))[:, np.newaxis]
        at = np.broadcast_to(self.roots, (len(table), len(self.roots)))
        for _ in range(self.depth):
            held = table[rows, self.feature[at]]
            smaller = np.where(np.isnan(held), self.unknown_left[at], held <= self.threshold[at])
            at = np.where(smaller, self.left[at], self.right[at])
        total: NDArray[np.float64] = self.value[at].sum(axis=1)
        return total


@cache
def trees(name: str) -> Trees:
    """The model ``data/models/{name}.json``."""
    return read_trees(data_file(f"models/{name}.json"))


def read_trees(path: Path) -> Trees:
    """A model from its file; ValueError where the file is none."""
    with path.open(encoding="utf-8") as file:
        written = json.load(file)
    return of_nested(tuple(written["features"]), written["trees"])


def of_nested(names: Sequence[str], nested: Sequence[Any]) -> Trees:
    """Trees from nested lists: a number is a leaf, else [feature, threshold, unknown goes left, smaller, larger]."""
    places = {name: place for place, name in enumerate(names)}
    feature: list[int] = []
    threshold: list[float] = []
    left: list[int] = []
    right: list[int] = []
    unknown: list[bool] = []
    value: list[float] = []

    def add(node: Any) -> tuple[int, int]:
        at = len(feature)
        feature.append(0)
        threshold.append(0.0)
        left.append(at)
        right.append(at)
        unknown.append(True)
        value.append(0.0)
        if not isinstance(node, list):
            value[at] = float(node)
            return at, 0
        name, threshold[at], goes_left, smaller, larger = node
        feature[at], unknown[at] = places[name], bool(goes_left)
        left[at], deep = add(smaller)
        right[at], deeper = add(larger)
        return at, 1 + max(deep, deeper)

    begun = [add(tree) for tree in nested]
    return Trees(
        tuple(names),
        np.array(feature, dtype=np.intp),
        np.array(threshold),
        np.array(left, dtype=np.intp),
        np.array(right, dtype=np.intp),
        np.array(unknown),
        np.array(value),
        np.array([root for root, _ in begun], dtype=np.intp),
        max((depth for _, depth in begun), default=0),
    )
