"""Inline mode: cards in any chat while a question is typed."""

from __future__ import annotations

from bot.simulator import Person
from tests.bot.running_bot import WHO, WHO_ANSWER, WHO_POST, RunningBot


async def test_cards_show_answer_date_and_agency_and_send_the_proof(bot: RunningBot, somchai: Person) -> None:
    cards = await somchai.inline(WHO)
    best = cards.results[0]
    assert best["title"] == WHO_ANSWER
    assert WHO_POST in best["description"]
    assert "12 พฤษภาคม 2552" in best["description"]
    assert "กรมประชาสัมพันธ์" in best["description"]
    assert 0 < len(cards.results) <= 50
    assert cards.cache_time >= 60
    group = bot.sim.group("กลุ่มข่าว", somchai)
    sent = await somchai.choose(cards, best["id"], chat=group)
    assert WHO_ANSWER in sent.marked("bold")[0]
    assert sent.marked("blockquote")


async def test_where_nothing_is_found_a_button_leads_to_the_chat(bot: RunningBot, somchai: Person) -> None:
    nothing = await somchai.inline("zzzz qqqq wwww")
    assert nothing.results == []
    assert nothing.button
    assert "ไม่พบ" in nothing.button["text"]
    assert nothing.cache_time <= 60


async def test_an_empty_query_invites_to_type(bot: RunningBot, somchai: Person) -> None:
    empty = await somchai.inline("")
    assert empty.results == []
    assert empty.button
    assert "พิมพ์" in empty.button["text"]


async def test_the_cards_speak_the_language_of_who_types(bot: RunningBot) -> None:
    cards = await bot.sim.person("Anne", language="en").inline(WHO)
    assert "12 May 2009" in cards.results[0]["description"]
