"""/language: Thai or English."""

from __future__ import annotations

import logging

from telegram import BotCommandScopeChat, Update
from telegram.error import TelegramError

from bot.telegram.buttons import Verb, button, keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import LANGUAGES, plain, say

log = logging.getLogger(__name__)


async def language(update: Update, context: Context, argument: str) -> None:
    """Offer the languages."""
    choices = [button(plain(code, "language_name"), Verb.LANGUAGE, code) for code in LANGUAGES]
    await say_to(update, Reply(say(language_for(update, context), "language"), keyboard([choices])))


async def chosen(press: Press, context: Context) -> None:
    """Keep the chosen language."""
    code = press.value(0)
    if code not in LANGUAGES:
        await press.answer(plain(press.language, "unknown_button"), alert=True)
        return
    await press.answer()
    person = press.query.from_user.id
    context.services.state.choose_language(person, code)
    await press.edit(Reply(say(code, "language_set")))
    try:
        await set_own_menu(context, person, code)
    except TelegramError as error:
        log.info("The menu could not be put into the chosen language: %s", error)


async def set_own_menu(context: Context, person: int, code: str) -> None:
    """The command menu of a person's private chat in the language chosen here, whatever his Telegram speaks."""
    where = Where.OPERATORS if person in context.services.settings.operators else Where.PRIVATE
    menu = context.services.menu.of(where, code)
    for language_code in (None, "th"):
        await context.bot.set_my_commands(menu, scope=BotCommandScopeChat(person), language_code=language_code)


COMMAND = Command("language", language, limited=False)
BUTTONS = {Verb.LANGUAGE: chosen}
