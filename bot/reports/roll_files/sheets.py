"""The sheets of a sent-in file, whatever program wrote it."""

from __future__ import annotations

from typing import Final

from bot.dialogs.screens import Say, say
from bot.i18n import LOCALES, translator
from bot.reports.roll_files.headings import plain
from bot.reports.roll_files.text_files import read_text
from bot.reports.spreadsheets.grid import Grid
from bot.reports.spreadsheets.limits import OF_ROWS
from bot.reports.spreadsheets.package import read_package
from bot.reports.spreadsheets.refusal import RefusedFileError

_OLE: Final = bytes.fromhex("d0cf11e0a1b11ae1")
_PICTURES: Final = (b"\x89PNG", b"\xff\xd8\xff", b"%PDF", b"GIF8", b"{\\rtf")
_PAGES: Final = (b"<html", b"<!doctype", b"<table", b"<?xml")
"""What other programs save under the name .xls."""


def sheets_of(data: bytes) -> tuple[tuple[Grid, ...], tuple[Say, ...]]:
    """Read the sheets that people see, without those that our own template explains itself on.

    Returns: the sheets, and what was left out.
    Raises: RefusedFileError: it is no file with columns, or must not be read.
    """
    if data.startswith(_OLE):
        raise RefusedFileError("old_or_locked")
    if data.startswith(_PICTURES):
        raise RefusedFileError("not_a_table")
    if data.lstrip()[:20].lower().startswith(_PAGES):
        raise RefusedFileError("web_page")
    if not data.startswith(b"PK"):
        return (read_text(data, OF_ROWS),), ()
    package = read_package(data, OF_ROWS)
    ours = {plain(translator(locale).text(f"import.template.{sheet}")) for locale in LOCALES for sheet in _OURS}
    seen = tuple(grid for grid in package.grids if not grid.is_hidden and plain(grid.name) not in ours)
    hidden = [grid.name for grid in package.grids if grid.is_hidden and grid.cells and plain(grid.name) not in ours]
    left_out = (say("import.left_out.hidden", sheets=", ".join(hidden[:12])),) if hidden else ()
    return seen, left_out


def every_sheet_of(data: bytes) -> tuple[Grid, ...]:
    """Every sheet of a file that was read before, hidden ones too.

    Raises: RefusedFileError: it cannot be read.
    """
    return read_package(data, OF_ROWS).grids if data.startswith(b"PK") else (read_text(data, OF_ROWS),)


_OURS: Final = ("example", "guide", "lists", "mending")
"""Sheets of our own template that hold no roll."""
