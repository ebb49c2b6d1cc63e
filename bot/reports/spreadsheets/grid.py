"""The values of one sheet by row and column, whatever they were typed as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple


class Percent(NamedTuple):
    """A number in a cell that shows per cent: 60 for '60%'."""

    value: Decimal


class ErrorValue(NamedTuple):
    """What a program writes where it has no value: '#REF!'."""

    text: str


Value = str | bool | int | Decimal | date | Percent | ErrorValue


class Position(NamedTuple):
    """Row and column, both from 1; compared in reading order."""

    row: int
    column: int

    @property
    def name(self) -> str:
        """As people call it: 'D7'."""
        return f"{letters_of(self.column)}{self.row}"


@dataclass(slots=True)
class Grid:
    """One sheet; what must not be in it is kept for the refusal."""

    name: str
    cells: dict[Position, Value] = field(default_factory=dict)
    is_hidden: bool = False
    formulas: list[str] = field(default_factory=list)
    """Names of the first cells with a formula."""
    merged: list[str] = field(default_factory=list)
    """The first merged ranges."""

    def rows(self) -> list[int]:
        """The rows that hold anything, ascending."""
        return sorted({position.row for position in self.cells})


def letters_of(column: int) -> str:
    """The letters of a column: 'A' for 1, 'AA' for 27."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def column_of(letters: str) -> int:
    """The column of letters: 27 for 'AA'."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column
