"""/person: which events somebody chaired."""

from __future__ import annotations

from telegram import Update

from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.handlers.lists import show_list
from bot.telegram.reply import Reply
from bot.texts import plain, say


async def person(update: Update, context: Context, name: str) -> None:
    """List the events that a person chaired."""
    if not name:
        language = language_for(update, context)
        await say_to(update, Reply(say(language, "person_what", example=plain(language, "person_example"))))
        return
    await show_list(update, context, "person", name, "person_none", person=name)


COMMAND = Command("person", person)
