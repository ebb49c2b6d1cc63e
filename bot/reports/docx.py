"""The score sheet as an editable document: A4, DOCX, set as Nghị định 30/2020/NĐ-CP sets official papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO
from typing import Final
from unicodedata import normalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as DocxDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from bot.reports.labels import SIGNATURES, about, columns, criterion_worth, heading, lines_about, subject_line
from bot.reports.sheet_data import SheetDocument, SheetLine, Translate, out_of

FONT: Final = "Times New Roman"
BODY: Final = 13.0
"""Size of the text, points (Phụ lục I: 13-14)."""
SMALL: Final = 11.0
LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
"""Margins in mm, as Nghị định 30/2020/NĐ-CP, Phụ lục I wants them."""
INNER: Final = 210 - LEFT - RIGHT
COLUMNS: Final = (13, 52, 25, 17, 58)
LEVEL_COLUMNS: Final = (13, 49, 24, 26, 53)
"""Widths of the table's columns, mm; a level takes more words than points."""
SHADE: Final = "F0ECE4"
CENTRE: Final = WD_ALIGN_PARAGRAPH.CENTER
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FIELDS: Final = {"\ue0f0": "PAGE", "\ue0f1": "NUMPAGES"}
"""Stand-ins within the page sentence -> the field that Word fills in."""


def sheet_docx(document: SheetDocument, translate: Translate) -> bytes:
    """Set a sheet as DOCX; the same document always gives the same bytes."""
    paper = Document()
    _prepare(paper, document, translate)
    _head(paper, document, translate)
    _about(paper, document, translate)
    _table(paper, document, translate)
    _verdict(paper, document, translate)
    _signatures(paper, document, translate)
    _foot(paper, document, translate)
    written = BytesIO()
    paper.save(written)
    return _without_clock(written, document)


