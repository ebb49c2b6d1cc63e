"""The summary before handing in, and changing any answer from it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby

from bot.dialogs import asking, navigation, registering
from bot.dialogs.effects import Effect, HandIn, SaveAnswer
from bot.dialogs.facts import Assessment, AssessmentState, Facts, Subject
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question, open_questions
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import PickQuestion, Question, Result, Session, Summary
from bot.dialogs.understanding import fold, read_number
from bot.dialogs.verdict import provisional, sheet_of
from bot.dialogs.village import clan_ways, visiting
from bot.scoring.model import Criterion, Derived, Indicator, Text

LONGEST_WISH = 60
_CHANGE = re.compile(
    r"(?:(?:da|xin|cho|em|toi|minh|muon) ){0,4}"
    r"(?:(?:sua|doi|thay|xem|change|edit)(?: lai)?(?: (?:cau|so|question))?(?: so)?|(?:cau|question)(?: so)?) "
    r"(\d{1,3}|[a-z ]{2,20}?)(?: (?:a|nhe|nha|di))?"
)


def draw(session: Session, node: Summary, facts: Facts) -> Screen:
    """List every answer, what is open and why something is not asked; then the provisional result."""
    assessment, subject = standing(facts)
    numbers = {indicator.id: n for n, indicator in asking.numbered(assessment, subject).items()}
    sheet = sheet_of(facts)
    lines = [*visiting.whose(facts)]
    lines.append(Paragraph(say("summary.title", name=subject.name, year=str(assessment.year)), Tone.HEADING))
    if assessment.state is AssessmentState.RETURNED:
        lines.append(Paragraph(say("summary.returned"), Tone.NOTICE))
    for criterion in assessment.criteria.criteria:
        lines.append(Paragraph(criterion.title, Tone.QUIET))
        lines.append(Paragraph(stacked(*_lines(criterion, numbers, assessment, subject))))
    lines += differing(assessment)
    missing = len(open_questions(assessment, subject))
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
        (
            forward,
            Choice("change", say("summary.change")),
            Choice("household", say("summary.household")),
            *clan_ways.offered(facts),
        ),
        (visiting.LIST if facts.is_visiting else navigation.PAUSE, navigation.HELP),
    )


def differing(assessment: Assessment) -> tuple[Paragraph, ...]:
    """Say how many questions have two answers that nobody has decided between."""
    count = len(assessment.differences)
    return (Paragraph(say("summary.differing", count=count), Tone.NOTICE),) if count else ()


def _lines(
    criterion: Criterion, numbers: Mapping[str, int], assessment: Assessment, subject: Subject
) -> Iterator[Say | Text]:
    """One line an indicator; why some are not asked once, below the last of them."""
    for because, group in groupby(criterion.indicators, lambda i: None if i.id in numbers else _why_not_asked(i)):
        yield from (_line(indicator, numbers, assessment, subject) for indicator in group)
        if because is not None:
            yield because


def _why_not_asked(indicator: Indicator) -> Say | Text:
    return indicator.not_applicable_because or say("scoring.reason.not_applicable")


def _line(indicator: Indicator, numbers: Mapping[str, int], assessment: Assessment, subject: Subject) -> Say:
    number = numbers.get(indicator.id)
    if number is None:
        return say("summary.not_asked", short=indicator.short)
    answer = asking.answer_words(assessment, subject, indicator)
    return say("summary.line", number=number, short=indicator.short, answer=answer)


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
    number = _wanted(text)
    return Refusal(say("summary.not_understood")) if number is None else _change(moves, session, facts, number)


def hand_in(moves: Moves, session: Session, facts: Facts) -> Step:
    """Lock the sheet and hand it in; not while a question is open."""
    assessment, subject = standing(facts)
    if not assessment.is_open:
        return moves.go(session, Result(), facts, notice=say("result.already_handed_in"))
    missing = len(open_questions(assessment, subject))
    if missing:
        return moves.stay(session, facts, say("summary.missing", count=missing))
    locked = replace(assessment, state=AssessmentState.HANDED_IN, handed_in_at=facts.now)
    handed_in = replace(facts, assessment=locked)
    effects: tuple[Effect, ...] = (*computed(assessment), HandIn())
    if facts.is_visiting:
        done = say("visited.handed_in", name=subject.name)
        return moves.lead(session, visiting.home(session), handed_in, done=done, effects=effects)
    return moves.go(session, Result(), handed_in, done=say("result.handed_in_done"), effects=effects)


def computed(assessment: Assessment) -> tuple[SaveAnswer, ...]:
    """What was accepted from the records, kept as it is counted on the day of handing in."""
    return tuple(
        SaveAnswer(indicator_id, answer)
        for indicator_id, answer in assessment.answers.items()
        if isinstance(answer, Derived) and answer.override_reason is None
    )


def go_on(moves: Moves, session: Session, facts: Facts) -> Step:
    """Go to the first open question, forgetting what was put off; with none open, show the summary."""
    assessment, subject = standing(facts)
    return moves.go(replace(session, postponed=()), first_question(assessment, subject), facts)


def draw_picking(session: Session, node: PickQuestion, facts: Facts) -> Screen:
    """List the questions by number, to change one."""
    assessment, subject = standing(facts)
    questions = asking.numbered(assessment, subject)
    numbers = {indicator.id: number for number, indicator in questions.items()}
    listed = (_line(indicator, numbers, assessment, subject) for indicator in questions.values())
    return Screen(
        session.revision,
        "pick",
        (Paragraph(stacked(*listed)), Paragraph(say("pick.title"), Tone.QUESTION)),
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
    number = _wanted(text)
    if number is None and text.strip().isdecimal():
        number = int(text.strip()[:4])
    return Refusal(say("pick.not_understood")) if number is None else _change(moves, session, facts, number)


def wants_change(text: str) -> bool:
    """Whether a text asks to change a question: 'sửa câu 3'."""
    return _wanted(text) is not None


def change_on_the_way(moves: Moves, session: Session, node: Question, facts: Facts, text: str) -> Step | Refusal | None:
    """Take 'sửa câu 3' in the middle of the questions, and go on from there; None when it is something else."""
    number = _wanted(text)
    return None if number is None else _change(moves, session, facts, number, from_summary=node.from_summary)


def _wanted(text: str) -> int | None:
    found = _CHANGE.fullmatch(fold(text[:LONGEST_WISH]))
    number = read_number(found[1]) if found else None
    return None if number is None else int(number)


def _change(moves: Moves, session: Session, facts: Facts, number: int, *, from_summary: bool = True) -> Step | Refusal:
    assessment, subject = standing(facts)
    questions = asking.numbered(assessment, subject)
    if number not in questions:
        return Refusal(say("pick.no_such", total=len(questions)), is_final=True)
    return moves.go(session, Question(questions[number].id, from_summary=from_summary), facts)


def standing(facts: Facts) -> tuple[Assessment, Subject]:
    """The assessment and household of a screen that cannot be reached without them."""
    assessment, subject = facts.assessment, facts.subject
    assert assessment is not None  # noqa: S101 - `steps.repaired` leads elsewhere without one
    assert subject is not None  # noqa: S101 - likewise
    return assessment, subject
