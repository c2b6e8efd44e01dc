"""What the tables know in a question: which forms are read at a place, and as what."""

from __future__ import annotations

import pytest

from retrieval.gazetteer.concepts import Concept, Sort, concepts, synonyms_of


def _read(text: str) -> list[tuple[str, Sort, str | None]]:
    return [(text[c.start : c.end], c.sort, c.name) for c in concepts(text)]


def test_the_longest_name_at_a_place_is_read() -> None:
    assert _read("งานของกรมส่งเสริมการเกษตรที่ตาก")[0] == ("กรมส่งเสริมการเกษตร", Sort.AGENCY, "กรมส่งเสริมการเกษตร")


def test_names_are_found_inside_thai_words_and_at_the_end_of_the_text() -> None:
    assert _read("ประชุมกระทรวงมหาดไทย")[-1] == ("กระทรวงมหาดไทย", Sort.AGENCY, "กระทรวงมหาดไทย")


@pytest.mark.parametrize("written", ["มท.", "มท", "moi"])
def test_an_agency_is_known_by_its_short_names(written: str) -> None:
    assert _read(f"ข่าว {written} วันนี้") == [(written, Sort.AGENCY, "กระทรวงมหาดไทย")]


def test_a_short_word_or_abbreviation_inside_a_longer_word_is_left_alone() -> None:
    assert _read("สมท") == []
    assert _read("สมท. ") == []


def test_an_abbreviation_may_follow_a_dot() -> None:
    assert ("มท.", Sort.AGENCY, "กระทรวงมหาดไทย") in _read("(ก.มท.)")


def test_english_words_are_whole_words_in_either_number() -> None:
    assert [word for word, *_ in _read("meetings")] == ["meetings"]
    assert concepts("meetings")[0].alternatives == concepts("meeting")[0].alternatives
    assert _read("xmeeting") == _read("meeting9") == []


def test_a_text_that_ends_within_a_form_is_not_that_form() -> None:
    assert _read("กระทรวงมหาดไท") == _read("minist") == []


def test_alternatives_never_repeat_what_was_written() -> None:
    for text in ("กระทรวงมหาดไทย", "มท.", "โคราช", "หมอ", "meeting"):
        [found] = concepts(text)
        assert isinstance(found, Concept)
        assert found.alternatives
        assert text not in found.alternatives
        assert len(set(found.alternatives)) == len(found.alternatives)


def test_synonyms_are_of_one_everyday_word() -> None:
    assert "แพทย์" in synonyms_of("หมอ")
    assert synonyms_of("กระทรวงมหาดไทย") == ()
    assert synonyms_of("ไม่มีคำนี้") == ()
