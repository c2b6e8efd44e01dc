"""/help: what one can ask, and all commands."""

from __future__ import annotations

from telegram import Update
from telegram.constants import ChatType

from bot.telegram.buttons import keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.handlers.start import example_rows
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import say
from bot.texts.markup import Html


async def help_(update: Update, context: Context, argument: str) -> None:
    """Tell what one can ask."""
    language = language_for(update, context)
    private = update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE
    shown = context.services.menu.of(Where.PRIVATE if private else Where.EVERYWHERE, language)
    lines = Html("\n".join(f"/{entry.command} {entry.description}" for entry in shown))
    text = say(language, "help", commands=lines, username=context.bot.username)
    await say_to(update, Reply(text, keyboard(example_rows(language))))


COMMAND = Command("help", help_, limited=False)
