"""The village meeting: recorded field by field, then its minutes as a draft."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Final

from bot.dialogs import navigation
from bot.dialogs.effects import DocumentKind, SendDocument
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding import read_day, read_number
from bot.dialogs.village.effects import RecordMeeting
from bot.dialogs.village.facts import MeetingRecord
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Meeting, Reviewing
from bot.dialogs.village.review_facts import ReviewList
from bot.dialogs.village.review_words import by_title
from bot.dialogs.village.rooms import Room

MOST: Final = 5000
"""People at a meeting of a hamlet."""

_ASKED: Final = ("day", "present", "in_favour", "against", "check")
"""In this order; then it is recorded."""
_COUNTED: Final = ("present", "in_favour", "against")


def draw(session: Session, node: Meeting, facts: Facts) -> Screen:
    """Ask for the next field, or show what is on record."""
    listed = facts.village.review or ReviewList()
    lines = [Paragraph(say("meeting.title", place=listed.place, year=str(listed.year)), Tone.HEADING)]
    known = _known(node)
    if known:
        lines.append(Paragraph(stacked(*known), Tone.QUIET))
    match node.asks:
        case "done":
            return _draw_done(session, lines, facts)
        case "check":
            lines.append(Paragraph(say("meeting.check"), Tone.QUESTION))
            choices = (Choice("record", say("meeting.record")), Choice("again", say("meeting.again")))
            return _screen(session, lines, choices)
        case "day":
            return _draw_day(session, lines, listed, facts)
        case field:
            lines.append(Paragraph(say(f"meeting.{field}"), Tone.QUESTION))
            lines.append(Paragraph(say("meeting.number_hint"), Tone.QUIET))
            return _screen(session, lines, _offered(node), Expects.NUMBER)


def _draw_day(session: Session, lines: list[Paragraph], listed: ReviewList, facts: Facts) -> Screen:
    choices = [Choice("today", say("meeting.today", day=facts.today))]
    if facts.village.meeting is not None:
        lines.append(Paragraph(say("meeting.newest", day=facts.village.meeting.day), Tone.QUIET))
        choices.append(Choice("minutes", say("meeting.get_minutes")))
    if listed.lines:
        lines.append(Paragraph(say("meeting.still_waiting", count=len(listed.lines)), Tone.QUIET))
        lines.append(Paragraph(stacked(*by_title(listed.lines)), Tone.QUIET))
    lines.append(Paragraph(say("meeting.day"), Tone.QUESTION))
    lines.append(Paragraph(say("meeting.day_hint"), Tone.QUIET))
    return _screen(session, lines, tuple(choices), Expects.TEXT)


def _draw_done(session: Session, lines: list[Paragraph], facts: Facts) -> Screen:
    meeting = facts.village.meeting
    if meeting is None:
        lines.append(Paragraph(say("meeting.none")))
        return _screen(session, lines, (Choice("again", say("meeting.another")),))
    lines.append(Paragraph(stacked(*_record(meeting))))
    lines.append(Paragraph(say("meeting.minutes_mean"), Tone.QUIET))
    choices = (
        Choice("minutes", say("meeting.get_minutes")),
        Choice("review", say("meeting.to_review")),
        Choice("again", say("meeting.another")),
    )
    return _screen(session, lines, choices)


def _screen(
    session: Session, lines: list[Paragraph], choices: tuple[Choice, ...], expects: Expects = Expects.CHOICE
) -> Screen:
    around = (navigation.BACK, navigation.DESK)
    return Screen(session.revision, "meeting", tuple(lines), choices, around, expects)


def _known(node: Meeting) -> tuple[Say, ...]:
    """What was said so far."""
    said = (("day", node.day), ("present", node.present), ("in_favour", node.in_favour), ("against", node.against))
    return tuple(say(f"meeting.said.{name}", value=value) for name, value in said if value is not None)


def _record(meeting: MeetingRecord) -> tuple[Say, ...]:
    abstained = meeting.present - meeting.in_favour - meeting.against
    lines = (
        say("meeting.said.day", value=meeting.day),
        say("meeting.said.present", value=meeting.present),
        say("meeting.said.in_favour", value=meeting.in_favour),
        say("meeting.said.against", value=meeting.against),
    )
    return (*lines, say("meeting.said.abstained", value=abstained)) if abstained else lines


def _offered(node: Meeting) -> tuple[Choice, ...]:
    """What most meetings end with: everybody for it, nobody against."""
    match node.asks:
        case "in_favour":
            return (Choice("all", say("meeting.everybody", value=node.present or 0)),)
        case "against":
            return (Choice("rest", say("meeting.nobody")),)
        case _:
            return ()


def press(moves: Moves, session: Session, node: Meeting, facts: Facts, choice: str) -> Step | None:
    """Take a choice."""
    match choice:
        case "today" if node.asks == "day":
            return _take_day(moves, session, node, facts, facts.today)
        case "all" if node.asks == "in_favour":
            return _take_count(moves, session, node, facts, node.present or 0)
        case "rest" if node.asks == "against":
            return _take_count(moves, session, node, facts, 0)
        case "record" if node.asks == "check":
            return _keep(moves, session, node, facts)
        case "again":
            return moves.lead(session, Meeting(node.place_id), facts)
        case "review":
            return moves.lead(session, Reviewing(node.place_id), facts)
        case "minutes" if facts.village.meeting is not None:
            sending = SendDocument(DocumentKind.MINUTES, of=str(facts.village.meeting.id))
            return moves.lead(session, node, facts, done=say("document.coming"), effects=(sending,))
        case _:
            return None


def read(moves: Moves, session: Session, node: Meeting, facts: Facts, text: str) -> Step | Refusal:
    """Read a day or a number."""
    if node.asks == "day":
        day = read_day(text, facts.today)
        if day is None:
            return Refusal(say("meeting.day_not_understood"))
        if day > facts.today:
            return Refusal(say("meeting.day_ahead", day=day), is_final=True)
        if day.year != facts.today.year:
            return Refusal(say("meeting.other_year", year=str(facts.today.year)), is_final=True)
        return _take_day(moves, session, node, facts, day)
    if node.asks not in _COUNTED:
        return Refusal(say("one_of.not_understood"))
    number = read_number(text)
    if number is None:
        return Refusal(say("meeting.number_hint"))
    why = _refused(node, int(number))
    return _take_count(moves, session, node, facts, int(number)) if why is None else Refusal(why, is_final=True)


def _refused(node: Meeting, number: int) -> Say | None:
    """Why a number cannot be: more votes than people."""
    if node.asks == "present":
        return None if 1 <= number <= MOST else say("meeting.out_of_range", most=MOST)
    left = (node.present or 0) - ((node.in_favour or 0) if node.asks == "against" else 0)
    return None if 0 <= number <= left else say("meeting.too_many", number=number, left=left)


def _take_day(moves: Moves, session: Session, node: Meeting, facts: Facts, day: date) -> Step:
    return moves.lead(session, replace(node, asks="present", day=day), facts)


def _take_count(moves: Moves, session: Session, node: Meeting, facts: Facts, number: int) -> Step:
    following = _ASKED[_ASKED.index(node.asks) + 1]
    match node.asks:
        case "present":
            taken = replace(node, present=number)
        case "in_favour":
            taken = replace(node, in_favour=number)
        case _:
            taken = replace(node, against=number)
    return moves.lead(session, replace(taken, asks=following), facts)


def _keep(moves: Moves, session: Session, node: Meeting, facts: Facts) -> Step:
    if node.day is None or node.present is None or node.in_favour is None or node.against is None:
        return moves.lead(session, Meeting(node.place_id), facts)
    effect = RecordMeeting(node.place_id, node.day, node.present, node.in_favour, node.against)
    done = say("meeting.recorded")
    return moves.lead(session, Meeting(node.place_id, asks="done"), facts, done=done, effects=(effect,))


def wants(session: Session, node: Meeting, event: Event) -> VillageNeeds:
    """What waits in the hamlet, and its newest meeting."""
    return VillageNeeds(review=node.place_id, meeting=node.place_id)


def back(session: Session, node: Meeting) -> Node:
    """To the question before; from the first one to the review."""
    at = _ASKED.index(node.asks) if node.asks in _ASKED else 0
    if not at:
        return Reviewing(node.place_id)
    earlier = Meeting(node.place_id, asks=_ASKED[at - 1])
    match earlier.asks:
        case "day":
            return earlier
        case "present":
            return replace(earlier, day=node.day)
        case "in_favour":
            return replace(earlier, day=node.day, present=node.present)
        case _:
            return replace(earlier, day=node.day, present=node.present, in_favour=node.in_favour)


def stands(session: Session, node: Meeting, facts: Facts) -> bool:
    """Whether the hamlet is one of the person's."""
    return facts.village.review is not None


ROOM = Room(draw, press, wants, back, stands, read)
