"""Names of sheets that every spreadsheet program accepts."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final
from unicodedata import category

LONGEST_NAME: Final = 31
"""In UTF-16 units, as the programs count."""
_FORBIDDEN: Final = re.compile(r"[\[\]:*?/\\]")


def criterion_name(number: int, title: str) -> str:
    """Name a criterion's sheet: its number, which keeps it apart from the others, and as much of its title as fits."""
    return _cut(f"{number} {_clean(title)}", LONGEST_NAME)


def safe_name(name: str, taken: Container[str]) -> str:
    """A name like the one a stranger's file has; `taken` are names in small letters."""
    plain = _cut(_clean(name), LONGEST_NAME) or "?"
    number = 1
    while plain.lower() in taken:
        number += 1
        plain = f"{_cut(_clean(name), LONGEST_NAME - 5)} {number}"
    return plain


def _clean(name: str) -> str:
    visible = "".join(letter if category(letter)[0] not in "CZ" else " " for letter in name)
    return " ".join(_FORBIDDEN.sub(" ", visible).split()).strip("'")


def _cut(name: str, longest: int) -> str:
    encoded = name.encode("utf-16-le")[: longest * 2]
    return encoded.decode("utf-16-le", "ignore").strip().strip("'").strip()
