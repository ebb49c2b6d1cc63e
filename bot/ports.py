"""What the services need from outside: storage, channels, clock, ids, files, printing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Protocol

from bot.dialogs.effects import Content, DocumentKind, Effect, Notice, Show
from bot.dialogs.events import Event, FileRef
from bot.dialogs.facts import AssessmentState, CodeState, ConsentGiven, Hamlet, HamletPage, Household, LinkTarget
from bot.dialogs.screens import Say
from bot.dialogs.session import Session
from bot.scoring.model import Answer

# --- time, chance, files ----------------------------------------------------------------------------------------------


class Clock(Protocol):
    """The only source of time."""

    def now(self) -> datetime:
        """Return the current moment, aware, UTC."""

    def monotonic(self) -> float:
        """Return seconds that only grow, for measuring and limiting."""

    async def sleep(self, seconds: float) -> None:
        """Wait."""


class Ids(Protocol):
    """The only source of chance."""

    def code(self, length: int) -> str:
        """Return a fresh code over the alphabet of `dialogs.understanding.read_code`."""

    def token(self) -> str:
        """Return a fresh unguessable token, URL-safe."""


class Blobs(Protocol):
    """Files by content: the name is the hash, so keeping twice keeps once."""

    async def keep(self, data: bytes) -> str:
        """Store bytes durably and return their sha256 in hex."""

    async def read(self, sha256: str) -> bytes:
        """Return the bytes. Raises: KeyError: never kept or removed."""

    async def remove(self, sha256: str) -> None:
        """Remove the bytes if they are there."""


# --- updates coming in ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Incoming:
    """One update of a channel, translated. Unique by (channel, update_id)."""

    channel: str
    update_id: str
    order: int
    """Ascending within one account of the channel: its update ids, or line numbers."""
    external_id: str
    """The account on the channel: a chat id, a hashed cookie, a user name."""
    event: Event
    language: str = ""
    """What the channel says of the person's language: 'vi', 'en-GB', ''."""
    sequence: int | None = None
    """The channel's own ascending message number, where it has one (Telegram's message_id)."""
    sent_at: datetime | None = None
    """When the channel says it was sent."""
    press_ref: str = ""
    """What the channel needs to answer this press (a callback query id)."""
    message_ref: str = ""
    """The message the press was on."""


@dataclass(frozen=True, slots=True)
class Account:
    """One person on one channel, and which screen it shows there."""

    id: int
    channel: str
    external_id: str
    person_id: int
    screen_ref: str = ""
    """The live message, which a press edits in place; empty when there is none."""
    screen_sequence: int = 0
    screen_revision: int = -1
    """The revision the live message was drawn for; -1 before the first."""
    screen_shown_at: datetime | None = None
    failed_codes: int = 0
    failed_code_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update taken for handling; nobody else handles its person meanwhile."""

    inbox_id: int
    incoming: Incoming
    account: Account
    attempts: int


@dataclass(frozen=True, slots=True)
class AssessmentRecord:
    """The stored side of an assessment; the service joins the criteria set to it."""

    id: int
    year: int
    set_id: str
    set_version: str
    answers: Mapping[str, Answer]
    state: AssessmentState
    evidence: Mapping[str, int]
    handed_in_at: datetime | None = None
    is_reviewed: bool = False
    total: Decimal | None = None
    title_id: str | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that is loaded of one person for one step."""

    person_id: int
    session: Session
    consent: ConsentGiven | None = None
    household: Household | None = None
    assessment: AssessmentRecord | None = None
    """Of the newest period the household took part in."""


# --- what one step leaves behind --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score stored with an assessment, to list and report without scoring again.

    `total` is exact; None when it is a fraction that no decimal holds. `title_id` is None below every title.
    """

    total: Decimal | None
    title_id: str | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One handled update: everything here is committed together or not at all."""

    claimed: Claimed
    session: Session
    effects: tuple[Effect, ...]
    """In order; the screens and documents among them become outbox rows."""
    outcome: Outcome | None = None
    """The score after the step, when answers or household changed."""
    set_id: str = ""
    set_version: str = ""
    """The set in force for a newly opened assessment."""
    year: int = 0
    """The period of a newly opened assessment."""


