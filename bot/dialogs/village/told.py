"""Others did something with a sheet of the person, or ask them something: said without taking what they are at."""

from __future__ import annotations

from bot.dialogs.events import ClanAsked, News, SheetMoved
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Screen, say
from bot.dialogs.session import Session, Told


def draw(session: Session, node: Told, facts: Facts) -> Screen:
    """Say what happened, and offer to go there."""
    return Screen(session.revision, "told", (Paragraph(node.what),), (Choice("go", say("nav.continue")),))


def press(moves: Moves, session: Session, node: Told, facts: Facts, choice: str) -> Step | None:
    """Go there, or stay."""
    return None


def arrived(moves: Moves, session: Session, facts: Facts, event: SheetMoved | ClanAsked | News) -> Step:
    """Say it now."""
    return moves.stay(session, facts, event.what)
