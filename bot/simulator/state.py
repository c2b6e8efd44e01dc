"""The world behind the local Bot API: users, chats, their messages, and what changed."""

from __future__ import annotations

import itertools
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.simulator.api.entities import Entity
from bot.simulator.api.refusals import bad_request, forbidden
from bot.simulator.signal import Signal

Message = dict[str, Any]
"""A Bot API Message, as sent to the bot."""

ChatType = Literal["private", "group", "supergroup"]

GENERAL_TOPIC = 1


@dataclass
class User:
    """A Telegram account; ``language`` is the IETF tag of its client."""

    id: int
    first_name: str
    last_name: str = ""
    username: str = ""
    language: str = ""
    is_bot: bool = False
    deactivated: bool = False

    def json(self) -> dict[str, Any]:
        """The Bot API's User."""
        result: dict[str, Any] = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        for key, value in (
            ("last_name", self.last_name),
            ("username", self.username),
            ("language_code", self.language),
        ):
            if value:
                result[key] = value
        return result


@dataclass
class Chat:
    """A private chat (its id is the person's), a basic group or a supergroup; a forum has ``topics``."""

    id: int
    type: ChatType
    title: str = ""
    person: User | None = None
    members: dict[int, User] = field(default_factory=dict)
    administrators: set[int] = field(default_factory=set)
    bot_status: str = "member"
    """The bot's own: member, administrator, left or kicked; in private chats member or kicked (blocked)."""
    started: bool = True
    """Whether the person has ever written; a bot cannot write first."""
    forum: bool = False
    topics: dict[int, Message] = field(default_factory=dict)
    """Topic id to the service message that opened the topic."""
    messages: dict[int, Message] = field(default_factory=dict)
    deleted: set[int] = field(default_factory=set)
    versions: dict[int, int] = field(default_factory=dict)
    """How often a message was edited."""
    spoken: list[int] = field(default_factory=list)
    """Ids of the bot's messages in the order in which they came."""
    changed: Signal = field(default_factory=Signal)

    def json(self) -> dict[str, Any]:
        """The Bot API's Chat."""
        if self.person is not None:
            user = self.person.json()
            keys = ("first_name", "last_name", "username")
            return {"id": self.id, "type": "private", **{key: user[key] for key in keys if key in user}}
        return {"id": self.id, "type": self.type, "title": self.title, **({"is_forum": True} if self.forum else {})}


