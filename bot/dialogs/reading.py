"""Reading the rules without assessing: the sets in force here, each criterion with its article, found by words."""

from __future__ import annotations

from bot.dialogs import adopting, navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Screen, Tone, say
from bot.dialogs.session import ReadRules, Session, opened_from
from bot.scoring.model import CriteriaSet


def open_rules(moves: Moves, session: Session, facts: Facts, argument: str = "") -> Step:
    """Open the list, or what is found by the words behind the command."""
    return moves.go(session, ReadRules(opened_from(session.node), query=argument), facts)


def draw(session: Session, node: ReadRules, facts: Facts) -> Screen:
    """List the sets in force, one page of a set, or what was found."""
    lines = (Paragraph(say("rules.title"), Tone.QUESTION),)
    choices = tuple(Choice(f"s-{n}", each.title) for n, each in enumerate(facts.in_force, 1))
    return Screen(session.revision, "rules", lines, choices, (navigation.BACK,), Expects.TEXT)


def press(moves: Moves, session: Session, node: ReadRules, facts: Facts, choice: str) -> Step | None:
    """Open a set, turn a page, or send it as a workbook."""
    criteria = _opened(node, facts)
    if criteria is not None and choice.startswith("w-"):
        return adopting.send_workbook(moves, session, node, facts, criteria, choice)
    return None


def read(moves: Moves, session: Session, node: ReadRules, facts: Facts, text: str) -> Step | Refusal:
    """Find by words."""
    return moves.go(session, ReadRules(node.back, query=text.strip()), facts)


def back(moves: Moves, session: Session, node: ReadRules, facts: Facts) -> Step:
    """Go back to the list, and from there to where reading was begun."""
    if node.set_id or node.query:
        return moves.go(session, ReadRules(node.back), facts)
    return moves.go(session, node.back, facts)


def _opened(node: ReadRules, facts: Facts) -> CriteriaSet | None:
    return next((c for c in facts.in_force if (c.id, c.version) == (node.set_id, node.version)), None)
