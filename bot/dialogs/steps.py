"""One step of the conversation: session + event + facts -> new session + effects. The heart of the product."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from bot.dialogs import (
    adopting,
    asking,
    choosing,
    codes,
    commands,
    desk,
    linking,
    reading,
    registering,
    resting,
    resulting,
    reviewing,
    rights,
    welcome,
)
from bot.dialogs.effects import CountFailedCode, Effect, Show
from bot.dialogs.events import (
    ClanAsked,
    Event,
    FileSent,
    News,
    OurOwn,
    Pressed,
    Resumed,
    SheetMoved,
    Typed,
    Unsupported,
    UploadRead,
)
from bot.dialogs.facts import Facts
from bot.dialogs.matching import Word, in_full, in_part
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.repairing import Repair, repaired
from bot.dialogs.screens import Expects, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import (
    Adopt,
    AskFact,
    AskName,
    AskPlace,
    AskYear,
    AwaitProposal,
    ChooseLanguage,
    ChooseTitle,
    ConfirmDelete,
    ConfirmJoin,
    Consent,
    Desk,
    EnterCode,
    MySheets,
    Paused,
    PickDocument,
    PickQuestion,
    Question,
    ReadRules,
    Result,
    Session,
    SheetPage,
    Summary,
    Told,
)
from bot.dialogs.understanding import (
    Command,
    fold,
    read_command,
    split_command,
)
from bot.dialogs.village import arriving, told, uploads, visiting
from bot.dialogs.village.registry import room_of

LONGEST_TEXT = 1000
"""Longer texts answer nothing; they get their own sentence."""

LONGEST_COMMAND = 100
"""Letters in which a slash at the start is looked for, behind any signs that have no shape."""

_SUPPORTED_LATER = ("sticker", "voice", "video", "location", "contact")
_GOODBYES = {"decline": "consent.declined", "delete-all": "delete.done"}


def step(session: Session, event: Event, facts: Facts, word: Word) -> Step:
    """Take one step.

    Args:
        session: as stored.
        event: what happened; its `seen` is the revision of the screen it was meant for.
        facts: what `needs` asked for, and what is always loaded.
        word: words a label in the person's language.
    Returns: the new session and what is to be done, in order. Never raises for anything a person can do.
    """
    taken = _step(session, event, facts, word)
    if codes.is_wrong_guess(session, event, facts) and not _says_a_label(session, event, facts, word):
        return replace(taken, effects=(*taken.effects, CountFailedCode()))
    return taken


def _says_a_label(session: Session, event: Event, facts: Facts, word: Word) -> bool:
    """Whether letters that could be a code are those of a choice on the screen, such as 'I do not agree'."""
    if not isinstance(event, Typed) or not isinstance(session.node, Consent | AskPlace | EnterCode):
        return False
    screen = draw(session, facts)
    return in_full(event.text, screen.choices + screen.navigation, word) is not None


def _step(session: Session, event: Event, facts: Facts, word: Word) -> Step:
    moves = Moves(draw)
    if not session.is_begun:
        return _begin(moves, replace(session, is_begun=True), event, facts)
    repair = repaired(session, facts)
    taken = _take(moves, repair, event, word, has_moved=repair.session is not session)
    if repair.notice is not None:
        taken = replace(taken, effects=tuple(_noticed(effect, repair.notice) for effect in taken.effects))
    return replace(taken, effects=repair.effects + taken.effects)


def draw(session: Session, facts: Facts) -> Screen:  # noqa: C901 - a flat table
    """Draw the screen of the session's node."""
    match session.node:
        case Consent() as node:
            return welcome.draw(session, node, facts)
        case AskName() | AskPlace() | AskFact() as node:
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
        case ConfirmJoin() as node:
            return arriving.draw(session, node, facts)
        case ChooseTitle() as node:
            return choosing.draw(session, node, facts)
        case AskYear() as node:
            return choosing.draw_years(session, node, facts)
        case MySheets() as node:
            return choosing.draw_sheets(session, node, facts)
        case Desk() as node:
            return desk.draw(session, node, facts)
        case ReadRules() as node:
            return reading.draw(session, node, facts)
        case AwaitProposal() as node:
            return adopting.draw_awaiting(session, node, facts)
        case Adopt() as node:
            return adopting.draw(session, node, facts)
        case Told() as node:
            return told.draw(session, node, facts)
        case node:
            return room_of(node).draw(session, node, facts)


