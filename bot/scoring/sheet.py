"""The score sheet: what scoring says about one assessment, line by line, ready to be explained."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from bot.scoring.model import Answer, Band, CriteriaSet, Criterion, Indicator, PointsTitle, Title
from bot.scoring.needs import Need


class LineState(StrEnum):
    """Why a line is worth what it is."""

    SCORED = "scored"
    NOT_ANSWERED = "not_answered"
    NOT_APPLICABLE = "not_applicable"
    """By the subject's profile, or said so by the person where the indicator allows it."""
    ANSWER_UNFIT = "answer_unfit"
    """The stored answer does not fit the rule (a retired option, another kind); worth nothing, must be asked again."""


@dataclass(frozen=True, slots=True)
class ScoreLine:
    """One indicator of the sheet."""

    criterion: Criterion
    indicator: Indicator
    answer: Answer | None
    state: LineState
    points: Decimal
    """Points reached; 0 in a levels set."""
    passes_level: int | None
    """Highest level passed, in a levels set (the top one where it does not apply); None in a points set."""
    share: Fraction | None = None
    """The exact share behind a share answer, as a fraction of 1."""
    band: Band | None = None
    """The band a number or share fell into."""


@dataclass(frozen=True, slots=True)
class Improvement:
    """One indicator that could be worth more."""

    indicator: Indicator
    gain: Decimal
    """Points to be won by the best answer; 0 in a levels set."""
    need: Need | None = None
    """The least answer that would do, where a title asks for one of this very indicator."""
    state: LineState = LineState.SCORED
    """Whether it is answered now."""


@dataclass(frozen=True, slots=True)
class WayUp:
    """The shortest way to the next title: fewest indicators, then largest gains; `title` is what it reaches."""

    title: Title
    improvements: tuple[Improvement, ...]
    missing: Decimal | Fraction
    """Points missing to the title's minimum total; 0 in a levels set or when only a minimum per indicator is missed."""


@dataclass(frozen=True, slots=True)
class ScoreSheet:
    """The whole result; explains itself together with its set."""

    criteria: CriteriaSet
    lines: tuple[ScoreLine, ...]
    """One line an indicator, in document order."""
    total: Decimal | Fraction
    """Points in all; a Fraction only when excluded indicators make it one that Decimal cannot hold."""
    title: Title | None
    way_up: WayUp | None
    """None when the best title is reached or no title of another name can be reached by any answers."""
    between: tuple[PointsTitle, PointsTitle] | None = None
    """The lower and the upper title, where the text names none for a total between them; `title` is None then."""

    @property
    def is_complete(self) -> bool:
        """Whether every applicable indicator is answered."""
        return all(line.state in (LineState.SCORED, LineState.NOT_APPLICABLE) for line in self.lines)

    def line(self, indicator_id: str) -> ScoreLine:
        """Find the line of an indicator.

        Raises: KeyError: the set has no such indicator.
        """
        for line in self.lines:
            if line.indicator.id == indicator_id:
                return line
        raise KeyError(indicator_id)

    def criterion_points(self, criterion_id: str) -> Decimal:
        """Sum of the points of one criterion's lines."""
        return sum((x.points for x in self.lines if x.criterion.id == criterion_id), Decimal(0))
