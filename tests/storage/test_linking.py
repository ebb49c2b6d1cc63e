"""A second channel joins a person by a one-time code."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from bot.dialogs.effects import CountFailedCode, GiveConsent, IssueLinkCode, JoinPerson
from bot.dialogs.events import Resumed
from bot.dialogs.facts import CodeState, LinkTarget
from bot.dialogs.session import Session
from bot.ports import Conflict
from storage import SqlStorage
from storage.tables import account, consent, inbox, link_code, person
from tests.storage.conftest import Everything, Rows
from tests.support.turns import LEASE, NOW, person_of, show, take, take_all, turn, update
from tests.support.turns import subject as household

CODE = "K7QMX2PD"


async def issued(store: SqlStorage, code: str = CODE, number: int = 1) -> int:
    """A person on Telegram with a household asked for a code."""
    if number == 1:
        await take(store, update(0), household())
    await take(store, update(number), IssueLinkCode(code))
    return (await person_of(store)).person_id


async def target(store: SqlStorage, code: str = CODE, after: timedelta = timedelta(0)) -> LinkTarget | CodeState:
    async with store.work() as work:
        return await work.records.link_target(code, NOW + after)


async def test_a_code_leads_to_its_person_for_a_quarter_of_an_hour(store: SqlStorage, everything: Everything) -> None:
    person_id = await issued(store)
    assert await target(store) == LinkTarget(CODE, person_id)
    assert await target(store, after=timedelta(minutes=15)) is CodeState.EXPIRED
    assert await target(store, "UNKNOWN2") is CodeState.UNKNOWN
    assert CODE not in await everything()


async def test_a_fresh_code_makes_the_older_one_void(store: SqlStorage) -> None:
    await issued(store)
    await issued(store, "SECOND22", number=2)
    assert await target(store) is CodeState.EXPIRED
    assert isinstance(await target(store, "SECOND22"), LinkTarget)


async def test_joining_gives_the_account_and_what_waits_of_it_to_the_person(store: SqlStorage, rows: Rows) -> None:
    person_id = await issued(store)
    await take(store, update(5, who="web-1", channel="web"), GiveConsent("1"))
    async with store.work() as work:
        await work.inbox.add([update(6, who="web-1", channel="web"), update(7, who="web-1", channel="web")], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        assert claimed.account.person_id != person_id
        await work.people.apply([turn(claimed, JoinPerson(CODE), show())], NOW, NOW + LEASE)
    assert {row["person_id"] for row in await rows(account)} == {person_id}
    assert [row["person_id"] for row in await rows(inbox) if row["state"] == "pending"] == [person_id]
    assert [row["id"] for row in await rows(person)] == [person_id]
    assert [row["person_id"] for row in await rows(consent)] == [person_id]
    assert await target(store) is CodeState.USED_UP
    async with store.work() as work:
        (following,) = await work.inbox.claim(1, NOW)
    assert following.account.person_id == person_id


async def test_joining_leaves_the_session_of_the_person_alone(store: SqlStorage) -> None:
    await issued(store)
    before = (await person_of(store)).session
    await take(store, update(5, who="web-1", channel="web"), JoinPerson(CODE), session=Session(revision=7))
    assert (await person_of(store, "web-1", "web")).session == before


async def test_an_update_added_right_after_joining_belongs_to_the_joined_person(store: SqlStorage) -> None:
    person_id = await issued(store)
    async with store.work() as work:
        await work.inbox.add([update(5, who="web-1", channel="web")], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        await work.people.apply([turn(claimed, JoinPerson(CODE))], NOW, NOW + LEASE)
        await work.inbox.add([update(6, Resumed(), who="web-1", channel="web")], NOW)
    async with store.work() as work:
        (following,) = await work.inbox.claim(1, NOW)
    assert following.account.person_id == person_id


async def test_a_former_person_with_a_household_stays(store: SqlStorage, rows: Rows) -> None:
    await issued(store)
    await take(store, update(5, who="web-1", channel="web"), household("Trần Văn An"))
    await take(store, update(6, who="web-1", channel="web"), JoinPerson(CODE))
    assert len(await rows(person)) == 2


async def test_a_person_may_type_their_own_code(store: SqlStorage, rows: Rows) -> None:
    person_id = await issued(store)
    await take(store, update(2), JoinPerson(CODE), session=Session(revision=9))
    assert [row["id"] for row in await rows(person)] == [person_id]
    assert (await person_of(store)).session.revision == 9


async def test_a_code_is_used_once_within_one_batch(store: SqlStorage, rows: Rows) -> None:
    await issued(store)
    async with store.work() as work:
        await work.inbox.add([update(n, who=f"web-{n}", channel="web") for n in (5, 6)], NOW)
        _, second = await work.inbox.claim(10, NOW)
    with pytest.raises(Conflict) as caught:
        await take_all(store, JoinPerson(CODE))
    assert caught.value.inbox_ids == (second.inbox_id,)
    assert (await rows(link_code))[0]["used_at"] is None


async def test_a_code_is_used_once_when_raced(store: SqlStorage, rows: Rows) -> None:
    person_id = await issued(store)
    ready = asyncio.Barrier(2)

    async def join(number: int) -> bool:
        try:
            await ready.wait()
            await take(store, update(number, who=f"web-{number}", channel="web"), JoinPerson(CODE))
        except Conflict:
            return False
        return True

    assert sorted(await asyncio.gather(join(5), join(6))) == [False, True]
    assert [row["person_id"] for row in await rows(account)].count(person_id) == 2


async def test_an_expired_code_joins_nobody(store: SqlStorage) -> None:
    await issued(store)
    with pytest.raises(Conflict):
        await take(store, update(5, who="web-1", channel="web"), JoinPerson(CODE), now=NOW + timedelta(minutes=15))


async def test_wrong_codes_are_counted_until_some_time_passed(store: SqlStorage, rows: Rows) -> None:
    for number, minutes, expected in ((1, 0, 1), (2, 14, 2), (3, 28, 3), (4, 43, 1)):
        moment = NOW + timedelta(minutes=minutes)
        await take(store, update(number), CountFailedCode(), now=moment)
        (row,) = await rows(account)
        assert (row["failed_codes"], row["failed_code_at"]) == (expected, moment)


async def test_old_codes_are_purged(store: SqlStorage, rows: Rows) -> None:
    await issued(store)
    async with store.work() as work:
        await work.people.purge(NOW + timedelta(days=1))
    assert await rows(link_code) == []
