"""``govnews export``: every article as JSON lines, which ``govnews ingest`` reads back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click

from bot.commands import library_option, opened

if TYPE_CHECKING:
    from retrieval.model import Article


@click.command("export")
@click.argument("file", type=click.File("w", encoding="utf-8", atomic=True), default="-")
@library_option
def command(file: IO[str], library_path: Path | None) -> None:
    """Write every article to FILE as JSON lines ("-", the default, is standard output).

    One article a line, with the keys title, body, published, agency, publisher, category and url;
    "govnews ingest FILE" reads it back.
    """
    with opened(library_path) as library:
        for article in library.export():
            file.write(as_line(article))


def as_line(article: Article) -> str:
    """One article as a line of JSON; keys without a value are left out."""
    fields = {
        "title": article.title,
        "body": article.body,
        "published": article.published.isoformat() if article.published else None,
        "agency": article.agency,
        "publisher": article.publisher,
        "category": article.category,
        "url": article.url,
    }
    return json.dumps({key: value for key, value in fields.items() if value is not None}, ensure_ascii=False) + "\n"
