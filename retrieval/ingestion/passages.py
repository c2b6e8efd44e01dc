"""An article's text cut into passages: stretches of about 500 characters, the unit that is indexed and ranked.

A stretch ends where a paragraph ends, else at white space, so that no word is cut; only letters that run on for
a thousand characters are cut in their midst, and then between Thai clusters.
"""

from __future__ import annotations

from collections.abc import Iterator

SIZE = 500
_FEWEST = 300
"""A paragraph's end counts from here on; nothing shorter is left at the end if it can join the one before."""
_MOST = 650
_LONGEST_RUN = 1000
_LEADING = frozenset("เแโใไ")
_FOLLOWING = frozenset(chr(c) for c in (*range(0x0E30, 0x0E3B), *range(0x0E45, 0x0E4F)))


def stretches(body: str) -> Iterator[tuple[int, int]]:
    """The passages of a cleaned body as spans ``body[start:end]``, in order; all but white space is covered.

    >>> list(stretches("ข่าว " * 150))
    [(0, 499), (500, 749)]
    """
    start, length = 0, len(body)
    while length - start > _MOST:
        end = _end(body, start)
        yield start, end
        start = end + 1 if body[end] in " \n" else end
    end = length
    while end > start and body[end - 1] in " \n":
        end -= 1
    if end > start:
        yield start, end


def _end(body: str, start: int) -> int:
    for mark, low, high in (("\n", _FEWEST, _MOST), (" ", _FEWEST, SIZE)):
        found = body.rfind(mark, start + low, start + high)
        if found > 0:
            return found
    limit = start + _LONGEST_RUN
    following = [at for mark in " \n" if (at := body.find(mark, start + SIZE, limit)) > 0]
    if following:
        return min(following)
    before = max(body.rfind(mark, start + 1, start + _FEWEST) for mark in " \n")
    if before > start:
        return before
    return cluster_start(body, min(limit, len(body) - 1))


def cluster_start(text: str, at: int) -> int:
    """The nearest position at or before ``at`` where a text may be cut without tearing a Thai cluster.

    >>> cluster_start("เปิดน้ำ", 6)
    4
    """
    lowest = max(at - 20, 1)
    while at > lowest and (text[at] in _FOLLOWING or text[at - 1] in _LEADING):
        at -= 1
    return at
