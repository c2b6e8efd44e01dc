"""What speaks for an article as the one that a question means: the features of articles.

Unknown is NaN: a question that names no day says nothing about the days of an article.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from retrieval.candidates.candidate import Candidate
from retrieval.candidates.matching import Weighed, closeness, coverage, presence, share
from retrieval.gazetteer.concepts import Sort
from retrieval.model import Fact, FactKind, Kind
from retrieval.question.understanding import Question
from retrieval.ranking.agreement import agency_agrees, agreement, apart, days_agree, wrong_day
from retrieval.thai.dates import Precision
from retrieval.thai.squeeze import squeeze, squeeze_all, squeezed_all

_KINDS = (Kind.CHAIR, Kind.WHO, Kind.WHEN, Kind.WHERE, Kind.AGENCY, Kind.NUMBER, Kind.WHAT)
_SORTS = (Sort.PROVINCE, Sort.PERSON, Sort.AGENCY, Sort.NUMBERED, Sort.COUNTRY, Sort.PLACE)
ABOUT_QUESTION = (
    *(f"is_{kind.value}" for kind in _KINDS), "groups", "weight", "day_asked", "month_asked", "year_asked", "english",
)  # fmt: skip
"""Which kind is asked, how many things are named and how rare they are, which periods; the same for every article."""
ARTICLE = (
    *ABOUT_QUESTION,
    "passage", "headline", "together", "in_title", "in_text", "close", "days", "wrong_day", "agency", "names", "fact",
    "passage_gap", "headline_gap", "together_gap", "in_text_gap", "close_gap", "promise",
    "title_grams", "lead_grams", "lead", "in_lead", "rarest_missing", "figures",
    "event_apart", "published_apart", "told_apart",
    "length", "facts", "newer", *(f"held_{sort.value}" for sort in _SORTS), *(f"title_{sort.value}" for sort in _SORTS),
)  # fmt: skip
"""Features of an article; see :func:`measure`.  "..._gap" is how far it lies below the best of those proposed."""
_LEAD = 500
_GRAM = 3
_FAR = 400.0
_AGAIN = ("passage", "headline", "together", "in_text", "close")


def measure(
    candidates: Sequence[Candidate], question: Question, groups: Sequence[Weighed], *, passages: int
) -> NDArray[np.float64]:
    """The features of the articles proposed out of a library of so many passages, shape (candidates, len(ARTICLE)).

    Also keeps them by name in each candidate, with the fact that answers a question for who presided.
    """
    titles = squeeze_all([c.article.article.title for c in candidates])
    bodies = squeezed_all([c.reading.text for c in candidates])
    names = [place for place, g in enumerate(groups) if _is_name(g)]
    figures = [place for place, g in enumerate(groups) if any(c.isdigit() for c in g.group.surfaces[0])]
    of_sort = [(sort.value, [n for n, g in enumerate(groups) if g.group.sort is sort]) for sort in _SORTS]
    about = _about(question, groups, rarest=math.log(passages + 2))
    grams = _grams(squeeze(question.text))
    whole_weight = sum(g.weight for g in groups) or 1.0
    weights = np.array([g.weight for g in groups])
    newest = max(
        (c.article.article.published.toordinal() for c in candidates if c.article.article.published), default=0
    )
    for candidate, title, squeezed in zip(candidates, titles, bodies, strict=True):
        article, features = candidate.article, candidate.features
        candidate.squeezed, body = squeezed, squeezed.letters
        whole, lead = title + "\n" + body, title + "\n" + body[:_LEAD]
        held = [presence(g, whole) for g in groups]
        in_title = [presence(g, title) if part else 0.0 for g, part in zip(groups, held, strict=True)]
        in_lead = [presence(g, lead) if part else 0.0 for g, part in zip(groups, held, strict=True)]
        features.update(about)
        features["in_title"] = share(groups, in_title)
        features["in_lead"] = share(groups, in_lead)
        features["in_text"] = share(groups, held)
        features["close"] = closeness(groups, held, whole)
        features["lead"] = closeness(groups, in_lead, lead)
        features["days"] = days_agree(question.dates, article, candidate.facts, title, body)
        features["wrong_day"] = wrong_day(question.dates, article, candidate.facts, whole)
        features["agency"] = agency_agrees(question, article)
        features["names"] = _missing(names, held)
        features["figures"] = _missing(figures, held) if figures else math.nan
        features["rarest_missing"] = float((weights * (1.0 - np.array(held))).max() / whole_weight) if groups else 0.0
        features["title_grams"] = sum(gram in title for gram in grams) / len(grams) if grams else 0.0
        features["lead_grams"] = sum(gram in lead for gram in grams) / len(grams) if grams else 0.0
        features["length"] = math.log(1 + len(article.article.body))
        features["facts"] = float(len(candidate.facts))
        features["newer"] = _years(newest, candidate)
        for sort, places in of_sort:
            features[f"held_{sort}"] = 1.0 - _missing(places, held) if places else math.nan
            features[f"title_{sort}"] = 1.0 - _missing(places, in_title) if places else math.nan
        features.update(_days_apart(question, candidate))
        features["fact"] = math.nan
    if question.kind in (Kind.CHAIR, Kind.EVENTS, Kind.WHO):
        _weigh_facts(candidates, question, groups)
    for name in _AGAIN:
        most = max(c.features[name] for c in candidates)
        for candidate in candidates:
            candidate.features[f"{name}_gap"] = most - candidate.features[name]
    return np.array([[c.features[name] for name in ARTICLE] for c in candidates])


def _about(question: Question, groups: Sequence[Weighed], *, rarest: float) -> dict[str, float]:
    precisions = {m.precision for m in question.dates}
    return {
        **{f"is_{kind.value}": float(question.kind is kind) for kind in _KINDS},
        "groups": float(len(groups)),
        "weight": sum(g.weight for g in groups) / rarest,
        "day_asked": float(bool(precisions & {Precision.DAY, Precision.RANGE})),
        "month_asked": float(Precision.MONTH in precisions),
        "year_asked": float(bool(precisions & {Precision.YEAR, Precision.SEASON})),
        "english": float(question.language == "en"),
    }


def _grams(letters: str) -> list[str]:
    return list({letters[at : at + _GRAM] for at in range(len(letters) - _GRAM + 1)})


def _years(newest: int, candidate: Candidate) -> float:
    published = candidate.article.article.published
    return (newest - published.toordinal()) / 365.0 if published else math.nan


def _days_apart(question: Question, candidate: Candidate) -> dict[str, float]:
    """How far the article's days lie from the nearest that the question names most exactly, in days up to 400."""
    known = [m for m in question.dates if m.year_known]
    article = candidate.article
    told = {
        "event_apart": [article.event_date],
        "published_apart": [article.article.published],
        "told_apart": [fact.date for fact in candidate.facts],
    }
    result = {}
    exact = min((m.precision for m in known), default=None)
    for name, days in told.items():
        away = [apart(m, day) for m in known if m.precision == exact for day in days if day]
        result[name] = min(_FAR, float(min(away))) if away else math.nan
    return result