def _begin(moves: Moves, session: Session, event: Event, facts: Facts) -> Step:
    """Before anything else, say what this is and ask for consent; no first word is ever an answer."""
    if isinstance(event, Typed) and facts.link is not None:
        command, argument = split_command(event.text)
        if command is Command.LINK and argument:
            welcomed = moves.go(session, Consent(), facts).session
            return linking.join(moves, welcomed, facts)
    notice = None
    if isinstance(event, Pressed) and event.choice in _GOODBYES:
        return welcome.goodbye(session, facts, _GOODBYES[event.choice])  # tapped twice
    if isinstance(event, Pressed) and event.choice != "start":
        notice = say("stale.pressed")
    else:
        notice = welcome.why_not_invited(facts)
    invite = "" if facts.invite is None or welcome.why_not_invited(facts) else codes.opened_first(event)
    return moves.go(session, Consent(invite), facts, notice=notice)


def _take(  # noqa: C901 - a flat table
    moves: Moves, repair: Repair, event: Event, word: Word, *, has_moved: bool
) -> Step:
    """Take an event; one meant for another screen, or for a place that is no more, only shows where things stand."""
    session, facts = repair.session, repair.facts
    is_stale = has_moved or (
        not isinstance(event, OurOwn) and event.seen is not None and event.seen != session.revision
    )
    match event:
        case Resumed("taken_up", done):
            return resting.take_up(moves, session, facts, done)
        case Resumed("settled", done, notice):
            return moves.stay(session, facts, notice, done=done)
        case Resumed(reason):
            return moves.stay(session, facts, say(f"resumed.{reason}"))
        case Typed(text):
            if fold(text[:LONGEST_COMMAND]).startswith("/"):
                return _slashed(moves, session, facts, text, is_announced=repair.notice is not None)
            if is_stale:
                return moves.stay(session, facts, None if repair.notice else say("stale.typed"))
            return _read(moves, session, facts, text, word)
        case Pressed(choice):
            if is_stale:
                why = None if repair.notice else say("stale.pressed")
                return moves.stay(session, facts, why, toast=say("stale.toast"))
            return _press(moves, session, facts, choice)
        case FileSent(file):
            if is_stale:
                return moves.stay(session, facts, None if repair.notice else say("stale.file"))
            if adopting.is_sent_in(session, facts, file):
                return adopting.send_in(moves, session, facts, file)
            if isinstance(session.node, Question):
                return asking.attach(moves, session, session.node, facts, file)
            return moves.stay(session, facts, say("evidence.not_here"))
        case Unsupported(kind):
            known = kind if kind in _SUPPORTED_LATER else "other"
            return moves.stay(session, facts, say(f"unsupported.{known}"))
        case UploadRead(upload_id):
            if facts.village.upload is not None:
                return uploads.arrived(moves, session, facts)
            return adopting.arrived(moves, session, facts, upload_id)
        case SheetMoved() | ClanAsked() | News():
            return told.arrived(moves, session, facts, event)
        case _:
            assert_never(event)


def _slashed(moves: Moves, session: Session, facts: Facts, text: str, *, is_announced: bool) -> Step:
    """Do a command with a slash: it means the same on every screen, so it is never stale."""
    command, argument = split_command(text)
    if command is None:
        return moves.stay(session, facts, say("command.unknown"))
    if command is Command.START and is_announced:
        return moves.stay(session, facts)
    return commands.act(moves, session, facts, command, argument)


def _press(moves: Moves, session: Session, facts: Facts, choice: str) -> Step:
    taken = _press_node(moves, session, facts, choice)
    if taken is not None:
        return taken
    if choice == visiting.LIST.id and facts.is_visiting:
        return visiting.leave(moves, registering.edited(session), facts)
    command = commands.PRESSED.get(choice)
    if command is not None:
        return commands.act(moves, session, facts, command)
    return moves.stay(session, facts, say("stale.pressed"), toast=say("stale.toast"))


