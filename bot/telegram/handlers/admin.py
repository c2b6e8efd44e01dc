"""/admin, for operators: counts and errors, reading the library anew, a message to all followers."""

from __future__ import annotations

import logging

from telegram import Update
from telegram.error import Forbidden, TelegramError

from bot.services.recent_answers import new_id
from bot.telegram.buttons import Verb, button, keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import plain, say
from bot.texts.markup import cut, escape

log = logging.getLogger(__name__)
_BROADCAST = "broadcast"
_BROADCAST_LIMIT = 3500
_YES, _NO = 1, 0


async def admin(update: Update, context: Context, argument: str) -> None:
    """Show the operator what happened, or prepare a broadcast."""
    language = language_for(update, context)
    if not _is_operator(update.effective_user.id if update.effective_user else 0, context):
        await say_to(update, Reply(say(language, "admin_only")))
        return
    word, _, text = argument.partition(" ")
    await say_to(
        update, _broadcast(context, text.strip(), language) if word == _BROADCAST else _counts(context, language)
    )


def _is_operator(person: int, context: Context) -> bool:
    return person in context.services.settings.operators


def _counts(context: Context, language: str) -> Reply:
    services = context.services
    held, seen = services.state.counts(), services.counts
    errors = ", ".join(f"{kind} {count}" for kind, count in services.errors.most_common(5)) or "0"
    text = say(
        language,
        "admin",
        questions=seen["questions"],
        answered=seen["answered"],
        unanswered=seen["questions"] - seen["answered"],
        followers=held.followers,
        follows=held.follows,
        good=held.good,
        bad=held.bad,
        errors=errors,
    )
    return Reply(text, keyboard([[button(plain(language, "button_reload"), Verb.RELOAD)]]))


def _broadcast(context: Context, text: str, language: str) -> Reply:
    if not text:
        return Reply(say(language, "broadcast_what"))
    text = cut(text, _BROADCAST_LIMIT)
    key = new_id()
    context.services.recent.broadcasts.put(key, text)
    choices = [
        button(plain(language, "button_send"), Verb.BROADCAST, key, _YES),
        button(plain(language, "button_cancel"), Verb.BROADCAST, key, _NO),
    ]
    count = len(context.services.state.followers())
    return Reply(say(language, "broadcast_sure", count=count, text=text), keyboard([choices]))


async def reload(press: Press, context: Context) -> None:
    """Read the library anew."""
    if not _is_operator(press.query.from_user.id, context):
        await press.answer(plain(press.language, "admin_only"), alert=True)
        return
    await press.answer()
    await context.services.library.refresh(force=True)
    stats = await context.services.library.read(lambda library: library.stats())
    await press.send(Reply(say(press.language, "reloaded", articles=f"{stats.articles:,}")))


async def broadcast(press: Press, context: Context) -> None:
    """Send the confirmed text to every follower, once."""
    services = context.services
    if not _is_operator(press.query.from_user.id, context):
        await press.answer(plain(press.language, "admin_only"), alert=True)
        return
    text = services.recent.broadcasts.pop(press.value(0))
    if text is None:
        await press.answer(plain(press.language, "expired"), alert=True)
        return
    await press.answer()
    if press.number(1) != _YES:
        await press.edit(Reply(say(press.language, "broadcast_cancelled")))
        return
    sent = failed = 0
    for person in services.state.followers():
        try:
            await context.bot.send_message(person, escape(text))
            sent += 1
        except Forbidden:
            services.state.drop_person(person)
            failed += 1
        except TelegramError as error:
            log.warning("A follower could not be written to: %s", error)
            failed += 1
    await press.edit(Reply(say(press.language, "broadcast_done", sent=sent, failed=failed)))


COMMAND = Command("admin", admin, Where.OPERATORS, limited=False)
BUTTONS = {Verb.RELOAD: reload, Verb.BROADCAST: broadcast}
