"""What the rooms are told of how far a hamlet is."""

from __future__ import annotations

from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.services.village.asker import Asker


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    return facts
