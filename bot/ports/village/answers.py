"""Answers of a hamlet as a workbook: what is written into it, what came back, and writing what was changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.cells import CellValue
from bot.dialogs.village.sides import Given
from bot.scoring.model import Answer, Profile, SubjectKind


@dataclass(frozen=True, slots=True)
class FiledCell:
    """A cell that was filled in or changed."""

    indicator: str
    cell: str
    """As people call it: 'D7'."""
    value: CellValue
    mark: str = ""
    """Of the answer as it was when the workbook was written (dialogs.village.cells.mark_of); '' of none."""


@dataclass(frozen=True, slots=True)
class FiledRow:
    """A household's row of a workbook, with what was changed in it."""

    place_id: int
    year: int
    kind: SubjectKind
    set_id: str
    set_version: str
    sheet: str
    row: int
    subject_id: int
    name: str
    cells: tuple[FiledCell, ...] = ()


@dataclass(frozen=True, slots=True)
class HamletSheet:
    """A subject of the roll with its sheet of a year; without one, `assessment_id` is 0."""

    subject_id: int
    name: str
    number: str
    profile: Profile
    left_on: date | None = None
    group: str | None = None
    assessment_id: int = 0
    state: AssessmentState = AssessmentState.DRAFT
    set_id: str = ""
    set_version: str = ""
    handed_in_at: datetime | None = None
    answers: Mapping[str, Given] = field(default_factory=dict)
    differing: Mapping[str, Given] = field(default_factory=dict)
    """The second answer of questions that wait for the reviewer."""

    @property
    def is_open(self) -> bool:
        """Whether it takes answers; one that was not begun does."""
        return self.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)

    def takes(self, rules: tuple[str, str]) -> bool:
        """Whether it takes answers under these rules: it is under them, or would be led over to them."""
        is_new = not self.assessment_id or (self.state is AssessmentState.DRAFT and self.handed_in_at is None)
        return self.is_open and (is_new or (self.set_id, self.set_version) == rules)


@dataclass(frozen=True, slots=True)
class FiledAnswer:
    """An answer of a workbook that is to be recorded as the village head's."""

    subject_id: int
    indicator: str
    answer: Answer
    over: Answer | None = None
    """A standing answer that gives way because it no longer fits; see dialogs.village.sides.settle."""


class FiledAnswers(Protocol):
    """Answers that come and go as workbooks."""

    async def hamlet(self, place_id: int, kind: SubjectKind, year: int) -> tuple[HamletSheet, ...]:
        """Every subject of a kind on a hamlet's roll with its newest sheet of a year, in the order of the roll.

        Those that moved away come too, with the day; those that turned out to be another line do not.
        """

    async def write(
        self,
        person_id: int,
        place_id: int,
        year: int,
        rules: tuple[str, str],
        answers: Sequence[FiledAnswer],
        now: datetime,
        today: date,
    ) -> int:
        """Record answers of a workbook for the village head, opening sheets under `rules` where there is none.

        A family's own answer stays; the head's becomes the second one, for the reviewer to decide. Sheets that take no
        answers any more, and subjects that are not on this hamlet's roll, are left alone. Sheets are to be scored again
        in the same transaction.

        Returns: how many answers were recorded, second ones among them.
        Raises: PermissionError: the person is no village head there any more.
        """

    async def ready(self, place_id: int, year: int) -> tuple[int, ...]:
        """Open sheets of a hamlet that are complete, and hold answers that came in a workbook."""
