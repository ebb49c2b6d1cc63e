"""What persons may do for places, and taking a role by its code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from sqlalchemy import Connection, Date, bindparam, insert, or_, select, update

from bot.dialogs.effects import TakeRole
from bot.dialogs.facts import Role
from bot.dialogs.places import Place
from storage.batch import Batch, Step
from storage.linking import hashed
from storage.places import PLACE
from storage.tables import invite, place, role
from storage.types import Moment, among

_on: Final = bindparam("on", type_=Date)

_ROLES = (
    select(role.c.person_id, role.c.role, *PLACE)
    .join(place, place.c.id == role.c.place_id)
    .where(among(role.c.person_id, "persons"), role.c.since <= _on, or_(role.c.until.is_(None), role.c.until >= _on))
    .order_by(role.c.id)
)
_INVITES = (
    select(invite.c.id, invite.c.code_hash, invite.c.role, invite.c.place_id, invite.c.uses_left, invite.c.role_until)
    .where(
        among(invite.c.code_hash, "hashes"),
        invite.c.role.is_not(None),
        invite.c.revoked_at.is_(None),
        invite.c.expires_at > bindparam("now", type_=Moment),
    )
    .order_by(invite.c.id)
    .with_for_update()
)
_SPEND = (
    update(invite)
    .where(invite.c.id == bindparam("invite"))
    .values(uses_left=invite.c.uses_left - bindparam("spent"))
)  # fmt: skip


def roles_of(connection: Connection, person_ids: Sequence[int], on: date) -> Mapping[int, tuple[Role, ...]]:
    """Load the roles of persons that are in force on a local day, the oldest first."""
    found: defaultdict[int, list[Role]] = defaultdict(list)
    for person_id, kind, *columns in connection.execute(_ROLES, {"persons": person_ids, "on": on}):
        found[person_id].append(Role(kind, Place(*columns)))
    return {person_id: tuple(roles) for person_id, roles in found.items()}


def take_roles(connection: Connection, batch: Batch) -> None:
    """Give persons the roles of their codes, each spending one use; who has the role already keeps it, and the use.

    Raises: Conflict: the code does not work any more, or its last use was taken meanwhile.
    """
    taken = batch.each(TakeRole)
    if not taken:
        return
    hashes = sorted({hashed(effect.code) for _, effect in taken})
    invites = {row.code_hash: row for row in connection.execute(_INVITES, {"hashes": hashes, "now": batch.now})}
    spent: Counter[int] = Counter()
    rows: list[dict[str, Any]] = []
    for step, effect in taken:
        found = invites.get(hashed(effect.code))
        if found is None:
            step.conflict("the code does not work any more")
        if _has(step, found):
            continue
        if spent[found.id] >= found.uses_left:
            step.conflict(f"invite {found.id} is used up")
        spent[found.id] += 1
        rows.append(
            {
                "person_id": step.person_id,
                "role": found.role,
                "place_id": found.place_id,
                "since": batch.today,
                "until": found.role_until,
                "invite_id": found.id,
            }
        )
        batch.note(step, "role.taken")
    if rows:
        connection.execute(_SPEND, [{"invite": invite_id, "spent": count} for invite_id, count in spent.items()])
        connection.execute(insert(role), rows)


def _has(step: Step, granted: Any) -> bool:  # noqa: ANN401 - a row of _INVITES
    return any(each.kind is granted.role and each.place.id == granted.place_id for each in step.record.roles)
