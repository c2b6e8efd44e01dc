"""Candidates to articles that answer, best first.

The index proposes passages: by words alone, and once more among the articles of the days that the question names.
The articles of those passages are then weighed by evidence: how much of the question headline, best passage and
whole text hold, how close together, whether the days, the agency and the people agree, and whether the article states a
fact of the kind that is asked about these very words.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from retrieval.agencies import names_of, parents
from retrieval.catalogue import Catalogue
from retrieval.evidence import Weighed, closeness, coverage, presence, share, squeeze, squeeze_all
from retrieval.index import Index
from retrieval.lexicon import Sort
from retrieval.model import Fact, FactKind, Kind
from retrieval.question import Question
from retrieval.store import Store
from retrieval.store.rows import StoredArticle, StoredPassage
from retrieval.thai.dates import BUDDHIST_ERA, Mention, Precision, month_names
from retrieval.weights import Weights, weights

_PASSAGES = 300
"""Passages that the index proposes by words, and again by words and days."""
_ARTICLES = 48
"""Articles that are read and weighed."""
_BEYOND = 400
"""Days before the oldest and after the newest article that news may still speak of."""
_RAREST = 13.0
"""The idf of what stands in one of some hundred thousand passages."""
_LONG = 6000
"""Characters of a body beyond which only its best stretches are weighed."""
_STRETCHES = 3
_LEAD = 500
_SATURATION = 2.2
"""k1 + 1 at k1 = 1.2: the most that a term can score of its idf, roughly."""


@dataclass(slots=True)
class Candidate:
    """An article with what speaks for it; every feature is about 0 to 1, agreement of days -1 to 1."""

    article: StoredArticle
    facts: list[Fact]
    features: dict[str, float] = field(default_factory=dict)
    score: float = 0.0
    fact: Fact | None = None
    text: str = ""
    """What of the body is weighed: all of it, or its most promising stretches where it is long."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles best first, the question's weighed groups, and how sure the ranking is of the first, 0 to 1."""

    candidates: list[Candidate]
    groups: tuple[Weighed, ...]
    confidence: float


def rank(question: Question, store: Store, index: Index, catalogue: Catalogue, given: Weights | None = None) -> Ranked:
    """The articles that answer a question, best first, by the given weights or those of the project."""
    by = given or weights()
    groups, terms, boosts = _weigh(question, store, index)
    if not terms:
        return Ranked([], tuple(groups), 0.0)
    numbers, scores = _proposed(question, index, catalogue, terms, boosts)
    if not len(numbers):
        return Ranked([], tuple(groups), 0.0)
    chosen = _articles(numbers, scores, index, catalogue, terms, boosts, question)
    stored = store.articles([number for number, *_ in chosen])
    facts = store.facts(stored)
    whole = _SATURATION * sum(g.weight for g in groups) or 1.0
    candidates = []
    long = [n for number, _, _, passages in chosen if _is_long(stored.get(number)) for n in passages]
    stretches = store.passages(long) if long else {}
    for number, best, title, passages in chosen:
        if number not in stored:
            continue
        candidate = Candidate(stored[number], [f.fact for f in facts.get(number, [])])
        candidate.text = _evidence_text(stored[number], [stretches[n] for n in passages if n in stretches])
        candidate.features["passage"] = min(1.0, best / whole)
        candidate.features["headline"] = min(1.0, title / whole)
        candidates.append(candidate)
    _weigh_evidence(candidates, question, groups)
    for candidate in candidates:
        candidate.score = by.score(question.kind, candidate.features)
    candidates.sort(key=lambda c: (-c.score, c.article.number))
    confidence = by.confidence(question.kind, candidates[0].features) if candidates else 0.0
    if _out_of_time(question.dates, catalogue):
        confidence = 0.0
    return Ranked(candidates, tuple(groups), confidence)


