"""Builders of updates and turns for tests of storage and services: only what a test is about needs to be said."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.dialogs.effects import Effect, RegisterSubject, Show
from bot.dialogs.events import Event, Typed
from bot.dialogs.screens import Expects, Paragraph, Screen, say
from bot.dialogs.session import Session
from bot.ports import Claimed, Delivery, Incoming, Outcome, PersonRecord, Sent, Settled, Settlement, Storage, Turn
from bot.scoring.model import SubjectKind

NOW = datetime(2025, 11, 20, 8, 0, tzinfo=UTC)
YEAR = 2025
TODAY = date(2025, 11, 20)
LEASE = timedelta(seconds=60)
WHO = "zalo-chi-Hoa"
ALL_ARE_OFFICERS = (
    "INSERT INTO role (person_id, role, place_id, since) "
    "SELECT id, 'officer', 1, '2025-01-01' FROM person WHERE id NOT IN (SELECT person_id FROM role)"
)
"""Whoever is here by now may work on the sheets of places."""


def update(
    number: int,
    event: Event | None = None,
    *,
    who: str = WHO,
    channel: str = "telegram",
    press_ref: str = "",
    message_ref: str = "",
) -> Incoming:
    """Build an update; its number is its id and its place in line."""
    return Incoming(
        channel=channel,
        update_id=f"{number}",
        order=number,
        external_id=who,
        event=event or Typed(f"câu {number}"),
        press_ref=press_ref,
        message_ref=message_ref,
    )


def show(revision: int = 1, code: str = "question.text") -> Show:
    """Build a screen of one sentence."""
    return Show(Screen(revision, "question", (Paragraph(say(code)),), expects=Expects.TEXT))


def subject(name: str = "Nguyễn Thị Hoa", place_id: int = 3, adults: int = 2, children: int = 1) -> RegisterSubject:
    """Build the registration of a household; 3 is the first hamlet of the sample places."""
    told = {"adults": adults, "school_age_children": children}
    return RegisterSubject(SubjectKind.HOUSEHOLD, name, place_id, told)


def turn(
    claimed: Claimed,
    *effects: Effect,
    session: Session | None = None,
    outcome: Outcome | None = None,
    year: int = YEAR,
) -> Turn:
    """Build a turn under the sample set."""
    return Turn(claimed, session or Session(), effects, outcome, set_id="sample", set_version="1", year=year)


async def take(
    storage: Storage,
    incoming: Incoming,
    *effects: Effect,
    session: Session | None = None,
    outcome: Outcome | None = None,
    year: int = YEAR,
    now: datetime = NOW,
) -> tuple[Delivery, ...]:
    """Let an update come in and be handled with these effects, in one transaction."""
    async with storage.work() as work:
        await work.inbox.add([incoming], now)
        claimed = await work.inbox.claim(10, now)
        (mine,) = (each for each in claimed if each.incoming.update_id == incoming.update_id)
        records = await work.people.load([mine.account.person_id], TODAY)
        kept = session or replace(
            records[mine.account.person_id].session, revision=records[mine.account.person_id].session.revision + 1
        )
        decided = turn(mine, *effects, session=kept, outcome=outcome, year=year)
        return await work.people.apply([decided], now, now + LEASE)


async def take_all(
    storage: Storage, *effects: Effect, now: datetime = NOW
) -> tuple[tuple[Claimed, ...], tuple[Delivery, ...]]:
    """Let one waiting update of each person be handled with the same effects, in one transaction."""
    async with storage.work() as work:
        claimed = await work.inbox.claim(100, now)
        await work.people.load([each.account.person_id for each in claimed], TODAY)
        return claimed, await work.people.apply([turn(each, *effects) for each in claimed], now, now + LEASE)


async def deliver(
    storage: Storage, deliveries: tuple[Delivery, ...], how: Settled = Settled.SENT, now: datetime = NOW
) -> None:
    """Settle deliveries; screens become live messages named after their row."""
    settlements = [
        Settlement(
            each,
            how,
            sent=Sent(f"message-{each.id}", each.id, now) if isinstance(each.content, Show) else None,
            not_before=now + timedelta(minutes=1) if how is Settled.RETRY else None,
            error="" if how is Settled.SENT else "test",
        )
        for each in deliveries
    ]
    async with storage.work() as work:
        await work.outbox.settle(settlements, now)


async def person_of(storage: Storage, who: str = WHO, channel: str = "telegram") -> PersonRecord:
    """Load the person who has an account."""
    async with storage.work() as work:
        account = await work.people.account(channel, who)
        if account is None:
            raise LookupError(f"nobody is {who} on {channel}")
        return (await work.people.load([account.person_id], TODAY))[account.person_id]
