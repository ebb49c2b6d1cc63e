"""What the village's rooms may know: loaded part by part, never beyond the person's roles."""

from __future__ import annotations

from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.services.village import answers_import, bulk, clans, imports, invitations, reviews, roll, visits, watch, years
from bot.services.village.asker import Asker

_NOTHING = VillageNeeds()


async def know(asker: Asker, wanted: VillageNeeds) -> VillageFacts:
    """Load what the rooms ask for."""
    facts = VillageFacts()
    if wanted == _NOTHING:
        return facts
    for part in (roll, visits, bulk, reviews, invitations, clans, watch, years, imports, answers_import):
        facts = await part.know(asker, wanted, facts)
    return facts
