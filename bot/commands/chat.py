"""``govnews chat``: a conversation with the bot in this terminal."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from bot.commands import library_option, opened, read_settings


@click.command("chat")
@library_option
@click.option(
    "--language", type=click.Choice(["th", "en"]), default="th", show_default=True, help="What the bot speaks."
)
def command(library_path: Path | None, language: str) -> None:
    """Talk with the bot in this terminal: the same bot, commands and buttons as in Telegram.

    Press a button by typing its number; /next and /prev (or Page Down and Page Up) turn the pages; /quit ends.
    Questions may also come from standard input, one a line.
    """
    import asyncio

    settings = read_settings()
    with opened(library_path) as library:
        from bot.logs import configure
        from bot.terminal.chat import talk

        configure(replace(settings, log_level="error"))
        asyncio.run(talk(settings, library, language=language, history=settings.state.with_name("chat_history")))
