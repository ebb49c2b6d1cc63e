"""Every problem comes back at once, in its sheet and cell."""

from __future__ import annotations

from collections.abc import Callable
from datetime import time

import pytest

from bot.reports.criteria_workbook import sentence
from tests.reports.criteria_workbook.editing import ENGLISH, FIRST, SECOND, SMALL, VIETNAMESE, Editor, unsound

Edit = Callable[[Editor], tuple[str, str]]
"""Spoils something; returns sheet and cell where the problem should be told."""


def _at(sheet: str, short: str, heading: str, value: object, line: int = 0) -> Edit:
    """Put a value into a row of an indicator."""

    def edit(editor: Editor) -> tuple[str, str]:
        cell = editor.cell(sheet, editor.row_of(sheet, short) + line, heading)
        cell.value = value
        return sheet, str(cell.coordinate)

    return edit


def _info(label: str, value: object, column: str = "B") -> Edit:
    def edit(editor: Editor) -> tuple[str, str]:
        cell = editor.info(label, column)
        cell.value = value
        return "Thông tin", str(cell.coordinate)

    return edit


def _title(heading: str, value: object, row: int = 2) -> Edit:
    def edit(editor: Editor) -> tuple[str, str]:
        cell = editor.cell("Danh hiệu", row, heading)
        cell.value = value
        return "Danh hiệu", str(cell.coordinate)

    return edit


def _criterion(cell: str, value: object) -> Edit:
    def edit(editor: Editor) -> tuple[str, str]:
        editor.sheet(FIRST)[cell].value = value
        return FIRST, cell

    return edit


def _several(*edits: Edit) -> Edit:
    """Make several edits; the problem is where the last one is."""
    return lambda editor: [edit(editor) for edit in edits][-1]


