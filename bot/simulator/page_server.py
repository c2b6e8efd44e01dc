"""The chat page's side of the server: its files, and a socket over which it acts and hears what happens."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from tornado.web import RequestHandler, StaticFileHandler
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from bot.simulator.actions import CannotDo
from bot.simulator.api import limits
from bot.simulator.api.entities import utf16_slice
from bot.simulator.server import Call
from bot.simulator.simulator import Simulator
from bot.simulator.state import Chat, User

FOLDER = Path(__file__).parent / "page"
_SHOWN_CALLS = 200
_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'"


def page_routes(simulator: Simulator) -> list[Any]:
    """The routes of the page, for ``Simulator.routes``."""
    return [
        (r"/", _Index),
        (r"/page/socket", PageSocket, {"simulator": simulator}),
        (r"/page/(.*)", _Files, {"path": str(FOLDER)}),
    ]


class _Index(RequestHandler):
    def get(self) -> None:
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", _POLICY)
        self.set_header("Cache-Control", "no-store")
        self.finish((FOLDER / "index.html").read_bytes())


class _Files(StaticFileHandler):
    def set_extra_headers(self, path: str) -> None:
        self.set_header("Cache-Control", "no-store")


class PageSocket(WebSocketHandler):
    """One open page.

    It sends ``{"id": n, "do": name, ...}`` and gets ``{"id": n, "ok": ...}`` or ``{"id": n, "error": sentence}``;
    what happens in the world comes as ``{"type": ...}``.
    """

    def initialize(self, simulator: Simulator) -> None:
        """Given by the route."""
        self.simulator = simulator
        self.world = simulator.world

    def open(self, *args: str, **kwargs: str) -> None:
        """Tell the page how things stand, then all that changes."""
        self.world.listeners.append(self._hear)
        self._send({"type": "hello", **self._everything()})

    def on_close(self) -> None:
        """The page is gone."""
        if self._hear in self.world.listeners:
            self.world.listeners.remove(self._hear)

    def on_message(self, message: str | bytes) -> None:
        """Do what the page asks for."""
        try:
            asked = json.loads(message)
            doing = getattr(self, f"do_{asked['do']}")
        except (ValueError, KeyError, TypeError, AttributeError):
            self._send({"type": "error", "error": "The page sent something that the simulator does not understand."})
            return
        try:
            self._send({"id": asked.get("id"), "ok": doing(asked)})
        except CannotDo as reason:
            self._send({"id": asked.get("id"), "error": str(reason)})
        except (KeyError, TypeError, ValueError) as problem:
            self._send({"id": asked.get("id"), "error": f"The page left something out: {problem}."})

    def _send(self, what: dict[str, Any]) -> None:
        try:
            self.write_message(json.dumps(what, ensure_ascii=False))
        except WebSocketClosedError:
            self.on_close()

    def _hear(self, event: dict[str, Any]) -> None:
        kind = event["type"]
        if kind in ("message", "edit", "delete", "action", "callback_answer", "inline_answer"):
            self._send(event)
        elif kind == "call":
            if event["call"].method != "getUpdates" or '"result": []' not in event["call"].body:
                self._send({"type": "call", "call": _call(event["call"])})
        elif kind in ("menu", "members", "bot_status"):
            self._send({"type": "menus", "menus": self._menus()})

    def _everything(self) -> dict[str, Any]:
        calls = [call for call in self.simulator.calls if call.body and '"result": []' not in call.body]
        return {
            "bot": self.world.bot.json(),
            "description": {
                language: self.simulator.api.profile.texts.get(("description", language), "") for language in ("", "en")
            },
            "people": [user.json() for user in self._people()],
            "chats": [self._chat(chat) for chat in self.world.chats.values()],
            "menus": self._menus(),
            "calls": [_call(call) for call in calls[-_SHOWN_CALLS:]],
        }

    def _people(self) -> list[User]:
        return [user for user in self.world.users.values() if not user.is_bot]

    def _chat(self, chat: Chat) -> dict[str, Any]:
        return {
            **chat.json(),
            "members": [chat.id] if chat.person else list(chat.members),
            "messages": [chat.messages[number] for number in sorted(chat.messages)],
        }

    def _menus(self) -> dict[str, Any]:
        return {
            str(chat.id): {
                str(user.id): self.simulator.api.profile.menu_for(user, chat)
                for user in self._people()
                if chat.person in (None, user)
            }
            for chat in self.world.chats.values()
        }

    def _who_where(self, asked: dict[str, Any]) -> tuple[User, Chat]:
        return self.world.users[int(asked["person"])], self.world.chats[int(asked["chat"])]

    def do_send(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Type a message: person, chat, text, reply_to."""
        user, chat = self._who_where(asked)
        typed = self.simulator.actions.send(user, chat, str(asked["text"]), reply_to=asked.get("reply_to"))
        return {"message_id": typed.message["message_id"], "heard": typed.update is not None}

    def do_edit(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Change an own message: person, chat, message, text."""
        user, chat = self._who_where(asked)
        typed = self.simulator.actions.edit(user, chat, int(asked["message"]), str(asked["text"]))
        return {"heard": typed.update is not None}

    def do_press(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Press a button: person, chat, message, data.  The answer comes as an event with this id."""
        user, chat = self._who_where(asked)
        return {"query": self.simulator.actions.press(user, chat, int(asked["message"]), str(asked["data"])).id}

    def do_inline(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Type after the bot's name: person, chat, query, offset.  The cards come as an event with this id."""
        user, chat = self._who_where(asked)
        kind = "sender" if chat.person is not None else chat.type
        query = str(asked["query"])
        # A query is typed letter by letter: what is too long is cut, as Telegram's clients do.
        query = utf16_slice(query, 0, limits.INLINE_QUERY)
        offset = str(asked.get("offset", ""))
        return {"query": self.simulator.actions.ask_inline(user, query, offset=offset, chat_type=kind).id}

    def do_choose(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Send a card: person, chat, query, result."""
        user, chat = self._who_where(asked)
        query = self.simulator.api.queries.inlines[str(asked["query"])]
        message = self.simulator.actions.choose_inline(user, query, str(asked["result"]), chat)
        return {"message_id": message["message_id"]}

    def do_language(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Switch the language of a person's client: person, language."""
        user = self.world.users[int(asked["person"])]
        user.language = str(asked["language"])
        self.world.tell("menu")
        return {}

    def do_menus(self, asked: dict[str, Any]) -> dict[str, Any]:
        """The command menus: chat id to person id to menu."""
        return self._menus()


def _call(call: Call) -> dict[str, Any]:
    """A call for the developer's panel; the token is no part of it."""
    return {
        "number": call.number,
        "method": call.method,
        "params": {name: _opened(value) for name, value in call.params.items()},
        "status": call.status,
        "reply": call.reply if call.reply is not None else call.body,
        "milliseconds": round(1000 * call.seconds, 1),
        "fault": call.fault,
    }


def _opened(value: Any) -> Any:
    """A parameter that is JSON in a text, opened for reading."""
    if isinstance(value, str) and value[:1] in "[{":
        try:
            return json.loads(value)
        except ValueError:
            return value
    return value
