"""The printable score sheet: A4, PDF, with the typeface inside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Final

from fpdf import FPDF
from fpdf.fonts import TTFFont

from bot.reports.fonts import BOLD, FAMILY, REGULAR
from bot.reports.labels import SIGNATURES, about, columns, criterion_worth, heading, lines_about, subject_line
from bot.reports.sheet_data import SheetCriterion, SheetDocument, SheetLine, Translate, out_of
from bot.reports.typography import printable, wrap

LEFT, RIGHT, TOP, BOTTOM = 30.0, 15.0, 20.0, 20.0
"""Margins in mm, as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them."""
INNER: Final = 210 - LEFT - RIGHT
LINE: Final = 0.48
"""Line height in mm for each point of the font."""
PAD: Final = 1.6
"""Between the edge of a table cell and its text, mm."""
COLUMNS: Final = (11.0, 55.0, 27.0, 17.0, 55.0)
LEVEL_COLUMNS: Final = (11.0, 54.0, 25.0, 23.0, 52.0)
"""Widths of the table's columns, mm; a level takes more words than points."""
BOX: Final = 8.0
"""How far the box of the standing is indented on both sides, mm."""
GREY: Final = (90, 90, 90)
SHADE: Final = (240, 236, 228)
STEP: Final = 6.0
"""Indent of a step of the way up, after its bullet, mm."""
SIGNING: Final = 54.0
"""Height of the signatures, kept together on one page, mm."""


def sheet_pdf(document: SheetDocument, translate: Translate) -> bytes:
    """Set a sheet on A4 pages; the same document always gives the same bytes."""
    pages, _ = _compose(document, translate, pages=0)
    return _compose(document, translate, pages)[1]


def _compose(document: SheetDocument, translate: Translate, pages: int) -> tuple[int, bytes]:
    """Set all pages; `pages` is printed as their number, so a first pass, whose bytes nobody reads, counts them."""
    paper = _Paper(document, translate, pages)
    try:
        paper.add_page()
        _head(paper)
        _about(paper)
        _table(paper)
        _verdict(paper)
        _signatures(paper)
        return paper.page_no(), bytes(paper.output()) if pages else b""
    finally:
        paper.close_fonts()


@dataclass(frozen=True, slots=True)
class _Cell:
    """Paragraphs of one table cell, each with whether it is bold and its size in points."""

    paragraphs: tuple[tuple[str, bool, float], ...]
    align: str = "L"


@dataclass(frozen=True, slots=True)
class _CellLine:
    """One line of a cell, ready to be set."""

    text: str
    is_bold: bool
    size: float

    @property
    def height(self) -> float:
        return self.size * LINE


class _Paper(FPDF):
    """The A4 pages with their typeface, margins and foot."""

    def __init__(self, document: SheetDocument, translate: Translate, pages: int) -> None:
        super().__init__("P", "mm", "A4")
        self.document = document
        self.translate = translate
        self.pages_in_all = pages
        self.columns = COLUMNS if document.level is None else LEVEL_COLUMNS
        self.str_alias_nb_pages = ""
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        self.c_margin = 0
        self.add_font(FAMILY, "", REGULAR)
        self.add_font(FAMILY, "B", BOLD)
        self.set_creation_date(datetime.combine(document.printed_on, time(), UTC))
        self.set_lang(document.locale)
        self.set_title(f"{heading(document, translate)} - {document.title} {document.year}")
        self.set_creator("hoctap")

    def footer(self) -> None:
        """Print whose rules these are, the check code, and the page."""
        words = self.translate
        self.set_y(-14)
        self.font(9, colour=GREY)
        left = [words(f"report.standing.{self.document.standing}", {})]
        if self.document.check_code:
            left.append(words("report.check_code", {"code": self.document.check_code}))
        left.append(words("report.printed_on", {"date": self.document.printed_on}))
        page = words("report.page", {"page": str(self.page_no()), "pages": str(self.pages_in_all)})
        self.cell(INNER, 5, printable(page), align="R")
        self.set_x(LEFT)
        room = INNER - self.get_string_width(printable(page)) - 5
        self.cell(room, 5, wrap(printable(" · ".join(left)), room, self.get_string_width)[0])

    def close_fonts(self) -> None:
        """Close the font files, which the library leaves open."""
        for font in self.fonts.values():
            if isinstance(font, TTFFont):
                font.close()

    def font(self, size: float, bold: bool = False, colour: tuple[int, int, int] = (0, 0, 0)) -> None:
        """Choose weight, size in points and colour of what follows."""
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*colour)

    def room(self) -> float:
        """What is left of the page, mm."""
        return self.h - BOTTOM - self.y

    def keep(self, height: float) -> None:
        """Go to a new page unless `height` mm are left on this one."""
        if self.room() < height:
            self.add_page()

    def write_lines(self, text: str, size: float, bold: bool = False, align: str = "L", indent: float = 0) -> None:
        """Set a paragraph, breaking pages between its lines; a centred one is indented on both sides."""
        self.font(size, bold)
        width = INNER - indent * (2 if align == "C" else 1)
        for line in wrap(printable(text), width, self.get_string_width):
            self.keep(size * LINE)
            self.set_x(LEFT + indent)
            self.cell(width, size * LINE, line, align=align)
            self.ln(size * LINE)

    def set_cell(self, cell: _Cell, width: float) -> list[_CellLine]:
        """Break a cell's paragraphs into lines."""
        lines: list[_CellLine] = []
        for text, bold, size in cell.paragraphs:
            self.font(size, bold)
            if text:
                wrapped = wrap(printable(text), width - 2 * PAD, self.get_string_width)
                lines.extend(_CellLine(line, bold, size) for line in wrapped)
        return lines


