"""What speaks for a span as the answer: where the question's words stand around it, what its sentence says of it, and
how it agrees with its article and with others."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from retrieval.candidates.candidate import Candidate, Option
from retrieval.candidates.matching import Weighed
from retrieval.candidates.occurrences import Found
from retrieval.candidates.spans import TRAITS
from retrieval.model import FactKind
from retrieval.question.classifier import KINDS
from retrieval.question.understanding import Question
from retrieval.ranking.cues import around, asked_for, cues
from retrieval.thai.squeeze import squeeze, squeeze_all

_SCALES = (110.0, 110.0, 30.0, 30.0)
_NEAR = (25, 60, 120, 250)
_EARLY = 600.0
FOCUSED = (
    "focus_before",
    "focus_after",
    "focus_inside",
    "focus_line",
    "focus_25",
    "focus_60",
    "focus_120",
    "focus_sentence",
)
PLACING = (
    "before", "after", "close_before", "close_after", "inside", "line", "early",
    *(f"within_{far}" for far in _NEAR), "in_sentence", *FOCUSED, "nearest", "heaviest_apart", "focus_apart",
)  # fmt: skip
"""How much of the question stands before and behind a span, within it, in its line and around it, each as a share of
the question's weight; how early in the text it stands; how far the nearest word and the rarest are (log letters)."""
_FACTS = ("is_fact", "fact_score", "fact_best", "fact_planned", "fact_opened", "fact_held", "fact_closed")
_OWN = (
    "order", "offered", "repeated", "first", "in_headline", "letters", "is_event_day", "is_published", "day_apart",
    "size", "wanted", "agreeing",
)  # fmt: skip
_WINDOWS = (20, 60, 150)
GRAMS = (
    *(f"letters_before_{far}" for far in _WINDOWS),
    *(f"letters_after_{far}" for far in _WINDOWS),
    "letters_inside",
)
"""How densely pieces of the question's words stand around a span: forgives what is cut or written differently."""
OFFERED_AS = ("kind_share", *(f"as_{kind.value}" for kind in KINDS))
_MATCHED = ("cue_before", "cue_after", "cue_other", "cue_first")
SPAN = (
    *PLACING, *TRAITS, *_FACTS, *_OWN, *GRAMS, *OFFERED_AS, *_MATCHED,
    *(f"before_{cue}" for cue in cues()), *(f"after_{cue}" for cue in cues()), *(f"asked_{cue}" for cue in cues()),
)  # fmt: skip
"""Features of a span; the article's (:data:`retrieval.ranking.evidence.ARTICLE`) stand beside them."""
_SENTENCE_END = re.compile(r"\n| (?=โดย|ซึ่ง|ทั้งนี้|นอกจากนี้|สำหรับ|ด้าน|ขณะ)|  +|(?<=[ก-๎]{3}) (?=[ก-๎]{12})")
_DIGITS = re.compile(r"\d[\d,.]*")


def describe(
    question: Question,
    candidate: Candidate,
    options: Sequence[Option],
    found: Sequence[Found],
    groups: Sequence[Weighed],
) -> NDArray[np.float64]:
    """Features of what an article offers, shape (options, len(SPAN)); places are in the article's reading.

    "agreeing" (how many articles tell the same, as a logarithm) is left 0 until all are read.
    """
    text, stored = candidate.reading.text, candidate.article
    whole = sum(g.weight for g in groups) or 1.0
    before, after = around(text, [(o.start, o.end) for o in options])
    asked = asked_for(question.text)
    matched = np.column_stack(
        (
            (before * asked).max(axis=1),
            (after * asked).max(axis=1),
            (np.maximum(before, after) * (1.0 - asked)).max(axis=1),
            (after * asked).max(axis=1) >= after.max(axis=1),
        )
    )
    traits = np.array([[o.traits.get(name, 0.0) for name in TRAITS] for o in options])
    return np.column_stack(
        (
            _placing(options, found, text, whole, groups),
            traits,
            _of_facts(candidate, options),
            _own(question, candidate, options, squeeze(stored.article.title)),
            _letters_around(text, options, groups),
            np.broadcast_to(_offered_as(question), (len(options), len(OFFERED_AS))),
            matched,
            before,
            after,
            np.broadcast_to(asked, (len(options), len(asked))),
        )
    )


