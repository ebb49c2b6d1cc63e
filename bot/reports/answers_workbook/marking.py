"""A workbook of answers given back with everything to mend marked where it stands; it can be sent in again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import LOCALES, Translator, translator
from bot.ports import FindSet
from bot.ports.village.imports import RowProblem, UnreadableFile
from bot.reports.answers_workbook.content import FIRST_ROW, HIDDEN_SHEET, HOW_ROW, KEY_ROW, SHORT_ROW
from bot.reports.answers_workbook.looks import BOLD, EDGES, FONT, SMALL, TOP, set_heading_heights, set_paper
from bot.reports.answers_workbook.reading import Sheet, origin_of, sheet_of
from bot.reports.answers_workbook.side_sheets import add_choices
from bot.reports.answers_workbook.writing import offer
from bot.reports.criteria_workbook.dressing import packed
from bot.reports.roll_files.marking import marked_book
from bot.reports.spreadsheets.grid import letters_of
from bot.reports.spreadsheets.limits import OF_ROWS
from bot.reports.spreadsheets.package import read_package
from bot.scoring.model import CriteriaSet

_WIDTH: Final = 12


def marked_answers(data: bytes, problems: Sequence[RowProblem], words: Translator, find: FindSet) -> bytes:
    """Set the values anew in the same cells, mark what is wrong, and offer the choices again.

    Raises: RefusedFileError: the file cannot be read.
    """
    offered = {translator(locale).text("answers.sheet.choices") for locale in LOCALES}
    grids = [grid for grid in read_package(data, OF_ROWS).grids if grid.name not in offered]
    book = marked_book(grids, problems, words)
    origin = next((origin_of(grid) for grid in grids if grid.name == HIDDEN_SHEET), None)
    criteria = None
    if origin is not None and not isinstance(origin, UnreadableFile):
        criteria = find(origin.set_id, origin.set_version)
    for grid in grids:
        found = sheet_of(grid)
        if found is not None and grid.name in book.sheetnames:
            _dress(book[grid.name], found, criteria, words)
    if HIDDEN_SHEET in book.sheetnames:
        book[HIDDEN_SHEET].sheet_state = "veryHidden"
    if criteria is not None:
        add_choices(book.create_sheet(words.text("answers.sheet.choices")), criteria, words)
    return packed(book)


def _dress(sheet: Worksheet, found: Sheet, criteria: CriteriaSet | None, words: Translator) -> None:
    """Hide the keys, make the headings readable, and offer the choices where the questions stand."""
    shift = found.key_row - KEY_ROW
    first, last = FIRST_ROW + shift, max(sheet.max_row, FIRST_ROW + shift)
    sheet.row_dimensions[found.key_row].hidden = True
    widths = dict.fromkeys(found.columns, _WIDTH) | {found.number_column: 6, found.name_column: 23}
    for column in range(found.key_column + 1, max(widths) + 1):
        sheet.column_dimensions[letters_of(column)].width = widths.get(column, _WIDTH)
    sheet.column_dimensions[letters_of(found.key_column)].hidden = True
    for row in range(SHORT_ROW + shift, last + 1):
        for column in range(found.key_column + 1, max(widths) + 1):
            cell = sheet.cell(row, column)
            cell.border, cell.alignment = EDGES, TOP
            cell.font = FONT if row >= first else BOLD if row == SHORT_ROW + shift else SMALL
            if row >= first and not isinstance(cell.value, int | float):
                cell.number_format = "@"
    sheet.freeze_panes = sheet.cell(first, found.name_column + 1)
    if criteria is not None:
        by_id = {indicator: column for column, indicator in found.columns.items()}
        questions = {by_id[each.id]: each for each in criteria.indicators if each.id in by_id}
        if len(questions) == len(criteria.indicators):
            offer(sheet, questions, (first, last), words)
    sheet.print_title_rows = f"{SHORT_ROW + shift}:{HOW_ROW + shift}"
    set_heading_heights(sheet, SHORT_ROW + shift, list(found.columns))
    set_paper(sheet, words)
