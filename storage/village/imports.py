"""Rolls and answers that were sent in as files."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, bindparam, insert, literal_column, select, update

from bot.dialogs.codec import decode_import, decode_words, encode_import, encode_words
from bot.dialogs.facts import RoleKind
from bot.dialogs.village.effects import ApplyImport, DecideConflicts, DecideDouble, PlaceImport
from bot.dialogs.village.import_facts import Import, ImportState, with_decision, with_taken
from bot.ports import Upload
from bot.ports.village.imports import Applying, Decisions, KnownHousehold, RollChange, RollPlace, RowProblem
from storage.batch import Batch, Step
from storage.engine import Run
from storage.files import throw_away
from storage.rows import ACCOUNT, account_of
from storage.tables import UploadState, account, audit, place, upload
from storage.types import Code, Moment, among
from storage.village.authority import require
from storage.village.imported_rows import hamlets_below, households_of, lock_hamlets, write_changes

_KEPT: Final[ColumnElement[Any]] = literal_column("'kept'")
_APPLYING: Final[ColumnElement[Any]] = literal_column("'applying'")
_FINISH = (
    update(upload)
    .where(upload.c.id == bindparam("upload"), upload.c.finished_at.is_(None), upload.c.state == _KEPT)
    .values(
        state=UploadState.READ,
        imported=bindparam("came_of_it"),
        rows=bindparam("its_rows"),
        finished_at=bindparam("now", type_=Moment),
    )
)
_GIVE_UP = (
    update(upload)
    .where(upload.c.id == bindparam("upload"), upload.c.finished_at.is_(None), upload.c.state == _APPLYING)
    .values(state=UploadState.READ, imported=bindparam("came_of_it"), finished_at=bindparam("now", type_=Moment))
)
_OWN = select(upload.c.imported, upload.c.applied, upload.c.state, upload.c.finished_at, upload.c.blob).where(
    upload.c.id == bindparam("upload"), upload.c.person_id == bindparam("person")
)
_OWN_ROWS = select(upload.c.rows).where(upload.c.id == bindparam("upload"), upload.c.person_id == bindparam("person"))
_DECISIONS = select(upload.c.decisions).where(upload.c.id == bindparam("upload"))
_TO_APPLY = (
    select(upload.c.id)
    .where(upload.c.finished_at.is_(None), upload.c.state == _APPLYING)
    .order_by(upload.c.id)
    .limit(bindparam("limit"))
)
_TAKE = (
    select(
        upload.c.person_id, upload.c.blob, upload.c.name, upload.c.imported, upload.c.rows, upload.c.decisions,
        upload.c.applied, *ACCOUNT,
    )
    .join(account, account.c.id == upload.c.account_id)
    .where(upload.c.id == bindparam("upload"), upload.c.finished_at.is_(None), upload.c.state == _APPLYING)
    .with_for_update(of=upload)
)  # fmt: skip
_PROGRESS = (
    update(upload)
    .where(upload.c.id == bindparam("upload"))
    .values(
        imported=bindparam("came_of_it"),
        applied=bindparam("so_far"),
        rows=bindparam("its_rows"),
        state=bindparam("new_state", type_=Code(UploadState)),
        finished_at=bindparam("ended", type_=Moment),
    )
)
_LOCK = (
    select(
        upload.c.person_id, upload.c.imported, upload.c.decisions, upload.c.state, upload.c.finished_at, upload.c.blob
    )
    .where(upload.c.id == bindparam("upload"))
    .with_for_update()
)
_PATH = select(place.c.path).where(place.c.id == bindparam("place"))
_DECIDE = (
    update(upload)
    .where(upload.c.id == bindparam("upload"))
    .values(
        imported=bindparam("came_of_it"),
        decisions=bindparam("decided"),
        state=bindparam("new_state", type_=Code(UploadState)),
        finished_at=bindparam("ended", type_=Moment),
    )
)


_OLD = (
    select(upload.c.id, upload.c.blob)
    .where(
        upload.c.imported.is_not(None),
        upload.c.blob.is_not(None),
        upload.c.finished_at < bindparam("before", type_=Moment),
    )
    .order_by(upload.c.id)
    .limit(1_000)
)
_THROW_AWAY = update(upload).where(among(upload.c.id, "uploads")).values(blob=None, rows=None, decisions=None)


class SqlImports:
    """Rolls and answers that were sent in as files; see ports.village."""

    def __init__(self, run: Run) -> None:
        self._run = run

    async def finish(
        self, upload_id: int, found: Import, rows: Sequence[str], problems: Sequence[RowProblem], now: datetime
    ) -> bool:
        """Keep what came of reading; see ports.village.Imports."""
        kept = {"came_of_it": encode_import(found), "its_rows": _pack(rows, problems), "upload": upload_id, "now": now}
        return await self._run(lambda connection: connection.execute(_FINISH, kept).rowcount > 0)

    async def give_up(self, upload_id: int, found: Import, now: datetime) -> bool:
        """Stop applying a file; see ports.village.Imports."""
        kept = {"came_of_it": encode_import(found), "upload": upload_id, "now": now}
        return await self._run(lambda connection: connection.execute(_GIVE_UP, kept).rowcount > 0)

    async def upload(self, upload_id: int, person_id: int) -> Import | None:
        """What came of a person's own file; see ports.village.Imports."""
        return await self._run(_own, upload_id, person_id)

    async def problems(self, upload_id: int, person_id: int) -> tuple[RowProblem, ...]:
        """All problems of a person's own file; see ports.village.Imports."""
        which = {"upload": upload_id, "person": person_id}
        text = await self._run(lambda connection: connection.execute(_OWN_ROWS, which).scalar())
        return _unpack(text)[1]

    async def decided(self, upload_id: int) -> Decisions:
        """What was decided about a file so far; see ports.village.Imports."""
        return await self._run(lambda c: _decisions(c.execute(_DECISIONS, {"upload": upload_id}).scalar()))

    async def to_apply(self, limit: int) -> tuple[int, ...]:
        """Files whose rows wait to be written; see ports.village.Imports."""
        return await self._run(lambda c: tuple(c.execute(_TO_APPLY, {"limit": limit}).scalars()))

    async def applying(self, upload_id: int) -> Applying | None:
        """Such a file with its rows, locked; see ports.village.Imports."""
        return await self._run(_applying, upload_id)

    async def progress(self, now_applying: Applying, found: Import, applied: int, now: datetime) -> None:
        """Note how many rows are written; see ports.village.Imports."""
        await self._run(_progress, now_applying, found, applied, now)

    async def purge(self, before: datetime, now: datetime) -> int:
        """Throw away old files and their rows; see ports.village.Imports."""
        return await self._run(_purge, before, now)

    async def hamlets(self, path: str) -> tuple[RollPlace, ...]:
        """Hamlets at or below a place; see ports.village.Imports."""
        return await self._run(hamlets_below, path)

    async def roll(self, place_ids: Sequence[int]) -> tuple[KnownHousehold, ...]:
        """Every household of hamlets; see ports.village.Imports."""
        return await self._run(households_of, place_ids)

    async def lock(self, place_ids: Sequence[int]) -> None:
        """Let nobody else import for hamlets meanwhile; see ports.village.Imports."""
        await self._run(lock_hamlets, place_ids)

    async def write(self, changes: Sequence[RollChange], now: datetime) -> None:
        """Add and correct lines of the roll; see ports.village.Imports."""
        await self._run(write_changes, changes, now)