def _head(paper: _Paper) -> None:
    """Print the nation's name and motto, then what this is and whose rules it is scored by."""
    document, words = paper.document, paper.translate
    paper.write_lines(words("report.nation", {}), 12, bold=True, align="C")
    motto = words("report.motto", {})
    paper.write_lines(motto, 12, bold=True, align="C")
    half = paper.get_string_width(printable(motto)) / 2
    paper.line(LEFT + INNER / 2 - half, paper.y + 0.4, LEFT + INNER / 2 + half, paper.y + 0.4)
    paper.ln(8)
    paper.write_lines(heading(document, words), 17, bold=True, align="C")
    paper.write_lines(about(document, words), 13, bold=True, align="C")
    paper.ln(3.5)
    top = paper.y
    paper.ln(2.2)
    paper.write_lines(words(f"report.standing.{document.standing}", {}), 13, bold=True, align="C", indent=BOX + 4)
    paper.write_lines(words(f"report.standing.{document.standing}.means", {}), 10, align="C", indent=BOX + 4)
    paper.ln(1.8)
    paper.set_line_width(0.7)
    paper.rect(LEFT + BOX, top, INNER - 2 * BOX, paper.y - top)
    paper.set_line_width(0.2)
    paper.ln(4.5)


def _about(paper: _Paper) -> None:
    """Print who is assessed, where, by which rules, and how far the sheet has come."""
    document, words = paper.document, paper.translate
    paper.write_lines(subject_line(document, words), 12, bold=True)
    for text in lines_about(document, words):
        paper.write_lines(text, 12)
    paper.ln(4)


def _table(paper: _Paper) -> None:
    """Print all indicators under their criteria, and the total, which never stands alone on a page."""
    paper.set_draw_color(150, 140, 130)
    number, name, answer, worth, reason = paper.columns
    group_columns, total_columns = (number, name + answer, worth, reason), (number + name + answer, worth + reason)
    total = (_text(paper.translate("report.total", {}), bold=True, size=12), _total(paper.document))
    _titles(paper)
    for criterion in paper.document.criteria:
        group = _criterion_row(criterion, paper)
        lines = [_line_row(line) for line in criterion.lines]
        first = _height(paper, lines[0], paper.columns) if lines else 0
        needed = _height(paper, group, group_columns) + min(first, 60)
        if paper.room() < needed:
            paper.add_page()
            _titles(paper)
        _row(paper, group, group_columns, shaded=True)
        for row in lines:
            is_last = criterion is paper.document.criteria[-1] and row is lines[-1]
            after = _height(paper, total, total_columns) if is_last else 0
            _row(paper, row, paper.columns, after=after)
    _row(paper, total, total_columns, shaded=True)
    paper.set_draw_color(0, 0, 0)
    paper.ln(5)


def _text(text: str, bold: bool = False, size: float = 10.5, align: str = "L") -> _Cell:
    return _Cell(((text, bold, size),), align)


def _total(document: SheetDocument) -> _Cell:
    return _text(document.total_text, bold=True, size=12)


def _criterion_row(criterion: SheetCriterion, paper: _Paper) -> tuple[_Cell, ...]:
    worth = criterion_worth(criterion, paper.document, paper.translate)
    return (
        _text(criterion.number, bold=True, align="C"),
        _text(criterion.title, bold=True),
        _text(worth, bold=True, align="C"),
        _text(""),
    )


def _line_row(line: SheetLine) -> tuple[_Cell, ...]:
    return (
        _text(line.number, align="C"),
        _Cell(((line.name, True, 10.5), (line.question, False, 9.5))),
        _text(line.answer),
        _text(out_of(line.points, line.max_points), align="C"),
        _Cell(((line.reason, False, 10.5), (line.article, False, 9))),
    )


def _titles(paper: _Paper) -> None:
    """Print the head of the table; again on each new page."""
    row = tuple(_text(name, bold=True, align="C") for name in columns(paper.document, paper.translate))
    _row(paper, row, paper.columns, shaded=True)


def _height(paper: _Paper, row: Sequence[_Cell], widths: Sequence[float]) -> float:
    """Height of a row, mm."""
    cells = [paper.set_cell(cell, width) for cell, width in zip(row, widths, strict=True)]
    return max(sum(line.height for line in lines) for lines in cells) + 2 * PAD


