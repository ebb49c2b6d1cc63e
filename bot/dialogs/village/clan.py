"""The member households of a clan: who agreed, who was asked, finding others."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import CodeState, Facts, HouseholdInvite
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Question, Session, Summary
from bot.dialogs.understanding import read_code, read_command
from bot.dialogs.village.effects import AskForClan, DropFromClan
from bot.dialogs.village.facts import ClanHousehold, ClanPage, ClanTie
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import ClanHouseholds
from bot.dialogs.village.rooms import Room

PAGE = 6
LONGEST_QUERY = 40
_HOUSEHOLD = "s-"
_AROUND = (navigation.BACK, navigation.HELP)


def draw(session: Session, node: ClanHouseholds, facts: Facts) -> Screen:
    """Count the households, list them or those that were found; or one of them."""
    page = _page(facts)
    chosen = _chosen(node, page)
    if chosen is not None:
        return _draw_one(session, chosen)
    lines = [Paragraph(say("clan.title", clan=page.clan), Tone.HEADING), *_counts(page)]
    if node.query:
        code = "clan.found" if page.found else "clan.found_none"
        lines.append(Paragraph(say(code, query=node.query), Tone.QUESTION if page.found else Tone.NOTICE))
    lines.append(Paragraph(say("clan.hint"), Tone.QUIET))
    listed = page.found if node.query else page.linked
    at = min(node.page, max(len(listed) - 1, 0) // PAGE) if not node.query else 0
    shown = listed if node.query else listed[at * PAGE : (at + 1) * PAGE]
    choices = [Choice(f"{_HOUSEHOLD}{each.subject_id}", _label(each)) for each in shown]
    if not node.query and (at + 1) * PAGE < len(listed):
        choices.append(Choice("more", say("clan.more")))
    elif node.query or at:
        choices.append(Choice("first", say("clan.all")))
    return Screen(session.revision, "clan", tuple(lines), tuple(choices), _AROUND)


def _draw_one(session: Session, chosen: ClanHousehold) -> Screen:
    lines = (
        Paragraph(say("clan.household", name=chosen.name, place=chosen.place), Tone.HEADING),
        Paragraph(say(f"clan.tie.{chosen.tie}")),
    )
    return Screen(session.revision, "clan", lines, (Choice("drop", say("clan.drop")),), _AROUND)


def _page(facts: Facts) -> ClanPage:
    assert facts.village.clan is not None  # noqa: S101 - `stands` leads elsewhere without one
    return facts.village.clan


def _chosen(node: ClanHouseholds, page: ClanPage) -> ClanHousehold | None:
    return next((each for each in page.linked if each.subject_id == node.subject_id), None)


def _counts(page: ClanPage) -> list[Paragraph]:
    if not page.linked:
        return [Paragraph(say("clan.none"))]
    counted = Counter(each.tie for each in page.linked)
    told = [say(f"clan.count.{tie}", count=counted[tie]) for tie in ClanTie if counted[tie]]
    return [Paragraph(stacked(*told))]


def _label(each: ClanHousehold) -> Say:
    return say(f"clan.choice.{each.tie or 'new'}", name=each.name)


def press(moves: Moves, session: Session, node: ClanHouseholds, facts: Facts, choice: str) -> Step | None:
    """Ask a household that was found, look at one that was asked, drop it, or turn the list."""
    page = _page(facts)
    chosen = _chosen(node, page)
    match choice:
        case "more":
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, ClanHouseholds(question=node.question), facts)
        case "drop" if chosen is not None:
            done = say("clan.dropped", name=chosen.name)
            effects = (DropFromClan(chosen.subject_id),)
            return moves.lead(session, replace(node, subject_id=0), facts, done=done, effects=effects)
        case _:
            listed = {f"{_HOUSEHOLD}{each.subject_id}": each for each in (*page.linked, *page.found)}
            tapped = listed.get(choice)
            if tapped is None:
                return None
            if tapped.tie is None:
                return _ask(moves, session, node, facts, tapped)
            return moves.lead(session, replace(node, subject_id=tapped.subject_id), facts)


def read(moves: Moves, session: Session, node: ClanHouseholds, facts: Facts, text: str) -> Step | Refusal:
    """Take the code of a household anywhere, or letters of a name in the clan's own hamlet."""
    match facts.invite:
        case HouseholdInvite(subject_id, name, place, None):
            found = ClanHousehold(subject_id, name, place.name)
            return _ask(moves, session, node, facts, found, code=text.strip())
        case HouseholdInvite():
            return Refusal(say("clan.code_no_more"), is_final=True)
        case CodeState.TOO_MANY_TRIES:
            return Refusal(say("code.too_many_tries"), is_final=True)
        case CodeState():
            return Refusal(say("clan.code_unknown"), is_final=True)
        case _:
            pass
    letters = " ".join(text.split())
    if not 0 < len(letters) <= LONGEST_QUERY or read_command(text) is not None:
        return Refusal(say("clan.not_understood"))
    if letters.isdecimal() and len(letters) == 1:
        return Refusal(say("clan.not_understood"))  # a place in the list
    return moves.lead(session, ClanHouseholds(letters, question=node.question), facts)


def _ask(
    moves: Moves, session: Session, node: ClanHouseholds, facts: Facts, household: ClanHousehold, code: str = ""
) -> Step:
    """Ask it once; a household that was asked already keeps what it said."""
    page = _page(facts)
    if any(each.subject_id == household.subject_id for each in page.linked):
        there = ClanHouseholds(subject_id=household.subject_id, question=node.question)
        return moves.lead(session, there, facts, notice=say("clan.asked_already", name=household.name))
    told = say("clan.asks", clan=page.clan, household=household.name)
    done = say("clan.asked", name=household.name, place=household.place)
    asked = AskForClan(household.subject_id, told, read_code(code) or "")
    return moves.lead(session, ClanHouseholds(question=node.question), facts, done=done, effects=(asked,))


def wants(session: Session, node: ClanHouseholds, event: Event) -> VillageNeeds:
    """The households, and those that the letters find."""
    return VillageNeeds(clan=(node.query, node.page))


def back(session: Session, node: ClanHouseholds) -> Node:
    """From one household to the list, from what was found to all, then to the sheet."""
    if node.subject_id or node.query or node.page:
        return ClanHouseholds(question=node.question)
    return Question(node.question) if node.question else Summary()


def stands(session: Session, node: ClanHouseholds, facts: Facts) -> bool:
    """Whether the person stands for a clan, and has it in hand."""
    return facts.village.clan is not None


ROOM = Room(draw, press, wants, back, stands, read)
