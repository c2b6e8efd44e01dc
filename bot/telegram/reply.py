"""From what the library says to what a person sees: Telegram HTML and buttons.

Pure functions.  Every reply stays within Telegram's 4,096 units because each of its parts is bounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from telegram import InlineKeyboardButton, InlineKeyboardMarkup

from bot.telegram.buttons import Rows, Verb, button, keyboard
from bot.texts import plain, say
from bot.texts.markup import Html, cut, escape, highlighted, joined, link, pages, tag
from retrieval import Answer, Article, Hit, Kind, english_date, thai_date

LIST_LENGTH = 5
"""Articles shown in one list."""
_ANSWER, _DETAIL, _TITLE, _AGENCY, _EXCERPT = 200, 250, 220, 120, 700
"""Longest parts of a reply, in UTF-16 units; together far below what a message may hold."""
_ARTICLE_PAGE = 3000
RUNNERS_UP, _BUTTON = 2, 40
"""Other answers offered beside one that is only likely, and the longest label of a button."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A message ready to be sent: Telegram HTML, and its buttons."""

    text: Html
    buttons: InlineKeyboardMarkup | None = None


def long_date(day: date, language: str) -> str:
    """A date in full: Buddhist era in Thai, Christian era in English."""
    return thai_date(day) if language == "th" else english_date(day)


def answer_reply(answer: Answer, asked: str, index: int, *, language: str, rated: bool = False) -> Reply:
    """One result of an answer, the best one at ``index`` 0.

    ``asked`` is the short id under which the answer is remembered; ``rated`` leaves the feedback buttons out.
    """
    if answer.kind == Kind.CHAT:
        return Reply(say(language, "chat_reply"))
    if not answer.found or not answer.hits:
        return _not_found(answer, asked, language)
    index = min(index, len(answer.hits) - 1)
    if is_list(answer):
        return _several(answer, asked, index - index % LIST_LENGTH, language, rated)
    return _one(answer, asked, index, language, rated)


def is_list(answer: Answer) -> bool:
    """Whether an answer is several events to choose from, rather than one and what else was found."""
    return answer.found and (answer.kind == Kind.EVENTS or (answer.several and len(answer.hits) > 1))


def _one(answer: Answer, asked: str, index: int, language: str, rated: bool) -> Reply:
    hit = answer.hits[index]
    short, detail = _short_answer(answer, index)
    total = len(answer.hits)
    foot = []
    if hit.same_event:
        foot.append(say(language, "same_event", count=hit.same_event))
    if index + 1 < total:
        foot.append(say(language, "more_found", count=total - index - 1))
    doubtful = answer.likely and index == 0 and not is_list(answer)
    text = joined(
        "\n",
        [
            say(language, "likely" if short else "likely_here") if doubtful else "",
            tag("b", cut(short, _ANSWER)) if short else "",
            escape(cut(detail, _DETAIL)) if detail else "",
            excerpt(hit),
            source(hit, language),
            tag("i", joined(" · ", foot)) if foot else "",
        ],
    )
    listed = is_list(answer)
    rows: Rows = [_paging(asked, index, total, language, Verb.OPEN if listed else Verb.RESULT)]
    rows.append([button(plain(language, "button_article"), Verb.ARTICLE, hit.article_id, 0, asked, index)])
    if listed:
        rows.append([button(plain(language, "button_back"), Verb.RESULT, asked, index)])
        return Reply(text, keyboard(rows))
    if doubtful:
        rows.append(_runners_up(answer, asked))
    more: list[InlineKeyboardButton] = []
    if answer.kind in (Kind.CHAIR, Kind.WHO) and short:
        more.append(button(plain(language, "button_person"), Verb.PERSON, asked, index))
    more.append(button(plain(language, "button_years"), Verb.YEARS, asked, index))
    rows += [more, _feedback(asked, index, language, rated)]
    return Reply(text, keyboard(rows))


def _runners_up(answer: Answer, asked: str) -> list[InlineKeyboardButton]:
    """What else it may be: the next two other answers, each leading to its proof."""
    seen = {answer.answer}
    buttons: list[InlineKeyboardButton] = []
    for index, hit in enumerate(answer.hits):
        if hit.answer and hit.answer not in seen and len(buttons) < RUNNERS_UP:
            seen.add(hit.answer)
            buttons.append(button(cut(hit.answer, _BUTTON), Verb.RESULT, asked, index))
    return buttons


