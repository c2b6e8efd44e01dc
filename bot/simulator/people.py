"""Persons for tests: they type, press and read as people do, and wait for the bot without sleeping."""

# A person's patience is a plain argument here, where tests read it best.
# ruff: noqa: ASYNC109

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.simulator.actions import Actions, CannotDo
from bot.simulator.api.entities import Entity, utf16_slice
from bot.simulator.state import Chat, Message, User

REPLY_SECONDS = 10.0
"""How long a person waits for the bot by default."""


@dataclass(frozen=True)
class Seen:
    """A message as it stood when a person looked at it.  ``raw`` is the Bot API's Message."""

    raw: dict[str, Any]
    version: int
    update_id: int | None = None
    """The update that told the bot of it; None for the bot's own and for what the bot does not get to see."""

    @property
    def id(self) -> int:
        """message_id."""
        return int(self.raw["message_id"])

    @property
    def chat_id(self) -> int:
        """The chat it stands in."""
        return int(self.raw["chat"]["id"])

    @property
    def text(self) -> str:
        """The plain text, without markup."""
        return str(self.raw.get("text", ""))

    @property
    def entities(self) -> list[Entity]:
        """Its entities, offsets in UTF-16 units."""
        return list(self.raw.get("entities", []))

    def marked(self, kind: str) -> list[str]:
        """The texts that carry an entity of this kind: ``marked("bold")``."""
        return [utf16_slice(self.text, e["offset"], e["length"]) for e in self.entities if e["type"] == kind]

    @property
    def links(self) -> list[str]:
        """Addresses of its text links."""
        return [str(entity["url"]) for entity in self.entities if entity["type"] == "text_link"]

    @property
    def keyboard(self) -> list[list[dict[str, Any]]]:
        """The rows of inline buttons."""
        return list(self.raw.get("reply_markup", {}).get("inline_keyboard", []))

    @property
    def buttons(self) -> list[str]:
        """The texts of all inline buttons, row by row."""
        return [button["text"] for row in self.keyboard for button in row]

    def button(self, wanted: str) -> dict[str, Any]:
        """The button with this data, this text, or else a text that holds it; CannotDo if there is none."""
        every = [button for row in self.keyboard for button in row]
        for fits in (
            lambda b: b.get("callback_data") == wanted,
            lambda b: b["text"] == wanted,
            lambda b: wanted in b["text"],
        ):
            for button in every:
                if fits(button):
                    return button
        raise CannotDo(f"No button {wanted!r} under the message; there are {self.buttons!r}.")

    @property
    def reply_to(self) -> int | None:
        """Id of the message that it replies to."""
        replied = self.raw.get("reply_to_message")
        return int(replied["message_id"]) if replied else None

    @property
    def topic(self) -> int | None:
        """The forum topic that it stands in."""
        return self.raw.get("message_thread_id") if self.raw.get("is_topic_message") else None


@dataclass(frozen=True)
class CallbackAnswer:
    """What a press brought: a toast (``text``) or an alert; ``url`` if the button or the bot opens one."""

    text: str = ""
    show_alert: bool = False
    url: str = ""


@dataclass(frozen=True)
class InlineAnswer:
    """What an inline query brought.  ``results`` have id, title, description, url and message."""

    query_id: str
    results: list[dict[str, Any]]
    button: dict[str, Any] | None
    cache_time: int
    is_personal: bool
    next_offset: str

    @property
    def titles(self) -> list[str]:
        """The titles of the cards."""
        return [result["title"] for result in self.results]


