"""Looking after an installation: places, invites, parked updates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.dialogs.facts import RoleKind
from bot.dialogs.understanding import read_code
from bot.dialogs.village.granting import LEVELS
from bot.ports import Clock, Ids, Parked, PlaceRecord, Storage
from bot.ports.village.invitations import GrantedRole, RoleCode

INVITE_CODE_LENGTH = 8
LEVEL_ABOVE = {"province": None, "district": "province", "commune": "province", "hamlet": "commune"}
"""Levels of a place, each with the one it lies in. Districts are kept for the years before 1 July 2025."""

LAST_DAY_OF_DISTRICTS = date(2025, 6, 30)
LONGEST_NAME = 120

MOST_LISTED = 100_000
"""Roles or codes named at most by one listing."""


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
        if level == "district":
            return await work.records.add_place(within, level, name, date(2021, 1, 1), LAST_DAY_OF_DISTRICTS)
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


async def grant(
    storage: Storage,
    clock: Clock,
    ids: Ids,
    role: RoleKind,
    place_id: int,
    days: int,
    until: date | None = None,
    today: date | None = None,
) -> Invite:
    """Make a code that grants a role for a place to the one person who types it.

    Args:
        until: last day of the role; None: it has no end.
    Raises: AdministerError.
    """
    if not 1 <= days <= 3660:
        raise AdministerError("A code works for 1 to 3660 days.")
    if until is not None and until < (today or clock.now().date()):
        raise AdministerError(f"A role until {until.isoformat()} would be over already; name a day to come.")
    code, now = ids.code(INVITE_CODE_LENGTH), clock.now()
    async with storage.work() as work:
        places = {place.id: place for place in await work.records.places()}
        place, levels = places.get(place_id), LEVELS[role]
        if place is None or place.level not in levels:
            fitting = " or ".join(levels)
            raise AdministerError(
                f"There is no {fitting} with id {place_id} for this role; `hoctap admin places` lists them."
            )
        await work.records.add_invite(code, place_id, now + timedelta(days=days), 1, now, role, until)
    return Invite(code, place)


async def roles(
    storage: Storage, clock: Clock, place_id: int | None, today: date
) -> tuple[tuple[GrantedRole, ...], tuple[RoleCode, ...]]:
    """Everybody's roles and the open codes, at or below a place or everywhere. Raises: AdministerError."""
    async with storage.work() as work:
        tops = [place.id for place in await work.records.places() if place.parent_id is None]
        found_roles: tuple[GrantedRole, ...] = ()
        found_codes: tuple[RoleCode, ...] = ()
        for id_ in tops if place_id is None else [place_id]:
            place = await work.records.place(id_)
            if place is None:
                raise AdministerError(f"There is no place with id {id_}; `hoctap admin places` lists them.")
            held, _ = await work.invitations.roles(place.path, today, 0, MOST_LISTED)
            codes, _ = await work.invitations.codes(place.path, clock.now(), 0, MOST_LISTED)
            found_roles, found_codes = found_roles + held, found_codes + codes
    return found_roles, found_codes


async def revoke(storage: Storage, clock: Clock, what: str, today: date) -> str:
    """End a role by its id, or make a code of any kind work no more; returns what was done. Raises: AdministerError."""
    async with storage.work() as work:
        if what.isascii() and what.isdigit() and len(what) < INVITE_CODE_LENGTH:
            role = await work.invitations.end_role(int(what), today, clock.now())
            if role is None:
                raise AdministerError(f"There is no role {what} that holds today; `hoctap admin roles` lists them.")
            return f"Ended role {role.role_id}: {role.kind} of {role.place.name}. Its person is told."
        if not await work.invitations.revoke(read_code(what) or what, clock.now()):
            raise AdministerError("There is no such code that still works; type it as it was given out.")
    return "The code works no more."


async def set_difficult_area(storage: Storage, place_id: int, source: str) -> PlaceRecord:
    """Set down that a place and all below it are a difficult area, and by which document; '' takes it back.

    Raises: AdministerError.
    """
    async with storage.work() as work:
        place = next((place for place in await work.records.places() if place.id == place_id), None)
        if place is None:
            raise AdministerError(f"There is no place with id {place_id}; `hoctap admin places` lists them.")
        await work.records.set_difficult_area(place_id, " ".join(source.split()))
    return place


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
