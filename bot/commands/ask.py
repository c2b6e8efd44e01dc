"""``govnews ask``: one question, or a file of them, answered on standard output."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bot.commands import Unusable, library_option, opened

if TYPE_CHECKING:
    from datetime import date

    from retrieval.library import Library
    from retrieval.model import Answer, Hit

NOTHING_FOUND = 1


@click.command("ask")
@click.argument("question", required=False)
@library_option
@click.option("--limit", type=click.IntRange(1, 50), default=5, show_default=True, help="Results at most.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a question, on one line.")
@click.option("--batch", type=click.File("rb"), help='Answer a file of questions, one a line ("-": standard input).')
def command(
    question: str | None, library_path: Path | None, limit: int, as_json: bool, batch: IO[bytes] | None
) -> None:
    """Answer a question, with the excerpt that proves it.

    With --batch the answers come in the questions' order, each as soon as it is found; an empty line is answered
    with "nothing found", so that line N of the output always belongs to line N of the file.

    Exit status: 0 answered (of a batch, at least one), 1 nothing found, 2 wrong use or unreadable library.
    """
    if (question is None) == (batch is None):
        raise click.UsageError("Give either a QUESTION or --batch FILE.")
    questions = _lines(batch) if batch is not None else iter([question or ""])
    found = False
    with opened(library_path) as library:
        for number, text in enumerate(questions):
            answer = _answer(library, text, limit)
            found = found or answer.found
            if as_json:
                click.echo(json.dumps(as_object(answer), ensure_ascii=False))
            else:
                click.echo(("\n" if number else "") + _readable(answer, batch is not None))
    if not found:
        click.get_current_context().exit(NOTHING_FOUND)


def _lines(file: IO[bytes]) -> Iterator[str]:
    for number, line in enumerate(file, start=1):
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8").strip()
        except UnicodeDecodeError:
            raise Unusable(f"Line {number} of {file.name} is not UTF-8: save the questions as UTF-8.") from None


def _answer(library: Library, question: str, limit: int) -> Answer:
    if question:
        return library.ask(question, limit=limit)
    from retrieval.model import Answer, Kind

    return Answer(question="", kind=Kind.WHAT, found=False)


def as_object(answer: Answer) -> dict[str, object]:
    """An answer as the command line's contract writes it in JSON."""
    return {
        "question": answer.question,
        "kind": answer.kind.value,
        "found": answer.found,
        "answer": answer.answer,
        "detail": answer.detail,
        "results": [_result(hit) for hit in answer.hits],
    }


def _result(hit: Hit) -> dict[str, object]:
    return {
        "title": hit.title,
        "excerpt": hit.excerpt,
        "highlights": [list(span) for span in hit.highlights],
        "date": _iso(hit.date),
        "published": _iso(hit.published),
        "agency": hit.agency,
        "url": hit.url,
        "article_id": hit.article_id,
        "score": round(hit.score, 4),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
