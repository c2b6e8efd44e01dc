"""``govnews stats``: what the library holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.commands import library_option, opened

if TYPE_CHECKING:
    from datetime import date

    from retrieval import Stats

SHOWN_AGENCIES = 15


@click.command("stats")
@library_option
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def command(library_path: Path | None, as_json: bool) -> None:
    """Show what the library holds: articles, dates, agencies, size."""
    with opened(library_path) as library:
        stats = library.stats()
        folder = library.path
    if as_json:
        click.echo(json.dumps({"library": str(folder), **_json(stats)}, ensure_ascii=False))
    else:
        _table(stats, folder)


def _json(stats: Stats) -> dict[str, object]:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    return {
        "articles": stats.articles,
        "passages": stats.passages,
        "facts": stats.facts,
        "oldest": day(stats.oldest),
        "newest": day(stats.newest),
        "agencies": [{"agency": agency, "articles": articles} for agency, articles in stats.agencies],
        "store_bytes": stats.store_bytes,
        "index_bytes": stats.index_bytes,
        "indexed": stats.indexed,
    }


def _table(stats: Stats, folder: Path) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(show_header=False, box=None, padding=(0, 2, 0, 0))
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    table.add_row("library", str(folder))
    table.add_row("articles", f"{stats.articles:,}")
    table.add_row("passages", f"{stats.passages:,}")
    table.add_row("facts", f"{stats.facts:,}")
    if stats.oldest and stats.newest:
        table.add_row("published", f"{stats.oldest.isoformat()} to {stats.newest.isoformat()}")
    table.add_row("size", f"{_size(stats.store_bytes)} of articles, {_size(stats.index_bytes)} of index")
    table.add_row("index", "ready" if stats.indexed else "missing: it is made anew when the library is next read into")
    for number, (agency, articles) in enumerate(stats.agencies[:SHOWN_AGENCIES]):
        table.add_row("agencies" if number == 0 else "", f"{articles:>7,}  {agency}")
    if len(stats.agencies) > SHOWN_AGENCIES:
        table.add_row("", f"         and {len(stats.agencies) - SHOWN_AGENCIES:,} more (--json lists them all)")
    Console().print(table)


def _size(count: float) -> str:
    for unit in ("B", "kB", "MB"):
        if count < 1000:
            return f"{count:.0f} {unit}" if unit == "B" else f"{count:.1f} {unit}"
        count /= 1000
    return f"{count:.1f} GB"
