"""Points given outright, where the text sets only a maximum and leaves the rest to whoever assesses."""

from __future__ import annotations

from decimal import Decimal

from bot.dialogs.kinds.parts import KEYPAD_LIMIT, Asked, Asking, Reading, keypad, pressed_number
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Expects, Layout, say
from bot.dialogs.understanding import read_points
from bot.scoring.model import PointsRule, Quantity


def ask(rule: PointsRule, asking: Asking) -> Asked:
    """Offer the points when they are few; otherwise ask to type."""
    hint = say("points.hint", maximum=rule.maximum)
    if rule.decimals == 0 and rule.maximum <= KEYPAD_LIMIT:
        return Asked(Expects.NUMBER, keypad(0, int(rule.maximum)), Layout.KEYPAD, hint)
    return Asked(Expects.NUMBER, hint=hint)


def press(rule: PointsRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap."""
    value = pressed_number(choice)
    return None if value is None else _judge(rule, Decimal(value))


def read(rule: PointsRule, asking: Asking, text: str) -> Reading:
    """Read digits or words."""
    value = read_points(text)
    return Refusal(say("points.not_understood")) if value is None else _judge(rule, value)


def _judge(rule: PointsRule, value: Decimal) -> Reading:
    if not 0 <= value <= rule.maximum:
        return Refusal(say("points.out_of_range", maximum=rule.maximum), is_final=True)
    if value != round(value, rule.decimals):
        why = say("number.too_many_decimals", count=rule.decimals) if rule.decimals else say("points.too_fine")
        return Refusal(why, is_final=True)
    return Quantity(value)
