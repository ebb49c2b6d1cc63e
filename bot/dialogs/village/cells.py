"""Answers in the cells of a workbook: how they are written, and what a cell means however it was typed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from unicodedata import normalize

from bot.dialogs.kinds import Asking, More, read
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Say, say, stacked
from bot.dialogs.understanding import fold
from bot.dialogs.understanding.cell import is_not_applicable, is_tick
from bot.scoring.applicability import is_applicable, may_be_declared_not_applicable
from bot.scoring.judging import fits
from bot.scoring.model import (
    Answer,
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
    Text,
    YesNo,
    YesNoRule,
)

CellValue = str | bool | int | Decimal | date
"""What a cell holds; an error of the program is its text, such as '#REF!', per cent is '50%'."""

LONGEST = 200
"""Letters; no answer is longer."""
_SHOWN = 40
_MOST_DIGITS = 15
"""Digits that a number in a cell keeps; longer ones are written as text."""

Written = str | int | Decimal | Say | Text
"""What is written into a cell; a Say or Text is worded first."""


def written(answer: Answer | None, rule: Rule) -> Written | None:
    """How an answer stands in its cell, so that reading it gives the same answer; None: nothing is written."""
    match answer:
        case None:
            return None
        case YesNo(value):
            return say("answer.yes") if value else say("answer.no")
        case Chosen(option_id):
            options = rule.options if isinstance(rule, OneOfRule) else ()
            return next((option.label for option in options if option.id == option_id), None)
        case Quantity(value) if not value.is_finite():
            return None
        case Quantity(value) if len(value.normalize().as_tuple().digits) > _MOST_DIGITS:
            return f"{value.normalize():f}".replace(".", ",")
        case Quantity(value):
            return int(value) if value == value.to_integral_value() else value
        case Share(part, whole) | Derived(part, whole):
            return f"{part}/{whole}"
        case NotApplicable():
            return say("answers.not_applicable")


def mark_of(answer: Answer | None) -> str:
    """A mark of an answer, to see later whether it is still the same; '' of none."""
    match answer:
        case None:
            return ""
        case Quantity(value):
            told = f"quantity:{value.normalize():f}" if value.is_finite() else "quantity:unknown"
        case Share(part, whole) | Derived(part, whole):
            told = f"share:{part}/{whole}"
        case YesNo(value):
            told = f"yes_no:{value}"
        case Chosen(option):
            told = f"option:{option}"
        case NotApplicable():
            told = "not_applicable"
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def is_same(one: Answer | None, other: Answer | None) -> bool:
    """Whether two answers say the same."""
    return mark_of(one) == mark_of(other)


def understood(indicator: Indicator, profile: Profile, value: CellValue) -> Answer | Say:
    """What a filled cell answers; a sentence that says what is wrong and how to mend it where it answers nothing.

    Args:
        profile: facts of the household of that row.
    """
    rule = indicator.rule
    if isinstance(rule, DerivedRule):
        return say("answers.cell.computed")
    if not is_applicable(indicator, profile):
        because = indicator.not_applicable_because
        return say("answers.cell.not_asked") if because is None else say("answers.cell.not_asked_because", why=because)
    if isinstance(value, date):
        low, high = sorted((value.day, value.month))
        return say("answers.cell.became_a_day", day=value, example=f"{low}/{high}")
    if isinstance(value, str):
        value = normalize("NFC", " ".join(value.split()))
        if value.startswith("#") and value.endswith(("!", "?", "/A", "/0!", "#")):
            return say("answers.cell.error_value", value=value[:_SHOWN])
        if len(value) > LONGEST:
            return say("answers.cell.too_long", limit=LONGEST)
        if is_not_applicable(value) or (isinstance(rule, ShareRule) and value.replace(" ", "") == "0/0"):
            may = may_be_declared_not_applicable(indicator, profile)
            return NotApplicable() if may else say("answers.cell.applies")
    answer = _read(rule, profile, value)
    if isinstance(answer, Say) or fits(indicator, answer, profile):
        return answer
    return _how(rule, profile, shown(value))


def shown(value: CellValue) -> str:
    """The beginning of what stands in a cell, for a sentence."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case date():
            return f"{value.day:02}/{value.month:02}/{value.year:04}"
        case _:
            text = str(value)
            return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _read(rule: Rule, profile: Profile, value: str | bool | int | Decimal) -> Answer | Say:
    if isinstance(rule, YesNoRule) and (isinstance(value, bool) or (isinstance(value, str) and is_tick(value))):
        return YesNo(value is not False)
    if isinstance(value, bool):
        return _how(rule, profile, shown(value))
    if isinstance(rule, YesNoRule) and value == 1:
        return YesNo(True)
    if isinstance(rule, NumberRule | PointsRule) and isinstance(value, int | Decimal):
        # As it is: typed digits would be taken for what people write, where a dot may stand for thousands.
        text = format(value, "f" if isinstance(value, Decimal) else "d").replace(".", ",")
    else:
        text = str(value)
    if isinstance(rule, OneOfRule):
        found = _labelled(rule, text)
        if found is not None:
            return found
    reading = read(rule, Asking(profile), text)
    match reading:
        case Refusal(why, is_final):
            if is_final and not isinstance(rule, OneOfRule):
                return say("answers.cell.wrong", value=shown(value), why=why)
            placed = _placed(rule, value) if isinstance(rule, OneOfRule) and not is_final else None
            return placed or _how(rule, profile, shown(value))
        case More():
            return _how(rule, profile, shown(value))
        case answer:
            return answer


