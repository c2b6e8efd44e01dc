"""The simulator serves a real python-telegram-bot application over HTTP as Telegram does."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InputTextMessageContent,
    LinkPreviewOptions,
    Update,
)
from telegram.error import Conflict, NetworkError, RetryAfter, TelegramError
from telegram.ext import (
    Application,
    ApplicationBuilder,
    CallbackQueryHandler,
    ChosenInlineResultHandler,
    CommandHandler,
    ContextTypes,
    InlineQueryHandler,
    MessageHandler,
    filters,
)
from tornado.httpserver import HTTPServer
from tornado.httputil import HTTPHeaders, HTTPServerRequest, ResponseStartLine
from tornado.netutil import bind_sockets

from bot.simulator import Fault, Simulator

Context = ContextTypes.DEFAULT_TYPE
KEYBOARD = InlineKeyboardMarkup(
    [[InlineKeyboardButton("ถัดไป ▶", callback_data="next"), InlineKeyboardButton("ที่มา", url="https://thaigov.go.th")]]
)


async def start(update: Update, context: Context) -> None:
    assert update.message
    await update.message.reply_text("สวัสดี")


async def echo(update: Update, context: Context) -> None:
    message = update.effective_message
    assert message
    if update.edited_message:
        await message.reply_text(f"แก้: {message.text}")
    else:
        await message.reply_html(f"<b>{message.text_html}</b>", reply_markup=KEYBOARD)


async def pressed(update: Update, context: Context) -> None:
    query = update.callback_query
    assert query
    await query.answer("หน้าถัดไป", show_alert=True)
    await query.edit_message_text("หน้า 2", parse_mode="HTML")


async def offered(update: Update, context: Context) -> None:
    assert update.inline_query
    text = f"<b>{update.inline_query.query}</b>"
    card = InlineQueryResultArticle(
        "1", "ผล", InputTextMessageContent(text, parse_mode="HTML"), description="2560", reply_markup=KEYBOARD
    )
    await update.inline_query.answer([card], cache_time=30, next_offset="1")


async def chosen(update: Update, context: Context) -> None:
    assert update.chosen_inline_result
    context.bot_data["chosen"] = update.chosen_inline_result.result_id


def echo_application(sim: Simulator) -> Application[Any, Any, Any, Any, Any, Any]:
    application = ApplicationBuilder().token(sim.token).base_url(f"{sim.api_url}/bot").build()
    application.add_handler(CommandHandler("start", start))
    application.add_handler(MessageHandler(filters.TEXT, echo))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(InlineQueryHandler(offered))
    application.add_handler(ChosenInlineResultHandler(chosen))
    return application


@asynccontextmanager
async def polling(sim: Simulator) -> AsyncIterator[Application[Any, Any, Any, Any, Any, Any]]:
    async with echo_application(sim) as application:
        await application.start()
        assert application.updater
        await application.updater.start_polling(allowed_updates=Update.ALL_TYPES)
        yield application
        await application.updater.stop()
        await application.stop()


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator, polling(simulator):
        yield simulator


@pytest.fixture
async def quiet() -> AsyncIterator[Simulator]:
    """A simulator whose bot does nothing by itself."""
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def bot(quiet: Simulator) -> AsyncIterator[Bot]:
    async with Bot(quiet.token, base_url=f"{quiet.api_url}/bot") as ready:
        yield ready


async def test_a_person_types_and_reads_the_answer_with_its_markup(sim: Simulator) -> None:
    somchai = sim.person("สมชาย", language="th")
    assert (await somchai.ask("/start")).text == "สวัสดี"
    answer = await somchai.ask("ใคร <เป็น> 😀 ประธาน & ที่ไหน")
    assert answer.text == "ใคร <เป็น> 😀 ประธาน & ที่ไหน"
    assert answer.marked("bold") == [answer.text]
    assert answer.buttons == ["ถัดไป ▶", "ที่มา"]
    assert [message.text for message in somchai.history()] == ["/start", "สวัสดี", answer.text, answer.text]


async def test_a_press_is_answered_and_edits_the_message(sim: Simulator) -> None:
    somchai = sim.person("สมชาย")
    answer = await somchai.ask("ข่าว")
    toast = await somchai.press(answer, "ถัดไป")
    assert (toast.text, toast.show_alert) == ("หน้าถัดไป", True)
    edited = await somchai.edited(answer)
    assert (edited.text, edited.buttons) == ("หน้า 2", [])
    assert (await somchai.press(answer, "ที่มา")).url == "https://thaigov.go.th/"


async def test_an_edited_message_reaches_the_bot_as_an_edit(sim: Simulator) -> None:
    somchai = sim.person("สมชาย")
    mine = await somchai.send("ก")
    await somchai.reply()
    await somchai.edit(mine, "ข")
    assert (await somchai.reply()).text == "แก้: ข"


async def test_inline_cards_are_offered_cached_and_sent(sim: Simulator) -> None:
    somchai, malee = sim.person("สมชาย"), sim.person("มาลี")
    group = sim.group("กลุ่ม", somchai, malee)
    cards = await somchai.inline("ข่าว")
    assert (cards.titles, cards.cache_time, cards.next_offset) == (["ผล"], 30, "1")
    await malee.inline("ข่าว")
    assert len(sim.called("answerInlineQuery")) == 1
    sim.advance(31)
    await malee.inline("ข่าว")
    assert len(sim.called("answerInlineQuery")) == 2
    sent = await somchai.choose(cards, "1", chat=group)
    assert (sent.text, sent.marked("bold"), sent.raw["via_bot"]["username"]) == ("ข่าว", ["ข่าว"], sim.username)
    await malee.press(sent, "next")
    assert (await malee.edited(sent)).text == "หน้า 2"


async def test_each_person_has_an_own_chat(sim: Simulator) -> None:
    people = [sim.person(f"คนที่ {number}") for number in range(20)]
    answers = await asyncio.gather(*(person.ask(f"ถาม {person.id}") for person in people))
    assert [answer.text for answer in answers] == [f"ถาม {person.id}" for person in people]


@pytest.mark.parametrize(
    ("text", "heard"),
    [
        ("คุยกันเอง", False),
        ("/start", True),
        ("/start@govnews_bot", True),
        ("/start@other_bot", False),
        ("ถาม @govnews_bot หน่อย", True),
        ("ถาม @GovNews_Bot หน่อย", True),
        ("@somebody ว่าไง", False),
    ],
)
async def test_in_groups_privacy_mode_lets_through_only_what_is_meant_for_the_bot(
    quiet: Simulator, text: str, heard: bool
) -> None:
    somchai = quiet.person("สมชาย")
    group = quiet.group("กลุ่ม", somchai)
    assert ((await somchai.send(text, chat=group)).update_id is not None) is heard
    quiet.privacy_mode = False
    assert (await somchai.send(text, chat=group)).update_id is not None


async def test_a_reply_to_the_bot_is_heard_in_a_group(quiet: Simulator, bot: Bot) -> None:
    somchai, malee = quiet.person("สมชาย"), quiet.person("มาลี")
    group = quiet.group("กลุ่ม", somchai, malee)
    await bot.send_message(group.id, "ข่าว")
    said = await somchai.reply(chat=group)
    assert (await malee.send("แล้วไงต่อ", chat=group, reply_to=said)).update_id is not None
    other = await somchai.send("เดี๋ยวก่อน", chat=group)
    assert (await malee.send("อะไร", chat=group, reply_to=other)).update_id is None


async def test_topics_keep_their_messages_apart(quiet: Simulator, bot: Bot) -> None:
    somchai = quiet.person("สมชาย")
    forum = quiet.group("เวที", somchai, forum=True)
    topic, other = quiet.topic(forum, "ข่าว", somchai), quiet.topic(forum, "กีฬา", somchai)
    asked = await somchai.send("/start", chat=forum, topic=topic)
    assert (asked.topic, asked.reply_to) == (topic, topic)
    update = (await bot.get_updates())[-1]
    assert update.message
    answer = await update.message.reply_text("ตอบ", do_quote=True)
    assert (answer.message_thread_id, answer.is_topic_message) == (topic, True)
    await bot.send_message(forum.id, "อีกเรื่อง", message_thread_id=other)
    await bot.send_message(forum.id, "ทั่วไป")
    assert (await somchai.reply(chat=forum, topic=other)).text == "อีกเรื่อง"
    assert (await somchai.reply(chat=forum, topic=topic)).text == "ตอบ"
    assert [message.topic for message in somchai.history(forum)][-3:] == [topic, other, None]


async def test_a_reply_in_a_plain_supergroup_has_a_thread_but_no_topic(quiet: Simulator, bot: Bot) -> None:
    somchai = quiet.person("สมชาย")
    group = quiet.group("กลุ่ม", somchai)
    await bot.send_message(group.id, "ข่าว")
    said = await somchai.reply(chat=group)
    await somchai.send("ต่อ", chat=group, reply_to=said)
    message = (await bot.get_updates())[-1].message
    assert message
    assert (message.message_thread_id, message.is_topic_message) == (said.id, None)
    assert (await message.reply_text("ตอบ")).text == "ตอบ"


async def test_updates_are_confirmed_by_the_next_offset_and_limited(quiet: Simulator, bot: Bot) -> None:
    somchai = quiet.person("สมชาย")
    numbers = [(await somchai.send(str(number))).update_id for number in range(4)]
    assert [update.update_id for update in await bot.get_updates(limit=2)] == numbers[:2]
    assert [update.update_id for update in await bot.get_updates()] == numbers
    assert numbers[2] is not None
    assert [update.update_id for update in await bot.get_updates(offset=numbers[2])] == numbers[2:]
    assert [update.update_id for update in await bot.get_updates(offset=-1)] == numbers[3:]
    assert len(await bot.get_updates()) == 1


async def test_a_waiting_poll_returns_with_the_first_update(quiet: Simulator, bot: Bot) -> None:
    waiting = asyncio.create_task(bot.get_updates(timeout=30))
    await quiet.wait_for(lambda: quiet.called("getUpdates") or None)
    await quiet.person("สมชาย").send("มาแล้ว")
    (update,) = await waiting
    assert update.message
    assert update.message.text == "มาแล้ว"


async def test_only_kinds_of_update_that_were_asked_for_are_kept(quiet: Simulator, bot: Bot) -> None:
    await bot.get_updates(allowed_updates=["edited_message"])
    somchai = quiet.person("สมชาย")
    mine = await somchai.send("ก")
    await somchai.edit(mine, "ข")
    assert [update.edited_message is not None for update in await bot.get_updates()] == [True]
    assert (await bot.get_webhook_info()).allowed_updates == ("edited_message",)


async def test_a_second_poller_ends_the_first_with_a_conflict(quiet: Simulator, bot: Bot) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await quiet.wait_for(lambda: quiet.called("getUpdates") or None)
    async with Bot(quiet.token, base_url=f"{quiet.api_url}/bot") as second:
        waiting = asyncio.create_task(second.get_updates(timeout=30))
        with pytest.raises(Conflict, match="terminated by other getUpdates request"):
            await first
        await quiet.person("สมชาย").send("ก")
        assert len(await waiting) == 1


async def test_polling_is_refused_while_a_webhook_is_set(quiet: Simulator, bot: Bot) -> None:
    await bot.set_webhook("http://127.0.0.1:1/hook")
    with pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"):
        await bot.get_updates()
    assert (await bot.get_webhook_info()).url == "http://127.0.0.1:1/hook"
    await bot.delete_webhook()
    assert await bot.get_updates() == ()
    with pytest.raises(TelegramError, match="Secret token contains illegal characters"):
        await bot.set_webhook("http://127.0.0.1:1/hook", secret_token="ก ข")


@asynccontextmanager
async def hook(answers: list[int], received: list[tuple[dict[str, Any], str]]) -> AsyncIterator[str]:
    """A webhook's server that gives these status codes in turn, then 200."""

    def take(request: HTTPServerRequest) -> None:
        received.append((json.loads(request.body), request.headers.get("X-Telegram-Bot-Api-Secret-Token", "")))
        status = answers.pop(0) if answers else 200
        assert request.connection
        request.connection.write_headers(
            ResponseStartLine("HTTP/1.1", status, ""), HTTPHeaders({"Content-Length": "0"})
        )
        request.connection.finish()

    sockets = bind_sockets(0, "127.0.0.1")
    server = HTTPServer(take)
    server.add_sockets(sockets)
    yield f"http://127.0.0.1:{sockets[0].getsockname()[1]}/hook"
    server.stop()
    await server.close_all_connections()


