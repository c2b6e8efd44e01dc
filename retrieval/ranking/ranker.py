"""Candidates to articles that answer, best first.

The index proposes passages: by words alone, and once more among the articles of the days that the question names.
The articles of those passages are then weighed by evidence: how much of the question headline, best passage and
whole text hold, how close together, whether the days, the agency and the people agree, and whether the article states a
fact of the kind that is asked about these very words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from retrieval.candidates.matching import Weighed, closeness, coverage, presence, share
from retrieval.candidates.proposal import Candidate, propose
from retrieval.gazetteer.concepts import Sort
from retrieval.index import Index
from retrieval.index.catalogue import Catalogue
from retrieval.model import Fact, FactKind, Kind
from retrieval.question.understanding import Question
from retrieval.ranking.agreement import agency_agrees, agreement, days_agree, wrong_day
from retrieval.ranking.contradiction import out_of_time
from retrieval.ranking.weights import Weights, weights
from retrieval.store import Store
from retrieval.thai.squeeze import squeeze_all, squeezed_all


@dataclass(frozen=True, slots=True)
class Ranked:
    """Articles best first, the question's weighed groups, and whether the library reaches to the asked days."""

    candidates: list[Candidate]
    groups: tuple[Weighed, ...]
    in_time: bool = True


def rank(question: Question, store: Store, index: Index, catalogue: Catalogue, given: Weights | None = None) -> Ranked:
    """The articles that answer a question, best first, by the given weights or those of the project."""
    by = given or weights()
    groups, candidates = propose(question, store, index, catalogue)
    if not candidates:
        return Ranked([], groups)
    _weigh_evidence(candidates, question, groups)
    for candidate in candidates:
        candidate.score = by.score(question.kind, candidate.features)
    candidates.sort(key=lambda c: (-c.score, c.article.number))
    return Ranked(candidates, groups, in_time=not out_of_time(question.dates, catalogue))


def _weigh_evidence(candidates: Sequence[Candidate], question: Question, groups: Sequence[Weighed]) -> None:
    titles = squeeze_all([c.article.article.title for c in candidates])
    bodies = squeezed_all([c.reading.text for c in candidates])
    names = [place for place, g in enumerate(groups) if _is_name(g)]
    for candidate, title, squeezed in zip(candidates, titles, bodies, strict=True):
        article, features = candidate.article, candidate.features
        candidate.squeezed, body = squeezed, squeezed.letters
        whole = title + "\n" + body
        held = [presence(g, whole) for g in groups]
        in_title = [presence(g, title) if part else 0.0 for g, part in zip(groups, held, strict=True)]
        features["in_title"] = share(groups, in_title)
        features["in_text"] = share(groups, held)
        features["close"] = closeness(groups, held, whole)
        features["days"] = days_agree(question.dates, article, candidate.facts, title, body)
        features["wrong_day"] = wrong_day(question.dates, article, candidate.facts, whole)
        features["agency"] = agency_agrees(question, article)
        features["names"] = _missing(names, held)
    if question.kind in (Kind.CHAIR, Kind.EVENTS):
        _weigh_facts(candidates, question, groups)


_NAMES = (Sort.AGENCY, Sort.PROVINCE, Sort.COUNTRY, Sort.PLACE, Sort.PERSON, Sort.NUMBERED)


def _is_name(weighed: Weighed) -> bool:
    """Whether a question names an agency, a place, a person or a figure by this group."""
    group = weighed.group
    return group.sort in _NAMES or any(c.isdigit() for c in group.surfaces[0])


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
            score += 0.15 * max(agreement(m, [fact.date]) for m in question.dates)
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
