"""Learn the weights of evidence from questions that are made out of the library's own articles.

    python benchmarks/learn.py LIBRARY [--questions 2000] [--also QUESTIONS.jsonl] [--only-sureness] [--write]

For each question an article is drawn; some of its words, as people would type them (dropped, abbreviated, exchanged
for everyday words, misspelt, with words of other articles among them), a date in one of many forms and the words
of asking make the question.  Ranking is learned from which article it came from (softmax over the candidates),
sureness from whether the first candidate is that article, and from the same question with that article taken away.
``--also`` names questions that people wrote (keys question and url, null where nothing answers): they weigh more in
ranking, and sureness is learned from them alone, for made questions are more garbled than people's.
``--only-sureness`` leaves the weights of ranking as they are.
Prints accuracy by five-fold cross-validation; ``--write`` writes data/weights.json.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from retrieval import Fact, FactKind, Kind, Library
from retrieval.answering.compose import read_for, sure_features
from retrieval.candidates.proposal import Candidate
from retrieval.candidates.spelling import mended
from retrieval.gazetteer.agencies import names_of
from retrieval.gazetteer.tables import data_file, rows, several
from retrieval.question.understanding import Question, understand
from retrieval.ranking.ranker import Ranked, rank
from retrieval.ranking.weights import FEATURES, SURE, group_of, weights
from retrieval.store.rows import StoredArticle
from retrieval.thai.dates import BUDDHIST_ERA, month_names
from retrieval.thai.segment import spans

Array = NDArray[np.float64]
_TODAY = dt.date(2026, 1, 1)
_ASK_CHAIR = (
    "ใครเป็นประธาน{}", "{} ใครเป็นประธาน", "{} ใครเป็นประธานครับ", "ประธาน{}คือใคร", "ผู้ใดเป็นประธาน{}",
    "ใครไปเปิด{}", "{} มีใครเป็นประธาน",
    "ใครเป็น ปธ.{}", "{} ท่านใดเป็นประธาน", "ประธาน {}", "{} ใครมาเป็นประธานคะ",
)  # fmt: skip
_ASK_OTHER = {
    Kind.WHEN: ("{} วันไหน", "{} เมื่อไหร่", "{} จัดขึ้นวันใด"),
    Kind.WHERE: ("{} ที่ไหน", "{} จัดที่ไหนคะ", "{} ณ สถานที่ใด"),
    Kind.NUMBER: ("{} กี่คน", "{} เท่าไร", "{} จำนวนเท่าใด", "{} เท่าไหร่ครับ"),
    Kind.WHO: ("{} คือใคร", "ใคร{}", "{} ชื่ออะไร"),
    Kind.AGENCY: ("หน่วยงานใด{}", "{} หน่วยงานไหน", "กระทรวงไหน{}"),
    Kind.WHAT: ("{} มีอะไรบ้าง", "{} อย่างไร", "{} เรื่องอะไร"),
}


_AGAINST = {"wrong_day", "names", "doubt", "untold"}
"""Features that can only speak against an article; all others can only speak for it."""
_SIGNS = np.array([-1.0 if name in _AGAINST else 1.0 for name in SURE])
_WRONG_DAY = -4.0
"""What a day that is contradicted weighs at least in ranking.  Made questions cannot teach it: their rivals differ by
much more, while the events of two years often differ by nothing else."""
_UNANSWERABLE = 3.0
"""What a question that nothing answers counts in learning sureness, beside one whose article was taken away."""
_RANK = len(FEATURES)
"""So many of an example's features, the first ones, rank it."""


@dataclass(frozen=True, slots=True)
class Made:
    """A question, and the number of the article that it was made from; 0 where nothing answers it."""

    text: str
    article: int


@dataclass(slots=True)
class Example:
    """Features of a question's candidates, which of them is right (-1: none), and which tell of the same event."""

    group: str
    features: Array
    right: int
    same: NDArray[np.bool_]


