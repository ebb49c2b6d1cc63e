"""Deliveries going out, how they end, and who sends and prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from bot.dialogs.effects import Content, DocumentKind, Notice, Show
from bot.dialogs.events import FileRef
from bot.dialogs.screens import Say
from bot.ports.people import PersonRecord
from bot.ports.updates import Account


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

    async def make(self, kind: DocumentKind, person: PersonRecord, locale: str, at: datetime, of: str = "") -> Document:
        """Make a document of the records; `of` as in SendDocument. Raises: ValueError: there is nothing to print."""


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
