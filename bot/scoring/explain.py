"""Why a sheet says what it says: reasons as values, to be worded elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

from bot.scoring.explain_needs import by_limit, explain_need
from bot.scoring.judging import rank
from bot.scoring.model import (
    Band,
    Chosen,
    Derived,
    DerivedRule,
    LevelTitle,
    NumberRule,
    OneOfRule,
    PointsRule,
    PointsTitle,
    Quantity,
    Share,
    ShareRule,
    WhenNotApplicable,
    YesNo,
)
from bot.scoring.needs import common_worth
from bot.scoring.reasons import REASON_CODES, Reason, ReasonValue
from bot.scoring.sheet import Improvement, LineState, ScoreLine, ScoreSheet, WayUp
from bot.scoring.titles import Hurdle, Obstacle, obstacles

__all__ = [
    "REASON_CODES",
    "Reason",
    "ReasonValue",
    "explain_answer",
    "explain_obstacles",
    "explain_result",
    "explain_way_up",
    "explain_worth",
    "shown",
]


def explain_answer(line: ScoreLine) -> Reason:
    """Say what a line's answer was and which rule it met."""
    because = line.indicator.not_applicable_because
    match line.state:
        case LineState.NOT_ANSWERED:
            return Reason("scoring.reason.not_answered", {})
        case LineState.ANSWER_UNFIT:
            return Reason("scoring.reason.answer_unfit", {})
        case LineState.NOT_APPLICABLE:
            if because is None:
                return Reason("scoring.reason.not_applicable", {})
            return Reason("scoring.reason.not_applicable_because", {"because": because})
        case LineState.SCORED:
            return _explain_scored(line)
        case _:
            assert_never(line.state)


def explain_worth(line: ScoreLine) -> Reason:
    """Say what a line is worth."""
    is_by_points = line.passes_level is None
    points, most = line.points, line.indicator.max_points or Decimal(0)
    if line.state is LineState.NOT_APPLICABLE:
        if not is_by_points:
            return Reason("scoring.worth.every_level", {})
        if line.indicator.not_applicable is WhenNotApplicable.EXCLUDED:
            return Reason("scoring.worth.excluded", {})
        return Reason("scoring.worth.full_points", {"points": points})
    if is_by_points:
        return Reason("scoring.worth.points", {"points": points, "max_points": most})
    if line.passes_level:
        return Reason("scoring.worth.level", {"level": line.passes_level})
    return Reason("scoring.worth.no_level", {})


def explain_result(sheet: ScoreSheet) -> tuple[Reason, ...]:
    """Say the verdict, the standing of its rules, and how much is still open."""
    criteria, title = sheet.criteria, sheet.title
    limits = [t.min_total for t in criteria.titles if isinstance(t, PointsTitle)]
    points: dict[str, ReasonValue] = {"total": unrounded(sheet.total, limits), "max_total": criteria.max_total}
    verdict: Reason
    match title:
        case None if sheet.between is not None:
            verdict = _explain_between(sheet, *sheet.between)
        case PointsTitle():
            verdict = Reason("scoring.result.title", {"title": title.name, **points})
        case LevelTitle():
            verdict = Reason("scoring.result.title_by_level", {"title": title.name, "level": title.level})
        case None if criteria.is_by_points:
            verdict = Reason("scoring.result.not_reached", {"not_reached": criteria.not_reached, **points})
        case None:
            verdict = Reason("scoring.result.not_reached_by_level", {"not_reached": criteria.not_reached})
    standing = Reason(f"scoring.result.{criteria.standing.value}", {"document": criteria.issuing_document})
    count = sum(line.state in (LineState.NOT_ANSWERED, LineState.ANSWER_UNFIT) for line in sheet.lines)
    if not count:
        return verdict, standing
    return verdict, standing, Reason("scoring.result.incomplete", {"count": count})


def explain_obstacles(sheet: ScoreSheet) -> tuple[Reason, ...]:
    """Say everything that keeps the sheet from its next title; nothing where there is no way up."""
    if sheet.way_up is None:
        return ()
    target = sheet.way_up.title
    steps = {step.indicator.id: step for step in sheet.way_up.improvements}
    return tuple(
        _explain_obstacle(target, obstacle, steps.get(obstacle.indicator.id) if obstacle.indicator else None)
        for obstacle in obstacles(target, sheet.lines, sheet.total)
    )


def explain_way_up(way: WayUp) -> tuple[Reason, ...]:
    """Say which title is next, then each step to it."""
    title, count = way.title, len(way.improvements)
    if isinstance(title, LevelTitle):
        return (
            Reason("scoring.way_up.level", {"title": title.name, "count": count}),
            *(
                _needing(
                    "scoring.way_up.pass", {"indicator": step.indicator.short, "level": title.level}, explain_need(step)
                )
                for step in way.improvements
            ),
        )
    missing = unrounded(way.missing, ())
    return (
        Reason("scoring.way_up.points", {"title": title.name, "count": count, "missing": missing}),
        *(
            Reason("scoring.way_up.gain", {"indicator": step.indicator.short, "gain": step.gain})
            for step in way.improvements
        ),
    )


def unrounded(points: Decimal | Fraction, limits: Iterable[Decimal], above: Iterable[Decimal] = ()) -> Decimal:
    """Points as they are, 84,75 and not 84,8; only what no decimal can hold is rounded, as `shown` does."""
    return points if isinstance(points, Decimal) else shown(points, limits, above)


