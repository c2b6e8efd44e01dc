"""Buttons under an answer: the whole article, other events of the person, other years of the event, feedback."""

from __future__ import annotations

from bot.services.recent_answers import Listing
from bot.telegram.buttons import Verb
from bot.telegram.context import Context
from bot.telegram.handlers import ask
from bot.telegram.handlers.command import Press
from bot.telegram.handlers.lists import list_page, of_any_year, turn
from bot.telegram.reply import Reply, answer_reply, article_reply
from bot.texts import plain, say
from retrieval import Hit


async def article(press: Press, context: Context) -> None:
    """Show a page of the whole article in the place of the answer."""
    await press.answer()
    reply = await _page(press, context, press.value(2))
    await press.edit(reply)


async def read(press: Press, context: Context) -> None:
    """Show the whole article in a message of its own, below the news it was announced in."""
    await press.answer()
    await press.send(await _page(press, context, ""))


async def _page(press: Press, context: Context, key: str) -> Reply:
    article_id = press.value(0)
    found = await context.services.library.read(lambda library: library.article(article_id))
    if found is None:
        return Reply(say(press.language, "article_gone"))
    return article_reply(found, press.number(1), key, press.number(3), language=press.language)


async def back(press: Press, context: Context) -> None:
    """Return from an article to the answer or the list it was opened from."""
    if context.services.recent.listing(press.value(0)) is not None:
        await turn(press, context)
    else:
        await ask.result(press, context)


async def person(press: Press, context: Context) -> None:
    """List the other events that this person chaired."""
    hit, name = await _hit(press, context)
    if hit is None or not name:
        return
    await press.answer()
    reply = await list_page(context, Listing("person", name, press.language))
    await press.send(reply or Reply(say(press.language, "no_other_events")))


async def years(press: Press, context: Context) -> None:
    """List the same event in other years."""
    hit, _ = await _hit(press, context)
    asked = context.services.recent.asked(press.value(0))
    if hit is None or asked is None:
        return
    await press.answer()
    day = hit.date or hit.published
    question = of_any_year(asked.answer.question, context.services.bangkok().date())
    argument = f"{day.year if day else ''} {question}"
    reply = await list_page(context, Listing("years", argument, press.language))
    await press.send(reply or Reply(say(press.language, "no_other_years")))


async def _hit(press: Press, context: Context) -> tuple[Hit | None, str | None]:
    """The result under whose answer a button was pressed, and its short answer."""
    asked = context.services.recent.asked(press.value(0))
    if asked is None or press.number(1) >= len(asked.answer.hits):
        await press.answer(plain(press.language, "expired"), alert=True)
        return None, None
    hit = asked.answer.hits[press.number(1)]
    return hit, hit.answer or (asked.answer.answer if press.number(1) == 0 else None)


async def good(press: Press, context: Context) -> None:
    """Keep that an answer was on target."""
    await _rate(press, context, "good")


async def bad(press: Press, context: Context) -> None:
    """Keep that an answer missed."""
    await _rate(press, context, "bad")


async def _rate(press: Press, context: Context, choice: str) -> None:
    services = context.services
    asked = services.recent.asked(press.value(0))
    if asked is None:
        await press.answer(plain(press.language, "expired"), alert=True)
        return
    await press.answer(plain(press.language, f"thanks_{choice}"))
    if not asked.rated:
        services.state.rate(asked.answer.question, choice, services.bangkok().date())
        asked.rated = True
    await press.edit(answer_reply(asked.answer, press.value(0), press.number(1), language=asked.language, rated=True))


async def nothing(press: Press, context: Context) -> None:
    """The page number between the arrows: a press on it does nothing."""
    await press.answer()


BUTTONS = {
    Verb.ARTICLE: article,
    Verb.READ: read,
    Verb.RESULT: back,
    Verb.PERSON: person,
    Verb.YEARS: years,
    Verb.GOOD: good,
    Verb.BAD: bad,
    Verb.NOTHING: nothing,
}
