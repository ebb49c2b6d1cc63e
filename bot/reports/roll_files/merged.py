"""Merged cells: what one of them says holds for all that it covers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.reports.spreadsheets.grid import Grid, Position, Value, column_of

_RANGE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
_WIDEST: Final = 200
_MOST: Final = 200_000
"""Cells that may be covered in all; what lies behind the last row with a value is not looked at."""


@dataclass(frozen=True, slots=True)
class Range:
    """A merged range."""

    top: int
    left: int
    bottom: int
    right: int


def ranges(grid: Grid) -> Iterator[Range]:
    """The merged ranges of a sheet, as far as it has rows."""
    last = max((position.row for position in grid.cells), default=0)
    for name in grid.merged:
        found = _RANGE.fullmatch(name)
        if found is None:
            continue
        top, bottom = sorted((int(found[2]), int(found[4])))
        left, right = sorted((column_of(found[1]), column_of(found[3])))
        if top <= last:
            yield Range(top, left, min(bottom, last), min(right, left + _WIDEST))


def spread_down(grid: Grid) -> dict[int, dict[int, Value]]:
    """{row: {column: value}} of what a cell merged downwards says for the rows below it."""
    found: dict[int, dict[int, Value]] = {}
    left = _MOST
    for each in ranges(grid):
        value = grid.cells.get(Position(each.top, each.left))
        left -= each.bottom - each.top
        if value is None or left < 0:
            continue
        for row in range(each.top + 1, each.bottom + 1):
            found.setdefault(row, {})[each.left] = value
    return found


def covered(grid: Grid) -> dict[Position, Value]:
    """{covered cell: the value of its range}, without the first cell of each, which holds it itself."""
    found: dict[Position, Value] = {}
    for each in ranges(grid):
        value = grid.cells.get(Position(each.top, each.left))
        if value is None:
            continue
        for row in range(each.top, each.bottom + 1):
            for column in range(each.left, each.right + 1):
                if len(found) >= _MOST:
                    return found
                if (row, column) != (each.top, each.left):
                    found[Position(row, column)] = value
    return found