PROBLEMS: dict[str, Edit] = {
    "workbook.problem.unknown_word of a list": _at(FIRST, "Tủ sách", "Cách trả lời", "Có hoặc chưa"),
    "workbook.problem.unknown_word of a fact": _at(FIRST, "Trẻ em đi học", "Mức chỉ dành cho nơi có", "núi", 2),
    "workbook.problem.unknown_word of a flag": _info("Chỉ có khung, chưa có điểm", "chắc thế"),
    "workbook.problem.not_a_number": _at(FIRST, "Tủ sách", "Điểm", "mười"),
    "workbook.problem.not_a_number but true": _at(FIRST, "Tủ sách", "Điểm", True),
    "workbook.problem.percent": _at(FIRST, "Tủ sách", "Điểm", "100%"),
    "workbook.problem.not_a_date": _info("Có hiệu lực từ ngày", "đầu năm 2026"),
    "workbook.problem.not_a_date in no calendar": _info("Có hiệu lực từ ngày", "30/02/2026"),
    "workbook.problem.not_a_date with two figures": _info("Có hiệu lực từ ngày", "01/02/26"),
    "workbook.problem.not_a_date but a number": _info("Có hiệu lực từ ngày", 2026),
    "workbook.problem.error_value": _at(FIRST, "Tủ sách", "Câu hỏi", "#REF!"),
    "workbook.problem.unknown_row": _info("Nhóm", "Nhom gi", "A"),
    "workbook.problem.repeated_row": _info("Mã đã thôi dùng", "Phiên bản", "A"),
    "workbook.problem.no_heading in another column": _criterion("AZ6", "ghi chú riêng"),
    "workbook.problem.no_heading beside what is not translated": _info("Phiên bản", "one", "C"),
    "workbook.problem.unknown_heading": _criterion("M4", "Bằng chứng"),
    "workbook.problem.repeated_heading": _criterion("M4", "Ví dụ"),
    "workbook.problem.extra_row": _criterion("C3", "Trẻ em và người lớn"),
    "workbook.problem.yes_no_answer unknown": _several(
        _at(FIRST, "Tủ sách", "Điểm", 5, 2), _at(FIRST, "Tủ sách", "Câu trả lời", "Có một ít", 2)
    ),
    "workbook.problem.yes_no_answer twice": _several(
        _at(FIRST, "Tủ sách", "Điểm", 5, 2), _at(FIRST, "Tủ sách", "Câu trả lời", "Không", 2)
    ),
    "workbook.problem.place_missing": _info("Số của địa bàn", None),
    "criteria.unknown_key of another kind": _at(FIRST, "Tủ sách", "Số nhỏ nhất", 1),
    "criteria.unknown_key of another answer": _at(FIRST, "Tủ sách", "Từ mức", 1),
    "criteria.unknown_key for points given": _at(SECOND, "Nếp sống", "Từ mức", 1),
    "criteria.missing_key of the set": _info("Tên bộ tiêu chí", None),
    "criteria.missing_key of a criterion": _criterion("C2", None),
    "criteria.missing_key of an indicator": _at(FIRST, "Tủ sách", "Căn cứ", None),
    "criteria.missing_key Vietnamese": _several(_info("Ghi chú", "only English", "C"), _info("Ghi chú", None)),
    "criteria.missing_key of an answer": _at(FIRST, "Trẻ em đi học", "Từ mức", None, 1),
    "criteria.missing_key of a kind": _at(FIRST, "Tủ sách", "Cách trả lời", None),
    "criteria.missing_key of a maximum": _at(SECOND, "Nếp sống", "Điểm tối đa", None),
    "criteria.wrong_type": _at(FIRST, "Trẻ em đi học", "Chỉ hỏi: ít nhất", 0.5),
    "criteria.out_of_range": _at(FIRST, "Trẻ em đi học", "Chỉ hỏi: ít nhất", -1),
    "criteria.too_many_decimals": _at(SECOND, "Số sách", "Từ mức", 2.55, 1),
    "criteria.bad_id": _at(FIRST, "Tủ sách", "Mã chỉ tiêu", "Tủ sách"),
    "criteria.repeated_id": _at(FIRST, "Tủ sách", "Mã chỉ tiêu", "di_hoc"),
    "criteria.repeated_id of an option": _at(SECOND, "Học thêm", "Mã câu trả lời", "nhieu", 1),
    "criteria.retired_id": _at(FIRST, "Tủ sách", "Mã chỉ tiêu", "cu"),
    "criteria.mixed_judging": _at(FIRST, "Tủ sách", "Đạt mức độ", 1),
    "criteria.best_answer": _at(FIRST, "Tủ sách", "Điểm tối đa", 10.5),
    "criteria.criterion_sum": _several(_info("Tổng điểm tối đa", None), _criterion("E2", 25)),
    "criteria.total_sum": _info("Tổng điểm tối đa", 100),
    "criteria.first_band": _at(FIRST, "Trẻ em đi học", "Từ mức", 5),
    "criteria.bands_not_ascending": _at(FIRST, "Trẻ em đi học", "Từ mức", 40, 3),
    "criteria.band_outside": _at(FIRST, "Trẻ em đi học", "Từ mức", 101, 3),
    "criteria.minimum_above_maximum": _at(SECOND, "Số sách", "Số nhỏ nhất", 2000),
    "criteria.condition_without_bounds": _several(
        _at(FIRST, "Trẻ em đi học", "Chỉ hỏi: ít nhất", None),
        _at(FIRST, "Trẻ em đi học", "Chỉ hỏi nơi có", "Số trẻ trong tuổi đi học"),
    ),
    "criteria.condition_never_holds": _several(
        _at(FIRST, "Trẻ em đi học", "Chỉ hỏi: nhiều nhất", 0),
        _at(FIRST, "Trẻ em đi học", "Chỉ hỏi nơi có", "Số trẻ trong tuổi đi học"),
    ),
    "criteria.because_missing": _several(
        _at(FIRST, "Trẻ em đi học", "Lý do không hỏi", None),
        _at(FIRST, "Trẻ em đi học", "Chỉ hỏi nơi có", "Số trẻ trong tuổi đi học"),
    ),
    "criteria.title_above_maximum": _title("Từ tổng điểm", 51),
    "criteria.up_to_below_minimum": _title("Đến tổng điểm", 20, 3),
    "criteria.up_to_in_better_title": _title("Đến tổng điểm", 45, 3),
    "criteria.minimum_above_indicator": _title("Mỗi chỉ tiêu ít nhất", 11),
    "criteria.title_never_given": _several(
        _title("Không tiêu chí nào 0 điểm", None),
        _title("Đến tổng điểm", None, 3),
        _title("Từ tổng điểm", 45, 3),
        _title("Mã danh hiệu", "dat", 3),
    ),
    "criteria.validity_reversed": _info("Có hiệu lực đến hết ngày", "31/12/2020"),
}


@pytest.mark.parametrize("name", PROBLEMS)
def test_a_problem_is_told_alone_and_where_it_is(name: str) -> None:
    editor = Editor()
    sheet, cell = PROBLEMS[name](editor)

    assert editor.problems() == [(sheet, cell, name.partition(" ")[0])]
    for words in (VIETNAMESE, ENGLISH):
        (told,) = (sentence(problem, words) for problem in unsound(editor.read()))
        assert sheet in told
        assert f" {cell}: " in told
        assert "%(" not in told
        assert "None" not in told


def test_all_problems_come_at_once_in_reading_order() -> None:
    editor = Editor()
    names = (
        "workbook.problem.unknown_word of a flag",
        "criteria.validity_reversed",
        "criteria.up_to_below_minimum",
        "criteria.first_band",
        "criteria.because_missing",
        "workbook.problem.not_a_number",
        "criteria.too_many_decimals",
    )
    expected = [(*PROBLEMS[name](editor), name.partition(" ")[0]) for name in names]

    assert sorted(editor.problems()) == sorted(expected)
    assert len(editor.problems()) == len(expected)
    assert [sheet for sheet, _, _ in editor.problems()] == ["Thông tin"] * 2 + ["Danh hiệu"] + [FIRST] * 3 + [SECOND]


def test_a_needed_column_that_is_gone_is_told_at_its_header() -> None:
    editor = Editor()
    editor.sheet(FIRST).delete_cols(editor.column(FIRST, "Mã chỉ tiêu"))

    assert editor.problems() == [(FIRST, "A4", "workbook.problem.missing_heading")]


