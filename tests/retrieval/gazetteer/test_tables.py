"""The tables of facts in ``data/``: what one who adds a row can rely on, and what the code reading them may assume."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from retrieval.gazetteer.tables import data_file, rows, several

COLUMNS = {
    "agencies.csv": ("name", "abbreviations", "aliases", "english", "parent", "kind"),
    "abbreviations.csv": ("short", "full", "kind"),
    "provinces.csv": ("name", "english", "abbreviations", "nicknames", "region"),
    "people.csv": ("name", "nicknames", "english", "posts"),
    "english.csv": ("english", "thai"),
    "synonyms.csv": ("word", "same"),
    "holidays.csv": ("name", "from", "to"),
}
REQUIRED = {
    "agencies.csv": ("name", "kind"),
    "abbreviations.csv": ("short", "full", "kind"),
    "provinces.csv": ("name", "english", "abbreviations", "region"),
    "people.csv": ("name", "english", "posts"),
    "english.csv": ("english", "thai"),
    "synonyms.csv": ("word", "same"),
    "holidays.csv": ("name", "from", "to"),
}
SEVERAL = {
    "agencies.csv": ("abbreviations", "aliases", "english"),
    "abbreviations.csv": ("full",),
    "provinces.csv": ("english", "abbreviations", "nicknames"),
    "people.csv": ("nicknames", "english", "posts"),
    "english.csv": ("thai",),
    "synonyms.csv": ("same",),
    "holidays.csv": (),
}
AGENCY_KINDS = {
    "association",
    "bank",
    "centre",
    "committee",
    "court",
    "department",
    "enterprise",
    "foundation",
    "fund",
    "hospital",
    "independent",
    "local",
    "military",
    "ministry",
    "office",
    "organisation",
    "parliament",
    "police",
    "provincial",
    "university",
}
WORD_KINDS = {
    "award",
    "company",
    "date",
    "education",
    "english",
    "law",
    "place",
    "plan",
    "post",
    "rank",
    "title",
    "unit",
    "volunteer",
    "word",
}
REGIONS = {"north": 17, "northeast": 20, "central": 18, "east": 8, "south": 14}

tables = pytest.mark.parametrize("name", sorted(COLUMNS))


@tables
def test_every_table_has_its_columns_in_order_and_names_its_source(name: str) -> None:
    assert rows(name), f"{name} holds no row."
    for row in rows(name):
        assert tuple(row) == COLUMNS[name], f"{name}: {row}"
        assert all(isinstance(cell, str) for cell in row.values()), f"{name}: a row is short: {row}"
    assert data_file(name).read_text(encoding="utf-8").startswith("# ")


@tables
def test_cells_are_trimmed_and_hold_nothing_invisible(name: str) -> None:
    invisible = re.compile("[\u00a0\u00ad\u200b-\u200f\ufeff]|ํา|เเ|  ")
    for row in rows(name):
        for column, cell in row.items():
            assert cell == cell.strip(), f"{name}: {column} of {row}"
            assert not invisible.search(cell), f"{name}: {column} of {row}"


@tables
def test_required_cells_are_filled(name: str) -> None:
    for row in rows(name):
        for column in REQUIRED[name]:
            assert row[column], f"{name}: {column} is empty in {row}"


@tables
def test_no_row_stands_twice(name: str) -> None:
    key = COLUMNS[name][0]
    counts = Counter(row[key] for row in rows(name))
    assert [value for value, count in counts.items() if count > 1] == []


@tables
def test_cells_with_several_values_hold_each_once_and_none_empty(name: str) -> None:
    for row in rows(name):
        for column in SEVERAL[name]:
            values = several(row[column])
            assert "|".join(values) == row[column], f"{name}: {column} of {row}"
            assert len(set(values)) == len(values), f"{name}: {column} of {row}"


def test_kinds_are_the_known_ones() -> None:
    assert {row["kind"] for row in rows("agencies.csv")} == AGENCY_KINDS
    assert {row["kind"] for row in rows("abbreviations.csv")} == WORD_KINDS


def test_every_parent_is_an_agency_and_no_agency_stands_under_itself() -> None:
    parent = {row["name"]: row["parent"] for row in rows("agencies.csv")}
    for name in parent:
        seen = {name}
        above = parent[name]
        while above:
            assert above in parent, f"{name}: its parent {above} has no row."
            assert above not in seen, f"{name} stands under itself."
            seen.add(above)
            above = parent[above]


def test_all_ministries_are_there_with_abbreviation_and_english_name() -> None:
    ministries = [row for row in rows("agencies.csv") if row["kind"] == "ministry"]
    assert len(ministries) == 22, "20 ministries of today (with the Office of the Prime Minister) and two former ones."
    for row in ministries:
        assert several(row["abbreviations"]), row
        assert several(row["english"]), row
        assert not row["parent"], row


def test_every_department_belongs_to_a_ministry() -> None:
    ministries = {row["name"] for row in rows("agencies.csv") if row["kind"] == "ministry"}
    for row in rows("agencies.csv"):
        if row["kind"] == "department":
            assert row["parent"] in ministries, row


@pytest.mark.parametrize(
    ("short", "name"),
    [
        ("มท.", "กระทรวงมหาดไทย"),
        ("พม.", "กระทรวงการพัฒนาสังคมและความมั่นคงของมนุษย์"),
        ("ปภ.", "กรมป้องกันและบรรเทาสาธารณภัย"),
        ("กกจ.", "กรมการจัดหางาน"),
        ("ทช.", "กรมทางหลวงชนบท"),
        ("กทท.", "การท่าเรือแห่งประเทศไทย"),
        ("ก.พ.", "สำนักงานคณะกรรมการข้าราชการพลเรือน"),
        ("ศบค.", "ศูนย์บริหารสถานการณ์การแพร่ระบาดของโรคติดเชื้อไวรัสโคโรนา 2019"),
        ("คปภ.", "สำนักงานคณะกรรมการกำกับและส่งเสริมการประกอบธุรกิจประกันภัย"),
    ],
)
def test_an_abbreviation_means_its_likeliest_agency_first(short: str, name: str) -> None:
    holders = [row["name"] for row in rows("agencies.csv") if short in several(row["abbreviations"])]
    assert holders[0] == name


def test_shared_abbreviations_list_every_reading() -> None:
    readings: defaultdict[str, set[str]] = defaultdict(set)
    for row in rows("agencies.csv"):
        for short in several(row["abbreviations"]):
            readings[short].add(row["name"])
    assert {"กรมทางหลวงชนบท", "กรมทรัพยากรทางทะเลและชายฝั่ง"} <= readings["ทช."]
    assert {"กรมพัฒนาฝีมือแรงงาน", "กรมอุตสาหกรรมพื้นฐานและการเหมืองแร่"} <= readings["กพร."]
    assert {"สำนักงานพัฒนารัฐบาลดิจิทัล", "กรมความร่วมมือระหว่างประเทศ"} <= readings["สพร."]


@pytest.mark.parametrize("name", ["agencies.csv", "provinces.csv"])
def test_abbreviations_are_short_thai_ending_in_a_point(name: str) -> None:
    well_formed = re.compile(r"[ก-ฮเ]{1,7}\.([ก-ฮ]{1,5}\.?)*\d?")
    without_point = {"อสมท", "มศว"}
    for row in rows(name):
        for short in several(row["abbreviations"]):
            assert short in without_point or well_formed.fullmatch(short), f"{name}: {short} of {row['name']}"


def test_provinces_are_all_77_with_one_official_abbreviation_each() -> None:
    provinces = rows("provinces.csv")
    assert len(provinces) == 77
    assert Counter(row["region"] for row in provinces) == REGIONS
    official = Counter(short for row in provinces for short in several(row["abbreviations"]))
    assert [short for short, count in official.items() if count > 1] == []


def test_a_nickname_names_one_province() -> None:
    counts = Counter(value for row in rows("provinces.csv") for value in several(row["nicknames"]))
    assert [value for value, count in counts.items() if count > 1] == []
    names = {row["name"] for row in rows("provinces.csv")}
    assert names.isdisjoint(counts)


@pytest.mark.parametrize(
    ("nickname", "name"),
    [("โคราช", "นครราชสีมา"), ("เมืองคอน", "นครศรีธรรมราช"), ("แปดริ้ว", "ฉะเชิงเทรา"), ("สองแคว", "พิษณุโลก")],
)
def test_well_known_nicknames_of_provinces_are_there(nickname: str, name: str) -> None:
    assert [row["name"] for row in rows("provinces.csv") if nickname in several(row["nicknames"])] == [name]


def test_people_have_a_first_name_and_a_surname_in_both_scripts() -> None:
    for row in rows("people.csv"):
        assert re.fullmatch(r"[ก-๎]+( [ก-๎]+)+", row["name"]), row
        assert re.fullmatch(r"[A-Z][A-Za-z.'-]*( [A-Za-z.'-]+)+", several(row["english"])[0]), row


@pytest.mark.parametrize(
    ("nickname", "name"),
    [("บิ๊กตู่", "ประยุทธ์ จันทร์โอชา"), ("ลุงป้อม", "ประวิตร วงษ์สุวรรณ"), ("หมอหนู", "อนุทิน ชาญวีรกูล")],
)
def test_well_known_nicknames_of_people_are_there(nickname: str, name: str) -> None:
    assert [row["name"] for row in rows("people.csv") if nickname in several(row["nicknames"])] == [name]


def test_english_terms_are_lower_case_latin_with_thai_beside_them() -> None:
    for row in rows("english.csv"):
        assert re.fullmatch(r"[a-z0-9][a-z0-9 ,.&'-]*", row["english"]), row
    for word, thai in (("chaired", "เป็นประธาน"), ("cabinet", "คณะรัฐมนตรี"), ("drought", "ภัยแล้ง")):
        assert thai in [
            value for row in rows("english.csv") if row["english"] == word for value in several(row["thai"])
        ]


def test_a_synonym_leads_to_other_words_than_itself() -> None:
    for row in rows("synonyms.csv"):
        assert row["word"] not in several(row["same"]), row


def test_abbreviations_lead_to_other_words_than_themselves() -> None:
    for row in rows("abbreviations.csv"):
        assert row["short"] not in several(row["full"]), row


def test_tables_are_plain_utf8_without_byte_order_mark() -> None:
    for name in COLUMNS:
        path: Path = data_file(name)
        content = path.read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf"), name
        assert b"\r" not in content, name
        assert content.decode("utf-8").endswith("\n"), name


def test_a_holiday_whose_name_holds_another_comes_first_and_its_days_are_of_the_calendar() -> None:
    names = [row["name"] for row in rows("holidays.csv")]
    for place, row in enumerate(rows("holidays.csv")):
        assert not any(earlier in row["name"] for earlier in names[:place]), row
        # A year without a 29th of February.
        assert all(dt.date.fromisoformat(f"2023-{row[side]}") for side in ("from", "to"))