def _purge(connection: Connection, before: datetime, now: datetime) -> int:
    old = connection.execute(_OLD, {"before": before}).all()
    if old:
        connection.execute(_THROW_AWAY, {"uploads": [upload_id for upload_id, _ in old]})
        throw_away(connection, {blob for _, blob in old}, now)
    return len(old)


def _pack(rows: Sequence[str], problems: Sequence[RowProblem]) -> str:
    """Rows and problems as one text: a line for each row, the problems before them."""
    told = [[each.sheet, each.cell] for each in problems]
    return "\n".join([json.dumps(told, ensure_ascii=False), encode_words([each.what for each in problems]), *rows])


def _unpack(text: str | None) -> tuple[tuple[str, ...], tuple[RowProblem, ...]]:
    if not text:
        return (), ()
    told, words, *rows = text.split("\n")
    pairs = zip(json.loads(told), decode_words(words), strict=True)
    return tuple(rows), tuple(RowProblem(sheet, cell, what) for (sheet, cell), what in pairs)


def _decisions(text: str | None) -> Decisions:
    if not text:
        return Decisions()
    data = json.loads(text)
    same = tuple((row, subject_id) for row, subject_id in data.get("same", ()))
    return Decisions(same, tuple(data.get("different", ())), data.get("place", 0), tuple(data.get("theirs", ())))


