"""The criteria sets that come with the package."""

from __future__ import annotations

from functools import cache
from importlib import resources

from bot.scoring.errors import BrokenCriteria
from bot.scoring.model import CriteriaSet
from bot.scoring.parser import parse


@cache
def load_shipped() -> tuple[CriteriaSet, ...]:
    """Read every shipped set, in the order of the file names.

    Raises: BrokenCriteria: a file has problems; the message holds all of them.
    """
    files = sorted(resources.files("bot.scoring").joinpath("criteria").iterdir(), key=lambda file: file.name)
    return tuple(read_shipped(file.name, file.read_bytes()) for file in files if file.name.endswith(".toml"))


def read_shipped(name: str, source: bytes) -> CriteriaSet:
    """Read one set that must be sound.

    Raises: BrokenCriteria: it has problems.
    """
    result = parse(source, name)
    if isinstance(result, CriteriaSet):
        return result
    raise BrokenCriteria("\n".join(problem.sentence() for problem in result))
