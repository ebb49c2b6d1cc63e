"""Criteria sets that places have adopted, and adopting them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Final

from sqlalchemy import Connection, bindparam, func, select, update

from bot.dialogs.codec import decode_proposal, encode_proposal
from bot.dialogs.effects import AdoptCriteria
from bot.dialogs.facts import ProposalState, RoleKind
from bot.ports import Adoption, NewAdoption
from storage.batch import Batch, Step
from storage.engine import Run
from storage.rows import insert_new
from storage.tables import adoption, place, upload
from storage.types import among

_ADOPTIONS_LOCK: Final = 4_481_075_114
"""Held on PostgreSQL until an adoption is committed, so that a later one never comes to light before it."""

_ADOPTED = (
    select(
        adoption.c.id, adoption.c.set_id, adoption.c.version, adoption.c.kind, adoption.c.subject_group,
        adoption.c.place_id, place.c.path, adoption.c.valid_from, adoption.c.valid_until,
    )
    .join(place, place.c.id == adoption.c.place_id)
    .where(adoption.c.id > bindparam("after"))
    .order_by(adoption.c.id)
)  # fmt: skip
_TEXT = select(adoption.c.text).where(adoption.c.set_id == bindparam("set"), adoption.c.version == bindparam("of"))
_PROPOSALS = (
    select(upload.c.id, upload.c.person_id, upload.c.proposal)
    .where(among(upload.c.id, "uploads"))
    .order_by(upload.c.id)
    .with_for_update(key_share=True)
)
_ADD = insert_new(adoption, "set_id", "version")
_MARK = (
    update(upload)
    .where(upload.c.id == bindparam("upload"))
    .values(proposal=bindparam("came_of_it"))
)  # fmt: skip


class SqlRules:
    """The adopted rules in one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def adopted(self, after: int) -> tuple[Adoption, ...]:
        """Adoptions after one; see ports.Rules."""
        return await self._run(
            lambda connection: tuple(Adoption(*row) for row in connection.execute(_ADOPTED, {"after": after}))
        )

    async def text(self, set_id: str, version: str) -> str | None:
        """An adopted set as TOML; see ports.Rules."""
        return await self._run(lambda connection: connection.execute(_TEXT, {"set": set_id, "of": version}).scalar())


def adopt(connection: Connection, batch: Batch) -> None:
    """Put sets in force, and note so with the workbooks that they came in.

    Raises: Conflict: the workbook is not the person's, is not sound, was adopted already, or such a version exists.
        ValueError: the person is no officer of the place, or the workbook was made for another one.
    """
    steps = batch.each(AdoptCriteria)
    if not steps:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(select(func.pg_advisory_xact_lock(_ADOPTIONS_LOCK)))
    _mark(connection, batch)
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for step, effect in steps:
        new = step.turn.adoption
        if new is None:
            raise ValueError(f"update {step.turn.claimed.inbox_id} adopts criteria without saying which")
        if not _answers_for(step, new.place_id):
            raise ValueError(f"person {step.person_id} is no officer of place {new.place_id}")
        if (new.set_id, new.version) in rows:
            step.conflict(f"criteria set {new.set_id} {new.version} was adopted already")
        rows[new.set_id, new.version] = _row(step, effect, new, batch)
        batch.note(step, "criteria.adopted")
    statement = _ADD[connection.dialect.name].returning(adoption.c.set_id, adoption.c.version)
    added = {(set_id, version) for set_id, version in connection.execute(statement, list(rows.values()))}
    for step, _ in steps:
        new = step.turn.adoption
        if new is not None and (new.set_id, new.version) not in added:
            step.conflict(f"criteria set {new.set_id} {new.version} was adopted already")


def _answers_for(step: Step, place_id: int) -> bool:
    return any(each.kind is RoleKind.OFFICER and each.place.id == place_id for each in step.record.roles)


def _row(step: Step, effect: AdoptCriteria, new: NewAdoption, batch: Batch) -> dict[str, Any]:
    return {
        "set_id": new.set_id,
        "version": new.version,
        "kind": new.kind,
        "subject_group": new.group,
        "place_id": new.place_id,
        "valid_from": new.valid_from,
        "valid_until": new.valid_until,
        "decision_number": new.decision_number,
        "decided_on": new.decided_on,
        "person_id": step.person_id,
        "upload_id": effect.upload_id,
        "adopted_at": batch.now,
        "text": new.text,
    }


def _mark(connection: Connection, batch: Batch) -> None:
    steps = batch.each(AdoptCriteria)
    rows = connection.execute(_PROPOSALS, {"uploads": [effect.upload_id for _, effect in steps]})
    proposals = {(row.id, row.person_id): decode_proposal(row.proposal) for row in rows if row.proposal is not None}
    marked: list[dict[str, Any]] = []
    for step, effect in steps:
        proposal = proposals.pop((effect.upload_id, step.person_id), None)
        if proposal is None or proposal.state is not ProposalState.SOUND:
            step.conflict(f"upload {effect.upload_id} holds no sound criteria set of person {step.person_id}")
        new = step.turn.adoption
        if new is not None and (proposal.place is None or proposal.place.id != new.place_id):
            raise ValueError(f"upload {effect.upload_id} is not for place {new.place_id}")
        marked.append(
            {
                "upload": effect.upload_id,
                "came_of_it": encode_proposal(replace(proposal, state=ProposalState.ADOPTED)),
            }
        )
    connection.execute(_MARK, marked)
