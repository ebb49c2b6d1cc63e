"""Where a village head stands once somebody's sheet is taken up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogs.events import Event, Pressed, Resumed, Typed
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.session import AskFact, Desk, Node, Question, Result, Session, Summary
from bot.dialogs.steps import step
from bot.dialogs.village.nodes import Household, Households, OfferLastYear, ReviewSheet, Visited, Walk
from bot.i18n import translator
from tests.dialogs.people import standing
from tests.support.world import World

DRAFT, HANDED_IN = AssessmentState.DRAFT, AssessmentState.HANDED_IN


def visiting(node: Node, state: AssessmentState = DRAFT, open_ids: tuple[str, ...] = ()) -> World:
    """A village head with the sheet of somebody else in hand."""
    world = standing(node, state=state, open_ids=open_ids)
    world.facts = replace(world.facts, is_visiting=True)
    world.session = replace(world.session, walk=Walk(3))
    return world


def led(world: World, event: Event) -> Session:
    """Where one step leads, before anything is loaded for it."""
    return step(world.session, event, world.facts, translator("vi").say).session


def facts_of(world: World) -> tuple[int, int]:
    """(assessment, subject)."""
    facts: Facts = world.facts
    assert facts.assessment is not None
    assert facts.subject is not None
    return facts.assessment.id, facts.subject.id


@pytest.mark.parametrize(
    ("state", "is_review"),
    [(each, each is HANDED_IN) for each in AssessmentState if each not in (DRAFT, AssessmentState.RETURNED)],
)
def test_a_sheet_that_takes_no_answers_is_reviewed_or_seen_with_its_household(
    state: AssessmentState, is_review: bool
) -> None:
    world = visiting(Desk(), state)
    assessment_id, subject_id = facts_of(world)
    assert led(world, Resumed("taken_up")).node == (ReviewSheet(assessment_id) if is_review else Household(subject_id))


def test_a_complete_sheet_waits_to_be_handed_in() -> None:
    world = visiting(Desk())
    world.play(Resumed("taken_up"))
    assert world.session.node == Visited()
    assert world.session.sheet_of == facts_of(world)[1]


def test_an_open_question_comes_first() -> None:
    world = visiting(Desk(), open_ids=("dieu_kien_goc_hoc",))
    world.play(Resumed("taken_up"))
    assert world.session.node == Question("dieu_kien_goc_hoc")


def test_what_nobody_told_comes_before_the_first_question() -> None:
    world = visiting(Desk(), open_ids=("dieu_kien_goc_hoc",))
    assert world.facts.subject is not None
    world.facts = replace(world.facts, subject=replace(world.facts.subject, told={"adults": 2}))
    world.session = led(world, Resumed("taken_up"))
    assert world.session.node == AskFact("school_age_children", is_missing=True)
    left = led(world, Typed("quay lại"))
    assert (left.node, left.is_editing) == (Households(), False)


@pytest.mark.parametrize("node", [Question("dieu_kien_goc_hoc"), Summary(), Visited(), OfferLastYear()], ids=repr)
def test_another_sheet_than_the_one_that_was_taken_up_is_not_taken_for_it(node: Node) -> None:
    world = standing(node, open_ids=("dieu_kien_goc_hoc",))
    world.session = replace(world.session, sheet_of=77)
    effects = world.play(Pressed("submit", world.session.revision))
    assert world.session.sheet_of == 0
    assert world.session.node == Summary()
    assert not [each for each in effects if type(each).__name__ in ("HandIn", "SaveAnswer")]


def test_a_visited_sheet_that_was_handed_in_by_its_family_is_shown_as_it_is() -> None:
    world = visiting(Visited(), HANDED_IN)
    world.play(Resumed("outage"))
    assert world.session.node == Result()