async def test_a_webhook_gets_each_update_with_its_secret_and_again_after_an_error(quiet: Simulator, bot: Bot) -> None:
    quiet.api.updates.retry_seconds = 0.01
    received: list[tuple[dict[str, Any], str]] = []
    async with hook([500], received) as url:
        await bot.set_webhook(url, secret_token="s3cret")
        sent = await quiet.person("สมชาย").send("ก")
        await quiet.fetched()
        assert [(update["update_id"], secret) for update, secret in received] == [(sent.update_id, "s3cret")] * 2
        info = await bot.get_webhook_info()
        assert (info.pending_update_count, info.last_error_message) == (
            0,
            "Wrong response from the webhook: 500 Internal Server Error",
        )


async def test_an_application_runs_on_a_webhook(quiet: Simulator) -> None:
    application = echo_application(quiet)
    sockets = bind_sockets(0, "127.0.0.1")
    port = sockets[0].getsockname()[1]
    sockets[0].close()
    async with application:
        await application.start()
        assert application.updater
        await application.updater.start_webhook(
            "127.0.0.1", port, "hook", webhook_url=f"http://127.0.0.1:{port}/hook", secret_token="s"
        )
        assert (await quiet.person("สมชาย").ask("/start")).text == "สวัสดี"
        await application.updater.stop()
        await application.stop()


