"""What can be said at any moment: help, back, later, pause, rights, language. Each leads back to the question."""

from __future__ import annotations

from bot.dialogs import (
    adopting,
    asking,
    choosing,
    desk,
    linking,
    placing,
    reading,
    registering,
    resting,
    resulting,
    reviewing,
    rights,
    welcome,
)
from bot.dialogs.facts import (
    CodeState,
    Facts,
    HouseholdInvite,
    RoleInvite,
)
from bot.dialogs.moves import Moves, Step
from bot.dialogs.places import Place
from bot.dialogs.screens import Paragraph, Tone, say
from bot.dialogs.session import (
    Adopt,
    Aside,
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
    EnterCode,
    MySheets,
    Node,
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
    opened_from,
    unwrapped,
)
from bot.dialogs.understanding import Command, read_code
from bot.dialogs.village import arriving, clan_ways, entering, visiting
from bot.dialogs.village.nodes import OfferLastYear, Visited
from bot.dialogs.village.registry import is_village, room_of

PRESSED = {
    "rules": Command.RULES,
    "titles": Command.TITLES,
    "sheets": Command.SHEETS,
    "desk": Command.DESK,
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
    "clan": Command.CLAN,
}
"""{choice that means the same on every screen: what it asks for}."""


def act(  # noqa: C901 - a flat table
    moves: Moves, session: Session, facts: Facts, command: Command, argument: str = ""
) -> Step:
    """Do what was asked, wherever the person is.

    Before consent nothing but help, privacy, language and joining an existing person does anything.
    """
    match command:
        case Command.HELP:
            return moves.stay(session, facts, help_lines())
        case Command.PRIVACY:
            return rights.privacy(moves, session, facts)
        case Command.MY_DATA:
            return rights.my_data(moves, session, facts)
        case Command.DELETE:
            return rights.ask_delete(moves, session, facts)
        case Command.LANGUAGE:
            if isinstance(session.node, ChooseLanguage):
                return moves.stay(session, facts)
            return moves.go(session, ChooseLanguage(opened_from(session.node)), facts)
        case Command.LINK:
            return _link(moves, session, facts, argument)
        case Command.CANCEL if not is_village(session.node):
            return _cancel(moves, session, facts)
        case Command.BACK if isinstance(session.node, Adopt):
            return adopting.back(moves, session, session.node, facts)
        case Command.BACK | Command.LATER | Command.PAUSE if isinstance(session.node, Aside):
            return _cancel(moves, session, facts)
        case Command.BACK | Command.CANCEL if is_village(session.node):
            return moves.lead(session, room_of(session.node).back(session, session.node), facts)
        case Command.CONTINUE if isinstance(session.node, ReadRules):
            return reading.turn(moves, session, session.node, facts)
        case Command.RULES:
            return reading.open_rules(moves, session, facts, argument)
        case Command.START:
            return _start(moves, session, facts, argument)
        case _ if facts.consent is None:
            return moves.stay(session, facts, say("consent.first"))
        case _:
            return _move(moves, session, facts, command)


_OF_A_VISIT = (AskFact, Question, Summary, PickQuestion, Result, SheetPage, OfferLastYear, Visited)
"""Where somebody else's sheet is worked on; whoever starts again is led back to their list."""


def help_lines() -> tuple[Paragraph, ...]:
    """How to answer, how to leave, what else can be asked for."""
    return (
        Paragraph(say("help.title"), Tone.HEADING),
        Paragraph(say("help.answer")),
        Paragraph(say("help.words")),
        Paragraph(say("help.kept")),
        Paragraph(say("help.commands"), Tone.QUIET),
    )


def _start(moves: Moves, session: Session, facts: Facts, argument: str) -> Step:
    node = unwrapped(session.node) if isinstance(session.node, Paused | Aside) else session.node
    code = read_code(argument) if argument else None
    if code is not None and isinstance(facts.invite, RoleInvite | HouseholdInvite):
        if facts.consent is None:
            why = welcome.why_not_invited(facts)
            return moves.go(session, Consent("" if why else code), facts, notice=why)
        if isinstance(facts.invite, RoleInvite):
            return desk.take_role(moves, session, facts, facts.invite, code)
        arrived = arriving.arrive(moves, session, facts, facts.invite, code)
        return arrived or _start(moves, session, facts, "")
    if code is not None and isinstance(facts.invite, Place):
        return _start_invited(moves, session, node, facts, facts.invite, code)
    if code is not None and isinstance(facts.invite, CodeState) and not _is_old_link(facts):
        why = placing.why_not_invited(facts.invite, facts.wait_minutes)
        return moves.go(session, node, facts, notice=why)
    if facts.is_visiting and isinstance(unwrapped(node), _OF_A_VISIT):
        return visiting.leave(moves, registering.edited(session), facts, done=say("visit.kept"))
    notice = None if facts.consent is None else say("welcome.back")
    if _is_handed_in(facts) and not facts.is_visiting:
        notice = say("welcome.back_handed_in")
    return moves.stay(session, facts, notice) if node is session.node else moves.go(session, node, facts, notice=notice)


