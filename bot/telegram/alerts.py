"""What goes wrong: logged, answered kindly, and told to the operator at most once a minute of a kind."""

from __future__ import annotations

import logging
import time
import traceback
from collections.abc import Callable

from telegram import Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest, Forbidden, TelegramError

from bot.telegram.addressing import should_speak
from bot.telegram.context import Context, language_for
from bot.texts import plain, say

log = logging.getLogger(__name__)
_MINUTE = 60.0


class OncePerMinute:
    """Lets one event of a kind through a minute and counts the others.  ``clock`` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._last: dict[str, float] = {}
        self._held_back: dict[str, int] = {}

    def passes(self, kind: str) -> int | None:
        """None to hold an event back, or else how many of its kind were held back before it."""
        now = self._clock()
        if now - self._last.get(kind, -_MINUTE) < _MINUTE:
            self._held_back[kind] = self._held_back.get(kind, 0) + 1
            return None
        self._last[kind] = now
        return self._held_back.pop(kind, 0)


_ALERTS = "alerts"


def is_harmless(error: BaseException | None) -> bool:
    """Whether an error only says that there was nothing left to do: an unchanged message, an old button press."""
    return isinstance(error, BadRequest) and any(
        words in str(error).lower() for words in ("message is not modified", "query is too old", "query id is invalid")
    )


def _is_mute(error: BaseException) -> bool:
    """Whether the bot may not write in a chat: its administrators do not let it, or the topic is closed."""
    return isinstance(error, BadRequest) and any(
        words in str(error).lower() for words in ("not enough rights", "write_forbidden", "topic_closed", "no rights")
    )


async def on_error(update: object, context: Context) -> None:
    """The application's error handler."""
    error = context.error
    if error is None or is_harmless(error):
        return
    services = context.services
    person = update.effective_user.id if isinstance(update, Update) and update.effective_user else None
    if isinstance(error, Forbidden) or _is_mute(error):
        if isinstance(error, Forbidden) and person is not None and isinstance(update, Update) and _is_private(update):
            services.state.drop_person(person)
        log.info("A chat cannot be written to: %s", error)
        return
    kind, place = type(error).__name__, where(error)
    services.errors[kind] += 1
    log.error("An update could not be handled.", exc_info=error)
    if isinstance(update, Update):
        await _apologise(update, context)
    await tell_operator(context, kind, place)


def where(error: BaseException) -> str:
    """The last place in our own code that an error came through, as module:line."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if "/bot/" in f.filename or "/retrieval/" in f.filename] or frames
    return f"{ours[-1].filename.rsplit('/', 1)[-1]}:{ours[-1].lineno} {ours[-1].name}" if ours else "?"


async def tell_operator(context: Context, kind: str, place: str) -> None:
    """Send the operator's chat one line about an error, without anybody's words in it."""
    settings = context.services.settings
    if settings.operator_chat is None:
        return
    alerts = context.bot_data.setdefault(_ALERTS, OncePerMinute())
    held_back = alerts.passes(f"{kind} {place}")
    if held_back is None:
        return
    language = context.services.state.language(settings.operator_chat) or "th"
    times = say(language, "operator_error_times", count=held_back) if held_back else ""
    try:
        text = say(language, "operator_error", kind=kind, place=place, times=times)
        await context.bot.send_message(settings.operator_chat, text.rstrip())
    except TelegramError as error:
        log.warning("The operator's chat could not be told: %s", error)


async def _apologise(update: Update, context: Context) -> None:
    language = language_for(update, context)
    try:
        if update.callback_query is not None:
            await update.callback_query.answer(plain(language, "error"), show_alert=True)
        elif update.inline_query is not None:
            await update.inline_query.answer([], cache_time=0)
        elif update.effective_message is not None and _was_addressed(update.effective_message, context):
            await update.effective_message.reply_text(say(language, "error"))
    except TelegramError as error:
        log.warning("The person could not be told of the error: %s", error)


def _is_private(update: Update) -> bool:
    return update.effective_chat is not None and update.effective_chat.type == ChatType.PRIVATE


def _was_addressed(message: Message, context: Context) -> bool:
    return should_speak(message, context.bot.bot) or (message.text or "").startswith("/")
