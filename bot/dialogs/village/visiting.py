"""Working on somebody else's sheet as village head: whose it is, where answering begins and ends, and the way back."""

from __future__ import annotations

from bot.dialogs.effects import Effect
from bot.dialogs.facts import AssessmentState, Facts, Subject
from bot.dialogs.moves import Moves, Step
from bot.dialogs.path import open_questions
from bot.dialogs.screens import Choice, Paragraph, Say, Tone, say
from bot.dialogs.session import Desk, Node, Question, Session, Summary
from bot.dialogs.village import earlier
from bot.dialogs.village.facts import Side
from bot.dialogs.village.nodes import Household, Households, OfferLastYear, ReviewSheet, Visited
from bot.scoring.model import SubjectKind

LIST = Choice("list", say("visit.to_list"))
"""The way out of a visit, on every screen of it; everything is kept."""


def whose(facts: Facts) -> tuple[Paragraph, ...]:
    """Whose sheet is in hand, as a quiet line, where it is somebody else's."""
    if not facts.is_visiting or facts.subject is None:
        return ()
    return (Paragraph(named(facts.subject), Tone.QUIET),)


def named(subject: Subject) -> Say:
    """How the roll calls a subject: 'Hộ 017: Nguyễn Văn An'."""
    if subject.kind is not SubjectKind.HOUSEHOLD:
        return say("visit.whose", name=subject.name)
    if not subject.number:
        return say("visit.whose.household", name=subject.name)
    return say("visit.whose.household_numbered", number=subject.number, name=subject.name)


def home(session: Session) -> Node:
    """Where a village head goes when a room is left: the list, once one was opened."""
    return Households() if session.walk is not None else Desk()


def leave(moves: Moves, session: Session, facts: Facts, *, done: Say | None = None) -> Step:
    """Go back to the list; the sheet stays as it is."""
    return moves.lead(session, home(session), facts, done=done)


def beginning(facts: Facts) -> Node:
    """Where answering a sheet goes on once everything is told: last year's answers, an open question, or the end."""
    assessment, subject = facts.assessment, facts.subject
    assert assessment is not None  # noqa: S101 - asked for only with a sheet in hand
    assert subject is not None  # noqa: S101 - likewise
    remaining = open_questions(assessment, subject)
    if not assessment.answers and earlier.kept(facts):
        return OfferLastYear()
    return Question(remaining[0].id) if remaining else end(facts)


def end(facts: Facts) -> Node:
    """Where the last answer leads."""
    return Visited() if facts.is_visiting else Summary()


def go_to(
    moves: Moves,
    session: Session,
    node: Node,
    facts: Facts,
    *,
    done: Say | None = None,
    notice: Say | None = None,
    effects: tuple[Effect, ...] = (),
) -> Step:
    """Move to a node; drawn after the commit where it shows more of the village than the sheet in hand."""
    if isinstance(node, Visited | Household | ReviewSheet):
        return moves.lead(session, node, facts, done=done, notice=notice, effects=effects)
    return moves.go(session, node, facts, done=done, notice=notice, effects=effects)


def locked(facts: Facts) -> Node:
    """Where a village head comes to a sheet that takes no answers: to its review, while that waits."""
    assert facts.assessment is not None  # noqa: S101 - asked for only with a sheet in hand
    assert facts.subject is not None  # noqa: S101 - likewise
    if facts.assessment.state is AssessmentState.HANDED_IN:
        return ReviewSheet(facts.assessment.id)
    return Household(facts.subject.id)


def side(facts: Facts) -> Side:
    """Who answers: the village head on a visit, or somebody of the subject."""
    return Side.HEAD if facts.is_visiting else Side.SUBJECT
