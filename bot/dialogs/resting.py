"""Pausing, and choosing a language."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question, open_questions
from bot.dialogs.screens import Choice, Layout, Paragraph, Screen, Tone, say
from bot.dialogs.session import ChooseLanguage, Paused, Result, Session, Summary, opened_from
from bot.scoring.model import Text

LANGUAGES = {"vi": Text("Tiếng Việt"), "en": Text("English")}


def draw_paused(session: Session, node: Paused, facts: Facts) -> Screen:
    """Say that everything is kept and how to go on."""
    lines = [Paragraph(say("paused.kept"))]
    if facts.assessment is not None and facts.subject is not None:
        missing = len(open_questions(facts.assessment, facts.subject))
        if missing:
            lines.append(Paragraph(say("paused.missing", count=missing), Tone.QUIET))
    return Screen(session.revision, "paused", tuple(lines), (Choice("continue", say("nav.continue")),))


def resume(moves: Moves, session: Session, node: Paused, facts: Facts) -> Step:
    """Go on exactly where it stopped."""
    return moves.go(session, node.back, facts, notice=say("paused.back"))


def take_up(moves: Moves, session: Session, facts: Facts) -> Step:
    """Show a sheet that was just taken up: its first question while nothing is answered, else all of it."""
    assessment, subject = facts.assessment, facts.subject
    if assessment is None or subject is None:
        return moves.stay(session, facts)
    notice = say("sheets.taken_up", name=subject.name, year=str(assessment.year))
    if not assessment.is_open:
        return moves.go(session, Result(), facts, notice=notice)
    is_new = not assessment.answers
    return moves.go(session, first_question(assessment, subject) if is_new else Summary(), facts, notice=notice)


def pause(moves: Moves, session: Session, facts: Facts) -> Step:
    """Stop for now."""
    return moves.go(session, Paused(opened_from(session.node)), facts)


def draw_languages(session: Session, node: ChooseLanguage, facts: Facts) -> Screen:
    """Offer the shipped languages, each in its own words."""
    return Screen(
        session.revision,
        "language",
        (Paragraph(say("language.question"), Tone.QUESTION),),
        tuple(Choice(f"l-{code}", name) for code, name in LANGUAGES.items()),
        (Choice("cancel", say("nav.back")),),
        layout=Layout.PAIR,
    )


def press_languages(moves: Moves, session: Session, node: ChooseLanguage, facts: Facts, choice: str) -> Step | None:
    """Speak that language from the next screen on."""
    code = choice.removeprefix("l-")
    if not choice.startswith("l-") or code not in LANGUAGES:
        return None
    return moves.go(replace(session, locale=code), node.back, facts, done=say("language.done"))


def read_languages(moves: Moves, session: Session, node: ChooseLanguage, facts: Facts, text: str) -> Step | Refusal:
    """The names are labels on the screen."""
    return Refusal(say("language.not_understood"))