def _row(
    paper: _Paper, row: Sequence[_Cell], widths: Sequence[float], *, shaded: bool = False, after: float = 0
) -> None:
    """Print a row; one that no longer fits goes to the next page, one longer than a page goes on there.

    Args:
        after: mm that must be left below it on its page.
    """
    cells = [paper.set_cell(cell, width) for cell, width in zip(row, widths, strict=True)]
    while any(cells):
        whole = max(sum(line.height for line in lines) for lines in cells) + 2 * PAD
        page = paper.h - TOP - BOTTOM
        if whole + after > paper.room() and (whole <= page * 0.5 or paper.room() < page * 0.25):
            paper.add_page()
            if not shaded:
                _titles(paper)
        parts = [_that_fit(lines, paper.room() - 2 * PAD) for lines in cells]
        height = max(sum(line.height for line in lines) for lines in parts) + 2 * PAD
        x, y = LEFT, paper.y
        for cell, lines, width in zip(row, parts, widths, strict=True):
            paper.set_fill_color(*SHADE)
            paper.rect(x, y, width, height, style="DF" if shaded else "D")
            paper.set_y(y + PAD)
            for line in lines:
                paper.set_x(x + PAD)
                paper.font(line.size, line.is_bold)
                paper.cell(width - 2 * PAD, line.height, line.text, align=cell.align)
                paper.set_y(paper.y + line.height)
            x += width
        paper.set_xy(LEFT, y + height)
        cells = [lines[len(part) :] for lines, part in zip(cells, parts, strict=True)]


def _that_fit(lines: list[_CellLine], room: float) -> list[_CellLine]:
    """The first lines that take at most `room` mm."""
    count = 0
    while count < len(lines) and sum(line.height for line in lines[: count + 1]) <= room + 0.01:
        count += 1
    return lines[:count]


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A paragraph below the table."""

    text: str
    size: float
    is_bold: bool = False
    is_step: bool = False
    """Whether a bullet stands before it."""


def _verdict(paper: _Paper) -> None:
    """Print the provisional title, the way up and the note; the last of them stays with the signatures."""
    parts = _verdict_parts(paper.document, paper.translate)
    for part in parts:
        height = sum(_paragraph_height(paper, paragraph) for paragraph in part) + 3
        paper.keep(height + SIGNING if part is parts[-1] else height)
        for paragraph in part:
            if paragraph.is_step:
                paper.keep(paragraph.size * LINE)
                top = paper.y
                paper.font(paragraph.size)
                paper.set_x(LEFT + 1.5)
                paper.cell(4, paragraph.size * LINE, "•")
                paper.set_y(top)
            indent = STEP if paragraph.is_step else 0
            paper.write_lines(paragraph.text, paragraph.size, paragraph.is_bold, indent=indent)
        paper.ln(3)


def _verdict_parts(document: SheetDocument, words: Translate) -> list[list[_Paragraph]]:
    result = words("report.result", {"title": document.result})
    means = [_Paragraph(document.result_means, 11)] if document.result_means else []
    parts = [[_Paragraph(result, 13, is_bold=True), *means, _Paragraph(words("report.provisional", {}), 10.5)]]
    if document.way_up:
        steps = [_Paragraph(text, 11, is_step=bool(number)) for number, text in enumerate(document.way_up)]
        parts.append([_Paragraph(words("report.way_up", {}), 12, is_bold=True), *steps])
    if document.note:
        parts.append([_Paragraph(words("report.note", {}), 12, is_bold=True), _Paragraph(document.note, 11)])
    return parts


def _paragraph_height(paper: _Paper, paragraph: _Paragraph) -> float:
    paper.font(paragraph.size, paragraph.is_bold)
    width = INNER - (STEP if paragraph.is_step else 0)
    return len(wrap(printable(paragraph.text), width, paper.get_string_width)) * paragraph.size * LINE


def _signatures(paper: _Paper) -> None:
    """Print where both sides sign, together on one page."""
    words = paper.translate
    paper.keep(SIGNING)
    paper.ln(5)
    half = INNER / 2
    top = paper.y
    for column, who in enumerate(SIGNATURES[paper.document.kind]):
        paper.set_y(top)
        for text, size, bold in (
            (words("report.signature.date", {}), 11.0, False),
            (words(who, {}), 12.0, True),
            (words("report.signature.how", {}), 10.5, False),
        ):
            paper.font(size, bold)
            for line in wrap(printable(text), half - 2 * PAD, paper.get_string_width):
                paper.set_x(LEFT + column * half)
                paper.cell(half, size * LINE, line, align="C")
                paper.ln(size * LINE)
    paper.set_y(top + SIGNING - 12)
    for column in range(2):
        x = LEFT + column * half + 12
        paper.line(x, paper.y, x + half - 24, paper.y)
