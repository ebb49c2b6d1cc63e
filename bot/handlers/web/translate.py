"""What the page posts -> Incoming."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from bot.dialogs.events import Event, FileKind, FileRef, FileSent, Pressed, Typed, Unsupported
from bot.i18n import SOURCE_LOCALE
from bot.ports import Clock, Incoming

CHANNEL = "web"
LONGEST_FILE_NAME = 120

_CLIENT_ID = re.compile(r"[0-9A-Za-z_-]{16,64}")
_CHOICE = re.compile(r"[!-~]{1,48}")
_NUMBER = re.compile(r"[0-9]{1,15}")
_MIME = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,100}")
_INVITE = re.compile(r"[0-9A-Za-z_-]{1,40}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[0-9A-Za-z]{2,8})*")


class BadFormError(ValueError):
    """A form that no page of ours makes."""


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with a form; `ref` is empty when it was too large to keep."""

    ref: str
    size: int
    mime: str
    name: str


@dataclass(frozen=True, slots=True)
class Submission:
    """What the fields of a form say. `last` is the newest message that its page showed."""

    client_id: str
    choice: str
    text: str
    seen: int | None
    last: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """When an update came, as an ascending number, and what the browser says of the person's language."""

    order: int
    language: str


class Arrivals:
    """Numbers updates as they arrive: by the clock, and never twice the same or backwards."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self, language: str) -> Arrival:
        """Number the next one."""
        self._last = max(self._last + 1, int(self._clock.now().timestamp() * 1_000_000))
        return Arrival(self._last, language)


def read_submission(fields: Mapping[str, str]) -> Submission:
    """Read the fields of a form. Raises: BadFormError."""
    client_id, choice, seen = fields.get("id", ""), fields.get("choice", ""), fields.get("seen", "")
    if not _CLIENT_ID.fullmatch(client_id):
        raise BadFormError("id")
    if choice and not _CHOICE.fullmatch(choice):
        raise BadFormError("choice")
    if (seen or choice) and not _NUMBER.fullmatch(seen):
        raise BadFormError("seen")
    return Submission(
        client_id=client_id,
        choice=choice,
        text=_clean(fields.get("text", "")),
        seen=int(seen) if seen else None,
        last=read_row(fields.get("last", "")),
    )


def read_row(text: str) -> int:
    """Read the id of a mailbox row; what is not one counts as 0, before the first."""
    return int(text) if _NUMBER.fullmatch(text) else 0


def read_invite(text: str) -> str:
    """Return an invite code of the address, or '' when it cannot be one."""
    return text if _INVITE.fullmatch(text) else ""


def read_language(accept_language: str) -> str:
    """Return the first language that a browser asks for, such as 'vi' or 'en-GB'; '' when it says nothing."""
    first = re.split("[,;]", accept_language, maxsplit=1)[0].strip()
    return first if _LANGUAGE.fullmatch(first) else ""


def read_locale(accept_language: str) -> str:
    """Return the language of pages for somebody who has not begun a conversation."""
    return "en" if read_language(accept_language).startswith("en") else SOURCE_LOCALE


def clean_file_name(name: str) -> str:
    """Return the last part of a path without control characters, short enough to store."""
    last = re.split(r"[/\\]", _clean(name))[-1]
    return "".join(c for c in last if unicodedata.category(c)[0] != "C").strip()[-LONGEST_FILE_NAME:]


def clean_mime(mime: str) -> str:
    """Return a media type without parameters; unknown ones become plain bytes."""
    bare = mime.partition(";")[0].strip().lower()
    return bare if _MIME.fullmatch(bare) else "application/octet-stream"


def event_of(submission: Submission, upload: Upload | None) -> Event | None:
    """Return what happened; None when nothing was chosen, typed or attached."""
    if submission.choice:
        return Pressed(submission.choice, submission.seen or 0)
    if upload is not None:
        return _file_event(submission, upload)
    if submission.text.strip():
        return Typed(submission.text, submission.seen)
    return None


def incoming(external_id: str, client_id: str, event: Event, arrival: Arrival) -> Incoming:
    """Build the update; its id is the client's, in the name space of the account."""
    return Incoming(
        channel=CHANNEL,
        update_id=f"{external_id[:32]}:{client_id}",
        order=arrival.order,
        external_id=external_id,
        event=event,
        language=arrival.language,
    )


def start(external_id: str, invite: str, newest: int, arrival: Arrival) -> Incoming:
    """Build the update of opening the page, the same one however often it is opened at message `newest`."""
    text = f"/start {invite}" if invite else "/start"
    return incoming(external_id, f"start:{invite}:{newest}", Typed(text), arrival)


def _file_event(submission: Submission, upload: Upload) -> Event:
    family = upload.mime.split("/")[0]
    if upload.size == 0 or family in {"audio", "video"}:
        kinds = {"audio": "voice", "video": "video"}
        return Unsupported(kinds.get(family, "other"), submission.seen)
    kind = FileKind.PHOTO if family == "image" else FileKind.DOCUMENT
    file = FileRef(ref=upload.ref, kind=kind, size=upload.size, mime=upload.mime, name=upload.name)
    return FileSent(file, caption=submission.text.strip(), seen=submission.seen)


def _clean(text: str) -> str:
    """Drop what no database takes: NUL and halves of surrogate pairs."""
    return "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
