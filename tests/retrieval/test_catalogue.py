"""The catalogue beside the index: kept up to date it is what a new one would be."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from retrieval.catalogue import Catalogue, open_catalogue, write_catalogue
from retrieval.library import Library
from retrieval.model import Article
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


def test_a_catalogue_that_grew_is_what_a_new_one_would_be(tmp_path: Path) -> None:
    path = tmp_path / "library"
    with Library.open(path, create=True) as library:
        library.add(_article(number) for number in range(4))
        library.add([_article(9)])
        library.add([replace(_article(1), body="เลื่อนไปปีหน้า", agency="กรมอู่ทหารเรือ"), _article(5)])
        grown = open_catalogue(path / "index")
    new = _made_anew(path, tmp_path / "new")
    for field in fields(Catalogue):
        np.testing.assert_array_equal(getattr(grown, field.name), getattr(new, field.name), field.name)


def test_the_days_of_a_catalogue_choose_all_passages_of_their_articles(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(_article(number) for number in range(30))
    catalogue = open_catalogue(tmp_path / "index")
    first, last = (DAY + dt.timedelta(3)).toordinal(), (DAY + dt.timedelta(7)).toordinal()
    days = catalogue.published[catalogue.article_of]
    expected = (days >= first) & (days <= last) & (catalogue.article_of > 0)
    np.testing.assert_array_equal(catalogue.between(first, last), expected)
    assert expected.sum() > 5


def test_an_article_added_is_found_by_the_day_it_came_out(tmp_path: Path) -> None:
    with Library.open(tmp_path, create=True) as library:
        library.add(_article(number) for number in range(3))
        before = open_catalogue(tmp_path / "index").period
        library.add([_article(200)])
        assert open_catalogue(tmp_path / "index").period == (before[0], (DAY + dt.timedelta(200)).toordinal())
