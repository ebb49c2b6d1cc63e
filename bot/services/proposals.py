"""Reading workbooks that were sent in: compare with what is in force, try out, tell whoever sent it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import structlog

from bot.dialogs.events import UploadRead
from bot.dialogs.facts import (
    AssessmentState,
    Proposal,
    ProposalState,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.screens import Say, say
from bot.dialogs.verdict import worded
from bot.ports import (
    Blobs,
    Clock,
    Incoming,
    PersonRecord,
    RefusedFile,
    SoundWorkbook,
    Storage,
    StoredSheet,
    UnsoundWorkbook,
    Upload,
    Workbooks,
)
from bot.scoring.differing import difference
from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet
from bot.scoring.trying import TryOut, try_out
from bot.services.adopting import against, proposed
from bot.services.bells import Bell
from bot.services.rules import Rulebook
from bot.services.village.importing import Importing

log = structlog.get_logger()

AT_ONCE = 4
PROBLEMS_KEPT = 50
CHANGES_KEPT = 40


class Proposals:
    """Reads what was sent in; every upload is answered exactly once, whatever becomes of the process meanwhile."""

    def __init__(
        self,
        storage: Storage,
        clock: Clock,
        blobs: Blobs,
        workbooks: Workbooks,
        rulebook: Rulebook,
        timezone: ZoneInfo,
        updates: Bell,
        imports: Importing,
    ) -> None:
        self._storage = storage
        self._clock = clock
        self._blobs = blobs
        self._workbooks = workbooks
        self._rulebook = rulebook
        self._timezone = timezone
        self._updates = updates
        self._imports = imports

    async def run_once(self) -> int:
        """Read the uploads that wait; returns how many were answered."""
        async with self._storage.work() as work:
            waiting = await work.uploads.waiting(AT_ONCE)
            lost = await work.uploads.failed(AT_ONCE)
            if waiting:
                await self._rulebook.refresh(work)
        for upload in lost:
            await self._finish(upload, _refused(upload, say("adopt.not_fetched")), "")
        for upload in waiting:
            try:
                data = await self._blobs.read(upload.blob)
                if await asyncio.to_thread(self._workbooks.is_own, data):
                    await self._finish(upload, *await self._read(upload, data))
                else:
                    await self._imports.read(upload, data)
            except Exception:
                log.exception("proposals.unexpected", upload_id=upload.id)
                await self._finish(upload, _refused(upload, say("adopt.not_read")), "")
        return len(waiting) + len(lost)

    async def _finish(self, upload: Upload, proposal: Proposal, text: str) -> None:
        now = self._clock.now()
        async with self._storage.work() as work:
            if await work.uploads.finish(upload.id, proposal, text, now):
                await work.inbox.add([_told(upload)], now)
        self._updates.ring()

    async def _read(self, upload: Upload, data: bytes) -> tuple[Proposal, str]:
        today = self._clock.now().astimezone(self._timezone).date()
        async with self._storage.work() as work:
            people = await work.people.load([upload.person_id], today)
        person = people[upload.person_id]
        read = await asyncio.to_thread(self._workbooks.read, data, self._rulebook.find, person.session.locale)
        match read:
            case RefusedFile(why):
                return _refused(upload, say("text.plain", text=why)), ""
            case UnsoundWorkbook(problems):
                said = tuple(say("adopt.problem", text=problem) for problem in problems[:PROBLEMS_KEPT])
                unsound = Proposal(upload.id, ProposalState.UNSOUND, problems=said, problem_count=len(problems))
                return unsound, ""
            case SoundWorkbook() as sound:
                return await self._proposal(upload, person, sound, today)

    async def _proposal(
        self, upload: Upload, person: PersonRecord, sound: SoundWorkbook, today: date
    ) -> tuple[Proposal, str]:
        place = _place_of(person, sound.place_id)
        if place is None:
            return _refused(upload, say("adopt.not_your_place")), ""
        new = sound.criteria
        base = self._rulebook.get(sound.base_id, sound.base_version)
        if (new.subject, new.group) != (base.subject, base.group):
            return _refused(upload, say("adopt.other_subject")), ""
        past = self._rulebook.structure_of(base, today)
        compared_on = today if past is None or past.valid_until is None else past.valid_until
        old = self._rulebook.in_force(new.subject, new.group, place.path, compared_on) or base
        ours = proposed(new, base, place)
        # Against the base itself, what we take off a sample's title is no change of the officer's.
        found = difference(old, new if old == base else ours).changes
        changes = tuple(say("adopt.change", text=worded(change.reason)) for change in found)
        if changes and new.is_structure_only:
            return _refused(upload, say("adopt.structure_only")), ""
        left_out = len(changes) - CHANGES_KEPT
        shown = changes[:CHANGES_KEPT]
        if left_out > 0:
            shown += (say("adopt.more_changes", count=left_out),)
        proposal = Proposal(
            upload.id,
            ProposalState.SOUND,
            place,
            ours.title,
            new.subject,
            new.group,
            changes=shown,
            valid_from=None if past is None else past.valid_from,
            valid_until=_until(new, today) if past is None else past.valid_until,
            is_past=past is not None,
        )
        # What is learned of other adoptions while this one is tried out makes it outdated.
        proposal = replace(proposal, against=against(self._rulebook, proposal, today))
        if changes and past is None:
            proposal = replace(proposal, tried=await self._tried(place, old, new, today))
        return proposal, dump(ours)

    async def _tried(self, place: Place, old: CriteriaSet, new: CriteriaSet, today: date) -> tuple[Say, ...]:
        """Score the sheets of this year that stand under the old set by both.

        A draft that nobody has opened since stands under it, too: it is led over as soon as somebody does. Places
        below that have sets of their own are left out.
        """
        if old.is_structure_only:
            return ()
        stored = [sheet async for sheet in self._standing_under(old, place, today.year)]

        def score_all() -> TryOut:
            sheets = ((sheet.answers, sheet.profile) for sheet in stored)
            return try_out(old, new, sheets, _within(old, today), _within(new, today))

        return tuple(_tried_words(await asyncio.to_thread(score_all)))

    async def _standing_under(self, criteria: CriteriaSet, place: Place, year: int) -> AsyncIterator[StoredSheet]:
        kind, group = criteria.subject, criteria.group
        but = self._rulebook.own_below(kind, group, place.path)
        for each in self._rulebook.all_at(kind, group, place.path):
            is_this = (each.id, each.version) == (criteria.id, criteria.version)
            async for page in self._storage.sheets(place.path, year, each.id, each.version, but):
                for sheet in page:
                    if is_this or sheet.state is AssessmentState.DRAFT:
                        yield sheet


def _tried_words(tried: TryOut) -> Iterator[Say]:
    if not tried.count:
        yield say("adopt.tried_none")
        return
    yield say("adopt.tried_count", count=tried.count)
    yield say("adopt.tried_gaining", count=tried.gaining)
    yield say("adopt.tried_losing", count=tried.losing)
    if tried.losing_until_answered:
        yield say("adopt.tried_losing_until_answered", count=tried.losing_until_answered)
    if tried.needing_answers:
        yield say("adopt.tried_needing", count=tried.needing_answers)
    if tried.between:
        yield say("adopt.tried_between", count=tried.between)


def _refused(upload: Upload, why: Say) -> Proposal:
    return Proposal(upload.id, ProposalState.REFUSED, problems=(why,))


def _place_of(person: PersonRecord, place_id: int) -> Place | None:
    """The place that a workbook was made for, where the person is its officer."""
    officer_of = (role.place for role in person.roles if role.kind is RoleKind.OFFICER)
    return next((place for place in officer_of if place.id == place_id), None)


def _until(criteria: CriteriaSet, today: date) -> date | None:
    """The last day that a workbook names; a day that is over names none."""
    until = criteria.valid_until
    return until if until is None or until >= today else None


def _within(criteria: CriteriaSet, on: date) -> date:
    """The day nearest to `on` on which a set may be used by its own dates."""
    last = criteria.valid_until
    return max(on, criteria.valid_from) if last is None else min(max(on, criteria.valid_from), last)


def _told(upload: Upload) -> Incoming:
    """An update of our own: what was sent in has been read."""
    return Incoming(
        channel=upload.account.channel,
        update_id=f"upload:{upload.id}",
        order=1,
        external_id=upload.account.external_id,
        event=UploadRead(upload.id),
    )
