"""Which indicators apply to a subject, and where a person may say that one does not."""

from __future__ import annotations

from bot.scoring.model import Condition, CriteriaSet, DerivedRule, Indicator, Profile, ShareRule


def holds(condition: Condition | None, profile: Profile) -> bool:
    """Whether a condition holds; no condition always does, a fact the profile lacks never does."""
    if condition is None:
        return True
    value = profile.get(condition.fact)
    if value is None:
        return False
    if condition.at_least is not None and value < condition.at_least:
        return False
    return condition.at_most is None or value <= condition.at_most


def is_applicable(indicator: Indicator, profile: Profile) -> bool:
    """Whether an indicator applies to a subject.

    It stops applying only where the profile says so: its condition speaks of a fact the profile holds and fails, or
    its share would be of a known zero. While a fact is unknown the indicator is asked, so nobody is given full points
    for what has not been told yet.
    """
    condition = indicator.applies_when
    if condition is not None and condition.fact in profile and not holds(condition, profile):
        return False
    rule = indicator.rule
    if isinstance(rule, ShareRule) and rule.whole_fact is not None:
        return profile.get(rule.whole_fact, 1) > 0
    return True


def applicable(criteria: CriteriaSet, profile: Profile) -> tuple[Indicator, ...]:
    """Return the indicators to be answered, in document order."""
    return tuple(i for i in criteria.indicators if is_applicable(i, profile))


def may_be_declared_not_applicable(indicator: Indicator, profile: Profile) -> bool:
    """Whether the answer 'does not apply' may be offered and counts for an applicable indicator.

    Only where nothing known contradicts it: a share whose whole the person alone knows (0 of 0), or an indicator with
    a condition on a fact the profile lacks. What is computed from recognitions cannot be waved away.
    """
    rule = indicator.rule
    if isinstance(rule, DerivedRule):
        return False
    if indicator.applies_when is not None:
        return indicator.applies_when.fact not in profile
    return isinstance(rule, ShareRule) and (rule.whole_fact is None or rule.whole_fact not in profile)
