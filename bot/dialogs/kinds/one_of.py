"""One of several options."""

from __future__ import annotations

from bot.dialogs.kinds.parts import Asked, Asking, Reading
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Expects, say
from bot.scoring.model import Chosen, OneOfRule

PREFIX = "o-"


def ask(rule: OneOfRule, asking: Asking) -> Asked:
    """Offer the options as the sheet prints them."""
    return Asked(Expects.CHOICE, tuple(Choice(PREFIX + option.id, option.label) for option in rule.options))


def press(rule: OneOfRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap."""
    option_id = choice.removeprefix(PREFIX)
    known = choice.startswith(PREFIX) and any(option.id == option_id for option in rule.options)
    return Chosen(option_id) if known else None


def read(rule: OneOfRule, asking: Asking, text: str) -> Reading:
    """Leave words and digits to the labels on the screen; nothing else is an answer."""
    return Refusal(say("one_of.not_understood"))
