"""Places, codes, heartbeats, and files nothing refers to any more."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, delete, exists, func, insert, literal_column, or_, select, update

from bot.dialogs.facts import CodeState, Hamlet, HamletPage, LinkTarget
from bot.dialogs.understanding import fold
from bot.ports import Place
from storage.engine import Run
from storage.linking import hashed
from storage.rows import upsert
from storage.tables import blob_garbage, evidence, heartbeat, invite, link_code, person_subject, place, subject
from storage.types import Moment, among

HAMLET: Final = "hamlet"

_LEVEL_WORDS: Final = (
    "Tỉnh", "Thành phố", "Huyện", "Quận", "Thị xã", "Xã", "Phường", "Thị trấn", "Đặc khu", "Thôn", "Bản", "Ấp", "Buôn",
    "Tổ dân phố",
)  # fmt: skip
"""Written small in the middle of a sentence, unlike the name that follows."""

_SAMPLE: Final = (("province", "Tỉnh Mẫu"), ("commune", "Xã Mẫu"))
_SAMPLE_HAMLETS: Final = ("Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3")

_on: Final = bindparam("on", type_=Date)
_matches = (
    place.c.level == literal_column(f"'{HAMLET}'"),
    place.c.valid_from <= _on,
    or_(place.c.valid_until.is_(None), place.c.valid_until >= _on),
    place.c.folded.like(bindparam("pattern"), escape="\\"),
)
_HAMLETS = (
    select(place.c.id, place.c.name, place.c.within)
    .where(*_matches)
    .order_by(place.c.sort_key, place.c.id)
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
_HOW_MANY = select(func.count()).select_from(place).where(*_matches)
_HAMLET = select(place.c.id, place.c.name, place.c.within).where(
    place.c.id == bindparam("hamlet"), place.c.level == literal_column(f"'{HAMLET}'")
)
_INVITE = (
    select(place.c.id, place.c.name, place.c.within, invite.c.expires_at, invite.c.uses_left)
    .join(place, place.c.id == invite.c.place_id)
    .where(invite.c.code_hash == bindparam("hash"))
)
_LINK = (
    select(link_code.c.person_id, link_code.c.expires_at, link_code.c.used_at, subject.c.name)
    .outerjoin(person_subject, person_subject.c.person_id == link_code.c.person_id)
    .outerjoin(subject, subject.c.id == person_subject.c.subject_id)
    .where(link_code.c.code_hash == bindparam("hash"))
)
_PLACE_COLUMNS = (
    place.c.id, place.c.parent_id, place.c.level, place.c.name, place.c.valid_from, place.c.valid_until,
)  # fmt: skip
# A parent is always added before what lies in it.
_PLACES = select(*_PLACE_COLUMNS).order_by(place.c.id)
_CLOSE = update(place).where(among(place.c.id, "ids")).values(valid_until=bindparam("last_day", type_=Date))
_PARENT = select(place.c.name, place.c.within).where(place.c.id == bindparam("parent"))
_GARBAGE = (
    select(blob_garbage.c.blob)
    .where(
        blob_garbage.c.since < bindparam("before", type_=Moment),
        ~exists().where(evidence.c.blob == blob_garbage.c.blob),
    )
    .order_by(blob_garbage.c.blob)
)
_REMOVED = delete(blob_garbage).where(among(blob_garbage.c.blob, "blobs"))
_BEAT = select(heartbeat.c.at).where(heartbeat.c.name == bindparam("part"))
_SET_BEAT = upsert(heartbeat, "name")


class SqlRecords:
    """The records of one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def hamlets(self, query: str, page: int, page_size: int, on: date) -> HamletPage:
        """Find hamlets; see ports.Records."""
        return await self._run(_hamlets, query, page, page_size, on)

    async def hamlet(self, hamlet_id: int) -> Hamlet | None:
        """One hamlet; see ports.Records."""
        return await self._run(_hamlet, hamlet_id)

    async def invite(self, code: str, now: datetime) -> Hamlet | CodeState:
        """Where an invite code leads; see ports.Records."""
        return await self._run(_invite, code, now)

    async def link_target(self, code: str, now: datetime) -> LinkTarget | CodeState:
        """Whom a one-time code leads to; see ports.Records."""
        return await self._run(_link_target, code, now)

    async def add_place(self, parent_id: int | None, level: str, name: str, valid_from: date) -> Place:
        """Add a place; see ports.Records."""
        return await self._run(_add_place, parent_id, level, name, valid_from)

    async def places(self) -> tuple[Place, ...]:
        """The whole tree; see ports.Records."""
        return await self._run(lambda connection: tuple(Place(*row) for row in connection.execute(_PLACES)))

    async def close_places(self, place_ids: Sequence[int], last_day: date) -> None:
        """End places; see ports.Records."""
        await self._run(lambda connection: connection.execute(_CLOSE, {"ids": place_ids, "last_day": last_day}))

    async def ensure_sample(self, now: datetime) -> bool:
        """Add a sample tree when there is none; see ports.Records."""
        return await self._run(_ensure_sample, now)

    async def add_invite(self, code: str, place_id: int, expires_at: datetime, uses: int, now: datetime) -> None:
        """Keep an invite; see ports.Records."""
        await self._run(_add_invite, code, place_id, expires_at, uses, now)

    async def blob_garbage(self, before: datetime) -> tuple[str, ...]:
        """Files to remove; see ports.Records."""
        return await self._run(lambda connection: tuple(connection.execute(_GARBAGE, {"before": before}).scalars()))

    async def blobs_removed(self, hashes: Sequence[str]) -> None:
        """Note that files are gone; see ports.Records."""
        await self._run(lambda connection: connection.execute(_REMOVED, {"blobs": hashes}).close())

    async def heartbeat(self, name: str, now: datetime) -> datetime | None:
        """Note that a part is alive; see ports.Records."""
        return await self._run(_heartbeat, name, now)


