"""/chair: who chaired an event."""

from __future__ import annotations

from telegram import Update

from bot.telegram.context import Context, language_for
from bot.telegram.handlers.ask import respond
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.reply import Reply
from bot.texts import plain, say


async def chair(update: Update, context: Context, event: str) -> None:
    """Answer who chaired the event after the command."""
    message = update.effective_message
    if message is None:
        return
    if not event:
        language = language_for(update, context)
        await say_to(update, Reply(say(language, "chair_what", example=plain(language, "chair_example"))))
        return
    await respond(update, context, message, event if "ประธาน" in event else f"ใครเป็นประธาน {event}")


COMMAND = Command("chair", chair, limited=False)
