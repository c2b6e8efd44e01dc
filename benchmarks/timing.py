"""How long answers take, and which stage takes the time."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from unittest.mock import patch

from retrieval import Library
from retrieval.index import Index
from retrieval.ranking import ranker
from retrieval.store import Store


@dataclass(slots=True)
class Times:
    """Seconds of every question, and seconds spent in each stage of all of them together."""

    questions: list[float] = field(default_factory=list)
    stages: dict[str, float] = field(default_factory=dict)
    _running: list[float] = field(default_factory=list)

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """The same function, its time counted for a stage and not for the stage that called it."""

        def timing(*args: Any, **options: Any) -> Any:
            started = perf_counter()
            self._running.append(0.0)
            try:
                return function(*args, **options)
            finally:
                spent = perf_counter() - started
                self.stages[stage] = self.stages.get(stage, 0.0) + spent - self._running.pop()
                if self._running:
                    self._running[-1] += spent

        return timing

    def report(self) -> str:
        """Median, 95th percentile and the stages' shares."""
        whole = sum(self.questions)
        ordered = sorted(self.questions)
        late = ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
        lines = [
            f"Library.ask: median {1000 * statistics.median(ordered):.1f} ms, 95th percentile {1000 * late:.1f} ms"
        ]
        named = {**self.stages, "the rest": whole - sum(self.stages.values())}
        lines += [f"  {name}: {spent / whole:.0%}" for name, spent in sorted(named.items(), key=lambda pair: -pair[1])]
        return "\n".join(lines)


_STAGES: tuple[tuple[str, object, str], ...] = (
    ("index", Index, "search"),
    ("index", Index, "contributions"),
    ("index", Index, "frequency_and_idf"),
    ("store", Store, "articles"),
    ("store", Store, "facts"),
    ("store", Store, "passages"),
    ("store", Store, "term_ids"),
    ("understanding", sys.modules[Library.__module__], "understand"),
    ("spelling", sys.modules[Library.__module__], "mended"),
    ("proposal", ranker, "propose"),
    ("evidence", ranker, "measure"),
    ("spans", ranker, "contend"),
    ("spans", ranker, "compare"),
    ("ranking", sys.modules[Library.__module__], "rank"),
    ("reply", sys.modules[Library.__module__], "compose"),
    ("reply", sys.modules[Library.__module__], "presided"),
)


def clock(library: Library, questions: Sequence[str]) -> Times:
    """Ask every question twice and time the second round, when files and tables are warm."""
    for question in questions:
        library.ask(question, limit=5)
    times = Times()
    with ExitStack() as stack:
        for stage, owner, name in _STAGES:
            stack.enter_context(patch.object(owner, name, times.timed(stage, getattr(owner, name))))
        for question in questions:
            started = perf_counter()
            library.ask(question, limit=5)
            times.questions.append(perf_counter() - started)
    return times
