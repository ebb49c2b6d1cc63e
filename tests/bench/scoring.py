"""How long one scoring of a family's sheet takes."""

from __future__ import annotations

import timeit
from statistics import median

from bot.dialogs.verdict import sheet_of
from tests.bench.transcribing import last_answer, walk

REPEATS = 7


def scoring_us(scorings: int = 500) -> float:
    """Microseconds for one scoring of a sheet with every question answered, the way up to the next title included."""
    facts = walk(last_answer)[0].facts
    times = timeit.repeat(lambda: sheet_of(facts), number=scorings, repeat=REPEATS)
    return median(times) / scorings * 1e6
