"""What a turn of the village needs besides its effects: the rules that sheets open under, codes of households."""

from __future__ import annotations

from bot.dialogs.facts import Facts
from bot.ports import Turn
from bot.services.village.asker import Asker


async def completed(asker: Asker, turn: Turn, facts: Facts) -> Turn:
    """Add to a turn what its effects cannot know."""
    return turn
