"""Yes or no."""

from __future__ import annotations

from bot.dialogs.kinds.parts import Asked, Asking, Reading
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Expects, Layout, say
from bot.dialogs.understanding import read_yes_no
from bot.scoring.model import YesNo, YesNoRule


def ask(rule: YesNoRule, asking: Asking) -> Asked:
    """Offer yes and no side by side."""
    return Asked(Expects.CHOICE, (Choice("yes", say("answer.yes")), Choice("no", say("answer.no"))), Layout.PAIR)


def press(rule: YesNoRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap."""
    return {"yes": YesNo(True), "no": YesNo(False)}.get(choice)


def read(rule: YesNoRule, asking: Asking, text: str) -> Reading:
    """Read words; anything but a plain yes or no is left unclear."""
    value = read_yes_no(text)
    return Refusal(say("yes_no.not_understood")) if value is None else YesNo(value)
