"""Reading news in each format."""

from __future__ import annotations

import codecs
from datetime import date

import pytest

from retrieval import Article, Unread
from retrieval.sources import FORMATS, Piece, read
from retrieval.sources.jsonl import to_json
from retrieval.sources.thaigov import category

TITLE = "ผู้ว่าฯ นครนาคา เปิดศูนย์เรียนรู้ปลูกผักปลอดภัย"
LEAD = (
    "เมื่อเช้าวันที่ 9 มิถุนายน 2566 นายสมมุติ ใจทดลอง ผู้ว่าราชการจังหวัดนครนาคา เป็นประธานเปิดศูนย์เรียนรู้การปลูกผักปลอดภัย "
    "ที่ศาลาประชาคมบ้านหนองทดสอบ มีเกษตรกรและนักเรียนมาร่วมงานราวหกร้อยคน ศูนย์แห่งนี้เปิดสอนทุกวันเสาร์โดยไม่คิดค่าเรียน "
    "และจะมีแปลงสาธิตสามแปลงให้ผู้เรียนได้ลงมือทำเองตั้งแต่ต้นจนเก็บเกี่ยว"
)
SECOND = "ผู้ว่าราชการจังหวัดกล่าวว่า จังหวัดจะสนับสนุนเมล็ดพันธุ์แก่ครัวเรือนที่ผ่านการอบรมครบสี่ครั้ง " * 3
ADDRESS = "https://www.thaigov.go.th/news/contents/details/12345"


def _all(text: str | bytes, name: str = "news.txt", format: str = "auto") -> list[Article | Unread]:
    data = text.encode() if isinstance(text, str) else text
    return list(read(Piece(name, data), format))


def _one(text: str | bytes, name: str = "news.txt", format: str = "auto") -> Article:
    (item,) = _all(text, name, format)
    assert isinstance(item, Article), item
    return item


def _refused(text: str | bytes, name: str = "news.txt", format: str = "auto") -> str:
    (item,) = _all(text, name, format)
    assert isinstance(item, Unread), item
    assert item.place.startswith(name)
    return item.reason


# The corpus


def _corpus_item(*stray: str, title: str = TITLE) -> str:
    lines = [
        f"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{title}",
        "",
        "วันศุกร์ที่ 9 มิถุนายน 2566",
        *stray,
        LEAD,
        SECOND,
        "",
        f"ที่มา : {ADDRESS}",
    ]
    return "\n".join(lines)


def test_a_corpus_file_gives_every_part_of_the_article() -> None:
    article = _one(_corpus_item(TITLE), "ด้านสังคม_12_5156ea0d-a1eb-4d4d-aac4-53572ae408b8.txt")
    assert article.title == TITLE
    assert article.body == f"{LEAD}\n{SECOND.strip()}"
    assert article.published == date(2023, 6, 9)
    assert article.category == "ด้านสังคม"
    assert article.url == ADDRESS
    assert article.publisher == "รัฐบาลไทย"
    assert article.source_file == "ด้านสังคม_12_5156ea0d-a1eb-4d4d-aac4-53572ae408b8.txt"


@pytest.mark.parametrize(
    "stray",
    [
        (),
        ("09/06/2566", "พิมพ์", TITLE),
        (TITLE, "....", TITLE),
        ("พิมพ์", TITLE, TITLE, "..."),
        (TITLE[:22], TITLE[22:]),
        (TITLE.replace(" ", "  "), "", "-------"),
    ],
)
def test_the_pages_own_lines_are_no_part_of_the_body(stray: tuple[str, ...]) -> None:
    assert _one(_corpus_item(*stray)).body.startswith(LEAD)


def test_a_subtitle_that_says_more_than_the_title_stays() -> None:
    article = _one(_corpus_item(TITLE, f"{TITLE} หวังลดรายจ่ายครัวเรือน"))
    assert article.body.startswith(f"{TITLE} หวังลดรายจ่ายครัวเรือน\n{LEAD}")


