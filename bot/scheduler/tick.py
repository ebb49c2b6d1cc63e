"""The tick: calls what looks for due rows, again and again. It keeps nothing; the rows are the timers."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import timedelta

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

log = structlog.get_logger()

Job = Callable[[], Awaitable[object]]


@asynccontextmanager
async def ticking(jobs: Mapping[str, tuple[timedelta, Job]]) -> AsyncIterator[None]:
    """Call each job at its interval while the context lasts.

    A job that is still running is not started again; one that was missed is not made up for, because the next tick
    finds the same rows.
    """
    scheduler = AsyncIOScheduler(timezone="UTC")
    for name, (every, job) in jobs.items():
        scheduler.add_job(
            _guarded,
            IntervalTrigger(seconds=every.total_seconds(), timezone="UTC"),
            args=(name, job),
            id=name,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


async def _guarded(name: str, job: Job) -> None:
    try:
        await job()
    except asyncio.CancelledError:
        log.debug("tick.stopped", job=name)  # the scheduler is shutting down, and would log this as a fault
    except Exception:
        log.exception("tick.failed", job=name)
