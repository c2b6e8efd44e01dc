"""/ask and free text: a question gets its answer, an edited question gets its answer edited."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress

from telegram import Message, Update
from telegram.constants import ChatAction
from telegram.error import BadRequest, TelegramError

from bot.services.recent_answers import Asked, Given
from bot.telegram.addressing import question_of, should_speak
from bot.telegram.alerts import is_harmless
from bot.telegram.buttons import Verb
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.command import Command, Press, is_group, send
from bot.telegram.limits import Verdict
from bot.telegram.reply import Reply, answer_reply, opened_result
from bot.texts import plain, say
from bot.texts.markup import Html
from retrieval import Kind

log = logging.getLogger(__name__)

QUESTION_LIMIT = 500
"""Characters of a question; longer ones are refused kindly."""
RESULTS = 10
"""Results that one can page through."""
_TYPING_AFTER = 0.7


async def ask(update: Update, context: Context, question: str) -> None:
    """Answer the question after /ask."""
    if update.effective_message is not None:
        await respond(update, context, update.effective_message, question)


COMMAND = Command("ask", ask, limited=False)


async def text(update: Update, context: Context) -> None:
    """Answer a message that is no command, where the bot is meant."""
    message = update.effective_message
    if message is None or not should_speak(message, context.bot.bot):
        return
    if not (message.text or message.caption):
        if update.message is not None and not is_group(message):
            await send(message, Reply(say(language_for(update, context), "text_only")))
        return
    await respond(update, context, message, question_of(message, context.bot.bot))


async def respond(update: Update, context: Context, message: Message, question: str) -> None:
    """Answer a question, in the place of the earlier answer where the question was edited."""
    services = context.services
    language = language_for(update, context)
    place = (message.chat_id, message.message_id)
    given = services.recent.replies.get(place)
    if given is not None and given.question == question:
        return
    reply = await _refusal(update, context, message, question, language)
    if reply is None:
        async with _typing(message):
            reply = await answered(context, question, language)
            if is_group(message):
                # Counted from here, so that a slow answer before a quick one does not push the two together.
                await asyncio.sleep(services.allowance.group_pause(message.chat_id))
    if not reply.text:
        return
    if given is not None and await _edited(message, given.reply_id, reply):
        services.recent.replies.put(place, Given(question, given.reply_id))
        return
    sent = await send(message, reply)
    services.recent.replies.put(place, Given(question, sent.message_id))


async def _refusal(update: Update, context: Context, message: Message, question: str, language: str) -> Reply | None:
    """Why a question is not looked up, as a reply (an empty one to say nothing); None where it is."""
    if not question:
        return Reply(say(language, "ask_what", example=plain(language, "example_1")))
    if len(question) > QUESTION_LIMIT:
        return Reply(say(language, "too_long", limit=QUESTION_LIMIT))
    return refused_by_limits(update, context, message, language)


def refused_by_limits(update: Update, context: Context, message: Message, language: str) -> Reply | None:
    """The kind word to somebody who asks too fast (empty after the first); None where he does not."""
    person = update.effective_user.id if update.effective_user else message.chat_id
    verdict = context.services.allowance.ask(person, message.chat_id)
    if verdict is Verdict.ANSWER:
        return None
    return Reply(say(language, "slow_down") if verdict is Verdict.SLOW_DOWN else Html(""))


async def answered(context: Context, question: str, language: str) -> Reply:
    """Ask the library and remember the answer behind its buttons."""
    services = context.services
    begun = time.monotonic()
    answer = await services.library.ask(question, limit=RESULTS)
    services.counts["questions"] += 1
    services.counts["answered"] += answer.found
    took = round((time.monotonic() - begun) * 1000)
    log.info("A question was answered.", extra={"fields": {"kind": answer.kind, "found": answer.found, "ms": took}})
    if services.settings.keep_questions and answer.kind != Kind.CHAT:
        services.state.keep_question(question, answer.found, services.bangkok().date())
    # Whoever asks in English is answered in English, whatever his menus speak.
    words = "en" if answer.language == "en" else language
    key = services.recent.remember(Asked(answer, words))
    return answer_reply(answer, key, 0, language=words)


@asynccontextmanager
async def _typing(message: Message) -> AsyncIterator[None]:
    """Show "typing" while an answer takes longer than a moment."""

    async def show() -> None:
        await asyncio.sleep(_TYPING_AFTER)
        with suppress(TelegramError):
            await message.reply_chat_action(ChatAction.TYPING)

    task = asyncio.create_task(show())
    try:
        yield
    finally:
        task.cancel()


async def _edited(message: Message, reply_id: int, reply: Reply) -> bool:
    """Edit an earlier reply; false where it is gone or may not be edited any more."""
    try:
        await message.get_bot().edit_message_text(
            reply.text, chat_id=message.chat_id, message_id=reply_id, reply_markup=reply.buttons
        )
    except BadRequest as error:
        return is_harmless(error)
    return True


async def result(press: Press, context: Context) -> None:
    """Turn to another result."""
    await _turn(press, context, answer_reply)


async def open_result(press: Press, context: Context) -> None:
    """Open one of several events."""
    await _turn(press, context, opened_result)


async def _turn(press: Press, context: Context, show: Callable[..., Reply]) -> None:
    """Show what a button asks for of an answer that is still remembered, in place of what it stands under."""
    asked = context.services.recent.asked(press.value(0))
    if asked is None:
        await press.answer(plain(press.language, "expired"), alert=True)
        return
    await press.answer()
    await press.edit(show(asked.answer, press.value(0), press.number(1), language=asked.language, rated=asked.rated))


BUTTONS = {Verb.OPEN: open_result}
