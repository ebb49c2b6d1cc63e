"""The list of households of a hamlet: with their states, found by letters, page by page."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import FROM_FIRST, MORE, list_word
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village import roll_tools
from bot.dialogs.village.effects import IssueHouseholdCodes
from bot.dialogs.village.facts import HouseholdPage, HouseholdQuery, HouseholdState
from bot.dialogs.village.finding import is_other, is_place_on, labelled, sought, sought_by, state_meant, subject_id_of
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, HouseholdForm, Households, Walk
from bot.dialogs.village.rooms import Room
from bot.scoring.model import SubjectKind

_FILTER, _TOOLS, _ALL = "filter", "tools", "all"


def draw(session: Session, node: Households, facts: Facts) -> Screen:
    """Draw the list, or one of the screens beside it."""
    walk, page = _walk(session), facts.village.households or HouseholdPage()
    place = facts.village.place
    name = place.name if place is not None else ""
    match node.view:
        case "filter":
            return roll_tools.draw_states(session, page, name)
        case "tools":
            return roll_tools.draw_tools(session, name)
        case "kinds":
            return roll_tools.draw_kinds(session, name)
        case _:
            return _draw_list(session, walk, page, name)


def _draw_list(session: Session, walk: Walk, page: HouseholdPage, place: str) -> Screen:
    everyone = sum(page.counts.values())
    lines = [Paragraph(say(f"roll.title.{walk.kind}", place=place), Tone.HEADING)]
    if everyone:
        lines.append(Paragraph(_shown(walk, page)))
        lines.append(Paragraph(_counted(page), Tone.QUIET))
        lines.append(Paragraph(say("roll.hint"), Tone.QUIET))
    else:
        lines.append(Paragraph(say(f"roll.empty.{walk.kind}")))
    choices = [Choice(f"s-{line.subject_id}", labelled(line)) for line in page.lines]
    if page.next_unfinished:
        choices.append(Choice("next", say("roll.next")))
    if not everyone and walk.kind is SubjectKind.HOUSEHOLD:
        choices += [Choice("add", say("roll.add")), Choice("template", say("roll.template"))]
    around = []
    if _has_more(walk, page):
        around.append(Choice(MORE, say("roll.more")))
    if walk.page:
        around.append(Choice(FROM_FIRST, say("roll.first")))
    if walk.state is not None or walk.query:
        around.append(Choice(_ALL, say("roll.all")))
    if everyone:
        around.append(Choice(_FILTER, say("roll.filter")))
    is_roll = walk.kind is SubjectKind.HOUSEHOLD
    around.append(Choice(_TOOLS, say("roll.tools")) if is_roll else Choice("kinds", say("roll.kinds.other")))
    around += [navigation.BACK, navigation.HELP]
    return Screen(
        session.revision, "households", tuple(lines), tuple(choices), tuple(around), Expects.CHOICE, takes_files=True
    )


def _shown(walk: Walk, page: HouseholdPage) -> Say:
    """Which lines of how many are on the screen, and by what they were chosen."""
    chosen: list[Say] = []
    if walk.query:
        chosen.append(say("roll.found", query=walk.query, count=page.total))
    if walk.state is not None:
        chosen.append(say("roll.only", state=say(f"roll.state.{walk.state}")))
    if page.lines:
        first = walk.page * HouseholdQuery(0).page_size + 1
        last = first + len(page.lines) - 1
        of = "household" if walk.kind is SubjectKind.HOUSEHOLD else "other"
        chosen.append(say(f"roll.shown.{of}", first=first, last=last, total=page.total))
    elif not walk.query:
        chosen.append(say("roll.none"))
    lines = stacked(*chosen)
    assert isinstance(lines, Say)  # noqa: S101 - made of nothing else
    return lines


def _counted(page: HouseholdPage) -> Say:
    return say("roll.counts", **{state.value: page.counts.get(state, 0) for state in HouseholdState})


def _has_more(walk: Walk, page: HouseholdPage) -> bool:
    return (walk.page + 1) * HouseholdQuery(0).page_size < page.total


def press(moves: Moves, session: Session, node: Households, facts: Facts, choice: str) -> Step | None:
    """Open a household, turn the list, or do what else is offered."""
    walk, page = _walk(session), facts.village.households
    if page is None:
        return None
    if choice.startswith("f-") or choice == _ALL:
        return _filtered(moves, session, facts, choice.removeprefix("f-"))
    if choice.startswith("k-"):
        kind = roll_tools.kind_of(choice)
        return None if kind is None else _walking(moves, session, facts, Walk(walk.place_id, kind))
    match choice:
        case "next" if page.next_unfinished:
            return moves.lead(session, Household(page.next_unfinished), facts)
        case "more" if not node.view and _has_more(walk, page):
            return _walking(moves, session, facts, replace(walk, page=walk.page + 1))
        case "first" if not node.view:
            return _walking(moves, session, facts, replace(walk, page=0))
        case "tools" if walk.kind is not SubjectKind.HOUSEHOLD:
            return None
        case "filter" | "tools" | "kinds" as view:
            return moves.lead(session, Households(view), facts)
        case "add" if walk.kind is SubjectKind.HOUSEHOLD:
            return moves.lead(session, HouseholdForm(), facts)
        case "cards" | "template" | "answers" if walk.kind is SubjectKind.HOUSEHOLD:
            return _documents(moves, session, facts, page, choice)
        case _:
            subject_id = subject_id_of(choice)
            is_listed = any(line.subject_id == subject_id for line in page.lines)
            return moves.lead(session, Household(subject_id), facts) if is_listed else None


def read(moves: Moves, session: Session, node: Households, facts: Facts, text: str) -> Step | Refusal:
    """Read a state, a word that turns the list, or letters of a name, or a household's number."""
    unclear = Refusal(say("roll.not_understood"))
    turning = list_word(text)
    if turning in (MORE, FROM_FIRST):
        return press(moves, session, node, facts, turning) or Refusal(say("roll.no_more"), is_final=True)
    state = state_meant(text)
    if state is not None:
        return _filtered(moves, session, facts, state) or unclear
    letters, found = sought(text), facts.village.searched
    if letters is None or found is None or is_other(text) or is_place_on(draw(session, node, facts), text):
        return unclear
    if found.total == 0:
        return Refusal(say("roll.nobody", query=letters))
    if found.total == 1:
        return moves.lead(session, Household(found.lines[0].subject_id), facts)
    return _walking(moves, session, facts, replace(_walk(session), query=letters, page=0, state=None))


