"""/start: a welcome, with example questions to press."""

from __future__ import annotations

from telegram import Update

from bot.telegram.buttons import Rows, Verb, button, keyboard
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.ask import answered
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.handlers.follow import FOLLOW_PARAMETER, follow
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import plain, say
from bot.texts.markup import joined, tag

EXAMPLES = ("example_1", "example_2", "example_3")


def example_rows(language: str) -> Rows:
    """A row for each example question."""
    return [[button(f"💬 {plain(language, key)}", Verb.EXAMPLE, n)] for n, key in enumerate(EXAMPLES)]


async def start(update: Update, context: Context, argument: str) -> None:
    """Welcome somebody; the link from a group to follow something leads to that."""
    if argument == FOLLOW_PARAMETER:
        await follow(update, context, "")
        return
    language = language_for(update, context)
    text = joined("\n\n", [say(language, "start"), say(language, "start_examples")])
    await say_to(update, Reply(text, keyboard(example_rows(language))))


async def example(press: Press, context: Context) -> None:
    """Ask an example question as if the person had typed it."""
    await press.answer()
    question = plain(press.language, EXAMPLES[min(press.number(0), len(EXAMPLES) - 1)])
    reply = await answered(context, question, press.language)
    await press.send(Reply(joined("\n\n", [tag("i", f"💬 {question}"), reply.text]), reply.buttons))


COMMAND = Command("start", start, Where.PRIVATE, limited=False)
BUTTONS = {Verb.EXAMPLE: example}
