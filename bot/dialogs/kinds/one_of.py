"""One of several options."""

from __future__ import annotations

import re

from bot.dialogs.kinds.parts import Asked, Asking, Reading
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Expects, say
from bot.dialogs.understanding import fold, read_number
from bot.scoring.model import Chosen, OneOfRule, Option

PREFIX = "o-"
_LEVEL = re.compile(r"(?:dat )?(muc do|muc|bac|loai|cap|level|grade) ")
_DENIALS = ("chua", "khong", "not ", "no ", "none")


def ask(rule: OneOfRule, asking: Asking) -> Asked:
    """Offer the options as the sheet prints them."""
    return Asked(Expects.CHOICE, tuple(Choice(PREFIX + option.id, option.label) for option in rule.options))


def press(rule: OneOfRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap."""
    option_id = choice.removeprefix(PREFIX)
    known = choice.startswith(PREFIX) and any(option.id == option_id for option in rule.options)
    return Chosen(option_id) if known else None


def read(rule: OneOfRule, asking: Asking, text: str) -> Reading:
    """Read a number where labels hold numbers; leave other words and digits to the labels on the screen.

    'Mức 3' is the option that is called so, wherever it stands. A bare '3' is taken where the third option is that
    one, or none is; otherwise it could mean either and is asked back.
    """
    not_understood = Refusal(say("one_of.not_understood"))
    said = fold(text).strip(" .!")
    level = _LEVEL.match(said)
    value = read_number(said[level.end() :] if level else said)
    if value is None or not any(_numbers(option) for option in rule.options):
        return not_understood
    named = [option for option in rule.options if int(value) in _numbers(option) and not _is_denial(option)]
    if len(named) != 1:
        # "mức 3" names none of these: it must not be taken for the third line
        return Refusal(not_understood.why, is_final=level is not None)
    (option,) = named
    if level or rule.options.index(option) + 1 == value:
        return Chosen(option.id)
    return Refusal(say("one_of.which", said=text.strip(), label=option.label), is_final=True)


def _numbers(option: Option) -> set[int]:
    return {int(number) for number in re.findall(r"\d{1,4}", option.label.vi)}


def _is_denial(option: Option) -> bool:
    return fold(option.label.vi).startswith(_DENIALS)
