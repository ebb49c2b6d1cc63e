"""Delivering: what was committed goes out, at the channel's pace, replies first; how it ended is recorded."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import assert_never
from zoneinfo import ZoneInfo

import structlog

from bot.dialogs.effects import FetchFile, Notice, SendDocument, Show
from bot.dialogs.screens import say
from bot.ports import (
    Blobs,
    Clock,
    Delivery,
    Printer,
    Priority,
    Sender,
    SendError,
    Sent,
    Settled,
    Settlement,
    Storage,
)
from bot.services.bells import Bell
from bot.services.limiter import Limiter, Pace

log = structlog.get_logger()

AT_ONCE = 64
"""Sends under way at the same time."""

LEASE = timedelta(seconds=45)
"""How long a delivery may be on its way before another process takes it over; renewed by the tick while it waits."""

GIVE_UP_AFTER = timedelta(hours=24)
"""An outage of hours is ridden out; a reply older than a day helps nobody."""

LONGEST_BACKOFF_S = 300
SETTLE_AGAIN_S = 1
"""How long to wait when the database does not take the end of a delivery; it is kept and told again."""
UNEXPECTED_ATTEMPTS = 5


class GivingBack:
    """For a process that only talks at the terminal: what it may not send is left to the one that serves channels."""

    def __init__(self, storage: Storage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    async def hand(self, deliveries: Sequence[Delivery]) -> None:
        """Put deliveries back in line."""
        if not deliveries:
            return
        now = self._clock.now()
        async with self._storage.work() as work:
            await work.outbox.settle([Settlement(d, Settled.RETRY, not_before=now) for d in deliveries], now)


@dataclass(order=True, slots=True)
class _Waiting:
    rank: int
    number: int
    delivery: Delivery = field(compare=False)


class Delivering:
    """Sends deliveries as their turn comes and settles them in batches."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        senders: Mapping[str, Sender],
        paces: Mapping[str, Pace],
        printer: Printer,
        blobs: Blobs,
        settled: Bell,
        timezone: ZoneInfo,
    ) -> None:
        """`settled` is rung after each settling: persons who were held back may be handled again."""
        self._storage = storage
        self._clock = clock
        self._senders = dict(senders)
        self._limiters = {c: Limiter(paces.get(c, Pace()), clock.monotonic()) for c in senders}
        self._printer = printer
        self._blobs = blobs
        self._settled = settled
        self._timezone = timezone
        self._numbers = count()
        self._queue: list[_Waiting] = []
        self._leases: dict[int, datetime] = {}
        self._sending = 0
        self._results: list[Settlement] = []
        self._work = Bell()
        self._done = Bell()
        self._idle = asyncio.Event()

    async def hand(self, deliveries: Sequence[Delivery]) -> None:
        """Take deliveries whose lease this process holds; one that is in hand already only has it renewed."""
        lease_until = self._clock.now() + LEASE
        for delivery in deliveries:
            if delivery.id not in self._leases:
                rank = 0 if delivery.priority is Priority.REPLY else 1
                heapq.heappush(self._queue, _Waiting(rank, next(self._numbers), delivery))
            self._leases[delivery.id] = lease_until
        if deliveries:
            self._work.ring()

    async def claim_due(self, limit: int = 100) -> int:
        """Take over what is due again: retries, and replies whose sender died. Returns how many."""
        if len(self._queue) >= limit or not self._senders:
            return 0
        now = self._clock.now()
        async with self._storage.work() as work:
            due = await work.outbox.claim_due(tuple(self._senders), limit - len(self._queue), now, now + LEASE)
        await self.hand(due)
        return len(due)

    @property
    def is_idle(self) -> bool:
        """Whether nothing waits, is being sent, or is to be settled."""
        return not (self._queue or self._sending or self._results)

    async def run(self) -> None:
        """Send and settle until cancelled."""
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(self._settle_results())
            while True:
                wait_s = self._start_due(tasks)
                await self._work.wait(wait_s)

    async def idle(self, timeout_s: float) -> bool:
        """Wait until everything in hand is settled, at most `timeout_s`; returns whether it is."""
        try:
            async with asyncio.timeout(timeout_s):
                while not self.is_idle:
                    self._idle.clear()
                    await self._idle.wait()
        except TimeoutError:
            pass
        return self.is_idle

    def _start_due(self, tasks: asyncio.TaskGroup) -> float:
        """Start every send whose turn has come; returns seconds until the next may."""
        now = self._clock.monotonic()
        shortest = 1.0
        kept: list[_Waiting] = []
        closed: set[str] = set()
        while self._queue and self._sending < AT_ONCE:
            waiting = heapq.heappop(self._queue)
            delivery = waiting.delivery
            channel = delivery.account.channel
            if channel in closed:
                kept.append(waiting)
                continue
            limiter = self._limiters[channel]
            wait_s = limiter.try_take(delivery.account.external_id, now)
            if wait_s:
                shortest = min(shortest, wait_s)
                kept.append(waiting)
                if limiter.total_wait_s(now):
                    closed.add(channel)
                continue
            self._sending += 1
            tasks.create_task(self._send(waiting))
        for waiting in kept:
            heapq.heappush(self._queue, waiting)
        return shortest

    async def _send(self, waiting: _Waiting) -> None:
        settlement = None
        try:
            settlement = await self._settlement(waiting)
            if settlement is not None:
                self._results.append(settlement)
                self._done.ring()
        finally:
            self._sending -= 1
            if settlement is None:
                del self._leases[waiting.delivery.id]
            self._idle.set()
            if self._queue:
                self._work.ring()

    async def _settlement(self, waiting: _Waiting) -> Settlement | None:
        """Send one delivery and say how it ended; None when its lease ran out and others may have it."""
        delivery = waiting.delivery
        if self._clock.now() >= self._leases[delivery.id]:
            return None
        try:
            return await self._perform(delivery)
        except SendError as error:
            return self._failed(delivery, error)
        except Exception as error:
            log.exception("deliver.unexpected", outbox_id=delivery.id, error=type(error).__name__)
            retryable = delivery.attempts + 1 < UNEXPECTED_ATTEMPTS
            return self._failed(delivery, SendError(f"unexpected.{type(error).__name__}", retryable=retryable))

    async def _perform(self, delivery: Delivery) -> Settlement:
        sender = self._senders[delivery.account.channel]
        match delivery.content:
            case Show() as show:
                return Settlement(delivery, Settled.SENT, await sender.send_screen(delivery, show))
            case Notice() as notice:
                await sender.send_notice(delivery, notice)
                return Settlement(delivery, Settled.SENT)
            case SendDocument(kind, of):
                now = self._clock.now()
                async with self._storage.work() as work:
                    today = now.astimezone(self._timezone).date()
                    people = await work.people.load([delivery.account.person_id], today)
                try:
                    document = await self._printer.make(
                        kind, people[delivery.account.person_id], delivery.locale, now, of
                    )
                except ValueError:
                    await sender.send_notice(delivery, Notice(say("document.failed")))
                    return Settlement(delivery, Settled.SENT)
                await sender.send_document(delivery, document)
                return Settlement(delivery, Settled.SENT)
            case FetchFile(_, file):
                blob = await self._blobs.keep(await sender.fetch(file))
                return Settlement(delivery, Settled.SENT, Sent(), blob=blob)
            case _:
                assert_never(delivery.content)

    def _failed(self, delivery: Delivery, error: SendError) -> Settlement:
        now = self._clock.now()
        account = delivery.account
        if error.blocked:
            log.info("deliver.blocked", account_id=account.id, code=error.code)
            return Settlement(delivery, Settled.BLOCKED, error=error.code)
        if error.retry_after_s:
            chat = account.external_id if error.chat_only else None
            self._limiters[account.channel].hold(error.retry_after_s, self._clock.monotonic(), chat)
        if error.retryable and now - delivery.created_at < GIVE_UP_AFTER:
            wait_s = max(error.retry_after_s, min(2**delivery.attempts, LONGEST_BACKOFF_S))
            not_before = now + timedelta(seconds=wait_s)
            log.info("deliver.retry", outbox_id=delivery.id, code=error.code, wait_s=wait_s)
            return Settlement(delivery, Settled.RETRY, error=error.code, not_before=not_before)
        log.warning("deliver.refused", outbox_id=delivery.id, code=error.code)
        return Settlement(delivery, Settled.DEAD, error=error.code)

    async def _settle_results(self) -> None:
        while True:
            if not self._results:
                await self._done.wait(1.0)
                continue
            batch = self._results[:]
            try:
                async with self._storage.work() as work:
                    await work.outbox.settle(batch, self._clock.now())
            except Exception:
                log.exception("deliver.not_settled", count=len(batch))
                await self._clock.sleep(SETTLE_AGAIN_S)
                continue
            del self._results[: len(batch)]
            for settlement in batch:
                self._leases.pop(settlement.delivery.id, None)
            self._settled.ring()
            self._idle.set()
