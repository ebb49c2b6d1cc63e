"""Whether to end a role, or to revoke a code that was not used."""

from __future__ import annotations

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Node, Session
from bot.dialogs.village.effects import EndRoleNow, RevokeInvite
from bot.dialogs.village.facts import OpenInvite, RoleHere
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import EndRole, PeopleHere
from bot.dialogs.village.people import code_line, role_line
from bot.dialogs.village.rooms import Room

_END = "end"


def draw(session: Session, node: EndRole, facts: Facts) -> Screen:
    """Say what ends and what stays; two equal choices."""
    granted = facts.village.granted
    if granted is None:
        return Screen(session.revision, "ending", (), (), (navigation.BACK,))
    about = "role" if isinstance(granted, RoleHere) else "code"
    lines = (
        Paragraph(say(f"ending.{about}", line=_line(granted)), Tone.QUESTION),
        Paragraph(say(f"ending.{about}.means")),
    )
    end = say("ending.end" if isinstance(granted, RoleHere) else "ending.revoke")
    choices = (Choice(_END, end), Choice("cancel", say("ending.keep")))
    return Screen(session.revision, "ending", lines, choices, layout=Layout.PAIR)


def _line(granted: RoleHere | OpenInvite) -> Say:
    return role_line(granted) if isinstance(granted, RoleHere) else code_line(granted)


def press(moves: Moves, session: Session, node: EndRole, facts: Facts, choice: str) -> Step | None:
    """End it; keeping it is 'cancel', as everywhere."""
    granted = facts.village.granted
    if choice != _END or granted is None:
        return None
    there = PeopleHere(node.place_id)
    if isinstance(granted, RoleHere):
        done = say("ending.role.done", line=_line(granted))
        return moves.lead(session, there, facts, done=done, effects=(EndRoleNow(granted.role_id),))
    done = say("ending.code.done", line=_line(granted))
    return moves.lead(session, there, facts, done=done, effects=(RevokeInvite(granted.invite_id),))


def read(moves: Moves, session: Session, node: EndRole, facts: Facts, text: str) -> Step | Refusal:
    """Ending takes its own words or a tap."""
    return Refusal(say("ending.not_understood"))


def wants(session: Session, node: EndRole, event: Event) -> VillageNeeds:
    """Load what is to be ended."""
    return VillageNeeds(granted=(node.role_id, node.invite_id))


def back(session: Session, node: EndRole) -> Node:
    """Back to the list."""
    return PeopleHere(node.place_id)


def stands(session: Session, node: EndRole, facts: Facts) -> bool:
    """Whether it holds still, and may be ended by the person."""
    return facts.village.granted is not None


ROOM = Room(draw, press, wants, back, stands, read)
