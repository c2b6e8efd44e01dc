"""What the tables know of words: abbreviations, agencies, provinces, people, synonyms and English, as alternatives.

A :class:`Concept` is something a question names together with every other way the news may write it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import NamedTuple

from retrieval.gazetteer.tables import rows, several
from retrieval.thai.text import fold


class Sort(Enum):
    """Where an alternative comes from, or what a question shows it to be: a place ("เกาะ ..."), a numbered event
    ("ครั้งที่ ...")."""

    AGENCY = "agency"
    ABBREVIATION = "abbreviation"
    PROVINCE = "province"
    COUNTRY = "country"
    PLACE = "place"
    NUMBERED = "numbered"
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


class _Entry(NamedTuple):
    sort: Sort
    alternatives: tuple[str, ...]
    name: str | None


_SHORT_WORD = 5
"""Thai words shorter than this are read as entries only where they stand alone or after an abbreviation's dot."""

_Forms = Iterator[tuple[str, _Entry]]


def _undotted(form: str) -> tuple[str, ...]:
    """A dotted abbreviation as people type it: with its dots, without the last, without any."""
    if not form.endswith("."):
        return (form,)
    bare = form.replace(".", "")
    return (form, form[:-1], bare) if len(bare) >= 3 else (form, form[:-1])


def _agencies() -> _Forms:
    for row in rows("agencies.csv"):
        name, shorts = row["name"], several(row["abbreviations"])
        aliases, english = several(row["aliases"]), several(row["english"])
        entry = _Entry(Sort.AGENCY, (name, *shorts, *aliases), name)
        for form in (name, *aliases, *english):
            yield form, entry
        for short in shorts:
            entry = _Entry(Sort.AGENCY, (name, short, *aliases), name)
            for form in _undotted(short):
                yield form, entry


def _provinces() -> _Forms:
    for row in rows("provinces.csv"):
        entry = _Entry(Sort.PROVINCE, (row["name"],), row["name"])
        for form in (row["name"], *several(row["english"]), *several(row["nicknames"])):
            yield form, entry


def _countries() -> frozenset[str]:
    """Thai names of the other countries, from PyThaiNLP's list."""
    from pythainlp.corpus import countries

    return frozenset(countries()) - {"ไทย"}


def _people() -> _Forms:
    for row in rows("people.csv"):
        name, english = row["name"], several(row["english"])
        entry = _Entry(Sort.PERSON, (name, name.split(" ")[0]), name)
        for form in (name, *several(row["nicknames"]), *english):
            yield form, entry
        for form in english:
            first = form.split(" ")[0]
            if len(first) >= _SHORT_WORD:
                yield first, entry


def _words() -> _Forms:
    for row in rows("abbreviations.csv"):
        short, full = row["short"], several(row["full"])
        for form in _undotted(short):
            yield form, _Entry(Sort.ABBREVIATION, (*full, short), None)
        for word in full:
            if len(word) > 2 * _SHORT_WORD:
                yield word, _Entry(Sort.ABBREVIATION, (short,), None)
    abroad = _countries()
    for name in abroad:
        yield name, _Entry(Sort.COUNTRY, (name,), name)
    for row in rows("english.csv"):
        thai = several(row["thai"])
        yield row["english"], _Entry(Sort.COUNTRY if thai[0] in abroad else Sort.ENGLISH, thai, None)
    for row in rows("synonyms.csv"):
        yield row["word"], _Entry(Sort.SYNONYM, several(row["same"]), None)