class Maker:
    """Makes questions out of articles; the same seed makes the same questions."""

    def __init__(self, library: Library, seed: int):
        self.library = library
        self.random = random.Random(seed)
        self._everyday: dict[str, list[str]] = {}
        for row in rows("synonyms.csv"):
            for word in several(row["same"]):
                self._everyday.setdefault(word, []).append(row["word"])
        for row in rows("abbreviations.csv"):
            for word in several(row["full"])[:1]:
                self._everyday.setdefault(word, []).append(row["short"])
        self._others: list[str] = []

    def chair(self, stored: StoredArticle, facts: Sequence[Fact]) -> str:
        """A question for who presided over one of these facts' events."""
        fact = self.random.choice(facts)
        told = " ".join(filter(None, (fact.event, fact.place if self.random.random() < 0.4 else None)))
        words = self._words(told, self.random.randint(4, 11))
        return self._dress(words, stored, fact.date or stored.event_date, self.random.choice(_ASK_CHAIR))

    def other(self, stored: StoredArticle) -> str:
        """A question of another kind about a stretch of the article and its headline."""
        body = stored.article.body
        start = self.random.randrange(max(1, min(len(body), 3000) - 150))
        told = body[start : start + self.random.randint(80, 200)]
        words = self._words(told, self.random.randint(3, 7)) + self._words(
            stored.article.title, self.random.randint(1, 5)
        )
        kind = self.random.choice(list(_ASK_OTHER))
        return self._dress(words, stored, stored.event_date, self.random.choice(_ASK_OTHER[kind]))

    def _words(self, text: str, count: int) -> list[str]:
        """About ``count`` words of a text in order, some exchanged, some misspelt."""
        found = [text[a:b] for _, a, b in spans(text)]
        if len(found) > count:
            first = self.random.randrange(len(found) - count + 1)
            found = found[first : first + 2 * count]
        share = self.random.uniform(0.35, 0.75)
        kept = [self._as_typed(w) for w in found if self.random.random() < share][:count]
        if self.random.random() < 0.3:
            # People tell things in another order than the news.
            cut = self.random.randrange(len(kept) + 1)
            kept = kept[cut:] + kept[:cut]
        return kept

    def _as_typed(self, word: str) -> str:
        if word in self._everyday and self.random.random() < 0.5:
            return self.random.choice(self._everyday[word])
        if len(word) > 4 and self.random.random() < 0.04:
            place = self.random.randrange(1, len(word))
            return word[:place] + word[place + 1 :]
        return word

    def _dress(self, words: list[str], stored: StoredArticle, day: dt.date | None, form: str) -> str:
        """Words of other articles among them, the agency by one of its names, a date, the words of asking."""
        for _ in range(self.random.choice((0, 0, 1, 1, 2, 3))):
            if self._others:
                words.insert(self.random.randrange(len(words) + 1), self.random.choice(self._others))
        self._others = (self._others + [w for w in words if len(w) > 2])[-3000:]
        text = "".join(words)
        agency = stored.article.agency
        if agency and self.random.random() < 0.35:
            text += " " + self.random.choice(names_of(agency) or (agency,))
        text = form.format(text)
        if day and self.random.random() < 0.55:
            told = self._date(day)
            text = f"{told} {text}" if self.random.random() < 0.5 else f"{text} {told}"
        return text

    def _date(self, day: dt.date) -> str:
        full, short = month_names(day.month)
        year = day.year + BUDDHIST_ERA
        return self.random.choice(
            (
                f"วันที่ {day.day} {full} {year}", f"{day.day} {short} {year % 100}",
                f"เมื่อ {day.day} {short} {year}", f"เดือน{full} {year}",
                f"{short}{year % 100}", f"ปี {year}", f"ปี{year % 100}", f"เมื่อปี {year}",
                f"{day.day}/{day.month}/{year}", f"{full[:-3]} {year % 100}",
            )
        )  # fmt: skip


def make(library: Library, count: int, seed: int) -> list[Made]:
    """That many questions, half of them for who presided."""
    maker = Maker(library, seed)
    store = library._store
    numbers = [row[0] for row in store.article_table()]
    made: list[Made] = []
    while len(made) < count:
        number = maker.random.choice(numbers)
        stored = store.articles([number])[number]
        facts = [
            f.fact
            for f in store.facts([number]).get(number, [])
            if f.fact.kind is not FactKind.HELD and len(f.fact.event) > 25
        ]
        if len(made) % 2 == 0:
            if not facts:
                continue
            made.append(Made(maker.chair(stored, facts), number))
        elif len(stored.article.body) > 300:
            made.append(Made(maker.other(stored), number))
    return made


def written(library: Library, path: Path) -> list[Made]:
    """Questions that people wrote."""
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        stored = library._store.by_url(row["url"]) if row.get("url") else None
        if stored or not row.get("url"):
            found.append(Made(row["question"], stored.number if stored else 0))
    return found


