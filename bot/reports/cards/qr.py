"""The dots of a QR code, and the dark strips that they are drawn from."""

from __future__ import annotations

from collections.abc import Iterator

import segno

QUIET = 4
"""Light dots that must be left around it."""

Matrix = tuple[tuple[bool, ...], ...]


def matrix(text: str) -> Matrix:
    """The dots of a QR code for a text, row by row; at least 15 in 100 of it may be dirty or folded."""
    code = segno.make_qr(text, error="m")
    return tuple(tuple(bool(dot) for dot in row) for row in code.matrix)


def strips(dots: Matrix) -> Iterator[tuple[int, int, int]]:
    """Yield (column, row, length) of every run of dark dots."""
    for row, line in enumerate(dots):
        start: int | None = None
        for column, is_dark in enumerate((*line, False)):
            if is_dark and start is None:
                start = column
            elif not is_dark and start is not None:
                yield start, row, column - start
                start = None
