"""What documents are made of: A4, DOCX, set as Nghị định 30/2020/NĐ-CP sets official papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Final
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

FONT: Final = "Times New Roman"
BODY: Final = 13.0
"""Size of the text, points (Phụ lục I: 13-14)."""
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
"""Margins in mm, as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them."""
INNER: Final = 210 - LEFT - RIGHT
SHADE: Final = "F0ECE4"
CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def new_paper(locale: str, title: str, printed_on: date) -> DocxDocument:
    """Begin a document: page, typeface, language and properties."""
    paper = Document()
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(LEFT), Mm(RIGHT)
    section.top_margin, section.bottom_margin = Mm(TOP), Mm(BOTTOM)
    section.footer_distance = Mm(10)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    properties = style.element.get_or_add_rPr()
    for script in ("w:ascii", "w:hAnsi", "w:eastAsia", "w:cs"):
        properties.rFonts.set(qn(script), FONT)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "vi-VN" if locale.startswith("vi") else "en-GB")
    properties.append(language)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    core = paper.core_properties
    core.title = clean(title)
    core.author = core.last_modified_by = "hoctap"
    core.comments = ""
    core.language = locale
    core.created = core.modified = datetime.combine(printed_on, time())
    return paper


def packed(paper: DocxDocument, printed_on: date) -> bytes:
    """Finish a document; the same one always gives the same bytes."""
    written = BytesIO()
    paper.save(written)
    return _without_clock(written, printed_on)


def add_text(
    paper: DocxDocument,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """Add a paragraph of one weight and size."""
    paragraph = paper.add_paragraph()
    write(paragraph, text, bold=bold, size=size, align=align)
    return paragraph


def write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Run:
    """Add text to a paragraph."""
    run = paragraph.add_run(clean(text))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return run


def space(paragraph: Paragraph, before: float = 0, after: float = 0, keep: bool = False) -> None:
    """Set the room around a paragraph in points, and whether it stays with the next one."""
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    if after:
        paragraph.paragraph_format.space_after = Pt(after)
    if keep:
        paragraph.paragraph_format.keep_with_next = True


def new_table(paper: DocxDocument, widths: Sequence[int], rows: int, ruled: bool = True) -> Table:
    """Add an empty table of fixed widths in mm, whose rows do not break between pages."""
    table: Table = paper.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    if ruled:
        table.style = "Table Grid"
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 (no public way to forbid a split)
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def cell_rows(table: Table) -> list[tuple[_Cell, ...]]:
    """The cells row by row; asked for once, as each asking walks the whole table."""
    return [row.cells for row in table.rows]


def shade(cell: _Cell) -> None:
    """Give a cell the ground of headings."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (no public way to shade)


def frame(cell: _Cell) -> None:
    """Give a cell a thick frame that a black and white printer shows too."""
    frame = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "18")
        frame.append(edge)
    cell._tc.get_or_add_tcPr().append(frame)  # noqa: SLF001 (no public way to frame)


def field(paragraph: Paragraph, instruction: str, size: float = 10) -> None:
    """Add a number for the word processor to fill in; every part is a run of its own, as Word writes it."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = write(paragraph, "1" if kind == "shown" else "", size=size)
        if kind == "shown":
            continue
        element = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 (no public way to add a field)


def clean(text: str) -> str:
    """Compose letters and leave out what XML cannot hold."""
    return _NOT_XML.sub("", normalize("NFC", text))


def _without_clock(written: BytesIO, printed_on: date) -> bytes:
    """Pack the parts again under the printed day, as the packer stamps them with the time of day."""
    stamp = (printed_on.year, printed_on.month, printed_on.day, 0, 0, 0)
    result = BytesIO()
    with ZipFile(written) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, stamp)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return result.getvalue()