class Priority(StrEnum):
    """Replies to somebody who waits go before everything else."""

    REPLY = "reply"
    BULK = "bulk"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One outbox row, on its way."""

    id: int
    account: Account
    content: Content
    locale: str
    priority: Priority
    attempts: int
    created_at: datetime
    in_place: bool = False
    """Edit the live message rather than send a new one: the answer was a press on it."""
    press_ref: str = ""
    """The press to answer; only with the first screen of a turn, or its first row when it has no screen."""


@dataclass(frozen=True, slots=True)
class Sent:
    """What the channel said when it took a delivery. For a screen: the message that shows it now."""

    ref: str = ""
    sequence: int = 0
    shown_at: datetime | None = None


class Conflict(Exception):  # noqa: N818 - it is an outcome to act on, not a fault
    """Turns were decided on facts that no longer hold: nothing of the unit of work may be committed.

    Load and step these updates again, each in its own unit of work.
    """

    def __init__(self, inbox_ids: Sequence[int], reason: str) -> None:
        super().__init__(f"updates {list(inbox_ids)}: {reason}")
        self.inbox_ids = tuple(inbox_ids)


class SendError(Exception):
    """A delivery did not get through; says what to do.

    Args:
        retryable: trying later may help.
        blocked: the account does not want to be written to, or is gone; stop writing to it.
        retry_after_s: seconds the channel asked us to wait.
        chat_only: the wait concerns this chat, not the whole bot.
    """

    def __init__(
        self,
        code: str,
        *,
        retryable: bool = False,
        blocked: bool = False,
        retry_after_s: float = 0,
        chat_only: bool = False,
    ) -> None:
        super().__init__(code)
        self.code = code
        self.retryable = retryable
        self.blocked = blocked
        self.retry_after_s = retry_after_s
        self.chat_only = chat_only


@dataclass(frozen=True, slots=True)
class Document:
    """A finished file."""

    name: str
    mime: str
    data: bytes
    caption: Say | None = None


class Sender(Protocol):
    """A channel that is written to. Pull channels (web, terminal) have none: their rows wait to be fetched."""

    channel: str

    async def send_screen(self, delivery: Delivery, show: Show) -> Sent:
        """Show a screen, in place or as a new message, and answer the press. Raises: SendError."""

    async def send_notice(self, delivery: Delivery, notice: Notice) -> None:
        """Send a sentence. Raises: SendError."""

    async def send_document(self, delivery: Delivery, document: Document) -> None:
        """Send a file. Raises: SendError."""

    async def fetch(self, file: FileRef) -> bytes:
        """Bring a file from the channel. Raises: SendError."""


class Printer(Protocol):
    """Makes documents; implemented by reports."""

    async def make(self, kind: DocumentKind, person: PersonRecord, locale: str, at: datetime) -> Document:
        """Make a document of the records. Raises: ValueError: there is nothing to print yet."""


# --- storage ----------------------------------------------------------------------------------------------------------


class Settled(StrEnum):
    """How a delivery ended."""

    SENT = "sent"
    RETRY = "retry"
    BLOCKED = "blocked"
    DEAD = "dead"
    """Refused for good: kept for an administrator to look at."""


@dataclass(frozen=True, slots=True)
class Settlement:
    """The end, or the postponing, of one delivery."""

    delivery: Delivery
    how: Settled
    sent: Sent | None = None
    error: str = ""
    not_before: datetime | None = None
    blob: str = ""
    """sha256 of the file a FetchFile brought."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One row of a pull channel's mailbox, oldest first."""

    id: int
    content: Content
    locale: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Parked:
    """An update that failed three times and waits for an administrator."""

    inbox_id: int
    channel: str
    person_id: int
    attempts: int
    error: str
    """Exception class and place, never what the person wrote."""
    reference: str
    received_at: datetime
    event_kind: str


@dataclass(frozen=True, slots=True)
class Place:
    """A node of the tree of places."""

    id: int
    parent_id: int | None
    level: str
    name: str
    valid_from: date
    valid_until: date | None = None


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

    async def load(self, person_ids: Sequence[int]) -> Mapping[int, PersonRecord]:
        """Load sessions and facts of persons, in a fixed number of queries."""

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

    async def everything(self, person_id: int) -> Mapping[str, Sequence[Mapping[str, object]]]:
        """Every record about a person, by table, for a copy; without codes, tokens and hashes.

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

    async def hamlets(self, query: str, page: int, page_size: int, on: date) -> HamletPage:
        """Hamlets in force on a day whose folded name contains the folded query, by name; pages count from 0."""

    async def hamlet(self, hamlet_id: int) -> Hamlet | None:
        """One hamlet."""

    async def invite(self, code: str, now: datetime) -> Hamlet | CodeState:
        """Where an invite code leads."""

    async def link_target(self, code: str, now: datetime) -> LinkTarget | CodeState:
        """Whom a one-time code leads to."""

    async def add_place(self, parent_id: int | None, level: str, name: str, valid_from: date) -> Place:
        """Add a place."""

    async def places(self) -> tuple[Place, ...]:
        """The whole tree, parents first."""

    async def ensure_sample(self, now: datetime) -> bool:
        """Add a sample province, commune and three hamlets when there is no place at all; returns whether it did."""

    async def add_invite(self, code: str, place_id: int, expires_at: datetime, uses: int, now: datetime) -> None:
        """Keep a hashed invite code that leads to a hamlet."""

    async def blob_garbage(self, before: datetime) -> tuple[str, ...]:
        """Hashes of files whose last evidence was removed before a moment and that nothing refers to."""

    async def blobs_removed(self, hashes: Sequence[str]) -> None:
        """Note that these files are gone from the blob store."""

    async def heartbeat(self, name: str, now: datetime) -> datetime | None:
        """Note that a part of the service is alive; returns when it last was."""


class Work(Protocol):
    """One transaction."""

    inbox: Inbox
    people: People
    outbox: Outbox
    records: Records


class Storage(Protocol):
    """The database."""

    def work(self) -> AbstractAsyncContextManager[Work]:
        """Open a transaction; leaving it cleanly commits, durably; an exception rolls back."""

    async def is_ready(self) -> bool:
        """Whether the database answers and is migrated."""

    async def close(self) -> None:
        """Give everything back."""
