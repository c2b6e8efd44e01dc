"""JSON lines: one article a line, with the keys title, body, published, agency, category, url.

What ``govnews export`` writes.  Only title and body are required; keys that are not known are passed over.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from retrieval.model import Article, Unread
from retrieval.sources.reader import Reader, Text, Unreadable
from retrieval.thai.text import clean

_MOST_NAMED = 20
"""Bad lines of one stretch of a file that are named one by one."""


def to_json(article: Article) -> str:
    """The line that this reader reads back as the same article."""
    known = {
        "title": article.title,
        "body": article.body,
        "published": article.published.isoformat() if article.published else None,
        "agency": article.agency,
        "publisher": article.publisher,
        "category": article.category,
        "url": article.url,
    }
    return json.dumps({key: value for key, value in known.items() if value is not None}, ensure_ascii=False)


def _recognises(text: Text) -> bool:
    start = text.content[:400].lstrip("\ufeff \t\r\n")
    return start.startswith("{") and start[1:].lstrip().startswith(('"', "}"))


def _read(text: Text) -> Iterator[Article | Unread]:
    bad = 0
    for number, line in enumerate(text.content.split("\n"), start=text.first_line):
        if not line.strip("\ufeff \t\r"):
            continue
        try:
            yield _article(line.lstrip("\ufeff"), text.place)
        except Unreadable as error:
            bad += 1
            if bad <= _MOST_NAMED:
                yield Unread(f"{text.place}, line {number}", str(error))
    if bad > _MOST_NAMED:
        yield Unread(text.place, f"{bad - _MOST_NAMED} more lines could not be read.")


def _article(line: str, place: str) -> Article:
    try:
        item = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"The line is not valid JSON: {error}.") from None
    if not isinstance(item, dict):
        raise Unreadable("The line is not a JSON object with the keys title and body.")
    title, body = _text(item, "title"), _text(item, "body")
    if not title or not body:
        raise Unreadable(f"The key {'body' if title else 'title'} is missing or empty.")
    return Article(
        title=title.replace("\n", " "),
        body=body,
        published=_published(item.get("published")),
        agency=_text(item, "agency"),
        publisher=_text(item, "publisher"),
        category=_text(item, "category"),
        url=_text(item, "url"),
        source_file=place,
    )


def _text(item: dict[str, Any], key: str) -> str | None:
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, str):
        raise Unreadable(f"The key {key} holds {type(value).__name__}, not text.")
    # A lone surrogate ("\ud800" in JSON) is no character and cannot be stored.
    return clean(value.encode("utf-8", "ignore").decode()) or None


def _published(value: object) -> date | None:
    if value is None or value == "":
        return None
    try:
        return datetime.fromisoformat(str(value)).date()
    except ValueError:
        raise Unreadable(f"The key published holds {str(value)[:40]!r}, not a date such as 2017-05-01.") from None


READER = Reader("jsonl", _recognises, _read)
