"""The DOCX says all that the sheet says, set as official papers are."""

from __future__ import annotations

import time
from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.document import Document as DocxDocument
from docx.shared import Pt
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reports.docx import sheet_docx
from bot.reports.sheet_data import SheetDocument, Translate, out_of
from bot.scoring.model import Standing
from tests.reports.sheets import FAMILY, FAMILY_IN_ENGLISH, english, vietnamese

BOTH = pytest.mark.parametrize(
    ("document", "words"), [(FAMILY, vietnamese), (FAMILY_IN_ENGLISH, english)], ids=["vi", "en"]
)


def opened(data: bytes) -> DocxDocument:
    return Document(BytesIO(data))


def table_rows(paper: DocxDocument) -> list[list[str]]:
    """The rows of the table of indicators; merged cells once."""
    rows = []
    for row in paper.tables[1].rows:
        texts: list[str] = []
        seen: list[object] = []
        for cell in row.cells:
            if cell._tc not in seen:
                seen.append(cell._tc)
                texts.append(cell.text)
        rows.append(texts)
    return rows


@BOTH
def test_the_table_has_every_line_in_order(document: SheetDocument, words: Translate) -> None:
    names = ("number", "indicator", "answer", "points", "reason")
    expected = [[words(f"report.column.{name}", {}) for name in names]]
    for criterion in document.criteria:
        points = out_of(criterion.points, criterion.max_points)
        expected.append([criterion.number, criterion.title, points, ""])
        expected.extend(
            [
                line.number,
                f"{line.name}\n{line.question}",
                line.answer,
                out_of(line.points, line.max_points),
                f"{line.reason}\n{line.article}",
            ]
            for line in criterion.lines
        )
    expected.append([words("report.total", {}), document.total_text])
    assert table_rows(opened(sheet_docx(document, words))) == expected


@BOTH
def test_the_whole_result_is_written(document: SheetDocument, words: Translate) -> None:
    paper = opened(sheet_docx(document, words))
    text = [paragraph.text for paragraph in paper.paragraphs]
    year = str(document.year)
    for expected in (
        words("report.nation", {}),
        words("report.motto", {}),
        words("report.heading.about", {"title": document.title, "year": year}),
        words("report.subject.household", {"name": document.subject_name}),
        words("report.place.home", {"place": document.place}),
        words("report.issuing_document", {"document": document.issuing_document}),
        words("report.result", {"title": document.result}),
        words("report.provisional", {}),
        *document.way_up,
        *([document.note] if document.note else []),
    ):
        assert expected in text
    signatures = [cell.text for cell in paper.tables[2].rows[0].cells]
    assert words("report.signature.household", {}) in signatures[0]
    assert words("report.signature.village_head", {}) in signatures[1]


@pytest.mark.parametrize("standing", Standing)
def test_the_standing_is_framed_at_the_top_and_at_the_foot_of_each_page(standing: Standing) -> None:
    paper = opened(sheet_docx(replace(FAMILY, standing=standing), vietnamese))
    label = vietnamese(f"report.standing.{standing}", {})
    assert paper.tables[0].cell(0, 0).text == f"{label}\n{vietnamese(f'report.standing.{standing}.means', {})}"
    foot = paper.sections[0].footer.paragraphs[0]
    assert foot.text.startswith(f"{label} · Mã kiểm tra: K7PM-42QD · In ngày 13/10/2026\tTrang 1/1")
    assert "PAGE" in foot._p.xml
    assert "NUMPAGES" in foot._p.xml


def test_a_draft_is_no_handed_in_sheet() -> None:
    draft = [p.text for p in opened(sheet_docx(replace(FAMILY, handed_in_on=None), vietnamese)).paragraphs]
    handed_in = [p.text for p in opened(sheet_docx(FAMILY, vietnamese)).paragraphs]
    assert "Tình trạng: Bản nháp, chưa nộp" in draft
    assert "Tình trạng: Đã nộp ngày 12/10/2026" in handed_in


def test_paper_and_type_are_those_of_official_papers() -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: A4, margins, Times New Roman, text 13-14."""
    paper = opened(sheet_docx(FAMILY, vietnamese))
    section = paper.sections[0]
    sides = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides if side] == [210, 297]
    assert [round(margin.mm) for margin in margins if margin] == [20, 20, 30, 15]
    style = paper.styles["Normal"]
    assert (style.font.name, style.font.size) == ("Times New Roman", Pt(13))
    assert round(sum(column.width.mm for column in paper.tables[1].columns if column.width)) == 165


def test_the_head_of_the_table_is_repeated_and_rows_stay_whole() -> None:
    rows = opened(sheet_docx(FAMILY, vietnamese)).tables[1].rows
    assert "w:tblHeader" in rows[0]._tr.xml
    assert all("w:cantSplit" in row._tr.xml for row in rows)


@settings(max_examples=25, deadline=None)
@given(st.text(st.characters(), max_size=200))
def test_no_name_breaks_the_document(name: str) -> None:
    paper = opened(sheet_docx(replace(FAMILY, subject_name=name, check_code=name), vietnamese))
    assert any(paragraph.text.startswith("Hộ gia đình: ") for paragraph in paper.paragraphs)


def test_the_same_sheet_gives_the_same_bytes_whenever_it_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    now = sheet_docx(FAMILY, vietnamese)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: 1_000_000_000.0)
        then = sheet_docx(FAMILY, vietnamese)
    assert now == then
    with ZipFile(BytesIO(now)) as packed:
        assert {part.date_time for part in packed.infolist()} == {(2026, 10, 13, 0, 0, 0)}
