"""Ways to a clan's households: for whoever stands for the clan, and for a household that a clan asked."""

from __future__ import annotations

from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.registering import edited
from bot.dialogs.screens import Choice, say
from bot.dialogs.session import Question, Session
from bot.dialogs.village.nodes import AskedByClan, ClanHouseholds
from bot.scoring.model import DerivedRule, Indicator, SubjectKind

HOUSEHOLDS = Choice("clan", say("clan.open"))
"""Means the same on every screen."""

_SOURCES = {SubjectKind.CLAN: "clan", SubjectKind.VILLAGE: "village"}


def offered(facts: Facts, indicator: Indicator | None = None) -> tuple[Choice, ...]:
    """The way to the member households, for a clan's own representative; beside a question only if it counts them."""
    if facts.subject is None or facts.subject.kind is not SubjectKind.CLAN or facts.is_visiting:
        return ()
    return (HOUSEHOLDS,) if indicator is None or isinstance(indicator.rule, DerivedRule) else ()


def source(kind: SubjectKind) -> str:
    """How the shares of a kind of subject are counted; see kinds.Asking."""
    return _SOURCES.get(kind, "records")


def enter(moves: Moves, session: Session, facts: Facts) -> Step:
    """Go to the clan's households; a household is led to the clans that asked it."""
    if not offered(facts):
        return moves.lead(edited(session), AskedByClan(0), facts)
    from_question = session.node.indicator if isinstance(session.node, Question) else ""
    return moves.lead(edited(session), ClanHouseholds(question=from_question), facts)
