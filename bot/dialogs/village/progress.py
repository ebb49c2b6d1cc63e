"""How far the village is, whose answers are missing, and whom to remind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from bot.dialogs import navigation
from bot.dialogs.effects import DocumentKind, Effect, SendDocument
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Layout, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.understanding.percent import read_percent
from bot.dialogs.village import entering, forwarding
from bot.dialogs.village.effects import Nudge, SetTarget
from bot.dialogs.village.facts import HouseholdState, Progress
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, Households, ProgressBoard, Walk
from bot.dialogs.village.rooms import Room

TARGETS = (60, 70, 80, 90, 100)
"""Percentages that can be tapped; any other can be typed."""
NAMES_A_PAGE = 6


def draw(session: Session, node: ProgressBoard, facts: Facts) -> Screen:
    """Say how far it is, or list the names, or ask for the target."""
    progress = facts.village.progress
    if progress is None:
        return Screen(session.revision, "progress", (Paragraph(say("village.gone")),), (), (navigation.BACK,))
    if not progress.households:
        return _draw_empty(session)
    match node.view:
        case "missing":
            return _draw_missing(session, node, progress)
        case "forward":
            return forwarding.draw(session, node.page, progress, facts)
        case "target":
            return _draw_target(session, progress)
        case _:
            return _draw_board(session, progress)


def press(moves: Moves, session: Session, node: ProgressBoard, facts: Facts, choice: str) -> Step | None:
    """Take a choice."""
    progress = facts.village.progress
    if choice == "households":
        return moves.lead(replace(session, walk=session.walk or Walk(node.place_id)), Households(), facts)
    if progress is None or not progress.households:
        return None
    match node.view:
        case "missing":
            return _press_missing(moves, session, node, facts, progress, choice)
        case "forward":
            return _press_forward(moves, session, node, facts, progress, choice)
        case "target":
            is_offered = choice in {f"n-{percent}" for percent in TARGETS}
            percent = int(choice.removeprefix("n-")) if is_offered else 0
            return _set_target(moves, session, node, facts, progress, percent) if percent else None
        case _:
            return _press_board(moves, session, node, facts, progress, choice)


def _press_board(
    moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress, choice: str
) -> Step | None:
    match choice:
        case "picture":
            picture = SendDocument(DocumentKind.PROGRESS, str(progress.place_id))
            return moves.lead(session, node, facts, done=say("progress.picture_comes"), effects=(picture,))
        case "missing" | "target":
            return moves.lead(session, replace(node, view=choice, page=0), facts)
        case "nudge":
            return _nudge(moves, session, node, facts, progress)
        case "forward":
            return _forward(moves, session, node, facts, progress, 0)
        case _:
            return None


def _press_missing(
    moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress, choice: str
) -> Step | None:
    turned = {"more": node.page + 1, "first": 0}.get(choice)
    if turned is not None:
        return moves.lead(session, replace(node, page=turned), facts)
    chosen = next((line for line in progress.missing if f"h-{line.subject_id}" == choice), None)
    if chosen is None:
        return None
    walking = replace(session, walk=session.walk or Walk(progress.place_id))
    return moves.lead(walking, Household(chosen.subject_id), facts)


def _press_forward(
    moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress, choice: str
) -> Step | None:
    turned = {"more": node.page + 1, "first": 0}.get(choice)
    if turned is not None:
        return _forward(moves, session, node, facts, progress, turned)
    if choice != "card" or node.page >= len(progress.unreachable):
        return None
    card = SendDocument(DocumentKind.INVITE_CARD, str(progress.unreachable[node.page].subject_id))
    return moves.lead(session, node, facts, done=say("progress.card_comes"), effects=(card,))


def read(moves: Moves, session: Session, node: ProgressBoard, facts: Facts, text: str) -> Step | Refusal:
    """Read the target; elsewhere there is nothing to type but choices."""
    progress = facts.village.progress
    if node.view != "target" or progress is None or not progress.households:
        return Refusal(say("one_of.not_understood"))
    percent = read_percent(text)
    if percent is None:
        return Refusal(say("progress.target_not_understood"))
    if not 1 <= percent <= Decimal(100):
        return Refusal(say("progress.target_out_of_range"), is_final=True)
    return _set_target(moves, session, node, facts, progress, int(percent))


def wants(session: Session, node: ProgressBoard, event: Event) -> VillageNeeds:
    """Say what is to be loaded."""
    return VillageNeeds(progress=(node.place_id, node.page))


def back(session: Session, node: ProgressBoard) -> Node:
    """Out of a list to the overview, from there to the desk."""
    return ProgressBoard(node.place_id) if node.view else Desk()


def stands(session: Session, node: ProgressBoard, facts: Facts) -> bool:
    """Whether the person is village head at all; of whose hamlet is not theirs nothing is loaded."""
    return bool(entering.headed(facts))


def _nudge(moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress) -> Step | None:
    """Remind everybody at once, or in the morning."""
    if not progress.nudgeable:
        return None
    told = say("nudge.told", place=progress.place, year=str(progress.year))
    nudge = Nudge(progress.place_id, progress.remind_at or facts.now, told, progress.remind_on)
    done = say("nudge.done", count=progress.nudgeable)
    if progress.remind_at is not None and progress.remind_on is not None:
        done = say("nudge.in_the_morning", count=progress.nudgeable, day=progress.remind_on)
    return moves.lead(session, node, facts, done=done, effects=(nudge,))


def _forward(
    moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress, page: int
) -> Step | None:
    """Show the message of another household that no channel can write to; its code is given out now."""
    if page >= len(progress.unreachable):
        return None
    effects: tuple[Effect, ...] = (forwarding.code_for(progress.unreachable[page]),)
    return moves.lead(session, replace(node, view="forward", page=page), facts, effects=effects)


def _set_target(
    moves: Moves, session: Session, node: ProgressBoard, facts: Facts, progress: Progress, percent: int
) -> Step:
    overview = replace(node, view="", page=0)
    effect = SetTarget(progress.place_id, percent)
    return moves.lead(session, overview, facts, done=say("progress.target_set", percent=percent), effects=(effect,))


def _draw_empty(session: Session) -> Screen:
    return Screen(
        session.revision,
        "progress",
        (Paragraph(say("progress.empty")),),
        (Choice("households", say("desk.households")),),
        (navigation.BACK, navigation.HELP),
    )


def _draw_board(session: Session, progress: Progress) -> Screen:
    counted = say(
        "progress.counted", handed_in=progress.handed_in, households=progress.households, confirmed=progress.confirmed
    )
    lines = [
        Paragraph(say("progress.title", place=progress.place, year=str(progress.year)), Tone.HEADING),
        Paragraph(counted),
        Paragraph(stacked(*_states(progress))),
    ]
    if progress.handed_in:
        lines.append(Paragraph(stacked(*_titles(progress))))
    lines.append(Paragraph(_target(progress)))
    lines.extend(Paragraph(note, Tone.QUIET) for note in _notes(progress))
    return Screen(
        session.revision,
        "progress",
        tuple(lines),
        tuple(_offers(progress)),
        (navigation.BACK, navigation.HELP),
    )


def _states(progress: Progress) -> Iterator[Say]:
    for state in HouseholdState:
        count = progress.counts.get(state, 0)
        if count:
            yield say(f"progress.state.{state}", count=count)


def _titles(progress: Progress) -> Iterator[Say]:
    for title_id, name in progress.title_names:
        if progress.titles.get(title_id):
            yield say("progress.with_title", count=progress.titles[title_id], title=name)
    if progress.titles.get(""):
        yield say("progress.without_title", count=progress.titles[""])


def _target(progress: Progress) -> Say:
    if progress.target is None or progress.wanted is None:
        return say("progress.no_target")
    short = progress.wanted - progress.titled
    if short > 0:
        return say("progress.target_short", count=short, percent=progress.target, wanted=progress.wanted)
    return say("progress.target_reached", percent=progress.target, wanted=progress.wanted)


def _notes(progress: Progress) -> Iterator[Say]:
    if len(progress.weeks) > 1:
        more = progress.weeks[-1].handed_in - progress.weeks[-2].handed_in
        if more > 0:
            yield say("progress.this_week", count=more)
    if progress.nudged_today:
        yield say("nudge.already", count=progress.nudged_today)


def _offers(progress: Progress) -> Iterator[Choice]:
    yield Choice("picture", say("progress.picture"))
    if progress.missing_total:
        yield Choice("missing", say("progress.missing", count=progress.missing_total))
    if progress.nudgeable:
        yield Choice("nudge", say("nudge.offer", count=progress.nudgeable))
    if progress.unreachable:
        yield Choice("forward", say("forward.offer", count=len(progress.unreachable)))
    yield Choice("target", say("progress.set_target" if progress.target is None else "progress.change_target"))


def _draw_missing(session: Session, node: ProgressBoard, progress: Progress) -> Screen:
    """Name who has not handed in, and say who can be written to."""
    reachable = progress.missing_total - len(progress.unreachable)
    lines = [
        Paragraph(say("progress.missing_title", count=progress.missing_total), Tone.HEADING),
        Paragraph(say("progress.missing_reach", reachable=reachable, unreachable=len(progress.unreachable))),
    ]
    choices = tuple(
        Choice(
            f"h-{line.subject_id}",
            say("progress.name.reachable" if line.is_reachable else "progress.name.unreachable", name=line.name),
        )
        for line in progress.missing
    )
    around: tuple[Choice, ...] = (navigation.BACK,)
    if (node.page + 1) * NAMES_A_PAGE < progress.missing_total:
        around = (Choice("more", say("register.hamlet_more")), *around)
    elif node.page:
        around = (Choice("first", say("register.hamlet_first")), *around)
    return Screen(session.revision, "progress", tuple(lines), choices, around)


def _draw_target(session: Session, progress: Progress) -> Screen:
    lines = (
        Paragraph(say("progress.target_question", year=str(progress.year)), Tone.QUESTION),
        Paragraph(say("progress.target_hint", count=progress.households), Tone.QUIET),
    )
    choices = tuple(Choice(f"n-{percent}", say("progress.percent", percent=percent)) for percent in TARGETS)
    return Screen(
        session.revision, "progress", lines, choices, (navigation.BACK,), Expects.NUMBER, layout=Layout.KEYPAD
    )


ROOM = Room(draw, press, wants, back, stands, read)
