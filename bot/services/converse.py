"""The conversation: take updates in order, step, commit everything at once, then have the replies delivered."""

from __future__ import annotations

import traceback
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from decimal import Decimal

import structlog

from bot.dialogs.effects import (
    AdoptCriteria,
    ChangeRules,
    ChangeSubject,
    ForgetPerson,
    HandIn,
    JoinPerson,
    OpenAssessment,
    RegisterSubject,
    SaveAnswer,
    ShowAgain,
    TakeBack,
    TakeUp,
)
from bot.dialogs.events import Event, FileSent, OurOwn, Pressed, Resumed, Typed, Unsupported
from bot.dialogs.facts import Facts
from bot.dialogs.moves import Step
from bot.dialogs.placing import OWN_PLACES
from bot.dialogs.screens import say
from bot.dialogs.steps import step
from bot.dialogs.verdict import sheet_of
from bot.dialogs.village.effects import JoinHousehold, VillageEffect, Visit
from bot.i18n import translator
from bot.ports import (
    Account,
    Claimed,
    Clock,
    Conflict,
    Delivery,
    Ids,
    Incoming,
    NewAdoption,
    Outcome,
    PersonRecord,
    Storage,
    Turn,
    Work,
)
from bot.scoring.shipped import read_shipped
from bot.services.adopting import new_adoption
from bot.services.deliver import LEASE
from bot.services.knowledge import Installation, Knowledge
from bot.services.village.completing import completed
from bot.services.village.rescoring import rescore

log = structlog.get_logger()

BATCH = 100
"""Persons handled in one commit."""

ATTEMPTS = 3
"""Failures of one update before it is parked."""

_CHANGING = (SaveAnswer, RegisterSubject, ChangeSubject, OpenAssessment, ChangeRules, HandIn, TakeBack)


@dataclass(frozen=True, slots=True)
class Handled:
    """What one run did: how many updates were taken, whose accounts have something new, what is to be sent."""

    count: int = 0
    accounts: tuple[Account, ...] = ()
    deliveries: tuple[Delivery, ...] = ()

    def plus(self, other: Handled) -> Handled:
        """Put two runs together."""
        return Handled(self.count + other.count, self.accounts + other.accounts, self.deliveries + other.deliveries)


