"""What learning starts from: for each question the features of all that may answer, and which of it is right.

A record holds no text of an article, so that many thousand fit into memory.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import multiprocessing
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.quality import LONGEST_NAME, NEAR_DAYS, holds
from retrieval.answering.excerpt import best_window
from retrieval.candidates.proposal import propose
from retrieval.candidates.spelling import mended
from retrieval.library import Library
from retrieval.model import Kind
from retrieval.question.understanding import Question, understand
from retrieval.ranking.competition import Contender, Field, contend
from retrieval.ranking.evidence import measure

TODAY = dt.date(2026, 1, 1)
"""What "last week" counts from."""
FOLDS = 5


@dataclass(slots=True)
class Record:
    """A question with everything proposed for it.

    ``articles``: (candidates, len(ARTICLE)); ``is_gold``, ``tells``, ``same_day``: by candidate, whether it is the
    article of the question, whether its text holds the answer, whether it is of the same days.  ``spans``:
    (contenders, len(SPAN)); ``owners`` their candidates; ``right`` and ``shown``: whether the short answer is right
    (for other kinds than people also the excerpt), and whether excerpt or answer hold it.
    """

    question: dict[str, Any]
    kind: str
    articles: NDArray[np.float32]
    is_gold: NDArray[np.bool_]
    tells: NDArray[np.bool_]
    same_day: NDArray[np.bool_]
    spans: NDArray[np.float32]
    owners: NDArray[np.int32]
    answers: list[str]
    right: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    small: bool = False

    @property
    def answerable(self) -> bool:
        """Whether an article answers."""
        return self.question["url"] is not None

    @property
    def fold(self) -> int:
        """The part for cross-validation, by article, so that no article is learned from and judged by."""
        return fold_of(self.question)


def fold_of(question: dict[str, Any]) -> int:
    """The part of a question for cross-validation."""
    key = question["url"] or question["question"]
    return int(hashlib.md5(key.encode(), usedforsecurity=False).hexdigest(), 16) % FOLDS


def read_questions(paths: Iterable[Path]) -> list[dict[str, Any]]:
    """Questions of files in the format of ``benchmarks/questions``."""
    return [json.loads(line) for path in paths for line in path.read_text(encoding="utf-8").splitlines() if line]


def understood(library: Library, text: str, kinds: Sequence[tuple[str, float]] | None = None) -> Question:
    """A question as the library understands it; ``kinds`` in place of what its classifier says."""
    index, _ = library._ready()
    asked = understand(text, today=TODAY)
    if kinds and asked.kind not in (Kind.CHAT, Kind.EVENTS):
        told = tuple((Kind(kind), share) for kind, share in kinds)
        asked = replace(asked.as_kind(told[0][0]), kinds=told)
    return mended(asked, library._speller(index))


def record(
    library: Library, question: dict[str, Any], kinds: Sequence[tuple[str, float]] | None = None
) -> Record | None:
    """Everything proposed for a question; None for one that asks nothing of the news, or for which nothing is found."""
    asked = understood(library, question["question"], kinds)
    if asked.kind is Kind.CHAT or not asked.groups:
        return None
    index, catalogue = library._ready()
    groups, candidates = propose(asked, library._store, index, catalogue)
    if not candidates:
        return None
    articles = measure(candidates, asked, groups, passages=index.size)
    answers = question["answers"]
    contenders, field = contend(asked, candidates, range(len(candidates)), groups)
    url, store = question["url"], library._store
    is_gold = [
        url is not None
        and (c.article.article.url == url or any(u == url for u, _ in store.addresses(c.article.number)))
        for c in candidates
    ]
    tells = [holds(c.reading.text, answers) for c in candidates]
    right, shown = [], []
    for contender in contenders:
        short = _told(contender, answers)
        seen = short or (tells[contender.candidate] and holds(_excerpt(contender, candidates), answers))
        shown.append(seen)
        right.append(short if question["type"] in ("chair", "who") else seen)
    return Record(
        question,
        asked.kind.value,
        articles.astype(np.float32),
        np.array(is_gold),
        np.array(tells),
        np.array([_same_day(c.article, question["event_date"]) for c in candidates]),
        field.features.astype(np.float32),
        field.owners.astype(np.int32),
        field.answers,
        np.array(right),
        np.array(shown),
    )


def _told(contender: Contender, answers: Sequence[str]) -> bool:
    return len(contender.option.answer) < LONGEST_NAME and holds(contender.option.answer, answers)


def _excerpt(contender: Contender, candidates: Sequence[Any]) -> str:
    candidate, option = candidates[contender.candidate], contender.option
    text = candidate.reading.text
    if option.in_headline:
        return str(candidate.article.article.title)
    if contender.kind is Kind.WHAT:
        return str(text[option.start : option.end])
    start, end = best_window(text, candidate.found, (option.start, option.end))
    return str(text[start:end])


def _same_day(stored: Any, day: str | None) -> bool:
    told = [d for d in (stored.event_date, stored.article.published) if d]
    return day is not None and any(abs((d - dt.date.fromisoformat(day)).days) <= NEAR_DAYS for d in told)


_library: Library | None = None


def _open(path: Path) -> None:
    global _library
    _library = Library.open(path)


def _one(job: tuple[dict[str, Any], Sequence[tuple[str, float]] | None]) -> Record | None:
    assert _library is not None
    return record(_library, *job)


def gather(
    path: Path, questions: Sequence[dict[str, Any]], kinds: dict[str, list[tuple[str, float]]], processes: int
) -> list[Record | None]:
    """Records of questions, in their order, by several processes; ``kinds`` by the question's text."""
    jobs = [(question, kinds.get(question["question"])) for question in questions]
    with multiprocessing.Pool(processes, initializer=_open, initargs=(path,)) as pool:
        return list(pool.imap(_one, jobs, chunksize=4))


def part_of(record_: Record, kept: NDArray[np.intp]) -> Field:
    """The competition of some of a record's contenders."""
    answers = [record_.answers[place] for place in kept.tolist()]
    return Field(record_.owners[kept].astype(np.intp), record_.spans[kept].astype(np.float64), answers)
