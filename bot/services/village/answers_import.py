"""A workbook of answers that came back: what its rows would change, and recording it as the village head's answers."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from bot.dialogs.facts import AssessmentState
from bot.dialogs.kinds import answer_words
from bot.dialogs.places import Place
from bot.dialogs.screens import Say, say
from bot.dialogs.village.cells import is_same, mark_of, understood
from bot.dialogs.village.facts import Side
from bot.dialogs.village.import_facts import Import, ImportConflict, ImportKind, ImportState
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.dialogs.village.sides import Given
from bot.ports import Upload
from bot.ports.village.answers import FiledAnswer, FiledCell, FiledRow, HamletSheet
from bot.ports.village.filed_rows import decode_row
from bot.ports.village.imports import Applying, Decisions, ImportFiles, Matched, ReadFile, RowProblem
from bot.scoring.judging import fits
from bot.scoring.model import Answer, CriteriaSet, Indicator, Text
from bot.services.village.asker import Asker
from bot.services.village.file_kinds import Chunk
from bot.services.village.rescoring import rescore

CONFLICTS_KEPT: Final = 200
_LOCKED: Final[Mapping[AssessmentState, str]] = {
    AssessmentState.HANDED_IN: "answers.state.handed_in",
    AssessmentState.CONFIRMED: "answers.state.confirmed",
    AssessmentState.APPRAISED: "answers.state.confirmed",
    AssessmentState.RECOGNISED: "answers.state.confirmed",
    AssessmentState.NOT_RECOGNISED: "answers.state.confirmed",
}


@dataclass(slots=True)
class Judged:
    """What one row would do."""

    answers: list[FiledAnswer] = field(default_factory=list)
    """To be recorded, also where a family's own answer stays beside it."""
    conflicts: list[ImportConflict] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    is_new: bool = False
    """Whether a sheet is begun for it."""


class FiledAnswersKind:
    """Workbooks of answers; see file_kinds.FileKind."""

    kind = ImportKind.ANSWERS

    def __init__(self, files: ImportFiles) -> None:
        self.files = files

    async def match(self, asker: Asker, upload: Upload, read: ReadFile, decided: Decisions) -> Matched:
        """Say what would become of the rows; see file_kinds.FileKind."""
        rows = [decode_row(row) for row in read.rows]
        if not rows:
            why = say("answers.refused.no_changes" if not read.problems else "answers.refused.no_rows")
            return _refused(upload, why)
        found = await _basis(asker, rows[0])
        if isinstance(found, Say):
            return _refused(upload, found)
        place, criteria = found
        sheets = {each.subject_id: each for each in await asker.work.filed.hamlet(place.id, rows[0].kind, asker.year)}
        judged = [judge(row, sheets.get(row.subject_id), criteria, decided.theirs) for row in rows]
        problems = tuple(problem for each in judged for problem in each.problems)
        conflicts = tuple(conflict for each in judged for conflict in each.conflicts)
        changing = [each for each in judged if each.answers]
        if not (changing or conflicts or problems or read.problems):
            return _refused(upload, say("answers.refused.no_changes"))
        summary = Import(
            upload.id,
            ImportKind.ANSWERS,
            ImportState.READ,
            place.id,
            place.name,
            read=len(rows),
            new=sum(each.is_new for each in changing),
            updated=sum(not each.is_new for each in changing),
            unchanged=sum(not (each.answers or each.conflicts or each.problems) for each in judged),
            conflicts=conflicts[:CONFLICTS_KEPT],
            answers=sum(len(each.answers) for each in judged),
        )
        return Matched(summary, problems)

    async def apply(self, asker: Asker, applying: Applying, rows: Sequence[str]) -> Chunk:
        """Record the next rows; see file_kinds.FileKind."""
        read = [decode_row(row) for row in rows]
        found = await _basis(asker, read[0]) if read else say("answers.refused.no_changes")
        if isinstance(found, Say):
            return Chunk(left_alone=len(read))
        place, criteria = found
        sheets = {each.subject_id: each for each in await asker.work.filed.hamlet(place.id, read[0].kind, asker.year)}
        judged = [judge(row, sheets.get(row.subject_id), criteria, applying.decided.theirs) for row in read]
        answers = [answer for each in judged for answer in each.answers]
        if answers:
            rules = criteria.id, criteria.version
            try:
                await asker.work.filed.write(
                    asker.person.person_id, place.id, asker.year, rules, answers, asker.now, asker.today
                )
            except PermissionError:
                return Chunk(left_alone=len(read))
            await rescore(asker.work, asker.book)
        changing = [each for each in judged if each.answers]
        new = sum(each.is_new for each in changing)
        return Chunk(new, len(changing) - new, sum(bool(each.problems) and not each.answers for each in judged))


