"""/agency: the agencies in the news, and the latest news of one."""

from __future__ import annotations

import hashlib

from telegram import Update

from bot.services.recent_answers import Listing
from bot.telegram.buttons import Rows, Verb, button, keyboard
from bot.telegram.context import Context, Services, language_for
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.handlers.lists import list_page, show_list
from bot.telegram.reply import Reply
from bot.texts import plain, say
from bot.texts.markup import cut

_SHOWN = 8


async def agency(update: Update, context: Context, name: str) -> None:
    """Show the news of an agency, or the agencies to choose from."""
    if name:
        await show_list(update, context, "latest", name, "latest_none", topic=name)
        return
    language = language_for(update, context)
    rows = await agency_rows(context.services, Verb.AGENCY)
    await say_to(update, Reply(say(language, "agencies" if rows else "library_empty"), keyboard(rows)))


async def agency_rows(services: Services, verb: Verb) -> Rows:
    """A button for each of the agencies with the most news."""
    agencies = await services.library.read(lambda library: library.agencies())
    return [[button(f"{cut(name, 40)} · {count:,}", verb, _digest(name))] for name, count in agencies[:_SHOWN]]


async def agency_named(services: Services, digest: str) -> str | None:
    """The agency behind a button; a name itself would not fit into one."""
    agencies = await services.library.read(lambda library: library.agencies())
    return next((name for name, _ in agencies if _digest(name) == digest), None)


def _digest(name: str) -> str:
    return hashlib.blake2b(name.encode(), digest_size=5).hexdigest()


async def chosen(press: Press, context: Context) -> None:
    """Show the latest news of the agency whose button was pressed."""
    name = await agency_named(context.services, press.value(0))
    reply = await list_page(context, Listing("latest", name, press.language)) if name else None
    if reply is None:
        await press.answer(plain(press.language, "unknown_button"), alert=True)
        return
    await press.answer()
    await press.send(reply)


COMMAND = Command("agency", agency)
BUTTONS = {Verb.AGENCY: chosen}
