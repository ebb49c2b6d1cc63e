"""One step of the conversation: session + event + facts -> new session + effects. The heart of the product."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import assert_never

from bot.dialogs import (
    asking,
    commands,
    linking,
    registering,
    resting,
    resulting,
    reviewing,
    rights,
    welcome,
)
from bot.dialogs.effects import OpenAssessment
from bot.dialogs.events import Event, FileSent, Pressed, Resumed, Typed, Unsupported
from bot.dialogs.facts import Assessment, AssessmentState, Facts, Hamlet
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.path import first_question
from bot.dialogs.screens import Expects, Say, Screen, say
from bot.dialogs.session import (
    AskAdults,
    AskChildren,
    AskHamlet,
    AskName,
    ChooseLanguage,
    ConfirmDelete,
    Consent,
    EnterCode,
    Node,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    Result,
    Session,
    SheetPage,
    Summary,
    unwrapped,
)
from bot.dialogs.understanding import Command, read_choice, read_code, read_command, split_command
from bot.scoring.model import Text

Word = Callable[[Say | Text], str]
"""Words a label in the person's language, so that typed words can be matched with what is on the screen."""

LONGEST_TEXT = 1000
"""Longer texts answer nothing; they get their own sentence."""

_PRESSED_COMMANDS = {
    "why": Command.WHY,
    "help": Command.HELP,
    "back": Command.BACK,
    "later": Command.LATER,
    "pause": Command.PAUSE,
    "cancel": Command.CANCEL,
    "continue": Command.CONTINUE,
    "summary": Command.SUMMARY,
    "language": Command.LANGUAGE,
    "privacy": Command.PRIVACY,
    "link": Command.LINK,
    "start": Command.START,
}

_NEEDS_HOUSEHOLD = (Question, Summary, PickQuestion, Result, SheetPage)
_NEEDS_HANDED_IN = (Result, SheetPage)


def step(session: Session, event: Event, facts: Facts, word: Word) -> Step:
    """Take one step.

    Args:
        session: as stored.
        event: what happened; its `seen` is the revision of the screen it was meant for.
        facts: what `needs` asked for, and what is always loaded.
        word: words a label in the person's language.
    Returns: the new session and what is to be done, in order. Never raises for anything a person can do.
    """
    moves = Moves(draw)
    if not session.is_begun:
        return _begin(moves, replace(session, is_begun=True), event, facts)
    session, facts, opened = _repaired(session, facts)
    taken = _take(moves, session, event, facts, word)
    return replace(taken, effects=opened + taken.effects) if opened else taken


def draw(session: Session, facts: Facts) -> Screen:  # noqa: C901 - a flat table
    """Draw the screen of the session's node."""
    match session.node:
        case Consent() as node:
            return welcome.draw(session, node, facts)
        case AskName() | AskHamlet() | AskAdults() | AskChildren() as node:
            return registering.draw(session, node, facts)
        case Question() as node:
            return asking.draw(session, node, facts)
        case Summary() as node:
            return reviewing.draw(session, node, facts)
        case PickQuestion() as node:
            return reviewing.draw_picking(session, node, facts)
        case Result() as node:
            return resulting.draw(session, node, facts)
        case SheetPage() as node:
            return resulting.draw_page(session, node, facts)
        case PickDocument() as node:
            return resulting.draw_documents(session, node, facts)
        case Paused() as node:
            return resting.draw_paused(session, node, facts)
        case ChooseLanguage() as node:
            return resting.draw_languages(session, node, facts)
        case ConfirmDelete() as node:
            return rights.draw_delete(session, node, facts)
        case EnterCode() as node:
            return linking.draw(session, node, facts)
        case _:
            assert_never(session.node)


def current_screen(session: Session, facts: Facts) -> Screen:
    """The screen the person stands at, whatever has changed around it."""
    session, facts, _ = _repaired(session, facts)
    return draw(session, facts)


def _begin(moves: Moves, session: Session, event: Event, facts: Facts) -> Step:
    """Before anything else, say what this is and ask for consent; no first word is ever an answer."""
    if isinstance(event, Typed) and facts.link is not None:
        command, argument = split_command(event.text)
        if command is Command.LINK and argument:
            welcomed = moves.go(session, Consent(), facts).session
            return linking.join(moves, welcomed, facts)
    invite = _code_of(event) if isinstance(facts.invite, Hamlet) else ""
    return moves.go(session, Consent(invite), facts)


def _take(moves: Moves, session: Session, event: Event, facts: Facts, word: Word) -> Step:
    is_stale = not isinstance(event, Resumed) and event.seen is not None and event.seen != session.revision
    match event:
        case Resumed(reason):
            return moves.stay(session, facts, say(f"resumed.{reason}"))
        case Typed(text):
            command, argument = split_command(text)
            if command is not None:
                return commands.act(moves, session, facts, command, argument)
            if is_stale:
                return moves.stay(session, facts, say("stale.typed"))
            return _read(moves, session, facts, text, word)
        case Pressed(choice):
            if is_stale:
                return moves.stay(session, facts, say("stale.pressed"), toast=say("stale.toast"))
            return _press(moves, session, facts, choice)
        case FileSent(file):
            if is_stale:
                return moves.stay(session, facts, say("stale.file"))
            if isinstance(session.node, Question):
                return asking.attach(moves, session, session.node, facts, file)
            return moves.stay(session, facts, say("evidence.not_here"))
        case Unsupported(kind):
            known = kind if kind in ("sticker", "voice", "video", "location", "contact") else "other"
            return moves.stay(session, facts, say(f"unsupported.{known}"))
        case _:
            assert_never(event)


