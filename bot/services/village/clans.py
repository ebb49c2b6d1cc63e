"""Clans and their member households: what the rooms of the village are told of it."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.village.facts import ClanPage
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.scoring.model import SubjectKind
from bot.services.village.asker import Asker

MOST_FOUND = 8
"""Households shown to letters; more letters find fewer."""


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load the households of the person's own clan, and which clans ask the person's own household."""
    if wanted.clan is not None:
        facts = replace(facts, clan=await _page(asker, wanted.clan[0]))
    if wanted.asking is not None:
        asking = await asker.work.clans.asking(asker.person.person_id)
        meant = [each for each in asking if each.clan_id == wanted.asking] or list(asking[:1])
        others = tuple(each for each in asking if each not in meant)
        facts = replace(facts, asking=replace(meant[0], others=others) if meant else None)
    return facts


async def _page(asker: Asker, letters: str) -> ClanPage | None:
    """Only whoever stands for the clan sees its households; a village head at work on its sheet does not."""
    clan = asker.person.subject
    if clan is None or clan.kind is not SubjectKind.CLAN or asker.person.is_visiting:
        return None
    linked = await asker.work.clans.linked(clan.id)
    if not letters:
        return ClanPage(clan.name, linked)
    return ClanPage(clan.name, linked, await asker.work.clans.found(clan.id, clan.place.id, letters, MOST_FOUND))
