"""Many chats asking at once: the real application against the local Bot API, each in a process of its own.

    python benchmarks/load.py --library PATH [--chats 200] [--seconds 120] [--limiter]

Every chat asks, waits for its answer and asks again.  Each question has one right reply, worked out beforehand with
the library alone, so an answer that is lost, late, or in the wrong chat is seen.  Without ``--limiter`` the figures
are what the bot can do; with it, that no call leaves above Telegram's rates (30 messages a second, one a second in a
chat, 20 a minute in a group), which the local Bot API would refuse and this script counts.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import multiprocessing
import statistics
import sys
import tempfile
import time
from collections import Counter
from itertools import cycle, pairwise
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from bot.settings import Secret, Settings
from bot.simulator import Person, Simulator
from bot.simulator.api.markup import parse_html
from bot.telegram.application import build_application, running
from bot.telegram.handlers.ask import RESULTS
from bot.telegram.reply import answer_reply
from retrieval import Library

PATIENCE = 120.0
"""Seconds after which an answer counts as lost."""


def questions_of(library: Library, wanted: int) -> dict[str, str]:
    """Distinct questions about headlines from all over the library, and the text of the right reply to each."""
    newest = library.latest(limit=20_000)
    step = max(1, len(newest) // wanted)
    replies: dict[str, str] = {}
    for hit in newest[::step]:
        question = f"ใครเป็นประธาน {hit.title[:80]}"
        answer = library.ask(question, limit=RESULTS)
        replies[question] = parse_html(answer_reply(answer, "x" * 8, 0, language=answer.language).text)[0].strip()
        if len(replies) >= wanted:
            break
    return replies


class Crowd:
    """The people: what they waited, and what went wrong."""

    def __init__(self, replies: dict[str, str], until: float) -> None:
        self.questions = cycle(replies)
        self.replies = replies
        self.until = until
        self.waited: list[float] = []
        self.wrong = Counter[str]()

    async def ask_on(self, person: Person) -> None:
        """One person's questions, one after the other, until the time is over."""
        while time.monotonic() < self.until:
            question = next(self.questions)
            begun = time.monotonic()
            try:
                reply = await person.ask(question, PATIENCE)
            except TimeoutError:
                self.wrong["lost"] += 1
                continue
            self.waited.append(time.monotonic() - begun)
            if reply.text.strip() != self.replies[question]:
                self.wrong["not the reply to this chat's question"] += 1


def most_in(times: list[float], seconds: float) -> int:
    """The most calls in any window of so many seconds."""
    most = first = 0
    for last, at in enumerate(times):
        while times[first] <= at - seconds:
            first += 1
        most = max(most, last - first + 1)
    return most


async def crowd(pipe: Connection, replies: dict[str, str], chats: int, seconds: float, limiter: bool) -> None:
    """The Bot API and the people, in the second process."""
    async with Simulator(rate_limits=limiter) as sim:
        pipe.send((sim.token, sim.api_url))
        people = [sim.person(f"คนที่ {number}") for number in range(chats)]
        await sim.wait_for_call("getUpdates", timeout=PATIENCE)
        begun, used = time.monotonic(), time.process_time()
        whole = Crowd(replies, begun + seconds)
        await asyncio.gather(*map(whole.ask_on, people))
        took, used = time.monotonic() - begun, time.process_time() - used
        sent = [call for call in sim.calls if call.method == "sendMessage"]
        by_chat: dict[int, list[float]] = {}
        for call in sent:
            by_chat.setdefault(call.chat_id, []).append(call.at)
        gaps = [later - earlier for times in by_chat.values() for earlier, later in pairwise(times)]
        pipe.send(
            {
                "chats": chats,
                "seconds": round(took, 1),
                "answers": len(whole.waited),
                "distinct_questions": min(len(replies), len(whole.waited)),
                "answers_a_second": round(len(whole.waited) / took, 1),
                "median_ms": round(statistics.median(whole.waited) * 1000),
                "p99_ms": round(statistics.quantiles(whole.waited, n=100)[98] * 1000),
                "wrong": dict(whole.wrong),
                "refused_calls": dict(Counter(call.status for call in sent if call.status != 200)),
                "most_messages_in_a_second": most_in([call.at for call in sent], 1.0),
                "shortest_gap_in_a_chat_ms": round(min(gaps) * 1000) if gaps else None,
                "cpu_ms_an_answer": {"local Bot API and people": round(used / len(whole.waited) * 1000, 1)},
            }
        )
        # The bot stops first, so that it does not find Telegram gone.
        await asyncio.to_thread(pipe.recv)


def _crowd_process(pipe: Connection, *arguments: Any) -> None:
    asyncio.run(crowd(pipe, *arguments))


async def bot(library: Library, token: str, api_url: str, done: Connection, **chosen: Any) -> Any:
    """The application, in this process, until the people are done."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(
            token=Secret(token),
            api_url=api_url,
            library=library.path,
            state=Path(folder) / "bot.db",
            person_rate=1_000_000,
            chat_rate=1_000_000,
            **chosen,
        )
        async with running(build_application(settings, library)):
            used = time.process_time()
            result = await asyncio.to_thread(done.recv)
            used = time.process_time() - used
        result["cpu_ms_an_answer"]["bot"] = round(used / result["answers"] * 1000, 1)
        done.send("bye")
        return result


def main() -> None:
    """Run the load and print one JSON object; exit status 1 where anything was lost or wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument("--chats", type=int, default=200)
    parser.add_argument("--seconds", type=float, default=120.0)
    parser.add_argument(
        "--questions",
        type=int,
        default=300,
        help="distinct questions; asked again from the first when all were asked, and answered from memory then",
    )
    parser.add_argument("--workers", type=int, default=0, help="processes that answer questions beside the bot")
    parser.add_argument("--limiter", action="store_true", help="keep to Telegram's rates")
    chosen = parser.parse_args()
    with Library.open(chosen.library) as library:
        replies = questions_of(library, chosen.questions)
        ours, theirs = multiprocessing.get_context("spawn").Pipe()
        process = multiprocessing.get_context("spawn").Process(
            target=_crowd_process, args=(theirs, replies, chosen.chats, chosen.seconds, chosen.limiter)
        )
        process.start()
        token, api_url = ours.recv()
        result = asyncio.run(bot(library, token, api_url, ours, rate_limiter=chosen.limiter, workers=chosen.workers))
        process.join()
    result = {"limiter": chosen.limiter, "workers": chosen.workers, **result}
    print(json.dumps(result, ensure_ascii=False, indent=1))
    too_fast = chosen.limiter and (result["refused_calls"] or result["most_messages_in_a_second"] > 30)
    sys.exit(1 if result["wrong"] or too_fast else 0)


if __name__ == "__main__":
    main()
