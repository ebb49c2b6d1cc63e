"""A roll is read however a commune keeps it."""

from __future__ import annotations

import pytest

from bot.dialogs.village.facts import HouseholdEntry
from tests.reports.roll_files.sheets import Rows, entries, left_out, names, problems, rows, workbook
from tests.support.messy_roll import MESS, messy_workbook

AN, BA = HouseholdEntry("Nguyễn Văn An", "1"), HouseholdEntry("Trần Thị Ba", "2")


def village(count: int) -> list[HouseholdEntry]:
    given = ("An", "Bình", "Cường", "Dũng", "Giang", "Hạnh", "Khánh", "Lan", "Mỹ", "Oanh", "Quý", "Sơn", "Ước")
    return [
        HouseholdEntry(
            f"Nguyễn {('Văn', 'Thị', 'Hữu')[at % 3]} {given[at % 13]}",
            f"{at + 1:03}" if at < count // 2 else f"H-{at}" if at % 7 == 0 else str(at + 1),
            f"Tổ {at * 4 // count + 1}",
            f"09{at:08}" if at % 4 else "",
            at % 5 + 1 if at % 6 else None,
            at % 3 if at % 6 else None,
        )
        for at in range(count)
    ]


@pytest.mark.parametrize("count", [1, 7, 30, 31, 61, 120])
def test_a_roll_with_every_kind_of_mess_is_read_as_it_was_meant(count: int) -> None:
    assert len(MESS) >= 12
    data = messy_workbook(village(count))
    assert entries(data) == village(count)
    assert problems(data) == []
    assert {row.hint.lower() for row in rows(data)} == {"thôn đông"}
    assert "“Số CCCD”; “Dân tộc”" in left_out(data)


@pytest.mark.parametrize(
    ("name", "number", "phone"),
    [
        ("Họ và tên chủ hộ", "Số hộ", "Điện thoại"),
        ("Ho va ten chu ho", "Ma ho", "SDT"),
        ("CHỦ HỘ", "MÃ SỐ HỘ", "SỐ ĐT"),
        ("Họ tên", "Mã hộ gia đình", "Số điện thoại liên hệ (Zalo)"),
        ("Tên chủ hộ", "Hộ số", "Di động"),
        ("Người đại diện hộ", "Số hiệu", "Đ.T"),
        ("Household head", "Household no.", "Phone"),
    ],
)
def test_headings_have_many_names(name: str, number: str, phone: str) -> None:
    data = workbook([[phone, name, number], ["0912345678", "Nguyễn Văn An", "1"]])
    found = entries(data)[0]
    assert (found.name, found.number) == ("Nguyễn Văn An", "1")
    assert found.phone == ("" if phone == "Đ.T" else "0912345678")


def test_a_heading_of_two_lines_says_what_its_columns_count() -> None:
    upper = ["STT", "Họ và tên chủ hộ", "Số nhân khẩu", None, None, "Xóm"]
    lower = [None, None, "Tổng", "Người lớn", "Trẻ em đi học", None]
    data = workbook([upper, lower, [1, "Lê Văn Tư", 5, 3, 2, "Đình"]], ["A1:A2", "B1:B2", "C1:E1", "F1:F2"])
    assert entries(data) == [HouseholdEntry("Lê Văn Tư", "1", "Đình", "", 3, 2)]


def test_a_list_of_names_alone_is_a_roll() -> None:
    assert names(workbook([["Danh sách chủ hộ thôn Đông"], ["Họ và tên"], ["Lê Văn Tư"], ["Trần Thị Ba"]])) == [
        "Lê Văn Tư",
        "Trần Thị Ba",
    ]


