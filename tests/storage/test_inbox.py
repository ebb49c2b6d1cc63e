"""Updates come in once, in order, one at a time per person."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from datetime import timedelta

import pytest

from bot.dialogs.events import Pressed, Resumed, Typed
from bot.ports import Claimed, Conflict, Settled
from storage import SqlStorage
from storage.tables import account, inbox, person
from tests.storage.conftest import Execute, Rows
from tests.support.turns import LEASE, NOW, TODAY, WHO, deliver, show, take, turn, update

LATER = NOW + timedelta(minutes=5)


async def add(store: SqlStorage, *numbers: int, who: str = WHO, channel: str = "telegram") -> None:
    async with store.work() as work:
        await work.inbox.add([update(number, who=who, channel=channel) for number in numbers], NOW)


async def claim(store: SqlStorage, limit: int = 10) -> tuple[Claimed, ...]:
    async with store.work() as work:
        return await work.inbox.claim(limit, NOW)


async def finish(store: SqlStorage, claimed: tuple[Claimed, ...]) -> None:
    async with store.work() as work:
        await work.people.apply([turn(each) for each in claimed], NOW, NOW + LEASE)


async def test_an_update_that_comes_again_is_not_stored_again(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        assert await work.inbox.add([update(1), update(2), update(1)], NOW) == 2
        assert await work.inbox.add([update(2), update(3)], NOW) == 1
    assert [row["update_id"] for row in await rows(inbox)] == ["1", "2", "3"]
    assert len(await rows(account)) == len(await rows(person)) == 1


async def test_an_update_that_comes_again_after_it_was_handled_changes_nothing(store: SqlStorage) -> None:
    await take(store, update(1), show())
    async with store.work() as work:
        assert await work.inbox.add([update(1)], LATER) == 0
        assert await work.inbox.claim(10, LATER) == ()


async def test_the_same_update_id_on_another_channel_is_another_update(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.inbox.add([update(1), update(1, channel="zalo")], NOW) == 2


async def test_everything_an_update_says_comes_back(store: SqlStorage) -> None:
    sent = update(7, Pressed("yes", 3), press_ref="press-1", message_ref="message-1")
    async with store.work() as work:
        await work.inbox.add([sent], NOW)
        (claimed,) = await work.inbox.claim(10, NOW)
    assert claimed.incoming == sent
    assert claimed.account.external_id == sent.external_id
    assert claimed.account.screen_revision == -1


async def test_a_person_is_handled_in_order_of_their_updates_not_of_arrival(store: SqlStorage) -> None:
    await add(store, 5, 3, 4)
    seen = []
    while claimed := await claim(store):
        assert len(claimed) == 1
        seen.append(claimed[0].incoming.order)
        await finish(store, claimed)
    assert seen == [3, 4, 5]


async def test_one_claim_takes_one_update_of_each_person_and_no_more_than_asked(store: SqlStorage) -> None:
    for who in ("a", "b", "c"):
        await add(store, *(ord(who) * 10 + n for n in range(3)), who=who)
    assert [each.incoming.external_id for each in await claim(store)] == ["a", "b", "c"]
    assert [each.incoming.external_id for each in await claim(store, 2)] == ["a", "b"]


async def test_who_awaits_a_reply_is_passed_over_until_it_is_settled(store: SqlStorage) -> None:
    sent = await take(store, update(1), show())
    await add(store, 2)
    assert await claim(store) == ()
    async with store.work() as work:
        assert await work.inbox.has_pending(NOW)
    await deliver(store, sent)
    (claimed,) = await claim(store)
    assert claimed.account.screen_ref == f"message-{sent[0].id}"


async def test_a_reply_whose_lease_ran_out_holds_nobody_up(store: SqlStorage) -> None:
    await take(store, update(1), show())
    await add(store, 2)
    async with store.work() as work:
        assert await work.inbox.claim(10, NOW + LEASE - timedelta(seconds=1)) == ()
        assert len(await work.inbox.claim(10, NOW + LEASE)) == 1


async def test_who_fetches_their_mail_is_never_held_up(store: SqlStorage) -> None:
    assert await take(store, update(1, channel="web"), show()) == ()
    await add(store, 2, channel="web")
    assert len(await claim(store)) == 1


async def test_a_failed_update_waits_and_the_later_ones_of_its_person_wait_behind_it(store: SqlStorage) -> None:
    await add(store, 1, 2)
    (claimed,) = await claim(store)
    async with store.work() as work:
        await work.inbox.fail(claimed.inbox_id, "KeyError at x.py:1", "A1", NOW, LATER)
        assert not await work.inbox.has_pending(NOW)
        assert await work.inbox.claim(10, NOW) == ()
        (again,) = await work.inbox.claim(10, LATER)
    assert (again.incoming.order, again.attempts) == (1, 1)


async def test_a_parked_update_holds_nobody_up_and_can_be_put_back(store: SqlStorage) -> None:
    await add(store, 1, 2)
    (claimed,) = await claim(store)
    async with store.work() as work:
        await work.inbox.fail(claimed.inbox_id, "KeyError at x.py:1", "A1", NOW, None)
        (parked,) = await work.inbox.parked()
    assert (parked.inbox_id, parked.attempts, parked.event_kind) == (claimed.inbox_id, 1, "Typed")
    assert (parked.error, parked.reference, parked.received_at) == ("KeyError at x.py:1", "A1", NOW)
    assert [each.incoming.order for each in await claim(store)] == [2]
    async with store.work() as work:
        assert await work.inbox.retry_parked([parked.inbox_id, 999]) == 1
        assert await work.inbox.parked() == ()
    (again,) = await claim(store)
    assert (again.incoming.order, again.attempts) == (1, 0)


@pytest.mark.parametrize("damaged", ['{"kind": "FromTheFuture"}', "{", "[]"])
async def test_an_update_that_cannot_be_read_is_parked_and_the_others_go_on(
    store: SqlStorage, execute: Execute, damaged: str
) -> None:
    await add(store, 1, who="a")
    await add(store, 2, who="b")
    await execute("UPDATE inbox SET event = :event WHERE update_id = '1'", event=damaged)
    assert [each.incoming.order for each in await claim(store)] == [2]
    async with store.work() as work:
        (parked,) = await work.inbox.parked()
    assert parked.event_kind == "unreadable"
    assert parked.error.endswith("Error in claim")


async def test_a_handled_update_keeps_nothing_but_its_id_and_is_purged(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1, Typed("tôi là Hoa"), press_ref="p", message_ref="m"), show())
    await add(store, 2)
    done, _ = await rows(inbox)
    assert done["update_id"] == "1"
    assert not any(done[name] for name in ("event", "person_id", "account_id", "press_ref", "message_ref"))
    async with store.work() as work:
        assert await work.inbox.purge(NOW) == 0
        assert await work.inbox.purge(LATER) == 1
    assert [row["update_id"] for row in await rows(inbox)] == ["2"]


async def test_who_blocked_us_is_unblocked_by_writing_but_not_by_our_own_resumption(
    store: SqlStorage, rows: Rows
) -> None:
    await deliver(store, await take(store, update(1), show()), Settled.BLOCKED)
    assert (await rows(account))[0]["blocked_at"] == NOW
    async with store.work() as work:
        await work.inbox.add([update(2, Resumed())], NOW)
    assert (await rows(account))[0]["blocked_at"] == NOW
    await add(store, 3)
    assert (await rows(account))[0]["blocked_at"] is None


async def test_an_exception_leaves_nothing_behind(store: SqlStorage, rows: Rows) -> None:
    async def fail() -> None:
        async with store.work() as work:
            await work.inbox.add([update(1)], NOW)
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError, match="stop"):
        await fail()
    assert await rows(inbox) == await rows(person) == []
    await add(store, 1)
    assert len(await rows(inbox)) == 1


async def test_an_update_cannot_be_finished_twice(store: SqlStorage) -> None:
    await add(store, 1)
    claimed = await claim(store)
    await finish(store, claimed)
    with pytest.raises(Conflict) as caught:
        await finish(store, claimed)
    assert caught.value.inbox_ids == (claimed[0].inbox_id,)


async def test_persons_start_at_revisions_that_no_older_screen_has(store: SqlStorage) -> None:
    async with store.work() as work:
        await work.inbox.add([update(1, who="a")], NOW)
        await work.inbox.add([update(2, who="b")], NOW + timedelta(seconds=1))
        claimed = await work.inbox.claim(10, LATER)
        people = await work.people.load([each.account.person_id for each in claimed], TODAY)
    first, second = (people[each.account.person_id].session.revision for each in claimed)
    assert 0 < first < second


async def test_two_workers_never_hold_the_same_person(store: SqlStorage, url: str) -> None:
    """On PostgreSQL both transactions are open at once; SQLite makes the second wait."""
    for number, who in enumerate("abcd"):
        await add(store, number, who=who)
    if url.startswith("sqlite"):
        return
    async with store.work() as one, store.work() as two:
        first = await one.inbox.claim(2, NOW)
        second = await two.inbox.claim(10, NOW)
    assert [each.incoming.external_id for each in first] == ["a", "b"]
    assert [each.incoming.external_id for each in second] == ["c", "d"]


async def test_an_update_handled_between_look_and_lock_is_not_claimed_again(store: SqlStorage, url: str) -> None:
    await add(store, 1, 2)
    if url.startswith("sqlite"):
        return
    async with store.work() as one:
        claimed = await one.inbox.claim(1, NOW)
        async with store.work() as two:
            assert await two.inbox.claim(1, NOW) == ()
            await one.people.apply([turn(each) for each in claimed], NOW, NOW + LEASE)
    assert [each.incoming.order for each in await claim(store)] == [2]


async def test_many_workers_handle_each_update_once_and_each_person_in_order(store: SqlStorage) -> None:
    people, each_sends = 6, 5
    for number in range(people * each_sends):
        await add(store, number, who=f"person {number % people}")
    handled: defaultdict[str, list[int]] = defaultdict(list)

    async def worker() -> None:
        while True:
            async with store.work() as work:
                claimed = await work.inbox.claim(2, NOW)
                await work.people.load([each.account.person_id for each in claimed], TODAY)
                await asyncio.sleep(0)
                await work.people.apply([turn(each) for each in claimed], NOW, NOW + LEASE)
                if not claimed and not await work.inbox.has_pending(NOW):
                    return
            for each in claimed:
                handled[each.incoming.external_id].append(each.incoming.order)

    async with asyncio.TaskGroup() as group:
        for _ in range(4):
            group.create_task(worker())
    assert len(handled) == people
    for orders in handled.values():
        assert sorted(orders) == orders
        assert len(set(orders)) == each_sends
