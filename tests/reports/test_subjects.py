"""Whoever is assessed, the papers name them, their place, their numbers and who signs, and hold every line."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from PIL import Image
from pypdf import PdfReader

from bot.dialogs.effects import DocumentKind
from bot.dialogs.profile import QUESTIONS
from bot.dialogs.session import Session
from bot.i18n import LOCALES, translator
from bot.messages import MESSAGES
from bot.ports import AssessmentRecord, PersonRecord
from bot.reports.card import card_png, measure_at
from bot.reports.card_layout import lay_out
from bot.reports.docx import sheet_docx
from bot.reports.labels import SIGNATURES
from bot.reports.pdf import sheet_pdf
from bot.reports.printer import SheetPrinter
from bot.reports.sheet_data import SheetDocument, out_of
from bot.reports.sheet_wording import sheet_document
from bot.scoring.model import Chosen, Derived, PointsTitle, Quantity, Share, Standing, SubjectKind, Text
from tests.reports.records import RULEBOOK, TIMEZONE
from tests.reports.sheets import english, vietnamese
from tests.reports.subjects import CASES, Case, assessment_of, document_of
from tests.reports.test_card import check

EACH = pytest.mark.parametrize("case", CASES, ids=lambda case: case.set_id)
BY_LEVELS = [case for case in CASES if not case.criteria.is_by_points]
LONGEST = max(BY_LEVELS, key=lambda case: len(case.criteria.indicators))


def case_of(set_id: str) -> Case:
    return next(case for case in CASES if case.set_id == set_id)


def squeezed(text: str) -> str:
    return "".join(text.split())


def pages_of(pdf: bytes) -> list[str]:
    return [squeezed(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def pdf_text(document: SheetDocument) -> str:
    return "".join(pages_of(sheet_pdf(document, translator(document.locale).text)))


def docx_text(document: SheetDocument) -> str:
    paper = docx.Document(BytesIO(sheet_docx(document, translator(document.locale).text)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return squeezed("\n".join([*(paragraph.text for paragraph in paper.paragraphs), *cells]))


def head_of(document: SheetDocument) -> list[str]:
    """The paragraphs of the DOCX between the frame and the table."""
    paper = docx.Document(BytesIO(sheet_docx(document, translator(document.locale).text)))
    texts = [paragraph.text for paragraph in paper.paragraphs]
    start = next(n for n, text in enumerate(texts) if document.subject_name in text)
    return texts[start : next(n for n, text in enumerate(texts) if text.startswith("Tình trạng"))]


def test_every_kind_of_subject_is_printed_here() -> None:
    assert {case.subject.kind for case in CASES} == set(SubjectKind) == set(SIGNATURES)
    assert {case.criteria.standing for case in CASES} == {Standing.OFFICIAL, Standing.SAMPLE}


@EACH
def test_the_head_says_who_where_and_by_which_rules(case: Case) -> None:
    document = document_of(case)
    criteria = case.criteria
    last = "" if criteria.valid_until is None else f" đến hết ngày {criteria.valid_until:%d/%m/%Y}"
    assert head_of(document) == [
        *case.lines,
        f"Căn cứ: {criteria.issuing_document}",
        f"Bộ tiêu chí áp dụng từ ngày {criteria.valid_from:%d/%m/%Y}{last}",
    ]
    text = pdf_text(document)
    assert [line for line in head_of(document) if squeezed(line) not in text] == []


@EACH
def test_the_right_people_sign(case: Case) -> None:
    document = document_of(case)
    paper = docx.Document(BytesIO(sheet_docx(document, vietnamese)))
    assert [cell.text.split("\n")[1] for cell in paper.tables[2].rows[0].cells] == list(case.signatures)
    last_page = pages_of(sheet_pdf(document, vietnamese))[-1]
    assert [who for who in case.signatures if squeezed(who) not in last_page] == []


@EACH
@pytest.mark.parametrize("left_open", [0, 5])
@pytest.mark.parametrize("text_of", [pdf_text, docx_text])
def test_every_line_is_on_the_paper(case: Case, left_open: int, text_of: Callable[[SheetDocument], str]) -> None:
    document = document_of(case, left_open=left_open)
    text = text_of(document)
    for criterion in document.criteria:
        assert squeezed(criterion.title) in text
        for line in criterion.lines:
            parts = (line.name, line.question, line.answer, out_of(line.points, line.max_points), line.reason)
            assert [part for part in (*parts, line.article) if squeezed(part) not in text] == []
    expected = [document.total_text, document.result, document.title, *document.way_up, document.note or ""]
    assert [part for part in expected if squeezed(part) not in text] == []


@EACH
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("left_open", [0, 5])
def test_the_picture_holds_all_of_it(case: Case, locale: str, left_open: int) -> None:
    document = document_of(case, locale, left_open=left_open)
    words = vietnamese if locale == "vi" else english
    layout = lay_out(document, words, measure_at)
    check(layout)
    shown = [" ".join(box.lines) for box in layout.texts]
    for text in (document.title, document.subject_name, document.result, *(c.title for c in document.criteria)):
        assert text in shown
    assert (document.place in shown) == bool(document.place)
    assert not any("…" in text or not text for text in shown)
    assert (document.total_text in shown) == (document.level is not None)


@EACH
def test_the_picture_can_be_opened(case: Case) -> None:
    with Image.open(BytesIO(card_png(document_of(case), vietnamese))) as image:
        assert image.width == 1080
        assert 1440 <= image.height <= 1900


def test_a_long_name_a_long_title_and_long_criteria_fit_the_picture() -> None:
    long = "Trường Phổ thông Dân tộc Bán trú Tiểu học và Trung học cơ sở xã Chư Rcăm"
    document = document_of(case_of("cong_dong_hoc_tap_tinh"))
    wide = replace(
        document,
        subject_name=long,
        title="Bộ tiêu chí Đơn vị học tập của thành phố dành cho cơ quan, trường học, doanh nghiệp, hợp tác xã",
        criteria=tuple(document.criteria[n % 4] for n in range(15)),
    )
    layout = lay_out(wide, vietnamese, measure_at)
    check(layout)
    shown = [" ".join(box.lines) for box in layout.texts]
    assert {long, wide.title, *(criterion.title for criterion in wide.criteria)} <= set(shown)


@EACH
async def test_the_file_is_named_after_the_title_and_the_year(case: Case) -> None:
    sheet = assessment_of(case)
    record = AssessmentRecord(
        11, sheet.year, case.set_id, "1", sheet.answers, sheet.state, {}, handed_in_at=sheet.handed_in_at
    )
    person = PersonRecord(5, Session(), subject=case.subject, assessment=record)
    made = await SheetPrinter(RULEBOOK, TIMEZONE).make(DocumentKind.DOCX, person, "vi", case.at)
    assert made.name == f"{case.file}.docx"


@EACH
def test_nobody_but_a_family_is_called_one(case: Case) -> None:
    """Not in the fixed words; a question of a clan or a hamlet may well be about its families."""
    document = replace(document_of(case), criteria=(), told=(), note=None, title="", result="", issuing_document="")
    text = docx_text(document).lower()
    assert ("giađình" in text) == (case.subject.kind is SubjectKind.HOUSEHOLD)


@EACH
def test_english_papers_are_in_english(case: Case) -> None:
    document = document_of(case, "en", left_open=3)
    text = docx_text(document)
    for vietnamese_word in ("Cấpxã", "Đặcđiểm", "NGƯỜILẬP", "TRƯỞNGTHÔN", "Bộtiêuchíápdụng", "Mứcđạt"):
        assert vietnamese_word not in text
    assert "Thesecriteriaapplyfrom" in text


def test_every_count_that_registration_asks_for_can_be_printed() -> None:
    counted = {f"report.fact.{question.id}" for question in QUESTIONS if not question.options}
    assert counted <= MESSAGES.keys()


# --- points and levels ------------------------------------------------------------------------------------------------


def test_points_stand_under_points() -> None:
    text = docx_text(document_of(case_of("dong_ho_mau")))
    assert "TrảlờiĐiểmLýdovàcăncứ" in text
    assert "Mứcđạt" not in text


@pytest.mark.parametrize("case", BY_LEVELS, ids=lambda case: case.set_id)
def test_levels_stand_under_levels(case: Case) -> None:
    document = document_of(case, left_open=2)
    text = pdf_text(document)
    assert "Mứcđạt" in text
    assert "ĐiểmLýdo" not in text
    last = document.criteria[-1]
    count = len(last.lines)
    assert squeezed(f"{last.title}{count - 2}/{count} đạt mức 1") in text
    assert {line.points for line in last.lines} - {"Không xét, coi như đạt"} == {"Chưa đạt", "Đạt mức 2"}
    assert (
        document.total_text == f"{len(case.criteria.indicators) - 2}/{len(case.criteria.indicators)} chỉ tiêu đạt mức 1"
    )


def test_the_level_that_is_counted_is_that_of_the_next_title() -> None:
    """TT 25/2023/TT-BGDĐT, Điều 6 khoản 4 điểm b: level 2 of primary schooling passes level 1 only."""
    commune = case_of("cong_dong_hoc_tap_xa")
    options = next(i for i in commune.criteria.indicators if i.id == "pho_cap_tieu_hoc").rule
    lower = next(o.id for o in options.options if o.worth.passes_level == 1)  # type: ignore[union-attr]  # one of several
    document = document_of(commune, but={"pho_cap_tieu_hoc": Chosen(lower)})
    assert document.result == "Cộng đồng học tập cấp xã, mức độ 1"
    assert document.level == 2
    assert document.total_text == "15/16 chỉ tiêu đạt mức 2"
    assert document.way_up[0] == "Để đạt “Cộng đồng học tập cấp xã, mức độ 2” còn 1 việc:"


def test_the_longest_official_sheet_repeats_its_heads_on_every_page_of_the_table() -> None:
    pages = pages_of(sheet_pdf(document_of(LONGEST, left_open=6), vietnamese))
    assert len(LONGEST.criteria.indicators) == 19
    assert len(pages) >= 3
    head = squeezed("Số Chỉ tiêu Trả lời Mức đạt Lý do và căn cứ")
    with_lines = [page for page in pages if "TT24/2023/TT-BGDĐT,Điều" in page]
    assert len(with_lines) >= 3
    assert all(head in page for page in with_lines)
    assert sum("Tổngcộng" in page for page in pages) == 1
    (with_total,) = [page for page in with_lines if "Tổngcộng" in page]
    assert with_total.index(head) < with_total.index("Tổngcộng")


def test_points_given_outright_are_said_to_be_given() -> None:
    case = case_of("don_vi_tt22_huyen")
    first = case.criteria.indicators[0]
    document = document_of(case, but={first.id: Quantity(Decimal("2.5"))})
    line = document.criteria[0].lines[0]
    assert (line.answer, line.points, line.reason) == ("2,5 điểm", "2,5", "Điểm được chấm: 2,5.")


def derived_line(answer: Derived) -> tuple[str, str]:
    commune = case_of("cong_dong_hoc_tap_xa")
    (indicator,) = [i for i in commune.criteria.indicators if i.id == "cong_dan_hoc_tap"]
    document = document_of(commune, but={indicator.id: answer})
    line = next(x for c in document.criteria for x in c.lines if x.name == indicator.short.vi)
    return line.answer, line.reason


def test_a_computed_share_says_where_it_comes_from() -> None:
    answer, reason = derived_line(Derived(3119, 5200, date(2026, 11, 20)))
    assert answer == "3.119/5.200 (59,98%)"
    assert reason.startswith("Tính từ sổ ghi ngày 20/11/2026: 3.119/5.200, bằng 59,98%")


def test_a_computed_share_that_somebody_replaced_says_why_and_what_the_records_said() -> None:
    _, reason = derived_line(Derived(3200, 5200, date(2026, 11, 20), "có 81 người mới về", Share(3119, 5200)))
    assert "Lý do: có 81 người mới về." in reason
    assert "Sổ ghi ngày 20/11/2026 là 3.119/5.200." in reason


def test_limits_of_difficult_areas_are_told_of_where_they_count() -> None:
    difficult = replace(case_of("gia_dinh_mau").subject.place, is_difficult_area=True)
    family = case_of("gia_dinh_mau")
    same = replace(family, subject=replace(family.subject, place=difficult))
    assert document_of(same).told == document_of(family).told
    assert document_of(case_of("cong_dan_nong_dan")).told == ("vùng khó khăn",)


def test_a_total_that_is_enough_is_not_said_to_lack_points() -> None:
    """QĐ 324/QĐ-KHVN: 90 points are no title while one of the ten indicators is below 5."""
    case = case_of("cong_dan_nong_dan")
    first = case.criteria.indicators[0]
    worst = first.rule.options[-1].id  # type: ignore[union-attr]  # one of several
    document = document_of(case, but={first.id: Chosen(worst)})
    assert (document.total, document.result) == ("90", "Chưa đạt")
    assert document.way_up[0] == "Tổng điểm đã đủ. Muốn đạt “Công dân học tập”, còn phải:"
    assert document.way_up[1].startswith(first.short.vi)


# --- between two titles -----------------------------------------------------------------------------------------------


def between() -> SheetDocument:
    """84.5 points where the text names 'Khá' from 70 to 84 and 'Tốt' from 85, as TT 44/2014/TT-BGDĐT does."""
    case = case_of("don_vi_tt22_huyen")
    titles = (
        PointsTitle("tot", Text("Tốt", "Good"), Decimal(85)),
        PointsTitle("kha", Text("Khá", "Fair"), Decimal(70), up_to=Decimal(84)),
    )
    lost, fewer = Decimal("15.5"), {}
    for indicator in case.criteria.indicators:
        taken = min(lost, indicator.max_points or Decimal(0))
        fewer[indicator.id] = Quantity((indicator.max_points or Decimal(0)) - taken)
        lost -= taken
    sheet = replace(assessment_of(case, but=fewer), criteria=replace(case.criteria, titles=titles))
    return sheet_document(sheet, case.subject, translator("vi"), TIMEZONE, case.at)


def test_a_total_between_two_titles_is_neither_and_says_so() -> None:
    document = between()
    assert document.total == "84,5"
    assert document.result == "Chưa xếp được, giữa “Khá” và “Tốt”"
    assert not document.is_title_reached
    assert "văn bản nêu Khá đến 84 và Tốt từ 85" in (document.result_means or "")
    for text in (pdf_text(document), docx_text(document)):
        assert squeezed(document.result) in text
        assert squeezed(document.result_means or "-") in text
        assert "Chưađạt" not in text
    shown = [" ".join(box.lines) for box in lay_out(document, vietnamese, measure_at).texts]
    assert document.result in shown