def test_a_place_in_the_list_is_no_household_s_number() -> None:
    (row,) = rows(workbook([["STT", "Chủ hộ"], [7, "Lê Văn Tư"]]))
    assert (row.entry.number, row.is_counted) == ("7", True)
    (row,) = rows(workbook([["STT", "Số hộ", "Chủ hộ"], [7, 12, "Lê Văn Tư"]]))
    assert (row.entry.number, row.is_counted) == ("12", False)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (912345678, "0912345678"),
        (912345678.0, "0912345678"),
        ("0912.345.678", "0912345678"),
        ("0912 345 678", "0912345678"),
        ("+84 912 345 678", "0912345678"),
        ("84912345678", "0912345678"),
        ("0912345678 / 0987654321", "0912345678"),
        ("02693 821 123", "02693821123"),
        ("không", ""),
        (None, ""),
    ],
)
def test_a_telephone_number_is_read_however_it_was_typed(typed: object, meant: str) -> None:
    data = workbook([["Chủ hộ", "SĐT"], ["Lê Văn Tư", typed]])
    assert entries(data)[0].phone == meant
    assert problems(data) == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("NGUYỄN VĂN AN", "Nguyễn Văn An"),
        ("nguyễn văn an", "Nguyễn Văn An"),
        ("Nguye\u0302\u0303n Va\u0306n An", "Nguyễn Văn An"),
        ("  Nguyễn   Văn\u00a0An ", "Nguyễn Văn An"),
        ("Ông Nguyễn Văn An", "Nguyễn Văn An"),
        ("Bà: Nguyễn Thị An", "Nguyễn Thị An"),
        ("Ông/bà: Nguyễn Văn An", "Nguyễn Văn An"),
        ("Bà Tư", "Bà Tư"),
        ("H'NGA NIÊ", "H'Nga Niê"),
        ("Y Blê", "Y Blê"),
        ("Nguyễn Văn An*", "Nguyễn Văn An"),
    ],
)
def test_a_name_is_kept_as_people_read_it(typed: str, meant: str) -> None:
    assert names(workbook([["Chủ hộ", "Tổ"], [typed, "1"]])) == [meant]


def test_subtotals_footers_and_signatures_are_no_households() -> None:
    data = workbook(
        [
            ["TT", "Họ và tên chủ hộ", "Số khẩu"],
            [1, "Lê Văn Cộng", 4],
            [2, "Tống Văn Tổng", 4],
            ["Cộng", None, 8],
            ["Tổng cộng: 2 hộ", None, 8],
            [None, None, "Ngày 1 tháng 2 năm 2026"],
            ["Người lập biểu", None, "Xác nhận của UBND xã"],
            [None, "Phạm Văn Lập", "Lê Thị Chủ Tịch"],
        ]
    )
    assert names(data) == ["Lê Văn Cộng", "Tống Văn Tổng"]


def test_households_behind_a_footer_on_another_page_are_read() -> None:
    page: Rows = [
        ["TT", "Chủ hộ", "Số khẩu"],
        [1, "Lê Văn Một", 4],
        [None, "Người lập biểu", None],
        [None, "Võ Văn Lập"],
    ]
    again: Rows = [["TT", "Chủ hộ", "Số khẩu"], [2, "Lê Văn Hai", 4]]
    assert names(workbook([*page, *again])) == ["Lê Văn Một", "Lê Văn Hai"]


def test_a_line_over_households_says_where_they_are() -> None:
    data = workbook(
        [
            ["TT", "Chủ hộ", "Số khẩu"],
            ["I", "Thôn Đông", 2],
            [None, "Tổ 1", None],
            [1, "Lê Văn Một", 4],
            [None, "XÓM ĐÌNH", None],
            [2, "Lê Văn Hai", 4],
            ["II", "Thôn Tây", 1],
            [1, "Lê Văn Ba", 4],
        ]
    )
    assert [(row.hamlet, row.entry.group, row.entry.name) for row in rows(data)] == [
        ("Thôn Đông", "Tổ 1", "Lê Văn Một"),
        ("Thôn Đông", "Xóm Đình", "Lê Văn Hai"),
        ("Thôn Tây", "", "Lê Văn Ba"),
    ]


def test_a_hamlet_merged_over_its_households_is_that_of_each() -> None:
    data = workbook(
        [["Thôn", "Chủ hộ", "Tổ"], ["Đông", "Lê Văn Một", 3], [None, "Lê Văn Hai", 4], ["Tây", "Lê Văn Ba", 1]],
        ["A2:A3"],
    )
    assert [(row.hamlet, row.entry.group) for row in rows(data)] == [
        ("Đông", "Tổ 3"),
        ("Đông", "Tổ 4"),
        ("Tây", "Tổ 1"),
    ]


def test_each_sheet_may_be_a_hamlet() -> None:
    sheet: Rows = [["STT", "Chủ hộ"], [1, "Lê Văn Tư"]]
    data = workbook({"Thôn Đông": sheet, "Tây": sheet, "Tổng hợp": [["Thôn", "Số"], ["Đông", 1]]})
    assert [(row.sheet, row.hint) for row in rows(data)] == [("Thôn Đông", "Thôn Đông"), ("Tây", "Tây")]
    assert "Tổng hợp" in left_out(data)


def test_a_name_in_two_columns_is_one() -> None:
    assert names(workbook([["STT", "Họ và đệm", "Tên"], [1, "Nguyễn Văn", "An"]])) == ["Nguyễn Văn An"]
    merged = workbook([["STT", "Họ và tên chủ hộ", None, "Tổ"], [1, "Nguyễn Văn", "An", 1]], ["B1:C1"])
    assert names(merged) == ["Nguyễn Văn An"]


