"""The score sheet as an editable document: A4, DOCX, set as Nghị định 30/2020/NĐ-CP sets official papers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from docx.document import Document as DocxDocument
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Mm
from docx.table import _Cell

from bot.reports.docx_parts import (
    CENTRE,
    INNER,
    add_text,
    cell_rows,
    field,
    frame,
    new_paper,
    new_table,
    packed,
    shade,
    space,
    write,
)
from bot.reports.labels import SIGNATURES, about, columns, criterion_worth, heading, lines_about, subject_line
from bot.reports.sheet_data import SheetDocument, SheetLine, Translate, out_of

SMALL: Final = 11.0
COLUMNS: Final = (13, 52, 25, 17, 58)
LEVEL_COLUMNS: Final = (13, 49, 24, 26, 53)
"""Widths of the table's columns, mm; a level takes more words than points."""
_FIELDS: Final = {"\ue0f0": "PAGE", "\ue0f1": "NUMPAGES"}
"""Stand-ins within the page sentence -> the field that Word fills in."""


def sheet_docx(document: SheetDocument, translate: Translate) -> bytes:
    """Set a sheet as DOCX; the same document always gives the same bytes."""
    title = f"{heading(document, translate)} - {document.title} {document.year}"
    paper = new_paper(document.locale, title, document.printed_on)
    _head(paper, document, translate)
    _about(paper, document, translate)
    _table(paper, document, translate)
    _verdict(paper, document, translate)
    _signatures(paper, document, translate)
    _foot(paper, document, translate)
    return packed(paper, document.printed_on)


def _head(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write the nation's name and motto, then what this is and whose rules it is scored by."""
    write(paper.add_paragraph(), words("report.nation", {}), bold=True, align=CENTRE)
    write(paper.add_paragraph(), words("report.motto", {}), bold=True, align=CENTRE, size=14).underline = True
    space(add_text(paper, heading(document, words), bold=True, align=CENTRE, size=14), before=14)
    space(add_text(paper, about(document, words), bold=True, align=CENTRE, size=14), after=8)
    box = new_table(paper, (INNER,), rows=1).cell(0, 0)
    write(box.paragraphs[0], words(f"report.standing.{document.standing}", {}), bold=True, align=CENTRE, size=14)
    write(box.add_paragraph(), words(f"report.standing.{document.standing}.means", {}), align=CENTRE, size=12)
    space(box.paragraphs[0], before=4)
    space(box.paragraphs[-1], after=4)
    frame(box)


def _about(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write who is assessed, where, by which rules, and how far the sheet has come."""
    name = add_text(paper, subject_line(document, words), bold=True)
    space(name, before=10, after=3)
    for text in lines_about(document, words):
        space(add_text(paper, text), after=3)
    space(paper.paragraphs[-1], after=8)


def _table(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write all indicators under their criteria, and the total."""
    rows = 2 + sum(1 + len(criterion.lines) for criterion in document.criteria)
    table = new_table(paper, COLUMNS if document.level is None else LEVEL_COLUMNS, rows)
    cells = cell_rows(table)
    for cell, name in zip(cells[0], columns(document, words), strict=True):
        write(cell.paragraphs[0], name, bold=True, align=CENTRE)
        shade(cell)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001 (no public way to repeat it)
    position = 1
    for criterion in document.criteria:
        number, title, last, points, rest = cells[position]
        title.merge(last)
        write(number.paragraphs[0], criterion.number, bold=True, align=CENTRE)
        write(title.paragraphs[0], criterion.title, bold=True)
        write(points.paragraphs[0], criterion_worth(criterion, document, words), bold=True, align=CENTRE)
        for cell in (number, title, points, rest):
            shade(cell)
            cell.paragraphs[0].paragraph_format.keep_with_next = True
        position += 1
        for line in criterion.lines:
            _line(cells[position], line)
            position += 1
    first, _, before_points, points, last = cells[position]
    first.merge(before_points)
    points.merge(last)
    write(first.paragraphs[0], words("report.total", {}), bold=True)
    write(points.paragraphs[0], document.total_text, bold=True)
    for cell in (first, points):
        shade(cell)
    for row in cells:
        for cell in row:
            space(cell.paragraphs[0], before=2)
            space(cell.paragraphs[-1], after=2)


def _line(cells: Sequence[_Cell], line: SheetLine) -> None:
    """Write one indicator."""
    number, name, answer, points, reason = cells
    write(number.paragraphs[0], line.number, align=CENTRE)
    write(name.paragraphs[0], line.name, bold=True)
    if line.question:
        write(name.add_paragraph(), line.question, size=SMALL)
    write(answer.paragraphs[0], line.answer)
    write(points.paragraphs[0], out_of(line.points, line.max_points), align=CENTRE)
    write(reason.paragraphs[0], line.reason)
    if line.article:
        write(reason.add_paragraph(), line.article, size=SMALL)


def _verdict(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write the provisional title, the way up and the note; the last of them stays with the signatures."""
    result = words("report.result", {"title": document.result})
    space(add_text(paper, result, bold=True, size=14), before=12, keep=True)
    if document.result_means:
        space(add_text(paper, document.result_means), keep=True)
    last_part = [add_text(paper, words("report.provisional", {}))]
    if document.way_up:
        last_part = [add_text(paper, words("report.way_up", {}), bold=True)]
        space(last_part[0], before=8)
        for number, text in enumerate(document.way_up):
            last_part.append(paper.add_paragraph(style="List Bullet" if number else None))
            write(last_part[-1], text)
    if document.note:
        last_part = [add_text(paper, words("report.note", {}), bold=True), add_text(paper, document.note)]
        space(last_part[0], before=8)
    for paragraph in last_part:
        space(paragraph, keep=True)


def _signatures(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write where both sides sign; the table is kept on one page."""
    space(paper.add_paragraph(), keep=True)
    table = new_table(paper, (INNER // 2, INNER // 2), rows=1, ruled=False)
    for cell, who in zip(cell_rows(table)[0], SIGNATURES[document.kind], strict=True):
        write(cell.paragraphs[0], words("report.signature.date", {}), align=CENTRE)
        write(cell.add_paragraph(), words(who, {}), bold=True, align=CENTRE)
        how = cell.add_paragraph()
        write(how, words("report.signature.how", {}), align=CENTRE)
        space(how, after=84)


def _foot(paper: DocxDocument, document: SheetDocument, words: Translate) -> None:
    """Write whose rules these are, the check code, and the page."""
    texts = [words(f"report.standing.{document.standing}", {})]
    if document.check_code:
        texts.append(words("report.check_code", {"code": document.check_code}))
    texts.append(words("report.printed_on", {"date": document.printed_on}))
    paragraph = paper.sections[0].footer.paragraphs[0]
    paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(INNER), WD_TAB_ALIGNMENT.RIGHT)
    write(paragraph, " · ".join(texts) + "\t", size=10)
    page, pages = _FIELDS
    sentence = words("report.page", {"page": page, "pages": pages})
    for part in re.split(f"([{page}{pages}])", sentence):
        if part in _FIELDS:
            field(paragraph, _FIELDS[part])
        elif part:
            write(paragraph, part, size=10)
