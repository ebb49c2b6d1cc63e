"""Read the cells of one sheet's XML."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.reports.spreadsheets.escapes import unescape
from bot.reports.spreadsheets.grid import ErrorValue, Grid, Position, Value, column_of, letters_of
from bot.reports.spreadsheets.limits import Limits
from bot.reports.spreadsheets.number_formats import Shows, number_value
from bot.reports.spreadsheets.refusal import RefusedFileError

LONGEST_TEXT: Final = 32_767
"""Characters a cell can hold."""
_REFERENCE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})")


@dataclass(slots=True)
class Allowance:
    """Counts what all sheets of a file hold together."""

    limits: Limits
    cells: int = 0
    characters: int = 0

    def spend(self, value: Value) -> None:
        """Count a cell.

        Raises: RefusedFileError: there are too many.
        """
        self.cells += 1
        self.characters += len(value) if isinstance(value, str) else 1
        if self.cells > self.limits.cells or self.characters > self.limits.characters:
            raise RefusedFileError("too_large_inside")


class SheetPart:
    """Fills a grid; see markup.PartReader.

    Args:
        strings: the texts that cells point to.
        shown: what numbers stand for, by style.
    """

    def __init__(
        self, grid: Grid, strings: Sequence[str], shown: Sequence[Shows], is_1904: bool, allowance: Allowance
    ) -> None:
        self._grid, self._strings, self._shown = grid, strings, shown
        self._is_1904, self._allowance = is_1904, allowance
        self._row = self._column = self._style = 0
        self._kind = "n"
        self._is_in_cell = self._is_value = self._is_aid = False
        self._runs: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """Note where a cell stands and what is in it."""
        match name:
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._begin_cell(attributes)
            case "f" if self._is_in_cell:
                self._name(self._grid.formulas, f"{letters_of(self._column)}{self._row}")
            case "mergeCell":
                self._name(self._grid.merged, attributes.get("ref", ""))
            case "rPh":
                self._is_aid = True
            case _:
                pass
        self._is_value = self._is_in_cell and not self._is_aid and name in ("v", "t")

    def end(self, name: str) -> None:
        """Keep the value of a cell."""
        self._is_value = False
        if name == "rPh":
            self._is_aid = False
        elif name == "c" and self._is_in_cell:
            self._is_in_cell = False
            if self._runs:
                self._keep("".join(self._runs))

    def text(self, text: str) -> None:
        """Collect what a cell holds."""
        if self._is_value:
            self._runs.append(text)

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        self._column += 1
        if "r" in attributes:
            reference = _REFERENCE.fullmatch(attributes["r"])
            if reference is None:
                raise RefusedFileError("broken")
            self._row, self._column = int(reference[2]), column_of(reference[1])
        self._kind, self._style = attributes.get("t", "n"), int(attributes.get("s", "0"))
        self._runs, self._is_in_cell = [], True

    def _keep(self, content: str) -> None:
        value = self._value(content)
        if isinstance(value, str) and not value.strip():
            return
        position = Position(self._row, self._column)
        last = self._allowance.limits
        if self._row > last.last_row or self._column > last.last_column:
            column = letters_of(last.last_column)
            raise RefusedFileError("too_far", cell=position.name, row=last.last_row, column=column)
        self._allowance.spend(value)
        self._grid.cells[position] = value

    def _value(self, content: str) -> Value:
        match self._kind:
            case "s":
                number = int(content)
                if not 0 <= number < len(self._strings):
                    raise RefusedFileError("broken")
                return self._strings[number]
            case "str" | "inlineStr":
                return unescape(content)[: LONGEST_TEXT + 1]
            case "b":
                return content.strip() == "1"
            case "e":
                return ErrorValue(content[:40])
            case "d":
                return date.fromisoformat(content.strip()[:10])
            case _:
                shows = self._shown[self._style] if 0 <= self._style < len(self._shown) else Shows.NUMBER
                return number_value(content.strip()[:400], shows, self._is_1904)

    def _name(self, names: list[str], name: str) -> None:
        if len(names) < self._allowance.limits.ranges:
            names.append(name[:40])
