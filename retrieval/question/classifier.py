"""What kind of answer a question wants, by its letters: a linear model over pieces of words and the rules' own verdict.

Learned by ``benchmarks/learn.py`` from questions that people wrote; every row of ``data/models/kinds.csv`` is one piece
of two to six letters ("^" begins a question, "$" ends it), or what the rules say, with its weight for each kind.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from retrieval.gazetteer.tables import rows
from retrieval.model import Kind
from retrieval.question.kinds import kind_of

KINDS = (Kind.CHAIR, Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.AGENCY, Kind.NUMBER, Kind.WHAT)
"""The kinds that are told apart; a greeting and the list of somebody's events are told by rules alone."""
SHORTEST, LONGEST = 2, 6
"""Letters of a piece."""
BY_RULES = "rules: "
"""How the rows of the rules' verdict begin."""
_BIAS = "bias"


@cache
def _weights() -> tuple[dict[str, int], NDArray[np.float64]]:
    """The row of each piece, and the weights, shape (pieces, len(KINDS))."""
    found = rows("models/kinds.csv")
    table = np.array([[float(row[kind.value]) for kind in KINDS] for row in found])
    return {row["piece"]: place for place, row in enumerate(found)}, table


def pieces(folded: str) -> set[str]:
    """The pieces of a folded question, and the rules' verdict."""
    marked = f"^{folded}$"
    found = {marked[at : at + size] for size in range(SHORTEST, LONGEST + 1) for at in range(len(marked) - size + 1)}
    found.add(BY_RULES + kind_of(folded).value)
    return found


def kinds_of(folded: str) -> tuple[tuple[Kind, float], ...]:
    """The kinds that a folded question may be of with the probability of each, likeliest first."""
    by_rules = kind_of(folded)
    if by_rules in (Kind.CHAT, Kind.EVENTS):
        return ((by_rules, 1.0),)
    row_of, table = _weights()
    total = table[[row_of[_BIAS], *(row_of[piece] for piece in sorted(pieces(folded)) if piece in row_of)]].sum(axis=0)
    shares = np.exp(total - total.max())
    shares /= shares.sum()
    return tuple((KINDS[place], float(shares[place])) for place in np.argsort(-shares, kind="stable").tolist())
