"""What a village head types is found, wherever rows and columns went; what cannot be read is named by its cell."""

from __future__ import annotations

from copy import copy
from datetime import date
from decimal import Decimal
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.ports.village.filed_rows import decode_row, encode_row
from bot.ports.village.imports import ReadFile, UnreadableFile
from bot.reports.answers_workbook import AnswersFiles, write_answers
from bot.reports.answers_workbook.content import HIDDEN_SHEET
from tests.reports.answers_workbook.filling import (
    VIETNAMESE,
    Filler,
    changed,
    filler,
    read,
    refused,
    row,
    rows,
    table,
    three,
)
from tests.reports.criteria_workbook.editing import repacked, written


def codes(data: bytes) -> list[tuple[str, str]]:
    """The problems of a file, by cell."""
    return [(each.cell, each.what.code) for each in read(data).problems]


def test_what_is_typed_is_found_with_its_cell() -> None:
    made = filler().fill(11, "dieu_kien_quy", "Chưa có").fill(12, "dieu_kien_sach_bao", 5)
    cell = made.name(12, "dieu_kien_sach_bao")
    (filed,) = rows(made.saved())[12].cells

    assert changed(made.saved()) == {(11, "dieu_kien_quy"): "Chưa có", (12, "dieu_kien_sach_bao"): 5}
    assert (filed.cell, filed.mark) == (cell, "")


def test_emptying_a_cell_deletes_nothing() -> None:
    assert changed(filler().fill(11, "dieu_kien_goc_hoc", None).saved()) == {}


def test_a_file_says_what_it_was_made_for() -> None:
    filed = rows(filler().saved())[11]

    assert (filed.place_id, filed.year, filed.set_id, filed.set_version) == (3, 2026, "gia_dinh_mau", "1")
    assert decode_row(encode_row(filed)) == filed


def test_rows_that_were_sorted_stay_with_their_households() -> None:
    made = filler().fill(11, "hieu_qua_cong_dong", 7)
    first, second = made.row(11), made.row(12)
    for column in range(1, made.sheet.max_column + 1):
        one, other = made.sheet.cell(first, column), made.sheet.cell(second, column)
        one.value, other.value = other.value, one.value

    assert changed(made.saved()) == {(11, "hieu_qua_cong_dong"): 7}


def test_rows_and_columns_put_before_change_nothing() -> None:
    made = filler().fill(12, "hieu_qua_cong_dong", 7)
    made.sheet.insert_rows(6, 2)
    made.sheet.insert_cols(2)

    assert changed(made.saved()) == {(12, "hieu_qua_cong_dong"): 7}


def test_a_row_without_its_hidden_id_is_known_by_number_and_name() -> None:
    made = filler().fill(12, "hieu_qua_cong_dong", 7)
    made.sheet.cell(made.row(12), 1).value = None

    assert changed(made.saved()) == {(12, "hieu_qua_cong_dong"): 7}


def test_a_household_written_below_is_refused_with_advice() -> None:
    made = filler()
    made.sheet["B9"], made.sheet["C9"], made.sheet["K9"] = "014", "Hoàng Văn Mới", "Có"

    assert codes(made.saved()) == [("C9", "answers.row.by_hand")]
    assert VIETNAMESE.say(read(made.saved()).problems[0].what).startswith("Hàng “Hoàng Văn Mới” được thêm tay")


def test_a_copied_row_counts_once() -> None:
    made = filler()
    for column in range(1, made.sheet.max_column + 1):
        made.sheet.cell(9, column).value = copy(made.sheet.cell(6, column).value)
    made.sheet.cell(9, made.column("hieu_qua_cong_dong")).value = 9

    assert codes(made.saved()) == [("C9", "answers.row.twice")]
    assert changed(made.saved()) == {}


def test_a_row_with_another_name_is_not_taken() -> None:
    """Somebody wrote another household over it, and its answers."""
    made = filler().fill(12, "hieu_qua_cong_dong", 7)
    made.sheet.cell(made.row(12), 3).value = "Hoàng Văn Mới"

    assert codes(made.saved()) == [("C7", "answers.row.renamed")]
    assert changed(made.saved()) == {}


def test_remarks_beside_the_table_are_named() -> None:
    made = filler()
    made.sheet["S6"], made.sheet["S7"] = "nhà đi vắng", "hỏi lại"

    assert codes(made.saved()) == [("S6", "answers.column.unknown")]


def test_a_date_that_a_program_made_comes_as_a_date() -> None:
    assert changed(filler().fill(11, "nguoi_lon_biet_chu", date(2026, 4, 3)).saved()) == {
        (11, "nguoi_lon_biet_chu"): date(2026, 4, 3)
    }


