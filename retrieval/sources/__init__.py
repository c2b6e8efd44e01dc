"""Readers of news: what comes out of files, archives and addresses becomes articles.

A new format is one module with a ``READER`` and one entry in :data:`READERS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from retrieval.model import Article, Unread
from retrieval.sources import containers, feed, html, jsonl, page, thaigov, web
from retrieval.sources.containers import File, Piece
from retrieval.sources.decoding import decode
from retrieval.sources.reader import Reader, Text, Unreadable, first_words

READERS: tuple[Reader, ...] = (thaigov.READER, jsonl.READER, feed.READER, html.READER, page.READER)
"""Every format, in the order in which they are tried; the last takes any text."""

FORMATS: tuple[str, ...] = ("auto", *(reader.name for reader in READERS))
"""What may be said for the format: "auto" tells by the content."""

__all__ = ["FORMATS", "READERS", "File", "Piece", "Reader", "Unreadable", "find", "read"]


def find(source: str) -> Iterator[File | Unread]:
    """The files that a path or an address names, in an order that is always the same."""
    return web.find(source) if web.is_address(source) else containers.find(source)


_LONGEST_TITLE = 1000
"""Characters beyond which a headline is text; the longest real ones take less than 500."""


def read(piece: Piece, format: str = "auto") -> Iterator[Article | Unread]:
    """The articles of a piece of a source, and what of it could not be read.

    Nothing that stands in a file raises: it is named in an Unread.
    """
    try:
        text = Text(decode(piece.data), piece.place, piece.first_line)
        for item in _reader(text, format).read(text):
            yield item if isinstance(item, Unread) or len(item.title) <= _LONGEST_TITLE else _with_title_as_text(item)
    except Unreadable as error:
        yield Unread(piece.place, str(error))
    except Exception as error:
        # Whatever a file holds, the others are read.
        yield Unread(piece.place, f"The reader failed on this file, which is a mistake of ours: {error!r}.")


def _with_title_as_text(article: Article) -> Article:
    return replace(article, title=first_words(article.title), body=f"{article.title}\n{article.body}")


def _reader(text: Text, format: str) -> Reader:
    if format == "auto":
        return next(reader for reader in READERS if reader.recognises(text))
    return next(reader for reader in READERS if reader.name == format)
