"""Taking part for the household whose code was opened."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy import Connection, bindparam, select, update

from bot.dialogs.village.effects import JoinHousehold
from storage.batch import Batch
from storage.household_codes import KeptHousehold, code_state, kept_household
from storage.linking import hashed
from storage.subjects import IS_MEMBER, LOCK_SUBJECTS, Opening, open_or_join, tie
from storage.tables import invite, person_subject
from storage.types import among

_INVITES: Final = (
    select(
        invite.c.id, invite.c.code_hash, invite.c.subject_id, invite.c.uses_left, invite.c.expires_at,
        invite.c.revoked_at,
    )
    .where(among(invite.c.code_hash, "hashes"), invite.c.subject_id.is_not(None))
    .order_by(invite.c.id)
    .with_for_update()
)  # fmt: skip
_MEMBERS: Final = select(person_subject.c.person_id, person_subject.c.subject_id).where(
    among(person_subject.c.person_id, "persons"), among(person_subject.c.subject_id, "subjects"), IS_MEMBER
)
_SPEND: Final = (
    update(invite)
    .where(invite.c.id == bindparam("used"))
    .values(uses_left=invite.c.uses_left - bindparam("spent"))
)  # fmt: skip


def write(connection: Connection, batch: Batch) -> None:
    """Tie persons to the households of their codes, each spending one use; who takes part already spends none.

    Raises: Conflict: the code does not work any more, or its last use was taken meanwhile.
    """
    joins = batch.each(JoinHousehold)
    if not joins:
        return
    hashes = sorted({hashed(effect.code) for _, effect in joins})
    invites = {row.code_hash: row for row in connection.execute(_INVITES, {"hashes": hashes})}
    kept = {row.subject_id: kept_household(connection, row.subject_id) for row in invites.values()}
    subjects = sorted({each.subject_id for each in kept.values()})
    connection.execute(LOCK_SUBJECTS, {"subjects": subjects}).close()
    persons = [step.person_id for step, _ in joins]
    members = {tuple(row) for row in connection.execute(_MEMBERS, {"persons": persons, "subjects": subjects})}
    spent: Counter[int] = Counter()
    openings: list[Opening] = []
    for step, effect in joins:
        found = invites.get(hashed(effect.code))
        if found is None:
            step.conflict("the code leads to no household")
        household: KeptHousehold = kept[found.subject_id]
        if (step.person_id, household.subject_id) not in members:
            state = code_state(found.uses_left - spent[found.id], found.expires_at, found.revoked_at, batch.now)
            if state is not None or household.has_left:
                step.conflict(f"code {found.id} does not work any more")
            spent[found.id] += 1
        step.subject_id = household.subject_id
        openings.append(Opening(step, household.place.id, step.turn.year))
        batch.note(step, "household.joined")
    if spent:
        connection.execute(_SPEND, [{"used": used, "spent": count} for used, count in sorted(spent.items())])
    tie(connection, batch, [step for step, _ in joins])
    open_or_join(connection, batch, openings)
