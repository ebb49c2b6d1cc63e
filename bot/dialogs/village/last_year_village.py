"""Who of a hamlet's households gained or lost the title since last year; each leads to what changed for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Session
from bot.dialogs.village.nodes import LastYear
from bot.dialogs.village.year_facts import YearChanges, YearTurn

HOUSEHOLDS_A_PAGE = 6


def draw(session: Session, node: LastYear, facts: Facts) -> Screen:
    """Count, or list those that gained or lost it."""
    changes = facts.village.changes
    if changes is None:
        return Screen(session.revision, "last_year", (Paragraph(say("village.gone")),), (), (navigation.BACK,))
    title = say("years.village.title", place=changes.place, year=str(changes.year), before=str(changes.year - 1))
    lines = [Paragraph(title, Tone.HEADING)]
    if node.view:
        lines.append(Paragraph(say(f"years.village.whose_{node.view}")))
        choices = tuple(_listed(node, changes))
    else:
        lines += _counted(changes)
        choices = tuple(Choice(each, say(f"years.village.see_{each}")) for each in _views(changes))
    return Screen(session.revision, "last_year", tuple(lines), choices, (navigation.BACK, navigation.HELP))


def _counted(changes: YearChanges) -> Iterator[Paragraph]:
    if changes.compared:
        counts = {
            "gained": len(changes.gained),
            "lost": len(changes.lost),
            "kept": changes.kept,
            "never": changes.never,
        }
        yield Paragraph(say("years.village.compared", count=changes.compared))
        yield Paragraph(
            stacked(*(say(f"years.village.{each}", count=count) for each, count in counts.items() if count))
        )
    else:
        yield Paragraph(say("years.village.none"))
    rest = {"unfinished": changes.unfinished, "new": changes.new}
    told: list[Say] = [say(f"years.village.{each}", count=count) for each, count in rest.items() if count]
    if told:
        yield Paragraph(stacked(*told), Tone.QUIET)
    if changes.has_other_rules:
        yield Paragraph(say("years.village.other_rules"), Tone.NOTICE)


def _views(changes: YearChanges) -> tuple[str, ...]:
    return tuple(each for each in ("gained", "lost") if _of(each, changes))


def _of(view: str, changes: YearChanges) -> tuple[YearTurn, ...]:
    return changes.gained if view == "gained" else changes.lost


def _listed(node: LastYear, changes: YearChanges) -> Iterator[Choice]:
    """The households of the page."""
    turns = _of(node.view, changes)
    for turn in turns[node.page * HOUSEHOLDS_A_PAGE : (node.page + 1) * HOUSEHOLDS_A_PAGE]:
        yield Choice(f"h-{turn.subject_id}", _called(turn))
    if (node.page + 1) * HOUSEHOLDS_A_PAGE < len(turns):
        yield Choice("more", say("years.village.more"))
    elif node.page:
        yield Choice("first", say("years.from_first"))


def _called(turn: YearTurn) -> Say:
    name = f"{turn.number} {turn.name}".strip()
    if turn.before is None or turn.after is None:
        return say("years.village.household", name=name)
    return say("years.village.household_points", name=name, before=turn.before, after=turn.after)


def press(moves: Moves, session: Session, node: LastYear, facts: Facts, choice: str) -> Step | None:
    """Open a list, turn its page, or look into a household."""
    changes = facts.village.changes
    if changes is None:
        return None
    if not node.view:
        return moves.lead(session, replace(node, view=choice, page=0), facts) if choice in _views(changes) else None
    if choice not in {each.id for each in _listed(node, changes)}:
        return None
    if choice in ("more", "first"):
        return moves.lead(session, replace(node, page=node.page + 1 if choice == "more" else 0), facts)
    chosen = int(choice.removeprefix("h-"))
    return moves.lead(session, replace(node, subject_id=chosen, page=0, list_page=node.page), facts)
