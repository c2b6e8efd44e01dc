"""Learns the models of ``data/models`` from questions that people wrote, and tells how good they are.

usage: python -m benchmarks.learn --library PATH QUESTIONS.jsonl ... [--also LIBRARY QUESTIONS]
                                   [--write] [--curve] [--cache FOLDER]

Everything is cross-validated by article: a question is judged by models that saw no question on its article.  Three
steps, each learned from what the one before it says of questions that it had not seen: articles are ordered by
LambdaMART, the spans of the best of them by another, and two logistic regressions tell how sure the best span is.
"""

from __future__ import annotations

import argparse
import csv
import itertools
import json
import pickle
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from benchmarks import gather as g
from benchmarks.learn_kinds import learn_kinds, unseen_kinds
from retrieval.ranking.competition import CONTENDER, compare
from retrieval.ranking.evidence import ARTICLE
from retrieval.ranking.ranker import READ
from retrieval.ranking.sureness import BIAS, QUESTIONS, SURE, sure_features
from retrieval.ranking.trees import of_nested

MODELS = Path(__file__).parents[1] / "data" / "models"
_COMMON = {"verbose": -1, "seed": 1, "num_threads": 2, "deterministic": True}
ARTICLES = {
    **_COMMON, "objective": "lambdarank", "learning_rate": 0.06, "num_leaves": 15, "min_data_in_leaf": 20,
    "feature_fraction": 0.6, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5, "label_gain": [0, 1, 4, 7],
}  # fmt: skip
SPANS = {
    **_COMMON, "objective": "lambdarank", "learning_rate": 0.05, "num_leaves": 15, "min_data_in_leaf": 30,
    "feature_fraction": 0.4, "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5,
    "label_gain": [0, 1, 3, 9, 12], "lambdarank_truncation_level": 10,
}  # fmt: skip
_SURENESS_C = 0.02
"""Inverse strength of regularisation; of 0.001 to 0.1 the least log loss by cross-validation."""
SMALL = 0.3
ROUNDS = {"articles": 150, "spans": 250}


def weight_of(record: g.Record) -> float:
    """What a question counts: of a small library's each teaches less, as few articles compete there."""
    return SMALL if record.small else 1.0


@dataclass(slots=True)
class Judged:
    """A record with what models that never saw it say."""

    record: g.Record
    scores: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    kept: NDArray[np.intp] = field(default_factory=lambda: np.zeros(0, dtype=np.intp))
    table: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0), dtype=np.float32))
    spans: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    sure: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    answerable: float = 0.0
    right: float = 0.0


def article_labels(record: g.Record) -> NDArray[np.intp]:
    """3 for the question's article, 2 for another of the same days that holds the answer, else 0."""
    return np.where(record.is_gold, 3, np.where(record.tells & record.same_day, 2, 0))


def span_labels(record: g.Record, kept: NDArray[np.intp]) -> NDArray[np.intp]:
    """4: right, of the right article; 3: right, of the same days; 1: right elsewhere, or wrong of the right article."""
    owners, right = record.owners[kept], record.right[kept]
    gold, day = record.is_gold[owners], record.same_day[owners]
    return np.where(right & gold, 4, np.where(right & day, 3, np.where(right | gold, 1, 0)))


def train_articles(records: Sequence[g.Record], rounds: int) -> lightgbm.Booster:
    data = lightgbm.Dataset(
        np.concatenate([r.articles for r in records]),
        np.concatenate([article_labels(r) for r in records]),
        group=[len(r.articles) for r in records],
        weight=np.concatenate([np.full(len(r.articles), weight_of(r)) for r in records]),
        feature_name=list(ARTICLE),
    )
    return lightgbm.train(ARTICLES, data, rounds)


