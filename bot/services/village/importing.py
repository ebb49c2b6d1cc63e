"""Files of villages that were sent in: reading them, and applying them chunk by chunk, each row exactly once."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final
from zoneinfo import ZoneInfo

import structlog

from bot.dialogs.events import UploadRead
from bot.dialogs.screens import Say, say
from bot.dialogs.village.import_facts import Import, ImportKind, ImportState
from bot.ports import Blobs, Clock, Ids, Incoming, Storage, Upload, Work
from bot.ports.village.imports import RowProblem, UnreadableFile
from bot.services.bells import Bell
from bot.services.rules import Rulebook
from bot.services.village.asker import Asker
from bot.services.village.file_kinds import FileKind, told_apart

log = structlog.get_logger()

CHUNK: Final = 300
"""Rows of one transaction: as long as these take, conversations wait on SQLite."""
TOLD_EVERY_S: Final = 2.0
AT_ONCE: Final = 4
ATTEMPTS: Final = 3
"""Failures of one file in this process before it is given up."""
PROBLEMS_KEPT: Final = 200
"""Problems that can be read in the conversation; the marked copy holds all."""


class Importing:
    """Reads and applies; a row is written exactly once, and its sender is told what came of the file."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        blobs: Blobs,
        kinds: Sequence[FileKind],
        rulebook: Rulebook,
        ids: Ids,
        timezone: ZoneInfo,
        updates: Bell,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._blobs = blobs
        self._kinds = tuple(kinds)
        self._by_kind: Mapping[ImportKind, FileKind] = {kind.kind: kind for kind in kinds}
        self._rulebook = rulebook
        self._ids = ids
        self._timezone = timezone
        self._updates = updates
        self._failures: Counter[int] = Counter()

    async def read(self, upload: Upload, data: bytes) -> None:
        """Read a file and say what would become of it."""
        kind = await asyncio.to_thread(told_apart, self._kinds, data, upload.name)
        read = await asyncio.to_thread(kind.files.read, data, upload.name)
        async with self._storage.work() as work:
            rows: tuple[str, ...] = ()
            problems: tuple[RowProblem, ...] = ()
            if isinstance(read, UnreadableFile):
                state = ImportState.REFUSED
                found = Import(upload.id, kind.kind, state, problems=(read.why,), problem_count=1)
            else:
                asker = await self._asker(work, upload)
                matched = await kind.match(asker, upload, read, await work.imports.decided(upload.id))
                rows, problems = read.rows, read.problems + matched.problems
                found = matched.found
                if found.state is not ImportState.REFUSED:
                    left_out = read.left_out + found.left_out
                    said = said_where(problems[:PROBLEMS_KEPT])
                    found = replace(found, problems=said, problem_count=len(problems), left_out=left_out)
            now = self._clock.now()
            if await work.imports.finish(upload.id, found, rows, problems, now):
                await work.inbox.add([self._told(upload, found)], now)
        self._updates.ring()

    async def run_once(self) -> int:
        """Apply what is to be applied; returns how many rows were written or left alone."""
        async with self._storage.work() as work:
            waiting = await work.imports.to_apply(AT_ONCE)
            if waiting:
                await self._rulebook.refresh(work)
        return sum([await self._apply_guarded(upload_id) for upload_id in waiting])

    async def _apply_guarded(self, upload_id: int) -> int:
        try:
            return await self._apply(upload_id)
        except Exception:
            self._failures[upload_id] += 1
            log.exception("imports.unexpected", upload_id=upload_id, attempt=self._failures[upload_id])
            if self._failures[upload_id] >= ATTEMPTS:
                await self._give_up(upload_id)
            return 0

    async def _apply(self, upload_id: int) -> int:
        """Apply a file chunk by chunk, each in a transaction with the count of what is written."""
        done, told_at = 0, self._clock.monotonic()
        while True:
            async with self._storage.work() as work:
                applying = await work.imports.applying(upload_id)
                if applying is None:
                    return done
                rows = applying.rows[applying.applied : applying.applied + CHUNK]
                asker = await self._asker(work, applying.upload)
                chunk = await self._by_kind[applying.found.kind].apply(asker, applying, rows)
                applied = applying.applied + len(rows)
                found = replace(
                    applying.found,
                    added=applying.found.added + chunk.new,
                    corrected=applying.found.corrected + chunk.updated,
                    left_alone=applying.found.left_alone + chunk.left_alone,
                )
                await work.imports.progress(applying, found, applied, asker.now)
                is_done, elapsed = applied >= len(applying.rows), self._clock.monotonic() - told_at
                if is_done or elapsed >= TOLD_EVERY_S:
                    told_at += elapsed
                    await work.inbox.add([self._told(applying.upload, replace(found, applied=applied))], asker.now)
            done += len(rows)
            self._updates.ring()
            await asyncio.sleep(0)  # conversations come first
            if is_done:
                return done

    async def _give_up(self, upload_id: int) -> None:
        now = self._clock.now()
        async with self._storage.work() as work:
            applying = await work.imports.applying(upload_id)
            if applying is None:
                return
            found = replace(applying.found, state=ImportState.OUTDATED)
            await work.imports.give_up(upload_id, found, now)
            await work.inbox.add([self._told(applying.upload, found)], now)
        self._updates.ring()

    async def _asker(self, work: Work, upload: Upload) -> Asker:
        now = self._clock.now()
        today = now.astimezone(self._timezone).date()
        people = await work.people.load([upload.person_id], today)
        person = people[upload.person_id]
        return Asker(work, person, self._rulebook, self._ids, now, today, self._timezone)

    def _told(self, upload: Upload, found: Import) -> Incoming:
        """An update of our own: there is something new about a file."""
        at = self._clock.now().timestamp()
        return Incoming(
            channel=upload.account.channel,
            update_id=f"import:{upload.id}:{found.state}:{found.applied}:{found.place_id}:{at}",
            order=1,
            external_id=upload.account.external_id,
            event=UploadRead(upload.id),
        )


def said_where(problems: Sequence[RowProblem]) -> tuple[Say, ...]:
    """Problems with where they are; the sheet is named only where there are several."""
    has_several = len({problem.sheet for problem in problems}) > 1
    return tuple(
        say(
            "import.problem_at",
            where=say("import.cell_of", sheet=problem.sheet, cell=problem.cell)
            if has_several
            else say("import.cell", cell=problem.cell),
            what=problem.what,
        )
        for problem in problems
    )
