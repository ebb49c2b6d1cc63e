"""What an indicator would need, as a reason: the least answer that passes, and by whose limit."""

from __future__ import annotations

from decimal import Decimal
from typing import assert_never

from bot.scoring.model import Condition
from bot.scoring.needs import Need, NumberNeed, OptionNeed, ShareNeed, YesNoNeed
from bot.scoring.reasons import Reason, ReasonValue
from bot.scoring.sheet import Improvement, LineState


def explain_need(step: Improvement) -> Reason | None:
    """Say what an indicator would need; None where the rule leaves nothing to say besides its points."""
    if step.need is None:
        return None
    said = by_limit(_explain(step.need), _condition_of(step.need), "scoring.need", "need")
    match step.state:
        case LineState.NOT_ANSWERED:
            return Reason("scoring.need.not_answered", {"need": said})
        case LineState.ANSWER_UNFIT:
            return Reason("scoring.need.answer_again", {"need": said})
        case _:
            return said


def by_limit(said: Reason, when: Condition | None, family: str, param: str) -> Reason:
    """Say with a reason that it counts by a limit for some subjects only: in difficult areas, mostly."""
    if when is None:
        return said
    kind = "in_difficult_area" if when.fact == "difficult_area" else "by_condition"
    return Reason(f"{family}.{kind}", {param: said})


def _condition_of(need: Need) -> Condition | None:
    return need.when if isinstance(need, NumberNeed | ShareNeed) else None


def _explain(need: Need) -> Reason:
    match need:
        case YesNoNeed():
            return Reason("scoring.need.yes" if need.value else "scoring.need.no", {})
        case OptionNeed():
            code = "scoring.need.option_only" if need.is_only else "scoring.need.option_from"
            return Reason(code, {"option": need.option.label})
        case NumberNeed():
            return _explain_number(need)
        case ShareNeed():
            return _explain_share(need)
        case _:
            assert_never(need)


def _explain_number(need: NumberNeed) -> Reason:
    unit: dict[str, ReasonValue] = {"unit": need.unit}
    if need.at_least is None and need.at_most is None:
        return Reason("scoring.need.any_number", unit)
    if need.at_most is None:
        return Reason("scoring.need.number_at_least", {"at_least": need.at_least or Decimal(0), **unit})
    if need.at_least is None:
        return Reason("scoring.need.number_at_most", {"at_most": need.at_most, **unit})
    return Reason("scoring.need.number_between", {"at_least": need.at_least, "at_most": need.at_most, **unit})


def _explain_share(need: ShareNeed) -> Reason:
    part_label: dict[str, ReasonValue] = {"part_label": need.part_label}
    labels: dict[str, ReasonValue] = {**part_label, "whole_label": need.whole_label}
    if need.part is not None and need.fewest is not None and need.part < need.fewest:
        count = need.fewest - need.part
        return Reason("scoring.need.share_missing", {"count": count, "percent": need.at_least, **part_label})
    if need.part is not None and need.most is not None and need.below is not None and need.part > need.most:
        count = need.part - need.most
        return Reason("scoring.need.share_excess", {"count": count, "percent": need.below, **part_label})
    if need.below is None and not need.at_least:
        return Reason("scoring.need.any_share", labels)
    if need.below is None:
        if need.whole is not None and need.fewest is not None:
            counts: dict[str, ReasonValue] = {"fewest": need.fewest, "whole": need.whole}
            return Reason("scoring.need.share_of", {**counts, "percent": need.at_least, **part_label})
        return Reason("scoring.need.share_at_least", {"percent": need.at_least, **labels})
    if not need.at_least:
        if need.whole is not None and need.most is not None:
            counts = {"most": need.most, "whole": need.whole}
            return Reason("scoring.need.share_of_at_most", {**counts, "percent": need.below, **part_label})
        return Reason("scoring.need.share_below", {"percent": need.below, **labels})
    return Reason("scoring.need.share_between", {"percent": need.at_least, "below": need.below, **labels})
