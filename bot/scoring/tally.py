"""What a sheet adds up to, in one whole number: adding the numbers of its lines counts everything at once."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bot.scoring.model import CriteriaSet, Indicator, LevelTitle, PointsRule, PointsTitle, Title, WhenNotApplicable
from bot.scoring.rule_parser import worths_of
from bot.scoring.sheet import LineState, ScoreLine
from bot.scoring.totals import ZERO, is_excluded, scale_without, scaled

_OPEN = (LineState.NOT_ANSWERED, LineState.ANSWER_UNFIT)


class Tally:
    """Where each count of a set stands in such a number.

    From the lowest bits: the points in the smallest unit of the set, the points excluded, the open questions, for each
    demand of a title on single indicators how many fail it, and for each criterion that must not be zero how many
    lines count there and how many have points. Every field is wide enough for all lines together.
    """

    def __init__(self, criteria: CriteriaSet) -> None:
        self._criteria = criteria
        self._maximum = criteria.max_total
        self._decimals = _decimals_of(criteria)
        self._end = 0
        most = self._units(sum((max(_points_of(indicator)) for indicator in criteria.indicators), ZERO))
        lines = len(criteria.indicators)
        self._points = self._field(most)
        self._excluded = self._field(most if any(_may_be_excluded(i) for i in criteria.indicators) else 0)
        self._open = self._field(lines)
        demands = dict.fromkeys(map(_demand_of, criteria.titles))
        self._failing = {demand: self._field(lines if demand != _NOTHING else 0) for demand in demands}
        guarded = criteria.criteria if any(_forbids_zero_criteria(t) for t in criteria.titles) else ()
        self._counted = {criterion.id: self._field(lines) for criterion in guarded}
        self._nonzero = {criterion.id: self._field(lines) for criterion in guarded}

    def of(self, line: ScoreLine) -> int:
        """The number of one line."""
        shift, _ = self._points
        number = self._units(line.points) << shift
        if line.criterion.id in self._nonzero and line.points:
            number += 1 << self._nonzero[line.criterion.id][0]
        if line.state is LineState.NOT_APPLICABLE:
            if is_excluded(line):
                number += self._units(line.indicator.max_points or ZERO) << self._excluded[0]
            return number
        if line.state in _OPEN:
            number += 1 << self._open[0]
        if line.criterion.id in self._counted:
            number += 1 << self._counted[line.criterion.id][0]
        for demand, (at, _) in self._failing.items():
            if not _meets(line, demand):
                number += 1 << at
        return number

    def is_open(self, number: int) -> bool:
        """Whether a line, or any line of a sheet, still needs an answer."""
        return bool(self._read(number, self._open))

    def total(self, number: int) -> Decimal | Fraction:
        """The total of a sheet, exactly; zero in a set judged by levels."""
        reached = Decimal(self._read(number, self._points)).scaleb(-self._decimals)
        excluded = Decimal(self._read(number, self._excluded)).scaleb(-self._decimals)
        return scaled(reached, scale_without(self._maximum, excluded)) if self._maximum else ZERO

    def is_clear(self, number: int, title: Title) -> bool:
        """Whether nothing but the total can keep a sheet from a title."""
        if self._read(number, self._failing[_demand_of(title)]):
            return False
        if not _forbids_zero_criteria(title):
            return True
        return not any(
            self._read(number, counted) and not self._read(number, self._nonzero[criterion])
            for criterion, counted in self._counted.items()
        )

    def _field(self, most: int) -> tuple[int, int]:
        """Make room for a count up to `most`, none for zero: where it begins, and its mask."""
        at, width = self._end, most.bit_length()
        self._end += width
        return at, (1 << width) - 1

    def _read(self, number: int, field: tuple[int, int]) -> int:
        at, mask = field
        return number >> at & mask

    def _units(self, points: Decimal) -> int:
        return int(points.scaleb(self._decimals))


_Demand = tuple[int, Decimal, bool]
"""What a title asks of every single indicator: a level, a minimum of points, and whether more than zero."""

_NOTHING: _Demand = 0, ZERO, False
"""What every indicator meets."""


def _demand_of(title: Title) -> _Demand:
    if isinstance(title, LevelTitle):
        return title.level, ZERO, False
    return 0, title.min_per_indicator or ZERO, title.no_zero_indicator


def _meets(line: ScoreLine, demand: _Demand) -> bool:
    level, minimum, is_zero_barred = demand
    return (line.passes_level or 0) >= level and line.points >= minimum and not (is_zero_barred and not line.points)


def _may_be_excluded(indicator: Indicator) -> bool:
    return indicator.not_applicable is WhenNotApplicable.EXCLUDED


def _forbids_zero_criteria(title: Title) -> bool:
    return isinstance(title, PointsTitle) and title.no_zero_criterion


def _decimals_of(criteria: CriteriaSet) -> int:
    """The most decimal places that points of the set have."""
    given = [i.rule.decimals for i in criteria.indicators if isinstance(i.rule, PointsRule)]
    return max([*given, *(_places(points) for i in criteria.indicators for points in _points_of(i))], default=0)


def _points_of(indicator: Indicator) -> tuple[Decimal, ...]:
    """Every number of points that a line of an indicator can have, those given outright apart."""
    return indicator.max_points or ZERO, *(worth.points or ZERO for worth in worths_of(indicator.rule))


def _places(points: Decimal) -> int:
    exponent = points.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
