"""One sound row of a sent-in roll, as it is kept until it is applied."""

from __future__ import annotations

import json
from dataclasses import dataclass

from bot.dialogs.village.facts import HouseholdEntry


@dataclass(frozen=True, slots=True)
class RollRow:
    """One household as a file has it."""

    sheet: str
    line: int
    entry: HouseholdEntry
    hamlet: str = ""
    """What its own column, or a line above it, says of the hamlet."""
    hint: str = ""
    """What the title or the name of the sheet says, where that may be a hamlet."""
    is_counted: bool = False
    """Whether its number is only its place in the file: that says nothing of which household it is."""


def encode_row(row: RollRow) -> str:
    """Write a row."""
    entry = row.entry
    parts = (
        row.sheet, row.line, row.hamlet, row.hint, int(row.is_counted), entry.name, entry.number, entry.group,
        entry.phone, entry.adults, entry.school_age_children,
    )  # fmt: skip
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":"))


def decode_row(text: str) -> RollRow:
    """Read a row."""
    sheet, line, hamlet, hint, is_counted, *entry = json.loads(text)
    return RollRow(sheet, line, HouseholdEntry(*entry), hamlet, hint, is_counted=bool(is_counted))
