"""The total of a sheet, with what does not apply taken out exactly."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bot.scoring.model import WhenNotApplicable
from bot.scoring.sheet import LineState, ScoreLine

ZERO = Decimal(0)


def total_of(lines: Sequence[ScoreLine]) -> Decimal | Fraction:
    """Sum the points; what was excluded scales the rest up to the set's maximum, exactly."""
    return scaled(sum((line.points for line in lines), ZERO), scale_of(lines))


def scale_of(lines: Sequence[ScoreLine]) -> Fraction | None:
    """What points are multiplied by because some indicators were excluded; None when none was, 0 when all were."""
    excluded = sum((line.indicator.max_points or ZERO for line in lines if is_excluded(line)), ZERO)
    return scale_without(sum((line.indicator.max_points or ZERO for line in lines), ZERO), excluded)


def scale_without(maximum: Decimal, excluded: Decimal) -> Fraction | None:
    """What points are multiplied by when so much of the maximum is excluded."""
    if not excluded:
        return None
    if maximum == excluded:
        return Fraction(0)
    return Fraction(maximum) / (Fraction(maximum) - Fraction(excluded))


def scaled(reached: Decimal, factor: Fraction | None) -> Decimal | Fraction:
    """The total of points, exactly; a Decimal wherever one can hold it."""
    return reached if factor is None else as_decimal_if_exact(Fraction(reached) * factor)


def is_excluded(line: ScoreLine) -> bool:
    """Whether a line has left the total: it does not apply and its set takes such lines out."""
    return line.state is LineState.NOT_APPLICABLE and line.indicator.not_applicable is WhenNotApplicable.EXCLUDED


def as_decimal_if_exact(number: Fraction) -> Decimal | Fraction:
    """A Decimal of the same value where one exists, else the fraction itself."""
    quotient = Decimal(number.numerator) / Decimal(number.denominator)
    return quotient if Fraction(quotient) == number else number
