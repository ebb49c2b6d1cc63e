"""Giving out codes: of roles, and of households."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, insert, literal_column, or_, select, update

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place
from bot.dialogs.village.effects import IssueHouseholdCodes, IssueRoleInvite
from bot.dialogs.village.granting import may_grant
from storage.batch import Batch
from storage.linking import hashed
from storage.places import PLACE
from storage.rows import insert_new
from storage.tables import invite, place, subject
from storage.types import Moment, among
from storage.village.authority import require

USES: Final = 8
"""How many persons may join a household by one code."""

_on: Final = bindparam("on", type_=Date)
_now: Final = bindparam("now", type_=Moment)

_PLACES = select(*PLACE).where(
    among(place.c.id, "places"),
    place.c.valid_from <= _on,
    or_(place.c.valid_until.is_(None), place.c.valid_until >= _on),
)
_HOUSEHOLDS = (
    select(subject.c.id, subject.c.place_id, place.c.path)
    .join(place, place.c.id == subject.c.place_id)
    .where(
        among(subject.c.id, "subjects"),
        subject.c.kind == literal_column("'household'"),
        subject.c.left_on.is_(None),
        subject.c.merged_into.is_(None),
    )
    .order_by(subject.c.id)
    .with_for_update(of=subject, key_share=True)
)
_REVOKE_OLDER = (
    update(invite)
    .where(
        invite.c.subject_id == bindparam("household"),
        invite.c.serial < bindparam("below"),
        invite.c.revoked_at.is_(None),
    )
    .values(revoked_at=_now)
)
_ADD = insert_new(invite, "code_hash")


def write(connection: Connection, batch: Batch) -> None:
    """Keep the codes that were given out, hashed.

    Raises: Conflict: a role does not allow it, or a household is on no roll any more.
    """
    _issue_roles(connection, batch)
    _issue_households(connection, batch)


def _issue_roles(connection: Connection, batch: Batch) -> None:
    issued = batch.each(IssueRoleInvite)
    if not issued:
        return
    ids = sorted({effect.place_id for _, effect in issued})
    places = {row[0]: Place(*row) for row in connection.execute(_PLACES, {"places": ids, "on": batch.today})}
    rows: list[dict[str, Any]] = []
    for step, effect in issued:
        where, kind = places.get(effect.place_id), RoleKind(effect.role)
        if where is None or not may_grant(step.record.roles, kind, where):
            step.conflict(f"person {step.person_id} may not grant {kind} for place {effect.place_id}")
        rows.append(
            {
                "code_hash": hashed(effect.code),
                "place_id": effect.place_id,
                "expires_at": effect.expires_at,
                "uses_left": 1,
                "created_at": batch.now,
                "role": kind,
                "role_until": effect.until,
                "issued_by": step.person_id,
            }
        )
        batch.note(step, "role.invited")
    connection.execute(insert(invite), rows)


def _issue_households(connection: Connection, batch: Batch) -> None:
    issued = batch.each(IssueHouseholdCodes)
    if not issued:
        return
    _require_places(connection, batch)
    ids = {each for _, effect in issued for each in effect.subject_ids}
    ids |= {code.subject_id for step, _ in issued for code in step.turn.household_codes}
    found = connection.execute(_HOUSEHOLDS, {"subjects": sorted(ids)})
    households = {id_: (place_id, path) for id_, place_id, path in found}
    rows: list[dict[str, Any]] = []
    renewed: list[dict[str, Any]] = []
    for step, effect in issued:
        asked = {*effect.subject_ids, *(code.subject_id for code in step.turn.household_codes)}
        for subject_id in sorted(asked):
            if subject_id not in households:
                step.conflict(f"household {subject_id} is on no roll")
            require(step, households[subject_id][1], RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)
        for code in step.turn.household_codes:
            rows.append(
                {
                    "code_hash": hashed(code.code),
                    "place_id": households[code.subject_id][0],
                    "expires_at": code.expires_at,
                    "uses_left": USES,
                    "created_at": batch.now,
                    "subject_id": code.subject_id,
                    "serial": code.serial,
                    "issued_by": step.person_id,
                }
            )
            if effect.renew:
                renewed.append({"household": code.subject_id, "below": code.serial, "now": batch.now})
        if step.turn.household_codes:
            batch.note(step, "household.codes_renewed" if effect.renew else "household.codes_issued")
    if renewed:
        connection.execute(_REVOKE_OLDER, renewed)
    if rows:
        connection.execute(_ADD[connection.dialect.name], rows)


def _require_places(connection: Connection, batch: Batch) -> None:
    """Hold that the person may give out codes in the hamlets that were named as a whole."""
    wanted = [(step, effect.place_id) for step, effect in batch.each(IssueHouseholdCodes) if effect.place_id]
    if not wanted:
        return
    rows = connection.execute(_PLACES, {"places": sorted({place_id for _, place_id in wanted}), "on": batch.today})
    paths: Mapping[int, str] = {row[0]: Place(*row).path for row in rows}
    for step, place_id in wanted:
        require(step, paths.get(place_id, ""), RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)
