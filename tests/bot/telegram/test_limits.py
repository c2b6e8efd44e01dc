"""How much people may ask, how fast the bot may speak, and in which order it works."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Chat, Message, Update
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.services.recent_answers import Recent
from bot.telegram.limits import Allowance, RetryingRateLimiter, Verdict, Window, may_pass
from bot.telegram.updates import ChatByChat


class Clock:
    """Seconds that a test moves."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_a_person_may_ask_so_often_a_minute_and_is_told_once() -> None:
    clock = Clock()
    allowance = Allowance(person_rate=2, chat_rate=100, cooldown=0, clock=clock)
    assert [allowance.ask(1, 1) for _ in range(4)] == [
        Verdict.ANSWER, Verdict.ANSWER, Verdict.SLOW_DOWN, Verdict.SILENT,
    ]  # fmt: skip
    assert allowance.ask(2, 2) is Verdict.ANSWER
    clock.now += 60
    assert allowance.ask(1, 1) is Verdict.ANSWER


def test_a_chat_has_a_limit_of_its_own() -> None:
    allowance = Allowance(person_rate=5, chat_rate=3, cooldown=0, clock=Clock())
    assert [allowance.ask(person, -7) for person in (1, 2, 3, 4)] == [Verdict.ANSWER] * 3 + [Verdict.SLOW_DOWN]


def test_answers_in_a_group_queue_up_with_a_pause_between() -> None:
    clock = Clock()
    allowance = Allowance(person_rate=9, chat_rate=9, cooldown=2.0, clock=clock)
    assert [allowance.group_pause(-7) for _ in range(3)] == [0.0, 2.0, 4.0]
    assert allowance.group_pause(-8) == 0.0
    clock.now += 60
    assert allowance.group_pause(-7) == 0.0


@pytest.mark.parametrize(
    ("error", "passes"),
    [
        (NetworkError("broken"), True),
        (TimedOut(), True),
        (TelegramError("Invalid server response"), True),
        (BadRequest("chat not found"), False),
        (Forbidden("blocked"), False),
        (InvalidToken(), False),
    ],
)
async def test_only_what_may_pass_is_tried_again(error: TelegramError, passes: bool) -> None:
    calls = 0

    async def call(*_: Any, **__: Any) -> bool:
        nonlocal calls
        calls += 1
        if calls == 1:
            raise error
        return True

    limiter = RetryingRateLimiter(limited=False, pause=0.0)
    if passes:
        assert await limiter.process_request(call, (), {}, "sendMessage", {}, None)
    else:
        with pytest.raises(type(error)):
            await limiter.process_request(call, (), {}, "sendMessage", {}, None)
    assert calls == (2 if passes else 1)
    assert may_pass(error) is passes


async def test_after_some_tries_the_error_is_told() -> None:
    async def call(*_: Any, **__: Any) -> bool:
        raise NetworkError("broken")

    with pytest.raises(NetworkError):
        await RetryingRateLimiter(limited=False, pause=0.0).process_request(call, (), {}, "sendMessage", {}, None)


async def test_never_more_than_thirty_messages_are_under_way_or_answered_within_a_second() -> None:
    begun: list[float] = []
    gate, full = asyncio.Event(), asyncio.Event()

    async def call(*_: Any, **__: Any) -> bool:
        begun.append(asyncio.get_running_loop().time())
        if len(begun) == 30:
            full.set()
        await gate.wait()
        return True

    limiter = RetryingRateLimiter()
    calls = [
        asyncio.create_task(limiter.process_request(call, (), {}, "sendMessage", {"chat_id": chat}, None))
        for chat in range(1, 33)
    ]
    async with asyncio.timeout(5):
        await full.wait()
        gate.set()
        await asyncio.gather(*calls)
    assert len(begun) == 32
    assert begun[30] - begun[0] >= 1.0


async def test_a_chat_is_written_to_once_a_second_and_other_calls_are_not_held_up() -> None:
    times: dict[str, list[float]] = {"sendMessage": [], "answerCallbackQuery": []}

    async def call(endpoint: str) -> bool:
        times[endpoint].append(asyncio.get_running_loop().time())
        return True

    limiter = RetryingRateLimiter()
    for endpoint in ("sendMessage", "sendMessage", "answerCallbackQuery", "answerCallbackQuery"):
        await limiter.process_request(call, (endpoint,), {}, endpoint, {"chat_id": 1}, None)
    assert times["sendMessage"][1] - times["sendMessage"][0] >= 1.0
    assert times["answerCallbackQuery"][1] - times["answerCallbackQuery"][0] < 0.5


async def test_a_group_gets_twenty_messages_a_minute() -> None:
    window = Window(20, 60.0)
    for _ in range(20):
        await window.enter()
        window.leave()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.05):
            await window.enter()


def update(number: int, chat: int) -> Update:
    message = Message(number, datetime(2026, 1, 1, tzinfo=UTC), Chat(chat, "private"), text="ถาม")
    return Update(number, message=message)


async def test_a_chat_is_worked_on_in_order_and_chats_side_by_side() -> None:
    done: list[int] = []
    gate = asyncio.Event()

    async def slow(number: int) -> None:
        await gate.wait()
        done.append(number)

    async def quick(number: int) -> None:
        done.append(number)

    processor = ChatByChat()
    tasks = [
        asyncio.create_task(processor.process_update(update(1, 10), slow(1))),
        asyncio.create_task(processor.process_update(update(2, 10), quick(2))),
        asyncio.create_task(processor.process_update(update(3, 20), quick(3))),
        asyncio.create_task(processor.process_update(update(3, 20), quick(3))),
    ]
    await tasks[2]
    await tasks[3]
    assert done == [3]
    gate.set()
    await asyncio.gather(*tasks)
    assert done == [3, 1, 2]
    assert processor._locks == {}


def test_only_the_latest_are_remembered() -> None:
    recent: Recent[int, str] = Recent(2)
    for number in (1, 2):
        recent.put(number, str(number))
    assert recent.get(1) == "1"
    recent.put(3, "3")
    assert (recent.get(1), recent.get(2), recent.get(3)) == ("1", None, "3")
