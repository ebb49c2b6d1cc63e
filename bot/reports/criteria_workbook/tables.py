"""Read a table of a sheet row by row, so that nothing somebody wrote into it is passed over in silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from bot.reports.criteria_workbook.columns import Column, Holds
from bot.reports.criteria_workbook.gathering import Gathering, Spot
from bot.reports.criteria_workbook.headings import Header, find_header
from bot.reports.spreadsheets.grid import Position
from bot.reports.spreadsheets.shown import shortened


class Row(NamedTuple):
    """One row of a table that holds something."""

    number: int
    filled: frozenset[Column]


class Table:
    """The rows of a sheet under one header.

    Args:
        sheet: number of the sheet.
        until: the first row that belongs to another table.
    """

    def __init__(
        self, gathering: Gathering, sheet: int, columns: tuple[Column, ...], header: Header, until: int | None = None
    ) -> None:
        self.columns = columns
        self.header = header
        self._gathering = gathering
        self._sheet = sheet
        self._grid = gathering.grids[sheet]
        self._until = until
        self._complain()

    def spot(self, row: int, column: Column) -> Spot:
        """The cell of a column; of the first column where that is missing."""
        return Spot(self._sheet, Position(row, self.header.at.get(column, 1)), column.code)

    def rows(self) -> Iterator[Row]:
        """Every row with something under a heading, downwards."""
        columns = {at: column for column, at in self.header.at.items() if column.holds is not Holds.NOTHING}
        filled: dict[int, list[Column]] = {}
        for position in self._positions():
            if position.column in columns:
                filled.setdefault(position.row, []).append(columns[position.column])
        for number in sorted(filled):
            yield Row(number, frozenset(filled[number]))

    def _positions(self) -> Iterator[Position]:
        for position in self._grid.cells:
            if self.header.row < position.row and (self._until is None or position.row < self._until):
                yield position

    def _complain(self) -> None:
        """Report headings that are missing, repeated or unknown, and values that no heading explains."""
        header = self.header
        for column in header.missing(self.columns):
            self._report(Position(header.row, 1), "missing_heading", field=column.code)
        for column, at in header.repeated:
            self._report(Position(header.row, at), "repeated_heading", field=column.code)
        for at, text in header.unknown.items():
            self._report(Position(header.row, at), "unknown_heading", value=shortened(text))
        explained = {*header.at.values(), *header.unknown, *(at for _, at in header.repeated)}
        stray: dict[int, Position] = {}
        for position in sorted(self._positions()):
            if position.column not in explained:
                stray.setdefault(position.column, position)
        for position in stray.values():
            self._report(position, "no_heading", value=shortened(self._grid.cells[position]))

    def _report(self, position: Position, problem: str, **params: str) -> None:
        self._gathering.complain(Spot(self._sheet, position, ""), problem, **params)


def open_table(gathering: Gathering, sheet: int, columns: tuple[Column, ...], until: int | None = None) -> Table | None:
    """The table with such columns on a sheet; None where no row looks like its header."""
    header = find_header(gathering.grids[sheet], columns)
    return None if header is None else Table(gathering, sheet, columns, header, until)
