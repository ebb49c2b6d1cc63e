"""Rolls and answers that were sent in as files: what the rooms of the village are told of it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import PlacePage
from bot.dialogs.village.import_facts import ImportKind
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.services.village.asker import Asker

HAMLETS_A_PAGE = 6
_ROLES = (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it: only of files that the person sent in, for places of their roles."""
    if wanted.upload_id is None or not asker.person.roles:
        return facts
    found = await asker.work.imports.upload(wanted.upload_id, asker.person.person_id)
    if found is None:
        return facts
    facts = replace(facts, upload=found)
    if found.place_id:
        if await asker.place(found.place_id, *_ROLES) is None:
            return replace(facts, upload=None)
        # Who is village head there goes on to its list.
        facts = replace(facts, place=await asker.place(found.place_id))
    if found.kind is ImportKind.ROLL and found.wants_place and wanted.upload_hamlets is not None:
        facts = replace(facts, hamlets=await _hamlets(asker, wanted.upload_hamlets), found_hamlets=None)
        if wanted.found_hamlets is not None:
            facts = replace(facts, found_hamlets=await _hamlets(asker, wanted.found_hamlets))
    return facts


async def _hamlets(asker: Asker, wanted: tuple[str, int]) -> PlacePage:
    letters, page = wanted
    paths = tuple(role.place.path for role in asker.person.roles if role.kind in _ROLES)
    return await asker.work.records.find_places("hamlet", letters, page, HAMLETS_A_PAGE, asker.today, paths)
