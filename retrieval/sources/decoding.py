"""Bytes to text: UTF-8 and UTF-16 by their marks, UTF-8 without, and the old Thai code pages."""

from __future__ import annotations

import codecs

from retrieval.sources.reader import Unreadable

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MOST_NULS = 0.01
_DAMAGE = 0.05
"""A text with more broken bytes than this share of its Thai letters is not taken for damaged UTF-8."""
_THAI = 0.3
"""Share of a Thai text that is Thai letters, at least; other languages in other code pages have fewer by far."""
_LAST_PUNCTUATION = 0xA0
"""Up to here Windows-874 has quotation marks, dashes and a space, like all of Windows' code pages."""
_REPLACEMENT = "\ufffd"


def decode(data: bytes) -> str:
    """The text of a file, as it was written but for bytes that no encoding explains, which are dropped.

    >>> decode("ข่าว".encode("cp874"))
    'ข่าว'
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace").replace(_REPLACEMENT, "")
    if data.count(0) > _MOST_NULS * len(data):
        raise Unreadable("This is not a text file: it is full of zero bytes.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    text = data.decode("utf-8", "replace")
    if text.count(_REPLACEMENT) <= _DAMAGE * _thai_letters(text):
        return text.replace(_REPLACEMENT, "")
    # Windows-874 is TIS-620 with quotation marks and dashes added; cp874 knows both.
    text = data.decode("cp874", "replace")
    high = sum(byte > _LAST_PUNCTUATION for byte in data)
    if text.count(_REPLACEMENT) <= _DAMAGE * high and (not high or _thai_letters(text) > _THAI * len(text)):
        return text.replace(_REPLACEMENT, "")
    raise Unreadable("The text is neither UTF-8, UTF-16 with its mark nor Windows-874 (TIS-620): save it as UTF-8.")


def _thai_letters(text: str) -> int:
    return sum("\u0e01" <= letter <= "\u0e5b" for letter in text)