def test_decimals_booleans_and_errors_come_as_they_are() -> None:
    made = filler().fill(11, "dieu_kien_sach_bao", 2.5).fill(11, "hieu_qua_van_hoa", True)
    made.fill(11, "dieu_kien_goc_hoc", "=1/0").fill(11, "nguoi_lon_tim_hieu", "#REF!")

    assert changed(made.saved()) == {
        (11, "dieu_kien_sach_bao"): Decimal("2.5"),
        (11, "hieu_qua_van_hoa"): True,
        (11, "nguoi_lon_tim_hieu"): "#REF!",
    }


def test_without_the_hidden_sheet_nobody_knows_whose_rows_they_are() -> None:
    made = filler()
    del made.book[HIDDEN_SHEET]

    assert refused(made.saved()) == "answers.refused.broken"
    assert not AnswersFiles().is_own(made.saved(), "")


def test_a_file_of_a_newer_version_says_so() -> None:
    made = filler()
    made.book[HIDDEN_SHEET]["B1"] = 2

    assert refused(made.saved()) == "answers.refused.newer"


@pytest.mark.parametrize("cell", ["B1", "B2", "B3", "B4"])
def test_a_spoilt_hidden_sheet_is_refused(cell: str) -> None:
    made = filler()
    made.book[HIDDEN_SHEET][cell] = "x"

    assert refused(made.saved()) == "answers.refused.broken"


def test_other_workbooks_are_not_ours() -> None:
    out = BytesIO()
    Workbook().save(out)

    assert not AnswersFiles().is_own(out.getvalue(), "a.xlsx")
    assert not AnswersFiles().is_own(written(), "a.xlsx")
    assert not AnswersFiles().is_own(b"", "")
    assert refused(out.getvalue()) == "answers.refused.broken"


def test_three_hundred_households_are_read() -> None:
    made = write_answers(table(*(row(n, f"Hộ {n}") for n in range(1, 301))), VIETNAMESE)
    book = Filler(made)
    for n in range(1, 301):
        book.fill(n, "dieu_kien_goc_hoc", "Có")

    assert len(changed(book.saved())) == 300


_THREE = write_answers(three(), VIETNAMESE)
_PARTS = [name for name in ZipFile(BytesIO(_THREE)).namelist() if "theme" not in name and "docProps" not in name]


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda tail: b"PK\x03\x04" + tail))
def test_random_bytes_are_refused(data: bytes) -> None:
    assert isinstance(AnswersFiles().read(data, ""), UnreadableFile)
    assert not AnswersFiles().is_own(data, "")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_a_workbook_with_a_few_bytes_changed(data: st.DataObject) -> None:
    spoilt = bytearray(_THREE)
    for _ in range(data.draw(st.integers(1, 4))):
        spoilt[data.draw(st.integers(0, len(spoilt) - 1))] = data.draw(st.integers(0, 255))

    assert isinstance(AnswersFiles().read(bytes(spoilt), ""), ReadFile | UnreadableFile)
    assert AnswersFiles().is_own(bytes(spoilt), "") in (True, False)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from(_PARTS),
    st.integers(0, 200_000),
    st.integers(0, 40),
    st.sampled_from([b"<", b"/>", b'"', b"&#0;", b"\xff", b"<c/>", b'r="-1"', b"<v>1e999</v>", b' t="s"', b"9" * 400]),
)
def test_a_workbook_with_a_spoilt_part(name: str, at: int, length: int, piece: bytes) -> None:
    def spoil(part: str, content: bytes) -> bytes:
        place = at % (len(content) + 1)
        return content[:place] + piece + content[place + length :] if part == name else content

    assert isinstance(AnswersFiles().read(repacked(_THREE, spoil), ""), ReadFile | UnreadableFile)


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 12),
            st.integers(1, 20),
            st.none()
            | st.text(st.characters(min_codepoint=32, max_codepoint=0x2FFF), max_size=20)
            | st.integers(-(10**18), 10**18)
            | st.floats(allow_nan=False, allow_infinity=False)
            | st.booleans()
            | st.dates(date(1900, 3, 1), date(2999, 12, 31)),
        ),
        max_size=12,
    ),
    st.sampled_from([0, -1]),
)
def test_anything_typed_anywhere_is_answered(typed: list[tuple[int, int, object]], sheet: int) -> None:
    made = filler()
    for at, column, value in typed:
        cell = made.book.worksheets[sheet].cell(at, column)
        cell.value = value
        if isinstance(value, str):
            cell.data_type = "s"
    found = AnswersFiles().read(made.saved(), "")

    assert isinstance(found, ReadFile | UnreadableFile)
    for each in found.problems if isinstance(found, ReadFile) else ():
        assert VIETNAMESE.say(each.what)
