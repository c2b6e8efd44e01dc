"""What persons do: type, edit, press, ask inline, block.  Each action becomes the update that Telegram would send."""

from __future__ import annotations

import secrets
from collections import deque
from dataclasses import dataclass
from typing import Any

from bot.simulator.api import limits
from bot.simulator.api.entities import found_in, trimmed, utf16_length
from bot.simulator.api.methods import BotApi
from bot.simulator.api.queries import CallbackQuery, InlineQuery
from bot.simulator.api.updates import Update
from bot.simulator.state import Chat, Message, User


class CannotDo(Exception):
    """Something that a person cannot do in Telegram's client; a full sentence says why."""


@dataclass(frozen=True)
class Typed:
    """A message that a person wrote; ``update`` is None if the bot does not get to see it."""

    message: Message
    update: Update | None


class Actions:
    """Persons' doings on the world of one bot."""

    def __init__(self, api: BotApi) -> None:
        self.api = api
        self.world = api.world
        self._sent_inline: dict[tuple[str, str], deque[InlineQuery]] = {}

    def _content(self, text: str) -> dict[str, Any]:
        kept, _ = trimmed(text, [])
        if not kept:
            raise CannotDo("An empty message cannot be sent; type some text first.")
        if utf16_length(kept) > limits.MESSAGE_TEXT:
            raise CannotDo(
                f"The message is longer than {limits.MESSAGE_TEXT} characters; Telegram's client would cut it."
            )
        entities = found_in(kept)[: limits.MESSAGE_ENTITIES]
        return {"text": kept, **({"entities": entities} if entities else {})}

    def _enter(self, user: User, chat: Chat) -> None:
        if chat.person is not None:
            if chat.person is not user:
                raise CannotDo("That is somebody else's private chat with the bot.")
            chat.started = True
            if chat.bot_status == "kicked":
                self.api.set_bot_status(chat, "member", user)
        elif user.id not in chat.members:
            raise CannotDo(f"{user.first_name} is not a member of {chat.title}; add this person first.")

    def _deliver(self, kind: str, chat: Chat, message: Message) -> Update | None:
        return self.api.updates.put(kind, message) if self.world.bot_sees(chat, message) else None

    def send(
        self, user: User, chat: Chat, text: str, *, topic: int | None = None, reply_to: int | None = None
    ) -> Typed:
        """Type a message and send it."""
        self._enter(user, chat)
        if topic is not None and topic not in chat.topics:
            raise CannotDo("The chat has no such topic.")
        if reply_to is not None and reply_to not in chat.messages:
            raise CannotDo("The message to reply to is not in this chat.")
        content = {**self.world.placed(chat, topic, reply_to), **self._content(text)}
        message = self.world.new_message(chat, user, content)
        return Typed(message, self._deliver("message", chat, message))

    def edit(self, user: User, chat: Chat, number: int, text: str) -> Typed:
        """Change one's own message."""
        message = chat.messages.get(number)
        if message is None or message["from"]["id"] != user.id:
            raise CannotDo("Only one's own messages that are still there can be edited.")
        content = self._content(text)
        self.world.edit(chat, message, {**content, "entities": content.get("entities")}, by_person=True)
        return Typed(message, self._deliver("edited_message", chat, message))

    def press(self, user: User, chat: Chat, number: int, data: str) -> CallbackQuery:
        """Press the button with this callback data under a message."""
        message = chat.messages.get(number)
        if message is None:
            raise CannotDo("The message with the button is gone.")
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        if not any(button.get("callback_data") == data for row in rows for button in row):
            raise CannotDo(f"The message has no button with the data {data!r} (any more).")
        query = self.api.queries.new_callback(user.id, chat.id)
        content: dict[str, Any] = {
            "id": query.id,
            "from": user.json(),
            "chat_instance": str(abs(hash((chat.id, self.world.bot.id)))),
            "data": data,
        }
        inline = next((key for key, place in self.world.inline_messages.items() if place == (chat.id, number)), None)
        if inline is not None:
            content["inline_message_id"] = inline
        else:
            content["message"] = message
        self.api.updates.put("callback_query", content)
        return query

    def ask_inline(self, user: User, query: str, *, offset: str = "", chat_type: str = "sender") -> InlineQuery:
        """Type a query after the bot's name; a cached answer comes back at once, as from Telegram's server."""
        if utf16_length(query) > limits.INLINE_QUERY:
            raise CannotDo(f"An inline query holds at most {limits.INLINE_QUERY} characters.")
        asked = self.api.queries.new_inline(user.id, query, offset)
        earlier = self._sent_inline.setdefault((query, offset), deque(maxlen=16))
        for sent in reversed(earlier):
            answer = sent.answer
            if answer is None or (answer["is_personal"] and sent.user_id != user.id):
                continue
            if sent.asked + answer["cache_time"] > self.world.now():
                asked.answer = answer
                self.world.tell("inline_answer", user_id=user.id, id=asked.id, query=query, **answer)
                return asked
        earlier.append(asked)
        content = {"id": asked.id, "from": user.json(), "query": query, "offset": offset, "chat_type": chat_type}
        self.api.updates.put("inline_query", content)
        return asked

    def choose_inline(self, user: User, asked: InlineQuery, result_id: str, chat: Chat) -> Message:
        """Send one of the offered results into a chat."""
        self._enter(user, chat)
        results = asked.answer["results"] if asked.answer else []
        result = next((each for each in results if each["id"] == result_id), None)
        if result is None:
            raise CannotDo(f"The bot offered no result {result_id!r}.")
        message = self.world.new_message(chat, user, {**result["message"], "via_bot": self.world.bot.json()})
        chosen = {"result_id": result_id, "from": user.json(), "query": asked.query}
        if "reply_markup" in result["message"]:
            inline = secrets.token_urlsafe(20)
            self.world.inline_messages[inline] = (chat.id, message["message_id"])
            chosen["inline_message_id"] = inline
        self.api.updates.put("chosen_inline_result", chosen)
        self._deliver("message", chat, message)
        return message

    def join(self, user: User, chat: Chat, *, administrator: bool = False) -> None:
        """Enter a group."""
        chat.members[user.id] = user
        if administrator:
            chat.administrators.add(user.id)
        self.world.tell("members", chat_id=chat.id)

    def add_bot(self, user: User, chat: Chat) -> None:
        """Add the bot to a group (again)."""
        self.api.set_bot_status(chat, "member", user)
        members = {"new_chat_members": [self.world.bot.json()]}
        message = self.world.new_message(chat, user, members)
        self._deliver("message", chat, message)

    def block(self, user: User) -> None:
        """Block the bot."""
        self.api.set_bot_status(self.world.private_chat(user), "kicked", user)
