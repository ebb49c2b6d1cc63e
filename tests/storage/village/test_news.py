"""What is due is told once, to the best account of a person, however many processes look for it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.dialogs.codec import encode_event
from bot.dialogs.events import Event, News, SheetMoved
from bot.dialogs.screens import say
from bot.services.bells import Bell
from bot.services.village.news import Telling
from storage import SqlStorage
from storage.tables import account, inbox, news
from tests.services.desk import TIMEZONE
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import Rolls
from tests.support.clock import FakeClock
from tests.support.turns import NOW, deliver, show, take, update

MOVED = SheetMoved(1, say("told.later"), "books")


class Post:
    """News behind the storage's back, and the job that tells them."""

    def __init__(self, store: SqlStorage, execute: Execute) -> None:
        self.store = store
        self.clock = FakeClock(NOW)
        self.bell = Bell()
        self.telling = Telling(store, self.clock, TIMEZONE, self.bell)
        self._execute = execute
        self._count = 900

    async def person(self, who: str, channel: str = "telegram", revision: int | None = None) -> int:
        """Somebody writes, and is shown a screen of a revision where one is given."""
        self._count += 1
        await take(self.store, update(self._count, who=who, channel=channel))
        if revision is not None:
            deliveries = await take(self.store, update(self._count + 500, who=who, channel=channel), show(revision))
            await deliver(self.store, deliveries)
        async with self.store.work() as work:
            account = await work.people.account(channel, who)
        assert account is not None
        return account.person_id

    async def add(
        self,
        person_id: int,
        event: Event = MOVED,
        assessment_id: int | None = None,
        after_s: int = 0,
        is_reminder: bool = False,
    ) -> None:
        """Something is to be told."""
        due_at = (NOW + timedelta(seconds=after_s)).strftime("%Y-%m-%d %H:%M:%S+00:00")
        sheet = "NULL" if assessment_id is None else str(assessment_id)
        values = f":person, :event, {sheet}, {str(is_reminder).lower()}, '{due_at}', '{due_at}'"
        columns = "person_id, event, assessment_id, is_reminder, created_at, due_at"
        statement = f"INSERT INTO news ({columns}) VALUES ({values})"  # noqa: S608 - values of this test
        await self._execute(statement, person=person_id, event=encode_event(event))

    async def waiting(self) -> list[tuple[str, str, Event]]:
        """(channel, account, event) of everything in the inbox, in order."""
        async with self.store.work() as work:
            claimed = await work.inbox.claim(100, self.clock.now())
        return [(each.account.channel, each.account.external_id, each.incoming.event) for each in claimed]


@pytest.fixture
def post(store: SqlStorage, execute: Execute) -> Post:
    return Post(store, execute)


async def test_what_is_due_becomes_an_update_exactly_once(post: Post, rows: Rows) -> None:
    person = await post.person("hoa", revision=5)
    await post.add(person)
    assert await post.telling.run_once() == 1
    assert await post.telling.run_once() == 0
    assert await post.waiting() == [("telegram", "hoa", MOVED)]
    assert [row["update_id"] for row in await rows(inbox) if row["update_id"].startswith("news")] == ["news:1"]
    assert [row["told_at"] for row in await rows(news)] == [NOW]
    assert await post.bell.wait(0.01)


async def test_what_is_not_due_waits(post: Post) -> None:
    person = await post.person("hoa", revision=5)
    await post.add(person, after_s=60)
    assert await post.telling.run_once() == 0
    post.clock.advance(60)
    assert await post.telling.run_once() == 1


async def test_a_channel_that_is_written_to_comes_before_one_that_fetches(post: Post, execute: Execute) -> None:
    person = await post.person("hoa", revision=5)
    await post.person("browser", "web", revision=9)
    await execute("UPDATE account SET person_id = :person", person=person)
    await post.add(person)
    await post.telling.run_once()
    assert [each[:2] for each in await post.waiting()] == [("telegram", "hoa")]


async def test_the_newest_screen_is_where_it_is_told(post: Post, execute: Execute) -> None:
    person = await post.person("old phone", revision=5)
    await post.person("new phone", revision=9)
    await execute("UPDATE account SET person_id = :person", person=person)
    await post.add(person)
    await post.telling.run_once()
    assert [each[1] for each in await post.waiting()] == ["new phone"]