def _out_of_time(mentions: Sequence[Mention], catalogue: Catalogue) -> bool:
    """Whether a question asks for days or months of which the library can hold no news."""
    exact = [m for m in mentions if m.year_known and m.precision <= Precision.MONTH]
    if not exact:
        return False
    oldest, newest = catalogue.period
    return all(m.last.toordinal() < oldest - _BEYOND or m.first.toordinal() > newest + _BEYOND for m in exact)


def _weigh(question: Question, store: Store, index: Index) -> tuple[list[Weighed], list[int], list[float]]:
    """Weights of the question's groups by rarity, and its terms with boosts for the index."""
    words = {term for group in question.groups for wording in group.alternatives for term in wording}
    ids = store.term_ids(words)
    known = sorted(ids)
    rarity = dict(zip(known, index.idf([ids[w] for w in known]).tolist(), strict=True)) if known else {}
    unknown = math.log(index.size + 1.0)
    boosts: dict[int, float] = {}
    groups: list[Weighed] = []
    for group in question.groups:
        first = group.alternatives[0]
        weighed = tuple((term, rarity.get(term, unknown)) for term in first)
        foreign = question.language == "en" and first[0].isascii()
        if len(group.alternatives) > 1 and (foreign or any(term not in rarity for term in first)):
            # The question's own wording is not the library's: another wording tells how rare the thing is.
            others = [[rarity[t] for t in w] for w in group.alternatives[1:] if all(t in rarity for t in w)]
            weight = _together(min(others, key=sum)) if others else _together([w for _, w in weighed])
        else:
            weight = _together([w for _, w in weighed])
        if group.core:
            groups.append(Weighed(group, weight, weighed))
        for rank_, wording in enumerate(group.alternatives):
            trust = (1.0 if rank_ == 0 else 0.7) * (1.0 if group.core else 0.35)
            for term in wording:
                if term in ids:
                    boosts[ids[term]] = max(boosts.get(ids[term], 0.0), trust)
    return groups, list(boosts), list(boosts.values())


def _together(rarities: Sequence[float]) -> float:
    """Weight of several terms that are one thing: the rarest, and a quarter of the others."""
    if not rarities:
        return 0.0
    rarest = max(rarities)
    return rarest + 0.25 * (sum(rarities) - rarest)


def _proposed(
    question: Question, index: Index, catalogue: Catalogue, terms: list[int], boosts: list[float]
) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """Numbers of the passages that may answer, each once, and their scores."""
    found = [index.search(terms, limit=_PASSAGES, weights=boosts)]
    for mask in _masks(question, catalogue):
        found.append(index.search(terms, limit=_PASSAGES, weights=boosts, allowed=mask))
    numbers, places = np.unique(np.concatenate([numbers for numbers, _ in found]), return_index=True)
    return numbers, np.concatenate([scores for _, scores in found])[places]


def _masks(question: Question, catalogue: Catalogue) -> list[NDArray[np.bool_]]:
    exact = [m for m in question.dates if m.year_known]
    return [
        catalogue.between(m.first.toordinal(), m.last.toordinal(), slack=_slack(m))
        for m in sorted(exact, key=lambda m: m.precision)[:2]
    ]


def _slack(mention: Mention) -> tuple[int, int]:
    return (3, 10) if mention.precision <= Precision.RANGE else (7, 20)