def _press_node(  # noqa: C901 - a flat table
    moves: Moves, session: Session, facts: Facts, choice: str
) -> Step | None:
    match session.node:
        case Consent() as node:
            return welcome.press(moves, session, node, facts, choice)
        case AskName() | AskPlace() | AskFact() as node:
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
        case ConfirmJoin() as node:
            return arriving.press(moves, session, node, facts, choice)
        case ChooseTitle() as node:
            return choosing.press(moves, session, node, facts, choice)
        case AskYear() as node:
            return choosing.press_years(moves, session, node, facts, choice)
        case MySheets() as node:
            return choosing.press_sheets(moves, session, node, facts, choice)
        case Desk() as node:
            return desk.press(moves, session, node, facts, choice)
        case ReadRules() as node:
            return reading.press(moves, session, node, facts, choice)
        case AwaitProposal() as node:
            return adopting.press_awaiting(moves, session, node, facts, choice)
        case Adopt() as node:
            return adopting.press(moves, session, node, facts, choice)
        case Told() as node:
            return told.press(moves, session, node, facts, choice)
        case Paused() | EnterCode():
            return None
        case node:
            return room_of(node).press(moves, session, node, facts, choice)


def _read(moves: Moves, session: Session, facts: Facts, text: str, word: Word) -> Step:
    """Read a text: a label in full, then an answer, then part of an answer's label, a command, a way around."""
    if len(text) > LONGEST_TEXT:
        return moves.stay(session, facts, say("text.too_long", limit=LONGEST_TEXT))
    screen = draw(session, facts)
    labelled = in_full(text, screen.choices + screen.navigation, word)
    if labelled is not None:
        return _press(moves, session, facts, labelled.id)
    code = codes.typed_code(session.node, text)
    if code is not None and codes.is_opened(session, facts, text):
        return commands.act(moves, session, facts, Command.START, code)
    taken = _read_node(moves, session, facts, text)
    if isinstance(taken, Step):
        return taken
    if taken.is_final:
        return moves.stay(session, facts, taken.why)
    are_numbered = screen.expects not in (Expects.NUMBER, Expects.SHARE)
    chosen = in_part(text, screen.choices, word, by_place=are_numbered)
    if chosen is not None:
        return _press(moves, session, facts, chosen.id)
    if isinstance(session.node, Question):
        changed = reviewing.change_on_the_way(moves, session, session.node, facts, text)
        if changed is not None:
            return moves.stay(session, facts, changed.why) if isinstance(changed, Refusal) else changed
    command = read_command(text)
    if command is not None:
        return commands.act(moves, session, facts, command)
    around = in_part(text, screen.navigation, word, by_place=False)
    if around is not None:
        return _press(moves, session, facts, around.id)
    return moves.stay(session, facts, taken.why)


def _read_node(  # noqa: C901 - a flat table
    moves: Moves, session: Session, facts: Facts, text: str
) -> Step | Refusal:
    match session.node:
        case Consent() as node:
            return welcome.read(moves, session, node, facts, text)
        case AskName() | AskPlace() | AskFact() as node:
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
        case ConfirmJoin() as node:
            return arriving.read(moves, session, node, facts, text)
        case Paused():
            return Refusal(say("paused.not_answered"))
        case ReadRules() as node:
            return reading.read(moves, session, node, facts, text)
        case Adopt() as node:
            return adopting.read(moves, session, node, facts, text)
        case AskYear() as node:
            return choosing.read_years(moves, session, node, facts, text)
        case AwaitProposal():
            return Refusal(say("adopt.file_wanted"))
        case SheetPage() | PickDocument() | ChooseTitle() | MySheets() | Desk() | Told():
            return Refusal(say("one_of.not_understood"))
        case node:
            return room_of(node).read(moves, session, node, facts, text)


def _noticed(effect: Effect, notice: Say) -> Effect:
    """Say a notice on top of a screen."""
    if not isinstance(effect, Show):
        return effect
    paragraphs = (Paragraph(notice, Tone.NOTICE), *effect.screen.paragraphs)
    return replace(effect, screen=replace(effect.screen, paragraphs=paragraphs))
