"""/latest: the newest news, of an agency or about a topic."""

from __future__ import annotations

from telegram import Update

from bot.telegram.context import Context
from bot.telegram.handlers.command import Command
from bot.telegram.handlers.lists import show_list


async def latest(update: Update, context: Context, topic: str) -> None:
    """Show the newest news."""
    await show_list(update, context, "latest", topic, "latest_none" if topic else "library_empty", topic=topic)


COMMAND = Command("latest", latest)
