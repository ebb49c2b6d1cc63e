"""Adding a household to the roll, or correcting one, a line of the entry after the other; every line can be skipped."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import Facts
from bot.dialogs.kinds.parts import keypad, pressed_number
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.profile import FactQuestion, question
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Screen, Tone, say
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding import fold, read_counted, read_name, read_phone, readable
from bot.dialogs.understanding.phone import spaced
from bot.dialogs.understanding.text import visible
from bot.dialogs.village import entering
from bot.dialogs.village.effects import AddHousehold, CorrectHousehold
from bot.dialogs.village.facts import HouseholdDetail, HouseholdEntry, HouseholdLine, HouseholdQuery
from bot.dialogs.village.finding import labelled, subject_id_of
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, HouseholdForm, Walk
from bot.dialogs.village.rooms import Room
from bot.dialogs.village.visiting import home
from bot.scoring.model import SubjectKind

LONGEST_NUMBER, LONGEST_GROUP = 20, 40
_NUMBER = re.compile(r"[\w./ -]*[0-9][\w./ -]*")
_OF_HOUSEHOLDS = ("name", "number", "group", "phone", "adults", "children")
_OF_OTHERS = ("name", "number", "group", "phone")
_SKIP, _FINISH, _STOP, _ANOTHER = "skip", "finish", "stop", "another"
_MOST_ALIKE = 7
_COUNTS = {"adults": "adults", "children": "school_age_children"}
"""{line: the fact that it tells}"""


def draw(session: Session, node: HouseholdForm, facts: Facts) -> Screen:
    """Ask for one line, or whether it is a known household."""
    detail, place = facts.village.household, facts.village.place
    if detail is not None:
        heading = say("roll.form.correct", name=detail.line.name)
    else:
        heading = say("roll.form.add", place=place.name if place is not None else "")
    lines = [Paragraph(heading, Tone.HEADING)]
    stop = (navigation.BACK, Choice(_STOP, say("roll.form.stop")))
    if node.asks == "same":
        known = _same_name(node, facts)
        lines.append(Paragraph(say("roll.form.same", name=node.entry.name), Tone.QUESTION))
        choices = [Choice(f"s-{line.subject_id}", labelled(line)) for line in known]
        choices.append(Choice(_ANOTHER, say("roll.form.another")))
        return Screen(session.revision, "household_form", tuple(lines), tuple(choices), stop)
    lines.append(Paragraph(say(f"roll.form.{node.asks}"), Tone.QUESTION))
    kept = _kept(node, detail)
    if kept is not None:
        lines.append(Paragraph(say("roll.form.is_now", value=kept)))
    lines.append(Paragraph(say(f"roll.form.{node.asks}.hint"), Tone.QUIET))
    counted = _count_of(node.asks)
    numbers = keypad(*counted.keypad) if counted is not None and counted.keypad is not None else ()
    around = _aside(node, detail)
    return Screen(
        session.revision,
        "household_form",
        tuple(lines),
        numbers or around,
        (*around, *stop) if numbers else stop,
        Expects.NUMBER if numbers else Expects.TEXT,
        Layout.KEYPAD if numbers else Layout.LIST,
    )


def _aside(node: HouseholdForm, detail: HouseholdDetail | None) -> tuple[Choice, ...]:
    """What can be done instead of answering."""
    if detail is None and node.asks == "name":
        return ()
    keeps = _kept(node, detail) is not None
    skip = Choice(_SKIP, say("roll.form.keep" if keeps else "roll.form.skip"))
    return (skip, Choice(_FINISH, say("roll.form.finish"))) if _after(node, detail) is not None else (skip,)


def _kept(node: HouseholdForm, detail: HouseholdDetail | None) -> str | int | None:
    """What the line says now."""
    if detail is None:
        return None
    before = detail.entry
    match node.asks:
        case "phone":
            return spaced(before.phone) or None
        case "children":
            return before.school_age_children
        case "adults":
            return before.adults
        case "number":
            return before.number or None
        case "group":
            return before.group or None
        case _:
            return before.name or None


def _count_of(asks: str) -> FactQuestion | None:
    return question(_COUNTS[asks]) if asks in _COUNTS else None


def press(moves: Moves, session: Session, node: HouseholdForm, facts: Facts, choice: str) -> Step | None:
    """Skip a line, finish, stop, or take a tapped number."""
    detail = facts.village.household
    if choice == _STOP:
        return moves.lead(session, _home(session, node), facts, notice=say("roll.form.stopped"))
    if node.asks == "same":
        subject_id = subject_id_of(choice)
        if any(line.subject_id == subject_id for line in _same_name(node, facts)):
            return moves.lead(session, Household(subject_id), facts)
        return _go_on(moves, session, replace(node, asks="name"), facts) if choice == _ANOTHER else None
    if all(choice != each.id for each in draw(session, node, facts).choices + _aside(node, detail)):
        return None
    number = pressed_number(choice)
    if number is not None:
        return _take_count(moves, session, node, facts, number)
    if choice == _SKIP:
        return _go_on(moves, session, node, facts)
    return _finish(moves, session, node, facts) if choice == _FINISH else None


def read(moves: Moves, session: Session, node: HouseholdForm, facts: Facts, text: str) -> Step | Refusal:
    """Read one line."""
    entry = node.entry
    match node.asks:
        case "same":
            return Refusal(say("one_of.not_understood"))
        case "name":
            name = read_name(text)
            if name is None:
                return Refusal(say("roll.form.name.unclear"))
            named = replace(node, entry=replace(entry, name=readable(name)))
            if node.subject_id == 0 and _same_name(named, facts):
                return moves.lead(session, replace(named, asks="same"), facts)
            return _go_on(moves, session, named, facts)
        case "number":
            number = _words(text, LONGEST_NUMBER)
            if not number or not _NUMBER.fullmatch(number):
                return Refusal(say("roll.form.number.unclear"))
            return _go_on(moves, session, replace(node, entry=replace(entry, number=number)), facts)
        case "group":
            group = _words(text, LONGEST_GROUP)
            if not group or (read_name(text) is None and not group.isdigit()):
                return Refusal(say("roll.form.group.unclear"))
            return _go_on(moves, session, replace(node, entry=replace(entry, group=group)), facts)
        case "phone":
            phone = read_phone(text)
            if phone is None:
                return Refusal(say("roll.form.phone.unclear"), is_final=any(c.isdigit() for c in text))
            return _go_on(moves, session, replace(node, entry=replace(entry, phone=phone)), facts)
        case _:
            value = read_counted(text, _COUNTS[node.asks])
            if value is None:
                return Refusal(say("register.count_not_understood"))
            return _take_count(moves, session, node, facts, int(value))


def _take_count(moves: Moves, session: Session, node: HouseholdForm, facts: Facts, count: int) -> Step:
    asked = _count_of(node.asks)
    if asked is None or not asked.lowest <= count <= asked.highest:
        lowest, highest = (asked.lowest, asked.highest) if asked is not None else (0, 0)
        return moves.stay(session, facts, say("register.count_out_of_range", minimum=lowest, maximum=highest))
    if node.asks == "adults":
        entry = replace(node.entry, adults=count)
    else:
        entry = replace(node.entry, school_age_children=count)
    return _go_on(moves, session, replace(node, entry=entry), facts)


def _words(text: str, longest: int) -> str:
    """A short text with single spaces; '' for one that is too long, or of several lines."""
    said = " ".join(visible(text).split())
    return said if len(said) <= longest and text.strip().count("\n") == 0 else ""


def _go_on(moves: Moves, session: Session, node: HouseholdForm, facts: Facts) -> Step:
    following = _after(node, facts.village.household)
    if following is None:
        return _finish(moves, session, node, facts)
    return moves.lead(session, replace(node, asks=following), facts)


def _finish(moves: Moves, session: Session, node: HouseholdForm, facts: Facts) -> Step:
    """Write the line; what was skipped is left as it was."""
    detail, walk = facts.village.household, session.walk or Walk(0)
    if detail is not None:
        done = say("roll.form.corrected", name=node.entry.name or detail.line.name)
        if node.entry == HouseholdEntry():
            return moves.lead(session, _home(session, node), facts, notice=say("roll.form.nothing_new"))
        effect = CorrectHousehold(node.subject_id, node.entry)
        return moves.lead(session, _home(session, node), facts, done=done, effects=(effect,))
    place = facts.village.place
    added = AddHousehold(place.id if place is not None else walk.place_id, node.entry)
    done = say("roll.form.added", name=node.entry.name)
    found = replace(session, walk=replace(walk, state=None, query=node.entry.name, page=0))
    return moves.lead(found, home(found), facts, done=done, effects=(added,))


def _after(node: HouseholdForm, detail: HouseholdDetail | None) -> str | None:
    order = _OF_OTHERS if detail is not None and detail.kind is not SubjectKind.HOUSEHOLD else _OF_HOUSEHOLDS
    at = order.index("name" if node.asks == "same" else node.asks)
    return order[at + 1] if at + 1 < len(order) else None


def _same_name(node: HouseholdForm, facts: Facts) -> tuple[HouseholdLine, ...]:
    """Households of the hamlet that are called the same, written with or without diacritics."""
    page, name = facts.village.searched, fold(node.entry.name)
    return tuple(line for line in page.lines if fold(line.name) == name) if page is not None else ()


def _home(session: Session, node: HouseholdForm) -> Node:
    return Household(node.subject_id) if node.subject_id else home(session)


def wants(session: Session, node: HouseholdForm, event: Event) -> VillageNeeds:
    """Load the line that is corrected; of a new one the hamlet, and who is called the same."""
    if node.subject_id:
        return VillageNeeds(household=node.subject_id)
    place_id = session.walk.place_id if session.walk is not None else 0
    name = read_name(event.text) if isinstance(event, Typed) and node.asks == "name" else node.entry.name
    alike = (
        HouseholdQuery(place_id, text=name, page_size=_MOST_ALIKE) if name and node.asks in ("name", "same") else None
    )
    return VillageNeeds(place_id=place_id, searched=alike)


def back(session: Session, node: HouseholdForm) -> Node:
    """One line back; before the first one, out of it."""
    if node.asks == "same":
        return replace(node, asks="name")
    at = _OF_HOUSEHOLDS.index(node.asks)
    return replace(node, asks=_OF_HOUSEHOLDS[at - 1]) if at else _home(session, node)


def stands(session: Session, node: HouseholdForm, facts: Facts) -> bool:
    """Whether the line, or the hamlet of a new one, is the person's business."""
    if node.subject_id:
        return facts.village.household is not None
    place = facts.village.place
    return place is not None and place.level == "hamlet" and entering.heads(facts, place)


ROOM = Room(draw, press, wants, back, stands, read)
