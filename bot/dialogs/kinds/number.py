"""A number between bounds."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogs.kinds.parts import KEYPAD_LIMIT, Asked, Asking, Reading, keypad, pressed_number
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Expects, Layout, say
from bot.dialogs.understanding import read_number
from bot.scoring.model import NumberRule, Quantity


def ask(rule: NumberRule, asking: Asking) -> Asked:
    """Offer the numbers when they are few; otherwise ask to type."""
    if rule.decimals == 0 and rule.minimum >= 0 and rule.maximum - rule.minimum <= KEYPAD_LIMIT:
        return Asked(Expects.NUMBER, keypad(int(rule.minimum), int(rule.maximum)), Layout.KEYPAD)
    return Asked(Expects.NUMBER, hint=say("number.hint", unit=rule.unit))


def press(rule: NumberRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap."""
    value = pressed_number(choice)
    return None if value is None else _judge(rule, Decimal(value))


def read(rule: NumberRule, asking: Asking, text: str) -> Reading:
    """Read digits or words."""
    value = read_number(text, allow_decimal=True, units=(rule.unit.vi, rule.unit.in_locale("en")))
    return Refusal(say("number.not_understood", unit=rule.unit)) if value is None else _judge(rule, value)


def _judge(rule: NumberRule, value: Decimal) -> Reading:
    if not rule.minimum <= value <= rule.maximum:
        why = say("number.out_of_range", minimum=rule.minimum, maximum=rule.maximum, unit=rule.unit)
        return Refusal(why, is_final=True)
    if value != round(value, rule.decimals):
        why = say("number.too_many_decimals", count=rule.decimals) if rule.decimals else say("number.too_fine")
        return Refusal(why, is_final=True)
    return Quantity(value)
