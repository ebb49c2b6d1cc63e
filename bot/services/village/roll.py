"""The roll of a hamlet, and what is done to it: what the rooms of the village are told of it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    RoleKind,
    Subject,
)
from bot.dialogs.path import asked, open_questions
from bot.dialogs.places import PlacePage
from bot.dialogs.village.facts import HouseholdDetail, HouseholdPage, HouseholdQuery
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.ports.village.roll import RollEntry
from bot.services.village.asker import Asker

HAMLETS_A_PAGE = 6


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    if wanted.place_id is not None:
        kinds = (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)
        facts = replace(facts, place=await asker.place(wanted.place_id, *kinds))
    if wanted.hamlets is not None:
        facts = replace(facts, hamlets=await _hamlets(asker, wanted.hamlets, wanted.hamlets_of))
    if wanted.found_hamlets is not None:
        facts = replace(facts, found_hamlets=await _hamlets(asker, wanted.found_hamlets, wanted.hamlets_of))
    if wanted.households is not None:
        facts = replace(facts, households=await _households(asker, wanted.households))
    if wanted.searched is not None:
        facts = replace(facts, searched=await _households(asker, wanted.searched))
    if wanted.household is not None:
        facts = replace(facts, household=await _household(asker, wanted.household))
    if wanted.target is not None:
        facts = replace(facts, target=await _household(asker, wanted.target))
    return facts


async def _hamlets(asker: Asker, wanted: tuple[str, int], role: str) -> PlacePage:
    letters, page = wanted
    paths = tuple(each.place.path for each in asker.person.roles if each.kind == role)
    return await asker.work.records.find_places("hamlet", letters, page, HAMLETS_A_PAGE, asker.today, paths)


async def _households(asker: Asker, query: HouseholdQuery) -> HouseholdPage | None:
    place = await asker.place(query.place_id)
    return None if place is None else await asker.work.roll.households(replace(query, place_id=place.id), asker.year)


async def _household(asker: Asker, subject_id: int) -> HouseholdDetail | None:
    entry = await asker.work.roll.household(subject_id, asker.year, asker.now)
    return None if entry is None or not asker.holds(entry.place.path) else _counted(asker, entry)


def _counted(asker: Asker, entry: RollEntry) -> HouseholdDetail:
    """Say what only the rules can tell: how many questions there are, how many are answered, and the title."""
    detail, book = entry.detail, asker.book
    has_sheet = bool(detail.line.assessment_id)
    in_force = book.in_force(detail.kind, entry.group, entry.place.path, asker.today)
    criteria = book.find(entry.set_id, entry.set_version) if has_sheet else in_force
    if criteria is None:
        return detail
    subject = Subject(detail.line.subject_id, detail.kind, detail.line.name, entry.place, entry.told, entry.group)
    sheet = Assessment(detail.line.assessment_id, asker.year, criteria, entry.answers or {}, AssessmentState.DRAFT)
    questions = len(asked(sheet, subject))
    title = next((each.name for each in criteria.titles if each.id == detail.line.title_id), None)
    return replace(detail, questions=questions, answered=questions - len(open_questions(sheet, subject)), title=title)
