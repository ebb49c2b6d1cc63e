"""What one answer is worth by its rule, and the best any answer could be worth."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import NamedTuple, assert_never

from bot.scoring.applicability import holds, may_be_declared_not_applicable
from bot.scoring.model import (
    Answer,
    Band,
    Chosen,
    Derived,
    DerivedRule,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    Quantity,
    Rule,
    Share,
    ShareRule,
    Worth,
    YesNo,
    YesNoRule,
)

NOTHING = Worth(points=Decimal(0), passes_level=0)


class Judgement(NamedTuple):
    """The worth of an answer and, for numbers and shares, how it came about."""

    worth: Worth
    band: Band | None = None
    share: Fraction | None = None


def judge(rule: Rule, answer: Answer, profile: Profile) -> Judgement | None:
    """Judge an answer; None when it does not fit the rule.

    Unfit are: an answer of another kind, a retired option, a number out of bounds or too fine, part > whole, a whole
    other than the fact it must equal, an override without a reason.
    """
    match rule:
        case YesNoRule():
            return Judgement(rule.yes if answer.value else rule.no) if isinstance(answer, YesNo) else None
        case OneOfRule():
            return _judge_option(rule, answer) if isinstance(answer, Chosen) else None
        case NumberRule():
            return _judge_number(rule, answer.value, profile) if isinstance(answer, Quantity) else None
        case ShareRule():
            if not isinstance(answer, Share):
                return None
            if rule.whole_fact is not None and profile.get(rule.whole_fact, answer.whole) != answer.whole:
                return None
            return _judge_share(rule.bands, answer.part, answer.whole, profile)
        case DerivedRule():
            if not isinstance(answer, Derived):
                return None
            if answer.override_reason is not None and not answer.override_reason.strip():
                return None
            return _judge_share(rule.bands, answer.part, answer.whole, profile)
        case PointsRule():
            return _judge_points(rule, answer.value) if isinstance(answer, Quantity) else None
        case _:
            assert_never(rule)


def fits(indicator: Indicator, answer: Answer, profile: Profile) -> bool:
    """Whether an answer to an applicable indicator counts, rather than having to be asked for again."""
    if isinstance(answer, NotApplicable):
        return may_be_declared_not_applicable(indicator, profile)
    return judge(indicator.rule, answer, profile) is not None


def rank(worth: Worth) -> Decimal:
    """A number to compare two worths of one set with: points, or the level passed."""
    if worth.points is not None:
        return worth.points
    return Decimal(worth.passes_level or 0)


def best_worth(indicator: Indicator, answer: Answer | None, profile: Profile) -> Worth:
    """The best worth this subject could reach; the whole of a share it has told already stays what it is."""
    rule = indicator.rule
    match rule:
        case YesNoRule():
            return rule.no if rank(rule.no) > rank(rule.yes) else rule.yes
        case OneOfRule():
            return _best(option.worth for option in rule.options)
        case NumberRule():
            last = rule.bands[-1]
            if _is_top(last, indicator) and last.at_least <= rule.maximum and has_decimals(rule.maximum, rule.decimals):
                return last.worth
            return _best(_reachable_by_number(rule, profile))
        case ShareRule():
            if _is_top(rule.bands[-1], indicator):
                return rule.bands[-1].worth
            whole = profile.get(rule.whole_fact) if rule.whole_fact is not None else None
            if whole is None and isinstance(answer, Share) and 0 <= answer.part <= answer.whole:
                whole = answer.whole
            return _best(_reachable_by_share(rule.bands, whole, profile))
        case DerivedRule():
            if _is_top(rule.bands[-1], indicator):
                return rule.bands[-1].worth
            known = profile.get(rule.whole_fact) if rule.whole_fact is not None else None
            if known is None and isinstance(answer, Derived) and 0 <= answer.part <= answer.whole:
                known = answer.whole
            return _best(_reachable_by_share(rule.bands, known, profile))
        case PointsRule():
            return Worth(points=rule.maximum)
        case _:
            assert_never(rule)


def _is_top(band: Band, indicator: Indicator) -> bool:
    """Whether a rule's last band, which the largest answer falls into, gives all points to everybody."""
    return band.when is None and band.worth.points is not None and band.worth.points == indicator.max_points


def _best(worths: Iterable[Worth]) -> Worth:
    return max(worths, key=rank, default=NOTHING)


def _judge_option(rule: OneOfRule, answer: Chosen) -> Judgement | None:
    for option in rule.options:
        if option.id == answer.option:
            return Judgement(option.worth)
    return None


def _judge_number(rule: NumberRule, value: Decimal, profile: Profile) -> Judgement | None:
    if not value.is_finite() or not rule.minimum <= value <= rule.maximum or not has_decimals(value, rule.decimals):
        return None
    for band in reversed(rule.bands):
        if band.at_least <= value and holds(band.when, profile):
            return Judgement(band.worth, band)
    return None


def _judge_points(rule: PointsRule, value: Decimal) -> Judgement | None:
    if not value.is_finite() or not 0 <= value <= rule.maximum or not has_decimals(value, rule.decimals):
        return None
    return Judgement(Worth(points=value))


def _judge_share(bands: tuple[Band, ...], part: int, whole: int, profile: Profile) -> Judgement | None:
    if not 0 <= part <= whole or whole < 1:
        return None
    for band in reversed(bands):
        # part / whole >= limit / 100 in whole numbers: exact, whatever their size
        limit, of = band.at_least.as_integer_ratio()
        if part * 100 * of >= limit * whole and holds(band.when, profile):
            return Judgement(band.worth, band, Fraction(part, whole))
    return None


def has_decimals(value: Decimal, decimals: int) -> bool:
    """Whether a finite number has at most so many decimal places, trailing zeros aside."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int):
        return False
    too_fine = -exponent - decimals
    return too_fine <= 0 or not any(digits[-too_fine:])


def _reachable_by_number(rule: NumberRule, profile: Profile) -> Iterable[Worth]:
    """The worths of the bands a number within the bounds can fall into."""
    held = [band for band in rule.bands if holds(band.when, profile)]
    step = Decimal(1).scaleb(-rule.decimals)
    for band, following in zip(held, [*held[1:], None], strict=True):
        lowest = max(band.at_least, rule.minimum).quantize(step, rounding=ROUND_CEILING)
        if lowest <= rule.maximum and (following is None or lowest < following.at_least):
            yield band.worth


def _reachable_by_share(bands: tuple[Band, ...], whole: int | None, profile: Profile) -> Iterable[Worth]:
    """The worths of the bands that n of `whole` can fall into; of any whole when it is None."""
    held = [band for band in bands if holds(band.when, profile)]
    for band, following in zip(held, [*held[1:], None], strict=True):
        if whole is None:
            if following is None or band.at_least < following.at_least:
                yield band.worth
            continue
        limit, of = band.at_least.as_integer_ratio()
        fewest = max(0, -(-limit * whole // (100 * of)))
        if following is not None:
            next_limit, next_of = following.at_least.as_integer_ratio()
            if fewest * 100 * next_of >= next_limit * whole:
                continue
        yield band.worth
