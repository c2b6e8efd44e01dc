"""From sources to the store: read, analyse on every core, write; a part at a time, and never half of one.

Reading and writing happen in this process, the analysis in worker processes (the segmenter holds Python's lock)
or, when there is little to do, here: starting workers takes longer than a few hundred articles.
"""

from __future__ import annotations

import gc
import hashlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from itertools import islice
from pathlib import PurePosixPath

from retrieval import sources as readers
from retrieval.ingestion.analysis import VERSION, Analyst
from retrieval.model import Article, IngestReport, Progress, Unread
from retrieval.sources import File, Piece
from retrieval.sources.archives import ENDINGS
from retrieval.store import Store, StoreError, Writer
from retrieval.store.batch import AnalysedBatch

BATCH_BYTES = 1 << 20
"""Bytes of news that are analysed and stored together."""
BATCH_PIECES = 2000
SMALL_JOB = 3 << 20
"""Sources of fewer bytes are analysed in this process."""
_WHOLE = 1 << 20
"""Files from this size on are recognised as a whole when they are read again."""
_TOGETHER = 500
_AHEAD = 2
"""Batches that wait for each worker, so that none is idle."""

Report = Callable[[Progress], None]


@dataclass(slots=True)
class _Whole:
    """A large file: once it is read to its end it is known by its content."""

    digest: bytes
    place: str
    articles: int = 0
    unread: list[Unread] = field(default_factory=list)


@dataclass(slots=True)
class _Batch:
    """Pieces to be analysed together, all of the same ``whole`` if of any.

    ``sources`` are the digests and places of the pieces, ``repeats`` those of pieces that came a second time
    before the first was stored; ``position`` is how far the sources were read with this batch; ``last`` marks the end
    of the whole.
    """

    whole: _Whole | None = None
    pieces: list[Piece] = field(default_factory=list)
    sources: list[tuple[bytes, str]] = field(default_factory=list)
    repeats: list[tuple[bytes, str]] = field(default_factory=list)
    size: int = 0
    position: int = 0
    last: bool = False

    @property
    def full(self) -> bool:
        return self.size >= BATCH_BYTES or len(self.pieces) + len(self.repeats) >= BATCH_PIECES


class _Reading:
    """Walks the sources; passes over what the store knows and gathers the rest into batches."""

    def __init__(self, sources: Sequence[str], format: str, writer: Writer, report: IngestReport):
        found = [item for source in sources for item in readers.find(source)]
        self.files = [item for item in found if isinstance(item, File)]
        report.unread += [item for item in found if isinstance(item, Unread)]
        self.total = sum(file.size for file in self.files)
        self._format = format
        self._writer = writer
        self._report = report
        self._under_way: set[bytes] = set()

    def batches(self) -> Iterator[_Batch]:
        batch, before = _Batch(), 0
        for file in self.files:
            digest = self._whole_digest(file) if file.size >= _WHOLE else None
            if digest is None or not self.pass_over(digest, file.place, None):
                whole = _Whole(digest, file.place) if digest else None
                if whole:
                    yield batch
                    batch = _Batch(whole)
                for item in file.pieces():
                    self._take(item, batch, before)
                    if batch.full:
                        yield batch
                        batch = _Batch(whole)
                if whole:
                    batch.last = True
                    yield batch
                    batch = _Batch()
            before += file.size
            batch.position = before
        yield batch

    def _take(self, item: Piece | Unread, batch: _Batch, before: int) -> None:
        if isinstance(item, Unread):
            self._report.unread.append(item)
            if batch.whole:
                batch.whole.unread.append(item)
            return
        batch.position = before + item.position
        digest = self._of_format(item.digest)
        if digest in self._under_way:
            batch.repeats.append((digest, item.place))
        elif not self.pass_over(digest, item.place, batch.whole):
            self._under_way.add(digest)
            batch.pieces.append(item)
            batch.sources.append((digest, item.place))
            batch.size += len(item.data)

    def _whole_digest(self, file: File) -> bytes | None:
        try:
            return self._of_format(file.digest())
        except OSError:
            return None

    def _of_format(self, digest: bytes) -> bytes:
        """The same content read as another format is another source."""
        if self._format == "auto":
            return digest
        return hashlib.blake2b(digest + self._format.encode(), digest_size=16).digest()

    def stored(self, batch: _Batch) -> None:
        """Count what came twice, now that the first of each is stored."""
        self._under_way.difference_update(digest for digest, _ in batch.sources)
        for digest, place in batch.repeats:
            self.pass_over(digest, place, batch.whole)

    def pass_over(self, digest: bytes, place: str, whole: _Whole | None) -> bool:
        """Whether the store has read this content before; then it is only counted."""
        known = self._writer.known_source(digest, place)
        if known is None:
            return False
        articles, unread = known
        self._report.read += articles
        self._report.unchanged += articles
        self._report.unread += unread
        if whole:
            whole.articles += articles
            whole.unread += unread
        return True


