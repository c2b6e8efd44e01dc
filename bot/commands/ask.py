"""``govnews ask``: one question, or a file of them, answered on standard output."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bot.commands import Unusable, library_option, opened

if TYPE_CHECKING:
    from datetime import date

    from bot.terminal.printing import Line
    from retrieval import Answer, Hit, Library

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
    from retrieval import Answer, Kind

    return Answer(question="", kind=Kind.WHAT, found=False)


def as_object(answer: Answer) -> dict[str, object]:
    """An answer as the command line's contract writes it in JSON."""
    return {
        "question": answer.question,
        "kind": answer.kind.value,
        "found": answer.found,
        "answer": answer.answer,
        "detail": answer.detail,
        "sure": round(answer.sure, 3) if answer.found else 0.0,
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


def _readable(answer: Answer, with_question: bool) -> str:
    """An answer for people, as wide and as colourful as standard output."""
    from bot.terminal import printing as terminal
    from retrieval import Kind

    lines: list[terminal.Line] = []
    if with_question:
        lines.append([(f"❓ {answer.question}", terminal.DIM)])
    if answer.kind == Kind.CHAT:
        lines.append([(_say(answer, "chat_reply"), terminal.PLAIN)])
    elif not answer.found:
        lines.append([(_say(answer, "not_found"), terminal.BOLD)])
        lines.append([(_say(answer, "not_found_hint"), terminal.PLAIN)])
        if answer.hits:
            lines += [[], [(_say(answer, "not_found_nearest"), terminal.PLAIN)]]
            lines += [line for number, hit in enumerate(answer.hits, 1) for line in _listed(number, hit, answer)]
    elif answer.several or answer.kind == Kind.EVENTS:
        lines.append([(_say(answer, "several"), terminal.BOLD)])
        lines += [line for number, hit in enumerate(answer.hits, 1) for line in _listed(number, hit, answer)]
    else:
        lines += _best(answer)
    # In a pipe a line is a paragraph, for whatever reads it.
    columns = terminal.columns() if sys.stdout.isatty() else terminal.UNBOUND
    return terminal.shown(lines, columns=columns, colour=terminal.coloured())


def _best(answer: Answer) -> list[Line]:
    from bot.terminal import printing as terminal

    hit, *others = answer.hits
    lines: list[Line] = []
    if answer.likely:
        lines.append([(_say(answer, "likely" if answer.answer else "likely_here"), terminal.DIM)])
    if answer.answer:
        lines.append([(answer.answer, terminal.BOLD)])
    if answer.detail:
        lines.append([(answer.detail, terminal.PLAIN)])
    lines.append(terminal.highlighted(hit.excerpt.replace("\n", " "), hit.highlights, terminal.QUOTE, terminal.MARKED))
    lines.append([(f"📰 {hit.title}", terminal.PLAIN)])
    lines.append([(" · ".join(_when_and_who(hit, answer)), terminal.PLAIN)])
    if hit.url:
        lines.append([(hit.url, terminal.Style(url=hit.url))])
    if hit.same_event:
        lines.append([(_say(answer, "same_event", count=hit.same_event), terminal.DIM)])
    if others:
        lines += [[], [(_say(answer, "more_found", count=len(others)), terminal.DIM)]]
        lines += [line for number, other in enumerate(others, 2) for line in _listed(number, other, answer)]
    return lines


def _listed(number: int, hit: Hit, answer: Answer) -> list[Line]:
    from bot.terminal import printing as terminal

    about = " · ".join(part for part in (hit.answer, hit.detail) if part)
    lines: list[Line] = [[(f"{number}. ", terminal.DIM), (hit.title, terminal.PLAIN)]]
    if about:
        lines.append([(f"   {about}", terminal.BOLD)])
    lines.append([("   " + " · ".join(_when_and_who(hit, answer)), terminal.DIM)])
    if hit.url:
        lines.append([("   ", terminal.DIM), (hit.url, terminal.Style(dim=True, url=hit.url))])
    return lines


def _when_and_who(hit: Hit, answer: Answer) -> list[str]:
    from retrieval import english_date, thai_date

    written = english_date if answer.language == "en" else thai_date
    parts = []
    if hit.date:
        parts.append(f"🗓 {written(hit.date)}")
    elif hit.published:
        parts.append(f"🗓 {_say(answer, 'published', date=written(hit.published))}")
    if hit.agency:
        parts.append(f"🏛 {hit.agency}")
    return parts


def _say(answer: Answer, key: str, **values: object) -> str:
    from bot.texts import plain

    return plain(answer.language, key, **values)
