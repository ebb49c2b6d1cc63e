"""The sheets beside that of answers: instructions, choices, and a hidden one that knows what the file was made of."""

from __future__ import annotations

from typing import Final

from openpyxl.styles import PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.screens import say
from bot.i18n import Translator
from bot.reports.answers_workbook import columns
from bot.reports.answers_workbook.content import FIRST_COLUMN, FORM, KEY, MARKS_FROM, AnswersTable
from bot.reports.answers_workbook.looks import BOLD, EDGES, FONT, HEAD, TITLE, TOP, lines_of, set_paper
from bot.reports.criteria_workbook.dressing import write_value
from bot.reports.spreadsheets.grid import letters_of
from bot.scoring.model import CriteriaSet

_GUIDE: Final = ("title", "fill", "choices", "shares", "grey", "keep", "add", "send", "meanwhile")
_GUIDE_WIDTH: Final = 100
_CHOICES_WIDTH: Final = 26


def add_guide(sheet: Worksheet, words: Translator) -> None:
    """How to fill in the other sheet."""
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    for row, line in enumerate(_GUIDE, 1):
        cell = sheet.cell(row, 1)
        write_value(cell, words.text(f"answers.guide.{line}"))
        cell.font, cell.alignment = TITLE if row == 1 else FONT, TOP
        sheet.row_dimensions[row].height = 13.5 * lines_of(str(cell.value), _GUIDE_WIDTH) + 8
    sheet.protection.enable()
    set_paper(sheet, words)


def add_choices(sheet: Worksheet, criteria: CriteriaSet, words: Translator) -> None:
    """The choices of each question, in the column that it is written to on the sheet of answers."""
    for number, (column, indicator) in enumerate(enumerate(criteria.indicators, FIRST_COLUMN), 1):
        choices = columns.offered(indicator, words)
        letters = letters_of(column)
        sheet.column_dimensions[letters].width = _CHOICES_WIDTH
        sheet.column_dimensions[letters].hidden = not choices
        short = words.say(say("answers.question", number=number, short=indicator.short))
        for row, text in enumerate((short, *choices), 1):
            cell = sheet.cell(row, column)
            write_value(cell, text)
            cell.font, cell.border, cell.alignment = BOLD if row == 1 else FONT, EDGES, TOP
            cell.fill = HEAD if row == 1 else PatternFill()
    for column in range(1, FIRST_COLUMN):
        sheet.column_dimensions[letters_of(column)].hidden = True
    sheet.freeze_panes = "A2"
    sheet.protection.enable()
    set_paper(sheet, words)


def add_hidden(sheet: Worksheet, table: AnswersTable, marks: dict[int, str]) -> None:
    """What the file was made from, and the marks by which changes are seen."""
    facts: tuple[tuple[str, str | int], ...] = (
        (KEY, FORM),
        ("place", table.place_id),
        ("year", table.year),
        ("kind", table.criteria.subject.value),
        ("set", table.criteria.id),
        ("version", table.criteria.version),
        ("written", table.written_on.isoformat()),
    )
    for at, (name, value) in enumerate(facts, 1):
        sheet.cell(at, 1, name)
        cell = sheet.cell(at, 2)
        if isinstance(value, int):
            cell.value = value
        else:
            cell.number_format = "@"
            write_value(cell, value)
    for at, row in enumerate(table.rows, MARKS_FROM):
        sheet.cell(at, 1, row.subject_id)
        for column, text in ((2, row.number), (3, row.name), (4, marks.get(row.subject_id, ""))):
            sheet.cell(at, column).number_format = "@"
            write_value(sheet.cell(at, column), text)
    sheet.sheet_state = "veryHidden"
    sheet.protection.enable()
