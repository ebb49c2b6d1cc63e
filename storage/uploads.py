"""Workbooks that were sent in: on their way, here, read, adopted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, delete, literal_column, select, update

from bot.dialogs.codec import decode_proposal, encode_proposal
from bot.dialogs.effects import FetchFile, SendIn
from bot.dialogs.facts import Proposal, ProposalState
from bot.ports import Upload
from storage.batch import Batch
from storage.engine import Run
from storage.files import kept_blob, throw_away, want
from storage.rows import ACCOUNT, account_of, add_rows
from storage.tables import UploadState, account, upload
from storage.types import Code, Moment, among

# Written into statements as they are, so that the databases see which partial index fits.
_KEPT: Final[ColumnElement[Any]] = literal_column("'kept'")
_FAILED: Final[ColumnElement[Any]] = literal_column("'failed'")

_UNFINISHED = (
    select(upload.c.id, upload.c.person_id, upload.c.blob, upload.c.name, *ACCOUNT)
    .join(account, account.c.id == upload.c.account_id)
    .where(upload.c.finished_at.is_(None))
    .order_by(upload.c.id)
    .limit(bindparam("limit"))
)
_WAITING = _UNFINISHED.where(upload.c.state == _KEPT)
_LOST = _UNFINISHED.where(upload.c.state == _FAILED)
_FINISH = (
    update(upload)
    .where(upload.c.id == bindparam("upload"), upload.c.finished_at.is_(None))
    .values(
        state=UploadState.READ,
        proposal=bindparam("came_of_it"),
        text=bindparam("new_text"),
        finished_at=bindparam("now", type_=Moment),
    )
)
_OWN = select(upload.c.proposal, upload.c.blob).where(
    upload.c.id == bindparam("upload"), upload.c.person_id == bindparam("person")
)
_TEXT = select(upload.c.text).where(upload.c.id == bindparam("upload"))

_AWAITED = (
    select(upload.c.id)
    .where(among(upload.c.id, "uploads"), upload.c.state == UploadState.AWAITED)
    .order_by(upload.c.id)
    .with_for_update(key_share=True)
)
_ARRIVED = (
    update(upload)
    .where(upload.c.id == bindparam("upload"))
    .values(blob=bindparam("sha256"), state=bindparam("new_state", type_=Code(UploadState)))
)
_BLOBS = select(upload.c.blob).distinct().where(among(upload.c.person_id, "persons"), upload.c.blob.is_not(None))
_NONE_OF = delete(upload).where(among(upload.c.person_id, "persons"))


class SqlUploads:
    """The uploads of one transaction."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def waiting(self, limit: int) -> tuple[Upload, ...]:
        """Files to be read; see ports.Uploads."""
        return await self._run(lambda connection: _uploads(connection.execute(_WAITING, {"limit": limit}).all()))

    async def failed(self, limit: int) -> tuple[Upload, ...]:
        """Files that could not be brought; see ports.Uploads."""
        return await self._run(lambda connection: _uploads(connection.execute(_LOST, {"limit": limit}).all()))

    async def finish(self, upload_id: int, proposal: Proposal, text: str, now: datetime) -> bool:
        """Keep what came of reading; see ports.Uploads."""
        parameters = {"upload": upload_id, "came_of_it": encode_proposal(proposal), "new_text": text, "now": now}
        return await self._run(lambda connection: connection.execute(_FINISH, parameters).rowcount > 0)

    async def proposal(self, upload_id: int, person_id: int) -> Proposal | None:
        """What came of a person's own upload; see ports.Uploads."""
        return await self._run(_proposal, upload_id, person_id)

    async def text(self, upload_id: int) -> str:
        """The sound set of an upload; see ports.Uploads."""
        return await self._run(lambda connection: connection.execute(_TEXT, {"upload": upload_id}).scalar() or "")

    async def blob(self, upload_id: int, person_id: int) -> str | None:
        """The hash of a person's own upload; see ports.Uploads."""
        return await self._run(_blob, upload_id, person_id)


def _uploads(rows: Sequence[Sequence[Any]]) -> tuple[Upload, ...]:
    return tuple(
        Upload(upload_id, account_of(tuple(columns)), person_id, blob or "", name)
        for upload_id, person_id, blob, name, *columns in rows
    )


def _proposal(connection: Connection, upload_id: int, person_id: int) -> Proposal | None:
    row = connection.execute(_OWN, {"upload": upload_id, "person": person_id}).one_or_none()
    if row is None:
        return None
    return Proposal(upload_id, ProposalState.READING) if row.proposal is None else decode_proposal(row.proposal)


def _blob(connection: Connection, upload_id: int, person_id: int) -> str | None:
    row = connection.execute(_OWN, {"upload": upload_id, "person": person_id}).one_or_none()
    return None if row is None else row.blob


def send_in(connection: Connection, batch: Batch) -> None:
    """Keep what was sent in, and have it brought from channels that still hold it."""
    sent = batch.each(SendIn)
    if not sent:
        return
    ids = add_rows(
        connection,
        upload,
        [
            {
                "account_id": step.account.id,
                "person_id": step.person_id,
                "ref": effect.file.ref,
                "blob": kept_blob(effect.file),
                "name": effect.file.name,
                "mime": effect.file.mime,
                "size": effect.file.size,
                "state": UploadState.KEPT if kept_blob(effect.file) else UploadState.AWAITED,
                "created_at": batch.now,
            }
            for step, effect in sent
        ],
    )
    for (step, effect), upload_id in zip(sent, ids, strict=True):
        if kept_blob(effect.file) is None:
            step.fetch(FetchFile(0, effect.file, upload_id=upload_id), batch.pull_channels)
        batch.note(step, "upload.sent_in")
    want(connection, [effect.file for _, effect in sent])


def arrived(connection: Connection, blobs: Mapping[int, str], now: datetime) -> None:
    """Note that files are here, by upload; those of uploads that are gone or were told of as lost are thrown away."""
    awaited = _awaited(connection, blobs)
    if awaited:
        connection.execute(
            _ARRIVED, [{"upload": each, "sha256": blobs[each], "new_state": UploadState.KEPT} for each in awaited]
        )
    throw_away(connection, {blob for each, blob in blobs.items() if each not in awaited}, now)


def lost(connection: Connection, upload_ids: Sequence[int]) -> None:
    """Note that files cannot be brought from their channel."""
    awaited = _awaited(connection, upload_ids)
    if awaited:
        connection.execute(
            _ARRIVED, [{"upload": each, "sha256": None, "new_state": UploadState.FAILED} for each in awaited]
        )


def _awaited(connection: Connection, upload_ids: Sequence[int] | Mapping[int, str]) -> Sequence[int]:
    if not upload_ids:
        return ()
    return connection.execute(_AWAITED, {"uploads": sorted(upload_ids)}).scalars().all()


def forget_uploads(connection: Connection, persons: Sequence[int], now: datetime) -> None:
    """Remove what persons have sent in; what was adopted from it stays."""
    blobs = connection.execute(_BLOBS, {"persons": persons}).scalars().all()
    connection.execute(_NONE_OF, {"persons": persons})
    throw_away(connection, blobs, now)
