"""One module for each thing a person does.  The command menu and the buttons are made from the lists here.

A new command is a module with a ``COMMAND``, named in ``_MODULES``, and its line ``menu_<name>`` in bot/texts.
"""

from __future__ import annotations

import re
from typing import Any

from telegram import Update
from telegram.constants import ChatType
from telegram.ext import (
    Application,
    CallbackQueryHandler,
    ChatMemberHandler,
    InlineQueryHandler,
    MessageHandler,
    TypeHandler,
    filters,
)

from bot.telegram.buttons import Verb
from bot.telegram.context import Context, language_for
from bot.telegram.handlers import (
    admin,
    agency,
    article,
    ask,
    chair,
    follow,
    following,
    forget,
    gate,
    inline,
    language,
    latest,
    lists,
    person,
    privacy,
    start,
    status,
    today,
)
from bot.telegram.handlers import help as help_
from bot.telegram.handlers.command import Command, Press, Pressed, say_to
from bot.telegram.menu import Menu
from bot.telegram.reply import Reply
from bot.texts import plain, say

_MODULES = (
    ask, latest, today, chair, person, agency, follow, following,
    status, language, privacy, forget, help_, start, admin,
)  # fmt: skip
COMMANDS: tuple[Command, ...] = tuple(module.COMMAND for module in _MODULES)
"""Every command, in the order of the menu."""
MENU = Menu(tuple((command.name, command.where) for command in COMMANDS))
BUTTONS: dict[Verb, Pressed] = {
    verb: pressed
    for module in (ask, article, lists, start, agency, follow, language, forget, admin)
    for verb, pressed in module.BUTTONS.items()
}
"""What each button does, by its verb."""
_BY_NAME = {command.name: command for command in COMMANDS}
_COMMAND = re.compile(r"/([A-Za-z0-9_]+)(?:@(\w+))?\s*(.*)", re.DOTALL)


def add_handlers(application: Application[Any, Context, Any, Any, Any, Any]) -> None:
    """Give an application all its handlers; every kind of update that the bot asks for has one."""
    application.add_handler(TypeHandler(Update, gate.gate), group=-1)
    application.add_handler(ChatMemberHandler(gate.membership, ChatMemberHandler.MY_CHAT_MEMBER))
    application.add_handler(CallbackQueryHandler(pressed))
    application.add_handler(InlineQueryHandler(inline.inline))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGES & filters.StatusUpdate.ALL, _service_message))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGES & filters.COMMAND, commanded))
    application.add_handler(MessageHandler(filters.UpdateType.MESSAGES, ask.text))


async def commanded(update: Update, context: Context) -> None:
    """Run the command that a message begins with; an edited one only where its answer can follow."""
    message = update.effective_message
    match = _COMMAND.match(message.text or "") if message else None
    if message is None or match is None:
        return
    name, addressed, argument = match[1].lower(), match[2], match[3].strip()
    if addressed and addressed.lower() != context.bot.username.lower():
        return
    command = _BY_NAME.get(name)
    if command is None:
        # In a group an unknown command is most likely another bot's.
        if update.message and (addressed or message.chat.type == ChatType.PRIVATE):
            await say_to(update, Reply(say(language_for(update, context), "unknown_command")))
        return
    if update.edited_message and command.name not in (ask.COMMAND.name, chair.COMMAND.name):
        return
    if command.limited:
        refusal = ask.refused_by_limits(update, context, message, language_for(update, context))
        if refusal is not None:
            if refusal.text:
                await say_to(update, refusal)
            return
    await command.run(update, context, argument)


async def pressed(update: Update, context: Context) -> None:
    """Do what a pressed button says."""
    query = update.callback_query
    if query is None:
        return
    verb, *values = (query.data or "").split(":")
    press = Press(query, values, language_for(update, context))
    handler = BUTTONS.get(Verb(verb)) if verb in Verb.__members__.values() else None
    if handler is None:
        await press.answer(plain(press.language, "unknown_button"), alert=True)
        return
    await handler(press, context)


async def _service_message(update: Update, context: Context) -> None:
    """Nothing: somebody joined, a message was pinned. Without this, it would count as a message without text."""


__all__ = ["BUTTONS", "COMMANDS", "MENU", "add_handlers", "commanded", "pressed"]