def _filtered(moves: Moves, session: Session, facts: Facts, said: str) -> Step | None:
    """List one state only, or everybody again."""
    state = next((each for each in HouseholdState if each == said), None)
    if state is None and said != _ALL:
        return None
    return _walking(moves, session, facts, replace(_walk(session), state=state, query="", page=0))


def _documents(moves: Moves, session: Session, facts: Facts, page: HouseholdPage, choice: str) -> Step:
    place = facts.village.place
    place_id = place.id if place is not None else _walk(session).place_id
    if choice == "template":
        effect = SendDocument(DocumentKind.ROLL_TEMPLATE, str(place_id))
        return moves.lead(session, Households(), facts, done=say("roll.template_coming"), effects=(effect,))
    if not page.ids:
        return moves.stay(session, facts, say("roll.empty.household"))
    if choice == "answers":
        effect = SendDocument(DocumentKind.ANSWERS_WORKBOOK, str(place_id))
        return moves.lead(session, Households(), facts, done=say("roll.answers_coming"), effects=(effect,))
    cards = (IssueHouseholdCodes(place_id=place_id), SendDocument(DocumentKind.CARDS, f"place/{place_id}"))
    done = say("roll.cards_coming", count=len(page.ids))
    return moves.lead(session, Households(), facts, done=done, effects=cards)


def _walking(moves: Moves, session: Session, facts: Facts, walk: Walk) -> Step:
    return moves.lead(replace(session, walk=walk), Households(), facts)


def _walk(session: Session) -> Walk:
    return session.walk or Walk(0)


def wants(session: Session, node: Households, event: Event) -> VillageNeeds:
    """Load the page that the walk describes, and what typed letters find."""
    walk = session.walk
    if walk is None:
        return VillageNeeds()
    letters = sought_by(event)
    return VillageNeeds(
        households=HouseholdQuery(walk.place_id, walk.kind, walk.state, walk.query, walk.page),
        searched=None if letters is None else HouseholdQuery(walk.place_id, walk.kind, text=letters),
        place_id=walk.place_id,
    )


def back(session: Session, node: Households) -> Node:
    """From a screen beside the list to the list, from the list to the desk."""
    if node.view == "kinds" and (session.walk is None or session.walk.kind is SubjectKind.HOUSEHOLD):
        return Households(_TOOLS)
    return Households() if node.view else Desk()


def stands(session: Session, node: Households, facts: Facts) -> bool:
    """Whether there is a hamlet to list, and it is the person's business."""
    return session.walk is not None and facts.village.households is not None


ROOM = Room(draw, press, wants, back, stands, read)
