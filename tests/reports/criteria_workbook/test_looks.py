"""The workbook is what an officer expects to edit and print."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.utils import range_boundaries

from bot.i18n import translator
from bot.reports.criteria_workbook import write_workbook
from bot.reports.criteria_workbook.columns import CRITERION_COLUMNS, INDICATOR_COLUMNS, TITLE_COLUMNS, Column
from bot.reports.criteria_workbook.vocabulary import LISTS, word
from bot.scoring.model import LevelTitle, Text
from bot.scoring.shipped import load_shipped
from tests.reports.criteria_workbook.editing import FIRST, PLACE, PLACE_ID, SECOND, SMALL, VIETNAMESE, Editor, written

BOOK: Workbook = load_workbook(BytesIO(written()))
PRINTED = ("Thông tin", "Danh hiệu", FIRST, SECOND)


def test_a_guide_then_a_sheet_for_the_set_its_titles_and_each_criterion() -> None:
    assert BOOK.sheetnames == ["Hướng dẫn", "Thông tin", "Danh hiệu", FIRST, SECOND, "Danh mục"]
    assert all(sheet.sheet_state == "visible" for sheet in BOOK)
    assert not any(sheet.merged_cells.ranges for sheet in BOOK)
    assert not any(dimension.hidden for sheet in BOOK for dimension in sheet.column_dimensions.values())


def test_answers_stand_under_their_indicator() -> None:
    editor = Editor()
    row = editor.row_of(SECOND, "Học thêm")
    answers = [
        (editor.cell(SECOND, row + line, "Câu trả lời").value, editor.cell(SECOND, row + line, "Điểm").value)
        for line in range(3)
    ]
    assert answers == [("Nhiều", 10), ("Ít", 5), ("Chưa có", 0)]
    assert editor.cell(SECOND, row, "Số").value == "2.1"
    assert editor.cell(SECOND, row + 1, "Câu hỏi").value is None


@pytest.mark.parametrize("sheet", PRINTED)
def test_every_heading_has_a_note(sheet: str) -> None:
    headed = [1, 4] if sheet in (FIRST, SECOND) else [1]
    cells = [cell for row in headed for cell in BOOK[sheet][row] if cell.value is not None]
    assert len(cells) >= 4
    assert [cell.value for cell in cells if cell.comment is None or len(cell.comment.text) < 5] == []


@pytest.mark.parametrize("column", [*INDICATOR_COLUMNS, *CRITERION_COLUMNS, *TITLE_COLUMNS], ids=lambda c: c.code)
def test_every_closed_list_is_offered_from_the_next_row_to_rows_to_come(column: Column) -> None:
    sheets = ["Danh hiệu"] if column in TITLE_COLUMNS else [FIRST, SECOND]
    for name in sheets:
        sheet = BOOK[name]
        heading = column.heading(VIETNAMESE)
        (at,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == heading]
        offers = [
            offer
            for offer in sheet.data_validations.dataValidation
            for area in offer.sqref.ranges
            if (area.min_col, area.min_row) == (at.column, at.row + 1)
        ]
        assert len(offers) == bool(column.choices)
        for offer in offers:
            assert _offered(offer.formula1) == [word(column.choices, v, VIETNAMESE) for v in LISTS[column.choices]]
            assert offer.showErrorMessage
            (area,) = offer.sqref.ranges
            assert area.max_row == (2_000 if column not in CRITERION_COLUMNS else 2)


def _offered(formula: str) -> list[object]:
    name, _, area = formula.rpartition("!")
    left, top, right, bottom = range_boundaries(area)
    assert left == right
    return [BOOK[name.strip("'")].cell(row, left).value for row in range(top, bottom + 1)]


def test_information_offers_its_lists() -> None:
    sheet = BOOK["Thông tin"]
    offered = {str(offer.sqref): _offered(offer.formula1) for offer in sheet.data_validations.dataValidation}
    labels = {sheet[f"A{cell[1:]}"].value: words for cell, words in offered.items()}
    assert labels == {
        "Bộ tiêu chí này là": ["Chính thức", "Của địa phương", "Mẫu"],
        "Dùng để đánh giá": [word("subject", value, VIETNAMESE) for value in LISTS["subject"]],
        "Chỉ có khung, chưa có điểm": ["Có", "Không"],
    }


def test_the_kinds_of_answer_are_called_as_people_do() -> None:
    kinds = ["Có/Chưa", "Chọn một", "Con số", "Tỉ lệ", "Tính sẵn", "Cho điểm"]
    assert [word("kind", kind, VIETNAMESE) for kind in LISTS["kind"]] == kinds


@pytest.mark.parametrize("sheet", PRINTED)
def test_headings_stay_in_sight_and_sheets_print_on_a4_across(sheet: str) -> None:
    page = BOOK[sheet]
    assert page.freeze_panes == ("C5" if sheet in (FIRST, SECOND) else "B2")
    assert (page.page_setup.paperSize, page.page_setup.orientation) == (9, "landscape")
    assert page.sheet_properties.pageSetUpPr.fitToPage
    assert (page.page_setup.fitToWidth, page.page_setup.fitToHeight) == (1, 0)


def test_a_criterion_prints_its_main_columns_and_repeats_their_heads() -> None:
    sheet = BOOK[FIRST]
    _, _, last, _ = range_boundaries(sheet.print_area.rpartition("!")[2])
    assert [cell.value for cell in sheet[4]][last - 1] == "Minh chứng"
    assert sheet.print_title_rows == "$4:$4"


@pytest.mark.parametrize("by_levels", [True, False])
def test_rare_columns_are_grouped_to_the_right_and_what_the_set_needs_is_not(by_levels: bool) -> None:
    criteria = next(c for c in load_shipped() if isinstance(c.titles[0], LevelTitle) == by_levels)
    book = load_workbook(BytesIO(write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE)))
    sheet = book.worksheets[3]
    grouped = {
        cell.value: bool(sheet.column_dimensions[cell.column_letter].outlineLevel)
        for cell in sheet[4]
        if cell.value is not None
    }
    assert list(grouped.values()) == sorted(grouped.values())
    assert grouped["Đạt mức độ"] != by_levels
    assert grouped["Điểm"] == by_levels
    assert not grouped["Câu hỏi"]
    assert grouped["Mã chỉ tiêu"]


def test_texts_are_cells_of_text_so_that_nothing_typed_is_turned_into_something_else() -> None:
    editor = Editor()
    for cell in (
        editor.info("Có hiệu lực từ ngày"),
        editor.info("Phiên bản"),
        editor.cell(FIRST, 5, "Câu hỏi"),
        editor.cell(FIRST, 5, "Mã chỉ tiêu"),
    ):
        assert cell.number_format == "@"
    assert editor.cell(FIRST, 5, "Điểm").number_format == "General"
    assert editor.cell(FIRST, 5, "Câu hỏi").alignment.wrap_text


def test_rows_grow_with_what_is_typed_into_them() -> None:
    """A row of a custom height would stay as it is."""
    with ZipFile(BytesIO(written())) as file:
        sheet = file.read("xl/worksheets/sheet4.xml")
    assert b" ht=" in sheet
    assert b"customHeight" not in sheet


@pytest.mark.parametrize("locale", ["vi", "en"])
@pytest.mark.parametrize(
    "title", ["Học tập của trẻ em trong gia đình và dòng họ", "[a]:b*c?d/e\\f", "'", "\x01\n", "😀" * 40, "History"]
)
def test_sheets_have_names_that_every_program_takes(title: str, locale: str) -> None:
    criteria = replace(SMALL, criteria=(replace(SMALL.criteria[0], title=Text(title)),) * 2)
    names = load_workbook(BytesIO(write_workbook(criteria, PLACE, PLACE_ID, translator(locale)))).sheetnames

    assert len({name.lower() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\\n\x01")
        assert not name.startswith("'")
        assert not name.endswith("'")
