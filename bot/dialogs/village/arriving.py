"""Arriving by the code of a household: its card's QR, a forwarded link, or its letters typed."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.facts import CodeState, Facts, HouseholdInvite
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.registering import edited
from bot.dialogs.screens import Choice, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import AskName, ConfirmJoin, Desk, Session, SubjectDraft, Summary, opened_from
from bot.dialogs.understanding import read_yes_no
from bot.dialogs.village import entering
from bot.dialogs.village.effects import JoinHousehold
from bot.dialogs.village.nodes import Household, Walk

JOIN = "join"


def household(invite: HouseholdInvite) -> Say:
    """Say whose sheet a code leads to: 'Hộ Nguyễn Văn An, Thôn 1'."""
    return say("arriving.household", name=invite.name, place=invite.place.name)


def why_not(state: CodeState) -> Say:
    """Say why the code of a household leads nowhere, and who can help."""
    match state:
        case CodeState.EXPIRED:
            return say("arriving.expired")
        case CodeState.USED_UP:
            return say("arriving.used_up")
        case CodeState.REVOKED:
            return say("arriving.revoked")
        case _:
            return say("arriving.left_roll")


def arrive(moves: Moves, session: Session, facts: Facts, invite: HouseholdInvite, code: str) -> Step | None:
    """Lead somebody who has agreed to where the code of a household leads; None: they are there already."""
    in_hand = facts.subject if not facts.is_visiting else None
    if in_hand is not None and in_hand.id == invite.subject_id:
        return None
    if invite.is_member:
        return join(session, facts, code)
    if entering.heads(facts, invite.place):
        walking = replace(edited(session), walk=Walk(invite.place.id))
        return moves.lead(walking, Household(invite.subject_id), facts)
    if invite.state is not None:
        return moves.go(session, opened_from(session.node), facts, notice=why_not(invite.state))
    if in_hand is not None or facts.roles:
        return moves.go(session, ConfirmJoin(code, opened_from(session.node)), facts)
    return join(session, facts, code)


def join(session: Session, facts: Facts, code: str) -> Step:
    """Take part for the household; the service shows its sheet once it is taken up."""
    waiting = Summary() if facts.subject is not None else Desk() if facts.roles else AskName()
    led = replace(edited(session), node=waiting, draft=SubjectDraft(), postponed=(), revision=session.revision + 1)
    return Step(led, (JoinHousehold(code),), facts)


def draw(session: Session, node: ConfirmJoin, facts: Facts) -> Screen:
    """Ask whether this household is theirs as well; what they have in hand stays."""
    invite = facts.invite
    if not isinstance(invite, HouseholdInvite):
        gone = (Paragraph(say("arriving.left_roll"), Tone.NOTICE),)
        return Screen(session.revision, "join", gone, (), (navigation.BACK,))
    lines = [Paragraph(say("arriving.question", household=household(invite)), Tone.QUESTION)]
    if facts.subject is not None and not facts.is_visiting:
        lines.append(Paragraph(say("arriving.keeps", name=facts.subject.name), Tone.QUIET))
    choices = (Choice(JOIN, say("arriving.join")), Choice("cancel", say("arriving.stay")))
    return Screen(session.revision, "join", tuple(lines), choices, layout=Layout.PAIR)


def press(moves: Moves, session: Session, node: ConfirmJoin, facts: Facts, choice: str) -> Step | None:
    """Take the decision; staying is 'cancel', as everywhere."""
    if choice != JOIN:
        return None
    invite = facts.invite
    if not isinstance(invite, HouseholdInvite):
        return moves.go(session, node.back, facts, notice=say("arriving.left_roll"))
    if invite.state is not None and not invite.is_member:
        return moves.go(session, node.back, facts, notice=why_not(invite.state))
    return join(session, facts, node.code)


def read(moves: Moves, session: Session, node: ConfirmJoin, facts: Facts, text: str) -> Step | Refusal:
    """Read yes or no in words."""
    match read_yes_no(text):
        case True:
            return press(moves, session, node, facts, JOIN) or Refusal(say("arriving.not_understood"))
        case False:
            return moves.go(session, node.back, facts)
        case None:
            return Refusal(say("arriving.not_understood"))
