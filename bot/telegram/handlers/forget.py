"""/forget: delete what is kept of a person."""

from __future__ import annotations

from telegram import Update

from bot.telegram.buttons import Verb, button, keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import plain, say

_YES, _NO = 1, 0


async def forget(update: Update, context: Context, argument: str) -> None:
    """Ask whether all shall be deleted."""
    language = language_for(update, context)
    user = update.effective_user
    # The buttons carry the person, so that in a group nobody can delete for somebody else.
    person = user.id if user else 0
    choices = [
        button(plain(language, "button_forget"), Verb.FORGET, person, _YES),
        button(plain(language, "button_keep"), Verb.FORGET, person, _NO),
    ]
    await say_to(update, Reply(say(language, "forget_sure"), keyboard([choices])))


async def decided(press: Press, context: Context) -> None:
    """Delete, or keep."""
    person = press.query.from_user.id
    if press.number(0) != person:
        await press.answer(plain(press.language, "unknown_button"), alert=True)
        return
    await press.answer()
    if press.number(1) == _YES:
        context.services.state.forget(person)
    await press.edit(Reply(say(press.language, "forgotten" if press.number(1) == _YES else "kept")))


COMMAND = Command("forget", forget, Where.PRIVATE, limited=False)
BUTTONS = {Verb.FORGET: decided}
