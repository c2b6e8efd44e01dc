"""``govnews sample``: the news that comes with the bot, for a first look."""

from __future__ import annotations

from pathlib import Path

import click

from bot.commands import library_option, opened
from bot.commands.ingest import read_into


@click.command("sample")
@library_option
def command(library_path: Path | None) -> None:
    """Read the sample news that comes with the bot, unless the library already holds news."""
    with opened(library_path, create=True) as library:
        articles = library.stats().articles
        if articles:
            click.echo(f"The library in {library.path} already holds {articles:,} articles; the sample is not needed.")
            return
        read_into(library, library.sample_news())
