"""Whether a library can hold news of the days that a question names."""

from __future__ import annotations

from collections.abc import Sequence

from retrieval.index.catalogue import Catalogue
from retrieval.thai.dates import Mention

_BEYOND = 400
"""Days before the oldest and after the newest article that news may still speak of."""


def out_of_time(mentions: Sequence[Mention], catalogue: Catalogue) -> bool:
    """Whether a question asks for days, months or years of which the library can hold no news."""
    exact = [m for m in mentions if m.year_known]
    if not exact:
        return False
    oldest, newest = catalogue.period
    if not newest:
        return False
    return all(m.last.toordinal() < oldest - _BEYOND or m.first.toordinal() > newest + _BEYOND for m in exact)
