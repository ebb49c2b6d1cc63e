"""The database: one transaction at a time, in the words of the services."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import date, datetime
from typing import Protocol

from bot.dialogs.facts import (
    CodeState,
    HouseholdInvite,
    LinkTarget,
    OwnSheet,
    Proposal,
    RoleInvite,
    RoleKind,
)
from bot.dialogs.places import Place, PlacePage
from bot.dialogs.screens import Say
from bot.ports.people import Adoption, Parked, PersonRecord, PlaceRecord, StoredSheet, Turn, Upload
from bot.ports.sending import Delivery, Kept, Settlement
from bot.ports.updates import Account, Claimed, Incoming
from bot.ports.village import (
    Bulk,
    Clans,
    FiledAnswers,
    Imports,
    Invitations,
    News,
    Reviews,
    Roll,
    Visits,
    Watch,
    Years,
)
from bot.scoring.model import SubjectKind


class Conflict(Exception):  # noqa: N818 - it is an outcome to act on, not a fault
    """Turns were decided on facts that no longer hold: nothing of the unit of work may be committed.

    Load and step these updates again, each in its own unit of work.
    """

    def __init__(self, inbox_ids: Sequence[int], reason: str) -> None:
        super().__init__(f"updates {list(inbox_ids)}: {reason}")
        self.inbox_ids = tuple(inbox_ids)


class Inbox(Protocol):
    """Updates as they came, unique, in order per person."""

    async def add(self, updates: Sequence[Incoming], now: datetime) -> int:
        """Store what is new, opening accounts and persons as needed. Returns how many were new.

        A new person's session begins at a revision taken from the clock, so that a button drawn for somebody who
        had this account before, or for another person of theirs, is always stale.
        """

    async def claim(self, limit: int, now: datetime) -> tuple[Claimed, ...]:
        """Take the oldest pending update of up to `limit` persons, locking those persons.

        A person is passed over while a reply to them is on its way (an unexpired 'sending' row of priority reply):
        only then is it known which screen they had before them. While an update waits for its retry, the later ones of
        its person wait behind it; parked updates hold nobody up. An update that this version cannot read is parked.
        """

    async def fail(self, inbox_id: int, error: str, reference: str, now: datetime, retry_at: datetime | None) -> None:
        """Count a failure; try again from `retry_at`, or park the update when that is None."""

    async def parked(self) -> tuple[Parked, ...]:
        """List what waits for an administrator, oldest first."""

    async def retry_parked(self, inbox_ids: Sequence[int]) -> int:
        """Put parked updates back in line; returns how many."""

    async def has_pending(self, now: datetime) -> bool:
        """Whether any update could be claimed now or after a reply on its way has settled."""

    async def purge(self, before: datetime) -> int:
        """Remove handled updates that came before a moment, at most 10 000 a call; returns how many.

        Until then they are kept without content, only to recognise a repetition.
        """


class People(Protocol):
    """Persons, their sessions and everything loaded with them."""

    async def load(self, person_ids: Sequence[int], on: date) -> Mapping[int, PersonRecord]:
        """Load sessions and facts of persons, with their roles on a local day, in a fixed number of queries."""

    async def sheets(self, person_id: int) -> tuple[OwnSheet, ...]:
        """All sheets of a person's subjects, newest first."""

    async def apply(self, turns: Sequence[Turn], now: datetime, lease_until: datetime) -> tuple[Delivery, ...]:
        """Write everything the turns decided and finish their updates, in a fixed number of statements.

        Screens and documents become outbox rows: of pull channels 'kept', of others 'sending' until `lease_until` and
        returned, for the caller to deliver after the commit. A screen that an account has not been sent yet gives way
        to the newer one. A turn with JoinPerson leaves the joined person's session alone; one with ForgetPerson gives
        the account an empty person, and both go away once the goodbye is delivered (on pull channels: by `purge`).

        Raises: Conflict: an answer to a locked assessment, a code already used, an update handled meanwhile ...
        """

    async def account(self, channel: str, external_id: str) -> Account | None:
        """Find an account."""

    async def unattended(self, since: datetime, until: datetime) -> tuple[Account, ...]:
        """Accounts whose person was active between two moments and is in the middle of something.

        One for each person, the one that shows the newest screen; of channels that are written to; not blocked.
        """

    async def everything(self, person_id: int, on: date) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Every record about a person, by table, for a copy; without codes, tokens and hashes.

        The sheet of a place is theirs only while their role for it is in force on that local day.

        Moments, decimals and codes are values, stored JSON is opened; nothing at all of somebody unknown.
        """

    async def purge(self, before: datetime) -> int:
        """Remove accounts of pull channels forgotten before a moment, and old codes; returns how many accounts."""


class Outbox(Protocol):
    """What is to be sent, and the mailboxes of pull channels."""

    async def claim_due(
        self, channels: Sequence[str], limit: int, now: datetime, lease_until: datetime
    ) -> tuple[Delivery, ...]:
        """Take deliveries whose retry time has come or whose lease ran out, replies first, oldest first."""

    async def reclaim(self) -> int:
        """Take back, at the start of the one process that serves an SQLite database, what a dead one was sending.

        On PostgreSQL, where other processes may be alive, leases run out by themselves. Returns how many.
        """

    async def settle(self, settlements: Sequence[Settlement], now: datetime) -> None:
        """Record how deliveries ended: the screen an account shows now, retries, blocked accounts, fetched files."""

    async def notice(self, account: Account, text: Say, now: datetime) -> None:
        """Queue a sentence outside the conversation; nothing for an account that blocked us."""

    async def mailbox(self, account_id: int, after: int, limit: int) -> tuple[Kept, ...]:
        """The newest `limit` rows of a pull channel's mailbox with an id above `after`, oldest first."""

    async def purge(self, before: datetime) -> int:
        """Remove deliveries that were refused for good before a moment; returns how many."""


