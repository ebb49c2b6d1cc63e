"""The list of households of a hamlet."""

from __future__ import annotations

from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Screen
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Households
from bot.dialogs.village.rooms import Room


def draw(session: Session, node: Households, facts: Facts) -> Screen:
    """Draw it."""
    return Screen(session.revision, "households", ())


def press(moves: Moves, session: Session, node: Households, facts: Facts, choice: str) -> Step | None:
    """Take a choice."""
    return None


def wants(session: Session, node: Households, event: Event) -> VillageNeeds:
    """Say what is to be loaded."""
    return VillageNeeds()


def back(session: Session, node: Households) -> Node:
    """Say where it leads back to."""
    return Desk()


def stands(session: Session, node: Households, facts: Facts) -> bool:
    """Say whether what it speaks of is there."""
    return bool(facts.roles)


ROOM = Room(draw, press, wants, back, stands)
