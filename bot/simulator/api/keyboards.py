"""Reply markup: what Telegram accepts under a message, and what it refuses."""

from __future__ import annotations

from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.entities import checked_url, utf16_length
from bot.simulator.api.params import Params
from bot.simulator.api.refusals import Refusal, bad_request

Markup = dict[str, Any]

_SWITCHES = ("switch_inline_query", "switch_inline_query_current_chat")
_ACTIONS = ("url", "callback_data", *_SWITCHES, "switch_inline_query_chosen_chat", "copy_text")


def reply_markup(params: Params, *, inline_only: bool = False) -> Markup | None:
    """The checked ``reply_markup`` of a call.

    An inline keyboard comes back as the message will show it, an empty one as None.  Other kinds (a keyboard,
    its removal, forced reply) are returned as given; an edit refuses them (``inline_only``).
    """
    markup = params.object("reply_markup", "reply markup")
    if not markup:
        return None
    if "inline_keyboard" in markup:
        return checked_inline_keyboard(markup["inline_keyboard"])
    if inline_only:
        raise bad_request("inline keyboard expected")
    if "keyboard" in markup and not isinstance(markup["keyboard"], list):
        raise bad_request('can\'t parse reply keyboard markup JSON object: Field "keyboard" must be of type Array')
    return markup


def checked_inline_keyboard(rows: Any) -> Markup | None:
    """An inline keyboard without empty rows, or None if nothing is left; raises Refusal."""
    if not isinstance(rows, list):
        raise _unparsed('Field "inline_keyboard" must be of type Array')
    result = []
    for row in rows:
        if not isinstance(row, list):
            raise _unparsed("An inline keyboard row must be an Array of InlineKeyboardButton")
        buttons = [_button(button) for button in row]
        if buttons:
            result.append(buttons)
    if sum(map(len, result)) > limits.INLINE_BUTTONS:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    return {"inline_keyboard": result} if result else None


def _unparsed(reason: str) -> Refusal:
    return bad_request(f"can't parse inline keyboard button: {reason}")


def _button(button: Any) -> dict[str, Any]:
    if not isinstance(button, dict):
        raise _unparsed("InlineKeyboardButton must be an Object")
    if "text" not in button:
        raise _unparsed('Can\'t find field "text"')
    text = button["text"]
    if not isinstance(text, str):
        raise _unparsed('Field "text" must be of type String')
    if not text.strip():
        raise bad_request("BUTTON_TEXT_INVALID")
    actions = [name for name in _ACTIONS if button.get(name) or (name in _SWITCHES and name in button)]
    if not actions:
        raise _unparsed("Text buttons are unallowed in the inline keyboard")
    name = actions[0]
    return {"text": text, name: _action(name, button[name])}


def _action(name: str, value: Any) -> Any:
    if name == "copy_text":
        copied = value.get("text") if isinstance(value, dict) else None
        if not isinstance(copied, str) or not 1 <= utf16_length(copied) <= limits.COPY_TEXT:
            raise bad_request("BUTTON_COPY_TEXT_INVALID")
        return {"text": copied}
    if name == "switch_inline_query_chosen_chat":
        return value
    if not isinstance(value, str):
        raise _unparsed(f'Field "{name}" must be of type String')
    if name == "callback_data" and len(value.encode()) > limits.CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    if name in _SWITCHES and utf16_length(value) > limits.INLINE_QUERY:
        raise bad_request("SWITCH_INLINE_QUERY_INVALID")
    if name == "url":
        address = checked_url(value)
        if address is None:
            raise bad_request(f"inline keyboard button URL '{value}' is invalid: Wrong HTTP URL")
        return address
    return value