@dataclass
class Person:
    """Somebody who uses the bot; ``chat=`` is a group of the simulator, the private chat if left out."""

    user: User
    actions: Actions
    _read: dict[tuple[int, int], int] = field(default_factory=dict)

    @property
    def private(self) -> Chat:
        """The private chat with the bot."""
        return self.actions.world.private_chat(self.user)

    @property
    def id(self) -> int:
        """The user id, which is also the id of the private chat."""
        return self.user.id

    def _seen(self, chat: Chat, message: Message, update_id: int | None = None) -> Seen:
        number = message["message_id"]
        return Seen(json.loads(json.dumps(message)), chat.versions[number], update_id)

    async def send(
        self, text: str, *, chat: Chat | None = None, topic: int | None = None, reply_to: Seen | None = None
    ) -> Seen:
        """Type and send a text; returns the message, with the number of the update if the bot is told."""
        chat = chat or self.private
        typed = self.actions.send(self.user, chat, text, topic=topic, reply_to=reply_to.id if reply_to else None)
        return self._seen(chat, typed.message, typed.update["update_id"] if typed.update else None)

    async def reply(
        self, timeout: float = REPLY_SECONDS, *, chat: Chat | None = None, topic: int | None = None
    ) -> Seen:
        """The bot's next message in the chat (or topic) that this person has not read; waits for it.

        TimeoutError if none comes.
        """
        chat = chat or self.private
        key = (chat.id, topic or 0)

        def look() -> Seen | None:
            for place in range(self._read.get(key, 0), len(chat.spoken)):
                message = chat.messages.get(chat.spoken[place])
                if message is None or (topic is not None and message.get("message_thread_id") != topic):
                    continue
                self._read[key] = place + 1
                return self._seen(chat, message)
            return None

        return await chat.changed.until(look, timeout)

    def read_all(self, chat: Chat | None = None, topic: int | None = None) -> None:
        """Take all that the bot has said so far as read."""
        chat = chat or self.private
        self._read[chat.id, topic or 0] = len(chat.spoken)

    async def ask(self, text: str, timeout: float = REPLY_SECONDS, **where: Any) -> Seen:
        """Send a text and return the bot's first message after it; ``where`` as for send."""
        self.read_all(where.get("chat"), where.get("topic"))
        await self.send(text, **where)
        return await self.reply(timeout, chat=where.get("chat"), topic=where.get("topic"))

    async def edit(self, message: Seen, text: str) -> Seen:
        """Change one's own message."""
        chat = self.actions.world.chats[message.chat_id]
        typed = self.actions.edit(self.user, chat, message.id, text)
        return self._seen(chat, typed.message, typed.update["update_id"] if typed.update else None)

    async def edited(self, message: Seen, timeout: float = REPLY_SECONDS) -> Seen:
        """The message after the bot has changed it since it was seen; waits for that."""
        chat = self.actions.world.chats[message.chat_id]

        def look() -> Seen | None:
            now = chat.messages.get(message.id)
            return self._seen(chat, now) if now is not None and chat.versions[message.id] > message.version else None

        return await chat.changed.until(look, timeout)

    async def deleted(self, message: Seen, timeout: float = REPLY_SECONDS) -> None:
        """Wait until a message is gone."""
        chat = self.actions.world.chats[message.chat_id]
        await chat.changed.until(lambda: message.id in chat.deleted, timeout)

    def look(self, message: Seen) -> Seen:
        """The message as it stands now; CannotDo if it is gone."""
        chat = self.actions.world.chats[message.chat_id]
        if message.id not in chat.messages:
            raise CannotDo("The message is gone.")
        return self._seen(chat, chat.messages[message.id])

    async def press(self, message: Seen, button: str, timeout: float | None = REPLY_SECONDS) -> CallbackAnswer:
        """Press a button by its data or text and wait until the bot answers the press.

        A link is returned at once as ``url``; with ``timeout=None`` nothing is waited for.
        """
        pressed = message.button(button)
        if "url" in pressed:
            return CallbackAnswer(url=pressed["url"])
        chat = self.actions.world.chats[message.chat_id]
        query = self.actions.press(self.user, chat, message.id, pressed["callback_data"])
        if timeout is None:
            return CallbackAnswer()
        return CallbackAnswer(**await chat.changed.until(lambda: query.answer, timeout))

    async def inline(
        self, query: str, *, offset: str = "", chat_type: str = "sender", timeout: float = REPLY_SECONDS
    ) -> InlineAnswer:
        """Type ``@bot query`` and wait for the cards."""
        asked = self.actions.ask_inline(self.user, query, offset=offset, chat_type=chat_type)
        answer = await self.actions.world.changed.until(lambda: asked.answer, timeout)
        return InlineAnswer(query_id=asked.id, **answer)

    async def choose(self, answer: InlineAnswer, result_id: str, *, chat: Chat | None = None) -> Seen:
        """Send one of the cards into a chat."""
        chat = chat or self.private
        asked = self.actions.api.queries.inlines[answer.query_id]
        return self._seen(chat, self.actions.choose_inline(self.user, asked, result_id, chat))

    def menu(self, chat: Chat | None = None) -> list[tuple[str, str]]:
        """The command menu that this person sees: (command, description)."""
        commands = self.actions.api.profile.menu_for(self.user, chat or self.private)
        return [(command["command"], command["description"]) for command in commands]

    def history(self, chat: Chat | None = None) -> list[Seen]:
        """All messages of the chat as they stand, oldest first."""
        chat = chat or self.private
        return [self._seen(chat, message) for _, message in sorted(chat.messages.items())]

    async def block(self) -> None:
        """Block the bot; writing again unblocks it."""
        self.actions.block(self.user)
