"""Each command, as a person uses it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from bot.simulator import Fault, Person, Simulator
from retrieval import Library
from tests.bot.running_bot import WHO, WHO_ANSWER, Clock, RunningBot, article, running_bot


async def test_latest_lists_the_newest_news_in_pages_and_opens_one(bot: RunningBot, somchai: Person) -> None:
    first = await somchai.ask("/latest")
    assert "1. " in first.text
    await somchai.press(first, "ถัดไป")
    second = await somchai.edited(first)
    assert "6. " in second.text
    await somchai.press(second, "6")
    opened = await somchai.edited(second)
    await somchai.press(opened, "กลับไปที่คำตอบ")
    assert (await somchai.edited(opened)).text == second.text


async def test_latest_takes_an_agency_by_its_abbreviation_or_a_topic(bot: RunningBot, somchai: Person) -> None:
    by_agency = await somchai.ask("/latest มท.")
    assert "กระทรวงมหาดไทย" in by_agency.text
    assert "ข่าวล่าสุด: มท." in by_agency.text
    assert "qqqq" in (await somchai.ask("/latest qqqq")).text


async def test_agency_offers_the_agencies_and_shows_the_news_of_one(bot: RunningBot, somchai: Person) -> None:
    offered = await somchai.ask("/agency")
    assert len(offered.buttons) == 8
    await somchai.press(offered, offered.buttons[0])
    assert offered.buttons[0].split(" · ")[0] in (await somchai.reply()).text
    assert "กระทรวงมหาดไทย" in (await somchai.ask("/agency กระทรวงมหาดไทย")).text


async def test_person_lists_the_events_somebody_chaired(bot: RunningBot, somchai: Person) -> None:
    assert "12 พฤษภาคม 2552" in (await somchai.ask(f"/person {WHO_ANSWER}")).text
    assert "ไม่พบ" in (await somchai.ask("/person ไม่มีคนนี้")).text
    assert "/person" in (await somchai.ask("/person")).text


async def test_chair_needs_only_the_event(bot: RunningBot, somchai: Person) -> None:
    assert WHO_ANSWER in (await somchai.ask("/chair สัมมนาผู้นำต้นแบบ จังหวัดตาก")).text
    assert "/chair" in (await somchai.ask("/chair")).text


async def test_today_shows_todays_news_or_says_which_is_the_newest_day(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        library.add(
            [article("ข่าววันนี้", "เนื้อข่าวของวันนี้"), article("ข่าวก่อน", "เก่า", published=datetime(2026, 2, 1).date())]
        )
        clock = Clock(datetime(2026, 3, 1, 18, 30, tzinfo=UTC))  # in Bangkok it is the 2nd already
        async with running_bot(library, tmp_path / "bot.db", clock=clock) as bot:
            somchai = bot.sim.person("สมชาย")
            today = await somchai.ask("/today")
            assert "2 มีนาคม 2569" in today.text
            assert "ข่าวก่อน" not in today.text
            clock.at = datetime(2026, 3, 5, tzinfo=UTC)
            assert "ยังไม่มีข่าวใหม่" in (await somchai.ask("/today")).text


async def test_an_empty_library_says_so(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        async with running_bot(library, tmp_path / "bot.db") as bot:
            somchai = bot.sim.person("สมชาย")
            for command in ("/latest", "/today", "/agency"):
                assert "ว่าง" in (await somchai.ask(command)).text
            assert "ไม่พบ" in (await somchai.ask(WHO)).text


async def test_language_is_chosen_and_kept(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        somchai = sim.person("สมชาย", language="th")
        async with running_bot(library, tmp_path / "bot.db", sim=sim):
            await somchai.press(await somchai.ask("/language"), "English")
            assert "Commands" in (await somchai.ask("/help")).text
            assert ("today", "Today's news") in somchai.menu()
        async with running_bot(library, tmp_path / "bot.db", sim=sim):
            assert "Commands" in (await somchai.ask("/help")).text
            assert "12 May 2009" in (await somchai.ask(WHO)).text


async def test_forget_deletes_what_is_kept_of_a_person(bot: RunningBot, somchai: Person) -> None:
    await somchai.press(await somchai.ask("/language"), "English")
    await somchai.ask("/follow น้ำท่วม")
    asked = await somchai.ask("/forget")
    await somchai.press(asked, "Keep")
    await somchai.edited(asked)
    assert bot.services.state.follows(somchai.id)
    asked = await somchai.ask("/forget")
    await somchai.press(asked, "Delete")
    await somchai.edited(asked)
    assert bot.services.state.follows(somchai.id) == []
    assert bot.services.state.language(somchai.id) is None


async def test_nobody_can_forget_for_somebody_else(bot: RunningBot) -> None:
    somchai, malee = bot.sim.person("สมชาย"), bot.sim.person("มาลี")
    group = bot.sim.group("กลุ่มข่าว", somchai, malee)
    await malee.ask("/follow น้ำท่วม")
    somchai.read_all(group)
    await somchai.send(f"/forget@{bot.sim.username}", chat=group)
    asked = await somchai.reply(chat=group)
    assert (await malee.press(asked, "ลบเลย")).show_alert
    assert bot.services.state.follows(malee.id)


async def test_status_tells_size_newest_date_age_and_version(bot: RunningBot, somchai: Person) -> None:
    text = (await somchai.ask("/status")).text
    stats = await bot.services.library.read(lambda library: library.stats())
    assert str(stats.articles) in text
    assert "นาทีก่อน" in text or "ชั่วโมงก่อน" in text or "วันก่อน" in text


async def test_admin_is_for_operators_only(bot: RunningBot, somchai: Person) -> None:
    assert "ผู้ดูแล" in (await somchai.ask("/admin")).text
    assert "คำถาม" not in (await somchai.ask("/admin")).text


async def test_an_operator_sees_counts_reloads_and_broadcasts_after_confirming(
    library: Library, tmp_path: Path
) -> None:
    async with Simulator() as sim:
        operator, malee, blocked = sim.person("ผู้ดูแล"), sim.person("มาลี"), sim.person("ไม่อยู่")
        async with running_bot(library, tmp_path / "bot.db", sim=sim, operators=frozenset({operator.id})) as bot:
            await malee.ask(WHO)
            for person in (malee, blocked):
                await person.ask("/follow น้ำท่วม")
            counts = await operator.ask("/admin")
            assert "คำถาม 1 · พบ 1" in counts.text
            assert "ผู้ติดตาม 2 คน" in counts.text
            await operator.press(counts, "อ่านคลังใหม่")
            assert "อ่านคลังใหม่แล้ว" in (await operator.reply()).text

            asked = await operator.ask("/admin broadcast ปิดปรับปรุง <คืนนี้>")
            assert "2 คน" in asked.text
            bot.sim.fail("sendMessage", Fault.server_error(403, "Forbidden: bot was blocked by the user"))
            await operator.press(asked, "ส่งเลย")
            assert (await operator.edited(asked)).text == "ส่งแล้ว 1 คน · ส่งไม่ได้ 1 คน"
            assert len(bot.services.state.followers()) == 1
            sent = [call.params["text"] for call in bot.sim.called("sendMessage")]
            assert sent.count("ปิดปรับปรุง &lt;คืนนี้&gt;") == 2


async def test_a_cancelled_broadcast_reaches_nobody(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        operator, malee = sim.person("ผู้ดูแล"), sim.person("มาลี")
        async with running_bot(library, tmp_path / "bot.db", sim=sim, operators=frozenset({operator.id})):
            await malee.ask("/follow น้ำท่วม")
            asked = await operator.ask("/admin broadcast ทดสอบ")
            await operator.press(asked, "ยกเลิก")
            assert "ยกเลิกแล้ว" in (await operator.edited(asked)).text
            assert "ทดสอบ" not in [message.text for message in malee.history()]
