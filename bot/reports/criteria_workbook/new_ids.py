"""Permanent ids for what an officer added without one."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Final

from bot.dialogs.understanding.text import fold

_LONGEST: Final = 40


def new_id(name: str, fallback: str, taken: Container[str]) -> str:
    """Make an id of a name: 'tre_em_di_hoc' for 'Trẻ em đi học'; with a number where it is taken.

    The same workbook always gets the same ids, so sending it again changes nothing.
    """
    plain = "_".join(re.findall("[a-z0-9]+", fold(name)[: _LONGEST * 3]))
    stem = plain if re.match("[a-z]", plain) else f"{fallback}_{plain}".rstrip("_")
    stem = stem[:_LONGEST].rstrip("_")
    if stem not in taken:
        return stem
    number = 2
    while (identifier := f"{stem[: _LONGEST - len(str(number)) - 1].rstrip('_')}_{number}") in taken:
        number += 1
    return identifier