def _press(moves: Moves, session: Session, facts: Facts, choice: str) -> Step:
    taken = _press_node(moves, session, facts, choice)
    if taken is not None:
        return taken
    command = _PRESSED_COMMANDS.get(choice)
    if command is not None:
        return commands.act(moves, session, facts, command)
    return moves.stay(session, facts, say("stale.pressed"), toast=say("stale.toast"))


def _press_node(moves: Moves, session: Session, facts: Facts, choice: str) -> Step | None:
    match session.node:
        case Consent() as node:
            return welcome.press(moves, session, node, facts, choice)
        case AskName() | AskHamlet() | AskAdults() | AskChildren() as node:
            return registering.press(moves, session, node, facts, choice)
        case Question() as node:
            return asking.press(moves, session, node, facts, choice)
        case Summary() as node:
            return reviewing.press(moves, session, node, facts, choice)
        case PickQuestion() as node:
            return reviewing.press_picking(moves, session, node, facts, choice)
        case Result() as node:
            return resulting.press(moves, session, node, facts, choice)
        case SheetPage() as node:
            return resulting.press_page(moves, session, node, facts, choice)
        case PickDocument() as node:
            return resulting.press_documents(moves, session, node, facts, choice)
        case ChooseLanguage() as node:
            return resting.press_languages(moves, session, node, facts, choice)
        case ConfirmDelete() as node:
            return rights.press_delete(moves, session, node, facts, choice)
        case Paused() | EnterCode():
            return None
        case _:
            assert_never(session.node)


def _read(moves: Moves, session: Session, facts: Facts, text: str, word: Word) -> Step:
    """Read a text: first as an answer, then as a label on the screen, then as a command in words."""
    if len(text) > LONGEST_TEXT:
        return moves.stay(session, facts, say("text.too_long", limit=LONGEST_TEXT))
    taken = _read_node(moves, session, facts, text)
    if isinstance(taken, Step):
        return taken
    if taken.is_final:
        return moves.stay(session, facts, taken.why)
    screen = draw(session, facts)
    offered = screen.choices + screen.navigation if screen.expects is not Expects.CHOICE else screen.choices
    if screen.expects is Expects.CHOICE or not text.strip().isdigit():
        index = read_choice(text, [word(choice.label) for choice in offered])
        if index is not None:
            return _press(moves, session, facts, offered[index].id)
    command = read_command(text)
    if command is not None:
        return commands.act(moves, session, facts, command)
    named = read_choice(text, [word(choice.label) for choice in screen.navigation])
    if named is not None and not text.strip().isdigit():
        return _press(moves, session, facts, screen.navigation[named].id)
    return moves.stay(session, facts, taken.why)


def _read_node(moves: Moves, session: Session, facts: Facts, text: str) -> Step | Refusal:
    match session.node:
        case Consent() as node:
            return welcome.read(moves, session, node, facts, text)
        case AskName() | AskHamlet() | AskAdults() | AskChildren() as node:
            return registering.read(moves, session, node, facts, text)
        case Question() as node:
            return asking.read(moves, session, node, facts, text)
        case Summary() as node:
            return reviewing.read(moves, session, node, facts, text)
        case PickQuestion() as node:
            return reviewing.read_picking(moves, session, node, facts, text)
        case Result() as node:
            return resulting.read(moves, session, node, facts, text)
        case ChooseLanguage() as node:
            return resting.read_languages(moves, session, node, facts, text)
        case ConfirmDelete() as node:
            return rights.read_delete(moves, session, node, facts, text)
        case EnterCode() as node:
            return linking.read(moves, session, node, facts, text)
        case Paused():
            return Refusal(say("paused.not_answered"))
        case SheetPage() | PickDocument():
            return Refusal(say("one_of.not_understood"))
        case _:
            assert_never(session.node)


def _repaired(session: Session, facts: Facts) -> tuple[Session, Facts, tuple[OpenAssessment, ...]]:
    """Lead a session on whose node no longer fits what is on record: a new year, other rules, a returned sheet."""
    node = unwrapped(session.node)
    if facts.consent is None and not isinstance(node, Consent):
        return replace(session, node=Consent(), revision=session.revision + 1), facts, ()
    if not isinstance(node, _NEEDS_HOUSEHOLD):
        return session, facts, ()
    if facts.household is None or facts.assessment is None:
        return replace(session, node=AskName(), revision=session.revision + 1), facts, ()
    if facts.assessment.year < facts.year:
        fresh = Assessment(0, facts.year, facts.criteria, {}, AssessmentState.DRAFT)
        first = first_question(fresh, facts.household)
        moved = replace(session, node=first, postponed=(), revision=session.revision + 1)
        return moved, replace(facts, assessment=fresh), (OpenAssessment(),)
    fitting = _fitting(node, facts)
    if fitting is node:
        return session, facts, ()
    return replace(session, node=fitting, revision=session.revision + 1), facts, ()


def _fitting(node: Node, facts: Facts) -> Node:
    assert facts.assessment is not None  # noqa: S101 - checked by the caller
    is_draft = facts.assessment.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)
    if isinstance(node, _NEEDS_HANDED_IN):
        return Summary() if is_draft else node
    if not is_draft:
        return Result()
    if isinstance(node, Question) and not asking.is_asked(node, facts):
        return Summary()
    return node


def _code_of(event: Event) -> str:
    if not isinstance(event, Typed):
        return ""
    _, argument = split_command(event.text)
    return read_code(argument) or ""
