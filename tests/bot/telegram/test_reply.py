"""A reply shows the answer first, its proof and its source, and always fits into a Telegram message."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.simulator.api.markup import parse_html
from bot.telegram.reply import Reply, answer_reply, article_reply, opened_result
from bot.texts.markup import MESSAGE_LIMIT, visible_units
from retrieval import Answer, Article, Hit, Kind

HIT = Hit(
    article_id="0123456789abcdef",
    title="ปลัดเปิดอบรม",
    excerpt="นายกฤษฎา บุญราช เป็นประธานเปิดการอบรม <ดี> & เด่น",
    highlights=((0, 14),),
    date=date(2017, 5, 1),
    published=date(2017, 5, 2),
    agency="กระทรวงมหาดไทย",
    url="https://example.go.th/?a=1&b=2",
    score=1.0,
    answer="กฤษฎา บุญราช",
    detail="ปลัดกระทรวงมหาดไทย",
    same_event=2,
)
ANSWER = Answer("ใครเป็นประธาน", Kind.CHAIR, True, "กฤษฎา บุญราช", "ปลัดกระทรวงมหาดไทย", (HIT, HIT, HIT), sure=0.9)


def labels(reply: Reply) -> list[str]:
    return [button.text for row in reply.buttons.inline_keyboard for button in row] if reply.buttons else []


def seen(reply: Reply) -> str:
    """What Telegram shows; refused markup raises."""
    for row in reply.buttons.inline_keyboard if reply.buttons else ():
        for button in row:
            assert len(str(button.callback_data).encode()) <= 64
    return parse_html(reply.text)[0]


def test_the_answer_comes_first_in_bold_with_position_proof_date_agency_and_count() -> None:
    reply = answer_reply(ANSWER, "id", 0, language="th")
    lines = seen(reply).split("\n")
    assert reply.text.startswith("<b>กฤษฎา บุญราช</b>\nปลัดกระทรวงมหาดไทย\n<blockquote>")
    assert "<b><u>นายกฤษฎา บุญราช" not in reply.text.split("\n")[0]
    assert "&lt;ดี&gt; &amp; เด่น" in reply.text
    assert "🗓 1 พฤษภาคม 2560 · 🏛 กระทรวงมหาดไทย" in lines
    assert '<a href="https://example.go.th/?a=1&amp;b=2">ปลัดเปิดอบรม</a>' in reply.text
    assert "พบอีก 2 ข่าว" in lines[-1]
    assert labels(reply)[:2] == ["1/3", "ถัดไป ▶"]


def test_english_words_and_christian_years_for_who_reads_english() -> None:
    assert "1 May 2017" in seen(answer_reply(ANSWER, "id", 0, language="en"))


def test_the_last_result_has_a_way_back_and_none_on() -> None:
    assert labels(answer_reply(ANSWER, "id", 2, language="th"))[:2] == ["◀ ก่อนหน้า", "3/3"]


def test_a_rated_answer_no_longer_asks_for_a_rating() -> None:
    assert "👍 ตรงคำถาม" in labels(answer_reply(ANSWER, "id", 0, language="th"))
    assert "👍 ตรงคำถาม" not in labels(answer_reply(ANSWER, "id", 0, language="th", rated=True))


def test_several_events_are_listed_by_pages_to_choose_from_and_opened_with_a_way_back() -> None:
    several = replace(ANSWER, several=True, hits=(HIT,) * 7)
    first = answer_reply(several, "id", 0, language="th")
    assert "หลายงาน" in seen(first)
    assert labels(first)[:6] == ["1", "2", "3", "4", "5", "ถัดไป ▶"]
    second = answer_reply(several, "id", 5, language="th")
    assert labels(second)[:3] == ["6", "7", "◀ ก่อนหน้า"]
    opened = opened_result(several, "id", 6, language="th")
    assert seen(opened).startswith("กฤษฎา บุญราช")
    assert labels(opened) == ["◀ ก่อนหน้า", "7/7", "📰 อ่านทั้งข่าว", "↩ กลับไปที่คำตอบ"]


def test_a_persons_events_are_listed_by_date_also_a_single_one() -> None:
    hit = replace(HIT, answer="การอบรมหัวหน้าสำนักงานจังหวัด")
    events = Answer("กฤษฎา เป็นประธานงานอะไรบ้าง", Kind.EVENTS, True, None, "กฤษฎา บุญราช", (hit,))
    text = seen(answer_reply(events, "id", 0, language="th"))
    assert text.startswith("งานที่ กฤษฎา บุญราช เป็นประธาน\n\n1. 1 พฤษภาคม 2560\nการอบรม")


def test_when_nothing_is_found_the_nearest_headlines_are_offered_and_no_answer_is_claimed() -> None:
    reply = answer_reply(replace(ANSWER, found=False, answer=None, detail=None), "id", 0, language="th")
    assert seen(reply).startswith("🔎 ไม่พบคำตอบ")
    assert "ปลัดเปิดอบรม" in seen(reply)
    assert "กฤษฎา" not in seen(reply)


def test_small_talk_gets_a_kind_word_and_no_news() -> None:
    assert answer_reply(Answer("สวัสดี", Kind.CHAT, False), "id", 0, language="th").text.startswith("🙂")


NASTY = st.text(alphabet="กำน้ำที่เแ <b>&\"'/😀\u200b\n[x](y)", max_size=900)


@settings(max_examples=60)
@given(NASTY, NASTY, NASTY, st.integers(0, 2), st.sampled_from(["th", "en"]), st.booleans(), st.booleans())
def test_any_news_makes_a_reply_that_telegram_takes(
    title: str, body: str, name: str, index: int, language: str, several: bool, found: bool
) -> None:
    hit = replace(HIT, title=title * 9, excerpt=body, highlights=((3, 500), (1, 2)), answer=name * 3, agency=name)
    answer = Answer(title, Kind.CHAIR, found, name or None, body or None, (hit,) * 10, several)
    reply = answer_reply(answer, "x" * 8, index, language=language)
    assert 0 < visible_units(reply.text) <= MESSAGE_LIMIT
    seen(reply)


@given(NASTY.filter(str.strip))
def test_a_whole_article_is_read_in_pages_that_telegram_takes(body: str) -> None:
    article = Article("พาดหัว", body * 30, date(2020, 2, 29), "กรม", url="https://example.go.th/1")
    page, last = 0, 1
    while page < last:
        reply = article_reply(article, page, "x" * 8, 3, language="th")
        assert visible_units(reply.text) <= MESSAGE_LIMIT
        seen(reply)
        number = next((label for label in labels(reply) if label.startswith("หน้า")), "หน้า 1/1")
        last = int(number.split("/")[1])
        page += 1


def test_an_answer_that_is_only_likely_says_so_and_offers_two_others() -> None:
    others = tuple(
        replace(HIT, answer=name) for name in ("กฤษฎา บุญราช", "ลมดี ว่าวสูง", "ลมดี ว่าวสูง", "ฟ้าใส ใจดี", "น้ำเย็น มีสุข")
    )
    doubtful = replace(ANSWER, hits=others, sure=0.4)
    reply = answer_reply(doubtful, "id", 0, language="th")
    assert reply.text.startswith("น่าจะเป็น\n<b>กฤษฎา บุญราช</b>")
    assert [label for label in labels(reply) if label in {hit.answer for hit in others}] == ["ลมดี ว่าวสูง", "ฟ้าใส ใจดี"]
    assert "น่าจะเป็น" not in answer_reply(doubtful, "id", 1, language="th").text
    assert "น่าจะเป็น" not in answer_reply(replace(doubtful, sure=0.7), "id", 0, language="th").text
