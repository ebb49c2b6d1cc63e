"""Clans and their member households."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    select,
    update,
)

from bot.dialogs.events import ClanAsked
from bot.dialogs.facts import RoleKind
from bot.dialogs.understanding import fold
from bot.dialogs.village.effects import AnswerClan, AskForClan, DropFromClan
from bot.dialogs.village.facts import Asking, ClanHousehold, ClanTie
from bot.scoring.model import SubjectKind
from storage.batch import Batch, Step
from storage.engine import Run
from storage.linking import hashed
from storage.places import has_title
from storage.rows import insert_new
from storage.subjects import IS_MEMBER
from storage.tables import clan_household, invite, person_subject, place, subject
from storage.types import Code, Moment, among
from storage.village.authority import require
from storage.village.roll_listing import IS_ON_ROLL
from storage.village.telling import Telling, tell

_IS_HOUSEHOLD: ColumnElement[bool] = subject.c.kind == literal_column(f"'{SubjectKind.HOUSEHOLD}'")
_OF_CLAN = clan_household.c.clan_id == bindparam("clan")
_LINKED = (
    select(subject.c.id, subject.c.name, place.c.name, clan_household.c.tie)
    .select_from(clan_household)
    .join(subject, subject.c.id == clan_household.c.household_id)
    .join(place, place.c.id == subject.c.place_id)
    .where(_OF_CLAN, *IS_ON_ROLL)
    .order_by(place.c.sort_key, subject.c.sort_key, subject.c.id)
)
_FOUND = (
    select(subject.c.id, subject.c.name, place.c.name, clan_household.c.tie)
    .select_from(subject)
    .join(place, place.c.id == subject.c.place_id)
    .outerjoin(clan_household, (clan_household.c.household_id == subject.c.id) & _OF_CLAN)
    .where(
        subject.c.place_id == bindparam("place"),
        _IS_HOUSEHOLD,
        *IS_ON_ROLL,
        subject.c.folded.like(bindparam("pattern"), escape="\\"),
    )
    .order_by(subject.c.sort_key, subject.c.id)
    .limit(bindparam("limit"))
)
_clan = subject.alias("clan")
_ASKING = (
    select(_clan.c.id, _clan.c.name, subject.c.id, subject.c.name, clan_household.c.tie)
    .select_from(person_subject)
    .join(clan_household, clan_household.c.household_id == person_subject.c.subject_id)
    .join(subject, subject.c.id == clan_household.c.household_id)
    .join(_clan, _clan.c.id == clan_household.c.clan_id)
    .where(person_subject.c.person_id == bindparam("person"), IS_MEMBER, *IS_ON_ROLL)
    .order_by(
        case((clan_household.c.tie == literal_column(f"'{ClanTie.ASKED}'"), 0), else_=1),
        clan_household.c.asked_at.desc(),
        _clan.c.id,
    )
)
_COUNTED = (
    select(func.count(case((has_title(is_decided=False), 1))), func.count())
    .select_from(clan_household)
    .join(subject, subject.c.id == clan_household.c.household_id)
    .where(_OF_CLAN, clan_household.c.tie == literal_column(f"'{ClanTie.AGREED}'"), *IS_ON_ROLL)
)
_HOUSEHOLDS = (
    select(subject.c.id, subject.c.place_id, place.c.path)
    .join(place, place.c.id == subject.c.place_id)
    .where(among(subject.c.id, "households"), _IS_HOUSEHOLD, *IS_ON_ROLL)
    .order_by(subject.c.id)
    .with_for_update(of=subject, key_share=True)
)
_CODES = select(invite.c.code_hash, invite.c.subject_id).where(
    among(invite.c.code_hash, "hashes"),
    invite.c.subject_id.is_not(None),
    invite.c.revoked_at.is_(None),
    invite.c.expires_at > bindparam("now", type_=Moment),
)
_MEMBERS = (
    select(person_subject.c.subject_id, person_subject.c.person_id)
    .where(among(person_subject.c.subject_id, "households"), IS_MEMBER)
    .order_by(person_subject.c.subject_id, person_subject.c.person_id)
)
_ASK = {
    dialect: statement.returning(clan_household.c.clan_id, clan_household.c.household_id)
    for dialect, statement in insert_new(clan_household, "clan_id", "household_id").items()
}
_TIE = (_OF_CLAN, clan_household.c.household_id == bindparam("household"))
_ANSWER = (
    update(clan_household)
    .where(*_TIE)
    .values(
        tie=bindparam("said", type_=Code(ClanTie)),
        answered_by=bindparam("person"),
        answered_at=bindparam("now", type_=Moment),
    )
)
_DROP = delete(clan_household).where(*_TIE)


class SqlClans:
    """Clans and their member households; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def linked(self, clan_id: int) -> tuple[ClanHousehold, ...]:
        """Households that a clan asked; see ports.village."""
        return await self._run(_listed, _LINKED, {"clan": clan_id})

    async def found(self, clan_id: int, place_id: int, letters: str, limit: int) -> tuple[ClanHousehold, ...]:
        """Households found by letters; see ports.village."""
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", fold(letters)) + "%"
        return await self._run(
            _listed, _FOUND, {"clan": clan_id, "place": place_id, "pattern": pattern, "limit": limit}
        )

    async def asking(self, person_id: int) -> tuple[Asking, ...]:
        """Clans that asked a household of a person; see ports.village."""
        return await self._run(
            lambda connection: tuple(Asking(*row) for row in connection.execute(_ASKING, {"person": person_id}))
        )

    async def counted(self, clan_id: int, year: int) -> tuple[int, int]:
        """How many of the agreed households have a title; see ports.village."""
        return await self._run(_counted, clan_id, year)


