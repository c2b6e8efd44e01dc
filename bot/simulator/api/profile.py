"""What a bot tells of itself: its menus by scope and language, its name and descriptions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.entities import utf16_length
from bot.simulator.api.params import Params
from bot.simulator.api.refusals import bad_request
from bot.simulator.state import Chat, User, World

Scope = tuple[str, int, int]
"""Scope type, chat id and user id (0 where the type has none)."""

_SCOPES = {
    "default": (),
    "all_private_chats": (),
    "all_group_chats": (),
    "all_chat_administrators": (),
    "chat": ("chat_id",),
    "chat_administrators": ("chat_id",),
    "chat_member": ("chat_id", "user_id"),
}


@dataclass
class Profile:
    """The texts and menus of a bot."""

    world: World
    menus: dict[tuple[Scope, str], list[dict[str, str]]] = field(default_factory=dict)
    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """(what, language) to text; what is name, description or short_description."""
    menu_button: dict[str, Any] = field(default_factory=lambda: {"type": "commands"})

    def _scope(self, params: Params) -> Scope:
        scope = params.object("scope", "BotCommandScope") or {"type": "default"}
        kind = scope.get("type")
        if kind not in _SCOPES:
            raise bad_request("can't parse BotCommandScope: Unsupported type specified")
        numbers = [0, 0]
        for place, name in enumerate(_SCOPES[kind]):
            try:
                numbers[place] = int(scope[name])
            except (KeyError, TypeError, ValueError):
                raise bad_request(f"can't parse BotCommandScope: Can't find field \"{name}\"") from None
        if numbers[0]:
            self.world.chat_for_bot(numbers[0])
        return str(kind), numbers[0], numbers[1]

    @staticmethod
    def _language(params: Params) -> str:
        language = params.text("language_code")
        if language and not re.fullmatch("[a-z]{2}", language):
            raise bad_request("invalid language code specified")
        return language

    def set_my_commands(self, params: Params) -> bool:
        """setMyCommands."""
        given = params.array("commands", "commands") or []
        if len(given) > limits.COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        key = (self._scope(params), self._language(params))
        commands = [_command(command) for command in given]
        if len({command["command"] for command in commands}) < len(commands):
            raise bad_request("BOT_COMMAND_INVALID")
        if commands:
            self.menus[key] = commands
        else:
            self.menus.pop(key, None)
        self.world.tell("menu")
        return True

    def get_my_commands(self, params: Params) -> list[dict[str, str]]:
        """getMyCommands."""
        return self.menus.get((self._scope(params), self._language(params)), [])

    def delete_my_commands(self, params: Params) -> bool:
        """deleteMyCommands."""
        self.menus.pop((self._scope(params), self._language(params)), None)
        self.world.tell("menu")
        return True

    def menu_for(self, user: User, chat: Chat) -> list[dict[str, str]]:
        """The menu that a person's client shows in a chat: the narrowest scope wins, then the language."""
        if chat.person is not None:
            scopes: list[Scope] = [("chat", chat.id, 0), ("all_private_chats", 0, 0)]
        else:
            scopes = [("chat_member", chat.id, user.id)]
            administrator = user.id in chat.administrators
            scopes += [("chat_administrators", chat.id, 0)] if administrator else []
            scopes += [("chat", chat.id, 0)]
            scopes += [("all_chat_administrators", 0, 0)] if administrator else []
            scopes += [("all_group_chats", 0, 0)]
        for scope in (*scopes, ("default", 0, 0)):
            for language in (user.language.split("-")[0], ""):
                if (scope, language) in self.menus:
                    return self.menus[scope, language]
        return []

    def set_text(self, what: str, longest: int, params: Params) -> bool:
        """setMyName, setMyDescription, setMyShortDescription."""
        text = params.text(what)
        if utf16_length(text) > longest:
            raise bad_request(f"bot {what.replace('_', ' ')} is too long")
        self.texts[what, self._language(params)] = text
        return True

    def get_text(self, what: str, params: Params) -> dict[str, str]:
        """getMyName, getMyDescription, getMyShortDescription."""
        default = self.texts.get((what, ""), self.world.bot.first_name if what == "name" else "")
        return {what: self.texts.get((what, self._language(params))) or default}

    def set_menu_button(self, params: Params) -> bool:
        """setChatMenuButton."""
        button = params.object("menu_button", "menu button") or {"type": "default"}
        if button.get("type") not in ("commands", "web_app", "default"):
            raise bad_request("can't parse menu button: Unsupported type specified")
        self.menu_button = {"type": "commands"} if button["type"] == "default" else button
        return True


def _command(command: Any) -> dict[str, str]:
    if not isinstance(command, dict):
        raise bad_request("can't parse BotCommand: BotCommand must be an Object")
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not isinstance(description, str):
        raise bad_request('can\'t parse BotCommand: Can\'t find field "command" or "description"')
    name = name.removeprefix("/")
    if not re.fullmatch(rf"[a-z0-9_]{{1,{limits.COMMAND_NAME}}}", name):
        raise bad_request("BOT_COMMAND_INVALID")
    description = description.strip()
    if not 1 <= utf16_length(description) <= limits.COMMAND_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
    return {"command": name, "description": description}
