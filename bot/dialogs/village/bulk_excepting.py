"""Who is different: all households are meant but those that are tapped or named."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import kinds
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.understanding import (
    find_named,
    fold,
    read_bulk,
    read_command,
    read_excepted,
    read_yes_no,
    says_excepted,
)
from bot.dialogs.village import bulk_sentence
from bot.dialogs.village.bulk_asking import AROUND, asked
from bot.dialogs.village.bulk_picking import rolled
from bot.dialogs.village.facts import BulkLine
from bot.dialogs.village.many import Plan, planned
from bot.dialogs.village.nodes import Bulk
from bot.scoring.model import Indicator, Text

PAGE = 6
_HOUSEHOLD = "s-"


def plan_of(node: Bulk, facts: Facts) -> Plan:
    """What the answer would do, for a node that has one."""
    assert node.answer is not None  # noqa: S101 - `bulk.draw` asks for it before
    return planned(rolled(facts), asked(node, facts)[1], node.answer, node.excepted, of_own=node.is_of_own)


def headline(node: Bulk, facts: Facts) -> Paragraph:
    """The question and its answer."""
    number, indicator = asked(node, facts)
    words = said_words(node, indicator)
    return Paragraph(say("bulk.answered", number=number, short=indicator.short, answer=words), Tone.HEADING)


def said_words(node: Bulk, indicator: Indicator) -> Say | Text:
    """The answer in words."""
    if node.is_of_own:
        return say("bulk.own-all" if node.answer == bulk_sentence.ALL else "bulk.own-none")
    return kinds.answer_words(indicator.rule, node.answer)


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """Say for how many it is meant, and list the households."""
    plan = plan_of(node, facts)
    lines = [headline(node, facts), Paragraph(say("bulk.meant", count=plan.meant))]
    if plan.excepted:
        lines.append(Paragraph(say("bulk.excepted", count=len(plan.excepted), names=names(plan.excepted))))
    lines.append(Paragraph(say("bulk.who_differs"), Tone.QUESTION))
    lines.append(Paragraph(say("bulk.who_differs_hint"), Tone.QUIET))
    listed = _listed(node, facts, plan)
    page = min(node.page, max(len(listed) - 1, 0) // PAGE)
    shown = listed[page * PAGE : (page + 1) * PAGE]
    choices = [Choice("preview", say("bulk.to_preview"))]
    choices += [Choice(f"{_HOUSEHOLD}{each.subject_id}", _label(each, node)) for each in shown]
    if (page + 1) * PAGE < len(listed):
        choices.append(Choice("more", say("bulk.more_households")))
    elif page or node.query:
        choices.append(Choice("first", say("bulk.first_households")))
    return Screen(session.revision, "bulk", tuple(lines), tuple(choices), AROUND)


def names(lines: tuple[BulkLine, ...]) -> Say:
    """The first few households by name."""
    return bulk_sentence.names_of(lines)


def _listed(node: Bulk, facts: Facts, plan: Plan) -> tuple[BulkLine, ...]:
    """Those it is meant for, and those that are excepted, in the order of the roll; or those that were looked for."""
    roll = rolled(facts)
    if node.query:
        found = find_named(node.query, [(line.number, line.name) for line in roll.lines])
        return tuple(roll.lines[at] for at in found)
    ids = {each.subject_id for each in (*plan.new, *plan.changed, *plan.differing, *plan.same, *plan.excepted)}
    return tuple(line for line in roll.lines if line.subject_id in ids)


def _label(line: BulkLine, node: Bulk) -> Say:
    named = f"{line.number} {line.name}".strip()
    return say("bulk.is_excepted" if line.subject_id in node.excepted else "bulk.household", name=named)


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Leave a household out, take it in again, turn the list, or go on."""
    match choice:
        case "preview":
            return moves.lead(session, replace(node, is_preview=True, query="", page=0), facts)
        case "more":
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, replace(node, page=0, query=""), facts)
        case _:
            ids = {f"{_HOUSEHOLD}{line.subject_id}": line.subject_id for line in rolled(facts).lines}
            if choice not in ids:
                return None
            return moves.lead(session, replace(node, excepted=_toggled(node, ids[choice]), query=""), facts)


def _toggled(node: Bulk, subject_id: int) -> tuple[int, ...]:
    if subject_id in node.excepted:
        return tuple(each for each in node.excepted if each != subject_id)
    return (*node.excepted, subject_id)


def read(moves: Moves, session: Session, node: Bulk, facts: Facts, text: str) -> Step | Refusal:
    """Read names and numbers, several at once; or another question. On the preview they are left out as well."""
    sentence = read_bulk(text)
    if sentence is not None and sentence.number is not None:
        return bulk_sentence.take(moves, session, node, facts, sentence)
    roll, is_sure, said = rolled(facts), says_excepted(text), read_excepted(text)
    if not said:
        if not node.is_preview and (is_sure or read_yes_no(text) is False):
            return moves.lead(session, replace(node, is_preview=True, query="", page=0), facts)
        return Refusal(say("bulk.names_wanted"))
    if not is_sure:
        refusal = _unsure(node, facts, text, said)
        if refusal is not None:
            return refusal
    named = bulk_sentence.excepted(roll, said)
    more = tuple(each for each in named.subject_ids if each not in node.excepted)
    there = replace(node, excepted=(*node.excepted, *more), page=0, query=bulk_sentence.searched(named))
    if named.unclear:
        there = replace(there, is_preview=False)
    return moves.lead(session, there, facts, notice=named.notice)


def _unsure(node: Bulk, facts: Facts, text: str, said: tuple[str, ...]) -> Refusal | None:
    """Leave what is typed without 'trừ' to the screen and the commands where it may mean them; None: names."""
    roll = rolled(facts)
    found = bulk_sentence.excepted(roll, said)
    digits = fold(text[:20]).strip(" .")
    if digits.isdecimal() and len(digits) == 1:  # a place on the screen, or the household of that number
        if not found.subject_ids or node.is_preview:  # the preview lists no households to be meant
            return Refusal(say("bulk.names_wanted"))
        return Refusal(say("bulk.which_number", number=digits), is_final=True)
    is_known = bool(found.subject_ids) or any(lines for _, lines in found.unclear)
    if not is_known or read_command(text) is not None:
        return Refusal(say("bulk.unknown", said=said[0].title()))
    return None
