"""The village meeting is recorded field by field, and its minutes are a draft that can be printed and signed."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import docx
import pytest

from bot.dialogs.effects import DocumentKind
from tests.services.desk import Desk
from tests.services.office import Office
from tests.village.reviewing import HEAD, Village


@pytest.fixture
async def village(desk: Desk, office: Office) -> Village:
    made = Village(desk, office)
    await made.head()
    return made


async def test_a_meeting_is_asked_for_field_by_field(village: Village) -> None:
    await village.handed_in("Hoa")
    await village.review()
    seen = await village.tap("Họp thôn")
    assert "Họp bình xét năm 2026: Thôn Mẫu 1" in seen
    assert "Còn 1 phiếu chưa xác nhận" in seen
    assert "Ngày họp: 21/11/2026" in await village.type("hôm qua")
    assert "Dự họp: 45 người" in await village.type("45 người")
    assert "Đồng ý: 40 người" in await village.type("40")
    seen = await village.type("2")
    assert "Không đồng ý: 2 người" in seen
    assert "Ghi như vậy đúng chưa?" in seen
    seen = await village.tap("Đúng, ghi vào sổ")
    assert "Đã ghi cuộc họp." in seen
    assert "Không có ý kiến: 3 người" in seen
    async with village.desk.storage.work() as work:
        meeting = await work.reviews.meeting(3, 2026)
    assert meeting is not None
    assert (meeting.day, meeting.present, meeting.in_favour, meeting.against) == (date(2026, 11, 21), 45, 40, 2)


async def test_what_most_meetings_end_with_is_three_taps(village: Village) -> None:
    await village.review()
    await village.tap("Họp thôn", "Hôm nay, 22/11/2026")
    await village.type("45")
    seen = await village.tap("Tất cả 45 người", "Không ai", "Đúng, ghi vào sổ")
    assert "Đồng ý: 45 người" in seen
    assert "Không có ý kiến" not in seen


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        (("30/11",), "chưa đến"),
        (("15/11/2025",), "Chỉ ghi cuộc họp của năm 2026"),
        (("một hôm nào đó",), "Chưa rõ ngày nào"),
        (("hôm nay", "0"), "từ 1 đến"),
        (("hôm nay", "năm nghìn lẻ một"), "từ 1 đến"),
        (("hôm nay", "đông lắm"), "Gõ một số"),
        (("hôm nay", "45", "46"), "nhiều hơn số người dự họp còn lại (45)"),
        (("hôm nay", "45", "40", "6"), "nhiều hơn số người dự họp còn lại (5)"),
    ],
)
async def test_what_cannot_be_is_refused_with_what_to_do(village: Village, said: tuple[str, ...], answer: str) -> None:
    await village.review()
    await village.tap("Họp thôn")
    for text in said[:-1]:
        await village.type(text)
    assert answer in await village.type(said[-1])


async def test_back_leads_to_the_field_before(village: Village) -> None:
    await village.review()
    await village.tap("Họp thôn", "Hôm nay, 22/11/2026")
    await village.type("45")
    await village.type("40")
    assert "Bao nhiêu người đồng ý?" in await village.tap("Quay lại")
    assert "Có bao nhiêu người dự họp?" in await village.tap("Quay lại")
    assert "Họp ngày nào?" in await village.tap("Quay lại")
    assert "Bình xét năm 2026" in await village.tap("Quay lại")


async def test_the_minutes_list_the_households_by_title(village: Village, office: Office) -> None:
    await village.handed_in("Hoa", "Nam")
    await village.handed_in_quickly("Tư")
    await village.review()
    await village.tap("Xem từng phiếu", "Nam", "Xác nhận")
    await village.review()
    await village.tap("Họp thôn", "Hôm nay, 22/11/2026")
    await village.type("45")
    await village.tap("Tất cả 45 người", "Không ai", "Đúng, ghi vào sổ")
    assert "Đang gửi" in await village.tap("Lấy biên bản (Word)")
    document = await office.document(HEAD)
    assert document.name == "bien-ban-hop-binh-xet-thon-mau-1-2026.docx"
    paper = docx.Document(BytesIO(document.data))
    text = "\n".join(paragraph.text for paragraph in paper.paragraphs)
    assert "45 người dự họp" in text
    assert "45 người đồng ý, 0 người không đồng ý, 0 người không có ý kiến" in text
    assert "Gia đình – Gia đình học tập: 2 phiếu" in text
    assert "Gia đình – Chưa đạt: 1 phiếu" in text
    rows = [[cell.text for cell in row.cells] for table in paper.tables[1:3] for row in table.rows[1:]]
    assert [(row[2], row[4]) for row in rows] == [
        ("Hoa", "Đã nộp"),
        ("Nam", "Thôn đã xác nhận"),
        ("Tư", "Đã nộp"),
    ]


async def test_the_minutes_are_the_business_of_the_hamlet_alone(village: Village, office: Office) -> None:
    await village.review()
    await village.tap("Họp thôn", "Hôm nay, 22/11/2026")
    await village.type("45")
    await village.tap("Tất cả 45 người", "Không ai", "Đúng, ghi vào sổ")
    await village.head("neighbour", place_id=4)
    await office.officer("officer")
    await village.families.register("Hoa")
    for who in ("neighbour", "officer", "Hoa"):
        with pytest.raises(ValueError, match="no meeting"):
            await office.made(who, DocumentKind.MINUTES, "1")
    for of in ("2", "", "x", "-1", "9" * 30):
        with pytest.raises(ValueError, match="no meeting"):
            await office.made(HEAD, DocumentKind.MINUTES, of)
    assert (await office.made(HEAD, DocumentKind.MINUTES, "1")).data
