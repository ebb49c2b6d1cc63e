"""One sheet under review, answer by answer: confirm it, or return a question with a reason."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.events import Event
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import say
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.understanding import read_number
from bot.dialogs.village.effects import Confirm, RecordRecheck, ReturnSheet
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Difference, Reviewing, ReviewSheet
from bot.dialogs.village.review_drawing import RETURNABLE, draw, question_words
from bot.dialogs.village.review_facts import ReviewedSheet
from bot.dialogs.village.review_words import RETURNING, numbers_of, read_reason, reason_words, title_words
from bot.dialogs.village.rooms import Room


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
    if sheet.state not in RETURNABLE:
        return moves.stay(session, facts, say(f"review.state.{sheet.state}"))
    return moves.lead(session, ReviewSheet(node.assessment_id, node.page, picks=True), facts)


def _return(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, sheet: ReviewedSheet, reason: str) -> Step:
    """Return the sheet; a drawn one was checked again by that."""
    if sheet.state not in RETURNABLE:
        notice = say(f"review.state.{sheet.state}")
        return moves.lead(session, ReviewSheet(node.assessment_id), facts, notice=notice)
    line = sheet.line
    told = say(
        "told.returned",
        name=line.name,
        year=str(sheet.year),
        place=sheet.place,
        number=numbers_of(sheet).get(node.indicator, 0),
        what=question_words(sheet, node.indicator),
        reason=reason_words(reason),
    )
    back_ = ReturnSheet(line.assessment_id, node.indicator, reason, told)
    checked = (RecordRecheck(line.assessment_id, agrees=False),) if line.is_sampled else ()
    done = say("review.returned", name=line.name, what=question_words(sheet, node.indicator))
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
