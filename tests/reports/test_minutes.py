"""The minutes are set as official papers are, say what was recorded, and leave blank what nobody has told."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.facts import MeetingRecord
from bot.i18n import translator
from bot.ports.village.reviews import SheetRow
from bot.reports.minutes import Minutes, grouped, minutes_docx
from bot.scoring.model import SubjectKind
from bot.scoring.shipped import load_shipped
from bot.services.rules import Rulebook

WORDS = translator("vi")
RULEBOOK = Rulebook(load_shipped())
FAMILY_SET = next(each for each in load_shipped() if each.subject is SubjectKind.HOUSEHOLD)
HAMLET = Place(3, "Thôn Mẫu 1", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/")
HANDED_IN = datetime(2026, 11, 20, tzinfo=UTC)


def row(
    number: int,
    name: str,
    *,
    title: bool = True,
    state: AssessmentState = AssessmentState.CONFIRMED,
    is_complete: bool = True,
) -> SheetRow:
    """A household's sheet."""
    return SheetRow(
        number, number, SubjectKind.HOUSEHOLD, None, name, f"{number:03}", {"adults": 2}, FAMILY_SET.id,
        FAMILY_SET.version, state, Decimal(88 if title else 41), FAMILY_SET.titles[0].id if title else None,
        is_complete, HANDED_IN, 2026, HAMLET.id,
    )  # fmt: skip


def minutes(*rows: SheetRow, left_open: int = 0, against: int = 2) -> Minutes:
    """The minutes of a meeting about these sheets."""
    return Minutes(
        HAMLET,
        2026,
        MeetingRecord(1, date(2026, 11, 21), 45, 40, against),
        grouped(rows, RULEBOOK, WORDS),
        FAMILY_SET.standing,
        left_open,
        date(2026, 11, 22),
    )


ROWS = (row(1, "Nguyễn Văn An"), row(2, "Trần Thị Bình", title=False), row(3, "Lê Văn Cả"))


def read(data: bytes) -> docx.document.Document:
    return docx.Document(BytesIO(data))


def text_of(paper: docx.document.Document) -> str:
    cells = [p.text for table in paper.tables for r in table.rows for cell in r.cells for p in cell.paragraphs]
    return "\n".join([p.text for p in paper.paragraphs] + cells)


def test_paper_type_and_margins_are_those_of_nd_30() -> None:
    paper = read(minutes_docx(minutes(*ROWS), WORDS))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)  # type: ignore[union-attr]
    margins = section.left_margin, section.right_margin, section.top_margin, section.bottom_margin
    assert [round(each.mm) for each in margins] == [30, 15, 20, 20]  # type: ignore[union-attr]
    assert paper.styles["Normal"].font.name == "Times New Roman"


def test_the_text_is_justified_indented_and_at_least_six_points_apart() -> None:
    paper = read(minutes_docx(minutes(*ROWS), WORDS))
    (vote,) = (p for p in paper.paragraphs if "Biểu quyết" in p.text)
    assert vote.alignment is WD_ALIGN_PARAGRAPH.JUSTIFY
    assert vote.paragraph_format.first_line_indent == pytest.approx(Mm(10), abs=100)
    assert vote.paragraph_format.space_before == Pt(6)
    assert vote.runs[0].font.size == Pt(14)


def test_the_head_names_the_nation_the_hamlet_and_a_draft_without_number_and_day() -> None:
    text = text_of(read(minutes_docx(minutes(*ROWS), WORDS)))
    for said in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "XÃ MẪU",
        "THÔN MẪU 1",
        "Số: ...../BB",
        "Thôn Mẫu 1, ngày ..... tháng ..... năm 2026",
        "DỰ THẢO",
        "BIÊN BẢN",
        "Họp bình xét các danh hiệu học tập năm 2026",
    ):
        assert said in text


def test_pages_are_numbered_at_the_top_but_the_first() -> None:
    section = read(minutes_docx(minutes(*ROWS), WORDS)).sections[0]
    assert section.different_first_page_header_footer
    assert "PAGE" in section.header.paragraphs[0]._p.xml
    assert "PAGE" not in section.first_page_header._element.xml


def test_the_vote_adds_up_and_the_day_is_the_meetings() -> None:
    text = text_of(read(minutes_docx(minutes(*ROWS), WORDS)))
    assert "ngày 21/11/2026" in text
    assert "45 người dự họp" in text
    assert "40 người đồng ý, 2 người không đồng ý, 3 người không có ý kiến" in text


def test_households_stand_by_title_in_the_order_of_the_roll() -> None:
    paper = read(minutes_docx(minutes(*ROWS), WORDS))
    reached, not_reached = paper.tables[1], paper.tables[2]
    assert [[c.text for c in r.cells] for r in reached.rows] == [
        ["STT", "Hộ số", "Họ và tên", "Điểm", "Tình trạng"],
        ["1", "001", "Nguyễn Văn An", "88", "Thôn đã xác nhận"],
        ["2", "003", "Lê Văn Cả", "88", "Thôn đã xác nhận"],
    ]
    assert [c.text for c in not_reached.rows[1].cells] == ["1", "002", "Trần Thị Bình", "41", "Thôn đã xác nhận"]
    assert "Cộng: 3 phiếu" in text_of(paper)


def test_an_incomplete_sheet_has_no_title() -> None:
    found = grouped([row(1, "An", is_complete=False), row(2, "Bình", title=False)], RULEBOOK, WORDS)
    assert [group.title for group in found] == [FAMILY_SET.not_reached.vi, "còn câu chưa trả lời"]


@pytest.mark.parametrize("state", [each for each in AssessmentState if each not in ("draft", "returned")])
def test_every_state_that_is_listed_has_its_words(state: AssessmentState) -> None:
    assert minutes_docx(minutes(row(1, "An", state=state)), WORDS)


def test_it_says_whose_rules_the_titles_are_by_and_that_nothing_is_recognised_yet() -> None:
    text = text_of(read(minutes_docx(minutes(*ROWS), WORDS)))
    assert "tạm tính theo bộ tiêu chí mẫu, chưa phải tiêu chí chính thức" in text
    assert "chỉ được công nhận khi có quyết định" in text


def test_households_that_have_not_handed_in_are_counted() -> None:
    assert "Còn 12 hộ trong danh sách chưa nộp phiếu." in text_of(
        read(minutes_docx(minutes(*ROWS, left_open=12), WORDS))
    )


def test_a_meeting_about_nothing_says_so() -> None:
    text = text_of(read(minutes_docx(minutes(), WORDS)))
    assert "Chưa có phiếu nào được nộp." in text


def test_three_sign() -> None:
    text = text_of(read(minutes_docx(minutes(*ROWS), WORDS)))
    assert [text.count(who) for who in ("THƯ KÝ", "CHỦ TRÌ", "ĐẠI DIỆN CÁC HỘ")] == [1, 1, 1]
    assert text.count("(Ký, ghi rõ họ tên)") == 3


def test_the_same_minutes_give_the_same_bytes() -> None:
    assert minutes_docx(minutes(*ROWS), WORDS) == minutes_docx(minutes(*ROWS), WORDS)
