"""Read the sheet of one criterion: its own row, and its indicators with their answers on the rows under them."""

from __future__ import annotations

from typing import Final

from bot.reports.criteria_workbook.columns import (
    AT_LEAST,
    CRITERION_COLUMNS,
    INDICATOR_COLUMNS,
    LABEL,
    SHORT,
    Column,
)
from bot.reports.criteria_workbook.gathering import Data, Gathering, Spot, put
from bot.reports.criteria_workbook.headings import find_header
from bot.reports.criteria_workbook.tables import Row, Table
from bot.reports.criteria_workbook.vocabulary import meaning
from bot.reports.spreadsheets.grid import Position
from bot.reports.spreadsheets.shown import shortened
from bot.scoring.toml_lines import Path

_IN_PER_CENT: Final = ("share", "derived")


def read_criterion(gathering: Gathering, sheet: int, number: int) -> Data | None:
    """The data of the criterion on a sheet; None where it is none, which is reported unless the sheet is blank.

    Args:
        number: how many criteria there are before it.
    """
    grid = gathering.grids[sheet]
    own, indicators = find_header(grid, CRITERION_COLUMNS), find_header(grid, INDICATOR_COLUMNS)
    path: Path = ("criteria", number)
    if own is None or indicators is None or own.row >= indicators.row:
        if grid.cells:
            at = Spot(sheet, min(grid.cells), "")
            column = CRITERION_COLUMNS[1] if indicators is not None else SHORT
            gathering.complain(at, "unknown_sheet", field=column.code)
        return None
    table = Table(gathering, sheet, CRITERION_COLUMNS, own, until=indicators.row)
    criterion = _read_own(gathering, table, path, sheet)
    place = Spot(sheet, Position(indicators.row + 1, indicators.at.get(SHORT, 1)), "workbook.part.indicators")
    gathering.place((*path, "indicators"), place)
    found = _read_indicators(gathering, Table(gathering, sheet, INDICATOR_COLUMNS, indicators), path)
    if found:
        criterion["indicators"] = found
    return criterion


def _read_own(gathering: Gathering, table: Table, path: Path, sheet: int) -> Data:
    criterion: Data = {}
    rows = list(table.rows())
    number = rows[0].number if rows else table.header.row + 1
    for column in CRITERION_COLUMNS:
        if column in table.header.at:
            _take(gathering, table.spot(number, column), column, path, criterion)
    for row in rows[1:]:
        first = min(table.spot(row.number, column) for column in row.filled)
        gathering.complain(Spot(sheet, first.position, ""), "extra_row")
    return criterion


def _read_indicators(gathering: Gathering, table: Table, path: Path) -> list[Data]:
    groups: list[list[Row]] = []
    for row in table.rows():
        if any(not column.is_answer for column in row.filled):
            groups.append([row])
        elif groups:
            groups[-1].append(row)
        else:
            first = min(table.spot(row.number, column) for column in row.filled)
            gathering.complain(first, "answer_without_indicator", (*path, "indicators"))
    return [
        _read_indicator(gathering, table, rows, (*path, "indicators", number)) for number, rows in enumerate(groups)
    ]


def _read_indicator(gathering: Gathering, table: Table, rows: list[Row], path: Path) -> Data:
    indicator: Data = {}
    first = rows[0].number
    gathering.place(path, table.spot(first, SHORT))
    for column in INDICATOR_COLUMNS:
        if column.path and not column.is_answer and column in table.header.at:
            _take(gathering, table.spot(first, column), column, path, indicator)
    kind = indicator.get("kind")
    answers = [row for row in rows if any(column.is_answer for column in row.filled)]
    label, limit = table.spot(first, LABEL), table.spot(first, AT_LEAST)
    gathering.place((*path, "options"), label._replace(field="workbook.part.options"))
    gathering.place((*path, "bands"), limit._replace(field="workbook.part.bands"))
    for key in ("yes", "no"):
        gathering.place((*path, key), label._replace(field=f"workbook.part.{key}"))
    if kind == "yes_no":
        _read_yes_no(gathering, table, answers, path, indicator)
    elif answers:
        key = "options" if kind == "one_of" else "bands"
        takes_percent = kind in _IN_PER_CENT
        indicator[key] = [
            _read_answer(gathering, table, row, (*path, key, number), takes_percent=takes_percent)
            for number, row in enumerate(answers)
        ]
    return indicator


def _read_yes_no(gathering: Gathering, table: Table, answers: list[Row], path: Path, indicator: Data) -> None:
    for row in answers:
        spot = table.spot(row.number, LABEL)
        label = gathering.grids[spot.sheet].cells.get(spot.position, "")
        said = label if isinstance(label, str) else str(label)
        key = meaning("yes_no", said) or meaning("flag", said)
        if key is None or key in indicator:
            gathering.complain(spot, "yes_no_answer", (*path, "yes"), (*path, "no"), value=shortened(label))
            continue
        answer = _read_answer(gathering, table, row, (*path, key), but=LABEL)
        gathering.place((*path, key), spot._replace(field=f"workbook.part.{key}"))
        indicator[key] = answer


def _read_answer(
    gathering: Gathering,
    table: Table,
    row: Row,
    path: Path,
    *,
    takes_percent: bool = False,
    but: Column | None = None,
) -> Data:
    answer: Data = {}
    gathering.place(path, table.spot(row.number, AT_LEAST if path[-2] == "bands" else LABEL))
    for column in INDICATOR_COLUMNS:
        if column.is_answer and column is not but and column in table.header.at:
            is_percent = takes_percent and column is AT_LEAST
            _take(gathering, table.spot(row.number, column), column, path, answer, takes_percent=is_percent)
    return answer


def _take(
    gathering: Gathering, spot: Spot, column: Column, path: Path, data: Data, *, takes_percent: bool = False
) -> None:
    value = gathering.value(spot, column, (*path, *column.path), takes_percent=takes_percent)
    if value is not None:
        put(data, column.path, value)
