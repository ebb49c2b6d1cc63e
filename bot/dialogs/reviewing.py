"""The summary before handing in, and changing any answer from it."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogs import asking, kinds, navigation, registering
from bot.dialogs.effects import HandIn
from bot.dialogs.facts import Assessment, AssessmentState, Facts, Household
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question, open_questions
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Screen, Tone, say
from bot.dialogs.session import PickQuestion, Question, Result, Session, Summary
from bot.dialogs.understanding import fold
from bot.dialogs.verdict import provisional, sheet_of
from bot.scoring.sheet import LineState

_CHANGE = re.compile(r"(?:sua|doi|thay|change)(?: lai)?(?: cau| so| question)? (\d{1,3})")


def draw(session: Session, node: Summary, facts: Facts) -> Screen:
    """List every answer, what is open and why something is not asked; then the provisional result."""
    assessment, household = standing(facts)
    numbers = {indicator.id: n for n, indicator in asking.numbered(assessment, household).items()}
    sheet = sheet_of(facts)
    lines = [Paragraph(say("summary.title", name=household.name, year=str(assessment.year)), Tone.HEADING)]
    for criterion in assessment.criteria.criteria:
        lines.append(Paragraph(criterion.title, Tone.QUIET))
        for line in (x for x in sheet.lines if x.criterion.id == criterion.id):
            short = line.indicator.short
            number = numbers.get(line.indicator.id)
            if line.state is LineState.NOT_APPLICABLE and number is None:
                because = line.indicator.not_applicable_because or say("answer.not_applicable")
                lines.append(Paragraph(say("summary.not_asked", short=short, because=because)))
            else:
                answer = kinds.answer_words(line.indicator.rule, assessment.answers.get(line.indicator.id))
                lines.append(Paragraph(say("summary.line", number=number or 0, short=short, answer=answer)))
    missing = len(open_questions(assessment, household))
    if missing:
        lines.append(Paragraph(say("summary.missing", count=missing), Tone.NOTICE))
    else:
        lines.extend(provisional(sheet))
    forward = (
        Choice("continue", say("summary.go_on", count=missing)) if missing else Choice("submit", say("summary.hand_in"))
    )
    return Screen(
        session.revision,
        "summary",
        tuple(lines),
        (forward, Choice("change", say("summary.change")), Choice("household", say("summary.household"))),
        (navigation.PAUSE, navigation.HELP),
    )


def press(moves: Moves, session: Session, node: Summary, facts: Facts, choice: str) -> Step | None:
    """Hand in, go on, or change something."""
    match choice:
        case "submit":
            return hand_in(moves, session, facts)
        case "continue":
            return go_on(moves, session, facts)
        case "change":
            return moves.go(session, PickQuestion(), facts)
        case "household":
            return registering.start_editing(moves, session, facts)
        case _:
            return None


def read(moves: Moves, session: Session, node: Summary, facts: Facts, text: str) -> Step | Refusal:
    """Read 'sửa câu 3'; the rest are the labels on the screen."""
    found = _CHANGE.fullmatch(fold(text))
    if found is None:
        return Refusal(say("summary.not_understood"))
    return _change(moves, session, facts, int(found[1]))


def hand_in(moves: Moves, session: Session, facts: Facts) -> Step:
    """Lock the sheet and hand it in; not while a question is open."""
    assessment, household = standing(facts)
    if assessment.state not in (AssessmentState.DRAFT, AssessmentState.RETURNED):
        return moves.go(session, Result(), facts, notice=say("result.already_handed_in"))
    missing = len(open_questions(assessment, household))
    if missing:
        return moves.stay(session, facts, say("summary.missing", count=missing))
    locked = replace(assessment, state=AssessmentState.HANDED_IN, handed_in_at=facts.now)
    handed_in = replace(facts, assessment=locked)
    return moves.go(session, Result(), handed_in, done=say("result.handed_in_done"), effects=(HandIn(),))


def go_on(moves: Moves, session: Session, facts: Facts) -> Step:
    """Go to the first open question, forgetting what was put off; with none open, show the summary."""
    assessment, household = standing(facts)
    return moves.go(replace(session, postponed=()), first_question(assessment, household), facts)


def draw_picking(session: Session, node: PickQuestion, facts: Facts) -> Screen:
    """List the questions by number, to change one."""
    assessment, household = standing(facts)
    lines = [Paragraph(say("pick.title"), Tone.QUESTION)]
    questions = asking.numbered(assessment, household)
    for number, indicator in questions.items():
        answer = kinds.answer_words(indicator.rule, assessment.answers.get(indicator.id))
        lines.append(Paragraph(say("summary.line", number=number, short=indicator.short, answer=answer)))
    return Screen(
        session.revision,
        "pick",
        tuple(lines),
        tuple(Choice(f"q-{number}", say("answer.number", value=number)) for number in questions),
        (navigation.SUMMARY,),
        Expects.CHOICE,
        Layout.KEYPAD,
    )


def press_picking(moves: Moves, session: Session, node: PickQuestion, facts: Facts, choice: str) -> Step | None:
    """Go to the chosen question."""
    head, _, digits = choice.partition("-")
    if head != "q" or not digits.isdigit() or len(digits) > 3:
        return None
    step = _change(moves, session, facts, int(digits))
    return None if isinstance(step, Refusal) else step


def read_picking(moves: Moves, session: Session, node: PickQuestion, facts: Facts, text: str) -> Step | Refusal:
    """Read 'sửa câu 3'; digits and 'câu 3' are the labels on the screen."""
    found = _CHANGE.fullmatch(fold(text))
    return Refusal(say("pick.not_understood")) if found is None else _change(moves, session, facts, int(found[1]))


def _change(moves: Moves, session: Session, facts: Facts, number: int) -> Step | Refusal:
    assessment, household = standing(facts)
    questions = asking.numbered(assessment, household)
    if number not in questions:
        return Refusal(say("pick.no_such", total=len(questions)), is_final=True)
    return moves.go(session, Question(questions[number].id, from_summary=True), facts)


def standing(facts: Facts) -> tuple[Assessment, Household]:
    """The assessment and household of a screen that cannot be reached without them."""
    assessment, household = facts.assessment, facts.household
    assert assessment is not None  # noqa: S101 - `steps.repaired` leads elsewhere without one
    assert household is not None  # noqa: S101 - likewise
    return assessment, household
