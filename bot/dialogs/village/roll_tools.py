"""The screens beside the list of a hamlet: states to choose by, what else is done with the list, whom it lists."""

from __future__ import annotations

from bot.dialogs import navigation
from bot.dialogs.screens import Choice, Paragraph, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.village.facts import HouseholdPage, HouseholdState
from bot.scoring.model import SubjectKind

KINDS = (SubjectKind.HOUSEHOLD, SubjectKind.CLAN, SubjectKind.UNIT, SubjectKind.CITIZEN)
"""Whom the list of a hamlet may show."""

_AROUND = (navigation.BACK, navigation.HELP)


def draw_states(session: Session, page: HouseholdPage, place: str) -> Screen:
    """Offer the states, each with how many there are."""
    everyone = sum(page.counts.values())
    choices = tuple(
        Choice(f"f-{state}", say(f"roll.filter.{state}", number=page.counts.get(state, 0))) for state in HouseholdState
    )
    lines = (Paragraph(say("roll.filter.title", place=place), Tone.QUESTION),)
    every = Choice("f-all", say("roll.filter.all", number=everyone))
    return Screen(session.revision, "households_filter", lines, (*choices, every), _AROUND)


def draw_tools(session: Session, place: str) -> Screen:
    """Offer what is done with the whole list of households."""
    lines = (
        Paragraph(say("roll.tools.title", place=place), Tone.HEADING),
        Paragraph(say("roll.tools.files"), Tone.QUIET),
    )
    choices = tuple(Choice(each, say(f"roll.{each}")) for each in ("add", "cards", "template", "answers", "kinds"))
    return Screen(session.revision, "households_tools", lines, choices, _AROUND, takes_files=True)


def draw_kinds(session: Session, place: str) -> Screen:
    """Ask whom to list."""
    lines = (Paragraph(say("roll.kinds.title", place=place), Tone.QUESTION),)
    choices = tuple(Choice(f"k-{kind}", say(f"roll.kinds.{kind}")) for kind in KINDS)
    return Screen(session.revision, "households_kinds", lines, choices, _AROUND)


def kind_of(choice: str) -> SubjectKind | None:
    """Read the kind of a choice 'k-clan'; None when it is none."""
    return next((kind for kind in KINDS if choice == f"k-{kind}"), None)
