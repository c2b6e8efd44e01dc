"""What happens when something goes wrong: nothing is lost, nothing is said twice, and the log stays readable."""

from __future__ import annotations

import asyncio
import logging
import shutil
from pathlib import Path

import pytest
from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.settings import Secret, Settings
from bot.simulator import Fault, Person, Simulator
from bot.telegram.application import RunError, build_application, running, serve
from bot.telegram.context import services_of
from retrieval import Library
from retrieval.gazetteer.tables import data_file
from tests.bot.running_bot import OTHER, WHO, WHO_ANSWER, RunningBot, article, running_bot


def settings_for(sim: Simulator, library: Library, state: Path, *, token: str = "") -> Settings:
    return Settings(token=Secret(token or sim.token), api_url=sim.api_url, library=library.path, state=state)


async def test_a_wrong_token_is_one_clear_line(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        wrong = "1234567:this-is-not-the-token-of-this-bot"
        app = build_application(settings_for(sim, library, tmp_path / "bot.db", token=wrong), library)
        with pytest.raises(RunError, match=r"^Telegram refuses GOVNEWS_TOKEN: ask @BotFather") as caught:
            async with running(app):
                pytest.fail("It must not run.")
        assert wrong not in str(caught.value)


async def test_a_token_that_is_revoked_meanwhile_ends_the_bot_with_the_same_line(
    library: Library, tmp_path: Path
) -> None:
    async with Simulator() as sim:
        app = build_application(settings_for(sim, library, tmp_path / "bot.db"), library)
        sim.fail("getUpdates", Fault.server_error(401, "Unauthorized"))
        with pytest.raises(RunError, match="GOVNEWS_TOKEN"):
            async with asyncio.timeout(10):
                await serve(app, asyncio.Event())


async def test_another_poller_is_one_line_and_the_bot_keeps_trying(
    bot: RunningBot, somchai: Person, caplog: pytest.LogCaptureFixture
) -> None:
    conflict = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
    with caplog.at_level(logging.INFO):
        bot.sim.fail("getUpdates", Fault.server_error(409, conflict), times=2)
        await somchai.ask("/help")
        await somchai.ask("/status")
    lines = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert [record.getMessage().split(":")[0] for record in lines] == ["Another program uses this token"]
    assert all(record.exc_info is None for record in lines)


@pytest.mark.parametrize(
    "fault",
    [Fault.flood(1), Fault.server_error(), Fault.server_error(502, "Bad Gateway"), Fault.garbage(), Fault.drop()],
    ids=["429", "500", "502", "garbage", "broken"],
)
async def test_an_answer_that_telegram_did_not_take_is_sent_again(
    bot: RunningBot, somchai: Person, fault: Fault
) -> None:
    bot.sim.fail("sendMessage", fault)
    assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)
    assert [seen.text.startswith(WHO_ANSWER) for seen in somchai.history()].count(True) == 1


async def test_when_the_network_breaks_in_the_middle_of_a_reply_it_is_not_lost(
    bot: RunningBot, somchai: Person
) -> None:
    # The message arrived, only the word of it did not: said twice is better than never.
    bot.sim.fail("sendMessage", Fault.drop(after=True))
    assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)
    assert (await somchai.ask(OTHER)).marked("blockquote")


async def test_garbage_instead_of_updates_is_asked_for_again(
    bot: RunningBot, somchai: Person, caplog: pytest.LogCaptureFixture
) -> None:
    bot.sim.fail("getUpdates", Fault.garbage(), times=2)
    assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)


async def test_a_broken_way_to_telegram_is_not_taken_for_a_wrong_token(bot: RunningBot, somchai: Person) -> None:
    bot.sim.fail("getUpdates", Fault.server_error(404, "Not Found"))
    assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)


async def test_a_group_in_which_the_bot_may_not_write_is_no_fault_of_ours(bot: RunningBot, somchai: Person) -> None:
    group = bot.sim.group("กลุ่มข่าว", somchai)
    refusal = "Bad Request: not enough rights to send text messages to the chat"
    bot.sim.fail("sendMessage", Fault.server_error(400, refusal))
    await somchai.send(f"@{bot.sim.username} {WHO}", chat=group)
    await bot.sim.wait_for_call("sendMessage")
    await bot.app.update_queue.join()
    assert not bot.services.errors


async def test_the_same_update_twice_is_answered_once(bot: RunningBot, somchai: Person) -> None:
    question = await somchai.send(WHO)
    await somchai.reply()
    assert question.update_id is not None
    bot.sim.deliver_again(question.update_id)
    await somchai.ask("/help")
    assert [seen.text.startswith(WHO_ANSWER) for seen in somchai.history()].count(True) == 1


