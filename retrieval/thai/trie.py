"""Many literal strings as one regular expression that tries no alternative twice."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

_END = ""


def pattern_of(words: Iterable[str]) -> str:
    """A regular expression (without groups) that matches the longest of the given words at a position.

    Shared beginnings are tried once, so thousands of names cost about as much as one.
    Raises ValueError where no word is given.
    """
    trie: dict[str, Any] = {}
    for word in words:
        node = trie
        for letter in word:
            node = node.setdefault(letter, {})
        node[_END] = {}
    if not trie:
        raise ValueError("A pattern needs at least one word.")
    return _pattern(trie)


def _pattern(node: dict[str, Any]) -> str:
    branches: list[str] = []
    letters: list[str] = []
    for letter in sorted(node):
        if letter == _END:
            continue
        rest = _pattern(node[letter])
        if rest:
            branches.append(re.escape(letter) + rest)
        else:
            letters.append(letter)
    if letters:
        one = re.escape(letters[0])
        branches.append(one if len(letters) == 1 else "[" + "".join(map(re.escape, letters)) + "]")
    if not branches:
        return ""
    whole = branches[0] if len(branches) == 1 and _END not in node else "(?:" + "|".join(branches) + ")"
    return whole + "?" if _END in node else whole
