"""What an ingest costs beside segmenting the same text alone, what a second run costs, and how much memory it takes.

    python -m benchmarks.ingest PATH [--workers N] [--rounds N]

Each part runs in a process of its own, with the same number of worker processes; with several rounds the parts take
turns, and the sums are compared, as a shared machine is now faster and now slower.  The CPU time of all processes is
what can be compared where the machine has other work to do; on an idle machine so can the wall-clock time.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from retrieval import Article
from retrieval.ingestion.pipeline import BATCH_BYTES, ingest
from retrieval.sources import File, Piece, find, read
from retrieval.store import Store

PARTS = ("tokenize", "ingest", "again")
TITLES = {
    "tokenize": "word_tokenize (nlpo3) alone",
    "ingest": "ingest",
    "again": "ingest again",
}


def _texts(source: str) -> Iterator[str]:
    for file in find(source):
        for piece in file.pieces() if isinstance(file, File) else ():
            for article in read(piece) if isinstance(piece, Piece) else ():
                if isinstance(article, Article):
                    yield f"{article.title}\n{article.body}"


def _tokenize(texts: list[str]) -> int:
    from pythainlp.tokenize import word_tokenize

    return sum(len(word_tokenize(text, engine="nlpo3")) for text in texts)


def _segment(source: str, workers: int) -> None:
    """Segment what the source holds; reading it first is not timed."""
    batches: list[list[str]] = [[]]
    size = 0
    for text in _texts(source):
        batches[-1].append(text)
        size += 3 * len(text)
        if size >= BATCH_BYTES:
            batches.append([])
            size = 0
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_tokenize, [["ทดสอบ"]] * workers))
        started, before = time.perf_counter(), time.process_time()
        words = sum(pool.map(_tokenize, batches))
        seconds, own = time.perf_counter() - started, time.process_time() - before
    print(json.dumps({"wall": seconds, "own": own, "words": words}))


def _ingest(source: str, workers: int, library: Path) -> None:
    store = Store.open(library, create=True)
    started = time.perf_counter()
    report = ingest(store, [source], workers=workers)
    seconds = time.perf_counter() - started
    articles, passages, _ = store.counts()
    store.close()
    print(json.dumps({"wall": seconds, "read": report.read, "articles": articles, "passages": passages}))


def _part(part: str, source: str, workers: int, library: Path) -> None:
    """One part, in this process; what it took goes to standard output as JSON, one object a line."""
    if part == "tokenize":
        _segment(source, workers)
    else:
        _ingest(source, workers, library)
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    print(
        json.dumps({
            "parent": own.ru_utime + own.ru_stime,
            "workers": children.ru_utime + children.ru_stime,
            "memory": (own.ru_maxrss + workers * children.ru_maxrss) / 1024,
        })
    )  # fmt: skip


def _measure(part: str, arguments: argparse.Namespace, library: Path) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.ingest", arguments.source, "--part", part]
    command += ["--workers", str(arguments.workers), "--library", str(library)]
    output = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout
    found: dict[str, float] = {}
    for line in output.splitlines():
        found |= json.loads(line)
    # Reading the sources is no part of segmenting alone; starting the workers is part of everything.
    found["cpu"] = found["workers"] + found.get("own", found["parent"])
    return found


def main() -> None:
    """Run the parts and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", help="a file, folder or archive of news")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--library", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        _part(arguments.part, arguments.source, arguments.workers, arguments.library)
        return
    with tempfile.TemporaryDirectory() as folder:
        sums = dict.fromkeys(PARTS, (0.0, 0.0))
        print(f"{'':30}{'wall s':>9}{'CPU s':>9}{'MB':>8}{'wall ratio':>12}{'CPU ratio':>12}")
        for turn in range(arguments.rounds):
            library = Path(folder) / str(turn)
            for part in PARTS:
                found = _measure(part, arguments, library)
                sums[part] = (sums[part][0] + found["wall"], sums[part][1] + found["cpu"])
                wall, cpu = (own / base for own, base in zip(sums[part], sums[PARTS[0]], strict=True))
                figures = f"{found['wall']:9.1f}{found['cpu']:9.1f}{found['memory']:8.0f}{wall:12.2f}{cpu:12.2f}"
                print(f"{TITLES[part]:30}{figures}", flush=True)
        print(f"{found['articles']:.0f} articles, {found['passages']:.0f} passages")


if __name__ == "__main__":
    main()