def train_spans(judged: Sequence[Judged], rounds: int, names: Sequence[str] = CONTENDER) -> lightgbm.Booster:
    columns = [CONTENDER.index(name) for name in names]
    data = lightgbm.Dataset(
        np.concatenate([j.table[:, columns] for j in judged]),
        np.concatenate([span_labels(j.record, j.kept) for j in judged]),
        group=[len(j.table) for j in judged],
        weight=np.concatenate([np.full(len(j.table), weight_of(j.record)) for j in judged]),
        feature_name=list(names),
    )
    return lightgbm.train(SPANS, data, rounds)


class Sureness:
    """Logistic regression over standardised features; of an unknown one it counts that it is unknown."""

    def __init__(self, judged: Sequence[Judged], label: Callable[[Judged], bool]):
        table = np.stack([j.sure for j in judged])
        self.usual = np.nan_to_num(np.nanmean(table, axis=0))
        self.scale = np.nan_to_num(np.nanstd(table, axis=0)) + 1e-6
        self.model = LogisticRegression(C=_SURENESS_C, max_iter=3000)
        self.model.fit(self._known(table), [label(j) for j in judged])

    def _known(self, table: NDArray[np.float64]) -> NDArray[np.float64]:
        missing = np.isnan(table)
        return np.hstack((np.where(missing, 0.0, (table - self.usual) / self.scale), missing))

    def __call__(self, features: NDArray[np.float64]) -> float:
        return float(self.model.predict_proba(self._known(features[np.newaxis]))[0, 1])

    def columns(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Weights of the unscaled features with the bias last, and of those that are unknown."""
        known, unknown = np.split(self.model.coef_[0], 2)
        return np.append(known / self.scale, self.model.intercept_[0]), np.append(unknown, 0.0)


def write_sureness(judged: Sequence[Judged]) -> None:
    """Write both models of sureness as one table."""
    models = {"answerable": Sureness(judged, _is_answerable), "right": Sureness(judged, _is_right)}
    usual = np.append(models["answerable"].usual, 0.0)
    columns = [column for name in QUESTIONS for column in models[name].columns()]
    with (MODELS / "sureness.csv").open("w", encoding="utf-8", newline="") as file:
        file.write(
            "# How sure the best span is: weights of two logistic regressions; written by benchmarks/learn.py.\n"
        )
        file.write("# Read by retrieval/ranking/sureness.py.\n")
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["feature", "usual", *(f"{name}{end}" for name in QUESTIONS for end in ("", "_unknown"))])
        for place, name in enumerate((*SURE, BIAS)):
            rows.writerow([name, f"{usual[place]:.5g}", *(f"{column[place]:.5g}" for column in columns)])


def build(judged: Judged) -> None:
    """Let the contenders of the best articles compete, by the scores of a model that never saw the question."""
    record = judged.record
    best = np.argsort(-judged.scores, kind="stable")[:READ]
    judged.kept = np.flatnonzero(np.isin(record.owners, best))
    judged.table = compare(g.part_of(record, judged.kept), record.articles.astype(np.float64), judged.scores).astype(
        np.float32
    )


def can_teach_articles(record: g.Record) -> bool:
    return record.answerable and bool(article_labels(record).any())


def can_teach_spans(judged: Judged) -> bool:
    return judged.record.answerable and bool((span_labels(judged.record, judged.kept) >= 3).any())


def cross_validate(records: Sequence[g.Record], names: Sequence[str] = CONTENDER) -> list[Judged]:
    """Every record judged by models that saw nothing on its article."""
    judged = [Judged(r) for r in records]
    for fold in range(g.FOLDS):
        model = train_articles([r for r in records if r.fold != fold and can_teach_articles(r)], ROUNDS["articles"])
        for j in judged:
            if j.record.fold == fold:
                j.scores = np.asarray(model.predict(j.record.articles))
    for j in judged:
        build(j)
    columns = [CONTENDER.index(name) for name in names]
    for fold in range(g.FOLDS):
        teachers = [j for j in judged if j.record.fold != fold and can_teach_spans(j)]
        model = train_spans(teachers, ROUNDS["spans"], names)
        for j in judged:
            if j.record.fold == fold:
                j.spans = np.asarray(model.predict(j.table[:, columns]))
                j.sure = _sure(j)
    for fold in range(g.FOLDS):
        others = [j for j in judged if j.record.fold != fold]
        answerable, right = Sureness(others, _is_answerable), Sureness(others, _is_right)
        for j in judged:
            if j.record.fold == fold:
                j.answerable, j.right = answerable(j.sure), right(j.sure)
    return judged


def _sure(judged: Judged) -> NDArray[np.float64]:
    answers = [judged.record.answers[place] for place in judged.kept.tolist()]
    return sure_features(judged.table, judged.spans, answers, judged.record.owners[judged.kept])


def _is_answerable(judged: Judged) -> bool:
    return judged.record.answerable


def _is_right(judged: Judged) -> bool:
    return judged.record.answerable and bool(judged.record.right[judged.kept[int(np.argmax(judged.spans))]])


def figures(judged: Sequence[Judged], nothing: Sequence[dict[str, Any]]) -> dict[str, Counter[str]]:
    """Counts by kind and of all, silence aside; ``nothing`` are the questions for which nothing was proposed."""
    told: dict[str, Counter[str]] = defaultdict(Counter)
    for question in nothing:
        if question["url"]:
            for name in ("all", question["type"]):
                told[name]["questions"] += 1
    for j in judged:
        if not j.record.answerable:
            continue
        order = np.argsort(-j.spans, kind="stable")
        owners = j.record.owners[j.kept][order]
        _, firsts = np.unique(owners, return_index=True)
        five = order[np.sort(firsts)[:5]]
        best, places = j.kept[order[0]], j.kept[five]
        values = {
            "questions": True,
            "answer@1": j.record.right[best],
            "reply@1": j.record.shown[best],
            "reply@5": j.record.shown[places].any(),
            "article@1": j.record.is_gold[j.record.owners[best]],
            "article@5": j.record.is_gold[j.record.owners[places]].any(),
            "of 40": j.record.is_gold.any(),
        }
        for name in ("all", j.record.question["type"]):
            told[name].update({key: int(bool(value)) for key, value in values.items()})
    return told


def show(told: dict[str, Counter[str]]) -> None:
    for name in sorted(told):
        counts = told[name]
        whole = counts["questions"]
        shares = "  ".join(f"{key} {value / whole:.3f}" for key, value in counts.items() if key != "questions")
        print(f"{name:8} {whole:5}  {shares}", flush=True)


def show_silence(judged: Sequence[Judged]) -> None:
    """What a threshold of answerability costs: silence where nothing answers, and where something does."""
    yes = np.array([j.answerable for j in judged if j.record.answerable])
    no = np.array([j.answerable for j in judged if not j.record.answerable])
    right = np.array([_is_right(j) for j in judged if j.record.answerable])
    for enough in (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85):
        print(
            f"enough {enough:.2f}: abstain {np.mean(no < enough):.3f}  false_abstain {np.mean(yes < enough):.3f}"
            f"  right and told {np.mean(right & (yes >= enough)):.3f}",
            flush=True,
        )
    sure = np.array([j.right for j in judged])
    truly = np.array([_is_right(j) for j in judged])
    edges = np.quantile(sure, np.linspace(0, 1, 11))
    for low, high in itertools.pairwise(edges):
        part = (sure >= low) & (sure <= high)
        print(f"sure {low:.2f} to {high:.2f}: said {sure[part].mean():.2f}, right {truly[part].mean():.2f}")


def write(model: lightgbm.Booster, name: str, names: Sequence[str]) -> None:
    """A model as a text file of trees, checked to say the same as the library that made it."""
    nested = [_nested(tree["tree_structure"], names) for tree in model.dump_model()["tree_info"]]
    lines = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in nested)
    path = MODELS / f"{name}.json"
    path.write_text(f'{{"features": {json.dumps(list(names))},\n"trees": [\n{lines}\n]}}\n', encoding="utf-8")
    table = np.random.default_rng(0).normal(size=(50, len(names)))
    difference = np.abs(of_nested(tuple(names), nested)(table) - model.predict(table, raw_score=True)).max()
    print(f"{path}: {len(nested)} trees, {path.stat().st_size / 1e6:.1f} MB, {difference:.1e} off", flush=True)


def _nested(node: dict[str, Any], names: Sequence[str]) -> Any:
    if "leaf_value" in node:
        return round(node["leaf_value"], 5)
    children = (_nested(node["left_child"], names), _nested(node["right_child"], names))
    feature = names[node["split_feature"]]
    # A missing value goes where the node says; without NaN in training LightGBM takes it for zero.
    left = node["default_left"] if node["missing_type"] == "NaN" else node["threshold"] >= 0.0
    return [feature, float(f"{node['threshold']:.7g}"), int(left), *children]


def _gathered(
    library: Path,
    path: Path,
    questions: Sequence[dict[str, Any]],
    kinds: dict[str, list[tuple[str, float]]],
    processes: int,
    cache: Path | None,
) -> list[g.Record | None]:
    """The records of a file of questions, from the cache where they are kept there."""
    kept = cache / f"{path.parent.name}-{path.stem}.pickle" if cache else None
    if kept and kept.exists():
        found: list[g.Record | None] = pickle.loads(kept.read_bytes())
        return found
    begun = time.monotonic()
    found = g.gather(library, questions, kinds, processes)
    print(f"{path}: {len(found)} questions gathered in {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(pickle.dumps(found))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="+")
    parser.add_argument("--library", type=Path, required=True)
    parser.add_argument(
        "--also",
        nargs=2,
        type=Path,
        metavar=("LIBRARY", "QUESTIONS"),
        help="a small library and questions to it: words are commoner there",
    )
    parser.add_argument("--write", action="store_true", help="write the models, learned from all questions")
    parser.add_argument("--curve", action="store_true", help="how the figures grow with the number of questions")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="a folder in which the gathered features are kept")
    options = parser.parse_args()

    sources = [(options.library, path) for path in options.questions]
    if options.also:
        sources.append((options.also[0], options.also[1]))
    asked = [[q for q in g.read_questions([path]) if q["type"] != "events"] for _, path in sources]
    questions = [question for part in asked for question in part]
    own = [question for part in asked[: len(options.questions)] for question in part]
    small = questions[len(own) :]
    kinds = unseen_kinds(questions)
    if options.write:
        learn_kinds(questions, MODELS / "kinds.csv")
    found: list[g.Record | None] = []
    for (library, path), part in zip(sources, asked, strict=True):
        found += _gathered(library, path, part, kinds, options.processes, options.cache)
    for place, (question, one) in enumerate(zip(questions, found, strict=True)):
        if one is not None:
            one.question, one.small = question, place >= len(own)
    records = [r for r in found if r is not None]
    nothing = [q for q, r in zip(questions, found, strict=True) if r is None]
    judged = cross_validate(records)
    large = {id(q) for q in own}
    show(figures([j for j in judged if id(j.record.question) in large], [q for q in nothing if id(q) in large]))
    show_silence([j for j in judged if id(j.record.question) in large])
    if small:
        print("the small library alone:")
        show({"all": figures([j for j in judged if id(j.record.question) not in large], [])["all"]})
    if options.curve:
        for share in (0.25, 0.5, 0.75):
            print(f"with {share:.0%} of the questions to learn from")
            order = np.random.default_rng(0).permutation(len(records))
            some = [records[place] for place in order[: int(share * len(records))].tolist()]
            show({"all": figures(cross_validate(some), [])["all"]})
    if options.write:
        MODELS.mkdir(exist_ok=True)
        teachers = [r for r in records if can_teach_articles(r)]
        write(train_articles(teachers, ROUNDS["articles"]), "articles", ARTICLE)
        write(train_spans([j for j in judged if can_teach_spans(j)], ROUNDS["spans"]), "spans", CONTENDER)
        write_sureness(judged)


if __name__ == "__main__":
    main()
