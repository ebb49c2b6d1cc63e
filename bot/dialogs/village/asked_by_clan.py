"""A household answers a clan, and may change its mind at any time."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Layout, Paragraph, Screen, Tone, say
from bot.dialogs.session import Node, Session, Summary
from bot.dialogs.village.effects import AnswerClan
from bot.dialogs.village.facts import ClanTie
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import AskedByClan
from bot.dialogs.village.rooms import Room

MOST_OTHERS = 6
_OTHER = "k-"


def draw(session: Session, node: AskedByClan, facts: Facts) -> Screen:
    """Say who asks for what, and what the clan learns by it; agreeing and declining look alike."""
    asking = facts.village.asking
    if asking is None:
        return Screen(session.revision, "asked_by_clan", (Paragraph(say("clan.nobody_asks")),), (), (navigation.BACK,))
    lines = [
        Paragraph(say("clan.asks", clan=asking.clan, household=asking.household), Tone.QUESTION),
        Paragraph(say("clan.asks_what")),
    ]
    if asking.tie is not ClanTie.ASKED:
        lines.append(Paragraph(say(f"clan.said.{asking.tie}"), Tone.NOTICE))
    choices = (Choice("agree", say("clan.agree")), Choice("decline", say("clan.decline")))
    others = tuple(
        Choice(f"{_OTHER}{each.clan_id}", say("clan.other", clan=each.clan)) for each in asking.others[:MOST_OTHERS]
    )
    layout = Layout.LIST if others else Layout.PAIR
    return Screen(
        session.revision, "asked_by_clan", tuple(lines), choices + others, (navigation.BACK, navigation.HELP),
        layout=layout,
    )  # fmt: skip


def press(moves: Moves, session: Session, node: AskedByClan, facts: Facts, choice: str) -> Step | None:
    """Answer, or look at what another clan asks."""
    asking = facts.village.asking
    if asking is None:
        return None
    if choice in ("agree", "decline"):
        agrees = choice == "agree"
        effect = AnswerClan(asking.clan_id, asking.household_id, agrees)
        done = say("clan.agreed" if agrees else "clan.declined", clan=asking.clan)
        waiting = next((each for each in asking.others if each.tie is ClanTie.ASKED), None)
        there = AskedByClan(waiting.clan_id) if waiting is not None else back(session, node)
        return moves.lead(session, there, facts, done=done, effects=(effect,))
    other = next((each for each in asking.others if choice == f"{_OTHER}{each.clan_id}"), None)
    return None if other is None else moves.lead(session, replace(node, clan_id=other.clan_id), facts)


def wants(session: Session, node: AskedByClan, event: Event) -> VillageNeeds:
    """Which clan asks."""
    return VillageNeeds(asking=node.clan_id)


def back(session: Session, node: AskedByClan) -> Node:
    """To the household's own sheet."""
    return Summary()


def stands(session: Session, node: AskedByClan, facts: Facts) -> bool:
    """Anybody may look whether a clan asks."""
    return True


ROOM = Room(draw, press, wants, back, stands)
