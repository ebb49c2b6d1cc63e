"""Make a workbook of grids as people like to edit and print it: notes, drop-downs, widths, A4 across."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from io import BytesIO
from itertools import takewhile
from math import ceil
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.understanding.text import fold
from bot.i18n import Translator
from bot.reports.criteria_workbook.columns import (
    CRITERION_COLUMNS,
    INDICATOR_COLUMNS,
    INFO_COLUMNS,
    INFO_ROWS,
    TITLE_COLUMNS,
    Column,
    Holds,
    by_heading,
)
from bot.reports.criteria_workbook.headings import Header, find_header
from bot.reports.criteria_workbook.vocabulary import LISTS, sheet_meaning, sheet_name
from bot.reports.spreadsheets.escapes import escape
from bot.reports.spreadsheets.grid import ErrorValue, Grid, Position, Value, letters_of
from bot.reports.spreadsheets.limits import OF_CRITERIA
from bot.reports.spreadsheets.sheet_part import LONGEST_TEXT
from bot.reports.spreadsheets.shown import shown

AUTHOR: Final = "hoctap"
_A4: Final = 9
_LISTS_WIDTH: Final = 32
_GUIDE_WIDTH: Final = 110
_STAMP: Final = (1980, 1, 1, 0, 0, 0)
_CLOCK: Final = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
_LINE: Final = Side(style="thin", color="BFB8A8")
_EDGES: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_BEGIN: Final = Border(left=_LINE, right=_LINE, top=Side(style="medium", color="7A6F58"), bottom=_LINE)
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_FONT: Final = Font(name="Arial", size=10)
_LINE_HEIGHT: Final = 13.5
_LETTERS: Final = 1.15
"""Letters in the width of a digit, roughly."""
_TALLEST: Final = 400
"""Points; no program makes a row taller than 409."""


class Style(StrEnum):
    """How cells look; the names that the programs list."""

    HEADING = "hoctap heading"
    TEXT = "hoctap text"
    FIRST_TEXT = "hoctap text, first row"
    NUMBER = "hoctap number"
    FIRST_NUMBER = "hoctap number, first row"
    READING = "hoctap reading"


def _styles() -> tuple[NamedStyle, ...]:
    """Texts are cells of text, so that no program makes a number, a date or a formula of what is typed into them."""
    ground = PatternFill("solid", fgColor="F0ECE4")
    told = {"font": _FONT, "alignment": _WRAPPED}
    bold = Font(name="Arial", size=10, bold=True)
    return (
        NamedStyle(Style.HEADING.value, font=bold, fill=ground, border=_EDGES, alignment=_WRAPPED),
        NamedStyle(Style.TEXT.value, number_format="@", border=_EDGES, **told),
        NamedStyle(Style.FIRST_TEXT.value, number_format="@", border=_BEGIN, **told),
        NamedStyle(Style.NUMBER.value, border=_EDGES, **told),
        NamedStyle(Style.FIRST_NUMBER.value, border=_BEGIN, **told),
        NamedStyle(Style.READING.value, number_format="@", **told),
    )


def dress(grids: tuple[Grid, ...], words: Translator) -> Workbook:
    """Make a workbook of grids; any further sheet is written plain."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = AUTHOR
    for style in _styles():
        book.add_named_style(style)
    for grid in grids:
        sheet = book.create_sheet(grid.name)
        for position, value in grid.cells.items():
            write_value(sheet.cell(*position), value)
        _dress_sheet(sheet, grid, words)
        set_heights(sheet)
        set_page(sheet, words)
    return book


def packed(book: Workbook) -> bytes:
    """The bytes of a workbook: the same for the same content, as the time of day is taken out."""
    written, result = BytesIO(), BytesIO()
    book.save(written)
    with ZipFile(written) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, _STAMP)
            part.compress_type = ZIP_DEFLATED
            content = source.read(name)
            if name == "docProps/core.xml":
                content = _CLOCK.sub(rb"\g<1>2026-01-01T00:00:00Z", content)
            elif name.startswith("xl/worksheets/sheet"):
                content = content.replace(b' customHeight="1"', b"")  # or a row would not grow with its text
            target.writestr(part, content)
    return result.getvalue()


def write_value(cell: Cell, value: Value) -> None:
    """Write a value as what it is: a text that begins with '=' stays a text."""
    if isinstance(value, bool | int | Decimal):
        cell.value = value
        return
    if isinstance(value, date):
        cell.value = datetime(value.year, value.month, value.day) if value.year >= 1900 else shown(value)  # noqa: DTZ001
        return
    cell.value = escape(shown(value))[:LONGEST_TEXT] or None
    if cell.value is not None:
        cell.data_type = "e" if isinstance(value, ErrorValue) else "s"


def _dress_sheet(sheet: Worksheet, grid: Grid, words: Translator) -> None:
    match sheet_meaning(grid.name):
        case "guide":
            _dress_guide(sheet)
        case "lists":
            _dress_lists(sheet)
        case "info":
            _dress_info(sheet, grid, words)
        case "titles":
            header = find_header(grid, TITLE_COLUMNS)
            if header is not None:
                _dress_table(sheet, header, words, last=OF_CRITERIA.last_row)
                sheet.freeze_panes = sheet.cell(header.row + 1, 2)
        case None:
            _dress_criterion(sheet, grid, words)
        case _:
            pass


def _dress_guide(sheet: Worksheet) -> None:
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    for row in range(1, sheet.max_row + 1):
        sheet.cell(row, 1).style = Style.HEADING.value if row == 1 else Style.READING.value


