"""The shortest way up: which few indicators would bring the next title."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from bot.scoring.judging import best_worth
from bot.scoring.model import CriteriaSet, LevelTitle, PointsTitle, Profile, Worth
from bot.scoring.needs import need_of
from bot.scoring.sheet import Improvement, LineState, ScoreLine, WayUp
from bot.scoring.titles import Placing, is_open_to, points_missing, zero_criteria
from bot.scoring.totals import ZERO, scale_of


def way_up(
    criteria: CriteriaSet,
    lines: Sequence[ScoreLine],
    total: Decimal | Fraction,
    placing: Placing,
    profile: Profile,
) -> WayUp | None:
    """Find the shortest way to the nearest better title: fewest indicators, then largest gains.

    Every indicator on the way is taken to its best answer. Exact for points, because what must change is fixed (an
    indicator under its minimum), one pick per criterion without a point is free, and beyond these any choice is open,
    so taking the largest gains first can be beaten neither in number nor in sum. Ties follow document order. It meets
    everything the title asks; where the text leaves a gap above that title, all the gains together may lead into it.

    Args:
        placing: where the sheet stands now; from between two titles the way leads to the upper one.

    Returns: None when the best title is reached or no answers lead to a better one.
    """
    reached = placing.between[0] if placing.between else placing.title
    better = criteria.titles if reached is None else criteria.titles[: criteria.titles.index(reached)]
    for target in reversed(better):
        if not is_open_to(target, profile) or (placing.title and target.name == placing.title.name):
            continue  # the lower pass mark of difficult areas is a second title of the same name
        if isinstance(target, LevelTitle):
            improvements = _to_level(target, lines, profile)
            missing: Decimal | Fraction = ZERO
        else:
            improvements = _to_points(target, lines, total, profile)
            missing = points_missing(target, total)
        if improvements is not None:
            return WayUp(target, improvements, missing)
    return None


def _to_level(target: LevelTitle, lines: Sequence[ScoreLine], profile: Profile) -> tuple[Improvement, ...] | None:
    steps: list[Improvement] = []
    for line in lines:
        if line.state is LineState.NOT_APPLICABLE or (line.passes_level or 0) >= target.level:
            continue
        if (best_worth(line.indicator, line.answer, profile).passes_level or 0) < target.level:
            return None
        need = need_of(line.indicator, line.answer, profile, lambda worth: (worth.passes_level or 0) >= target.level)
        steps.append(Improvement(line.indicator, ZERO, need, line.state))
    return tuple(steps)


def _to_points(
    target: PointsTitle, lines: Sequence[ScoreLine], total: Decimal | Fraction, profile: Profile
) -> tuple[Improvement, ...] | None:
    gains = _gains(lines, profile)
    order = sorted(gains, key=lambda n: (-gains[n], n))
    below = _below_minimum(target, lines, gains)
    if below is None:
        return None
    chosen = set(below)
    if target.no_zero_criterion:
        for criterion in zero_criteria(lines):
            inside = [n for n in order if lines[n].criterion.id == criterion.id]
            if not inside:
                return None
            chosen.add(inside[0])
    needed = _needed_gain(target, lines, total)
    if needed is None:
        return None
    won = sum((gains[n] for n in chosen), ZERO)
    for n in order:
        if won >= needed:
            break
        if n not in chosen:
            chosen.add(n)
            won += gains[n]
    if won < needed:
        return None
    return tuple(
        _improvement(lines[n], gains[n], target if n in below else None, profile) for n in order if n in chosen
    )


def _improvement(line: ScoreLine, gain: Decimal, target: PointsTitle | None, profile: Profile) -> Improvement:
    """One step; with what the indicator itself needs, where it is below what the target asks of each."""
    if target is None:
        return Improvement(line.indicator, gain, state=line.state)
    minimum = target.min_per_indicator or ZERO
    may_be_zero = not target.no_zero_indicator

    def passes(worth: Worth) -> bool:
        points = worth.points or ZERO
        return points >= minimum and (may_be_zero or bool(points))

    return Improvement(line.indicator, gain, need_of(line.indicator, line.answer, profile, passes), line.state)


def _gains(lines: Sequence[ScoreLine], profile: Profile) -> dict[int, Decimal]:
    """{line number: points its best answer would add}, only where there is something to win."""
    gains: dict[int, Decimal] = {}
    for n, line in enumerate(lines):
        if line.state is LineState.NOT_APPLICABLE or line.points == line.indicator.max_points:
            continue
        best = best_worth(line.indicator, line.answer, profile).points or ZERO
        if best > line.points:
            gains[n] = best - line.points
    return gains


def _below_minimum(target: PointsTitle, lines: Sequence[ScoreLine], gains: dict[int, Decimal]) -> set[int] | None:
    """The lines below what the title asks of each indicator; None when one of them cannot get there."""
    needed: set[int] = set()
    minimum = target.min_per_indicator
    for n, line in enumerate(lines):
        if line.state is LineState.NOT_APPLICABLE:
            continue
        is_below = minimum is not None and line.points < minimum
        if not is_below and not (target.no_zero_indicator and not line.points):
            continue
        best = line.points + gains.get(n, ZERO)
        if not best or (minimum is not None and best < minimum):
            return None
        needed.add(n)
    return needed


def _needed_gain(
    target: PointsTitle, lines: Sequence[ScoreLine], total: Decimal | Fraction
) -> Decimal | Fraction | None:
    """Points to win, before excluded indicators scale them; None when nothing is left to win them with."""
    if total >= target.min_total:
        return ZERO
    factor = scale_of(lines)
    if factor is None:
        return points_missing(target, total)
    return None if not factor else (Fraction(target.min_total) - Fraction(total)) / factor