def examples(library: Library, questions: Sequence[Made]) -> list[Example]:
    """The features of every question's candidates."""
    found = []
    for done, made in enumerate(questions, 1):
        index, catalogue = library._ready()
        asked = mended(understand(made.text, today=_TODAY), library._speller(index))
        if asked.kind is Kind.CHAT or not asked.groups:
            continue
        ranked = rank(asked, library._store, index, catalogue)
        found.append(_example(asked, ranked, made.article, index.size))
        if done % 200 == 0:
            print(f"{done} of {len(questions)} questions asked", file=sys.stderr)
    return [e for e in found if len(e.features)]


def _example(asked: Question, ranked: Ranked, article: int, passages: int) -> Example:
    candidates = ranked.candidates
    known = [sure_features(asked, read_for(asked, c, ranked.groups), ranked.groups, passages) for c in candidates]
    features = np.array([[of.get(name, 0.0) for name in SURE] for of in known]).reshape(-1, len(SURE))
    numbers = [c.article.number for c in candidates]
    right = numbers.index(article) if article in numbers else -1
    same = np.array(
        [right >= 0 and c is not candidates[right] and _same_event(c, candidates[right]) for c in candidates]
    )
    return Example(group_of(asked.kind), features, right, same.astype(bool))


def _same_event(left: Candidate, right: Candidate) -> bool:
    """Whether two articles most likely tell of one event: one person within two days, or much the same headline."""
    if left.fact and right.fact and left.fact.person == right.fact.person and left.fact.date and right.fact.date:
        return abs((left.fact.date - right.fact.date).days) <= 2
    a, b = _triples(left.article.article.title), _triples(right.article.article.title)
    return len(a & b) > 0.5 * min(len(a), len(b)) if a and b else False


def _triples(text: str) -> set[str]:
    return {text[i : i + 3] for i in range(len(text) - 2)}


def learn_ranking(given: Sequence[Example], *, steps: int = 400, decay: float = 1e-3) -> Array:
    """Weights, shape (features,), by gradient ascent on the softmax likelihood of the right candidate."""
    weights = np.zeros(_RANK)
    momentum = np.zeros_like(weights)
    for _ in range(steps):
        gradient = -decay * weights * len(given)
        for example in given:
            use = ~example.same
            features = example.features[use, :_RANK]
            right = int(use[: example.right].sum())
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            gradient += features[right] - chances @ features
        momentum = 0.9 * momentum + gradient / len(given)
        weights = _kept_to_signs(weights + 0.5 * momentum)
    return weights


def _kept_to_signs(weights: Array) -> Array:
    """Weights of which none speaks for what it should speak against."""
    return np.where(weights * _SIGNS[: len(weights)] > 0, weights, 0.0)


def learn_sureness(
    features: Array, right: NDArray[np.bool_], counts: Array, *, steps: int = 3000, decay: float = 2e-3
) -> Array:
    """Bias and weights, shape (1 + features,), of a logistic regression; both outcomes weigh the same."""
    inputs = np.hstack([np.ones((len(features), 1)), features])
    balance = counts * np.where(right, 0.5 / (counts @ right), 0.5 / (counts @ ~right))
    weights = np.zeros(inputs.shape[1])
    momentum = np.zeros_like(weights)
    for _ in range(steps):
        chances = 1 / (1 + np.exp(-inputs @ weights))
        shrink = decay * np.concatenate([[0.0], weights[1:]])
        momentum = 0.9 * momentum + inputs.T @ (balance * (right - chances)) - shrink
        weights = weights + 0.5 * momentum
        weights[1:] = _kept_to_signs(weights[1:])
    return weights


def sureness_set(given: Sequence[Example], weights: Array) -> tuple[Array, NDArray[np.bool_], Array]:
    """The first candidate of each question, and again with the right article and its like taken away: features, which
    are right, and what each counts: most where really nothing answers, for those that miss an article are its twins."""
    features, right, counts = [], [], []
    for example in given:
        order = np.argsort(-(example.features[:, :_RANK] @ weights), kind="stable")
        features.append(example.features[order[0]])
        right.append(bool(order[0] == example.right or example.same[order[0]]))
        counts.append(_UNANSWERABLE if example.right < 0 else 1.0)
        rest = [i for i in order if i != example.right and not example.same[i]]
        if rest and example.right >= 0:
            features.append(example.features[rest[0]])
            right.append(False)
            counts.append(1.0)
    return np.array(features), np.array(right), np.array(counts)


