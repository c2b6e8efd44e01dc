"""What Telegram refuses, the simulator refuses, in Telegram's words: seen through python-telegram-bot's own Bot."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager
from datetime import timedelta

import httpx
import pytest
from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeChat,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    MessageEntity,
    ReplyParameters,
)
from telegram.error import BadRequest, Forbidden, InvalidToken, RetryAfter

from bot.simulator import CannotDo, Person, Simulator


@pytest.fixture
async def sim() -> AsyncIterator[Simulator]:
    async with Simulator() as simulator:
        yield simulator


@pytest.fixture
async def bot(sim: Simulator) -> AsyncIterator[Bot]:
    async with Bot(sim.token, base_url=f"{sim.api_url}/bot") as ready:
        yield ready


@pytest.fixture
async def somchai(sim: Simulator) -> Person:
    person = sim.person("สมชาย")
    await person.send("/start")
    return person


def button(data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton("ปุ่ม", callback_data=data)]])


def article(identity: str, text: str = "ข่าว", title: str = "หัวข้อ") -> InlineQueryResultArticle:
    return InlineQueryResultArticle(identity, title, InputTextMessageContent(text, parse_mode="HTML"))


async def raw(sim: Simulator, method: str, token: str = "", **params: object) -> str:
    """Status and description of a call that python-telegram-bot would not let through."""
    async with httpx.AsyncClient() as client:
        answer = await client.post(f"{sim.api_url}/bot{token or sim.token}/{method}", json=params)
    assert answer.json()["ok"] is False
    return f"{answer.status_code} {answer.json()['description']}"


def refuses(reason: str) -> AbstractContextManager[object]:
    """python-telegram-bot lower-cases all but the first letter of a refusal."""
    return pytest.raises(BadRequest, check=lambda error: error.message.casefold() == reason.casefold())


async def test_a_wrong_token_is_unauthorized_and_a_malformed_one_not_found(sim: Simulator) -> None:
    assert await raw(sim, "getMe", token="123:wrong") == "401 Unauthorized"
    assert await raw(sim, "getMe", token="wrong") == "404 Not Found"
    stranger = Bot("123:wrong", base_url=f"{sim.api_url}/bot")
    with pytest.raises(InvalidToken, match="rejected by the server"):
        await stranger.initialize()
    await stranger.shutdown()


async def test_an_unknown_method_is_not_found(sim: Simulator) -> None:
    assert await raw(sim, "makeCoffee") == "404 Not Found: method not found"


async def test_text_may_take_4096_utf16_units_after_markup_and_not_one_more(bot: Bot, somchai: Person) -> None:
    full = "<b>" + "ก" * 4094 + "</b>😀"
    assert len((await bot.send_message(somchai.id, full, parse_mode="HTML")).text or "") == 4095
    with refuses("Message is too long"):
        await bot.send_message(somchai.id, full + "ข", parse_mode="HTML")
    sent = await bot.send_message(somchai.id, "ก")
    with refuses("Message_too_long"):
        await bot.edit_message_text("ก" * 4097, somchai.id, sent.message_id)


async def test_text_must_say_something(bot: Bot, somchai: Person) -> None:
    with refuses("Message text is empty"):
        await bot.send_message(somchai.id, "")
    for nothing in ("   \n", "<b> </b>"):
        with refuses("Text must be non-empty"):
            await bot.send_message(somchai.id, nothing, parse_mode="HTML")


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("ก<b>ข", 'Can\'t find end tag corresponding to start tag "b"'),
        ("ก</b>", "Unexpected end tag at byte offset 3"),
        ("<b>ก</i>", 'Unmatched end tag at byte offset 6, expected "</b>", found "</i>"'),
        ("ก<div>ข</div>", 'Unsupported start tag "div" at byte offset 3'),
        ("1 < 2", 'Unsupported start tag "" at byte offset 2'),
        ("ราคา <5 บาท", 'Unsupported start tag "5" at byte offset 13'),
        ("<b", "Unclosed start tag at byte offset 0"),
        ("<b>ก</b", "Unclosed end tag at byte offset 6"),
        ('<a href="x', "Unclosed start tag at byte offset 0"),
        ("<i =x>ก</i>", 'Empty attribute name in the tag "i" at byte offset 0'),
        ("<a href=ก>ข</a>", "Unexpected end of name token at byte offset 8"),
        ("<span>ก</span>", 'Tag "span" must have class "tg-spoiler" at byte offset 0'),
        (
            "&#xDFDF;",
            "Text contains invalid Unicode characters after decoding HTML entities, "
            "check for unmatched surrogate code units",
        ),
    ],
)
async def test_broken_markup_is_refused_with_its_place(bot: Bot, somchai: Person, markup: str, reason: str) -> None:
    with refuses(f"Can't parse entities: {reason}"):
        await bot.send_message(somchai.id, markup, parse_mode="HTML")


async def test_markup_languages_other_than_html_are_refused(bot: Bot, somchai: Person) -> None:
    with pytest.raises(BadRequest, match=r"(?i)reads HTML only"):
        await bot.send_message(somchai.id, "*ก*", parse_mode="MarkdownV2")


async def test_an_entity_outside_of_the_text_is_refused(bot: Bot, somchai: Person) -> None:
    with pytest.raises(BadRequest, match="outside of the text"):
        await bot.send_message(somchai.id, "ก", entities=[MessageEntity("bold", 0, 2)])
    with refuses("Entity url 'x' is invalid: wrong http url"):
        await bot.send_message(somchai.id, "ก", entities=[MessageEntity("text_link", 0, 1, url="x")])


async def test_callback_data_may_take_64_bytes_and_not_one_more(bot: Bot, somchai: Person) -> None:
    await bot.send_message(somchai.id, "ก", reply_markup=button("ก" * 21 + "x"))
    with refuses("Button_data_invalid"):
        await bot.send_message(somchai.id, "ก", reply_markup=button("ก" * 22))


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ({"inline_keyboard": [[{"text": "ก"}]]}, "Text buttons are unallowed in the inline keyboard"),
        ({"inline_keyboard": [[{"text": "ก", "callback_data": ""}]]}, "Text buttons are unallowed"),
        ({"inline_keyboard": [[{"callback_data": "x"}]]}, 'Can\'t find field "text"'),
        ({"inline_keyboard": [[{"text": 1, "callback_data": "x"}]]}, 'Field "text" must be of type String'),
        ({"inline_keyboard": [{"text": "ก", "callback_data": "x"}]}, "must be an Array"),
        ({"inline_keyboard": [[{"text": "ก", "url": "nowhere"}]]}, "URL 'nowhere' is invalid"),
        ({"inline_keyboard": [[{"text": "ก", "url": "http://localhost/x"}]]}, "Wrong HTTP URL"),
        ({"inline_keyboard": [[{"text": " ", "callback_data": "x"}]]}, "BUTTON_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "ก", "copy_text": {"text": "ก" * 257}}]]}, "BUTTON_COPY_TEXT_INVALID"),
        ({"inline_keyboard": [[{"text": "ก", "callback_data": "x"}] * 8] * 13}, "REPLY_MARKUP_TOO_LONG"),
        ("[]", "object expected as reply markup"),
        ("{", "can't parse reply markup JSON object"),
    ],
)
async def test_a_keyboard_that_cannot_work_is_refused(
    sim: Simulator, somchai: Person, markup: object, reason: str
) -> None:
    assert reason in await raw(sim, "sendMessage", chat_id=somchai.id, text="ก", reply_markup=markup)


async def test_an_edit_that_changes_nothing_is_refused(bot: Bot, somchai: Person) -> None:
    sent = await bot.send_message(somchai.id, "<b>ก</b>", parse_mode="HTML", reply_markup=button("x"))
    reason = (
        "Message is not modified: specified new message content and reply markup are exactly the same "
        "as a current content and reply markup of the message"
    )
    with refuses(reason):
        await bot.edit_message_text(
            "<b>ก</b>", somchai.id, sent.message_id, parse_mode="HTML", reply_markup=button("x")
        )
    with refuses(reason):
        await bot.edit_message_reply_markup(somchai.id, sent.message_id, reply_markup=button("x"))
    await bot.edit_message_text("ก", somchai.id, sent.message_id)


async def test_only_own_messages_that_are_there_can_be_edited_or_deleted(
    sim: Simulator, bot: Bot, somchai: Person
) -> None:
    group = sim.group("กลุ่ม", somchai)
    theirs = await somchai.send("/x", chat=group)
    with refuses("Message can't be edited"):
        await bot.edit_message_text("ก", group.id, theirs.id)
    with refuses("Message to edit not found"):
        await bot.edit_message_text("ก", group.id, 999)
    nameless = await raw(sim, "editMessageText", chat_id=group.id, text="ก")
    assert nameless == "400 Bad Request: message identifier is not specified"
    with refuses("Message can't be deleted"):
        await bot.delete_message(group.id, theirs.id)
    own = await bot.send_message(group.id, "ก")
    await bot.delete_message(group.id, own.message_id)
    with refuses("Message to delete not found"):
        await bot.delete_message(group.id, own.message_id)
    old = await bot.send_message(group.id, "ก")
    sim.advance(49 * 3600)
    with refuses("Message can't be deleted for everyone"):
        await bot.delete_message(group.id, old.message_id)


async def test_a_bot_speaks_only_where_it_may(sim: Simulator, bot: Bot, somchai: Person) -> None:
    with refuses("Chat not found"):
        await bot.send_message(1, "ก")
    assert await raw(sim, "sendMessage", text="ก") == "400 Bad Request: chat_id is empty"
    with pytest.raises(Forbidden, match="bot can't initiate conversation with a user"):
        await bot.send_message(sim.person("มาลี").id, "ก")
    await somchai.block()
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await bot.send_message(somchai.id, "ก")
    somchai.user.deactivated = True
    with pytest.raises(Forbidden, match="user is deactivated"):
        await bot.send_message(somchai.id, "ก")
    group = sim.group("กลุ่ม", somchai)
    assert await bot.leave_chat(group.id)
    with pytest.raises(Forbidden, match="bot is not a member of the supergroup chat"):
        await bot.send_message(group.id, "ก")


async def test_a_reply_needs_its_message(bot: Bot, somchai: Person) -> None:
    with refuses("Message to be replied not found"):
        await bot.send_message(somchai.id, "ก", reply_parameters=ReplyParameters(99))
    free = ReplyParameters(99, allow_sending_without_reply=True)
    assert (await bot.send_message(somchai.id, "ก", reply_parameters=free)).reply_to_message is None


async def test_a_topic_must_exist(sim: Simulator, bot: Bot, somchai: Person) -> None:
    forum = sim.group("เวที", somchai, forum=True)
    topic = sim.topic(forum, "ข่าว", somchai)
    sent = await bot.send_message(forum.id, "ก", message_thread_id=topic)
    assert (sent.message_thread_id, sent.is_topic_message) == (topic, True)
    for chat_id, wrong in ((forum.id, 77), (forum.id, 1), (somchai.id, 5)):
        with refuses("Message thread not found"):
            await bot.send_message(chat_id, "ก", message_thread_id=wrong)
    assert await bot.send_chat_action(forum.id, "typing", message_thread_id=1)
    with refuses("Wrong parameter action in request"):
        await bot.send_chat_action(forum.id, "thinking")


async def test_a_press_is_answered_once_in_time_and_briefly(sim: Simulator, bot: Bot, somchai: Person) -> None:
    stale = "Query is too old and response timeout expired or query id is invalid"
    await bot.send_message(somchai.id, "ก", reply_markup=button("x"))
    message = await somchai.reply()
    await somchai.press(message, "x", timeout=None)
    query = (await bot.get_updates())[-1].callback_query
    assert query is not None
    with refuses("Message_too_long"):
        await query.answer("ก" * 201)
    with refuses("Url_invalid"):
        await query.answer(url="https://example.com")
    assert await query.answer("ก" * 200, show_alert=True)
    with refuses(stale):
        await query.answer()
    with refuses(stale):
        await bot.answer_callback_query("1")
    await somchai.press(message, "x", timeout=None)
    late = (await bot.get_updates())[-1].callback_query
    sim.advance(61)
    assert late is not None
    with refuses(stale):
        await late.answer()


async def test_inline_answers_keep_to_telegrams_limits(sim: Simulator, bot: Bot, somchai: Person) -> None:
    def asked() -> str:
        return sim.actions.ask_inline(somchai.user, "ข่าว").id

    with refuses("Results_too_much"):
        await bot.answer_inline_query(asked(), [article(str(number)) for number in range(51)])
    with refuses("Result_id_duplicate"):
        await bot.answer_inline_query(asked(), [article("1"), article("1")])
    with refuses("Result_id_invalid"):
        await bot.answer_inline_query(asked(), [article("ก" * 22)])
    with refuses("Article_title_empty"):
        await bot.answer_inline_query(asked(), [article("1", title="")])
    with pytest.raises(BadRequest, match=r"(?i)can't parse entities"):
        await bot.answer_inline_query(asked(), [article("1", "<b>")])
    with refuses("Message_too_long"):
        await bot.answer_inline_query(asked(), [article("1", "ก" * 4097)])
    with refuses("Next_offset_invalid"):
        await bot.answer_inline_query(asked(), [article("1")], next_offset="x" * 65)
    with refuses("Start_param_invalid"):
        await bot.answer_inline_query(asked(), [], button=InlineQueryResultsButton("ก", start_parameter="ก"))
    late = asked()
    sim.advance(16)
    with refuses("Query is too old and response timeout expired or query id is invalid"):
        await bot.answer_inline_query(late, [])
    once = asked()
    assert await bot.answer_inline_query(once, [article(str(number)) for number in range(50)])
    with pytest.raises(BadRequest, match="too old"):
        await bot.answer_inline_query(once, [])


async def test_commands_and_descriptions_keep_to_telegrams_limits(bot: Bot, somchai: Person) -> None:
    for wrong in ("Start", "a" * 33, "ข่าว", ""):
        with refuses("Bot_command_invalid"):
            await bot.set_my_commands([(wrong, "ก")])
    for text in ("", "ก" * 257):
        with refuses("Bot_command_description_invalid"):
            await bot.set_my_commands([BotCommand("ask", text)])
    with refuses("Bot_commands_too_much"):
        await bot.set_my_commands([(f"c{number}", "ก") for number in range(101)])
    with refuses("Invalid language code specified"):
        await bot.set_my_commands([("ask", "ก")], language_code="tha")
    with refuses("Chat not found"):
        await bot.set_my_commands([("ask", "ก")], scope=BotCommandScopeChat(3))
    assert await bot.set_my_commands([(f"c{number}", "ก") for number in range(100)])
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_description("ก" * 513)
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_short_description("ก" * 121)
    with pytest.raises(BadRequest, match="too long"):
        await bot.set_my_name("ก" * 65)


async def test_rates_are_kept_when_asked_for(sim: Simulator, bot: Bot, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    now = [1000.0]
    sim.world.clock = lambda: now[0]
    people = [sim.person(f"คนที่ {number}") for number in range(31)]
    for person in people:
        await person.send("/start")
    sim.rates.enforced = True
    await bot.send_message(people[0].id, "ก")
    with pytest.raises(RetryAfter) as flood:
        await bot.send_message(people[0].id, "ข")
    assert flood.value.retry_after == timedelta(seconds=1)
    for person in people[1:30]:
        await bot.send_message(person.id, "ก")
    with pytest.raises(RetryAfter):
        await bot.send_message(people[30].id, "ก")
    now[0] += 1
    await bot.send_message(people[30].id, "ก")
    group = sim.group("กลุ่ม", people[0])
    for _ in range(20):
        now[0] += 1
        await bot.send_message(group.id, "ก")
    now[0] += 1
    with pytest.raises(RetryAfter) as minute:
        await bot.send_message(group.id, "ก")
    assert minute.value.retry_after == timedelta(seconds=40)


async def test_a_person_cannot_do_what_the_client_does_not_let_him(sim: Simulator, bot: Bot, somchai: Person) -> None:
    group = sim.group("กลุ่ม", sim.person("มาลี"))
    with pytest.raises(CannotDo, match="not a member"):
        await somchai.send("ก", chat=group)
    with pytest.raises(CannotDo, match="empty"):
        await somchai.send("  ")
    with pytest.raises(CannotDo, match="longer than 4096"):
        await somchai.send("ก" * 4097)
    await bot.send_message(somchai.id, "ก", reply_markup=button("x"))
    with pytest.raises(CannotDo, match="No button"):
        await somchai.press(await somchai.reply(), "y")
    with pytest.raises(CannotDo, match="own messages"):
        await somchai.edit(somchai.history()[-1], "ข")
