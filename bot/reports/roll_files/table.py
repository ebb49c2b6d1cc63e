"""Find the table in a sheet: its heading wherever it is, of one line or of several, and the rows below."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.reports.roll_files.headings import LONGEST_HEADING, Field, field_of, plain
from bot.reports.roll_files.letters import tidy
from bot.reports.roll_files.merged import covered, spread_down
from bot.reports.spreadsheets.grid import Grid, Position, Value
from bot.reports.spreadsheets.shown import shown

LOOKED_AT: Final = 60
"""Rows among which the heading is looked for."""
_DEEPEST: Final = 3
"""Lines of a heading."""
_COUNTED: Final = re.compile(r"\(?([0-9]{1,2}|[a-z]|[ivx]{1,4})\)?")
"""How columns are numbered under their headings: (1), 2, A, b."""
_TITLE: Final = re.compile("danh sach|bang |bieu |cong hoa|uy ban|ubnd|mau so|phu luc|don vi|doc lap")
_NAMES: Final = (Field.HEAD, Field.NAME, Field.SURNAME, Field.GIVEN)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the heading stands, and what the columns hold."""

    first_row: int
    last_row: int
    columns: Mapping[int, Field]
    headings: Mapping[int, str]

    def of(self, *fields: Field) -> tuple[int, ...]:
        """The columns that hold one of some things."""
        return tuple(sorted(column for column, found in self.columns.items() if found in fields))

    @property
    def score(self) -> int:
        """How much of it is understood."""
        kinds = set(self.columns.values()) - {Field.OTHER}
        return len(kinds) + len(kinds & {Field.HEAD, Field.NAME})


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table."""

    number: int
    cells: Mapping[int, Value]
    """What its own cells hold, by column."""
    spread: Mapping[int, Value]
    """What cells that began on a row above hold for this one too."""

    words: Mapping[int, str]
    """All of them as text."""
    texts: tuple[str, ...]
    """What the own cells hold as text, in order."""

    def text(self, column: int) -> str:
        """A cell as text; what was merged downwards counts."""
        return self.words.get(column, "")


@dataclass(slots=True)
class Sheet:
    """A sheet by rows."""

    grid: Grid
    rows: dict[int, dict[int, Value]] = field(default_factory=dict)
    covered: dict[Position, Value] = field(default_factory=dict)
    below: dict[int, dict[int, Value]] = field(default_factory=dict)
    """{row: {column: what a cell merged downwards says for it}}."""

    @property
    def width(self) -> int:
        """Cells in the fullest of the first rows."""
        return max((len(self.rows[row]) for row in sorted(self.rows)[:LOOKED_AT]), default=0)

    def row(self, number: int) -> Row:
        """One row."""
        cells, spread = self.rows.get(number, {}), self.below.get(number, {})
        words = {column: tidy(shown(value)) for column, value in {**spread, **cells}.items()}
        return Row(number, cells, spread, words, tuple(words[c] for c in sorted(cells) if words[c]))


def by_rows(grid: Grid) -> Sheet:
    """Order the cells of a sheet by rows."""
    sheet = Sheet(grid, covered=covered(grid), below=spread_down(grid))
    for position in sorted(grid.cells):
        sheet.rows.setdefault(position.row, {})[position.column] = grid.cells[position]
    return sheet


def find_header(sheet: Sheet) -> Header | None:
    """The heading that is understood best; of equal ones the first, with the fewest lines."""
    best: Header | None = None
    for row in sorted(sheet.rows)[:LOOKED_AT]:
        for depth in range(1, _DEEPEST + 1):
            found = _header(sheet, row, row + depth - 1)
            if found is not None and (best is None or found.score > best.score):
                best = found
    return best


def _header(sheet: Sheet, first: int, last: int) -> Header | None:
    """The heading of some lines; None where they are none."""
    columns = {c for row in range(first, last + 1) for c in sheet.rows.get(row, {})}
    columns |= {p.column for p in sheet.covered if first <= p.row <= last}
    headings: dict[int, str] = {}
    for column in sorted(columns):
        parts: list[str] = []
        for row in range(first, last + 1):
            position = Position(row, column)
            value = sheet.grid.cells.get(position, sheet.covered.get(position))
            text = "" if value is None else tidy(shown(value))
            if text and text not in parts:
                parts.append(text)
        heading = " ".join(parts)
        if heading and len(heading) <= LONGEST_HEADING:
            headings[column] = heading
    found = {column: field for column, heading in headings.items() if (field := field_of(heading)) is not None}
    if not any(kind in _NAMES for kind in found.values()):
        return None
    header = Header(first, last, _settled(found), headings)
    return header if _is_heading(sheet, header) else None


def _settled(found: Mapping[int, Field]) -> dict[int, Field]:
    """What columns hold; 'Họ' beside a whole name is none of it, and 'Tên' alone is a whole name."""
    kinds = set(found.values())
    is_whole = bool(kinds & {Field.HEAD, Field.NAME})
    is_parted = {Field.SURNAME, Field.GIVEN} <= kinds

    def settled(field: Field) -> Field:
        if field not in (Field.SURNAME, Field.GIVEN):
            return field
        return Field.OTHER if is_whole else field if is_parted else Field.NAME

    return {column: settled(field) for column, field in found.items()}


def _is_heading(sheet: Sheet, header: Header) -> bool:
    """Whether lines are a heading alone: no title above one, no household below it."""
    first, last = sheet.rows.get(header.first_row, {}), sheet.rows.get(header.last_row, {})
    texts = {plain(shown(value)) for value in first.values()}
    if len(texts) < min(2, sheet.width) or any(_TITLE.match(text) for text in texts):
        return False
    if any(not isinstance(value, str) for value in last.values()):
        return False
    if header.last_row == header.first_row:
        return True
    names = (shown(value) for column, value in last.items() if header.columns.get(column) in _NAMES)
    return bool(last) and all(field_of(name) in _NAMES for name in names)


def is_numbering(row: Row) -> bool:
    """Whether a row only numbers the columns: A, B, 1, 2, 3."""
    texts = [plain(text) for text in row.texts]
    if len(texts) < 2 or not all(_COUNTED.fullmatch(text) for text in texts):
        return False
    numbers = [int(text) for text in texts if text.isdigit()]
    return numbers == list(range(1, len(numbers) + 1)) or numbers == list(range(2, len(numbers) + 2))


def is_repeated(row: Row, header: Header) -> bool:
    """Whether a row is a line of the heading once more, as every printed page has it."""

    def is_same(column: int) -> bool:
        text = plain(row.text(column))
        return f" {text} " in f" {plain(header.headings.get(column, ''))} "

    own = [column for column in row.cells if plain(row.text(column))]
    if not own or not all(is_same(column) for column in own):
        return False
    names = [column for column in header.of(*_NAMES) if row.text(column)]
    has_words = any(any(c.isalpha() for c in row.text(column)) for column in own)
    return has_words and all(is_same(column) for column in names) and (bool(names) or len(own) > 1)


def data_rows(sheet: Sheet, header: Header) -> Iterator[Row]:
    """The rows below the heading that hold something of their own."""
    for number in sheet.rows:
        if number > header.last_row:
            row = sheet.row(number)
            if row.texts and not is_numbering(row) and not is_repeated(row, header):
                yield row
