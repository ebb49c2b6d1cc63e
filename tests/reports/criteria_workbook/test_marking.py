"""The marked copy shows what to mend where it stands, and can be mended and sent back."""

from __future__ import annotations

from io import BytesIO

import pytest
from openpyxl import Workbook, load_workbook

from bot.reports.criteria_workbook import mark_workbook, sentence
from bot.reports.spreadsheets.refusal import RefusedFileError
from tests.reports.criteria_workbook.editing import (
    ENGLISH,
    FIRST,
    SECOND,
    SMALL,
    VIETNAMESE,
    Editor,
    read,
    replaced,
    sound,
    unsound,
    written,
)

_RED = "00FF9A8D"


def _spoilt() -> Editor:
    editor = Editor()
    editor.cell(FIRST, editor.row_of(FIRST, "Tủ sách"), "Điểm").value = "mười"
    editor.cell(SECOND, editor.row_of(SECOND, "Học thêm"), "Câu hỏi").value = None
    editor.info("Văn bản ban hành").value = None
    return editor


def _marked(data: bytes) -> Workbook:
    return load_workbook(BytesIO(mark_workbook(data, unsound(read(data)), VIETNAMESE)))


def test_the_first_sheet_lists_every_problem_with_a_link() -> None:
    data = _spoilt().saved()
    problems = unsound(read(data))
    sheet = _marked(data).worksheets[0]

    assert sheet.title == "Cần sửa"
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
    assert [row[:3] for row in rows] == [[n, p.sheet, p.cell] for n, p in enumerate(problems, 1)]
    sentences = [f"Trang “{row[1]}”, ô {row[2]}: {row[3]}" for row in rows]
    assert sentences == [sentence(problem, VIETNAMESE) for problem in problems]
    links = [sheet.cell(row, 3).hyperlink.location for row in range(3, 3 + len(problems))]
    assert links == [f"'{problem.sheet}'!{problem.cell}" for problem in problems]


def test_each_cell_is_red_and_says_why() -> None:
    data = _spoilt().saved()
    book = _marked(data)
    for problem in unsound(read(data)):
        cell = book[problem.sheet][problem.cell]
        assert cell.fill.fgColor.rgb == _RED
        assert cell.comment.text in sentence(problem, VIETNAMESE)
    red = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.fill.fgColor.rgb == _RED]
    assert len(red) == len(unsound(read(data)))


def test_a_marked_heading_keeps_its_note() -> None:
    editor = Editor()
    editor.sheet(FIRST)["A4"].value = None
    editor.sheet(FIRST)["A6"].value = "ghi chú"
    editor.cell(FIRST, 4, "Ví dụ").value = "Minh chứng"
    book = _marked(editor.saved())
    notes = [cell.comment.text for cell in book[FIRST][4] if cell.fill.fgColor.rgb == _RED]

    assert any("hai lần" in note for note in notes)


def test_every_value_stays_in_its_cell() -> None:
    editor = _spoilt()
    editor.sheet(FIRST).insert_rows(1, 2)
    editor.sheet(FIRST)["AZ9"].value = "ghi chú riêng"
    editor.book.create_sheet("Nháp")["C3"].value = "=không phải công thức"
    editor.book["Nháp"]["C3"].data_type = "s"
    data = editor.saved()
    book = _marked(data)

    before = load_workbook(BytesIO(data))
    for sheet in before:
        if sheet.title != "Danh mục":
            held = {c.coordinate: c.value for row in sheet.iter_rows() for c in row if c.value is not None}
            marked = book[sheet.title]
            assert held == {c.coordinate: c.value for row in marked.iter_rows() for c in row if c.value is not None}


def test_the_copy_has_the_same_problems_and_mended_it_has_none() -> None:
    data = _spoilt().saved()
    marked = mark_workbook(data, unsound(read(data)), VIETNAMESE)
    assert unsound(read(marked)) == unsound(read(data))
    assert mark_workbook(marked, unsound(read(marked)), VIETNAMESE) == marked

    editor = Editor()
    editor.book = load_workbook(BytesIO(marked))
    editor.cell(FIRST, editor.row_of(FIRST, "Tủ sách"), "Điểm").value = 10
    editor.cell(SECOND, editor.row_of(SECOND, "Học thêm"), "Câu hỏi").value = "Học thêm thế nào?"
    editor.info("Văn bản ban hành").value = "Quyết định 1/QĐ-UBND"
    assert editor.sound() == SMALL


def test_notes_and_drop_downs_that_were_lost_are_there_again() -> None:
    editor = _spoilt()
    for sheet in editor.book:
        sheet.data_validations.dataValidation.clear()
        for row in sheet.iter_rows():
            for cell in row:
                cell.comment = None
    book = _marked(editor.saved())

    assert book[FIRST].data_validations.dataValidation
    assert book[FIRST]["C4"].comment is not None


def test_the_words_are_those_of_the_reader() -> None:
    data = _spoilt().saved()
    book = load_workbook(BytesIO(mark_workbook(data, unsound(read(data)), ENGLISH)))

    assert book.worksheets[0].title == ENGLISH.text("workbook.sheet.mending") != "Cần sửa"
    assert unsound(read(mark_workbook(data, unsound(read(data)), ENGLISH))) == unsound(read(data))


def test_names_of_sheets_that_no_program_would_take_are_made_fit() -> None:
    long = "Trang co ten dai hon ba muoi mot chu cai rat nhieu"
    data = replaced(_spoilt().saved(), f'name="{SECOND}"'.encode(), f'name="{long}?"'.encode())
    problems = unsound(read(data))
    assert f"{long}?" in {problem.sheet for problem in problems}

    assert unsound(read(mark_workbook(data, problems, VIETNAMESE)))


def test_two_problems_of_a_cell_are_both_told_there() -> None:
    data = written()
    (one,) = unsound(read(replaced(data, b"Quy&#7871;t &#273;&#7883;nh 1/Q&#272;-UBND", b" ")))
    other = type(one)(one.sheet, one.cell, "criteria.empty_text", one.params)
    book = load_workbook(BytesIO(mark_workbook(data, (one, other), VIETNAMESE)))

    assert book[one.sheet][one.cell].comment.text.count("Xin điền") == 2


def test_what_was_never_a_workbook_is_not_marked() -> None:
    with pytest.raises(RefusedFileError):
        mark_workbook(b"Xin", (), VIETNAMESE)


def test_marking_a_sound_workbook_changes_nothing_in_it() -> None:
    assert sound(read(mark_workbook(written(), (), VIETNAMESE))) == SMALL