def test_an_item_that_is_all_title_keeps_it_as_its_body() -> None:
    article = _one(f"รัฐบาลไทย-{TITLE}\n\n\nวันศุกร์ที่ 9 มิถุนายน 2566\n{TITLE}\nที่มา : {ADDRESS}")
    assert (article.title, article.body, article.url) == (TITLE, TITLE, ADDRESS)


def test_an_item_without_a_title_is_called_by_its_first_words() -> None:
    article = _one(_corpus_item(title=""))
    assert LEAD.startswith(article.title)
    assert 20 < len(article.title) <= 150


def test_an_empty_item_is_named_as_such() -> None:
    assert "empty" in _refused(f"รัฐบาลไทย-\n\nวันพฤหัสบดีที่ 1 มกราคม 2513\n\nที่มา : {ADDRESS}")


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert _one(_corpus_item().replace("ที่ 9 มิ", "ที่ 39 มิ")).published is None


def test_thai_digits_in_the_day_are_read() -> None:
    assert _one(_corpus_item().replace("ที่ 9 มิถุนายน 2566", "ที่ ๙ มิถุนายน ๒๕๖๖")).published == date(2023, 6, 9)


def test_a_line_break_that_tears_a_cluster_is_mended() -> None:
    assert "เก็บเกี่ยว" in _one(_corpus_item().replace("เก็บเกี่ยว", "เก\n็บเกี่ยว")).body


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ด้านเศรษฐกิจ_7.txt", "ด้านเศรษฐกิจ"),
        ("ข่าวคณะโฆษก _6_a0ab6ffa-526e-43b8-8d11-0123456789ab.txt", "ข่าวคณะโฆษก"),
        ("ข่าวรอง นรม  รมตนร_3.txt", "ข่าวรอง นรม รมตนร"),
        ("Government\tNews_2.txt", "Government News"),
        ("_1.txt", None),
    ],
)
def test_the_rubric_comes_from_the_files_name(name: str, expected: str | None) -> None:
    assert category(name) == expected


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874", "tis-620"])
def test_thai_is_read_in_every_usual_encoding(encoding: str) -> None:
    article = _one(_corpus_item(TITLE).encode(encoding))
    assert article.title == TITLE
    assert article.body.startswith(LEAD)


def test_utf16_of_either_byte_order_is_read() -> None:
    data = codecs.BOM_UTF16_BE + _corpus_item(TITLE).encode("utf-16-be")
    assert _one(data).title == TITLE


def test_invisible_characters_and_odd_spaces_are_taken_out() -> None:
    article = _one(_corpus_item().replace("ใจทดลอง", "ใจ\u200bทด\u200dลอง").replace("9 มิถุนายน", "9\u00a0\u00a0มิถุนายน"))
    assert "นายสมมุติ ใจทดลอง ผู้ว่า" in article.body
    assert article.published == date(2023, 6, 9)


def test_letters_are_kept_as_they_were_written() -> None:
    assert "เเปลงสาธิต นํ้า" in _one(_corpus_item().replace("แปลงสาธิต", "เเปลงสาธิต นํ้า")).body


def test_a_few_broken_bytes_do_not_cost_the_article() -> None:
    data = _corpus_item().encode()
    assert _one(data[:900] + b"\xff\xfe" + data[900:]).title == TITLE


def test_windows_quotation_marks_are_read() -> None:
    assert "“ผักปลอดภัย”" in _one(_corpus_item().replace("ผักปลอดภัย ", "“ผักปลอดภัย” ").encode("cp874")).body


@pytest.mark.parametrize(
    "data",
    [b"\x00" * 500, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "Le café à côté est fermé. ".encode("latin-1") * 9],
)
def test_what_is_no_thai_text_is_refused(data: bytes) -> None:
    assert _refused(data)


# A page saved as text


def test_a_blog_page_is_read() -> None:
    article = _one(
        f"บันทึกคนบ้านเรา\n\nวันศุกร์ที่ 9 มิถุนายน พ.ศ. 2566\n\n{TITLE}\n\n\n     {LEAD}\n     {SECOND}\n\n"
        "3 ความคิดเห็น:\n\nนิรนาม กล่าวว่า...\nดีมากครับ\n\nแสดงความคิดเห็น"
    )
    assert article.title == TITLE
    assert article.body == f"{LEAD}\n{SECOND.strip()}"
    assert article.published == date(2023, 6, 9)
    assert article.publisher == "บันทึกคนบ้านเรา"
    assert article.agency is None