async def test_menus_follow_scope_and_language(quiet: Simulator, bot: Bot) -> None:
    thai, english = quiet.person("สมชาย", language="th"), quiet.person("Mary", language="en-GB")
    group = quiet.group("กลุ่ม", thai, english)
    await bot.set_my_commands([BotCommand("ask", "ถาม")])
    await bot.set_my_commands([("ask", "Ask")], language_code="en")
    assert (thai.menu(), english.menu()) == ([("ask", "ถาม")], [("ask", "Ask")])
    await bot.set_my_commands([("help", "ช่วย")], scope=BotCommandScopeAllPrivateChats())
    await bot.set_my_commands([("chair", "ประธาน")], scope=BotCommandScopeAllGroupChats())
    assert (english.menu(), english.menu(group)) == ([("help", "ช่วย")], [("chair", "ประธาน")])
    await bot.set_my_commands([("admin", "ดูแล")], scope=BotCommandScopeChat(group.id))
    assert thai.menu(group) == [("admin", "ดูแล")]
    await bot.delete_my_commands(scope=BotCommandScopeChat(group.id))
    assert thai.menu(group) == [("chair", "ประธาน")]
    assert await bot.get_my_commands(language_code="en") == (BotCommand("ask", "Ask"),)


async def test_the_bot_learns_of_itself_and_of_chats(quiet: Simulator, bot: Bot) -> None:
    me = await bot.get_me()
    assert (me.username, me.supports_inline_queries, me.can_read_all_group_messages) == ("govnews_bot", True, False)
    somchai, malee = quiet.person("สมชาย"), quiet.person("มาลี")
    await somchai.send("ก")
    group = quiet.group("กลุ่ม", malee, administrator=somchai)
    assert (await bot.get_chat(somchai.id)).first_name == "สมชาย"
    assert (await bot.get_chat(group.id)).title == "กลุ่ม"
    statuses = [(await bot.get_chat_member(group.id, person.id)).status for person in (somchai, malee)]
    assert statuses == ["administrator", "member"]
    assert [member.user.id for member in await bot.get_chat_administrators(group.id)] == [somchai.id]
    assert await bot.get_chat_member_count(group.id) == 3
    await bot.set_my_description("ถามข่าว")
    await bot.set_my_short_description("ข่าว", language_code="th")
    await bot.set_my_name("Gov News", language_code="en")
    assert (await bot.get_my_description("en")).description == "ถามข่าว"
    assert (await bot.get_my_short_description("th")).short_description == "ข่าว"
    assert (await bot.get_my_name("en")).name == "Gov News"
    assert (await bot.get_chat_menu_button()).type == "commands"
    assert await bot.log_out()


