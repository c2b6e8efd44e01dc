"""The menu of commands: which stand in it, for whom, in which language."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from telegram import BotCommand

from bot.texts import plain


class Where(Enum):
    """In which menus a command stands."""

    EVERYWHERE = auto()
    PRIVATE = auto()
    OPERATORS = auto()


_SHOWN = {
    Where.EVERYWHERE: {Where.EVERYWHERE},
    Where.PRIVATE: {Where.EVERYWHERE, Where.PRIVATE},
    Where.OPERATORS: set(Where),
}
"""Groups see what works there; private chats all but what is the operators'."""


@dataclass(frozen=True, slots=True)
class Menu:
    """The names of all commands in their order, each with where it stands; its line is the text ``menu_<name>``."""

    entries: tuple[tuple[str, Where], ...]

    def of(self, where: Where, language: str) -> list[BotCommand]:
        """The menu of such a chat in a language ("th", "en")."""
        return [
            BotCommand(name, plain(language, f"menu_{name}")) for name, place in self.entries if place in _SHOWN[where]
        ]