class World:
    """All of it, and the clock.  Changes are told to ``listeners`` as small dictionaries with a ``type``."""

    def __init__(self, bot: User, *, clock: Callable[[], float] = time.time) -> None:
        self.bot = bot
        self.clock = clock
        self.ahead = 0.0
        self.users: dict[int, User] = {bot.id: bot}
        self.chats: dict[int, Chat] = {}
        self.inline_messages: dict[str, tuple[int, int]] = {}
        self.privacy_mode = True
        self.listeners: list[Callable[[dict[str, Any]], None]] = []
        self.changed = Signal()
        self._user_ids = itertools.count(5_000_000_001)
        self._group_ids = itertools.count(400_001)
        self._message_ids = itertools.count(1)
        self._supergroup_message_ids: dict[int, Iterator[int]] = {}

    def now(self) -> float:
        """Seconds since 1970, moved ahead by tests that let time pass."""
        return self.clock() + self.ahead

    def tell(self, kind: str, **what: Any) -> None:
        """Report a change to the page and to whoever waits."""
        for listener in tuple(self.listeners):
            listener({"type": kind, **what})
        chat = self.chats.get(what.get("chat_id", 0))
        if chat is not None:
            chat.changed.notify()
        self.changed.notify()

    def add_user(self, first_name: str, *, username: str = "", language: str = "") -> User:
        """A new person, with a number larger than 32 bits hold, as real ones have."""
        user = User(next(self._user_ids), first_name, username=username, language=language)
        self.users[user.id] = user
        return user

    def private_chat(self, user: User) -> Chat:
        """The chat between the bot and a person."""
        if user.id not in self.chats:
            self.chats[user.id] = Chat(user.id, "private", person=user, started=False)
        return self.chats[user.id]

    def add_group(self, title: str, *, type: ChatType = "supergroup", forum: bool = False) -> Chat:
        """A group with the bot in it and nobody else."""
        number = next(self._group_ids)
        chat = Chat(-number if type == "group" else -1_000_000_000_000 - number, type, title=title, forum=forum)
        self.chats[chat.id] = chat
        if type == "supergroup":
            # Message 1 is the one that created the group.
            self._supergroup_message_ids[chat.id] = itertools.count(2)
        return chat

    def next_message_id(self, chat: Chat) -> int:
        """Supergroups count their own messages; all other chats share the account's counter."""
        return next(self._supergroup_message_ids.get(chat.id, self._message_ids))

    def add_topic(self, chat: Chat, name: str, creator: User) -> int:
        """A new topic of a forum; its id is that of the service message that opens it."""
        created = {"name": name, "icon_color": 7322096}
        message = self.new_message(chat, creator, {"forum_topic_created": created})
        topic = int(message["message_id"])
        message.update(message_thread_id=topic, is_topic_message=True)
        chat.topics[topic] = message
        return topic

    def new_message(self, chat: Chat, sender: User, content: dict[str, Any]) -> Message:
        """Put a message into a chat: ``content`` holds text, entities, reply_markup and the like."""
        message: Message = {
            "message_id": self.next_message_id(chat),
            "from": sender.json(),
            "chat": chat.json(),
            "date": int(self.now()),
            **content,
        }
        chat.messages[message["message_id"]] = message
        chat.versions[message["message_id"]] = 0
        if sender is self.bot:
            chat.spoken.append(message["message_id"])
        self.tell("message", chat_id=chat.id, message=message)
        return message

    def placed(self, chat: Chat, thread: int | None, reply_to: int | None) -> dict[str, Any]:
        """Where a message belongs: its topic and what it replies to, as Telegram fills these fields in."""
        result: dict[str, Any] = {}
        replied = chat.messages.get(reply_to) if reply_to is not None else None
        if replied is not None:
            result["reply_to_message"] = _without_reply(replied)
        if chat.forum:
            if replied is not None and thread is None:
                thread = replied.get("message_thread_id")
            if thread is not None and thread != GENERAL_TOPIC:
                result.update(message_thread_id=thread, is_topic_message=True)
                # Telegram shows a message in a topic as a reply to the topic's first message.
                result.setdefault("reply_to_message", _without_reply(chat.topics[thread]))
        elif replied is not None and chat.type == "supergroup":
            result["message_thread_id"] = replied.get("message_thread_id", replied["message_id"])
        return result

    def edit(self, chat: Chat, message: Message, changes: dict[str, Any], *, by_person: bool = False) -> None:
        """Change a message in place; fields given as None vanish."""
        for key, value in changes.items():
            if value is None:
                message.pop(key, None)
            else:
                message[key] = value
        message["edit_date"] = int(self.now())
        chat.versions[message["message_id"]] += 1
        self.tell("edit", chat_id=chat.id, message=message, by_person=by_person)

    def delete(self, chat: Chat, message_id: int) -> None:
        """Take a message away."""
        del chat.messages[message_id]
        chat.deleted.add(message_id)
        self.tell("delete", chat_id=chat.id, message_id=message_id)

    def chat_for_bot(self, chat_id: int) -> Chat:
        """The chat that the bot names, if it may act there; refused with Telegram's words otherwise."""
        chat = self.chats.get(chat_id)
        if chat is None:
            if chat_id in self.users and not self.users[chat_id].is_bot:
                raise forbidden("bot can't initiate conversation with a user")
            raise bad_request("chat not found")
        if chat.person is not None:
            if chat.person.deactivated:
                raise forbidden("user is deactivated")
            if chat.bot_status == "kicked":
                raise forbidden("bot was blocked by the user")
            if not chat.started:
                raise forbidden("bot can't initiate conversation with a user")
        elif chat.bot_status == "kicked":
            raise forbidden(f"bot was kicked from the {chat.type} chat")
        elif chat.bot_status == "left":
            raise forbidden(f"bot is not a member of the {chat.type} chat")
        return chat

    def bot_sees(self, chat: Chat, message: Message) -> bool:
        """Whether a group's message reaches the bot: with privacy mode on, only what is meant for it."""
        if chat.person is not None:
            return chat.bot_status != "kicked"
        if chat.bot_status in ("left", "kicked"):
            return False
        if chat.bot_status == "administrator" or not self.privacy_mode or "text" not in message:
            return True
        if message.get("reply_to_message", {}).get("from", {}).get("id") == self.bot.id:
            return True
        if message.get("via_bot", {}).get("id") == self.bot.id:
            return True
        return self._addressed(message["text"], message.get("entities", []))

    def _addressed(self, text: str, entities: list[Entity]) -> bool:
        units = text.encode("utf-16-le")
        own = f"@{self.bot.username}".lower()
        for entity in entities:
            covered = (
                units[2 * entity["offset"] : 2 * (entity["offset"] + entity["length"])].decode("utf-16-le").lower()
            )
            if entity["type"] == "mention" and covered == own:
                return True
            if entity["type"] == "bot_command" and ("@" not in covered or covered.endswith(own)):
                return True
        return False


def _without_reply(message: Message) -> Message:
    """A replied-to message is shown one level deep."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}
