"""Printable cards: A4, eight on a page, with lines to cut along, in PDF with the typeface inside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from typing import Final

from fpdf import FPDF
from fpdf.fonts import TTFFont

from bot.reports.cards.content import CardContent
from bot.reports.cards.qr import QUIET, matrix, strips
from bot.reports.fonts import BOLD, FAMILY, REGULAR
from bot.reports.typography import Measure, fit, printable

COLUMNS, ROWS = 2, 4
A_PAGE: Final = COLUMNS * ROWS
WIDTH, HEIGHT = 210 / COLUMNS, 297 / ROWS
"""Of a card, mm."""
PAD: Final = 7.0
"""Around what is printed: printers do not reach the edge of the paper, nor are scissors exact."""
QR: Final = 38.0
"""Width of the QR with the light rim that it needs, mm."""
GAP: Final = 3.0
LINE: Final = 0.46
"""Line height in mm for each point of the font."""
GREY: Final = (90, 90, 90)
BLACK: Final = (0, 0, 0)


def cards_pdf(cards: Sequence[CardContent], title: str, locale: str, on: date) -> bytes:
    """Set cards on A4 pages; the same cards always give the same bytes."""
    paper = _Paper(title, locale, on)
    try:
        for first in range(0, len(cards), A_PAGE):
            paper.add_page()
            _cutting_lines(paper)
            for position, card in enumerate(cards[first : first + A_PAGE]):
                _card(paper, card, position % COLUMNS * WIDTH, position // COLUMNS * HEIGHT)
        return bytes(paper.output())
    finally:
        paper.close_fonts()


class _Paper(FPDF):
    """A4 pages without margins, as the cards have their own."""

    def __init__(self, title: str, locale: str, on: date) -> None:
        super().__init__("P", "mm", "A4")
        self.set_margins(0, 0, 0)
        self.set_auto_page_break(False)
        self.c_margin = 0
        self.add_font(FAMILY, "", REGULAR)
        self.add_font(FAMILY, "B", BOLD)
        self.set_creation_date(datetime.combine(on, time(), UTC))
        self.set_lang(locale)
        self.set_title(title)
        self.set_creator("hoctap")

    def close_fonts(self) -> None:
        """Close the font files, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def measure(self, size: int, *, bold: bool) -> Measure:
        """Measure lines in a weight at a size in points."""

        def width(text: str) -> float:
            self.set_font(FAMILY, "B" if bold else "", size)
            return self.get_string_width(text)

        return width

    def put(
        self,
        text: str,
        left: float,
        top: float,
        width: float,
        sizes: Sequence[int],
        max_lines: int,
        *,
        bold: bool = False,
        colour: tuple[int, int, int] = BLACK,
    ) -> float:
        """Set a text at the largest of the sizes at which it fits; returns where it ends."""
        fitted = fit(printable(text), width, max_lines, sizes, lambda size: self.measure(size, bold=bold))
        self.set_font(FAMILY, "B" if bold else "", fitted.size)
        self.set_text_color(*colour)
        for line in fitted.lines:
            self.set_xy(left, top)
            self.cell(width, fitted.size * LINE, line)
            top += fitted.size * LINE
        return top


def _cutting_lines(paper: _Paper) -> None:
    paper.set_draw_color(150, 150, 150)
    paper.set_line_width(0.1)
    paper.set_dash_pattern(dash=2, gap=2)
    for column in range(1, COLUMNS):
        paper.line(column * WIDTH, 0, column * WIDTH, paper.h)
    for row in range(1, ROWS):
        paper.line(0, row * HEIGHT, paper.w, row * HEIGHT)
    paper.set_dash_pattern()


def _card(paper: _Paper, card: CardContent, left: float, top: float) -> None:
    """Whose it is on top, in the whole width; below it the QR, and beside that the code and how it is used."""
    inner, left = WIDTH - 2 * PAD, left + PAD
    end = paper.put(card.heading, left, top + PAD, inner, (8, 7), 1, colour=GREY)
    end = paper.put(card.name, left, end + 0.6, inner, (15, 14, 13, 12, 11, 10, 9), 2, bold=True)
    paper.put(card.place, left, end + 0.4, inner, (9, 8, 7), 2)
    bottom = top + HEIGHT - PAD
    _qr(paper, card.qr, left - 2, bottom - QR + 2)
    beside, room = left + QR - 2 + GAP, inner - QR + 2 - GAP
    end = paper.put(card.code, beside, bottom - QR + 4, room, (17, 16, 15, 14, 13), 1, bold=True)
    for line in card.how:
        end = paper.put(line, beside, end + 1, room, (9, 8, 7), 3)
    paper.put(card.note, beside, end + 1, room, (8, 7), 2, colour=GREY)


def _qr(paper: _Paper, text: str, left: float, top: float) -> None:
    dots = matrix(text)
    dot = QR / (len(dots) + 2 * QUIET)
    paper.set_fill_color(*BLACK)
    for column, row, length in strips(dots):
        x, y = left + (column + QUIET) * dot, top + (row + QUIET) * dot
        paper.rect(x, y, length * dot, dot, style="F")
