"""What the documents say holds: commands, settings, links."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from bot.cli import govnews
from bot.settings import Settings

ROOT = Path(__file__).parents[1]
DOCUMENTS = sorted(
    [*ROOT.glob("*.md"), *ROOT.glob("data/**/*.md"), *ROOT.glob("benchmarks/**/*.md"), *ROOT.glob("docs/*.md")]
)
README = (ROOT / "README.md").read_text(encoding="utf-8")


def code_lines(text: str) -> Iterator[str]:
    """The commands of a document's shell blocks, and the `govnews ...` and `make ...` in its running text."""
    for language, block in re.findall(r"^```(\w*)\n(.*?)^```", text, re.MULTILINE | re.DOTALL):
        lines = [line for line in block.replace("\\\n", " ").splitlines() if line.strip()]
        if language == "console":
            yield from (line[2:] for line in lines if line.startswith("$ "))
        elif language in ("sh", "bash"):
            yield from lines
    yield from re.findall(r"`((?:govnews|make) [^`]+)`", text)


def commands(program: str) -> list[tuple[str, ...]]:
    """Every use of a program in the documents, as its arguments."""
    found = []
    for document in DOCUMENTS:
        for line in code_lines(document.read_text(encoding="utf-8")):
            for part in re.split(r"\s(?:\||&&|;|>)\s", line):
                words = shlex.split(part, comments=True)
                if words and words[0].endswith(program):
                    found.append(tuple(words[1:]))
    return sorted(set(found))


@pytest.mark.parametrize("arguments", commands("govnews"), ids=" ".join)
def test_every_govnews_command_in_the_documents_exists(arguments: tuple[str, ...]) -> None:
    context = click.Context(govnews, info_name="govnews")
    name, *rest = arguments
    if name.startswith("-"):
        assert govnews.make_parser(context).parse_args(list(arguments))
        return
    command = govnews.get_command(context, name)
    assert command is not None, f"govnews has no command {name}"
    # Parsing refuses options that do not exist; files that a reader would have are not looked for.
    command.make_parser(click.Context(command, info_name=name)).parse_args([word for word in rest if word != "..."])


@pytest.mark.parametrize("arguments", commands("make"), ids=" ".join)
def test_every_make_target_in_the_documents_exists(arguments: tuple[str, ...]) -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in arguments:
        assert "=" in target or re.search(rf"^{re.escape(target)}:", makefile, re.MULTILINE), f"no target {target}"


def test_every_command_is_told_of_in_the_readme() -> None:
    for name in govnews.list_commands(click.Context(govnews)):
        assert f"govnews {name}" in README


def test_env_example_and_the_settings_name_the_same_keys() -> None:
    example = (ROOT / ".env.example").read_text(encoding="utf-8")
    code = (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")
    assert set(re.findall(r"^(GOVNEWS_\w+)=", example, re.MULTILINE)) == set(re.findall(r'"(GOVNEWS_\w+)"', code))


def test_env_example_as_it_is_changes_nothing() -> None:
    assert Settings.from_environment({}, env_file=ROOT / ".env.example") == Settings()


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_to_files_lead_somewhere(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", text)
    for link in links:
        if "://" not in link:
            assert (document.parent / link).exists(), f"{document.name} links to {link}, which is not there"


def test_the_answer_shown_in_the_readme_is_the_answer_given(library_path: Path) -> None:
    from click.testing import CliRunner

    shown = re.findall(r"^```console\n\$ (govnews ask .*?)\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    assert shown, "the README shows a question and its answer"
    for line, answer in shown:
        arguments = [*shlex.split(line)[1:], "--library", str(library_path)]
        given = CliRunner().invoke(govnews, arguments).stdout
        # The excerpt is folded in the README as a terminal folds it.
        assert _unfolded(answer) in _unfolded(given)


ENDLESS = {"chat", "run", "simulate"}
"""Commands that talk until somebody ends them; their own tests run them."""


@pytest.mark.parametrize("page", sorted(ROOT.glob("docs/*.md")), ids=lambda path: path.stem)
def test_the_commands_that_a_page_shows_run(page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from click.testing import CliRunner

    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GOVNEWS_LIBRARY", str(tmp_path / "own"))
    (tmp_path / "news").symlink_to(ROOT / "data" / "sample")
    blocks = re.findall(r"^ *```sh\n(.*?)^ *```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    for line in "".join(blocks).splitlines():
        program, *arguments = shlex.split(line)
        if program == "govnews" and arguments[0] not in ENDLESS and "--online" not in arguments:
            given = CliRunner().invoke(govnews, arguments)
            assert given.exit_code == 0, f"{line}: {given.output}"


def _unfolded(text: str) -> str:
    return re.sub(r"[\s│]+", "", text).removesuffix("...")
