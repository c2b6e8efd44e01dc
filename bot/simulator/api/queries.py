"""Callback queries and inline queries: what persons ask and how the bot answers."""

from __future__ import annotations

import itertools
import re
import secrets
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.entities import utf16_length
from bot.simulator.api.keyboards import checked_inline_keyboard
from bot.simulator.api.messages import message_text
from bot.simulator.api.params import Params
from bot.simulator.api.refusals import Refusal, bad_request
from bot.simulator.state import World

_TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass
class CallbackQuery:
    """A press of a button; ``answer`` is None until the bot answers it."""

    id: str
    user_id: int
    chat_id: int
    asked: float
    answer: dict[str, Any] | None = None


@dataclass
class InlineQuery:
    """A query typed after the bot's name; ``answer`` is None until the bot answers it."""

    id: str
    user_id: int
    query: str
    offset: str
    asked: float
    answer: dict[str, Any] | None = None


@dataclass
class Queries:
    """The open and the answered queries of a world."""

    world: World
    callbacks: dict[str, CallbackQuery] = field(default_factory=dict)
    inlines: dict[str, InlineQuery] = field(default_factory=dict)
    _ids: itertools.count[int] = field(default_factory=lambda: itertools.count(secrets.randbits(40) << 20))

    def new_callback(self, user_id: int, chat_id: int) -> CallbackQuery:
        """Note a press."""
        query = CallbackQuery(str(next(self._ids)), user_id, chat_id, self.world.now())
        self.callbacks[query.id] = query
        return query

    def new_inline(self, user_id: int, query: str, offset: str) -> InlineQuery:
        """Note an inline query."""
        asked = InlineQuery(str(next(self._ids)), user_id, query, offset, self.world.now())
        self.inlines[asked.id] = asked
        return asked

    def answer_callback_query(self, params: Params) -> bool:
        """answerCallbackQuery: known, in time and only once."""
        query = self.callbacks.get(params.text("callback_query_id"))
        if query is None or query.answer is not None:
            raise bad_request(_TOO_OLD)
        if self.world.now() - query.asked > limits.CALLBACK_ANSWER_SECONDS:
            raise bad_request(_TOO_OLD)
        text, url = params.text("text"), params.text("url")
        if utf16_length(text) > limits.CALLBACK_ANSWER_TEXT:
            raise bad_request("MESSAGE_TOO_LONG")
        if url and not re.match(rf"(https?://)?t\.me/{re.escape(self.world.bot.username)}\?start=", url):
            raise bad_request("URL_INVALID")
        query.answer = {"text": text, "show_alert": params.flag("show_alert"), "url": url}
        self.world.tell("callback_answer", chat_id=query.chat_id, user_id=query.user_id, id=query.id, **query.answer)
        return True

    def answer_inline_query(self, params: Params) -> bool:
        """answerInlineQuery: known, in time, and every result checked."""
        query = self.inlines.get(params.text("inline_query_id"))
        if query is None or query.answer is not None:
            raise bad_request(_TOO_OLD)
        if self.world.now() - query.asked > limits.INLINE_ANSWER_SECONDS:
            raise bad_request(_TOO_OLD)
        given = params.array("results", "inline query results JSON array")
        if given is None:
            raise bad_request("results are empty")
        if len(given) > limits.INLINE_RESULTS:
            raise bad_request("RESULTS_TOO_MUCH")
        if len(params.text("next_offset").encode()) > limits.INLINE_OFFSET_BYTES:
            raise bad_request("NEXT_OFFSET_INVALID")
        results = [_result(result) for result in given]
        if len({result["id"] for result in results}) < len(results):
            raise bad_request("RESULT_ID_DUPLICATE")
        query.answer = {
            "results": results,
            "button": _results_button(params),
            "cache_time": params.integer("cache_time", limits.INLINE_CACHE_SECONDS),
            "is_personal": params.flag("is_personal"),
            "next_offset": params.text("next_offset"),
        }
        self.world.tell("inline_answer", user_id=query.user_id, id=query.id, query=query.query, **query.answer)
        return True


def _results_button(params: Params) -> dict[str, Any] | None:
    button = params.object("button", "inline query results button")
    if button is None:
        return None
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("SWITCH_PM_TEXT_EMPTY")
    parameter = str(button.get("start_parameter") or "")
    if "web_app" not in button and not re.fullmatch(rf"[A-Za-z0-9_-]{{1,{limits.START_PARAMETER}}}", parameter):
        raise bad_request("START_PARAM_INVALID")
    return button


def _unparsed(reason: str) -> Refusal:
    return bad_request(f"can't parse inline query result: {reason}")


def _result(result: Any) -> dict[str, Any]:
    """One result, its message parsed as sendMessage would parse it."""
    if not isinstance(result, dict):
        raise _unparsed("Inline query result must be an object")
    if result.get("type") != "article":
        raise _unparsed(f"this local Bot API takes articles only, not {result.get('type')!r}")
    identity = result.get("id")
    if not isinstance(identity, str) or not identity:
        raise bad_request("RESULT_ID_EMPTY")
    if len(identity.encode()) > limits.INLINE_RESULT_ID_BYTES:
        raise bad_request("RESULT_ID_INVALID")
    if not str(result.get("title") or "").strip():
        raise bad_request("ARTICLE_TITLE_EMPTY")
    content = result.get("input_message_content")
    if not isinstance(content, dict) or "message_text" not in content:
        raise _unparsed("Message content is not specified")
    message = message_text(Params({**content, "text": content["message_text"]}))
    if utf16_length(message["text"]) > limits.MESSAGE_TEXT:
        raise bad_request("MESSAGE_TOO_LONG")
    markup = result.get("reply_markup")
    keyboard = checked_inline_keyboard(markup.get("inline_keyboard")) if isinstance(markup, dict) else None
    return {
        "id": identity,
        "title": result["title"],
        "description": result.get("description") or "",
        "url": result.get("url") or "",
        "message": {
            **{key: value for key, value in message.items() if value},
            **({"reply_markup": keyboard} if keyboard else {}),
        },
    }
