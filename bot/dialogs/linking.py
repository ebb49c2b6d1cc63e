"""Joining a second channel to the same person by a one-time code."""

from __future__ import annotations

from bot.dialogs import navigation
from bot.dialogs.effects import IssueLinkCode, JoinPerson
from bot.dialogs.facts import CodeState, Facts, LinkTarget
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Expects, Paragraph, Screen, Tone, say
from bot.dialogs.session import EnterCode, Session
from bot.dialogs.understanding import read_code

MINUTES = 15
"""How long a one-time code lives."""


def issue(moves: Moves, session: Session, facts: Facts) -> Step:
    """Show a fresh code, to be typed on the other channel."""
    lines = [
        Paragraph(say("link.code", code=facts.fresh_code), Tone.HEADING),
        Paragraph(say("link.how", code=facts.fresh_code, minutes=MINUTES)),
    ]
    if facts.web_address:
        lines.append(Paragraph(say("link.web"), Tone.QUIET))
        lines.append(Paragraph(say("link.address", address=facts.web_address), Tone.LINK))
    return moves.stay(session, facts, tuple(lines), effects=(IssueLinkCode(facts.fresh_code),))


def draw(session: Session, node: EnterCode, facts: Facts) -> Screen:
    """Ask for the code."""
    lines = (Paragraph(say("link.enter"), Tone.QUESTION), Paragraph(say("link.enter_hint"), Tone.QUIET))
    return Screen(session.revision, "code", lines, (), (navigation.CANCEL,), Expects.TEXT)


def read(moves: Moves, session: Session, node: EnterCode, facts: Facts, text: str) -> Step | Refusal:
    """Join by the typed code."""
    if read_code(text) is None:
        return Refusal(say("link.not_a_code"))
    return join(moves, session, facts)


def join(moves: Moves, session: Session, facts: Facts) -> Step:
    """Give this account to the person the code leads to; the service then shows where they were."""
    if facts.is_visiting:
        return moves.stay(session, facts, say("visit.link_here"))
    if facts.subject is not None:
        return moves.stay(session, facts, say("link.has_own_household"))
    match facts.link:
        case LinkTarget() as target:
            return Step(session, (JoinPerson(target.code),), facts)
        case CodeState.TOO_MANY_TRIES:
            return moves.stay(session, facts, say("code.too_many_tries", minutes=facts.wait_minutes))
        case CodeState.EXPIRED | CodeState.USED_UP:
            return moves.stay(session, facts, say("link.expired"))
        case _:
            return moves.stay(session, facts, say("link.unknown"))
