"""From the day an adopted set begins: who is asked by it, who keeps what they had, and what past years show."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import storage
from bot.dialogs.facts import AssessmentState
from bot.ports import AssessmentRecord
from bot.scoring.score import score
from bot.scoring.shipped import read_shipped
from bot.services import administer
from tests.services.desk import Desk
from tests.services.office import OWN, PROVINCE, Office, edited, edited_again, editing
from tests.support.clock import FakeClock

TODAY = date(2026, 11, 22)
TOMORROW = TODAY + timedelta(days=1)
ALL = ("2/2", "2", "1", "có", "50", "1", "1", "có", "3")
"""30 for having no children + 10 + 10 + 10 + 8 + 6 + 6 + 8 + 6 + 6 = 100; with the commune's set 96 and a question."""
SLACK = ("2/2", "0", "2", "có", "50", "3", "1", "có", "3")
"""30 + 10 + 0 + 5 + 8 + 6 + 0 + 8 + 6 + 6 = 79, no title; with the commune's set 81, the title."""
NO_SEAT = ("2/2", "0", "1", "chưa", "50", "1", "1", "có", "3")
"""30 + 10 + 0 + 10 + 0 + 6 + 6 + 8 + 6 + 6 = 82, the title; with the commune's set 76, none."""


async def family(office: Office, who: str, answers: tuple[str, ...] = (), place: str = "Thôn Mẫu 1") -> None:
    """A family without children registers and answers."""
    for said in ("/start", "đồng ý", "Bà Tư", place, "2", "0", *answers):
        await office.desk.type(who, said)


async def sheet(office: Office, who: str) -> AssessmentRecord:
    record = (await office.desk.person(who)).assessment
    assert record is not None
    return record


async def hands_in(office: Office, who: str) -> None:
    await office.desk.tap(who, "Nộp phiếu")
    assert (await sheet(office, who)).state is AssessmentState.HANDED_IN


async def commune_adopts(office: Office, begins: date = TODAY) -> None:
    """The commune's first own set."""
    await office.officer("can-bo")
    await office.adopt("can-bo", edited(await office.workbook("can-bo")), begins=begins)


async def other_commune(office: Office) -> int:
    """Another commune of the province with a hamlet; returns the commune's id."""
    other = await administer.add_place(office.desk.storage, "commune", "Xã Bên", PROVINCE, TODAY)
    await administer.add_place(office.desk.storage, "hamlet", "Thôn Bên", other.id, TODAY)
    return other.id


# --- trying out -------------------------------------------------------------------------------------------------------


async def test_the_try_out_counts_what_scoring_says(office: Office) -> None:
    people = {"an": ALL, "binh": SLACK, "chi": NO_SEAT, "dung": NO_SEAT[:4], "em": ALL, "giang": SLACK}
    for who, answers in people.items():
        await family(office, who, answers)
    await hands_in(office, "an")
    await hands_in(office, "binh")
    await office.officer("can-bo")
    said = office.words(await office.send("can-bo", edited(await office.workbook("can-bo"))))
    old = office.desk.rulebook.get("gia_dinh_mau", "1")
    async with office.desk.storage.work() as work:
        new = read_shipped("upload", (await work.uploads.text(1)).encode())
    gaining = losing = 0
    for who in people:
        record, subject = await sheet(office, who), (await office.desk.person(who)).subject
        assert subject is not None
        was, becomes = (score(rules, record.answers, subject.profile, TODAY).title for rules in (old, new))
        gaining += was is None and becomes is not None
        losing += was is not None and becomes is None
    assert (gaining, losing) == (2, 1)
    assert "• Thử trên 6 phiếu." in said
    assert f"• {gaining} phiếu được thêm danh hiệu." in said
    assert f"• {losing} phiếu mất danh hiệu." in said
    assert "• 6 phiếu có thêm câu phải trả lời." in said


async def test_a_second_try_out_counts_drafts_that_nobody_opened_since_the_first(office: Office) -> None:
    for who in ("an", "binh", "chi"):
        await family(office, who, NO_SEAT)
    await hands_in(office, "an")
    await commune_adopts(office)
    await office.desk.type("binh", "/start")
    assert (await office.criteria("binh")).id == "gia_dinh_mau_p2"
    said = office.words(await office.send("can-bo", edited_again(await office.workbook("can-bo", OWN), 76)))
    assert "• Thử trên 2 phiếu." in said, "what was handed in under the sample keeps it"
    assert "• 2 phiếu được thêm danh hiệu." in said
    assert "câu phải trả lời" not in said, "the card is asked by both"