def _articles(
    numbers: NDArray[np.int64],
    scores: NDArray[np.float32],
    index: Index,
    catalogue: Catalogue,
    terms: list[int],
    boosts: list[float],
    question: Question,
) -> list[tuple[int, float, float, list[int]]]:
    """The most promising articles of the proposed passages: number, best passage's score, headline's score, and its
    best passages."""
    owners = catalogue.article_of[numbers].astype(np.int64)
    articles, where = np.unique(owners, return_inverse=True)
    best = np.zeros(len(articles), dtype=np.float32)
    np.maximum.at(best, where, scores)
    headlines = catalogue.first_passage[articles].astype(np.int64)
    titles = np.asarray(boosts, dtype=np.float32) @ index.contributions(terms, headlines)
    promise = best + 0.6 * titles
    for mention in question.dates:
        if mention.year_known:
            promise *= 1.0 + 0.5 * _inside(catalogue, articles, mention)
    top = np.argsort(-promise, kind="stable")[:_ARTICLES].tolist()
    chosen = articles[top].tolist()
    passages: dict[int, list[int]] = {article: [] for article in chosen}
    by_score = np.argsort(-scores, kind="stable")
    for owner, number in zip(owners[by_score].tolist(), numbers[by_score].tolist(), strict=True):
        if owner in passages and len(passages[owner]) < _STRETCHES:
            passages[owner].append(number)
    return list(zip(chosen, best[top].tolist(), titles[top].tolist(), passages.values(), strict=True))


def _is_long(stored: StoredArticle | None) -> bool:
    return stored is not None and len(stored.article.body) > _LONG


def _evidence_text(stored: StoredArticle, passages: Sequence[StoredPassage]) -> str:
    """A long article (the minutes of a cabinet meeting hold nearly every word) is weighed by its best stretches."""
    body = stored.article.body
    if len(body) <= _LONG or not passages:
        return body[:_LONG]
    spans = sorted((max(0, p.start - 150), p.end + 150) for p in passages)
    return "\n".join([body[:_LEAD], *(body[start:end] for start, end in spans)])


def _inside(catalogue: Catalogue, articles: NDArray[np.int64], mention: Mention) -> NDArray[np.float32]:
    before, after = _slack(mention)
    low, high = mention.first.toordinal() - before, mention.last.toordinal() + after
    event, published = catalogue.event[articles], catalogue.published[articles]
    return (((event >= low) & (event <= high)) | ((published >= low) & (published <= high))).astype(np.float32)


def _weigh_evidence(candidates: Sequence[Candidate], question: Question, groups: Sequence[Weighed]) -> None:
    letters = squeeze_all([text for c in candidates for text in (c.article.article.title, c.text)])
    names = [place for place, g in enumerate(groups) if _is_name(g)]
    for candidate, title, body in zip(candidates, letters[::2], letters[1::2], strict=True):
        article, features = candidate.article, candidate.features
        whole = title + "\n" + body
        held = [presence(g, whole) for g in groups]
        features["in_title"] = coverage(groups, title)
        features["in_text"] = share(groups, held)
        features["close"] = closeness(groups, held, whole)
        features["days"] = days_agree(question.dates, article, candidate.facts, title, body)
        features["wrong_day"] = _wrong_day(question.dates, article, candidate.facts, whole)
        features["agency"] = _agency_agrees(question, article)
        features["missing"] = _rarest_missing(groups, held)
        features["names"] = _missing(names, held)
        features["wanted"] = _holds_wanted(question, body)
    if question.kind in (Kind.CHAIR, Kind.EVENTS):
        _weigh_facts(candidates, question, groups)


def _holds_wanted(question: Question, letters: str) -> float:
    """Whether the text holds the noun that the answer should bear, after a figure where a number is asked; 0 or 1."""
    if not question.wanted:
        return 0.0
    nouns = "|".join(re.escape(squeeze(noun)) for noun in question.wanted)
    return float(bool(re.search(rf"\d(?:{nouns})" if question.kind is Kind.NUMBER else nouns, letters)))


def _rarest_missing(groups: Sequence[Weighed], held: Sequence[float]) -> float:
    """How rare the rarest thing is that the question names and the text lacks, 0 (nothing lacks) to about 1."""
    return max((g.weight * (1.0 - part) for g, part in zip(groups, held, strict=True)), default=0.0) / _RAREST


def _is_name(weighed: Weighed) -> bool:
    """Whether a question names an agency, a province, a person or a figure by this group."""
    group = weighed.group
    return group.sort in (Sort.AGENCY, Sort.PROVINCE, Sort.PERSON) or any(c.isdigit() for c in group.surfaces[0])


