"""Bot API methods that send, change and take away messages."""

from __future__ import annotations

import re
from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.entities import Entity, arranged, given, trimmed, utf16_length, with_found
from bot.simulator.api.keyboards import reply_markup
from bot.simulator.api.markup import parse_html
from bot.simulator.api.params import Params
from bot.simulator.api.refusals import bad_request
from bot.simulator.state import GENERAL_TOPIC, Chat, Message, World

ACTIONS = frozenset(
    (
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    )
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\u2028\u2029]")


def formatted(text: str, parse_mode: str, entities: list[Any] | None) -> tuple[str, list[Entity]]:
    """The text and entities of a message to be; raises Refusal for broken markup and for nothing to show."""
    if not text:
        raise bad_request("message text is empty")
    text = text.replace("\r", "")
    mode = parse_mode.lower()
    if mode == "html":
        text, marked = parse_html(text)
    elif mode in ("", "none"):
        marked = arranged(given(text, entities or []))
    else:
        raise bad_request("unsupported parse_mode: this local Bot API reads HTML only")
    text, marked = trimmed(_CONTROLS.sub(" ", text), marked)
    if not text:
        raise bad_request("text must be non-empty")
    return text, with_found(text, marked)


def message_text(params: Params) -> dict[str, Any]:
    """``text`` and ``entities`` of a call, as the message will hold them."""
    text, entities = formatted(
        params.text("text"), params.text("parse_mode"), params.array("entities", "message entities")
    )
    options = params.object("link_preview_options", "link preview options")
    return {
        "text": text,
        "entities": entities or None,
        "link_preview_options": options or None,
    }


class Messages:
    """sendMessage and its kin, on a world."""

    def __init__(self, world: World) -> None:
        self.world = world

    def _chat(self, params: Params) -> Chat:
        if not params.text("chat_id"):
            raise bad_request("chat_id is empty")
        try:
            number = int(params["chat_id"])
        except (TypeError, ValueError):
            raise bad_request("chat not found") from None
        return self.world.chat_for_bot(number)

    def _thread(self, chat: Chat, params: Params) -> int | None:
        thread = params.integer("message_thread_id")
        if not thread:
            return None
        if thread not in chat.topics:
            raise bad_request("message thread not found")
        return thread

    def _reply_to(self, chat: Chat, params: Params) -> int | None:
        reply = params.object("reply_parameters", "reply parameters") or {}
        if not reply and params.integer("reply_to_message_id"):
            reply = {
                "message_id": params.integer("reply_to_message_id"),
                "allow_sending_without_reply": params.flag("allow_sending_without_reply"),
            }
        if not reply:
            return None
        number = reply.get("message_id")
        if (
            isinstance(number, int)
            and number in chat.messages
            and reply.get("chat_id", chat.id) in (chat.id, str(chat.id))
        ):
            return number
        if reply.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")

    def send_message(self, params: Params) -> Message:
        """sendMessage."""
        chat = self._chat(params)
        content = message_text(params)
        if utf16_length(content["text"]) > limits.MESSAGE_TEXT:
            raise bad_request("message is too long")
        markup = reply_markup(params)
        place = self.world.placed(chat, self._thread(chat, params), self._reply_to(chat, params))
        if markup is not None and "inline_keyboard" in markup:
            content["reply_markup"] = markup
        content = {**place, **{key: value for key, value in content.items() if value is not None}}
        if params.flag("protect_content"):
            content["has_protected_content"] = True
        return self.world.new_message(chat, self.world.bot, content)

    def _to_edit(self, params: Params) -> tuple[Chat, Message]:
        inline = params.text("inline_message_id")
        if inline:
            if inline not in self.world.inline_messages:
                raise bad_request("MESSAGE_ID_INVALID")
            chat_id, number = self.world.inline_messages[inline]
            chat = self.world.chats[chat_id]
            if number not in chat.messages:
                raise bad_request("MESSAGE_ID_INVALID")
            return chat, chat.messages[number]
        chat = self._chat(params)
        number = params.integer("message_id")
        if not number:
            raise bad_request("message identifier is not specified")
        message = chat.messages.get(number)
        if message is None:
            raise bad_request("message to edit not found")
        if message["from"]["id"] != self.world.bot.id:
            raise bad_request("message can't be edited")
        return chat, message

    def _edit(self, params: Params, changes: dict[str, Any]) -> Message | bool:
        chat, message = self._to_edit(params)
        if all(message.get(key) == value for key, value in changes.items()):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        self.world.edit(chat, message, changes)
        return True if params.text("inline_message_id") else message

    def edit_message_text(self, params: Params) -> Message | bool:
        """editMessageText; a keyboard that is not given again goes away."""
        self._to_edit(params)
        content = message_text(params)
        if utf16_length(content["text"]) > limits.MESSAGE_TEXT:
            raise bad_request("MESSAGE_TOO_LONG")
        return self._edit(params, {**content, "reply_markup": reply_markup(params, inline_only=True)})

    def edit_message_reply_markup(self, params: Params) -> Message | bool:
        """editMessageReplyMarkup."""
        return self._edit(params, {"reply_markup": reply_markup(params, inline_only=True)})

    def _delete(self, chat: Chat, number: int) -> None:
        message = chat.messages.get(number)
        if message is None:
            raise bad_request("message to delete not found")
        own = message["from"]["id"] == self.world.bot.id
        if not own and chat.person is None and chat.bot_status != "administrator":
            raise bad_request("message can't be deleted")
        if self.world.now() - message["date"] > 48 * 3600:
            raise bad_request("message can't be deleted for everyone")
        self.world.delete(chat, number)

    def delete_message(self, params: Params) -> bool:
        """deleteMessage."""
        chat = self._chat(params)
        if not params.integer("message_id"):
            raise bad_request("message identifier is not specified")
        self._delete(chat, params.integer("message_id"))
        return True

    def delete_messages(self, params: Params) -> bool:
        """deleteMessages; those that are not there are passed over."""
        chat = self._chat(params)
        numbers = params.array("message_ids", "message identifiers") or []
        if not 1 <= len(numbers) <= 100:
            raise bad_request("message identifiers are not specified")
        for number in numbers:
            if number in chat.messages:
                self._delete(chat, number)
        return True

    def send_chat_action(self, params: Params) -> bool:
        """sendChatAction."""
        chat = self._chat(params)
        action = params.text("action").lower()
        if action not in ACTIONS:
            raise bad_request("wrong parameter action in request")
        thread = params.integer("message_thread_id")
        if thread and thread != GENERAL_TOPIC:
            thread = self._thread(chat, params) or 0
        self.world.tell("action", chat_id=chat.id, action=action, thread=thread or None)
        return True
