"""Inline mode: ``@bot question`` in any chat offers the best answers as cards."""

from __future__ import annotations

from telegram import (
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
    Update,
)
from telegram.error import BadRequest

from bot.telegram.alerts import is_harmless
from bot.telegram.context import Context, language_for
from bot.telegram.handlers.ask import RESULTS
from bot.telegram.reply import excerpt, is_list, long_date, source
from bot.texts import plain
from bot.texts.markup import Html, cut, escape, joined, tag
from retrieval import Answer, Hit, Kind

_FOUND_SECONDS = 300
_NOTHING_SECONDS = 30
_SHORTEST = 3
START_PARAMETER = "inline"


async def inline(update: Update, context: Context) -> None:
    """Answer an inline query while it is being typed."""
    query = update.inline_query
    if query is None:
        return
    language = language_for(update, context)
    question = query.query.strip()
    newest = context.services.recent.typing
    newest.put(query.from_user.id, query.id)
    cards: list[InlineQueryResultArticle] = []
    if len(question) >= _SHORTEST:
        answer = await context.services.library.ask(question, limit=RESULTS)
        if newest.get(query.from_user.id) != query.id:
            # The person has typed on: Telegram shows the newer query's answer only.
            return
        cards = inline_cards(answer, language)
    label = "inline_nothing" if len(question) >= _SHORTEST else "inline_ask"
    start = None if cards else InlineQueryResultsButton(plain(language, label), start_parameter=START_PARAMETER)
    try:
        await query.answer(
            cards, cache_time=_FOUND_SECONDS if cards else _NOTHING_SECONDS, is_personal=True, button=start
        )
    except BadRequest as error:
        if not is_harmless(error):
            raise


def inline_cards(answer: Answer, language: str) -> list[InlineQueryResultArticle]:
    """A card for each result: the answer, its date and agency; choosing one sends answer, proof and source."""
    if not answer.found or answer.kind == Kind.CHAT:
        return []
    return [_card(answer, index, hit, language) for index, hit in enumerate(answer.hits[:RESULTS])]


def _card(answer: Answer, index: int, hit: Hit, language: str) -> InlineQueryResultArticle:
    best = index == 0 and not is_list(answer)
    short = (answer.answer if best else None) or hit.answer
    detail = (answer.detail if best else None) or hit.detail
    day = hit.date or hit.published
    about = " · ".join(part for part in (detail, long_date(day, language) if day else "", hit.agency) if part)
    text = joined(
        "\n",
        [
            tag("i", cut(answer.question, 200)),
            tag("b", cut(short, 200)) if short else Html(""),
            escape(cut(detail, 250)) if detail else Html(""),
            excerpt(hit),
            source(hit, language),
        ],
    )
    return InlineQueryResultArticle(
        id=f"{hit.article_id}-{index}",
        title=cut(short or hit.title, 100),
        description=cut(f"{about}\n{hit.title}" if short else about, 200),
        input_message_content=InputTextMessageContent(text),
    )