async def _basis(asker: Asker, row: FiledRow) -> tuple[Place, CriteriaSet] | Say:
    """The hamlet and the rules of a workbook, or why it cannot be taken now."""
    place = await asker.place(row.place_id) if row.place_id else None
    if place is None:
        return say("answers.refused.not_yours")
    if row.year != asker.year:
        return say("answers.refused.other_year", year=str(row.year), current=str(asker.year))
    criteria = asker.book.in_force(row.kind, None, place.path, asker.today)
    if criteria is None or criteria.is_structure_only:
        return say("answers.refused.no_rules")
    if (criteria.id, criteria.version) != (row.set_id, row.set_version):
        older = asker.book.find(row.set_id, row.set_version)
        title = Text(row.set_id) if older is None else older.title
        return say("answers.refused.other_rules", title=title, current=criteria.title)
    return place, criteria


def _refused(upload: Upload, why: Say) -> Matched:
    return Matched(Import(upload.id, ImportKind.ANSWERS, ImportState.REFUSED, problems=(why,), problem_count=1))


def judge(row: FiledRow, sheet: HamletSheet | None, criteria: CriteriaSet, taken: Collection[str] = ()) -> Judged:
    """Say what a row would do to the sheet of its household.

    Args:
        sheet: as it is now; None: the household is not on the roll of this hamlet.
        taken: conflicts with answers of the head's own in which the workbook's is taken: see ImportConflict.key.
    """
    judged = Judged()
    if not row.cells:
        return judged
    why = _why_not(row, sheet, criteria)
    if why is not None or sheet is None:
        judged.problems.append(RowProblem(row.sheet, row.cells[0].cell, why or say("answers.question.unknown")))
        return judged
    judged.is_new = not sheet.assessment_id
    for cell in row.cells:
        _judge_cell(judged, row, cell, sheet, criteria, taken)
    if not judged.answers:
        judged.conflicts = [replace(each, is_alone=True) for each in judged.conflicts]
    return judged


def _why_not(row: FiledRow, sheet: HamletSheet | None, criteria: CriteriaSet) -> Say | None:
    if sheet is None:
        return say("answers.row.unknown", name=row.name)
    if sheet.left_on is not None:
        return say("answers.row.moved_away", name=row.name)
    if sheet.state in _LOCKED:
        return say("answers.row.locked", name=row.name, state=say(_LOCKED[sheet.state]))
    if not sheet.takes((criteria.id, criteria.version)):
        return say("answers.row.other_rules", name=row.name)
    return None


def _judge_cell(
    judged: Judged, row: FiledRow, cell: FiledCell, sheet: HamletSheet, criteria: CriteriaSet, taken: Collection[str]
) -> None:
    indicator = criteria.indicator(cell.indicator)
    if indicator is None:
        judged.problems.append(RowProblem(row.sheet, cell.cell, say("answers.question.unknown")))
        return
    new = understood(indicator, sheet.profile, cell.value)
    if isinstance(new, Say):
        judged.problems.append(RowProblem(row.sheet, cell.cell, new))
        return
    standing = sheet.answers.get(cell.indicator)
    by_side = {each.side: each.answer for each in _given(sheet, cell.indicator)}
    own, family = by_side.get(Side.HEAD), by_side.get(Side.SUBJECT)
    if is_same(new, own) or (own is None and is_same(new, family)):
        return
    over = standing.answer if standing is not None and not fits(indicator, standing.answer, sheet.profile) else None
    if own is not None and mark_of(own) != cell.mark and own != over:
        judged.conflicts.append(_conflict(row, indicator, own, new, Side.HEAD))
        if judged.conflicts[-1].key not in taken:
            return
    elif family is not None and family != over:
        judged.conflicts.append(_conflict(row, indicator, family, new, Side.SUBJECT))
    judged.answers.append(FiledAnswer(row.subject_id, cell.indicator, new, over))


def _given(sheet: HamletSheet, indicator: str) -> Iterator[Given]:
    for each in (sheet.answers, sheet.differing):
        if indicator in each:
            yield each[indicator]


def _conflict(row: FiledRow, indicator: Indicator, ours: Answer, theirs: Answer, side: Side) -> ImportConflict:
    said, filed = (say("answers.said", answer=answer_words(indicator.rule, each)) for each in (ours, theirs))
    return ImportConflict(row.subject_id, row.name, indicator.id, ours, theirs, side, indicator.short, said, filed)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Of applied answers, add which sheets are complete now; the file itself is told by `imports`."""
    found = facts.upload
    if found is None or found.kind is not ImportKind.ANSWERS or found.state is not ImportState.APPLIED:
        return facts
    if await asker.place(found.place_id) is None:
        return facts
    ready = await asker.work.filed.ready(found.place_id, asker.year)
    return replace(facts, upload=replace(found, ready=ready))