async def test_blocking_and_leaving_are_told_to_the_bot(quiet: Simulator, bot: Bot) -> None:
    somchai = quiet.person("สมชาย")
    await somchai.send("ก")
    await somchai.block()
    change = (await bot.get_updates())[-1].my_chat_member
    assert change
    assert change.new_chat_member.status == "kicked"
    await somchai.send("กลับมาแล้ว")
    assert await bot.send_message(somchai.id, "ยินดี")
    group = quiet.group("กลุ่ม", somchai)
    await bot.leave_chat(group.id)
    assert (await somchai.send("/start", chat=group)).update_id is None
    quiet.actions.add_bot(somchai.user, group)
    assert (await somchai.send("/start", chat=group)).update_id is not None


async def test_parameters_come_as_json_forms_parts_and_in_the_address(quiet: Simulator) -> None:
    somchai = quiet.person("สมชาย")
    await somchai.send("ก")
    url = f"{quiet.api_url}/bot{quiet.token}/sendmessage"
    async with httpx.AsyncClient() as client:
        values: dict[str, Any] = {"chat_id": somchai.id, "text": "ก&ข"}
        for answer in (
            await client.post(url, json=values),
            await client.post(url, data=values),
            await client.post(url, data=values, files={"ignored": b"x"}),
            await client.get(url, params=values),
        ):
            assert answer.json()["result"]["text"] == "ก&ข"
        broken = await client.post(url, content=b"{", headers={"Content-Type": "application/json"})
        assert (broken.status_code, broken.json()["ok"]) == (400, False)


