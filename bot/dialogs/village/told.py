"""Others did something with a sheet of the person, or ask them something: said without taking what they are at."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import asking
from bot.dialogs.effects import TakeUp
from bot.dialogs.events import ClanAsked, News, SheetMoved
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.path import first_question
from bot.dialogs.registering import edited
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, say
from bot.dialogs.session import (
    ChooseLanguage,
    Desk,
    MySheets,
    Node,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    ReadRules,
    Result,
    Session,
    SheetPage,
    Summary,
    Told,
    opened_from,
    unwrapped,
)
from bot.dialogs.village.nodes import AskedByClan

_OF_A_SHEET = (Summary, PickQuestion, Result, SheetPage)
_CALM = (*_OF_A_SHEET, PickDocument, Paused, Desk, MySheets, ReadRules, ChooseLanguage, Told)
"""Where nobody is in the middle of something that would be lost."""


def draw(session: Session, node: Told, facts: Facts) -> Screen:
    """Say what happened, and offer to go there."""
    number = dict(node.what.params).get("number") if node.indicator else None
    label = say("told.see_sheet") if number is None else say("told.correct", number=number)
    choices = (Choice("go", label), Choice("later", say("told.later")))
    return Screen(session.revision, "told", (Paragraph(node.what),), choices)


def press(moves: Moves, session: Session, node: Told, facts: Facts, choice: str) -> Step | None:
    """Go there; 'later' is a command, and leads back."""
    if choice != "go":
        return None
    if facts.assessment is not None and facts.assessment.id == node.assessment_id:
        return landed(moves, session, facts, node.indicator, node.what)
    if all(each.assessment_id != node.assessment_id for each in facts.sheets):
        return moves.go(session, node.back, facts, notice=say("told.gone"))
    # The service loads the sheet first; `landed` shows the question then.
    led = replace(edited(session), postponed=(), revision=session.revision + 1)
    return Step(led, (TakeUp(node.assessment_id),), facts)


def landed(moves: Moves, session: Session, facts: Facts, indicator: str, what: Say) -> Step:
    """Stand at the question that it is about; else at the first open one; a sheet that is handed in at its result."""
    assessment, subject = facts.assessment, facts.subject
    if assessment is None or subject is None:
        return moves.stay(session, facts, what)
    node: Node = Result()
    if assessment.is_open:
        there = Question(indicator, from_summary=True)
        node = there if indicator and asking.is_asked(there, facts) else first_question(assessment, subject)
    return moves.go(replace(edited(session), postponed=()), node, facts, notice=what)


def arrived(moves: Moves, session: Session, facts: Facts, event: SheetMoved | ClanAsked | News) -> Step:
    """Say it now: where one stands if that is in the middle of something, else with the way there."""
    node = session.node
    if facts.consent is None:
        return moves.stay(session, facts)
    if isinstance(event, News) or not isinstance(node, _CALM):
        return moves.stay(session, facts, event.what)
    if isinstance(event, ClanAsked):
        return moves.lead(session, AskedByClan(event.clan_id), facts)
    is_in_hand = facts.assessment is not None and facts.assessment.id == event.assessment_id
    if is_in_hand and isinstance(unwrapped(node), _OF_A_SHEET):
        return landed(moves, session, facts, event.indicator, event.what)
    return moves.go(session, Told(event.assessment_id, event.what, event.indicator, opened_from(node)), facts)
