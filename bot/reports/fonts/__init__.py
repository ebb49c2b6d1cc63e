"""The typeface of sheets and cards: Be Vietnam Pro, regular and bold, with the letters of Jrai and Ê Đê names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Final

from fontTools.ttLib import TTFont

FAMILY: Final = "Be Vietnam Pro"
REGULAR: Final = Path(__file__).parent / "BeVietnamPro-Regular.ttf"
BOLD: Final = Path(__file__).parent / "BeVietnamPro-Bold.ttf"

STACKED_LETTERS: Final = {
    "\u00ca\u0306": "\ue000",
    "\u00ea\u0306": "\ue001",
    "\u00d4\u0306": "\ue002",
    "\u00f4\u0306": "\ue003",
    "\u01a0\u0306": "\ue004",
    "\u01a1\u0306": "\ue005",
    "\u01af\u0306": "\ue006",
    "\u01b0\u0306": "\ue007",
}
"""Ê̆ ê̆ Ô̆ ô̆ Ơ̆ ơ̆ Ư̆ ư̆ have no code point of their own; the shipped font keeps them where private letters live,
because neither Pillow nor fpdf2 stacks marks without a shaping engine on the machine."""


@cache
def covered() -> frozenset[int]:
    """Return the code points that both weights can draw."""
    maps = []
    for path in (REGULAR, BOLD):
        with TTFont(path, lazy=True) as font:
            maps.append(frozenset(font.getBestCmap()))
    return maps[0] & maps[1]
