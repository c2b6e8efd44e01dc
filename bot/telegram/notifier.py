"""Carries new articles to those who follow them: at once, or once a day at their hour (Bangkok).

What is found goes into the outbox together with the mark of how far the library was looked through, in one
transaction, so that a restart neither loses an article nor sends it twice.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date
from functools import partial

from telegram import Bot
from telegram.error import Forbidden, TelegramError

from bot.services.open_library import identity
from bot.state import Follow
from bot.telegram.buttons import Verb, button, keyboard
from bot.telegram.context import Services
from bot.telegram.handlers.follow import pause_and_stop
from bot.telegram.reply import LIST_LENGTH, Reply, article_line
from bot.texts import say
from bot.texts.markup import joined
from retrieval import Article, Library

log = logging.getLogger(__name__)

_MARK, _NEWEST = "library", "newest"
_BATCH = 500


@dataclass(frozen=True, slots=True)
class _Found:
    """What one look into the library gave: pairs of follow and article, and the new mark."""

    pairs: list[tuple[int, str]]
    marker: int
    looked_at: int


class Notifier:
    """Looks for new articles and delivers them; :meth:`tick` does both once."""

    def __init__(self, services: Services, bot: Bot) -> None:
        self._services = services
        self._bot = bot

    async def tick(self) -> None:
        """Queue what is new in the library, then send what is due."""
        await self.collect()
        await self.deliver()

    async def collect(self) -> None:
        """Look through the articles added since the last time and queue those that somebody follows."""
        state, open_library = self._services.state, self._services.library
        present = await open_library.read(_identity)
        kept, _, number = (state.mark(_MARK) or "").rpartition("@")
        since: date | None = None
        if not number:
            # The first time there is nothing new yet: what follows is what comes from now on.
            marker = await open_library.read(_end)
            state.queue([], await self._marks(present, marker))
            return
        marker = int(number)
        if kept != present:
            # Another library stands here: look through it from its start, but only at what is no older than the
            # newest article of the one before.  Articles sent once are never sent again.
            marker, since = 0, _day(state.mark(_NEWEST))
        while True:
            look = partial(_look, marker=marker, follows=state.follows(), since=since)
            found = await open_library.read(look)
            if found.looked_at or kept != present:
                state.queue(found.pairs, await self._marks(present, found.marker))
            marker = found.marker
            if found.looked_at < _BATCH:
                return

    async def _marks(self, present: str, marker: int) -> dict[str, str]:
        newest = await self._services.library.read(lambda library: library.stats().newest)
        return {_MARK: f"{present}@{marker}", **({_NEWEST: newest.isoformat()} if newest else {})}

    async def deliver(self) -> None:
        """Send what is due: at once, or when the hour of the day has come and today's digest is not out yet."""
        now = self._services.bangkok()
        for follow in self._services.state.follows():
            if follow.paused:
                continue
            if follow.hour is None:
                await self._send(follow)
            elif now.hour >= follow.hour and follow.last_digest != now.date() and await self._send(follow):
                self._services.state.set_digest(follow.id, now.date())

    async def _send(self, follow: Follow) -> bool:
        """Send what waits for one follow; false where it could not be and waits on."""
        state = self._services.state
        ids = state.take(follow.id)
        if not ids:
            return True
        articles = await self._services.library.read(lambda library: [library.article(each) for each in ids])
        known = [article for article in articles if article is not None]
        if not known:
            return True
        reply = news_reply(follow, known, state.language(follow.person) or "th")
        try:
            await self._bot.send_message(follow.person, reply.text, reply_markup=reply.buttons)
        except Forbidden:
            state.drop_person(follow.person)
            log.info("A follower has blocked the bot; what he followed is dropped.")
        except TelegramError as error:
            state.give_back(follow.id, ids)
            log.warning("News could not be sent and waits for the next time: %s", error)
            return False
        return True


def news_reply(follow: Follow, articles: list[Article], language: str) -> Reply:
    """New articles of a topic, newest first, with buttons to read them, to pause and to stop."""
    articles = sorted(articles, key=lambda article: article.published or date.min, reverse=True)
    shown, rest = articles[:LIST_LENGTH], len(articles) - LIST_LENGTH
    lines = [article_line(number, article, language) for number, article in enumerate(shown, start=1)]
    opens = [button(str(number), Verb.READ, article.id, 0) for number, article in enumerate(shown, start=1)]
    more = say(language, "news_more", count=rest) if rest > 0 else ""
    text = joined("\n\n", [say(language, "news_of", words=follow.words), *lines, more])
    return Reply(text, keyboard([opens, pause_and_stop(follow, language)]))


def _look(library: Library, *, marker: int, follows: list[Follow], since: date | None) -> _Found:
    after, ids = library.since(marker, limit=_BATCH)
    pairs = []
    for article_id in ids if follows else ():
        if since is not None:
            article = library.article(article_id)
            if article is None or (article.published is not None and article.published < since):
                continue
        pairs += [(follow.id, article_id) for follow in follows if library.matches(article_id, follow.words)]
    return _Found(pairs, after, len(ids))


def _end(library: Library) -> int:
    """The mark behind the last article."""
    marker, more = 0, True
    while more:
        marker, ids = library.since(marker, limit=100_000)
        more = bool(ids)
    return marker


def _identity(library: Library) -> str:
    """What tells this library from another put in its place, also where that happened while the bot was down."""
    _, first = library.since(0, limit=1)
    return f"{identity(library.path)}/{''.join(first)}"


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
