"""The store: what is written is there, once, and found again."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from retrieval import Article, IngestReport
from retrieval.ingestion.analysis import Analyst
from retrieval.ingestion.pipeline import add
from retrieval.store import Store, StoreError
from retrieval.thai.segment import terms

BODY = (
    "วันนี้ (9 มิ.ย. 66) นายสมมุติ ใจทดลอง ผู้ว่าราชการจังหวัดนครนาคา เป็นประธานเปิดศูนย์เรียนรู้การปลูกผักปลอดภัย "
    "ที่ศาลาประชาคมบ้านหนองทดสอบ มีเกษตรกรและนักเรียนมาร่วมงานราวหกร้อยคน ศูนย์แห่งนี้เปิดสอนทุกวันเสาร์โดยไม่คิดค่าเรียน "
) * 6


def _article(number: int, **changes: object) -> Article:
    article = Article(
        title=f"ข่าวที่ {number}",
        body=f"{BODY}\nรายการที่ {number}",
        published=date(2023, 6, number % 28 + 1),
        agency="กรมส่งเสริมการเกษตร" if number % 2 else "กระทรวงมหาดไทย",
        url=f"https://news.example/{number}",
    )
    return replace(article, **changes)  # type: ignore[arg-type]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(tmp_path / "library", create=True)
    yield opened
    opened.close()


def _counts(report: IngestReport) -> tuple[int, int, int, int]:
    return report.added, report.changed, report.unchanged, report.copies


def _tables(store: Store) -> dict[str, list[tuple[object, ...]]]:
    with sqlite3.connect(store.folder / "store.db") as db:
        names = [name for (name,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names if name[0] != "_"}


def test_an_article_comes_back_as_it_was_stored(store: Store) -> None:
    article = _article(1, publisher="เว็บ", category="เกษตร", source_file="news.jsonl")
    add(store, [article])
    stored = store.article(article.id)
    assert stored is not None
    assert (stored.article, stored.id, stored.event_date) == (article, article.id, date(2023, 6, 9))
    assert store.articles([stored.number, 99]) == {stored.number: stored}
    assert store.by_url("https://news.example/1") == stored
    assert store.article("0" * 16) is None


def test_the_same_item_twice_changes_nothing(store: Store) -> None:
    articles = [_article(number) for number in range(5)]
    assert _counts(add(store, articles)) == (5, 0, 0, 0)
    before = _tables(store)
    assert _counts(add(store, articles)) == (0, 0, 5, 0)
    assert _counts(add(store, articles[2:3] * 3)) == (0, 0, 3, 0)
    assert _tables(store) == before


def test_what_is_exported_and_read_again_changes_nothing(store: Store) -> None:
    add(store, [_article(number, agency=None) for number in range(5)])
    assert _counts(add(store, list(store.export()))) == (0, 0, 5, 0)


def test_a_changed_item_replaces_its_older_self(store: Store) -> None:
    add(store, [_article(1), _article(2)])
    old = store.article(_article(1).id)
    assert old is not None
    passages = range(old.first_passage, old.first_passage + old.passages)
    newer = _article(1, body="ประกาศเลื่อนงานออกไปไม่มีกำหนด")
    assert _counts(add(store, [newer])) == (0, 1, 0, 0)
    stored = store.article(newer.id)
    assert stored is not None
    assert (stored.number, stored.article.body) == (old.number, newer.body)
    assert store.passages(passages) == {}
    assert store.facts([old.number]) == {}
    assert store.removed_passages() == list(passages)
    assert stored.first_passage > max(passages)
    assert store.counts()[0] == 2
    assert store.check() == []


def test_an_item_that_changes_twice_in_one_batch_is_stored_once(store: Store) -> None:
    versions = [_article(1, body=f"ฉบับที่ {number} ของประกาศ") for number in range(3)]
    assert _counts(add(store, versions)) == (1, 2, 0, 0)
    stored = store.article(versions[0].id)
    assert stored is not None
    assert stored.article == versions[2]
    assert store.check() == []


def test_word_for_word_copies_are_stored_once_with_both_addresses(store: Store) -> None:
    copy = _article(1, title="ข่าวที่ 1 จากอีกเว็บ", url="https://other.example/1", source_file="other.txt")
    assert _counts(add(store, [_article(1, source_file="one.txt"), copy, _article(2)])) == (2, 0, 0, 1)
    original = store.article(_article(1).id)
    assert original is not None
    assert store.article(copy.id) == original
    assert store.by_url("https://other.example/1") == original
    assert store.addresses(original.number) == [
        ("https://news.example/1", "one.txt"),
        ("https://other.example/1", "other.txt"),
    ]
    assert _counts(add(store, [copy])) == (0, 0, 1, 0)
    assert [article.url for article in store.export()] == [
        "https://news.example/1", "https://other.example/1", "https://news.example/2",
    ]  # fmt: skip


def test_short_texts_that_are_alike_are_no_copies(store: Store) -> None:
    items = [_article(number, body="รายละเอียดตามเอกสารแนบ") for number in range(2)]
    assert _counts(add(store, items)) == (2, 0, 0, 0)


def test_a_copy_that_changes_becomes_an_article_of_its_own(store: Store) -> None:
    copy = _article(1, url="https://other.example/1")
    add(store, [_article(1), copy])
    changed = replace(copy, body=f"{copy.body} แก้ไขแล้ว")
    assert _counts(add(store, [changed])) == (1, 0, 0, 0)
    first, second = store.article(_article(1).id), store.article(copy.id)
    assert first is not None
    assert second is not None
    assert (first.article, second.article) == (_article(1), changed)
    assert len(store.addresses(first.number)) == 1


def test_a_copys_text_stays_when_the_original_changes(store: Store) -> None:
    copy = _article(1, url="https://other.example/1")
    add(store, [_article(1), copy])
    changed = _article(1, body="ข้อความใหม่ทั้งหมด")
    assert _counts(add(store, [changed])) == (0, 1, 0, 0)
    first, second = store.article(changed.id), store.article(copy.id)
    assert first is not None
    assert second is not None
    assert (first.article, second.article) == (changed, copy)
    assert _counts(add(store, [copy, changed])) == (0, 0, 2, 0)
    assert store.check() == []


def test_passages_cover_title_and_body_with_their_terms(store: Store) -> None:
    add(store, [_article(1), _article(2)])
    stored = store.article(_article(2).id)
    assert stored is not None
    numbers = range(stored.first_passage, stored.first_passage + stored.passages)
    passages = store.passages(numbers)
    assert [passages[number].position for number in numbers] == list(range(stored.passages))
    documents = dict(store.documents())
    assert list(documents) == list(range(1, store.last_passage() + 1))
    for number in numbers:
        passage = passages[number]
        text = stored.article.body[passage.start : passage.end] if passage.position else stored.article.title
        words = store.words(documents[number].tolist())
        assert [words[term] for term in documents[number].tolist()] == terms(text)


def test_the_vocabulary_is_dense_and_found_both_ways(store: Store) -> None:
    add(store, [_article(number) for number in range(3)])
    words = store.vocabulary()
    assert store.vocabulary_size() == len(words) == len(set(words))
    assert store.term_ids(["ผู้ว่าราชการ", "เกษตรกร", "ไม่มีคำนี้"]) == {
        word: words.index(word) for word in ("ผู้ว่าราชการ", "เกษตรกร") if word in words
    }


def test_the_passage_table_lists_every_passage(store: Store) -> None:
    add(store, [_article(number) for number in range(3)])
    table = store.passage_table()
    assert table.shape == (store.counts()[1], 5)
    assert np.array_equal(table[:, 0], np.arange(1, len(table) + 1))
    assert np.array_equal(store.passage_table(after=4), table[4:])


def test_facts_are_found_by_article_and_by_person(store: Store) -> None:
    add(store, [_article(1), _article(2, body="ไม่มีใครเป็นอะไร")])
    stored = store.article(_article(1).id)
    assert stored is not None
    facts = store.facts([stored.number])[stored.number]
    assert {found.fact.person for found in facts} == {"สมมุติ ใจทดลอง"}
    passages = store.passages({found.passage for found in facts})
    for found in facts:
        assert passages[found.passage].start <= found.fact.start < passages[found.passage].end
    assert store.facts_of(["สมมุติ ใจทดลอง"]) == facts
    assert store.people() == [("สมมุติ ใจทดลอง", len(facts))]


def test_the_latest_come_first_page_by_page(store: Store) -> None:
    add(store, [_article(number) for number in range(20)])
    newest = [stored.article.published for stored in store.latest(limit=20)]
    assert newest == sorted(newest, key=str, reverse=True)
    page = store.latest(limit=5, offset=5)
    assert [stored.article.published for stored in page] == newest[5:10]
    of_agency = store.latest(["กระทรวงมหาดไทย"], limit=3)
    assert [stored.article.title for stored in of_agency] == ["ข่าวที่ 18", "ข่าวที่ 16", "ข่าวที่ 14"]
    period = store.latest(since=date(2023, 6, 3), until=date(2023, 6, 4), limit=9)
    assert [stored.article.title for stored in period] == ["ข่าวที่ 3", "ข่าวที่ 2"]


def test_agencies_are_counted(store: Store) -> None:
    add(store, [_article(number) for number in range(5)])
    assert store.agencies() == [("กระทรวงมหาดไทย", 3), ("กรมส่งเสริมการเกษตร", 2)]
    assert store.period() == (date(2023, 6, 1), date(2023, 6, 5))


def test_followers_get_what_was_added_since(store: Store) -> None:
    add(store, [_article(1), _article(2)])
    (marker, _), *_ = reversed(store.since(0, limit=10))
    assert store.since(marker, limit=10) == []
    add(store, [_article(1, title="แก้คำผิด"), _article(3), _article(4)])
    assert [id_ for _, id_ in store.since(marker, limit=10)] == [_article(3).id, _article(4).id]
    assert len(store.since(0, limit=3)) == 3


def test_an_empty_store_answers_everything(store: Store) -> None:
    assert store.counts() == (0, 0, 0)
    assert store.period() == (None, None)
    assert (store.latest(limit=5), store.agencies(), store.people(), store.vocabulary()) == ([], [], [], [])
    assert (store.last_passage(), store.vocabulary_size(), list(store.documents())) == (0, 0, [])
    assert len(store.passage_table()) == 0
    assert store.check() == []


def test_there_must_be_a_library_to_open(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="There is no library"):
        Store.open(tmp_path / "nothing")
    assert not (tmp_path / "nothing").exists()


def test_a_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "store.db").write_bytes(b"not a database at all" * 100)
    with pytest.raises(StoreError, match="cannot be read"):
        Store.open(tmp_path)


def test_damage_is_found(store: Store) -> None:
    add(store, [_article(number) for number in range(3)])
    with sqlite3.connect(store.folder / "store.db") as db:
        db.execute("DELETE FROM passages WHERE number = 2")
        db.execute("DELETE FROM articles WHERE number = 3")
    problems = " ".join(store.check())
    assert "1 articles without all of their passages" in problems
    assert "passages without an article" in problems


def test_only_one_writes_at_a_time(store: Store) -> None:
    with store.writing():
        code = f"""
