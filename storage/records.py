"""Places, codes, files nobody refers to any more, and signs of life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Connection, bindparam, delete, exists, insert, select

from bot.dialogs.facts import (
    CodeState,
    HouseholdInvite,
    LinkTarget,
    Role,
    RoleInvite,
    RoleKind,
)
from bot.dialogs.places import Place, PlacePage
from bot.ports import PlaceRecord
from bot.scoring.model import SubjectKind
from storage import places
from storage.engine import Run
from storage.household_codes import code_state, kept_household
from storage.linking import hashed
from storage.places import PLACE
from storage.rows import upsert
from storage.subjects import IS_MEMBER
from storage.tables import blob_garbage, evidence, heartbeat, invite, link_code, person_subject, place, upload
from storage.types import Moment, among

_INVITE = (
    select(
        invite.c.expires_at,
        invite.c.uses_left,
        invite.c.revoked_at,
        invite.c.role,
        invite.c.role_until,
        invite.c.subject_id,
        *PLACE,
    )
    .join(place, place.c.id == invite.c.place_id)
    .where(invite.c.code_hash == bindparam("hash"))
)
_LINK = select(link_code.c.person_id, link_code.c.expires_at, link_code.c.used_at).where(
    link_code.c.code_hash == bindparam("hash")
)
_TIED = select(person_subject.c.person_id).where(
    person_subject.c.person_id == bindparam("person"), person_subject.c.subject_id == bindparam("subject"), IS_MEMBER
)
_GARBAGE = (
    select(blob_garbage.c.blob)
    .where(
        blob_garbage.c.since < bindparam("before", type_=Moment),
        ~exists().where(evidence.c.blob == blob_garbage.c.blob),
        ~exists().where(upload.c.blob == blob_garbage.c.blob),
    )
    .order_by(blob_garbage.c.blob)
)
_REMOVED = delete(blob_garbage).where(among(blob_garbage.c.blob, "blobs"))
_BEAT: Final = select(heartbeat.c.at).where(heartbeat.c.name == bindparam("part"))
_SET_BEAT = upsert(heartbeat, "name")


class SqlRecords:
    """The records of one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def find_places(
        self, level: str, query: str, page: int, page_size: int, on: date, below: Sequence[str] | None = None
    ) -> PlacePage:
        """Find places; see ports.Records."""
        return await self._run(places.find_places, level, query, page, page_size, on, below)

    async def place(self, place_id: int) -> Place | None:
        """One place; see ports.Records."""
        return await self._run(places.find_place, place_id)

    async def invite(
        self, code: str, now: datetime, person_id: int = 0
    ) -> Place | RoleInvite | HouseholdInvite | CodeState:
        """Where an invite code leads; see ports.Records."""
        return await self._run(_invite, code, now, person_id)

    async def link_target(self, code: str, now: datetime) -> LinkTarget | CodeState:
        """Whom a one-time code leads to; see ports.Records."""
        return await self._run(_link_target, code, now)

    async def recognised(
        self, path: str, kind: SubjectKind, first_year: int, last_year: int, *, is_decided: bool = True
    ) -> tuple[int, int]:
        """Count subjects with a recognised title, and all; see ports.Records."""
        return await self._run(places.recognised, path, kind, first_year, last_year, is_decided=is_decided)

    async def add_place(
        self, parent_id: int | None, level: str, name: str, valid_from: date, valid_until: date | None = None
    ) -> PlaceRecord:
        """Add a place; see ports.Records."""
        return await self._run(places.add_place, parent_id, level, name, valid_from, valid_until)

    async def places(self) -> tuple[PlaceRecord, ...]:
        """The whole tree; see ports.Records."""
        return await self._run(places.all_places)

    async def close_places(self, place_ids: Sequence[int], last_day: date) -> None:
        """End places; see ports.Records."""
        await self._run(places.close_places, place_ids, last_day)

    async def set_difficult_area(self, place_id: int, source: str) -> None:
        """Set down that a place is a difficult area; see ports.Records."""
        await self._run(places.set_difficult_area, place_id, source)

    async def ensure_sample(self, now: datetime) -> bool:
        """Add a sample tree when there is none; see ports.Records."""
        return await self._run(places.ensure_sample, now)

    async def add_invite(
        self,
        code: str,
        place_id: int,
        expires_at: datetime,
        uses: int,
        now: datetime,
        role: RoleKind | None = None,
        role_until: date | None = None,
    ) -> None:
        """Keep an invite; see ports.Records."""
        await self._run(_add_invite, code, place_id, expires_at, uses, now, role, role_until)

    async def blob_garbage(self, before: datetime) -> tuple[str, ...]:
        """Files to remove; see ports.Records."""
        return await self._run(lambda connection: tuple(connection.execute(_GARBAGE, {"before": before}).scalars()))

    async def blobs_removed(self, hashes: Sequence[str]) -> None:
        """Note that files are gone; see ports.Records."""
        await self._run(lambda connection: connection.execute(_REMOVED, {"blobs": hashes}).close())

    async def heartbeat(self, name: str, now: datetime) -> datetime | None:
        """Note that a part is alive; see ports.Records."""
        return await self._run(_heartbeat, name, now)


def _invite(
    connection: Connection, code: str, now: datetime, person_id: int
) -> Place | RoleInvite | HouseholdInvite | CodeState:
    row = connection.execute(_INVITE, {"hash": hashed(code)}).one_or_none()
    if row is None:
        return CodeState.UNKNOWN
    expires_at, uses_left, revoked_at, role, role_until, subject_id, *columns = row
    state = code_state(uses_left, expires_at, revoked_at, now)
    where = Place(*columns)
    if subject_id is not None:
        return _household_invite(connection, subject_id, person_id, state)
    if role is not None:
        return RoleInvite(Role(role, where), state, role_until)
    return where if state is None else state


def _household_invite(
    connection: Connection, subject_id: int, person_id: int, state: CodeState | None
) -> HouseholdInvite:
    kept = kept_household(connection, subject_id)
    ties = connection.execute(_TIED, {"person": person_id, "subject": kept.subject_id})
    if kept.has_left:
        state = CodeState.LEFT_ROLL
    return HouseholdInvite(kept.subject_id, kept.name, kept.place, state, is_member=ties.first() is not None)


def _link_target(connection: Connection, code: str, now: datetime) -> LinkTarget | CodeState:
    row = connection.execute(_LINK, {"hash": hashed(code)}).one_or_none()
    if row is None:
        return CodeState.UNKNOWN
    if row.used_at is not None:
        return CodeState.USED_UP
    if row.expires_at <= now:
        return CodeState.EXPIRED
    return LinkTarget(code, row.person_id)


def _add_invite(
    connection: Connection,
    code: str,
    place_id: int,
    expires_at: datetime,
    uses: int,
    now: datetime,
    role: RoleKind | None,
    role_until: date | None,
) -> None:
    connection.execute(
        insert(invite).values(
            code_hash=hashed(code),
            place_id=place_id,
            expires_at=expires_at,
            uses_left=uses,
            created_at=now,
            role=role,
            role_until=role_until,
        )
    )


def _heartbeat(connection: Connection, name: str, now: datetime) -> datetime | None:
    before: datetime | None = connection.execute(_BEAT, {"part": name}).scalar()
    connection.execute(_SET_BEAT[connection.dialect.name], {"name": name, "at": now})
    return before
