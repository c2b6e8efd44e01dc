"""Cleaning Thai text, and the small facts about its letters that other modules build on.

Two levels are kept apart.  :func:`clean` makes the text that is stored and shown: only invisible characters and
white space change, so an excerpt stays verbatim.  :func:`fold` makes the text that is compared: one spelling for
every sequence that looks the same, Arabic digits, lower case.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

import numpy as np

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_INVISIBLE = (
    *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, 0xFEFF, 0xAD, *range(0x09), *range(0x0E, 0x20), 0x7F,
)  # fmt: skip
_OTHER_SPACES = (0x09, 0x0B, 0x0C, 0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
_OTHER_LINES = (0x0D, 0x85, 0x2028, 0x2029)
_COMBINING = re.compile("[\u0300-\u036f]")
# Marks that no letter carries (a broken sequence) cannot be shown: the two private-use ranges are old Thai
# fonts' shifted vowels and tone marks (Windows and Macintosh), named in Unicode's own corporate-use tables.
_SHIFTED = {
    0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื", 0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋",
    0xF709: "์", 0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์", 0xF710: "ั", 0xF711: "ํ",
    0xF712: "็", 0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์",
}  # fmt: skip
_CLEANED = {
    **{chr(code): "" for code in _INVISIBLE},
    **{chr(code): " " for code in _OTHER_SPACES},
    **{chr(code): "\n" for code in _OTHER_LINES},
    **{chr(code): mark for code, mark in _SHIFTED.items()},
}
"""What becomes of each character that is not stored as it is."""
# One look tells which of all those a text holds: none, or one or two.
_UNUSUAL = re.compile("[^\n -~\u0e00-\u0e7f\u2010-\u2027\u2030-\u205e\u00a1-\u00ac\u00ae-\u02ff]")
_TONE_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0e33([\u0e48-\u0e4b])")
_AM_FIRST = re.compile("\u0e33[\u0e48-\u0e4b]")
_TONE_FIRST = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e4d])")
_REPEATED_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")
# A vowel that hangs on a letter comes before a tone mark or another sign; each code unit's place in that order.
_ORDER = np.zeros(1 << 16, np.uint8)
_ORDER[[0x0E31, *range(0x0E34, 0x0E3B)]] = 1
_ORDER[0x0E47:0x0E4F] = 2
_LONG = 500
"""From so many characters on, a look for disorder costs less than mending none."""


def clean(text: str) -> str:
    """Text as it is stored and shown.

    Invisible characters are removed, every kind of space becomes one space, line ends become ``\\n`` with empty
    lines dropped, and the shifted vowels of old fonts become real ones.  Letters and digits are untouched.
    """
    text = text.replace("\u00a0", " ")
    if unusual := set(_UNUSUAL.findall(text)):
        for letter in unusual & _CLEANED.keys():
            text = text.replace(letter, _CLEANED[letter])
        if any(map(_COMBINING.match, unusual)):
            text = unicodedata.normalize("NFC", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return "\n".join([line for line in (line.strip(" ") for line in text.split("\n")) if line])


def to_arabic_digits(text: str) -> str:
    """The same text with ๐-๙ written 0-9; character positions do not change."""
    for value, digit in enumerate(THAI_DIGITS):
        if digit in text:  # Ten such looks cost less than one by a pattern.
            text = text.replace(digit, str(value))
    return text


def fold(text: str) -> str:
    """Text as it is compared: lower case, Arabic digits, one spelling for what looks the same.

    "เเ" becomes "แ"; sara am typed in two pieces, or before its tone mark, becomes sara am after it; a vowel
    typed after the tone mark it should precede changes places; marks typed twice count once.
    """
    text = text.lower()
    if text.isascii():
        return text
    text = to_arabic_digits(text).replace("เเ", "แ")
    if "\u0e4d" in text or _AM_FIRST.search(text):
        text = _TONE_AM.sub(lambda m: (m[1] or m[2] or "") + "\u0e33", text)
    if len(text) >= _LONG and not _has_disorder(text):
        return text
    text = _TONE_FIRST.sub(r"\2\1", text)
    return _REPEATED_MARK.sub(r"\1", text)


def _has_disorder(text: str) -> bool:
    """Whether some mark follows one that should come after it, or an equal one."""
    order = _ORDER[np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2")]
    return bool(((order[1:] > 0) & (order[:-1] >= order[1:])).any())


def folded(texts: Sequence[str]) -> list[str]:
    """Each text as :func:`fold` makes it; all at once cost less than one by one."""
    # Nothing is folded across a character that is neither letter nor mark.
    found = fold("\0".join(texts)).split("\0")
    return found if len(found) == len(texts) else list(map(fold, texts))


_THAI_LETTER, _LATIN_LETTER = re.compile("[\u0e01-\u0e4e]"), re.compile("[A-Za-z]")


def thai_share(text: str) -> float:
    """Share of Thai letters among all letters of a text, 0 to 1 (0 where there is no letter)."""
    thai, latin = len(_THAI_LETTER.findall(text)), len(_LATIN_LETTER.findall(text))
    return thai / (thai + latin) if thai + latin else 0.0
