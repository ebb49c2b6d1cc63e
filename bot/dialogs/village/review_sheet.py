"""One sheet under review."""

from __future__ import annotations

from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Screen
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import ReviewSheet
from bot.dialogs.village.rooms import Room


def draw(session: Session, node: ReviewSheet, facts: Facts) -> Screen:
    """Draw it."""
    return Screen(session.revision, "review_sheet", ())


def press(moves: Moves, session: Session, node: ReviewSheet, facts: Facts, choice: str) -> Step | None:
    """Take a choice."""
    return None


def wants(session: Session, node: ReviewSheet, event: Event) -> VillageNeeds:
    """Say what is to be loaded."""
    return VillageNeeds()


def back(session: Session, node: ReviewSheet) -> Node:
    """Say where it leads back to."""
    return Desk()


def stands(session: Session, node: ReviewSheet, facts: Facts) -> bool:
    """Say whether what it speaks of is there."""
    return bool(facts.roles)


ROOM = Room(draw, press, wants, back, stands)
