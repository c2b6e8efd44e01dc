"""The learned models: files that can be read, features that exist, trees that are walked as they are written."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from retrieval.gazetteer.tables import rows
from retrieval.ranking.competition import CONTENDER
from retrieval.ranking.cues import around, asked_for, cues
from retrieval.ranking.evidence import ARTICLE
from retrieval.ranking.sureness import BIAS, SURE, sureness
from retrieval.ranking.trees import of_nested, read_trees, trees


@pytest.mark.parametrize(("name", "features"), [("articles", ARTICLE), ("spans", CONTENDER)])
def test_a_model_weighs_the_features_that_are_measured(name: str, features: tuple[str, ...]) -> None:
    assert trees(name).names == features


def test_no_feature_is_named_twice() -> None:
    assert len(set(CONTENDER)) == len(CONTENDER)


def test_sureness_has_a_row_for_each_of_its_features_and_a_bias() -> None:
    assert [row["feature"] for row in rows("models/sureness.csv")] == [*SURE, BIAS]


def test_sureness_of_what_is_unknown_is_still_a_probability() -> None:
    for value in (math.nan, 0.0, 1e9, -1e9):
        assert all(0.0 <= share <= 1.0 for share in sureness(np.full(len(SURE), value)))


def test_a_tree_is_walked_from_question_to_leaf() -> None:
    #                          height <= 2? -> (weight <= 5? -> 1 or 2) or 10
    forest = of_nested(("height", "weight"), [["height", 2.0, 1, ["weight", 5.0, 0, 1.0, 2.0], 10.0], 0.5])
    table = np.array([[1.0, 4.0], [1.0, 6.0], [3.0, 4.0], [math.nan, 6.0], [1.0, math.nan]])
    assert forest(table).tolist() == [1.5, 2.5, 10.5, 2.5, 2.5]


def test_a_model_is_one_tree_a_line(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text('{"features": ["kites"],\n"trees": [\n["kites",1,1,0.0,1.0],\n0.25\n]}\n', encoding="utf-8")
    assert read_trees(path)(np.array([[0.0], [2.0]])).tolist() == [0.25, 1.25]


def test_a_file_that_is_no_model_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.json"
    path.write_text("kites", encoding="utf-8")
    with pytest.raises(json.JSONDecodeError):
        read_trees(path)


def test_cues_are_told_by_how_near_their_words_stand() -> None:
    text = "นายว่าว ลมดี กล่าวว่า ลมแรง"
    before, after = around(text, [(0, 12)])
    said = cues().index("said")
    assert after[0, said] > 0.9
    assert before[0, said] == 0.0


def test_what_a_question_asks_for_is_told_by_its_words() -> None:
    asked = dict(zip(cues(), asked_for("ใครเซ็นเอ็มโอยูเรื่องว่าว"), strict=True))
    assert asked["signed"] == 1.0
    assert asked["visited"] == 0.0
