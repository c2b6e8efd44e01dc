"""What the sample news and the questions about it promise to whoever tries or measures the bot with them."""

from __future__ import annotations

import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from retrieval import Article

ROOT = Path(__file__).parents[3]
KEYS = {"title", "body", "published", "agency", "category", "url"}
TYPES = {"chair", "who", "when", "where", "agency", "number", "what", "events", "unanswerable"}
STYLES = {"formal", "casual", "abbrev", "dated", "typo", "english", "keywords"}


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def news() -> list[dict[str, Any]]:
    return lines(ROOT / "data" / "sample" / "news.jsonl")


@pytest.fixture(scope="module")
def questions() -> list[dict[str, Any]]:
    return lines(ROOT / "tests" / "sample_questions.jsonl")


def text(item: dict[str, Any]) -> str:
    return f"{item['title']}\n{item['body']}"


def test_every_line_makes_an_article(news: list[dict[str, Any]]) -> None:
    articles = [Article(**{**item, "published": date.fromisoformat(item["published"])}) for item in news]
    assert all(set(item) == KEYS for item in news)
    assert all(article.title and article.agency and article.category for article in articles)
    assert all(250 <= len(article.body) <= 1250 for article in articles)
    assert (
        len({article.id for article in articles}) == len({article.hashes(None)[1] for article in articles}) == len(news)
    )


def test_there_is_news_of_many_years_and_agencies(news: list[dict[str, Any]]) -> None:
    assert len(news) >= 60
    assert {"2009", "2017", "2020", "2021", "2022", "2023", "2024", "2025"} <= {i["published"][:4] for i in news}
    assert len({item["agency"] for item in news}) >= 25


def test_every_address_is_of_one_item_and_only_one_item_has_none(news: list[dict[str, Any]]) -> None:
    addresses = Counter(item["url"] for item in news)
    assert addresses.pop(None) == 1
    assert set(addresses.values()) == {1}
    assert all(address.startswith("https://") for address in addresses)


def test_thai_is_written_as_letters_not_as_escapes() -> None:
    raw = (ROOT / "data" / "sample" / "news.jsonl").read_text(encoding="utf-8")
    assert "\\u" not in raw
    assert raw.endswith("\n")


def test_questions_cover_every_type_and_style(questions: list[dict[str, Any]]) -> None:
    assert len(questions) >= 80
    assert min(Counter(question["type"] for question in questions)[kind] for kind in TYPES) >= 5
    assert min(Counter(question["style"] for question in questions)[style] for style in STYLES) >= 10
    assert {question["type"] for question in questions} == TYPES
    assert {question["style"] for question in questions} == STYLES
    assert len({question["question"] for question in questions}) == len(questions)


def test_every_question_is_answered_word_for_word_by_its_item(
    news: list[dict[str, Any]], questions: list[dict[str, Any]]
) -> None:
    items = {item["url"]: item for item in news if item["url"]}
    for question in questions:
        if question["type"] == "unanswerable":
            assert question["url"] is None
            assert question["answers"] == []
            continue
        item = items[question["url"]]
        assert question["answers"][0] in text(item), question["question"]
        assert item["agency"] in question["agencies"], question["question"]


def test_event_dates_are_close_to_their_news(news: list[dict[str, Any]], questions: list[dict[str, Any]]) -> None:
    published = {item["url"]: date.fromisoformat(item["published"]) for item in news}
    for question in questions:
        if question["event_date"]:
            event = date.fromisoformat(question["event_date"])
            assert abs((event - published[question["url"]]).days) <= 30, question["question"]


def test_lists_of_events_name_items_of_the_sample(news: list[dict[str, Any]], questions: list[dict[str, Any]]) -> None:
    published = {item["url"]: item["published"] for item in news}
    for question in questions:
        assert ("urls" in question) == (question["type"] == "events")
        if urls := question.get("urls"):
            assert urls[0] == question["url"]
            assert [published[url] for url in urls] == sorted((published[url] for url in urls), reverse=True)
