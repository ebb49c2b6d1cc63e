"""A copy of what was sent in, with every problem marked: red cells with a note, and a first sheet that lists them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import Translator
from bot.ports.village.imports import RowProblem
from bot.reports.criteria_workbook.dressing import packed, set_page, write_value
from bot.reports.criteria_workbook.sheet_names import safe_name
from bot.reports.roll_files.merged import ranges
from bot.reports.spreadsheets.grid import Grid, Value, letters_of
from bot.reports.spreadsheets.shown import shown

_RED: Final = PatternFill("solid", fgColor="F8C9C4")
_GROUND: Final = PatternFill("solid", fgColor="F0ECE4")
_BOLD: Final = Font(name="Arial", size=10, bold=True)
_TITLE: Final = Font(name="Arial", size=13, bold=True)
_FONT: Final = Font(name="Arial", size=10)
_LINK: Final = Font(name="Arial", size=10, underline="single", color="1155CC")
_WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
_WIDTHS: Final = (6, 22, 9, 90)
_NARROWEST, _WIDEST = 6, 40
_SAMPLE: Final = 300
"""Rows by which the width of columns is told."""
_IN_A_NOTE: Final = 4
_MERGED: Final = 2_000


def marked_copy(grids: Sequence[Grid], problems: Sequence[RowProblem], words: Translator) -> bytes:
    """Copy the values of a file into a new workbook, each in its own cell, and mark what is to be mended."""
    return packed(marked_book(grids, problems, words))


def marked_book(grids: Sequence[Grid], problems: Sequence[RowProblem], words: Translator) -> Workbook:
    """The marked copy, still open for whoever dresses it."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "hoctap"
    title = words.text("import.template.mending")
    taken, names = {title.lower()}, {}
    for grid in grids:
        names[grid.name] = safe_name(grid.name or words.text("import.template.roll"), taken)
        taken.add(names[grid.name].lower())
        _copy(book.create_sheet(names[grid.name]), grid)
    told = [problem for problem in problems if problem.sheet in names]
    _mark(book, told, names, words)
    _list(book.create_sheet(title, 0), told, names, words)
    book.active = 0
    return book


def _copy(sheet: Worksheet, grid: Grid) -> None:
    widths: dict[int, int] = {}
    for position, value in grid.cells.items():
        write_value(sheet.cell(*position), value)
        if position.row <= _SAMPLE:
            widths[position.column] = max(widths.get(position.column, 0), min(len(shown(value)), _WIDEST))
    for column, width in widths.items():
        sheet.column_dimensions[letters_of(column)].width = max(width + 2, _NARROWEST)
    for number, each in enumerate(ranges(grid)):
        if number >= _MERGED:
            break
        sheet.merge_cells(start_row=each.top, start_column=each.left, end_row=each.bottom, end_column=each.right)
    if grid.is_hidden:
        sheet.sheet_state = "hidden"


def _mark(book: Workbook, told: Sequence[RowProblem], names: Mapping[str, str], words: Translator) -> None:
    sentences: dict[tuple[str, str], list[str]] = {}
    for problem in told:
        sentences.setdefault((names[problem.sheet], problem.cell), []).append(words.say(problem.what))
    for (name, at), texts in sentences.items():
        sheet = book[name]
        whole = next((each for each in sheet.merged_cells.ranges if at in each), None)
        cell = sheet[at if whole is None else whole.start_cell.coordinate]
        cell.fill = _RED
        text = "\n".join(texts[:_IN_A_NOTE])
        cell.comment = Comment(text, "hoctap", height=40 + 18 * (len(text) // 38 + text.count("\n")), width=300)


def _list(sheet: Worksheet, told: Sequence[RowProblem], names: Mapping[str, str], words: Translator) -> None:
    write_value(sheet.cell(1, 1), words.text("import.problems.title", count=len(told)))
    sheet.cell(1, 1).font = _TITLE
    for at, (column, width) in enumerate(zip(("number", "sheet", "cell", "what"), _WIDTHS, strict=True), 1):
        cell = sheet.cell(2, at)
        write_value(cell, words.text(f"import.mending.{column}"))
        cell.font, cell.fill = _BOLD, _GROUND
        sheet.column_dimensions[letters_of(at)].width = width
    for number, problem in enumerate(told, 1):
        row, name = number + 2, names[problem.sheet]
        values: tuple[Value, ...] = (number, name, problem.cell, words.say(problem.what))
        for at, value in enumerate(values, 1):
            write_value(sheet.cell(row, at), value)
            sheet.cell(row, at).font, sheet.cell(row, at).alignment = _FONT, _WRAPPED
        quoted = name.replace("'", "''")
        link = Hyperlink(ref=f"C{row}", location=f"'{quoted}'!{problem.cell}", display=problem.cell)
        sheet.cell(row, 3).hyperlink = link
        sheet.cell(row, 3).font = _LINK
    sheet.freeze_panes = "A3"
    set_page(sheet, words)
