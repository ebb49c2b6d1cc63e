"""Ending roles and revoking codes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, insert, or_, select, update

from bot.dialogs.codec import encode_event
from bot.dialogs.desk import role_words
from bot.dialogs.events import News
from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import say
from bot.dialogs.village.effects import EndRoleNow, RevokeInvite
from bot.dialogs.village.granting import is_above
from bot.ports.village.invitations import GrantedRole
from storage.batch import Batch
from storage.household_codes import kept_household
from storage.linking import hashed
from storage.places import PLACE
from storage.tables import invite, news, place, role
from storage.types import Moment, among
from storage.village.authority import require

_on: Final = bindparam("on", type_=Date)
_now: Final = bindparam("now", type_=Moment)

_ROLES = (
    select(role.c.id, role.c.person_id, role.c.role, role.c.since, role.c.until, *PLACE)
    .join(place, place.c.id == role.c.place_id)
    .where(
        among(role.c.id, "roles"),
        role.c.since <= _on,
        or_(role.c.until.is_(None), role.c.until >= _on),
    )
    .order_by(role.c.id)
    .with_for_update(of=role)
)
_END = (
    update(role)
    .where(role.c.id == bindparam("ending"))
    .values(until=bindparam("last_day", type_=Date))
)  # fmt: skip
_INVITES = (
    select(invite.c.id, invite.c.role, invite.c.subject_id, *PLACE)
    .join(place, place.c.id == invite.c.place_id)
    .where(
        among(invite.c.id, "invites"),
        invite.c.revoked_at.is_(None),
        invite.c.uses_left > 0,
        invite.c.expires_at > _now,
    )
    .order_by(invite.c.id)
    .with_for_update(of=invite)
)
_REVOKE = (
    update(invite)
    .where(invite.c.id == bindparam("revoking"))
    .values(revoked_at=_now)
)  # fmt: skip
_REVOKE_CODE = (
    update(invite)
    .where(
        invite.c.code_hash == bindparam("hash"),
        invite.c.revoked_at.is_(None),
        invite.c.uses_left > 0,
        invite.c.expires_at > _now,
    )
    .values(revoked_at=_now)
    .returning(invite.c.id)
)


def write(connection: Connection, batch: Batch) -> None:
    """End roles and revoke codes.

    Raises: Conflict: they are not below the person's office, are the person's own, or hold no more.
    """
    _end_roles(connection, batch)
    _revoke(connection, batch)


def end(connection: Connection, roles: Sequence[GrantedRole], today: date, now: datetime) -> None:
    """End roles with yesterday, and tell their persons."""
    last_day = today - timedelta(days=1)
    connection.execute(_END, [{"ending": each.role_id, "last_day": last_day} for each in roles])
    connection.execute(
        insert(news),
        [
            {
                "person_id": each.person_id,
                "event": encode_event(News(say("role.ended", role=role_words(Role(each.kind, each.place))))),
                "is_reminder": False,
                "created_at": now,
                "due_at": now,
            }
            for each in roles
        ],
    )


def revoke_code(connection: Connection, code: str, now: datetime) -> bool:
    """Make a code work no more; whether there was one that worked."""
    return connection.execute(_REVOKE_CODE, {"hash": hashed(code), "now": now}).first() is not None


def _end_roles(connection: Connection, batch: Batch) -> None:
    ending = batch.each(EndRoleNow)
    if not ending:
        return
    ids = sorted({effect.role_id for _, effect in ending})
    rows = connection.execute(_ROLES, {"roles": ids, "on": batch.today})
    found = {row[0]: _role(row) for row in rows}
    ended: list[GrantedRole] = []
    for step, effect in ending:
        each = found.pop(effect.role_id, None)
        if each is None:
            step.conflict(f"role {effect.role_id} holds no more")
        if each.person_id == step.person_id or not is_above(step.record.roles, each.place):
            step.conflict(f"person {step.person_id} may not end role {effect.role_id}")
        ended.append(each)
        batch.note(step, "role.ended")
    end(connection, ended, batch.today, batch.now)


def _role(row: Sequence[Any]) -> GrantedRole:
    role_id, person_id, kind, since, until, *columns = row
    return GrantedRole(role_id, person_id, kind, Place(*columns), since, until)


def _revoke(connection: Connection, batch: Batch) -> None:
    revoking = batch.each(RevokeInvite)
    if not revoking:
        return
    ids = sorted({effect.invite_id for _, effect in revoking})
    rows = connection.execute(_INVITES, {"invites": ids, "now": batch.now})
    found = {id_: (kind, subject_id, Place(*columns)) for id_, kind, subject_id, *columns in rows}
    for step, effect in revoking:
        if effect.invite_id not in found:
            step.conflict(f"code {effect.invite_id} works no more")
        kind, subject_id, where = found.pop(effect.invite_id)
        if kind is not None:
            if not is_above(step.record.roles, where):
                step.conflict(f"person {step.person_id} may not revoke code {effect.invite_id}")
        elif subject_id is not None:
            household = kept_household(connection, subject_id)
            require(step, household.place.path, RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)
        else:
            require(step, where.path, RoleKind.OFFICER)
        batch.note(step, "invite.revoked")
    connection.execute(_REVOKE, [{"revoking": each, "now": batch.now} for each in ids])
