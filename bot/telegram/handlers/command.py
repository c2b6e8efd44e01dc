"""What a command and a button press are, for the modules beside this one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.error import BadRequest

from bot.telegram.alerts import is_harmless
from bot.telegram.context import Context
from bot.telegram.menu import Where
from bot.telegram.reply import Reply


@dataclass(frozen=True, slots=True)
class Command:
    """A command of the bot: ``/name``; its line in the menu is the text ``menu_<name>``.

    ``run`` gets what was written after the command.  ``limited`` counts it among the person's questions.
    """

    name: str
    run: Callable[[Update, Context, str], Awaitable[None]]
    where: Where = Where.EVERYWHERE
    limited: bool = True


@dataclass(frozen=True, slots=True)
class Press:
    """A pressed button: the query, the ids it carried, and the language to speak."""

    query: CallbackQuery
    values: list[str]
    language: str

    async def answer(self, text: str = "", *, alert: bool = False) -> None:
        """End the button's waiting; Telegram wants this first, and a press too old is let go."""
        try:
            await self.query.answer(text or None, show_alert=alert)
        except BadRequest as error:
            if not is_harmless(error):
                raise

    async def edit(self, reply: Reply) -> None:
        """Put a reply in the place of the message whose button was pressed."""
        try:
            await self.query.edit_message_text(reply.text, reply_markup=reply.buttons)
        except BadRequest as error:
            if not is_harmless(error):
                raise

    async def send(self, reply: Reply) -> None:
        """Write a new message below the one whose button was pressed."""
        if isinstance(self.query.message, Message):
            await send(self.query.message, reply)

    def number(self, position: int) -> int:
        """An id as a number, 0 where it is none."""
        text = self.values[position] if position < len(self.values) else ""
        return int(text) if text.isdecimal() and len(text) < 20 else 0

    def value(self, position: int) -> str:
        """An id as it is, empty where the button carried fewer."""
        return self.values[position] if position < len(self.values) else ""


Pressed = Callable[[Press, Context], Awaitable[None]]


def is_group(message: Message) -> bool:
    """Whether a message stands in a group."""
    return message.chat.type in (ChatType.GROUP, ChatType.SUPERGROUP)


async def send(message: Message, reply: Reply) -> Message:
    """Answer a message: in a group as a reply to it and in its topic, in private simply below it."""
    if not is_group(message):
        return await message.reply_text(reply.text, reply_markup=reply.buttons)
    return await message.reply_text(
        reply.text, reply_markup=reply.buttons, do_quote=True, allow_sending_without_reply=True
    )


async def say_to(update: Update, reply: Reply) -> None:
    """Answer the message of an update."""
    if update.effective_message is not None:
        await send(update.effective_message, reply)
