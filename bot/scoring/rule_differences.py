"""What is different in how one indicator is answered and what its answers are worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from typing import assert_never

from bot.scoring.changes import Aspect, Change, Spot
from bot.scoring.explain_needs import by_limit
from bot.scoring.model import (
    Band,
    Condition,
    DerivedRule,
    NumberRule,
    OneOfRule,
    PointsRule,
    Rule,
    ShareRule,
    Worth,
    YesNoRule,
)
from bot.scoring.reasons import Reason

Limit = Callable[[Band], Reason]
"""How the limit of a band is said."""


def rule_changes(spot: Spot, old: Rule, new: Rule) -> Iterator[Change]:
    """Every difference between two rules of one indicator; of two kinds nothing but the kind is compared."""
    match old, new:
        case YesNoRule(), YesNoRule():
            yield from _worth_changed(spot, "yes_worth", old.yes, new.yes)
            yield from _worth_changed(spot, "no_worth", old.no, new.no)
        case OneOfRule(), OneOfRule():
            yield from _options_changed(spot, old, new)
        case NumberRule(), NumberRule():
            yield from _number_changed(spot, old, new)
        case ShareRule(), ShareRule():
            yield from _share_changed(spot, old, new)
        case DerivedRule(), DerivedRule():
            if old.of is not new.of:
                yield spot.change(Aspect.KIND, "counted_of")
            yield from _share_changed(spot, old, new)
        case PointsRule(), PointsRule():
            yield from spot.shift(Aspect.KIND, "decimals", old.decimals, new.decimals)
        case _:
            yield spot.change(Aspect.KIND, "kind", old=_kind(old), new=_kind(new))


def _kind(rule: Rule) -> Reason:
    match rule:
        case YesNoRule():
            name = "yes_no"
        case OneOfRule():
            name = "one_of"
        case NumberRule():
            name = "number"
        case ShareRule():
            name = "share"
        case DerivedRule():
            name = "derived"
        case PointsRule():
            name = "points"
        case _:
            assert_never(rule)
    return Reason(f"scoring.change.kind_{name}", {})


def said_worth(worth: Worth) -> Reason:
    """A worth as a part of a sentence."""
    if worth.points is not None:
        return Reason("scoring.change.worth_points", {"points": worth.points})
    if worth.passes_level:
        return Reason("scoring.change.worth_level", {"level": worth.passes_level})
    return Reason("scoring.change.worth_none", {})


def _worth_changed(spot: Spot, code: str, old: Worth, new: Worth) -> Iterator[Change]:
    if old != new:
        yield spot.change(Aspect.THRESHOLD, code, old=said_worth(old), new=said_worth(new))


def _options_changed(spot: Spot, old: OneOfRule, new: OneOfRule) -> Iterator[Change]:
    before, after = {o.id: o for o in old.options}, {o.id: o for o in new.options}
    for option in new.options:
        was = before.get(option.id)
        if was is None:
            worth = said_worth(option.worth)
            yield spot.change(Aspect.THRESHOLD, "option_added", option=option.label, worth=worth)
            continue
        if was.worth != option.worth:
            worths = said_worth(was.worth), said_worth(option.worth)
            yield spot.change(Aspect.THRESHOLD, "option_worth", option=option.label, old=worths[0], new=worths[1])
        if was.label != option.label:
            yield spot.change(Aspect.WORDING, "option_label", old=was.label, new=option.label)
    for option in old.options:
        if option.id not in after:
            yield spot.change(Aspect.THRESHOLD, "option_removed", option=option.label)
    if [o for o in before if o in after] != [o for o in after if o in before]:
        yield spot.change(Aspect.ORDER, "options_order")


def _number_changed(spot: Spot, old: NumberRule, new: NumberRule) -> Iterator[Change]:
    yield from spot.shift(Aspect.KIND, "minimum", old.minimum, new.minimum)
    yield from spot.shift(Aspect.KIND, "maximum", old.maximum, new.maximum)
    yield from spot.shift(Aspect.KIND, "decimals", old.decimals, new.decimals)
    if old.unit != new.unit:
        yield spot.change(Aspect.WORDING, "unit", old=old.unit, new=new.unit)

    def limit(band: Band) -> Reason:
        return Reason("scoring.change.limit_number", {"limit": band.at_least, "unit": new.unit})

    yield from _bands_changed(spot, old.bands, new.bands, limit)


def _share_changed(spot: Spot, old: ShareRule | DerivedRule, new: ShareRule | DerivedRule) -> Iterator[Change]:
    if old.whole_fact != new.whole_fact:
        yield spot.change(Aspect.KIND, "whole")
    if (old.part_label, old.whole_label) != (new.part_label, new.whole_label):
        yield spot.change(Aspect.WORDING, "share_labels", part_label=new.part_label, whole_label=new.whole_label)

    def limit(band: Band) -> Reason:
        return Reason("scoring.change.limit_percent", {"limit": band.at_least})

    yield from _bands_changed(spot, old.bands, new.bands, limit)


def _bands_changed(spot: Spot, old: Sequence[Band], new: Sequence[Band], limit: Limit) -> Iterator[Change]:
    """Compare the bands for everybody, then those for each condition."""
    conditions = dict.fromkeys([None, *(band.when for band in (*new, *old))])
    for when in conditions:
        before, after = ([band for band in bands if band.when == when] for bands in (old, new))
        found = list(_paired(spot, before, after, lambda band: _limit_of(limit, band)))
        yield from (change for _, change in sorted(found, key=lambda each: each[0]))


def _paired(spot: Spot, old: Sequence[Band], new: Sequence[Band], limit: Limit) -> Iterator[tuple[Decimal, Change]]:
    """Pair bands by their limit, then by their worth; what is left over came or went. With its limit, to sort by."""
    before = [band for band in old if band not in new]
    after = [band for band in new if band not in old]
    for band in list(after):
        was = next((b for b in before if b.at_least == band.at_least), None)
        if was is not None:
            before.remove(was)
            after.remove(band)
            worths = said_worth(was.worth), said_worth(band.worth)
            yield (
                band.at_least,
                spot.change(Aspect.THRESHOLD, "band_worth", limit=limit(band), old=worths[0], new=worths[1]),
            )
    for band in list(after):
        was = next((b for b in before if b.worth == band.worth), None)
        if was is None:
            yield (
                band.at_least,
                spot.change(Aspect.THRESHOLD, "band_added", limit=limit(band), worth=said_worth(band.worth)),
            )
        else:
            before.remove(was)
            yield (
                band.at_least,
                spot.change(
                    Aspect.THRESHOLD, "band_limit", worth=said_worth(band.worth), old=limit(was), new=limit(band)
                ),
            )
    for band in before:
        yield (
            band.at_least,
            spot.change(Aspect.THRESHOLD, "band_removed", limit=limit(band), worth=said_worth(band.worth)),
        )


def _limit_of(limit: Limit, band: Band) -> Reason:
    """A limit, with whom it is for."""
    when: Condition | None = band.when
    return by_limit(limit(band), when, "scoring.change", "limit")
