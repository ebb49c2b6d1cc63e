"""Ways into the village's rooms: from the desk, and by command."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import (
    Facts,
    RoleKind,
)
from bot.dialogs.moves import Moves, Step
from bot.dialogs.places import Place
from bot.dialogs.registering import edited
from bot.dialogs.screens import say
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding import Command
from bot.dialogs.village import visiting
from bot.dialogs.village.nodes import (
    Bulk,
    Households,
    LastYear,
    Meeting,
    PeopleHere,
    PickVillage,
    ProgressBoard,
    Reviewing,
    VillageNode,
    Walk,
)

DOORS = ("households", "review", "bulk", "progress", "changes", "meeting", "people")
"""What can be entered, as the choices of the desk are called."""


def headed(facts: Facts) -> tuple[Place, ...]:
    """Places for which the person is village head."""
    return tuple(role.place for role in facts.roles if role.kind is RoleKind.VILLAGE_HEAD)


def offices(facts: Facts) -> tuple[Place, ...]:
    """Places for which the person is an officer."""
    return tuple(role.place for role in facts.roles if role.kind is RoleKind.OFFICER)


def heads(facts: Facts, place: Place) -> bool:
    """Whether the person is village head of a place or of one that holds it."""
    return any(each.holds(place) for each in headed(facts))


def enter(moves: Moves, session: Session, facts: Facts, door: str) -> Step:
    """Go in: to the one hamlet of the person, or to choosing among several."""
    places = offices(facts) or headed(facts) if door == "people" else headed(facts)
    if not places:
        return moves.stay(session, facts, say("village.for_heads" if facts.roles else "desk.no_role"))
    if len(places) > 1 or (places[0].level != "hamlet" and door != "people"):
        return moves.lead(edited(session), PickVillage(door), facts)
    return inside(moves, session, facts, door, places[0].id)


def inside(moves: Moves, session: Session, facts: Facts, door: str, place_id: int) -> Step:
    """Go in at a hamlet."""
    walking = replace(edited(session), walk=Walk(place_id))
    return moves.lead(walking, _behind(door, place_id), facts)


def command(moves: Moves, session: Session, facts: Facts, command_: Command) -> Step:
    """Do a command: the village head's, or for a family what concerns its own sheet."""
    if command_ is Command.LAST_YEAR and not headed(facts) and facts.subject is not None:
        return moves.lead(edited(session), LastYear(facts.subject.id), facts)
    doors = {Command.VILLAGE: "households", Command.PROGRESS: "progress", Command.LAST_YEAR: "changes"}
    return enter(moves, session, facts, doors[command_])


def home(session: Session) -> Node:
    """Where a village head goes when a room is left: the list, once one was opened."""
    return visiting.home(session)


def _behind(door: str, place_id: int) -> VillageNode:
    match door:
        case "review":
            return Reviewing(place_id)
        case "bulk":
            return Bulk(place_id)
        case "progress":
            return ProgressBoard(place_id)
        case "changes":
            return LastYear(place_id=place_id)
        case "meeting":
            return Meeting(place_id)
        case "people":
            return PeopleHere(place_id)
        case _:
            return Households()
