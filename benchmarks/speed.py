"""How fast the index is beside public engines, on the same passages and queries, and how it grows.

    python -m benchmarks.speed --library FOLDER [--queries FILE]       passages of a library made by `govnews ingest`
    python -m benchmarks.speed --tokens FILE.npz [--queries FILE]      arrays: tokens (term ids), lengths (of passages)
        [--engines govnews,bm25s,tantivy,fts5,rank-bm25] [--scales 0.1,1,10] [--plot FILE.svg] [--check PASSAGES]

FILE of queries has a question a line (with --library: text, cut into words; with --tokens: term ids); each query is 3
to 12 neighbouring words of a question.  Without it they are taken from random passages.  With a library and questions,
whole answers (Library.ask) are timed in the same run.  Every engine is built in a process of its own and searched in
others, one query at a time; with several rounds the engines take turns, and the median of the rounds is told.
Wall-clock time is what a person waits for; CPU time is what can be compared on a machine that has other work to do.
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.engines import ENGINES, K1, B, Corpus
from benchmarks.plot import growth_plot

LIMIT = 10
Row = dict[str, Any]


def main() -> None:
    options = _options()
    corpus, questions = _corpus(options)
    queries = _queries(questions, options.count)
    print(
        f"{len(corpus.lengths):,} passages of {corpus.lengths.mean():.0f} terms; {len(queries)} queries of "
        f"{np.mean([len(query) for query in queries]):.1f} words; the best {LIMIT}"
    )
    if options.check:
        _check(corpus.first(options.check), queries[:100])
    rows: list[Row] = []
    asked: list[Row] = []
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        for scale in options.scales:
            part = corpus if scale == 1 else corpus.scaled(scale)
            built = [_built(Path(folder), name, scale, part, queries) for name in options.engines]
            for _ in range(options.rounds):
                # In turns, as a shared machine is now faster and now slower.
                for row in built:
                    row["runs"].append(_run("search", row["engine"], row["work"]))
                if scale == 1 and options.library and options.queries:
                    asked.append(_run("ask", options.library, options.queries))
            for row in built:
                _sum_up(row)
                print(_line(row, header=not rows), flush=True)
                rows.append(row)
    _ratios(rows)
    if asked:
        _whole_answers(asked, rows)
    if options.plot:
        options.plot.write_text(growth_plot(rows), encoding="utf-8")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("--library", type=Path)
    source.add_argument("--tokens", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--count", type=int, default=1000, help="number of queries")
    parser.add_argument("--engines", type=lambda text: text.split(","), default=list(ENGINES))
    parser.add_argument("--scales", type=lambda text: [float(part) for part in text.split(",")], default=[1.0])
    parser.add_argument("--rounds", type=int, default=3, help="how often each engine is searched, in turns")
    parser.add_argument("--plot", type=Path, help="write the growth over the scales as an SVG picture")
    parser.add_argument("--check", type=int, help="first compare scores with rank-bm25 on so many passages")
    parser.add_argument("--folder", type=Path, help="where the engines build (removed afterwards)")
    options = parser.parse_args()
    unknown = set(options.engines) - set(ENGINES)
    if unknown:
        parser.error(f"There is no engine called {', '.join(unknown)}; there are {', '.join(ENGINES)}.")
    return options


def _corpus(options: argparse.Namespace) -> tuple[Corpus, list[list[int]]]:
    """The passages, and the questions as term ids: those of the file, or else random passages."""
    lines = options.queries.read_text(encoding="utf-8").splitlines() if options.queries else []
    if options.tokens:
        arrays = np.load(options.tokens)
        corpus = Corpus(arrays["tokens"], arrays["lengths"])
        questions = [[int(word) for word in line.split()] for line in lines]
    else:
        from retrieval.store import Store
        from retrieval.thai.segment import terms

        with contextlib.closing(Store.open(options.library)) as store:
            texts = [text for _, text in store.documents()]
            corpus = Corpus(np.concatenate(texts), np.array([len(text) for text in texts]))
            words = [terms(line) for line in lines]
            ids = store.term_ids({word for line in words for word in line})
            questions = [[ids[word] for word in line if word in ids] for line in words]
    if not questions:
        chosen = set(np.random.default_rng(1).choice(len(corpus.lengths), size=options.count).tolist())
        questions = [text.tolist() for number, text in enumerate(corpus) if number in chosen]
    return corpus, questions


def _queries(questions: Sequence[list[int]], count: int) -> list[list[int]]:
    random = np.random.default_rng(2)
    long_enough = [question for question in questions if len(question) >= 3]
    if not long_enough:
        sys.exit("There is no question of three words that the passages know.")
    queries = []
    for _ in range(count):
        question = long_enough[random.integers(len(long_enough))]
        size = min(int(random.integers(3, 13)), len(question))
        start = int(random.integers(len(question) - size + 1))
        queries.append(question[start : start + size])
    return queries


def _run(step: str, *arguments: object) -> Row:
    """A step in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.speed", "--step", step, *map(str, arguments)]
    result = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: Row = json.loads(result.stdout.splitlines()[-1])
    return found


