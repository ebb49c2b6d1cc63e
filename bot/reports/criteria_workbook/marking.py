"""Give a workbook back with everything to mend marked where it stands, and listed on a first sheet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from openpyxl import Workbook
from openpyxl.styles import PatternFill
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import Translator
from bot.reports.criteria_workbook.dressing import Style, dress, note, packed, set_heights, set_page, write_value
from bot.reports.criteria_workbook.gathering import sheet_reference
from bot.reports.criteria_workbook.layout import lists_sheet
from bot.reports.criteria_workbook.outcome import CellProblem
from bot.reports.criteria_workbook.sheet_names import safe_name
from bot.reports.criteria_workbook.vocabulary import sheet_meaning, sheet_name
from bot.reports.criteria_workbook.wording import what_to_mend
from bot.reports.spreadsheets.grid import Grid, Value
from bot.reports.spreadsheets.limits import OF_CRITERIA
from bot.reports.spreadsheets.package import read_package

_RED: Final = PatternFill("solid", fgColor="FF9A8D")
_MOST_IN_A_NOTE: Final = 5
"""Problems of one cell that its note tells; the first sheet lists all."""
_WIDTHS: Final = (6, 30, 8, 100)


def marked_copy(data: bytes, problems: Iterable[CellProblem], words: Translator) -> bytes:
    """Set the values of a workbook anew, in the same cells of the same sheets, and mark its problems.

    Only values are taken over, so nothing of a stranger's file but what people see is sent on.

    Raises: RefusedFileError: the file is none that read_workbook found unsound.
    """
    taken = {sheet_name("lists", words).lower(), sheet_name("mending", words).lower()}
    names: dict[str, str] = {}
    grids: list[Grid] = []
    for grid in read_package(data, OF_CRITERIA).grids:
        if sheet_meaning(grid.name) not in ("lists", "mending"):
            names[grid.name] = safe_name(grid.name, taken)
            taken.add(names[grid.name].lower())
            grids.append(replace(grid, name=names[grid.name]))
    book = dress((*grids, lists_sheet(words)), words)
    told = [(problem, names[problem.sheet]) for problem in problems if problem.sheet in names]
    _mark(book, told, words)
    _list(book.create_sheet(sheet_name("mending", words), 0), told, words)
    book.active = 0
    return packed(book)


def _mark(book: Workbook, told: list[tuple[CellProblem, str]], words: Translator) -> None:
    sentences: dict[tuple[str, str], list[str]] = {}
    for problem, name in told:
        sentences.setdefault((name, problem.cell), []).append(what_to_mend(problem, words))
    for (name, at), texts in sentences.items():
        cell = book[name][at]
        cell.fill = _RED
        explained = [] if cell.comment is None else [cell.comment.text]
        cell.comment = note("\n".join([*texts[:_MOST_IN_A_NOTE], *explained]))


def _list(sheet: Worksheet, told: list[tuple[CellProblem, str]], words: Translator) -> None:
    write_value(sheet.cell(1, 1), words.text("workbook.mending.title"))
    for at, (column, width) in enumerate(zip(("number", "sheet", "cell", "what"), _WIDTHS, strict=True), 1):
        write_value(sheet.cell(2, at), words.text(f"workbook.mending.{column}"))
        sheet.cell(2, at).style = Style.HEADING.value
        sheet.column_dimensions["ABCD"[at - 1]].width = width
    for number, (problem, name) in enumerate(told, 1):
        row = number + 2
        values: tuple[Value, ...] = (number, name, problem.cell, what_to_mend(problem, words))
        for at, value in enumerate(values, 1):
            write_value(sheet.cell(row, at), value)
            sheet.cell(row, at).style = Style.TEXT.value
        link = Hyperlink(ref=f"C{row}", location=f"{sheet_reference(name)}!{problem.cell}", display=problem.cell)
        sheet.cell(row, 3).hyperlink = link
        sheet.cell(row, 3).style = "Hyperlink"
    sheet.freeze_panes = "A3"
    set_heights(sheet)
    set_page(sheet, words)
