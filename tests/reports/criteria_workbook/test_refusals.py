"""Files that are not read, each with a sentence; nothing that was made to do harm does any."""

from __future__ import annotations

import tracemalloc

import pytest

from bot.messages.workbook_problems import MESSAGES
from bot.reports.criteria_workbook import Refused, sentence
from tests.reports.criteria_workbook.editing import ENGLISH, FIRST, SMALL, VIETNAMESE, read, replaced, sound, written
from tests.reports.criteria_workbook.spoiling import REFUSED, with_part, with_rows, with_sheet


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_is_refused_with_a_sentence(name: str) -> None:
    result = read(REFUSED[name]())

    assert isinstance(result, Refused), result
    assert result.reason_code == f"workbook.refused.{name.split(':', maxsplit=1)[0]}"
    for words in (VIETNAMESE, ENGLISH):
        told = sentence(result, words)
        assert told.endswith(".")
        assert "%(" not in told


def test_every_refusal_has_a_file() -> None:
    reasons = {code.removeprefix("workbook.refused.") for code in MESSAGES if code.startswith("workbook.refused.")}
    assert reasons == {name.partition(":")[0] for name in REFUSED}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("formulas", f"công thức ở '{FIRST}'!E5"),
        ("merged", f"ô bị gộp: '{FIRST}'!B5:B8"),
        ("hidden_sheets", f"trang bị ẩn: {FIRST}"),
        ("too_far", "ô quá xa: XFD1048576"),
        ("wrong_template", "trang “Thông tin”"),
        ("unknown_set", "bộ “nho”, phiên bản “77”"),
        ("too_large: 50 MB of zeros", "dưới 2 MB"),
    ],
)
def test_a_refusal_names_what_it_is_about(name: str, words: str) -> None:
    result = read(REFUSED[name]())

    assert isinstance(result, Refused)
    assert words in sentence(result, VIETNAMESE)


def test_the_first_formulas_are_named_and_no_more() -> None:
    rows = b"".join(b'<row><c r="B%d"><f>1+1</f><v>2</v></c></row>' % row for row in range(900, 990))
    result = read(with_rows(rows))

    assert isinstance(result, Refused)
    assert result.params["cells"] == ", ".join(f"'{FIRST}'!B{row}" for row in range(900, 905))


@pytest.mark.parametrize(
    "name",
    [
        "too_large_inside: a sheet of zeros",
        "too_large_inside: many cells",
        "too_large_inside: one text in many cells",
        "broken: more in a part than it says",
        "unsafe: entities",
    ],
)
def test_no_file_takes_much_memory(name: str) -> None:
    data = REFUSED[name]()
    tracemalloc.start()
    try:
        read(data)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert peak < 120 * 1024**2


@pytest.mark.parametrize(
    "more",
    [
        b'<hyperlinks><hyperlink ref="A1:XFD1048576" location="A1"/></hyperlinks>',
        (
            b'<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>1</formula>'
            b"</cfRule></conditionalFormatting>"
        ),
        b'<autoFilter ref="A1:XFD1048576"/>',
    ],
)
def test_ranges_as_large_as_a_sheet_cost_nothing(more: bytes) -> None:
    data = with_sheet(lambda part: part.replace(b"</sheetData>", b"</sheetData>" + more))

    assert sound(read(data)) == SMALL


def test_blank_rows_far_down_are_no_reason_to_refuse() -> None:
    """LibreOffice writes the last row of a formatted sheet."""
    row = b'<row r="1048576" ht="12"><c r="XFD1048576" s="1"/></row>'
    data = with_sheet(lambda part: part.replace(b"</sheetData>", row + b"</sheetData>"))

    assert sound(read(data)) == SMALL


@pytest.mark.parametrize(
    "target", ["worksheets/sheet4.xml", "../xl/x/../worksheets/Sheet4.xml", "worksheets\\sheet4.xml"]
)
def test_parts_are_found_however_a_program_points_to_them(target: str) -> None:
    data = replaced(written(), b'Target="/xl/worksheets/sheet4.xml"', f'Target="{target}"'.encode())

    assert sound(read(data)) == SMALL


def test_pictures_and_other_parts_are_passed_over() -> None:
    assert sound(read(with_part("xl/media/image1.png", b"not looked at"))) == SMALL
