"""What a person gets who asks the bot: the real application, over HTTP, on the strict local Bot API."""

from __future__ import annotations

import logging
from datetime import date
from pathlib import Path

import pytest

from bot.simulator import Person
from bot.telegram.handlers.lists import of_any_year
from bot.texts import plain
from retrieval import Answer, Kind, Library
from tests.bot.running_bot import OTHER, WHO, WHO_ANSWER, WHO_POST, RunningBot, running_bot


async def test_start_welcomes_with_examples_that_the_sample_news_answers(bot: RunningBot, somchai: Person) -> None:
    for language in ("th", "en"):
        person = somchai if language == "th" else bot.sim.person("Anne", language="en")
        welcome = await person.ask("/start")
        assert len(welcome.buttons) == 3
        for number in range(3):
            await person.press(welcome, f"x:{number}")
            answer = await person.reply()
            assert answer.marked("blockquote"), answer.text
            assert plain(language, f"example_{number + 1}") in answer.text


async def test_help_names_every_command_of_the_chat(bot: RunningBot, somchai: Person) -> None:
    text = (await somchai.ask("/help")).text
    assert all(f"/{name} " in text for name, _ in somchai.menu())
    assert "/admin" not in text


async def test_a_question_gets_the_answer_its_proof_date_agency_and_source(bot: RunningBot, somchai: Person) -> None:
    answer = await somchai.ask(WHO)
    assert answer.text.startswith(f"{WHO_ANSWER}\n{WHO_POST}\n")
    assert answer.marked("bold")[0] == WHO_ANSWER
    assert WHO_ANSWER in answer.marked("blockquote")[0]
    assert "12 พฤษภาคม 2552 · 🏛 กรมประชาสัมพันธ์" in answer.text
    assert answer.links[0].startswith("http")
    assert answer.marked("underline")


async def test_ask_answers_like_free_text_and_says_how_when_left_empty(bot: RunningBot, somchai: Person) -> None:
    assert WHO_ANSWER in (await somchai.ask(f"/ask {WHO}")).text
    assert "/ask" in (await somchai.ask("/ask")).text


