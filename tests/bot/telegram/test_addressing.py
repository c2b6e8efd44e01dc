"""The bot speaks only when it is spoken to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, ForumTopicCreated, Message, MessageEntity, User

from bot.telegram.addressing import question_of, should_speak

BOT = User(1, "บอต", is_bot=True, username="govnews_bot")
SOMCHAI, MALEE = User(2, "สมชาย", is_bot=False), User(3, "มาลี", is_bot=False)
OTHER_BOT = User(4, "อื่น", is_bot=True)
NOW = datetime(2026, 1, 1, tzinfo=UTC)


def message(text: str | None = "ถาม", *, chat: str = "supergroup", sender: User = SOMCHAI, **more: Any) -> Message:
    entities = []
    if text and "@" in text:
        start = text.index("@")
        length = len(text[start:].split()[0])
        offset = len(text[:start].encode("utf-16-le")) // 2
        entities = [MessageEntity(MessageEntity.MENTION, offset, length)]
    return Message(7, NOW, Chat(-5 if chat != "private" else 2, chat), sender, text=text, entities=entities, **more)


@pytest.mark.parametrize(
    ("heard", "speaks"),
    [
        (message(chat="private"), True),
        (message(), False),
        (message("@govnews_bot ใครเป็นประธาน"), True),
        (message("@GovNews_Bot ใครเป็นประธาน"), True),
        (message("@other_bot ใครเป็นประธาน"), False),
        (message("มีคนพูดถึง govnews_bot"), False),
        (message(reply_to_message=message(sender=BOT)), True),
        (message(reply_to_message=message(sender=MALEE)), False),
        (message(reply_to_message=message(None, sender=BOT, forum_topic_created=ForumTopicCreated("ข่าว", 1))), False),
        (message("@govnews_bot ใคร", sender=OTHER_BOT), False),
        (message("@govnews_bot ผลจากการค้น", via_bot=BOT), False),
        (message(chat="private", via_bot=BOT), False),
        (message("@govnews_bot", chat="channel"), False),
    ],
)
def test_it_speaks_in_private_and_in_groups_when_mentioned_or_replied_to(heard: Message, speaks: bool) -> None:
    assert should_speak(heard, BOT) is speaks


def test_the_question_is_what_is_left_without_the_name_also_behind_emoji() -> None:
    assert question_of(message("😀 @govnews_bot ใครเป็นประธาน"), BOT) == "😀 ใครเป็นประธาน"
    assert question_of(message("@govnews_bot ใครเป็นประธาน"), BOT) == "ใครเป็นประธาน"
    assert question_of(message("ถาม @other_bot ด้วย"), BOT) == "ถาม @other_bot ด้วย"
