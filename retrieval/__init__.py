"""A question in, an answer out: news of the Thai government, found and answered without inventing a word.

The public face is what :data:`__all__` names::

    from pathlib import Path
    from retrieval import Library

    with Library.open(Path("library")) as library:
        answer = library.ask("ใครเป็นประธานเปิดงาน ...")

Sources go one way in: :mod:`~retrieval.sources` -> :mod:`~retrieval.ingestion` (with :mod:`~retrieval.facts`) ->
:mod:`~retrieval.store` -> :mod:`~retrieval.index`.  A question goes one way down: :mod:`~retrieval.question` ->
:mod:`~retrieval.candidates` -> :mod:`~retrieval.ranking` -> :mod:`~retrieval.answering`.  Beneath both lie
:mod:`~retrieval.thai` and :mod:`~retrieval.gazetteer`.  Names are loaded when they are first used: a program that only
speaks of answers does not wait for the index.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.library import Library, LibraryError, english_date, question_dates, thai_date
    from retrieval.model import (
        Answer,
        Article,
        Fact,
        FactKind,
        Hit,
        IngestReport,
        Kind,
        Problem,
        Progress,
        Stats,
        Unread,
    )

__all__ = [
    "Answer",
    "Article",
    "Fact",
    "FactKind",
    "Hit",
    "IngestReport",
    "Kind",
    "Library",
    "LibraryError",
    "Problem",
    "Progress",
    "Stats",
    "Unread",
    "english_date",
    "question_dates",
    "thai_date",
]

_OF_LIBRARY = frozenset({"Library", "LibraryError", "english_date", "question_dates", "thai_date"})


def __getattr__(name: str) -> object:
    """Load a public name at first use; AttributeError for any other."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("retrieval.library" if name in _OF_LIBRARY else "retrieval.model"), name)
