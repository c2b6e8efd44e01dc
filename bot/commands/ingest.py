"""``govnews ingest``: reads news into the library, showing how far it is and what it could not read."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import INTERRUPTED, Unusable, library_option, opened

if TYPE_CHECKING:
    from retrieval import IngestReport, Library, Progress

SHOWN_UNREAD = 20
SOME_UNREAD = 1
_SECONDS_BETWEEN_LINES = 10


@click.command("ingest")
@click.argument("sources", nargs=-1, required=True, metavar="PATH|URL...")
@library_option
@click.option("--format", "format_name", default="auto", show_default=True, help="How the sources are written.")
@click.option("-v", "--verbose", is_flag=True, help=f"Name all that could not be read, not only {SHOWN_UNREAD}.")
def command(sources: tuple[str, ...], library_path: Path | None, format_name: str, verbose: bool) -> None:
    """Read news into the library.

    A source is a folder, a file, a .zip, .tar.gz or .tar.xz archive, or a web address of one.  Reading the same news
    again changes nothing, so an ingest that was stopped goes on when the same command is given again.

    Exit status: 0 all was read, 1 something could not be read, 2 wrong use, 130 stopped by Ctrl-C.
    """
    from retrieval import Library

    formats = Library.formats()
    if format_name not in formats:
        raise Unusable(f"There is no format {format_name}: choose one of {', '.join(formats)}.")
    for source in sources:
        if "://" not in source and not Path(source).exists():
            raise Unusable(f"There is no file or folder {source}.")
    with opened(library_path, create=True) as library:
        report = read_into(library, sources, format_name=format_name, verbose=verbose)
    if report.interrupted:
        click.get_current_context().exit(INTERRUPTED)
    if report.unread:
        click.get_current_context().exit(SOME_UNREAD)


def read_into(
    library: Library, sources: Sequence[str], *, format_name: str = "auto", verbose: bool = False
) -> IngestReport:
    """Ingest with a progress bar on standard error, then say what was read and what could not be."""
    started = time.monotonic()
    with _shown_progress() as progress:
        report = library.ingest(sources, format=format_name, progress=progress)
    click.echo(_summary(report, seconds=time.monotonic() - started))
    shown = report.unread if verbose else report.unread[:SHOWN_UNREAD]
    for unread in shown:
        click.echo(f"  {unread.place}: {unread.reason}", err=True)
    if len(report.unread) > len(shown):
        click.echo(f"  ... and {len(report.unread) - len(shown):,} more (--verbose names them all)", err=True)
    if report.interrupted:
        click.echo(f"Stopped. What was read is kept in {library.path}; the same command goes on from there.", err=True)
    return report


def _summary(report: IngestReport, *, seconds: float) -> str:
    """The counts of a report in one or two lines; kinds of articles that did not occur are left out."""
    kinds = {
        "new": report.added,
        "changed": report.changed,
        "already known": report.unchanged,
        "copies of others": report.copies,
    }
    parts = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items() if count)
    articles = "1 article" if report.read == 1 else f"{report.read:,} articles"
    text = f"Read {articles} in {_duration(seconds)}" + (f": {parts}." if parts else ".")
    if report.unread:
        text += f"\n{len(report.unread):,} could not be read:"
    return text


def _duration(seconds: float) -> str:
    if seconds < 60:
        return f"{seconds:.1f} s"
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s"


@contextmanager
def _shown_progress() -> Iterator[Callable[[Progress], None]]:
    """A bar with rate and time left on a terminal; elsewhere (a log) a plain line now and then."""
    if not sys.stderr.isatty():
        yield _lines()
        return
    from rich.console import Console
    from rich.progress import BarColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    started = time.monotonic()
    bar = Bar(
        TextColumn("{task.description}"),
        BarColumn(),
        TaskProgressColumn(),
        TextColumn("{task.fields[articles]:,} articles, {task.fields[rate]:,.0f}/s"),
        TextColumn("[dim]gone"),
        TimeElapsedColumn(),
        TextColumn("[dim]left"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )
    with bar:
        task = bar.add_task("Reading", total=None, articles=0, rate=0.0)

        def show(progress: Progress) -> None:
            rate = progress.articles / max(time.monotonic() - started, 1e-3)
            bar.update(
                task,
                description=progress.stage.capitalize(),
                completed=progress.done,
                total=progress.total,
                articles=progress.articles,
                rate=rate,
            )

        yield show


def _lines() -> Callable[[Progress], None]:
    last = time.monotonic()

    def show(progress: Progress) -> None:
        nonlocal last
        now = time.monotonic()
        if now - last < _SECONDS_BETWEEN_LINES:
            return
        last = now
        share = f"{progress.done / progress.total:.0%}, " if progress.total else ""
        click.echo(f"{progress.stage.capitalize()}: {share}{progress.articles:,} articles", err=True)

    return show
