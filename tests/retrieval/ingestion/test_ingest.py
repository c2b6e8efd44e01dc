"""Ingesting: on one core or many, interrupted or not, the library that comes out is the same."""

from __future__ import annotations

import io
import json
import random
import signal
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest

import retrieval.ingestion.pipeline
from retrieval import IngestReport, Progress
from retrieval.ingestion.encoder import Encoder
from retrieval.ingestion.pipeline import ingest
from retrieval.store import Store

PLACES = ("นครนาคา", "บ้านทดลอง", "หนองตัวอย่าง", "ดงสมมุติ", "ทุ่งจำลอง")
EVENTS = ("เปิดศูนย์เรียนรู้ปลูกผัก", "มอบบ้านผู้มีรายได้น้อย", "ประชุมแก้ปัญหาภัยแล้ง", "ปล่อยพันธุ์ปลา", "เปิดงานมหกรรมสินค้าชุมชน")


def _item(number: int) -> str:
    """A corpus file of its own; every tenth is a copy, every fifteenth a newer version of an earlier one."""
    chance = random.Random(number)
    address = number - 7 if number % 15 == 14 else number
    text = number - 1 if number % 10 == 9 else number
    choice = random.Random(text)
    place, event = choice.choice(PLACES), choice.choice(EVENTS)
    figures = " ".join(str(choice.randrange(10_000)) for _ in range(12))
    return (
        f"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-ผู้ว่าฯ {place} {event} ครั้งที่ {text}\n\n\nวันศุกร์ที่ {chance.randrange(1, 29)} มิถุนายน 2566\n"
        f"นายสมมุติ ใจทดลอง ผู้ว่าราชการจังหวัด{place} เป็นประธาน{event} ครั้งที่ {text} ที่ศาลาประชาคม มีผู้มาร่วมงานจำนวนมาก\n"
        f"ตัวเลขของงานครั้งนี้คือ {figures} ซึ่งสูงกว่าปีก่อนทุกรายการ และจะรายงานต่อที่ประชุมประจำเดือนของจังหวัดในคราวต่อไป\n"
        f"ที่มา : https://www.thaigov.go.th/news/contents/details/{address}\n"
    )


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("corpus") / "news.tar.xz"
    with tarfile.open(path, "w:xz") as archive:
        for number in range(300):
            data = _item(number).encode() if number % 50 else b"\x00" * 100
            info = tarfile.TarInfo(f"2023/06/ด้านสังคม_{number}.txt")
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return path


@pytest.fixture(scope="module")
def undisturbed(corpus: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[Any, ...]]]:
    folder = tmp_path_factory.mktemp("undisturbed")
    _ingest(folder, corpus)
    return _tables(folder)


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retrieval.ingestion.pipeline, "BATCH_PIECES", 7)


def _ingest(folder: Path, *sources: Path, **options: Any) -> IngestReport:
    store = Store.open(folder, create=True)
    try:
        return ingest(store, [str(source) for source in sources], **options)
    finally:
        store.close()


