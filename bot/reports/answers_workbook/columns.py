"""What the cells of one question may hold: words, drop-downs, limits, and how to fill them in."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import assert_never

from bot.dialogs.screens import Say, say
from bot.dialogs.village.cells import Written, written
from bot.i18n import Translator
from bot.scoring.applicability import is_applicable, may_be_declared_not_applicable
from bot.scoring.model import (
    Answer,
    DerivedRule,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    Rule,
    ShareRule,
    Text,
    YesNo,
    YesNoRule,
)

FEW = 12
"""Up to this whole the shares are offered as a list."""


def cell_value(answer: Answer | None, rule: Rule, words: Translator) -> str | int | Decimal | None:
    """An answer as its cell holds it."""
    return _worded(written(answer, rule), words)


def is_asked(indicator: Indicator, profile: Profile) -> bool:
    """Whether a cell is to be filled in."""
    return not isinstance(indicator.rule, DerivedRule) and is_applicable(indicator, profile)


def offered(indicator: Indicator, words: Translator) -> tuple[str, ...]:
    """What the drop-down of a question offers; nothing where numbers are written."""
    rule = indicator.rule
    match rule:
        case YesNoRule():
            values = [cell_value(YesNo(each), rule, words) for each in (True, False)]
        case OneOfRule(options):
            values = [words.say(option.label) for option in options]
        case _:
            return ()
    if may_be_declared_not_applicable(indicator, MappingProxyType({})):
        values.append(cell_value(NotApplicable(), rule, words))
    return tuple(str(value) for value in values)


def shares_of(rule: Rule, profile: Profile) -> tuple[str, ...]:
    """Every share a household may have, where it has told of how many; nothing where there are too many."""
    if not isinstance(rule, ShareRule) or rule.whole_fact is None:
        return ()
    whole = profile.get(rule.whole_fact, 0)
    return tuple(f"{part}/{whole}" for part in range(whole + 1)) if 0 < whole <= FEW else ()


def how(indicator: Indicator, words: Translator) -> str:
    """How to fill in a column."""
    choices = offered(indicator, words)
    return " / ".join(choices) if choices else words.say(_how(indicator.rule))


def _how(rule: Rule) -> Say:
    match rule:
        case YesNoRule() | OneOfRule():
            return say("answers.how.one_of")
        case NumberRule(minimum, maximum, _, unit):
            return say("answers.how.number", minimum=minimum, maximum=maximum, unit=unit)
        case PointsRule(maximum):
            return say("answers.how.points", maximum=maximum)
        case ShareRule(part_label=part, whole_label=whole, whole_fact=fact):
            return say("answers.how.share_of" if fact else "answers.how.share", part_label=part, whole_label=whole)
        case DerivedRule():
            return say("answers.how.computed")
        case _:
            assert_never(rule)


def limits(rule: Rule) -> Mapping[str, str] | None:
    """The validation of a column of numbers, as openpyxl calls its parts; None for others."""
    match rule:
        case NumberRule(minimum, maximum, decimals=decimals):
            kind = "decimal" if decimals else "whole"
            return MappingProxyType({"type": kind, "formula1": f"{minimum:f}", "formula2": f"{maximum:f}"})
        case PointsRule(maximum, decimals):
            return MappingProxyType(
                {"type": "decimal" if decimals else "whole", "formula1": "0", "formula2": f"{maximum:f}"}
            )
        case _:
            return None


def _worded(value: Written | None, words: Translator) -> str | int | Decimal | None:
    return words.say(value) if isinstance(value, Say | Text) else value
