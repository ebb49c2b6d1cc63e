"""The printer: from a family's records to a picture, a PDF, a DOCX, or the copy of their data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from PIL import Image
from pypdf import PdfReader

from bot.dialogs.effects import DocumentKind
from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import say
from bot.i18n import LOCALES, translator
from bot.ports import AssessmentRecord, Document, PersonRecord
from bot.reports.file_names import file_name
from bot.reports.printer import SheetPrinter
from bot.reports.sheet_data import SheetDocument, SheetLine
from bot.reports.sheet_wording import sheet_document
from bot.scoring.model import Answer, CriteriaSet, NotApplicable, Quantity, Share, WhenNotApplicable, YesNo
from bot.scoring.parser import parse
from bot.services.rules import Rulebook, RulesMissingError
from tests.reports.records import AT, DRAFT, FAMILY, HANDED_IN, HOUSEHOLD, NOT_REGISTERED, RULEBOOK, TIMEZONE

CHILDLESS = replace(HOUSEHOLD, told={"adults": 3, "school_age_children": 0})
SHEETS = [DocumentKind.CARD, DocumentKind.PDF, DocumentKind.DOCX]
LEVELS = Path(__file__).parents[1] / "scoring" / "good" / "muc_do.toml"


async def made(kind: DocumentKind, person: PersonRecord, locale: str = "vi") -> Document:
    return await SheetPrinter(RULEBOOK, TIMEZONE).make(kind, person, locale, AT)


def worded(
    person: PersonRecord, record: AssessmentRecord | None = None, locale: str = "vi", rulebook: Rulebook = RULEBOOK
) -> SheetDocument:
    """What would be printed of the person's assessment, or of another record of theirs."""
    record = record or person.assessment
    assert record is not None
    assert person.subject is not None
    return sheet_document(rulebook.assessment(record), person.subject, translator(locale), TIMEZONE, AT)


def line(document: SheetDocument, number: str) -> SheetLine:
    return next(x for c in document.criteria for x in c.lines if x.number == number)


def answered(answers: Mapping[str, Answer]) -> AssessmentRecord:
    return replace(HANDED_IN, answers=answers)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("person", [FAMILY, DRAFT], ids=["handed in", "draft"])
async def test_the_picture_can_be_opened(person: PersonRecord, locale: str) -> None:
    document = await made(DocumentKind.CARD, person, locale)
    assert document.mime == "image/png"
    with Image.open(BytesIO(document.data)) as image:
        assert (image.format, image.width) == ("PNG", 1080)


async def test_the_picture_of_a_draft_differs_from_that_of_the_sheet_handed_in() -> None:
    assert (await made(DocumentKind.CARD, DRAFT)).data != (await made(DocumentKind.CARD, FAMILY)).data


async def test_the_pdf_says_the_result_and_that_it_is_a_sample() -> None:
    document = await made(DocumentKind.PDF, FAMILY)
    assert document.mime == "application/pdf"
    text = " ".join("\n".join(page.extract_text() for page in PdfReader(BytesIO(document.data)).pages).split())
    assert "PHIẾU MẪU - kết quả tạm tính" in text
    assert "Nhà bác Rơ Châm H’Bia" in text
    assert "Buôn Ƀhă, xã Phú Túc, tỉnh Gia Lai" in text
    assert "Tổng cộng 86/100 điểm" in text
    assert "Kết quả tạm tính: Gia đình học tập" in text
    assert "Đã nộp ngày 13/10/2026" in text


async def test_the_docx_says_what_a_draft_still_needs() -> None:
    document = await made(DocumentKind.DOCX, DRAFT)
    assert document.mime == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    with ZipFile(BytesIO(document.data)) as parts:
        assert parts.testzip() is None
    text = "\n".join(paragraph.text for paragraph in docx.Document(BytesIO(document.data)).paragraphs)
    assert "Bản nháp, chưa nộp" in text
    assert "Chưa đạt" in text
    assert "Còn thiếu 62 điểm để đạt “Gia đình học tập”" in text
    assert "Còn 10 câu chưa trả lời." in text


@pytest.mark.parametrize("kind", SHEETS)
@pytest.mark.parametrize("person", [NOT_REGISTERED, replace(FAMILY, assessment=None)], ids=["nobody", "no sheet"])
async def test_there_is_nothing_to_print_without_an_assessment(kind: DocumentKind, person: PersonRecord) -> None:
    with pytest.raises(ValueError, match="no assessment"):
        await made(kind, person)


async def test_a_sheet_whose_rules_are_missing_is_a_fault_not_an_empty_sheet() -> None:
    unknown = replace(FAMILY, assessment=replace(HANDED_IN, set_version="0"))
    with pytest.raises(RulesMissingError, match="'0' is not installed"):
        await made(DocumentKind.PDF, unknown)


