"""/today: what was published today, or else on the newest day."""

from __future__ import annotations

from telegram import Update

from bot.telegram.context import Context
from bot.telegram.handlers.command import Command
from bot.telegram.handlers.lists import show_list


async def today(update: Update, context: Context, argument: str) -> None:
    """Show today's news."""
    await show_list(update, context, "today", "", "library_empty")


COMMAND = Command("today", today)