def _missing(names: Sequence[int], held: Sequence[float]) -> float:
    """Share of the groups at these places that a text lacks."""
    return 1.0 - sum(held[place] for place in names) / len(names) if names else 0.0


def _weigh_facts(candidates: Sequence[Candidate], question: Question, groups: Sequence[Weighed]) -> None:
    """Choose the fact of each article that answers best; the feature "fact" tells how well, 0 (it has none) to 2."""
    texts = [text for c in candidates for f in c.facts for text in (_statement(c, f), f.event)]
    letters = iter(squeeze_all(texts))
    for candidate in candidates:
        told = [(fact, next(letters), next(letters)) for fact in candidate.facts]
        candidate.fact, candidate.features["fact"] = _best_fact(told, question, groups)


def _statement(candidate: Candidate, fact: Fact) -> str:
    return candidate.article.article.body[max(0, fact.start - 120) : fact.end + 40]


def _best_fact(
    told: Sequence[tuple[Fact, str, str]], question: Question, groups: Sequence[Weighed]
) -> tuple[Fact | None, float]:
    """The fact that answers best and how well, of facts with the letters of their statement and of their event."""
    best: tuple[Fact | None, float] = (None, 0.0)
    for place, (fact, statement, event) in enumerate(told):
        score = 0.3 + coverage(groups, statement) + 0.3 * coverage(groups, event) - 0.02 * place
        if question.dates and fact.date:
            score += 0.15 * max(_agreement(m, [fact.date]) for m in question.dates)
        score += _kind_fits(question, fact)
        if any(fact.person.split(" ")[0] in name for name in question.people):
            score -= 0.05
        if score > best[1]:
            best = (fact, score)
    return best


_CLERGY = re.compile(r"สงฆ์|พระรูป|พระเถระ|พระภิกษุ|พระสังฆราช|รูปใด|รูปไหน")
_LAY = re.compile(r"ฆราวาส")


def _kind_fits(question: Question, fact: Fact) -> float:
    """What speaks for or against a fact by its kind: closing or opening, clergy or lay people, office or deed."""
    value = -0.35 * (fact.kind is FactKind.HELD) - 0.15 * fact.planned - 0.1 * (fact.kind is FactKind.OPENED)
    closing = "ปิด" in question.text.replace("เปิด", "") or "clos" in question.text.lower()
    if closing or fact.kind is FactKind.CLOSED:
        value += 0.15 if (fact.kind is FactKind.CLOSED) == closing else -0.1
    monk = fact.person.startswith(("พระ", "สมเด็จพระ")) or fact.event.startswith("ฝ่ายสงฆ์")
    if _CLERGY.search(question.text) and not _LAY.search(question.text):
        value += 0.6 if monk else -0.3
    elif monk:
        value -= 0.3
    if _LAY.search(question.text) and fact.event.startswith("ฝ่ายฆราวาส"):
        value += 0.4
    return value


def _agency_agrees(question: Question, article: StoredArticle) -> float:
    """1 where the article's agency is named in the question, 0.6 where it is its ministry or department."""
    agency = article.article.agency
    if not question.agencies or not agency:
        return 0.0
    if agency in question.agencies:
        return 1.0
    up = parents()
    related = {up.get(agency), *(up.get(name) for name in question.agencies)} - {None}
    if up.get(agency) in question.agencies or agency in related:
        return 0.6
    return 0.4 if any(name in article.article.title for asked in question.agencies for name in names_of(asked)) else 0.0


def _wrong_day(mentions: Sequence[Mention], article: StoredArticle, facts: Sequence[Fact], letters: str) -> float:
    """1 where the question names a day that neither the article's days nor its text come near, else 0."""
    exact = [m for m in mentions if m.precision == Precision.DAY and m.year_known]
    days = [d for d in (article.event_date, article.article.published, *(f.date for f in facts)) if d]
    if not exact or not days:
        return 0.0
    return float(all(min(_apart(m, d) for d in days) > _NEAR_DAYS and not _is_written(m, letters) for m in exact))