def _short_answer(answer: Answer, index: int) -> tuple[str | None, str | None]:
    hit = answer.hits[index]
    if index == 0 and not is_list(answer):
        return answer.answer, answer.detail
    return hit.answer, hit.detail


def _paging(asked: str, index: int, total: int, language: str, verb: Verb) -> list[InlineKeyboardButton]:
    if total < 2:
        return []
    row = []
    if index > 0:
        row.append(button(plain(language, "button_previous"), verb, asked, index - 1))
    row.append(button(plain(language, "result_of", number=index + 1, total=total), Verb.NOTHING))
    if index + 1 < total:
        row.append(button(plain(language, "button_next"), verb, asked, index + 1))
    return row


def _feedback(asked: str, index: int, language: str, rated: bool) -> list[InlineKeyboardButton]:
    if rated:
        return []
    return [
        button(plain(language, "button_good"), Verb.GOOD, asked, index),
        button(plain(language, "button_bad"), Verb.BAD, asked, index),
    ]


def _several(answer: Answer, asked: str, start: int, language: str, rated: bool) -> Reply:
    events = answer.kind == Kind.EVENTS
    if events:
        head = say(language, "events_of", person=cut(answer.detail or answer.question, _ANSWER))
    else:
        head = tag("b", say(language, "several"))
    shown = answer.hits[start : start + LIST_LENGTH]
    line = event_line if events else _choice
    lines = [line(number, hit, language) for number, hit in enumerate(shown, start=start + 1)]
    rest = len(answer.hits) - start - len(shown)
    tail = tag("i", say(language, "more_found", count=rest)) if rest else ""
    opens = [button(str(number + 1), Verb.OPEN, asked, number) for number in range(start, start + len(shown))]
    turns = []
    if start:
        turns.append(button(plain(language, "button_previous"), Verb.RESULT, asked, start - LIST_LENGTH))
    if rest:
        turns.append(button(plain(language, "button_next"), Verb.RESULT, asked, start + LIST_LENGTH))
    rows: Rows = [opens, turns, _feedback(asked, start, language, rated)]
    return Reply(joined("\n\n", [head, *lines, tail]), keyboard(rows))


def opened_result(answer: Answer, asked: str, index: int, *, language: str, rated: bool = False) -> Reply:
    """One result in full, also where the answer is a list of several events."""
    if not answer.hits:
        return answer_reply(answer, asked, 0, language=language, rated=rated)
    return _one(answer, asked, min(index, len(answer.hits) - 1), language, rated)


def _choice(number: int, hit: Hit, language: str) -> Html:
    day = hit.date or hit.published
    about = joined(" · ", [cut(hit.answer, _ANSWER) if hit.answer else "", cut(hit.detail or "", 120)])
    return joined(
        "\n",
        [
            joined(" ", [f"{number}.", tag("b", long_date(day, language)) if day else ""]),
            tag("b", about) if about else "",
            link(cut(hit.title, _TITLE), hit.url),
        ],
    )


def _not_found(answer: Answer, asked: str, language: str) -> Reply:
    near = answer.hits[:3]
    if not near:
        return Reply(joined("\n", [tag("b", say(language, "not_found")), say(language, "not_found_hint")]))
    lines = [news_line(number, hit, language) for number, hit in enumerate(near, start=1)]
    opens = [
        button(str(number), Verb.ARTICLE, hit.article_id, 0, asked, number - 1)
        for number, hit in enumerate(near, start=1)
    ]
    text = joined(
        "\n\n",
        [
            joined("\n", [tag("b", say(language, "not_found")), say(language, "not_found_hint")]),
            say(language, "not_found_nearest"),
            *lines,
        ],
    )
    return Reply(text, keyboard([opens]))


