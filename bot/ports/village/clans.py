"""Clans and their member households."""

from __future__ import annotations

from typing import Protocol

from bot.dialogs.village.facts import Asking, ClanHousehold


class Clans(Protocol):
    """Clans and their member households."""

    async def linked(self, clan_id: int) -> tuple[ClanHousehold, ...]:
        """Households that a clan asked, by name, with what they said; those that left a roll are not among them."""

    async def found(self, clan_id: int, place_id: int, letters: str, limit: int) -> tuple[ClanHousehold, ...]:
        """Households on the roll of a hamlet whose name or number has the letters, in the order of the roll."""

    async def asking(self, person_id: int) -> tuple[Asking, ...]:
        """Clans that asked a household of a person, those without an answer first, then the newest."""

    async def counted(self, clan_id: int, year: int) -> tuple[int, int]:
        """Of the households that agreed: those with a title of a year, confirmed or better, and all of them."""
