"""Text cut into index terms.

The text is first cut into runs: abbreviations with dots, Thai letters, Latin letters, numbers.  Only the Thai
runs go to PyThaiNLP's word segmenter, its nlpo3 engine where it is installed and newmm else; cut this way the two
agree on nearly every article, numbers and Latin words come out the same everywhere, and a dotted abbreviation is
one term whether it was typed with its dots or without.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache

from retrieval.thai.text import fold

_THAI_LETTERS = re.compile(r"[\u0e01-\u0e3a\u0e40-\u0e4e]+")
_RUN = re.compile(
    r"(?:[ก-ฮ]{1,5}\.)+"  # an abbreviation, or several glued together
    rf"|{_THAI_LETTERS.pattern}"
    r"|[^\W\d_\u0e01-\u0e4e]+"  # letters of other scripts
    r"|\d+(?:[.,/]\d+)*"  # a number, a date, a meeting's number of a year
)
_PARTS = re.compile(r"(?:[ก-ฮ]\.)+|[ก-ฮ]{2,5}\.")
_REMEMBERED = 200_000
_LONGEST_REMEMBERED = 40
MARKS = ("\n", "ฮ.")
"""What stands before each of several runs that are cut together, so that nlpo3 cuts each as if it stood alone.

Beyond a line break it looks at no letters, but it counts the break among the ways to cut that it has weighed since it
was last sure, and at fifty it gives up weighing; of a word of its dictionary that begins no other it is sure at once.
"""
_NOT_THAI = "0"
"""What keeps the place of a run that is not nlpo3's to cut."""
_TOGETHER = 800
"""Letters that are cut together; fewer cost more calls, and with more nlpo3's own tables grow slow."""

_Segmenter = Callable[[str], list[str]]


@cache
def _nlpo3() -> _Segmenter | None:
    """nlpo3's segmenter, where it is installed."""
    try:
        import nlpo3
        from pythainlp.tokenize import nlpo3 as wrapper
    except ImportError:
        return None
    wrapper.segment("ก")  # loads the dictionary under the wrapper's own name
    name = wrapper._NLPO3_DEFAULT_DICT_NAME
    segment = nlpo3.segment
    return lambda letters: segment(letters, name)


@cache
def _engine() -> _Segmenter:
    """The word segmenter for a run of Thai letters."""
    if engine := _nlpo3():
        return engine
    from pythainlp.tokenize.newmm import segment

    return segment


_memory: dict[str, list[str]] = {}


def _run_terms(run: str) -> list[str]:
    """Terms of a run; short runs recur all the time and are remembered."""
    words = _memory.get(run)
    if words is None:
        words = segmented(run)
        if len(run) <= _LONGEST_REMEMBERED:
            if len(_memory) >= _REMEMBERED:
                _memory.clear()
            _memory[run] = words
    return words


def runs(folded: str) -> list[str]:
    """The runs of a folded text, in order; none reaches over white space."""
    return [folded] if _THAI_LETTERS.fullmatch(folded) else _RUN.findall(folded)


def segmented(run: str) -> list[str]:
    """The terms of a run."""
    return _engine()(run) if _is_thai(run) else _plain_terms(run)


def _is_thai(run: str) -> bool:
    """Whether a run is Thai letters, which only the segmenter can cut, and no abbreviation."""
    return "\u0e01" <= run[0] <= "\u0e4e" and run[-1] != "."


def _plain_terms(run: str) -> list[str]:
    """The terms of an abbreviation, a number or letters of another script."""
    if run[-1] == ".":
        return [part.replace(".", "") for part in _PARTS.findall(run)]
    return [run.replace(",", "")] if run[0].isdigit() else [run]


def segmented_together(runs: Iterable[str]) -> Iterator[list[str]]:
    """The terms of runs, of several in each list; before each run's terms stand :data:`MARKS`.

    Less time than one by one.  nlpo3 with another dictionary may not set the marks apart, which is to be looked at.
    """
    nlpo3 = _nlpo3()
    if nlpo3 is None:
        yield from ([*MARKS, *segmented(run)] for run in runs)
        return
    mark = "".join(MARKS)
    portion: list[str] = [""]
    others: list[list[str]] = []
    letters = 0
    for run in runs:
        if _is_thai(run):
            portion.append(run)
            letters += len(run)
        else:
            portion.append(_NOT_THAI)
            others.append(_plain_terms(run))
            letters += len(mark)
        if letters >= _TOGETHER:
            yield _cut(mark.join(portion), others, nlpo3)
            portion, others, letters = [""], [], 0
    yield _cut(mark.join(portion), others, nlpo3)


def _cut(text: str, others: Iterable[list[str]], nlpo3: _Segmenter) -> list[str]:
    """The words of a text, with the terms of ``others`` in the places that are kept for them; none without places."""
    words = nlpo3(text)
    at = 0
    for found in others:
        try:
            at = words.index(_NOT_THAI, at)
        except ValueError:
            return []
        words[at : at + 1] = found
        at += len(found)
    return words


def terms(text: str) -> list[str]:
    """Index terms of a text, in order: folded words, abbreviations without their dots, numbers without commas.

    >>> terms("รมว.มท. เปิดงาน ครั้งที่ ๕/๒๕๖๓ (COVID-19) 1,000 คน")
    ['รมว', 'มท', 'เปิด', 'งาน', 'ครั้งที่', '5/2563', 'covid', '19', '1000', 'คน']
    """
    found: list[str] = []
    remembered = _memory.get
    for run in runs(fold(text)):
        found += remembered(run) or _run_terms(run)
    return found


def spans(text: str) -> list[tuple[str, int, int]]:
    """The terms of a text with the characters ``text[start:end]`` that each comes from."""
    folded, where = fold_with_positions(text)
    found: list[tuple[str, int, int]] = []
    for match in _RUN.finditer(folded):
        run, at = match.group(), match.start()
        for term in _run_terms(run):
            # A term differs from its run's letters only by dots and commas that were dropped.
            length = len(term)
            piece = folded[at : at + length]
            while piece.replace(".", "").replace(",", "") != term.replace(".", ""):
                length += 1
                if at + length > len(folded):
                    break
                piece = folded[at : at + length]
            end = at + length
            if folded[end : end + 1] == "." and run[-1] == ".":
                end += 1
            found.append((term, where[at], where[min(end, len(folded))]))
            at = end
    return found


_SHRINKS = re.compile("เเ|\u0e4d[\u0e48-\u0e4b]?\u0e32|([\u0e31\u0e34-\u0e3a\u0e47-\u0e4e])\\1+")


def fold_with_positions(text: str) -> tuple[str, Sequence[int]]:
    """The folded text (see :func:`retrieval.thai.text.fold`), and the position in ``text`` of each of its characters
    and its end."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded, range(len(text) + 1)
    where: list[int] = []
    last = 0
    for match in _SHRINKS.finditer(text):
        where += range(last, match.start())
        where += range(match.start(), match.start() + len(fold(match.group())))
        last = match.end()
    where += range(last, len(text) + 1)
    if len(where) == len(folded) + 1:
        return folded, where
    # Something rarer changed its length (a Turkish capital, a mark of a mark): positions stay near.
    return folded, [min(len(text), i) for i in range(len(folded))] + [len(text)]
