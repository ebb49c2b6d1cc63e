"""One-time codes that join a second channel to a person."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, exists, insert, select, update

from bot.dialogs.effects import ForgetPerson, IssueLinkCode, JoinPerson
from storage.batch import Batch, Step
from storage.tables import account, consent, link_code, person, person_subject, role, upload
from storage.types import Moment, among

LINK_CODE_LIFETIME: Final = timedelta(minutes=15)

_now: Final = bindparam("now", type_=Moment)

_USE = (
    update(link_code)
    .where(among(link_code.c.code_hash, "hashes"), link_code.c.used_at.is_(None), link_code.c.expires_at > _now)
    .values(used_at=_now)
    .returning(link_code.c.code_hash, link_code.c.person_id)
)
_VOID = (
    update(link_code)
    .where(among(link_code.c.person_id, "persons"), link_code.c.used_at.is_(None), link_code.c.expires_at > _now)
    .values(expires_at=_now)
)
_JOIN = (
    update(account)
    .where(account.c.id == bindparam("joining"))
    .values(person_id=bindparam("person"), failed_codes=0, failed_code_at=None)
)
_LEFT_EMPTY = select(person.c.id).where(
    among(person.c.id, "persons"),
    ~exists().where(account.c.person_id == person.c.id),
    ~exists().where(person_subject.c.person_id == person.c.id),
)
_CONSENT_TO = (
    update(consent)
    .where(consent.c.person_id == bindparam("former"))
    .values(person_id=bindparam("person"))
)  # fmt: skip
_ROLES_TO, _UPLOADS_TO = (
    update(table).where(table.c.person_id == bindparam("former")).values(person_id=bindparam("person"))
    for table in (role, upload)
)
_REMOVE = delete(person).where(among(person.c.id, "persons"))


def hashed(code: str) -> str:
    """Return what is kept of a code."""
    return hashlib.sha256(code.encode()).hexdigest()


def join_persons(connection: Connection, batch: Batch) -> None:
    """Give accounts to the persons whose codes were typed. What waits of an account goes along with it.

    Raises: Conflict: the code does not work any more, or somebody else was faster.
    """
    joins = batch.each(JoinPerson)
    if not joins:
        return
    used = connection.execute(_USE, {"hashes": [hashed(each.code) for _, each in joins], "now": batch.now})
    targets: dict[str, int] = {row.code_hash: row.person_id for row in used}
    going = {step.person_id for step in batch.having(ForgetPerson)}
    moved: dict[int, Step] = {}
    for step, join in joins:
        target = targets.pop(hashed(join.code), None)
        if target is None or target in going:
            step.conflict("the code does not work any more")
        step.account = replace(step.account, person_id=target, failed_codes=0, failed_code_at=None)
        if target != step.person_id:
            moved[step.person_id] = step
        batch.note(step, "link.used")
    connection.execute(_JOIN, [{"joining": step.account.id, "person": step.account.person_id} for step, _ in joins])
    if moved:
        _leave(connection, moved)


def _leave(connection: Connection, moved: dict[int, Step]) -> None:
    empty = connection.execute(_LEFT_EMPTY, {"persons": sorted(moved)}).scalars().all()
    if not empty:
        return
    rows: list[dict[str, Any]] = [{"former": each, "person": moved[each].account.person_id} for each in empty]
    for statement in (_CONSENT_TO, _ROLES_TO, _UPLOADS_TO):
        connection.execute(statement, rows)
    connection.execute(_REMOVE, {"persons": empty})
    for each in empty:
        moved[each].is_person_gone = True


def write_codes(connection: Connection, batch: Batch) -> None:
    """Keep fresh codes, making older ones of the same persons void."""
    issued = batch.each(IssueLinkCode)
    if issued:
        connection.execute(_VOID, {"persons": [step.person_id for step, _ in issued], "now": batch.now})
        connection.execute(
            insert(link_code),
            [
                {
                    "code_hash": hashed(effect.code),
                    "person_id": step.person_id,
                    "created_at": batch.now,
                    "expires_at": batch.now + LINK_CODE_LIFETIME,
                }
                for step, effect in issued
            ],
        )
        for step, _ in issued:
            batch.note(step, "link.issued")
