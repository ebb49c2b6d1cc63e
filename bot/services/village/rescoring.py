"""Scoring again what changed outside of the sheet in hand: answers for many, imports, decisions."""

from __future__ import annotations

from bot.ports import Work
from bot.services.rules import Rulebook


async def rescore(work: Work, book: Rulebook) -> int:
    """Score every sheet whose answers changed since its total was kept, in the same transaction; returns how many."""
    return 0
