"""Cells are read as people meant them, and what an officer may leave out is filled in."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from unicodedata import normalize

import pytest
from openpyxl import load_workbook

from bot.reports.criteria_workbook import Sound, write_workbook
from bot.scoring.model import NumberRule, OneOfRule, PointsTitle, ShareRule, Standing, YesNoRule
from tests.reports.criteria_workbook.editing import (
    ENGLISH,
    FIRST,
    PLACE,
    PLACE_ID,
    SECOND,
    SMALL,
    VIETNAMESE,
    Editor,
    read,
    replaced,
    sound,
)

# cells know no zones
_LAST_DAY = datetime(2030, 12, 31)  # noqa: DTZ001
_EPOCH_1904 = datetime(1904, 1, 1)  # noqa: DTZ001


def _as_saved(text: str) -> bytes:
    """A text as openpyxl saves it."""
    return text.encode("ascii", "xmlcharrefreplace")


@pytest.mark.parametrize("typed", ["2,5", "2.5", " 2,5 ", "+2,5", "２,５", 2.5])
def test_numbers_may_be_text_with_the_comma_of_here(typed: object) -> None:
    editor = Editor()
    editor.cell(SECOND, editor.row_of(SECOND, "Số sách") + 1, "Từ mức").value = typed

    assert editor.sound() == SMALL


@pytest.mark.parametrize("typed", ["1.000", "1 000", "1\u00a0000,0", "1000", 1000, 1000.0])
def test_thousands_are_grouped_as_here(typed: object) -> None:
    editor = Editor()
    editor.cell(SECOND, editor.row_of(SECOND, "Số sách"), "Số lớn nhất").value = typed

    assert editor.sound() == SMALL


def test_a_number_that_a_program_wrote_in_binary_is_the_one_that_was_typed() -> None:
    """Excel writes 2.3 as 2.2999999999999998."""
    editor = Editor()
    editor.cell(SECOND, editor.row_of(SECOND, "Số sách") + 1, "Từ mức").value = 2.3
    written = replaced(editor.saved(), b"<v>2.3</v>", b"<v>2.2999999999999998</v>")
    rule = sound(read(written)).criteria[1].indicators[1].rule
    assert isinstance(rule, NumberRule)
    assert rule.bands[1].at_least == Decimal("2.3")


@pytest.mark.parametrize(("typed", "shown_as"), [(0.5, "0%"), (0.5, "0.00%"), ("50%", "@"), ("50 %", "@")])
def test_a_limit_in_per_cent_may_be_typed_as_per_cent(typed: object, shown_as: str) -> None:
    editor = Editor()
    for row in (1, 2):
        cell = editor.cell(FIRST, editor.row_of(FIRST, "Trẻ em đi học") + row, "Từ mức")
        cell.value, cell.number_format = typed, shown_as

    assert editor.sound() == SMALL


@pytest.mark.parametrize(
    "typed",
    [
        "31/12/2030",
        "31-12-2030",
        "31.12.2030",
        " 31 / 12 / 2030 ",
        "2030-12-31",
        date(2030, 12, 31),
        _LAST_DAY,
    ],
)
def test_dates_may_be_text_or_dates(typed: object) -> None:
    editor = Editor()
    editor.info("Có hiệu lực đến hết ngày").value = typed

    assert editor.sound() == replace(SMALL, valid_until=date(2030, 12, 31))


def test_dates_of_old_macs_count_from_1904() -> None:
    editor = Editor()
    editor.info("Có hiệu lực đến hết ngày").value = _LAST_DAY
    editor.book.epoch = _EPOCH_1904

    assert editor.sound().valid_until == date(2030, 12, 31)


def test_headings_words_and_names_of_sheets_may_be_decomposed_spaced_and_of_any_case() -> None:
    editor = Editor()
    editor.info("Bộ tiêu chí này là").value = "của ĐỊA phương"
    for sheet in editor.book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, str) and cell.value != "nho" and "_" not in cell.value:
                    cell.value = normalize("NFD", f"  {cell.value} ")
        sheet.title = normalize("NFD", sheet.title)

    assert sound(read(editor.saved())) == SMALL


def test_vietnamese_and_english_may_be_mixed() -> None:
    editor = Editor()
    english = load_workbook(BytesIO(write_workbook(SMALL, PLACE, PLACE_ID, ENGLISH)))
    for row in english["1 Trẻ em"].iter_rows():
        for cell in row:
            editor.sheet(FIRST)[cell.coordinate].value = cell.value

    assert editor.sound() == SMALL


def test_rows_and_columns_may_be_moved_and_blank_ones_left() -> None:
    editor = Editor()
    sheet = editor.sheet(FIRST)
    sheet.insert_rows(editor.row_of(FIRST, "Tủ sách"))
    sheet.cell(editor.row_of(FIRST, "Tủ sách") - 1, 3).value = "   "
    sheet.insert_rows(1, 3)
    sheet.insert_cols(4)
    editor.sheet("Thông tin").insert_rows(4, 2)
    editor.sheet("Danh hiệu").insert_rows(3)
    editor.book.move_sheet("Danh hiệu", 3)

    assert editor.sound() == SMALL


def test_columns_that_hold_nothing_may_be_gone() -> None:
    """As in a workbook that an older program made."""
    editor = Editor()
    for heading in ("Minh chứng", "Minh chứng (tiếng Anh)", "Mức chỉ dành cho: nhiều nhất", "Ngày đối chiếu"):
        editor.sheet(FIRST).delete_cols(editor.column(FIRST, heading))

    assert editor.sound() == SMALL


def test_points_left_blank_are_added_up() -> None:
    editor = Editor()
    editor.info("Tổng điểm tối đa").value = None
    for sheet, indicators in ((FIRST, ("Trẻ em đi học", "Tủ sách")), (SECOND, ("Học thêm", "Số sách"))):
        editor.sheet(sheet)["E2"].value = None
        for short in indicators:
            editor.cell(sheet, editor.row_of(sheet, short), "Điểm tối đa").value = None

    assert editor.sound() == SMALL


def test_a_new_indicator_gets_an_id_of_its_name_and_an_old_one_is_retired() -> None:
    editor = Editor()
    row = editor.row_of(FIRST, "Tủ sách")
    editor.cell(FIRST, row, "Mã chỉ tiêu").value = None
    editor.cell(FIRST, row, "Tên ngắn").value = "Đọc sách mỗi ngày!"
    criteria = editor.sound()

    assert [indicator.id for indicator in criteria.criteria[0].indicators] == ["di_hoc", "doc_sach_moi_ngay"]
    assert criteria.retired_ids == ("cu", "sach")


@pytest.mark.parametrize(
    ("short", "expected"),
    [
        ("Sách", "sach_2"),
        ("Cũ", "cu_2"),
        ("Nếp sống", "nep_song_2"),
        ("3 quyển", "chi_tieu_3_quyen"),
        ("…", "chi_tieu"),
    ],
)
def test_a_new_id_is_none_that_was_ever_used(short: str, expected: str) -> None:
    """Not of another indicator, not of one that is just being dropped, not a retired one."""
    editor = Editor()
    row = editor.row_of(FIRST, "Tủ sách")
    editor.cell(FIRST, row, "Mã chỉ tiêu").value = None
    editor.cell(FIRST, row, "Tên ngắn").value = short

    assert editor.sound().criteria[0].indicators[1].id == expected


def test_long_names_give_ids_that_fit_and_differ() -> None:
    editor = Editor()
    for short in ("Trẻ em đi học", "Tủ sách"):
        row = editor.row_of(FIRST, short)
        editor.cell(FIRST, row, "Mã chỉ tiêu").value = None
        editor.cell(FIRST, row, "Tên ngắn").value = "Rất dài " * 10
    first, second = (indicator.id for indicator in editor.sound().criteria[0].indicators)

    assert first != second
    assert len(first) <= 40 >= len(second)


def test_new_answers_titles_and_criteria_get_ids_too() -> None:
    editor = Editor()
    row = editor.row_of(SECOND, "Học thêm")
    for line in range(3):
        editor.cell(SECOND, row + line, "Mã câu trả lời").value = None
    editor.cell(SECOND, row, "Câu trả lời").value = "Khóa học"
    editor.sheet(SECOND)["B2"].value = None
    titles = editor.sheet("Danh hiệu")
    titles.cell(3, editor.column("Danh hiệu", "Mã danh hiệu")).value = None
    criteria = editor.sound()
    rule = criteria.criteria[1].indicators[0].rule

    assert isinstance(rule, OneOfRule)
    assert [option.id for option in rule.options] == ["khoa_hoc", "it_2", "chua_co"]
    assert criteria.criteria[1].id == "ca_nha_2"
    assert [title.id for title in criteria.titles] == ["tot", "dat_2"]


def test_a_dropped_criterion_retires_its_indicators_and_keeps_what_was_retired() -> None:
    editor = Editor()
    editor.book.remove(editor.sheet(SECOND))
    editor.info("Mã đã thôi dùng").value = None
    editor.info("Tổng điểm tối đa").value = 20
    titles = editor.sheet("Danh hiệu")
    titles.delete_rows(3)
    titles.cell(2, editor.column("Danh hiệu", "Từ tổng điểm")).value = 15

    assert editor.sound().retired_ids == ("cu", "hoc_them", "so_sach", "nep_song")


def test_a_copied_sheet_is_a_new_criterion() -> None:
    editor = Editor()
    copy = editor.book.copy_worksheet(editor.sheet(FIRST))
    copy.title = "3 Mới"
    editor.book.move_sheet(copy, -1)
    copy["B2"].value, copy["C2"].value = None, "Mới"
    for row in range(5, copy.max_row + 1):
        copy.cell(row, editor.column(FIRST, "Mã chỉ tiêu")).value = None
    editor.info("Tổng điểm tối đa").value = None
    criteria = editor.sound()

    assert [criterion.id for criterion in criteria.criteria] == ["tre_em", "ca_nha", "moi"]
    assert [i.id for i in criteria.criteria[2].indicators] == ["tre_em_di_hoc", "tu_sach"]
    assert criteria.max_total == 70


def test_sheets_of_ours_and_blank_ones_are_passed_over() -> None:
    editor = Editor()
    editor.book.create_sheet("Sheet1")
    editor.book.create_sheet("Cần sửa")["A1"].value = "gì đó"
    del editor.book["Hướng dẫn"]
    del editor.book["Danh mục"]

    assert editor.sound() == SMALL


def test_a_number_in_a_cell_of_text_is_the_text() -> None:
    editor = Editor()
    editor.info("Phiên bản").value = 2
    editor.info("Văn bản ban hành").value = 12.5

    assert editor.sound() == replace(SMALL, version="2", issuing_document="12.5")


def test_flags_may_be_words_or_true_and_false() -> None:
    editor = Editor()
    at = editor.column("Danh hiệu", "Không tiêu chí nào 0 điểm")
    editor.sheet("Danh hiệu").cell(2, at).value = True
    editor.sheet("Danh hiệu").cell(3, at).value = "Không"

    assert editor.sound() == SMALL


def test_yes_and_no_may_stand_in_any_order_and_be_said_otherwise() -> None:
    editor = Editor()
    row = editor.row_of(FIRST, "Tủ sách")
    for line, (label, points) in enumerate((("Không", 0), ("có", 10))):
        editor.cell(FIRST, row + line, "Câu trả lời").value = label
        editor.cell(FIRST, row + line, "Điểm").value = points

    assert editor.sound() == SMALL


def test_a_workbook_says_which_set_and_place_it_is_of() -> None:
    editor = Editor()
    editor.info("Mã bộ tiêu chí").value = "nho_phu_tuc"
    editor.info("Bộ tiêu chí này là").value = "Mẫu"

    expected = replace(SMALL, id="nho_phu_tuc", standing=Standing.SAMPLE)
    assert editor.read() == Sound(expected, PLACE_ID, "nho", "1")


def test_rich_text_and_reading_aids_are_read_as_their_text() -> None:
    runs = "<r><rPr><b/></rPr><t>Tủ</t></r><r><t xml:space='preserve'> sách</t></r>"
    rich = f"<is>{runs}<rPh sb='0' eb='1'><t>x</t></rPh></is>"
    plain = "<is><t>Tủ sách</t></is>"
    data = write_workbook(SMALL, PLACE, PLACE_ID, VIETNAMESE)

    assert sound(read(replaced(data, _as_saved(plain), _as_saved(rich)))) == SMALL


def test_the_small_set_has_every_kind_of_rule() -> None:
    kinds = {type(indicator.rule) for indicator in SMALL.indicators}
    assert {ShareRule, YesNoRule, OneOfRule, NumberRule} <= kinds
    assert isinstance(SMALL.titles[0], PointsTitle)
