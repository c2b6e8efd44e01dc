"""The house keeps its directions: every package imports only the ones below it, and no modules import in a circle."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

FLOORS = (
    ("bot.__main__",),
    ("bot.cli",),
    ("bot.commands",),
    ("bot.terminal",),
    ("bot.simulator",),
    ("bot.telegram",),
    ("bot.services",),
    ("bot.logs",),
    ("bot.texts", "bot.settings", "bot.state"),
    ("bot",),
    ("retrieval",),
    ("retrieval.library",),
    ("retrieval.answering",),
    ("retrieval.ranking",),
    ("retrieval.candidates",),
    ("retrieval.question",),
    ("retrieval.index", "retrieval.ingestion"),
    ("retrieval.store",),
    ("retrieval.facts", "retrieval.sources"),
    ("retrieval.gazetteer",),
    ("retrieval.model",),
    ("retrieval.thai",),
)
"""Packages from the top floor down.  Those of one floor do not know of each other."""

FLOOR_OF = {room: floor for floor, rooms in enumerate(FLOORS) for room in rooms}


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    found = {}
    for package in ("bot", "retrieval"):
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports(source: str, name: str, *, lazily: bool) -> Iterator[str]:
    """Modules of the product that a module imports; those of functions and of type checking only if ``lazily``."""
    tree = ast.parse(source)
    nodes = list(ast.walk(tree)) if lazily else [n for n in tree.body if isinstance(n, ast.Import | ast.ImportFrom)]
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            for alias in node.names:
                inner = f"{node.module}.{alias.name}"
                yield inner if inner in MODULES else node.module


def room_of(module: str) -> str:
    """The package, or the module beside the packages, that a module belongs to."""
    return ".".join(module.split(".")[:2])


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_from_the_floors_below(name: str) -> None:
    own = room_of(name)
    wrong = [
        other
        for other in imports(MODULES[name].read_text(encoding="utf-8"), name, lazily=True)
        if room_of(other) != own and FLOOR_OF[room_of(other)] <= FLOOR_OF[own]
    ]
    assert not wrong, f"{name} imports {', '.join(wrong)}: {own} stands below or beside. Move what both need down."


def test_modules_never_import_in_a_circle() -> None:
    graph = {
        name: {other for other in imports(path.read_text(encoding="utf-8"), name, lazily=True) if other != name}
        for name, path in MODULES.items()
    }
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail("Modules import in a circle: " + " -> ".join(error.args[1]))


def test_a_room_that_is_new_is_given_its_floor() -> None:
    assert {room_of(name) for name in MODULES} == set(FLOOR_OF)


def test_the_bot_knows_retrieval_by_its_public_face_alone() -> None:
    wrong = [
        f"{name} -> {other}"
        for name, path in MODULES.items()
        if name.startswith("bot")
        for other in imports(path.read_text(encoding="utf-8"), name, lazily=True)
        if other.startswith("retrieval.")
    ]
    assert not wrong


def test_retrieval_does_not_know_of_telegram() -> None:
    wrong = [
        name
        for name, path in MODULES.items()
        if name.startswith("retrieval")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("telegram"))
        or (isinstance(node, ast.Import) and any(alias.name.startswith("telegram") for alias in node.names))
    ]
    assert not wrong


def test_an_import_upwards_would_be_seen() -> None:
    source = "def late():\n    from retrieval.answering.compose import compose\n"
    assert list(imports(source, "retrieval.thai.text", lazily=True)) == ["retrieval.answering.compose"]
    assert FLOOR_OF["retrieval.answering"] < FLOOR_OF["retrieval.thai"]
