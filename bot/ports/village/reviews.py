"""The village's review: sheets that wait, differing answers, samples, meetings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.facts import MeetingRecord, Side
from bot.dialogs.village.review_facts import Sample
from bot.scoring.model import Answer, SubjectKind


@dataclass(frozen=True, slots=True)
class SheetRow:
    """The stored side of a sheet of the hamlet's roll, with what the review has to do with it."""

    assessment_id: int
    subject_id: int
    kind: SubjectKind
    group: str | None
    name: str
    number: str
    told: Mapping[str, int]
    set_id: str
    set_version: str
    state: AssessmentState
    total: Decimal | None
    title_id: str | None
    is_complete: bool
    handed_in_at: datetime | None
    year: int
    place_id: int
    differences: int = 0
    returned_at: datetime | None = None
    """When it was last returned."""
    is_sampled: bool = False
    """Drawn for a re-check that is not done yet."""


@dataclass(frozen=True, slots=True)
class GivenAnswer:
    """A stored answer with its author."""

    answer: Answer
    side: Side
    person_id: int
    """0: somebody who is gone."""
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class StoredMeeting:
    """A meeting of a hamlet, as it is stored."""

    meeting: MeetingRecord
    place_id: int
    year: int


class Reviews(Protocol):
    """The village's review: sheets that wait, differing answers, samples, meetings."""

    async def sheets(self, place_id: int, year: int, today: date) -> tuple[SheetRow, ...]:
        """Sheets of a hamlet's roll that were handed in or went further: households, clans, units, citizens.

        In the order of the review: by kind, then as the roll is ordered.
        """

    async def sheet(self, assessment_id: int) -> SheetRow | None:
        """One sheet in any state, of a subject that is on a roll."""

    async def answers(self, assessment_ids: Sequence[int]) -> Mapping[int, Mapping[str, GivenAnswer]]:
        """The standing answers of sheets: {assessment: {indicator: answer}}."""

    async def differences(self, assessment_id: int) -> Mapping[str, GivenAnswer]:
        """The second answers that nobody has decided on yet, by indicator."""

    async def evidence(self, assessment_id: int) -> Mapping[str, int]:
        """How many files are kept for each indicator."""

    async def returns(self, assessment_id: int) -> tuple[tuple[str, str], ...]:
        """(indicator, reason) of the times it was returned, newest first."""

    async def sample(self, place_id: int, year: int) -> Sample | None:
        """The newest sample of a year."""

    async def meeting(self, place_id: int, year: int) -> MeetingRecord | None:
        """The newest meeting of a year."""

    async def settled(self, meeting_id: int) -> StoredMeeting | None:
        """A meeting by its id."""
