"""Read a text file with columns (CSV, TSV) into a grid, whatever program wrote it."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Final
from unicodedata import normalize

from bot.reports.roll_files.letters import legacy_font
from bot.reports.spreadsheets.grid import Grid, Position, letters_of
from bot.reports.spreadsheets.limits import Limits
from bot.reports.spreadsheets.refusal import RefusedFileError

_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DELIMITERS: Final = ",;\t|"
_SPACE: Final = 0x20
_SAMPLE: Final = 60
"""Lines by which the delimiter is told."""
_MOST_CONTROLS: Final = 0.01
_MOST_OWN_LINES: Final = 0.8
"""Of the lines, that are still rows of their own where quotation marks are not as they should be."""


def read_text(data: bytes, limits: Limits) -> Grid:
    """Read a text file.

    Raises: RefusedFileError: too large, no text, or in letters of an old font.
    """
    if len(data) > limits.bytes:
        raise RefusedFileError("too_large", most=limits.bytes // 1024**2)
    text = _decoded(data)
    told, _, rest = text.partition("\n")
    if told.strip().lower() in {f"sep={each}".strip() for each in _DELIMITERS}:  # what Excel writes for itself
        delimiter, text = told.strip()[4:] or "\t", "\n" + rest
    else:
        delimiter = _delimiter(text)
    grid, left = Grid(""), [limits.cells, limits.characters]
    for row, cells in enumerate(_rows(text, delimiter), 1):
        for column, value in enumerate(cells, 1):
            plain = value.strip()
            if not plain:
                continue
            left[0] -= 1
            left[1] -= len(plain)
            if min(left) < 0:
                raise RefusedFileError("too_large_inside")
            position = Position(row, column)
            if row > limits.last_row or column > limits.last_column:
                last = letters_of(limits.last_column)
                raise RefusedFileError("too_far", cell=position.name, row=limits.last_row, column=last)
            grid.cells[position] = normalize("NFC", plain)
    return grid


def _decoded(data: bytes) -> str:
    text = _by_mark(data)
    if text is None:
        try:
            text = data.decode("utf-8")
        except UnicodeDecodeError:
            text = _of_one_byte(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if sum(c < " " and c not in "\n\t" for c in text) > len(text) * _MOST_CONTROLS or not text.strip():
        raise RefusedFileError("not_a_table")
    return text


def _by_mark(data: bytes) -> str | None:
    """UTF-16 is known by its mark, or without one by the zero in every second byte of letters."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data.decode(encoding, "replace")
    sample = data[:2000]
    pairs = len(sample) // 2
    for first, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if pairs and sample[first::2].count(0) > pairs * 0.4 and sample[1 - first :: 2].count(0) < pairs * 0.1:
            return data.decode(encoding, "replace")
    return None


def _of_one_byte(data: bytes) -> str:
    """Windows-1258, whose tones are marks of their own; else a font of before Unicode.

    Raises: RefusedFileError: it is neither.
    """
    if sum(byte < _SPACE and byte not in b"\n\r\t" for byte in data) > len(data) * _MOST_CONTROLS:
        raise RefusedFileError("not_a_table")
    found = legacy_font(data.decode("cp1252", "replace").splitlines())
    if found is not None:
        raise RefusedFileError(found)
    try:
        return normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError as error:
        raise RefusedFileError("not_a_table") from error


def _delimiter(text: str) -> str:
    """The sign that parts most lines into the same number of columns."""
    sample = "\n".join(text.split("\n", _SAMPLE)[:_SAMPLE])
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        if delimiter not in sample:
            continue
        widths = Counter(len(cells) for cells in islice(_rows(sample, delimiter), _SAMPLE) if len(cells) > 1)
        if widths:
            width, lines = widths.most_common(1)[0]
            if (score := (lines, width)) > most:
                best, most = delimiter, score
    return best


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    """The lines as cells; where a quotation mark was opened and never closed, marks mean nothing."""
    lines = text.split("\n")
    for is_strict in (True, False):
        try:
            rows = list(csv.reader((f"{line}\n" for line in lines), delimiter=delimiter, strict=is_strict))
        except csv.Error:
            continue
        if is_strict or len(rows) > len(lines) * _MOST_OWN_LINES:
            yield from rows
            return
    yield from ([cell.strip('"') for cell in line.split(delimiter)] for line in lines)
