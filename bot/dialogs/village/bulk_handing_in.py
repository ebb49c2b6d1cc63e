"""Handing in, for their households, the sheets that the village head has finished."""

from __future__ import annotations

from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.village.bulk_asking import AROUND
from bot.dialogs.village.bulk_picking import rolled
from bot.dialogs.village.bulk_sentence import names_of
from bot.dialogs.village.effects import HandInForMany
from bot.dialogs.village.facts import BulkLine
from bot.dialogs.village.nodes import Bulk


def _ready(facts: Facts) -> tuple[BulkLine, ...]:
    return tuple(line for line in rolled(facts).lines if line.is_ready)


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """Say how many are finished, and that families hand in their own."""
    ready = _ready(facts)
    if not ready:
        none = Paragraph(say("bulk.none_ready"), Tone.NOTICE)
        return Screen(session.revision, "bulk", (none,), (), AROUND)
    lines = (
        Paragraph(say("bulk.ready", count=len(ready), names=names_of(ready)), Tone.QUESTION),
        Paragraph(say("bulk.ready_hint"), Tone.QUIET),
    )
    return Screen(session.revision, "bulk", lines, (Choice("record", say("bulk.hand_in", count=len(ready))),), AROUND)


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Hand them in."""
    ready = _ready(facts)
    if choice != "record" or not ready:
        return None
    effect = HandInForMany(node.place_id, tuple(line.assessment_id for line in ready))
    done = say("bulk.handed_in", count=len(ready))
    return moves.lead(session, Bulk(node.place_id), facts, done=done, effects=(effect,))
