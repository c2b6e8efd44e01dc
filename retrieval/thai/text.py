"""Cleaning Thai text, and the small facts about its letters that other modules build on.

Two levels are kept apart.  :func:`clean` makes the text that is stored and shown: only invisible characters and
white space change, so an excerpt stays verbatim.  :func:`fold` makes the text that is compared: one spelling for
every sequence that looks the same, Arabic digits, lower case.
"""

from __future__ import annotations

import re
import unicodedata

THAI_DIGITS = "๐๑๒๓๔๕๖๗๘๙"
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad\u0000-\u0008\u000e-\u001f\u007f]")
_SPACES = re.compile(
    r"(?:[\t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]| (?=[ \t\f\v\u00a0\u2000-\u200a\u202f\u205f\u3000]))"
    r"[ \t\f\v\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]*"
)
_LINES = re.compile(r" \n[\n ]*|\n[\n ]+")
_OTHER_LINES = re.compile("\r\n?|[\x85\u2028\u2029]")
_COMBINING = re.compile("[\u0300-\u036f]")
# Marks that no letter carries (a broken sequence) cannot be shown: the two private-use ranges are old Thai
# fonts' shifted vowels and tone marks (Windows and Macintosh), named in Unicode's own corporate-use tables.
_SHIFTED = {
    0xF701: "ิ", 0xF702: "ี", 0xF703: "ึ", 0xF704: "ื", 0xF705: "่", 0xF706: "้", 0xF707: "๊", 0xF708: "๋",
    0xF709: "์", 0xF70A: "่", 0xF70B: "้", 0xF70C: "๊", 0xF70D: "๋", 0xF70E: "์", 0xF710: "ั", 0xF711: "ํ",
    0xF712: "็", 0xF713: "่", 0xF714: "้", 0xF715: "๊", 0xF716: "๋", 0xF717: "์",
}  # fmt: skip
# Most texts hold none of what is rare; one look spares them four.
_RARE = re.compile(f"[{_INVISIBLE.pattern[1:-1]}{_COMBINING.pattern[1:-1]}\uf701-\uf717\r\x85\u2028\u2029]")
_TONE_AM = re.compile("\u0e4d([\u0e48-\u0e4b]?)\u0e32|\u0e33([\u0e48-\u0e4b])")
_AM_FIRST = re.compile("\u0e33[\u0e48-\u0e4b]")
_TONE_FIRST = re.compile("([\u0e48-\u0e4c])([\u0e31\u0e34-\u0e3a\u0e4d])")
_REPEATED_MARK = re.compile("([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")


def clean(text: str) -> str:
    """Text as it is stored and shown.

    Invisible characters are removed, every kind of space becomes one space, line ends become ``\\n`` with empty
    lines dropped, and the shifted vowels of old fonts become real ones.  Letters and digits are untouched.
    """
    if _RARE.search(text):
        text = _OTHER_LINES.sub("\n", _INVISIBLE.sub("", text).translate(_SHIFTED))
        if _COMBINING.search(text):
            text = unicodedata.normalize("NFC", text)
    return _LINES.sub("\n", _SPACES.sub(" ", text)).strip()


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
    text = _TONE_FIRST.sub(r"\2\1", text)
    return _REPEATED_MARK.sub(r"\1", text)


def thai_share(text: str) -> float:
    """Share of Thai letters among all letters of a text, 0 to 1 (0 where there is no letter)."""
    thai = sum("\u0e01" <= c <= "\u0e4e" for c in text)
    latin = sum(c.isascii() and c.isalpha() for c in text)
    return thai / (thai + latin) if thai + latin else 0.0
