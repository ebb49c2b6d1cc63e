"""A household moved away, moves to another hamlet, or is the same as another line of the roll."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event, Typed
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.placing import FROM_FIRST, LONGEST_QUERY, MORE, found_by, is_place, list_word, place_id_of
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding import read_command
from bot.dialogs.understanding.phone import spaced
from bot.dialogs.village import entering
from bot.dialogs.village.effects import LeaveRoll, MergeHouseholds, MoveHousehold
from bot.dialogs.village.facts import HouseholdDetail, HouseholdPage, HouseholdQuery
from bot.dialogs.village.finding import called, is_place_on, labelled, sought, state_of, subject_id_of
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, LeavingRoll
from bot.dialogs.village.rooms import Room
from bot.dialogs.village.visiting import home
from bot.scoring.model import SubjectKind

_AROUND = (navigation.BACK, navigation.HELP)


def draw(session: Session, node: LeavingRoll, facts: Facts) -> Screen:
    """Ask what happened, then to which hamlet, or with whom it is one."""
    detail = facts.village.household
    if detail is None:
        return Screen(session.revision, "leaving", (), (), (navigation.BACK,))
    match node.how:
        case "hamlet":
            return _draw_hamlets(session, node, detail, facts)
        case "merge" if facts.village.target is not None:
            return _draw_both(session, detail, facts.village.target)
        case "merge":
            return _draw_others(session, node, detail, facts.village.searched or HouseholdPage())
        case _:
            return _draw_ways(session, detail, facts)


def _draw_ways(session: Session, detail: HouseholdDetail, facts: Facts) -> Screen:
    lines = (
        Paragraph(say("roll.leaving.question", name=called(detail.line)), Tone.QUESTION),
        Paragraph(say("roll.leaving.kept"), Tone.QUIET),
    )
    ways = [Choice("away", say("roll.leaving.away"))]
    if _has_other_hamlets(facts):
        ways.append(Choice("hamlet", say("roll.leaving.hamlet")))
    ways.append(Choice("merge", say("roll.leaving.merge")))
    return Screen(session.revision, "leaving", lines, tuple(ways), _AROUND)


def _draw_hamlets(session: Session, node: LeavingRoll, detail: HouseholdDetail, facts: Facts) -> Screen:
    page = facts.village.hamlets
    places = page.places if page is not None else ()
    choices = tuple(
        Choice(f"h-{place.id}", say("register.hamlet_choice", name=place.name, within=place.within))
        for place in places
        if place.id != detail.place_id
    )
    lines = [Paragraph(say("roll.leaving.which_hamlet", name=called(detail.line)), Tone.QUESTION)]
    if node.query and not choices:
        lines.append(Paragraph(say("place.none", query=node.query), Tone.NOTICE))
    lines.append(Paragraph(say("place.hint"), Tone.QUIET))
    turning = _turning(node, has_more=page is not None and page.has_more)
    return Screen(session.revision, "leaving_hamlet", tuple(lines), choices, turning + _AROUND)


def _draw_others(session: Session, node: LeavingRoll, detail: HouseholdDetail, page: HouseholdPage) -> Screen:
    lines = [Paragraph(say("roll.leaving.which_line", name=called(detail.line)), Tone.QUESTION)]
    if node.query:
        lines.append(Paragraph(say("roll.found", query=node.query, count=page.total)))
    elif not page.total:
        lines.append(Paragraph(say("roll.leaving.alone"), Tone.NOTICE))
    lines.append(Paragraph(say("roll.hint"), Tone.QUIET))
    choices = tuple(Choice(f"s-{line.subject_id}", labelled(line)) for line in page.lines)
    shown = (node.page + 1) * HouseholdQuery(0).page_size
    turning = _turning(node, has_more=shown < page.total)
    return Screen(session.revision, "leaving_merge", tuple(lines), choices, turning + _AROUND)


def _draw_both(session: Session, gone: HouseholdDetail, kept: HouseholdDetail) -> Screen:
    """Show both lines beside each other, and ask which name stays."""
    lines = (
        Paragraph(say("roll.leaving.same"), Tone.QUESTION),
        Paragraph(stacked(*_described(gone))),
        Paragraph(stacked(*_described(kept))),
        Paragraph(say("roll.leaving.merging"), Tone.QUIET),
    )
    choices = (
        Choice("keep-other", say("roll.leaving.keep", name=_named(kept))),
        Choice("keep-this", say("roll.leaving.keep", name=_named(gone))),
        Choice("not-same", say("roll.leaving.not_same")),
    )
    return Screen(session.revision, "leaving_both", lines, choices, _AROUND)


def _named(detail: HouseholdDetail) -> Say:
    if detail.line.number:
        return say("roll.household.title", number=detail.line.number, name=called(detail.line))
    return say("roll.household.title_alone", name=called(detail.line))


def _described(detail: HouseholdDetail) -> list[Say]:
    entry = detail.entry
    described = [_named(detail)]
    if entry.group:
        described.append(say("roll.household.group", group=entry.group))
    if entry.phone:
        described.append(say("roll.household.phone", phone=spaced(entry.phone)))
    if detail.members:
        described.append(say("roll.household.members", count=detail.members))
    state = state_of(detail.line)
    described.append(say("roll.household.state", state=state))
    if detail.answered:
        described.append(say("roll.household.answered", answered=detail.answered, questions=detail.questions))
    return described


def _turning(node: LeavingRoll, *, has_more: bool) -> tuple[Choice, ...]:
    turning: tuple[Choice, ...] = (Choice(MORE, say("roll.more")),) if has_more else ()
    return (*turning, Choice(FROM_FIRST, say("roll.first"))) if node.page or node.query else turning


def _has_other_hamlets(facts: Facts) -> bool:
    places = entering.headed(facts)
    return len(places) > 1 or any(place.level != "hamlet" for place in places)


def press(moves: Moves, session: Session, node: LeavingRoll, facts: Facts, choice: str) -> Step | None:
    """Do what was chosen; who moved away comes back with one tap."""
    detail = facts.village.household
    if detail is None or all(choice != c.id for c in _offered(session, node, facts)):
        return None
    match choice:
        case "away":
            done = say("roll.leaving.gone", name=called(detail.line))
            effect = LeaveRoll(node.subject_id, facts.today)
            return moves.lead(session, Household(node.subject_id), facts, done=done, effects=(effect,))
        case "hamlet" | "merge":
            return moves.lead(session, LeavingRoll(node.subject_id, choice), facts)
        case "more":
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, replace(node, page=0, query=""), facts)
        case "not-same":
            return moves.lead(session, replace(node, target_id=0), facts)
        case "keep-other" | "keep-this":
            return _merge(moves, session, node, facts, keeps_this=choice == "keep-this")
        case _:
            place_id = place_id_of(choice)
            if place_id is not None:
                return _move(moves, session, node, facts, place_id)
            return moves.lead(session, replace(node, target_id=subject_id_of(choice)), facts)


def _offered(session: Session, node: LeavingRoll, facts: Facts) -> tuple[Choice, ...]:
    screen = draw(session, node, facts)
    return screen.choices + screen.navigation


def _move(moves: Moves, session: Session, node: LeavingRoll, facts: Facts, place_id: int) -> Step:
    known = (facts.village.hamlets, facts.village.found_hamlets)
    places = [place for page in known if page is not None for place in page.places]
    name = next((place.name for place in places if place.id == place_id), "")
    done = say("roll.leaving.moved", place=name)
    effect = MoveHousehold(node.subject_id, place_id)
    return moves.lead(session, home(session), facts, done=done, effects=(effect,))


def _merge(moves: Moves, session: Session, node: LeavingRoll, facts: Facts, *, keeps_this: bool) -> Step:
    kept, gone = node.target_id, node.subject_id
    if keeps_this:
        kept, gone = gone, kept
    effect = MergeHouseholds(kept, gone)
    return moves.lead(session, Household(kept), facts, done=say("roll.leaving.merged"), effects=(effect,))


def read(moves: Moves, session: Session, node: LeavingRoll, facts: Facts, text: str) -> Step | Refusal:
    """Read letters of a hamlet, or of the other line."""
    turning = list_word(text)
    if turning in (MORE, FROM_FIRST):
        return press(moves, session, node, facts, turning) or Refusal(say("roll.no_more"), is_final=True)
    if read_command(text) is not None:
        return Refusal(say("one_of.not_understood"))
    match node.how:
        case "hamlet":
            found = facts.village.found_hamlets
            if found is None:
                return Refusal(say("place.not_understood"))
            only = found_by(text, found)
            if only is not None and facts.village.household is not None:
                is_other = only.id != facts.village.household.place_id
                return _move(moves, session, node, facts, only.id) if is_other else Refusal(say("roll.leaving.is_here"))
            return moves.lead(session, replace(node, query=text.strip(), page=0), facts)
        case "merge" if facts.village.target is None:
            letters = sought(text)
            if letters is None or is_place_on(draw(session, node, facts), text):
                return Refusal(say("roll.not_understood"))
            return moves.lead(session, replace(node, query=letters, page=0), facts)
        case _:
            return Refusal(say("one_of.not_understood"))


def wants(session: Session, node: LeavingRoll, event: Event) -> VillageNeeds:
    """Load the household, and hamlets or other lines to choose from."""
    wanted = VillageNeeds(household=node.subject_id)
    match node.how:
        case "hamlet":
            text = event.text.strip() if isinstance(event, Typed) else ""
            is_sought = 0 < len(text) <= LONGEST_QUERY and not is_place(text) and not text.startswith("/")
            return replace(wanted, hamlets=(node.query, node.page), found_hamlets=(text, 0) if is_sought else None)
        case "merge" if node.target_id:
            return replace(wanted, target=node.target_id)
        case "merge":
            place_id = session.walk.place_id if session.walk is not None else 0
            kind = session.walk.kind if session.walk is not None else SubjectKind.HOUSEHOLD
            query = HouseholdQuery(place_id, kind, text=node.query, page=node.page, but=node.subject_id)
            return replace(wanted, searched=query)
        case _:
            return wanted


def back(session: Session, node: LeavingRoll) -> Node:
    """One step back."""
    if node.target_id:
        return replace(node, target_id=0)
    return LeavingRoll(node.subject_id) if node.how else Household(node.subject_id)


def stands(session: Session, node: LeavingRoll, facts: Facts) -> bool:
    """Whether it is there, of the person's hamlet, and on the roll."""
    detail = facts.village.household
    has_target = not node.target_id or facts.village.target is not None
    return detail is not None and detail.moved_on is None and has_target


ROOM = Room(draw, press, wants, back, stands, read)
