"""/status: how much the library holds and how fresh it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from telegram import Update

from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.reply import Reply, long_date
from bot.texts import plain, say


async def status(update: Update, context: Context, argument: str) -> None:
    """Show articles, newest date, age of the library and version."""
    language = language_for(update, context)
    services = context.services
    stats, changed = await services.library.read(lambda library: (library.stats(), last_change(library.path)))
    newest = long_date(stats.newest, language) if stats.newest else plain(language, "none_yet")
    text = say(
        language,
        "status",
        articles=f"{stats.articles:,}",
        newest=newest,
        agencies=f"{len(stats.agencies):,}",
        age=age(services.now() - changed, language),
        version=own_version(),
    )
    await say_to(update, Reply(text))


def last_change(path: Path) -> datetime:
    """When news was last added: SQLite's side files change when somebody reads, and are not counted."""
    files = (file for file in path.rglob("*") if file.is_file())
    times = [file.stat().st_mtime for file in files if not file.name.endswith(("-shm", "-wal", ".lock"))]
    return datetime.fromtimestamp(max(times, default=path.stat().st_mtime), UTC)


def age(passed: timedelta, language: str) -> str:
    """A stretch of time in its largest unit."""
    minutes = max(0, int(passed.total_seconds() // 60))
    if minutes < 60:
        return plain(language, "age_minutes", count=minutes)
    if minutes < 48 * 60:
        return plain(language, "age_hours", count=minutes // 60)
    return plain(language, "age_days", count=minutes // (24 * 60))


def own_version() -> str:
    """The version that is installed, or "0" in a checkout that is not."""
    try:
        return version("thai-gov-news-bot")
    except PackageNotFoundError:
        return "0"


COMMAND = Command("status", status)
