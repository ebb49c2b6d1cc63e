"""The roll of a hamlet, and what is done to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.dialogs.places import Place
from bot.dialogs.village.facts import HouseholdDetail, HouseholdPage, HouseholdQuery
from bot.scoring.model import Answer


@dataclass(frozen=True, slots=True)
class RollEntry:
    """One subject as it is stored, with what the service needs to say how far it is."""

    detail: HouseholdDetail
    """Without what only the rules can tell: how many questions, and the title in words."""
    place: Place
    group: str | None
    told: Mapping[str, int]
    set_id: str = ""
    set_version: str = ""
    """Of this year's sheet; empty while there is none."""
    answers: Mapping[str, Answer] | None = None


class Roll(Protocol):
    """The roll of a hamlet, and what is done to it."""

    async def households(self, query: HouseholdQuery, year: int) -> HouseholdPage:
        """A page of the roll of a hamlet, with the state of each in a year, and how many there are of each state.

        Whoever moved away or was merged into another line is not in it.
        """

    async def household(self, subject_id: int, year: int, now: datetime) -> RollEntry | None:
        """Everything about one subject in a year; None for one that is not there or was merged into another line."""
