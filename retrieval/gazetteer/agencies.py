"""Agencies as texts and questions name them.

Names, official abbreviations and everyday aliases come from ``data/agencies.csv`` alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from retrieval.gazetteer.tables import rows, several
from retrieval.thai.trie import pattern_of

PRIME_MINISTER_OFFICE = "สำนักนายกรัฐมนตรี"
_MONTH = re.compile(r"\d\s?$")
_FEBRUARY = "ก.พ."


@dataclass(frozen=True, slots=True)
class Mention:
    """An agency named by ``text[start:end]``, by its full name ``name``."""

    start: int
    end: int
    name: str


@cache
def _names() -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern of everything that agencies are called, and the full name behind each."""
    full: dict[str, str] = {}
    long_names: list[str] = []
    short_names: list[str] = []
    for row in rows("agencies.csv"):
        name = row["name"]
        full[name] = name
        long_names.append(name)
    for row in rows("agencies.csv"):
        for other in (*several(row["abbreviations"]), *several(row["aliases"])):
            for form in {other, other.rstrip(".")} if other.endswith(".") and len(other) > 3 else {other}:
                if form in full or len(form) < 2:
                    continue
                full[form] = row["name"]
                (long_names if len(form) > 9 and not form.isascii() else short_names).append(form)
    pattern = pattern_of(long_names) + r"|(?<![ก-๎A-Za-z])(?:" + pattern_of(short_names) + r")(?![ก-๎A-Za-z])"
    return re.compile(pattern), full


def mentions(text: str) -> list[Mention]:
    """Agencies that a text names, in order, longest names first where they overlap."""
    return list(_mentions(text))


def _mentions(text: str) -> Iterator[Mention]:
    pattern, full = _names()
    for match in pattern.finditer(text):
        if match.group() == _FEBRUARY and _MONTH.search(text, max(0, match.start() - 3), match.start()):
            # "8 ก.พ." is a day of February, not the Civil Service Commission.
            continue
        yield Mention(match.start(), match.end(), full[match.group()])


@cache
def canonical(name: str) -> str:
    """The full name of an agency given by any of its names; the given words where the table does not know it."""
    plain = re.sub(r"\s+", " ", name).strip()
    _, full = _names()
    for spelling in (plain, plain.replace(" ", "")):
        if spelling in full:
            return full[spelling]
    found = mentions(plain)
    return found[0].name if found and found[0].end - found[0].start >= len(plain) * 0.7 else plain


@cache
def parents() -> dict[str, str]:
    """The ministry (or other parent) of each agency that has one."""
    return {row["name"]: row["parent"] for row in rows("agencies.csv") if row["parent"]}


@cache
def names_of(name: str) -> tuple[str, ...]:
    """Every Thai name of an agency, by its full name; empty where the table does not know it."""
    for row in rows("agencies.csv"):
        if row["name"] == name:
            return (name, *several(row["abbreviations"]), *several(row["aliases"]))
    return ()


def first_mention(text: str) -> Mention | None:
    """The first agency that a text names; cheaper than :func:`mentions`, as nothing after it is read."""
    return next(_mentions(text), None)


def full_name(name: str) -> str | None:
    """The full name of an agency by exactly one of its names; None where the table does not know it."""
    return _names()[1].get(name)