def sort_key(name: str) -> str:
    """Return what orders names as people count: 'Thôn 2' before 'Thôn 10'."""
    return re.sub(r"\d+", lambda found: found[0].zfill(8), fold(name))


def _pattern(query: str) -> str:
    return "%" + re.sub(r"([\\%_])", r"\\\1", fold(query)) + "%"


def _hamlets(connection: Connection, query: str, page: int, page_size: int, on: date) -> HamletPage:
    parameters: dict[str, Any] = {"pattern": _pattern(query), "on": on}
    total = connection.execute(_HOW_MANY, parameters).scalar_one()
    skip = page * page_size
    rows = connection.execute(_HAMLETS, {**parameters, "limit": page_size, "skip": skip}).all()
    return HamletPage(tuple(Hamlet(*row) for row in rows), has_more=skip + len(rows) < total, total=total)


def _hamlet(connection: Connection, hamlet_id: int) -> Hamlet | None:
    row = connection.execute(_HAMLET, {"hamlet": hamlet_id}).one_or_none()
    return None if row is None else Hamlet(*row)


def _invite(connection: Connection, code: str, now: datetime) -> Hamlet | CodeState:
    row = connection.execute(_INVITE, {"hash": hashed(code)}).one_or_none()
    if row is None:
        return CodeState.UNKNOWN
    if row.uses_left <= 0:
        return CodeState.USED_UP
    if row.expires_at <= now:
        return CodeState.EXPIRED
    return Hamlet(row.id, row.name, row.within)


def _link_target(connection: Connection, code: str, now: datetime) -> LinkTarget | CodeState:
    row = connection.execute(_LINK, {"hash": hashed(code)}).first()
    if row is None:
        return CodeState.UNKNOWN
    if row.used_at is not None:
        return CodeState.USED_UP
    if row.expires_at <= now:
        return CodeState.EXPIRED
    return LinkTarget(code, row.person_id, row.name or "")


def _add_place(connection: Connection, parent_id: int | None, level: str, name: str, valid_from: date) -> Place:
    within = ""
    if parent_id is not None:
        parent = connection.execute(_PARENT, {"parent": parent_id}).one_or_none()
        if parent is None:
            raise ValueError(f"there is no place {parent_id} to put '{name}' in")
        within = ", ".join(filter(None, (in_sentence(parent.name), parent.within)))
    new = connection.execute(
        insert(place).values(
            parent_id=parent_id, level=level, name=name, within=within, folded=fold(name), sort_key=sort_key(name),
            valid_from=valid_from,
        ).returning(place.c.id)
    ).scalar_one()  # fmt: skip
    return Place(new, parent_id, level, name, valid_from)


def in_sentence(name: str) -> str:
    """Return the name of a place as it stands in the middle of a sentence: 'xã Mẫu', but 'Krông Pa'."""
    is_level_first = any(name.startswith(f"{word} ") for word in _LEVEL_WORDS)
    return name[0].lower() + name[1:] if is_level_first else name


def _ensure_sample(connection: Connection, now: datetime) -> bool:
    if connection.execute(select(exists().select_from(place))).scalar():
        return False
    start = date(now.year, 1, 1)
    parent: int | None = None
    for level, name in _SAMPLE:
        parent = _add_place(connection, parent, level, name, start).id
    for name in _SAMPLE_HAMLETS:
        _add_place(connection, parent, HAMLET, name, start)
    return True


def _add_invite(
    connection: Connection, code: str, place_id: int, expires_at: datetime, uses: int, now: datetime
) -> None:
    connection.execute(
        insert(invite).values(
            code_hash=hashed(code), place_id=place_id, expires_at=expires_at, uses_left=uses, created_at=now
        )
    )


def _heartbeat(connection: Connection, name: str, now: datetime) -> datetime | None:
    before: datetime | None = connection.execute(_BEAT, {"part": name}).scalar()
    connection.execute(_SET_BEAT[connection.dialect.name], {"name": name, "at": now})
    return before