@pytest.fixture
def three_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is asked, three articles answer."""

    def ask(library: Library, question: str, **_: object) -> Answer:
        return Answer(question, Kind.CHAIR, found=True, hits=library.latest(limit=3))

    monkeypatch.setattr(Library, "ask", ask)


@pytest.mark.usefixtures("three_results")
async def test_next_and_previous_turn_through_the_results_in_place(bot: RunningBot, somchai: Person) -> None:
    first = await somchai.ask(WHO)
    await somchai.press(first, "ถัดไป")
    second = await somchai.edited(first)
    assert second.id == first.id
    assert second.text != first.text
    await somchai.press(second, "ก่อนหน้า")
    assert (await somchai.edited(second)).text == first.text


async def test_an_edited_question_edits_its_answer(bot: RunningBot, somchai: Person) -> None:
    question = await somchai.send(OTHER)
    answer = await somchai.reply()
    await somchai.edit(question, WHO)
    changed = await somchai.edited(answer)
    assert changed.id == answer.id
    assert changed.text.startswith(WHO_ANSWER)
    assert len([message for message in somchai.history() if message.raw["from"]["is_bot"]]) == 1


async def test_an_edited_question_whose_answer_is_gone_gets_a_new_one(bot: RunningBot, somchai: Person) -> None:
    question = await somchai.send(OTHER)
    answer = await somchai.reply()
    await bot.app.bot.delete_message(answer.chat_id, answer.id)
    await somchai.edit(question, WHO)
    assert (await somchai.reply()).text.startswith(WHO_ANSWER)


@pytest.mark.parametrize(
    "nasty", ["<b>&", "<b>", "&lt;", "</blockquote> ใครเป็นประธาน", "😀" * 200, "ก็" * 200, "\u200b", "/"]
)
async def test_strange_text_gets_an_answer_too(bot: RunningBot, somchai: Person, nasty: str) -> None:
    assert (await somchai.ask(nasty)).text
    assert not [call for call in bot.sim.calls if call.status == 400]


async def test_a_text_of_5000_characters_is_refused_kindly(bot: RunningBot, somchai: Person) -> None:
    # Telegram's client cuts it into two messages; each is too long.
    for part in ("ก" * 4096, "ก" * 904):
        assert "500" in (await somchai.ask(part)).text
    assert bot.services.counts["questions"] == 0


async def test_the_whole_article_is_read_in_pages_and_leads_back(bot: RunningBot, somchai: Person) -> None:
    answer = await somchai.ask(WHO)
    await somchai.press(answer, "อ่านทั้งข่าว")
    article = await somchai.edited(answer)
    assert "วิทยากร" in article.text
    await somchai.press(article, "กลับไปที่คำตอบ")
    assert (await somchai.edited(article)).text == answer.text


async def test_other_events_of_the_person_and_other_years_come_in_a_message_of_their_own(
    bot: RunningBot, somchai: Person
) -> None:
    answer = await somchai.ask(WHO)
    await somchai.press(answer, "งานอื่นของท่านนี้")
    assert WHO_ANSWER in (await somchai.reply()).text
    answer = await somchai.ask("ใครเป็นประธานเปิดการอบรมหัวหน้าสำนักงานจังหวัดเมื่อ 1 พ.ค. 60")
    await somchai.press(answer, "ปีอื่นของงานนี้")
    other = (await somchai.reply()).text
    assert "27 พฤษภาคม 2567" in other
    assert "2560" not in other


def test_an_event_of_any_year_is_asked_for_without_dates_and_counts() -> None:
    today = date(2026, 3, 2)
    assert of_any_year("ใครเป็นประธานงานวันดินโลก ปี 2563", today) == "ใครเป็นประธานงานวันดินโลก"
    assert of_any_year("มหกรรมผ้าไหมครั้งที่ 14 จัดที่ไหน", today) == "มหกรรมผ้าไหม จัดที่ไหน"


@pytest.mark.parametrize(("label", "choice"), [("👍", "good"), ("👎", "bad")])
async def test_a_rating_is_kept_once_without_the_person(
    bot: RunningBot, somchai: Person, tmp_path: Path, label: str, choice: str
) -> None:
    answer = await somchai.ask(WHO)
    toast = await somchai.press(answer, label)
    assert "ขอบคุณ" in toast.text
    rated = await somchai.edited(answer)
    assert label not in " ".join(rated.buttons)
    kept = list(bot.services.state._db.query("select * from feedback"))
    assert [(row["question"], row["choice"]) for row in kept] == [(WHO, choice)]
    assert set(kept[0]) == {"id", "day", "question", "choice"}


@pytest.mark.usefixtures("three_results")
async def test_an_answer_that_is_forgotten_asks_kindly_to_ask_again(bot: RunningBot, somchai: Person) -> None:
    answer = await somchai.ask(WHO)
    bot.services.recent._entries._entries.clear()
    for label in ("ถัดไป", "👍", "ปีอื่น"):
        toast = await somchai.press(answer, label)
        assert toast.show_alert
        assert "ถามใหม่" in toast.text


async def test_questions_are_not_kept_unless_the_operator_turns_it_on(library: Library, tmp_path: Path) -> None:
    for keep in (False, True):
        async with running_bot(library, tmp_path / f"{keep}.db", keep_questions=keep) as bot:
            person = bot.sim.person("สมชาย")
            await person.ask(WHO)
            kept = [(row["question"], row["found"]) for row in bot.services.state._db.query("select * from questions")]
            assert kept == ([(WHO, 1)] if keep else [])
            word = "เปิดการเก็บคำถาม" if keep else "ไม่เก็บคำถาม"
            assert word in (await person.ask("/privacy")).text


async def test_who_asks_too_fast_is_told_once_and_kindly(library: Library, tmp_path: Path) -> None:
    async with running_bot(library, tmp_path / "bot.db", person_rate=2) as bot:
        somchai, malee = bot.sim.person("สมชาย"), bot.sim.person("มาลี")
        await somchai.ask(WHO)
        await somchai.ask(OTHER)
        assert "พักสักครู่" in (await somchai.ask(WHO)).text
        await somchai.send(WHO)
        assert "/help" in (await somchai.ask("/help")).text
        assert WHO_ANSWER in (await malee.ask(WHO)).text


async def test_an_unknown_command_and_a_message_without_text_are_answered(bot: RunningBot, somchai: Person) -> None:
    assert "/help" in (await somchai.ask("/weather")).text
    contact = {"contact": {"phone_number": "0", "first_name": "มาลี"}}
    message = bot.sim.world.new_message(somchai.private, somchai.user, contact)
    bot.sim.api.updates.put("message", message)
    assert "ข้อความ" in (await somchai.reply()).text


async def test_a_service_message_is_no_question(bot: RunningBot, somchai: Person) -> None:
    title = {"message_auto_delete_timer_changed": {"message_auto_delete_time": 86400}}
    bot.sim.api.updates.put("message", bot.sim.world.new_message(somchai.private, somchai.user, title))
    assert "คำสั่ง" in (await somchai.ask("/help")).text


async def test_neither_the_token_nor_what_people_write_is_logged(
    bot: RunningBot, somchai: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        await somchai.ask(WHO)
        await somchai.ask("/ask <b>&ลับเฉพาะ")
    assert bot.sim.token not in caplog.text
    assert WHO not in caplog.text
    assert "ลับเฉพาะ" not in caplog.text
