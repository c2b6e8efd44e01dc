"""Settings come from the environment and .env, and say what is wrong with them without giving secrets away."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.settings import Secret, Settings, SettingsError, read_env_file

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "123456789:ABCdefGhIJKlmNoPQRsTUVwxyZ"


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("GOVNEWS_PERSON_RATE=5\nexport GOVNEWS_CHAT_RATE='7' \nGOVNEWS_LOG_FORMAT=json # one a line\n")
    settings = Settings.from_environment({"GOVNEWS_PERSON_RATE": "9"}, env_file=file)
    assert (settings.person_rate, settings.chat_rate, settings.log_format) == (9, 7, "json")


def test_without_any_setting_there_are_defaults_and_no_token(tmp_path: Path) -> None:
    settings = Settings.from_environment({}, env_file=tmp_path / "absent")
    assert settings.token is None
    assert settings.api_url == "https://api.telegram.org"
    with pytest.raises(SettingsError, match="GOVNEWS_TOKEN is not set"):
        settings.require_token()


def test_a_secret_never_shows_itself() -> None:
    settings = Settings.from_environment({"GOVNEWS_TOKEN": TOKEN}, env_file=None)
    assert settings.token == Secret(TOKEN)
    for shown in (repr(settings), str(settings), f"{settings.token}", repr([settings.token])):
        assert TOKEN not in shown


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("GOVNEWS_TOKEN", "no-token-at-all"),
        ("GOVNEWS_API_URL", "api.telegram.org"),
        ("GOVNEWS_OPERATOR_CHAT", "somchai"),
        ("GOVNEWS_ALLOWED_CHATS", "-100, here"),
        ("GOVNEWS_KEEP_QUESTIONS", "perhaps"),
        ("GOVNEWS_PERSON_RATE", "0"),
        ("GOVNEWS_COOLDOWN", "soon"),
        ("GOVNEWS_HEALTH_PORT", "99999"),
        ("GOVNEWS_LOG_LEVEL", "loud"),
        ("GOVNEWS_WEBHOOK_SECRET", "with space"),
    ],
)
def test_a_value_that_cannot_be_used_is_named_by_its_key_and_never_repeated(key: str, value: str) -> None:
    with pytest.raises(SettingsError) as caught:
        Settings.from_environment({key: value}, env_file=None)
    assert str(caught.value).startswith(f"{key} cannot be used: ")
    assert str(caught.value).endswith(".")
    assert value not in str(caught.value)


def test_a_webhook_needs_its_secret() -> None:
    with pytest.raises(SettingsError, match="GOVNEWS_WEBHOOK_SECRET is not set"):
        Settings.from_environment({"GOVNEWS_WEBHOOK_URL": "https://bot.example/hook"}, env_file=None)
    keys = {"GOVNEWS_WEBHOOK_URL": "https://bot.example/hook/", "GOVNEWS_WEBHOOK_SECRET": "s3cret"}
    webhook = Settings.from_environment(keys, env_file=None).webhook
    assert webhook is not None
    assert webhook.path == "hook"


def test_a_slip_in_the_file_is_named_but_strange_keys_of_the_environment_are_not_ours(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("GOVNEWS_TOKN=1\n")
    with pytest.raises(SettingsError, match="GOVNEWS_TOKN is not a setting"):
        Settings.from_environment({}, env_file=file)
    Settings.from_environment({"GOVNEWS_OF_SOMEBODY_ELSE": "1"}, env_file=None)


def test_a_line_that_is_no_setting_is_named_by_number_only(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text(f"# fine\n{TOKEN}\n")
    with pytest.raises(SettingsError, match=r"Line 2 of .* is not KEY=value") as caught:
        read_env_file(file)
    assert TOKEN not in str(caught.value)


def test_a_private_operator_chat_makes_its_person_an_operator() -> None:
    assert Settings.from_environment({"GOVNEWS_OPERATOR_CHAT": "77"}, env_file=None).operators == {77}
    assert Settings.from_environment({"GOVNEWS_OPERATOR_CHAT": "-100"}, env_file=None).operators == frozenset()


def test_the_example_file_lists_every_key_and_is_readable() -> None:
    listed = read_env_file(ROOT / ".env.example")
    read = set(re.findall(r'"(GOVNEWS_[A-Z_]+)"', (ROOT / "bot" / "settings.py").read_text(encoding="utf-8")))
    assert set(listed) == read
    assert Settings.from_environment({}, env_file=ROOT / ".env.example") == Settings.from_environment({}, env_file=None)