async def test_who_blocked_us_is_told_where_they_fetch_their_mail(post: Post, execute: Execute, rows: Rows) -> None:
    person = await post.person("hoa", revision=5)
    await post.person("browser", "web", revision=4)
    await execute("UPDATE account SET person_id = :person", person=person)
    await execute("UPDATE account SET blocked_at = '2025-11-20 07:00:00+00:00' WHERE channel = 'telegram'")
    await post.add(person)
    await post.telling.run_once()
    assert [each[:2] for each in await post.waiting()] == [("web", "browser")]


async def test_whom_nothing_reaches_is_not_told_and_not_tried_again(post: Post, execute: Execute, rows: Rows) -> None:
    person = await post.person("hoa", revision=5)
    await execute("UPDATE account SET blocked_at = '2025-11-20 07:00:00+00:00'")
    await post.add(person)
    assert await post.telling.run_once() == 0
    assert await post.waiting() == []
    assert [row["told_at"] for row in await rows(news)] == [NOW]


async def test_telling_does_not_wake_an_account_that_blocked_us(post: Post, execute: Execute, rows: Rows) -> None:
    await post.person("hoa", revision=5)
    await execute("UPDATE account SET blocked_at = '2025-11-20 07:00:00+00:00'")
    async with post.store.work() as work:
        await work.inbox.add([replace(update(77, MOVED, who="hoa"), update_id="news:77")], NOW)
    assert [row["blocked_at"] is not None for row in await rows(account)] == [True]


@pytest.mark.parametrize(("state", "is_told"), [("draft", True), ("returned", True), ("handed_in", False)])
async def test_a_reminder_is_told_only_while_the_sheet_is_open(
    post: Post, rolls: Rolls, rows: Rows, state: str, is_told: bool
) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state=state)
    person = await post.person("hoa", revision=5)
    await post.add(person, SheetMoved(1, say("told.later")), assessment_id=1, is_reminder=True)
    assert await post.telling.run_once() == int(is_told)
    assert [row["told_at"] for row in await rows(news)] == [NOW]


async def test_what_is_decided_is_told_whatever_the_state(post: Post, rolls: Rolls) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state="confirmed")
    person = await post.person("hoa", revision=5)
    await post.add(person, assessment_id=1)
    assert await post.telling.run_once() == 1


async def test_no_phone_rings_at_night_and_a_mailbox_has_it_at_once(post: Post, rows: Rows) -> None:
    person, reader = await post.person("hoa", revision=5), await post.person("browser", "web", revision=9)
    await post.add(person, is_reminder=True)
    await post.add(reader, News(say("told.later")))
    await post.add(person, News(say("told.later")))
    night = datetime(2025, 11, 20, 15, 0, tzinfo=UTC)  # 22:00 in the village
    post.clock.advance((night - NOW).total_seconds())
    assert await post.telling.run_once() == 1
    reminder, read, decided = await rows(news)
    assert (reminder["told_at"], read["told_at"], decided["told_at"]) == (None, night, None)
    assert reminder["due_at"].astimezone(TIMEZONE).strftime("%d %H:%M") == "21 07:00"
    post.clock.advance(9 * 3600)
    assert await post.telling.run_once() == 2


async def test_what_was_told_goes_after_a_while_and_what_waits_stays(post: Post, rows: Rows) -> None:
    person = await post.person("hoa", revision=5)
    await post.add(person)
    await post.telling.run_once()
    await post.add(person, after_s=10**7)
    async with post.store.work() as work:
        assert await work.news.purge(NOW) == 0
        assert await work.news.purge(NOW + timedelta(seconds=1)) == 1
    assert [row["told_at"] for row in await rows(news)] == [None]


@pytest.mark.postgresql
@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
async def test_two_processes_tell_different_news(store: SqlStorage, post: Post) -> None:
    person = await post.person("hoa", revision=5)
    for _ in range(2):
        await post.add(person)
    async with store.work() as one, store.work() as other:
        first = await one.news.due(1, NOW)
        second = await other.news.due(5, NOW)
        assert [each.id for each in first] == [1]
        assert [each.id for each in second] == [2]
