"""Message entities: spans of a text counted in UTF-16 code units, as Telegram counts them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit

from bot.simulator.api import limits
from bot.simulator.api.refusals import bad_request

Entity = dict[str, Any]
"""A Bot API MessageEntity: ``type``, ``offset``, ``length`` and what belongs to the type."""

_MERGED = ("bold", "italic", "underline", "strikethrough", "spoiler")
_ORDER = ("blockquote", "expandable_blockquote", "text_link", "pre", "code", *_MERGED)
_VERBATIM = ("pre", "code")
_QUOTES = ("blockquote", "expandable_blockquote")

_FOUND = re.compile(
    r"(?P<url>(?:https?|tg)://[^\s<>\"]+)"
    r"|(?P<email>[\w.+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)"
    r"|(?<![\w@/])(?P<mention>@[A-Za-z][A-Za-z0-9_]{2,31})(?![A-Za-z0-9_])"
    r"|(?<![\w/<>])(?P<bot_command>/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?)(?![\w/<>])"
    r"|(?<!\w)(?P<hashtag>#(?=\d*[^\W\d])[\w\u0e00-\u0e7f]+)"
    r"|(?<![\w@./-])(?P<domain>(?:[A-Za-z0-9-]+\.)+(?:com|org|net|info|io|me|th)(?![\w.-])(?:/[^\s<>\"]*)?)"
)


def utf16_length(text: str) -> int:
    """How many UTF-16 code units a text takes."""
    return len(text) + sum(character > "\uffff" for character in text)


def utf16_slice(text: str, offset: int, length: int) -> str:
    """The part of a text that an entity covers."""
    return text.encode("utf-16-le")[2 * offset : 2 * (offset + length)].decode("utf-16-le", "replace")


def found_in(text: str) -> list[Entity]:
    """What Telegram marks by itself: links, addresses, @names, /commands and #tags."""
    result: list[Entity] = []
    offset = position = 0
    for match in _FOUND.finditer(text):
        kind = str(match.lastgroup)
        covered = match.group().rstrip(".,;:!?)'") if kind in ("url", "domain") else match.group()
        offset += utf16_length(text[position : match.start()])
        position = match.start()
        result.append({"type": "url" if kind == "domain" else kind, "offset": offset, "length": utf16_length(covered)})
    return result


def trimmed(text: str, entities: Iterable[Entity]) -> tuple[str, list[Entity]]:
    """The text without white space at its ends, the entities moved along; empty ones vanish."""
    start = utf16_length(text) - utf16_length(text.lstrip())
    kept = text.strip()
    end = utf16_length(kept)
    result = []
    for entity in entities:
        first = max(0, entity["offset"] - start)
        last = min(end, entity["offset"] + entity["length"] - start)
        if last > first:
            result.append({**entity, "offset": first, "length": last - first})
    return kept, result


def arranged(entities: Iterable[Entity]) -> list[Entity]:
    """Entities as Telegram stores them: touching ones of a kind made one, nothing inside code, outer before inner."""
    result: list[Entity] = []
    for kind in _MERGED:
        spans = sorted((e["offset"], e["offset"] + e["length"]) for e in entities if e["type"] == kind)
        joined: list[list[int]] = []
        for first, last in spans:
            if joined and first <= joined[-1][1]:
                joined[-1][1] = max(joined[-1][1], last)
            else:
                joined.append([first, last])
        result += [{"type": kind, "offset": first, "length": last - first} for first, last in joined]
    result += [e for e in entities if e["type"] not in _MERGED]
    result.sort(key=_place)
    kept: list[Entity] = []
    for entity in result:
        quoted = entity["type"] in _QUOTES and any(o["type"] in _QUOTES and _overlap(o, entity) for o in kept)
        if not quoted and not any(o["type"] in _VERBATIM and _overlap(o, entity) for o in kept):
            kept.append(entity)
    return kept


def with_found(text: str, entities: list[Entity]) -> list[Entity]:
    """Given entities and, beside links and code, those that Telegram finds by itself; at most a hundred."""
    taken = [e for e in entities if e["type"] in ("text_link", "text_mention", *_VERBATIM)]
    extra = [e for e in found_in(text) if not any(_overlap(o, e) for o in taken)]
    return sorted([*entities, *extra], key=_place)[: limits.MESSAGE_ENTITIES]


def given(text: str, entities: Iterable[Mapping[str, Any]]) -> list[Entity]:
    """Entities that the bot itself sends along, checked against the text."""
    end = utf16_length(text)
    result = []
    for entity in entities:
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if not isinstance(kind, str) or not isinstance(offset, int) or not isinstance(length, int):
            raise bad_request('can\'t parse MessageEntity: Can\'t find field "type", "offset" or "length"')
        if offset < 0 or length < 0 or offset + length > end:
            raise bad_request("entity begins or ends outside of the text")
        if kind in ("mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"):
            continue
        if kind == "text_link":
            address = checked_url(str(entity.get("url") or ""))
            if address is None:
                raise bad_request(f"entity URL '{entity.get('url') or ''}' is invalid: Wrong HTTP URL")
            result.append({"type": kind, "offset": offset, "length": length, "url": address})
        elif kind in _ORDER:
            extra = {"language": entity["language"]} if entity.get("language") else {}
            result.append({"type": kind, "offset": offset, "length": length, **extra})
        else:
            raise bad_request("can't parse MessageEntity: Unsupported type specified")
    return result


def checked_url(address: str) -> str | None:
    """The address as Telegram writes it, or None where Telegram takes it for no address at all."""
    address = address.strip().replace(" ", "%20")
    if address.lower().startswith(("tg://", "ton://", "mailto:", "tel:")):
        return address
    if "://" not in address:
        address = f"http://{address}"
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return None
    host = parts.hostname or ""
    if parts.scheme.lower() not in ("http", "https") or "." not in host.strip(".") or port == 0:
        return None
    if re.search(r"[\s<>\"\x00-\x1f]", address):
        return None
    return address if parts.path or parts.query or parts.fragment else f"{address}/"


def _place(entity: Mapping[str, Any]) -> tuple[int, int, int]:
    kind = entity["type"]
    return entity["offset"], -entity["length"], _ORDER.index(kind) if kind in _ORDER else len(_ORDER)


def _overlap(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    return bool(one["offset"] < other["offset"] + other["length"] and other["offset"] < one["offset"] + one["length"])
