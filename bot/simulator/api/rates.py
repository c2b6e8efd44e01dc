"""Telegram's rates: how many messages a bot may send."""

from __future__ import annotations

import math
from collections import defaultdict, deque

from bot.simulator.api import limits
from bot.simulator.api.refusals import too_many

COUNTED = frozenset({"sendMessage", "editMessageText", "editMessageReplyMarkup"})


class Rates:
    """Sliding windows over all chats, one chat and one group; refuses what exceeds them.

    Refused calls do not count.  Off unless ``enforced``; ``overall``, ``chat`` and ``group`` may be changed.
    """

    def __init__(self, *, enforced: bool = False) -> None:
        self.enforced = enforced
        self.overall = (limits.MESSAGES_PER_SECOND, 1.0)
        self.chat = (limits.MESSAGES_PER_SECOND_AND_CHAT, 1.0)
        self.group = (limits.MESSAGES_PER_MINUTE_AND_GROUP, 60.0)
        self._sent: defaultdict[tuple[str, int], deque[float]] = defaultdict(deque)

    def admit(self, method: str, chat_id: int, now: float) -> None:
        """Count a call that sends or edits; raises Refusal(429) if it comes too soon."""
        if not self.enforced or method not in COUNTED:
            return
        windows = [(("overall", 0), self.overall), (("chat", chat_id), self.chat)]
        if chat_id < 0:
            windows.append((("group", chat_id), self.group))
        wait = 0.0
        for key, (most, seconds) in windows:
            sent = self._sent[key]
            while sent and sent[0] <= now - seconds:
                sent.popleft()
            if len(sent) >= most:
                wait = max(wait, sent[-most] + seconds - now)
        if wait > 0:
            raise too_many(math.ceil(wait))
        for key, _ in windows:
            self._sent[key].append(now)