@pytest.mark.parametrize("kind", SHEETS)
async def test_files_are_named_in_plain_letters_by_year(kind: DocumentKind) -> None:
    document = await made(kind, FAMILY)
    ending = "png" if kind is DocumentKind.CARD else kind.value
    assert document.name == f"gia-dinh-hoc-tap-phieu-mau-2026.{ending}"
    assert document.caption == say("result.title", name="Nhà bác Rơ Châm H’Bia", year="2026")


@pytest.mark.parametrize("locale", LOCALES)
async def test_names_of_files_are_plain_and_captions_can_be_worded(locale: str) -> None:
    for kind in (*SHEETS, DocumentKind.MY_DATA):
        document = await made(kind, FAMILY, locale)
        assert document.name.isascii()
        assert " " not in document.name
        assert document.caption is None or translator(locale).say(document.caption)


def test_a_title_becomes_a_file_name_whatever_is_in_it() -> None:
    assert file_name("Phiếu ĐẸP của H’Bia Ƀhă: 2026/27", "pdf") == "phieu-dep-cua-hbia-ha-2026-27.pdf"


async def test_the_copy_is_dated_by_the_local_day() -> None:
    document = await made(DocumentKind.MY_DATA, FAMILY)
    assert (document.name, document.mime) == ("ban-sao-du-lieu-2026-11-22.txt", "text/plain; charset=utf-8")


async def test_the_copy_is_made_of_the_records_of_that_person() -> None:
    asked: list[int] = []

    async def export(person_id: int) -> Mapping[str, tuple[Mapping[str, object], ...]]:
        asked.append(person_id)
        return {"person": ({"id": person_id},)}

    document = await SheetPrinter(RULEBOOK, TIMEZONE, export).make(DocumentKind.MY_DATA, NOT_REGISTERED, "vi", AT)
    assert asked == [6]
    assert '"id": 6' in document.data.decode()


# --- what is printed --------------------------------------------------------------------------------------------------


def test_points_are_printed_as_the_sum_of_the_criteria() -> None:
    document = worded(FAMILY)
    # 10 + 5 + 10, 10 + 10 + 10, 8 + 6 + 3, 8 + 0 + 6
    assert [(c.number, c.points, c.max_points) for c in document.criteria] == [
        ("1", "25", "30"),
        ("2", "30", "30"),
        ("3", "17", "20"),
        ("4", "14", "20"),
    ]
    assert (document.total, document.max_total, document.total_text) == ("86", "100", "86/100 điểm")
    assert document.reached == Fraction(86, 100)
    assert (document.result, document.is_title_reached, document.way_up) == ("Gia đình học tập", True, ())


def test_a_line_says_answer_points_reason_and_article() -> None:
    assert line(worded(FAMILY), "1.2") == SheetLine(
        number="1.2",
        name="Kết quả học tập",
        question=line(worded(FAMILY), "1.2").question,
        answer="1/2 (50%)",
        points="5",
        max_points="10",
        reason="Trả lời: 1/2, bằng 50%, thuộc mức từ 50% trở lên.",
        article="QĐ 448/QĐ-KHVN, tiêu chí 1.2",
    )


def test_english_readers_get_the_questions_in_english() -> None:
    document = worded(FAMILY, locale="en")
    assert document.locale == "en"
    assert document.result == "Learning family"
    assert line(document, "1.1").name == "Children at school"
    assert line(document, "1.1").question.startswith("How many of the household's school-age children")


def test_what_does_not_apply_is_said_so_and_keeps_its_points() -> None:
    childless = replace(FAMILY, subject=CHILDLESS)
    printed = line(worded(childless), "1.1")
    assert (printed.answer, printed.points, printed.max_points) == ("Không áp dụng", "10", "10")
    assert "Gia đình không có trẻ em trong tuổi đi học" in printed.reason


def test_unanswered_differs_from_no() -> None:
    document = worded(FAMILY, answered({"hieu_qua_van_hoa": YesNo(False)}))
    assert line(document, "4.2").answer == "Chưa"
    assert line(document, "3.1").answer == "Chưa trả lời"
    assert (line(document, "3.1").points, line(document, "3.1").max_points) == ("0", "8")


def test_steps_of_the_way_up_carry_no_bullet_of_their_own() -> None:
    way_up = worded(DRAFT).way_up
    assert way_up[1] == "Kết quả học tập: thêm được 10 điểm"


def test_the_note_says_first_what_is_open() -> None:
    note = worded(DRAFT).note
    assert note is not None
    assert note.startswith("Còn 10 câu chưa trả lời. Đây là phiếu mẫu")
    assert (worded(FAMILY).note or "").startswith("Đây là phiếu mẫu")


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (AssessmentState.DRAFT, None),
        (AssessmentState.HANDED_IN, None),
        (AssessmentState.RETURNED, "Phiếu được trả lại để bổ sung."),
        (AssessmentState.CONFIRMED, "Thôn đã xác nhận, đang chờ xã thẩm định."),
        (AssessmentState.APPRAISED, "Xã đã thẩm định, đang chờ công nhận."),
        (AssessmentState.RECOGNISED, "Đã được công nhận danh hiệu."),
        (AssessmentState.NOT_RECOGNISED, "Năm nay chưa được công nhận."),
    ],
)
def test_every_state_is_said(state: AssessmentState, words: str | None) -> None:
    document = worded(FAMILY, replace(HANDED_IN, state=state))
    assert document.state == words
    assert (document.handed_in_on is None) == (state in (AssessmentState.DRAFT, AssessmentState.RETURNED))