def _is_old_link(facts: Facts) -> bool:
    """Whether somebody only opened the link again that once led them here."""
    return facts.subject is not None and facts.invite in (CodeState.EXPIRED, CodeState.USED_UP)


def _start_invited(moves: Moves, session: Session, node: Node, facts: Facts, place: Place, code: str) -> Step:
    match node:
        case Consent():
            return moves.go(session, Consent(code), facts)
        case AskName() | AskPlace() | AskFact():
            return registering.accept_invite(moves, session, node, facts, place, code)
        case _ if facts.subject is None or facts.is_visiting or facts.subject.place.id == place.id:
            return _start(moves, session, facts, "")
        case _:
            notice = say("register.other_hamlet", place=facts.subject.place.name)
            return moves.go(session, node, facts, notice=notice)


def _link(moves: Moves, session: Session, facts: Facts, argument: str) -> Step:
    if argument and isinstance(facts.invite, RoleInvite | HouseholdInvite):
        return _start(moves, session, facts, argument)
    if argument:
        return linking.join(moves, session, facts)
    if facts.subject is None:
        if isinstance(session.node, EnterCode):
            return moves.stay(session, facts)
        return moves.go(session, EnterCode(opened_from(session.node)), facts)
    return linking.issue(moves, session, facts)


def _cancel(moves: Moves, session: Session, facts: Facts) -> Step:
    match session.node:
        case ChooseLanguage(back) | ConfirmDelete(back) | EnterCode(back) | PickDocument(back) | Paused(back):
            return moves.go(session, back, facts)
        case AwaitProposal(back=back) | Adopt(back=back) | MySheets(back) | AskYear(back) | Told(back=back):
            return moves.go(session, back, facts)
        case ConfirmJoin(back=back):
            return moves.go(session, back, facts)
        case ChooseTitle(back, kind):
            return moves.go(session, back if kind is None else ChooseTitle(back), facts)
        case ReadRules():
            return reading.back(moves, session, session.node, facts)
        case PickQuestion() | Question(from_summary=True):
            return moves.go(session, Summary(), facts)
        case AskName() | AskPlace() | AskFact() if session.is_editing:
            return registering.stop_editing(moves, session, facts)
        case SheetPage():
            return moves.go(session, Result(), facts)
        case Question(indicator, whole) if whole is not None:
            return moves.go(session, Question(indicator), facts)
        case _:
            return moves.stay(session, facts, say("cancel.nothing"))


def _move(moves: Moves, session: Session, facts: Facts, command: Command) -> Step:  # noqa: C901 - a flat table
    node = session.node
    match command, node:
        case Command.TITLES, _:
            if isinstance(node, ChooseTitle):
                return moves.stay(session, facts)
            return moves.go(session, ChooseTitle(opened_from(node)), facts)
        case Command.SHEETS, _:
            if isinstance(node, MySheets):
                return moves.stay(session, facts)
            return moves.go(session, MySheets(opened_from(node)), facts)
        case Command.DESK, _:
            return desk.open_desk(moves, session, facts)
        case ((Command.VILLAGE | Command.PROGRESS | Command.LAST_YEAR), _):
            return entering.command(moves, session, facts, command)
        case Command.CLAN, _:
            return clan_ways.enter(moves, session, facts)
        case Command.WHY, Question():
            return asking.why(moves, session, node, facts)
        case Command.WHY, _:
            return moves.stay(session, facts, help_lines())
        case Command.BACK, Question():
            return asking.back(moves, session, node, facts)
        case Command.BACK, AskName() | AskPlace() | AskFact() if registering.is_at_first(session, node, facts):
            return choosing.reopen(moves, session, facts)
        case Command.BACK, AskName() | AskPlace() | AskFact():
            return registering.back(moves, session, node, facts)
        case Command.BACK, Summary():
            return moves.go(session, PickQuestion(), facts)
        case Command.BACK, Result():
            return moves.stay(session, facts, say("back.nothing"))
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
        case Command.CONTINUE, Question():
            return asking.go_on(moves, session, node, facts)
        case Command.CONTINUE, Summary():
            return reviewing.go_on(moves, session, facts)
        case Command.CONTINUE, SheetPage():
            return resulting.turn(moves, session, node, facts)
        case ((Command.SUMMARY | Command.HAND_IN), _) if facts.assessment is None:
            return moves.stay(session, facts, say("summary.not_yet"))
        case Command.HAND_IN, Summary():
            return reviewing.hand_in(moves, session, facts)
        case ((Command.SUMMARY | Command.HAND_IN), _):
            main = registering.edited(session)
            return moves.go(main, Result() if _is_handed_in(facts) else Summary(), facts)
        case _:
            return moves.stay(session, facts)


def _is_handed_in(facts: Facts) -> bool:
    return facts.assessment is not None and not facts.assessment.is_open
