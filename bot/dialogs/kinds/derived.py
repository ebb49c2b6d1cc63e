"""A share computed from the records: shown with its source, accepted by a tap, replaced only with a reason."""

from __future__ import annotations

import re

from bot.dialogs.kinds.parts import Asked, Asking, Reading
from bot.dialogs.kinds.share import LARGEST, percent
from bot.dialogs.moves import Refusal
from bot.dialogs.screens import Choice, Expects, say
from bot.dialogs.understanding import read_share, read_yes_no
from bot.scoring.model import Derived, DerivedRule, Share

_COUNT = r"(\d{1,3}(?:\.\d{3}){1,2}|\d{1,8})"
_OVERRIDE = re.compile(rf"\s*{_COUNT}\s*/\s*{_COUNT}[\s,.;:-]+(\S.{{9,499}})", re.DOTALL)
"""'80/1.112 vì có 3 hộ mới chuyển đến': the share, then a reason of at least ten characters."""


def ask(rule: DerivedRule, asking: Asking) -> Asked:
    """Show the computed share and where it comes from."""
    computed = _computed(asking)
    if computed is None:
        return Asked(Expects.SHARE, hint=say("derived.no_records"))
    assert computed.counted_on is not None  # noqa: S101 - the records always say of which day they are
    hint = say(
        f"derived.from_{asking.source}",
        part=computed.part,
        part_label=rule.part_label,
        whole=computed.whole,
        whole_label=rule.whole_label,
        percent=percent(computed.part, computed.whole, rule.bands),
        day=computed.counted_on,
    )
    return Asked(Expects.SHARE, (Choice("accept", say("derived.accept")),), hint=hint)


def press(rule: DerivedRule, asking: Asking, choice: str) -> Reading | None:
    """Accept the computed share."""
    return _computed(asking) if choice == "accept" else None


def read(rule: DerivedRule, asking: Asking, text: str) -> Reading:
    """Read an agreement, or another share with its reason."""
    computed, said = _computed(asking), read_share(text)
    if computed is not None and (read_yes_no(text) is True or said == (computed.part, computed.whole)):
        return computed
    match = _OVERRIDE.fullmatch(text)
    if match is not None:
        said = (_count(match[1]), _count(match[2]))
    if not isinstance(said, tuple):
        return Refusal(say("derived.reason_wanted" if computed else "derived.no_records"))
    part, whole = said
    if part < 0:
        return Refusal(say("share.negative"), is_final=True)
    if not 0 < whole <= LARGEST:
        return Refusal(say("share.whole_out_of_range"), is_final=True)
    if part > whole:
        return Refusal(say("share.part_above_whole", part=part, whole=whole), is_final=True)
    if match is None:
        return Refusal(say("derived.reason_missing" if computed else "derived.source_missing", part=part, whole=whole))
    reason = match[3].strip()
    if computed is None:
        return Derived(part, whole, override_reason=reason)
    return Derived(part, whole, computed.counted_on, reason, Share(computed.part, computed.whole))


def _count(digits: str) -> int:
    return int(digits.replace(".", ""))


def _computed(asking: Asking) -> Derived | None:
    """What the records say; a share of nothing says nothing."""
    return asking.derived if asking.derived is not None and asking.derived.whole > 0 else None
