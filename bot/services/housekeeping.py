"""What is no longer needed goes away: handled updates, refused deliveries, files nobody refers to."""

from __future__ import annotations

from datetime import timedelta

import structlog

from bot.ports import Blobs, Clock, Storage

log = structlog.get_logger()

UPDATES_KEPT = timedelta(days=14)
"""Only their numbers, to recognise a repetition; channels repeat for a day at most."""

REFUSED_KEPT = timedelta(days=30)
NEWS_KEPT = timedelta(days=30)
"""What persons were told stands in their records anyway: who returned a sheet, and why."""
FORGOTTEN_KEPT = timedelta(hours=1)
"""How long a page may still show the goodbye."""

FILES_KEPT = timedelta(hours=1)
ROLLS_KEPT = timedelta(days=7)
"""Rolls that were sent in hold more of people than is kept of them, such as identity numbers."""


async def clean(storage: Storage, blobs: Blobs, clock: Clock) -> None:
    """Clean up once, in small transactions."""
    now = clock.now()
    async with storage.work() as work:
        updates = await work.inbox.purge(now - UPDATES_KEPT)
        refused = await work.outbox.purge(now - REFUSED_KEPT)
        accounts = await work.people.purge(now - FORGOTTEN_KEPT)
        told = await work.news.purge(now - NEWS_KEPT)
        rolls = await work.imports.purge(now - ROLLS_KEPT, now)
        garbage = await work.records.blob_garbage(now - FILES_KEPT)
    for sha256 in garbage:
        await blobs.remove(sha256)
    if garbage:
        async with storage.work() as work:
            await work.records.blobs_removed(garbage)
    files = len(garbage)
    log.info(
        "housekeeping.done", updates=updates, refused=refused, accounts=accounts, told=told, rolls=rolls, files=files
    )
