"""Lists of news and events, page by page: what /latest, /person, /today and some buttons show."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date

from telegram import Update

from bot.services.recent_answers import Listing
from bot.telegram.buttons import Verb
from bot.telegram.context import Context, Services, language_for
from bot.telegram.handlers.command import Press, say_to
from bot.telegram.reply import LIST_LENGTH, Reply, event_line, list_reply, long_date, news_line
from bot.texts import plain, say
from bot.texts.markup import Html, joined, tag
from retrieval import Hit, question_dates

_ALL = 50
"""How many hits are looked through where a list must be chosen from them."""
_ALIKE = 0.4
"""What an event's score must be of the best one's to count as the same event of another year."""
_COUNTERS = re.compile(r"(?:ประจำปี|ปีงบประมาณ|ปี|พ\.ศ\.|ครั้งที่|รุ่นที่)\s*(?:งบประมาณ|พ\.ศ\.)?\s*[0-9๐-๙]+(?:/[0-9๐-๙]+)?")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list: its head, its hits, whether more follow, and how one hit is told."""

    head: Html
    hits: Sequence[Hit]
    more: bool
    line: Callable[[int, Hit, str], Html] = news_line


async def _latest(services: Services, listing: Listing, offset: int) -> Page:
    topic = listing.argument or None
    upto = offset + LIST_LENGTH
    hits = await services.library.read(lambda library: library.latest(topic, limit=upto + 1))
    head = say(listing.language, "latest_of" if topic else "latest", topic=topic or "")
    return Page(head, hits[offset:upto], len(hits) > upto)


async def _today(services: Services, listing: Listing, offset: int) -> Page:
    recent = await services.library.read(lambda library: library.latest(limit=_ALL))
    today = services.bangkok().date()
    newest = max((hit.published for hit in recent if hit.published and hit.published <= today), default=None)
    if newest is None:
        return Page(Html(""), [], False)
    hits = [hit for hit in recent if hit.published == newest]
    key = "today" if newest == today else "today_none"
    head = say(listing.language, key, date=long_date(newest, listing.language))
    return Page(head, hits[offset : offset + LIST_LENGTH], len(hits) > offset + LIST_LENGTH)


async def _person(services: Services, listing: Listing, offset: int) -> Page:
    name = listing.argument
    hits = await services.library.read(lambda library: library.chaired_by(name, limit=LIST_LENGTH + 1, offset=offset))
    head = say(listing.language, "events_of", person=name)
    return Page(head, hits[:LIST_LENGTH], len(hits) > LIST_LENGTH, event_line)


async def _years(services: Services, listing: Listing, offset: int) -> Page:
    year, _, question = listing.argument.partition(" ")
    answer = await services.library.ask(question, limit=_ALL)
    hits = answer.hits if answer.found else ()
    enough = _ALIKE * max((hit.score for hit in hits), default=0.0)
    dated = [(day, hit) for hit in hits if hit.score >= enough and (day := hit.date or hit.published)]
    others = [hit for day, hit in sorted(dated, key=lambda each: each[0], reverse=True) if str(day.year) != year]
    head = tag("b", say(listing.language, "other_years"))
    return Page(head, others[offset : offset + LIST_LENGTH], len(others) > offset + LIST_LENGTH, _year_line)


def _year_line(number: int, hit: Hit, language: str) -> Html:
    return joined("\n", [news_line(number, hit, language), tag("b", hit.answer) if hit.answer else ""])


def of_any_year(question: str, today: date) -> str:
    """A question without the dates, years and counts that tell one year's event from another's."""
    for mention in reversed(question_dates(question, today=today)):
        question = f"{question[: mention.start]} {question[mention.end :]}"
    return " ".join(_COUNTERS.sub(" ", question).split())


_LISTS: dict[str, Callable[[Services, Listing, int], Awaitable[Page]]] = {
    "latest": _latest,
    "today": _today,
    "person": _person,
    "years": _years,
}


async def list_page(context: Context, listing: Listing, offset: int = 0, key: str = "") -> Reply | None:
    """A page of a list as a reply, None where there is nothing on it; ``key`` where it is already remembered."""
    page = await _LISTS[listing.name](context.services, listing, offset)
    if not page.hits:
        return None
    key = key or context.services.recent.remember(listing)
    lines = [page.line(number, hit, listing.language) for number, hit in enumerate(page.hits, start=offset + 1)]
    ids = [hit.article_id for hit in page.hits]
    return list_reply(page.head, lines, ids, listing=key, offset=offset, more=page.more, language=listing.language)


async def show_list(update: Update, context: Context, name: str, argument: str, nothing: str, **values: object) -> None:
    """Answer with the first page of a list, or with the text ``nothing`` where it is empty."""
    language = language_for(update, context)
    reply = await list_page(context, Listing(name, argument, language))
    await say_to(update, reply or Reply(say(language, nothing, **values)))


async def turn(press: Press, context: Context) -> None:
    """Turn to another page of a list."""
    key = press.value(0)
    listing = context.services.recent.listing(key)
    if listing is None:
        await press.answer(plain(press.language, "expired"), alert=True)
        return
    await press.answer()
    reply = await list_page(context, listing, press.number(1), key)
    if reply is not None:
        await press.edit(reply)


BUTTONS = {Verb.LIST: turn}
