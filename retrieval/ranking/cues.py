"""What a stretch of text is in its sentence, told by the words around it, and whether a question asks for just that.

Somebody presided, said, signed or received; a day is a deadline or a start; a figure is the whole or a part.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.gazetteer.tables import rows
from retrieval.thai.text import fold
from retrieval.thai.trie import pattern_of

BEFORE, AFTER = 32, 70
"""Characters before and behind a span in which its cues stand."""
LONG = 200


@cache
def cues() -> tuple[str, ...]:
    """The names of the cues, in the order of the table ``data/words/cues.csv``."""
    return tuple(dict.fromkeys(row["cue"] for row in rows("words/cues.csv")))


@cache
def _patterns(where: str) -> tuple[re.Pattern[str], dict[str, tuple[int, ...]]]:
    """One pattern of all words of a column, and the cues that each word stands for."""
    places = {name: place for place, name in enumerate(cues())}
    of_word: dict[str, list[int]] = {}
    for row in rows("words/cues.csv"):
        if row["where"] == where:
            of_word.setdefault(row["word"], []).append(places[row["cue"]])
    return re.compile(pattern_of(of_word)), {word: tuple(found) for word, found in of_word.items()}


@lru_cache(maxsize=8)
def asked_for(question: str) -> NDArray[np.float64]:
    """Which cues a question asks for, shape (cues,), 0 or 1; not to be written to.  Each of its articles asks anew."""
    folded = fold(question)
    found = np.zeros(len(cues()))
    _, of_word = _patterns("asked")
    for word, places in of_word.items():
        if word in folded:
            found[list(places)] = 1.0
    return found


def around(text: str, spans: Sequence[tuple[int, int]]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How near before and behind each span the words of each cue stand; two arrays, shape (spans, cues), 0 to 1."""
    pattern, of_word = _patterns("text")
    before, after = np.zeros((2, len(spans), len(cues())))
    hits = sorted(
        (place, *match.span()) for match in pattern.finditer(text.lower()) for place in of_word[match.group()]
    )
    if not spans or not hits:
        return before, after
    places, begins, stops = (np.array(column) for column in zip(*hits, strict=True))
    firsts = np.flatnonzero(np.diff(places, prepend=-1))
    starts = np.array([start for start, _ in spans])[:, np.newaxis]
    ends = np.array([end for _, end in spans])[:, np.newaxis]
    # Of a long stretch (one that is shown, not a name in it) what stands inside counts as behind.
    long = ends - starts > LONG
    inside = long & (begins >= starts) & (stops <= ends)
    for near, away, reach in ((before, starts - stops, BEFORE), (after, begins - ends, AFTER)):
        value = np.where((away >= 0) & (away < reach) & ~long, 1.0 - away / reach, 0.0)
        if near is after:
            value = np.maximum(value, inside)
        near[:, places[firsts]] = np.maximum.reduceat(value, firsts, axis=1)
    return before, after
