"""Feeds: RSS 0.9 to 2.0 and Atom, as the standard library's parser reads them.

A document type is refused: nothing of a feed needs one, and entity bombs do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from retrieval.model import Article, Unread
from retrieval.sources.reader import Reader, Text, Unreadable
from retrieval.thai.text import clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(r"<(?:\w+:)?(?:rss|feed|RDF)[\s>]")
_BANGKOK = timezone(timedelta(hours=7))


def _recognises(text: Text) -> bool:
    start = text.content[:3000].lstrip("\ufeff \r\n\t")
    return start.startswith("<") and bool(_ROOT.search(start))


def _read(text: Text) -> Iterator[Article | Unread]:
    from xml.etree import ElementTree

    content = text.content.lstrip("\ufeff \r\n\t")
    if "<!DOCTYPE" in content or "<!ENTITY" in content:
        raise Unreadable("The feed declares a document type or entities, which a feed has no need of.")
    try:
        root = ElementTree.fromstring(content)  # noqa: S314 - entities were refused above
    except (ElementTree.ParseError, ValueError) as error:
        raise Unreadable(f"The feed is not valid XML: {error}.") from None
    channel = next((e for e in root if _tag(e) == "channel"), root)
    publisher = _first(channel, "title")
    items = [e for e in root.iter() if _tag(e) in ("item", "entry")]
    for number, item in enumerate(items, start=1):
        article = _article(item, publisher, text.place)
        yield article or Unread(f"{text.place}, item {number}", "The item has no title or no text.")


def _article(item: Element, publisher: str | None, place: str) -> Article | None:
    title = _first(item, "title")
    body = max((_first(item, tag) or "" for tag in ("encoded", "content", "description", "summary")), key=len)
    if not title or not body:
        return None
    return Article(
        title=title.replace("\n", " "),
        body=body,
        published=_day(_raw(item, "pubDate") or _raw(item, "published") or _raw(item, "updated") or _raw(item, "date")),
        publisher=publisher,
        category=_first(item, "category"),
        url=_link(item),
        source_file=place,
    )


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _raw(element: Element, tag: str) -> str | None:
    for child in element:
        if _tag(child) == tag:
            return "".join(child.itertext()).strip() or child.get("term")
    return None


def _first(element: Element, tag: str) -> str | None:
    """Cleaned text of the first child of this name, its markup taken off."""
    from retrieval.sources.html import to_text

    raw = _raw(element, tag)
    return clean(to_text(raw) if "<" in raw or "&" in raw else raw) or None if raw else None


def _link(item: Element) -> str | None:
    for child in item:
        if _tag(child) == "link" and child.get("rel", "alternate") == "alternate":
            address = (child.get("href") or child.text or "").strip()
            if address.startswith(("http://", "https://")):
                return address
    identity = _raw(item, "guid") or _raw(item, "id") or ""
    return identity if identity.startswith(("http://", "https://")) else None


def _day(written: str | None) -> date | None:
    """The day in Bangkok of a feed's time."""
    if not written:
        return None
    for parse in (parsedate_to_datetime, datetime.fromisoformat):
        try:
            when = parse(written)
        except ValueError:
            continue
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(_BANGKOK).date()
    return None


READER = Reader("feed", _recognises, _read)
