"""Pages that are made from the code when the site is built: commands, settings, the picture of imports, changelog."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Any

import click

ROOT = Path(__file__).parents[2]
_PLACE = re.compile(r"<!-- made: (\w+) -->")


def on_page_markdown(markdown: str, **_: Any) -> str:
    """Put what is made from the code in the place of ``<!-- made: NAME -->``."""
    return _PLACE.sub(lambda match: MADE[match[1]](), markdown)


def commands() -> str:
    """Every command of ``govnews`` with its own help."""
    from bot.cli import govnews

    context = click.Context(govnews, info_name="govnews")
    parts = []
    for name in govnews.list_commands(context):
        command = govnews.get_command(context, name)
        assert command is not None
        told = command.get_help(click.Context(command, info_name=name, parent=context, max_content_width=100))
        parts.append(f"## govnews {name}\n\n```text\n{told}\n```\n")
    return "\n".join(parts)


def settings() -> str:
    """The settings, as the example file tells them."""
    return f"```ini\n{(ROOT / '.env.example').read_text(encoding='utf-8').strip()}\n```\n"


def changelog() -> str:
    """What changed, without the page's own heading."""
    return (ROOT / "CHANGELOG.md").read_text(encoding="utf-8").split("\n", 1)[1]


def packages() -> str:
    """A table of the packages: what each is for, and which others it imports."""
    rows = ["| package | what passes through it | imports |", "| --- | --- | --- |"]
    for folder in sorted((ROOT / "retrieval").iterdir()):
        if not (folder / "__init__.py").exists():
            continue
        told = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8"))) or ""
        first = re.sub(r":\w+:`~?([^`]+)`", r"`\1`", " ".join(told.split("\n\n")[0].split()))
        rows.append(f"| `{folder.name}` | {first} | {', '.join(f'`{name}`' for name in _imported(folder))} |")
    return "\n".join(rows) + "\n"


def _imported(folder: Path) -> list[str]:
    found = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("retrieval."):
                found.add((node.module or "").split(".")[1])
    return sorted(found - {folder.name})


def formats() -> str:
    """A table of the formats that are read, in the order in which they are tried, as their modules tell them."""
    from retrieval.sources import READERS

    rows = ["| format | what it is |", "| --- | --- |"]
    for reader in READERS:
        told = ast.get_docstring(
            ast.parse((ROOT / "retrieval/sources" / f"{reader.name}.py").read_text(encoding="utf-8"))
        )
        rows.append(f"| `{reader.name}` | {' '.join((told or '').split(chr(10) * 2)[0].split())} |")
    return "\n".join(rows) + "\n"


def floors() -> str:
    """A drawing of the packages of ``retrieval``, floor by floor, with a line for each import."""
    folders = [folder for folder in (ROOT / "retrieval").iterdir() if (folder / "__init__.py").exists()]
    below = {folder.name: set(_imported(folder)) & {f.name for f in folders} for folder in folders}
    height: dict[str, int] = {}

    def floor(name: str) -> int:
        if name not in height:
            height[name] = 1 + max((floor(other) for other in below[name]), default=-1)
        return height[name]

    rooms: dict[int, list[str]] = {}
    for name in sorted(below, key=lambda name: (-floor(name), name)):
        rooms.setdefault(floor(name), []).append(name)
    top, places, boxes, lines = max(rooms), {}, [], []
    for level, names in rooms.items():
        for column, name in enumerate(names):
            places[name] = (380 + int((column - (len(names) - 1) / 2) * 190), 30 + (top - level) * 62)
    for name, (x, y) in places.items():
        boxes.append(
            f'<rect x="{x - 70}" y="{y - 17}" width="140" height="34" rx="6" fill="#e8eaf6" stroke="#3f51b5"/>'
            f'<text x="{x}" y="{y + 5}" text-anchor="middle" font-size="14" fill="#1a237e">{name}</text>'
        )
        for other in sorted(below[name]):
            bend = 0 if height[name] - height[other] == 1 else 120 + 25 * (height[name] - height[other])
            to_x, to_y = places[other]
            lines.append(
                f'<path d="M{x} {y + 17} Q{(x + to_x) // 2 + bend} {(y + to_y) // 2} {to_x} {to_y - 17}"'
                ' fill="none" stroke="#9fa8da"/>'
            )
    size = f'viewBox="0 0 900 {(top + 1) * 62}" role="img" aria-label="The packages of retrieval and their imports"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{"".join(lines)}{"".join(boxes)}</svg>\n'


MADE = {
    "commands": commands,
    "settings": settings,
    "changelog": changelog,
    "packages": packages,
    "formats": formats,
    "floors": floors,
}
"""What may stand in a page, by its name."""
