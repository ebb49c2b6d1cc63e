"""Check a criteria file for the command line: sentences, one a problem."""

from __future__ import annotations

from bot.scoring.model import CriteriaSet
from bot.scoring.parser import parse


def check(source: str | bytes, name: str) -> tuple[str, ...]:
    """Say every problem of a criteria file with its line and how to mend it; nothing when it is sound."""
    result = parse(source, name)
    return () if isinstance(result, CriteriaSet) else tuple(problem.sentence() for problem in result)