def _labelled(rule: OneOfRule, text: str) -> Chosen | None:
    """The option whose label stands there, in any language and letter case; without diacritics if that can be told."""
    whole = text.casefold()
    exact = [o for o in rule.options if whole in {label.casefold() for label in _labels(o.label)}]
    if len(exact) == 1:
        return Chosen(exact[0].id)
    said = fold(text).strip(" .")
    plain = [o for o in rule.options if said and said in {fold(label).strip(" .") for label in _labels(o.label)}]
    return Chosen(plain[0].id) if len(plain) == 1 else None


def _labels(label: Text) -> Iterator[str]:
    for text in (label.vi, label.en):
        if text:
            yield normalize("NFC", " ".join(text.split()))


def _placed(rule: OneOfRule, value: str | int | Decimal) -> Chosen | None:
    """The option of a number, as the sheet of choices numbers them."""
    digits = str(value).strip(" .")
    place = int(digits) if digits.isascii() and digits.isdigit() and len(digits) < 3 else 0
    has_numbers = any(letter.isdigit() for option in rule.options for letter in option.label.vi)
    return Chosen(rule.options[place - 1].id) if 0 < place <= len(rule.options) and not has_numbers else None


def _how(rule: Rule, profile: Profile, value: str) -> Say:
    """Say that a value answers nothing, and what may stand there."""
    match rule:
        case YesNoRule():
            return say("answers.cell.yes_no", value=value)
        case OneOfRule(options):
            allowed = stacked(*(say("answers.cell.option", label=option.label) for option in options))
            return say("answers.cell.one_of", value=value, allowed=allowed)
        case NumberRule(minimum, maximum, _, unit):
            return say("answers.cell.number", value=value, minimum=minimum, maximum=maximum, unit=unit)
        case PointsRule(maximum):
            return say("answers.cell.points", value=value, maximum=maximum)
        case ShareRule(part_label=part_label, whole_label=whole_label, whole_fact=fact):
            whole = profile.get(fact) if fact is not None else None
            if whole is not None:
                return say("answers.cell.share_of", value=value, whole=whole, part_label=part_label)
            return say("answers.cell.share", value=value, part_label=part_label, whole_label=whole_label)
        case DerivedRule():
            return say("answers.cell.computed")
