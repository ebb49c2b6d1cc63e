"""What every room of the village is made of; `registry` says which room a node belongs to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Screen, say
from bot.dialogs.session import Node, Session
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import VillageNode

N = TypeVar("N", bound=VillageNode)

Draw = Callable[[Session, N, Facts], Screen]
Press = Callable[[Moves, Session, N, Facts, str], Step | None]
Read = Callable[[Moves, Session, N, Facts, str], Step | Refusal]
Wants = Callable[[Session, N, Event], VillageNeeds]
Back = Callable[[Session, N], Node]
Stands = Callable[[Session, N, Facts], bool]


def read_nothing(moves: Moves, session: Session, node: VillageNode, facts: Facts, text: str) -> Step | Refusal:
    """What is typed in a room without free text can only mean one of its choices."""
    return Refusal(say("one_of.not_understood"))


@dataclass(frozen=True, slots=True)
class Room(Generic[N]):
    """One kind of node, from what it wants to know to what is done with an answer."""

    draw: Draw[N]
    press: Press[N]
    """None: the choice is not one of this room; commands are tried then."""
    wants: Wants[N]
    """What is to be loaded for an event here, and to draw any node of the village that it may lead to."""
    back: Back[N]
    """Where 'back' and 'cancel' lead."""
    stands: Stands[N]
    """Whether what the node speaks of is there and is the person's business; else they are led to their desk."""
    read: Read[N] = read_nothing
