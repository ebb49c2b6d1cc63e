"""What subjects are found and ordered by; kept in columns, so that a list of a hamlet needs no sorting by Python."""

from __future__ import annotations

from bot.dialogs.understanding import fold
from storage.places import sort_key

_WITHOUT_NUMBER = "~"
"""Behind every number."""


def subject_keys(name: str, number: str = "", group: str = "") -> tuple[str, str]:
    """Return (folded, sort_key) of a line of the roll: ordered by its number as people count, then by name."""
    folded = " ".join(fold(part) for part in (name, number, group) if part)
    return folded, f"{sort_key(number) if number else _WITHOUT_NUMBER} {sort_key(name)}"
