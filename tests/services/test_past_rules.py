"""Rules of past years, completed with points; and sheets that stay under their own while others are looked at."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from bot.dialogs.facts import AssessmentState
from bot.ports import AssessmentRecord
from bot.services import administer
from tests.reports.criteria_workbook.editing import Editor
from tests.services.office import COMMUNE, PROVINCE, Office, edited, editing

TODAY = date(2026, 11, 22)
COMMUNE_2014 = "Cộng đồng học tập cấp xã (Thông tư 44/2014) (chính thức, đến 11/02/2024)"
POINTS = (8, 9, 9, 7, 7, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6)
"""An officer's own guess at the appendix: 8 points for the first of the 15 criteria, 100 in all."""


async def sheet(office: Office, who: str) -> AssessmentRecord:
    record = (await office.desk.person(who)).assessment
    assert record is not None
    return record


def with_points(data: bytes) -> bytes:
    """The circular of 2014 with its appendix: one question a criterion, its points given by whoever judges."""
    editor = editing(data)
    for number, (page, points) in enumerate(zip(editor.book.worksheets[3:-1], POINTS, strict=True), 1):
        _give_points(editor, page.title, number, points)
    return editor.saved()


def _give_points(editor: Editor, page: str, number: int, points: int) -> None:
    texts = {"Tên ngắn": f"Điểm tiêu chí {number}", "Câu hỏi": f"Tiêu chí {number} được mấy điểm?"}
    texts |= {"Cách trả lời": "Cho điểm", "Căn cứ": f"TT 44/2014/TT-BGDĐT, phụ lục, tiêu chí {number}"}
    texts |= {"Vì sao hỏi": "Vì văn bản cho điểm.", "Ví dụ": "5", "Nguồn của câu chữ": "Theo trí nhớ, chưa đối chiếu"}
    for heading, text in texts.items():
        editor.cell(page, 5, heading).value = text
    editor.cell(page, 5, "Điểm tối đa").value = points


async def begins_commune(office: Office, who: str, year: int) -> str:
    """Begin the commune's sheet of a year, as far as it goes; returns what is seen."""
    await office.desk.type(who, "/danhhieu")
    await office.desk.tap(who, "Xã, phường, đặc khu")
    await office.desk.tap(who, str(year))
    if (await office.desk.screen(who)).name == "commune":
        await office.desk.type(who, "Xã Mẫu")
    while (await office.desk.screen(who)).name not in ("question", "year", "commune"):
        await office.desk.type(who, "10")
    return office.words(await office.desk.screen(who))


async def test_the_circular_of_2014_is_completed_with_points_and_scores_2023(office: Office) -> None:
    await office.officer("can-bo")
    assert "mới biết tên tiêu chí" in await begins_commune(office, "can-bo", 2023)
    workbook = await office.workbook("can-bo", COMMUNE_2014)
    assert "giống hệt" in office.words(await office.send("can-bo", workbook))
    difference = office.words(await office.send("can-bo", with_points(workbook)))
    assert "Thêm chỉ tiêu “Điểm tiêu chí 1”: tối đa 8 điểm." in difference
    assert "Thử trên các phiếu" not in difference
    last = await office.decide("can-bo", "3/QĐ-UBND", TODAY, None)
    assert "Áp dụng từ ngày 25/01/2015 đến hết ngày 11/02/2024." in office.words(last)
    await office.desk.tap("can-bo", "Ban hành")
    (adoption,) = await office.adopted()
    assert (adoption.set_id, adoption.valid_from) == ("cong_dong_hoc_tap_xa_tt44_p2", date(2015, 1, 25))
    assert "Tiêu chí 1 được mấy điểm?" in await begins_commune(office, "can-bo", 2023)
    record = await sheet(office, "can-bo")
    assert (record.year, record.set_id) == (2023, "cong_dong_hoc_tap_xa_tt44_p2")
    rules = await office.criteria("can-bo")
    assert rules.note is None, "the note said that nothing can be scored by it"
    for points in POINTS:
        await office.desk.type("can-bo", str(points - 1))
    await office.desk.tap("can-bo", "Nộp phiếu")
    record = await sheet(office, "can-bo")
    assert (record.total, record.title_id) == (Decimal(100 - 15), "tot")


