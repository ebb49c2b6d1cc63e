"""What a turn of the village needs besides its effects: the rules that sheets open under, codes of households."""

from __future__ import annotations

from bot.dialogs.facts import Facts
from bot.ports import Turn
from bot.services.village.asker import Asker
from bot.services.village.bulk import answering_many
from bot.services.village.codes import with_codes
from bot.services.village.visits import opening


async def completed(asker: Asker, turn: Turn, facts: Facts) -> Turn:
    """Add to a turn what its effects cannot know."""
    turn = await answering_many(asker, turn)
    turn = await with_codes(asker, turn, facts)
    return await opening(asker, turn, facts)
