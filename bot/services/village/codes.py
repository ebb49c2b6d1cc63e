"""Codes of households: which ones a turn gives out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.dialogs.facts import Facts
from bot.dialogs.village.effects import IssueHouseholdCodes
from bot.ports import HouseholdCode, Turn
from bot.services.village.asker import Asker

GOOD_FOR = timedelta(days=60)
"""How long a card of a year works in the next one."""


async def with_codes(asker: Asker, turn: Turn, facts: Facts) -> Turn:
    """Add the codes that are to be given out."""
    codes: list[HouseholdCode] = []
    for effect in turn.effects:
        match effect:
            case IssueHouseholdCodes(subject_ids, renew, place_id):
                below = await asker.work.invitations.households(place_id) if place_id else ()
                codes += await _fresh(asker, (*subject_ids, *below), renew=renew)
            case _:
                pass
    return replace(turn, household_codes=tuple(codes)) if codes else turn


def expiry(year: int, timezone: ZoneInfo) -> datetime:
    """When the codes of a year's cards end: 60 days into the next one."""
    return datetime.combine(date(year, 12, 31) + GOOD_FOR + timedelta(days=1), time(), timezone)


async def _fresh(asker: Asker, subject_ids: Sequence[int], *, renew: bool) -> list[HouseholdCode]:
    """Codes for households without one that works; of all of them where they are renewed."""
    known = await asker.work.invitations.serials(subject_ids, asker.now)
    fresh = []
    for subject_id in dict.fromkeys(subject_ids):
        before = known.get(subject_id)
        if before is not None and before.working and not renew:
            continue
        serial = before.newest + 1 if before is not None else 1
        code = asker.ids.household_code(subject_id, serial)
        fresh.append(HouseholdCode(subject_id, serial, code, expiry(asker.year, asker.timezone)))
    return fresh
