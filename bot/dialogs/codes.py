"""Codes that people type or open: which text is one, and which was a guess that hit nothing."""

from __future__ import annotations

from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import CodeState, Facts, HouseholdInvite, RoleInvite
from bot.dialogs.session import AskPlace, ConfirmJoin, Consent, EnterCode, Node, Session, unwrapped
from bot.dialogs.understanding import read_code, read_linked_code, read_yes_no, split_command
from bot.dialogs.village.nodes import ClanHouseholds

SHORTEST_ISSUED = 8
"""Letters of the shortest code that is ever given out; what is shorter is a word that looks like one."""

_WRONG = (CodeState.UNKNOWN, CodeState.EXPIRED, CodeState.USED_UP)


def typed_code(node: Node, text: str) -> str | None:
    """The code that a text without a command is: in a link anywhere, in letters where codes are asked for."""
    if split_command(text)[0] is not None:
        return None
    linked = read_linked_code(text)
    if linked is not None:
        return linked
    match node:
        case AskPlace() | EnterCode():
            return read_code(text)
        case Consent() if read_yes_no(text) is None:
            code = read_code(text)
            return code if code is not None and len(code) >= SHORTEST_ISSUED else None
        case ClanHouseholds() if any(letter.isdecimal() for letter in text) or (text.isupper() and " " not in text):
            code = read_code(text)
            return code if code is not None and len(code) >= SHORTEST_ISSUED else None
        case _:
            return None


def held_code(session: Session) -> str:
    """The code that led the person to where they stand; it was right when it was opened."""
    match session.node:
        case ConfirmJoin(code):
            return code
        case node:
            main = unwrapped(node)
            return main.invite if isinstance(main, Consent) else ""


def is_wrong_guess(session: Session, event: Event, facts: Facts) -> bool:
    """Whether a code was typed or opened that leads nowhere: one rule for codes of every kind.

    A one-time code that worked once is wrong as well. Letters by which a place was found were no code.
    """
    if not isinstance(event, Typed):
        return False
    asked = [state for state in (facts.invite, facts.link) if state is not None]
    if not asked or facts.invite not in (None, CodeState.UNKNOWN) or facts.link not in (None, *_WRONG):
        return False
    if split_command(event.text)[0] is not None or read_linked_code(event.text) is not None:
        return True
    if facts.found is not None and facts.found.total:
        return False
    return len(read_code(event.text) or "") >= SHORTEST_ISSUED


def grouped(code: str) -> str:
    """A code in groups that are read over the phone: 'ABCD 2345', 'ABCDE 23456'."""
    size = 5 if len(code) % 5 == 0 else 4
    return " ".join(code[start : start + size] for start in range(0, len(code), size))


def web_link(web_address: str, code: str) -> str:
    """The address that opens the web chat with a code; '' without a public address."""
    return f"{web_address}/m/{code}" if web_address else ""


def bot_link(bot_name: str, code: str) -> str:
    """The address that opens Telegram with a code; '' as long as the bot's name is not known."""
    return f"https://t.me/{bot_name}?start={code}" if bot_name else ""


def is_opened(session: Session, facts: Facts, text: str) -> bool:
    """Whether a typed code is taken as if its link had been opened; hamlets and one-time codes have readers."""
    match session.node:
        case AskPlace() | EnterCode():
            return isinstance(facts.invite, RoleInvite | HouseholdInvite)
        case Consent():
            return facts.invite is not None
        case ClanHouseholds():
            return False
        case _:
            return read_linked_code(text) is not None


def opened_first(event: Event) -> str:
    """The code that somebody's first words are, or carry; '' where there is none."""
    if not isinstance(event, Typed):
        return ""
    command, argument = split_command(event.text)
    return (read_code(argument) if command else typed_code(Consent(), event.text)) or ""