def days_agree(
    mentions: Sequence[Mention], article: StoredArticle, facts: Sequence[Fact], title: str, letters: str
) -> float:
    """How well an article's days agree with those that a question names, -1 to 1; 0 where it names none."""
    if not mentions:
        return 0.0
    days = [d for d in (article.event_date, article.article.published, *(f.date for f in facts)) if d]
    if not days:
        return 0.0
    values = []
    for mention in mentions:
        value = _agreement(mention, days)
        if mention.precision == Precision.RANGE:
            # Many articles are of those days; the one that is meant most often names them.
            value = 1.0 if _is_written(mention, letters) else 0.7 * value
        elif mention.precision == Precision.DAY and _is_written(mention, title):
            value = _IN_HEADLINE
        elif value < _WRITTEN[mention.precision] and _is_written(mention, letters):
            value = _WRITTEN[mention.precision]
        values.append(value)
    exact = min(mentions, key=lambda m: m.precision)
    return 0.6 * values[mentions.index(exact)] + 0.4 * sum(values) / len(values)


_IN_HEADLINE = 1.3
"""What a day counts that the headline itself names: daily reports differ by nothing else."""
_TOLD_LATER = 120
_NEAR_DAYS = 12
_WRITTEN = {Precision.DAY: 0.8, Precision.RANGE: 0.8, Precision.MONTH: 0.4, Precision.SEASON: 0.2, Precision.YEAR: 0.2}
"""What a period counts that the article names in its text, though it is not the day of its event."""


def _is_written(mention: Mention, letters: str) -> bool:
    """Whether a squeezed text names the period: its day or days, its month with the year, or its year."""
    day, year = mention.first, str(mention.first.year + BUDDHIST_ERA)
    if mention.precision >= Precision.SEASON:
        return year in letters
    if mention.precision == Precision.RANGE:
        last = mention.last
        days = rf"(?<!\d)(?:{day.day}[-–—]|{day.day}(?:ถึง|และ)(?:วันที่)?)?{last.day}"
        return any(re.search(days + re.escape(name), letters) for name in month_names(last.month))
    written = [name if mention.precision == Precision.MONTH else f"{day.day}{name}" for name in month_names(day.month)]
    ends = (year, year[2:]) if mention.year_known else ("",)
    return any(name + end in letters for name in written for end in ends)


def _agreement(mention: Mention, days: Sequence[dt.date]) -> float:
    """Agreement of one mention with the best of some days, by how far they lie apart."""
    if not mention.year_known and mention.precision <= Precision.RANGE:
        away = min(_apart_any_year(mention, day) for day in days)
        return 1.0 if away == 0 else 0.7 if away <= 1 else 0.4 if away <= 4 else 0.0 if away <= 15 else -0.5
    away = min(_apart(mention, day) for day in days)
    if away == 0:
        return 1.0
    if mention.precision <= Precision.RANGE:
        return 0.85 if away <= 1 else 0.6 if away <= 4 else 0.2 if away <= 10 else -0.4 if away <= 40 else -1.0
    if mention.precision == Precision.MONTH:
        return 0.6 if away <= 6 else 0.1 if away <= 31 else -0.5 if away <= 100 else -1.0
    if mention.precision == Precision.SEASON and days and min(days) > mention.last:
        # What a quarter or a fiscal year brought is told after its end.
        return 0.5 if away <= _TOLD_LATER else -1.0
    return 0.4 if away <= 31 else -0.3 if away <= 120 else -1.0


def _apart(mention: Mention, day: dt.date) -> int:
    if day < mention.first:
        return (mention.first - day).days
    return max(0, (day - mention.last).days)


def _apart_any_year(mention: Mention, day: dt.date) -> int:
    away = (day.timetuple().tm_yday - mention.first.timetuple().tm_yday) % 365
    return min(away, 365 - away)
