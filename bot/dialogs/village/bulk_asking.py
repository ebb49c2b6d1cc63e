"""The answer that is meant for many: tapped or typed as for one household."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import kinds, navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.understanding import read_answered, read_bulk
from bot.dialogs.village import bulk_sentence
from bot.dialogs.village.bulk_picking import rolled
from bot.dialogs.village.many import is_of_own, question
from bot.dialogs.village.nodes import Bulk
from bot.scoring.model import Indicator

_OWN = {"own-all": bulk_sentence.ALL, "own-none": bulk_sentence.NOBODY}
AROUND = (navigation.BACK, navigation.DESK, navigation.HELP)


def asked(node: Bulk, facts: Facts) -> tuple[int, Indicator]:
    """The question that is picked, with its number."""
    found = question(rolled(facts), node.indicator)
    assert found is not None  # noqa: S101 - `bulk.stands` leads elsewhere without one
    return found


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """Ask it of all."""
    number, indicator = asked(node, facts)
    lines = [Paragraph(say("bulk.question", number=number, short=indicator.short), Tone.QUIET)]
    lines.append(Paragraph(indicator.question, Tone.QUESTION))
    if is_of_own(indicator):
        lines.append(Paragraph(say("bulk.own_hint")))
        choices = tuple(Choice(choice, say(f"bulk.{choice}")) for choice in _OWN)
        return Screen(session.revision, "bulk", tuple(lines), choices, AROUND, Expects.CHOICE)
    laid_out = kinds.ask(indicator.rule, kinds.Asking({}, node.whole))
    if laid_out.hint is not None:
        lines.append(Paragraph(laid_out.hint))
    lines.append(Paragraph(say("bulk.ask_hint"), Tone.QUIET))
    return Screen(session.revision, "bulk", tuple(lines), laid_out.choices, AROUND, laid_out.expects, laid_out.layout)


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Take a tapped answer."""
    _, indicator = asked(node, facts)
    if is_of_own(indicator):
        own = _OWN.get(choice)
        return None if own is None else moves.lead(session, replace(node, answer=own, is_of_own=True), facts)
    reading = kinds.press(indicator.rule, kinds.Asking({}, node.whole), choice)
    match reading:
        case None:
            return None
        case Refusal(why):
            return moves.stay(session, facts, why)
        case kinds.More(whole):
            return moves.lead(session, replace(node, whole=whole), facts)
        case answer:
            return moves.lead(session, replace(node, answer=answer), facts)


def read(moves: Moves, session: Session, node: Bulk, facts: Facts, text: str) -> Step | Refusal:
    """Read an answer, with exceptions or without; or another question."""
    sentence = read_bulk(text)
    if sentence is not None and sentence.number is not None:
        return bulk_sentence.take(moves, session, node, facts, sentence)
    said = read_answered(text)
    _, indicator = asked(node, facts)
    reading = bulk_sentence.read_answer(indicator, said, node.whole)
    if isinstance(reading, Refusal) and not said.excepted:
        return reading
    if said.excepted or said.says_all:
        return bulk_sentence.answer(moves, session, node, facts, said)
    match reading:
        case Refusal():
            return reading
        case kinds.More(whole):
            return moves.lead(session, replace(node, whole=whole), facts)
        case bulk_sentence.OfOwn(value):
            return moves.lead(session, replace(node, answer=value, is_of_own=True), facts)
        case value:
            return moves.lead(session, replace(node, answer=value), facts)