def _listed(connection: Connection, statement: Any, wanted: Mapping[str, Any]) -> tuple[ClanHousehold, ...]:  # noqa: ANN401 - a select
    return tuple(ClanHousehold(*row) for row in connection.execute(statement, wanted))


def _counted(connection: Connection, clan_id: int, year: int) -> tuple[int, int]:
    wanted = {"clan": clan_id, "first_year": year, "last_year": year}
    with_title, every = connection.execute(_COUNTED, wanted).one()
    return with_title, every


def write(connection: Connection, batch: Batch) -> None:
    """Write what the turns decided about it. Raises: Conflict: it is not theirs to ask, answer or drop."""
    _ask(connection, batch)
    _answer(connection, batch)
    _drop(connection, batch)


def _own_clan(step: Step) -> int:
    """The clan that the person stands for, and has in hand."""
    clan = step.record.subject
    if clan is None or clan.kind is not SubjectKind.CLAN or step.record.is_visiting:
        step.conflict(f"person {step.person_id} stands for no clan")
    return clan.id


def _ask(connection: Connection, batch: Batch) -> None:
    """Ask households of the clan's hamlet, or whose code the person was given; who was asked is not asked twice."""
    effects = batch.each(AskForClan)
    if not effects:
        return
    ids = sorted({effect.household_id for _, effect in effects})
    places = {row.id: row.place_id for row in connection.execute(_HOUSEHOLDS, {"households": ids})}
    codes = _codes(connection, batch, effects)
    rows: list[dict[str, Any]] = []
    for step, effect in effects:
        clan_id = _own_clan(step)
        there = places.get(effect.household_id)
        is_near = step.record.subject is not None and there == step.record.subject.place.id
        if there is None or not (is_near or codes.get(hashed(effect.code)) == effect.household_id):
            step.conflict(f"household {effect.household_id} is not in reach of clan {clan_id}")
        rows.append(
            {
                "clan_id": clan_id,
                "household_id": effect.household_id,
                "tie": ClanTie.ASKED,
                "asked_by": step.person_id,
                "asked_at": batch.now,
            }
        )
        batch.note(step, "clan.asked")
    new = {(clan, household) for clan, household in connection.execute(_ASK[connection.dialect.name], rows)}
    members = _members(connection, ids)
    tell(
        connection,
        [
            Telling(person_id, ClanAsked(row["clan_id"], effect.told))
            for row, (_, effect) in zip(rows, effects, strict=True)
            if (row["clan_id"], row["household_id"]) in new
            for person_id in members.get(effect.household_id, ())
        ],
        batch.now,
    )


def _codes(connection: Connection, batch: Batch, effects: Sequence[tuple[Step, AskForClan]]) -> Mapping[str, int]:
    hashes = sorted({hashed(effect.code) for _, effect in effects if effect.code})
    if not hashes:
        return {}
    return {row.code_hash: row.subject_id for row in connection.execute(_CODES, {"hashes": hashes, "now": batch.now})}


def _members(connection: Connection, households: Sequence[int]) -> Mapping[int, Sequence[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for household_id, person_id in connection.execute(_MEMBERS, {"households": households}):
        found[household_id].append(person_id)
    return found


def _answer(connection: Connection, batch: Batch) -> None:
    """Answer as a member of the household; for one that has none, as its village head."""
    effects = batch.each(AnswerClan)
    if not effects:
        return
    ids = sorted({effect.household_id for _, effect in effects})
    paths = {row.id: row.path for row in connection.execute(_HOUSEHOLDS, {"households": ids})}
    members = _members(connection, ids)
    for step, effect in effects:
        of = members.get(effect.household_id, ())
        if step.person_id not in of:
            if of:
                step.conflict(f"household {effect.household_id} answers itself")
            require(step, paths.get(effect.household_id, ""), RoleKind.VILLAGE_HEAD)
        changed = connection.execute(
            _ANSWER,
            {
                "clan": effect.clan_id,
                "household": effect.household_id,
                "said": ClanTie.AGREED if effect.agrees else ClanTie.DECLINED,
                "person": step.person_id,
                "now": batch.now,
            },
        )
        if not changed.rowcount:
            step.conflict(f"clan {effect.clan_id} asks household {effect.household_id} no more")
        batch.note(step, "clan.agreed" if effect.agrees else "clan.declined")


def _drop(connection: Connection, batch: Batch) -> None:
    for step, effect in batch.each(DropFromClan):
        connection.execute(_DROP, {"clan": _own_clan(step), "household": effect.household_id})
        batch.note(step, "clan.dropped")
