"""In groups the bot speaks only when spoken to, in the same topic, and not in groups that are not allowed."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from bot.simulator import Simulator
from retrieval import Library
from tests.bot.running_bot import OTHER, WHO, WHO_ANSWER, RunningBot, running_bot


async def test_a_group_message_that_is_not_for_the_bot_gets_no_word(bot: RunningBot) -> None:
    bot.sim.privacy_mode = False
    somchai, malee = bot.sim.person("สมชาย"), bot.sim.person("มาลี")
    group = bot.sim.group("กลุ่มข่าว", somchai, malee)
    await malee.send(WHO, chat=group)
    await malee.send("/weather", chat=group)
    await malee.send("/ask@other_bot อะไร", chat=group)
    await bot.sim.fetched()
    await bot.app.update_queue.join()
    assert [message.text for message in malee.history(group) if message.raw["from"]["is_bot"]] == []


async def test_mentioned_replied_to_or_commanded_it_answers_as_a_reply(bot: RunningBot) -> None:
    somchai = bot.sim.person("สมชาย")
    group = bot.sim.group("กลุ่มข่าว", somchai)
    for text in (f"@{bot.sim.username} {WHO}", f"/ask@{bot.sim.username} {WHO}", f"/ask {WHO}"):
        somchai.read_all(group)
        question = await somchai.send(text, chat=group)
        answer = await somchai.reply(chat=group)
        assert answer.text.startswith(WHO_ANSWER)
        assert answer.reply_to == question.id
    somchai.read_all(group)
    await somchai.send(OTHER, chat=group, reply_to=answer)
    assert (await somchai.reply(chat=group)).marked("blockquote")


async def test_in_a_forum_the_answer_stands_in_the_topic_of_the_question(bot: RunningBot) -> None:
    somchai = bot.sim.person("สมชาย")
    forum = bot.sim.group("ฟอรัม", somchai, forum=True)
    news, other = bot.sim.topic(forum, "ข่าว", somchai), bot.sim.topic(forum, "คุย", somchai)
    for topic in (news, other):
        await somchai.send(f"@{bot.sim.username} {WHO}", chat=forum, topic=topic)
        assert (await somchai.reply(chat=forum, topic=topic)).topic == topic


async def test_an_edited_mention_edits_the_answer_in_the_group(bot: RunningBot) -> None:
    somchai = bot.sim.person("สมชาย")
    group = bot.sim.group("กลุ่มข่าว", somchai)
    somchai.read_all(group)
    question = await somchai.send(f"@{bot.sim.username} {OTHER}", chat=group)
    answer = await somchai.reply(chat=group)
    await somchai.edit(question, f"@{bot.sim.username} {WHO}")
    assert (await somchai.edited(answer)).text.startswith(WHO_ANSWER)


async def test_a_group_that_is_not_allowed_is_told_and_left(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        somchai = sim.person("สมชาย")
        home = sim.group("บ้าน", somchai)
        async with running_bot(library, tmp_path / "bot.db", sim=sim, allowed_chats=frozenset({home.id})):
            stranger = sim.group("อื่น", somchai)
            somchai.actions.add_bot(somchai.user, stranger)
            await sim.wait_for_call("leaveChat")
            assert sim.called("leaveChat")[0].chat_id == stranger.id
            assert "อนุญาต" in sim.called("sendMessage")[-1].params["text"]
            somchai.read_all(home)
            await somchai.send(f"@{sim.username} {WHO}", chat=home)
            assert (await somchai.reply(chat=home)).text.startswith(WHO_ANSWER)
            assert (await somchai.ask(WHO)).text.startswith(WHO_ANSWER)


async def test_a_group_is_greeted_when_the_bot_is_added(bot: RunningBot) -> None:
    somchai = bot.sim.person("สมชาย")
    group = bot.sim.group("กลุ่มข่าว", somchai)
    group.bot_status = "left"
    somchai.actions.add_bot(somchai.user, group)
    assert f"@{bot.sim.username}" in (await somchai.reply(chat=group)).text


async def test_answers_in_a_group_keep_their_distance(library: Library, tmp_path: Path) -> None:
    async with running_bot(library, tmp_path / "bot.db", cooldown=0.2) as bot:
        somchai = bot.sim.person("สมชาย")
        group = bot.sim.group("กลุ่มข่าว", somchai)
        somchai.read_all(group)
        for question in (WHO, OTHER, WHO):
            await somchai.send(f"@{bot.sim.username} {question}", chat=group)
        for _ in range(3):
            await somchai.reply(chat=group)
        times = [call.at for call in bot.sim.called("sendMessage") if "reply_parameters" in call.params]
        assert len(times) == 3
        assert all(later - earlier >= 0.15 for earlier, later in pairwise(times))


async def test_the_menus_are_in_two_languages_and_per_scope(library: Library, tmp_path: Path) -> None:
    async with Simulator() as sim:
        somchai, anne = sim.person("สมชาย", language="th"), sim.person("Anne", language="en")
        await somchai.send("/start")
        async with running_bot(library, tmp_path / "bot.db", sim=sim, operators=frozenset({somchai.id})) as bot:
            group = bot.sim.group("กลุ่มข่าว", somchai, anne)
            assert ("latest", "ข่าวล่าสุด ตามหน่วยงานหรือเรื่อง") in somchai.menu()
            assert ("latest", "Latest news of an agency or topic") in anne.menu()
            assert "admin" in dict(somchai.menu())
            assert "admin" not in dict(anne.menu())
            assert "follow" not in dict(anne.menu(group))
