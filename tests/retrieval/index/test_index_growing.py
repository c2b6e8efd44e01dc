"""The index grows, forgets and merges; killed or damaged, it is as before or says that it is unusable."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from retrieval.index import Index, IndexUnusable, IndexWriter
from retrieval.index.verify import worst_difference
from tests.retrieval.indexes import (
    CORPORA,
    QUERIES,
    Documents,
    agrees_with_rank_bm25,
    news_like,
    numbered,
    prune_eagerly,
)

DELETIONS = st.lists(st.integers(0, 60), max_size=8)


@settings(deadline=None, max_examples=25)
@given(rounds=st.lists(st.tuples(CORPORA, DELETIONS), min_size=1, max_size=5), query=QUERIES, merge=st.booleans())
def test_statistics_stay_exact_while_documents_come_and_go(
    rounds: list[tuple[Documents, list[int]]], query: list[int], merge: bool
) -> None:
    with TemporaryDirectory() as folder:
        held: dict[int, list[int]] = {}
        added = 0
        for documents, deletions in rounds:
            with IndexWriter(Path(folder)) as writer:
                writer.delete(deletions)
                writer.append(numbered(documents, first=added))
                writer.commit(marker=added)
                if merge:
                    writer.merge()
            held = {number: terms for number, terms in held.items() if number not in deletions}
            held |= {added + place: terms for place, terms in enumerate(documents)}
            added += len(documents)
        index = Index.open(Path(folder))
        assert index.numbers().tolist() == list(held)
        assert index.size == len(held)
        agrees_with_rank_bm25(index, held, query)
        assert worst_difference(index, 20) < 1e-4


def test_an_added_document_is_found_and_a_deleted_one_is_not(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered([[1, 2], [2, 3], [4], [5]]), marker=4)
    with IndexWriter(tmp_path) as writer:
        writer.delete([0])
        writer.append([(9, np.array([1, 6], dtype=np.uint32))])
        writer.commit(marker=9)
    index = Index.open(tmp_path)
    assert index.search([1], limit=5)[0].tolist() == [9]
    assert index.marker == 9
    with pytest.raises(KeyError):
        index.contributions([1], np.array([0]))


def test_a_deleted_number_can_be_used_again(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered([[1], [2], [3]]))
    for terms in ([7], [8]):
        with IndexWriter(tmp_path) as writer:
            writer.delete([1])
            writer.append([(1, np.array(terms, dtype=np.uint32))])
            writer.commit()
    index = Index.open(tmp_path)
    assert index.document(1).tolist() == [8]
    assert index.numbers().tolist() == [0, 1, 2]


def test_adding_to_a_large_index_writes_little(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered(news_like(4000, seed=1)))
    large = max(path.stat().st_size for path in tmp_path.iterdir())
    before = set(tmp_path.iterdir())
    with IndexWriter(tmp_path) as writer:
        writer.append(numbered([[1, 2, 3]], first=5000))
        writer.commit()
    written = sum(path.stat().st_size for path in set(tmp_path.iterdir()) - before)
    assert written < large / 20


def test_single_articles_do_not_pile_up_as_segments(tmp_path: Path) -> None:
    for number in range(20):
        with IndexWriter(tmp_path) as writer:
            writer.append(numbered([[number, 1]], first=number))
            writer.commit()
    index = Index.open(tmp_path)
    assert index.size == 20
    assert index.segments <= 8


def test_tidying_merges_only_what_is_worth_it(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered(news_like(2000, seed=1)))
    for first, count, segments in ((3000, 50, 2), (4000, 1000, 1)):
        with IndexWriter(tmp_path) as writer:
            writer.append(numbered(news_like(count, seed=first), first=first))
            writer.commit()
            writer.tidy()
            assert writer.segments == segments


def test_readers_go_on_while_the_index_is_merged_and_know_that_it_changed(tmp_path: Path) -> None:
    documents = news_like(300, seed=4)
    for first in (0, 100, 200):
        with IndexWriter(tmp_path) as writer:
            writer.append(numbered(documents[first : first + 100], first=first))
            writer.commit()
    index = Index.open(tmp_path)
    before = index.search(documents[0][:5], limit=10)
    assert index.is_current
    with IndexWriter(tmp_path) as writer:
        writer.delete(range(250, 300))
        writer.commit()
        writer.merge()
    assert not index.is_current
    assert [part.tolist() for part in index.search(documents[0][:5], limit=10)] == [part.tolist() for part in before]
    agrees_with_rank_bm25(Index.open(tmp_path), dict(enumerate(documents[:250])), documents[0][:5])


def test_what_was_not_committed_is_not_there(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered([[1]]))
    files = {path.name for path in tmp_path.iterdir()}
    with IndexWriter(tmp_path) as writer:
        writer.append(numbered([[2]], first=1))
        writer.delete([0])
    assert Index.open(tmp_path).numbers().tolist() == [0]
    assert {path.name for path in tmp_path.iterdir()} == files


def test_a_build_that_fails_leaves_the_index_that_was_there(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered([[1], [2]]))

    def broken() -> Iterator[tuple[int, NDArray[np.uint32]]]:
        yield from numbered([[3]])
        raise OSError("the store cannot be read")

    with pytest.raises(OSError, match="cannot be read"):
        Index.build(tmp_path, broken())
    assert Index.open(tmp_path).numbers().tolist() == [0, 1]


def test_results_stay_exact_when_documents_get_longer_over_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    prune_eagerly(monkeypatch)
    short, long = news_like(500, seed=1), [2 * document for document in news_like(500, seed=2)]
    with IndexWriter(tmp_path) as writer:
        for first, documents in ((0, short), (500, long)):
            writer.append(numbered(documents, first=first))
            writer.commit()
        assert writer.segments == 2
    index = Index.open(tmp_path)
    for document in (short + long)[::25]:
        agrees_with_rank_bm25(index, dict(enumerate(short + long)), document[:6])


_ENDLESS_WRITER = """
import sys
from pathlib import Path
import numpy as np
from retrieval.index import IndexWriter
number = 0
while True:
    with IndexWriter(Path(sys.argv[1])) as writer:
        if number:
            writer.delete([number - 1])
        writer.append([(number + n, np.arange(n + 1, dtype=np.uint32)) for n in range(3)])
        writer.commit(marker=number)
        writer.merge()
    number += 3
    print(number, flush=True)
