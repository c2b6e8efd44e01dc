"""What the buttons carry: a verb and ids, never text, within Telegram's 64 bytes.

A verb is one of :class:`Verb`; the handler of each is found by it (see :mod:`bot.telegram.handlers`).
"""

from __future__ import annotations

from enum import StrEnum

from telegram import InlineKeyboardButton, InlineKeyboardMarkup
from telegram.constants import InlineKeyboardButtonLimit

Rows = list[list[InlineKeyboardButton]]


class Verb(StrEnum):
    """The first part of a button's data: what pressing it does."""

    EXAMPLE = "x"
    RESULT = "r"
    OPEN = "o"
    ARTICLE = "w"
    READ = "v"
    PERSON = "p"
    YEARS = "y"
    GOOD = "g"
    BAD = "b"
    LIST = "l"
    AGENCY = "a"
    FOLLOW_AGENCY = "fa"
    FOLLOW_WHEN = "fw"
    FOLLOW_HOURS = "fh"
    FOLLOW_PAUSE = "fp"
    FOLLOW_STOP = "fs"
    FOLLOW_OPTIONS = "fo"
    LANGUAGE = "n"
    FORGET = "z"
    RELOAD = "or"
    BROADCAST = "ob"
    NOTHING = "-"


def data(verb: Verb, *values: str | int) -> str:
    """The button data of a verb and its ids; longer than Telegram takes is a programming error."""
    text = ":".join([verb, *map(str, values)])
    if len(text.encode()) > InlineKeyboardButtonLimit.MAX_CALLBACK_DATA:
        raise ValueError(f"Button data of {len(text.encode())} bytes is more than Telegram takes: {text}")
    return text


def button(label: str, verb: Verb, *values: str | int) -> InlineKeyboardButton:
    """A button that carries a verb and its ids."""
    return InlineKeyboardButton(label, callback_data=data(verb, *values))


def keyboard(rows: Rows) -> InlineKeyboardMarkup | None:
    """The rows that hold buttons, or None where there are none."""
    filled = [row for row in rows if row]
    return InlineKeyboardMarkup(filled) if filled else None