from pathlib import Path
from retrieval.store import Store
with Store.open(Path({str(store.folder)!r})).writing():
    pass
"""
        other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "Another program is writing" in other.stderr
    assert _counts(add(store, [_article(1)])) == (1, 0, 0, 0)


def test_every_thread_reads_while_another_writes(store: Store) -> None:
    add(store, [_article(0)])
    seen: list[int] = []
    failed: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(50):
                seen.append(store.counts()[0])
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(1, 10):
        add(store, [_article(number)])
    for thread in threads:
        thread.join()
    assert not failed
    assert set(seen) <= set(range(1, 11))
    assert store.counts()[0] == 10
    store.close()


def test_a_batch_is_stored_whole_or_not_at_all(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, [_article(0)])
    before = _tables(store)
    batch = Analyst().articles([_article(1), _article(2)])
    batch.articles[1] = batch.articles[1]._replace(facts=[(0, "no fact")])  # type: ignore[list-item]
    with store.writing() as writer, pytest.raises(sqlite3.Error):
        writer.add(batch)
    assert _tables(store) == before


def test_a_newer_analysis_does_older_articles_again(store: Store) -> None:
    add(store, [_article(1)])
    with store.writing() as writer:
        writer.begin(99)
        batch = Analyst().articles([_article(1)])
        batch.version = 99
        assert writer.add(batch).changed == 1
    assert store.counts()[0] == 1
    assert store.check() == []


def test_a_library_on_a_read_only_disk_is_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    add(store, [_article(1)])
    store.close()
    connect = sqlite3.connect

    def refuse(database: str, **options: object) -> sqlite3.Connection:
        if "mode=ro" in str(database):
            raise sqlite3.OperationalError("unable to open database file")
        return connect(database, **options)  # type: ignore[call-overload,no-any-return]

    monkeypatch.setattr(sqlite3, "connect", refuse)
    reopened = Store.open(store.folder)
    assert reopened.counts()[0] == 1
    reopened.close()
