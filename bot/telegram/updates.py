"""The order in which updates are worked on: chats side by side, each chat's own one after the other.

Telegram may deliver an update twice; the second is dropped here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from telegram import Update
from telegram.ext import BaseUpdateProcessor

from bot.services.recent_answers import Recent

ALLOWED_UPDATES = (
    Update.MESSAGE,
    Update.EDITED_MESSAGE,
    Update.CALLBACK_QUERY,
    Update.INLINE_QUERY,
    Update.MY_CHAT_MEMBER,
)
"""What the bot asks Telegram for; every kind has a handler."""


class ChatByChat(BaseUpdateProcessor):
    """Up to ``max_concurrent_updates`` chats at once; within a chat, an edit waits for the question it edits."""

    __slots__ = ("_locks", "_seen")

    def __init__(self, max_concurrent_updates: int = 256) -> None:
        super().__init__(max_concurrent_updates)
        self._locks: dict[int, tuple[asyncio.Lock, int]] = {}
        self._seen: Recent[int, bool] = Recent(10_000)

    async def do_process_update(self, update: object, coroutine: Awaitable[Any]) -> None:
        """Work on an update when its chat's earlier ones are done; a repeated one is not worked on at all."""
        if not isinstance(update, Update):
            await coroutine
            return
        if update.update_id in self._seen:
            _close(coroutine)
            return
        self._seen.put(update.update_id, True)
        chat = update.effective_chat
        if chat is None:
            await coroutine
            return
        lock, users = self._locks.get(chat.id, (asyncio.Lock(), 0))
        self._locks[chat.id] = lock, users + 1
        try:
            async with lock:
                await coroutine
        finally:
            lock, users = self._locks[chat.id]
            if users == 1:
                del self._locks[chat.id]
            else:
                self._locks[chat.id] = lock, users - 1

    async def initialize(self) -> None:
        """Nothing to prepare."""

    async def shutdown(self) -> None:
        """Nothing to give back."""


def _close(coroutine: Awaitable[Any]) -> None:
    # A coroutine that is never awaited must be closed, or Python warns of it.
    close = getattr(coroutine, "close", None)
    if close is not None:
        close()
