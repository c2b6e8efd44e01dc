"""Learning the weights of evidence from a few questions whose answers are known."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks.learn import Array, Example, accuracy, learn_ranking, learn_sureness, sureness_set
from retrieval.ranking.weights import FEATURES, SURE, weights

_WEIGHTS = np.array([float(name == "close") for name in FEATURES])
"""Ranking by closeness alone."""
_AGAINST = {"wrong_day", "names", "doubt", "untold"}


def features(*rows: dict[str, float]) -> Array:
    return np.array([[row.get(name, 0.0) for name in SURE] for row in rows])


def example(*close: float, right: int, same: tuple[int, ...] = ()) -> Example:
    """A question whose candidates are that close, of which one is right and some tell of the same event."""
    told = np.isin(np.arange(len(close)), same)
    return Example("other", features(*({"close": value} for value in close)), right, told)


def close_of(table: Array) -> list[float]:
    column: list[float] = table[:, SURE.index("close")].tolist()
    return column


def test_a_question_is_learned_from_with_its_article_and_again_with_it_taken_away() -> None:
    table, right, counts = sureness_set([example(0.2, 0.9, 0.5, right=1)], _WEIGHTS)
    assert close_of(table) == [0.9, 0.5]
    assert right.tolist() == [True, False]
    assert counts[0] == counts[1]


def test_an_article_of_the_same_event_is_right_too_and_is_taken_away_too() -> None:
    table, right, _ = sureness_set([example(0.8, 0.9, 0.5, right=0, same=(1,))], _WEIGHTS)
    assert close_of(table) == [0.9, 0.5]
    assert right.tolist() == [True, False]


def test_a_first_article_that_is_not_the_right_one_is_wrong() -> None:
    table, right, _ = sureness_set([example(0.8, 0.3, right=1)], _WEIGHTS)
    assert close_of(table) == [0.8, 0.8]
    assert right.tolist() == [False, False]


def test_a_question_that_has_only_its_article_is_learned_from_once() -> None:
    table, right, _ = sureness_set([example(0.8, right=0)], _WEIGHTS)
    assert (close_of(table), right.tolist()) == ([0.8], [True])


def test_a_question_that_nothing_answers_is_learned_from_once_and_counts_most() -> None:
    table, right, counts = sureness_set([example(0.2, 0.6, right=-1), example(0.9, 0.1, right=0)], _WEIGHTS)
    assert close_of(table) == [0.6, 0.9, 0.1]
    assert right.tolist() == [False, True, False]
    assert counts[0] > counts[1] == counts[2]


@pytest.fixture(scope="module")
def sure() -> Array:
    """Bias and weights learned from answers that are right where they are close and nothing is doubted."""
    random = np.random.default_rng(1)
    rows = [{"close": close, "doubt": doubt} for close, doubt in random.random((200, 2)).tolist()]
    right = np.array([row["close"] > row["doubt"] for row in rows])
    return learn_sureness(features(*rows), right, np.ones(len(rows)), steps=600)


def chance(learned: Array, **row: float) -> float:
    return float(1 / (1 + np.exp(-(learned[0] + features(row) @ learned[1:])))[0])


def test_sureness_learns_what_speaks_for_an_answer_and_what_against_it(sure: Array) -> None:
    assert chance(sure, close=0.9, doubt=0.1) > 0.8
    assert chance(sure, close=0.1, doubt=0.9) < 0.2
    assert sure[1 + SURE.index("close")] > 0.0 > sure[1 + SURE.index("doubt")]
    assert sure[1 + SURE.index("agency")] == 0.0


def test_no_weight_turns_against_its_meaning_even_where_the_examples_would_have_it() -> None:
    rows = features(*({"close": value, "doubt": 1.0 - value} for value in (0.1, 0.2, 0.8, 0.9)))
    upside_down = learn_sureness(rows, np.array([True, True, False, False]), np.ones(4), steps=200)
    assert upside_down[1:].tolist() == [0.0] * len(SURE)


def test_what_counts_more_is_refused_more() -> None:
    rows = features(*({"close": value} for value in (0.5, 0.5, 0.9, 0.1)))
    right = np.array([True, False, True, False])
    even = learn_sureness(rows, right, np.ones(4), steps=400)
    heavy = learn_sureness(rows, right, np.array([1.0, 9.0, 1.0, 1.0]), steps=400)
    assert chance(heavy, close=0.5) < chance(even, close=0.5)


def test_ranking_learns_what_sets_the_right_article_apart() -> None:
    given = [example(0.1, 0.9, right=1), example(0.7, 0.2, 0.3, right=0), example(0.6, 0.8, 0.1, right=0, same=(1,))]
    learned = learn_ranking(given, steps=60)
    assert learned[FEATURES.index("close")] > 0.0
    assert np.count_nonzero(learned) == 1
    assert accuracy(given, learned) == (1.0, 1.0)


def test_the_weights_of_the_project_speak_for_or_against_as_they_should() -> None:
    for group in (*weights().rank.values(), *weights().sure.values()):
        wrong = {n for n, weight in group.items() if n != "bias" and (weight > 0 if n in _AGAINST else weight < 0)}
        assert not wrong
