"""A small library of confusable events beside the sample news."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from retrieval import Library
from tests.retrieval import hamlets as hamlet_news
from tests.retrieval.towns import ARTICLES


@pytest.fixture(scope="session")
def towns_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds a library of the made-up news; tests that change a library make their own."""
    path = tmp_path_factory.mktemp("towns") / "library"
    with Library.open(path, create=True) as library:
        library.add(ARTICLES)
    return path


@pytest.fixture(scope="session")
def towns(towns_path: Path) -> Iterator[Library]:
    """The made-up news, open for reading."""
    with Library.open(towns_path) as library:
        yield library


@pytest.fixture(scope="session")
def hamlets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The made-up news of hamlets, open for reading."""
    with Library.open(tmp_path_factory.mktemp("hamlets") / "library", create=True) as library:
        library.add(hamlet_news.ARTICLES)
        yield library
