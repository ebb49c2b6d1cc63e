"""The end of a visit: hand in and go on to the next."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import reviewing
from bot.dialogs.effects import Effect, HandIn
from bot.dialogs.events import Event
from bot.dialogs.facts import AssessmentState, Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import open_questions
from bot.dialogs.screens import Choice, Paragraph, Screen, Tone, say
from bot.dialogs.session import Node, Session, Summary
from bot.dialogs.verdict import provisional, sheet_of
from bot.dialogs.village import visiting
from bot.dialogs.village.effects import Visit
from bot.dialogs.village.facts import HouseholdQuery
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, Visited
from bot.dialogs.village.rooms import Room
from bot.scoring.model import SubjectKind


def draw(session: Session, node: Visited, facts: Facts) -> Screen:
    """The provisional title, and the one tap that hands in and opens the next."""
    assessment, subject = reviewing.standing(facts)
    lines = [*visiting.whose(facts), *provisional(sheet_of(facts))]
    lines += reviewing.differing(assessment)
    missing = len(open_questions(assessment, subject))
    again = Choice("again", say("visited.look_again"))
    if missing:
        lines.append(Paragraph(say("summary.missing", count=missing), Tone.NOTICE))
        forward = (Choice("continue", say("summary.go_on", count=missing)), again)
    elif _next(facts):
        kind = "household" if subject.kind is SubjectKind.HOUSEHOLD else "other"
        forward = (Choice("next", say(f"visited.next.{kind}")), again)
    else:
        lines.append(Paragraph(say("visited.last"), Tone.QUIET))
        forward = (Choice("submit", say("summary.hand_in")), again)
    return Screen(session.revision, "visited", tuple(lines), (*forward, visiting.LIST))


def _next(facts: Facts) -> int:
    page = facts.village.households
    following = page.next_unfinished if page is not None else 0
    return 0 if facts.subject is not None and following == facts.subject.id else following


def press(moves: Moves, session: Session, node: Visited, facts: Facts, choice: str) -> Step | None:
    """Hand in, with or without going on to the next; or look at the answers again."""
    match choice:
        case "next" | "submit":
            return _hand_in(moves, session, facts, _next(facts) if choice == "next" else 0)
        case "continue":
            return reviewing.go_on(moves, session, facts)
        case "again":
            return moves.go(session, Summary(), facts)
        case _:
            return None


def read(moves: Moves, session: Session, node: Visited, facts: Facts, text: str) -> Step | Refusal:
    """Read 'sửa câu 3'; the rest are the labels on the screen."""
    return reviewing.read(moves, session, Summary(), facts, text)


def _hand_in(moves: Moves, session: Session, facts: Facts, following: int) -> Step:
    assessment, subject = reviewing.standing(facts)
    if open_questions(assessment, subject):
        return moves.lead(session, node=Visited(), facts=facts)
    done = say("visited.handed_in", name=subject.name)
    locked = replace(assessment, state=AssessmentState.HANDED_IN, handed_in_at=facts.now)
    after = replace(facts, assessment=locked)
    effects: tuple[Effect, ...] = (*reviewing.computed(assessment), HandIn())
    if not following:
        return moves.lead(session, visiting.home(session), after, done=done, effects=effects)
    led = replace(session, node=visiting.home(session), postponed=(), revision=session.revision + 1)
    return Step(led, (*effects, Visit(following, done)), after)


def wants(session: Session, node: Visited, event: Event) -> VillageNeeds:
    """The next of the list that is not finished."""
    walk = session.walk
    place_id, kind = (walk.place_id, walk.kind) if walk is not None else (0, SubjectKind.HOUSEHOLD)
    return VillageNeeds(households=HouseholdQuery(place_id, kind, page_size=1, after=session.sheet_of))


def back(session: Session, node: Visited) -> Node:
    """To the household that was visited."""
    return Household(session.sheet_of)


def stands(session: Session, node: Visited, facts: Facts) -> bool:
    """Whether the sheet is still in hand and takes answers."""
    return facts.is_visiting and facts.assessment is not None and facts.assessment.is_open


ROOM = Room(draw, press, wants, back, stands, read)
