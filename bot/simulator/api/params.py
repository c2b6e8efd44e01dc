"""The parameters of a call, however they came: JSON, a form, several parts or the address."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from tornado.httputil import HTTPServerRequest

from bot.simulator.api.refusals import bad_request


def read_params(request: HTTPServerRequest) -> Params:
    """All parameters of an HTTP request; raises Refusal if the body cannot be read."""
    values: dict[str, Any] = {
        name: parts[-1].decode("utf-8", "replace")
        for name, parts in (*request.query_arguments.items(), *request.body_arguments.items())
    }
    if request.headers.get("Content-Type", "").split(";")[0].strip().lower() == "application/json" and request.body:
        try:
            body = json.loads(request.body)
        except ValueError:
            raise bad_request("can't parse the JSON object") from None
        if not isinstance(body, dict):
            raise bad_request("can't parse the JSON object")
        values.update(body)
    return Params(values)


class Params(Mapping[str, Any]):
    """Named values as Telegram understands them: numbers and objects may come as text."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = {name: value for name, value in values.items() if value is not None}

    def __getitem__(self, name: str) -> Any:
        return self._values[name]

    def __iter__(self) -> Any:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def text(self, name: str) -> str:
        """A text; "" if absent."""
        value = self._values.get(name, "")
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    def integer(self, name: str, default: int = 0) -> int:
        """A whole number; the default if absent or no number, as Telegram takes it."""
        try:
            return int(self._values.get(name, default))
        except (TypeError, ValueError):
            return default

    def flag(self, name: str) -> bool:
        """Whether a switch is on."""
        return str(self._values.get(name, "")).strip().lower() in ("true", "1", "yes")

    def object(self, name: str, what: str) -> dict[str, Any] | None:
        """A JSON object, or None if absent; ``what`` is how a refusal calls it."""
        value = self._parsed(name, what)
        if value is None or isinstance(value, dict):
            return value
        raise bad_request(f"object expected as {what}")

    def array(self, name: str, what: str) -> list[Any] | None:
        """A JSON array, or None if absent."""
        value = self._parsed(name, what)
        if value is None or isinstance(value, list):
            return value
        raise bad_request(f"can't parse {what}: Expected an Array")

    def _parsed(self, name: str, what: str) -> Any:
        value = self._values.get(name)
        if not isinstance(value, str):
            return value
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {what} JSON object") from None