class Conversation:
    """Handles pending updates."""

    def __init__(self, storage: Storage, clock: Clock, ids: Ids, installation: Installation) -> None:
        self._storage = storage
        self._clock = clock
        self._rulebook = installation.rulebook
        self._knowledge = Knowledge(clock, ids, installation)

    async def run_once(self, limit: int = BATCH) -> Handled:
        """Handle at most one update of each of `limit` persons, in one commit.

        A fault concerns its own update only: what can be committed is, the culprit is counted and retried or parked.

        Returns: what was done; the deliveries are to be sent now, after the commit.
        """
        try:
            return await self._run(limit)
        except Exception:
            log.warning("conversation.batch_failed", exc_info=True)
            return await self._one_by_one(limit)

    async def _run(self, limit: int) -> Handled:
        async with self._storage.work() as work:
            claimed = await work.inbox.claim(limit, self._clock.now())
            if not claimed:
                return Handled()
            turns, failed = await self._turns(work, claimed)
            deliveries = await self._commit(work, turns)
        for item, fault in failed:
            await self._fail(item, fault)
        return Handled(len(claimed), tuple(item.account for item in claimed), deliveries)

    async def _one_by_one(self, limit: int) -> Handled:
        """Handle what a failed batch held, each update in a commit of its own, so that only the culprit fails."""
        handled = Handled()
        while handled.count < limit:
            claimed: tuple[Claimed, ...] = ()
            try:
                async with self._storage.work() as work:
                    claimed = await work.inbox.claim(1, self._clock.now())
                    if not claimed:
                        break
                    turns, failed = await self._turns(work, claimed)
                    deliveries = await self._commit(work, turns)
            except Exception as fault:
                if not claimed:
                    raise
                deliveries, failed = (), [(claimed[0], fault)]
            for item, fault_of_item in failed:
                await self._fail(item, fault_of_item)
            handled = handled.plus(Handled(1, (claimed[0].account,), deliveries))
        return handled

    async def _turns(
        self, work: Work, claimed: Sequence[Claimed]
    ) -> tuple[list[Turn], list[tuple[Claimed, Exception]]]:
        await self._rulebook.refresh(work)
        people = await work.people.load([item.account.person_id for item in claimed], self._knowledge.today)
        turns: list[Turn] = []
        failed: list[tuple[Claimed, Exception]] = []
        for item in claimed:
            try:
                turns.append(await self._turn(work, item, people[item.account.person_id]))
            except Exception as error:  # noqa: BLE001 - a fault of one turn is not the others'
                failed.append((item, error))
        return turns, failed

    async def _commit(self, work: Work, turns: Sequence[Turn]) -> tuple[Delivery, ...]:
        now = self._clock.now()
        deliveries = await work.people.apply(turns, now, now + LEASE) if turns else ()
        if any(isinstance(effect, VillageEffect | ForgetPerson) for turn in turns for effect in turn.effects):
            await rescore(work, self._rulebook)
        resumed = [_resumed(turn.claimed, event) for turn in turns if (event := _to_show(turn)) is not None]
        if resumed:
            await work.inbox.add(resumed, now)
        return deliveries

    async def _turn(self, work: Work, item: Claimed, person: PersonRecord) -> Turn:
        event = seen(item.incoming, item.account)
        session = person.session
        facts = await self._knowledge.facts(work, item.account, person, session, event)
        taken = step(session, event, facts, translator(session.locale).say)
        adoption = None
        for effect in taken.effects:
            if isinstance(effect, AdoptCriteria):
                adoption = await self._adoption(work, effect, facts)
        turn = self._finished(item, facts, taken, adoption)
        if any(isinstance(effect, VillageEffect) for effect in taken.effects):
            turn = await completed(self._knowledge.asker(work, person), turn, facts)
        return turn

    async def _adoption(self, work: Work, effect: AdoptCriteria, facts: Facts) -> NewAdoption:
        assert facts.proposal is not None  # noqa: S101 - adopted only from its screen
        assert facts.proposal.place is not None  # noqa: S101 - likewise
        of = read_shipped(f"upload {effect.upload_id}", (await work.uploads.text(effect.upload_id)).encode())
        return new_adoption(self._rulebook, of, facts.proposal.place, effect)

    def _finished(self, item: Claimed, facts: Facts, taken: Step, adoption: NewAdoption | None) -> Turn:
        if not any(isinstance(effect, _CHANGING) for effect in taken.effects):
            return Turn(item, taken.session, taken.effects, adoption=adoption)
        outcome = None
        if taken.after.assessment is not None and taken.after.subject is not None:
            sheet = sheet_of(taken.after)
            total = sheet.total if isinstance(sheet.total, Decimal) else None
            outcome = Outcome(total, sheet.title.id if sheet.title else None, sheet.is_complete)
        # What was registered opens under the rules of the draft; the sheet in hand is led over to its own.
        is_new = any(isinstance(effect, RegisterSubject) for effect in taken.effects)
        criteria, opened = facts.criteria if is_new else facts.current, taken.after.assessment
        return Turn(
            item,
            taken.session,
            taken.effects,
            outcome,
            set_id=criteria.id if criteria else "",
            set_version=criteria.version if criteria else "",
            year=opened.year if opened is not None else facts.opening_year or facts.year,
        )

    async def _fail(self, item: Claimed, error: Exception) -> None:
        """Count a failure; after the last one park the update and tell the person a reference."""
        where = _where(error)
        reference = f"{item.inbox_id:X}"
        is_last = item.attempts + 1 >= ATTEMPTS and not isinstance(error, Conflict)
        log.error(
            "conversation.update_failed",
            inbox_id=item.inbox_id,
            person_id=item.account.person_id,
            attempt=item.attempts + 1,
            error=where,
            reference=reference,
            parked=is_last,
        )
        now = self._clock.now()
        retry_at = None if is_last else now + timedelta(seconds=item.attempts)
        async with self._storage.work() as work:
            await work.inbox.fail(item.inbox_id, where, reference, now, retry_at)
            if is_last:
                await work.outbox.notice(item.account, say("failure.reference", reference=reference), now)


def seen(incoming: Incoming, account: Account) -> Event:
    """Say for which screen an event was meant, where the channel does not say so itself.

    A text was typed under the account's live screen when its message number is above that screen's and it was not
    sent before the screen was last edited; otherwise it was typed before the person could have seen it.
    """
    event = incoming.event
    if isinstance(event, Pressed | OurOwn) or event.seen is not None or incoming.sequence is None:
        return event
    if account.screen_revision < 0:
        return event
    is_after = incoming.sequence > account.screen_sequence and (
        incoming.sent_at is None or account.screen_shown_at is None or incoming.sent_at >= account.screen_shown_at
    )
    revision = account.screen_revision if is_after else -1
    match event:
        case Typed() | FileSent() | Unsupported():
            return replace(event, seen=revision)


def _to_show(turn: Turn) -> Resumed | None:
    """Why a person is to be shown where they stand now that the turn is committed; None when they need not be."""
    for effect in turn.effects:
        match effect:
            case JoinPerson():
                return Resumed("joined")
            case Visit(done=done):
                return Resumed("taken_up", done)
            case TakeUp() | JoinHousehold():
                return Resumed("taken_up")
            case RegisterSubject(kind) if kind in OWN_PLACES:
                return Resumed("taken_up")
            case ShowAgain(done, notice):
                return Resumed("settled", done, notice)
            case _:
                pass
    return None


def _resumed(item: Claimed, event: Resumed) -> Incoming:
    """An update of our own: show the account where its (new) person stands."""
    return Incoming(
        channel=item.account.channel,
        update_id=f"{event.reason}:{item.inbox_id}",
        order=item.incoming.order,
        external_id=item.account.external_id,
        event=event,
        press_ref=item.incoming.press_ref,
        message_ref=item.incoming.message_ref,
    )


def _where(error: Exception) -> str:
    """Class and place of an error, never its text, which may hold what a person wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f"{frames[-1].filename.rsplit('/', 2)[-1]}:{frames[-1].lineno}" if frames else "?"
    return f"{type(error).__name__} at {place}"
