"""Every word is there in both languages, and nothing is said that is not written down."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

from bot.simulator.api.markup import parse_html
from bot.telegram.handlers import COMMANDS
from bot.texts import LANGUAGES, en, language_of, plain, say, th

BOT = Path(__file__).resolve().parents[3] / "bot"
CODE = [file for file in BOT.rglob("*.py") if file.parent.name != "texts"]


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def said() -> set[str]:
    """Every key that is written out in a call of say or plain."""
    calls = (node for file in CODE for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    return {
        str(node.args[1].value)
        for node in calls
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("say", "plain")
        and len(node.args) == 2
        and isinstance(node.args[1], ast.Constant)
    }


def keys_in_code() -> set[str]:
    """Every string constant of the bot's code: a key that is used is among them."""
    found: set[str] = set()
    for file in CODE:
        tree = ast.parse(file.read_text(encoding="utf-8"))
        found |= {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def test_both_languages_say_the_same_things() -> None:
    assert th.TEXTS.keys() == en.TEXTS.keys()
    for key, text in th.TEXTS.items():
        assert fields(text) == fields(en.TEXTS[key]), key


def test_every_word_that_the_code_says_is_written_and_every_written_word_is_said() -> None:
    assert said() <= th.TEXTS.keys()
    assert len(said()) > 50
    used = keys_in_code() | {f"menu_{command.name}" for command in COMMANDS} | {"thanks_good", "thanks_bad"}
    assert sorted(key for key in th.TEXTS if key not in used) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_has_its_line_in_the_menu(language: str) -> None:
    for command in COMMANDS:
        assert 3 <= len(plain(language, f"menu_{command.name}")) <= 256


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sentence_is_markup_that_telegram_takes(language: str) -> None:
    for key, text in th.TEXTS.items():
        values = {name: 7 if name == "hour" else "<&>" for name in fields(text)}
        parse_html(say(language, key, **values))


def test_values_are_escaped() -> None:
    assert "&lt;b&gt;" in say("th", "latest_none", topic="<b>")


def test_thai_is_for_who_uses_telegram_in_thai_or_does_not_say() -> None:
    assert [language_of(code) for code in (None, "", "th", "th-TH", "en", "de")] == ["th", "th", "th", "th", "en", "en"]
