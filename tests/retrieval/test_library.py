"""The one door: opening, adding, asking, listing and checking a library."""

from __future__ import annotations

import datetime as dt
import shutil
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from retrieval import Answer, Article, Library, LibraryError
from retrieval.index.catalogue import write_catalogue
from retrieval.ingestion.pipeline import add
from retrieval.store import Store
from tests.retrieval.towns import ARTICLES

QUESTION = "ใครเป็นประธานเปิดโครงการปลูกป่าชายเลน 3 มิ.ย. 65"
NEW = Article(
    "เลยเปิดงานดอกฝ้าย",
    "วันที่ 1 กุมภาพันธ์ 2567 นายพล ภูเขา ผู้ว่าราชการจังหวัดเลย เป็นประธานเปิดงานดอกฝ้ายบาน ที่สนามหน้าศาลากลาง",
    dt.date(2024, 2, 1),
    agency="จังหวัดเลย",
    url="https://news.example/new",
)


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder for a library of the test's own."""
    return tmp_path / "library"


def test_a_library_that_is_not_there_is_named_in_a_sentence(own: Path) -> None:
    with pytest.raises(LibraryError, match=r"library.*\."):
        Library.open(own)


def test_a_file_that_is_no_library_is_refused(own: Path) -> None:
    own.mkdir()
    (own / "store.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(LibraryError):
        Library.open(own).stats()


def test_an_empty_library_answers_nothing(own: Path) -> None:
    with Library.open(own, create=True) as library:
        answer = library.ask(QUESTION)
        assert (answer.found, answer.hits) == (False, ())
        assert (library.latest(), library.chaired_by("ใครก็ตาม"), library.agencies()) == ((), (), ())
        assert (library.stats().articles, library.check()) == (0, ())


def test_what_is_added_is_found_by_the_next_question(own: Path) -> None:
    with Library.open(own, create=True) as library:
        library.add(ARTICLES)
        assert library.ask("ใครเป็นประธานเปิดงานดอกฝ้ายบานที่เลย").answer != "พล ภูเขา"
        report = library.add([NEW])
        assert (report.read, report.added) == (1, 1)
        assert library.ask("ใครเป็นประธานเปิดงานดอกฝ้ายบานที่เลย").answer == "พล ภูเขา"


def test_the_same_news_again_changes_nothing_and_changed_news_replaces_itself(own: Path) -> None:
    with Library.open(own, create=True) as library:
        library.add(ARTICLES)
        assert library.add(ARTICLES).unchanged == len(ARTICLES)
        changed = replace(ARTICLES[0], body=ARTICLES[0].body.replace("กานต์ ใจงาม", "มานะ อดทน"))
        assert library.add([changed]).changed == 1
        assert library.ask(QUESTION).answer == "มานะ อดทน"
        assert library.stats().articles == len(ARTICLES)


def test_another_reader_sees_what_was_added_meanwhile(own: Path) -> None:
    with Library.open(own, create=True) as writer:
        writer.add(ARTICLES)
        with Library.open(own) as reader:
            assert reader.ask(QUESTION).found
            writer.add([NEW])
            assert reader.ask("ใครเป็นประธานเปิดงานดอกฝ้ายบานที่เลย").answer == "พล ภูเขา"


def test_a_question_is_answered_while_another_process_replaces_an_article(own: Path) -> None:
    others = [replace(NEW, title=f"{NEW.title} {n}", body=f"{NEW.body} {n}", url=f"{NEW.url}/{n}") for n in range(5)]
    asked = "ใครเป็นประธานเปิดงานดอกฝ้ายบาน เลย 1 ก.พ. 67"
    with Library.open(own, create=True) as library:
        library.add([NEW, *others])
        store = Store.open(own)
        add(store, [replace(NEW, body=NEW.body.replace("พล ภูเขา", "ไพร ลำธาร"))])
        # So far the other process has come: the catalogue is new, the index is not.
        write_catalogue(own / "index", store)
        store.close()
        assert library.ask(asked).answer == "พล ภูเขา"
    with Library.open(own) as library:
        assert library.ask(asked).answer in ("พล ภูเขา", "ไพร ลำธาร")


def test_a_word_that_only_an_older_version_held_takes_no_weight_from_what_it_stands_for(
    own: Path, tmp_path: Path
) -> None:
    filler = [
        Article(f"ข่าวที่ {n}", f"สถานีทดลองเกษตรแห่งที่ {n} รายงานปริมาณฝน {n} มิลลิเมตร", url=f"https://news.example/{n}")
        for n in range(60)
    ]
    body = "วันที่ 2 มีนาคม 2567 นายพล ภูเขา อธิบดีกรมประมง เป็นประธานต้อนรับชาวประมงจากเกาหลีใต้ที่ท่าเรือ"
    told = Article("กรมประมงต้อนรับแขก", body, dt.date(2024, 3, 2), url="https://news.example/guests")
    first = replace(told, body=body.replace("เกาหลีใต้", "สาธารณรัฐเกาหลี"))
    asked = "ใครเป็นประธานต้อนรับชาวประมงจากเกาหลีใต้ที่ท่าเรือ"
    with Library.open(own, create=True) as corrected, Library.open(tmp_path / "new", create=True) as never_wrong:
        corrected.add([*filler, first])
        corrected.add([told])
        never_wrong.add([*filler, told])
        assert corrected.ask(asked).sure == pytest.approx(never_wrong.ask(asked).sure, rel=0.02)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("question", ["เปิดงานดอกฝ้ายบาน", "ผู้ว่าราชการจังหวัด 3/2567", "รุ่นที่ 4", "หน้าศาลากลาง ผวจ."])
def test_a_library_of_one_article_is_asked_like_any_other(own: Path, question: str) -> None:
    with Library.open(own, create=True) as library:
        library.add([NEW])
        answer = library.ask(question)
        assert 0.0 <= answer.sure < 1.0


def test_the_same_word_again_and_again_makes_no_answer_surer(towns: Library) -> None:
    assert towns.ask("ป่าชายเลน " * 10).sure < towns.ask("ป่าชายเลน").sure + 0.1


def test_a_lost_index_is_made_anew(own: Path, towns_path: Path) -> None:
    shutil.copytree(towns_path, own)
    shutil.rmtree(own / "index")
    with Library.open(own) as library:
        assert library.ask(QUESTION).answer == "กานต์ ใจงาม"


def test_many_threads_may_ask_at_once(towns: Library) -> None:
    asked = [QUESTION, "แจกมุ้งกี่หลัง", "ใครเป็นประธานประชุมภัยแล้งที่น่าน", "นายอำนวย สุขดี เป็นประธานงานอะไรบ้าง"] * 4
    alone = [towns.ask(text) for text in asked]
    together: dict[int, Answer] = {}

    def work(number: int) -> None:
        together[number] = towns.ask(asked[number])

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(asked))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [together[number] for number in range(len(asked))] == alone


