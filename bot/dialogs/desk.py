"""Where somebody with a role stands who has no sheet in hand: what they answer for, and what can be done."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation, registering, taking_up
from bot.dialogs.effects import TakeRole
from bot.dialogs.facts import CodeState, Facts, Role, RoleInvite, RoleKind
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import ChooseTitle, Desk, MySheets, Result, Session, SubjectDraft, Summary
from bot.dialogs.village import entering
from bot.scoring.model import SubjectKind


def draw(session: Session, node: Desk, facts: Facts) -> Screen:
    """Name the roles, then what can be done."""
    lines = [Paragraph(say("desk.title"), Tone.HEADING)]
    if facts.roles:
        lines.append(Paragraph(stacked(*(role_words(role) for role in facts.roles))))
    if facts.roles:
        lines.append(Paragraph(say("desk.send_officer" if _offices(facts) else "desk.send_head"), Tone.QUIET))
    choices = [Choice(door, say(f"desk.{door}")) for door in _doors(facts)]
    choices += [
        Choice("rules", say("desk.rules" if _offices(facts) else "desk.rules_read")),
        Choice("assess", say("desk.assess")),
    ]
    if facts.subject is not None and not facts.is_visiting:
        choices.append(Choice("sheets", say("nav.my_sheets")))
    else:
        choices.append(Choice("family", say("desk.family")))
    return Screen(session.revision, "desk", tuple(lines), tuple(choices), _AROUND, takes_files=bool(facts.roles))


def _doors(facts: Facts) -> tuple[str, ...]:
    """What a village head comes for first; then what an officer does."""
    doors: tuple[str, ...] = ()
    if entering.headed(facts):
        doors += ("households", "review", "bulk", "progress")
    if _offices(facts):
        doors += ("people",)
    return doors


_AROUND = (navigation.HELP, navigation.PRIVACY)


def _offices(facts: Facts) -> tuple[Role, ...]:
    return tuple(role for role in facts.roles if role.kind is RoleKind.OFFICER)


def press(moves: Moves, session: Session, node: Desk, facts: Facts, choice: str) -> Step | None:
    """Begin what was chosen; 'rules' is a command."""
    match choice:
        case door if door in entering.DOORS:
            return entering.enter(moves, session, facts, door)
        case "assess":
            return moves.go(session, ChooseTitle(node), facts)
        case "sheets":
            return moves.go(session, MySheets(node), facts)
        case "family":
            own = next((sheet for sheet in facts.sheets if sheet.kind is SubjectKind.HOUSEHOLD), None)
            if own is not None:
                return taking_up.take_up(session, facts, own.assessment_id)
            return moves.go(*registering.begin(session, SubjectDraft()), facts)
        case _:
            return None


def open_desk(moves: Moves, session: Session, facts: Facts) -> Step:
    """Go to the desk; without a role there is none."""
    if not facts.roles:
        return moves.stay(session, facts, say("desk.no_role"))
    return moves.go(registering.edited(session), Desk(), facts)


def take_role(moves: Moves, session: Session, facts: Facts, invite: RoleInvite, code: str) -> Step:
    """Take the role that a code grants, or say why there is none; `facts` are of somebody who has agreed."""
    role = invite.role
    if role in facts.roles:
        return moves.go(session, Desk(), facts, notice=say("role.already", role=role_words(role)))
    if invite.state is not None:
        return moves.stay(session, facts, why_not_granted(invite.state))
    granted = replace(facts, roles=(*facts.roles, role))
    done = say("role.taken", role=role_words(role))
    return moves.go(registering.edited(session), Desk(), granted, done=done, effects=(TakeRole(code),))


def why_not_granted(state: CodeState) -> Say:
    """Say why the code of a role works no more."""
    match state:
        case CodeState.USED_UP:
            return say("role.used_up")
        case CodeState.REVOKED:
            return say("role.revoked")
        case _:
            return say("role.expired")


def role_words(role: Role) -> Say:
    """Say a role: 'Cán bộ phụ trách Xã Mẫu, tỉnh Mẫu'."""
    place = role.place
    if not place.within:
        return say(f"role.{role.kind}.alone", place=place.name)
    return say(f"role.{role.kind}", place=place.name, within=place.within)


def home(facts: Facts) -> Desk | Summary | Result | None:
    """Where somebody without a question in hand belongs: their own sheet, else their desk; None: registering."""
    if facts.is_visiting:
        return Desk()
    if facts.subject is not None and facts.assessment is not None:
        return Summary() if facts.assessment.is_open else Result()
    return Desk() if facts.roles else None
