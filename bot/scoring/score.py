"""Score one assessment: answers and rules in, a sheet that explains itself out."""

from __future__ import annotations

from datetime import date

from bot.scoring.applicability import is_applicable, may_be_declared_not_applicable
from bot.scoring.errors import CriteriaNotInForce, StructureOnly
from bot.scoring.judging import judge
from bot.scoring.model import (
    Answer,
    Answers,
    CriteriaSet,
    Criterion,
    Indicator,
    LevelTitle,
    NotApplicable,
    Profile,
    WhenNotApplicable,
)
from bot.scoring.sheet import LineState, ScoreLine, ScoreSheet
from bot.scoring.titles import obstacles, place
from bot.scoring.totals import ZERO, total_of
from bot.scoring.way_up import way_up


def score(criteria: CriteriaSet, answers: Answers, profile: Profile, on: date) -> ScoreSheet:
    """Score one assessment by the rules in force on a day.

    Args:
        criteria: the set, as the parser gives it.
        answers: {indicator id: Answer}; a missing id means "not answered". Ids the set does not know are passed over.
        profile: {fact: count} of the subject; decides what applies.
        on: local day whose rules apply.

    Returns: one line per indicator, in document order; points are Decimal. An answer that does not fit its rule is
        worth nothing and its line says so.
    Raises: CriteriaNotInForce: the set is not in force on `on`. StructureOnly: its points are not known.
    Law: the set's own articles; Thông tư 25/2023/TT-BGDĐT, Điều 6-8 for levels.
    """
    require_usable(criteria, on)
    top_level = top_level_of(criteria)
    lines = tuple(
        line_of(criterion, indicator, answers.get(indicator.id), profile, top_level)
        for criterion in criteria.criteria
        for indicator in criterion.indicators
    )
    total = total_of(lines) if top_level is None else ZERO
    placing = place(criteria, total, profile, lambda title: not obstacles(title, lines, total))
    return ScoreSheet(
        criteria, lines, total, placing.title, way_up(criteria, lines, total, placing, profile), placing.between
    )


def require_usable(criteria: CriteriaSet, on: date) -> None:
    """Refuse a set that nothing can be scored by on a day. Raises: CriteriaNotInForce, StructureOnly."""
    if not criteria.is_in_force(on):
        raise CriteriaNotInForce(criteria.id, on, criteria.valid_from, criteria.valid_until)
    if criteria.is_structure_only:
        raise StructureOnly(criteria.id)


def line_of(
    criterion: Criterion, indicator: Indicator, answer: Answer | None, profile: Profile, top_level: int | None
) -> ScoreLine:
    """Score one indicator; `top_level` is the set's, None where it is judged by points."""
    if not is_applicable(indicator, profile):
        return _not_applicable(criterion, indicator, answer, top_level)
    nothing = None if top_level is None else 0
    if answer is None:
        return ScoreLine(criterion, indicator, None, LineState.NOT_ANSWERED, ZERO, nothing)
    if isinstance(answer, NotApplicable):
        if may_be_declared_not_applicable(indicator, profile):
            return _not_applicable(criterion, indicator, answer, top_level)
        return ScoreLine(criterion, indicator, answer, LineState.ANSWER_UNFIT, ZERO, nothing)
    judged = judge(indicator.rule, answer, profile)
    if judged is None:
        return ScoreLine(criterion, indicator, answer, LineState.ANSWER_UNFIT, ZERO, nothing)
    worth = judged.worth
    return ScoreLine(
        criterion,
        indicator,
        answer,
        LineState.SCORED,
        worth.points or ZERO,
        worth.passes_level,
        judged.share,
        judged.band,
    )


def _not_applicable(
    criterion: Criterion, indicator: Indicator, answer: Answer | None, top_level: int | None
) -> ScoreLine:
    is_full = top_level is None and indicator.not_applicable is WhenNotApplicable.FULL_POINTS
    points = (indicator.max_points or ZERO) if is_full else ZERO
    return ScoreLine(criterion, indicator, answer, LineState.NOT_APPLICABLE, points, top_level)


def top_level_of(criteria: CriteriaSet) -> int | None:
    """The highest level a set gives; None where it is judged by points."""
    if criteria.is_by_points:
        return None
    return max((t.level for t in criteria.titles if isinstance(t, LevelTitle)), default=0)
