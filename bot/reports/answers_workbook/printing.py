"""The workbook of a hamlet's answers for its village head, made of the records as they are when it is sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.dialogs.facts import AssessmentState
from bot.dialogs.screens import say
from bot.dialogs.village.facts import HouseholdState, Side
from bot.i18n import Translator
from bot.ports import Document, PersonRecord
from bot.ports.village.answers import HamletSheet
from bot.reports.answers_workbook import AnswersRow, AnswersTable, write_answers
from bot.reports.file_names import file_name
from bot.reports.village_source import VillageSource
from bot.scoring.model import SubjectKind
from bot.services.village.asker import Asker

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_STATES: Final[Mapping[AssessmentState, HouseholdState]] = MappingProxyType(
    {
        AssessmentState.HANDED_IN: HouseholdState.HANDED_IN,
        AssessmentState.RETURNED: HouseholdState.TO_CHECK,
        AssessmentState.CONFIRMED: HouseholdState.CONFIRMED,
        AssessmentState.APPRAISED: HouseholdState.CONFIRMED,
        AssessmentState.RECOGNISED: HouseholdState.CONFIRMED,
        AssessmentState.NOT_RECOGNISED: HouseholdState.CONFIRMED,
    }
)
_DIGITS: Final = 15


async def made(source: VillageSource, person: PersonRecord, of: str, words: Translator, at: datetime) -> Document:
    """Write the workbook; see village_source.Maker.

    Args:
        of: the hamlet's id, or 'id/clan' for what else is assessed there.
    """
    async with source.asked_by(person, at) as asker:
        table = await _table(asker, of)
    data = await source.drawn(write_answers, table, words)
    name = file_name(words.text("answers.file", {"place": table.place}), "xlsx", str(table.year))
    return Document(name, _XLSX, data, say("answers.caption", place=table.place))


async def _table(asker: Asker, of: str) -> AnswersTable:
    digits, _, kind_name = of.partition("/")
    is_number = digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS
    kind = next((each for each in SubjectKind if each.value == (kind_name or "household")), None)
    place = await asker.place(int(digits)) if is_number and int(digits) else None
    if place is None or place.level != "hamlet" or kind is None:
        raise ValueError(f"person {asker.person.person_id} is no village head of {of!r}")
    criteria = asker.book.in_force(kind, None, place.path, asker.today)
    if criteria is None or criteria.is_structure_only:
        raise ValueError(f"no rules for a {kind} are in force at {of!r}")
    rules = criteria.id, criteria.version
    sheets = await asker.work.filed.hamlet(place.id, kind, asker.year)
    rows = tuple(_row(sheet, rules) for sheet in sheets if sheet.left_on is None and sheet.group is None)
    return AnswersTable(place.id, place.name, asker.year, criteria, asker.today, rows)


def _row(sheet: HamletSheet, rules: tuple[str, str]) -> AnswersRow:
    answers = {indicator: given.answer for indicator, given in sheet.answers.items()}
    # Where two answers wait for the reviewer, the village head sees the own one and goes on from there.
    answers |= {i: given.answer for i, given in sheet.differing.items() if given.side is Side.HEAD}
    return AnswersRow(
        sheet.subject_id,
        sheet.number,
        sheet.name,
        _state(sheet),
        sheet.profile,
        answers,
        sheet.takes(rules),
    )


def _state(sheet: HamletSheet) -> HouseholdState:
    if sheet.state in _STATES:
        return _STATES[sheet.state]
    if sheet.differing:
        return HouseholdState.TO_CHECK
    return HouseholdState.ANSWERING if sheet.answers else HouseholdState.UNANSWERED
