"""The life of a workbook that was sent in: on its way, here, read; or lost, and told so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs.effects import FetchFile, ForgetPerson, JoinPerson, KeepEvidence, SendIn, TakeRole
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import (
    Proposal,
    ProposalState,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import say
from bot.ports import Delivery, Priority, Settled, Settlement
from bot.scoring.model import Text
from storage import SqlStorage
from storage.tables import UploadState, blob_garbage, role, upload
from tests.storage.conftest import Execute, Rows
from tests.storage.test_linking import CODE, issued
from tests.support.turns import NOW, WHO, deliver, person_of, show, take, update
from tests.support.turns import subject as household

BLOB = "ab" * 32
HERE = FileRef(f"sha256:{BLOB}", FileKind.DOCUMENT, 9, "application/xlsx", "gia đình.xlsx")
ON_TELEGRAM = FileRef("telegram-file-1", FileKind.DOCUMENT, 9, "application/xlsx", "gia đình.xlsx")
LATER = NOW + timedelta(minutes=5)
SOUND = Proposal(
    1,
    ProposalState.SOUND,
    Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/"),
    Text("Gia đình học tập", "Learning family"),
    problems=(say("sheet.problem", cell="B7"),),
    problem_count=12,
    changes=(say("set.points", before=10, after=Text("mười")),),
    tried=(say("set.tried"),),
    valid_from=date(2026, 1, 1),
    is_past=True,
)


async def settled(store: SqlStorage, fetch: Delivery, how: Settled, blob: str = "") -> None:
    async with store.work() as work:
        await work.outbox.settle([Settlement(fetch, how, blob=blob, error="file.gone")], LATER)


async def waiting(store: SqlStorage) -> list[int]:
    async with store.work() as work:
        return [each.id for each in await work.uploads.waiting(9)]


async def failed(store: SqlStorage) -> list[tuple[int, str]]:
    async with store.work() as work:
        return [(each.id, each.blob) for each in await work.uploads.failed(9)]


async def proposal(store: SqlStorage, upload_id: int = 1, person_id: int = 1) -> Proposal | None:
    async with store.work() as work:
        return await work.uploads.proposal(upload_id, person_id)


async def test_a_file_that_is_here_waits_to_be_read(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1, channel="web"), SendIn(HERE))
    async with store.work() as work:
        (found,) = await work.uploads.waiting(9)
        assert (found.blob, found.name, found.person_id) == (BLOB, "gia đình.xlsx", 1)
        assert (found.account.channel, found.account.external_id) == ("web", WHO)
        assert await work.uploads.blob(found.id, 1) == BLOB
        assert await work.uploads.text(found.id) == ""
    assert await proposal(store) == Proposal(1, ProposalState.READING)
    assert [(row["state"], row["mime"], row["created_at"]) for row in await rows(upload)] == [
        (UploadState.KEPT, "application/xlsx", NOW),
    ]


async def test_a_file_still_on_its_channel_is_fetched_first(store: SqlStorage) -> None:
    (fetch,) = await take(store, update(1), SendIn(ON_TELEGRAM))
    assert fetch.content == FetchFile(0, ON_TELEGRAM, upload_id=1)
    assert fetch.priority is Priority.BULK
    assert (await waiting(store), await failed(store)) == ([], [])
    assert await proposal(store) == Proposal(1, ProposalState.READING)
    await settled(store, fetch, Settled.SENT, BLOB)
    assert await waiting(store) == [1]
    async with store.work() as work:
        assert await work.uploads.blob(1, 1) == BLOB


async def test_a_file_that_cannot_be_had_is_told_of_once(store: SqlStorage) -> None:
    (fetch,) = await take(store, update(1), SendIn(ON_TELEGRAM))
    await settled(store, fetch, Settled.DEAD)
    assert (await waiting(store), await failed(store)) == ([], [(1, "")])
    refused = Proposal(1, ProposalState.REFUSED, problems=(say("upload.gone"),), problem_count=1)
    async with store.work() as work:
        assert await work.uploads.finish(1, refused, "", LATER)
    assert await failed(store) == []
    assert await proposal(store) == refused


async def test_a_fetch_settled_twice_changes_nothing(store: SqlStorage, rows: Rows) -> None:
    """A sender whose lease ran out may come second."""
    (fetch,) = await take(store, update(1), SendIn(ON_TELEGRAM))
    await settled(store, fetch, Settled.SENT, BLOB)
    await settled(store, fetch, Settled.DEAD)
    await settled(store, fetch, Settled.SENT, BLOB)
    assert (await waiting(store), await failed(store)) == ([1], [])
    async with store.work() as work:
        await work.uploads.finish(1, SOUND, "id = 1", LATER)
    await settled(store, fetch, Settled.SENT, BLOB)
    assert await waiting(store) == []
    async with store.work() as work:
        assert await work.records.blob_garbage(LATER + timedelta(days=1)) == ()
    assert [row["blob"] for row in await rows(upload)] == [BLOB]


async def test_a_pull_channel_cannot_be_asked_for_a_workbook(store: SqlStorage) -> None:
    with pytest.raises(ValueError, match="cannot be asked for files"):
        await take(store, update(1, channel="web"), SendIn(ON_TELEGRAM))


async def test_what_came_of_reading_is_kept_whole_and_once(store: SqlStorage) -> None:
    await take(store, update(1), SendIn(HERE))
    async with store.work() as work:
        assert await work.uploads.finish(1, SOUND, 'id = "gia_dinh"', LATER)
        assert not await work.uploads.finish(1, Proposal(1, ProposalState.REFUSED), "other", LATER)
        assert not await work.uploads.finish(99, SOUND, "other", LATER)
        assert await work.uploads.text(1) == 'id = "gia_dinh"'
        assert await work.uploads.text(99) == ""
    assert await proposal(store) == SOUND
    assert await waiting(store) == []


async def test_nobody_sees_what_another_sent_in(store: SqlStorage) -> None:
    await take(store, update(1), SendIn(HERE))
    await take(store, update(2, who="other"))
    assert await proposal(store, 1, 2) is None
    assert await proposal(store, 99, 1) is None
    async with store.work() as work:
        assert await work.uploads.blob(1, 2) is None


async def test_files_are_read_in_the_order_they_came(store: SqlStorage) -> None:
    (fetch,) = await take(store, update(1), SendIn(ON_TELEGRAM))
    for number in (2, 3, 4):
        await take(store, update(number, who=f"p{number}"), SendIn(HERE))
    await settled(store, fetch, Settled.SENT, BLOB)
    assert await waiting(store) == [1, 2, 3, 4]
    async with store.work() as work:
        assert [each.id for each in await work.uploads.waiting(2)] == [1, 2]


async def test_a_forgotten_person_leaves_no_upload_and_its_file_is_garbage(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), SendIn(HERE))
    (fetch,) = await take(store, update(2), SendIn(ON_TELEGRAM))
    await deliver(store, await take(store, update(3), ForgetPerson(), show()))
    assert await rows(upload) == []
    await settled(store, fetch, Settled.SENT, "cd" * 32)
    async with store.work() as work:
        assert await work.records.blob_garbage(LATER + timedelta(days=1)) == (BLOB, "cd" * 32)


async def test_a_file_that_another_still_needs_is_no_garbage(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), SendIn(HERE))
    await take(store, update(2, who="other"), SendIn(HERE))
    await take(store, update(3, who="third"), household())
    await take(store, update(4, who="third"), KeepEvidence("one", HERE))
    tomorrow = LATER + timedelta(days=1)
    for number, who in ((10, WHO), (11, "third")):
        await take(store, update(number, who=who), ForgetPerson(), show())
        async with store.work() as work:
            assert await work.records.blob_garbage(tomorrow) == ()
    assert [row["blob"] for row in await rows(blob_garbage)] == [BLOB]
    await take(store, update(12, who="other"), ForgetPerson(), show())
    async with store.work() as work:
        assert await work.records.blob_garbage(tomorrow) == (BLOB,)


async def test_a_workbook_sent_again_is_garbage_no_more(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    await execute("INSERT INTO blob_garbage VALUES (:blob, '2025-11-01 00:00:00')", blob=BLOB)
    await take(store, update(1), SendIn(HERE))
    assert await rows(blob_garbage) == []


async def test_who_joins_another_person_takes_roles_and_uploads_along(store: SqlStorage, rows: Rows) -> None:
    person_id = await issued(store)
    async with store.work() as work:
        await work.records.add_invite("r-OFFICER2", 2, NOW + timedelta(days=1), 1, NOW, RoleKind.OFFICER)
    await take(store, update(50, who="web-1", channel="web"), TakeRole("r-OFFICER2"), SendIn(HERE))
    await take(store, update(51, who="web-1", channel="web"), JoinPerson(CODE))
    assert [each.place.id for each in (await person_of(store)).roles] == [2]
    assert [row["person_id"] for row in await rows(role)] == [person_id]
    assert [row["person_id"] for row in await rows(upload)] == [person_id]
