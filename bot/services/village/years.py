"""This year beside the last: one's own household's, or those of a hamlet that one is village head of."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.dialogs.village.year_facts import ComparedYears, YearChanges, YearResult, YearTurn
from bot.ports.village.years import SubjectYears, YearRecord, YearTitles
from bot.scoring.model import CriteriaSet, SubjectKind, Text
from bot.scoring.score import score
from bot.scoring.years import Turnout, compare_years, turnout_of
from bot.services.rules import Rulebook
from bot.services.village.asker import Asker

_OPEN: Final = (AssessmentState.DRAFT, AssessmentState.RETURNED)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    if wanted.earlier_of is not None:
        years = await asker.work.years.of_subject(wanted.earlier_of, asker.year, asker.person.person_id)
        if years is not None and (years.is_member or asker.holds(years.path)):
            facts = replace(facts, compared=compared(years, asker.book))
    if wanted.changes is not None:
        place = await asker.place(wanted.changes)
        if place is not None:
            lines = await asker.work.years.of_hamlet(place.id, SubjectKind.HOUSEHOLD, asker.year)
            facts = replace(facts, changes=changes(lines, place, asker.year))
    return facts


def compared(years: SubjectYears, book: Rulebook) -> ComparedYears:
    """Put a subject's two years beside each other, each under its own rules."""
    before, after = (_result(record, book, years) for record in (years.before, years.after))
    bare = ComparedYears(years.subject_id, years.name, years.number, years.is_member, before, after)
    if years.before is None or years.after is None:
        return bare
    old, new = _rules(years.before, book), _rules(years.after, book)
    if old is None or new is None:
        return bare
    sheet_before = score(old, years.before.answers, years.profile, old.valid_from)
    sheet_after = score(new, years.after.answers, years.profile, new.valid_from)
    comparison = compare_years(sheet_before, sheet_after, _turnout(years), years.profile, new.valid_from)
    kept = years.before.total
    return replace(bare, comparison=comparison, is_computed_otherwise=kept is not None and kept != sheet_before.total)


def changes(lines: tuple[YearTitles, ...], place: Place, year: int) -> YearChanges:
    """Count what became of the titles of a hamlet's households."""
    gained: list[YearTurn] = []
    lost: list[YearTurn] = []
    count = dict.fromkeys((Turnout.KEPT, Turnout.NEVER, "unfinished", "new", "rules"), 0)
    for line in lines:
        before, after = line.before, line.after
        is_finished = after is not None and _is_finished(after)
        if before is None or before.state in _OPEN:
            count["new"] += is_finished
            continue
        if after is not None:
            count["rules"] += (before.set_id, before.set_version) != (after.set_id, after.set_version)
        if after is None or not is_finished:
            count["unfinished"] += 1
            continue
        turn = YearTurn(line.subject_id, line.name, line.number, before.total, after.total)
        match turnout_of(_title(before), _title(after)):
            case Turnout.GAINED:
                gained.append(turn)
            case Turnout.LOST:
                lost.append(turn)
            case turnout:
                count[turnout] += 1
    return YearChanges(
        place.id,
        place.name,
        year,
        tuple(gained),
        tuple(lost),
        count[Turnout.KEPT],
        count[Turnout.NEVER],
        count["unfinished"],
        count["new"],
        bool(count["rules"]),
    )


def _turnout(years: SubjectYears) -> Turnout | None:
    before, after = years.before, years.after
    if before is None or after is None or before.state in _OPEN or not _is_finished(after):
        return None
    return turnout_of(_title(before), _title(after))


def _is_finished(record: YearRecord) -> bool:
    return record.is_complete or record.state not in _OPEN


def _title(record: YearRecord) -> str | None:
    return None if record.state is AssessmentState.NOT_RECOGNISED else record.title_id


def _rules(record: YearRecord, book: Rulebook) -> CriteriaSet | None:
    found = book.find(record.set_id, record.set_version)
    return None if found is None or found.is_structure_only else found


def _result(record: YearRecord | None, book: Rulebook, years: SubjectYears) -> YearResult | None:
    if record is None:
        return None
    criteria, title_id = _rules(record, book), _title(record)
    is_before = record is years.before
    if criteria is None:
        return YearResult(record.year, Text(title_id or "?"), record.total, is_finished=not is_before)
    title = next((each for each in criteria.titles if each.id == title_id), None)
    return YearResult(
        record.year,
        criteria.not_reached if title is None else title.name,
        record.total if criteria.is_by_points else None,
        criteria.max_total if criteria.is_by_points else Decimal(0),
        record.state not in _OPEN if is_before else _is_finished(record),
        record.state is AssessmentState.RECOGNISED,
        record.state in (*_OPEN, AssessmentState.HANDED_IN),
    )
