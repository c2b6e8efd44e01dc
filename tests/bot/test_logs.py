"""Logs are structured and hold neither the token nor anybody's words."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator
from dataclasses import replace

import pytest
from telegram.error import NetworkError

from bot.logs import Formatter, configure
from bot.settings import Secret, Settings

TOKEN = "123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ0123456789"
SETTINGS = Settings(token=Secret(TOKEN), log_format="json")


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """The process's logging while a test configures it; put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield io.StringIO()
    root.handlers[:] = handlers
    root.setLevel(level)


def test_each_line_is_one_object(stream: io.StringIO) -> None:
    configure(SETTINGS, stream)
    logging.getLogger("bot.test").info("The bot is %s.", "running", extra={"fields": {"mode": "polling"}})
    line = json.loads(stream.getvalue())
    assert line["message"] == "The bot is running."
    assert (line["level"], line["from"], line["mode"]) == ("info", "bot.test", "polling")


@pytest.mark.parametrize("form", ["json", "text"])
def test_the_token_is_hidden_wherever_it_comes_from(stream: io.StringIO, form: str) -> None:
    configure(replace(SETTINGS, log_format=form), stream)
    other = "987654321:ZYXwvuTSRqpONMlkjIHGfedCBA9876543210"
    log = logging.getLogger("anything")
    log.warning("POST https://api.telegram.org/bot%s/getMe", TOKEN)
    log.warning("token %s", other)
    try:
        raise NetworkError(f"no way to https://api.telegram.org/bot{TOKEN}/getMe")
    except NetworkError:
        log.exception("failed")
    assert TOKEN not in stream.getvalue()
    assert other not in stream.getvalue()
    assert "NetworkError" in stream.getvalue()


def test_libraries_that_log_addresses_are_silenced(stream: io.StringIO) -> None:
    configure(replace(SETTINGS, log_level="info"), stream)
    logging.getLogger("httpx").info("HTTP Request: POST https://api.telegram.org/bot%s/getMe", TOKEN)
    assert stream.getvalue() == ""


def test_an_error_is_told_by_type_and_place_without_the_words_in_it(stream: io.StringIO) -> None:
    configure(SETTINGS, stream)
    try:
        raise KeyError("ข้อความของสมชาย")
    except KeyError:
        logging.getLogger("bot").exception("An update could not be handled.")
    line = json.loads(stream.getvalue())
    assert line["exception"] == "KeyError"
    assert "test_logs.py" in line["where"][-1]
    assert "สมชาย" not in stream.getvalue()


def test_what_telegram_sent_is_left_out_of_the_librarys_own_complaints() -> None:
    record = logging.LogRecord(
        "telegram.request.BaseRequest", logging.ERROR, __file__, 1, 'Can not load "%s"', ("ข้อความของสมชาย" * 9,), None
    )
    assert "สมชาย" not in Formatter().format(record)
