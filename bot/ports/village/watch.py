"""How far a hamlet is, and reminders."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import HouseholdLine


@dataclass(frozen=True, slots=True)
class WatchedHousehold:
    """A household of the roll, and how its sheet of the year came to where it is."""

    line: HouseholdLine
    state: AssessmentState | None = None
    """Of the sheet; None while there is none."""
    set_id: str | None = None
    set_version: str | None = None
    answered_at: datetime | None = None
    """When its first answer came, whoever gave it."""
    moves: tuple[tuple[datetime, AssessmentState], ...] = ()
    """Every change of the sheet's state, oldest first."""
    is_reminded: bool = False
    """Whether it was reminded on the day that was asked about."""

    @property
    def is_missing(self) -> bool:
        """Whether nothing is handed in, or it was returned."""
        return self.state in (None, AssessmentState.DRAFT, AssessmentState.RETURNED)


@dataclass(frozen=True, slots=True)
class Watched:
    """The households of a hamlet, in the order of the roll, and the target."""

    households: tuple[WatchedHousehold, ...]
    target: int | None = None
    """Percent."""


class Watch(Protocol):
    """How far a hamlet is, and reminders."""

    async def watched(self, place_id: int, year: int, day: date) -> Watched:
        """Return all households that are on the roll of a hamlet today.

        Args:
            year: of the sheets and of the target.
            day: local day whose reminders are noted.
        """

    async def serial(self, subject_id: int, now: datetime) -> int | None:
        """Return the serial of a household's newest code that works; None where there is none."""
