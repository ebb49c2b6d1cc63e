"""Who has a role here, and which codes are open; for officers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import FROM_FIRST, MORE, list_word
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village.facts import OpenInvite, PeoplePage, RoleHere
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import EndRole, InviteRole, PeopleHere
from bot.dialogs.village.rooms import Room

_PAGE = 6
_INVITE = "i-"


def role_line(role: RoleHere) -> Say:
    """Say a role: 'Trưởng thôn: Thôn 3, đến 31/12/2026'."""
    kind = say(f"people.kind.{role.role}")
    if role.until is None:
        return say("people.role", role=kind, place=role.place)
    return say("people.role_until", role=kind, place=role.place, until=role.until)


def code_line(code: OpenInvite) -> Say:
    """Say an open code."""
    return say("people.code", role=say(f"people.kind.{code.role}"), place=code.place)


def draw(session: Session, node: PeopleHere, facts: Facts) -> Screen:
    """What may be ended can be tapped; what may not stands above."""
    page = facts.village.people or PeoplePage()
    lines = [Paragraph(say("people.title", place=page.place), Tone.HEADING)]
    fixed = [_named(role) for role in page.roles if not role.may_end]
    fixed += [code_line(code) for code in page.invites if not code.may_end]
    if fixed:
        lines.append(Paragraph(stacked(*fixed)))
    choices = _listed(page)
    if choices:
        lines.append(Paragraph(say("people.how"), Tone.QUIET))
    elif not fixed:
        lines.append(Paragraph(say("people.nobody")))
    choices += [Choice(f"{_INVITE}{kind}", say(f"people.invite.{kind}")) for kind in page.grants]
    around: list[Choice] = []
    if (node.page + 1) * _PAGE < page.total:
        around.append(Choice(MORE, say("register.hamlet_more")))
    if node.page:
        around.append(Choice(FROM_FIRST, say("register.hamlet_first")))
    return Screen(session.revision, "people", tuple(lines), tuple(choices), (*around, navigation.BACK, navigation.HELP))


def _named(role: RoleHere) -> Say:
    return say("people.own", line=role_line(role)) if role.is_own else role_line(role)


def _listed(page: PeoplePage) -> list[Choice]:
    """Lines that may be ended; those that read the same are numbered."""
    lines = [(f"r-{role.role_id}", role_line(role)) for role in page.roles if role.may_end]
    lines += [(f"c-{code.invite_id}", code_line(code)) for code in page.invites if code.may_end]
    seen: Counter[Say] = Counter()
    choices = []
    for choice, line in lines:
        seen[line] += 1
        label = line if seen[line] == 1 else say("people.again", line=line, number=seen[line])
        choices.append(Choice(choice, label))
    return choices


def press(moves: Moves, session: Session, node: PeopleHere, facts: Facts, choice: str) -> Step | None:
    """End what was tapped, invite somebody, or turn the list."""
    page = facts.village.people or PeoplePage()
    match choice:
        case "more" if (node.page + 1) * _PAGE < page.total:
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, PeopleHere(node.place_id), facts)
        case invited if invited.removeprefix(_INVITE) in page.grants and invited.startswith(_INVITE):
            return moves.lead(session, InviteRole(node.place_id, invited.removeprefix(_INVITE)), facts)
        case listed if any(each.id == listed for each in _listed(page)):
            kind, id_ = listed[0], int(listed[2:])
            ending = EndRole(node.place_id, role_id=id_) if kind == "r" else EndRole(node.place_id, invite_id=id_)
            return moves.lead(session, ending, facts)
        case _:
            return None


def read(moves: Moves, session: Session, node: PeopleHere, facts: Facts, text: str) -> Step | Refusal:
    """Read the words that turn the list."""
    taken = press(moves, session, node, facts, list_word(text) or "")
    return taken or Refusal(say("one_of.not_understood"))


def wants(session: Session, node: PeopleHere, event: Event) -> VillageNeeds:
    """Load a page of roles and codes."""
    return VillageNeeds(people=(node.place_id, node.page))


def back(session: Session, node: PeopleHere) -> Node:
    """Back to the desk."""
    return Desk()


def stands(session: Session, node: PeopleHere, facts: Facts) -> bool:
    """Whether the person is an officer there still."""
    return facts.village.people is not None


ROOM = Room(draw, press, wants, back, stands, read)
