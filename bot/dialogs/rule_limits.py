"""The rule of one indicator in words: what each answer is worth, or what each level needs, and for whom."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from itertools import groupby
from typing import assert_never

from bot.dialogs.screens import Say, say
from bot.scoring.applicability import holds
from bot.scoring.model import (
    Band,
    Condition,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    ShareRule,
    Worth,
    YesNoRule,
)

COUNTED = frozenset(
    {
        "adults",
        "citizens",
        "clans",
        "communes",
        "districts",
        "households",
        "learners",
        "members",
        "school_age_children",
    }
)
"""The facts that count something; the others hold or do not."""

Levels = Sequence[int]
"""The levels of a set, lowest first; none in a points set."""

_Banded = NumberRule | ShareRule | DerivedRule

_ALL = Decimal(100)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Numbers, or shares in per cent, that are worth the same: from `low` to below `below`; None is the end."""

    low: Decimal
    below: Decimal | None
    worth: Worth


def rule_lines(indicator: Indicator, levels: Levels) -> tuple[Say, ...]:
    """Say how an indicator is judged, a line for each kind of answer."""
    rule = indicator.rule
    match rule:
        case YesNoRule():
            return tuple(_yes_no(rule, levels))
        case OneOfRule():
            return tuple(say("rules.worth", answer=o.label, worth=_worth(o.worth, levels)) for o in rule.options)
        case NumberRule():
            return tuple(_banded(rule, levels))
        case ShareRule():
            labels = say("rules.share", part_label=rule.part_label, whole_label=rule.whole_label)
            return (labels, *_banded(rule, levels))
        case DerivedRule():
            labels = say("rules.derived", part_label=rule.part_label, whole_label=rule.whole_label)
            return (labels, *_banded(rule, levels))
        case PointsRule():
            return (say("rules.given", points=rule.maximum),)
        case _:
            assert_never(rule)


def who(condition: Condition) -> Say:
    """Say for whom a condition holds."""
    fact, low, high = condition.fact, condition.at_least, condition.at_most
    if fact not in COUNTED:
        named = say(f"rules.who.{fact}")
        return named if low is not None and low > 0 else say("rules.who_not", who=named)
    what = say(f"rules.counted.{fact}")
    if high is None:
        return say("rules.who_any", what=what) if low == 1 else say("rules.who_from", low=low or 0, what=what)
    if high == 0:
        return say("rules.who_none", what=what)
    if low is None:
        return say("rules.who_to", high=high, what=what)
    return say("rules.who_between", low=low, high=high, what=what)


def stretches(rule: _Banded, profile: Profile, key: Callable[[Worth], object]) -> tuple[Stretch, ...]:
    """The stretches of answers that are worth the same to a subject, from the lowest; `key` says what is the same."""
    held = [band for band in rule.bands if holds(band.when, profile)]
    counting = [b for b, behind in zip(held, [*held[1:], None], strict=True) if not _is_taken_over(b, behind)]
    runs = [next(iter(run)) for _, run in groupby(counting, lambda band: key(band.worth))]
    ends = [band.at_least for band in runs[1:]]
    return tuple(Stretch(b.at_least, below, b.worth) for b, below in zip(runs, [*ends, None], strict=True))


def _is_taken_over(band: Band, behind: Band | None) -> bool:
    return behind is not None and behind.at_least <= band.at_least


def _yes_no(rule: YesNoRule, levels: Levels) -> Iterator[Say]:
    if not levels:
        yield say("rules.worth", answer=say("answer.yes"), worth=_worth(rule.yes, levels))
        yield say("rules.worth", answer=say("answer.no"), worth=_worth(rule.no, levels))
        return
    needed: dict[int, Say] = {}
    for level in levels:
        does_yes, does_no = _passes(rule.yes, level), _passes(rule.no, level)
        if does_yes and does_no:
            needed[level] = say("rules.not_asked")
        elif does_yes or does_no:
            needed[level] = say("scoring.need.yes" if does_yes else "scoring.need.no")
    yield from _by_level(needed)


