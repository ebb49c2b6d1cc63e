"""What changed since last year: for one household, or for the households of a hamlet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.dialogs import navigation
from bot.dialogs.events import Event
from bot.dialogs.facts import Facts
from bot.dialogs.kinds import answer_words
from bot.dialogs.moves import Moves, Step
from bot.dialogs.screens import Choice, Paragraph, Say, Screen, Tone, say, stacked
from bot.dialogs.session import Desk, Node, Session
from bot.dialogs.village import last_year_village
from bot.dialogs.village.needs import VillageNeeds
from bot.dialogs.village.nodes import Household, LastYear
from bot.dialogs.village.rooms import Room
from bot.dialogs.village.year_facts import ComparedYears, YearResult
from bot.scoring.model import Text
from bot.scoring.sheet import LineState, ScoreLine
from bot.scoring.years import Cause, LineChange, Turnout, YearComparison, worth_of

CHANGES_A_PAGE = 6


def draw(session: Session, node: LastYear, facts: Facts) -> Screen:
    """Draw the comparison of a household, or who gained and lost in a hamlet."""
    if not node.subject_id:
        return last_year_village.draw(session, node, facts)
    years = facts.village.compared
    if years is None:
        return Screen(session.revision, "last_year", (Paragraph(say("village.gone")),), (), (navigation.BACK,))
    name = f"{years.number} {years.name}".strip()
    lines = [Paragraph(say("years.title", name=name), Tone.HEADING), *_results(years)]
    choices: tuple[Choice, ...] = ()
    if years.comparison is not None:
        lines += _told(years, years.comparison, node.page)
        choices = _turning(node, years.comparison)
    return Screen(session.revision, "last_year", tuple(lines), choices, (navigation.BACK, navigation.HELP))


def _results(years: ComparedYears) -> Iterator[Paragraph]:
    """Each year's result, as it is kept."""
    if years.before is None:
        yield Paragraph(say("years.none"))
    if years.after is None:
        yield Paragraph(say("years.none_now"))
    results = [_result(each) for each in (years.before, years.after) if each is not None]
    if results:
        yield Paragraph(stacked(*results))


def _result(result: YearResult) -> Say:
    said = say("years.result", year=str(result.year), verdict=result.verdict)
    if result.total is not None:
        said = say(
            "years.result_points",
            year=str(result.year),
            verdict=result.verdict,
            total=result.total,
            max_total=result.max_total,
        )
    if not result.is_finished:
        return say("years.unfinished", result=said)
    if result.is_recognised:
        return say("years.recognised", result=said)
    return say("years.provisional", result=said) if result.is_provisional else said


def _told(years: ComparedYears, comparison: YearComparison, page: int) -> Iterator[Paragraph]:
    """What became of the title and why; then the answers that changed."""
    if not page:
        verdict = _verdict(comparison)
        if verdict is not None:
            yield Paragraph(verdict)
        if comparison.has_other_rules:
            yield Paragraph(say("years.other_rules"), Tone.NOTICE)
        if years.is_computed_otherwise:
            yield Paragraph(say("years.computed_otherwise"), Tone.NOTICE)
    shown = comparison.changed[page * CHANGES_A_PAGE : (page + 1) * CHANGES_A_PAGE]
    if shown:
        yield Paragraph(stacked(*(_line(each) for each in shown)))
    elif not comparison.changed:
        yield Paragraph(say("years.nothing_changed"))
    if not _has_more(comparison, page):
        rest: list[Say | Text] = []
        if comparison.unchanged and comparison.changed:
            rest.append(say("years.unchanged", count=comparison.unchanged))
        if comparison.open:
            rest.append(say("years.open", count=comparison.open))
        if rest:
            yield Paragraph(stacked(*rest), Tone.QUIET)


def _verdict(comparison: YearComparison) -> Say | None:
    match comparison.turnout, comparison.cause:
        case (Turnout.GAINED | Turnout.LOST) as turnout, Cause.ANSWERS:
            return say(f"years.{turnout}", names=_listed(each.indicator.short for each in comparison.decisive))
        case (Turnout.GAINED | Turnout.LOST) as turnout, cause:
            return say(f"years.{turnout}_by_{cause or Cause.FACTS}")
        case (Turnout.KEPT | Turnout.NEVER) as turnout, _:
            return say(f"years.{turnout}")
        case _:
            return None


def _listed(names: Iterable[Text]) -> Say | Text:
    first, *rest = names
    return say("years.and", first=first, rest=_listed(rest)) if rest else first


def _line(change: LineChange) -> Say:
    """One changed question: '2/2 → 1/2 (10 → 5 điểm)'."""
    short, before, after = change.indicator.short, change.before, change.after
    if before is None:
        return say("years.line_new", short=short, after=_words(after))
    if after is None:
        return say("years.line_gone", short=short, before=_words(before))
    if after.passes_level is not None or before.passes_level is not None:
        return say("years.line", short=short, before=_words(before), after=_words(after))
    return say(
        "years.line_points",
        short=short,
        before=_words(before),
        after=_words(after),
        points_before=worth_of(before),
        points_after=worth_of(after),
    )


def _words(line: ScoreLine | None) -> Say | Text:
    if line is None:
        return say("answer.none")
    match line.state:
        case LineState.NOT_APPLICABLE:
            return say("years.not_asked")
        case LineState.ANSWER_UNFIT:
            return say("answer.unfit")
        case _:
            return answer_words(line.indicator.rule, line.answer)


def _has_more(comparison: YearComparison, page: int) -> bool:
    return (page + 1) * CHANGES_A_PAGE < len(comparison.changed)


def _turning(node: LastYear, comparison: YearComparison) -> tuple[Choice, ...]:
    if _has_more(comparison, node.page):
        return (Choice("more", say("years.more")),)
    return (Choice("first", say("years.from_first")),) if node.page else ()


def press(moves: Moves, session: Session, node: LastYear, facts: Facts, choice: str) -> Step | None:
    """Turn the page, or look into a household."""
    if not node.subject_id:
        return last_year_village.press(moves, session, node, facts, choice)
    years = facts.village.compared
    if years is None or years.comparison is None:
        return None
    if choice not in {each.id for each in _turning(node, years.comparison)}:
        return None
    return moves.lead(session, replace(node, page=node.page + 1 if choice == "more" else 0), facts)


def wants(session: Session, node: LastYear, event: Event) -> VillageNeeds:
    """Say what is to be loaded."""
    return VillageNeeds(earlier_of=node.subject_id) if node.subject_id else VillageNeeds(changes=node.place_id)


def back(session: Session, node: LastYear) -> Node:
    """To where it was opened: the list of the hamlet, the household of the roll, or one's own sheet by the desk."""
    if node.subject_id and node.place_id:
        return LastYear(0, node.place_id, node.view, node.list_page)
    if node.subject_id:
        return Household(node.subject_id) if session.walk is not None else Desk()
    return LastYear(0, node.place_id) if node.view else Desk()


def stands(session: Session, node: LastYear, facts: Facts) -> bool:
    """Whether there is something to compare that is the person's business."""
    return (facts.village.compared if node.subject_id else facts.village.changes) is not None


ROOM = Room(draw, press, wants, back, stands)
