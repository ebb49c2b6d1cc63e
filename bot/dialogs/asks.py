"""What a step needs to know: said before anything is loaded."""

from __future__ import annotations

from bot.dialogs.events import Event, Pressed, Typed
from bot.dialogs.facts import Needs
from bot.dialogs.registering import FROM_FIRST, LONGEST_QUERY, MORE, hamlet_id_of, is_place, list_word
from bot.dialogs.session import AskAdults, AskChildren, AskHamlet, AskName, Consent, EnterCode, Session, unwrapped
from bot.dialogs.understanding import Command, read_code, split_command


def needs(session: Session, event: Event) -> Needs:
    """Say what is to be loaded for one event besides the person's own records.

    Hamlets are wanted wherever their list may be drawn next; codes only where one was typed or opened.
    """
    node = unwrapped(session.node)
    text = event.text if isinstance(event, Typed) else ""
    command, argument = split_command(text)
    query, page = None, 0
    if isinstance(node, AskHamlet):
        query, page = node.query, node.page
    elif isinstance(node, AskName | AskAdults | AskChildren):
        query = ""
    search_query, search_page = _search(session, event)
    return Needs(
        hamlet_query=query,
        hamlet_page=page,
        search_query=search_query,
        search_page=search_page,
        hamlet_id=_pressed_hamlet(event) or session.draft.hamlet_id,
        invite_code=_invite_code(session, command, argument, text),
        link_code=_link_code(session, command, argument, text),
    )


def _search(session: Session, event: Event) -> tuple[str | None, int]:
    """Which page of which hamlets a press or a text asks for."""
    node = session.node
    if not isinstance(node, AskHamlet):
        return None, 0
    text = event.text if isinstance(event, Typed) else ""
    choice = event.choice if isinstance(event, Pressed) else list_word(text)
    if choice == MORE:
        return node.query, node.page + 1
    if choice == FROM_FIRST:
        return "", 0
    if choice is None and text and not is_place(text):
        return text.strip()[:LONGEST_QUERY], 0
    return None, 0


def _pressed_hamlet(event: Event) -> int | None:
    return hamlet_id_of(event.choice) if isinstance(event, Pressed) else None


def _invite_code(session: Session, command: Command | None, argument: str, text: str) -> str | None:
    if command is Command.START and argument:
        return read_code(argument)
    node = unwrapped(session.node)
    if isinstance(node, Consent):
        return node.invite or None
    return read_code(text) if isinstance(session.node, AskHamlet) and command is None else None


def _link_code(session: Session, command: Command | None, argument: str, text: str) -> str | None:
    if command is Command.LINK:
        return read_code(argument) if argument else None
    return read_code(text) if isinstance(session.node, EnterCode) and command is None else None
