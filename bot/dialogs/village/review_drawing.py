"""A sheet under review as it is drawn: its result, one criterion a page, and what is asked to return a question."""

from __future__ import annotations

from collections.abc import Iterator

from bot.dialogs import navigation
from bot.dialogs.facts import Assessment, AssessmentState, Facts
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.verdict import judged_on, worded
from bot.dialogs.village.nodes import ReviewSheet
from bot.dialogs.village.review_facts import ReviewedSheet
from bot.dialogs.village.review_words import (
    RETURNING,
    author,
    name_words,
    numbers_of,
    ready_reasons,
    reason_words,
    said_words,
)
from bot.scoring.applicability import is_applicable
from bot.scoring.explain import explain_obstacles, explain_result
from bot.scoring.model import CriteriaSet, Indicator, Text
from bot.scoring.score import score

OBSTACLES_SHOWN = 3
RETURNABLE = (AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)
"""States in which a village may return a sheet: nobody above it has taken it further."""


def draw(session: Session, node: ReviewSheet, facts: Facts) -> Screen:
    """Draw the result, a criterion, or what is asked to return a question."""
    sheet = facts.village.reviewed
    if sheet is None or sheet.criteria is None:
        return _screen(session, [Paragraph(say("village.gone"))], ())
    if node.indicator:
        return _draw_reason(session, node, sheet)
    if node.picks:
        return _draw_picking(session, sheet, sheet.criteria)
    if 0 < node.page <= len(sheet.criteria.criteria):
        return _draw_criterion(session, node, sheet, sheet.criteria)
    return _draw_result(session, sheet, sheet.criteria, facts)


def _draw_result(session: Session, sheet: ReviewedSheet, criteria: CriteriaSet, facts: Facts) -> Screen:
    line = sheet.line
    lines = [
        Paragraph(
            say(
                "review.sheet",
                kind=say(f"sheets.kind.{line.kind}"),
                name=name_words(line),
                year=str(sheet.year),
            ),
            Tone.HEADING,
        )
    ]
    if sheet.state != AssessmentState.HANDED_IN:
        lines.append(Paragraph(say(f"review.state.{sheet.state}"), Tone.NOTICE))
    lines += _verdict(sheet, criteria, facts)
    lines += (Paragraph(text, Tone.NOTICE) for text in _remarks(sheet))
    return _screen(session, lines, tuple(_choices(sheet)))


def _verdict(sheet: ReviewedSheet, criteria: CriteriaSet, facts: Facts) -> Iterator[Paragraph]:
    """The provisional title and, where there is a higher one, what stands in its way."""
    answers = {indicator: each.answer for indicator, each in sheet.answers.items()}
    state = AssessmentState(sheet.state)
    stored = Assessment(sheet.line.assessment_id, sheet.year, criteria, answers, state)
    scored = score(criteria, answers, sheet.profile, judged_on(stored, facts.today))
    result, standing, *_ = explain_result(scored)
    yield Paragraph(worded(result), Tone.HEADING)
    yield Paragraph(worded(standing), Tone.NOTICE)
    if obstacles := explain_obstacles(scored)[:OBSTACLES_SHOWN]:
        yield Paragraph(stacked(*(worded(reason) for reason in obstacles)))


def _remarks(sheet: ReviewedSheet) -> Iterator[Say]:
    """What is to be known before deciding."""
    numbers = numbers_of(sheet)
    if sheet.differences:
        yield say("review.has_differences", count=len(sheet.differences))
    if not sheet.line.is_complete:
        yield say("review.is_incomplete")
    if sheet.returned:
        indicator, reason = sheet.returned[0]
        yield say("review.returned_for", what=question_words(sheet, indicator), reason=reason_words(reason))
    if sheet.line.is_changed:
        changed = sorted(numbers[i] for i in sheet.changed if i in numbers)
        if changed:
            yield say("review.changed_since", count=len(changed), numbers=", ".join(map(str, changed)))
        else:
            yield say("review.unchanged_since")
    for signal in sheet.line.signals:
        yield say(f"review.signal.{signal}")
    if sheet.line.is_sampled:
        yield say("review.is_sampled")


def _choices(sheet: ReviewedSheet) -> Iterator[Choice]:
    if sheet.line.is_sampled:
        yield Choice("agrees", say("review.recheck_agrees"))
    if sheet.state == AssessmentState.HANDED_IN:
        yield Choice("confirm", say("review.confirm"))
    if sheet.differences:
        yield Choice("difference", say("review.see_differences"))
    yield Choice("answers", say("review.see_answers"))
    if sheet.state in RETURNABLE:
        yield Choice("return", say("review.return"))
    if sheet.following:
        yield Choice("next", say("review.next_sheet"))


