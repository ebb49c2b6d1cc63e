"""getUpdates: the long poll, which only one client at a time can hold."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from tests.support.fake_telegram.bodies import Parameters
from tests.support.fake_telegram.clock import Timer, VirtualClock
from tests.support.fake_telegram.errors import ApiError, conflict
from tests.support.fake_telegram.faults import Faults
from tests.support.fake_telegram.settings import Settings
from tests.support.fake_telegram.updates import Update, UpdateQueue, with_neighbours_swapped

Respond = Callable[[list[Update] | ApiError], None]


@dataclass(slots=True)
class _Waiting:
    """A poll that found nothing yet."""

    offset: int
    limit: int
    respond: Respond
    timer: Timer
    bound: asyncio.TimerHandle | None
    gathering: asyncio.TimerHandle | None = None


class Poller:
    """Answers getUpdates from the queue, at once or when something comes."""

    def __init__(self, updates: UpdateQueue, clock: VirtualClock, settings: Settings, faults: Faults) -> None:
        self._updates = updates
        self._clock = clock
        self._settings = settings
        self._faults = faults
        self._waiting: _Waiting | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a client holds a long poll."""
        return self._waiting is not None

    def poll(self, parameters: Parameters, respond: Respond) -> None:
        """Answer now, or later through `respond`; a second poll that has to wait ends the first."""
        self._updates.allow(parameters.json("allowed_updates", "can't parse allowed_updates JSON object"))
        offset = parameters.integer("offset")
        limit = max(1, min(100, parameters.integer("limit", 100)))
        timeout_s = max(0, min(self._settings.poll_timeout_max_s, parameters.integer("timeout")))
        found = self._get(offset, limit)
        if found or not timeout_s:
            respond(found)
            return
        self.end(conflict("terminated by other getUpdates request; make sure that only one bot instance is running"))
        timer = self._clock.call_later(timeout_s, self._time_out)
        # A frozen clock would hold the client for ever.
        loop = asyncio.get_running_loop()
        bound = loop.call_later(timeout_s, self._time_out) if self._clock.is_frozen else None
        self._waiting = _Waiting(max(0, offset), limit, respond, timer, bound)

    def _get(self, offset: int, limit: int) -> list[Update]:
        found = self._updates.get(offset, limit)
        if len(found) > 1:
            found = with_neighbours_swapped(found, partial(self._faults.happens, "reorder_updates"))
        return found

    def wake(self) -> None:
        """An update came: answer the poll that waits, after a moment in which others may follow."""
        waiting = self._waiting
        if waiting is None or waiting.gathering is not None:
            return
        loop = asyncio.get_running_loop()
        waiting.gathering = loop.call_later(self._settings.poll_gather_s, self._deliver, waiting)

    def _deliver(self, waiting: _Waiting) -> None:
        if waiting is not self._waiting:
            return
        waiting.gathering = None
        if found := self._get(waiting.offset, waiting.limit):
            self._finish(found)

    def _time_out(self) -> None:
        self._finish([])

    def _finish(self, result: list[Update] | ApiError) -> None:
        waiting, self._waiting = self._waiting, None
        if waiting is None:
            return
        waiting.timer.cancel()
        for handle in (waiting.bound, waiting.gathering):
            if handle is not None:
                handle.cancel()
        waiting.respond(result)

    def end(self, reason: ApiError) -> None:
        """Answer the poll that waits, if any, with an error."""
        self._finish(reason)

    def abandon(self, respond: Respond) -> None:
        """The client hung up: nobody waits any more."""
        if self._waiting is not None and self._waiting.respond is respond:
            self._waiting.respond = _to_nobody
            self._finish([])


def _to_nobody(_result: list[Update] | ApiError) -> None:
    """The client is gone."""