async def test_a_try_out_leaves_out_places_below_that_have_their_own(office: Office) -> None:
    await other_commune(office)
    await family(office, "an", NO_SEAT)
    await family(office, "binh", NO_SEAT, "Thôn Bên")
    await commune_adopts(office)
    await office.officer("tinh", PROVINCE)
    said = office.words(await office.send("tinh", edited(await office.workbook("tinh"))))
    assert "• Thử trên 1 phiếu." in said


# --- from its first day on --------------------------------------------------------------------------------------------


async def test_it_begins_on_its_day_and_drafts_are_led_over(office: Office) -> None:
    await family(office, "nha-an", ALL[:6])
    await commune_adopts(office, TOMORROW)
    await office.desk.type("nha-an", "1")
    assert (await sheet(office, "nha-an")).set_id == "gia_dinh_mau"
    await family(office, "nha-binh")
    assert (await office.criteria("nha-binh")).id == "gia_dinh_mau"
    before = (await sheet(office, "nha-an")).answers
    office.be_on(TOMORROW)
    screen = await office.desk.type("nha-an", "có")
    said = office.words(screen)
    assert "Từ 23/11/2026 áp dụng bộ tiêu chí “Gia đình học tập”." in said
    assert "có 1 câu cần trả lời" in said
    record = await sheet(office, "nha-an")
    assert (record.set_id, record.set_version, record.answers) == ("gia_dinh_mau_p2", "1", before)
    for said_now in ("có", "3"):
        await office.desk.type("nha-an", said_now)
    assert "Nhà mình có thẻ thư viện không?" in office.words(await office.desk.screen("nha-an"))
    summary = await office.desk.type("nha-an", "có")
    assert "100/100 điểm" in office.words(summary)
    document = "Quyết định số 12/QĐ-UBND ngày 22/11/2026 (Xã Mẫu)"
    assert f"Theo bộ tiêu chí của địa phương: {document}." in office.words(summary)
    await family(office, "nha-chi")
    assert (await office.criteria("nha-chi")).id == "gia_dinh_mau_p2"


async def test_an_answer_that_no_longer_fits_is_asked_again(office: Office) -> None:
    await family(office, "nha-an", ALL)
    await office.officer("can-bo")
    editor = editing(edited(await office.workbook("can-bo")))
    effects = editor.book.worksheets[-2].title
    helped = editor.row_of(effects, "Học giúp đời sống")
    for heading, value in (("Câu trả lời", "Giúp rõ rệt"), ("Mã câu trả lời", None), ("Câu trả lời (tiếng Anh)", None)):
        editor.cell(effects, helped, heading).value = value
    await office.adopt("can-bo", editor.saved())
    said = office.words(await office.desk.type("nha-an", "/tomtat"))
    assert "có 2 câu cần trả lời" in said
    assert "Học giúp đời sống: cần trả lời lại" in said
    assert "Gia đình văn hóa: Có" in said


async def test_what_was_handed_in_keeps_its_rules_and_its_result(office: Office) -> None:
    await family(office, "nha-chi", NO_SEAT)
    await hands_in(office, "nha-chi")
    before = await sheet(office, "nha-chi")
    assert (before.total, before.title_id) == (Decimal(82), "gia_dinh_hoc_tap")
    await commune_adopts(office)
    said = office.words(await office.desk.type("nha-chi", "/start"))
    assert "82/100 điểm" in said
    assert "PHIẾU MẪU" in said
    assert await sheet(office, "nha-chi") == before
    back = await office.desk.tap("nha-chi", "Rút lại để sửa")
    back = await office.desk.type("nha-chi", "/tomtat")
    assert "áp dụng bộ tiêu chí “Gia đình học tập”" in office.words(back)
    assert (await office.criteria("nha-chi")).id == "gia_dinh_mau_p2"


