"""What can go wrong between a bot and Telegram, on demand."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Literal

from bot.simulator.api.refusals import Refusal, too_many


@dataclass(frozen=True)
class Fault:
    """One thing that goes wrong with one call.

    ``after`` true: the call takes effect and only its answer is spoilt.
    """

    kind: Literal["refuse", "garbage", "drop", "slow"]
    refusal: Refusal | None = None
    seconds: float = 0.0
    after: bool = False

    @classmethod
    def flood(cls, retry_after: int = 1) -> Fault:
        """429 with so many seconds to wait."""
        return cls("refuse", too_many(retry_after))

    @classmethod
    def server_error(cls, code: int = 500, description: str = "Internal Server Error", *, after: bool = False) -> Fault:
        """500, 502 or another refusal of one's choice."""
        return cls("refuse", Refusal(code, description), after=after)

    @classmethod
    def garbage(cls, *, after: bool = False) -> Fault:
        """200 with a body that is no JSON."""
        return cls("garbage", after=after)

    @classmethod
    def drop(cls, *, after: bool = False) -> Fault:
        """The connection breaks without an answer."""
        return cls("drop", after=after)

    @classmethod
    def slow(cls, seconds: float) -> Fault:
        """The answer comes late."""
        return cls("slow", seconds=seconds, after=True)


class Faults:
    """Which calls go wrong next."""

    def __init__(self) -> None:
        self._planned: dict[str, deque[Fault]] = {}

    def plan(self, method: str, fault: Fault, times: int = 1) -> None:
        """The next ``times`` calls of a method ("*": of any but getUpdates) go wrong."""
        self._planned.setdefault(method, deque()).extend([fault] * times)

    def next(self, method: str) -> Fault | None:
        """The fault for this call, taken off the plan."""
        for name in (method, *(["*"] if method != "getUpdates" else [])):
            planned = self._planned.get(name)
            if planned:
                return planned.popleft()
        return None

    def clear(self) -> None:
        """Nothing goes wrong any more."""
        self._planned.clear()
