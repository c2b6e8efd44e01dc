"""A web page: its markup taken off, the rest is a page saved as text, helped by what the page says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from html.parser import HTMLParser

from retrieval.model import Article, Unread
from retrieval.sources import page
from retrieval.sources.reader import Reader, Text
from retrieval.thai.text import clean

_DOCUMENT = re.compile(r"<(?:!doctype\s+html|html[\s>])", re.IGNORECASE)
_SILENT = {"script", "style", "noscript", "template", "svg", "nav", "footer", "aside", "form", "button", "select"}
_INLINE = {
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "em", "font", "i", "label", "mark", "q", "s", "small",
    "span", "strong", "sub", "sup", "time", "u", "wbr",
}  # fmt: skip


class _Page(HTMLParser):
    """Collects a page's words, with line breaks where the page breaks lines, and its own description."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.described: dict[str, str] = {}
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {key: value or "" for key, value in attrs}
        if tag in _SILENT:
            self._silent.append(tag)
        elif tag == "meta" and (name := values.get("property") or values.get("name")):
            self.described.setdefault(name.lower(), values.get("content", ""))
        elif tag == "link" and values.get("rel") == "canonical":
            self.described.setdefault("canonical", values.get("href", ""))
        elif tag == "title":
            self._silent.append(tag)
        elif tag not in _INLINE:
            self.words.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._silent:
            while self._silent.pop() != tag:
                pass
        elif tag not in _INLINE:
            self.words.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data if "\n" not in data else " ".join(data.split("\n")))


def to_text(markup: str) -> str:
    """The words of a piece of HTML, one line a block."""
    return _parse(markup)[0]


def _parse(markup: str) -> tuple[str, dict[str, str]]:
    parser = _Page()
    parser.feed(markup)
    parser.close()
    return "".join(parser.words), parser.described


def _read(text: Text) -> Iterator[Article | Unread]:
    words, described = _parse(text.content)
    title = clean(described.get("og:title", "")).replace("\n", " ")
    address = described.get("canonical") or described.get("og:url") or text.place
    for article in page.READER.read(replace(text, content=f"{title}\n{words}" if title else words)):
        if isinstance(article, Unread):
            yield article
            continue
        yield replace(
            article,
            title=title or article.title,
            published=article.published or _published(described),
            publisher=clean(described.get("og:site_name", "")) or article.publisher,
            url=address if address.startswith(("http://", "https://")) else article.url,
        )


def _published(described: dict[str, str]) -> date | None:
    try:
        return datetime.fromisoformat(described.get("article:published_time", "")).date()
    except ValueError:
        return None


READER = Reader("html", lambda text: bool(_DOCUMENT.search(text.content[:2000])), _read)
