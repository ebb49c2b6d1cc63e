"""Looking after an installation: places, invites, parked updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.ports import Clock, Ids, Parked, PlaceRecord, Storage

INVITE_CODE_LENGTH = 8
LEVEL_ABOVE = {"province": None, "commune": "province", "hamlet": "commune"}
"""Levels of a place since 1 July 2025, each with the one it lies in."""

LONGEST_NAME = 120


class AdministerError(Exception):
    """What was asked for cannot be done; the message says why and how to mend it."""


@dataclass(frozen=True, slots=True)
class Invite:
    """A fresh invite; the code is shown this once, only its hash is kept."""

    code: str
    place: PlaceRecord


async def add_place(storage: Storage, level: str, name: str, within: int | None, today: date) -> PlaceRecord:
    """Add a place below another. Raises: AdministerError."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise AdministerError(f"A place needs a name of 1 to {LONGEST_NAME} characters.")
    above = LEVEL_ABOVE[level]
    async with storage.work() as work:
        places = {place.id: place for place in await work.records.places()}
        if above is None and within is not None:
            raise AdministerError(f"A {level} lies within no other place; leave out --within.")
        if above is not None and (within not in places or places[within].level != above):
            fitting = ", ".join(f"{p.id} {p.name}" for p in places.values() if p.level == above) or "none yet"
            raise AdministerError(f"A {level} lies within a {above}; name one with --within ID: {fitting}.")
        if any(p.parent_id == within and p.level == level and p.name == name for p in places.values()):
            raise AdministerError(f"There is a {level} called {name} there already.")
        return await work.records.add_place(within, level, name, today)


async def close_place(storage: Storage, place_id: int, today: date) -> tuple[PlaceRecord, ...]:
    """End a place and everything below it from today on, such as the sample; returns them. Raises: AdministerError."""
    async with storage.work() as work:
        tree = await work.records.places()
        closed: dict[int, PlaceRecord] = {}
        for place in tree:
            if place.id == place_id or place.parent_id in closed:
                closed[place.id] = place
        if not closed:
            raise AdministerError(f"There is no place with id {place_id}; `hoctap admin places` lists them.")
        await work.records.close_places(tuple(closed), today - timedelta(days=1))
    return tuple(closed.values())


async def invite(storage: Storage, clock: Clock, ids: Ids, hamlet_id: int, days: int, uses: int) -> Invite:
    """Make an invite code that leads families to a hamlet. Raises: AdministerError."""
    if not 1 <= days <= 3660 or not 1 <= uses <= 1_000_000:
        raise AdministerError("An invite works for 1 to 3660 days and 1 to 1000000 families.")
    code, now = ids.code(INVITE_CODE_LENGTH), clock.now()
    async with storage.work() as work:
        places = {place.id: place for place in await work.records.places()}
        place = places.get(hamlet_id)
        if place is None or place.level != "hamlet":
            raise AdministerError(f"There is no hamlet with id {hamlet_id}; `hoctap admin places` lists them.")
        await work.records.add_invite(code, hamlet_id, now + timedelta(days=days), uses, now)
    return Invite(code, place)


async def places(storage: Storage) -> tuple[PlaceRecord, ...]:
    """The tree of places, parents first."""
    async with storage.work() as work:
        return await work.records.places()


async def parked(storage: Storage) -> tuple[Parked, ...]:
    """Updates that failed three times, oldest first."""
    async with storage.work() as work:
        return await work.inbox.parked()


async def retry(storage: Storage, inbox_ids: Sequence[int]) -> int:
    """Put parked updates back in line, all of them where none is named; returns how many."""
    async with storage.work() as work:
        return await work.inbox.retry_parked(inbox_ids or [each.inbox_id for each in await work.inbox.parked()])
