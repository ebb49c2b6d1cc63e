"""An assessment as the document that is printed: scored, explained and worded in one language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

from bot.dialogs.addressing import say_state
from bot.dialogs.facts import Assessment, AssessmentState, Subject
from bot.dialogs.kinds import answer_words
from bot.dialogs.screens import say
from bot.dialogs.verdict import because, scored, way_up, worded
from bot.i18n import Translator
from bot.reports.sheet_data import SheetCriterion, SheetDocument, SheetLine
from bot.reports.subject_wording import known_of, place_of
from bot.scoring.explain import explain_result, explain_worth
from bot.scoring.model import CriteriaSet, Criterion, LevelTitle
from bot.scoring.sheet import LineState, ScoreLine, ScoreSheet
from bot.scoring.totals import ZERO, is_excluded

_NOTHING_COUNTS = "–"
_SAID_BY_THE_DATE = (AssessmentState.DRAFT, AssessmentState.HANDED_IN)


def sheet_document(
    assessment: Assessment, subject: Subject, words: Translator, timezone: ZoneInfo, at: datetime
) -> SheetDocument:
    """Score an assessment on the local day of a moment and word everything that is printed of it."""
    today = at.astimezone(timezone).date()
    sheet = scored(assessment, subject, today)
    criteria = sheet.criteria
    total, most, total_text, reached = _total(sheet, words)
    is_handed_in = assessment.state not in (AssessmentState.DRAFT, AssessmentState.RETURNED)
    handed_in_at = assessment.handed_in_at if is_handed_in else None
    said_by_date = assessment.state in _SAID_BY_THE_DATE
    state = say_state(assessment.state, subject.kind, assessment.handed_in_at or "", subject.place.level)
    return SheetDocument(
        locale=words.locale,
        kind=subject.kind,
        title=words.say(criteria.title),
        subject_name=subject.name,
        place=place_of(subject),
        year=assessment.year,
        standing=criteria.standing,
        issuing_document=criteria.issuing_document,
        valid_from=criteria.valid_from,
        valid_until=criteria.valid_until,
        criteria=tuple(_criterion(number, c, sheet, words) for number, c in enumerate(criteria.criteria, 1)),
        total=total,
        max_total=most,
        total_text=total_text,
        reached=reached,
        result=_result(sheet, words),
        is_title_reached=sheet.title is not None,
        way_up=_way_up(sheet, words),
        handed_in_on=None if handed_in_at is None else handed_in_at.astimezone(timezone).date(),
        printed_on=today,
        told=known_of(subject, criteria, words),
        level=None if criteria.is_by_points else _aim(sheet),
        result_means=words.say(worded(explain_result(sheet)[0])) if sheet.between else None,
        state=None if said_by_date else words.say(state),
        note=_note(sheet, words),
    )


def numbers_of(criteria: CriteriaSet) -> dict[str, str]:
    """{indicator id: its number as people count, '1.1'}."""
    return {
        indicator.id: f"{first}.{second}"
        for first, criterion in enumerate(criteria.criteria, 1)
        for second, indicator in enumerate(criterion.indicators, 1)
    }


def _criterion(number: int, criterion: Criterion, sheet: ScoreSheet, words: Translator) -> SheetCriterion:
    lines = [line for line in sheet.lines if line.criterion.id == criterion.id]
    points, most, reached = _reached(lines, sheet, words)
    numbers = numbers_of(sheet.criteria)
    return SheetCriterion(
        number=str(number),
        title=words.say(criterion.title),
        points=points,
        max_points=most,
        reached=reached,
        lines=tuple(_line(numbers[line.indicator.id], line, words) for line in lines),
    )


def _reached(lines: Sequence[ScoreLine], sheet: ScoreSheet, words: Translator) -> tuple[str, str | None, Fraction]:
    """Points, or passed indicators, of lines; of how many; and which part that is."""
    if not sheet.criteria.is_by_points:
        passed, count = _passed(lines, _aim(sheet)), len(lines)
        return str(passed), str(count), _part(passed, count)
    counted = [line for line in lines if not is_excluded(line)]
    if not counted:
        return _NOTHING_COUNTS, None, Fraction(0)
    points = sum((line.points for line in counted), ZERO)
    most = sum((line.indicator.max_points or ZERO for line in counted), ZERO)
    return words.param(points), words.param(most), _part(points, most)


def _total(sheet: ScoreSheet, words: Translator) -> tuple[str, str, str, Fraction]:
    """The total, the most it can be, both in words, and which part is reached."""
    if not sheet.criteria.is_by_points:
        level, count = _aim(sheet), len(sheet.lines)
        passed = _passed(sheet.lines, level)
        text = words.text("report.passed", {"passed": passed, "all": count, "level": level})
        return str(passed), str(count), text, _part(passed, count)
    verdict = dict(worded(explain_result(sheet)[0]).params)
    points = {"points": verdict["total"], "max_points": verdict["max_total"]}
    total, most = (words.param(value) for value in points.values())
    return total, most, words.text("scoring.worth.points", points), _part(sheet.total, sheet.criteria.max_total)


def _result(sheet: ScoreSheet, words: Translator) -> str:
    """The title; without one what the set calls that, unless its text is silent about such a total."""
    if sheet.between is None:
        return words.say(sheet.title.name if sheet.title else sheet.criteria.not_reached)
    lower, upper = (title.name for title in sheet.between)
    return words.text("report.between", {"lower": lower, "upper": upper})


def _aim(sheet: ScoreSheet) -> int:
    """The level that counts in a set judged by levels: of the next title, else of the one reached, else the first."""
    nearest = sheet.way_up.title if sheet.way_up else sheet.title
    if isinstance(nearest, LevelTitle):
        return nearest.level
    return min(title.level for title in sheet.criteria.titles if isinstance(title, LevelTitle))


def _passed(lines: Sequence[ScoreLine], level: int) -> int:
    return sum((line.passes_level or 0) >= level for line in lines)


def _part(reached: int | Decimal | Fraction, whole: int | Decimal) -> Fraction:
    return min(Fraction(reached) / Fraction(whole), Fraction(1)) if whole else Fraction(0)


def _line(number: str, line: ScoreLine, words: Translator) -> SheetLine:
    indicator = line.indicator
    if line.state is LineState.NOT_APPLICABLE:
        answer = words.say(say("answer.not_applicable"))
    else:
        answer = words.say(answer_words(indicator.rule, line.answer))
    if line.passes_level is not None or is_excluded(line):
        points, most = _capital(words.say(worded(explain_worth(line)))), None
    else:
        points, most = words.param(line.points), words.param(indicator.max_points or ZERO)
    return SheetLine(
        number=number,
        name=words.say(indicator.short),
        question=words.say(indicator.question),
        answer=_capital(answer),
        points=points,
        max_points=most,
        reason=words.say(because(line)),
        article=indicator.article,
    )


def _way_up(sheet: ScoreSheet, words: Translator) -> tuple[str, ...]:
    """The way up, without the bullets that its steps have in a message: paper brings its own."""
    if sheet.way_up is None:
        return ()
    return tuple(words.say(step).removeprefix("• ") for step in way_up(sheet, sheet.way_up))


def _note(sheet: ScoreSheet, words: Translator) -> str | None:
    """How much is still open, and what the set says of itself."""
    _, _, *still_open = explain_result(sheet)
    notes = [words.say(worded(reason)) for reason in still_open]
    if sheet.criteria.note is not None:
        notes.append(words.say(sheet.criteria.note))
    return " ".join(notes) or None


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
