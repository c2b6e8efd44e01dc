"""/following: what a person follows."""

from __future__ import annotations

from telegram import Update

from bot.telegram.buttons import keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, say_to
from bot.telegram.handlers.follow import follow_rows, when
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import say
from bot.texts.markup import joined


async def following(update: Update, context: Context, argument: str) -> None:
    """List what is followed, with a button to the options of each."""
    language = language_for(update, context)
    user = update.effective_user
    follows = context.services.state.follows(user.id) if user else []
    if not follows:
        await say_to(update, Reply(say(language, "following_none")))
        return
    lines = [say(language, "following_item", words=each.words, when=when(each, language)) for each in follows]
    text = joined("\n", [say(language, "following"), *lines])
    await say_to(update, Reply(text, keyboard(follow_rows(follows, language))))


COMMAND = Command("following", following, Where.PRIVATE, limited=False)