"""


@pytest.mark.parametrize("commits", [1, 2, 5])
def test_a_killed_writer_leaves_the_last_commit(tmp_path: Path, commits: int) -> None:
    with subprocess.Popen([sys.executable, "-c", _ENDLESS_WRITER, str(tmp_path)], stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        for _ in range(commits):
            done = int(process.stdout.readline())
        process.send_signal(signal.SIGKILL)
    index = Index.open(tmp_path)
    last = index.marker + 3
    assert last >= done
    # The last of each three is deleted with the next three.
    assert index.numbers().tolist() == [number for number in range(last) if number % 3 != 2 or number == last - 1]
    assert worst_difference(index) < 1e-4
    with IndexWriter(tmp_path) as writer:
        writer.append(numbered([[1]], first=last))
        writer.commit()
    assert Index.open(tmp_path).size == index.size + 1
    assert not list(tmp_path.glob("*.new"))


def test_a_missing_index_is_named(tmp_path: Path) -> None:
    with pytest.raises(IndexUnusable, match="no search index"):
        Index.open(tmp_path / "nowhere")


def test_a_file_cut_short_anywhere_is_noticed(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered(news_like(50, seed=1)))
    for path in sorted(tmp_path.iterdir()):
        whole = path.read_bytes()
        for length in {0, 1, len(whole) // 2, len(whole) - 1}:
            path.write_bytes(whole[:length])
            with pytest.raises(IndexUnusable, match="again from the store"):
                Index.open(tmp_path)
        path.unlink()
        with pytest.raises(IndexUnusable):
            Index.open(tmp_path)
        path.write_bytes(whole)
    Index.open(tmp_path)


def test_an_index_of_another_version_is_refused_and_can_be_built_anew(tmp_path: Path) -> None:
    Index.build(tmp_path, numbered([[1]]))
    manifest = tmp_path / "index.json"
    manifest.write_text(manifest.read_text().replace('"version": ', '"version": 9'))
    with pytest.raises(IndexUnusable, match="format"):
        Index.open(tmp_path)
    assert Index.build(tmp_path, numbered([[1], [2]])).size == 2


def test_a_commit_that_cannot_be_written_leaves_the_index_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Index.build(tmp_path, [(1, np.array([0, 1], dtype=np.uint32))])

    def full_disk(*_: object) -> None:
        raise OSError("No space left on device")

    with IndexWriter(tmp_path) as writer:
        writer.append([(2, np.array([1, 2], dtype=np.uint32))])
        monkeypatch.setattr("retrieval.index.writer.write_manifest", full_disk)
        with pytest.raises(OSError, match="No space"):
            writer.commit()
    assert Index.open(tmp_path).numbers().tolist() == [1]


def test_a_writer_says_that_an_index_with_a_lost_file_is_unusable(tmp_path: Path) -> None:
    Index.build(tmp_path, [(1, np.array([0, 1], dtype=np.uint32))])
    next(tmp_path.glob("segment-*.bin")).unlink()
    with pytest.raises(IndexUnusable):
        IndexWriter(tmp_path)
