"""Inviting a village head, or an officer of a place below: for which place, until when; then the code, once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.dialogs import navigation
from bot.dialogs.codes import bot_link, grouped, web_link
from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import FROM_FIRST, LONGEST_QUERY, MORE, is_place, list_word
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding import read_command, read_day
from bot.dialogs.village.effects import IssueRoleInvite
from bot.dialogs.village.facts import GrantPage, GrantPlace
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import InviteRole, PeopleHere
from bot.dialogs.village.rooms import Room

DAYS = 14
"""How long a code of a role works."""

LONGEST = timedelta(days=3660)
"""For how long a role may be granted at most, where it has an end."""

_MIDNIGHT = time(17, tzinfo=UTC)
"""When a day ends in Việt Nam."""

_THIS_YEAR, _NO_END, _ANOTHER, _LIST = "this-year", "no-end", "another", "list"


def draw(session: Session, node: InviteRole, facts: Facts) -> Screen:
    """Ask for the place, then until when; then offer to go on."""
    if not node.target_id:
        return _draw_places(session, node, facts.village.granting or GrantPage())
    place = facts.village.granting_for
    name = place.name if place is not None else ""
    if node.is_issued:
        issued = (Paragraph(say("inviting.issued", place=name)),)
        choices = (Choice(_LIST, say("inviting.list")), Choice(_ANOTHER, say("inviting.another")))
        return Screen(session.revision, "invited", issued, choices, (navigation.DESK,))
    lines = (
        Paragraph(say(f"inviting.until.{node.role}", place=name), Tone.QUESTION),
        Paragraph(say("inviting.until.hint"), Tone.QUIET),
    )
    choices = (Choice(_THIS_YEAR, say("inviting.this_year")), Choice(_NO_END, say("inviting.no_end")))
    return Screen(session.revision, "invite_until", lines, choices, (navigation.BACK, navigation.HELP))


def _draw_places(session: Session, node: InviteRole, page: GrantPage) -> Screen:
    lines = [Paragraph(say(f"inviting.place.{node.role}"), Tone.QUESTION)]
    if node.query and page.places:
        lines.append(Paragraph(say("place.found", query=node.query, count=page.total)))
    elif not page.places:
        lines.append(Paragraph(say("inviting.none", query=node.query), Tone.NOTICE))
    lines.append(Paragraph(say("inviting.hint"), Tone.QUIET))
    choices = tuple(Choice(f"p-{place.place_id}", _label(place)) for place in page.places)
    around: list[Choice] = []
    if page.has_more:
        around.append(Choice(MORE, say("register.hamlet_more")))
    if node.page or node.query:
        around.append(Choice(FROM_FIRST, say("register.hamlet_first")))
    return Screen(session.revision, "invite_place", tuple(lines), choices, (*around, navigation.BACK, navigation.HELP))


def _label(place: GrantPlace) -> Say:
    return say("register.hamlet_choice", name=place.name, within=place.within)


def press(moves: Moves, session: Session, node: InviteRole, facts: Facts, choice: str) -> Step | None:
    """Take the place, or the end of the role."""
    if not node.target_id:
        return _press_place(moves, session, node, facts, choice)
    if node.is_issued:
        match choice:
            case "list":
                return moves.lead(session, PeopleHere(node.place_id), facts)
            case "another":
                return moves.lead(session, InviteRole(node.place_id, node.role), facts)
            case _:
                return None
    match choice:
        case "this-year":
            return _issue(moves, session, node, facts, date(facts.today.year, 12, 31))
        case "no-end":
            return _issue(moves, session, node, facts, None)
        case _:
            return None


def _press_place(moves: Moves, session: Session, node: InviteRole, facts: Facts, choice: str) -> Step | None:
    page = facts.village.granting or GrantPage()
    match choice:
        case "more" if page.has_more:
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, InviteRole(node.place_id, node.role), facts)
        case _:
            place = next((each for each in page.places if f"p-{each.place_id}" == choice), None)
            return None if place is None else moves.lead(session, replace(node, target_id=place.place_id), facts)


def read(moves: Moves, session: Session, node: InviteRole, facts: Facts, text: str) -> Step | Refusal:
    """Read letters of a place's name, or the last day of the role."""
    if node.is_issued:
        return Refusal(say("one_of.not_understood"))
    if node.target_id:
        day = read_day(text, facts.today)
        if day is None:
            return Refusal(say("inviting.not_a_day"))
        if day < facts.today:
            return Refusal(say("inviting.day_passed", day=day), is_final=True)
        if day > facts.today + LONGEST:
            return Refusal(say("inviting.day_too_far", day=day), is_final=True)
        return _issue(moves, session, node, facts, day)
    turned = _press_place(moves, session, node, facts, list_word(text) or "")
    if turned is not None:
        return turned
    query = text.strip()
    if is_place(text) or not 0 < len(query) <= LONGEST_QUERY or read_command(text) is not None:
        return Refusal(say("place.not_understood"))
    return moves.lead(session, replace(node, query=query, page=0), facts)


def _issue(moves: Moves, session: Session, node: InviteRole, facts: Facts, until: date | None) -> Step:
    """Give out the code; it is shown this once, with what to do with it."""
    place, code = facts.village.granting_for, facts.fresh_code
    if place is None:
        return moves.lead(session, PeopleHere(node.place_id), facts, notice=say("village.gone"))
    ends = facts.now + timedelta(days=DAYS)
    if until is not None:
        ends = min(ends, datetime.combine(until, _MIDNIGHT))
    lines = [
        Paragraph(say("inviting.code", code=grouped(code)), Tone.HEADING),
        Paragraph(say("inviting.for", role=say(f"people.kind.{node.role}"), place=place.name)),
        Paragraph(say("inviting.how")),
        Paragraph(say("inviting.once", count=max(1, -(-(ends - facts.now) // timedelta(days=1))))),
    ]
    links = [link for link in (web_link(facts.web_address, code), bot_link(facts.bot_name, code)) if link]
    if links:
        lines.append(Paragraph(say("inviting.link"), Tone.QUIET))
        lines += [Paragraph(say("inviting.address", address=link), Tone.LINK) for link in links]
    issued = replace(node, until=until, is_issued=True)
    moved = replace(session, node=issued, revision=session.revision + 1)
    effects = (
        IssueRoleInvite(code, node.role, place.place_id, ends, until),
        SendDocument(DocumentKind.ROLE_CARD, f"{code}/{node.role}/{place.place_id}"),
    )
    return moves.stay(moved, facts, tuple(lines), effects=effects)


def wants(session: Session, node: InviteRole, event: Event) -> VillageNeeds:
    """Load places to choose from, or the one that was chosen."""
    if node.target_id:
        return VillageNeeds(granting_for=(node.target_id, node.role))
    return VillageNeeds(granting=(node.place_id, node.role, node.query, node.page))


def back(session: Session, node: InviteRole) -> Node:
    """Back to choosing the place, and from there to the list."""
    if node.target_id and not node.is_issued:
        return replace(node, target_id=0)
    return PeopleHere(node.place_id)


def stands(session: Session, node: InviteRole, facts: Facts) -> bool:
    """Whether the person may invite to it still."""
    known = facts.village.granting_for if node.target_id else facts.village.granting
    return known is not None


ROOM = Room(draw, press, wants, back, stands, read)
