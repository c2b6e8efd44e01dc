"""What the tables know of words: abbreviations, agencies, provinces, people, synonyms and English, as alternatives.

A :class:`Concept` is something a question names together with every other way the news may write it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache

from retrieval.tables import rows, several
from retrieval.thai.text import fold
from retrieval.thai.trie import pattern_of


class Sort(Enum):
    """Where an alternative comes from."""

    AGENCY = "agency"
    ABBREVIATION = "abbreviation"
    PROVINCE = "province"
    PERSON = "person"
    SYNONYM = "synonym"
    ENGLISH = "english"


@dataclass(frozen=True, slots=True)
class Concept:
    """Words at ``text[start:end]`` of a folded question, and what else they may be written as, likeliest first.

    ``name`` is the full name of an agency, a province or a person, or None for other words.
    """

    start: int
    end: int
    sort: Sort
    alternatives: tuple[str, ...]
    name: str | None = None


@dataclass(frozen=True, slots=True)
class _Entry:
    sort: Sort
    alternatives: tuple[str, ...]
    name: str | None


_ORDER = (Sort.AGENCY, Sort.PROVINCE, Sort.PERSON, Sort.ABBREVIATION, Sort.ENGLISH, Sort.SYNONYM)
_SHORT_WORD = 5
"""Thai words shorter than this are read as entries only where they stand alone or after an abbreviation's dot."""


def _add(
    entries: dict[str, list[_Entry]], form: str, sort: Sort, alternatives: tuple[str, ...], name: str | None
) -> None:
    key = fold(form).strip()
    if len(key) < 2:
        return
    others = tuple(dict.fromkeys(a for a in alternatives if fold(a) != key))
    known = entries.setdefault(key, [])
    if not any(entry.sort is sort and entry.name == name for entry in known):
        known.append(_Entry(sort, others, name))


def _undotted(form: str) -> tuple[str, ...]:
    """A dotted abbreviation as people type it: with its dots, without the last, without any."""
    if not form.endswith("."):
        return (form,)
    bare = form.replace(".", "")
    return (form, form[:-1], bare) if len(bare) >= 3 else (form, form[:-1])


def _agency_entries(entries: dict[str, list[_Entry]]) -> None:
    for row in rows("agencies.csv"):
        name, shorts = row["name"], several(row["abbreviations"])
        aliases, english = several(row["aliases"]), several(row["english"])
        for form in (name, *aliases, *english):
            _add(entries, form, Sort.AGENCY, (name, *shorts, *aliases), name)
        for short in shorts:
            for form in _undotted(short):
                _add(entries, form, Sort.AGENCY, (name, short, *aliases), name)


def _other_entries(entries: dict[str, list[_Entry]]) -> None:
    for row in rows("provinces.csv"):
        name = row["name"]
        for form in (name, *several(row["english"]), *several(row["nicknames"])):
            _add(entries, form, Sort.PROVINCE, (name,), name)
    for row in rows("people.csv"):
        name = row["name"]
        first = name.split(" ")[0]
        for form in (name, *several(row["nicknames"]), *several(row["english"])):
            _add(entries, form, Sort.PERSON, (name, first), name)
        for english in several(row["english"]):
            for part in english.split()[:1]:
                if len(part) >= _SHORT_WORD:
                    _add(entries, part, Sort.PERSON, (name, first), name)
    for row in rows("abbreviations.csv"):
        full = several(row["full"])
        for form in _undotted(row["short"]):
            _add(entries, form, Sort.ABBREVIATION, (*full, row["short"]), None)
        for word in full:
            if len(word) > 2 * _SHORT_WORD:
                _add(entries, word, Sort.ABBREVIATION, (row["short"],), None)
    for row in rows("english.csv"):
        _add(entries, row["english"], Sort.ENGLISH, several(row["thai"]), None)
    for row in rows("synonyms.csv"):
        _add(entries, row["word"], Sort.SYNONYM, several(row["same"]), None)


@cache
def _lexicon() -> tuple[re.Pattern[str], dict[str, list[_Entry]]]:
    entries: dict[str, list[_Entry]] = {}
    _agency_entries(entries)
    _other_entries(entries)
    for known in entries.values():
        known.sort(key=lambda entry: _ORDER.index(entry.sort))
    latin = [form for form in entries if form.isascii()]
    free = [form for form in entries if not form.isascii() and (len(form) >= _SHORT_WORD or form.endswith("."))]
    bound = [form for form in entries if not form.isascii() and len(form) < _SHORT_WORD and not form.endswith(".")]
    dotted = [form for form in free if form.endswith(".")]
    whole = [form for form in free if not form.endswith(".")]
    pattern = (
        r"(?<![ก-๎])(?:" + pattern_of(dotted) + ")|" + pattern_of(whole)
        + r"|(?<![ก-๎])(?:" + pattern_of(bound) + r")(?![ก-๎])"
        + r"|(?<![a-z0-9])(?:" + pattern_of(latin) + r")(?:s|es)?(?![a-z0-9])"
    )  # fmt: skip
    return re.compile(pattern), entries


def concepts(folded: str) -> list[Concept]:
    """What the tables know in a folded text, in order and without overlaps; several readings merge their alternatives."""
    pattern, entries = _lexicon()
    found: list[Concept] = []
    for match in pattern.finditer(folded):
        key = match.group()
        known = entries.get(key) or entries.get(key.rstrip("s")) or entries.get(key.removesuffix("es")) or []
        if not known:
            continue
        alternatives = tuple(dict.fromkeys(a for entry in known for a in entry.alternatives))
        found.append(Concept(match.start(), match.end(), known[0].sort, alternatives, known[0].name))
    return found


def synonyms_of(word: str) -> tuple[str, ...]:
    """What else the news may write for one word of a question; empty where the tables know nothing."""
    _, entries = _lexicon()
    return tuple(a for entry in entries.get(word, ()) if entry.sort is Sort.SYNONYM for a in entry.alternatives)
