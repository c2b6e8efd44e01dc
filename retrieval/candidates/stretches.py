"""What of an article is read for evidence and short answers."""

from __future__ import annotations

import bisect
from collections.abc import Iterable
from dataclasses import dataclass

LONG = 3000
"""Characters of a body beyond which only its most promising stretches are read: the minutes of a cabinet meeting hold
nearly every word."""
_LEAD = 500
_AROUND = 150
"""Characters read before and behind a promising stretch."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Stretches of a body, one a line or more, and where each begins in ``text`` and in the body."""

    text: str
    starts: tuple[int, ...] = (0,)
    in_body: tuple[int, ...] = (0,)

    @classmethod
    def of(cls, body: str, promising: Iterable[tuple[int, int]] = ()) -> Reading:
        """All of a body, or where it is long its beginning and the promising stretches (start and end of each)."""
        if len(body) <= LONG:
            return cls(body)
        stretches = [[0, _LEAD]]
        for start, end in sorted(promising):
            if start - _AROUND <= stretches[-1][1]:
                stretches[-1][1] = max(stretches[-1][1], end + _AROUND)
            else:
                stretches.append([start - _AROUND, end + _AROUND])
        if len(stretches) == 1 and stretches[0][1] == _LEAD:
            return cls(body[:LONG])
        pieces = [body[start:end] for start, end in stretches]
        starts = [0]
        for piece in pieces[:-1]:
            starts.append(starts[-1] + len(piece) + 1)
        return cls("\n".join(pieces), tuple(starts), tuple(start for start, _ in stretches))

    @property
    def whole_body(self) -> bool:
        """Whether ``text`` is the body's beginning, so that places are the same in both."""
        return len(self.starts) == 1

    def whole(self, start: int, end: int) -> tuple[int, int] | None:
        """Where ``text[start:end]`` stands in the body; None where it does not stand there in one piece."""
        piece = bisect.bisect_right(self.starts, start) - 1
        if end >= (*self.starts, len(self.text) + 2)[piece + 1]:
            return None
        shift = self.in_body[piece] - self.starts[piece]
        return start + shift, end + shift

    def read(self, start: int, end: int) -> tuple[int, int] | None:
        """Where in ``text`` the body's ``start`` to ``end`` stands; None where it was not read in one piece."""
        for piece, (at, in_body) in enumerate(zip(self.starts, self.in_body, strict=True)):
            stop = (*self.starts, len(self.text) + 1)[piece + 1] - 1
            if in_body <= start and end - in_body <= stop - at:
                return start - in_body + at, end - in_body + at
        return None