def _dress_lists(sheet: Worksheet) -> None:
    for column in range(1, len(LISTS) + 1):
        sheet.column_dimensions[letters_of(column)].width = _LISTS_WIDTH
        sheet.cell(1, column).style = Style.HEADING.value
    sheet.freeze_panes = "A2"


def _dress_info(sheet: Worksheet, grid: Grid, words: Translator) -> None:
    header = find_header(grid, INFO_COLUMNS)
    if header is None:
        return
    _dress_headings(sheet, header, words)
    known = by_heading(INFO_ROWS)
    label_at, value_at = (header.at.get(column) for column in INFO_COLUMNS[:2])
    for row in [row for row in grid.rows() if row > header.row]:
        for at in header.at.values():
            sheet.cell(row, at).style = Style.TEXT.value
        item = known.get(fold(shown(grid.cells.get(Position(row, label_at or 1), ""))[:200]))
        if item is None or value_at is None:
            continue
        cell = sheet.cell(row, value_at)
        cell.style = Style.NUMBER.value if item.holds is Holds.NUMBER else Style.TEXT.value
        _offer(sheet, item, f"{cell.coordinate}", words)
    sheet.freeze_panes = sheet.cell(header.row + 1, 2)
    sheet.print_title_rows = f"{header.row}:{header.row}"


def _dress_criterion(sheet: Worksheet, grid: Grid, words: Translator) -> None:
    own, indicators = find_header(grid, CRITERION_COLUMNS), find_header(grid, INDICATOR_COLUMNS)
    if own is None or indicators is None or own.row >= indicators.row:
        return
    _dress_table(sheet, own, words, last=own.row + 1)
    _dress_table(sheet, indicators, words, last=OF_CRITERIA.last_row)
    sheet.freeze_panes = sheet.cell(indicators.row + 1, 3)
    sheet.print_title_rows = f"{indicators.row}:{indicators.row}"
    last = max(indicators.at[column] for column in _main(indicators))
    sheet.print_area = f"A1:{letters_of(last)}{max(sheet.max_row, indicators.row + 1)}"


def _dress_table(sheet: Worksheet, header: Header, words: Translator, last: int) -> None:
    """Dress the headings and the rows under them; drop-downs reach down to `last`, for rows to come."""
    _dress_headings(sheet, header, words)
    begins = {at for column, at in header.at.items() if column.code == "workbook.indicator.short"}
    for row in range(header.row + 1, min(sheet.max_row, last) + 1):
        is_first = any(sheet.cell(row, at).value is not None for at in begins)
        for column, at in header.at.items():
            sheet.cell(row, at).style = _style_of(column, is_first=is_first).value
    for column, at in header.at.items():
        _offer(sheet, column, f"{letters_of(at)}{header.row + 1}:{letters_of(at)}{last}", words)


def _style_of(column: Column, *, is_first: bool) -> Style:
    if column.holds is Holds.NUMBER:
        return Style.FIRST_NUMBER if is_first else Style.NUMBER
    return Style.FIRST_TEXT if is_first else Style.TEXT


def _dress_headings(sheet: Worksheet, header: Header, words: Translator) -> None:
    main = _main(header)
    for column, at in header.at.items():
        cell = sheet.cell(header.row, at)
        cell.style = Style.HEADING.value
        cell.comment = note(column.explanation(words))
        letters = letters_of(at)
        before = sheet.column_dimensions[letters].width if letters in sheet.column_dimensions else 0
        sheet.column_dimensions[letters].width = max(column.width, before)
        sheet.column_dimensions[letters].outlineLevel = int(column not in main)


def _main(header: Header) -> tuple[Column, ...]:
    """The columns that are printed; to the right stand the rare ones and those of the other way of judging."""
    ordered = sorted(header.at, key=header.at.__getitem__)
    main = list(takewhile(lambda column: not column.is_rare, ordered))
    while len(main) > 1 and main[-1].judged_by:
        main.pop()
    return tuple(main) or tuple(ordered[:1])


def note(text: str) -> Comment:
    """A note large enough to be read."""
    return Comment(escape(text), AUTHOR, height=40 + 18 * (len(text) // 38 + text.count("\n")), width=300)


def _offer(sheet: Worksheet, column: Column, cells: str, words: Translator) -> None:
    """Give cells the drop-down of their closed list; what is not in it cannot be typed."""
    if not column.choices:
        return
    at = letters_of(list(LISTS).index(column.choices) + 1)
    source = f"'{sheet_name('lists', words)}'!${at}$2:${at}${len(LISTS[column.choices]) + 1}"
    offered = DataValidation("list", formula1=source, allow_blank=True, showErrorMessage=True, errorStyle="stop")
    offered.errorTitle = column.heading(words)[:31]
    offered.error = column.explanation(words)[:220]
    offered.add(cells)
    sheet.add_data_validation(offered)


def set_heights(sheet: Worksheet) -> None:
    """Make rows as tall as their texts; programs do so by themselves only once somebody edits a row."""
    for cells in sheet.iter_rows():
        lines = 1
        for cell in cells:
            if isinstance(cell.value, str):
                width = sheet.column_dimensions[cell.column_letter].width
                lines = max(lines, sum(max(1, ceil(len(line) / width / _LETTERS)) for line in cell.value.split("\n")))
        sheet.row_dimensions[cells[0].row].height = min(_LINE_HEIGHT * lines + 2, _TALLEST)


def set_page(sheet: Worksheet, words: Translator) -> None:
    """Print on A4 across, as wide as the paper, with the sheet's name and the page's number."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins = PageMargins(left=0.4, right=0.4, top=0.5, bottom=0.6, header=0.3, footer=0.3)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.sheet_properties.outlinePr.summaryRight = False
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = words.text("workbook.page")
