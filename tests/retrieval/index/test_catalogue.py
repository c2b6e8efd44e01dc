"""The catalogue beside the index: kept up to date it is what a new one would be."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from retrieval import Article, Library
from retrieval.index import catalogue
from retrieval.index.arrays import write_arrays
from retrieval.index.catalogue import Catalogue, open_catalogue, write_catalogue
from retrieval.store import Store

DAY = dt.date(2023, 5, 4)


def _article(number: int) -> Article:
    title, body = f"อบจ. จัดแข่งเรือครั้งที่ {number}", f"สนามที่ {number} มีเรือเข้าแข่ง {number} ลำ\n" * 40
    return Article(
        title, body, DAY + dt.timedelta(number), "กรมเจ้าท่า" if number % 2 else None, url=f"https://example.org/{number}"
    )


def _made_anew(path: Path, folder: Path) -> Catalogue:
    store = Store.open(path)
    folder.mkdir()
    write_catalogue(folder, store)
    store.close()
    return open_catalogue(folder)


def _assert_equal(one: Catalogue, other: Catalogue) -> None:
    for field in fields(Catalogue):
        np.testing.assert_array_equal(getattr(one, field.name), getattr(other, field.name), field.name)


@pytest.mark.parametrize(("articles", "passages"), [(1000, 20_000), (2, 20_000), (1000, 9), (0, 0)])
def test_a_catalogue_that_grew_is_what_a_new_one_would_be(
    articles: int, passages: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_ROOM", articles)
    monkeypatch.setattr(catalogue, "_ROOM_FOR_PASSAGES", passages)
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add(_article(number) for number in range(4))
        library.add([_article(9)])
        library.add([replace(_article(1), body="เลื่อนไปปีหน้า", agency="กรมอู่ทหารเรือ"), _article(5)])
        for number in range(10, 15):
            library.add([_article(number), replace(_article(9), body=f"เลื่อนไป {number} วัน\n" * number)])
            _assert_equal(open_catalogue(path / "index"), _made_anew(path, tmp_path / str(number)))


def test_an_article_that_is_added_leaves_most_of_the_catalogue_as_it_is(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(_article(number) for number in range(50))
        before = _stamps(tmp_path / "index")
        for number in range(60, 63):
            library.add([_article(number)])
        assert _stamps(tmp_path / "index").items() >= before.items()


def _stamps(folder: Path) -> dict[str, tuple[int, int]]:
    return {file.name: (file.stat().st_ino, file.stat().st_mtime_ns) for file in folder.glob("catalogue")}


def test_a_tail_left_by_a_crash_after_the_new_whole_counts_no_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add(_article(number) for number in range(4))
        library.add([_article(9)])
        tail = (path / "index" / "catalogue-tail").read_bytes()
        monkeypatch.setattr(catalogue, "_ROOM", 0)
        library.add([replace(_article(9), body="เลื่อนไปปีหน้า")])
        (path / "index" / "catalogue-tail").write_bytes(tail)
        _assert_equal(open_catalogue(path / "index"), _made_anew(path, tmp_path / "new"))


@pytest.mark.parametrize("file", ["catalogue", "catalogue-tail"])
@pytest.mark.parametrize("damage", ["lost", "cut", "foreign"])
def test_a_lost_or_broken_catalogue_is_made_anew(file: str, damage: str, tmp_path: Path) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add(_article(number) for number in range(4))
        library.add([_article(9)])
    broken = path / "index" / file
    if damage == "lost":
        broken.unlink()
    elif damage == "cut":
        broken.write_bytes(broken.read_bytes()[:-9])
    else:
        write_arrays(broken, {"days": np.arange(3)}, {"marker": 3, "after": open_catalogue(path / "index").marker})
    with Library.open(path) as library:
        assert library.ask("แข่งเรือครั้งที่ 9 จัดที่สนามที่เท่าไร").hits[0].url == "https://example.org/9"
    _assert_equal(open_catalogue(path / "index"), _made_anew(path, tmp_path / "new"))


def test_the_days_of_a_catalogue_choose_all_passages_of_their_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(_article(number) for number in range(30))
    opened = open_catalogue(tmp_path / "index")
    first, last = (DAY + dt.timedelta(3)).toordinal(), (DAY + dt.timedelta(7)).toordinal()
    days = opened.published[opened.article_of]
    expected = (days >= first) & (days <= last) & (opened.article_of > 0)
    np.testing.assert_array_equal(opened.between(first, last), expected)
    assert expected.sum() > 5


def test_an_article_added_is_found_by_the_day_it_came_out(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(_article(number) for number in range(3))
        before = open_catalogue(tmp_path / "index").period
        library.add([_article(200)])
        assert open_catalogue(tmp_path / "index").period == (before[0], (DAY + dt.timedelta(200)).toordinal())
