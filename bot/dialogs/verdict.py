"""The result in words: total, provisional title, the standing of the rules, the shortest way up."""

from __future__ import annotations

from datetime import date

from bot.dialogs.facts import Assessment, Facts, Subject
from bot.dialogs.screens import Paragraph, Say, Tone, say, stacked
from bot.scoring.explain import (
    Reason,
    explain_answer,
    explain_obstacles,
    explain_result,
    explain_way_up,
    explain_worth,
)
from bot.scoring.model import PointsTitle
from bot.scoring.score import score
from bot.scoring.sheet import ScoreLine, ScoreSheet, WayUp


def sheet_of(facts: Facts) -> ScoreSheet:
    """Score the assessment as it stands, by the rules it is answered under."""
    assessment, subject = facts.assessment, facts.subject
    assert assessment is not None  # noqa: S101 - asked for only where there is one
    assert subject is not None  # noqa: S101 - likewise
    return scored(assessment, subject, facts.today)


def scored(assessment: Assessment, subject: Subject, today: date) -> ScoreSheet:
    """Score an assessment of a household on a local day."""
    return score(assessment.criteria, assessment.answers, subject.profile, judged_on(assessment, today))


def judged_on(assessment: Assessment, today: date) -> date:
    """The day whose rules apply: today, or the nearest day on which the assessment's own set was in force."""
    criteria = assessment.criteria
    first, last = criteria.valid_from, criteria.valid_until
    return max(today, first) if last is None else min(max(today, first), last)


def provisional(sheet: ScoreSheet) -> tuple[Paragraph, ...]:
    """The result so far, the standing of its rules, and the way up."""
    verdict, standing, *_ = explain_result(sheet)
    lines = [Paragraph(worded(verdict), Tone.HEADING), Paragraph(worded(standing), Tone.NOTICE)]
    if sheet.way_up is not None:
        lines.append(Paragraph(stacked(*way_up(sheet, sheet.way_up))))
    return tuple(lines)


def way_up(sheet: ScoreSheet, way: WayUp) -> tuple[Say, ...]:
    """The shortest way up; where the total is enough already, what else stands in the way."""
    if isinstance(way.title, PointsTitle) and not way.missing:
        intro = say("result.total_is_enough", title=way.title.name)
        return (intro, *(worded(reason) for reason in explain_obstacles(sheet)))
    return tuple(worded(reason) for reason in explain_way_up(way))


def because(line: ScoreLine) -> Say:
    """Why a line is worth what it is."""
    return worded(explain_answer(line))


def worth(line: ScoreLine) -> Say:
    """What a line is worth."""
    return worded(explain_worth(line))


def worded(reason: Reason) -> Say:
    """A reason of the rules as a sentence for people; its count, if any, picks the plural."""
    count = reason.params.get("count")
    params = tuple(
        (name, worded(value) if isinstance(value, Reason) else value)
        for name, value in reason.params.items()
        if name != "count"
    )
    return Say(reason.code, params, count if isinstance(count, int) else None)
