"""A roll as a commune really keeps it: every kind of mess at once, for any households."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from itertools import groupby
from unicodedata import normalize

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.village.facts import HouseholdEntry

MESS = (
    "the motto and title rows above the heading",
    "a heading of two lines, with merged cells",
    "columns in another order, called otherwise",
    "a name in two columns under one heading",
    "numbered columns under the heading",
    "numbers as text, text as numbers",
    "telephone numbers that lost their 0, or have dots, blanks or +84",
    "blank lines",
    "lines that name the part of the hamlet",
    "subtotals and a total",
    "the heading once more on every printed page",
    "names in capitals",
    "blanks twice, at the end, and such that do not break",
    "letters and tones apart (NFD)",
    "columns that are nobody's business",
    "who made the list, below it",
    "an empty sheet, a hidden sheet, another list",
    "remarks beside the table",
)
"""The kinds of mess that `messy_workbook` makes."""

_UPPER = (
    "TT", "Mã  hộ", "HỌ VÀ TÊN CHỦ HỘ", None, "Số nhân khẩu", None, None, "Số ĐT liên hệ", "Số CCCD", "Dân tộc",
)  # fmt: skip

PAGE = 30
"""Households on a printed page."""


def messy_workbook(households: Sequence[HouseholdEntry], hamlet: str = "Thôn Đông") -> bytes:
    """Write households the way a commune keeps them; read well, they are the same households again.

    The households of one part of the hamlet should stand together; numbers keep their leading zeros.
    """
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "DS hộ 2026"
    _titles(sheet, hamlet)
    row = _heading(sheet, 6)
    sheet.append(["(1)", "(2)", "(3)", None, "(4)", "(5)", "(6)", "(7)", "(8)", "(9)"])
    row += 1
    order = on_page = 0
    for group, of_group in groupby(households, lambda each: each.group):
        if group:
            sheet.append([None, None, group.upper() if order else group])
            row += 1
        count = 0
        for each in of_group:
            if on_page == PAGE:
                sheet.append([])
                row = _heading(sheet, row + 2)
                on_page = 0
            row += 1
            order, on_page, count = order + 1, on_page + 1, count + 1
            for column, value in enumerate(_line(order, each), 1):
                sheet.cell(row, column).value = value
            if order % 17 == 0:
                row += 1  # a blank line
                sheet.cell(row, 3).value = " "
        row += 1
        sheet.cell(row, 1).value = "Cộng" if not group else f"Cộng {group}"
        sheet.cell(row, 7).value = count * 2
    row += 1
    sheet.cell(row, 1).value = "TỔNG CỘNG:"
    sheet.cell(row, 5).value = order
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=4)
    sheet.cell(row + 2, 6).value = "Thôn Đông, ngày 20 tháng 11 năm 2026"
    sheet.cell(row + 3, 2).value, sheet.cell(row + 3, 6).value = "NGƯỜI LẬP BIỂU", "TRƯỞNG THÔN"
    sheet.cell(row + 7, 2).value, sheet.cell(row + 7, 6).value = "Phạm Thị Lập", "Lê Văn Trưởng"
    _other_sheets(book)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _titles(sheet: Worksheet, hamlet: str) -> None:
    sheet["A1"] = "UBND XÃ MẪU"
    sheet["F1"] = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    sheet["F2"] = "Độc lập - Tự do - Hạnh phúc"
    sheet["A4"] = f"DANH SÁCH CHỦ HỘ {hamlet.upper()} NĂM 2026"
    sheet["A5"] = "(Kèm theo Công văn số 12/UBND ngày 01 tháng 10 năm 2026)"
    sheet.merge_cells("A4:J4")
    sheet.merge_cells("A5:J5")


def _heading(sheet: Worksheet, row: int) -> int:
    """Write the heading on two rows; returns the second."""
    for column, heading in enumerate(_UPPER, 1):
        sheet.cell(row, column).value = None if heading is None else normalize("NFD", heading)
    for column, heading in zip((5, 6, 7), ("Tổng số", "Người lớn", "Trẻ em đi học"), strict=True):
        sheet.cell(row + 1, column).value = heading
    sheet.merge_cells(start_row=row, start_column=3, end_row=row + 1, end_column=4)
    sheet.merge_cells(start_row=row, start_column=5, end_row=row, end_column=7)
    for column in (1, 2, 8, 9, 10):
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + 1, end_column=column)
    return row + 1


def _line(order: int, each: HouseholdEntry) -> Iterable[object]:
    *surnames, given = each.name.split()
    surname, is_plain = " ".join(surnames), order % 4
    if is_plain == 0:
        surname, given = surname.upper(), given.upper()
    if is_plain == 1:
        surname, given = normalize("NFD", surname), normalize("NFD", given)
    if is_plain == 2:
        surname, given = surname.replace(" ", "  ") + " ", f"{given}\u00a0"
    number: object = each.number
    if each.number.isdigit() and not each.number.startswith("0") and order % 2:
        number = int(each.number)
    total = None if each.adults is None else each.adults + (each.school_age_children or 0)
    return (
        str(order) if order % 3 else order,
        number,
        surname or None,
        given,
        total,
        _count(each.adults, order),
        _count(each.school_age_children, order + 1),
        _phone(each.phone, order),
        f"0{order:011}",
        "Kinh",
        None,
        "đã báo" if order % 9 == 0 else None,
    )


def _count(count: int | None, order: int) -> object:
    if count is None:
        return None
    return (count, str(count), f"{count:02}", f" {count} người")[order % 4]


def _phone(phone: str, order: int) -> object:
    if not phone:
        return (None, "không", "-")[order % 3]
    dotted, parted = f"{phone[:4]}.{phone[4:7]}.{phone[7:]}", f"{phone[:4]} {phone[4:]}"
    written = (int(phone), dotted, f"+84 {phone[1:]}", parted, phone)
    return written[order % len(written)]


def _other_sheets(book: Workbook) -> None:
    book.create_sheet("Sheet2")
    other = book.create_sheet("Họp thôn")
    other["A1"] = "Họp ngày 20 tháng 10"
    other["B3"] = "Thống nhất danh sách."
    hidden = book.create_sheet("cũ")
    hidden.sheet_state = "hidden"
    for row in (("STT", "Họ và tên chủ hộ"), (1, "Người Đã Mất")):
        hidden.append(row)
