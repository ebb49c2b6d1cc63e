"""Find the rows of a sheet that head its tables, wherever they were moved to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, NamedTuple

from bot.dialogs.understanding.text import fold
from bot.reports.criteria_workbook.columns import Column, by_heading
from bot.reports.spreadsheets.grid import Grid, Position

_ROWS_SEARCHED: Final = 60
_LONGEST_HEADING: Final = 80


class Header(NamedTuple):
    """One table of a sheet."""

    row: int
    at: Mapping[Column, int]
    """{column: where it is}; of a repeated one the first."""
    repeated: tuple[tuple[Column, int], ...]
    unknown: Mapping[int, str]
    """{where: heading that no column has}."""

    def missing(self, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """Columns without which the table cannot be read."""
        return tuple(column for column in columns if column.is_needed and column not in self.at)


def find_header(grid: Grid, columns: tuple[Column, ...]) -> Header | None:
    """The row among the first that has most headings of a table; None where none has two."""
    known = by_heading(columns)
    rows: dict[int, list[int]] = {}
    searched = set(grid.rows()[:_ROWS_SEARCHED])
    for position in sorted(grid.cells):
        if position.row in searched and _folded(grid, position) in known:
            rows.setdefault(position.row, []).append(position.column)
    if not rows:
        return None
    row = max(rows, key=lambda number: (len(rows[number]), -number))
    return _header(grid, row, known) if len(rows[row]) > 1 else None


def _header(grid: Grid, row: int, known: Mapping[str, Column]) -> Header:
    at: dict[Column, int] = {}
    repeated: list[tuple[Column, int]] = []
    unknown: dict[int, str] = {}
    for position in sorted(position for position in grid.cells if position.row == row):
        column = known.get(_folded(grid, position))
        if column is None:
            unknown[position.column] = str(grid.cells[position])
        elif column in at:
            repeated.append((column, position.column))
        else:
            at[column] = position.column
    return Header(row, at, tuple(repeated), unknown)


def _folded(grid: Grid, position: Position) -> str:
    value = grid.cells[position]
    return fold(value) if isinstance(value, str) and len(value) <= _LONGEST_HEADING * 2 else ""
