"""Choosing one of the hamlets of one's roles, by its name or some of its letters."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.places import Place
from bot.dialogs.placing import FROM_FIRST, LONGEST_QUERY, MORE, found_by, is_place, list_word, place_id_of
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.understanding import read_command
from bot.dialogs.village import entering
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import PickVillage
from bot.dialogs.village.rooms import Room

_PEOPLE = "people"
"""The one door behind which is no hamlet, but any place of one's roles."""


def draw(session: Session, node: PickVillage, facts: Facts) -> Screen:
    """List hamlets, some at a time."""
    page = facts.village.hamlets
    places = _offered(node, facts)
    choices = tuple(Choice(f"h-{place.id}", _label(place)) for place in places)
    asked = "roll.which_place" if node.then == _PEOPLE else "roll.which_hamlet"
    lines = [Paragraph(say(asked), Tone.QUESTION)]
    around: tuple[Choice, ...] = (navigation.BACK, navigation.HELP)
    if node.then != _PEOPLE:
        if node.query and page is not None and places:
            lines.append(Paragraph(say("place.found", query=node.query, count=page.total)))
        elif node.query:
            lines.append(Paragraph(say("place.none", query=node.query), Tone.NOTICE))
        elif not places:
            lines.append(Paragraph(say("place.hamlet.nowhere"), Tone.NOTICE))
        lines.append(Paragraph(say("place.hint"), Tone.QUIET))
        if page is not None and page.has_more:
            around = (Choice(MORE, say("roll.more")), *around)
        if node.page or node.query:
            around = (Choice(FROM_FIRST, say("roll.first")), *around)
    return Screen(session.revision, "pick_village", tuple(lines), choices, around)


def _label(place: Place) -> Say:
    if not place.within:
        return say("place.choice_alone", name=place.name)
    return say("register.hamlet_choice", name=place.name, within=place.within)


def _offered(node: PickVillage, facts: Facts) -> tuple[Place, ...]:
    if node.then == _PEOPLE:
        return tuple(dict.fromkeys(entering.offices(facts) or entering.headed(facts)))
    return facts.village.hamlets.places if facts.village.hamlets is not None else ()


def press(moves: Moves, session: Session, node: PickVillage, facts: Facts, choice: str) -> Step | None:
    """Go in at a hamlet, or turn the list."""
    match choice:
        case "more":
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, PickVillage(node.then), facts)
        case _:
            place_id = place_id_of(choice)
            if all(place.id != place_id for place in _offered(node, facts)):
                return None
            return entering.inside(moves, session, facts, node.then, place_id or 0)


def read(moves: Moves, session: Session, node: PickVillage, facts: Facts, text: str) -> Step | Refusal:
    """Read letters of a hamlet's name."""
    unclear = Refusal(say("one_of.not_understood" if node.then == _PEOPLE else "place.not_understood"))
    turning = list_word(text)
    if turning in (MORE, FROM_FIRST):
        return press(moves, session, node, facts, turning) or unclear
    found = facts.village.found_hamlets
    if found is None or read_command(text) is not None:
        return unclear
    only = found_by(text, found)
    if only is not None:
        return entering.inside(moves, session, facts, node.then, only.id)
    return moves.lead(session, PickVillage(node.then, text.strip()), facts)


def wants(session: Session, node: PickVillage, event: Event) -> VillageNeeds:
    """Load a page of hamlets, and what typed letters find."""
    if node.then == _PEOPLE:
        return VillageNeeds()
    text = event.text.strip() if isinstance(event, Typed) else ""
    is_sought = 0 < len(text) <= LONGEST_QUERY and not is_place(text) and not text.startswith("/")
    return VillageNeeds(hamlets=(node.query, node.page), found_hamlets=(text, 0) if is_sought else None)


def back(session: Session, node: PickVillage) -> Node:
    """Back to the desk."""
    return Desk()


def stands(session: Session, node: PickVillage, facts: Facts) -> bool:
    """Whether there is a role to choose a place of."""
    return bool(entering.headed(facts) or (node.then == _PEOPLE and entering.offices(facts)))


ROOM = Room(draw, press, wants, back, stands, read)