def shown(value: Decimal | Fraction, limits: Iterable[Decimal], above: Iterable[Decimal] = ()) -> Decimal:
    """Round for people, to one decimal or as many as it takes to stay on the same side of zero and every limit.

    59.99 % is never shown as 60 % where 60 % is what counts, and what is missing is never shown as nothing.

    Args:
        limits: what counts when it is reached.
        above: what counts when it is exceeded.
    """
    exact = Fraction(value)
    sides = [(limit, exact >= limit) for limit in limits]
    beyond = [(limit, exact > limit) for limit in above]
    rounded = Decimal(0)
    for places in range(1, 25):
        shift = 10**places
        nearest = (2 * exact.numerator * shift + exact.denominator) // (2 * exact.denominator)
        rounded = Decimal(nearest) / shift
        if (
            bool(rounded) == bool(exact)
            and all((rounded >= limit) == is_reached for limit, is_reached in sides)
            and all((rounded > limit) == is_above for limit, is_above in beyond)
        ):
            break
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral_value() else rounded.normalize()


def _explain_between(sheet: ScoreSheet, lower: PointsTitle, upper: PointsTitle) -> Reason:
    """Say that the text names no title for the total, which is shown as it is."""
    limits = [t.min_total for t in (lower, upper)]
    highest = lower.min_total if lower.up_to is None else lower.up_to
    total = unrounded(sheet.total, limits, [highest])
    points: dict[str, ReasonValue] = {"total": total, "max_total": sheet.criteria.max_total}
    return Reason(
        "scoring.result.between_titles",
        {
            **points,
            "lower": lower.name,
            "lower_up_to": highest,
            "upper": upper.name,
            "upper_min": upper.min_total,
        },
    )


def _explain_scored(line: ScoreLine) -> Reason:
    """Say the answer and its limit, and whether that limit is one for some subjects only."""
    reason, band, rule = _explain_fitting(line), line.band, line.indicator.rule
    if band is None or band.when is None or not isinstance(rule, NumberRule | ShareRule | DerivedRule):
        return reason
    reached = line.answer.value if isinstance(line.answer, Quantity) else (line.share or Fraction(0)) * 100
    common = common_worth(rule.bands, reached)
    return by_limit(reason, band.when if rank(common) != rank(band.worth) else None, "scoring.reason", "reason")


def _explain_fitting(line: ScoreLine) -> Reason:
    rule, answer = line.indicator.rule, line.answer
    match answer:
        case YesNo():
            return Reason("scoring.reason.yes" if answer.value else "scoring.reason.no", {})
        case Chosen() if isinstance(rule, OneOfRule):
            label = next(option.label for option in rule.options if option.id == answer.option)
            return Reason("scoring.reason.option", {"label": label})
        case Quantity() if isinstance(rule, NumberRule) and line.band is not None:
            params: dict[str, ReasonValue] = {"number": answer.value, "unit": rule.unit}
            return _reaching("scoring.reason.number_band", params, line.band, rule.minimum)
        case Quantity() if isinstance(rule, PointsRule):
            return Reason("scoring.reason.points_given", {"points": answer.value})
        case Share() if line.band is not None:
            return _reaching("scoring.reason.share_band", _share_params(line, answer), line.band)
        case Derived() if line.band is not None:
            return _explain_derived(_share_params(line, answer), answer, line.band)
        case _:
            return Reason("scoring.reason.answer_unfit", {})


def _reaching(code: str, params: dict[str, ReasonValue], band: Band, lowest: Decimal = Decimal(0)) -> Reason:
    """A reason with the limit that was reached; the lowest band is reached by anything, so it is not named."""
    if band.at_least <= lowest:
        return Reason(f"{code}_lowest", params)
    return Reason(code, {**params, "at_least": band.at_least})


def _explain_derived(params: dict[str, ReasonValue], answer: Derived, band: Band) -> Reason:
    day, reason, counted = answer.counted_on, answer.override_reason or "", answer.counted
    if counted is not None and day is not None:
        params |= {"reason": reason, "counted_part": counted.part, "counted_whole": counted.whole, "day": day}
        return _reaching("scoring.reason.derived_overridden", params, band)
    if day is None:
        return _reaching("scoring.reason.derived_stated", {**params, "reason": reason}, band)
    return _reaching("scoring.reason.derived_band", {**params, "day": day}, band)


def _share_params(line: ScoreLine, answer: Share | Derived) -> dict[str, ReasonValue]:
    rule = line.indicator.rule
    limits = [b.at_least for b in rule.bands] if isinstance(rule, ShareRule | DerivedRule) else []
    limits.append(Decimal(100))  # all of them is said of all of them only
    percent = shown(Fraction(answer.part * 100, answer.whole), limits)
    return {"part": answer.part, "whole": answer.whole, "percent": percent}


def _explain_obstacle(target: PointsTitle | LevelTitle, obstacle: Obstacle, step: Improvement | None) -> Reason:
    params: dict[str, ReasonValue] = {"title": target.name}
    if obstacle.indicator is not None:
        params["indicator"] = obstacle.indicator.short
    match obstacle.hurdle:
        case Hurdle.TOTAL if isinstance(target, PointsTitle):
            params |= {"missing": unrounded(obstacle.missing, ()), "min_total": target.min_total}
        case Hurdle.INDICATOR_MINIMUM if isinstance(target, PointsTitle) and target.min_per_indicator is not None:
            params |= {"missing": unrounded(obstacle.missing, ()), "minimum": target.min_per_indicator}
        case Hurdle.ZERO_CRITERION if obstacle.criterion is not None:
            params["criterion"] = obstacle.criterion.title
        case Hurdle.LEVEL if isinstance(target, LevelTitle):
            params["level"] = target.level
        case _:
            pass
    return _needing(f"scoring.obstacle.{obstacle.hurdle.value}", params, explain_need(step) if step else None)


def _needing(code: str, params: dict[str, ReasonValue], need: Reason | None) -> Reason:
    """A reason, with what would be needed where that can be said."""
    return Reason(code, params) if need is None else Reason(f"{code}_needs", {**params, "need": need})
