"""When the bot speaks: one pure decision, and the question that is left when it was addressed."""

from __future__ import annotations

import re

from telegram import Message, MessageEntity, User
from telegram.constants import ChatType


def should_speak(message: Message, bot: User) -> bool:
    """Whether a message that is no command asks for an answer.

    In private always, unless the bot itself wrote it (an inline result).  In a group only when the message
    mentions the bot or replies to a message of it; never to other bots.
    """
    if message.via_bot is not None and message.via_bot.id == bot.id:
        return False
    if message.chat.type == ChatType.PRIVATE:
        return True
    if message.chat.type not in (ChatType.GROUP, ChatType.SUPERGROUP):
        return False
    if message.from_user is not None and message.from_user.is_bot:
        return False
    return _mentions(message, bot) != [] or _replies_to(message, bot)


def question_of(message: Message, bot: User) -> str:
    """What is asked: the text without the bot's name."""
    text = message.text or message.caption or ""
    # Entity offsets count UTF-16 units.
    raw = text.encode("utf-16-le")
    for entity in reversed(_mentions(message, bot)):
        raw = raw[: entity.offset * 2] + " ".encode("utf-16-le") + raw[(entity.offset + entity.length) * 2 :]
    return re.sub(" {2,}", " ", raw.decode("utf-16-le", "replace")).strip()


def _mentions(message: Message, bot: User) -> list[MessageEntity]:
    if message.text is not None:
        found = message.parse_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    else:
        found = message.parse_caption_entities([MessageEntity.MENTION, MessageEntity.TEXT_MENTION])
    name = f"@{bot.username}".lower()
    ours = [
        entity
        for entity, text in found.items()
        if (entity.user is not None and entity.user.id == bot.id) or text.lower() == name
    ]
    return sorted(ours, key=lambda entity: entity.offset)


def _replies_to(message: Message, bot: User) -> bool:
    replied = message.reply_to_message
    if replied is None or replied.from_user is None or replied.from_user.id != bot.id:
        return False
    # In a topic that the bot opened, every message counts as a reply to its opening.
    return replied.forum_topic_created is None
