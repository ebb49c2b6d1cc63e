"""The codes of everything the rules give as a reason, and what each sentence speaks of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from bot.scoring.model import Text


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence to be said: its code and what it speaks of; a part of it may be a reason itself."""

    code: str
    params: Mapping[str, ReasonValue]


ReasonValue = str | int | Decimal | date | Text | Reason

REASON_CODES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        # why a line is worth what it is
        "scoring.reason.not_answered": (),
        "scoring.reason.answer_unfit": (),
        "scoring.reason.not_applicable": (),
        "scoring.reason.not_applicable_because": ("because",),
        "scoring.reason.yes": (),
        "scoring.reason.no": (),
        "scoring.reason.option": ("label",),
        "scoring.reason.number_band": ("number", "unit", "at_least"),
        "scoring.reason.points_given": ("points",),
        "scoring.reason.share_band": ("part", "whole", "percent", "at_least"),
        "scoring.reason.derived_band": ("part", "whole", "percent", "at_least", "day"),
        "scoring.reason.derived_overridden": (
            "part",
            "whole",
            "percent",
            "at_least",
            "reason",
            "counted_part",
            "counted_whole",
            "day",
        ),
        "scoring.reason.derived_stated": ("part", "whole", "percent", "at_least", "reason"),
        "scoring.reason.in_difficult_area": ("reason",),
        "scoring.reason.by_condition": ("reason",),
        # what it is worth
        "scoring.worth.points": ("points", "max_points"),
        "scoring.worth.full_points": ("points",),
        "scoring.worth.excluded": (),
        "scoring.worth.level": ("level",),
        "scoring.worth.no_level": (),
        "scoring.worth.every_level": (),
        # the result
        "scoring.result.title": ("title", "total", "max_total"),
        "scoring.result.between_titles": ("total", "max_total", "lower", "lower_up_to", "upper", "upper_min"),
        "scoring.result.not_reached": ("not_reached", "total", "max_total"),
        "scoring.result.title_by_level": ("title", "level"),
        "scoring.result.not_reached_by_level": ("not_reached",),
        "scoring.result.incomplete": ("count",),
        "scoring.result.official": ("document",),
        "scoring.result.local": ("document",),
        "scoring.result.sample": ("document",),
        # what keeps it from a title
        "scoring.obstacle.total": ("title", "missing", "min_total"),
        "scoring.obstacle.indicator_minimum": ("title", "indicator", "missing", "minimum"),
        "scoring.obstacle.indicator_minimum_needs": ("title", "indicator", "missing", "minimum", "need"),
        "scoring.obstacle.zero_indicator": ("title", "indicator"),
        "scoring.obstacle.zero_indicator_needs": ("title", "indicator", "need"),
        "scoring.obstacle.zero_criterion": ("title", "criterion"),
        "scoring.obstacle.level": ("title", "indicator", "level"),
        "scoring.obstacle.level_needs": ("title", "indicator", "level", "need"),
        # the shortest way up
        "scoring.way_up.points": ("title", "count", "missing"),
        "scoring.way_up.level": ("title", "count"),
        "scoring.way_up.gain": ("indicator", "gain"),
        "scoring.way_up.pass": ("indicator", "level"),
        "scoring.way_up.pass_needs": ("indicator", "level", "need"),
        # what one indicator would need: clauses inside the ones above
        "scoring.need.yes": (),
        "scoring.need.no": (),
        "scoring.need.option_only": ("option",),
        "scoring.need.option_from": ("option",),
        "scoring.need.number_at_least": ("at_least", "unit"),
        "scoring.need.number_at_most": ("at_most", "unit"),
        "scoring.need.number_between": ("at_least", "at_most", "unit"),
        "scoring.need.any_number": ("unit",),
        "scoring.need.share_missing": ("count", "part_label", "percent"),
        "scoring.need.share_excess": ("count", "part_label", "percent"),
        "scoring.need.share_of": ("fewest", "whole", "part_label", "percent"),
        "scoring.need.share_of_at_most": ("most", "whole", "part_label", "percent"),
        "scoring.need.share_at_least": ("percent", "part_label", "whole_label"),
        "scoring.need.share_below": ("percent", "part_label", "whole_label"),
        "scoring.need.share_between": ("percent", "below", "part_label", "whole_label"),
        "scoring.need.any_share": ("part_label", "whole_label"),
        "scoring.need.not_answered": ("need",),
        "scoring.need.answer_again": ("need",),
        "scoring.need.in_difficult_area": ("need",),
        "scoring.need.by_condition": ("need",),
    }
)
"""{every code of bot.scoring.explain: the names of its params}."""
