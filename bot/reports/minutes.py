"""The minutes of a village meeting as a draft: DOCX, set as Nghị định 30/2020/NĐ-CP sets official papers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from docx.document import Document as DocxDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from bot.dialogs.places import Place
from bot.dialogs.screens import Param, say
from bot.dialogs.village.facts import HouseholdQuery, MeetingRecord
from bot.i18n import Translator
from bot.ports import Document, PersonRecord
from bot.ports.village.reviews import SheetRow
from bot.reports.docx_parts import (
    CENTRE,
    INNER,
    add_text,
    cell_rows,
    field,
    new_paper,
    new_table,
    packed,
    shade,
    space,
    write,
)
from bot.reports.file_names import file_name
from bot.reports.village_source import VillageSource
from bot.scoring.model import CriteriaSet, Standing, SubjectKind
from bot.services.rules import Rulebook

MIME: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
COLUMNS: Final = (14, 20, 76, 20, 35)
"""Widths of the list's columns, mm."""
INDENT: Final = Mm(10)
RIGHT_HALF: Final = 95
"""Width of the nation's name and motto, mm."""
LETTER: Final = 2.3
"""About how wide a letter is, mm; the rule below the motto is as long as it, that below the name less than half."""
_LONGEST_ID: Final = 18


@dataclass(frozen=True, slots=True)
class MinutesGroup:
    """The sheets of one kind of subject that come to one title, in the order of the roll."""

    kind: SubjectKind
    title: str
    rows: tuple[SheetRow, ...]


@dataclass(frozen=True, slots=True)
class Minutes:
    """Everything that the minutes say."""

    place: Place
    year: int
    meeting: MeetingRecord
    groups: tuple[MinutesGroup, ...]
    standing: Standing
    left_open: int
    """Households on the roll that have not handed in."""
    printed_on: date


