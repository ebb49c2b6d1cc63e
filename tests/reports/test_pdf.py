"""The PDF says all that the sheet says, on A4, with its typeface inside."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from bot.i18n import translator
from bot.reports.pdf import sheet_pdf
from bot.reports.sheet_data import SheetDocument, Translate, out_of
from bot.scoring.model import Standing
from tests.reports.sheets import FAMILY, FAMILY_IN_ENGLISH, english, vietnamese

BOTH = pytest.mark.parametrize(
    ("document", "words"), [(FAMILY, vietnamese), (FAMILY_IN_ENGLISH, english)], ids=["vi", "en"]
)
MM = 72 / 25.4


def read(pdf: bytes) -> PdfReader:
    return PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """All text without spaces, as a line may break anywhere."""
    return squeezed("".join(page.extract_text() for page in read(pdf).pages))


def squeezed(text: str) -> str:
    return "".join(text.split())


@BOTH
def test_every_line_is_printed(document: SheetDocument, words: Translate) -> None:
    text = text_of(sheet_pdf(document, words))
    for criterion in document.criteria:
        assert squeezed(criterion.number + criterion.title + out_of(criterion.points, criterion.max_points)) in text
        for line in criterion.lines:
            cells = (line.number, line.name, line.question, line.answer, out_of(line.points, line.max_points))
            assert squeezed("".join(cells) + line.reason + line.article) in text


@BOTH
def test_the_whole_result_is_printed(document: SheetDocument, words: Translate) -> None:
    text = text_of(sheet_pdf(document, words))
    expected = [
        document.title,
        document.subject_name,
        document.place,
        str(document.year),
        document.issuing_document,
        document.result,
        document.note or "",
        document.check_code or "",
        *document.way_up,
        words("report.total", {}) + document.total_text,
        words(f"report.standing.{document.standing}", {}),
        words(f"report.standing.{document.standing}.means", {}),
        words("report.provisional", {}),
        words("report.nation", {}) + words("report.motto", {}),
        words("report.signature.household", {}),
        words("report.signature.village_head", {}),
        words("report.printed_on", {"date": document.printed_on}),
    ]
    assert [part for part in expected if squeezed(part) not in text] == []


@pytest.mark.parametrize("standing", Standing)
def test_every_page_names_the_standing_and_its_number(standing: Standing) -> None:
    pages = read(sheet_pdf(replace(FAMILY, standing=standing), vietnamese)).pages
    assert len(pages) == 2
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert squeezed(vietnamese(f"report.standing.{standing}", {})) in text
        assert f"Trang{number}/2" in text


def test_a_draft_is_no_handed_in_sheet() -> None:
    draft = text_of(sheet_pdf(replace(FAMILY, handed_in_on=None), vietnamese))
    handed_in = text_of(sheet_pdf(FAMILY, vietnamese))
    assert "Bảnnháp,chưanộp" in draft
    assert "Đãnộpngày" not in draft
    assert "Đãnộpngày12/10/2026" in handed_in
    assert "Bảnnháp" not in handed_in


def test_the_paper_is_a4_with_the_margins_of_official_papers() -> None:
    """Nghị định 30/2020/NĐ-CP, Phụ lục I: top and bottom 20-25 mm, left 30-35, right 15-20."""
    starts: list[tuple[float, float]] = []
    for page in read(sheet_pdf(FAMILY, vietnamese)).pages:
        assert [round(float(side) / MM) for side in page.mediabox[2:]] == [210, 297]

        def note(text: str, _cm: object, tm: list[float], _font: object, _size: float) -> None:
            if text.strip():
                starts.append((tm[4] / MM, tm[5] / MM))

        page.extract_text(visitor_text=note)
    body = [(x, y) for x, y in starts if y > 20]
    assert len(body) > 60
    assert min(x for x, _ in body) >= 30
    assert max(y for _, y in body) <= 297 - 20
    assert {round(y) for _, y in starts if y <= 20} == {11}


def test_the_typeface_is_embedded() -> None:
    (regular, bold) = sorted(read(sheet_pdf(FAMILY, vietnamese)).pages[0]["/Resources"]["/Font"].values(), key=str)  # type: ignore[index]  # pypdf types its objects loosely
    for font in (regular.get_object(), bold.get_object()):
        descriptor = font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        assert "BeVietnamPro" in font["/BaseFont"]
        assert len(descriptor["/FontFile2"].get_object().get_data()) > 5_000


def test_the_signatures_never_stand_alone_on_a_page() -> None:
    for steps in range(24):
        last = read(sheet_pdf(replace(FAMILY, way_up=("Một bước.",) * steps, note=None), vietnamese)).pages[-1]
        text = squeezed(last.extract_text())
        assert "TRƯỞNGTHÔN" in text
        assert "Mộtbước." in text or "Kếtquảtạmtính" in text


def test_a_reason_longer_than_a_page_goes_on_overleaf() -> None:
    words = " ".join(f"lý{number}" for number in range(900))
    criterion = FAMILY.criteria[0]
    long = replace(FAMILY, criteria=(replace(criterion, lines=(replace(criterion.lines[0], reason=words),)),))
    pdf = sheet_pdf(long, vietnamese)
    text = text_of(pdf)
    assert len(read(pdf).pages) > 3
    assert [number for number in range(900) if f"lý{number}" not in text] == []


@settings(max_examples=15, deadline=None)
@given(st.text(max_size=300), st.text(max_size=300))
def test_no_name_or_answer_breaks_the_sheet(name: str, answer: str) -> None:
    criterion = FAMILY.criteria[0]
    odd = replace(criterion, lines=(replace(criterion.lines[0], answer=answer, name=name),))
    document = replace(FAMILY, subject_name=name, place=answer, criteria=(odd,))
    assert "87/100điểm" in text_of(sheet_pdf(document, vietnamese))


def test_the_same_sheet_gives_the_same_bytes_whenever_it_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    now = sheet_pdf(FAMILY, vietnamese)
    with monkeypatch.context() as patch:
        patch.setattr(time, "time", lambda: 1_000_000_000.0)
        patch.setenv("TZ", "America/New_York")
        time.tzset()
        then = sheet_pdf(FAMILY, vietnamese)
    time.tzset()
    assert now == then
    assert now != sheet_pdf(replace(FAMILY, printed_on=date(2026, 10, 14)), vietnamese)


def test_it_carries_its_language_title_and_day() -> None:
    reader = read(sheet_pdf(FAMILY, vietnamese))
    assert reader.metadata is not None
    assert reader.metadata.title == "PHIẾU TỰ ĐÁNH GIÁ - Gia đình học tập 2026"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == FAMILY.printed_on
    assert str(reader.root_object["/Lang"]) == "vi"


def test_the_products_own_translator_words_it() -> None:
    assert sheet_pdf(FAMILY, translator("vi").text) == sheet_pdf(FAMILY, vietnamese)
