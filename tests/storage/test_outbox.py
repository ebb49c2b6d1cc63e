"""What is sent is sent once where possible, in time, and only to who wants it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogs.effects import DocumentKind, Notice, SendDocument, Show
from bot.dialogs.events import Pressed
from bot.dialogs.screens import say
from bot.dialogs.session import Session
from bot.ports import Delivery, Priority, Settled, Settlement
from storage import SqlStorage
from storage.tables import OutboxState, account, outbox
from tests.storage.conftest import Execute, Rows
from tests.support.turns import LEASE, NOW, WHO, deliver, show, take, update

MINUTE = timedelta(minutes=1)
PUSHED = ("telegram", "zalo")


async def due(
    store: SqlStorage, now: object = NOW, limit: int = 10, channels: tuple[str, ...] = PUSHED
) -> tuple[Delivery, ...]:
    assert isinstance(now, type(NOW))
    async with store.work() as work:
        return await work.outbox.claim_due(channels, limit, now, now + LEASE)


async def mailbox(store: SqlStorage, after: int = 0, limit: int = 100) -> list[int]:
    async with store.work() as work:
        there = await work.people.account("web", WHO)
        assert there is not None
        kept = await work.outbox.mailbox(there.id, after, limit)
    return [each.content.screen.revision for each in kept if isinstance(each.content, Show)]


# --- what a turn leaves -----------------------------------------------------------------------------------------------


async def test_replies_of_a_turn_come_back_in_order_to_be_sent(store: SqlStorage) -> None:
    english = Session(3, locale="en")
    first, second = await take(store, update(1), SendDocument(DocumentKind.PDF), show(3), session=english)
    assert (first.content, second.content) == (SendDocument(DocumentKind.PDF), show(3))
    assert first.id < second.id
    assert (second.locale, second.priority, second.attempts, second.created_at) == ("en", Priority.REPLY, 0, NOW)
    assert second.account.external_id == WHO


async def test_a_press_is_answered_in_place_and_once(store: SqlStorage) -> None:
    pressed = update(1, Pressed("yes", 1), press_ref="press-1")
    document, first, second = await take(store, pressed, SendDocument(DocumentKind.CARD), show(2), show(3))
    assert (first.in_place, first.press_ref) == (True, "press-1")
    assert (document.in_place, document.press_ref) == (False, "")
    assert (second.in_place, second.press_ref) == (False, "")


async def test_a_press_without_a_screen_in_return_is_answered_with_the_document(store: SqlStorage) -> None:
    (document,) = await take(store, update(1, Pressed("pdf", 1), press_ref="press-1"), SendDocument(DocumentKind.PDF))
    assert (document.in_place, document.press_ref) == (False, "press-1")


async def test_a_press_on_an_older_message_gets_a_new_one(store: SqlStorage) -> None:
    await deliver(store, await take(store, update(1), show(1)))
    (live,) = await take(store, update(2, Pressed("a", 1), message_ref="message-1"), show(2))
    assert live.in_place
    await deliver(store, (live,))
    (old,) = await take(store, update(3, Pressed("a", 1), message_ref="message-1"), show(3))
    assert not old.in_place


async def test_a_text_is_answered_by_a_new_message(store: SqlStorage) -> None:
    (reply,) = await take(store, update(1), show(1))
    assert not reply.in_place


async def test_a_screen_not_sent_yet_gives_way_to_the_newer_one(store: SqlStorage) -> None:
    await deliver(store, await take(store, update(1), show(1), SendDocument(DocumentKind.PDF)), Settled.RETRY)
    sent = await take(store, update(2), show(2))
    await deliver(store, sent)
    waiting = await due(store, NOW + 5 * MINUTE)
    assert [each.content for each in waiting] == [SendDocument(DocumentKind.PDF)]


async def test_a_screen_whose_sender_died_gives_way_too(store: SqlStorage) -> None:
    await take(store, update(1), show(1))
    await take(store, update(2), show(2), now=NOW + LEASE)
    assert await due(store, NOW + LEASE) == ()
    assert [each.content for each in await due(store, NOW + 2 * LEASE)] == [show(2)]


# --- how it ends ------------------------------------------------------------------------------------------------------


async def test_what_was_sent_leaves_the_outbox_and_is_the_screen_of_the_account(store: SqlStorage, rows: Rows) -> None:
    (reply,) = await take(store, update(1), show(7))
    await deliver(store, (reply,))
    assert await rows(outbox) == []
    async with store.work() as work:
        there = await work.people.account("telegram", WHO)
    assert there is not None
    assert (there.screen_ref, there.screen_sequence) == (f"message-{reply.id}", reply.id)
    assert (there.screen_revision, there.screen_shown_at) == (7, NOW)


async def test_a_screen_that_gave_way_does_not_come_back_when_its_sender_wakes(store: SqlStorage) -> None:
    slow = await take(store, update(1), show(1))
    await deliver(store, await take(store, update(2), show(2), now=NOW + LEASE))
    await deliver(store, slow)
    async with store.work() as work:
        there = await work.people.account("telegram", WHO)
    assert there is not None
    assert there.screen_revision == 2


async def test_a_retry_waits_for_its_time_and_is_counted(store: SqlStorage, rows: Rows) -> None:
    await deliver(store, await take(store, update(1), show(1)), Settled.RETRY)
    (row,) = await rows(outbox)
    assert (row["state"], row["attempts"], row["error"]) == (OutboxState.QUEUED, 1, "test")
    assert await due(store, NOW + MINUTE - timedelta(seconds=1)) == ()
    (again,) = await due(store, NOW + MINUTE)
    assert (again.attempts, again.content) == (1, show(1))
    assert await due(store, NOW + MINUTE) == ()


async def test_a_lease_that_ran_out_is_an_attempt(store: SqlStorage) -> None:
    await take(store, update(1), show(1))
    assert await due(store, NOW + LEASE - timedelta(seconds=1)) == ()
    assert [each.attempts for each in await due(store, NOW + LEASE)] == [1]
    assert [each.attempts for each in await due(store, NOW + 2 * LEASE)] == [2]


async def test_what_is_refused_for_good_is_kept_for_the_administrator_and_purged(store: SqlStorage, rows: Rows) -> None:
    await deliver(store, await take(store, update(1), show(1)), Settled.DEAD)
    assert [(row["state"], row["error"]) for row in await rows(outbox)] == [(OutboxState.DEAD, "test")]
    assert await due(store, NOW + 9 * LEASE) == ()
    async with store.work() as work:
        assert await work.outbox.purge(NOW) == 0
        assert await work.outbox.purge(NOW + MINUTE) == 1
    assert await rows(outbox) == []


async def test_nothing_is_written_to_who_blocked_us(store: SqlStorage, rows: Rows) -> None:
    first = await take(store, update(1), SendDocument(DocumentKind.PDF), show(1))
    await deliver(store, first[:1], Settled.RETRY)
    await deliver(store, first[1:], Settled.BLOCKED)
    (row,) = await rows(account)
    assert row["blocked_at"] == NOW
    assert await rows(outbox) == []
    async with store.work() as work:
        there = await work.people.account("telegram", WHO)
        assert there is not None
        await work.outbox.notice(there, say("maintenance"), NOW)
    assert await rows(outbox) == []


# --- claiming ---------------------------------------------------------------------------------------------------------


async def test_replies_go_before_the_rest_oldest_first_and_only_of_the_channels_asked_for(
    store: SqlStorage, execute: Execute
) -> None:
    for number, channel in enumerate(("telegram", "telegram", "telegram", "zalo")):
        await take(store, update(number, who=f"p{number}", channel=channel), show(number))
    await execute("UPDATE outbox SET priority = 1 WHERE id = 1")
    assert [each.id for each in await due(store, NOW + LEASE, limit=2, channels=("telegram",))] == [2, 3]
    assert [each.id for each in await due(store, NOW + LEASE, channels=("telegram",))] == [1]
    assert [each.id for each in await due(store, NOW + LEASE)] == [4]


async def test_two_senders_never_take_the_same(store: SqlStorage, url: str) -> None:
    for number in range(4):
        await take(store, update(number, who=f"p{number}"), show(number))
    later = NOW + LEASE
    if url.startswith("sqlite"):
        assert len(await due(store, later, limit=2)) == len(await due(store, later)) == 2
        return
    async with store.work() as one, store.work() as two:
        first = await one.outbox.claim_due(PUSHED, 2, later, later + LEASE)
        second = await two.outbox.claim_due(PUSHED, 10, later, later + LEASE)
    assert [each.id for each in (*first, *second)] == [1, 2, 3, 4]


async def test_a_row_that_cannot_be_read_is_buried_and_the_others_go(
    store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await take(store, update(1, who="a"), show(1))
    await take(store, update(2, who="b"), show(2))
    await execute("UPDATE outbox SET content = :content WHERE id = 1", content='{"kind":"FromTheFuture"}')
    assert [each.id for each in await due(store, NOW + LEASE)] == [2]
    assert {row["id"]: row["state"] for row in await rows(outbox)}[1] is OutboxState.DEAD


async def test_a_dead_process_gives_its_deliveries_back_at_the_next_start(store: SqlStorage, url: str) -> None:
    await take(store, update(1), show(1))
    async with store.work() as work:
        taken_back = await work.outbox.reclaim()
    if url.startswith("sqlite"):
        assert taken_back == 1
        assert [each.attempts for each in await due(store)] == [1]
    else:
        assert taken_back == 0
        assert await due(store) == ()


# --- mailboxes --------------------------------------------------------------------------------------------------------


async def test_a_pull_channel_keeps_what_it_shows(store: SqlStorage, rows: Rows) -> None:
    assert await take(store, update(1, channel="web"), show(1)) == ()
    assert [row["state"] for row in await rows(outbox)] == [OutboxState.KEPT]
    assert await due(store, NOW + 9 * LEASE, channels=("web", "telegram")) == ()
    async with store.work() as work:
        (kept,) = await work.outbox.mailbox(1, 0, 10)
    assert (kept.content, kept.locale, kept.at) == (show(1), "vi", NOW)


async def test_a_mailbox_is_read_from_where_one_was(store: SqlStorage, rows: Rows) -> None:
    for number in range(1, 6):
        await take(store, update(number, channel="web"), show(number))
    ids = [row["id"] for row in await rows(outbox)]
    assert await mailbox(store) == [1, 2, 3, 4, 5]
    assert await mailbox(store, after=ids[2]) == [4, 5]
    assert await mailbox(store, limit=2) == [4, 5]
    assert await mailbox(store, after=ids[-1]) == []


async def test_a_mailbox_keeps_its_newest_sixty_and_leaves_others_alone(store: SqlStorage) -> None:
    await take(store, update(1000, channel="web", who="other"), show(1))
    for number in range(1, 6):
        await take(store, update(number, channel="web"), *(show(number * 100 + each) for each in range(15)))
    kept = await mailbox(store)
    assert len(kept) == 60
    assert kept[0] == 200
    async with store.work() as work:
        assert len(await work.outbox.mailbox(1, 0, 10)) == 1


async def test_ids_of_a_mailbox_only_grow_even_when_it_was_emptied(
    store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await take(store, update(1, channel="web"), show(1))
    (before,) = await rows(outbox)
    await execute("DELETE FROM outbox")
    await take(store, update(2, channel="web"), show(2))
    assert await mailbox(store, after=before["id"]) == [2]


@pytest.mark.parametrize(("channel", "state"), [("telegram", OutboxState.QUEUED), ("web", OutboxState.KEPT)])
async def test_a_notice_goes_out_in_the_language_of_the_person(
    store: SqlStorage, rows: Rows, channel: str, state: OutboxState
) -> None:
    await take(store, update(1, channel=channel), session=Session(1, locale="en"))
    async with store.work() as work:
        there = await work.people.account(channel, WHO)
        assert there is not None
        await work.outbox.notice(there, say("failure.reference", reference="A1"), NOW)
    (row,) = await rows(outbox)
    assert (row["state"], row["locale"]) == (state, "en")
    if channel == "telegram":
        (sent,) = await due(store)
        assert sent.content == Notice(say("failure.reference", reference="A1"))
        async with store.work() as work:
            await work.outbox.settle([Settlement(sent, Settled.SENT)], NOW)
        assert await rows(outbox) == []