async def test_messages_come_back_as_telegram_returns_them(quiet: Simulator, bot: Bot) -> None:
    somchai = quiet.person("สมชาย")
    mine = await somchai.send("ก")
    off = LinkPreviewOptions(is_disabled=True)
    sent = await bot.send_message(
        somchai.id,
        "<i>ข</i> @x_bot",
        "HTML",
        reply_to_message_id=mine.id,
        link_preview_options=off,
        protect_content=True,
    )
    assert sent.reply_to_message
    assert (sent.reply_to_message.text, sent.has_protected_content, sent.link_preview_options) == ("ก", True, off)
    assert [entity.type for entity in sent.entities] == ["italic", "mention"]
    assert sent.from_user
    assert sent.from_user.is_bot
    seen = await somchai.reply()
    await bot.delete_messages(somchai.id, [sent.message_id, 999])
    await somchai.deleted(seen)


async def test_planned_faults_happen_once_each(quiet: Simulator, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    somchai = quiet.person("สมชาย")
    await somchai.send("ก")
    expected: list[tuple[Fault, type[TelegramError]]] = [
        (Fault.flood(3), RetryAfter),
        (Fault.server_error(), NetworkError),
        (Fault.server_error(502, "Bad Gateway"), NetworkError),
        (Fault.garbage(), TelegramError),
        (Fault.drop(), NetworkError),
    ]
    for fault, error in expected:
        quiet.fail("sendMessage", fault)
        with pytest.raises(error):
            await bot.send_message(somchai.id, "หาย")
    await bot.send_message(somchai.id, "ถึง")
    assert [message.text for message in somchai.history()] == ["ก", "ถึง"]
    quiet.fail("*", Fault.drop(after=True))
    with pytest.raises(NetworkError):
        await bot.send_message(somchai.id, "ถึงแต่ไม่รู้")
    assert somchai.history()[-1].text == "ถึงแต่ไม่รู้"
    quiet.fail("sendMessage", Fault.slow(0.01))
    await bot.send_message(somchai.id, "ช้า")
    assert [call.status for call in quiet.called("sendMessage")] == [429, 500, 502, 200, 0, 200, 0, 200]
    assert quiet.called("sendMessage")[-1].reply["result"]["text"] == "ช้า"


async def test_an_update_can_come_twice(quiet: Simulator, bot: Bot) -> None:
    first = await quiet.person("สมชาย").send("ก")
    assert first.update_id
    await bot.get_updates()
    await bot.get_updates(offset=first.update_id + 1)
    quiet.deliver_again(first.update_id)
    assert [update.update_id for update in await bot.get_updates(offset=first.update_id + 1)] == [first.update_id]
    assert await bot.get_updates(offset=first.update_id + 1) == ()


async def test_waiting_ends_with_a_timeout_when_nothing_comes(quiet: Simulator) -> None:
    with pytest.raises(TimeoutError):
        await quiet.person("สมชาย").reply(timeout=0.01)


async def test_a_poller_that_hangs_up_leaves_no_conflict_behind(quiet: Simulator) -> None:
    async with httpx.AsyncClient() as client:
        gone = asyncio.create_task(
            client.post(f"{quiet.api_url}/bot{quiet.token}/getUpdates", json={"timeout": 30}, timeout=60)
        )
        await quiet.wait_for(lambda: quiet.called("getUpdates") or None)
        gone.cancel()
        await quiet.wait_for(lambda: quiet.called("getUpdates")[0].body or None)
    async with polling(quiet):
        assert (await quiet.person("สมชาย").ask("/start")).text == "สวัสดี"
    assert {call.status for call in quiet.called("getUpdates")} == {200}