_OF_FOCUS = [0, 1, 4, 5, 6, 7, 8, 10]
"""Of the values in :func:`_placing`, those that are told by nearness to the question word too."""


def _placing(
    offered: Sequence[Option], found: Sequence[Found], text: str, whole: float, groups: Sequence[Weighed]
) -> NDArray[np.float64]:
    starts = np.array([option.start for option in offered])[:, np.newaxis]
    ends = np.array([option.end for option in offered])[:, np.newaxis]
    early = np.exp(-starts[:, 0] / _EARLY)
    if not found:
        empty = np.zeros((len(offered), len(PLACING)))
        empty[:, PLACING.index("early")] = early
        empty[:, -3:] = math.log(1000.0)
        return empty
    by_group = sorted(found, key=lambda f: f.group)
    first_of_group = np.flatnonzero(np.diff([f.group for f in by_group], prepend=math.inf))
    begins, stops = np.array([f.start for f in by_group]), np.array([f.end for f in by_group])
    weight = np.array([f.weight for f in by_group]) / whole
    line_breaks = np.array([-1, *(match.start() for match in re.finditer("\n", text)), len(text)])
    line = np.searchsorted(line_breaks, starts) == np.searchsorted(line_breaks, begins)
    sentences = np.array([-1, *(match.start() for match in _SENTENCE_END.finditer(text)), len(text)])
    sentence = np.searchsorted(sentences, starts) == np.searchsorted(sentences, begins)
    before, after = starts - stops, begins - ends
    apart = np.maximum(np.maximum(before, after), 0)
    away = np.stack((before, after, before, after))
    near = np.exp(-np.maximum(away, 0) / np.array(_SCALES)[:, np.newaxis, np.newaxis]) * (away >= 0)
    inside = (before < 0) & (after < 0)
    within = [apart <= far for far in _NEAR]
    # Of each group the occurrence that counts most; all groups together.
    values = np.concatenate((near, [inside, line, *within, sentence])) * weight
    placing = np.maximum.reduceat(values, first_of_group, axis=2).sum(axis=2).T
    focus = np.array([g.group.focus * g.weight for g in groups])
    focus = focus / (focus.sum() or 1.0)
    own = np.array([focus[by_group[at].group] for at in first_of_group])
    share = np.array([f.weight / groups[f.group].weight if groups[f.group].weight else 0.0 for f in by_group])
    focused = np.maximum.reduceat(values[_OF_FOCUS] / np.maximum(weight, 1e-9) * share, first_of_group, axis=2) @ own
    nearest = np.minimum.reduceat(apart, first_of_group, axis=1)
    of_focus = int(np.argmax(own))
    heaviest = int(np.argmax(np.maximum.reduceat(weight, first_of_group)))
    return np.column_stack(
        (
            placing[:, :6],
            early,
            placing[:, 6:],
            focused.T,
            np.log1p(np.minimum(nearest.min(axis=1), 999)),
            np.log1p(np.minimum(nearest[:, heaviest], 999)),
            np.log1p(np.minimum(nearest[:, of_focus], 999)),
        )
    )


def _offered_as(question: Question) -> NDArray[np.float64]:
    """How likely the kind is as which the spans are offered, and which that is."""
    share = next((share for kind, share in question.kinds if kind is question.kind), 1.0)
    return np.array([share, *(kind is question.kind for kind in KINDS)], dtype=np.float64)


