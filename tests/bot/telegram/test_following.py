"""Following: new items at once or as a daily digest, none lost, none twice."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.simulator import Fault, Person, Seen, Simulator
from retrieval import Library
from tests.bot.running_bot import Clock, article, running_bot

FLOOD = article("น้ำท่วมเชียงราย", "จังหวัดเชียงรายเร่งช่วยผู้ประสบภัยน้ำท่วม")
FLOOD_AGAIN = article("เตือนน้ำท่วมรอบสอง", "ประกาศเตือนน้ำท่วมอีกครั้ง")
ROADS = article("ซ่อมถนน", "กรมทางหลวงซ่อมถนน", agency="กรมทางหลวง")


@pytest.fixture
def growing(tmp_path: Path) -> Iterator[Library]:
    """A library of one old item, to which a test adds."""
    with Library.open(tmp_path / "library", create=True) as library:
        library.add([article("ข่าวเก่าน้ำท่วม", "น้ำท่วมเมื่อปีก่อน", published=date(2025, 9, 1))])
        yield library


def news(person: Person) -> list[str]:
    """What was sent to somebody who follows น้ำท่วม."""
    return [seen.text for seen in person.history() if seen.text.startswith("🔔 น้ำท่วม\n")]


async def chosen(person: Person, words: str, when: str) -> Seen:
    """Follow words and say when to get the news."""
    offered = await person.ask(f"/follow {words}")
    await person.press(offered, when)
    return await person.edited(offered)


async def test_new_items_come_at_once_to_who_follows_them_and_once_only(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai, malee = bot.sim.person("สมชาย"), bot.sim.person("มาลี")
        await bot.notifier.tick()
        await somchai.ask("/follow น้ำท่วม")
        await malee.ask("/follow กรมทางหลวง")
        growing.add([FLOOD, ROADS])
        await bot.notifier.tick()
        await bot.notifier.tick()
        assert len(news(somchai)) == 1
        assert FLOOD.title in news(somchai)[0]
        assert "ข่าวเก่า" not in news(somchai)[0]
        assert [ROADS.title in seen.text for seen in malee.history()].count(True) == 1


async def test_the_message_itself_opens_an_item_pauses_and_stops(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        await somchai.ask("/follow น้ำท่วม")
        growing.add([FLOOD])
        await bot.notifier.tick()
        told = await somchai.reply()
        await somchai.press(told, "1")
        assert FLOOD.body in (await somchai.reply()).text

        await somchai.press(told, "พัก")
        paused = await somchai.edited(told)
        growing.add([FLOOD_AGAIN])
        await bot.notifier.tick()
        assert len(news(somchai)) == 0
        await somchai.press(paused, "รับต่อ")
        resumed = await somchai.edited(paused)
        await bot.notifier.tick()
        assert FLOOD_AGAIN.title in (await somchai.reply()).text

        await somchai.press(resumed, "เลิกติดตาม")
        assert "เลิกติดตาม" in (await somchai.edited(resumed)).text
        assert "ยังไม่ได้ติดตาม" in (await somchai.ask("/following")).text


async def test_a_digest_comes_once_a_day_at_its_hour_in_bangkok(growing: Library, tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 3, 1, 20, 0, tzinfo=UTC))  # 3 in the morning of the 2nd
    async with running_bot(growing, tmp_path / "bot.db", clock=clock) as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        assert "07.00" in (await chosen(somchai, "น้ำท่วม", "07.00")).text
        growing.add([FLOOD])
        await bot.notifier.tick()
        assert news(somchai) == []
        clock.at = datetime(2026, 3, 2, 0, 1, tzinfo=UTC)  # 7:01
        await bot.notifier.tick()
        assert len(news(somchai)) == 1
        growing.add([FLOOD_AGAIN])
        await bot.notifier.tick()
        assert len(news(somchai)) == 1
        clock.at = datetime(2026, 3, 3, 0, 1, tzinfo=UTC)
        await bot.notifier.tick()
        assert [FLOOD.title in text for text in news(somchai)] == [True, False]


async def test_any_hour_of_the_day_can_be_chosen(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        offered = await chosen(somchai, "น้ำท่วม", "เลือกเวลาเอง")
        assert offered.buttons[:24] == [f"{hour:02}" for hour in range(24)]
        await somchai.press(offered, "21")
        assert "21.00" in (await somchai.edited(offered)).text
        assert bot.services.state.follows(somchai.id)[0].hour == 21


async def test_an_hour_chosen_after_it_has_passed_begins_tomorrow(growing: Library, tmp_path: Path) -> None:
    clock = Clock(datetime(2026, 3, 2, 3, 0, tzinfo=UTC))  # 10 o'clock
    async with running_bot(growing, tmp_path / "bot.db", clock=clock) as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        await chosen(somchai, "น้ำท่วม", "07.00")
        growing.add([FLOOD])
        await bot.notifier.tick()
        assert news(somchai) == []


async def test_a_restart_loses_none_and_sends_none_twice(growing: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        somchai = sim.person("สมชาย")
        async with running_bot(growing, tmp_path / "bot.db", sim=sim) as bot:
            await bot.notifier.tick()
            await somchai.ask("/follow น้ำท่วม")
            growing.add([FLOOD])
            await bot.notifier.collect()  # found, but the bot stops before it is sent
        growing.add([FLOOD_AGAIN])  # while the bot is down
        async with running_bot(growing, tmp_path / "bot.db", sim=sim) as bot:
            told = await somchai.reply()
            assert FLOOD.title in told.text
            assert FLOOD_AGAIN.title in told.text
        async with running_bot(growing, tmp_path / "bot.db", sim=sim) as bot:
            await bot.notifier.tick()
            assert len(news(somchai)) == 1


async def test_what_could_not_be_sent_is_sent_the_next_time(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        await somchai.ask("/follow น้ำท่วม")
        growing.add([FLOOD])
        bot.sim.fail("sendMessage", Fault.server_error(), times=4)
        await bot.notifier.tick()
        assert news(somchai) == []
        await bot.notifier.tick()
        assert len(news(somchai)) == 1


async def test_who_blocks_the_bot_is_dropped(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai, malee = bot.sim.person("สมชาย"), bot.sim.person("มาลี")
        await bot.notifier.tick()
        for person in (somchai, malee):
            await person.ask("/follow น้ำท่วม")
        await somchai.block()
        await bot.sim.fetched()
        await bot.app.update_queue.join()
        assert bot.services.state.followers() == [malee.id]
        growing.add([FLOOD])
        bot.sim.fail("sendMessage", Fault.server_error(403, "Forbidden: bot was blocked by the user"))
        await bot.notifier.tick()
        assert bot.services.state.followers() == []


async def test_a_replaced_library_announces_what_is_new_in_it_and_nothing_old(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        growing.add([FLOOD])
        await bot.notifier.tick()
        await somchai.ask("/follow น้ำท่วม")
        with Library.open(tmp_path / "fresh", create=True) as fresh:
            fresh.add([article("น้ำท่วมปีก่อน", "น้ำท่วม", published=date(2024, 1, 1)), FLOOD_AGAIN])
        shutil.move(growing.path, tmp_path / "old")
        shutil.move(tmp_path / "fresh", growing.path)
        assert await bot.services.library.refresh()
        await bot.notifier.tick()
        assert len(news(somchai)) == 1
        assert FLOOD_AGAIN.title in news(somchai)[0]
        assert "ปีก่อน" not in news(somchai)[0]


async def test_many_new_items_come_as_one_message_that_counts_the_rest(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        await somchai.ask("/follow น้ำท่วม")
        growing.add([article(f"น้ำท่วมที่ {number}", f"น้ำท่วม {number}") for number in range(12)])
        await bot.notifier.tick()
        assert len(news(somchai)) == 1
        assert "และอีก 7 ข่าว" in news(somchai)[0]


async def test_following_an_agency_from_its_button(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        await bot.notifier.tick()
        offered = await somchai.ask("/follow")
        await somchai.press(offered, "กระทรวงมหาดไทย")
        assert "ติดตาม กระทรวงมหาดไทย แล้ว" in (await somchai.edited(offered)).text
        growing.add([FLOOD])
        await bot.notifier.tick()
        assert FLOOD.title in (await somchai.reply()).text


async def test_there_is_a_limit_to_topics_and_to_their_length(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db", person_rate=100) as bot:
        somchai = bot.sim.person("สมชาย")
        assert "80" in (await somchai.ask("/follow " + "ก" * 81)).text
        for number in range(20):
            await somchai.ask(f"/follow เรื่องที่ {number}")
        assert "20" in (await somchai.ask("/follow อีกเรื่อง")).text
        assert len(bot.services.state.follows(somchai.id)) == 20
        assert (await somchai.ask("/following")).buttons[0].endswith("เรื่องที่ 0")


async def test_in_a_group_the_way_to_follow_is_the_private_chat(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        somchai = bot.sim.person("สมชาย")
        group = bot.sim.group("กลุ่มข่าว", somchai)
        somchai.read_all(group)
        await somchai.send(f"/follow@{bot.sim.username} น้ำท่วม", chat=group)
        answer = await somchai.reply(chat=group)
        assert (await somchai.press(answer, "เปิดแชต")).url == f"https://t.me/{bot.sim.username}?start=follow"
        assert "/follow" in (await somchai.ask("/start follow")).text


async def test_news_comes_in_the_language_of_who_follows(growing: Library, tmp_path: Path) -> None:
    async with running_bot(growing, tmp_path / "bot.db") as bot:
        anne = bot.sim.person("Anne", language="en")
        await bot.notifier.tick()
        await anne.ask("/follow น้ำท่วม")
        growing.add([FLOOD])
        await bot.notifier.tick()
        assert "Pause" in str((await anne.reply()).buttons)
