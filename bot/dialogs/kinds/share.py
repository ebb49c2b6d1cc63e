"""A share: n of m, asked together or one after the other, with the percentage said back."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from bot.dialogs.kinds.parts import KEYPAD_LIMIT, Asked, Asking, More, Reading, keypad, pressed_number
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Expects, Layout, say
from bot.dialogs.understanding import read_share
from bot.scoring.explain import shown
from bot.scoring.model import Band, NotApplicable, Share, ShareRule

LARGEST = 10_000_000
"""No place in Việt Nam has more of anything that is counted here."""


def percent(part: int, whole: int, bands: tuple[Band, ...]) -> Decimal:
    """Return per cent for showing, rounded so that it stays on its side of every limit of the rule."""
    return shown(Fraction(part * 100, whole), [band.at_least for band in bands])


def ask(rule: ShareRule, asking: Asking) -> Asked:
    """Ask for m first where it is not known, then for n."""
    whole = _whole(rule, asking)
    if whole is None:
        return Asked(Expects.SHARE, hint=say("share.hint_whole", whole_label=rule.whole_label))
    is_known = rule.whole_fact in asking.profile
    known = say("share.hint_known", whole=whole, whole_label=rule.whole_label)
    hint = known if is_known else say("share.hint_part", part_label=rule.part_label, whole=whole)
    if whole <= KEYPAD_LIMIT:
        return Asked(Expects.SHARE, keypad(0, whole), Layout.KEYPAD, hint)
    return Asked(Expects.SHARE, hint=hint)


def press(rule: ShareRule, asking: Asking, choice: str) -> Reading | None:
    """Read a tap on n."""
    part = pressed_number(choice)
    whole = _whole(rule, asking)
    return None if part is None or whole is None else _judge(part, whole)


def read(rule: ShareRule, asking: Asking, text: str) -> Reading:
    """Read '2/3', 'hai trên ba', 'cả 3', or one number, which is m first and n after that."""
    whole = _whole(rule, asking)
    said = read_share(text, whole)
    match said:
        case None:
            known = whole is not None
            return Refusal(say("share.not_understood_part" if known else "share.not_understood"))
        case (part, stated_whole):
            if whole is not None and rule.whole_fact in asking.profile and stated_whole != whole:
                return Refusal(say("share.other_whole", stated=stated_whole, whole=whole), is_final=True)
            return _judge(part, stated_whole)
        case int() if whole is None:
            if said == 0:
                return NotApplicable()
            return More(said) if 0 < said <= LARGEST else Refusal(say("share.whole_out_of_range"), is_final=True)
        case int():
            return _judge(said, whole)


def _whole(rule: ShareRule, asking: Asking) -> int | None:
    if rule.whole_fact is not None:
        return asking.profile.get(rule.whole_fact, asking.whole)
    return asking.whole


def _judge(part: int, whole: int) -> Reading:
    if not 0 < whole <= LARGEST:
        return Refusal(say("share.whole_out_of_range"), is_final=True)
    if part < 0:
        return Refusal(say("share.negative"), is_final=True)
    if part > whole:
        return Refusal(say("share.part_above_whole", part=part, whole=whole), is_final=True)
    return Share(part, whole)
