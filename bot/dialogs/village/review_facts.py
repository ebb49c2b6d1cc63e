"""What the village's review looks at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum

from bot.dialogs.village.facts import OpenDifference, SaidAnswer
from bot.scoring.model import CriteriaSet, SubjectKind, Text


class Signal(StrEnum):
    """What is worth a look, and accuses nobody."""

    IN_SECONDS = "in_seconds"
    """All answered in less time than reading them takes."""
    ALL_BEST = "all_best"
    """Every answer is the best one."""
    SAME_IN_A_ROW = "same_in_a_row"
    """The same answers as thirty or more households in a row."""


@dataclass(frozen=True, slots=True)
class ReviewLine:
    """A handed-in sheet that waits."""

    assessment_id: int
    subject_id: int
    kind: SubjectKind
    group: str | None
    name: str
    set_id: str
    set_version: str
    title_id: str | None
    total: Decimal | None
    handed_in_at: datetime | None
    is_changed: bool = False
    differences: int = 0
    signals: tuple[Signal, ...] = ()
    is_sampled: bool = False
    """Drawn for a re-check that is not done yet."""
    state: str = "handed_in"
    """An AssessmentState."""
    number: str = ""
    """On the roll."""
    is_complete: bool = True
    """Whether every question that applies has an answer that counts."""
    title: Text | None = None
    """What the title is called; None below every title."""
    not_reached: Text | None = None
    """What the set calls that."""

    @property
    def is_clean(self) -> bool:
        """Whether nothing about it waits for a look."""
        return self.may_confirm and not (self.is_changed or self.signals or self.is_sampled)

    @property
    def may_confirm(self) -> bool:
        """Whether the village can confirm it as it is."""
        return self.state == "handed_in" and self.is_complete and not self.differences


@dataclass(frozen=True, slots=True)
class ReviewList:
    """What waits in a hamlet: households first, then clans, units and citizens."""

    lines: tuple[ReviewLine, ...] = ()
    sample: Sample | None = None
    """The newest of this year."""
    place_id: int = 0
    place: str = ""
    year: int = 0
    drawn: tuple[ReviewLine, ...] = ()
    """Sheets drawn for a re-check that is not done yet, waiting or confirmed."""
    eligible: int = 0
    """Household sheets, handed in or confirmed, that a sample is drawn from."""
    confirmed: int = 0
    """Sheets of all kinds that the village has confirmed."""


@dataclass(frozen=True, slots=True)
class Sample:
    """A re-check sample: who was drawn, of how many, and by which seed, so that anybody can draw it again."""

    id: int
    size: int
    of: int
    seed: int
    drawn_at: datetime
    done: int = 0
    """Re-checks that were recorded."""


@dataclass(frozen=True, slots=True)
class ReviewedSheet:
    """One sheet with everything the reviewer looks at."""

    line: ReviewLine
    place_id: int
    told: Mapping[str, int]
    is_difficult_area: bool
    year: int
    state: str
    answers: Mapping[str, SaidAnswer]
    differences: tuple[OpenDifference, ...]
    evidence: Mapping[str, int]
    returned: tuple[tuple[str, str], ...] = ()
    """(indicator, reason) of the times it was returned, newest first."""
    changed: frozenset[str] = frozenset()
    """Indicators whose answer changed since it was last returned."""
    criteria: CriteriaSet | None = None
    """The set that it is answered under."""
    place: str = ""
    following: int = 0
    """The next sheet that waits, in the order of the list; 0 when there is none."""

    @property
    def profile(self) -> Mapping[str, int]:
        """Facts by which scoring decides what applies; see facts.Subject.profile."""
        return {**self.told, "difficult_area": int(self.is_difficult_area)}
