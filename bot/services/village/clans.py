"""Clans and their member households: what the rooms of the village are told of it."""

from __future__ import annotations

from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.services.village.asker import Asker


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    return facts
