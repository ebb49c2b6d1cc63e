"""How the workbook of answers looks: fonts, grounds, heights and paper."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection
from openpyxl.styles import Side as Edge
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import Translator

QUESTION_WIDTH: Final = 11.5
_A4: Final = 9
_TALLEST: Final = 400
"""Points; no program makes a row taller than 409."""

LINE: Final = Edge(style="thin", color="A59D8C")
EDGES: Final = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
HEAD: Final = PatternFill("solid", fgColor="E8F1EA")
GREY: Final = PatternFill("solid", fgColor="D2D2D2")
DONE: Final = PatternFill("solid", fgColor="EFEFEF")
TOP: Final = Alignment(wrap_text=True, vertical="top")
MIDDLE: Final = Alignment(wrap_text=True, vertical="center")
CENTRE: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
FONT: Final = Font(name="Arial", size=10)
SMALL: Final = Font(name="Arial", size=8, color="404040")
BOLD: Final = Font(name="Arial", size=10, bold=True)
TITLE: Final = Font(name="Arial", size=13, bold=True)
OPEN: Final = Protection(locked=False)


def set_paper(sheet: Worksheet, words: Translator, across: int = 1) -> None:
    """Print on A4 across, as wide as the paper or several of them."""
    sheet.page_setup.paperSize = _A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = across, 0
    sheet.page_margins = PageMargins(left=0.3, right=0.3, top=0.4, bottom=0.5, header=0.2, footer=0.2)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = "&A"
    sheet.oddFooter.right.text = words.text("answers.page")


def set_heading_heights(sheet: Worksheet, first: int, columns: Collection[int]) -> None:
    """Give the rows of short names, whole questions and how to answer room for their longest text."""
    for row, letters, line in ((first, 12.0, 13.5), (first + 1, 17.5, 10.5), (first + 2, 17.5, 10.5)):
        texts = [str(sheet.cell(row, column).value or "") for column in columns]
        most = max((lines_of(text, letters) for text in texts), default=1)
        sheet.row_dimensions[row].height = min(_TALLEST, line * most + 4)


def lines_of(text: str, letters: float) -> int:
    """Lines that a text takes where words are not broken."""
    lines, room = 1, letters
    for word in text.split():
        room -= len(word) + 1
        if room < -1:
            lines, room = lines + 1, letters - len(word) - 1
    return lines
