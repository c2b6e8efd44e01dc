"""How well a text holds what a question names: shares of the question's weight, measured on folded letters.

Looking for letters instead of terms forgives what segmentation cuts differently; spaces are ignored on both sides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.question import Group
from retrieval.thai.text import fold

DROPPED = re.compile(r"\s+|(?<=\d),(?=\d)")
"""What :func:`squeeze` leaves out because it is no letter: white space, and the commas of a large number."""
_OTHER_WORDING = 0.9
"""What a group found in another wording than the question's counts."""
_PARTLY = 0.7
"""What a group of several terms counts of which only some are found, times their share."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A group with its weight (idf), and the weights of its first wording's terms."""

    group: Group
    weight: float
    terms: tuple[tuple[str, float], ...]


def squeeze(text: str) -> str:
    """Folded letters without white space and without the commas of numbers: what evidence is looked for in."""
    return DROPPED.sub("", fold(text))


def presence(weighed: Weighed, letters: str) -> float:
    """How far a squeezed text holds a group, 0 to 1."""
    surfaces = weighed.group.surfaces
    if surfaces[0] in letters:
        return 1.0
    for surface in surfaces[1:]:
        if surface in letters:
            return _OTHER_WORDING
    if len(weighed.terms) > 1:
        whole = sum(weight for _, weight in weighed.terms)
        held = sum(weight for term, weight in weighed.terms if len(term) > 1 and term in letters)
        return _PARTLY * held / whole if whole else 0.0
    return 0.0


def coverage(groups: Sequence[Weighed], letters: str) -> float:
    """Share of the groups' weight that a squeezed text holds, 0 to 1."""
    whole = sum(g.weight for g in groups)
    return sum(g.weight * presence(g, letters) for g in groups) / whole if whole else 0.0


def closeness(groups: Sequence[Weighed], letters: str) -> float:
    """Share of the question's neighbouring pairs that stand side by side in a squeezed text too, by weight, 0 to 1."""
    whole = held = 0.0
    for left, right in itertools.pairwise(groups):
        weight = min(left.weight, right.weight)
        whole += weight
        if left.group.surfaces[0] + right.group.surfaces[0] in letters:
            held += weight
    return held / whole if whole else 0.0
