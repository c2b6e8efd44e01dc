"""Learn by which aspects the short answer is told from the others, from questions that people wrote.

    python benchmarks/learn_answers.py LIBRARY QUESTIONS.jsonl [QUESTIONS.jsonl ...] [--write]

The questions have the keys question, type, url and answers.  Of each whose article the library holds, what the article
offers as the short answer is weighed by its aspects (:data:`retrieval.ranking.span_ranker.ASPECTS`); right is what
holds one of the answers.  A softmax over a few hundred questions learns less than is known beforehand, so the weights
that are there are only bettered: one at a time is halved or raised by half as long as more answers come out right.
Prints the right answers by kind before and after; ``--write`` writes data/weights.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval import Kind, Library
from retrieval.candidates.occurrences import locate
from retrieval.candidates.spelling import mended
from retrieval.gazetteer.tables import data_file
from retrieval.question.understanding import understand
from retrieval.ranking.ranker import rank
from retrieval.ranking.span_ranker import ASPECTS, weighed_options
from retrieval.ranking.weights import weights
from retrieval.thai.squeeze import squeeze

_TODAY = dt.date(2026, 1, 1)
_STEPS = (0.5, 0.75, 1.5)
_GAIN = 2
"""So many more right answers make a change worth while: one alone may be chance."""


@dataclass(frozen=True, slots=True)
class Offered:
    """What an article offers: aspects, shape (options, len(ASPECTS)), and which of them are right."""

    kind: Kind
    aspects: NDArray[np.float64]
    right: NDArray[np.bool_]


def offered(library: Library, path: Path) -> Iterator[Offered]:
    """What the articles of a file's questions offer, where some of it is right."""
    index, catalogue = library._ready()
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        asked = mended(understand(row["question"], today=_TODAY), library._speller(index))
        if asked.kind in (Kind.CHAIR, Kind.EVENTS, Kind.CHAT, Kind.WHAT):
            continue
        ranked = rank(asked, library._store, index, catalogue)
        one = next((c for c in ranked.candidates if c.article.article.url == row.get("url")), None)
        if one is None:
            continue
        placed = locate(one.squeezed, ranked.groups)
        found, aspects = weighed_options(asked, one.article, one.reading.text, placed, ranked.groups)
        right = np.array([_is_right(option.answer, row["answers"]) for option in found], dtype=np.bool_)
        if right.any():
            yield Offered(asked.kind, aspects, right)


def _is_right(answer: str, answers: Sequence[str]) -> bool:
    letters = re.sub(",", "", squeeze(answer))
    return any(re.sub(",", "", squeeze(gold)) in letters for gold in answers)


def right_answers(given: Sequence[Offered], by: Mapping[str, float]) -> Counter[str]:
    """How many are answered rightly with these weights, by kind."""
    values = np.array([by[name] for name in ASPECTS])
    return Counter(o.kind.value for o in given if o.right[int(np.argmax(o.aspects @ values))])


def bettered(given: Sequence[Offered], by: Mapping[str, float]) -> dict[str, float]:
    """The weights, changed one at a time while more answers come out right."""
    best, count = dict(by), right_answers(given, by).total()
    while True:
        tries = [best | {name: round(best[name] * step, 2)} for name in ASPECTS for step in _STEPS]
        counts = [right_answers(given, one).total() for one in tries]
        if max(counts) < count + _GAIN:
            return best
        count = max(counts)
        best = tries[counts.index(count)]


def main() -> None:
    """Read the questions, better the weights, and print what they bring."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    arguments = parser.parse_args()
    with Library.open(arguments.library) as library:
        given = [one for path in arguments.questions for one in offered(library, path)]
    before, after = weights().extract, bettered(given, weights().extract)
    print("questions", dict(Counter(one.kind.value for one in given)))
    print("right before", dict(right_answers(given, before)), "after", dict(right_answers(given, after)))
    print("changed", {name: (before[name], value) for name, value in after.items() if value != before[name]})
    if arguments.write:
        path = data_file("weights.json")
        whole = json.loads(path.read_text(encoding="utf-8")) | {"extract": after}
        path.write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