def _draw_criterion(session: Session, node: ReviewSheet, sheet: ReviewedSheet, criteria: CriteriaSet) -> Screen:
    criterion = criteria.criteria[node.page - 1]
    lines = [Paragraph(name_words(sheet.line), Tone.QUIET), Paragraph(criterion.title, Tone.HEADING)]
    for indicator in criterion.indicators:
        lines += _answer(sheet, indicator)
    choices = []
    if node.page < len(criteria.criteria):
        choices.append(Choice("answers", say("review.next_criterion")))
    elif sheet.state == AssessmentState.HANDED_IN:
        choices.append(Choice("confirm", say("review.confirm")))
    if sheet.differences:
        choices.append(Choice("difference", say("review.see_differences")))
    if sheet.state in RETURNABLE:
        choices.append(Choice("return", say("review.return")))
    choices.append(Choice("result", say("review.see_result")))
    return _screen(session, lines, tuple(choices))


def _answer(sheet: ReviewedSheet, indicator: Indicator) -> Iterator[Paragraph]:
    """A question with its answer; below it who gave it, what proves it, and where it comes from."""
    if not is_applicable(indicator, sheet.profile):
        yield Paragraph(say("summary.not_asked", short=indicator.short), Tone.QUIET)
        return
    number, said = numbers_of(sheet)[indicator.id], sheet.answers.get(indicator.id)
    answer = said_words(indicator, said.answer if said is not None else None)
    yield Paragraph(say("summary.line", number=number, short=indicator.short, answer=answer))
    about: list[Say | Text] = []
    if said is not None:
        about.append(author(said))
    other = next((each.other for each in sheet.differences if each.indicator == indicator.id), None)
    if other is not None:
        about.append(say("review.other_answer", answer=said_words(indicator, other.answer), author=author(other)))
    if indicator.id in sheet.changed:
        about.append(say("review.was_changed"))
    kept = sheet.evidence.get(indicator.id, 0)
    if kept:
        about.append(say("review.evidence", count=kept))
    about.append(say("question.article", article=indicator.article))
    yield Paragraph(stacked(*about), Tone.QUIET)


def _draw_picking(session: Session, sheet: ReviewedSheet, criteria: CriteriaSet) -> Screen:
    numbers = numbers_of(sheet)
    asked = tuple(indicator for indicator in criteria.indicators if indicator.id in numbers)
    listed = (
        say(
            "summary.line",
            number=numbers[each.id],
            short=each.short,
            answer=said_words(each, sheet.answers[each.id].answer if each.id in sheet.answers else None),
        )
        for each in asked
    )
    return Screen(
        session.revision,
        "review_sheet",
        (Paragraph(stacked(*listed)), Paragraph(say("review.return_which"), Tone.QUESTION)),
        tuple(Choice(f"q-{numbers[each.id]}", say("answer.number", value=numbers[each.id])) for each in asked),
        (navigation.BACK,),
        Expects.CHOICE,
        Layout.KEYPAD,
    )


def _draw_reason(session: Session, node: ReviewSheet, sheet: ReviewedSheet) -> Screen:
    indicator = sheet.criteria.indicator(node.indicator) if sheet.criteria is not None else None
    said = sheet.answers.get(node.indicator)
    lines = [
        Paragraph(
            say("review.return_title", what=question_words(sheet, node.indicator), name=sheet.line.name), Tone.HEADING
        ),
        Paragraph(say("review.return_answer", answer=said_words(indicator, said.answer if said else None))),
        Paragraph(say("review.return_question"), Tone.QUESTION),
        Paragraph(say("review.return_hint"), Tone.QUIET),
    ]
    return _screen(session, lines, ready_reasons("review", RETURNING), Expects.TEXT)


def _screen(
    session: Session, lines: list[Paragraph], choices: tuple[Choice, ...], expects: Expects = Expects.CHOICE
) -> Screen:
    around = (navigation.BACK, navigation.DESK)
    return Screen(session.revision, "review_sheet", tuple(lines), choices, around, expects)


def question_words(sheet: ReviewedSheet, indicator_id: str) -> Say:
    """A question by its number and what it is about."""
    indicator = sheet.criteria.indicator(indicator_id) if sheet.criteria is not None else None
    number = numbers_of(sheet).get(indicator_id)
    if indicator is None or number is None:
        return say("review.question_gone")
    return say("review.question", number=number, short=indicator.short)
