"""Delivering: replies first, retries when it helps, blocked accounts left alone, the end recorded."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.dialogs.effects import DocumentKind, Notice, Show
from bot.dialogs.events import FileKind, FileRef, FileSent, Typed
from bot.ports import Delivery, Document, PersonRecord, SendError, Sent, Settlement, Storage
from bot.services.bells import Bell
from bot.services.deliver import LEASE, Delivering, GivingBack
from bot.services.limiter import Pace
from storage.blobs import FolderBlobs
from storage.outbox import SqlOutbox
from tests.services.desk import Desk
from tests.support.clock import FakeClock


@dataclass
class FakeSender:
    """A channel that does as it is told."""

    channel: str = "telegram"
    errors: list[Exception] = field(default_factory=list)
    sent: list[object] = field(default_factory=list)

    async def send_screen(self, delivery: Delivery, show: Show) -> Sent:
        self._fail()
        self.sent.append(show)
        return Sent("500", 500)

    async def send_notice(self, delivery: Delivery, notice: Notice) -> None:
        self._fail()
        self.sent.append(notice)

    async def send_document(self, delivery: Delivery, document: Document) -> None:
        self._fail()
        self.sent.append(document)

    async def fetch(self, file: FileRef) -> bytes:
        self._fail()
        return b"picture of " + file.ref.encode()

    def _fail(self) -> None:
        if self.errors:
            raise self.errors.pop(0)


class NoPrinter:
    async def make(self, kind: DocumentKind, person: PersonRecord, locale: str, at: object, of: str = "") -> Document:
        raise ValueError("nothing to print")


Deliver = Callable[[tuple[Delivery, ...]], Awaitable[None]]


@pytest.fixture
def sender() -> FakeSender:
    return FakeSender()


@pytest.fixture
def delivering(
    store: Storage, clock: FakeClock, sender: FakeSender, tmp_path_factory: pytest.TempPathFactory
) -> Delivering:
    blobs = FolderBlobs(tmp_path_factory.mktemp("files"))
    paces = {"telegram": Pace(0, 0, 0, 0)}
    timezone = ZoneInfo("Asia/Ho_Chi_Minh")
    return Delivering(store, clock, {"telegram": sender}, paces, NoPrinter(), blobs, Bell(), timezone)


async def deliver(delivering: Delivering, deliveries: tuple[Delivery, ...] = ()) -> None:
    """Run until everything in hand is settled."""
    await delivering.hand(deliveries)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(delivering.run())
        await delivering.idle(10)
        running.cancel()


async def started(desk: Desk, chat: str = "1") -> tuple[Delivery, ...]:
    await desk.accept(desk.update(Typed("/start"), chat, "telegram"))
    return (await desk.conversation.run_once()).deliveries


async def test_what_was_sent_is_the_screen_the_account_shows(desk: Desk, delivering: Delivering) -> None:
    deliveries = await started(desk)
    await deliver(delivering, deliveries)
    async with desk.storage.work() as work:
        account = await work.people.account("telegram", "1")
    assert account is not None
    assert account.screen_ref == "500"
    content = deliveries[0].content
    assert isinstance(content, Show)
    assert account.screen_revision == content.screen.revision


async def test_a_passing_fault_is_retried_later_and_only_then(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    sender.errors.append(SendError("telegram.network", retryable=True))
    await deliver(delivering, await started(desk))
    assert sender.sent == []
    assert await delivering.claim_due() == 0, "not before its time"
    clock.advance(2)
    assert await delivering.claim_due() == 1
    await deliver(delivering)
    assert len(sender.sent) == 1


async def test_being_told_to_wait_holds_the_whole_channel(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    sender.errors.append(SendError("telegram.too_many", retryable=True, retry_after_s=30))
    await deliver(delivering, await started(desk, "1"))
    second = await started(desk, "2")
    await delivering.hand(second)
    async with asyncio.TaskGroup() as tasks:
        running = tasks.create_task(delivering.run())
        await asyncio.sleep(0.05)
        assert sender.sent == []
        running.cancel()
    clock.advance(31)
    assert await delivering.claim_due() == 1
    await deliver(delivering)
    assert len(sender.sent) == 2


async def test_a_blocked_account_is_not_written_to_again(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    sender.errors.append(SendError("telegram.blocked", blocked=True))
    deliveries = await started(desk)
    await deliver(delivering, deliveries)
    clock.advance(3600)
    assert await delivering.claim_due() == 0


async def test_a_refusal_for_good_is_not_retried(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    sender.errors.append(SendError("telegram.bad_request"))
    await deliver(delivering, await started(desk))
    clock.advance(3600)
    assert await delivering.claim_due() == 0
    assert sender.sent == []


async def test_an_unexpected_fault_is_tried_again_a_few_times(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    sender.errors.extend(RuntimeError("surprise") for _ in range(10))
    await deliver(delivering, await started(desk))
    tries = 1
    for _ in range(10):
        clock.advance(600)
        tries += await delivering.claim_due()
        await deliver(delivering)
    assert tries == 5


async def test_a_lease_that_ran_out_is_not_sent_by_its_former_holder(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    await delivering.hand(await started(desk))
    clock.advance(LEASE.total_seconds() + 1)
    await deliver(delivering)
    assert sender.sent == []
    assert await delivering.claim_due() == 1, "it is due again, for whoever takes it"
    await deliver(delivering)
    assert len(sender.sent) == 1


async def test_what_waits_in_hand_beyond_its_lease_is_still_sent_once(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    await delivering.hand(await started(desk))
    clock.advance(LEASE.total_seconds() + 1)
    assert await delivering.claim_due() == 1, "the tick renews the lease"
    await deliver(delivering)
    assert len(sender.sent) == 1


async def test_a_process_without_channels_leaves_deliveries_to_the_one_that_serves_them(
    desk: Desk, delivering: Delivering, sender: FakeSender, clock: FakeClock
) -> None:
    await GivingBack(desk.storage, clock).hand(await started(desk))
    assert await delivering.claim_due() == 1
    await deliver(delivering)
    assert len(sender.sent) == 1


async def test_an_end_the_database_did_not_take_is_told_again(
    desk: Desk, delivering: Delivering, sender: FakeSender, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = SqlOutbox.settle
    failures = [RuntimeError("deadlock")]

    async def settle(self: SqlOutbox, settlements: Sequence[Settlement], now: datetime) -> None:
        if failures:
            raise failures.pop()
        await real(self, settlements, now)

    monkeypatch.setattr(SqlOutbox, "settle", settle)
    await deliver(delivering, await started(desk))
    async with desk.storage.work() as work:
        account = await work.people.account("telegram", "1")
    assert account is not None
    assert account.screen_ref == "500"
    assert len(sender.sent) == 1


async def test_a_document_that_cannot_be_made_says_so(desk: Desk, delivering: Delivering, sender: FakeSender) -> None:
    await desk.accept(desk.update(Typed("/start"), "1", "telegram"))
    await desk.handle_all()
    await desk.accept(desk.update(Typed("đồng ý"), "1", "telegram"))
    await desk.handle_all()
    await desk.accept(desk.update(Typed("/mydata"), "1", "telegram"))
    await deliver(delivering, (await desk.conversation.run_once()).deliveries)
    notices = [c.text.code for c in sender.sent if isinstance(c, Notice)]
    assert notices == ["document.failed"]


async def test_evidence_is_brought_from_the_channel_and_kept_by_its_content(desk: Desk, delivering: Delivering) -> None:
    for said in ("/start", "đồng ý", "Bà Tư", "1", "2", "1"):
        await desk.accept(desk.update(Typed(said), "1", "telegram"))
        await desk.handle_all()
    photo = FileSent(FileRef("AgAC", FileKind.PHOTO, 300_000, "image/jpeg"))
    await desk.accept(desk.update(photo, "1", "telegram"))
    await deliver(delivering, (await desk.conversation.run_once()).deliveries)
    person = await desk.person("1", "telegram")
    async with desk.storage.work() as work:
        copied = await work.people.everything(person.person_id, date(2026, 11, 22))
    (kept,) = copied["evidence"]
    assert kept["state"] == "kept"
    sha256 = hashlib.sha256(b"picture of AgAC").hexdigest()
    assert await delivering._blobs.read(sha256) == b"picture of AgAC"