async def made(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Make the minutes of a meeting of one of the person's hamlets, with the sheets as they are now.

    Args:
        of: the meeting's id.
    Raises: ValueError: there is no such meeting, or it is none of this person's places.
    """
    meeting_id = int(of) if of.isascii() and of.isdigit() and len(of) <= _LONGEST_ID else 0
    async with source.asked_by(person, at) as asker:
        settled = await asker.work.reviews.settled(meeting_id)
        place = await asker.place(settled.place_id) if settled is not None else None
        if settled is None or place is None:
            raise ValueError(f"no meeting {of!r} for person {person.person_id}")
        sheets = await asker.work.reviews.sheets(place.id, settled.year, asker.today)
        listed = await asker.work.roll.households(HouseholdQuery(place.id), settled.year)
    groups = grouped(sheets, source.rulebook, words)
    handed_in = {row.subject_id for row in sheets if row.kind is SubjectKind.HOUSEHOLD}
    minutes = Minutes(
        place,
        settled.year,
        settled.meeting,
        groups,
        _standing(sheets, source.rulebook),
        max(0, sum(listed.counts.values()) - len(handed_in)),
        source.today(at),
    )
    data = await source.drawn(minutes_docx, minutes, words)
    name = file_name(words.text("minutes.file", {"place": place.name, "year": str(settled.year)}), "docx")
    return Document(name, MIME, data, say("minutes.caption"))


def grouped(sheets: Sequence[SheetRow], rulebook: Rulebook, words: Translator) -> tuple[MinutesGroup, ...]:
    """Put sheets together by kind and title: the best title of a set first, those without one last."""
    groups: dict[tuple[SubjectKind, int, str], list[SheetRow]] = {}
    for row in sheets:
        criteria = rulebook.get(row.set_id, row.set_version)
        rank, title = _title(row, criteria, words)
        groups.setdefault((row.kind, rank, title), []).append(row)
    kinds = tuple(dict.fromkeys(row.kind for row in sheets))
    ordered = sorted(groups.items(), key=lambda item: (kinds.index(item[0][0]), item[0][1]))
    return tuple(MinutesGroup(kind, title, tuple(rows)) for (kind, _, title), rows in ordered)


def _title(row: SheetRow, criteria: CriteriaSet, words: Translator) -> tuple[int, str]:
    if not row.is_complete:
        return len(criteria.titles) + 1, words.text("review.not_complete")
    for rank, title in enumerate(criteria.titles):
        if title.id == row.title_id:
            return rank, words.say(title.name)
    return len(criteria.titles), words.say(criteria.not_reached)


def _standing(sheets: Sequence[SheetRow], rulebook: Rulebook) -> Standing:
    """The least of the standings: what is said must be true of every sheet in the list."""
    found = {rulebook.get(row.set_id, row.set_version).standing for row in sheets}
    return next((each for each in (Standing.SAMPLE, Standing.LOCAL) if each in found), Standing.OFFICIAL)


# --- the paper --------------------------------------------------------------------------------------------------------


def minutes_docx(minutes: Minutes, words: Translator) -> bytes:
    """Set the minutes as DOCX; the same minutes always give the same bytes."""
    title = words.text("minutes.file", {"place": minutes.place.name, "year": str(minutes.year)})
    paper = new_paper(words.locale, title, minutes.printed_on)
    _head(paper, minutes, words)
    _contents(paper, minutes, words)
    for group in minutes.groups:
        _list(paper, group, words)
    _end(paper, minutes, words)
    _signatures(paper, words)
    _page_number(paper)
    return packed(paper, minutes.printed_on)


def _head(paper: DocxDocument, minutes: Minutes, words: Translator) -> None:
    """Who writes on the left, the nation and the day on the right; then what it is.

    Number and day stay blank: this is a draft, and a hamlet issues no numbered papers by itself.
    """
    head = cell_rows(new_table(paper, (INNER - RIGHT_HALF, RIGHT_HALF), rows=1, ruled=False))[0]
    left, right = head
    above = minutes.place.within.split(",", maxsplit=1)[0].strip()
    write(left.paragraphs[0], above.upper(), align=CENTRE, size=12)
    name = minutes.place.name.upper()
    write(left.add_paragraph(), name, bold=True, align=CENTRE, size=12)
    _ruled(left, INNER - RIGHT_HALF, max(8, len(name) * LETTER / 2.5))
    _write_below(left, words.text("minutes.number"), size=13, before=6)
    write(right.paragraphs[0], words.text("report.nation"), bold=True, align=CENTRE, size=12)
    motto = words.text("report.motto")
    write(right.add_paragraph(), motto, bold=True, align=CENTRE, size=13)
    _ruled(right, RIGHT_HALF, len(motto) * LETTER)
    day = {"place": minutes.place.name, "day": ".....", "month": ".....", "year": str(minutes.year)}
    _write_below(right, words.text("minutes.date", day), size=13, before=6, italic=True)
    draft = add_text(paper, words.text("minutes.draft"), bold=True, size=12)
    space(draft, before=6)
    space(add_text(paper, words.text("minutes.heading"), bold=True, align=CENTRE, size=14), before=10)
    about = words.text("minutes.about", {"year": str(minutes.year)})
    space(add_text(paper, about, bold=True, align=CENTRE, size=14), after=10)


def _ruled(cell: _Cell, width: int, mm: float) -> None:
    """Draw a rule below the last line of a cell, in the middle of its width."""
    rule = cell.add_paragraph()
    write(rule, "", align=CENTRE, size=2)
    form = rule.paragraph_format
    form.left_indent = form.right_indent = Mm((width - mm) / 2)
    form.line_spacing = Pt(4)
    borders, line = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
    properties = rule._p.get_or_add_pPr()  # noqa: SLF001 (no public way to rule a paragraph)
    properties.insert_element_before(borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc")


def _write_below(cell: _Cell, text: str, *, size: float, before: float, italic: bool = False) -> None:
    paragraph = cell.add_paragraph()
    write(paragraph, text, align=CENTRE, size=size).italic = italic
    space(paragraph, before=before)


def _contents(paper: DocxDocument, minutes: Minutes, words: Translator) -> None:
    """When, who, how the vote went; what nobody told is left to be filled in by hand."""
    meeting = minutes.meeting
    abstained = meeting.present - meeting.in_favour - meeting.against
    said: Sequence[tuple[str, Mapping[str, Param]]] = (
        ("minutes.when", {"day": meeting.day}),
        ("minutes.where", {}),
        ("minutes.who", {"present": meeting.present}),
        ("minutes.chair", {}),
        ("minutes.contents", {"year": str(minutes.year), "place": minutes.place.name}),
        ("minutes.votes", {"in_favour": meeting.in_favour, "against": meeting.against, "abstained": abstained}),
    )
    for code, params in said:
        _body(paper, words.text(code, params))
    _body(paper, words.text("minutes.result"), bold=True, keep=True)
    if not minutes.groups:
        _body(paper, words.text("minutes.nobody"))


def _body(paper: DocxDocument, text: str, *, bold: bool = False, keep: bool = False) -> Paragraph:
    """A paragraph of the text: justified, its first line indented."""
    paragraph = add_text(paper, text, bold=bold, size=14, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
    paragraph.paragraph_format.first_line_indent = INDENT
    space(paragraph, before=6, keep=keep)
    return paragraph


def _list(paper: DocxDocument, group: MinutesGroup, words: Translator) -> None:
    """One title with everybody who comes to it."""
    kind = words.text(f"sheets.kind.{group.kind}")
    title = words.text("minutes.group", {"kind": kind, "title": group.title}, len(group.rows))
    space(_body(paper, title, bold=True, keep=True), after=4)
    cells = cell_rows(new_table(paper, COLUMNS, rows=len(group.rows) + 1))
    names = ("number", "roll", "name", "total", "state")
    for cell, name in zip(cells[0], names, strict=True):
        write(cell.paragraphs[0], words.text(f"minutes.column.{name}"), bold=True, align=CENTRE, size=12)
        shade(cell)
    repeated = OxmlElement("w:tblHeader")
    cells[0][0]._tc.getparent().get_or_add_trPr().append(repeated)  # noqa: SLF001 (no public way to repeat a row)
    for number, (row, line) in enumerate(zip(group.rows, cells[1:], strict=True), 1):
        total = "" if row.total is None else words.param(row.total)
        texts = (str(number), row.number, row.name, total, words.text(f"minutes.state.{row.state}"))
        for at, (cell, text) in enumerate(zip(line, texts, strict=True)):
            write(cell.paragraphs[0], text, align=None if at in (2, 4) else CENTRE, size=12)
    for line in cells:
        for cell in line:
            space(cell.paragraphs[0], before=2, after=2)


def _end(paper: DocxDocument, minutes: Minutes, words: Translator) -> None:
    """Totals, whose rules the titles are by, and the last sentence."""
    total = sum(len(group.rows) for group in minutes.groups)
    if total:
        _body(paper, words.text("minutes.total", None, total), bold=True)
    if minutes.left_open:
        _body(paper, words.text("minutes.left_open", None, minutes.left_open))
    _body(paper, words.text(f"minutes.standing.{minutes.standing}"))
    _body(paper, words.text("report.provisional"))
    space(_body(paper, words.text("minutes.end"), keep=True), after=12)


def _signatures(paper: DocxDocument, words: Translator) -> None:
    """Where the secretary, the people and the chair sign."""
    width = INNER // 3
    cells = cell_rows(new_table(paper, (width, width, width), rows=1, ruled=False))[0]
    for cell, who in zip(cells, ("secretary", "people", "chairman"), strict=True):
        write(cell.paragraphs[0], words.text(f"minutes.{who}"), bold=True, align=CENTRE, size=13)
        sign = cell.add_paragraph()
        write(sign, words.text("minutes.sign"), align=CENTRE, size=12).italic = True
        space(sign, after=70)


def _page_number(paper: DocxDocument) -> None:
    """Number the pages at the top, in the middle, from the second one on."""
    section = paper.sections[0]
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    paragraph.alignment = CENTRE
    field(paragraph, "PAGE", size=13)
