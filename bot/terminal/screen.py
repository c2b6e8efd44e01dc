"""The screen of ``govnews chat``: what Telegram would show, printed, with buttons that are pressed by their number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from bot.simulator import Person, Seen
from bot.telegram.buttons import Verb
from bot.terminal import printing as terminal
from bot.texts import plain


@dataclass
class Screen:
    """Prints what the bot says, as it says it, and remembers whose buttons can be pressed."""

    person: Person
    language: str
    write: Callable[[str], None]
    columns: Callable[[], int]
    colour: bool
    buttons: Seen | None = None
    """The newest message with buttons, as it stands."""
    gone: BrokenPipeError | None = None
    """Set when nobody reads any more."""
    _shown: dict[int, str] = field(default_factory=dict)
    """What stands in which message, so that new buttons alone do not bring all of it again."""

    def say(self, text: str) -> None:
        """Write a text.  That its reader has gone is kept for the conversation: the bot's work must not fail of it."""
        try:
            self.write(text)
        except BrokenPipeError as error:
            self.gone = error

    def told(self, change: dict[str, Any]) -> None:
        """A listener of the simulator's world."""
        if change.get("chat_id") != self.person.id:
            return
        if change["type"] in ("message", "edit") and change["message"]["from"]["is_bot"]:
            self._show(change["message"])
        elif change["type"] == "callback_answer" and change["text"]:
            self.say(
                terminal.shown([[(f"« {change['text']} »", terminal.DIM)]], columns=self._room, colour=self.colour)
            )

    def echo(self, text: str) -> None:
        """What the person typed, as a bubble at the right."""
        body = terminal.shown([[(line, terminal.PLAIN)] for line in text.split("\n")], columns=self._room, colour=False)
        name = plain(self.language, "chat_you")
        self.say(terminal.bubble(body, name=name, columns=self.columns(), right=True, colour=self.colour))

    def keys(self) -> dict[str, dict[str, Any]]:
        """What to type for which button of the newest message with buttons.

        A button that is a number is pressed by that number, the others by the first numbers that are left.
        """
        buttons = [button for row in self.buttons.keyboard for button in row] if self.buttons else []
        pressable = [button for button in buttons if button.get("callback_data") != Verb.NOTHING]
        labelled = {button["text"]: button for button in pressable if button["text"].isdecimal()}
        free = (str(number) for number in count(1) if str(number) not in labelled)
        return {**labelled, **{next(free): button for button in pressable if button["text"] not in labelled}}

    @property
    def _room(self) -> int:
        return max(20, self.columns() - 4)

    def _show(self, message: dict[str, Any]) -> None:
        seen = Seen(message, 0)
        if self._shown.get(seen.id) != seen.text:
            self._shown[seen.id] = seen.text
            lines = terminal.from_entities(seen.text, seen.entities)
            body = terminal.shown(lines, columns=self._room, colour=self.colour)
            name = message["from"]["first_name"]
            self.say(terminal.bubble(body, name=name, columns=self.columns(), colour=self.colour))
        if seen.keyboard:
            self.buttons = seen
            self.say(self._keyboard(seen))

    def _keyboard(self, seen: Seen) -> str:
        keys = {id(button): key for key, button in self.keys().items()}
        rows: list[terminal.Line] = []
        for row in seen.keyboard:
            line: terminal.Line = []
            for button in row:
                key, label = keys.get(id(button), ""), button["text"]
                if key:
                    line.append((f" {key} ", terminal.KEY))
                line.append((f"{'' if label == key else label}  ", terminal.PLAIN if key else terminal.DIM))
            rows.append(line)
        return terminal.shown(rows, columns=self._room, colour=self.colour)