async def test_a_completed_set_is_mended_by_another_version(office: Office) -> None:
    await office.officer("can-bo")
    await office.send("can-bo", with_points(await office.workbook("can-bo", COMMUNE_2014)))
    await office.decide("can-bo", "3/QĐ-UBND", TODAY, None)
    await office.desk.tap("can-bo", "Ban hành")
    own = COMMUNE_2014.replace("chính thức", "của địa phương")
    editor = editing(await office.workbook("can-bo", own))
    page = editor.book.worksheets[3].title
    editor.cell(page, 5, "Câu hỏi").value = "Sự lãnh đạo, chỉ đạo được mấy điểm?"
    said = office.words(await office.send("can-bo", editor.saved()))
    assert "“Điểm tiêu chí 1”: đổi lời văn" in said
    assert "Thêm chỉ tiêu" not in said
    await office.decide("can-bo", "4/QĐ-UBND", TODAY, None)
    await office.desk.tap("can-bo", "Ban hành")
    assert [(each.version, each.valid_until) for each in await office.adopted()] == [
        ("1", date(2024, 2, 11)),
        ("2", date(2024, 2, 11)),
    ]


async def test_the_officer_of_the_province_finds_the_commune_that_completed_it(office: Office) -> None:
    """The year is chosen before the commune, so its rules are looked for in all of them."""
    await administer.add_place(office.desk.storage, "commune", "Xã Bên", PROVINCE, date(2020, 1, 1))
    await office.officer("can-bo")
    await office.send("can-bo", with_points(await office.workbook("can-bo", COMMUNE_2014)))
    await office.decide("can-bo", "3/QĐ-UBND", TODAY, None)
    await office.desk.tap("can-bo", "Ban hành")
    await office.officer("tinh", PROVINCE)
    await office.desk.type("tinh", "/danhhieu")
    await office.desk.tap("tinh", "Xã, phường, đặc khu")
    assert (await office.desk.tap("tinh", "2023")).name == "commune"
    refused = await office.desk.type("tinh", "Xã Bên")
    assert "mới biết tên tiêu chí" in office.words(refused)
    assert (await office.desk.person("tinh")).subject is None
    assert (await office.desk.type("tinh", "Xã Mẫu")).name == "question"


# --- a sheet in hand while others are looked at -----------------------------------------------------------------------


async def _officer_with_a_family(office: Office) -> None:
    await office.desk.register("can-bo", children=0)
    for answer in ("2/2", "2", "1", "có", "50", "1", "1", "có"):
        await office.desk.type("can-bo", answer)
    await office.desk.type("can-bo", f"/start {await office.code()}")
    await office.desk.type("can-bo", "/tomtat")
    await office.desk.tap("can-bo", "Trả lời tiếp (1 câu)")


async def test_looking_at_other_titles_leaves_a_sheet_under_its_own_rules(office: Office) -> None:
    await _officer_with_a_family(office)
    before = await sheet(office, "can-bo")
    await office.desk.type("can-bo", "/danhhieu")
    await office.desk.tap("can-bo", "Xã, phường, đặc khu")
    for label in ("Quay lại", "Quay lại"):
        await office.desk.tap("can-bo", label)
    assert (await office.desk.screen("can-bo")).name == "question"
    assert await sheet(office, "can-bo") == before


async def test_the_sheet_of_a_place_begins_in_its_year_and_without_points_of_the_family(office: Office) -> None:
    await _officer_with_a_family(office)
    await office.desk.type("can-bo", "3")
    assert (await sheet(office, "can-bo")).total == Decimal(100)
    await begins_commune(office, "can-bo", 2024)
    record = await sheet(office, "can-bo")
    assert (record.year, record.set_id) == (2024, "cong_dong_hoc_tap_xa")
    assert (record.total, record.title_id, record.state) == (None, None, AssessmentState.DRAFT)


async def test_moving_to_another_commune_leads_over_once_it_is_saved(office: Office) -> None:
    other = await administer.add_place(office.desk.storage, "commune", "Xã Bên", PROVINCE, TODAY)
    await administer.add_place(office.desk.storage, "hamlet", "Thôn Bên", other.id, TODAY)
    await office.officer("ben-canh", other.id)
    await office.adopt("ben-canh", edited(await office.workbook("ben-canh")))
    await office.officer("can-bo", COMMUNE)
    for said in ("/start", "đồng ý", "Bà Tư", "Thôn Mẫu 1", "2", "0", "2/2", "/tomtat"):
        await office.desk.type("nha-tu", said)
    await office.desk.tap("nha-tu", "Sửa thông tin đăng ký")
    for said in ("Bà Tư", "Thôn Bên", "3"):
        await office.desk.type("nha-tu", said)
        assert (await sheet(office, "nha-tu")).set_id == "gia_dinh_mau"
    await office.desk.type("nha-tu", "0")
    person = await office.desk.person("nha-tu")
    assert person.subject is not None
    assert (person.subject.place.name, person.subject.told["adults"]) == ("Thôn Bên", 3)
    said_then = office.words(await office.desk.type("nha-tu", "/tomtat"))
    assert "áp dụng bộ tiêu chí “Gia đình học tập”" in said_then
    assert (await sheet(office, "nha-tu")).set_id == f"gia_dinh_mau_p{other.id}"