def ingest(
    store: Store,
    sources: Sequence[str],
    *,
    format: str = "auto",
    progress: Report | None = None,
    workers: int | None = None,
) -> IngestReport:
    """Read sources (paths of files, folders and archives, addresses) into the store.

    ``workers``: processes for the analysis, by default one a core, none for a small job; 0 for none.  Interrupted
    (KeyboardInterrupt), the report says so and the store holds whole batches; the next ingest goes on from there.
    StoreError while another program writes.
    """
    report = IngestReport()
    with store.writing() as writer:
        writer.begin(VERSION)
        try:
            reading = _Reading(sources, format, writer, report)
            if workers is None:
                workers = 0 if _work(reading.files) < SMALL_JOB else _cores()
            _run(reading, writer, report, format, progress, workers)
        except KeyboardInterrupt:
            report.interrupted = True
    return report


def add(store: Store, articles: Iterable[Article]) -> IngestReport:
    """Put articles that were already read into the store."""
    report, analyst = IngestReport(), Analyst()
    with store.writing() as writer:
        writer.begin(VERSION)
        waiting = iter(articles)
        while some := list(islice(waiting, _TOGETHER)):
            _write(analyst.articles(some), writer, report)
    return report


def _run(
    reading: _Reading, writer: Writer, report: IngestReport, format: str, progress: Report | None, workers: int
) -> None:
    def finish(batch: _Batch, analysed: AnalysedBatch) -> None:
        if batch.pieces:
            _write(analysed, writer, report, batch.sources)
        reading.stored(batch)
        if whole := batch.whole:
            whole.articles += sum(outcome.articles for outcome in analysed.outcomes)
            whole.unread += [unread for outcome in analysed.outcomes for unread in outcome.unread]
            if batch.last:
                writer.remember_source(whole.digest, whole.place, whole.articles, whole.unread)
        if progress:
            progress(Progress(min(batch.position, reading.total), reading.total, "bytes", report.read))

    if workers:
        _analyse_elsewhere(reading.batches(), format, workers, finish)
    else:
        analyst = Analyst()
        for batch in reading.batches():
            finish(batch, analyst.pieces(batch.pieces, format))


def _write(
    analysed: AnalysedBatch, writer: Writer, report: IngestReport, sources: Sequence[tuple[bytes, str]] = ()
) -> None:
    counts = writer.add(analysed, sources)
    report.read += len(analysed.articles)
    report.added += counts.added
    report.changed += counts.changed
    report.unchanged += counts.unchanged
    report.copies += counts.copies
    report.unread += [unread for outcome in analysed.outcomes for unread in outcome.unread]


def _analyse_elsewhere(
    batches: Iterator[_Batch], format: str, workers: int, finish: Callable[[_Batch, AnalysedBatch], None]
) -> None:
    """Analyse in worker processes, and finish the batches in their order."""
    # Started afresh: a forked process would inherit the threads' locks and the open database.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(workers, mp_context=context, initializer=_begin_worker)
    waiting: deque[tuple[_Batch, Future[AnalysedBatch] | None]] = deque()
    try:
        for batch in batches:
            waiting.append((batch, pool.submit(_analyse, batch.pieces, format) if batch.pieces else None))
            while len(waiting) > workers * _AHEAD:
                _finish_next(waiting, finish)
        while waiting:
            _finish_next(waiting, finish)
    except BrokenProcessPool as error:
        raise StoreError(
            "A process that analyses the news was ended from outside, perhaps for want of memory; everything up to"
            " there is stored, run the same ingest again to go on."
        ) from error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _finish_next(
    waiting: deque[tuple[_Batch, Future[AnalysedBatch] | None]], finish: Callable[[_Batch, AnalysedBatch], None]
) -> None:
    batch, future = waiting.popleft()
    finish(batch, future.result() if future else AnalysedBatch(0, VERSION))


_OBJECTS_BETWEEN_COLLECTIONS = 500_000
_analyst: Analyst | None = None


def _begin_worker() -> None:
    global _analyst
    # Ctrl-C reaches every process of a terminal; the one that reads and writes decides what becomes of it.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # When that process is killed outright, its workers would wait for work for ever.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _analyst = Analyst()
    # What an analysis makes holds no cycles; looking for them every few hundred objects costs some per cent.
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _analyse(pieces: list[Piece], format: str) -> AnalysedBatch:
    assert _analyst is not None
    return _analyst.pieces(pieces, format)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _work(files: Iterable[File]) -> int:
    """About how many bytes of text there are to read; packed text is five to ten times as much unpacked."""
    return sum(file.size * (8 if PurePosixPath(file.place).suffix in ENDINGS else 1) for file in files)
