"""Ready people for the tests of the conversation: somebody who stands at a question, at the summary, at the result."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from bot.dialogs.effects import Effect, Show
from bot.dialogs.events import Pressed, Typed
from bot.dialogs.facts import (
    Assessment,
    AssessmentState,
    ConsentGiven,
    Subject,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import Paragraph, Say
from bot.dialogs.session import Node, Session, Summary
from bot.scoring.applicability import applicable
from bot.scoring.model import (
    Answer,
    Chosen,
    Derived,
    DerivedRule,
    Indicator,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    Quantity,
    Share,
    ShareRule,
    SubjectKind,
    YesNo,
    YesNoRule,
)
from tests.support.world import HAMLETS, NOW, World, family_set


def subject(adults: int = 2, children: int = 1, place: Place = HAMLETS[0]) -> Subject:
    return Subject(1, SubjectKind.HOUSEHOLD, "Bà Tư", place, {"adults": adults, "school_age_children": children})


def best_answer(indicator: Indicator, profile: Profile) -> Answer:
    """An answer that fits and is worth the most."""
    match indicator.rule:
        case YesNoRule():
            return YesNo(value=True)
        case OneOfRule(options):
            return Chosen(options[0].id)
        case NumberRule(maximum=maximum):
            return Quantity(min(maximum, Decimal(100)))
        case ShareRule(whole_fact=fact):
            whole = profile.get(fact, 1) if fact else 1
            return Share(whole, whole)
        case PointsRule(maximum=most):
            return Quantity(most)
        case DerivedRule():
            return Derived(1, 1)


def assessment(
    of: Subject, *, open_ids: tuple[str, ...] = (), state: AssessmentState = AssessmentState.DRAFT
) -> Assessment:
    """The family sheet, answered as well as can be but for some questions."""
    criteria = family_set()
    answers = {i.id: best_answer(i, of.profile) for i in applicable(criteria, of.profile) if i.id not in open_ids}
    handed_in_at = None if state is AssessmentState.DRAFT else NOW
    return Assessment(1, 2026, criteria, answers, state, handed_in_at=handed_in_at)


def standing(
    node: Node | None = None,
    of: Subject | None = None,
    *,
    open_ids: tuple[str, ...] = (),
    state: AssessmentState = AssessmentState.DRAFT,
) -> World:
    """Somebody registered who stands at a node; the summary unless told."""
    family = of or subject()
    world = World(session=Session(7, is_begun=True, node=node or Summary()))
    sheet = assessment(family, open_ids=open_ids, state=state)
    consent = ConsentGiven("2026-11", NOW)
    world.facts = replace(world.facts, consent=consent, subject=family, assessment=sheet)
    return world


def tap(world: World, choice: str) -> tuple[Effect, ...]:
    """Tap a choice of the screen as it stands now."""
    return world.play(Pressed(choice, world.session.revision))


def write(world: World, text: str) -> tuple[Effect, ...]:
    """Type a text under the screen as it stands now."""
    return world.play(Typed(text, world.session.revision))


def codes(effects: tuple[Effect, ...]) -> list[str]:
    """The codes of the paragraphs of the last screen that was shown."""
    shown = [effect.screen for effect in effects if isinstance(effect, Show)]
    return [said(paragraph) for paragraph in shown[-1].paragraphs] if shown else []


def said(paragraph: Paragraph) -> str:
    """The code of a paragraph; empty where the words come from the criteria."""
    return paragraph.text.code if isinstance(paragraph.text, Say) else ""


def changes(effects: tuple[Effect, ...]) -> tuple[Effect, ...]:
    """What was done besides showing a screen."""
    return tuple(effect for effect in effects if not isinstance(effect, Show))
