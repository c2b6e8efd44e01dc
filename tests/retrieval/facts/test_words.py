"""The word lists behind the facts: of each, a wording that it takes and one that it leaves."""

from __future__ import annotations

import re

import pytest

from retrieval.facts import presiding, triggers
from retrieval.gazetteer.tables import words


@pytest.mark.parametrize(
    ("pattern", "taken", "left"),
    [
        (triggers._OFFICE_AFTER, "สมาคมคนรักว่าว", "พิธีปล่อยว่าว"),
        (triggers._ROLE_AFTER, "พิธีปล่อยว่าว", "สมาคมคนรักว่าว"),
        (triggers._OPEN_EVENT, "เปิดงานว่าว", "เปิดหน้าต่าง"),
        (presiding._COUNTRY, "ประเทศลาวได้", "ประเทศสมมติได้"),
        (presiding._SPEECH, "คำกล่าวในงานว่าว", "ข่าวงานว่าว"),
        (presiding._SAYS_THAT, "ระบุว่าลมดี", "ฝันว่าลมดี"),
        (presiding._SET_UP, "จัดตั้งชมรมว่าว", "เยี่ยมชมรมว่าว"),
    ],
    ids=["office", "role", "opened event", "country", "speech", "says that", "set up"],
)
def test_a_pattern_from_a_table_takes_its_words_alone(pattern: re.Pattern[str], taken: str, left: str) -> None:
    assert pattern.match(taken)
    assert not pattern.match(left)


def test_an_unknown_list_is_told_in_a_sentence() -> None:
    with pytest.raises(KeyError, match=r"has no list 'kites'\."):
        words("presiding", "kites")
