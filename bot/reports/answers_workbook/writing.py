"""Write the workbook: households downwards, questions across, nothing to be typed where nothing is asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Final

from openpyxl import Workbook
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from bot.dialogs.screens import say
from bot.dialogs.village.cells import mark_of
from bot.i18n import Translator
from bot.reports.answers_workbook import columns
from bot.reports.answers_workbook.content import (
    FIRST_COLUMN,
    FIRST_ROW,
    HIDDEN_SHEET,
    HOW_ROW,
    KEY,
    KEY_COLUMN,
    KEY_ROW,
    NAME_COLUMN,
    NAME_KEY,
    NUMBER_COLUMN,
    NUMBER_KEY,
    QUESTION_ROW,
    SHORT_ROW,
    STATE_COLUMN,
    AnswersRow,
    AnswersTable,
    mark_of_cell,
)
from bot.reports.answers_workbook.looks import (
    BOLD,
    CENTRE,
    DONE,
    EDGES,
    FONT,
    GREY,
    HEAD,
    MIDDLE,
    OPEN,
    QUESTION_WIDTH,
    SMALL,
    TITLE,
    TOP,
    lines_of,
    set_heading_heights,
    set_paper,
)
from bot.reports.answers_workbook.side_sheets import add_choices, add_guide, add_hidden
from bot.reports.criteria_workbook.dressing import packed, write_value
from bot.reports.spreadsheets.grid import letters_of
from bot.reports.spreadsheets.shown import shown
from bot.scoring.model import DerivedRule, Indicator, NumberRule, PointsRule, SubjectKind

_WIDTHS: Final = {KEY_COLUMN: 6, NUMBER_COLUMN: 6, NAME_COLUMN: 23, STATE_COLUMN: 11}
_PAGE_WIDTH: Final = 190
"""Of all columns that still fit on one sheet of A4 and can be read."""
_LONGEST_PROMPT: Final = 220


def written_workbook(table: AnswersTable, words: Translator) -> bytes:
    """Write the workbook of a hamlet."""
    book = Workbook()
    book.properties.creator = KEY
    sheet = book.worksheets[0]
    sheet.title = words.text("answers.sheet.answers")
    add_guide(book.create_sheet(words.text("answers.sheet.guide")), words)
    add_choices(book.create_sheet(words.text("answers.sheet.choices")), table.criteria, words)
    marks = _head(sheet, table, words)
    for at, row in enumerate(table.rows, FIRST_ROW):
        marks[row.subject_id] = _household(sheet, at, row, table, words)
    offer(sheet, dict(_questions(table)), (FIRST_ROW, FIRST_ROW + len(table.rows) - 1), words)
    _offer_shares(sheet, table)
    _page(sheet, table, words)
    add_hidden(book.create_sheet(HIDDEN_SHEET), table, marks)
    return packed(book)


def _head(sheet: Worksheet, table: AnswersTable, words: Translator) -> dict[int, str]:
    """The hidden keys, the title, and what stands above each column."""
    for column, key in ((KEY_COLUMN, KEY), (NUMBER_COLUMN, NUMBER_KEY), (NAME_COLUMN, NAME_KEY)):
        sheet.cell(KEY_ROW, column, key)
    title = say("answers.title", place=table.place, year=str(table.year), title=table.criteria.title)
    write_value(sheet.cell(2, NUMBER_COLUMN), words.say(title))
    sheet.cell(2, NUMBER_COLUMN).font = TITLE
    is_household = table.criteria.subject is SubjectKind.HOUSEHOLD
    own = {
        NUMBER_COLUMN: "answers.number",
        NAME_COLUMN: "answers.name.household" if is_household else "answers.name.other",
        STATE_COLUMN: "answers.state",
    }
    for column, code in own.items():
        write_value(sheet.cell(SHORT_ROW, column), words.text(code))
    for number, (column, indicator) in enumerate(_questions(table), 1):
        sheet.cell(KEY_ROW, column, indicator.id)
        short = words.text("answers.question", {"number": number, "short": indicator.short})
        write_value(sheet.cell(SHORT_ROW, column), short)
        write_value(sheet.cell(QUESTION_ROW, column), words.say(indicator.question))
        write_value(sheet.cell(HOW_ROW, column), columns.how(indicator, words))
    for row in (SHORT_ROW, QUESTION_ROW, HOW_ROW):
        for column in range(NUMBER_COLUMN, _last_column(table) + 1):
            cell = sheet.cell(row, column)
            cell.font = BOLD if row == SHORT_ROW else SMALL
            cell.fill, cell.border, cell.alignment = HEAD, EDGES, TOP
    return {}


def _questions(table: AnswersTable) -> Iterable[tuple[int, Indicator]]:
    return enumerate(table.criteria.indicators, FIRST_COLUMN)


def _last_column(table: AnswersTable) -> int:
    return FIRST_COLUMN + len(table.criteria.indicators) - 1


def _household(sheet: Worksheet, at: int, row: AnswersRow, table: AnswersTable, words: Translator) -> str:
    """Write a row; returns the marks of its cells and answers."""
    sheet.cell(at, KEY_COLUMN, row.subject_id)
    for column, text in ((NUMBER_COLUMN, row.number), (NAME_COLUMN, row.name)):
        write_value(sheet.cell(at, column), text)
        sheet.cell(at, column).number_format = "@"
    write_value(sheet.cell(at, STATE_COLUMN), words.text(f"answers.state.{row.state}"))
    marks = []
    for column in range(NUMBER_COLUMN, _last_column(table) + 1):
        cell = sheet.cell(at, column)
        cell.font, cell.border = FONT, EDGES
        cell.alignment = MIDDLE if column < FIRST_COLUMN else CENTRE
        if not row.is_open:
            cell.fill = DONE
    for column, indicator in _questions(table):
        cell, answer = sheet.cell(at, column), row.answers.get(indicator.id)
        is_asked = columns.is_asked(indicator, row.profile)
        if not isinstance(indicator.rule, NumberRule | PointsRule):
            cell.number_format = "@"
        if is_asked and row.is_open:
            cell.protection = OPEN
        if not is_asked:
            cell.fill = GREY
        is_shown = is_asked or isinstance(indicator.rule, DerivedRule)
        value = columns.cell_value(answer, indicator.rule, words) if is_shown else None
        if value is not None:
            write_value(cell, value)
        if answer is not None:
            stands = "" if value is None else mark_of_cell(shown(value))
            marks.append(f"{indicator.id}:{stands}:{mark_of(answer)}")
    return ";".join(marks)


def offer(sheet: Worksheet, questions: Mapping[int, Indicator], rows: tuple[int, int], words: Translator) -> None:
    """Give every column its drop-down, from the sheet of choices, or its limits."""
    first, last = rows
    for place, (column, indicator) in enumerate(questions.items(), FIRST_COLUMN):
        letters, source = letters_of(column), letters_of(place)
        everywhere = f"{letters}{first}:{letters}{max(first, last)}"
        choices, limits = columns.offered(indicator, words), columns.limits(indicator.rule)
        prompt = columns.how(indicator, words)[:_LONGEST_PROMPT]
        if choices:
            listed = f"'{words.text('answers.sheet.choices')}'!${source}$2:${source}${len(choices) + 1}"
            check = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=True)
            check.error = prompt
            _validate(sheet, check, everywhere)
        elif limits is not None:
            check = DataValidation(operator="between", allow_blank=True, showErrorMessage=True, **limits)
            check.error = check.prompt = prompt
            check.showInputMessage = True
            _validate(sheet, check, everywhere)


def _offer_shares(sheet: Worksheet, table: AnswersTable) -> None:
    """Offer every share where there are few; what is not in the list may be typed: '2' means 2 of them."""
    for column, indicator in _questions(table):
        letters = letters_of(column)
        groups: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
        for at, row in enumerate(table.rows, FIRST_ROW):
            shares = columns.shares_of(indicator.rule, row.profile)
            if shares and row.is_open:
                groups[shares].append(at)
        for shares, rows in groups.items():
            listed = '"' + ",".join(shares) + '"'
            check = DataValidation("list", formula1=listed, allow_blank=True, showErrorMessage=False)
            _validate(sheet, check, *(f"{letters}{a}:{letters}{b}" for a, b in _runs(rows)))


def _validate(sheet: Worksheet, check: DataValidation, *cells: str) -> None:
    for each in cells:
        check.add(each)
    sheet.add_data_validation(check)


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and runs[-1][1] == row - 1:
            runs[-1] = runs[-1][0], row
        else:
            runs.append((row, row))
    return runs


def _page(sheet: Worksheet, table: AnswersTable, words: Translator) -> None:
    """Widths, heights, what stays in view, what may be edited, and paper."""
    width = 0.0
    for column in range(KEY_COLUMN, _last_column(table) + 1):
        own = _WIDTHS.get(column, QUESTION_WIDTH)
        sheet.column_dimensions[letters_of(column)].width = own
        width += own
    sheet.column_dimensions[letters_of(KEY_COLUMN)].hidden = True
    sheet.row_dimensions[KEY_ROW].hidden = True
    set_heading_heights(sheet, SHORT_ROW, [column for column, _ in _questions(table)])
    for row in range(FIRST_ROW, FIRST_ROW + len(table.rows)):
        lines = lines_of(str(sheet.cell(row, NAME_COLUMN).value or ""), _WIDTHS[NAME_COLUMN] * 1.0)
        answers = (str(sheet.cell(row, column).value or "") for column, _ in _questions(table))
        lines = max(lines, *(lines_of(text, QUESTION_WIDTH * 1.0) for text in answers), 1)
        sheet.row_dimensions[row].height = max(20, 13.5 * lines + 3)
    sheet.freeze_panes = sheet.cell(FIRST_ROW, FIRST_COLUMN - 1)
    sheet.protection.enable()
    sheet.protection.formatColumns = sheet.protection.formatRows = sheet.protection.formatCells = False
    last = max(FIRST_ROW, FIRST_ROW + len(table.rows) - 1)
    sheet.print_area = f"B2:{letters_of(_last_column(table))}{last}"
    sheet.print_title_rows = f"{SHORT_ROW}:{HOW_ROW}"
    sheet.print_title_cols = f"B:{letters_of(NAME_COLUMN)}"
    set_paper(sheet, words, across=ceil(width / _PAGE_WIDTH))