def _tables(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Everything that is stored; only the times of the migrations differ between two libraries."""
    db = sqlite3.connect(folder / "store.db")
    names = [
        name
        for (name,) in db.execute(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'"
        )
    ]
    tables = {name: db.execute(f"SELECT * FROM {name} ORDER BY 1").fetchall() for name in names}
    db.close()
    return tables


def _check(folder: Path) -> list[str]:
    store = Store.open(folder)
    try:
        return store.check()
    finally:
        store.close()


def test_the_report_counts_what_happened(corpus: Path, tmp_path: Path) -> None:
    report = _ingest(tmp_path, corpus)
    assert report.read == 294
    assert (report.changed, report.copies) == (20, 20)
    assert report.read == report.added + report.changed + report.unchanged + report.copies
    assert [unread.place for unread in report.unread][:2] == [
        f"news.tar.xz/2023/06/ด้านสังคม_{number}.txt" for number in (0, 50)
    ]
    assert not report.interrupted


def test_reading_again_changes_nothing_and_says_the_same(
    corpus: Path, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    first = _ingest(tmp_path, corpus)
    again = _ingest(tmp_path, corpus)
    assert (again.read, again.unchanged, again.added, again.changed, again.copies) == (first.read, first.read, 0, 0, 0)
    assert again.unread == first.unread
    assert _tables(tmp_path) == undisturbed


def test_reading_again_does_not_analyse_again(corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _ingest(tmp_path, corpus)
    monkeypatch.setattr(Encoder, "encode", lambda _, texts: [pytest.fail(f"segmented again: {text}") for text in texts])
    assert _ingest(tmp_path, corpus).unchanged == 294


def test_an_unpacked_corpus_is_recognised_file_by_file(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _ingest(tmp_path / "library", corpus)
    with tarfile.open(corpus) as archive:
        # extractall's filter, which newer Pythons ask for, is unknown to Debian's 3.11.2.
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                unpacked = tmp_path / "news" / member.name
                unpacked.parent.mkdir(parents=True, exist_ok=True)
                unpacked.write_bytes(file.read())
    (tmp_path / "news" / "new.txt").write_text(_item(1000), encoding="utf-8")
    report = _ingest(tmp_path / "library", tmp_path / "news")
    assert (report.added, report.unchanged) == (1, 294)


def test_worker_processes_give_the_same_library(
    corpus: Path, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    assert _ingest(tmp_path, corpus, workers=2).read == 294
    assert _tables(tmp_path) == undisturbed


def test_ctrl_c_stops_at_a_whole_batch_and_the_next_run_goes_on(
    corpus: Path, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    def press(progress: Progress) -> None:
        if progress.articles > 100:
            raise KeyboardInterrupt

    report = _ingest(tmp_path, corpus, progress=press)
    assert report.interrupted
    assert 100 < report.read < 200
    assert _check(tmp_path) == []
    assert not _ingest(tmp_path, corpus).interrupted
    assert _tables(tmp_path) == undisturbed


_CHILD = """
import sys
from pathlib import Path
import retrieval.ingestion.pipeline
from retrieval.store import Store

if __name__ == "__main__":
    folder, source, workers = sys.argv[1:]
    retrieval.ingestion.pipeline.BATCH_PIECES = 7
    store = Store.open(Path(folder), create=True)
    tell = lambda progress: print(progress.articles, flush=True)
    retrieval.ingestion.pipeline.ingest(store, [source], progress=tell, workers=int(workers))
    store.close()
"""


def _run_until_killed(script: Path, folder: Path, source: Path, workers: int, *, reports: int) -> None:
    """Run an ingest in a process of its own and kill it after it has reported so many batches."""
    command = [sys.executable, str(script), str(folder), str(source), str(workers)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3], env=_path()
    ) as child:
        assert child.stdout is not None
        for _ in range(reports):
            if not child.stdout.readline():
                break
        child.send_signal(signal.SIGKILL)
        # Its workers write to the same pipe, which ends only when they have ended too.
        child.communicate(timeout=60)


def _path() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="this system cannot kill a process outright")
@pytest.mark.parametrize(("workers", "seed"), [(0, 1), (0, 2), (2, 3)])
def test_killed_at_any_moment_the_library_is_whole_and_ends_the_same(
    workers: int, seed: int, corpus: Path, tmp_path: Path, undisturbed: dict[str, list[tuple[Any, ...]]]
) -> None:
    script = tmp_path / "child.py"
    script.write_text(_CHILD, encoding="utf-8")
    folder = tmp_path / "library"
    chance = random.Random(seed)
    replaced_later = set(undisturbed["removed"])
    for _ in range(3):
        _run_until_killed(script, folder, corpus, workers, reports=chance.randrange(1, 14))
        assert _check(folder) == []
        stored = _tables(folder)
        assert all(row in undisturbed["passages"] or row[:1] in replaced_later for row in stored["passages"])
    report = _ingest(folder, corpus, workers=0)
    assert report.read == 294
    assert _tables(folder) == undisturbed


def test_progress_reaches_the_end(corpus: Path, tmp_path: Path) -> None:
    seen: list[Progress] = []
    _ingest(tmp_path, corpus, progress=seen.append)
    done = [progress.done for progress in seen]
    assert done == sorted(done)
    assert seen[-1].done == seen[-1].total == corpus.stat().st_size
    assert (seen[-1].articles, seen[-1].unit) == (294, "bytes")


def test_many_sources_are_read_in_turn(corpus: Path, tmp_path: Path) -> None:
    lines = tmp_path / "more.jsonl"
    lines.write_text(
        "".join(json.dumps({"title": f"ข่าว {n}", "body": f"เนื้อ {n}"}) + "\n" for n in range(5)), encoding="utf-8"
    )
    report = _ingest(tmp_path / "library", lines, corpus, tmp_path / "gone.txt")
    assert report.read == 299
    assert report.unread[0].place == str(tmp_path / "gone.txt")


def test_an_appended_file_costs_only_its_new_lines(tmp_path: Path) -> None:
    path = tmp_path / "news.jsonl"
    lines = [
        json.dumps({"title": f"ข่าว {n}", "body": f"เนื้อ {n} " * 150}, ensure_ascii=False) + "\n" for n in range(1500)
    ]
    path.write_text("".join(lines[:1400]), encoding="utf-8")
    assert _ingest(tmp_path / "library", path, workers=0).added == 1400
    path.write_text("".join(lines), encoding="utf-8")
    report = _ingest(tmp_path / "library", path, workers=0)
    assert (report.added, report.unchanged) == (100, 1400)


def test_a_dead_worker_is_told_and_nothing_is_half_stored(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import multiprocessing

    from retrieval.store import StoreError

    def kill(progress: Progress) -> None:
        for child in multiprocessing.active_children():
            child.kill()

    with pytest.raises(StoreError, match="ended from outside"):
        _ingest(tmp_path, corpus, workers=2, progress=kill)
    assert _check(tmp_path) == []


@pytest.mark.parametrize(
    "data", [b"", b"\x00" * 1000, b"{" * 1000, b"\xff" * 100], ids=["empty", "zeros", "json", "bytes"]
)
def test_hostile_files_are_named_and_the_good_one_is_stored(data: bytes, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    for number in range(3):
        (folder / f"{number}.txt").write_bytes(data)
    (folder / "good.txt").write_text(_item(1), encoding="utf-8")
    for report in (_ingest(tmp_path / "library", folder), _ingest(tmp_path / "library", folder)):
        assert report.read == 1
        places = {unread.place.partition(",")[0] for unread in report.unread}
        assert places == {f"news/{number}.txt" for number in range(3)}
    assert _check(tmp_path / "library") == []


def test_the_same_file_can_be_read_again_as_another_format(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(_item(1), encoding="utf-8")
    assert _ingest(tmp_path / "library", path, format="jsonl").unread
    assert _ingest(tmp_path / "library", path).added == 1


def test_a_failing_fact_finder_costs_no_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(retrieval.facts.extraction, "read", lambda article: 1 // 0)
    path = tmp_path / "news.txt"
    path.write_text(_item(1), encoding="utf-8")
    assert _ingest(tmp_path / "library", path).added == 1
    assert "stored without them" in caplog.text


def test_a_very_long_article_is_stored_in_bounded_pieces(tmp_path: Path) -> None:
    path = tmp_path / "news.txt"
    path.write_text(_item(1).replace("ตัวเลข", "ยาวมาก" * 50_000), encoding="utf-8")
    assert _ingest(tmp_path / "library", path).added == 1
    store = Store.open(tmp_path / "library")
    table = store.passage_table()
    assert len(table) > 200
    assert (table[:, 4] - table[:, 3]).max() <= 1000
    store.close()