_NAMES = (Sort.AGENCY, Sort.PROVINCE, Sort.COUNTRY, Sort.PLACE, Sort.PERSON, Sort.NUMBERED)


def _is_name(weighed: Weighed) -> bool:
    """Whether a question names an agency, a place, a person or a figure by this group."""
    group = weighed.group
    return group.sort in _NAMES or any(c.isdigit() for c in group.surfaces[0])


def _missing(names: Sequence[int], held: Sequence[float]) -> float:
    """Share of the groups at these places that a text lacks."""
    return 1.0 - sum(held[place] for place in names) / len(names) if names else 0.0


def _weigh_facts(candidates: Sequence[Candidate], question: Question, groups: Sequence[Weighed]) -> None:
    """Weigh the facts of each article; the feature "fact" tells how well the best one answers, 0 (it has none) to 2."""
    texts = [text for c in candidates for f in c.facts for text in (_statement(c, f), f.event)]
    letters = iter(squeeze_all(texts))
    for candidate in candidates:
        told = [(fact, next(letters), next(letters)) for fact in candidate.facts]
        candidate.weighed_facts = [
            (fact, _fact_score(place, fact, statement, event, question, groups))
            for place, (fact, statement, event) in enumerate(told)
        ]
        candidate.features["fact"] = max((score for _, score in candidate.weighed_facts), default=0.0)


def _statement(candidate: Candidate, fact: Fact) -> str:
    return candidate.article.article.body[max(0, fact.start - 120) : fact.end + 40]


def _fact_score(
    place: int, fact: Fact, statement: str, event: str, question: Question, groups: Sequence[Weighed]
) -> float:
    """How well a fact answers, from the letters of its statement and of its event."""
    score = 0.3 + coverage(groups, statement) + 0.3 * coverage(groups, event) - 0.02 * place
    if question.dates and fact.date:
        score += 0.15 * max(agreement(m, [fact.date]) for m in question.dates)
    score += _kind_fits(question, fact)
    if any(fact.person.split(" ")[0] in name for name in question.people):
        score -= 0.05
    return score


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
