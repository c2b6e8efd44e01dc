"""The bot's own database keeps what people chose, and nothing of them once they say so."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.state import State, StateError

DAY = date(2026, 3, 2)


def test_choices_outlive_the_process(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "bot.db"
    state = State(path)
    state.choose_language(1, "en")
    follow = state.follow(1, "น้ำท่วม")
    state.set_hour(follow.id, 7)
    state.set_paused(follow.id, True)
    state.set_digest(follow.id, DAY)
    state.close()
    state = State(path)
    assert state.language(1) == "en"
    (kept,) = state.follows(1)
    assert (kept.words, kept.hour, kept.paused, kept.last_digest) == ("น้ำท่วม", 7, True, DAY)
    state.close()


def test_following_the_same_words_twice_is_one_follow() -> None:
    state = State(None)
    assert state.follow(1, "น้ำท่วม") == state.follow(1, "น้ำท่วม")
    assert state.follow(2, "น้ำท่วม").id != state.follow(1, "น้ำท่วม").id
    state.close()


def test_what_was_taken_is_never_taken_again_unless_given_back() -> None:
    state = State(None)
    follow = state.follow(1, "น้ำท่วม")
    state.queue([(follow.id, "a"), (follow.id, "b")], {"library": "x@2"})
    assert sorted(state.take(follow.id)) == ["a", "b"]
    assert state.take(follow.id) == []
    state.queue([(follow.id, "a")], {})
    assert state.take(follow.id) == []
    state.give_back(follow.id, ["b"])
    assert state.take(follow.id) == ["b"]
    assert state.mark("library") == "x@2"
    state.close()


def test_news_of_a_follow_that_has_ended_meanwhile_is_dropped() -> None:
    state = State(None)
    follow = state.follow(1, "น้ำท่วม")
    state.unfollow(follow.id)
    state.queue([(follow.id, "a")], {"library": "x@1"})
    assert state.mark("library") == "x@1"
    state.close()


def test_nobody_touches_what_another_person_follows() -> None:
    state = State(None)
    follow = state.follow(1, "น้ำท่วม")
    assert state.get_follow(follow.id, 2) is None
    assert state.get_follow(follow.id, 1) == follow
    state.close()


def test_to_forget_is_to_delete_everything_of_a_person() -> None:
    state = State(None)
    state.choose_language(1, "en")
    state.queue([(state.follow(1, "น้ำท่วม").id, "a")], {})
    other = state.follow(2, "ถนน")
    state.forget(1)
    assert state.language(1) is None
    assert state.follows() == [other]
    assert state.followers() == [2]
    state.close()


def test_feedback_is_counted() -> None:
    state = State(None)
    for choice in ("good", "good", "bad"):
        state.rate("ใครเป็นประธาน", choice, DAY)
    assert (state.counts().good, state.counts().bad) == (2, 1)
    state.close()


def test_a_file_that_is_no_database_is_named_with_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "bot.db"
    path.write_bytes(b"no database at all, but long enough to be looked at" * 40)
    with pytest.raises(StateError, match=r"bot\.db cannot be used .* GOVNEWS_STATE\.$"):
        State(path)
