"""Read a workbook of answers that came back: every cell that is not as it was written, and what cannot be read.

What an answer means is decided beside the records, by bot.dialogs.village.cells; here nothing is known of the rules.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.dialogs.screens import Say, say
from bot.dialogs.village.cells import LONGEST, CellValue
from bot.ports.village.answers import FiledCell, FiledRow
from bot.ports.village.filed_rows import encode_row
from bot.ports.village.imports import ReadFile, RowProblem, UnreadableFile
from bot.reports.answers_workbook.content import (
    FORM,
    HIDDEN_SHEET,
    HOW_ROW,
    KEY,
    MARKS_FROM,
    NAME_KEY,
    NUMBER_KEY,
    mark_of_cell,
)
from bot.reports.spreadsheets.archive import Archive
from bot.reports.spreadsheets.grid import ErrorValue, Grid, Percent, Position, Value
from bot.reports.spreadsheets.limits import OF_ROWS
from bot.reports.spreadsheets.package import read_package
from bot.reports.spreadsheets.refusal import RefusedFileError
from bot.reports.spreadsheets.shown import shortened, shown
from bot.scoring.model import SubjectKind

_ID_DIGITS: Final = 15
_KEY_WITHIN: Final = 10
"""Rows and columns in which the key is looked for, for somebody who put something above or beside."""
_COLUMNS_NAMED: Final = 5

_Marks = Mapping[str, tuple[str, str]]
"""{question: (mark of what stood in its cell, mark of the answer)}."""


class AnswersFiles:
    """Reads workbooks of answers; see ports.village.ImportFiles."""

    def is_own(self, data: bytes, name: str) -> bool:
        """Whether a file has our hidden sheet; see ports.village.ImportFiles."""
        try:
            return HIDDEN_SHEET.encode() in Archive(data, OF_ROWS).read("xl/workbook.xml")
        except RefusedFileError:
            return False

    def read(self, data: bytes, name: str) -> ReadFile | UnreadableFile:
        """Read a workbook; see ports.village.ImportFiles."""
        try:
            grids = read_package(data, OF_ROWS).grids
        except RefusedFileError as error:
            return UnreadableFile(Say(error.refused.reason_code, tuple(error.refused.params.items())))
        origin = next((origin_of(grid) for grid in grids if grid.name == HIDDEN_SHEET), None)
        if isinstance(origin, UnreadableFile):
            return origin
        sheet = next((sheet for grid in grids if (sheet := sheet_of(grid)) is not None), None)
        if origin is None or sheet is None:
            return UnreadableFile(say("answers.refused.broken"))
        return _rows(sheet, origin)


@dataclass(slots=True)
class Origin:
    """What the hidden sheet tells."""

    place_id: int
    year: int
    kind: SubjectKind
    set_id: str
    set_version: str
    named: dict[int, tuple[str, str]] = field(default_factory=dict)
    """{household: (number, name)}."""
    marks: dict[int, _Marks] = field(default_factory=dict)


@dataclass(slots=True)
class Sheet:
    """The sheet of answers, and where things stand on it."""

    grid: Grid
    key_row: int
    key_column: int
    number_column: int
    name_column: int
    columns: dict[int, str]
    """{column: question}."""


def origin_of(grid: Grid) -> Origin | UnreadableFile:
    """Read what the hidden sheet tells."""
    told = {shown(grid.cells.get(Position(row, 1), "")): grid.cells.get(Position(row, 2), "") for row in range(1, 8)}
    form, place_id, year = (_number(told.get(name, "")) for name in (KEY, "place", "year"))
    if form is not None and form > FORM:
        return UnreadableFile(say("answers.refused.newer"))
    kind = next((each for each in SubjectKind if each.value == told.get("kind")), None)
    if form is None or place_id is None or year is None or kind is None:
        return UnreadableFile(say("answers.refused.broken"))
    origin = Origin(place_id, year, kind, shown(told.get("set", "")), shown(told.get("version", "")))
    for row in grid.rows():
        subject_id = _number(grid.cells.get(Position(row, 1), "")) if row >= MARKS_FROM else None
        if subject_id is not None:
            number, name, marks = (shown(grid.cells.get(Position(row, column), "")) for column in (2, 3, 4))
            origin.named[subject_id] = _plain(number), _plain(name)
            origin.marks[subject_id] = _marks(marks)
    return origin


def _marks(text: str) -> _Marks:
    parts = (part.split(":") for part in text.split(";"))
    return {part[0]: (part[1], part[2]) for part in parts if len(part) == 3}


def sheet_of(grid: Grid) -> Sheet | None:
    """Find the hidden keys, wherever rows and columns went."""
    if grid.name == HIDDEN_SHEET:
        return None
    keys = [at for at, value in grid.cells.items() if value == KEY and max(at) <= _KEY_WITHIN]
    if not keys:
        return None
    key = min(keys)
    columns = {
        at.column: value
        for at, value in grid.cells.items()
        if at.row == key.row and at.column > key.column and isinstance(value, str)
    }
    own = {value: column for column, value in columns.items() if value in (NUMBER_KEY, NAME_KEY)}
    number, name = own.get(NUMBER_KEY, key.column + 1), own.get(NAME_KEY, key.column + 2)
    questions = {column: value for column, value in columns.items() if value not in own}
    return Sheet(grid, key.row, key.column, number, name, questions)


def _rows(sheet: Sheet, origin: Origin) -> ReadFile:
    grid, rows, problems = sheet.grid, [], list(_stray_columns(sheet))
    by_row: dict[int, dict[int, Value]] = {}
    for at, value in grid.cells.items():
        if at.row > sheet.key_row:
            by_row.setdefault(at.row, {})[at.column] = value
    known = Counter(origin.named.values())
    by_name = {named: subject_id for subject_id, named in origin.named.items() if known[named] == 1}
    seen: set[int] = set()
    for number in sorted(by_row):
        cells = by_row[number]
        subject_id = _number(cells.get(sheet.key_column, ""))
        named = tuple(_plain(shown(cells.get(each, ""))) for each in (sheet.number_column, sheet.name_column))
        if subject_id is None:
            # Somebody copied the rows without the hidden column, or wrote one of their own.
            subject_id = by_name.get((named[0], named[1]))
        filled = {column: value for column, value in cells.items() if column in sheet.columns}
        if subject_id is None or subject_id not in origin.named:
            is_row = number > sheet.key_row + HOW_ROW - 1 and bool(named[1] or named[0]) and bool(filled)
            if is_row:
                problems.append(_problem(sheet, number, "answers.row.by_hand", name=shortened(named[1] or named[0])))
            continue
        before = origin.named[subject_id]
        if subject_id in seen:
            problems.append(_problem(sheet, number, "answers.row.twice", name=before[1]))
            continue
        seen.add(subject_id)
        if named[1] and named[1] != before[1]:
            name = shortened(named[1])
            problems.append(_problem(sheet, number, "answers.row.renamed", before=before[1], name=name))
            continue
        changed = tuple(_changed(sheet, number, filled, origin.marks.get(subject_id, {})))
        of = origin.place_id, origin.year, origin.kind, origin.set_id, origin.set_version
        rows.append(FiledRow(*of, grid.name, number, subject_id, before[1], changed))
    return ReadFile(tuple(encode_row(row) for row in rows), tuple(problems))


def _changed(sheet: Sheet, row: int, filled: Mapping[int, Value], marks: _Marks) -> Iterator[FiledCell]:
    """The cells that hold something else than when the workbook was written."""
    for column in sorted(filled):
        indicator, value = sheet.columns[column], filled[column]
        stood, mark = marks.get(indicator, ("", ""))
        if mark_of_cell(shown(value)) != stood:
            yield FiledCell(indicator, Position(row, column).name, _cell_value(value), mark)


def _stray_columns(sheet: Sheet) -> Iterator[RowProblem]:
    """Columns to the right of the questions in which somebody wrote something: it is said that nobody reads them."""
    last = max(sheet.columns, default=sheet.key_column)
    stray: dict[int, Position] = {}
    for at in sorted(sheet.grid.cells):
        if at.column > last and at.row > sheet.key_row:
            stray.setdefault(at.column, at)
    for at in list(stray.values())[:_COLUMNS_NAMED]:
        what = say("answers.column.unknown", value=shortened(sheet.grid.cells[at]))
        yield RowProblem(sheet.grid.name, at.name, what)


def _problem(sheet: Sheet, row: int, code: str, **params: str) -> RowProblem:
    return RowProblem(sheet.grid.name, Position(row, sheet.name_column).name, Say(code, tuple(params.items())))


def _cell_value(value: Value) -> CellValue:
    match value:
        case Percent() | ErrorValue():
            return shown(value)[: LONGEST + 1]
        case str():
            return value[: LONGEST + 1]
        case _:
            return value


def _number(value: Value) -> int | None:
    if isinstance(value, int) and not isinstance(value, bool):
        return value if 0 < value < 10**_ID_DIGITS else None
    text = shown(value).strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _ID_DIGITS else None


def _plain(text: str) -> str:
    return " ".join(text.split())
