"""Files to be read, written as communes write them, and what was read of them in short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from unicodedata import normalize

from openpyxl import Workbook

from bot.dialogs.village.facts import HouseholdEntry
from bot.i18n import translator
from bot.ports.village.imports import ReadFile, UnreadableFile
from bot.reports.roll_files.reading import read_roll
from bot.services.village.roll_rows import RollRow, decode_row

YEAR = 2026
Rows = Sequence[Sequence[object]]


def workbook(sheets: Mapping[str, Rows] | Rows, merged: Sequence[str] = ()) -> bytes:
    """A workbook of some sheets, or of one."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (sheets if isinstance(sheets, Mapping) else {"Sheet1": sheets}).items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    for cells in merged:
        book.worksheets[0].merge_cells(cells)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def read(data: bytes) -> ReadFile:
    """What a file that can be read holds."""
    found = read_roll(data, "ds.xlsx", YEAR)
    assert isinstance(found, ReadFile), found
    return found


def rows(data: bytes) -> list[RollRow]:
    """Its rows."""
    return [decode_row(row) for row in read(data).rows]


def entries(data: bytes) -> list[HouseholdEntry]:
    """Its households."""
    return [row.entry for row in rows(data)]


def names(data: bytes) -> list[str]:
    """The names of its households."""
    return [entry.name for entry in entries(data)]


def problems(data: bytes) -> list[tuple[str, str]]:
    """Its problems: (cell, the end of the code)."""
    return [(each.cell, each.what.code.removeprefix("import.problem.")) for each in read(data).problems]


def left_out(data: bytes) -> str:
    """What is said of what is not kept."""
    return "\n".join(translator("vi").say(each) for each in read(data).left_out)


def refused(data: bytes) -> str:
    """Why a file is not read."""
    found = read_roll(data, "", YEAR)
    assert isinstance(found, UnreadableFile), found
    translator("vi").say(found.why)
    return found.why.code.removeprefix("import.refused.")


def windows_1258(text: str) -> bytes:
    """A text as Windows of before Unicode wrote it: tones are marks behind their letters."""
    kept = "\u0302\u0306\u031b"
    written = b""
    for letter in text:
        try:
            written += letter.encode("cp1258")
        except UnicodeEncodeError:
            parted = normalize("NFD", letter)
            first, marks = parted[0], parted[1:]
            composed = normalize("NFC", first + "".join(mark for mark in marks if mark in kept))
            written += (composed + "".join(mark for mark in marks if mark not in kept)).encode("cp1258")
    return written
