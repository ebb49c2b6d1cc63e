"""The roll as a workbook to be filled in or edited, and sent back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.village.facts import HouseholdEntry
from bot.i18n import Translator
from bot.reports.criteria_workbook.dressing import packed, write_value
from bot.reports.roll_files.values import MOST_PERSONS
from bot.reports.spreadsheets.grid import Value, letters_of

HEADING_ROW: Final = 5
_EMPTY: Final = 40
"""Rows that are ruled for households to come."""
_OFFERED: Final = 500
"""Rows behind the last household that still have drop-downs."""
_A4: Final = 9
_LINE: Final = Side(style="thin", color="A59D8C")
_EDGES: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_GROUND: Final = PatternFill("solid", fgColor="E8F1EA")
_FONT: Final = Font(name="Arial", size=10)
_BOLD: Final = Font(name="Arial", size=10, bold=True)
_TITLE: Final = Font(name="Arial", size=14, bold=True)
_QUIET: Final = Font(name="Arial", size=9, italic=True, color="404040")
_CENTRE: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
_PLAIN: Final = Alignment(wrap_text=True, vertical="center")
_GUIDE: Final = 5
_GUIDE_WIDTH: Final = 100
_WIDTHS: Final = {
    "order": 6, "hamlet": 20, "number": 10, "name": 30, "group": 14, "phone": 16, "adults": 13, "children": 16,
}  # fmt: skip
_TEXTS: Final = ("hamlet", "number", "name", "group", "phone")
_COUNTS: Final = ("adults", "children")
_CENTRED: Final = ("order", "number", *_COUNTS)
_ROW_HEIGHT: Final = 18
"""Points: a line that can be written by hand."""
_EXAMPLES: Final = (
    HouseholdEntry("Nguyễn Văn An", "001", "Tổ 1", "0912345678", 2, 1),
    HouseholdEntry("Trần Thị Bình", "002", "Tổ 1", "", 1, 2),
    HouseholdEntry("Lê Văn Cường", "003", "Tổ 2", "0987654321", 3, 0),
)


@dataclass(frozen=True, slots=True)
class RollLine:
    """A household and its hamlet."""

    hamlet: str
    entry: HouseholdEntry


@dataclass(frozen=True, slots=True)
class RollTable:
    """What a workbook of the roll is made of."""

    place: str
    """As a title names it: 'Thôn Đông, xã Mẫu'."""
    hamlets: tuple[str, ...]
    """Of a commune: the hamlets to choose from; empty for one hamlet, which needs no column."""
    lines: tuple[RollLine, ...] = ()


def written_roll(table: RollTable, words: Translator) -> bytes:
    """Write the roll; reading it unedited gives the same households."""
    book = Workbook()
    book.properties.creator = "hoctap"
    sheet = book.worksheets[0]
    sheet.title = words.text("import.template.roll")
    _table(sheet, table, words)
    example = book.create_sheet(words.text("import.template.example"))
    named = table.hamlets[0] if table.hamlets else ""
    lines = tuple(RollLine(named, each) for each in _EXAMPLES)
    _table(example, RollTable(table.place, table.hamlets, lines), words, is_example=True)
    _guide(book.create_sheet(words.text("import.template.guide")), words)
    if table.hamlets:
        _offer_hamlets(book, sheet, table, words)
    return packed(book)


def _columns(table: RollTable) -> tuple[str, ...]:
    return tuple(column for column in _WIDTHS if column != "hamlet" or table.hamlets)


def _table(sheet: Worksheet, table: RollTable, words: Translator, *, is_example: bool = False) -> None:
    columns = _columns(table)
    titles = (("title", _TITLE), ("place", _BOLD), ("note", _QUIET))
    for row, (code, font) in enumerate(titles, 1):
        write_value(sheet.cell(row, 1), words.text(f"import.template.{code}", _params(code, table)))
        sheet.cell(row, 1).font = font
    for at, column in enumerate(columns, 1):
        cell = sheet.cell(HEADING_ROW, at)
        write_value(cell, words.text(f"import.template.{column}"))
        cell.font, cell.fill, cell.border, cell.alignment = _BOLD, _GROUND, _EDGES, _CENTRE
        sheet.column_dimensions[letters_of(at)].width = _WIDTHS[column]
    sheet.row_dimensions[HEADING_ROW].height = 44
    for number, line in enumerate(table.lines, 1):
        _household(sheet, HEADING_ROW + number, number, line, columns)
    first = HEADING_ROW + 1
    last = HEADING_ROW + len(table.lines)
    ruled = last if is_example else last + _EMPTY
    for row in range(first, ruled + 1):
        sheet.row_dimensions[row].height = _ROW_HEIGHT
        for at, column in enumerate(columns, 1):
            cell = sheet.cell(row, at)
            cell.font, cell.border = _FONT, _EDGES
            cell.alignment = _CENTRE if column in _CENTRED else _PLAIN
            if column in _TEXTS:
                cell.number_format = "@"  # or a program takes the 0 off a number
    if not is_example:
        _offer_counts(sheet, columns, first, last + _OFFERED, words)
    sheet.freeze_panes = sheet.cell(first, columns.index("name") + 2)
    _page(sheet)


def _params(code: str, table: RollTable) -> dict[str, str]:
    return {"place": table.place} if code == "place" else {}


def _household(sheet: Worksheet, row: int, number: int, line: RollLine, columns: Sequence[str]) -> None:
    entry = line.entry
    values: dict[str, Value | None] = {
        "order": number,
        "hamlet": line.hamlet,
        "number": entry.number,
        "name": entry.name,
        "group": entry.group,
        "phone": entry.phone,
        "adults": entry.adults,
        "children": entry.school_age_children,
    }
    for at, column in enumerate(columns, 1):
        value = values[column]
        if value is not None and value != "":
            write_value(sheet.cell(row, at), value)


def _offer_counts(sheet: Worksheet, columns: Sequence[str], first: int, last: int, words: Translator) -> None:
    allowed = DataValidation("whole", operator="between", formula1="0", formula2=str(MOST_PERSONS), allow_blank=True)
    allowed.showErrorMessage, allowed.errorStyle = True, "stop"
    allowed.error = words.text("import.template.whole")
    for column in _COUNTS:
        at = letters_of(columns.index(column) + 1)
        allowed.add(f"{at}{first}:{at}{last}")
    sheet.add_data_validation(allowed)


def _offer_hamlets(book: Workbook, sheet: Worksheet, table: RollTable, words: Translator) -> None:
    lists = book.create_sheet(words.text("import.template.lists"))
    lists.sheet_state = "hidden"
    for row, hamlet in enumerate(table.hamlets, 1):
        write_value(lists.cell(row, 1), hamlet)
    offered = DataValidation("list", formula1=f"'{lists.title}'!$A$1:$A${len(table.hamlets)}", allow_blank=True)
    offered.showErrorMessage, offered.errorStyle = True, "stop"
    offered.error = words.text("import.template.only_hamlets")
    at = letters_of(_columns(table).index("hamlet") + 1)
    offered.add(f"{at}{HEADING_ROW + 1}:{at}{HEADING_ROW + len(table.lines) + _OFFERED}")
    sheet.add_data_validation(offered)


def _guide(sheet: Worksheet, words: Translator) -> None:
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    write_value(sheet.cell(1, 1), words.text("import.template.guide"))
    sheet.cell(1, 1).font = _TITLE
    for number in range(1, _GUIDE + 1):
        cell = sheet.cell(number + 2, 1)
        write_value(cell, words.text(f"import.template.guide_{number}"))
        cell.font, cell.alignment = _FONT, _PLAIN
        sheet.row_dimensions[number + 2].height = 32
    _page(sheet)


def _page(sheet: Worksheet) -> None:
    """Print on A4 upright, as wide as the paper, with the heading on every page."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = _A4, "portrait"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    if sheet.max_row >= HEADING_ROW and sheet.cell(HEADING_ROW, 2).fill == _GROUND:
        sheet.print_title_rows = f"{HEADING_ROW}:{HEADING_ROW}"
    sheet.oddFooter.right.text = "&P/&N"
