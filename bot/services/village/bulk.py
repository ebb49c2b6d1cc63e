"""One question for many households: what its room is told, and what its turns need."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.effects import AnswerForMany
from bot.dialogs.village.facts import BulkLine, BulkRoll
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.ports import Turn
from bot.ports.village.bulk import BulkRow
from bot.scoring.model import CriteriaSet, SubjectKind
from bot.services.rules import Rulebook
from bot.services.village.asker import Asker

_OPEN = (None, AssessmentState.DRAFT, AssessmentState.RETURNED)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load the households of a hamlet for one question, for its village head."""
    if wanted.bulk is None:
        return facts
    place_id, indicator = wanted.bulk
    place = await asker.place(place_id)
    if place is None:
        return facts
    criteria = _in_force(asker, place)
    rows = await asker.work.bulk.households(place.id, asker.year, indicator)
    lines = tuple(_line(row, indicator, criteria, asker.book) for row in rows)
    return replace(facts, bulk=BulkRoll(place.id, place.name, criteria, place.is_difficult_area, lines))


async def answering_many(asker: Asker, turn: Turn) -> Turn:
    """Add the set that sheets are opened under, or led over to, where a turn answers for many households."""
    effect = next((each for each in turn.effects if isinstance(each, AnswerForMany)), None)
    place = await asker.place(effect.place_id) if effect is not None else None
    criteria = _in_force(asker, place) if place is not None else None
    if criteria is None:
        return turn
    return replace(turn, set_id=criteria.id, set_version=criteria.version, year=asker.year)


def _in_force(asker: Asker, place: Place) -> CriteriaSet | None:
    criteria = asker.book.in_force(SubjectKind.HOUSEHOLD, None, place.path, asker.today)
    return criteria if criteria is not None and not criteria.is_structure_only else None


def _line(row: BulkRow, indicator: str, criteria: CriteriaSet | None, book: Rulebook) -> BulkLine:
    return BulkLine(
        row.subject_id,
        row.name,
        row.number,
        row.told,
        row.assessment_id,
        is_open=row.state in _OPEN,
        standing=row.standing,
        side=row.side,
        other=row.other,
        is_ready=row.is_complete and row.has_head and row.state is AssessmentState.DRAFT,
        has_question=_has_question(row, indicator, criteria, book),
    )


def _has_question(row: BulkRow, indicator: str, criteria: CriteriaSet | None, book: Rulebook) -> bool:
    """A draft is led over to the rules in force; a sheet that was returned keeps its own."""
    if criteria is None or row.state is not AssessmentState.RETURNED:
        return True
    own = book.find(row.set_id, row.set_version)
    asked, here = (each.indicator(indicator) if each is not None else None for each in (own, criteria))
    return asked is not None and here is not None and asked.rule == here.rule
