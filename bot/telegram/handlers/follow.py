"""/follow and the buttons under what is followed: at once or daily, pause, stop."""

from __future__ import annotations

from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.constants import ChatType

from bot.state import Follow
from bot.telegram.buttons import Rows, Verb, button, keyboard
from bot.telegram.context import Context, Services, language_for
from bot.telegram.handlers.agency import agency_named, agency_rows
from bot.telegram.handlers.command import Command, Press, say_to
from bot.telegram.menu import Where
from bot.telegram.reply import Reply
from bot.texts import plain, say
from bot.texts.markup import joined, tag

FOLLOW_LIMIT = 20
"""Topics a person may follow."""
WORDS_LIMIT = 80
"""Characters of followed words."""
HOURS = (7, 12, 18)
FOLLOW_PARAMETER = "follow"
_NOW = "now"


async def follow(update: Update, context: Context, words: str) -> None:
    """Begin to follow words, an agency or a person."""
    language = language_for(update, context)
    user, chat = update.effective_user, update.effective_chat
    if user is None or chat is None or chat.type != ChatType.PRIVATE:
        address = f"https://t.me/{context.bot.username}?start={FOLLOW_PARAMETER}"
        open_chat = InlineKeyboardMarkup([[InlineKeyboardButton(plain(language, "follow_open"), url=address)]])
        await say_to(update, Reply(say(language, "follow_private"), open_chat))
        return
    if not words:
        rows = await agency_rows(context.services, Verb.FOLLOW_AGENCY)
        pick = say(language, "follow_or_agency") if rows else ""
        await say_to(update, Reply(joined("\n\n", [say(language, "follow_what"), pick]), keyboard(rows)))
        return
    await say_to(update, begin(context.services, user.id, " ".join(words.split()), language))


def begin(services: Services, person: int, words: str, language: str) -> Reply:
    """Follow words for a person and offer when to send what is found."""
    if len(words) > WORDS_LIMIT:
        return Reply(say(language, "follow_too_long", limit=WORDS_LIMIT))
    followed = services.state.follows(person)
    if len(followed) >= FOLLOW_LIMIT and words not in {each.words for each in followed}:
        return Reply(say(language, "follow_too_many", limit=FOLLOW_LIMIT))
    if services.state.language(person) is None:
        # The news comes unasked, when Telegram does not say which language the person reads.
        services.state.choose_language(person, language)
    return options(services.state.follow(person, words), language, head="follow_done")


def options(follow: Follow, language: str, *, head: str = "following_item") -> Reply:
    """What is followed, when it comes, and the buttons to change that."""
    text = joined(
        "\n",
        [
            say(language, head, words=follow.words, when=when(follow, language)),
            tag("i", when(follow, language)) if head != "following_item" else "",
            say(language, "follow_when"),
        ],
    )
    hours = [button(plain(language, "button_now"), Verb.FOLLOW_WHEN, follow.id, _NOW)]
    hours += [button(plain(language, "button_hour", hour=hour), Verb.FOLLOW_WHEN, follow.id, hour) for hour in HOURS]
    hours.append(button(plain(language, "button_other_hour"), Verb.FOLLOW_HOURS, follow.id))
    return Reply(text, keyboard([hours[:1] + hours[-1:], hours[1:-1], pause_and_stop(follow, language)]))


def pause_and_stop(follow: Follow, language: str) -> list[InlineKeyboardButton]:
    """The two buttons that stand under everything followed, also under the news itself."""
    label = plain(language, "button_resume" if follow.paused else "button_pause")
    return [
        button(label, Verb.FOLLOW_PAUSE, follow.id, 0 if follow.paused else 1),
        button(plain(language, "button_stop"), Verb.FOLLOW_STOP, follow.id),
    ]


def when(follow: Follow, language: str) -> str:
    """When a follow's news comes, in words."""
    if follow.paused:
        return plain(language, "when_paused")
    return plain(language, "when_now") if follow.hour is None else plain(language, "when_daily", hour=follow.hour)


async def _mine(press: Press, context: Context) -> Follow | None:
    follow = context.services.state.get_follow(press.number(0), press.query.from_user.id)
    if follow is None:
        await press.answer(plain(press.language, "not_followed"), alert=True)
    return follow


async def agency(press: Press, context: Context) -> None:
    """Follow the agency whose button was pressed."""
    name = await agency_named(context.services, press.value(0))
    if name is None:
        await press.answer(plain(press.language, "unknown_button"), alert=True)
        return
    await press.answer()
    await press.edit(begin(context.services, press.query.from_user.id, name, press.language))


async def set_when(press: Press, context: Context) -> None:
    """Change when the news is sent."""
    follow = await _mine(press, context)
    if follow is None:
        return
    await press.answer()
    services = context.services
    hour = None if press.value(1) == _NOW else min(press.number(1), 23)
    services.state.set_hour(follow.id, hour)
    now = services.bangkok()
    if hour is not None and now.hour >= hour:
        # Today's hour has passed: the first digest is tomorrow's.
        services.state.set_digest(follow.id, now.date())
    await _show(press, context, follow.id)


async def hours(press: Press, context: Context) -> None:
    """Offer every hour of the day."""
    follow = await _mine(press, context)
    if follow is None:
        return
    await press.answer()
    every = [button(f"{hour:02}", Verb.FOLLOW_WHEN, follow.id, hour) for hour in range(24)]
    rows = [every[start : start + 6] for start in range(0, 24, 6)]
    back = [button(plain(press.language, "button_back_to_options"), Verb.FOLLOW_OPTIONS, follow.id)]
    await press.edit(Reply(say(press.language, "follow_hours", words=follow.words), keyboard([*rows, back])))


async def pause(press: Press, context: Context) -> None:
    """Pause or go on."""
    follow = await _mine(press, context)
    if follow is None:
        return
    await press.answer()
    context.services.state.set_paused(follow.id, press.number(1) == 1)
    await _show(press, context, follow.id)


async def show(press: Press, context: Context) -> None:
    """Open the options of one topic from the list of all."""
    follow = await _mine(press, context)
    if follow is None:
        return
    await press.answer()
    await _show(press, context, follow.id)


async def _show(press: Press, context: Context, follow_id: int) -> None:
    follow = context.services.state.get_follow(follow_id, press.query.from_user.id)
    if follow is not None:
        await press.edit(options(follow, press.language))


async def stop(press: Press, context: Context) -> None:
    """Follow no longer."""
    follow = await _mine(press, context)
    if follow is None:
        return
    await press.answer()
    context.services.state.unfollow(follow.id)
    await press.edit(Reply(say(press.language, "stopped", words=follow.words)))


def follow_rows(follows: list[Follow], language: str) -> Rows:
    """A button for each topic, to its options."""
    return [
        [button(plain(language, "button_options", words=each.words), Verb.FOLLOW_OPTIONS, each.id)] for each in follows
    ]


COMMAND = Command("follow", follow, Where.PRIVATE)
BUTTONS = {
    Verb.FOLLOW_AGENCY: agency,
    Verb.FOLLOW_WHEN: set_when,
    Verb.FOLLOW_HOURS: hours,
    Verb.FOLLOW_PAUSE: pause,
    Verb.FOLLOW_STOP: stop,
    Verb.FOLLOW_OPTIONS: show,
}
