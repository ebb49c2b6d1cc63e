"""What the rooms are told of how far a hamlet is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.dialogs.facts import AssessmentState
from bot.dialogs.places import Place
from bot.dialogs.village.facts import HouseholdState, Progress, Week
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.dialogs.village.progress import NAMES_A_PAGE
from bot.ports.village.watch import Watched, WatchedHousehold
from bot.scoring.model import Text
from bot.services.village.asker import Asker

WEEKS: Final = 12
"""How far back progress is told."""
QUIET_FROM, QUIET_UNTIL = time(20, 30), time(7, 0)
"""Local times between which nobody is reminded."""

_CONFIRMED: Final = (
    AssessmentState.CONFIRMED,
    AssessmentState.APPRAISED,
    AssessmentState.RECOGNISED,
    AssessmentState.NOT_RECOGNISED,
)
_HANDED_IN: Final = (AssessmentState.HANDED_IN, *_CONFIRMED)


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it."""
    if wanted.progress is None:
        return facts
    place_id, page = wanted.progress
    place = await asker.place(place_id)
    return facts if place is None else replace(facts, progress=await progress(asker, place, page))


async def progress(asker: Asker, place: Place, page: int = 0) -> Progress:
    """Count how far the households of a hamlet are. `place`: one that the asker holds as village head."""
    told_at = reminding_at(asker.now, asker.timezone)
    day = told_at.astimezone(asker.timezone).date()
    found = await asker.work.watch.watched(place.id, asker.year, day)
    households = found.households
    missing = [each for each in households if each.is_missing]
    reminded = [each for each in missing if each.is_reminded]
    unreachable = tuple(each.line for each in missing if not each.line.is_reachable)
    counts = Counter(each.line.state for each in households)
    handed_in = [each for each in households if not each.is_missing]
    return Progress(
        counts={state: counts[state] for state in HouseholdState},
        titles=Counter(each.line.title_id or "" for each in handed_in),
        weeks=weeks(households, asker.today, asker.timezone),
        target=found.target,
        missing=tuple(each.line for each in missing[page * NAMES_A_PAGE : (page + 1) * NAMES_A_PAGE]),
        missing_total=len(missing),
        nudgeable=sum(each.line.is_reachable and not each.is_reminded for each in missing),
        nudged_today=len(reminded),
        unreachable=unreachable,
        place_id=place.id,
        place=place.name,
        year=asker.year,
        handed_in=len(handed_in),
        title_names=_title_names(asker, found),
        remind_at=told_at if told_at > asker.now else None,
        remind_on=day,
        code=await _code(asker, unreachable[page].subject_id) if page < len(unreachable) else "",
    )


def reminding_at(now: datetime, timezone: ZoneInfo) -> datetime:
    """Return when a reminder of now is told: at once, or in the morning if it is night.

    Args:
        now: aware.
    """
    local = now.astimezone(timezone)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return now
    day = local.date() if local.time() < QUIET_UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, QUIET_UNTIL, timezone).astimezone(now.tzinfo)


def weeks(households: Sequence[WatchedHousehold], today: date, timezone: ZoneInfo) -> tuple[Week, ...]:
    """Return running totals at the end of each of the last weeks of seven days, the last of which ends today.

    A household that takes its sheet back, or has it returned, counts as handed in no more until it hands in again.
    """
    ends = [today - timedelta(days=7 * back) for back in reversed(range(WEEKS))]
    return tuple(_week(households, end, timezone) for end in ends)


def _week(households: Sequence[WatchedHousehold], ends: date, timezone: ZoneInfo) -> Week:
    after = datetime.combine(ends + timedelta(days=1), time(), timezone)
    states = [_state_before(each, after) for each in households]
    return Week(
        ends=ends,
        answered=sum(each.answered_at is not None and each.answered_at < after for each in households),
        handed_in=sum(state in _HANDED_IN for state in states),
        confirmed=sum(state in _CONFIRMED for state in states),
    )


def _state_before(household: WatchedHousehold, moment: datetime) -> AssessmentState | None:
    moves = [state for at, state in household.moves if at < moment]
    return moves[-1] if moves else None


def _title_names(asker: Asker, found: Watched) -> tuple[tuple[str, Text], ...]:
    """Name every title that the sheets could have, the highest first; of the newest version where names changed."""
    names: dict[str, Text] = {}
    sets = {(each.set_id, each.set_version) for each in found.households if each.set_id and each.set_version}
    for set_id, version in sorted(sets, reverse=True):
        criteria = asker.book.find(set_id, version)
        for title in criteria.titles if criteria is not None else ():
            names.setdefault(title.id, title.name)
    return tuple(names.items())


async def _code(asker: Asker, subject_id: int) -> str:
    serial = await asker.work.watch.serial(subject_id, asker.now)
    return "" if serial is None else asker.ids.household_code(subject_id, serial)
