"""What can be said at any moment: help, back, later, pause, rights, language. Each leads back to the question."""

from __future__ import annotations

from bot.dialogs import asking, linking, registering, resting, reviewing, rights
from bot.dialogs.facts import Facts, Hamlet
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Paragraph, Tone, say
from bot.dialogs.session import (
    AskAdults,
    AskChildren,
    AskHamlet,
    AskName,
    ChooseLanguage,
    ConfirmDelete,
    EnterCode,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    Result,
    Session,
    SheetPage,
    Summary,
)
from bot.dialogs.understanding import Command


def act(moves: Moves, session: Session, facts: Facts, command: Command, argument: str = "") -> Step:
    """Do what was asked, wherever the person is.

    Before consent nothing but help, privacy, language and joining an existing person does anything.
    """
    match command:
        case Command.HELP:
            return moves.stay(session, facts, help_lines(session))
        case Command.PRIVACY:
            return rights.privacy(moves, session, facts)
        case Command.MY_DATA:
            return rights.my_data(moves, session, facts)
        case Command.DELETE:
            return rights.ask_delete(moves, session, facts)
        case Command.LANGUAGE:
            if isinstance(session.node, ChooseLanguage):
                return moves.stay(session, facts)
            return moves.go(session, ChooseLanguage(session.node), facts)
        case Command.LINK:
            return _link(moves, session, facts, argument)
        case Command.CANCEL:
            return _cancel(moves, session, facts)
        case _ if facts.consent is None:
            return moves.stay(session, facts)
        case Command.START:
            return _start(moves, session, facts)
        case _:
            return _move(moves, session, facts, command)


def help_lines(session: Session) -> tuple[Paragraph, ...]:
    """How to answer, how to leave, what else can be asked for."""
    return (
        Paragraph(say("help.title"), Tone.HEADING),
        Paragraph(say("help.answer")),
        Paragraph(say("help.words")),
        Paragraph(say("help.commands"), Tone.QUIET),
    )


def _start(moves: Moves, session: Session, facts: Facts) -> Step:
    node = session.node
    notice = say("welcome.back")
    if isinstance(node, AskName | AskHamlet | AskAdults) and isinstance(facts.invite, Hamlet):
        return registering.accept_invite(moves, session, facts, facts.invite)
    if isinstance(node, Paused):
        return resting.resume(moves, session, node, facts)
    return moves.stay(session, facts, notice)


def _link(moves: Moves, session: Session, facts: Facts, argument: str) -> Step:
    if argument:
        return linking.join(moves, session, facts)
    if facts.household is None:
        if isinstance(session.node, EnterCode):
            return moves.stay(session, facts)
        return moves.go(session, EnterCode(session.node), facts)
    return linking.issue(moves, session, facts)


def _cancel(moves: Moves, session: Session, facts: Facts) -> Step:
    match session.node:
        case ChooseLanguage(back) | ConfirmDelete(back) | EnterCode(back) | PickDocument(back) | Paused(back):
            return moves.go(session, back, facts)
        case PickQuestion() | Question(from_summary=True):
            return moves.go(session, Summary(), facts)
        case AskName() | AskHamlet() | AskAdults() | AskChildren() if session.editing_household:
            return registering.stop_editing(moves, session, facts)
        case SheetPage():
            return moves.go(session, Result(), facts)
        case _:
            return moves.stay(session, facts, say("cancel.nothing"))


def _move(moves: Moves, session: Session, facts: Facts, command: Command) -> Step:  # noqa: C901 - a flat table
    node = session.node
    match command, node:
        case Command.WHY, Question():
            return asking.why(moves, session, node, facts)
        case Command.WHY, _:
            return moves.stay(session, facts, help_lines(session))
        case Command.BACK, Question():
            return asking.back(moves, session, node, facts)
        case Command.BACK, AskName() | AskHamlet() | AskAdults() | AskChildren():
            return registering.back(moves, session, node, facts)
        case Command.BACK, Summary():
            return moves.go(session, PickQuestion(), facts)
        case Command.BACK, _:
            return _cancel(moves, session, facts)
        case Command.LATER, Question():
            return asking.later(moves, session, node, facts)
        case ((Command.PAUSE | Command.LATER), Paused()):
            return moves.stay(session, facts)
        case ((Command.PAUSE | Command.LATER), _):
            return resting.pause(moves, session, facts)
        case Command.CONTINUE, Paused():
            return resting.resume(moves, session, node, facts)
        case Command.CONTINUE, Summary():
            return reviewing.go_on(moves, session, facts)
        case ((Command.SUMMARY | Command.HAND_IN), _) if facts.assessment is None:
            return moves.stay(session, facts, say("summary.not_yet"))
        case Command.SUMMARY, _:
            return moves.go(session, Result() if _is_handed_in(facts) else Summary(), facts)
        case Command.HAND_IN, Summary():
            return reviewing.hand_in(moves, session, facts)
        case Command.HAND_IN, _:
            return moves.go(session, Result() if _is_handed_in(facts) else Summary(), facts)
        case _:
            return moves.stay(session, facts)


def _is_handed_in(facts: Facts) -> bool:
    return facts.assessment is not None and facts.assessment.handed_in_at is not None
