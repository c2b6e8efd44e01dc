"""The short answer in an article's text: of all that it offers, the one that the question's words stand beside.

Every option (a person, a date, a place, a figure) is weighed by where the question's words stand around it and by its
own traits, by weights that questions which people wrote have bettered (``benchmarks/learn_answers.py``).
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from retrieval.candidates.matching import Weighed
from retrieval.candidates.occurrences import Found
from retrieval.candidates.spans import TRAITS, Option, options
from retrieval.question.understanding import Question
from retrieval.ranking.weights import weights
from retrieval.store.rows import StoredArticle

_FAR, _CLOSE = 110.0, 30.0
"""Characters over which a word's nearness to an answer fades to about a third: of a passage, and of a phrase."""
_SCALES = np.array([_FAR, _FAR, _CLOSE])[:, np.newaxis, np.newaxis]
_LINE_END = re.compile("\n")
_EARLY = 600.0
PLACING = ("before", "after", "close_before", "inside", "line", "early")
"""How much of the question stands before and behind an option, close before it, within it and in its line, each as a
share of the question's weight; and how early in the text it stands."""
ASPECTS = (*PLACING, *TRAITS)


def extract(
    question: Question, stored: StoredArticle, text: str, found: Sequence[Found], groups: Sequence[Weighed]
) -> Option | None:
    """The short answer in what is read of an article, or None where only an excerpt can answer."""
    offered, table = weighed_options(question, stored, text, found, groups)
    if not offered:
        return None
    by = weights().extract
    best = int(np.argmax(table @ np.array([by[name] for name in ASPECTS])))
    near = max(table[best, ASPECTS.index("before")], table[best, ASPECTS.index("after")])
    return replace(offered[best], near=float(near))


def weighed_options(
    question: Question, stored: StoredArticle, text: str, found: Sequence[Found], groups: Sequence[Weighed]
) -> tuple[list[Option], NDArray[np.float64]]:
    """What the ``text`` of an article offers as the short answer, and its aspects, shape (options, len(ASPECTS))."""
    offered = options(question, stored, text, groups)
    if not offered:
        return [], np.zeros((0, len(ASPECTS)))
    whole = sum(g.weight for g in groups) or 1.0
    traits = np.array([[option.traits.get(name, 0.0) for name in TRAITS] for option in offered])
    return offered, np.hstack([_placing(offered, found, text, whole), traits])


def _placing(offered: Sequence[Option], found: Sequence[Found], text: str, whole: float) -> NDArray[np.float64]:
    starts = np.array([option.start for option in offered])[:, np.newaxis]
    ends = np.array([option.end for option in offered])[:, np.newaxis]
    early = np.exp(-starts[:, 0] / _EARLY)
    if not found:
        return np.column_stack([np.zeros((len(offered), len(PLACING) - 1)), early])
    by_group = sorted(found, key=lambda f: f.group)
    first_of_group = np.flatnonzero(np.diff([f.group for f in by_group], prepend=math.inf))
    begins, stops = np.array([f.start for f in by_group]), np.array([f.end for f in by_group])
    weight = np.array([f.weight for f in by_group]) / whole
    line_breaks = np.array([-1, *(match.start() for match in _LINE_END.finditer(text)), len(text)])
    line = np.searchsorted(line_breaks, starts) == np.searchsorted(line_breaks, begins)
    before, after = starts - stops, begins - ends
    away = np.stack((before, after, before))
    near = np.exp(-np.maximum(away, 0) / _SCALES) * (away >= 0)
    inside = (before < 0) & (after < 0)
    # Of each group the occurrence that counts most; all groups together.
    values = np.concatenate((near, [inside, line])) * weight
    placing = np.maximum.reduceat(values, first_of_group, axis=2).sum(axis=2)
    return np.column_stack((placing.T, early))


def told_day(stored: StoredArticle) -> dt.date | None:
    """The day that an article tells of, or else that of its publication."""
    return stored.event_date or stored.article.published