def _built(folder: Path, name: str, scale: float, corpus: Corpus, queries: list[list[int]]) -> Row:
    """Build an engine; ``runs`` of searching it are still to come."""
    engine = ENGINES[name]
    part = corpus.first(engine.most) if engine.most else corpus
    work = folder / f"{name}-{scale}"
    (work / "index").mkdir(parents=True)
    np.savez(work / "corpus.npz", tokens=part.tokens, lengths=part.lengths)
    asked = queries[: max(20, round(len(queries) * engine.queries))]
    (work / "queries.json").write_text(json.dumps(asked))
    row: Row = {"engine": name, "scale": scale, "passages": len(part.lengths), "queries": len(asked)}
    row |= _run("build", name, work)
    (work / "corpus.npz").unlink()
    return row | {"work": work, "runs": []}


def _sum_up(row: Row) -> None:
    """Make the median of what was measured in each run, and remove what was built."""
    runs, work = row.pop("runs"), row.pop("work")
    firsts = [run["first"] for run in runs]
    if max(firsts) < 1:
        # One first query is soon disturbed by something else; engines that compile for seconds are not asked again.
        firsts += [_run("first", row["engine"], work)["first"] for _ in range(4)]
    row |= {name: float(np.median([run[name] for run in runs])) for name in runs[0]}
    row["first"] = float(np.median(firsts))
    row["size"] = sum(path.stat().st_size for path in (work / "index").rglob("*") if path.is_file())
    shutil.rmtree(work)


def _build(name: str, work: Path) -> Row:
    arrays = np.load(work / "corpus.npz")
    corpus = Corpus(arrays["tokens"], arrays["lengths"])
    started = time.perf_counter()
    ENGINES[name].build(work / "index", corpus)
    return {"build": time.perf_counter() - started}


def _search(name: str, work: Path, *, only_first: bool = False) -> Row:
    queries = json.loads((work / "queries.json").read_text())
    for module in ENGINES[name].modules:
        importlib.import_module(module)
    started = time.perf_counter()
    search = ENGINES[name].open(work / "index", LIMIT)
    opened = time.perf_counter()
    search(queries[0])
    first = time.perf_counter()
    if only_first:
        return {"first": first - opened}
    for query in queries[:20]:
        search(query)
    wall, cpu = [], []
    for query in queries:
        before, own = time.perf_counter(), time.process_time()
        search(query)
        cpu.append(time.process_time() - own)
        wall.append(time.perf_counter() - before)
    return {
        "open": opened - started,
        "first": first - opened,
        "median": float(np.median(wall)),
        "p95": float(np.percentile(wall, 95)),
        "cpu": float(np.median(cpu)),
        "memory": _private_memory(),
    }


