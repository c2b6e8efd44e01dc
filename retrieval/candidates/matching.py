"""How well a text holds what a question names: shares of the question's weight, measured on folded letters.

Looking for letters instead of terms forgives what segmentation cuts differently; spaces are ignored on both sides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.gazetteer.concepts import Sort
from retrieval.question.understanding import Group

OTHER_WORDING = 0.9
"""What a group found in another wording than the question's counts."""
PARTLY = 0.7
"""What a group of several terms counts of which only some are found, times their share."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group with its weight (idf), and the weights of its first wording's terms."""

    group: Group
    weight: float
    terms: tuple[tuple[str, float], ...]


_ENDS_IN_FIGURE, _GOES_ON_IN_FIGURE = re.compile(r"\d\.?$"), re.compile(r"\.?\d")


def _is_whole(letters: str, surface: str) -> bool:
    """Whether a wording that a squeezed text holds stands there as a whole: a figure is no part of a longer one."""
    if not (surface[0].isdigit() or surface[-1].isdigit()):
        return True
    at = letters.find(surface)
    while at >= 0:
        end = at + len(surface)
        before = surface[0].isdigit() and _ENDS_IN_FIGURE.search(letters, max(0, at - 2), at)
        if not before and not (surface[-1].isdigit() and _GOES_ON_IN_FIGURE.match(letters, end)):
            return True
        at = letters.find(surface, at + 1)
    return False


def presence(weighed: Weighed, letters: str) -> float:
    """How far a squeezed text holds a group, 0 to 1."""
    surfaces = weighed.group.surfaces
    for surface in surfaces:
        if surface in letters and _is_whole(letters, surface):
            return 1.0 if surface is surfaces[0] else OTHER_WORDING
    if len(weighed.terms) > 1 and weighed.group.sort is not Sort.NUMBERED:
        whole = sum([weight for _, weight in weighed.terms])
        held = [
            weight for term, weight in weighed.terms if len(term) > 1 and term in letters and _is_whole(letters, term)
        ]
        return PARTLY * sum(held) / whole if whole else 0.0
    return 0.0


def coverage(groups: Sequence[Weighed], letters: str) -> float:
    """Share of the groups' weight that a squeezed text holds, 0 to 1."""
    return share(groups, [presence(g, letters) for g in groups])


def share(groups: Sequence[Weighed], held: Sequence[float]) -> float:
    """Share of the groups' weight, where :func:`presence` of each group is known."""
    whole = sum([g.weight for g in groups])
    return sum([g.weight * part for g, part in zip(groups, held, strict=True)]) / whole if whole else 0.0


def closeness(groups: Sequence[Weighed], held: Sequence[float], letters: str) -> float:
    """Share of a question's neighbouring pairs that stand side by side in a squeezed text too, by weight, 0 to 1.

    ``held`` is the :func:`presence` of each group: only what the text holds in the question's wording is looked for.
    """
    whole = close = 0.0
    for (left, has_left), (right, has_right) in itertools.pairwise(zip(groups, held, strict=True)):
        weight = min(left.weight, right.weight)
        whole += weight
        if has_left == has_right == 1.0 and left.group.surfaces[0] + right.group.surfaces[0] in letters:
            close += weight
    return close / whole if whole else 0.0
