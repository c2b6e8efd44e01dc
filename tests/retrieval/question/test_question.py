"""What a question is understood to ask: the kind of answer, the days, the names, and the words to look for."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval import Kind
from retrieval.gazetteer.concepts import Sort
from retrieval.question.understanding import LONGEST, Question, understand
from retrieval.thai.dates import Precision

TODAY = dt.date(2025, 9, 17)


def read(text: str) -> Question:
    return understand(text, today=TODAY)


def day(year: int, month: int, number: int) -> tuple[dt.date, dt.date]:
    return dt.date(year, month, number), dt.date(year, month, number)


def wordings(question: Question) -> set[str]:
    """Every wording that is looked for, letters only."""
    return {surface for group in question.groups for surface in group.surfaces}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        # formal
        ("ผู้ใดเป็นประธานในพิธีเปิดสวนสาธารณะริมคลอง", Kind.CHAIR),
        ("ท่านใดทำหน้าที่ประธานการประชุมคณะกรรมการน้ำ", Kind.CHAIR),
        ("บุคคลใดได้รับรางวัลข้าราชการดีเด่น", Kind.WHO),
        ("พิธีวางศิลาฤกษ์จัดขึ้นเมื่อวันที่เท่าใด", Kind.WHEN),
        ("การสัมมนาครูจัดขึ้น ณ สถานที่ใด", Kind.WHERE),
        ("หน่วยงานใดเป็นเจ้าภาพการประชุม", Kind.AGENCY),
        ("มีผู้เข้ารับการอบรมจำนวนเท่าใด", Kind.NUMBER),
        ("มาตรการช่วยเหลือเกษตรกรมีอะไรบ้าง", Kind.WHAT),
        # spoken
        ("ใครไปเปิดงานดอกไม้ที่เลยอะ", Kind.CHAIR),
        ("ประชุมแก้ยาเสพติดใครนั่งหัวโต๊ะ", Kind.CHAIR),
        ("อบรมครูเค้าจัดตอนไหนอะ", Kind.WHEN),
        ("แจกถุงยังชีพที่ไหนกันนะ", Kind.WHERE),
        ("ช่วยน้ำท่วมไปกี่ครัวเรือนแล้ว", Kind.NUMBER),
        ("กระทรวงไหนทำเรื่องนี้", Kind.AGENCY),
        # key words and abbreviations
        ("ประธาน เปิดงาน ลำไย ลำพูน", Kind.CHAIR),
        ("ปธ. เปิดงานเกษตร จ.เลย", Kind.CHAIR),
        ("สถานที่จัดงานกาชาด", Kind.WHERE),
        # English
        ("Who chaired the drought committee?", Kind.CHAIR),
        ("Who presided over the opening of the hospital?", Kind.CHAIR),
        ("When did the training start?", Kind.WHEN),
        ("Where was the fair held?", Kind.WHERE),
        ("How many farmers joined?", Kind.NUMBER),
        ("Which ministry ran the campaign?", Kind.AGENCY),
        # turned round
        ("นายสมชาย ใจงาม เป็นประธานงานอะไรบ้าง", Kind.EVENTS),
        ("Which events did Somchai Jaingam chair?", Kind.EVENTS),
    ],
)
def test_the_kind_of_answer_is_read_from_the_wording(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize(
    "text",
    ["สวัสดีครับ", "หวัดดีจ้า", "ขอบคุณมากค่ะ", "hello", "Thank you!", "คุณคือใคร", "เล่านิทานหน่อย", "คืนนี้กินอะไรดี"],
)
def test_greetings_and_small_talk_look_nothing_up(text: str) -> None:
    question = read(text)
    assert question.kind is Kind.CHAT
    assert question.groups == ()


@pytest.mark.parametrize("text", ["สวัสดีครับ ใครเป็นประธานเปิดงานโอทอป", "ขอบคุณค่ะ แล้วงานกาชาดใครเปิด"])
def test_a_polite_word_before_a_question_does_not_make_it_small_talk(text: str) -> None:
    assert read(text).kind is Kind.CHAIR


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("5 มีนาคม 2565", *day(2022, 3, 5)),
        ("๕ มีนาคม ๒๕๖๕", *day(2022, 3, 5)),
        ("5 มี.ค. 65", *day(2022, 3, 5)),
        ("5 มี.ค.65", *day(2022, 3, 5)),
        ("5 มีค 65", *day(2022, 3, 5)),
        ("วันที่ 5 เดือนมีนาคม พ.ศ. 2565", *day(2022, 3, 5)),
        ("5 มีนาคม ค.ศ. 2022", *day(2022, 3, 5)),
        ("5/3/2565", *day(2022, 3, 5)),
        ("5/3/65", *day(2022, 3, 5)),
        ("2022-03-05", *day(2022, 3, 5)),
        ("March 5, 2022", *day(2022, 3, 5)),
        ("5 March 2022", *day(2022, 3, 5)),
        ("5th March 2022", *day(2022, 3, 5)),
        ("5-7 มี.ค. 65", dt.date(2022, 3, 5), dt.date(2022, 3, 7)),
        ("5 ถึง 7 มีนาคม 2565", dt.date(2022, 3, 5), dt.date(2022, 3, 7)),
        ("30 เม.ย. - 2 พ.ค. 65", dt.date(2022, 4, 30), dt.date(2022, 5, 2)),
        ("เดือนมีนาคม 2565", dt.date(2022, 3, 1), dt.date(2022, 3, 31)),
        ("มี.ค. 65", dt.date(2022, 3, 1), dt.date(2022, 3, 31)),
        ("March 2022", dt.date(2022, 3, 1), dt.date(2022, 3, 31)),
        ("ต้นเดือนมีนาคม 2565", dt.date(2022, 3, 1), dt.date(2022, 3, 15)),
        ("ไตรมาส 2 ปี 65", dt.date(2022, 4, 1), dt.date(2022, 6, 30)),
        ("ครึ่งปีหลัง 2565", dt.date(2022, 7, 1), dt.date(2022, 12, 31)),
        ("ต้นปี 65", dt.date(2022, 1, 1), dt.date(2022, 4, 30)),
        ("ปลายปี 2565", dt.date(2022, 9, 1), dt.date(2022, 12, 31)),
        ("ปีงบประมาณ 2565", dt.date(2021, 10, 1), dt.date(2022, 9, 30)),
        ("ปี 2565", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("ปี 65", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("พ.ศ. 2565", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("ปี ค.ศ. 2022", dt.date(2022, 1, 1), dt.date(2022, 12, 31)),
        ("เมื่อวาน", *day(2025, 9, 16)),
        ("วันนี้", *day(2025, 9, 17)),
        ("สัปดาห์ก่อน", dt.date(2025, 9, 8), dt.date(2025, 9, 14)),
        ("เดือนที่แล้ว", dt.date(2025, 8, 1), dt.date(2025, 8, 31)),
        ("ปีที่แล้ว", dt.date(2024, 1, 1), dt.date(2024, 12, 31)),
        ("last month", dt.date(2025, 8, 1), dt.date(2025, 8, 31)),
    ],
)
def test_days_are_read_in_every_form(written: str, first: dt.date, last: dt.date) -> None:
    question = read(f"ใครเป็นประธานงานแห่เทียน {written}")
    assert [(m.first, m.last) for m in question.dates] == [(first, last)]


def test_every_day_of_a_question_is_read() -> None:
    question = read("ประชุมชลประทาน 3 ก.พ. 64 กับ 9 ก.พ. 64 ใครเป็นประธาน")
    assert [m.first for m in question.dates] == [dt.date(2021, 2, 3), dt.date(2021, 2, 9)]


def test_a_day_without_its_year_takes_the_year_that_the_question_names() -> None:
    (mention,) = [m for m in read("12 สิงหาคม ในปี 2563 ใครเปิดงานวันแม่").dates if m.precision is Precision.DAY]
    assert mention.first == dt.date(2020, 8, 12)


def test_a_day_without_any_year_is_marked_as_guessed() -> None:
    (mention,) = read("ใครเปิดงานวันแม่ 12 สิงหาคม").dates
    assert not mention.year_known
    assert (mention.first.month, mention.first.day) == (8, 12)


@pytest.mark.parametrize("text", ["งาน 24 ชั่วโมง ใครเป็นประธาน", "ชั้น 2 ห้อง 301", "ใครรับเงิน 2,565 บาท", "ครั้งที่ 12"])
def test_numbers_that_are_no_days_are_not_read_as_days(text: str) -> None:
    assert read(text).dates == ()


def test_a_day_that_does_not_exist_is_no_day() -> None:
    assert all(m.precision is not Precision.DAY for m in read("ใครเปิดงาน 31 กุมภาพันธ์ 2564").dates)


@pytest.mark.parametrize(
    ("written", "others"),
    [("5/63", {"5/2563"}), ("5/2563", {"5/63"}), ("๕/๒๕๖๓", {"5/2563", "5/63"})],
)
def test_a_meetings_number_is_looked_for_in_both_lengths(written: str, others: set[str]) -> None:
    assert others <= wordings(read(f"ประชุมคณะกรรมการนโยบายน้ำ ครั้งที่ {written}"))


@pytest.mark.parametrize("text", ["ประชุมครั้งที่ 3 ของปี 2566", "ประชุมครั้งที่สาม ปี 66"])
def test_a_meetings_number_told_in_words_is_looked_for_as_it_is_written(text: str) -> None:
    assert {"3/2566", "3/66"} <= wordings(read(text))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("มท.", "กระทรวงมหาดไทย"),
        ("สธ.", "กระทรวงสาธารณสุข"),
        ("กษ.", "กระทรวงเกษตรและสหกรณ์"),
        ("ครม.", "คณะรัฐมนตรี"),
        ("คกก.", "คณะกรรมการ"),
        ("ผวจ.", "ผู้ว่าราชการจังหวัด"),
        ("รมว.", "รัฐมนตรีว่าการ"),
        ("อบจ.", "องค์การบริหารส่วนจังหวัด"),
    ],
)
def test_abbreviations_are_looked_for_in_full(short: str, full: str) -> None:
    assert any(w.startswith(full) for w in wordings(read(f"ใครเป็นประธานประชุม {short} เรื่องภัยแล้ง")))


@pytest.mark.parametrize(
    ("full", "short"),
    [("กระทรวงสาธารณสุข", "สธ."), ("ผู้อำนวยการ", "ผอ."), ("ปลัดกระทรวงมหาดไทย", "ปมท."), ("กระทรวงแรงงาน", "รง.")],
)
def test_full_names_are_looked_for_as_abbreviations_too(full: str, short: str) -> None:
    assert short in wordings(read(f"ใครเป็นประธานประชุม {full} เรื่องภัยแล้ง"))


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("ใครแทน สธ. ไปประชุม", "กระทรวงสาธารณสุข"),
        ("สาธารณสุขประกาศวันไหน", "กระทรวงสาธารณสุข"),
        ("When did the Ministry of Labour announce it?", "กระทรวงแรงงาน"),
    ],
)
def test_agencies_are_known_by_every_name(text: str, agency: str) -> None:
    assert agency in read(text).agencies


@pytest.mark.parametrize(
    ("text", "province"),
    [
        ("งานที่เมืองคอนใครเปิด", "นครศรีธรรมราช"),
        ("โคราชจัดงานวันไหน", "นครราชสีมา"),
        ("Who opened the fair in Krabi?", "กระบี่"),
    ],
)
def test_provinces_are_known_by_nickname_and_in_english(text: str, province: str) -> None:
    assert province in wordings(read(text))


@pytest.mark.parametrize("text", ["บิ๊กตู่เปิดงานไหน", "ลุงตู่เปิดงานไหน", "Which events did Prayut Chan-o-cha open?"])
def test_people_are_known_by_nickname_and_in_english(text: str) -> None:
    assert read(text).people == ("ประยุทธ์ จันทร์โอชา",)


def test_everyday_words_bring_the_words_of_the_news() -> None:
    assert "แพทย์" in wordings(read("หมอ รุ่นใหม่ เริ่มงานวันไหน"))
    assert "ลงนาม" in wordings(read("ใคร เซ็น ข้อตกลง"))


def test_words_of_asking_are_not_looked_for() -> None:
    looked_for = wordings(read("อยากทราบว่าใครเป็นประธานงานแห่เทียนพรรษาคะ ช่วยบอกหน่อย"))
    assert not looked_for & {"ใคร", "อยาก", "ทราบ", "คะ", "ช่วย", "บอก", "หน่อย"}
    assert any("พรรษา" in word for word in looked_for)


def test_words_that_only_tell_the_kind_do_not_count_as_the_matter() -> None:
    question = read("ใครเป็นประธานงานแห่เทียน")
    assert not any(g.core for g in question.groups if g.surfaces[0] in {"ประธาน", "เป็น", "งาน"})


def test_the_noun_that_an_answer_should_bear_is_read() -> None:
    assert "ราย" in (read("มีคนสมัครกี่ราย").wanted or ())
    assert "โรงแรม" in (read("จัดที่โรงแรมไหน").wanted or ())
    assert "ธนาคาร" in (read("ธนาคารไหนให้กู้").wanted or ())


@pytest.mark.parametrize(
    ("text", "language"),
    [("ใครเปิดงาน", "th"), ("Who opened it?", "en"), ("ประชุม ASEAN ICT ใครเปิด", "th"), ("??", "th")],
)
def test_the_language_is_that_of_most_letters(text: str, language: str) -> None:
    assert read(text).language == language


@pytest.mark.parametrize(
    "text",
    [
        "ไหนใครเปนประธานงานปลูกป่า", "ใครเป็นปรธานงานปลูกป่า", "ใครเป็นประทานงานปลูกป่า", "ใครเป็นปนะธานงานปลูกป่า",
        "ใครเป็นประธสนงานปลูกป่า", "ใครเป็นปรธะานงานปลูกป่า",
    ],
)  # fmt: skip
def test_misspelt_words_of_asking_are_understood(text: str) -> None:
    assert read(text).kind is Kind.CHAIR


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("ประชุมร่วมกับ WHO จัดที่ไหน", Kind.WHERE),
        ("WHO ส่งวัคซีนให้ไทยกี่โดส", Kind.NUMBER),
        ("WHO เตือนโรคอะไร", Kind.WHAT),
    ],
)
def test_who_in_capitals_is_the_organisation_in_a_thai_question(text: str, kind: Kind) -> None:
    question = read(text)
    assert question.kind is kind
    assert any("อนามัยโลก" in wording for wording in wordings(question))


@pytest.mark.parametrize("text", ["who received the prize", "WHO received the prize?", "ข่าวรับรางวัลวันนี้ who received it"])
def test_who_in_english_asks_for_a_person(text: str) -> None:
    question = read(text)
    assert question.kind is Kind.WHO
    assert not any("อนามัยโลก" in wording for wording in wordings(question))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("โครงการเลี้ยงผึ้งบนดอยชื่ออะไร", Kind.WHAT),
        ("ระบบจองคิวของโรงพยาบาลบ้านดอนชื่ออะไร", Kind.WHAT),
        ("พายุที่จะเข้าภาคเหนือชื่อว่าอะไร", Kind.WHAT),
        ("กองทุนช่วยชาวสวนมะปรางมีชื่อว่าอะไร", Kind.WHAT),
        ("บริษัทที่ทำขนมดอกโสนนามว่าอะไร", Kind.WHAT),
        ("ประธานเปิดโครงการเลี้ยงผึ้งชื่ออะไร", Kind.CHAIR),
        ("โครงการเลี้ยงผึ้ง ประธานชื่ออะไร", Kind.CHAIR),
        ("โครงการเลี้ยงผึ้งมีคนดูแลชื่ออะไร", Kind.WHO),
        ("ปลัดอำเภอชื่ออะไร", Kind.WHO),
        ("ปลัดอำเภอที่เลี้ยงผึ้งชื่อไร", Kind.WHO),
        ("โครงการเลี้ยงผึ้งบนดอยชื่อไรคะ", Kind.WHAT),
        ("ใครชื่อไรวินท์", Kind.WHO),
        ("โครงการเลี้ยงผึ้งใครดูแล", Kind.WHO),
        ("รองปลัดเทศบาล ตรวจรังผึ้งบ้านดอน ชื่อ", Kind.WHO),
    ],
)
def test_the_name_of_a_thing_is_no_person_but_that_of_its_chair_is(text: str, kind: Kind) -> None:
    assert read(text).kind is kind


@pytest.mark.parametrize("what", ["อะรัย", "อาราย", "อะไล"])
def test_what_as_it_is_spoken_is_understood_as_it_is_written(what: str) -> None:
    assert read(f"แจก{what}ให้ชาวดอยบ้าง").groups == read("แจกอะไรให้ชาวดอยบ้าง").groups
    assert read(f"โครงการเลี้ยงผึ้งชื่อ{what}").kind is Kind.WHAT
    assert read(f"เป็นประธานงาน{what}บ้าง").kind is Kind.EVENTS


@pytest.mark.parametrize(
    "text",
    [
        "สร้างฝายกี่ล้าน",
        "สร้างฝายกี่ล้านบาท",
        "สร้างฝายกี่แสนครับ",
        "สร้างฝายใช้งบเท่าไร",
        "สร้างฝายใช้งบประมาณเท่าไหร่",
        "งบสร้างฝายเท่าไหร่",
        "วงเงินกู้สร้างฝายเท่าใด",
        "ค่าสร้างฝายเท่าไร",
        "How much money was spent on the weir?",
        "How much did the weir cost?",
        "What was the budget of the weir?",
    ],
)
def test_who_asks_for_money_wants_it_in_a_currency(text: str) -> None:
    question = read(text)
    assert question.kind is Kind.NUMBER
    assert {"บาท", "ดอลลาร์", "baht"} <= set(question.wanted)


@pytest.mark.parametrize(
    ("text", "unit"),
    [("ปลูกพะยูงกี่ต้น", "ต้น"), ("แจกข้าวกี่ถุงคะ", "ถุง"), ("มีคนมากี่ล้านคน", "ล้านคน"), ("ฝนตกเท่าไร", None)],
)
def test_who_counts_something_else_does_not_want_money(text: str, unit: str | None) -> None:
    question = read(text)
    assert question.kind is Kind.NUMBER
    assert question.wanted == ((unit,) if unit else ())


def sorts(text: str) -> set[tuple[str, Sort]]:
    return {(group.surfaces[0], group.sort) for group in read(text).groups if group.sort}


@pytest.mark.parametrize(
    ("text", "name", "sort"),
    [
        ("งานวิ่งครั้งที่ 35 ใครเปิด", "ครั้งที่35", Sort.NUMBERED),
        ("งานวิ่งครั้งที่ ๓๕ ใครเปิด", "ครั้งที่35", Sort.NUMBERED),
        ("อบรมทอผ้ารุ่นที่ 4 ใครเปิด", "รุ่นที่4", Sort.NUMBERED),
        ("งานครบรอบ 65 ปี ใครเปิด", "ครบรอบ65ปี", Sort.NUMBERED),
        ("ดูงานเลี้ยงปลาที่เวียดนามวันไหน", "เวียดนาม", Sort.COUNTRY),
        ("Who visited Laos?", "laos", Sort.COUNTRY),
        ("งานที่อำเภออุ้มผางใครเปิด", "อุ้มผาง", Sort.PLACE),
    ],
)
def test_a_numbered_event_a_country_and_a_district_are_known_as_such(text: str, name: str, sort: Sort) -> None:
    assert (name, sort) in sorts(text)


@pytest.mark.parametrize("text", ["ประชุมครั้งที่ 3/2566 ใครเปิด", "งานวิ่งกี่ครั้ง", "อบรม 3 วัน", "ประเทศไทยจัดงานวันไหน"])
def test_a_meeting_of_a_year_a_length_of_time_and_thailand_are_none_of_these(text: str) -> None:
    assert not {sort for _, sort in sorts(text)} & {Sort.NUMBERED, Sort.COUNTRY, Sort.PLACE}


def test_only_the_beginning_of_a_very_long_question_is_read() -> None:
    assert len(read("ใครเป็นประธาน " + "ก" * 5_000).text) == LONGEST


@given(st.text(max_size=300))
def test_any_text_at_all_is_understood(text: str) -> None:
    question = read(text)
    assert question.kind in Kind
    assert all(group.alternatives and group.surfaces and all(group.surfaces) for group in question.groups)


@given(st.text(alphabet="ใครเป็นประธาน่้๊๋ํฺ์ๆฯ ๕/๖๓.(*+?[\\^$|0aA", max_size=60))
def test_broken_thai_and_pattern_letters_are_understood(text: str) -> None:
    assert read(text).kind in Kind
