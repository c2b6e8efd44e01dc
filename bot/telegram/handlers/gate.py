"""What comes before every handler: chats that are not allowed are left, and changes of membership are noted."""

from __future__ import annotations

import logging

from telegram import ChatMember, Update
from telegram.constants import ChatType
from telegram.error import TelegramError
from telegram.ext import ApplicationHandlerStop

from bot.telegram.context import Context, language_for
from bot.texts import say

log = logging.getLogger(__name__)
_OUT = (ChatMember.LEFT, ChatMember.BANNED)


async def gate(update: Update, context: Context) -> None:
    """Let an update through, unless it comes from a group that is not allowed: that group is left."""
    chat = update.effective_chat
    allowed = context.services.settings.allowed_chats
    if chat is None or chat.type == ChatType.PRIVATE or not allowed or chat.id in allowed:
        return
    change = update.my_chat_member
    if change is None or change.new_chat_member.status not in _OUT:
        try:
            await chat.send_message(say(language_for(update, context), "not_allowed_here"))
        except TelegramError as error:
            log.info("A group that is not allowed could not be told: %s", type(error).__name__)
        await chat.leave()
        log.info("Left a group that is not in GOVNEWS_ALLOWED_CHATS.", extra={"fields": {"chat": chat.id}})
    raise ApplicationHandlerStop


async def membership(update: Update, context: Context) -> None:
    """Greet a group that the bot was added to; forget what somebody follows who blocked the bot."""
    change = update.my_chat_member
    if change is None:
        return
    before, now = change.old_chat_member.status, change.new_chat_member.status
    if change.chat.type == ChatType.PRIVATE:
        if now in _OUT:
            context.services.state.drop_person(change.from_user.id)
    elif change.chat.type != ChatType.CHANNEL and before in _OUT and now not in _OUT:
        await change.chat.send_message(say(language_for(update, context), "group_hello", username=context.bot.username))
