"""The nested data the parser reads, as it is gathered from cells, and the cell that each part of it came from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from bot.reports.criteria_workbook.cell_values import Wrong, meant
from bot.reports.criteria_workbook.columns import Column
from bot.reports.spreadsheets.grid import Grid, Position
from bot.scoring.toml_lines import Path

Data = dict[str, object]
_ROWS, _COLUMNS = 2**21, 2**15
"""More than a sheet has."""


class Spot(NamedTuple):
    """A cell and the heading it stands under."""

    sheet: int
    """Number of the sheet in the workbook, from 0."""
    position: Position
    field: str
    """The message that heads it."""

    @property
    def order(self) -> int:
        """Ascends as one reads."""
        return (self.sheet * _ROWS + self.position.row) * _COLUMNS + self.position.column


class Found(NamedTuple):
    """A problem with a cell, found while gathering."""

    spot: Spot
    code: str
    params: Mapping[str, str]


class Gathering:
    """Where everything stands and what was wrong with single cells; see fields.Places."""

    def __init__(self, grids: tuple[Grid, ...], start: Spot) -> None:
        self.grids = grids
        self.found: list[Found] = []
        self._spots: dict[Path, Spot] = {(): start}
        self._settled: set[Path] = set()

    # --- places -------------------------------------------------------------------------------------------------------

    def place(self, path: Path, spot: Spot) -> None:
        """Note where a value stands; of what is around it, where it begins."""
        self._spots[path] = spot
        for end in range(len(path) - 1, 0, -1):
            self._spots.setdefault(path[:end], spot)

    def has_cell(self, path: Path) -> bool:
        """Whether a value has a cell of its own."""
        return path in self._spots

    def spot_of(self, path: Path) -> Spot:
        """The cell of a value, or of the nearest thing around it."""
        while path not in self._spots:
            path = path[:-1]
        return self._spots[path]

    def line_of(self, path: Path) -> int:
        """The place of a value as a number that ascends as one reads."""
        return self.spot_of(path).order

    def cell_name(self, line: int) -> str:
        """The cell that a line_of stands for, with its sheet: "'1 Học tập'!D7"."""
        place, column = divmod(line, _COLUMNS)
        sheet, row = divmod(place, _ROWS)
        return f"{sheet_reference(self.grids[sheet].name)}!{Position(row, column).name}"

    # --- problems -----------------------------------------------------------------------------------------------------

    def complain(self, spot: Spot, problem: str, /, *settles: Path, **params: str) -> None:
        """Note a problem with a cell; the parser need not repeat it for the paths it settles."""
        self.found.append(Found(spot, f"workbook.problem.{problem}", params))
        self._settled.update(settles)

    def is_settled(self, path: Path) -> bool:
        """Whether the cell was complained about before."""
        return path in self._settled

    # --- values -------------------------------------------------------------------------------------------------------

    def value(self, spot: Spot, column: Column, path: Path, *, takes_percent: bool = False) -> object | None:
        """What a cell means; None where it is blank or wrong."""
        self.place(path, spot)
        value = self.grids[spot.sheet].cells.get(spot.position)
        if value is None:
            return None
        result = meant(value, column, takes_percent=takes_percent)
        if isinstance(result, Wrong):
            self.found.append(Found(spot, result.code, result.params))
            self._settled |= {path, path[:-1]} if path[-1] == "vi" else {path}
            return None
        return result


def put(data: Data, path: Path, value: object) -> None:
    """Put a value into nested tables."""
    *outer, last = path
    for key in outer:
        inside = data.setdefault(str(key), {})
        assert isinstance(inside, dict)  # noqa: S101 - a column's path never runs through another's
        data = inside
    data[str(last)] = value


def sheet_reference(name: str) -> str:
    """A sheet's name as a link to a cell writes it."""
    return "'" + name.replace("'", "''") + "'"