def test_of_a_list_of_persons_only_heads_are_kept_and_the_others_counted() -> None:
    heading = ["Số hộ", "Họ và tên", "Quan hệ với chủ hộ", "Ngày sinh", "Dân tộc"]
    people: Rows = [
        ["01", "Nguyễn Văn An", "Chủ hộ", "02/03/1980", "Kinh"],
        ["01", "Trần Thị Vợ", "Vợ", 1982, "Kinh"],
        ["01", "Nguyễn Văn Con", "Con", "5/2015", "Kinh"],
        ["01", "Nguyễn Thị Út", "Con", 2023, "Kinh"],
        ["02", "Lê Văn Con", "Con", 2010, "Kinh"],
        ["02", "Lê Thị Bà", "Chủ hộ", 1950, "Kinh"],
    ]
    data = workbook([heading, *people])
    assert entries(data) == [
        HouseholdEntry("Nguyễn Văn An", "01", "", "", 2, 1),
        HouseholdEntry("Lê Thị Bà", "02", "", "", 1, 1),
    ]
    assert "Chỉ giữ tên chủ hộ của 2 hộ" in left_out(data)
    assert "Con" not in "".join(row for row in map(str, rows(data)))


def test_persons_are_told_apart_by_a_repeated_number_and_by_who_is_head() -> None:
    by_number: Rows = [
        ["Số hộ", "Họ tên"],
        [1, "Lê Văn A"],
        [1, "Võ Thị B"],
        [2, "Lê Văn C"],
        [2, "Hồ Thị D"],
        [3, "Lê E"],
    ]
    data = workbook(by_number)
    assert names(data) == ["Lê Văn A", "Lê Văn C", "Lê E"]
    assert "không có năm sinh" in left_out(data)
    by_head: Rows = [
        ["TT", "Họ tên", "Quan hệ"],
        [1, "Lê Văn A", "chủ hộ"],
        [2, "Lê B", "con"],
        [3, "Lê Văn C", "Chủ hộ"],
    ]
    assert names(workbook(by_head)) == ["Lê Văn A", "Lê Văn C"]


def test_what_is_nobody_s_business_is_not_kept_and_that_is_said() -> None:
    heading = ["Chủ hộ", "Số CCCD", "Tôn giáo", "Dân tộc", "Họ tên con", "Ghi chú"]
    data = workbook([heading, ["Lê Văn Tư", "001080001234", "Không", "Kinh", "Lê Văn Bé", "nghèo"]])
    told = left_out(data)
    assert all(column in told for column in heading[1:])
    kept = str(rows(data))
    assert not any(secret in kept for secret in ("001080001234", "Không", "Kinh", "Lê Văn Bé", "nghèo"))


def test_problems_say_their_cell_and_the_rest_of_the_row_is_kept() -> None:
    data = workbook(
        [
            ["Số hộ", "Chủ hộ", "SĐT", "Người lớn"],
            ["1", "Lê Văn Một", "123", 2],
            ["2", None, "0912345678", 2],
            ["3", "0912345678", None, 2],
            ["4", "Lê Văn Bốn", None, "hai ba"],
            ["5", "Lê Văn Năm" * 9, None, 2],
            ["1", "Lê Văn Một", None, 2],
            ["4", "Võ Thị Khác", None, 2],
        ]
    )
    assert sorted(problems(data)) == [
        ("A7", "repeated"),
        ("A8", "same_number"),
        ("B3", "no_name"),
        ("B4", "name"),
        ("B6", "long_name"),
        ("C2", "phone"),
        ("D5", "count"),
    ]
    assert entries(data) == [
        HouseholdEntry("Lê Văn Một", "1", adults=2),
        HouseholdEntry("Lê Văn Bốn", "4"),
    ]


def test_two_parts_of_a_file_for_two_hamlets_may_use_the_same_numbers() -> None:
    data = workbook([["Thôn", "Số hộ", "Chủ hộ"], ["Đông", 1, "Lê Văn Một"], ["Tây", 1, "Lê Văn Hai"]])
    assert problems(data) == []
    assert len(rows(data)) == 2


def test_a_household_that_stands_twice_in_one_file_is_taken_once() -> None:
    data = workbook(
        [
            ["Chủ hộ", "SĐT"],
            ["Lê Văn Một", "0912345678"],
            ["LÊ VĂN MỘT", "912345678"],
            ["Lê Văn Một", "0987654321"],
            ["Lê Văn Một", None],
        ]
    )
    assert problems(data) == [("A3", "alike")]
    assert [entry.phone for entry in entries(data)] == ["0912345678", "0987654321", ""]
