"""One sheet under review, answer by answer: confirm it, or return a question with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Assessment, AssessmentState, Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.understanding import read_number
from bot.dialogs.verdict import judged_on, provisional
from bot.dialogs.village.effects import Confirm, RecordRecheck, ReturnSheet
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Difference, Reviewing, ReviewSheet
from bot.dialogs.village.review_facts import ReviewedSheet
from bot.dialogs.village.review_words import (
    RETURNING,
    author,
    name_words,
    numbers_of,
    read_reason,
    ready_reasons,
    reason_words,
    said_words,
    title_words,
)
from bot.dialogs.village.rooms import Room
from bot.scoring.applicability import is_applicable
from bot.scoring.model import CriteriaSet, Indicator, Text
from bot.scoring.score import score

_RETURNABLE = (AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)


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
    stored = _assessment(sheet, criteria)
    lines += provisional(score(criteria, stored.answers, sheet.profile, judged_on(stored, facts.today)))
    lines += (Paragraph(text, Tone.NOTICE) for text in _remarks(sheet))
    return _screen(session, lines, tuple(_choices(sheet)))


def _remarks(sheet: ReviewedSheet) -> Iterator[Say]:
    """What is to be known before deciding."""
    numbers = numbers_of(sheet)
    if sheet.differences:
        yield say("review.has_differences", count=len(sheet.differences))
    if not sheet.line.is_complete:
        yield say("review.is_incomplete")
    if sheet.returned:
        indicator, reason = sheet.returned[0]
        yield say("review.returned_for", what=_short(sheet, indicator), reason=reason_words(reason))
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
    if sheet.state in _RETURNABLE:
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
    if sheet.state in _RETURNABLE:
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
        Paragraph(say("review.return_title", what=_short(sheet, node.indicator), name=sheet.line.name), Tone.HEADING),
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


def _short(sheet: ReviewedSheet, indicator_id: str) -> Say:
    """A question by its number and what it is about."""
    indicator = sheet.criteria.indicator(indicator_id) if sheet.criteria is not None else None
    number = numbers_of(sheet).get(indicator_id)
    if indicator is None or number is None:
        return say("review.question_gone")
    return say("review.question", number=number, short=indicator.short)


def _assessment(sheet: ReviewedSheet, criteria: CriteriaSet) -> Assessment:
    answers = {indicator: each.answer for indicator, each in sheet.answers.items()}
    return Assessment(sheet.line.assessment_id, sheet.year, criteria, answers, AssessmentState(sheet.state))


# --- what is decided --------------------------------------------------------------------------------------------------


def press(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, choice: str) -> Step | None:
    """Confirm, return, turn the page, or go to the next sheet."""
    sheet = facts.village.reviewed
    if sheet is None or sheet.criteria is None:
        return None
    here = ReviewSheet(node.assessment_id)
    head, _, rest = choice.partition("-")
    match head:
        case "confirm":
            return _confirm(moves, session, facts, sheet)
        case "agrees" if sheet.line.is_sampled:
            done = say("review.recheck_done", name=sheet.line.name)
            effects = (RecordRecheck(node.assessment_id, agrees=True),)
            return moves.lead(session, Reviewing(sheet.place_id, "sample"), facts, done=done, effects=effects)
        case "difference" if sheet.differences:
            first = sheet.differences[0].indicator
            return moves.lead(session, Difference(node.assessment_id, first), facts)
        case "answers" if node.page < len(sheet.criteria.criteria):
            return moves.lead(session, replace(here, page=node.page + 1), facts)
        case "result":
            return moves.lead(session, here, facts)
        case "return":
            return _ask_return(moves, session, node, facts, sheet)
        case "q" if node.picks:
            picked = next((i for i, number in numbers_of(sheet).items() if str(number) == rest), None)
            return None if picked is None else moves.lead(session, replace(node, indicator=picked), facts)
        case "r" if node.indicator and rest in RETURNING:
            return _return(moves, session, node, facts, sheet, f"review.reason.{rest}")
        case "next" if sheet.following:
            return moves.lead(session, ReviewSheet(sheet.following), facts)
        case _:
            return None


def _confirm(moves: Moves, session: Session, facts: Facts, sheet: ReviewedSheet) -> Step:
    """Confirm one sheet and go on to the next; not while two answers differ or one is missing."""
    if sheet.state != AssessmentState.HANDED_IN:
        return moves.stay(session, facts, say(f"review.state.{sheet.state}"))
    if sheet.differences:
        return moves.stay(session, facts, say("review.decide_first", count=len(sheet.differences)))
    if not sheet.line.is_complete:
        return moves.stay(session, facts, say("review.cannot_incomplete"))
    line = sheet.line
    told = say(
        "told.confirmed_one",
        name=line.name,
        year=str(sheet.year),
        place=sheet.place,
        title=title_words(line),
    )
    effects = (Confirm(sheet.place_id, (line.assessment_id,), told),)
    done = say("review.confirmed_one", name=line.name)
    return moves.lead(session, _onwards(sheet), facts, done=done, effects=effects)


def _onwards(sheet: ReviewedSheet) -> Node:
    return ReviewSheet(sheet.following) if sheet.following else Reviewing(sheet.place_id)


def _ask_return(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, sheet: ReviewedSheet) -> Step:
    if sheet.state not in _RETURNABLE:
        return moves.stay(session, facts, say(f"review.state.{sheet.state}"))
    return moves.lead(session, ReviewSheet(node.assessment_id, node.page, picks=True), facts)


def _return(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, sheet: ReviewedSheet, reason: str) -> Step:
    """Return the sheet; a drawn one was checked again by that."""
    if sheet.state not in _RETURNABLE:
        notice = say(f"review.state.{sheet.state}")
        return moves.lead(session, ReviewSheet(node.assessment_id), facts, notice=notice)
    line = sheet.line
    told = say(
        "told.returned",
        name=line.name,
        year=str(sheet.year),
        place=sheet.place,
        number=numbers_of(sheet).get(node.indicator, 0),
        what=_short(sheet, node.indicator),
        reason=reason_words(reason),
    )
    back_ = ReturnSheet(line.assessment_id, node.indicator, reason, told)
    checked = (RecordRecheck(line.assessment_id, agrees=False),) if line.is_sampled else ()
    done = say("review.returned", name=line.name, what=_short(sheet, node.indicator))
    return moves.lead(session, _onwards(sheet), facts, done=done, effects=(*checked, back_))


def read(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, text: str) -> Step | Refusal:
    """Read the number of a question, or a reason."""
    sheet = facts.village.reviewed
    if sheet is None or not (node.indicator or node.picks):
        return Refusal(say("one_of.not_understood"))
    if node.indicator:
        reason = read_reason(text, say("review.reason_too_long"), say("review.return_hint"))
        return reason if isinstance(reason, Refusal) else _return(moves, session, node, facts, sheet, reason)
    number = read_number(text)
    numbers = numbers_of(sheet)
    picked = next((i for i, each in numbers.items() if each == number), None)
    if picked is None:
        return Refusal(say("pick.no_such", total=len(numbers)), is_final=number is not None)
    return moves.lead(session, replace(node, indicator=picked), facts)


def wants(session: Session, node: ReviewSheet, event: Event) -> VillageNeeds:
    """The sheet."""
    return VillageNeeds(reviewed=node.assessment_id)


def back(session: Session, node: ReviewSheet) -> Node:
    """From a question to the sheet, from the sheet to the list."""
    if node.indicator:
        return replace(node, indicator="")
    if node.picks or node.page:
        return ReviewSheet(node.assessment_id, node.page if node.picks else 0)
    return Reviewing(session.walk.place_id, "list") if session.walk is not None else Desk()


def stands(session: Session, node: ReviewSheet, facts: Facts) -> bool:
    """Whether there is such a sheet in one of the person's places."""
    return facts.village.reviewed is not None


ROOM = Room(draw, press, wants, back, stands, read)
