"""Two answers to one question, side by side: the reviewer keeps one and says why."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Node, Session
from bot.dialogs.village.effects import DecideDifference
from bot.dialogs.village.facts import OpenDifference, SaidAnswer, Side
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Difference, ReviewSheet
from bot.dialogs.village.review_facts import ReviewedSheet
from bot.dialogs.village.review_words import (
    DECIDING,
    author,
    name_words,
    numbers_of,
    read_reason,
    ready_reasons,
    reason_words,
    said_words,
)
from bot.dialogs.village.rooms import Room
from bot.scoring.model import Text


def draw(session: Session, node: Difference, facts: Facts) -> Screen:
    """Show both answers, then ask which to keep, then why."""
    sheet = facts.village.reviewed
    found = _open(sheet, node)
    if sheet is None or found is None:
        lines = [Paragraph(say("differing.settled"))]
        return _screen(session, lines, (Choice("sheet", say("differing.see_sheet")),))
    indicator = sheet.criteria.indicator(node.indicator) if sheet.criteria is not None else None
    number = numbers_of(sheet).get(node.indicator, 0)
    lines = [Paragraph(name_words(sheet.line), Tone.QUIET)]
    if indicator is not None:
        lines.append(Paragraph(say("differing.question", number=number, question=indicator.question), Tone.HEADING))
    for said in (found.standing, found.other):
        answer = said_words(indicator, said.answer)
        lines.append(Paragraph(say("differing.answer", answer=answer, author=author(said))))
    if node.kept is None:
        lines.append(Paragraph(say("differing.which"), Tone.QUESTION))
        choices = (
            Choice("k-subject", say("differing.keep_subject")),
            Choice("k-head", say("differing.keep_head")),
        )
        return _screen(session, lines, choices)
    kept = _said(found, node.kept)
    lines.append(Paragraph(say("differing.kept", answer=said_words(indicator, kept.answer))))
    lines.append(Paragraph(say("differing.why"), Tone.QUESTION))
    return _screen(session, lines, ready_reasons("differing", DECIDING), Expects.TEXT)


def _screen(
    session: Session, lines: list[Paragraph], choices: tuple[Choice, ...], expects: Expects = Expects.CHOICE
) -> Screen:
    around = (navigation.BACK, navigation.DESK)
    return Screen(session.revision, "differing", tuple(lines), choices, around, expects)


def _open(sheet: ReviewedSheet | None, node: Difference) -> OpenDifference | None:
    differences = () if sheet is None else sheet.differences
    return next((each for each in differences if each.indicator == node.indicator), None)


def _said(found: OpenDifference, side: Side) -> SaidAnswer:
    return found.standing if found.standing.side is side else found.other


def press(moves: Moves, session: Session, node: Difference, facts: Facts, choice: str) -> Step | None:
    """Take whose answer is kept, or a ready reason."""
    head, _, rest = choice.partition("-")
    match head:
        case "sheet":
            return moves.lead(session, ReviewSheet(node.assessment_id), facts)
        case "k" if rest in set(Side):
            return moves.lead(session, replace(node, kept=Side(rest)), facts)
        case "r" if rest in DECIDING:
            return _decide(moves, session, node, facts, f"differing.reason.{rest}")
        case _:
            return None


def _decide(moves: Moves, session: Session, node: Difference, facts: Facts, reason: str) -> Step | None:
    sheet = facts.village.reviewed
    found = _open(sheet, node)
    if sheet is None or found is None or node.kept is None:
        return None
    indicator = sheet.criteria.indicator(node.indicator) if sheet.criteria is not None else None
    answer = said_words(indicator, _said(found, node.kept).answer)
    short: Text | Say = indicator.short if indicator is not None else say("review.question_gone")
    told = say(
        "told.decided",
        number=numbers_of(sheet).get(node.indicator, 0),
        short=short,
        name=sheet.line.name,
        answer=answer,
        reason=reason_words(reason),
    )
    others = tuple(each.indicator for each in sheet.differences if each.indicator != node.indicator)
    onwards: Node = Difference(node.assessment_id, others[0]) if others else ReviewSheet(node.assessment_id)
    done = say("differing.done", short=short, answer=answer, reason=reason_words(reason))
    effects = (DecideDifference(node.assessment_id, node.indicator, node.kept, reason, told),)
    return moves.lead(session, onwards, facts, done=done, effects=effects)


def read(moves: Moves, session: Session, node: Difference, facts: Facts, text: str) -> Step | Refusal:
    """Read a reason."""
    if node.kept is None:
        return Refusal(say("one_of.not_understood"))
    reason = read_reason(text, say("review.reason_too_long"), say("differing.hint"))
    if isinstance(reason, Refusal):
        return reason
    return _decide(moves, session, node, facts, reason) or Refusal(say("differing.settled"))


def wants(session: Session, node: Difference, event: Event) -> VillageNeeds:
    """The sheet with its two answers."""
    return VillageNeeds(reviewed=node.assessment_id)


def back(session: Session, node: Difference) -> Node:
    """From the reason to the answers, from there to the sheet."""
    return replace(node, kept=None) if node.kept is not None else ReviewSheet(node.assessment_id)


def stands(session: Session, node: Difference, facts: Facts) -> bool:
    """Whether there is such a sheet in one of the person's places."""
    return facts.village.reviewed is not None


ROOM = Room(draw, press, wants, back, stands, read)