@pytest.mark.parametrize("limit", [1, 2, 5])
def test_no_more_hits_are_given_than_asked_for(towns: Library, limit: int) -> None:
    assert len(towns.ask("งานที่ลำพูน", limit=limit).hits) <= limit
    assert len(towns.ask("นายอำนวย สุขดี เป็นประธานงานอะไรบ้าง", limit=limit).hits) == min(2, limit)


def test_today_is_what_last_week_counts_from(towns: Library) -> None:
    soon, late = dt.date(2022, 6, 8), dt.date(2024, 6, 8)
    text = "เดือนนี้ใครเป็นประธานปลูกป่าชายเลน"
    assert towns.ask(text, today=soon).hits[0].date == dt.date(2022, 6, 3)
    assert not towns.ask("เมื่อวานใครเป็นประธานปลูกป่าชายเลน", today=dt.date(2030, 1, 1)).found
    assert towns.ask(text, today=late).kind == towns.ask(text, today=soon).kind


def test_an_article_is_given_by_its_id(towns: Library) -> None:
    for article in ARTICLES:
        assert towns.article(article.id) == article
    assert towns.article("no such id") is None


def test_the_latest_news_comes_newest_first_and_in_pages(towns: Library) -> None:
    days = [hit.published for hit in towns.latest(limit=20)]
    assert days == sorted((a.published for a in ARTICLES if a.published), reverse=True)
    assert [h.published for h in towns.latest(limit=3, offset=2)] == days[2:5]


