"""Settings of the bot, from the environment and a ``.env`` file; every key is listed in ``.env.example``.

What the environment says wins over the file.  A value that cannot be used raises :class:`SettingsError`, whose
message names the key and says what to write instead.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from platformdirs import user_data_path

TELEGRAM_API = "https://api.telegram.org"
LOG_LEVELS = ("debug", "info", "warning", "error")
LOG_FORMATS = ("text", "json")
_TOKEN = re.compile(r"\d+:[A-Za-z0-9_-]{3,}")
_WEBHOOK_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")
_YES, _NO = ("1", "yes", "true", "on"), ("0", "no", "false", "off")
_ENV_LINE = re.compile(r"\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*?)\s*")

T = TypeVar("T")


class SettingsError(Exception):
    """A setting that is missing or cannot be used: a full sentence that names its key."""


class Secret:
    """A text that never shows itself: only :meth:`reveal` gives it away."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        """The text itself; call it only where it is handed to Telegram."""
        return self._value

    def __repr__(self) -> str:
        return "Secret('**********')"

    __str__ = __repr__

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)


def default_data() -> Path:
    """The folder in which everything of a user's bot lives unless he says otherwise."""
    return user_data_path("govnews", appauthor=False)


def default_library(environ: Mapping[str, str] = os.environ) -> Path:
    """Where the library lives: ``GOVNEWS_LIBRARY``, or a folder in the user's data folder."""
    said = environ.get("GOVNEWS_LIBRARY", "").strip()
    return Path(said).expanduser() if said else default_data() / "library"


@dataclass(frozen=True, slots=True)
class Webhook:
    """How Telegram reaches the bot when it is not polling.

    ``url`` is the public https address, ``listen`` and ``port`` where the bot waits behind it, ``secret`` what
    Telegram sends along so that nobody else can speak for it.
    """

    url: str
    secret: Secret
    listen: str = "127.0.0.1"
    port: int = 8443

    @property
    def path(self) -> str:
        """The path part of :attr:`url`, without slashes at its ends."""
        return urlsplit(self.url).path.strip("/")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set.

    Rates are per minute, ``cooldown`` is in seconds, ``health_port`` 0 is off; with ``workers`` 0 the bot's own process
    answers the questions.
    """

    token: Secret | None = None
    library: Path = field(default_factory=lambda: default_data() / "library")
    state: Path = field(default_factory=lambda: default_data() / "bot.db")
    api_url: str = TELEGRAM_API
    operator_chat: int | None = None
    operators: frozenset[int] = frozenset()
    allowed_chats: frozenset[int] = frozenset()
    keep_questions: bool = False
    person_rate: int = 20
    chat_rate: int = 60
    cooldown: float = 2.0
    rate_limiter: bool = True
    workers: int = 0
    webhook: Webhook | None = None
    health_host: str = "127.0.0.1"
    health_port: int = 0
    log_level: str = "info"
    log_format: str = "text"

    @classmethod
    def from_environment(
        cls, environ: Mapping[str, str] = os.environ, *, env_file: Path | None = Path(".env")
    ) -> Settings:
        """Settings from a mapping such as ``os.environ``, filled up from ``env_file`` where that file exists.

        Raises :class:`SettingsError` for a value that cannot be used or, in the file, a
        ``GOVNEWS_`` key that does not exist.
        """
        written = read_env_file(env_file) if env_file and env_file.is_file() else {}
        values = {**written, **environ}
        read = _Reader(values)
        nobody: frozenset[int] = frozenset()
        operator_chat = read("GOVNEWS_OPERATOR_CHAT", _chat_id, None)
        operators = read("GOVNEWS_OPERATORS", _chat_ids, nobody)
        if operator_chat is not None and operator_chat > 0:
            operators |= {operator_chat}
        settings = cls(
            token=read("GOVNEWS_TOKEN", _token, None),
            library=default_library(values),
            state=read("GOVNEWS_STATE", lambda text: Path(text).expanduser(), default_data() / "bot.db"),
            api_url=read("GOVNEWS_API_URL", _address, TELEGRAM_API),
            operator_chat=operator_chat,
            operators=operators,
            allowed_chats=read("GOVNEWS_ALLOWED_CHATS", _chat_ids, nobody),
            keep_questions=read("GOVNEWS_KEEP_QUESTIONS", _flag, False),
            person_rate=read("GOVNEWS_PERSON_RATE", _count, 20),
            chat_rate=read("GOVNEWS_CHAT_RATE", _count, 60),
            cooldown=read("GOVNEWS_COOLDOWN", _seconds, 2.0),
            rate_limiter=read("GOVNEWS_RATE_LIMITER", _flag, True),
            workers=read("GOVNEWS_WORKERS", _number, 0),
            webhook=_webhook(read),
            health_host=read("GOVNEWS_HEALTH_HOST", str, "127.0.0.1"),
            health_port=read("GOVNEWS_HEALTH_PORT", _port, 0),
            log_level=read("GOVNEWS_LOG_LEVEL", _one_of(LOG_LEVELS), "info"),
            log_format=read("GOVNEWS_LOG_FORMAT", _one_of(LOG_FORMATS), "text"),
        )
        read.refuse_unknown(written)
        return settings

    def require_token(self) -> Secret:
        """The token, or a :class:`SettingsError` that tells where to get one."""
        if self.token is None:
            raise SettingsError(
                "GOVNEWS_TOKEN is not set: ask @BotFather in Telegram for a token "
                "and write it in .env or the environment."
            )
        return self.token


def read_env_file(path: Path) -> dict[str, str]:
    """The ``KEY=value`` lines of a file; quotes around a value and ``#`` comments are taken away.

    Raises :class:`SettingsError` for a line that is neither, naming its number but not what it says.
    """
    return dict(_env_lines(path))


def _env_lines(path: Path) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        match = _ENV_LINE.fullmatch(line)
        if match is None:
            raise SettingsError(f"Line {number} of {path} is not KEY=value: mend it or put # in front of it.")
        key, value = match[1], match[2]
        if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'":
            yield key, value[1:-1]
        else:
            yield key, re.split(r"\s+#|^#", value, maxsplit=1)[0]


class _Reader:
    """Reads keys one by one and remembers which exist."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = values
        self._known = {"GOVNEWS_LIBRARY"}

    def __call__(self, key: str, parse: Callable[[str], T], default: T) -> T:
        self._known.add(key)
        text = self._values.get(key, "").strip()
        if not text:
            return default
        try:
            return parse(text)
        except ValueError as error:
            raise SettingsError(f"{key} cannot be used: {error}") from None

    def refuse_unknown(self, keys: Iterable[str]) -> None:
        for key in keys:
            if key.startswith("GOVNEWS_") and key not in self._known:
                raise SettingsError(f"{key} is not a setting of this bot: see .env.example for those that are.")


