"""What a step needs to know: said before anything is loaded."""

from __future__ import annotations

from bot.dialogs.events import Event, Pressed, Typed
from bot.dialogs.facts import Needs
from bot.dialogs.session import AskAdults, AskChildren, AskHamlet, AskName, Consent, EnterCode, Session, unwrapped
from bot.dialogs.understanding import Command, read_code, split_command

LONGEST_QUERY = 60


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
        if text and command is None and not text.strip().isdigit():
            query, page = text.strip()[:LONGEST_QUERY], 0
        elif event == Pressed("more", session.revision):
            page += 1
        elif event == Pressed("first", session.revision):
            query, page = "", 0
    elif isinstance(node, AskName | AskAdults | AskChildren):
        query = ""
    return Needs(
        hamlet_query=query,
        hamlet_page=page,
        hamlet_id=_pressed_hamlet(event) or session.draft.hamlet_id,
        invite_code=_invite_code(session, command, argument, text),
        link_code=_link_code(session, command, argument, text),
    )


def _pressed_hamlet(event: Event) -> int | None:
    if not isinstance(event, Pressed):
        return None
    head, _, digits = event.choice.partition("-")
    return int(digits) if head == "h" and digits.isdigit() and len(digits) < 10 else None


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