class Records(Protocol):
    """Places, invites, periods and codes."""

    async def find_places(
        self, level: str, query: str, page: int, page_size: int, on: date, below: Sequence[str] | None = None
    ) -> PlacePage:
        """Places of a level in force on a day whose folded name contains the folded query, by name.

        Args:
            page: counted from 0.
            below: paths; only these places and what lies below them. None: everywhere.
        """

    async def place(self, place_id: int) -> Place | None:
        """One place of any level."""

    async def invite(
        self, code: str, now: datetime, person_id: int = 0
    ) -> Place | RoleInvite | HouseholdInvite | CodeState:
        """Where an invite code leads, for a person: HouseholdInvite.is_member."""

    async def link_target(self, code: str, now: datetime) -> LinkTarget | CodeState:
        """Whom a one-time code leads to."""

    async def recognised(
        self, path: str, kind: SubjectKind, first_year: int, last_year: int, *, is_decided: bool = True
    ) -> tuple[int, int]:
        """Count subjects of a kind at or below a place: those recognised in one of the years, and all of them.

        Who left the roll until the end of those years, or turned out to be another, is not counted at all.

        Args:
            is_decided: only those recognised by decision; else all with a title that the village confirmed, or better.
        """

    async def add_place(
        self, parent_id: int | None, level: str, name: str, valid_from: date, valid_until: date | None = None
    ) -> PlaceRecord:
        """Add a place."""

    async def places(self) -> tuple[PlaceRecord, ...]:
        """The whole tree, parents first."""

    async def close_places(self, place_ids: Sequence[int], last_day: date) -> None:
        """End places after a day: no family is offered them any more; whoever belongs to one stays there."""

    async def set_difficult_area(self, place_id: int, source: str) -> None:
        """Set down that a place and all below it are a difficult area, and by which document; '' takes it back."""

    async def ensure_sample(self, now: datetime) -> bool:
        """Add a sample province, commune and three hamlets when there is no place at all; returns whether it did."""

    async def add_invite(
        self,
        code: str,
        place_id: int,
        expires_at: datetime,
        uses: int,
        now: datetime,
        role: RoleKind | None = None,
        role_until: date | None = None,
    ) -> None:
        """Keep a hashed invite code that leads families to a hamlet, or grants a role for a place until a last day."""

    async def blob_garbage(self, before: datetime) -> tuple[str, ...]:
        """Hashes of files whose last evidence was removed before a moment and that nothing refers to."""

    async def blobs_removed(self, hashes: Sequence[str]) -> None:
        """Note that these files are gone from the blob store."""

    async def heartbeat(self, name: str, now: datetime) -> datetime | None:
        """Note that a part of the service is alive; returns when it last was."""


class Rules(Protocol):
    """Criteria sets that places have adopted; they are never changed."""

    async def adopted(self, after: int) -> tuple[Adoption, ...]:
        """Adoptions with an id above `after`, oldest first."""

    async def text(self, set_id: str, version: str) -> str | None:
        """An adopted set as TOML; None when there is none."""


class Uploads(Protocol):
    """Workbooks that were sent in."""

    async def waiting(self, limit: int) -> tuple[Upload, ...]:
        """Files that are here and were not read yet, oldest first."""

    async def failed(self, limit: int) -> tuple[Upload, ...]:
        """Files that could not be brought from their channel, and of which nobody was told yet; their blob is ''."""

    async def finish(self, upload_id: int, proposal: Proposal, text: str, now: datetime) -> bool:
        """Keep what came of reading; `text` is the sound set as TOML. False when it was finished already."""

    async def proposal(self, upload_id: int, person_id: int) -> Proposal | None:
        """What came of a person's own upload; state 'reading' until it is known."""

    async def text(self, upload_id: int) -> str:
        """The sound set of an upload as TOML; '' when there is none."""

    async def blob(self, upload_id: int, person_id: int) -> str | None:
        """The hash of a person's own upload."""


class Work(Protocol):
    """One transaction."""

    inbox: Inbox
    people: People
    outbox: Outbox
    records: Records
    rules: Rules
    uploads: Uploads
    roll: Roll
    visits: Visits
    reviews: Reviews
    invitations: Invitations
    bulk: Bulk
    filed: FiledAnswers
    clans: Clans
    watch: Watch
    years: Years
    imports: Imports
    news: News


class Storage(Protocol):
    """The database."""

    def work(self) -> AbstractAsyncContextManager[Work]:
        """Open a transaction; leaving it cleanly commits, durably; an exception rolls back."""

    def sheets(
        self, path: str, year: int, set_id: str, set_version: str, but: Sequence[str] = ()
    ) -> AsyncIterator[tuple[StoredSheet, ...]]:
        """Every assessment of a year at or below a place that is answered under a set, some thousand at a time.

        `but`: paths; what lies at or below these is left out.

        Read on a connection and a thread of their own, so that conversations go on meanwhile.
        """

    async def is_ready(self) -> bool:
        """Whether the database answers and is migrated."""

    async def close(self) -> None:
        """Give everything back."""
