"""Which title a sheet reaches, and what stands between it and another one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import NamedTuple

from bot.scoring.applicability import holds
from bot.scoring.model import CriteriaSet, Criterion, Indicator, LevelTitle, PointsTitle, Profile, Title
from bot.scoring.sheet import LineState, ScoreLine
from bot.scoring.totals import as_decimal_if_exact


class Hurdle(StrEnum):
    """A condition of a title that is not met."""

    TOTAL = "total"
    """The total is below the title's minimum."""
    INDICATOR_MINIMUM = "indicator_minimum"
    ZERO_INDICATOR = "zero_indicator"
    ZERO_CRITERION = "zero_criterion"
    LEVEL = "level"
    """An indicator does not pass the title's level."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a sheet from a title; `missing` is in points of the total or of the indicator."""

    hurdle: Hurdle
    indicator: Indicator | None = None
    criterion: Criterion | None = None
    missing: Decimal | Fraction = Decimal(0)


def is_open_to(title: Title, profile: Profile) -> bool:
    """Whether a title can be given to such a subject at all."""
    return holds(title.when, profile)


class Placing(NamedTuple):
    """Where a sheet stands among the titles: at one, between two, or below them all."""

    title: Title | None = None
    between: tuple[PointsTitle, PointsTitle] | None = None


def place(
    criteria: CriteriaSet, total: Decimal | Fraction, profile: Profile, is_clear: Callable[[Title], bool]
) -> Placing:
    """Find the best title a sheet reaches, or the two whose texts leave its total out.

    Args:
        is_clear: whether nothing but the total can keep the sheet from a title.

    Law: Thông tư 44/2014/TT-BGDĐT names Khá from 70 to 84 and Tốt from 85, and no title for 84.5.
    """
    for title in criteria.titles:
        if isinstance(title, PointsTitle) and total < title.min_total:
            continue
        if not is_open_to(title, profile) or not is_clear(title):
            continue
        if isinstance(title, PointsTitle):
            upper = above_gap(criteria, title, profile)
            if upper is not None and title.up_to is not None and title.up_to < total < upper.min_total:
                return Placing(between=(title, upper))
        return Placing(title)
    return Placing()


def above_gap(criteria: CriteriaSet, lower: PointsTitle, profile: Profile) -> PointsTitle | None:
    """The next better title for such a subject, where the text names a highest total for the lower one."""
    if lower.up_to is None:
        return None
    for title in reversed(criteria.titles[: criteria.titles.index(lower)]):
        if isinstance(title, PointsTitle) and title.min_total > lower.min_total and is_open_to(title, profile):
            return title
    return None


def obstacles(title: Title, lines: Sequence[ScoreLine], total: Decimal | Fraction) -> tuple[Obstacle, ...]:
    """Everything that keeps a sheet from a title, in document order; nothing when it is reached.

    What does not apply never stands in the way; what is not answered does.
    """
    counted = [line for line in lines if line.state is not LineState.NOT_APPLICABLE]
    if isinstance(title, LevelTitle):
        return tuple(
            Obstacle(Hurdle.LEVEL, line.indicator, line.criterion)
            for line in counted
            if (line.passes_level or 0) < title.level
        )
    found: list[Obstacle] = []
    if total < title.min_total:
        found.append(Obstacle(Hurdle.TOTAL, missing=points_missing(title, total)))
    for line in counted:
        if title.min_per_indicator is not None and line.points < title.min_per_indicator:
            missing = title.min_per_indicator - line.points
            found.append(Obstacle(Hurdle.INDICATOR_MINIMUM, line.indicator, line.criterion, missing))
        elif title.no_zero_indicator and not line.points:
            found.append(Obstacle(Hurdle.ZERO_INDICATOR, line.indicator, line.criterion))
    if title.no_zero_criterion:
        found.extend(Obstacle(Hurdle.ZERO_CRITERION, criterion=c) for c in zero_criteria(lines))
    return tuple(found)


def zero_criteria(lines: Sequence[ScoreLine]) -> tuple[Criterion, ...]:
    """The criteria with something to answer and not one point, in document order."""
    zero: dict[str, Criterion] = {}
    for line in lines:
        if line.state is not LineState.NOT_APPLICABLE:
            zero[line.criterion.id] = line.criterion
    for line in lines:
        if line.points:
            zero.pop(line.criterion.id, None)
    return tuple(zero.values())


def points_missing(title: PointsTitle, total: Decimal | Fraction) -> Decimal | Fraction:
    """Points between a total and a title's minimum; 0 when it is reached."""
    if total >= title.min_total:
        return Decimal(0)
    if isinstance(total, Decimal):
        return title.min_total - total
    return as_decimal_if_exact(Fraction(title.min_total) - Fraction(total))
