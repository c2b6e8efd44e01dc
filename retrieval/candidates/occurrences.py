"""Where a question's words stand in a text."""

from __future__ import annotations

from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from retrieval.candidates.matching import Weighed
from retrieval.thai.squeeze import Squeezed

_OCCURRENCES = 12
"""Of one wording, as many are looked for."""


class Found(NamedTuple):
    """A group found at ``text[start:end]``; ``weight`` is what that occurrence is worth."""

    start: int
    end: int
    group: int
    weight: float


_start = attrgetter("start")


def locate(text: Squeezed, groups: Sequence[Weighed]) -> list[Found]:
    """Where the groups of a question stand in a text, by letters, spaces aside; in order of position."""
    letters = text.letters
    at: list[int] = []
    stops: list[int] = []
    worth: list[tuple[int, float]] = []
    for number, weighed in enumerate(groups):
        wordings = [(surface, weighed.weight) for surface in weighed.group.surfaces]
        if len(weighed.terms) > 1:
            whole = sum([w for _, w in weighed.terms]) or 1.0
            wordings += [(t, 0.6 * weighed.weight * w / whole) for t, w in weighed.terms if len(t) > 2]
        for surface, weight in wordings:
            place, times = letters.find(surface), 0
            while place >= 0 and times < _OCCURRENCES:
                stop = place + len(surface)
                at.append(place)
                stops.append(stop - 1)
                worth.append((number, weight))
                place, times = letters.find(surface, stop), times + 1
    if not at:
        return []
    begins, ends = text.places()
    places = zip(begins.take(at).tolist(), ends.take(stops).tolist(), worth, strict=True)
    found = [Found(begin, end, number, weight) for begin, end, (number, weight) in places]
    found.sort(key=_start)
    return found
