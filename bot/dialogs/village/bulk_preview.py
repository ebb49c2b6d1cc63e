"""Before anything is recorded: for how many, who changes, who said otherwise, who is left alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.village.bulk_asking import AROUND, asked
from bot.dialogs.village.bulk_excepting import headline, names, plan_of
from bot.dialogs.village.bulk_picking import page_of, rolled
from bot.dialogs.village.many import Plan
from bot.dialogs.village.nodes import Bulk


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """Count it out."""
    plan = plan_of(node, facts)
    lines = [headline(node, facts)]
    if plan.recorded:
        lines.append(Paragraph(say("bulk.will_record", count=plan.recorded), Tone.QUESTION))
    else:
        lines.append(Paragraph(say("bulk.nothing"), Tone.NOTICE))
    lines += [Paragraph(each) for each in _changes(plan)]
    alone = tuple(_left_alone(plan))
    if alone:
        lines.append(Paragraph(stacked(*alone), Tone.QUIET))
    choices = (Choice("record", say("bulk.record", count=plan.recorded)),) if plan.recorded else ()
    return Screen(
        session.revision, "bulk", tuple(lines), (*choices, Choice("except", say("bulk.to_excepting"))), AROUND
    )


def _changes(plan: Plan) -> Iterator[Say]:
    """What needs a second look: answers that change, and families that said otherwise."""
    if plan.changed:
        yield say("bulk.changed", count=len(plan.changed), names=names(plan.changed))
    if plan.differing:
        yield say("bulk.differing", count=len(plan.differing), names=names(plan.differing))


def _left_alone(plan: Plan) -> Iterator[Say]:
    if plan.excepted:
        yield say("bulk.excepted", count=len(plan.excepted), names=names(plan.excepted))
    if plan.same:
        yield say("bulk.same", count=len(plan.same))
    if plan.locked:
        yield say("bulk.locked", count=len(plan.locked))
    if plan.unasked:
        yield say("bulk.unasked", count=len(plan.unasked))
    if plan.unfit:
        yield say("bulk.unfit", count=len(plan.unfit), names=names(plan.unfit))


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Record it, or look at the exceptions again."""
    match choice:
        case "except":
            return moves.lead(session, replace(node, is_preview=False), facts)
        case "record":
            plan = plan_of(node, facts)
            if not plan.recorded:
                return moves.stay(session, facts)
            number, indicator = asked(node, facts)
            after = Bulk(node.place_id, page=page_of(rolled(facts), indicator.id))
            notice = say("bulk.done_differing", count=len(plan.differing)) if plan.differing else None
            done = say("bulk.done", count=plan.recorded, number=number)
            return moves.lead(session, after, facts, done=done, notice=notice, effects=plan.effects)
        case _:
            return None
