"""One question for many households: which, what is answered, who is different, and what that would change."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Screen
from bot.dialogs.session import Node, Session
from bot.dialogs.village import bulk_asking, bulk_excepting, bulk_handing_in, bulk_picking, bulk_preview
from bot.dialogs.village.entering import home
from bot.dialogs.village.many import question
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Bulk
from bot.dialogs.village.rooms import Room


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """Draw the part that is reached."""
    if node.is_handing_in:
        return bulk_handing_in.draw(session, node, facts)
    if not node.indicator:
        return bulk_picking.draw(session, node, facts)
    if node.answer is None:
        return bulk_asking.draw(session, node, facts)
    if node.is_preview:
        return bulk_preview.draw(session, node, facts)
    return bulk_excepting.draw(session, node, facts)


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Take a choice of the part that is reached."""
    if node.is_handing_in:
        return bulk_handing_in.press(moves, session, node, facts, choice)
    if not node.indicator:
        return bulk_picking.press(moves, session, node, facts, choice)
    if node.answer is None:
        return bulk_asking.press(moves, session, node, facts, choice)
    if node.is_preview:
        return bulk_preview.press(moves, session, node, facts, choice)
    return bulk_excepting.press(moves, session, node, facts, choice)


def read(moves: Moves, session: Session, node: Bulk, facts: Facts, text: str) -> Step | Refusal:
    """Read what was typed; a sentence that names another question begins anew."""
    if node.is_handing_in or not node.indicator:
        return bulk_picking.read(moves, session, node, facts, text)
    if node.answer is None:
        return bulk_asking.read(moves, session, node, facts, text)
    return bulk_excepting.read(moves, session, node, facts, text)


def wants(session: Session, node: Bulk, event: Event) -> VillageNeeds:
    """The households with their answers to the question that is picked."""
    return VillageNeeds(bulk=(node.place_id, node.indicator))


def back(session: Session, node: Bulk) -> Node:
    """One part back; from the list of questions to the households."""
    if node.is_preview:
        return replace(node, is_preview=False)
    if node.answer is not None:
        return replace(node, answer=None, whole=None, is_of_own=False, query="", page=0)
    if node.whole is not None:
        return replace(node, whole=None)
    if node.indicator or node.is_handing_in or node.query or node.page:
        return Bulk(node.place_id)
    return home(session)


def stands(session: Session, node: Bulk, facts: Facts) -> bool:
    """Whether it is a hamlet of the person, and the question is still asked."""
    roll = facts.village.bulk
    return roll is not None and (not node.indicator or question(roll, node.indicator) is not None)


ROOM = Room(draw, press, wants, back, stands, read)
