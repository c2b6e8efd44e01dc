"""Every word the bot says, in Thai and in English.

Each language is a table from a key to a sentence in Telegram HTML; ``{name}`` marks what is filled in.  A key is in
both tables or in none (a test sees to it).
"""

from __future__ import annotations

from bot.texts import en, th
from bot.texts.markup import Html, escape

LANGUAGES = ("th", "en")
_TABLES = {"th": th.TEXTS, "en": en.TEXTS}


def say(language: str, key: str, /, **values: object) -> Html:
    """The sentence as Telegram HTML; values are escaped unless they are :class:`~bot.texts.markup.Html` already."""
    return Html(_TABLES[language][key].format(**{name: escape(value) for name, value in values.items()}))


def plain(language: str, key: str, /, **values: object) -> str:
    """The sentence as plain text, for buttons, menus and pop-ups."""
    return _TABLES[language][key].format(**values)


def language_of(code: str | None) -> str:
    """The bot's language for a Telegram language code: Thai unless the person uses another language."""
    return "th" if not code or code.lower().startswith("th") else "en"
