"""/language: Thai or English."""

from __future__ import annotations

from telegram import Update

from bot.buttons import Verb, button, keyboard
from bot.context import Context, language_for
from bot.handlers.command import Command, Press, say_to
from bot.reply import Reply
from bot.texts import LANGUAGES, plain, say


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
    context.services.state.choose_language(press.query.from_user.id, code)
    await press.edit(Reply(say(code, "language_set")))


COMMAND = Command("language", language, limited=False)
BUTTONS = {Verb.LANGUAGE: chosen}