def _letters_around(text: str, options: Sequence[Option], groups: Sequence[Weighed]) -> NDArray[np.float64]:
    worth = _worth_of_grams(tuple((surface, g.weight) for g in groups for surface in g.group.surfaces))
    known, values = worth
    table = np.zeros((len(options), len(GRAMS)))
    if not len(known) or len(text) < _GRAM:
        return table
    codes = np.frombuffer(text.lower().encode("utf-32-le", "replace"), dtype="<u4").astype(np.int64)
    if len(codes) != len(text):
        return table
    grams = (codes[:-2] << 42) + (codes[1:-1] << 21) + codes[2:]
    at = np.minimum(np.searchsorted(known, grams), len(known) - 1)
    sums = np.concatenate(([0.0], np.cumsum(np.where(known[at] == grams, values[at], 0.0)), [0.0, 0.0]))
    sums[-2:] = sums[-3]
    starts, ends = np.array([o.start for o in options]), np.array([o.end for o in options])
    for place, far in enumerate(_WINDOWS):
        table[:, place] = sums[starts] - sums[np.maximum(starts - far, 0)]
        table[:, place + len(_WINDOWS)] = sums[np.minimum(ends + far, len(text))] - sums[ends]
    table[:, -1] = sums[ends] - sums[starts]
    return table


_GRAM = 3


@lru_cache(maxsize=8)
def _worth_of_grams(surfaces: tuple[tuple[str, float], ...]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """The pieces of three letters of these wordings as sorted numbers, and the share of the weight that each is."""
    worth: dict[int, float] = {}
    whole = sum(weight for _, weight in surfaces) or 1.0
    for surface, weight in surfaces:
        codes = [ord(letter) for letter in surface]
        for a, b, c in zip(codes, codes[1:], codes[2:], strict=False):
            gram = (a << 42) + (b << 21) + c
            worth[gram] = max(worth.get(gram, 0.0), weight / whole / max(1, len(codes) - 2))
    known = np.array(sorted(worth), dtype=np.int64)
    return known, np.array([worth[gram] for gram in known.tolist()])


def _of_facts(candidate: Candidate, options: Sequence[Option]) -> NDArray[np.float64]:
    """Whether an option is the person of a fact, of what kind, and how well that fact answers."""
    table = np.zeros((len(options), len(_FACTS)))
    if not candidate.weighed_facts:
        return table
    best = max(score for _, score in candidate.weighed_facts)
    for row, option in zip(table, options, strict=True):
        if option.fact is None:
            same = [(f, s) for f, s in candidate.weighed_facts if f.person == option.answer]
            row[0] = 0.5 if same else 0.0
            row[1] = max((score for _, score in same), default=0.0)
            continue
        fact, score = option.fact
        row[:] = (
            1.0, score, score >= best, fact.planned, fact.kind is FactKind.OPENED, fact.kind is FactKind.HELD,
            fact.kind is FactKind.CLOSED,
        )  # fmt: skip
    return table


def _own(question: Question, candidate: Candidate, options: Sequence[Option], title: str) -> NDArray[np.float64]:
    stored = candidate.article
    answers = squeeze_all([option.answer for option in options])
    times = Counter(answers)
    seen: set[str] = set()
    known = [m for m in question.dates if m.year_known]
    rows = []
    for place, (option, letters) in enumerate(zip(options, answers, strict=True)):
        day = option.day
        digits = _DIGITS.search(option.answer)
        rows.append(
            (
                place / len(options),
                math.log(len(options)),
                times[letters],
                letters not in seen,
                bool(letters) and letters in title,
                len(letters),
                day is not None and day == stored.event_date,
                day is not None and day == stored.article.published,
                min((abs((m.first - day).days) for m in known), default=math.nan) if day else math.nan,
                math.log1p(_value(digits.group())) if digits else math.nan,
                any(word in option.answer for word in question.wanted) if question.wanted else math.nan,
                0.0,
            )
        )
        seen.add(letters)
    return np.array(rows, dtype=np.float64)


def _value(digits: str) -> float:
    try:
        return float(digits.replace(",", "").rstrip("."))
    except ValueError:
        return 0.0
