"""Logs that hold neither a token nor what people write.

:func:`configure` sets up the process's logging; :class:`Formatter` is where secrets and texts are taken out, after
the line is made, so that no library can bring them in by a way of its own.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from bot.settings import Settings

_TOKEN = re.compile(r"\b\d{3,}:[A-Za-z0-9_-]{20,}|(?<=/bot)\d+:[A-Za-z0-9_-]+")
_HIDDEN = "<hidden>"
_LOUD = ("httpx", "httpcore", "tornado.access")
"""Libraries that log every address they call; the token is part of it."""


class Formatter(logging.Formatter):
    """One line a record, as text or JSON, with secrets hidden.

    Exceptions are told by type and place, never by their message unless a library of ours or Telegram wrote it:
    a message may quote what a person wrote.
    """

    def __init__(self, *, as_json: bool = False, secrets: tuple[str, ...] = ()) -> None:
        super().__init__()
        self._as_json = as_json
        self._secrets = tuple(secret for secret in secrets if secret)

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line (an exception's frames in further lines of text)."""
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        fields: dict[str, object] = {
            "at": at,
            "level": record.levelname.lower(),
            "from": record.name,
            "message": _message(record),
        }
        fields |= getattr(record, "fields", {})
        if record.exc_info and record.exc_info[0]:
            fields["exception"] = describe(record.exc_info[1])
            fields["where"] = _frames(record.exc_info[2])
        return self._redacted(json.dumps(fields, ensure_ascii=False) if self._as_json else _as_text(fields))

    def _redacted(self, line: str) -> str:
        for secret in self._secrets:
            line = line.replace(secret, _HIDDEN)
        return _TOKEN.sub(_HIDDEN, line)


def _message(record: logging.LogRecord) -> str:
    if not record.name.startswith("telegram"):
        return record.getMessage()
    # The library logs replies and updates it cannot read as they are; those may hold a person's words.
    if isinstance(record.args, tuple):
        harmless = tuple(a if isinstance(a, int | float) or len(str(a)) < 40 else "<left out>" for a in record.args)
        try:
            return str(record.msg) % harmless if harmless else str(record.msg)
        except TypeError:
            return str(record.msg)
    return str(record.msg)


def describe(error: BaseException | None) -> str:
    """An exception in words that hold nobody's text: its type, and its message where that is known to be safe."""
    if error is None:
        return ""
    kind = type(error)
    safe = kind.__module__.startswith(("telegram.", "bot.", "retrieval.")) or isinstance(error, OSError)
    return f"{kind.__name__}: {str(error)[:200]}" if safe else kind.__name__


def _frames(trace: TracebackType | None) -> list[str]:
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)][-8:]


def _as_text(fields: dict[str, object]) -> str:
    head = f"{fields.pop('at')} {fields.pop('level')!s:<7} {fields.pop('from')}: {fields.pop('message')}"
    frames = fields.pop("where", [])
    rest = "".join(f" {key}={value}" for key, value in fields.items())
    return head + rest + "".join(f"\n    {frame}" for frame in (frames if isinstance(frames, list) else []))


def quiet_libraries() -> None:
    """Keep libraries from telling the token or what the application tells itself, whoever set up the logging."""
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
    logging.getLogger("telegram.ext").addFilter(_is_news)


def _is_news(record: logging.LogRecord) -> bool:
    """False for the polling loop's own account of its errors: the application tells each in one line."""
    first = record.args[0] if isinstance(record.args, tuple) and record.args else ""
    return not str(first).startswith("Network Retry Loop")


def secrets_of(settings: Settings) -> tuple[str, ...]:
    """The texts that no log may hold."""
    token = settings.token.reveal() if settings.token else ""
    return token, settings.webhook.secret.reveal() if settings.webhook else ""


def configure(settings: Settings, stream: TextIO | None = None) -> None:
    """Send the process's logs to ``stream`` (standard error) at the level and in the form of the settings."""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(Formatter(as_json=settings.log_format == "json", secrets=secrets_of(settings)))
    logging.basicConfig(level=settings.log_level.upper(), handlers=[handler], force=True)
    quiet_libraries()
