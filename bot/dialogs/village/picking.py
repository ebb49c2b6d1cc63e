"""Which hamlet, for somebody with several."""

from __future__ import annotations

from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Screen
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import PickVillage
from bot.dialogs.village.rooms import Room


def draw(session: Session, node: PickVillage, facts: Facts) -> Screen:
    """Draw it."""
    return Screen(session.revision, "picking", ())


def press(moves: Moves, session: Session, node: PickVillage, facts: Facts, choice: str) -> Step | None:
    """Take a choice."""
    return None


def wants(session: Session, node: PickVillage, event: Event) -> VillageNeeds:
    """Say what is to be loaded."""
    return VillageNeeds()


def back(session: Session, node: PickVillage) -> Node:
    """Say where it leads back to."""
    return Desk()


def stands(session: Session, node: PickVillage, facts: Facts) -> bool:
    """Say whether what it speaks of is there."""
    return bool(facts.roles)


ROOM = Room(draw, press, wants, back, stands)