def _banded(rule: _Banded, levels: Levels) -> Iterator[Say]:
    """The limits for everybody, then those of each condition where they differ."""
    common = _lines(rule, {}, levels)
    yield from common
    for condition in dict.fromkeys(band.when for band in rule.bands if band.when is not None):
        own = _lines(rule, _meeting(condition), levels)
        if own != common:
            yield say("rules.only_there", who=who(condition))
            yield from own


def _lines(rule: _Banded, profile: Profile, levels: Levels) -> tuple[Say, ...]:
    if not levels:
        runs = stretches(rule, profile, lambda worth: worth.points)
        return tuple(say("rules.worth", answer=_range(rule, run), worth=_worth(run.worth, levels)) for run in runs)
    needed: dict[int, Say] = {}
    for level in levels:
        does_pass = partial(_passes, level=level)
        runs = stretches(rule, profile, does_pass)
        ranges = [_range(rule, run) for run in runs if does_pass(run.worth)]
        if ranges:
            needed[level] = _either(ranges) if len(runs) > 1 else say("rules.not_asked")
    return tuple(_by_level(needed))


def _by_level(needed: Mapping[int, Say]) -> Iterator[Say]:
    """One line a level; neighbouring levels that need the same share one."""
    for need, group in groupby(needed, lambda level: needed[level]):
        first, *rest = group
        if not rest:
            yield say("rules.level", level=first, need=need)
        else:
            yield say("rules.levels" if rest[1:] else "rules.two_levels", first=first, last=rest[-1], need=need)


def _either(ranges: Sequence[Say]) -> Say:
    first, *rest = ranges
    return say("rules.either", first=first, rest=_either(rest)) if rest else first


def _range(rule: _Banded, run: Stretch) -> Say:
    """Say a stretch: 'từ 60% đến dưới 80%', '1 đến 2 lượt'."""
    if isinstance(rule, NumberRule):
        return _number_range(rule, run)
    is_first, below = run.low <= 0, run.below
    if below is None:
        if is_first:
            return say("rules.range.any")
        if run.low == _ALL:
            return say("rules.range.all", low=_share(run.low))
        return say("rules.range.from", low=_share(run.low))
    if is_first:
        return say("rules.range.below", high=_share(below))
    return say("rules.range.between", low=_share(run.low), high=_share(below))


def _number_range(rule: NumberRule, run: Stretch) -> Say:
    low, below = max(run.low, rule.minimum), run.below
    is_first = low == rule.minimum
    if below is None:
        if is_first:
            return say("rules.range.any")
        if low == rule.maximum:
            return say("rules.range.exactly", low=_amount(rule, low))
        return say("rules.range.from", low=_amount(rule, low))
    if not rule.decimals:
        last = below - 1
        if last == low:
            return say("rules.range.exactly", low=_amount(rule, low))
        return say("rules.range.to", low=low, high=_amount(rule, last))
    if is_first:
        return say("rules.range.below", high=_amount(rule, below))
    return say("rules.range.between", low=low, high=_amount(rule, below))


def _amount(rule: NumberRule, number: Decimal) -> Say:
    return say("answer.quantity", value=number, unit=rule.unit)


def _share(percent: Decimal) -> Say:
    return say("rules.percent", value=percent)


def _worth(worth: Worth, levels: Levels) -> Say:
    if not levels:
        return say("answer.points", value=worth.points or Decimal(0))
    return say("rules.passes", level=worth.passes_level) if worth.passes_level else say("rules.passes_none")


def _passes(worth: Worth, level: int) -> bool:
    return (worth.passes_level or 0) >= level


def _meeting(condition: Condition) -> Profile:
    """The profile of a subject of which nothing is known but that the condition holds."""
    value = condition.at_least if condition.at_least is not None else condition.at_most
    return {condition.fact: value or 0}