def test_a_portal_page_is_read() -> None:
    article = _one(
        f"หน้าแรก\nข่าวเด่น\nแชร์\n{TITLE}\n\nกรมส่งเสริมการเกษตร\n\nสนับสนุนเนื้อหา\n\n{LEAD} {SECOND}\n\n"
        "ข่าวที่เกี่ยวข้อง\nเรื่องอื่นที่ไม่เกี่ยว\nCopyright 2023"
    )
    assert article.title == TITLE
    assert article.body == f"{LEAD} {SECOND.strip()}"
    assert article.agency == "กรมส่งเสริมการเกษตร"
    assert article.published is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("9 มิ.ย. 2566 เวลา 10.30 น.", date(2023, 6, 9)),
        ("โพสต์เมื่อ 09/06/2566", date(2023, 6, 9)),
        ("วันที่ 9 มิถุนายน ๒๕๖๖", date(2023, 6, 9)),
        ("Posted on June 9, 2023", date(2023, 6, 9)),
    ],
)
def test_a_pages_date_line_is_understood(line: str, expected: date) -> None:
    article = _one(f"{TITLE}\n{line}\n{LEAD}\n{SECOND}")
    assert (article.title, article.published) == (TITLE, expected)
    assert article.body.startswith(LEAD)


def test_a_long_headline_is_not_the_text() -> None:
    headline = (
        f"{TITLE} หวังลดรายจ่ายครัวเรือน เพิ่มรายได้ สร้างอาหารปลอดภัยให้ชุมชน "
        "ต่อยอดเป็นแหล่งท่องเที่ยวเชิงเกษตรของจังหวัดในปีหน้า พร้อมชวนนักเรียนทุกโรงเรียนร่วมเรียนรู้"
    )
    article = _one(f"{headline}\n{LEAD} {SECOND} {SECOND}")
    assert article.title == headline
    assert article.body.startswith(LEAD)


def test_a_credit_at_the_end_names_the_agency() -> None:
    assert _one(f"{TITLE}\n{LEAD}\n{SECOND}\nที่มา: กรมส่งเสริมการเกษตร").agency == "กรมส่งเสริมการเกษตร"


def test_a_page_of_one_paragraph_is_called_by_its_first_words() -> None:
    article = _one(LEAD)
    assert LEAD.startswith(article.title)
    assert article.body == LEAD


@pytest.mark.parametrize("text", ["hello", "ข่าว", "12345 67890 " * 30])
def test_a_file_without_a_story_is_refused(text: str) -> None:
    assert "too little text" in _refused(text)


# JSON lines


def test_a_json_line_gives_every_part_of_the_article() -> None:
    article = Article(TITLE, LEAD, date(2023, 6, 9), "กรมส่งเสริมการเกษตร", "เว็บจังหวัด", "เกษตร", ADDRESS, "news.jsonl")
    assert _one(to_json(article), "news.jsonl") == article


