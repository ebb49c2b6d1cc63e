"""Kinds of answers: one module a kind, each with the same three parts: ask, press, read."""

from __future__ import annotations

from typing import assert_never

from bot.dialogs.kinds import derived, number, one_of, points, share, yes_no
from bot.dialogs.kinds.parts import Asked, Asking, More, Reading
from bot.dialogs.screens import Say, say
from bot.scoring.model import (
    Answer,
    Chosen,
    Derived,
    DerivedRule,
    NotApplicable,
    NumberRule,
    OneOfRule,
    PointsRule,
    Quantity,
    Rule,
    Share,
    ShareRule,
    Text,
    YesNo,
    YesNoRule,
)

__all__ = ["Asked", "Asking", "More", "Reading", "answer_words", "ask", "press", "read"]


def ask(rule: Rule, asking: Asking) -> Asked:
    """Lay out the question's choices and say what may be typed."""
    match rule:
        case YesNoRule():
            return yes_no.ask(rule, asking)
        case OneOfRule():
            return one_of.ask(rule, asking)
        case NumberRule():
            return number.ask(rule, asking)
        case ShareRule():
            return share.ask(rule, asking)
        case DerivedRule():
            return derived.ask(rule, asking)
        case PointsRule():
            return points.ask(rule, asking)
        case _:
            assert_never(rule)


def press(rule: Rule, asking: Asking, choice: str) -> Reading | None:
    """Read a tapped choice; None when it is not one of this question's."""
    match rule:
        case YesNoRule():
            return yes_no.press(rule, asking, choice)
        case OneOfRule():
            return one_of.press(rule, asking, choice)
        case NumberRule():
            return number.press(rule, asking, choice)
        case ShareRule():
            return share.press(rule, asking, choice)
        case DerivedRule():
            return derived.press(rule, asking, choice)
        case PointsRule():
            return points.press(rule, asking, choice)
        case _:
            assert_never(rule)


def read(rule: Rule, asking: Asking, text: str) -> Reading:
    """Read a typed answer."""
    match rule:
        case YesNoRule():
            return yes_no.read(rule, asking, text)
        case OneOfRule():
            return one_of.read(rule, asking, text)
        case NumberRule():
            return number.read(rule, asking, text)
        case ShareRule():
            return share.read(rule, asking, text)
        case DerivedRule():
            return derived.read(rule, asking, text)
        case PointsRule():
            return points.read(rule, asking, text)
        case _:
            assert_never(rule)


def answer_words(rule: Rule, answer: Answer | None) -> Say | Text:
    """Say an answer in words, for confirmations, the summary and the sheet."""
    match answer:
        case None:
            return say("answer.none")
        case NotApplicable():
            return say("answer.not_applicable")
        case YesNo(value):
            return say("answer.yes") if value else say("answer.no")
        case Chosen(option_id):
            options = rule.options if isinstance(rule, OneOfRule) else ()
            return next((o.label for o in options if o.id == option_id), say("answer.none"))
        case Quantity(value) if isinstance(rule, PointsRule):
            return say("answer.points", value=value)
        case Quantity(value):
            unit = rule.unit if isinstance(rule, NumberRule) else Text("")
            return say("answer.quantity", value=value, unit=unit)
        case Share(part, whole) | Derived(part, whole):
            bands = rule.bands if isinstance(rule, ShareRule | DerivedRule) else ()
            return say("answer.share", part=part, whole=whole, percent=share.percent(part, whole, bands))
        case _:
            assert_never(answer)
