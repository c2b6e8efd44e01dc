"""Letters without what spelling leaves open: folded, without white space and the commas of numbers.

Evidence is looked for in them, and what is found there has its place in the text as it was written.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from retrieval.thai.segment import fold_with_positions
from retrieval.thai.text import fold

_COMMA_OF_NUMBER = re.compile(r",(?<=\d,)(?=\d)")
"""The commas of a large number, which :func:`squeeze` leaves out like white space."""


def squeeze(text: str) -> str:
    """Folded letters without white space and without the commas of numbers: what evidence is looked for in."""
    return "".join(_COMMA_OF_NUMBER.sub("", fold(text)).split())


_TONE, _ABOVE, _AM, _TONE_OF_AM, _OTHER, _SPACE, _COMMA = (1 << bit for bit in range(7))
"""Classes of letters.  ``_TONE`` before ``_ABOVE`` and ``_AM`` before ``_TONE_OF_AM``, neighbouring bits, are in the
wrong order; ``_OTHER`` is what only :func:`fold` knows."""


def _letters() -> tuple[NDArray[np.uint8], NDArray[np.uint16]]:
    """The classes of all 16-bit letters, and what each is folded to alone."""
    classes = np.full(1 << 16, _OTHER, dtype=np.uint8)
    folded = np.arange(1 << 16).astype("<u2")
    for first, last in (
        ("\0", "\x7f"),
        ("\xa1", "\xbf"),
        ("\u0e00", "\u0e7f"),
        ("\u2010", "\u2027"),
        ("\u2190", "\u23ff"),
    ):
        classes[ord(first) : ord(last) + 1] = 0
    classes[0xD83C:0xD840] = classes[0xDC00:0xE000] = 0  # Emoji.
    classes[[*range(9, 14), *range(28, 33)]] = _SPACE
    classes[ord(",")] = _COMMA
    classes[[0x0E31, *range(0x0E34, 0x0E3B)]] = _ABOVE
    classes[0x0E33], classes[0x0E4D] = _AM, _OTHER
    classes[0x0E48:0x0E4D] = _TONE
    classes[0x0E48:0x0E4C] |= _TONE_OF_AM
    folded[ord("A") : ord("Z") + 1] += 32
    folded[0x0E50:0x0E5A] = range(ord("0"), ord("9") + 1)
    return classes, folded


_CLASSES, _FOLDED = _letters()


@dataclass(frozen=True, slots=True)
class _Units:
    """A text as 16-bit letters, what each is folded to alone, and which of them are left when it is squeezed."""

    units: NDArray[np.uint16]
    folded: NDArray[np.uint16]
    kept: NDArray[np.bool_]
    odd: list[tuple[int, int]]
    """The lines that hold what is folded otherwise than letter by letter."""

    @classmethod
    def of(cls, text: str) -> _Units:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype="<u2")
        places = units.astype(np.intp)
        classes, folded = _CLASSES.take(places), _FOLDED.take(places)
        # A mark typed twice, or "เ" twice for "แ"; letters in the wrong order; letters that are none of the usual.
        odd = (units[1:] == units[:-1]) & (units[1:] >= 0x0E31) & (units[1:] <= 0x0E4E)
        odd |= ((classes[:-1] << 1) & classes[1:] & (_ABOVE | _TONE_OF_AM)).astype(np.bool_)
        rare = np.concatenate([np.flatnonzero(odd), np.flatnonzero(classes & _OTHER)])
        kept = classes != _SPACE
        commas = np.flatnonzero(classes == _COMMA)
        commas = commas[(commas > 0) & (commas < len(units) - 1)]
        kept[commas[_are_digits(folded[commas - 1]) & _are_digits(folded[commas + 1])]] = False
        if not len(rare):
            return cls(units, folded, kept, [])
        breaks = [-1, *np.flatnonzero((units == ord("\n")) | (units == 0)).tolist(), len(units)]
        lines = sorted(set(np.searchsorted(breaks, rare).tolist()))
        return cls(units, folded, kept, [(breaks[line - 1] + 1, breaks[line]) for line in lines])

    def line(self, start: int, end: int) -> str:
        """The text itself between two places."""
        return _decoded(self.units[start:end])

    def is_odd(self, start: int, end: int) -> bool:
        """Whether an odd line is between two places."""
        at = bisect.bisect_left(self.odd, (start, start))
        return at < len(self.odd) and self.odd[at][0] < end

    def letters(self, start: int, end: int) -> str:
        """What is left between two places that no odd line is between."""
        return _decoded(self.folded[start:end][self.kept[start:end]])


def _decoded(units: NDArray[np.uint16]) -> str:
    return units.tobytes().decode("utf-16-le", "surrogatepass")


def squeeze_all(texts: Sequence[str]) -> list[str]:
    """:func:`squeeze` of many texts at once, in a tenth of the time: one by one only lines that hold what is rare."""
    return _pieces(texts, _Units.of("\0".join(texts)))


def _pieces(texts: Sequence[str], whole: _Units) -> list[str]:
    pieces, done = [], 0
    for start, end in whole.odd:
        pieces += [whole.letters(done, start), squeeze(whole.line(start, end))]
        done = end
    found = "".join([*pieces, whole.letters(done, len(whole.units))]).split("\0")
    # Where one of them holds the letter that parts them, each is squeezed alone.
    return found if len(found) == len(texts) else [squeeze(text) for text in texts]


@dataclass(frozen=True, slots=True)
class Squeezed:
    """The letters of a squeezed text, and on demand where they stand in the text itself."""

    text: str
    letters: str
    kept: NDArray[np.bool_] | None = None
    """Which of the text's characters the letters are, where they are the same in number; else None."""

    def places(self) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where in the text each letter begins and ends."""
        if self.kept is None:
            return squeeze_with_places(self.text)[1:]
        plain = np.flatnonzero(self.kept)
        return plain, plain + 1


def squeezed(text: str) -> Squeezed:
    """A text and its squeezed letters."""
    return Squeezed(text, squeeze(text))


def squeezed_all(texts: Sequence[str]) -> list[Squeezed]:
    """:func:`squeeze_all`, for those who may ask where a letter stands."""
    whole = _Units.of("\0".join(texts))
    letters = _pieces(texts, whole)
    breaks = [-1, *np.flatnonzero(whole.units == 0).tolist(), len(whole.units)]
    if len(breaks) != len(texts) + 1:
        return [Squeezed(text, letters[place]) for place, text in enumerate(texts)]
    found = []
    for text, own, (before, end) in zip(texts, letters, pairwise(breaks), strict=True):
        # Emoji are two units each; odd lines are folded to another number of letters.
        plain = end - before - 1 == len(text) and not whole.is_odd(before + 1, end)
        found.append(Squeezed(text, own, whole.kept[before + 1 : end] if plain else None))
    return found


def squeeze_with_places(text: str) -> tuple[str, NDArray[np.intp], NDArray[np.intp]]:
    """A squeezed text, and where in the text each of its letters begins and ends."""
    whole = _Units.of(text)
    if len(whole.units) != len(text):
        # Emoji, which are two units each, are rare enough.
        return _squeezed_slowly(text)
    pieces: list[str] = []
    begins: list[NDArray[np.intp]] = []
    ends: list[NDArray[np.intp]] = []
    done = 0
    for start, end in [*whole.odd, (len(text), len(text))]:
        plain = np.flatnonzero(whole.kept[done:start]) + done
        letters, line_begins, line_ends = _squeezed_slowly(text[start:end])
        pieces += [whole.letters(done, start), letters]
        begins += [plain, line_begins + start]
        ends += [plain + 1, line_ends + start]
        done = end
    return "".join(pieces), np.concatenate(begins), np.concatenate(ends)


def _squeezed_slowly(text: str) -> tuple[str, NDArray[np.intp], NDArray[np.intp]]:
    folded, where = fold_with_positions(text)
    spaced = _COMMA_OF_NUMBER.sub(" ", folded)
    kept = np.array([place for place, letter in enumerate(spaced) if not letter.isspace()], dtype=np.intp)
    places = np.array(where, dtype=np.intp)
    return "".join(spaced.split()), places[kept], places[kept + 1]


def _are_digits(letters: NDArray[np.uint16]) -> NDArray[np.bool_]:
    return (letters >= ord("0")) & (letters <= ord("9"))
