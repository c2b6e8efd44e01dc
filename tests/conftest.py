"""What every test shares: the sample news as a library, and no network beyond this machine."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from retrieval import Library

# A shell that starts the tests in the background has them ignore Ctrl-C, and so would what they start and stop by it.
signal.signal(signal.SIGINT, signal.default_int_handler)

# No test fails for being slow on a busy machine.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")

_outside: list[str] = []


def _refuse_network(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "socket.connect":
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) else None
    elif event == "socket.getaddrinfo":
        host = arguments[0]
    else:
        return
    if isinstance(host, bytes):
        host = host.decode()
    if host and host not in ("localhost", "::1", "0.0.0.0", "::") and not host.startswith("127."):
        _outside.append(f"{event} {host}")
        raise RuntimeError(f"A test reached for the network: {event} to {host}.")


sys.addaudithook(_refuse_network)


@pytest.fixture(autouse=True)
def _network_stays_here() -> Iterator[None]:
    """A test fails when it leaves this machine, even where the code under test swallowed the refusal."""
    _outside.clear()
    yield
    assert not _outside, f"the test reached for the network: {', '.join(_outside)}"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """The developer's own settings and library stay out of the tests."""
    for key in [key for key in os.environ if key.startswith("GOVNEWS_")]:
        monkeypatch.delenv(key)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path_factory.getbasetemp() / "data-home"))


@pytest.fixture(scope="session")
def library_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a library of the sample news; tests that change a library make their own."""
    from retrieval import Library
    from retrieval.gazetteer.tables import data_file

    path = tmp_path_factory.mktemp("sample") / "library"
    with Library.open(path, create=True) as library:
        library.ingest([str(data_file("sample"))])
    return path


@pytest.fixture(scope="session")
def library(library_path: Path) -> Iterator[Library]:
    """The sample news, open for reading."""
    from retrieval import Library

    with Library.open(library_path) as library:
        yield library