def accuracy(given: Sequence[Example], weights: Array) -> tuple[float, float]:
    """Share of questions whose article (or one of the same event) comes first, and among five."""
    first = five = 0
    for example in given:
        order = np.argsort(-(example.features[:, :_RANK] @ weights), kind="stable")
        good = [i == example.right or bool(example.same[i]) for i in order[:5]]
        first += good[0]
        five += any(good)
    return first / len(given), five / len(given)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library", type=Path)
    parser.add_argument("--questions", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0, help="print that many of the questions")
    parser.add_argument("--also", type=Path, action="append", default=[])
    parser.add_argument(
        "--enough", type=float, nargs=2, default=(0.2, 0.28), help="sureness below which nothing is answered"
    )
    parser.add_argument("--only-sureness", action="store_true")
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    if given.only_sureness and not given.also:
        parser.error("Sureness is learned from questions that people wrote: name them with --also.")
    with Library.open(given.library) as library:
        made = [] if given.only_sureness else make(library, given.questions, given.seed)
        for question in made[: given.show]:
            print(question.text)
        found = examples(library, made)
        people = examples(library, [m for path in given.also for m in written(library, path)])
    result: dict[str, dict[str, dict[str, float]]] = {"rank": {}, "sure": {}}
    for group in ("chair", "other"):
        result["rank"][group] = (
            dict(weights().rank[group])
            if given.only_sureness
            else _learn_group(group, [e for e in found if e.group == group], [e for e in people if e.group == group])
        )
    for group in ("chair", "other"):
        result["sure"][group] = _learn_sureness_of(
            group, [e for e in people or found if e.group == group], result["rank"][group]
        )
    enough = dict(zip(("chair", "other"), given.enough, strict=True))
    whole = {**result, "enough": enough, "extract": dict(weights().extract)}
    print(json.dumps(whole, indent=1))
    if given.write:
        data_file("weights.json").write_text(json.dumps(whole, indent=1) + "\n", encoding="utf-8")


def _learn_group(group: str, made: Sequence[Example], people: Sequence[Example]) -> dict[str, float]:
    known, asked = [e for e in made if e.right >= 0], [e for e in people if e.right >= 0]
    print(f"{group}: {len(made)} questions, the article is a candidate for {len(known) / max(1, len(made)):.3f}")
    repeated = max(1, len(known) // (2 * len(asked))) if asked else 0
    tests: list[list[tuple[float, float]]] = [[], []]
    for fold in range(5):
        rest = [e for i, e in enumerate(known) if i % 5 != fold] + repeated * [
            e for i, e in enumerate(asked) if i % 5 != fold
        ]
        learned = learn_ranking(rest)
        for test, part in zip(tests, (known, asked), strict=True):
            if held := [e for i, e in enumerate(part) if i % 5 == fold]:
                test.append(accuracy(held, learned))
    for name, test in zip(("made", "people's"), tests, strict=True):
        if test:
            print(f"  {name}: article first, among five (cross-validated):", np.mean(test, axis=0).round(3))
    weights = dict(zip(FEATURES, learn_ranking([*known, *(repeated * asked)]).tolist(), strict=True))
    weights["wrong_day"] = min(weights["wrong_day"], _WRONG_DAY)
    return {name: round(weight, 3) for name, weight in weights.items()}


def _learn_sureness_of(group: str, given: Sequence[Example], rank_weights: dict[str, float]) -> dict[str, float]:
    features, right, counts = sureness_set(given, np.array([rank_weights[name] for name in FEATURES]))
    held = np.zeros(len(right))
    for fold in range(5):
        out = np.arange(len(right)) % 5 == fold
        learned = learn_sureness(features[~out], right[~out], counts[~out])
        held[out] = np.hstack([np.ones((out.sum(), 1)), features[out]]) @ learned
    chances = 1 / (1 + np.exp(-held))
    for kept in (0.99, 0.97, 0.95, 0.9):
        least = np.quantile(chances[right], 1 - kept)
        print(
            f"  {group} sureness: {kept:.2f} of the right kept at {least:.2f}:",
            f"{np.mean(chances[~right] < least):.3f} of the wrong refused",
        )
    sure = learn_sureness(features, right, counts)
    return {n: round(float(w), 3) for n, w in zip(("bias", *SURE), sure, strict=True)}


if __name__ == "__main__":
    main()
