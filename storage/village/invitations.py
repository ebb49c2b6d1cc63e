"""Roles and their codes, codes of households: what is asked about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import BindParameter, Connection, Date, Select, and_, bindparam, case, func, literal_column, or_, select

from bot.dialogs.places import Place
from bot.ports.village.invitations import CodeSerials, GrantedRole, HouseholdCard, RoleCode
from storage.batch import Batch
from storage.engine import Run
from storage.guesses import wrong_codes
from storage.paths import AT_OR_BELOW, bounds
from storage.places import PLACE
from storage.tables import invite, place, role, subject
from storage.types import Moment, among
from storage.village import invitations_ending, invitations_issuing, invitations_joining

_on: Final = bindparam("on", type_=Date)
_now: Final = bindparam("now", type_=Moment)
_limit: Final[BindParameter[int]] = bindparam("limit")
_skip: Final[BindParameter[int]] = bindparam("skip")

_HOLDS: Final = and_(role.c.since <= _on, or_(role.c.until.is_(None), role.c.until >= _on))
_WORKS: Final = and_(invite.c.revoked_at.is_(None), invite.c.uses_left > 0, invite.c.expires_at > _now)
_OF_ROLE: Final = and_(invite.c.role.is_not(None), _WORKS)

_ROLES = (
    select(role.c.id, role.c.person_id, role.c.role, role.c.since, role.c.until, *PLACE)
    .join(place, place.c.id == role.c.place_id)
    .where(_HOLDS)
)
_CODES = (
    select(invite.c.id, invite.c.role, invite.c.expires_at, invite.c.role_until, *PLACE)
    .join(place, place.c.id == invite.c.place_id)
    .where(_OF_ROLE)
)
_ROLES_BELOW = (
    _ROLES.where(AT_OR_BELOW)
    .order_by(func.length(place.c.path), place.c.sort_key, role.c.id)
    .limit(_limit)
    .offset(_skip)
)
_CODES_BELOW = (
    _CODES.where(AT_OR_BELOW)
    .order_by(func.length(place.c.path), place.c.sort_key, invite.c.id)
    .limit(_limit)
    .offset(_skip)
)
_HOW_MANY_ROLES = (
    select(func.count()).select_from(role).join(place, place.c.id == role.c.place_id).where(_HOLDS, AT_OR_BELOW)
)
_HOW_MANY_CODES = (
    select(func.count()).select_from(invite).join(place, place.c.id == invite.c.place_id).where(_OF_ROLE, AT_OR_BELOW)
)
_ROLE = _ROLES.where(role.c.id == bindparam("role"))
_CODE = _CODES.where(invite.c.id == bindparam("invite"))

_ON_ROLL: Final = and_(
    subject.c.kind == literal_column("'household'"), subject.c.left_on.is_(None), subject.c.merged_into.is_(None)
)
_HOUSEHOLDS = (
    select(subject.c.id)
    .where(subject.c.place_id == bindparam("place"), _ON_ROLL)
    .order_by(subject.c.sort_key, subject.c.id)
)
_SERIALS = (
    select(invite.c.subject_id, func.max(invite.c.serial), func.max(case((_WORKS, invite.c.serial), else_=0)))
    .where(among(invite.c.subject_id, "subjects"))
    .group_by(invite.c.subject_id)
)
_WORKING = (
    select(func.max(invite.c.serial))
    .where(invite.c.subject_id == subject.c.id, _WORKS)
    .correlate(subject)
    .scalar_subquery()
)
_CARDS = (
    select(
        subject.c.id, subject.c.name, subject.c.roll_number, subject.c.roll_group, func.coalesce(_WORKING, 0), *PLACE
    )
    .join(place, place.c.id == subject.c.place_id)
    .where(_ON_ROLL)
    .order_by(subject.c.sort_key, subject.c.id)
)
_CARDS_OF_PLACE = _CARDS.where(subject.c.place_id == bindparam("place"))
_CARD_OF_ONE = _CARDS.where(subject.c.id == bindparam("subject"))


class SqlInvitations:
    """Roles and their codes, codes of households; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def roles(self, path: str, on: date, page: int, page_size: int) -> tuple[tuple[GrantedRole, ...], int]:
        """Roles at or below a path; see ports.village."""
        asked = {**bounds(path), "on": on, "limit": page_size, "skip": page * page_size}
        return await self._run(_page_of, _ROLES_BELOW, _HOW_MANY_ROLES, asked, _role)

    async def codes(self, path: str, now: datetime, skip: int, limit: int) -> tuple[tuple[RoleCode, ...], int]:
        """Open codes at or below a path; see ports.village."""
        asked = {**bounds(path), "now": now, "limit": limit, "skip": skip}
        return await self._run(_page_of, _CODES_BELOW, _HOW_MANY_CODES, asked, _code)

    async def role(self, role_id: int, on: date) -> GrantedRole | None:
        """One role; see ports.village."""
        return await self._run(find_role, role_id, on)

    async def code(self, invite_id: int, now: datetime) -> RoleCode | None:
        """One open code; see ports.village."""
        return await self._run(_one_code, invite_id, now)

    async def households(self, place_id: int) -> tuple[int, ...]:
        """Every household on the roll; see ports.village."""
        return await self._run(lambda read: tuple(read.execute(_HOUSEHOLDS, {"place": place_id}).scalars()))

    async def serials(self, subject_ids: Sequence[int], now: datetime) -> Mapping[int, CodeSerials]:
        """Which codes households have; see ports.village."""
        return await self._run(_serials, subject_ids, now)

    async def cards(self, place_id: int, subject_id: int, now: datetime) -> tuple[HouseholdCard, ...]:
        """Cards of a hamlet or of one household; see ports.village."""
        return await self._run(_cards, place_id, subject_id, now)

    async def wrong_codes(self, channel: str, since: datetime) -> int:
        """How many wrong codes were tried; see ports.village."""
        return await self._run(wrong_codes, channel, since)

    async def end_role(self, role_id: int, today: date, now: datetime) -> GrantedRole | None:
        """End a role, by the administrator; see ports.village."""
        return await self._run(_end_role, role_id, today, now)

    async def revoke(self, code: str, now: datetime) -> bool:
        """Revoke a code, by the administrator; see ports.village."""
        return await self._run(invitations_ending.revoke_code, code, now)


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it."""
    invitations_issuing.write(connection, batch)
    invitations_ending.write(connection, batch)
    invitations_joining.write(connection, batch)


def find_role(connection: Connection, role_id: int, on: date) -> GrantedRole | None:
    """Find a role that holds on a day."""
    row = connection.execute(_ROLE, {"role": role_id, "on": on}).one_or_none()
    return None if row is None else _role(row)


def _one_code(connection: Connection, invite_id: int, now: datetime) -> RoleCode | None:
    row = connection.execute(_CODE, {"invite": invite_id, "now": now}).one_or_none()
    return None if row is None else _code(row)


def _role(row: Sequence[Any]) -> GrantedRole:
    role_id, person_id, kind, since, until, *columns = row
    return GrantedRole(role_id, person_id, kind, Place(*columns), since, until)


def _code(row: Sequence[Any]) -> RoleCode:
    invite_id, kind, expires_at, role_until, *columns = row
    return RoleCode(invite_id, kind, Place(*columns), expires_at, role_until)


def _page_of(
    connection: Connection,
    page: Select[Any],
    how_many: Select[Any],
    asked: Mapping[str, Any],
    read: Any,  # noqa: ANN401
) -> tuple[tuple[Any, ...], int]:
    total = connection.execute(how_many, asked).scalar_one()
    return tuple(read(row) for row in connection.execute(page, asked)), total


def _serials(connection: Connection, subject_ids: Sequence[int], now: datetime) -> Mapping[int, CodeSerials]:
    rows = connection.execute(_SERIALS, {"subjects": sorted(set(subject_ids)), "now": now})
    return {subject_id: CodeSerials(newest, working) for subject_id, newest, working in rows}


def _cards(connection: Connection, place_id: int, subject_id: int, now: datetime) -> tuple[HouseholdCard, ...]:
    if subject_id:
        rows = connection.execute(_CARD_OF_ONE, {"subject": subject_id, "now": now})
    else:
        rows = connection.execute(_CARDS_OF_PLACE, {"place": place_id, "now": now})
    return tuple(
        HouseholdCard(id_, name, number, group, Place(*columns), serial)
        for id_, name, number, group, serial, *columns in rows
    )


def _end_role(connection: Connection, role_id: int, today: date, now: datetime) -> GrantedRole | None:
    found = find_role(connection, role_id, today)
    if found is None:
        return None
    invitations_ending.end(connection, (found,), today, now)
    return found