async def test_telegram_out_of_reach_is_waited_for(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        sim.fail("getMe", Fault.drop())
        async with running_bot(library, tmp_path / "bot.db", sim=sim):
            assert (await sim.person("สมชาย").ask(WHO)).text.startswith(WHO_ANSWER)


async def test_menus_that_cannot_be_set_do_not_keep_the_bot_from_answering(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        sim.fail("setMyCommands", Fault.server_error(), times=20)
        async with running_bot(library, tmp_path / "bot.db", sim=sim):
            assert (await sim.person("สมชาย").ask(WHO)).text.startswith(WHO_ANSWER)


async def test_the_library_is_replaced_while_questions_go_on(tmp_path: Path) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as old, Library.open(tmp_path / "new", create=True) as new:
        for library in (old, new):
            library.ingest([str(data_file("sample"))])
        old.add([article("งานเก่า", "นายสมหมาย ดีงาม เป็นประธานเปิดงานประเพณีลอยโคม")])
        new.add([article("งานใหม่", "นายสมศักดิ์ ใจดี เป็นประธานเปิดงานประเพณีลอยโคม")])
        async with running_bot(old, tmp_path / "bot.db") as bot:
            somchai = bot.sim.person("สมชาย")
            question = "ใครเป็นประธานเปิดงานประเพณีลอยโคม"
            first = await somchai.ask(question)
            assert "สมหมาย" in first.text
            new.close()
            shutil.move(path, tmp_path / "away")
            shutil.move(tmp_path / "new", path)
            assert await bot.services.library.refresh()
            assert not await bot.services.library.refresh()
            assert "สมศักดิ์" in (await somchai.ask(question)).text
            await somchai.press(first, "อ่านทั้งข่าว")
            assert "ไม่อยู่ในคลังแล้ว" in (await somchai.edited(first)).text


async def test_news_added_while_the_bot_runs_is_found_by_the_next_question(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        library.ingest([str(data_file("sample"))])
        async with running_bot(library, tmp_path / "bot.db") as bot:
            somchai = bot.sim.person("สมชาย")
            await somchai.ask(WHO)
            with Library.open(library.path) as writer:
                writer.add([article("ขบวนแห่เทียน", "นางมาลี ศรีสุข เป็นประธานเปิดขบวนแห่เทียนพรรษา")])
            assert "มาลี ศรีสุข" in (await somchai.ask("ใครเป็นประธานเปิดขบวนแห่เทียนพรรษา")).text


async def test_a_fault_of_our_own_is_answered_kindly_logged_and_told_to_the_operator_once_a_minute(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async with Simulator() as sim:
        operator, somchai, anne = sim.person("ผู้ดูแล"), sim.person("สมชาย"), sim.person("Anne", language="en")
        await operator.send("/help")
        whose = frozenset({operator.id})
        async with running_bot(library, tmp_path / "bot.db", sim=sim, operator_chat=operator.id, operators=whose):
            await operator.reply()

            def broken(*_: object, **__: object) -> None:
                raise ValueError(f"ข้อความลับ {WHO}")

            monkeypatch.setattr(Library, "ask", broken)
            assert "ขออภัย" in (await somchai.ask(WHO)).text
            assert "Sorry" in (await anne.ask(WHO)).text
            told = await operator.reply()
            assert "ValueError" in told.text
            assert "ข้อความลับ" not in told.text
            monkeypatch.undo()
            assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)
            alerts = [seen for seen in operator.history() if "ValueError" in seen.text]
            assert len(alerts) == 1
            assert "ValueError 2" in (await operator.ask("/admin")).text


@pytest.mark.parametrize(
    "data", ["r:gone:1", "q:1", "w:0000000000000000:0", "r", "", "fw:9999:now", "n:fr", "a:ffff", "l"]
)
async def test_a_press_on_a_button_of_another_time_is_answered(bot: RunningBot, somchai: Person, data: str) -> None:
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("เก่า", callback_data=data or "-:")]])
    await somchai.ask("/help")
    await bot.app.bot.send_message(somchai.id, "คำตอบเก่า", reply_markup=keyboard)
    await somchai.press(await somchai.reply(), "เก่า")
    assert not bot.services.errors


async def test_with_many_asking_at_once_no_call_is_over_telegrams_rates(library: Library, tmp_path: Path) -> None:
    async with Simulator(rate_limits=True) as sim:
        people = [sim.person(f"คนที่ {number}") for number in range(40)]
        async with running_bot(library, tmp_path / "bot.db", sim=sim, rate_limiter=True):
            for person in people:
                await person.send(WHO)
            for person in people:
                assert (await person.reply()).text.startswith(WHO_ANSWER)
        assert [call.status for call in sim.called("sendMessage")] == [200] * 40


async def test_stopping_sends_what_was_asked_before(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        people = [sim.person(f"คนที่ {number}") for number in range(10)]
        async with running_bot(library, tmp_path / "bot.db", sim=sim) as bot:
            for person in people:
                await person.send(WHO)
            await sim.fetched()
            assert services_of(bot.app).ready
        for person in people:
            assert (await person.reply()).text.startswith(WHO_ANSWER)
