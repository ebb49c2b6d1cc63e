"""Rolls as the services need them; see ports.village.imports.ImportFiles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.ports.village.imports import ReadFile, UnreadableFile
from bot.reports.roll_files.reading import read_roll


class RollFiles:
    """Reads rolls.

    Args:
        today: the local day, by which adults and children are counted where a file lists persons.
    """

    def __init__(self, today: Callable[[], date]) -> None:
        self._today = today

    def is_own(self, data: bytes, name: str) -> bool:
        """A roll has no marker: it is whatever is nothing else."""
        return True

    def read(self, data: bytes, name: str) -> ReadFile | UnreadableFile:
        """Read a roll; see ports.village.imports.ImportFiles."""
        return read_roll(data, name, self._today().year)
