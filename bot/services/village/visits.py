"""Sheets that a village head works on for others: under which rules they open, and what was answered last year."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.effects import Effect, ShowAgain
from bot.dialogs.facts import Facts, HouseholdInvite
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.screens import say
from bot.dialogs.village.effects import JoinHousehold, Visit
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.ports import Turn
from bot.ports.village.visits import Visited
from bot.scoring.model import CriteriaSet
from bot.services.village.asker import Asker


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Add the sheet of an earlier year of the subject in hand; it was loaded with the person."""
    return replace(facts, last_year=asker.person.earlier) if wanted.last_year else facts


async def opening(asker: Asker, turn: Turn, facts: Facts) -> Turn:
    """Add the set under which the sheet of a visit, or of whoever arrives by a code, is opened.

    Where none may be opened nothing is taken up: the person reads why, where they stand.
    """
    effect = next((each for each in turn.effects if isinstance(each, Visit | JoinHousehold)), None)
    if effect is None:
        return turn
    subject_id = _subject_of(effect, facts)
    there = await asker.work.visits.subject(subject_id) if subject_id else None
    if there is None or (isinstance(effect, Visit) and not _may_visit(asker, there)):
        return _without(turn, effect, "village.gone")
    criteria: CriteriaSet | None = asker.book.in_force(there.kind, there.group, there.place.path, asker.today)
    if criteria is None or criteria.is_structure_only:
        return _without(turn, effect, "title.no_rules")
    return replace(turn, set_id=criteria.id, set_version=criteria.version, year=asker.year)


def _may_visit(asker: Asker, there: Visited) -> bool:
    return there.is_on_roll and there.kind not in OWN_PLACES and asker.holds(there.place.path)


def _subject_of(effect: Visit | JoinHousehold, facts: Facts) -> int:
    if isinstance(effect, Visit):
        return effect.subject_id
    return facts.invite.subject_id if isinstance(facts.invite, HouseholdInvite) else 0


def _without(turn: Turn, effect: Effect, code: str) -> Turn:
    kept = tuple(each for each in turn.effects if each is not effect)
    return replace(turn, effects=(*kept, ShowAgain(notice=say(code))))