class _Lookup:
    """Finds which of many forms stand at a place of a text, without trying them one by one."""

    def __init__(self, forms: Iterable[str]):
        self._forms = frozenset(forms)
        self._alike = min(map(len, self._forms), default=1)
        """Letters that every form has; by so many the forms are told apart first."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for form in self._forms:
            lengths[form[: self._alike]].add(len(form))
        self._lengths = {beginning: sorted(found, reverse=True) for beginning, found in lengths.items()}

    def ends(self, text: str, at: int) -> Iterator[int]:
        """Where the forms end that begin at ``text[at]``, the longest first."""
        for length in self._lengths.get(text[at : at + self._alike], ()):
            end = at + length
            if end <= len(text) and text[at:end] in self._forms:
                yield end


class _Lexicon:
    """Every form of the tables, folded, with what is known of it."""

    def __init__(self) -> None:
        # In this order they are offered where a form is of several sorts.
        found = [*_agencies(), *_provinces(), *_people(), *_words()]
        # Folded as one text: a call for each of ten thousand words would take ten times as long.
        keys = fold("\n".join(form for form, _ in found)).split("\n")
        self.entries: dict[str, list[_Entry]] = {}
        for key, (_, entry) in zip(map(str.strip, keys), found, strict=True):
            if len(key) < 2:
                continue
            known = self.entries.setdefault(key, [])
            if entry not in known:
                known.append(entry)
        self._latin = _Lookup(key for key in self.entries if key.isascii())
        thai = [key for key in self.entries if not key.isascii()]
        self._dotted = _Lookup(key for key in thai if key.endswith("."))
        self._whole = _Lookup(key for key in thai if not key.endswith(".") and len(key) >= _SHORT_WORD)
        self._bound = _Lookup(key for key in thai if not key.endswith(".") and len(key) < _SHORT_WORD)
        # At half of a question's letters none of the four need be asked.
        self._beginnings = frozenset(key[:2] for key in self.entries)

    def finds(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Start, end and form (the text there, without a plural's ending) from left to right, without overlaps."""
        at = 0
        while at < len(text) - 1:
            if text[at : at + 2] not in self._beginnings:
                at += 1
                continue
            form, end = self._form(text, at)
            if form:
                yield at, end, form
            at = end

    def _form(self, text: str, at: int) -> tuple[str, int]:
        """The form that is to be read at ``text[at]``, "" where there is none, and where to read on."""
        before = text[at - 1 : at] if at else ""
        alone = not _is_thai(before)
        for end in self._dotted.ends(text, at) if alone else ():
            return text[at:end], end
        for end in self._whole.ends(text, at):
            return text[at:end], end
        named = alone or text.endswith(_BEFORE_NAMES, 0, at)
        for end in self._bound.ends(text, at) if named else ():
            if not _is_thai(text[end : end + 1]):
                return text[at:end], end
        for end in self._latin.ends(text, at) if not _is_latin(before) else ():
            for plural in ("s", "es", ""):
                after = end + len(plural)
                if text.startswith(plural, end) and not _is_latin(text[after : after + 1]):
                    return text[at:end], after
        return "", at + 1


_BEFORE_NAMES = ("จังหวัด", "อำเภอ", "เมือง", "ที่", "ประเทศ")
"""Words that a short name follows without a space."""


def _is_thai(letter: str) -> bool:
    return "\u0e01" <= letter <= "\u0e4e"


def _is_latin(letter: str) -> bool:
    return "a" <= letter <= "z" or "0" <= letter <= "9"


_lexicon = cache(_Lexicon)


def _others(form: str, entries: Iterable[_Entry]) -> tuple[str, ...]:
    """The alternatives of some entries that are not the form itself, each once."""
    return tuple(dict.fromkeys(a for entry in entries for a in entry.alternatives if fold(a) != form))


def concepts(folded: str) -> list[Concept]:
    """What the tables know in a folded text, in order, without overlaps; several readings merge their alternatives."""
    return [Concept(start, end, *_known(form)) for start, end, form in _lexicon().finds(folded)]


@cache
def _known(form: str) -> tuple[Sort, tuple[str, ...], str | None]:
    entries = _lexicon().entries[form]
    return entries[0].sort, _others(form, entries), entries[0].name


def synonyms_of(word: str) -> tuple[str, ...]:
    """What else the news may write for one word of a question; empty where the tables know nothing."""
    return _others(word, (entry for entry in _lexicon().entries.get(word, ()) if entry.sort is Sort.SYNONYM))
