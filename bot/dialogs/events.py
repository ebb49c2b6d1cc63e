"""What can happen to a conversation, the same from every channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.screens import Say


class FileKind(StrEnum):
    """What was sent: a picture of the camera roll or a document."""

    PHOTO = "photo"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file a person sent, still where the channel keeps it.

    `ref` is opaque: a file id of the channel, or 'sha256:...' when the bytes are in the blob store already.
    """

    ref: str
    kind: FileKind
    size: int
    """In bytes; 0 when the channel does not say."""
    mime: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A text, a command among them ('/start h-ABCD'). `seen`: revision of the screen it was typed under, if known."""

    text: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Pressed:
    """A choice tapped on a screen drawn for revision `seen`."""

    choice: str
    seen: int


@dataclass(frozen=True, slots=True)
class FileSent:
    """A photo or document."""

    file: FileRef
    caption: str = ""
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Unsupported:
    """Something the conversation cannot read: 'sticker', 'voice', 'video', 'location', 'contact', 'other'."""

    kind: str
    seen: int | None = None


@dataclass(frozen=True, slots=True)
class Resumed:
    """Show the current screen again, unasked.

    `reason`: 'outage' (presses may have been lost), 'joined' (a channel was added), 'failed' (the last message could
    not be handled), 'settled' (effects are committed, and the screen is drawn from what is stored now).
    """

    reason: str = "outage"
    done: Say | None = None
    """What was recorded, to be said on top."""
    notice: Say | None = None


@dataclass(frozen=True, slots=True)
class UploadRead:
    """A workbook that was sent in has been read; says which, not with what outcome."""

    upload_id: int


@dataclass(frozen=True, slots=True)
class SheetMoved:
    """Others did something with a sheet of this person: returned it, confirmed it, remind of it."""

    assessment_id: int
    what: Say
    """The whole sentence, with the reason where there is one."""
    indicator: str = ""
    """Where one tap leads; empty: to the first open question, or the result."""


@dataclass(frozen=True, slots=True)
class ClanAsked:
    """A clan asks whether it may count a household of this person."""

    clan_id: int
    what: Say


@dataclass(frozen=True, slots=True)
class News:
    """Something a person should know, that leads nowhere: many wrong codes were tried, a role has ended."""

    what: Say


OurOwn = Resumed | UploadRead | SheetMoved | ClanAsked | News
"""What the service says itself; it is meant for no screen."""

Event = Typed | Pressed | FileSent | Unsupported | Resumed | UploadRead | SheetMoved | ClanAsked | News