def excerpt(hit: Hit) -> Html:
    """The proof as a quotation, the asked-for words marked; empty where a hit has none."""
    if not hit.excerpt:
        return Html("")
    shown = cut(hit.excerpt, _EXCERPT)
    kept = len(shown) - 1 if shown != hit.excerpt else len(shown)
    spans = [(start, min(end, kept)) for start, end in hit.highlights]
    return tag("blockquote", highlighted(shown, spans))


def source(hit: Hit, language: str) -> Html:
    """Where and when: the headline as a link to the source, the date and the agency."""
    when = ""
    if hit.date:
        when = f"🗓 {long_date(hit.date, language)}"
    elif hit.published:
        when = f"🗓 {plain(language, 'published', date=long_date(hit.published, language))}"
    return joined(
        "\n",
        [
            joined(" ", ["📰", link(cut(hit.title, _TITLE), hit.url)]),
            joined(" · ", [when, f"🏛 {cut(hit.agency, _AGENCY)}" if hit.agency else ""]),
        ],
    )


def news_line(number: int, hit: Hit, language: str) -> Html:
    """One numbered line of a list: headline, date, agency."""
    return _headline(number, hit.title, hit.url, hit.published or hit.date, hit.agency, language)


def article_line(number: int, article: Article, language: str) -> Html:
    """The same for an article that was not searched for."""
    return _headline(number, article.title, article.url, article.published, article.agency, language)


def _headline(number: int, title: str, url: str | None, day: date | None, agency: str | None, language: str) -> Html:
    below = joined(" · ", [long_date(day, language) if day else "", cut(agency or "", _AGENCY)])
    head = joined(" ", [f"{number}.", link(cut(title, _TITLE), url)])
    return joined("\n", [head, tag("i", below) if below else ""])


def event_line(number: int, hit: Hit, language: str) -> Html:
    """One numbered line of a list of events: date, event, and the person's post then."""
    day = hit.date or hit.published
    return joined(
        "\n",
        [
            joined(" ", [f"{number}.", tag("b", long_date(day, language)) if day else ""]),
            link(cut(hit.answer or hit.title, _TITLE), hit.url),
            tag("i", cut(hit.detail, _DETAIL)) if hit.detail else "",
        ],
    )


def list_reply(
    head: Html, lines: Sequence[Html], ids: Sequence[str], *, listing: str, offset: int, more: bool, language: str
) -> Reply:
    """A page of a list: numbered lines, a button to read each, and buttons to go on and back.

    ``listing`` is the short id of what is listed, ``offset`` the number of items before this page.
    """
    opens = [
        button(str(offset + number), Verb.ARTICLE, article_id, 0, listing, offset)
        for number, article_id in enumerate(ids, start=1)
    ]
    turns = []
    if offset > 0:
        turns.append(button(plain(language, "button_previous"), Verb.LIST, listing, max(0, offset - LIST_LENGTH)))
    if more:
        turns.append(button(plain(language, "button_next"), Verb.LIST, listing, offset + LIST_LENGTH))
    return Reply(joined("\n\n", [head, *lines]), keyboard([opens, turns]))


def article_reply(article: Article, page: int, asked: str, index: int, *, language: str) -> Reply:
    """A page of a whole article; ``asked`` and ``index`` tell where the way back leads ("" for nowhere)."""
    parts = pages(article.body, _ARTICLE_PAGE)
    page = max(0, min(page, len(parts) - 1))
    about = [
        f"🗓 {long_date(article.published, language)}" if article.published else "",
        f"🏛 {cut(article.agency, _AGENCY)}" if article.agency else "",
    ]
    head = joined("\n", [tag("b", link(cut(article.title, _TITLE), article.url)), joined(" · ", about)])
    row = []
    if page > 0:
        row.append(button(plain(language, "button_previous"), Verb.ARTICLE, article.id, page - 1, asked, index))
    if len(parts) > 1:
        row.append(button(plain(language, "article_page", number=page + 1, total=len(parts)), Verb.NOTHING))
    if page + 1 < len(parts):
        row.append(button(plain(language, "button_next"), Verb.ARTICLE, article.id, page + 1, asked, index))
    back = [button(plain(language, "button_back"), Verb.RESULT, asked, index)] if asked else []
    return Reply(joined("\n\n", [head, parts[page]]), keyboard([row, back]))