@pytest.mark.parametrize("topic", ["กระทรวงแรงงาน", "รง.", "แรงงาน"])
def test_the_latest_news_of_an_agency_is_found_by_any_of_its_names(towns: Library, topic: str) -> None:
    assert [h.agency for h in towns.latest(topic)] == ["กระทรวงแรงงาน", "กระทรวงแรงงาน"]


def test_the_latest_news_of_some_words_holds_them(towns: Library) -> None:
    assert [h.url for h in towns.latest("ป่าชายเลน")] == ["https://news.example/2", "https://news.example/1"]
    assert towns.latest("ภูเขาไฟระเบิด") == ()


def test_news_since_a_marker_is_what_came_after(own: Path) -> None:
    with Library.open(own, create=True) as library:
        library.add(ARTICLES)
        marker, ids = library.since(0)
        assert set(ids) == {a.id for a in ARTICLES}
        assert library.since(marker) == (marker, ())
        library.add([NEW])
        assert library.since(marker)[1] == (NEW.id,)


@pytest.mark.parametrize(
    ("number", "words", "matches"),
    [(0, "ป่าชายเลน", True), (0, "จังหวัดสมุทรสาคร", True), (0, "กานต์ ใจงาม", True), (0, "ลำไย", False), (6, "สธ.", True)],
)
def test_followed_words_agencies_and_people_match_their_news(
    towns: Library, number: int, words: str, matches: bool
) -> None:
    assert towns.matches(ARTICLES[number].id, words) is matches


def test_agencies_are_counted_most_first(towns: Library) -> None:
    counted = towns.agencies()
    assert dict(counted)["จังหวัดลำพูน"] == 2
    assert [n for _, n in counted] == sorted((n for _, n in counted), reverse=True)


def test_figures_of_the_whole_agree_with_what_is_in_it(towns: Library) -> None:
    stats = towns.stats()
    assert (stats.articles, stats.oldest, stats.newest) == (len(ARTICLES), dt.date(2022, 6, 3), dt.date(2024, 5, 2))
    assert stats.passages >= 2 * len(ARTICLES)
    assert stats.indexed
    assert min(stats.store_bytes, stats.index_bytes, stats.facts) > 0


def test_what_is_exported_makes_the_same_library(towns: Library, own: Path) -> None:
    assert sorted(a.id for a in towns.export()) == sorted(a.id for a in ARTICLES)
    with Library.open(own, create=True) as copy:
        copy.add(towns.export())
        assert copy.ask(QUESTION) == towns.ask(QUESTION)


def test_a_sound_library_has_no_problems(towns: Library) -> None:
    assert towns.check() == ()


def test_damage_is_found_and_how_to_mend_it_is_said(own: Path, towns_path: Path) -> None:
    shutil.copytree(towns_path, own)
    for file in (own / "index").glob("segment*"):
        file.unlink()
    with Library.open(own) as library:
        problems = library.check()
        assert problems
        assert all(p.what.endswith(".") and p.mend.endswith(".") for p in problems)


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", create=True) as library:
        with (
            Store.open(tmp_path / "library").exclusive(),
            pytest.raises(LibraryError, match="Another program is writing"),
        ):
            library.add([Article("จังหวัดตากจัดสัมมนา", "ผู้ว่าราชการจังหวัดตากเป็นประธาน")])
        assert library.stats().articles == 0


def test_a_price_that_no_article_tells_is_not_answered_with_another_figure(own: Path) -> None:
    told = replace(NEW, body=NEW.body + " มีผู้ร่วมงาน 300 คน")
    with Library.open(own, create=True) as library:
        library.add([*ARTICLES, told])
        assert library.ask("งานดอกฝ้ายบานที่จังหวัดเลย มีผู้ร่วมงานกี่คน").answer == "300 คน"
        assert not library.ask("งานดอกฝ้ายบานที่จังหวัดเลย ใช้งบประมาณเท่าไร").found
