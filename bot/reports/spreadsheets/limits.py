"""How much of an untrusted spreadsheet is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Limits:
    """What a file may hold; whoever needs more sends it in parts."""

    bytes: int = 2 * 1024 * 1024
    """Of the file as it was sent."""
    bytes_inside: int = 30 * 1024 * 1024
    """Of all parts unpacked, as announced and as really read: a bound on the whole needs none on the ratio."""
    elements: int = 400_000
    """Of XML in all parts together."""
    last_row: int = 2_000
    last_column: int = 200
    cells: int = 60_000
    """On all sheets together."""
    characters: int = 5_000_000
    """In all cells; a text counts wherever it is shown."""
    ranges: int = 5
    """Merged ranges and formulas that are named."""


OF_CRITERIA: Final = Limits()
"""The largest set that ships makes a workbook of about 100 kB, and one of 35 000 elements in LibreOffice."""
OF_ROWS: Final = Limits(
    bytes=10 * 1024 * 1024,
    bytes_inside=80 * 1024 * 1024,
    elements=3_000_000,
    last_row=30_000,
    last_column=200,
    cells=600_000,
    characters=20_000_000,
    ranges=20_000,
)
"""Of rolls and answers: a commune of 10 000 households with twenty columns and room to spare."""
