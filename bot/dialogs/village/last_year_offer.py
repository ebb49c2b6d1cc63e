"""Last year's answers, to be kept with one tap."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from bot.dialogs import kinds, navigation
from bot.dialogs.effects import SaveAnswer
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Step
from bot.dialogs.path import asked, first_question, open_questions
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Question, Session, Summary
from bot.dialogs.village import earlier, visiting
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, OfferLastYear
from bot.dialogs.village.rooms import Room


def draw(session: Session, node: OfferLastYear, facts: Facts) -> Screen:
    """List what was answered last year and still fits, and say how many questions are asked anew."""
    assessment, before, kept = facts.assessment, facts.village.last_year, earlier.kept(facts)
    assert assessment is not None  # noqa: S101 - `stands` leads elsewhere without one
    assert before is not None  # noqa: S101 - likewise
    lines = [
        *visiting.whose(facts),
        Paragraph(say("last_year_offer.title", count=len(kept), year=str(before.year)), Tone.HEADING),
    ]
    for criterion in assessment.criteria.criteria:
        said = tuple(_lines(facts, frozenset(indicator.id for indicator in criterion.indicators)))
        if said:
            lines += [Paragraph(criterion.title, Tone.QUIET), Paragraph(stacked(*said))]
    left = _left(facts)
    if left:
        lines.append(Paragraph(say("last_year_offer.left", count=left)))
    lines.append(Paragraph(say("last_year_offer.question", year=str(assessment.year)), Tone.QUESTION))
    choices = (Choice("keep", say("last_year_offer.keep")), Choice("ask", say("last_year_offer.ask")))
    around = (visiting.LIST,) if facts.is_visiting else (navigation.PAUSE,)
    return Screen(session.revision, "last_year_offer", tuple(lines), choices, (*around, navigation.HELP))


def _lines(facts: Facts, of: frozenset[str]) -> Iterator[Say]:
    assert facts.assessment is not None  # noqa: S101 - see draw
    assert facts.subject is not None  # noqa: S101 - likewise
    kept = earlier.kept(facts)
    for number, indicator in enumerate(asked(facts.assessment, facts.subject), 1):
        if indicator.id in kept and indicator.id in of:
            words = kinds.answer_words(indicator.rule, kept[indicator.id])
            yield say("summary.line", number=number, short=indicator.short, answer=words)


def _left(facts: Facts) -> int:
    """How many questions last year's answers leave open."""
    assert facts.assessment is not None  # noqa: S101 - see draw
    assert facts.subject is not None  # noqa: S101 - likewise
    kept = earlier.kept(facts)
    return sum(each.id not in kept for each in open_questions(facts.assessment, facts.subject))


def press(moves: Moves, session: Session, node: OfferLastYear, facts: Facts, choice: str) -> Step | None:
    """Keep all that fit, or ask one by one."""
    match choice:
        case "keep":
            return _keep(moves, session, facts)
        case "ask":
            assert facts.assessment is not None  # noqa: S101 - `stands` leads elsewhere without one
            assert facts.subject is not None  # noqa: S101 - likewise
            return moves.go(session, first_question(facts.assessment, facts.subject), facts)
        case _:
            return None


def _keep(moves: Moves, session: Session, facts: Facts) -> Step:
    assessment, subject = facts.assessment, facts.subject
    assert assessment is not None  # noqa: S101 - `stands` leads elsewhere without one
    assert subject is not None  # noqa: S101 - likewise
    kept = {i: answer for i, answer in earlier.kept(facts).items() if i not in assessment.answers}
    side = visiting.side(facts)
    sides = {**assessment.sides, **dict.fromkeys(kept, side)}
    answered = replace(assessment, answers={**assessment.answers, **kept}, sides=sides)
    after = replace(facts, assessment=answered)
    done = say("last_year_offer.kept", count=len(kept))
    effects = tuple(SaveAnswer(indicator, answer) for indicator, answer in kept.items())
    remaining = open_questions(answered, subject)
    if remaining:
        return moves.go(session, Question(remaining[0].id), after, done=done, effects=effects)
    return visiting.go_to(moves, session, visiting.end(facts), after, done=done, effects=effects)


def wants(session: Session, node: OfferLastYear, event: Event) -> VillageNeeds:
    """Last year's sheet of the subject in hand."""
    return VillageNeeds(last_year=True)


def back(session: Session, node: OfferLastYear) -> Node:
    """To the household that is visited, or to the whole sheet."""
    return Household(session.sheet_of) if session.walk is not None and session.sheet_of else Summary()


def stands(session: Session, node: OfferLastYear, facts: Facts) -> bool:
    """Whether the sheet in hand takes answers and there is something to offer."""
    return facts.assessment is not None and facts.assessment.is_open and bool(earlier.kept(facts))


ROOM = Room(draw, press, wants, back, stands)