def test_an_answer_before_the_first_indicator_belongs_to_none() -> None:
    editor = Editor()
    editor.sheet(FIRST).insert_rows(5)
    cell = editor.cell(FIRST, 5, "Điểm")
    cell.value = 5

    assert editor.problems() == [(FIRST, cell.coordinate, "workbook.problem.answer_without_indicator")]


def test_a_sheet_that_is_none_of_ours_is_told() -> None:
    editor = Editor()
    editor.book.create_sheet("Ghi chú riêng")["B2"].value = "nhớ hỏi huyện"

    assert editor.problems() == [("Ghi chú riêng", "B2", "workbook.problem.unknown_sheet")]


def test_two_sheets_of_titles_are_told() -> None:
    editor = Editor()
    editor.book.copy_worksheet(editor.sheet("Danh hiệu")).title = "Titles"

    assert editor.problems() == [("Titles", "A1", "workbook.problem.repeated_sheet")]


def test_missing_sheets_are_told_on_the_first_page() -> None:
    editor = Editor()
    for sheet in ("Danh hiệu", FIRST, SECOND):
        del editor.book[sheet]

    told = [sentence(problem, VIETNAMESE) for problem in unsound(editor.read())]
    assert told == [
        "Trang “Thông tin”, ô A1: Thiếu “các danh hiệu”. Xin điền vào đây.",
        "Trang “Thông tin”, ô A1: Thiếu “trang tiêu chí”. Xin điền vào đây.",
    ]


def test_a_criterion_without_indicators_is_told_under_its_header() -> None:
    editor = Editor()
    editor.sheet(FIRST).delete_rows(5, 20)
    editor.sheet(FIRST)["E2"].value = 0
    told = [sentence(problem, VIETNAMESE) for problem in unsound(editor.read())]

    assert f"Trang “{FIRST}”, ô B5: Thiếu “các chỉ tiêu”. Xin điền vào đây." in told


def test_a_yes_or_no_without_its_no_is_told_at_the_indicator() -> None:
    editor = Editor()
    row = editor.row_of(FIRST, "Tủ sách")
    editor.sheet(FIRST).delete_rows(row + 1)
    (problem,) = unsound(editor.read())

    cell = editor.cell(FIRST, row, "Câu trả lời").coordinate
    assert sentence(problem, VIETNAMESE) == f"Trang “{FIRST}”, ô {cell}: Thiếu “dòng trả lời “Chưa””. Xin điền vào đây."


def test_cells_and_names_stand_for_lines_and_ids() -> None:
    editor = Editor()
    _at(FIRST, "Tủ sách", "Mã chỉ tiêu", "di_hoc")(editor)
    _title("Mỗi chỉ tiêu ít nhất", 11)(editor)
    told = "\n".join(sentence(problem, VIETNAMESE) for problem in unsound(editor.read()))

    first = editor.cell(FIRST, 5, "Mã chỉ tiêu").coordinate
    assert f"Mã “di_hoc” đã có ở ô '{FIRST}'!{first}." in told
    assert "ít nhất 11 điểm, nhưng “Trẻ em đi học” tối đa chỉ 10 điểm" in told


def test_numbers_and_days_are_said_as_here() -> None:
    editor = Editor()
    _at(FIRST, "Tủ sách", "Điểm tối đa", 10.5)(editor)
    _info("Có hiệu lực đến hết ngày", "31/12/2020")(editor)
    _info("Tổng điểm tối đa", 1234.5)(editor)
    told = "\n".join(sentence(problem, VIETNAMESE) for problem in unsound(editor.read()))

    assert "điểm tối đa ghi 10,5" in told
    assert "Ngày hết hiệu lực 31/12/2020 đứng trước ngày bắt đầu 01/01/2026" in told
    assert "Tổng điểm tối đa ghi 1.234,5, nhưng các tiêu chí cộng lại được 50 (20 + 30)" in told


def test_what_may_be_chosen_is_listed() -> None:
    editor = Editor()
    _at(FIRST, "Tủ sách", "Cách trả lời", "x" * 500)(editor)
    (problem,) = unsound(editor.read())

    assert sentence(problem, VIETNAMESE).endswith(
        f"“Cách trả lời” không có lựa chọn “{'x' * 59}…”. Xin chọn một trong: “Có/Chưa”; “Chọn một”; “Con số”; "
        "“Tỉ lệ”; “Tính sẵn”; “Cho điểm”."
    )


def test_a_time_of_day_is_no_number() -> None:
    editor = Editor()
    cell = editor.cell(FIRST, editor.row_of(FIRST, "Tủ sách"), "Điểm")
    cell.value = time(12, 30)

    assert [code for _, _, code in editor.problems()] == ["criteria.best_answer"]


def test_an_official_set_must_say_when_it_was_compared() -> None:
    editor = Editor()
    editor.info("Bộ tiêu chí này là").value = "Chính thức"
    codes = [code for _, _, code in editor.problems()]

    assert codes.count("criteria.official_not_checked") == len(SMALL.indicators)
    assert codes.count("criteria.official_not_verbatim") == len(SMALL.indicators) + len(SMALL.criteria)