async def test_a_state_beyond_handing_in_is_on_the_paper() -> None:
    confirmed = replace(FAMILY, assessment=replace(HANDED_IN, state=AssessmentState.CONFIRMED))
    pdf = await made(DocumentKind.PDF, confirmed)
    text = " ".join(PdfReader(BytesIO(pdf.data)).pages[0].extract_text().split())
    assert "Tình trạng: Thôn đã xác nhận" in text
    assert "Đã nộp ngày" not in text


def excluding(*indicator_ids: str) -> Rulebook:
    """The shipped set, with indicators that leave the total where they do not apply."""
    criteria = RULEBOOK.get("gia_dinh_mau", "1")
    changed = tuple(
        replace(
            criterion,
            indicators=tuple(
                replace(i, not_applicable=WhenNotApplicable.EXCLUDED) if i.id in indicator_ids else i
                for i in criterion.indicators
            ),
        )
        for criterion in criteria.criteria
    )
    return Rulebook([replace(criteria, criteria=changed)])


CHILDREN = ("tre_em_di_hoc", "tre_em_ket_qua", "tre_em_nep_song")


def test_what_leaves_the_total_leaves_the_criterion_and_is_not_printed_as_zero() -> None:
    childless = replace(FAMILY, subject=CHILDLESS)
    document = worded(childless, rulebook=excluding(*CHILDREN[:2]))
    printed = line(document, "1.1")
    assert (printed.points, printed.max_points) == ("Không tính vào tổng", None)
    children = document.criteria[0]
    assert (children.points, children.max_points, children.reached) == ("10", "10", Fraction(1))


def test_a_criterion_of_which_nothing_counts_has_no_points() -> None:
    childless = replace(FAMILY, subject=CHILDLESS)
    document = worded(childless, rulebook=excluding(*CHILDREN))
    children = document.criteria[0]
    assert (children.points, children.max_points) == ("–", None)
    # (30 + 17 + 14) of 70 are scaled to 100: 87.142857...
    assert document.reached == Fraction(61, 70)
    assert document.total == "87,1"


def test_a_total_just_under_the_pass_mark_is_not_printed_as_the_pass_mark() -> None:
    assert translator("vi").param(Decimal("79.996")) == "79,996"


def levels() -> Rulebook:
    criteria = parse(LEVELS.read_bytes(), LEVELS.name)
    assert isinstance(criteria, CriteriaSet)
    return Rulebook([criteria])


@pytest.mark.parametrize(
    ("answers", "criterion", "points", "result"),
    [
        ({"di_hoc": YesNo(True), "sach": Quantity(Decimal(10))}, ("2", "2"), ("Đạt mức 1", "Đạt mức 1"), "Đạt"),
        ({"di_hoc": YesNo(True), "sach": Quantity(Decimal(9))}, ("1", "2"), ("Đạt mức 1", "Chưa đạt"), "Chưa đạt"),
        ({}, ("0", "2"), ("Chưa đạt", "Chưa đạt"), "Chưa đạt"),
    ],
)
def test_a_set_judged_by_levels_counts_what_passes(
    answers: Mapping[str, Answer], criterion: tuple[str, str], points: tuple[str, str], result: str
) -> None:
    record = replace(HANDED_IN, set_id="thu", answers=answers)
    document = worded(FAMILY, record, rulebook=levels())
    (only,) = document.criteria
    assert (only.points, only.max_points) == criterion == (document.total, document.max_total)
    assert (line(document, "1.1").points, line(document, "1.2").points) == points
    assert line(document, "1.1").max_points is None
    assert document.total_text == f"{criterion[0]}/{criterion[1]} chỉ tiêu đạt mức 1"
    assert document.result == result


def test_what_a_family_says_does_not_apply_is_said_so() -> None:
    document = worded(FAMILY, answered({**HANDED_IN.answers, "nguoi_lon_biet_chu": NotApplicable()}))
    printed = line(document, "2.1")
    assert printed.answer == "Không áp dụng"


def test_an_answer_that_no_longer_fits_is_printed_with_the_reason_why_it_counts_nothing() -> None:
    document = worded(FAMILY, answered({**HANDED_IN.answers, "tre_em_di_hoc": Share(3, 3)}))
    printed = line(document, "1.1")
    assert (printed.answer, printed.points) == ("3/3 (100%)", "0")
    assert printed.reason == "Câu trả lời cũ không còn hợp, cần trả lời lại."
