"""Pausing, and choosing a language."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import profile, registering
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import open_questions
from bot.dialogs.screens import Choice, Layout, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import ChooseLanguage, Node, Paused, Result, Session, Summary, Told, opened_from
from bot.dialogs.village import told, visiting
from bot.scoring.model import Text

LANGUAGES = {"vi": Text("Tiếng Việt"), "en": Text("English")}


def draw_paused(session: Session, node: Paused, facts: Facts) -> Screen:
    """Say that everything is kept and how to go on."""
    lines = [*visiting.whose(facts), Paragraph(say("paused.kept"))]
    if facts.assessment is not None and facts.subject is not None:
        missing = len(open_questions(facts.assessment, facts.subject))
        if missing:
            lines.append(Paragraph(say("paused.missing", count=missing), Tone.QUIET))
    around = (visiting.LIST,) if facts.is_visiting else ()
    return Screen(session.revision, "paused", tuple(lines), (Choice("continue", say("nav.continue")),), around)


def resume(moves: Moves, session: Session, node: Paused, facts: Facts) -> Step:
    """Go on exactly where it stopped."""
    return moves.go(session, node.back, facts, notice=say("paused.back"))


def take_up(moves: Moves, session: Session, facts: Facts, done: Say | None = None) -> Step:
    """Show a sheet that was just taken up: where answering begins while nothing is answered, else all of it.

    On a visit answering goes on at once, at the first open question.
    """
    assessment, subject = facts.assessment, facts.subject
    if assessment is None or subject is None:
        return moves.stay(session, facts, done=done)
    taken = replace(registering.edited(session), sheet_of=subject.id, postponed=())
    if isinstance(session.node, Told):
        return told.landed(moves, taken, facts, session.node.indicator, session.node.what)
    notice = None if facts.is_visiting else say("sheets.taken_up", name=subject.name, year=str(assessment.year))
    if not assessment.is_open:
        there: Node = visiting.locked(facts) if facts.is_visiting else Result()
        return visiting.go_to(moves, taken, there, facts, done=done, notice=notice)
    asked = profile.missing(assessment.criteria, subject.told)
    if asked is not None:
        return registering.ask_missing(moves, taken, facts, asked, done=done, notice=notice)
    is_new = facts.is_visiting or not assessment.answers
    there = visiting.beginning(facts) if is_new else Summary()
    return visiting.go_to(moves, taken, there, facts, done=done, notice=notice)


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
