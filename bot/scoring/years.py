"""One subject's sheets of two years beside each other: what changed, and what that did to the title."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from bot.scoring.model import Answer, Answers, CriteriaSet, Indicator, Profile
from bot.scoring.score import score
from bot.scoring.sheet import LineState, ScoreLine, ScoreSheet


class Turnout(StrEnum):
    """What became of the title."""

    GAINED = "gained"
    LOST = "lost"
    KEPT = "kept"
    NEVER = "never"
    """Neither year has one."""


class Cause(StrEnum):
    """Why a title was gained or lost."""

    ANSWERS = "answers"
    """By the answers to `decisive`."""
    RULES = "rules"
    """With last year's answers it would be the same this year: the rules are others, or what they ask."""
    FACTS = "facts"
    """Likewise, but the rules are the same: what the household has told of itself changed, or a person decided."""


@dataclass(frozen=True, slots=True)
class LineChange:
    """A question whose answer, or whose worth, changed; one that only one of the years asks has one line."""

    indicator: Indicator
    before: ScoreLine | None
    after: ScoreLine | None

    @property
    def gain(self) -> Decimal:
        """Points, or levels, won; below zero: lost."""
        return worth_of(self.after) - worth_of(self.before)


@dataclass(frozen=True, slots=True)
class YearComparison:
    """Two years beside each other."""

    turnout: Turnout | None
    """None while one of the years is not finished."""
    changed: tuple[LineChange, ...]
    """In the order of this year's document; questions that are asked no more come last."""
    unchanged: int
    open: int = 0
    """Questions of this year that nobody has answered yet; they are none of the changed ones."""
    decisive: tuple[LineChange, ...] = ()
    """Of the changed ones: by which the title was gained or lost, the weightiest first."""
    cause: Cause | None = None
    """None where the title stayed what it was."""
    has_other_rules: bool = False


def turnout_of(before: str | None, after: str | None) -> Turnout:
    """What became of a title; None is none."""
    if before is None:
        return Turnout.NEVER if after is None else Turnout.GAINED
    return Turnout.LOST if after is None else Turnout.KEPT


def compare_years(
    before: ScoreSheet, after: ScoreSheet, turnout: Turnout | None, profile: Profile, on: date
) -> YearComparison:
    """Compare two sheets, each scored by the rules of its own year.

    Args:
        turnout: by the results that are kept; a title that was recognised stays so whatever is computed today.
        profile: facts of the subject now.
        on: the local day on which this year's rules are used.
    """
    has_other_rules = (before.criteria.id, before.criteria.version) != (after.criteria.id, after.criteria.version)
    old = {line.indicator.id: line for line in before.lines}
    asked = {line.indicator.id for line in after.lines}
    answered = [line for line in after.lines if line.state is not LineState.NOT_ANSWERED]
    pairs = [LineChange(line.indicator, old.get(line.indicator.id), line) for line in answered]
    pairs += [LineChange(line.indicator, line, None) for line in before.lines if line.indicator.id not in asked]
    changed = tuple(pair for pair in pairs if _is_changed(pair))
    decisive: tuple[LineChange, ...] = ()
    cause = None
    if turnout in (Turnout.GAINED, Turnout.LOST):
        decisive = _decisive(after, changed, turnout, profile, on)
        cause = Cause.ANSWERS if decisive else Cause.RULES if has_other_rules else Cause.FACTS
    left = len(after.lines) - len(answered)
    return YearComparison(turnout, changed, len(pairs) - len(changed), left, decisive, cause, has_other_rules)


def worth_of(line: ScoreLine | None) -> Decimal:
    """What a line is worth: points, or the level that it passes."""
    if line is None:
        return Decimal(0)
    return line.points if line.passes_level is None else Decimal(line.passes_level)


def _is_changed(pair: LineChange) -> bool:
    before, after = pair.before, pair.after
    if before is None or after is None:
        return True
    if before.state is after.state is LineState.NOT_APPLICABLE:
        return False
    return before.state is not after.state or pair.gain != 0 or _differ(before.answer, after.answer)


def _differ(one: Answer | None, other: Answer | None) -> bool:
    try:
        return one != other
    except InvalidOperation:  # a stored number that is none equals nothing
        return True


def _decisive(
    after: ScoreSheet, changed: Sequence[LineChange], turnout: Turnout, profile: Profile, on: date
) -> tuple[LineChange, ...]:
    """The fewest changes, the weightiest first, without which this year's title would be what last year's was."""
    sign = 1 if turnout is Turnout.GAINED else -1
    weighty = sorted((each for each in changed if each.gain * sign > 0 and each.before), key=lambda e: -e.gain * sign)
    now = {line.indicator.id: line.answer for line in after.lines if line.answer is not None}
    taken: list[LineChange] = []
    for each in weighty:
        taken.append(each)
        if _has_title(after.criteria, now, taken, profile, on) is (turnout is Turnout.LOST):
            return _needed(after.criteria, now, taken, turnout, profile, on)
    return ()


def _needed(
    criteria: CriteriaSet, now: Answers, taken: list[LineChange], turnout: Turnout, profile: Profile, on: date
) -> tuple[LineChange, ...]:
    """Those of the changes that it does not go without."""
    needed = list(taken)
    for each in taken[:-1]:
        fewer = [other for other in needed if other is not each]
        if _has_title(criteria, now, fewer, profile, on) is (turnout is Turnout.LOST):
            needed = fewer
    return tuple(needed)


def _has_title(criteria: CriteriaSet, now: Answers, undone: Sequence[LineChange], profile: Profile, on: date) -> bool:
    """Whether this year's rules would give a title if some answers were last year's again."""
    answers: dict[str, Answer] = dict(now)
    for each in undone:
        before = each.before.answer if each.before is not None else None
        if before is None:
            answers.pop(each.indicator.id, None)
        else:
            answers[each.indicator.id] = before
    return score(criteria, answers, profile, on).title is not None