def test_only_title_and_body_are_required() -> None:
    article = _one('{"title": "หัวข้อข่าว", "body": "เนื้อข่าว", "author": "ใครก็ได้"}')
    assert article == Article("หัวข้อข่าว", "เนื้อข่าว", source_file="news.txt")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"title": "หัวข้อ", "body": "เนื้อ"', "not valid JSON"),
        ('{"title": "หัวข้อ"}', "body is missing"),
        ('{"title": "", "body": "เนื้อ"}', "title is missing"),
        ('{"title": ["หัวข้อ"], "body": "เนื้อ"}', "title holds list"),
        ('{"title": "หัวข้อ", "body": "เนื้อ", "published": "เมื่อวาน"}', "not a date"),
        ("[1, 2]", "not a JSON object"),
        ('{"a":' * 5000, "not valid JSON"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(line: str, reason: str) -> None:
    good = '{"title": "หัวข้อข่าว", "body": "เนื้อข่าว"}'
    items = _all(f"{good}\n{line}\n\n{good}\n")
    assert [type(item) for item in items] == [Article, Unread, Article]
    bad = items[1]
    assert isinstance(bad, Unread)
    assert bad.place == "news.txt, line 2"
    assert reason in bad.reason


def test_hundreds_of_bad_lines_are_counted_not_listed() -> None:
    items = _all("{}\n" * 500)
    assert len(items) == 21
    assert isinstance(items[-1], Unread)
    assert "480 more" in items[-1].reason


def test_half_a_character_in_json_does_not_reach_the_store() -> None:
    _one(r'{"title": "หัวข้อ\ud800", "body": "เนื้อ\udc00หา"}').body.encode()


# Feeds and web pages

RSS = f"""<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>ข่าวจังหวัด</title>
<item><title>{TITLE}</title><link>https://news.example/1</link><category>เกษตร</category>
<pubDate>Thu, 08 Jun 2023 20:30:00 GMT</pubDate><description>ย่อ</description>
<content:encoded><![CDATA[<p>{LEAD}</p><script>x()</script><p>ก &amp; ข</p>]]></content:encoded></item>
<item><title>ไม่มีเนื้อหา</title></item></channel></rss>"""


def test_a_feeds_items_are_articles() -> None:
    article, unread = _all(RSS, "https://news.example/feed")
    assert article == Article(
        TITLE,
        f"{LEAD}\nก & ข",
        date(2023, 6, 9),
        None,
        "ข่าวจังหวัด",
        "เกษตร",
        "https://news.example/1",
        "https://news.example/feed",
    )
    assert isinstance(unread, Unread)
    assert unread.place == "https://news.example/feed, item 2"


def test_an_atom_feed_is_read() -> None:
    article = _one(
        f'<feed xmlns="http://www.w3.org/2005/Atom"><title>ข่าวจังหวัด</title><entry><title>{TITLE}</title>'
        f'<link rel="alternate" href="https://news.example/2"/><updated>2023-06-09T08:00:00+07:00</updated>'
        f"<summary>{LEAD}</summary></entry></feed>"
    )
    assert (article.title, article.body, article.published) == (TITLE, LEAD, date(2023, 6, 9))
    assert article.url == "https://news.example/2"


def test_a_feed_that_declares_entities_is_refused() -> None:
    bomb = (
        '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
    )
    assert "document type" in _refused(bomb)


def test_a_torn_feed_is_refused() -> None:
    assert "not valid XML" in _refused(RSS[:700])


def test_a_web_page_is_read() -> None:
    article = _one(
        f'<!DOCTYPE html><html><head><title>{TITLE} | เว็บ</title><meta property="og:title" content="{TITLE}">'
        f'<meta property="article:published_time" content="2023-06-09T09:00:00+07:00"></head><body><nav>หน้าแรก</nav>'
        f"<h1>{TITLE}</h1><p>{LEAD}</p><p>{SECOND}</p><script>var x = 1;</script>"
        f"<footer>สงวนลิขสิทธิ์</footer></body></html>",
        "https://news.example/3",
    )
    assert (article.title, article.published, article.url) == (TITLE, date(2023, 6, 9), "https://news.example/3")
    assert article.body == f"{LEAD}\n{SECOND.strip()}"


def test_a_format_can_be_named() -> None:
    assert FORMATS[0] == "auto"
    assert _one(_corpus_item(TITLE), format="page").publisher != _one(_corpus_item(TITLE)).publisher
    assert "not a JSON object" in _refused("[]", format="jsonl")


def test_a_headline_without_end_is_text() -> None:
    article = _one(f"รัฐบาลไทย-ข่าวทำเนียบรัฐบาล-{LEAD * 5}\nวันศุกร์ที่ 9 มิถุนายน 2566\n{SECOND}")
    assert len(article.title) <= 150
    assert article.body == f"{LEAD * 5}\n{SECOND.strip()}"


def test_a_mistake_of_a_reader_costs_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retrieval.sources.thaigov.category", lambda name: 1 // 0)
    assert "mistake of ours" in _refused(_corpus_item())
