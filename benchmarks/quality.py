"""How well questions are answered: a question set run through Library.ask, as a table by type and style.

    python -m benchmarks.quality --library PATH --questions FILE.jsonl [--ingest SOURCE ...] [--misses N]
                                 [--without PART ... | --each-part] [--times] [--save FILE] [--against FILE]

The questions are JSON lines with the keys question, type, style, url, answers, event_date and agencies, as in
``tests/sample_questions.jsonl``; ``--ingest`` reads news into the library first and makes it where there is none.
``--without`` switches parts of the answering off, ``--each-part`` does so one part at a time with a line for each,
``--times`` tells how long an answer takes and what takes the time; ``--save`` keeps what each question got, and
``--against`` names the questions that such an earlier run answered otherwise.  Shares come with their 95 % interval,
by drawing the questions anew a thousand times (bootstrap).
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from benchmarks.timing import clock
from retrieval import Answer, Hit, Library
from retrieval.gazetteer import concepts as lexicon
from retrieval.gazetteer.concepts import Concept, Sort
from retrieval.question import understanding as question
from retrieval.ranking.ranker import rank
from retrieval.store import Store
from retrieval.thai.text import to_arabic_digits

FIGURES = (
    "answer@1", "reply@1", "reply@5", "article@1", "article@5", "date@1", "agency@1", "false_abstain", "abstain",
)  # fmt: skip
"""What is counted of a question, in the order of the table's columns."""
NEAR_DAYS = 3
LONGEST_NAME = 120
"""A short answer to "who" of so many characters names no one person."""
_NOTHING = re.compile("[\\s,\u200b-\u200f\ufeff]+")


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what a right answer holds; ``url`` is None and ``answers`` empty where no news answers it."""

    question: str
    type: str
    style: str
    url: str | None
    answers: tuple[str, ...]
    event_date: dt.date | None
    agencies: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Scored:
    """A question, what the library said, and the figures (true or false) that count for such a question."""

    gold: Gold
    answer: Answer
    figures: Mapping[str, bool]

    @property
    def missed(self) -> bool:
        """Whether the first answer is wrong, or an unanswerable question was answered."""
        return not self.figures.get("answer@1", self.figures.get("abstain", True))


def read(path: Path) -> list[Gold]:
    """The questions of a file of JSON lines."""
    with path.open(encoding="utf-8") as lines:
        return [_gold(json.loads(line)) for line in lines if line.strip()]


def _gold(row: Mapping[str, Any]) -> Gold:
    day = row.get("event_date")
    return Gold(
        row["question"],
        row["type"],
        row["style"],
        row.get("url"),
        tuple(row.get("answers") or ()),
        dt.date.fromisoformat(day) if day else None,
        tuple(row.get("agencies") or ()),
    )


def plain(text: str | None) -> str:
    """Text as it is compared: Arabic digits, lower case, without white space, invisible characters and commas."""
    return _NOTHING.sub("", to_arabic_digits(text or "")).lower()


def holds(text: str | None, answers: Iterable[str]) -> bool:
    """Whether a text holds one of some answers."""
    letters = plain(text)
    return any(plain(answer) in letters for answer in answers if plain(answer))


def judge(gold: Gold, answer: Answer) -> dict[str, bool]:
    """The figures of one question: ``abstain`` alone where nothing answers it, else all the others."""
    if gold.type == "unanswerable":
        return {"abstain": not answer.found}
    hits = answer.hits[:5]
    first = hits[0] if hits else None
    short = holds(answer.answer, gold.answers)
    shown = [holds(hit.excerpt, gold.answers) for hit in hits]
    reply = answer.found and (short or shown[:1] == [True])
    return {
        "answer@1": answer.found and short and len(answer.answer or "") < LONGEST_NAME
        if gold.type in ("chair", "who")
        else reply,
        "reply@1": reply,
        "reply@5": answer.found and (short or any(shown)),
        "article@1": first is not None and first.url == gold.url,
        "article@5": any(hit.url == gold.url for hit in hits),
        "date@1": answer.found and _date_right(gold, first),
        "agency@1": answer.found and _agency_right(gold, first),
        "false_abstain": not answer.found,
    }


def _date_right(gold: Gold, hit: Hit | None) -> bool:
    if gold.event_date is None:
        return True
    days = [day for day in (hit.date, hit.published) if day] if hit else []
    return any(abs((day - gold.event_date).days) <= NEAR_DAYS for day in days)


def _agency_right(gold: Gold, hit: Hit | None) -> bool:
    if not gold.agencies:
        return True
    said = plain(hit.agency if hit else None)
    return any(plain(name) in said or (said != "" and said in plain(name)) for name in gold.agencies)


def run(library: Library, questions: Sequence[Gold]) -> list[Scored]:
    """Ask every question, with five results each."""
    scored = []
    for gold in questions:
        answer = library.ask(gold.question, limit=5)
        scored.append(Scored(gold, answer, judge(gold, answer)))
    return scored


def shares(scored: Iterable[Scored]) -> dict[str, float]:
    """The share of questions for which each figure is true, of those for which it counts."""
    counted: dict[str, list[bool]] = {}
    for one in scored:
        for name, value in one.figures.items():
            counted.setdefault(name, []).append(value)
    return {name: sum(counted[name]) / len(counted[name]) for name in FIGURES if name in counted}


_DRAWN = 1000


def intervals(scored: Sequence[Scored]) -> dict[str, tuple[float, float]]:
    """Between which shares each figure lies in 95 of 100 draws of as many questions out of these, with repetition."""
    result = {}
    for name in FIGURES:
        values = np.array([one.figures[name] for one in scored if name in one.figures], dtype=float)
        if len(values):
            drawn = np.random.default_rng(0).choice(values, (_DRAWN, len(values))).mean(axis=1)
            low, high = np.quantile(drawn, (0.025, 0.975))
            result[name] = (float(low), float(high))
    return result


def cause(library: Library, one: Scored) -> str:
    """Why a question was missed: by the first of silence, proposal, ranking and extraction that failed."""
    if one.gold.url is None:
        return "told what nothing tells"
    if not one.answer.found:
        return "silent"
    if one.figures["article@1"]:
        return "wrong span of the right article"
    index, catalogue = library._ready()
    asked = question.understand(one.gold.question, today=dt.date.today())
    proposed = rank(asked, library._store, index, catalogue).candidates
    return "ranked below" if any(c.article.article.url == one.gold.url for c in proposed) else "not proposed"


def causes(library: Library, scored: Iterable[Scored]) -> dict[str, dict[str, int]]:
    """How many questions of each type were missed by each cause."""
    told: dict[str, dict[str, int]] = {}
    for one in scored:
        if one.missed:
            of_type = told.setdefault(one.gold.type, {})
            why = cause(library, one)
            of_type[why] = of_type.get(why, 0) + 1
    return told


def save(scored: Sequence[Scored], path: Path) -> None:
    """Keep what each question got."""
    lines = [json.dumps({"question": one.gold.question, **one.figures}, ensure_ascii=False) for one in scored]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def against(scored: Sequence[Scored], path: Path) -> str:
    """The questions whose first answer became right or wrong since an earlier run."""
    earlier = {row["question"]: row for row in map(json.loads, path.read_text(encoding="utf-8").splitlines())}
    lines = []
    for one in scored:
        before = earlier.get(one.gold.question)
        if before is None:
            continue
        was = bool(before.get("answer@1", before.get("abstain")))
        if was == one.missed:
            lines.append(f"{'lost' if was else 'won '}  {one.gold.type:12}  {one.gold.question}")
    won = sum(line.startswith("won") for line in lines)
    return "\n".join([f"{won} won, {len(lines) - won} lost", *sorted(lines)])


def groups(scored: Sequence[Scored]) -> dict[str, list[Scored]]:
    """The answers as a whole, by type and by style; unanswerable questions are a type of their own."""
    result: dict[str, list[Scored]] = {"all": list(scored)}
    for kind in sorted({one.gold.type for one in scored}):
        result[f"type:{kind}"] = [one for one in scored if one.gold.type == kind]
    for style in sorted({one.gold.style for one in scored}):
        result[f"style:{style}"] = [one for one in scored if one.gold.style == style]
    return result


def table(rows: Mapping[str, Sequence[Scored]]) -> str:
    """A Markdown table with a line for each group of answers."""
    lines = ["| questions | n | " + " | ".join(FIGURES) + " |", "| --- " * (len(FIGURES) + 2) + "|"]
    for name, scored in rows.items():
        found = shares(scored)
        between = intervals(scored)
        cells = [
            f"{found[figure]:.2f} ({between[figure][0]:.2f}-{between[figure][1]:.2f})" if figure in found else ""
            for figure in FIGURES
        ]
        lines.append(f"| {name} | {len(scored)} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


# Parts switched off

Part = Callable[[], AbstractContextManager[object]]


def _unread(*sorts: Sort) -> Part:
    """Words of these sorts are read as plain words."""
    known = lexicon.concepts

    def others(folded: str) -> list[Concept]:
        return [concept for concept in known(folded) if concept.sort not in sorts]

    return partial(patch, "retrieval.question.understanding.concepts", others)


@contextmanager
def _without_synonyms() -> Iterator[None]:
    with _unread(Sort.SYNONYM)(), patch("retrieval.question.understanding.synonyms_of", lambda word: ()):
        yield


@contextmanager
def _without_lexicon() -> Iterator[None]:
    with _unread(*Sort)(), patch("retrieval.question.understanding.synonyms_of", lambda word: ()):
        yield


PARTS: dict[str, Part] = {
    "dates": partial(patch, "retrieval.question.understanding.question_dates", lambda text, *, today: []),
    "dates in the index": partial(patch, "retrieval.candidates.proposal._masks", lambda question, catalogue: []),
    "tables": _without_lexicon,
    "agencies": _unread(Sort.AGENCY),
    "abbreviations": _unread(Sort.ABBREVIATION),
    "provinces": _unread(Sort.PROVINCE),
    "people": _unread(Sort.PERSON),
    "english": _unread(Sort.ENGLISH),
    "synonyms": _without_synonyms,
    "meeting numbers": partial(patch, "retrieval.question.understanding._of_year", lambda wording: (wording,)),
    "spelling": partial(patch, "retrieval.library.mended", lambda question, speller: question),
    "facts": partial(patch.object, Store, "facts", lambda store, articles: {}),
    "one event once": partial(
        patch, "retrieval.answering.compose.grouped", lambda candidates, **_: (list(candidates), {}, False)
    ),
    "silence": partial(patch, "retrieval.answering.compose.ENOUGH", 0.0),
    "other kinds": partial(patch, "retrieval.ranking.competition.POSSIBLE", 1.0),
    "many articles": partial(patch, "retrieval.ranking.ranker.READ", 1),
}
"""What can be switched off, by name: a context in which the library answers without it."""


def without(names: Iterable[str]) -> ExitStack:
    """A context in which the library answers without these parts."""
    stack = ExitStack()
    for name in names:
        stack.enter_context(PARTS[name]())
    # What was read with a part is not remembered without it, nor the other way round.
    question._group.cache_clear()
    stack.callback(question._group.cache_clear)
    return stack


def _tell_misses(scored: Sequence[Scored], most: int) -> None:
    missed = [one for one in scored if one.missed]
    print(f"\n{len(missed)} missed")
    for one in missed[:most]:
        first = one.answer.hits[0] if one.answer.hits else None
        print(
            f"\n{one.gold.type}, {one.gold.style}: {one.gold.question}"
            f"\n  wanted {' | '.join(one.gold.answers) or 'silence'} ({one.gold.url})"
            f"\n  got {one.answer.kind}, found {one.answer.found} ({one.answer.sure:.2f}): {one.answer.answer}"
            f"\n  from {first.title + ' (' + str(first.url) + ')' if first else 'nothing'}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--questions", type=Path, required=True)
    parser.add_argument("--ingest", nargs="+", default=[], metavar="SOURCE", help="news to read into the library first")
    parser.add_argument("--misses", type=int, default=0, help="how many missed questions to show")
    parser.add_argument("--without", nargs="+", default=[], choices=PARTS, metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--each-part", action="store_true", help="switch off one part at a time")
    parser.add_argument("--save", type=Path, help="a file to keep what each question got")
    parser.add_argument("--against", type=Path, help="a file that an earlier run kept")
    parser.add_argument("--times", action="store_true", help="tell what an answer costs")
    chosen = parser.parse_args()
    questions = read(chosen.questions)
    with Library.open(chosen.library, create=bool(chosen.ingest)) as library:
        if chosen.ingest:
            library.ingest(chosen.ingest)
        if chosen.each_part:
            rows = {"everything": run(library, questions)}
            for name in PARTS:
                with without([name]):
                    rows[f"without {name}"] = run(library, questions)
            print(table(rows))
            return
        with without(chosen.without):
            scored = run(library, questions)
            print(table(groups(scored)))
            for kind, told in sorted(causes(library, scored).items()):
                print(f"missed, {kind}: " + ", ".join(f"{why} {count}" for why, count in sorted(told.items())))
            if chosen.against:
                print(against(scored, chosen.against))
            if chosen.save:
                save(scored, chosen.save)
            if chosen.misses:
                _tell_misses(scored, chosen.misses)
            if chosen.times:
                print("\n" + clock(library, [gold.question for gold in questions]).report())


if __name__ == "__main__":
    main()