def _written(decided: Decisions) -> str:
    data = {
        "same": decided.same,
        "different": decided.different,
        "place": decided.place_id,
        "theirs": decided.theirs,
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


def _own(connection: Connection, upload_id: int, person_id: int) -> Import | None:
    row = connection.execute(_OWN, {"upload": upload_id, "person": person_id}).one_or_none()
    if row is None or row.imported is None:
        return None
    found = replace(decode_import(row.imported), upload_id=upload_id, applied=row.applied)
    if row.state is UploadState.APPLYING:
        return replace(found, state=ImportState.APPLYING)
    if row.blob is None:
        is_over = found.state is ImportState.READ
        found = replace(found, has_file=False, state=ImportState.OUTDATED if is_over else found.state)
    return replace(found, state=ImportState.READING) if row.finished_at is None else found


def _applying(connection: Connection, upload_id: int) -> Applying | None:
    row = connection.execute(_TAKE, {"upload": upload_id}).one_or_none()
    if row is None:
        return None
    person_id, blob, name, imported, rows, decided, applied, *columns = row
    of = Upload(upload_id, account_of(tuple(columns)), person_id, blob or "", name)
    kept, problems = _unpack(rows)
    return Applying(of, decode_import(imported), kept, _decisions(decided), applied, problems)


def _progress(connection: Connection, applying: Applying, found: Import, applied: int, now: datetime) -> None:
    is_done = applied >= len(applying.rows)
    rows = () if is_done else applying.rows  # of what is applied, nothing need be kept twice
    connection.execute(
        _PROGRESS,
        {
            "upload": applying.upload.id,
            "came_of_it": encode_import(replace(found, state=ImportState.APPLIED) if is_done else found),
            "so_far": applied,
            "its_rows": _pack(rows, applying.problems),
            "new_state": UploadState.APPLIED if is_done else UploadState.APPLYING,
            "ended": now if is_done else None,
        },
    )
    if is_done:
        connection.execute(insert(audit), {"at": now, "what": "import.applied", "person_id": applying.upload.person_id})


def write(connection: Connection, batch: Batch) -> None:
    """Decide about files that were sent in, and have them applied."""
    for step, double in batch.each(DecideDouble):
        found, decided = _locked(connection, step, double.upload_id)
        subject_id = next((each.subject_id for each in found.undecided if each.row == double.row), 0)
        if not subject_id:
            step.conflict(f"row {double.row} of upload {double.upload_id} was decided on already")
        found = with_decision(found, double.row, is_same=double.is_same)
        same = (*decided.same, (double.row, subject_id)) if double.is_same else decided.same
        decided = replace(decided, same=same, different=tuple(d.row for d in found.doubles if d.is_same is False))
        _decide(connection, double.upload_id, found, decided, UploadState.READ, batch.now)
        batch.note(step, "import.double_decided")
    for step, chosen in batch.each(DecideConflicts):
        found, decided = _locked(connection, step, chosen.upload_id)
        keys = {each.key for each in found.asked_about} & set(chosen.keys)
        taken = {*decided.theirs} | keys if chosen.takes_theirs else {*decided.theirs} - keys
        decided = replace(decided, theirs=tuple(sorted(taken)))
        found = with_taken(found, keys, takes_theirs=chosen.takes_theirs)
        _decide(connection, chosen.upload_id, found, decided, UploadState.READ, batch.now)
        batch.note(step, "import.conflicts_decided")
    for step, placing in batch.each(PlaceImport):
        found, decided = _locked(connection, step, placing.upload_id)
        _require(connection, step, placing.place_id)
        placed = Decisions(place_id=placing.place_id, theirs=decided.theirs)
        _decide(connection, placing.upload_id, found, placed, UploadState.KEPT, None)
        batch.note(step, "import.placed")
    for step, applied in batch.each(ApplyImport):
        found, decided = _locked(connection, step, applied.upload_id)
        if found.place_id:
            _require(connection, step, found.place_id)
        _decide(connection, applied.upload_id, found, decided, UploadState.APPLYING, None)
        batch.note(step, "import.ordered")


def _require(connection: Connection, step: Step, place_id: int) -> None:
    """Hold that the person may import for a hamlet; of several, the job asks for each."""
    path = connection.execute(_PATH, {"place": place_id}).scalar() or ""
    require(step, path, RoleKind.VILLAGE_HEAD, RoleKind.OFFICER)


def _locked(connection: Connection, step: Step, upload_id: int) -> tuple[Import, Decisions]:
    """A file of the person that was read and not applied yet.

    Raises: Conflict: there is none such.
    """
    row = connection.execute(_LOCK, {"upload": upload_id}).one_or_none()
    is_open = row is not None and row.state is UploadState.READ and row.finished_at is not None
    if row is None or not is_open or row.person_id != step.person_id or row.imported is None:
        step.conflict(f"upload {upload_id} is not to be decided on by person {step.person_id}")
    found = decode_import(row.imported)
    if found.state is not ImportState.READ or row.blob is None:
        step.conflict(f"upload {upload_id} was refused, or is thrown away by now")
    return found, _decisions(row.decisions)


def _decide(
    connection: Connection,
    upload_id: int,
    found: Import,
    decided: Decisions,
    state: UploadState,
    ended: datetime | None,
) -> None:
    values: dict[str, Any] = {"upload": upload_id, "came_of_it": encode_import(found), "decided": _written(decided)}
    connection.execute(_DECIDE, values | {"new_state": state, "ended": ended})
