"""The data set of questions is what its README says, so that whoever learns or measures can rely on it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).parents[1] / "benchmarks" / "questions"
SETS = sorted(FOLDER.glob("*.jsonl"))
KEYS = {"id", "question", "type", "style", "url", "answers", "event_date", "agencies", "evidence"}
TYPES = {"chair", "who", "when", "where", "agency", "number", "what", "unanswerable"}
STYLES = {"formal", "casual", "abbrev", "dated", "typo", "english", "keywords"}


def questions(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("path", SETS, ids=lambda path: path.stem)
def test_every_question_is_whole(path: Path) -> None:
    for question in questions(path):
        assert question.keys() == KEYS, question["id"]
        assert question["type"] in TYPES, question["id"]
        assert question["style"] in STYLES, question["id"]
        assert question["question"] == " ".join(question["question"].split()), question["id"]
        answerable = question["type"] != "unanswerable"
        assert bool(question["url"]) == bool(question["answers"]) == answerable, question["id"]
        if answerable:
            start, end = question["evidence"]
            assert 0 <= start < end, question["id"]
        if question["event_date"]:
            dt.date.fromisoformat(question["event_date"])


def test_no_question_and_no_article_stands_in_two_sets() -> None:
    seen: dict[str, str] = {}
    for path in SETS:
        asked = questions(path)
        assert len({question["id"] for question in asked}) == len(asked)
        for mark in {question["question"] for question in asked} | {q["url"] for q in asked if q["url"]}:
            assert mark not in seen, f"{mark} stands in {seen[mark]} and in {path.stem}"
            seen[mark] = path.stem


def test_the_readme_counts_what_is_there() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in SETS:
        asked = questions(path)
        answerable = sum(question["type"] != "unanswerable" for question in asked)
        assert f"| `{path.name}` | {len(asked)} ({answerable} answerable) |" in readme