async def test_the_nearest_place_that_has_its_own_wins(office: Office) -> None:
    await other_commune(office)
    await office.officer("tinh", PROVINCE)
    await office.adopt("tinh", edited(await office.workbook("tinh")), "5/QĐ-UBND")
    await office.officer("can-bo")
    await office.adopt("can-bo", edited_again(await office.workbook("can-bo", OWN)), "7/QĐ-UBND")
    await family(office, "nha-an")
    await family(office, "nha-binh", place="Thôn Bên")
    assert (await office.criteria("nha-an")).id == "gia_dinh_mau_p2"
    assert (await office.criteria("nha-binh")).id == "gia_dinh_mau_p1"
    await office.adopt("tinh", edited_again(await office.workbook("tinh", OWN), 70), "9/QĐ-UBND")
    for who, set_id, version, least in (
        ("nha-an", "gia_dinh_mau_p2", "1", 85),
        ("nha-binh", "gia_dinh_mau_p1", "2", 70),
    ):
        await office.desk.type(who, "/start")
        rules = await office.criteria(who)
        assert (rules.id, rules.version) == (set_id, version)
        assert [getattr(title, "min_total", None) for title in rules.titles] == [least]


async def test_a_second_adoption_holds_from_its_own_day(office: Office) -> None:
    await family(office, "nha-an", ALL)
    await commune_adopts(office)
    await office.desk.type("nha-an", "/start")
    own = await office.workbook("can-bo", OWN)
    await office.adopt("can-bo", edited_again(own), "15/QĐ-UBND", TOMORROW)
    assert [(each.version, each.valid_from) for each in await office.adopted()] == [("1", TODAY), ("2", TOMORROW)]
    await office.desk.type("nha-an", "/start")
    assert (await office.criteria("nha-an")).version == "1"
    office.be_on(TOMORROW)
    await office.desk.type("nha-an", "/start")
    rules = await office.criteria("nha-an")
    assert (rules.version, rules.issuing_document) == ("2", "Quyết định số 15/QĐ-UBND ngày 22/11/2026 (Xã Mẫu)")


async def test_the_next_year_opens_under_it_and_the_last_keeps_its_own(office: Office) -> None:
    await family(office, "nha-an", ALL)
    await hands_in(office, "nha-an")
    await commune_adopts(office, date(2027, 1, 1))
    office.be_on(date(2027, 1, 5))
    said = office.words(await office.desk.type("nha-an", "/start"))
    assert "2027" in said
    record = await sheet(office, "nha-an")
    assert (record.year, record.set_id) == (2027, "gia_dinh_mau_p2")
    async with office.desk.storage.work() as work:
        sheets = await work.people.sheets((await work.people.account("web", "nha-an")).person_id)  # type: ignore[union-attr]  # known
    assert [(each.year, each.state) for each in sheets] == [
        (2027, AssessmentState.DRAFT),
        (2026, AssessmentState.HANDED_IN),
    ]


async def test_a_set_that_ends_gives_way_to_the_one_above(office: Office) -> None:
    await office.officer("can-bo")
    editor = editing(edited(await office.workbook("can-bo")))
    editor.info("Có hiệu lực đến hết ngày").value = "31/12/2026"
    await office.adopt("can-bo", editor.saved())
    await family(office, "nha-an", ALL)
    assert (await office.criteria("nha-an")).id == "gia_dinh_mau_p2"
    office.be_on(date(2027, 1, 2))
    await office.desk.type("nha-an", "/start")
    assert (await office.criteria("nha-an")).id == "gia_dinh_mau"


async def test_another_process_knows_it_at_its_next_batch(office: Office, tmp_path: Path, clock: FakeClock) -> None:
    await family(office, "nha-an", ALL)
    other_store = storage.open(f"sqlite:///{tmp_path / 'test.db'}")
    try:
        other = Desk(other_store, clock, first_update=1000)
        await other.type("nha-an", "/help")
        await commune_adopts(office)
        assert other.rulebook.find("gia_dinh_mau_p2", "1") is None
        screen = await other.type("nha-an", "/tomtat")
        assert "áp dụng bộ tiêu chí “Gia đình học tập”" in office.words(screen)
        assert other.rulebook.find("gia_dinh_mau_p2", "1") is not None
    finally:
        await other_store.close()
