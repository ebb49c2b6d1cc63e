"""What a step needs to know: said before anything is loaded."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.choosing import year_meant, year_of
from bot.dialogs.codes import held_code, typed_code
from bot.dialogs.events import Event, Pressed, Resumed, Typed, UploadRead
from bot.dialogs.facts import Needs
from bot.dialogs.placing import (
    FROM_FIRST,
    LONGEST_QUERY,
    MORE,
    OWN_PLACES,
    is_place,
    level_of,
    list_word,
    place_id_of,
)
from bot.dialogs.session import (
    Adopt,
    AskFact,
    AskName,
    AskPlace,
    AskYear,
    AwaitProposal,
    ChooseTitle,
    ConfirmDelete,
    Desk,
    EnterCode,
    MySheets,
    Node,
    Question,
    Session,
    SubjectDraft,
    Told,
    unwrapped,
)
from bot.dialogs.understanding import Command, read_code, split_command
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.registry import is_village, room_of
from bot.scoring.model import SubjectKind

_REGISTERING = (AskName, AskPlace, AskFact, AskYear, ChooseTitle, MySheets, Desk)
_CHOOSING = (ChooseTitle, MySheets, Desk, Told, ConfirmDelete)
_LISTING_SHEETS = (Command.TITLES, Command.SHEETS, Command.DELETE)
_LISTING = (AskName, AskFact, AskYear, ChooseTitle, Desk)


def needs(session: Session, event: Event) -> Needs:
    """Say what is to be loaded for one event besides the person's own records.

    Places are wanted wherever their list may be drawn next; codes only where one was typed or opened.
    """
    node = unwrapped(session.node)
    text = event.text if isinstance(event, Typed) else ""
    command, argument = split_command(text)
    draft, is_registering = _draft(session, event), isinstance(session.node, _REGISTERING)
    query, page = None, 0
    if isinstance(node, AskPlace):
        query, page = node.query, node.page
    elif isinstance(session.node, _LISTING) or isinstance(node, _LISTING):
        query = ""
    search_query, search_page = _search(session, event)
    return Needs(
        kind=draft.kind if is_registering or isinstance(node, _REGISTERING) else None,
        group=draft.group,
        year=draft.year,
        level=level_of(draft.kind, draft.group),
        only_own=draft.kind in OWN_PLACES,
        place_query=query,
        place_page=page,
        search_query=search_query,
        search_page=search_page,
        place_id=_pressed_place(event) or draft.place_id,
        invite_code=_invite_code(session, command, argument, text),
        link_code=_link_code(session, command, argument, text),
        sheets=isinstance(session.node, _CHOOSING) or command in _LISTING_SHEETS or _opens(event),
        upload_id=_upload(session.node, event),
        village=_village(session, node, event),
    )


def _village(session: Session, node: Node, event: Event) -> VillageNeeds:
    """What is wanted of the village: by its rooms; elsewhere last year's answers beside a question or before one."""
    if is_village(node):
        wanted = room_of(node).wants(session, node, event)
    else:
        wanted = VillageNeeds(last_year=isinstance(node, Question | AskFact))
    if isinstance(event, UploadRead):
        wanted = replace(wanted, upload_id=event.upload_id)
    return replace(wanted, last_year=True) if _takes_up(event) else wanted


def _takes_up(event: Event) -> bool:
    return isinstance(event, Resumed) and event.reason == "taken_up"


def _draft(session: Session, event: Event) -> SubjectDraft:
    """What is registered, or what is begun by choosing its year, or a hamlet: the one kind whose place comes first."""
    node, year = session.node, _year(session.node, event)
    if isinstance(node, ChooseTitle) and _may_choose_hamlet(event):
        return SubjectDraft(SubjectKind.VILLAGE)
    return SubjectDraft(node.kind, node.group, year) if isinstance(node, AskYear) and year else session.draft


def _may_choose_hamlet(event: Event) -> bool:
    match event:
        case Typed(text):
            return split_command(text)[0] is None
        case Pressed(choice):
            return choice == f"k-{SubjectKind.VILLAGE}"
        case _:
            return False


def _opens(event: Event) -> bool:
    return isinstance(event, Pressed) and event.choice in ("titles", "sheets", "assess")


def _search(session: Session, event: Event) -> tuple[str | None, int]:
    """Which page of which places a press or a text asks for."""
    node = session.node
    if not isinstance(node, AskPlace):
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


def _pressed_place(event: Event) -> int | None:
    return place_id_of(event.choice) if isinstance(event, Pressed) else None


def _year(node: Node, event: Event) -> int | None:
    """The year that was tapped, or typed as a number or by its place."""
    if not isinstance(node, AskYear):
        return None
    if isinstance(event, Pressed):
        return year_of(event.choice)
    meant = year_meant(event.text, node.years) if isinstance(event, Typed) else None
    return meant if meant in node.years else None


def _upload(node: Node, event: Event) -> int | None:
    if isinstance(event, UploadRead):
        return event.upload_id
    while not isinstance(node, AwaitProposal | Adopt) and hasattr(node, "back"):
        node = node.back
    return (node.upload_id or None) if isinstance(node, AwaitProposal | Adopt) else None


def _invite_code(session: Session, command: Command | None, argument: str, text: str) -> str | None:
    if command is Command.START and argument:
        return read_code(argument)
    typed = typed_code(session.node, text) if text else None
    if typed is None and command is Command.LINK and argument:
        typed = read_code(argument)
    return typed or held_code(session) or None


def _link_code(session: Session, command: Command | None, argument: str, text: str) -> str | None:
    if command is Command.LINK:
        return read_code(argument) if argument else None
    return read_code(text) if isinstance(session.node, EnterCode) and command is None else None
