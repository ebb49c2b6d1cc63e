"""Picking the question that is asked of many: from the list, by its number, by words, or in a whole sentence."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Paragraph, Screen, Tone, say
from bot.dialogs.session import Session
from bot.dialogs.understanding import fold, read_bulk, read_command
from bot.dialogs.village import bulk_sentence
from bot.dialogs.village.bulk_sentence import Numbered, found_by_words
from bot.dialogs.village.facts import BulkRoll
from bot.dialogs.village.many import questions
from bot.dialogs.village.nodes import Bulk

_MOST_FOUND = 6
_QUESTION = "q-"


def draw(session: Session, node: Bulk, facts: Facts) -> Screen:
    """List the questions of one criterion, or those that words were found in."""
    roll = rolled(facts)
    lines = [Paragraph(say("bulk.title", place=roll.place), Tone.HEADING)]
    ready = sum(line.is_ready for line in roll.lines)
    if not roll.lines or not questions(roll):
        lines.append(Paragraph(say("bulk.no_households" if not roll.lines else "bulk.no_rules"), Tone.NOTICE))
        return Screen(session.revision, "bulk", tuple(lines), (), _AROUND)
    listed = _listed(roll, node)
    if node.query:
        lines.append(Paragraph(say("bulk.found", query=node.query)))
    elif roll.criteria is not None:
        lines.append(Paragraph(roll.criteria.criteria[_page(roll, node)].title, Tone.QUIET))
    lines.append(Paragraph(say("bulk.pick"), Tone.QUESTION))
    lines.append(Paragraph(say("bulk.pick_hint"), Tone.QUIET))
    choices = [Choice(f"{_QUESTION}{n}", say("bulk.question", number=n, short=each.short)) for n, each in listed]
    if not node.query and _page(roll, node) + 1 < len(_pages(roll)):
        choices.append(Choice("more", say("bulk.more_questions")))
    elif node.query or node.page:
        choices.append(Choice("first", say("bulk.first_questions")))
    if ready:
        choices.append(Choice("hand_in", say("bulk.hand_in", count=ready)))
    return Screen(session.revision, "bulk", tuple(lines), tuple(choices), _AROUND)


_AROUND = (navigation.BACK, navigation.DESK, navigation.HELP)


def rolled(facts: Facts) -> BulkRoll:
    """The households of a room that cannot be entered without them."""
    roll = facts.village.bulk
    assert roll is not None  # noqa: S101 - `bulk.stands` leads elsewhere without one
    return roll


def _pages(roll: BulkRoll) -> tuple[tuple[Numbered, ...], ...]:
    """The questions, criterion by criterion."""
    numbered = {each.id: (n, each) for n, each in questions(roll)}
    criteria = roll.criteria.criteria if roll.criteria is not None else ()
    return tuple(tuple(numbered[i.id] for i in each.indicators if i.id in numbered) for each in criteria)


def _page(roll: BulkRoll, node: Bulk) -> int:
    return min(node.page, len(_pages(roll)) - 1)


def _listed(roll: BulkRoll, node: Bulk) -> tuple[Numbered, ...]:
    if node.query:
        return found_by_words(roll, node.query)[:_MOST_FOUND]
    return _pages(roll)[_page(roll, node)]


def page_of(roll: BulkRoll, indicator: str) -> int:
    """On which page a question is listed."""
    return next((at for at, page in enumerate(_pages(roll)) if any(each.id == indicator for _, each in page)), 0)


def press(moves: Moves, session: Session, node: Bulk, facts: Facts, choice: str) -> Step | None:
    """Ask what was tapped, or turn the list."""
    match choice:
        case "more":
            return moves.lead(session, replace(node, page=_page(rolled(facts), node) + 1), facts)
        case "first":
            return moves.lead(session, Bulk(node.place_id), facts)
        case "hand_in":
            return moves.lead(session, Bulk(node.place_id, is_handing_in=True), facts)
        case _:
            number = choice.removeprefix(_QUESTION)
            listed = {str(n): each for n, each in questions(rolled(facts))} if choice.startswith(_QUESTION) else {}
            picked = listed.get(number)
            return None if picked is None else moves.lead(session, Bulk(node.place_id, picked.id), facts)


def read(moves: Moves, session: Session, node: Bulk, facts: Facts, text: str) -> Step | Refusal:
    """Read 'câu 7', words of a question, or everything in one sentence."""
    roll = rolled(facts)
    said = read_bulk(text)
    if said is not None:
        return bulk_sentence.take(moves, session, node, facts, said)
    if node.is_handing_in or read_command(text) is not None:
        return Refusal(say("one_of.not_understood"))
    digits = fold(text[:20]).strip(" .")
    if digits.isdecimal():
        return _by_digits(moves, session, node, facts, int(digits))
    return bulk_sentence.pick(moves, session, node, facts, found_by_words(roll, text), text)


def _by_digits(moves: Moves, session: Session, node: Bulk, facts: Facts, number: int) -> Step | Refusal:
    """A bare number is the question of that number where no other stands at that place of the list."""
    roll = rolled(facts)
    numbered, listed = dict(questions(roll)), _listed(roll, node)
    at_place = listed[number - 1][1] if 0 < number <= len(listed) else None
    if number not in numbered:
        if at_place is None:
            return Refusal(say("bulk.no_such_question", total=max(numbered)), is_final=True)
        return Refusal(say("bulk.not_understood"))
    if at_place is not None and at_place != numbered[number]:
        return Refusal(say("bulk.which_question", number=number, short=numbered[number].short), is_final=True)
    return moves.lead(session, Bulk(node.place_id, numbered[number].id), facts)
