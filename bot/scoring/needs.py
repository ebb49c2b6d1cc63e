"""What one indicator would need to pass: the least answer that does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

from bot.scoring.applicability import holds
from bot.scoring.judging import judge, rank
from bot.scoring.model import (
    Answer,
    Band,
    Condition,
    Derived,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    Profile,
    Quantity,
    Share,
    ShareRule,
    Text,
    Worth,
    YesNoRule,
)

Passes = Callable[[Worth], bool]
"""Whether an answer of such a worth would do."""


@dataclass(frozen=True, slots=True)
class YesNoNeed:
    """The one of the two answers that would do."""

    value: bool


@dataclass(frozen=True, slots=True)
class OptionNeed:
    """The least option that would do."""

    option: Option
    is_only: bool
    """Whether no other option would do, too."""


@dataclass(frozen=True, slots=True)
class NumberNeed:
    """The numbers that would do, both inclusive; None where the rule's own bound is the limit."""

    at_least: Decimal | None
    at_most: Decimal | None
    unit: Text
    when: Condition | None = None
    """The condition of the limit, where it counts for such subjects only."""


@dataclass(frozen=True, slots=True)
class ShareNeed:
    """The shares that would do, in per cent and, where the whole is known, in counts."""

    at_least: Decimal
    below: Decimal | None
    """Where a larger share would no longer do."""
    part_label: Text
    whole_label: Text
    whole: int | None = None
    fewest: int | None = None
    most: int | None = None
    part: int | None = None
    """What is counted now, where an answer says it."""
    when: Condition | None = None
    """The condition of the limit, where it counts for such subjects only."""


Need = YesNoNeed | OptionNeed | NumberNeed | ShareNeed


def need_of(indicator: Indicator, answer: Answer | None, profile: Profile, passes: Passes) -> Need | None:
    """Find what an indicator would need: the least that passes, nearest to what is answered now.

    Args:
        answer: the answer now; one that does not fit counts as none.

    Returns: None where no answer passes, and for points that are given outright, which are their own need.
    """
    rule = indicator.rule
    fitting = answer if answer is not None and judge(rule, answer, profile) is not None else None
    match rule:
        case YesNoRule():
            value = next((value for value in (True, False) if passes(rule.yes if value else rule.no)), None)
            return None if value is None else YesNoNeed(value)
        case OneOfRule():
            passing = [option for option in rule.options if passes(option.worth)]
            least = min(passing, key=lambda option: rank(option.worth), default=None)
            return None if least is None else OptionNeed(least, len(passing) == 1)
        case NumberRule():
            value_now = fitting.value if isinstance(fitting, Quantity) else None
            return min(_numbers(rule, profile, passes), key=lambda need: _far(need, rule, value_now), default=None)
        case ShareRule() | DerivedRule():
            known = fitting if isinstance(fitting, Share | Derived) else None
            return min(_shares(rule, known, profile, passes), key=_missing, default=None)
        case PointsRule():
            return None
        case _:
            assert_never(rule)


class _Run(NamedTuple):
    """Limits between which every answer passes, the upper one exclusive."""

    low: Decimal
    below: Decimal | None
    when: Condition | None


def _runs(bands: Sequence[Band], profile: Profile, passes: Passes) -> Iterator[_Run]:
    """The stretches of passing bands that hold for a subject, from the lowest."""
    held = [band for band in bands if holds(band.when, profile)]
    low: Decimal | None = None
    when: Condition | None = None
    for band, following in zip(held, [*held[1:], None], strict=True):
        if following is not None and following.at_least <= band.at_least:
            continue  # the band behind it takes all of it
        if passes(band.worth):
            low = band.at_least if low is None else low
            if band.when is not None and not passes(common_worth(bands, band.at_least)):
                when = band.when
        elif low is not None:
            yield _Run(low, band.at_least, when)
            low = when = None
    if low is not None:
        yield _Run(low, None, when)


def common_worth(bands: Sequence[Band], limit: Decimal | Fraction) -> Worth:
    """What a number, or a share in per cent, at a limit is worth to subjects for whom no condition holds."""
    return next((b.worth for b in reversed(bands) if b.when is None and b.at_least <= limit), Worth())


def _numbers(rule: NumberRule, profile: Profile, passes: Passes) -> Iterator[NumberNeed]:
    step = Decimal(1).scaleb(-rule.decimals)
    for run in _runs(rule.bands, profile, passes):
        low = max(run.low, rule.minimum).quantize(step, rounding=ROUND_CEILING)
        high = rule.maximum if run.below is None else run.below.quantize(step, rounding=ROUND_CEILING) - step
        if low <= min(high, rule.maximum):
            at_least = low if low > rule.minimum else None
            yield NumberNeed(at_least, high if high < rule.maximum else None, rule.unit, run.when)


def _far(need: NumberNeed, rule: NumberRule, now: Decimal | None) -> Decimal:
    """How far a number is from passing."""
    if now is None:
        return Decimal(0)
    low = rule.minimum if need.at_least is None else need.at_least
    high = rule.maximum if need.at_most is None else need.at_most
    return max(low - now, now - high, Decimal(0))


def _shares(
    rule: ShareRule | DerivedRule, known: Share | Derived | None, profile: Profile, passes: Passes
) -> Iterator[ShareNeed]:
    recorded = profile.get(rule.whole_fact or "")
    if known is None and recorded == 0 and isinstance(rule, ShareRule):
        return  # a share of nothing cannot be answered, and no other whole is taken
    whole = known.whole if known else recorded or None
    part = known.part if known else None
    for run in _runs(rule.bands, profile, passes):
        if whole is None:
            yield ShareNeed(run.low, run.below, rule.part_label, rule.whole_label, when=run.when)
            continue
        fewest = fewest_of(run.low, whole)
        most = whole if run.below is None else min(whole, fewest_of(run.below, whole) - 1)
        if fewest <= most:
            labels = (rule.part_label, rule.whole_label)
            yield ShareNeed(run.low, run.below, *labels, whole, fewest, most, part, run.when)


def fewest_of(percent: Decimal, whole: int) -> int:
    """The smallest count that is at least so many per cent of a whole, in whole numbers: 60 % of 5 is 3."""
    limit, of = percent.as_integer_ratio()
    return max(0, -(-limit * whole // (100 * of)))


def _missing(need: ShareNeed) -> int:
    """How many are missing, or too many."""
    if need.part is None or need.fewest is None or need.most is None:
        return 0
    return max(need.fewest - need.part, need.part - need.most, 0)
