"""``govnews doctor``: what is wrong with the settings, the token or the library, and how to mend it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import library_option

if TYPE_CHECKING:
    from bot.settings import Settings

PROBLEMS = 1


@click.command("doctor")
@library_option
@click.option("--online", is_flag=True, help="Also ask Telegram whether the token is valid.")
def command(library_path: Path | None, online: bool) -> None:
    """Look for what is wrong and say how to mend it.

    Exit status: 0 all is well, 1 something is wrong.
    """
    from bot.settings import Settings, SettingsError

    visit = _Visit()
    try:
        settings = Settings.from_environment()
        visit.good("settings", "read")
    except SettingsError as error:
        settings = Settings()
        visit.bad("settings", str(error), "Mend that line of .env or of the environment; .env.example shows them all.")
    _token(settings, visit, online=online)
    _segmenter(visit)
    _library(library_path or settings.library, visit)
    if visit.problems:
        click.get_current_context().exit(PROBLEMS)


class _Visit:
    """Says what was looked at, and counts what was wrong."""

    def __init__(self) -> None:
        self.problems = 0

    def good(self, part: str, what: str) -> None:
        click.echo(f"{click.style('✓', fg='green')} {part:<10} {what}")

    def note(self, part: str, what: str) -> None:
        click.echo(f"{click.style('·', fg='yellow')} {part:<10} {what}")

    def bad(self, part: str, what: str, mend: str) -> None:
        self.problems += 1
        click.echo(f"{click.style('✗', fg='red')} {part:<10} {what}\n{'':<13}{mend}")


def _token(settings: Settings, visit: _Visit, *, online: bool) -> None:
    if settings.token is None:
        visit.note("token", 'GOVNEWS_TOKEN is not set; only "govnews run" needs it.')
    elif not online:
        visit.good("token", "set, and of the right shape (--online asks Telegram whether it is valid)")
    else:
        _ask_telegram(settings.api_url, settings.token.reveal(), visit)


def _ask_telegram(api_url: str, token: str, visit: _Visit) -> None:
    import httpx

    try:
        reply = httpx.get(f"{api_url}/bot{token}/getMe", timeout=10).json()
    except (httpx.HTTPError, ValueError) as error:
        visit.bad(
            "token",
            f"{api_url} could not be asked ({type(error).__name__}).",
            "Is this machine on the internet, and is GOVNEWS_API_URL right?",
        )
        return
    if reply.get("ok"):
        visit.good("token", f"valid: the bot is @{reply['result']['username']}")
    else:
        visit.bad("token", "Telegram does not know this token.", "Ask @BotFather for the token (/mybots, API Token).")


def _segmenter(visit: _Visit) -> None:
    imports: dict[str, Callable[[], object]] = {"nlpo3": _import_nlpo3, "newmm": _import_newmm}
    failed = []
    for engine, load in imports.items():
        try:
            load()
        except ImportError as error:
            failed.append(f"{engine}: {error}")
            continue
        if failed:
            visit.note("segmenter", f"newmm, which is slower; nlpo3 cannot be used here ({failed[0]})")
        else:
            visit.good("segmenter", engine)
        return
    visit.bad(
        "segmenter", f"There is none ({'; '.join(failed)}).", "Install the bot again: pip install --force-reinstall"
    )


def _import_nlpo3() -> object:
    import nlpo3

    return nlpo3


def _import_newmm() -> object:
    from pythainlp.tokenize import newmm

    return newmm


def _library(folder: Path, visit: _Visit) -> None:
    from retrieval import Library, LibraryError

    try:
        with Library.open(folder) as library:
            problems, stats = library.check(), library.stats()
    except LibraryError as error:
        visit.bad("library", str(error), 'Read news into it: "govnews sample" or "govnews ingest FOLDER".')
        return
    for problem in problems:
        visit.bad("library", problem.what, problem.mend)
    if not problems:
        visit.good("library", f"{folder}: {stats.articles:,} articles, {stats.passages:,} passages, index ready")
