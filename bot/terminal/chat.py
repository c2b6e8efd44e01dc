"""``govnews chat``: the bot of Telegram, in a terminal, at its prompt or line by line from standard input."""

from __future__ import annotations

import asyncio
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.terminal import printing as terminal
from bot.terminal.conversation import Conversation, conversation

if TYPE_CHECKING:
    from bot.settings import Settings
    from retrieval import Library


async def talk(settings: Settings, library: Library, *, language: str, history: Path) -> None:
    """The whole chat on this terminal, or line by line where standard input is none; ends with its input."""
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    colour = terminal.coloured()
    async with conversation(
        settings, library, language=language, write=partial(print, flush=True), colour=colour
    ) as chat:
        await chat.say("/start")
        if interactive:
            from bot.terminal.prompt import typed

            await typed(chat, history)
        else:
            await piped(chat)


async def piped(chat: Conversation) -> None:
    """A line of standard input at a time, until it ends."""
    while not chat.ended and (line := await asyncio.to_thread(sys.stdin.readline)):
        if line.strip():
            chat.screen.echo(line.strip())
        await chat.say(line)