def _prepare(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Set page, typeface, language and properties."""
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
    language.set(qn("w:val"), "vi-VN" if document.locale.startswith("vi") else "en-GB")
    properties.append(language)
    style.paragraph_format.space_after = Pt(0)
    style.paragraph_format.space_before = Pt(0)
    core = paper.core_properties
    core.title = _clean(f"{heading(document, words)} - {document.title} {document.year}")
    core.author = core.last_modified_by = "hoctap"
    core.comments = ""
    core.language = document.locale
    core.created = core.modified = datetime.combine(document.printed_on, time())


def _head(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write the nation's name and motto, then what this is and whose rules it is scored by."""
    _write(paper.add_paragraph(), words("report.nation", {}), bold=True, align=CENTRE)
    _write(paper.add_paragraph(), words("report.motto", {}), bold=True, align=CENTRE, size=14).underline = True
    _space(_paragraph(paper, heading(document, words), bold=True, align=CENTRE, size=14), before=14)
    _space(_paragraph(paper, about(document, words), bold=True, align=CENTRE, size=14), after=8)
    box = _new_table(paper, (INNER,), rows=1).cell(0, 0)
    _write(box.paragraphs[0], words(f"report.standing.{document.standing}", {}), bold=True, align=CENTRE, size=14)
    _write(box.add_paragraph(), words(f"report.standing.{document.standing}.means", {}), align=CENTRE, size=12)
    _space(box.paragraphs[0], before=4)
    _space(box.paragraphs[-1], after=4)
    _frame(box)


def _about(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write who is assessed, where, by which rules, and how far the sheet has come."""
    name = _paragraph(paper, subject_line(document, words), bold=True)
    _space(name, before=10, after=3)
    for text in lines_about(document, words):
        _space(_paragraph(paper, text), after=3)
    _space(paper.paragraphs[-1], after=8)


def _table(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write all indicators under their criteria, and the total."""
    rows = 2 + sum(1 + len(criterion.lines) for criterion in document.criteria)
    table = _new_table(paper, COLUMNS if document.level is None else LEVEL_COLUMNS, rows)
    cells = _rows(table)
    for cell, name in zip(cells[0], columns(document, words), strict=True):
        _write(cell.paragraphs[0], name, bold=True, align=CENTRE)
        _shade(cell)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (no public way to repeat it)
    position = 1
    for criterion in document.criteria:
        number, title, last, points, rest = cells[position]
        title.merge(last)
        _write(number.paragraphs[0], criterion.number, bold=True, align=CENTRE)
        _write(title.paragraphs[0], criterion.title, bold=True)
        _write(points.paragraphs[0], criterion_worth(criterion, document, words), bold=True, align=CENTRE)
        for cell in (number, title, points, rest):
            _shade(cell)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        position += 1
        for line in criterion.lines:
            _line(cells[position], line)
            position += 1
    first, _, before_points, points, last = cells[position]
    first.merge(before_points)
    points.merge(last)
    _write(first.paragraphs[0], words("report.total", {}), bold=True)
    _write(points.paragraphs[0], document.total_text, bold=True)
    for cell in (first, points):
        _shade(cell)
    for row in cells:
        for cell in row:
            _space(cell.paragraphs[0], before=2)
            _space(cell.paragraphs[-1], after=2)


def _line(cells: Sequence[_Cell], line: SheetLine) -> None:
    """Write one indicator."""
    number, name, answer, points, reason = cells
    _write(number.paragraphs[0], line.number, align=CENTRE)
    _write(name.paragraphs[0], line.name, bold=True)
    if line.question:
        _write(name.add_paragraph(), line.question, size=SMALL)
    _write(answer.paragraphs[0], line.answer)
    _write(points.paragraphs[0], out_of(line.points, line.max_points), align=CENTRE)
    _write(reason.paragraphs[0], line.reason)
    if line.article:
        _write(reason.add_paragraph(), line.article, size=SMALL)


def _verdict(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write the provisional title, the way up and the note; the last of them stays with the signatures."""
    result = words("report.result", {"title": document.result})
    _space(_paragraph(paper, result, bold=True, size=14), before=12, keep=True)
    if document.result_means:
        _space(_paragraph(paper, document.result_means), keep=True)
    last_part = [_paragraph(paper, words("report.provisional", {}))]
    if document.way_up:
        last_part = [_paragraph(paper, words("report.way_up", {}), bold=True)]
        _space(last_part[0], before=8)
        for number, text in enumerate(document.way_up):
            last_part.append(paper.add_paragraph(style="List Bullet" if number else None))
            _write(last_part[-1], text)
    if document.note:
        last_part = [_paragraph(paper, words("report.note", {}), bold=True), _paragraph(paper, document.note)]
        _space(last_part[0], before=8)
    for paragraph in last_part:
        _space(paragraph, keep=True)


def _signatures(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write where both sides sign; the table is kept on one page."""
    _space(paper.add_paragraph(), keep=True)
    table = _new_table(paper, (INNER // 2, INNER // 2), rows=1, ruled=False)
    for cell, who in zip(_rows(table)[0], SIGNATURES[document.kind], strict=True):
        _write(cell.paragraphs[0], words("report.signature.date", {}), align=CENTRE)
        _write(cell.add_paragraph(), words(who, {}), bold=True, align=CENTRE)
        how = cell.add_paragraph()
        _write(how, words("report.signature.how", {}), align=CENTRE)
        _space(how, after=84)


def _foot(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write whose rules these are, the check code, and the page."""
    texts = [words(f"report.standing.{document.standing}", {})]
    if document.check_code:
        texts.append(words("report.check_code", {"code": document.check_code}))
    texts.append(words("report.printed_on", {"date": document.printed_on}))
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(INNER), WD_TAB_ALIGNMENT.RIGHT)
    _write(paragraph, " · ".join(texts) + "\t", size=10)
    page, pages = _FIELDS
    sentence = words("report.page", {"page": page, "pages": pages})
    for part in re.split(f"([{page}{pages}])", sentence):
        if part in _FIELDS:
            _field(paragraph, _FIELDS[part])
        elif part:
            _write(paragraph, part, size=10)


def _paragraph(
    paper: DocxDocument,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Paragraph:
    """Add a paragraph of one weight and size."""
    paragraph = paper.add_paragraph()
    _write(paragraph, text, bold=bold, size=size, align=align)
    return paragraph


def _write(
    paragraph: Paragraph,
    text: str,
    *,
    bold: bool = False,
    size: float | None = None,
    align: WD_ALIGN_PARAGRAPH | None = None,
) -> Run:
    """Add text to a paragraph."""
    run = paragraph.add_run(_clean(text))
    run.bold = bold
    if size is not None:
        run.font.size = Pt(size)
    if align is not None:
        paragraph.alignment = align
    return run


def _space(paragraph: Paragraph, before: float = 0, after: float = 0, keep: bool = False) -> None:
    """Set the room around a paragraph in points, and whether it stays with the next one."""
    if before:
        paragraph.paragraph_format.space_before = Pt(before)
    if after:
        paragraph.paragraph_format.space_after = Pt(after)
    if keep:
        paragraph.paragraph_format.keep_with_next = True


def _new_table(paper: DocxDocument, widths: Sequence[int], rows: int, ruled: bool = True) -> Table:
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


def _rows(table: Table) -> list[tuple[_Cell, ...]]:
    """The cells row by row; asked for once, as each asking walks the whole table."""
    return [row.cells for row in table.rows]


def _shade(cell: _Cell) -> None:
    """Give a cell the ground of headings."""
    shade = OxmlElement("w:shd")
    shade.set(qn("w:val"), "clear")
    shade.set(qn("w:fill"), SHADE)
    cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001 (no public way to shade)


def _frame(cell: _Cell) -> None:
    """Give a cell a thick frame that a black and white printer shows too."""
    frame = OxmlElement("w:tcBorders")
    for side in ("top", "left", "bottom", "right"):
        edge = OxmlElement(f"w:{side}")
        edge.set(qn("w:val"), "single")
        edge.set(qn("w:sz"), "18")
        frame.append(edge)
    cell._tc.get_or_add_tcPr().append(frame)  # noqa: SLF001 (no public way to frame)


def _field(paragraph: Paragraph, instruction: str) -> None:
    """Add a number for the word processor to fill in; every part is a run of its own, as Word writes it."""
    for kind in ("begin", "instruction", "separate", "shown", "end"):
        run = _write(paragraph, "1" if kind == "shown" else "", size=10)
        if kind == "shown":
            continue
        element = OxmlElement("w:instrText" if kind == "instruction" else "w:fldChar")
        if kind == "instruction":
            element.text = instruction
        else:
            element.set(qn("w:fldCharType"), kind)
        run._r.append(element)  # noqa: SLF001 (no public way to add a field)


def _clean(text: str) -> str:
    """Compose letters and leave out what XML cannot hold."""
    return _NOT_XML.sub("", normalize("NFC", text))


def _without_clock(written: BytesIO, document: SheetDocument) -> bytes:
    """Pack the parts again under the printed day, as the packer stamps them with the time of day."""
    stamp = (document.printed_on.year, document.printed_on.month, document.printed_on.day, 0, 0, 0)
    result = BytesIO()
    with ZipFile(written) as source, ZipFile(result, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = ZipInfo(name, stamp)
            part.compress_type = ZIP_DEFLATED
            target.writestr(part, source.read(name))
    return result.getvalue()
