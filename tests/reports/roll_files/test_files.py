"""Files of every program, encoding and font: read, or refused with advice, and never a fault."""

from __future__ import annotations

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.village.facts import HouseholdEntry
from bot.i18n import LOCALES, translator
from bot.ports.village.imports import UnreadableFile
from bot.reports.roll_files.letters import legacy_font
from bot.reports.roll_files.reading import read_roll
from tests.reports.roll_files.sheets import entries, refused, windows_1258, workbook
from tests.support.messy_roll import messy_workbook

TEXT = (
    "DANH SÁCH HỘ THÔN ĐÔNG{0}{0}\r\n\r\nSTT{0}Họ và tên chủ hộ{0}Số điện thoại\r\n"
    "1{0}Nguyễn Văn Đức{0}0912345678\r\n2{0}Trần Thị Hường{0}912345679\r\n"
)
MEANT = [
    HouseholdEntry("Nguyễn Văn Đức", "1", "", "0912345678"),
    HouseholdEntry("Trần Thị Hường", "2", "", "0912345679"),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_a_text_file_is_read_in_its_encoding(encoding: str, delimiter: str) -> None:
    text = TEXT.format(delimiter)
    data = windows_1258(text) if encoding == "cp1258" else text.encode(encoding)
    assert entries(data) == MEANT


def test_a_text_file_may_quote_and_name_its_delimiter() -> None:
    quoted = 'sep=;\r\n"Họ và tên\nchủ hộ";"Điện thoại"\r\n"Nguyễn Văn ""Đức""";"0912;345;678"\r\n'
    (found,) = entries(quoted.encode())
    assert found.phone == ""
    unclosed = 'Chủ hộ;Tổ\n"Nguyễn Văn Đức;1\nTrần Thị Hường;2\n'
    assert [each.name for each in entries(unclosed.encode())] == ["Nguyễn Văn Đức", "Trần Thị Hường"]


TCVN3 = (
    ("Hä vµ tªn chñ hé", "§iÖn tho¹i"),
    ("NguyÔn V¨n §øc", "0912345678"),
    ("TrÇn ThÞ H­êng", "0912345679"),
    ("Ph¹m V¨n Qu©n", ""),
)
VNI = (
    ("Hoï vaø teân chuû hoä", "Ñieän thoaïi"),
    ("Nguyeãn Vaên Ñöùc", "0912345678"),
    ("Traàn Thò Höôøng", "0912345679"),
    ("Phaïm Vaên Quaân", ""),
)


@pytest.mark.parametrize(("rows", "font"), [(TCVN3, "tcvn3"), (VNI, "vni")])
def test_letters_of_old_fonts_are_known_and_refused(rows: tuple[tuple[str, str], ...], font: str) -> None:
    assert refused(workbook(rows)) == font
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    assert refused(written.getvalue().encode("cp1252", "replace")) == font
    assert refused(written.getvalue().encode("utf-8")) == font


def test_vietnamese_in_unicode_is_never_taken_for_an_old_font() -> None:
    assert legacy_font([TEXT, "Hoàng Thị Thoa", "Đỗ Quốc Huê", "Phùng Ngoãn"]) is None
    assert legacy_font(["Họp số 1½ ngày 2·3", "Nguyễn Văn An «tổ trưởng»", "Trần Thị Ba"]) is None
    assert legacy_font(["plain", "ASCII"]) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (bytes.fromhex("d0cf11e0a1b11ae1") + bytes(512), "old_or_locked"),
        (b"<html><table><tr><td>STT</td></tr></table></html>", "web_page"),
        (b'<?xml version="1.0"?><Workbook/>', "web_page"),
        (b"%PDF-1.7", "not_a_table"),
        (b"\x89PNG\r\n\x1a\n", "not_a_table"),
        (bytes(range(256)) * 4, "not_a_table"),
        (b"", "not_a_table"),
        (b"PK\x03\x04", "broken"),
        ("Xin chào thôn".encode(), "no_header"),
        ("STT;Chủ hộ\n".encode(), "no_rows"),
        (bytes(11 * 1024 * 1024), "too_large"),
        (b"PK" + bytes(11 * 1024 * 1024), "too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_roll_is_refused_with_a_reason(data: bytes, why: str) -> None:
    assert refused(data) == why


def test_a_file_with_a_macro_is_refused() -> None:
    book = io.BytesIO(messy_workbook([HouseholdEntry("Lê Văn Tư", "1")]))
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"macro")
    assert refused(book.getvalue()) == "macros"


def test_a_sheet_formatted_down_to_the_last_row_is_read() -> None:
    rows: list[list[object]] = [["STT", "Chủ hộ"], [1, "Lê Văn Tư"]]
    rows += [[None, None] for _ in range(3000)]
    assert len(entries(workbook(rows))) == 1


@pytest.mark.parametrize("locale", LOCALES)
def test_everything_that_is_said_can_be_worded(locale: str) -> None:
    data = workbook([["Số hộ", "Chủ hộ", "SĐT", "CCCD", "Ghi chú", "Người lớn"], ["1", "a1", "1", "2", "3", "x"]])
    found = read_roll(data, "", 2026)
    assert not isinstance(found, UnreadableFile)
    for each in (*(problem.what for problem in found.problems), *found.left_out):
        assert "%(" not in translator(locale).say(each)


MESSY = messy_workbook(
    [HouseholdEntry(f"Lê Văn {chr(65 + at)}", str(at), "Tổ 1", "0912345678", 2, 1) for at in range(9)]
)


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    read_roll(data, "", 2026)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(MESSY) - 1), st.binary(min_size=1, max_size=30))
def test_a_damaged_workbook_is_read_or_refused(at: int, by: bytes) -> None:
    read_roll(MESSY[:at] + by + MESSY[at + len(by) :], "", 2026)


_CELL = st.one_of(
    st.none(),
    st.text(max_size=12),
    st.integers(-5, 10**12),
    st.floats(allow_nan=False, allow_infinity=False, width=32),
    st.booleans(),
    st.sampled_from(
        ["STT", "Chủ hộ", "Họ tên", "Số hộ", "Tổ", "Thôn Đông", "Cộng", "Người lập biểu", "SĐT", "Quan hệ", "Chủ hộ"]
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(_CELL, max_size=6), max_size=12))
def test_any_cells_are_read_or_refused(cells: list[list[object]]) -> None:
    written = io.StringIO()
    csv.writer(written, delimiter=";").writerows([["Chủ hộ", "Số hộ", "SĐT", "Tổ", "Người lớn", "Năm sinh"], *cells])
    found = read_roll(written.getvalue().encode("utf-8", "replace"), "", 2026)
    if not isinstance(found, UnreadableFile):
        for problem in found.problems:
            translator("vi").say(problem.what)
