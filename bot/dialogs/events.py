"""What can happen to a conversation, the same from every channel."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


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
    not be handled).
    """

    reason: str = "outage"


@dataclass(frozen=True, slots=True)
class UploadRead:
    """A workbook that was sent in has been read; says which, not with what outcome."""

    upload_id: int


Event = Typed | Pressed | FileSent | Unsupported | Resumed | UploadRead
