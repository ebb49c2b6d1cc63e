"""Updates coming in, and the account they come from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.dialogs.events import Event


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
    """Number of the first message that showed this revision: what came after it was meant for it."""
    screen_revision: int = -1
    """The revision the live message was drawn for; -1 before the first."""
    screen_shown_at: datetime | None = None
    """When this revision was first shown."""
    failed_codes: int = 0
    failed_code_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """An update taken for handling; nobody else handles its person meanwhile."""

    inbox_id: int
    incoming: Incoming
    account: Account
    attempts: int