def _webhook(read: _Reader) -> Webhook | None:
    url = read("GOVNEWS_WEBHOOK_URL", _address, "")
    secret = read("GOVNEWS_WEBHOOK_SECRET", _webhook_secret, None)
    listen = read("GOVNEWS_WEBHOOK_LISTEN", str, "127.0.0.1")
    port = read("GOVNEWS_WEBHOOK_PORT", _port, 8443)
    if not url:
        return None
    if secret is None:
        raise SettingsError(
            "GOVNEWS_WEBHOOK_SECRET is not set: a webhook needs a secret "
            "of letters, digits, _ and - that only Telegram knows."
        )
    return Webhook(url=url, secret=secret, listen=listen, port=port)


# The parsers never repeat a value they refuse: it may be a secret pasted beside the wrong key.


def _token(text: str) -> Secret:
    if not _TOKEN.fullmatch(text):
        raise ValueError("a token looks like 123456789:ABC-def, as @BotFather gives it.")
    return Secret(text)


def _webhook_secret(text: str) -> Secret:
    if not _WEBHOOK_SECRET.fullmatch(text):
        raise ValueError("it may hold 1 to 256 letters, digits, _ and - only.")
    return Secret(text)


def _address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise ValueError("write an address that starts with http:// or https://.")
    return text.rstrip("/")


def _chat_id(text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise ValueError("write the number of a Telegram chat, such as 123456789 or -1001234567890.") from None


def _chat_ids(text: str) -> frozenset[int]:
    return frozenset(_chat_id(part) for part in re.split(r"[\s,]+", text) if part)


def _flag(text: str) -> bool:
    if text.lower() not in _YES + _NO:
        raise ValueError("write yes or no.")
    return text.lower() in _YES


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise ValueError("write a whole number of 1 or more.")
    return int(text)


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) > 64:
        raise ValueError("write a whole number from 0 to 64.")
    return int(text)


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 <= seconds <= 3600:
        raise ValueError("write a number of seconds from 0 to 3600.")
    return seconds


def _port(text: str) -> int:
    if not text.isdecimal() or int(text) > 65535:
        raise ValueError("write a port number from 0 to 65535.")
    return int(text)


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text.lower() not in choices:
            raise ValueError(f"write one of {', '.join(choices)}.")
        return text.lower()

    return parse