def _private_memory() -> int:
    """Bytes that are this process's own, mapped files left out; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith("Anonymous:"))


def _line(row: Row, *, header: bool) -> str:
    titles = (
        f"{'engine':10} {'scale':>5} {'passages':>10} {'median':>9} {'p95':>9} {'CPU':>9} {'first':>9} {'open':>9} "
        f"{'build':>8} {'size':>8} {'B/passage':>9} {'private':>8}\n"
    )
    times = " ".join(f"{1000 * row[key]:7.2f}ms" for key in ("median", "p95", "cpu", "first", "open"))
    return (titles if header else "") + (
        f"{row['engine']:10} {row['scale']:5g} {row['passages']:10,} {times} {row['build']:7.1f}s "
        f"{row['size'] / 1e6:6.0f}MB {row['size'] / row['passages']:9.0f} {row['memory'] / 1e6:6.0f}MB"
    )


def _ratios(rows: Sequence[Row]) -> None:
    """What the figures come to, as ratios taken in this run."""
    ours = {row["scale"]: row for row in rows if row["engine"] == "govnews"}
    for row in rows:
        own = ours.get(row["scale"])
        if own and row is not own and row["passages"] == own["passages"]:
            print(
                f"govnews takes {own['median'] / row['median']:.2f} of the time of {row['engine']}"
                f" ({own['cpu'] / row['cpu']:.2f} of its CPU time)"
            )
    for scale, own in ours.items():
        print(f"scale {scale:g}: the first query takes {own['first'] / own['median']:.1f} times the median")
        if scale != 1 and 1 in ours:
            print(f"scale {scale:g}: a query takes {own['median'] / ours[1]['median']:.2f} times that of scale 1")
    for row in rows:
        if row["engine"] == "rank-bm25":
            print(
                f"rank-bm25 ran on {row['passages']:,} passages and {row['queries']} queries only; its time is linear"
            )


def _whole_answers(runs: Sequence[Row], rows: Sequence[Row]) -> None:
    """Print how long Library.ask takes from a question's text to its answer, beside the queries of the engines."""
    found = {name: float(np.median([run[name] for run in runs])) for name in runs[0]}
    print(
        f"Library.ask: {found['questions']:.0f} questions, median {1000 * found['median']:.2f}ms,"
        f" p95 {1000 * found['p95']:.2f}ms, CPU {1000 * found['cpu']:.2f}ms, {found['rate']:.0f} a second"
    )
    for row in rows:
        if row["scale"] == 1:
            print(
                f"Library.ask takes {found['median'] / row['median']:.1f} times a query of {row['engine']}"
                f" ({found['cpu'] / row['cpu']:.1f} of its CPU time)"
            )


def _ask(folder: Path, questions: Sequence[str]) -> Row:
    """Half of the questions only warm the library up, as a bot that runs is warm; the others are timed, each once."""
    from retrieval import Library

    wall, cpu = [], []
    with Library.open(folder) as library:
        half = len(questions) // 2
        for number, question in enumerate(questions):
            before, own = time.perf_counter(), time.process_time()
            library.ask(question)
            if number >= half:
                cpu.append(time.process_time() - own)
                wall.append(time.perf_counter() - before)
    return {
        "questions": len(wall),
        "median": float(np.median(wall)),
        "p95": float(np.percentile(wall, 95)),
        "cpu": float(np.median(cpu)),
        "rate": len(wall) / sum(wall),
    }


def _check(corpus: Corpus, queries: Sequence[list[int]]) -> None:
    """Compare the best ten and their scores with rank-bm25's own."""
    from rank_bm25 import BM25Okapi

    from retrieval.index import Index

    reference = BM25Okapi([terms.tolist() for terms in corpus], k1=K1, b=B)
    worst = 0.0
    with tempfile.TemporaryDirectory() as folder:
        index = Index.build(Path(folder), enumerate(corpus), k1=K1, b=B)
        for query in queries:
            expected = reference.get_scores(query)
            found, scores = index.search(query, limit=LIMIT)
            best = np.sort(expected)[::-1][: len(found)]
            worst = max(worst, float(np.abs(scores - best).max()), float(np.abs(scores - expected[found]).max()))
    print(f"worst difference from rank-bm25 on {len(corpus.lengths):,} passages, {len(queries)} queries: {worst:.1e}")


def _step(step: str, name: str, place: str) -> Row:
    """What is measured in a process of its own."""
    if step == "ask":
        return _ask(Path(name), Path(place).read_text(encoding="utf-8").splitlines())
    return _build(name, Path(place)) if step == "build" else _search(name, Path(place), only_first=step == "first")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--step"]:
        print(json.dumps(_step(*sys.argv[2:])))
    else:
        main()
