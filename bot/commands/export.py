"""``govnews export``: every article as JSON lines, which ``govnews ingest`` reads back."""

from __future__ import annotations

from pathlib import Path
from typing import IO

import click

from bot.commands import library_option, opened


@click.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True), default="-")
@library_option
def command(file: IO[str], library_path: Path | None) -> None:
    """Write every article to FILE as JSON lines ("-", the default, is standard output).

    One article a line, with the keys title, body, published, agency, publisher, category and url;
    "govnews ingest FILE" reads it back.
    """
    with opened(library_path) as library:
        for line in library.export_lines():
            file.write(line + "\n")
