"""/privacy: what the bot keeps."""

from __future__ import annotations

from telegram import Update

from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.reply import Reply
from bot.texts import say


async def privacy(update: Update, context: Context, argument: str) -> None:
    """Tell what is kept and what is not."""
    language = language_for(update, context)
    kept = "privacy_kept" if context.services.settings.keep_questions else "privacy_not_kept"
    await say_to(update, Reply(say(language, "privacy", questions=say(language, kept))))


COMMAND = Command("privacy", privacy, limited=False)
