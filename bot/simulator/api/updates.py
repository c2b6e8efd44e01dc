"""The bot's queue of updates: handed out by long polling or sent to its webhook."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import json
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from tornado.httpclient import AsyncHTTPClient, HTTPClientError, HTTPRequest

from bot.simulator.api import limits
from bot.simulator.api.refusals import conflict

Update = dict[str, Any]

_ON_REQUEST_ONLY = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
_REMEMBERED = 1000
_KINDS = frozenset(
    (
        "message",
        "edited_message",
        "channel_post",
        "edited_channel_post",
        "inline_query",
        "chosen_inline_result",
        "callback_query",
        "my_chat_member",
        "chat_member",
        "message_reaction",
        "message_reaction_count",
        "poll",
        "poll_answer",
        "chat_join_request",
    )
)


@dataclass
class Webhook:
    """Where updates are posted, and how that goes."""

    url: str
    secret: str = ""
    connections: int = 40
    last_error_date: int = 0
    last_error_message: str = ""


@dataclass
class _Poll:
    """One getUpdates that waits."""

    answer: asyncio.Future[bool] = field(default_factory=lambda: asyncio.get_running_loop().create_future())
    """True: look again.  An exception: refused."""


class Updates:
    """Pending updates, oldest first; numbers rise by one, as Telegram's do."""

    def __init__(self, clock: Callable[[], float], tell: Callable[..., None]) -> None:
        self.pending: deque[Update] = deque()
        self._repeated: list[Update] = []
        self._history: dict[int, Update] = {}
        self.allowed: frozenset[str] | None = None
        self.webhook: Webhook | None = None
        self.retry_seconds = 1.0
        """How long a failing webhook is left alone at first; doubled each time, up to a minute."""
        self.polls = 0
        """How many getUpdates were answered or wait."""
        self._clock = clock
        self._tell = tell
        self._ids = itertools.count(730_000_001)
        self._poll: _Poll | None = None
        self._sender: asyncio.Task[None] | None = None
        self._arrived = asyncio.Event()

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Remember which kinds the bot wants; None keeps what was said before, an empty list means the usual ones."""
        if kinds is not None:
            known = frozenset(kinds) & _KINDS
            self.allowed = known or None

    def wanted(self, kind: str) -> bool:
        """Whether the bot asked for updates of this kind."""
        return kind not in _ON_REQUEST_ONLY if self.allowed is None else kind in self.allowed

    def put(self, kind: str, content: dict[str, Any]) -> Update | None:
        """Queue an update; None if the bot does not want this kind."""
        if not self.wanted(kind):
            return None
        update: Update = {"update_id": next(self._ids), kind: json.loads(json.dumps(content))}
        self._history[update["update_id"]] = update
        if len(self._history) > _REMEMBERED:
            del self._history[next(iter(self._history))]
        self.pending.append(update)
        self._wake()
        return update

    def put_again(self, update_id: int) -> None:
        """Queue a recent update once more under its old number; KeyError if it is not known (any more)."""
        self._repeated.append(self._history[update_id])
        self._wake()

    def clear(self) -> None:
        """Forget all that is pending."""
        self.pending.clear()

    def _wake(self) -> None:
        self._arrived.set()
        if self._poll is not None and not self._poll.answer.done():
            self._poll.answer.set_result(True)

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Update]:
        """Answer one getUpdates; waits up to ``seconds``.  Raises Refusal(409)."""
        if self.webhook is not None:
            raise conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        self.polls += 1
        self.end_poll("terminated by other getUpdates request; make sure that only one bot instance is running")
        self._confirm(offset)
        if not self.pending and not self._repeated and seconds > 0:
            mine = self._poll = _Poll()
            with contextlib.suppress(TimeoutError):
                try:
                    async with asyncio.timeout(min(seconds, limits.LONG_POLL_SECONDS)):
                        await mine.answer
                finally:
                    if self._poll is mine:
                        self._poll = None
        repeated, self._repeated = self._repeated, []
        return [*repeated, *itertools.islice(self.pending, limit)]

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self.pending) > -offset:
                self.pending.popleft()
        elif offset > 0:
            kept = [update for update in self.pending if update["update_id"] >= offset]
            self.pending = deque(kept)
        self._tell("confirmed")

    def end_poll(self, reason: str) -> None:
        """Refuse the getUpdates that waits, if one does."""
        if self._poll is not None and not self._poll.answer.done():
            self._poll.answer.set_exception(conflict(reason))
        self._poll = None

    def abandon_poll(self) -> None:
        """The caller hung up: let the waiting getUpdates end without a conflict."""
        if self._poll is not None and not self._poll.answer.done():
            self._poll.answer.set_result(True)
        self._poll = None

    def set_webhook(self, webhook: Webhook | None) -> None:
        """Switch to a webhook, or back to polling."""
        if self._sender is not None:
            self._sender.cancel()
            self._sender = None
        self.webhook = webhook
        if webhook is not None:
            self.end_poll("terminated by setWebhook request")
            self._sender = asyncio.get_running_loop().create_task(self._send_all(webhook))

    async def close(self) -> None:
        """Stop sending and let nobody wait."""
        sender = self._sender
        self.set_webhook(None)
        self.abandon_poll()
        if sender is not None:
            with contextlib.suppress(asyncio.CancelledError):
                await sender

    async def _send_all(self, webhook: Webhook) -> None:
        client = AsyncHTTPClient(force_instance=True)
        pause = self.retry_seconds
        try:
            while True:
                while not self.pending and not self._repeated:
                    self._arrived.clear()
                    await self._arrived.wait()
                queue = self._repeated or self.pending
                update = queue[0]
                if await self._send(client, webhook, update):
                    with contextlib.suppress(ValueError):
                        queue.remove(update)
                    self._tell("confirmed")
                    pause = self.retry_seconds
                else:
                    await asyncio.sleep(pause)
                    pause = min(60.0, 2 * pause)
        finally:
            client.close()

    async def _send(self, client: AsyncHTTPClient, webhook: Webhook, update: Update) -> bool:
        headers = {"Content-Type": "application/json"}
        if webhook.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = webhook.secret
        body = json.dumps(update, ensure_ascii=False).encode()
        try:
            await client.fetch(HTTPRequest(webhook.url, method="POST", headers=headers, body=body, request_timeout=60))
        except HTTPClientError as error:
            problem = f"Wrong response from the webhook: {error.code} {error.message}"
        except OSError as error:
            problem = error.strerror or "Connection failed"
        else:
            return True
        webhook.last_error_date = int(self._clock())
        webhook.last_error_message = problem
        self._tell("webhook_error", description=problem)
        return False
