"""Where the tables of facts live, in a checkout and in an installed wheel, and how they are read."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

_HERE = Path(__file__).resolve().parents[1]


def data_file(name: str) -> Path:
    """Path of a file of ``data/``: packaged beside this module in a wheel, one folder up in a checkout."""
    packaged = _HERE / "data" / name
    return packaged if packaged.exists() else _HERE.parent / "data" / name


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV table of ``data/``, as dictionaries; lines that start with ``#`` are comments."""
    with data_file(name).open(encoding="utf-8", newline="") as file:
        header, *found = (row for row in csv.reader(line for line in file if not line.startswith("#")) if row)
        return tuple(dict(zip(header, row, strict=True)) for row in found)


@cache
def _lists(table: str) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for row in rows(f"words/{table}.csv"):
        found.setdefault(row["list"], []).append(row["word"])
    return {name: tuple(listed) for name, listed in found.items()}


def words(table: str, list_: str) -> tuple[str, ...]:
    """The words of a list of the table ``data/words/{table}.csv``, in its order."""
    lists = _lists(table)
    if list_ not in lists:
        raise KeyError(f"The table data/words/{table}.csv has no list {list_!r}.")
    return lists[list_]


def several(cell: str) -> tuple[str, ...]:
    """The values of a cell that holds several, separated by ``|``."""
    return tuple(filter(None, map(str.strip, cell.split("|"))))
