"""This year beside the last: sheets of one subject, and titles of a hamlet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Protocol

from bot.dialogs.facts import AssessmentState
from bot.scoring.model import Answer, Profile, SubjectKind


@dataclass(frozen=True, slots=True)
class YearRecord:
    """A stored sheet of a year with its result."""

    assessment_id: int
    year: int
    set_id: str
    set_version: str
    state: AssessmentState
    total: Decimal | None
    title_id: str | None
    is_complete: bool
    answers: Mapping[str, Answer] = field(default_factory=dict)
    """Only of one subject; lists come without."""


@dataclass(frozen=True, slots=True)
class SubjectYears:
    """One subject with its newest sheet before a year, and that of the year."""

    subject_id: int
    name: str
    number: str
    kind: SubjectKind
    path: str
    """Of its place."""
    profile: Profile
    """As it is told now; the facts of past years are not kept."""
    is_member: bool
    """Whether the person who asks is one of those it is about."""
    before: YearRecord | None = None
    after: YearRecord | None = None


@dataclass(frozen=True, slots=True)
class YearTitles:
    """One subject of a hamlet with its results of two years in a row."""

    subject_id: int
    name: str
    number: str
    before: YearRecord | None
    after: YearRecord | None


class Years(Protocol):
    """This year beside the last."""

    async def of_subject(self, subject_id: int, year: int, person_id: int) -> SubjectYears | None:
        """A subject with its sheet of a year, and of the newest year before; None where there is no such subject."""

    async def of_hamlet(self, place_id: int, kind: SubjectKind, year: int) -> tuple[YearTitles, ...]:
        """Every subject of a kind on a hamlet's roll that has a sheet of a year or of the one before, in its order."""
