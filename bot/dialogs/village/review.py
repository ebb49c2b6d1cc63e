"""The village's review: what waits, confirming many, samples, what may want a look."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Moves, Refusal, Step
from bot.dialogs.screens import Choice, Expects, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Node, Session
from bot.dialogs.understanding.sample_size import SampleSize, read_sample_size
from bot.dialogs.village import entering
from bot.dialogs.village.effects import Confirm, DrawSample
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Meeting, Reviewing, ReviewSheet
from bot.dialogs.village.review_facts import ReviewLine, ReviewList
from bot.dialogs.village.review_words import SHEETS_A_PAGE, by_title, line_words, sheet_choices
from bot.dialogs.village.rooms import Room
from bot.dialogs.village.sampling import share_of

_SIZES = (("p-5", SampleSize(5, is_percent=True)), ("p-10", SampleSize(10, is_percent=True)), ("n-10", SampleSize(10)))
_NOTHING = ReviewList()


def draw(session: Session, node: Reviewing, facts: Facts) -> Screen:
    """Draw one of the views."""
    listed = facts.village.review or _NOTHING
    match node.view:
        case "list" | "signals":
            return _draw_list(session, node, listed)
        case "confirm":
            return _draw_confirming(session, node, listed)
        case "sample":
            return _draw_sample(session, node, listed)
        case _:
            return _draw_overview(session, listed)


def _draw_overview(session: Session, listed: ReviewList) -> Screen:
    lines = [Paragraph(say("review.title", place=listed.place, year=str(listed.year)), Tone.HEADING)]
    if listed.lines:
        lines.append(Paragraph(say("review.waiting", count=len(listed.lines))))
        lines.append(Paragraph(stacked(*by_title(listed.lines))))
    else:
        lines.append(Paragraph(say("review.none")))
    if listed.confirmed:
        lines.append(Paragraph(say("review.confirmed", count=listed.confirmed), Tone.QUIET))
    if listed.drawn and listed.sample is not None:
        lines.append(Paragraph(say("review.sample_open", count=len(listed.drawn)), Tone.NOTICE))
    choices = []
    clean, looked_at = _clean(listed), _looked_at(listed)
    if listed.lines:
        choices.append(Choice("list", say("review.see_each")))
    if clean:
        choices.append(Choice("clean", say("review.confirm_clean", count=len(clean))))
    if looked_at:
        choices.append(Choice("signals", say("review.see_signals", count=len(looked_at))))
    if listed.drawn:
        choices.append(Choice("sample", say("review.see_sample")))
    elif listed.eligible:
        choices.append(Choice("sample", say("review.draw_sample")))
    choices.append(Choice("meeting", say("review.meeting")))
    return _screen(session, lines, choices)


def _draw_list(session: Session, node: Reviewing, listed: ReviewList) -> Screen:
    sheets = _sheets(node, listed)
    start = node.page * SHEETS_A_PAGE
    shown = sheets[start : start + SHEETS_A_PAGE]
    title = "review.signals_title" if node.view == "signals" else "review.list_title"
    lines = [Paragraph(say(title, count=len(sheets)), Tone.HEADING)]
    if node.view == "signals":
        lines.append(Paragraph(say("review.signals_mean"), Tone.QUIET))
    if shown:
        lines.append(Paragraph(stacked(*(line_words(n, each) for n, each in enumerate(shown, 1)))))
    else:
        lines.append(Paragraph(say("review.none")))
    return _screen(session, lines, sheet_choices(sheets, node.page))


def _draw_confirming(session: Session, node: Reviewing, listed: ReviewList) -> Screen:
    counted = _still_clean(node, listed)
    lines = [Paragraph(say("review.confirm_question", count=len(counted)), Tone.QUESTION)]
    if counted:
        lines.append(Paragraph(stacked(*by_title(counted))))
    left = len(listed.lines) - len(counted)
    if left:
        lines.append(Paragraph(say("review.confirm_leaves", count=left), Tone.QUIET))
    lines.append(Paragraph(say("review.confirm_means"), Tone.QUIET))
    choices = (Choice("confirm", say("review.confirm_all", count=len(counted))),) if counted else ()
    return _screen(session, lines, (*choices, Choice("not_yet", say("review.not_yet"))))


def _draw_sample(session: Session, node: Reviewing, listed: ReviewList) -> Screen:
    if not listed.drawn or listed.sample is None:
        lines = [
            Paragraph(say("review.sample_question", count=listed.eligible), Tone.QUESTION),
            Paragraph(say("review.sample_hint"), Tone.QUIET),
        ]
        choices = [Choice(id_, _size_words(size)) for id_, size in _SIZES]
        return _screen(session, lines, choices, Expects.NUMBER)
    sample = listed.sample
    start = node.page * SHEETS_A_PAGE
    shown = listed.drawn[start : start + SHEETS_A_PAGE]
    lines = [
        Paragraph(say("review.sample_title", size=sample.size, of=sample.of, done=sample.done), Tone.HEADING),
        Paragraph(stacked(*(line_words(n, each) for n, each in enumerate(shown, 1)))),
        Paragraph(say("review.sample_seed", seed=str(sample.seed), at=sample.drawn_at), Tone.QUIET),
    ]
    return _screen(session, lines, sheet_choices(listed.drawn, node.page))


def _screen(
    session: Session,
    lines: list[Paragraph],
    choices: tuple[Choice, ...] | list[Choice],
    expects: Expects = Expects.CHOICE,
) -> Screen:
    return Screen(session.revision, "review", tuple(lines), tuple(choices), (navigation.BACK, navigation.DESK), expects)


def _size_words(size: SampleSize) -> Say:
    return say("review.sample_percent" if size.is_percent else "review.sample_count", value=size.count)


def _clean(listed: ReviewList) -> tuple[ReviewLine, ...]:
    return tuple(line for line in listed.lines if line.is_clean)


def _looked_at(listed: ReviewList) -> tuple[ReviewLine, ...]:
    return tuple(line for line in listed.lines if not line.is_clean)


def _still_clean(node: Reviewing, listed: ReviewList) -> tuple[ReviewLine, ...]:
    """Of the sheets that were counted, those that are as they were."""
    return tuple(line for line in _clean(listed) if line.assessment_id in node.clean)


def _sheets(node: Reviewing, listed: ReviewList) -> tuple[ReviewLine, ...]:
    match node.view:
        case "signals":
            return _looked_at(listed)
        case "sample":
            return listed.drawn
        case _:
            return listed.lines


def press(moves: Moves, session: Session, node: Reviewing, facts: Facts, choice: str) -> Step | None:
    """Open a view or a sheet, confirm, or draw a sample."""
    listed = facts.village.review or _NOTHING
    here = Reviewing(node.place_id)
    match choice:
        case "list" | "signals" | "sample":
            return moves.lead(session, replace(here, view=choice), facts)
        case "clean":
            counted = tuple(line.assessment_id for line in _clean(listed))
            return moves.lead(session, replace(here, view="confirm", clean=counted), facts)
        case "confirm" if node.view == "confirm":
            return _confirm(moves, session, node, facts, listed)
        case "not_yet":
            return moves.lead(session, here, facts)
        case "meeting":
            return moves.lead(session, Meeting(node.place_id), facts)
        case "more" if (node.page + 1) * SHEETS_A_PAGE < len(_sheets(node, listed)):
            return moves.lead(session, replace(node, page=node.page + 1), facts)
        case "first":
            return moves.lead(session, replace(node, page=0), facts)
        case _:
            pass
    if node.view == "sample" and not listed.drawn:
        size = next((size for id_, size in _SIZES if id_ == choice), None)
        return None if size is None else _draw(moves, session, node, facts, size)
    head, _, digits = choice.partition("-")
    if head == "s" and any(str(each.assessment_id) == digits for each in (*listed.lines, *listed.drawn)):
        return moves.lead(session, ReviewSheet(int(digits)), facts)
    return None


def _confirm(moves: Moves, session: Session, node: Reviewing, facts: Facts, listed: ReviewList) -> Step:
    """Confirm what was counted and is still as it was; whatever changed meanwhile stays in the list."""
    confirmed = tuple(line.assessment_id for line in _still_clean(node, listed))
    here = Reviewing(node.place_id)
    if not confirmed:
        return moves.lead(session, here, facts, notice=say("review.nothing_to_confirm"))
    changed = len(node.clean) - len(confirmed)
    notice = say("review.changed_meanwhile", count=changed) if changed else None
    told = say("told.confirmed", place=listed.place, year=str(listed.year))
    done = say("review.confirmed_now", count=len(confirmed))
    effects = (Confirm(node.place_id, confirmed, told),)
    return moves.lead(session, here, facts, done=done, notice=notice, effects=effects)


def _draw(moves: Moves, session: Session, node: Reviewing, facts: Facts, size: SampleSize) -> Step:
    listed = facts.village.review or _NOTHING
    wanted = share_of(size.count, listed.eligible) if size.is_percent else size.count
    count = min(wanted, listed.eligible)
    if not count:
        return moves.lead(session, Reviewing(node.place_id), facts, notice=say("review.sample_of_none"))
    done = say("review.sample_drawn", count=count, of=listed.eligible)
    effects = (DrawSample(node.place_id, count, facts.fresh_seed),)
    return moves.lead(session, Reviewing(node.place_id, "sample"), facts, done=done, effects=effects)


def read(moves: Moves, session: Session, node: Reviewing, facts: Facts, text: str) -> Step | Refusal:
    """Read how many sheets are to be drawn; everything else is a choice."""
    listed = facts.village.review or _NOTHING
    if node.view != "sample" or listed.drawn:
        return Refusal(say("one_of.not_understood"))
    size = read_sample_size(text)
    return Refusal(say("review.sample_not_understood")) if size is None else _draw(moves, session, node, facts, size)


def wants(session: Session, node: Reviewing, event: Event) -> VillageNeeds:
    """What waits in the hamlet."""
    return VillageNeeds(review=node.place_id)


def back(session: Session, node: Reviewing) -> Node:
    """From a view to the overview, from there to where one came from."""
    return Reviewing(node.place_id) if node.view else entering.home(session)


def stands(session: Session, node: Reviewing, facts: Facts) -> bool:
    """Whether the hamlet is one of the person's."""
    return facts.village.review is not None


ROOM = Room(draw, press, wants, back, stands, read)
