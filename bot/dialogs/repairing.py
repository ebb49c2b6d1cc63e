"""Leading a session on whose node no longer fits what is on record: a new year, other rules, a returned sheet."""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogs import adopting, asking, choosing, desk, profile, registering
from bot.dialogs.effects import ChangeRules, Effect, OpenAssessment
from bot.dialogs.facts import Assessment, AssessmentState, Facts, Subject
from bot.dialogs.path import open_questions
from bot.dialogs.screens import Say, say
from bot.dialogs.session import (
    Adopt,
    AskFact,
    AskName,
    AwaitProposal,
    Consent,
    Desk,
    Node,
    PickQuestion,
    Question,
    Result,
    Session,
    SheetPage,
    Summary,
    unwrapped,
)
from bot.dialogs.village import earlier, visiting
from bot.dialogs.village.nodes import OfferLastYear, Visited
from bot.dialogs.village.registry import is_village, room_of

_ON_A_SHEET = (OfferLastYear, Visited)
"""Nodes of the village that speak of the sheet in hand, and fit it or not as a question does."""
_NEEDS_SUBJECT = (Question, Summary, PickQuestion, Result, SheetPage, *_ON_A_SHEET)
_NEEDS_HANDED_IN = (Result, SheetPage)


@dataclass(frozen=True, slots=True)
class Repair:
    """Where a session is led on to, what that needs, and what the person should know of it."""

    session: Session
    facts: Facts
    effects: tuple[Effect, ...] = ()
    notice: Say | None = None


def repaired(session: Session, facts: Facts) -> Repair:
    """Lead a session on whose node no longer fits what is on record: a new year, other rules, a returned sheet."""
    node = unwrapped(session.node)
    if facts.consent is None and not isinstance(node, Consent):
        return Repair(_led(session, Consent()), facts)
    if isinstance(session.node, AwaitProposal | Adopt) and not adopting.stands(session.node, facts):
        return Repair(_led(session, session.node.back), facts, notice=adopting.why_not(facts))
    if isinstance(node, AskFact) and profile.question(node.question) is None:
        return Repair(_led(session, AskName()), facts, notice=say("register.again"))
    if is_village(node) and not isinstance(node, _ON_A_SHEET) and not room_of(node).stands(session, node, facts):
        return Repair(_led(session, desk.home(facts) or AskName()), facts, notice=say("village.gone"))
    if isinstance(node, Desk) and not facts.roles:
        return Repair(_led(session, desk.home(facts) or AskName()), facts)
    if not isinstance(node, _NEEDS_SUBJECT) and not session.is_editing:
        return Repair(session, facts)
    if session.sheet_of and (facts.subject is None or facts.subject.id != session.sheet_of):
        left = replace(session, sheet_of=0)
        return Repair(_led(left, desk.home(facts) or AskName()), facts, notice=say("sheet.gone"))
    if facts.subject is None or facts.assessment is None:
        here = desk.home(facts)
        if here is not None:
            return Repair(_led(session, here), facts)
        return Repair(_led(session, AskName()), facts, notice=say("register.again"))
    return _led_over(session, node, facts, facts.subject, facts.assessment)


def _led_over(session: Session, node: Node, facts: Facts, subject: Subject, assessment: Assessment) -> Repair:
    """Lead a person on to a new year's sheet, or a sheet that nobody handed in to the rules that hold today."""
    criteria = facts.current
    if assessment.year < facts.year and not choosing.is_by_year(subject.kind, subject.group) and criteria is not None:
        fresh = Assessment(0, facts.year, criteria, {}, AssessmentState.DRAFT)
        notice = say("year.new", year=str(facts.year), last=str(assessment.year))
        last_year = replace(facts.village, last_year=earlier.sheet_of(assessment, subject))
        there = replace(facts, assessment=fresh, village=last_year)
        return Repair(_led(session, visiting.beginning(there)), there, (OpenAssessment(),), notice)
    if assessment.is_to_lead_over(criteria):
        assert criteria is not None  # noqa: S101 - what to lead over to
        led = replace(assessment, criteria=criteria)
        again = len(open_questions(led, subject)) - len(open_questions(assessment, subject))
        notice = say("rules.changed", title=criteria.title, day=criteria.valid_from)
        if again > 0:
            notice = say("rules.changed_ask_again", count=again, title=criteria.title, day=criteria.valid_from)
        there = replace(facts, assessment=led)
        fitting = _fitting(session, node, there)
        kept = session.node if fitting is node else fitting
        return Repair(_led(session, kept), there, (ChangeRules(),), notice)
    fitting = _fitting(session, node, facts)
    return Repair(session if fitting is node else _led(session, fitting), facts)


def _led(session: Session, node: Node) -> Session:
    return replace(registering.edited(session), node=node, postponed=(), revision=session.revision + 1)


def _fitting(session: Session, node: Node, facts: Facts) -> Node:
    assert facts.assessment is not None  # noqa: S101 - checked by the caller
    if isinstance(node, _NEEDS_HANDED_IN):
        return Summary() if facts.assessment.is_open else node
    if not facts.assessment.is_open:
        return Result()  # also out of a correction of the household
    if isinstance(node, Question) and not asking.is_asked(node, facts):
        return Summary()
    if isinstance(node, _ON_A_SHEET) and not room_of(node).stands(session, node, facts):
        return Summary()
    return node
