"""What a step decides; the service performs it in the same transaction, or sends it after the commit."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.dialogs.events import FileRef
from bot.dialogs.screens import Say, Screen
from bot.scoring.model import Answer


@dataclass(frozen=True, slots=True)
class Show:
    """Show a screen to the account the event came from. `toast`: a short notice where the channel has one."""

    screen: Screen
    toast: Say | None = None


class DocumentKind(StrEnum):
    """What can be had as a file."""

    CARD = "card"
    PDF = "pdf"
    DOCX = "docx"
    MY_DATA = "my_data"


@dataclass(frozen=True, slots=True)
class SendDocument:
    """Make a document from the records as they are when it is sent, and send it."""

    kind: DocumentKind


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """The person agreed to this version of the text."""

    version: str


@dataclass(frozen=True, slots=True)
class RegisterHousehold:
    """Create the household, the person's tie to it, and its assessment of the current period."""

    name: str
    hamlet_id: int
    adults: int
    school_age_children: int
    invite: str = ""
    """The invite code that led to the hamlet; one use of it is spent."""


@dataclass(frozen=True, slots=True)
class ChangeHousehold:
    """Correct the household; answers are kept, also those that no longer apply."""

    name: str
    hamlet_id: int
    adults: int
    school_age_children: int


@dataclass(frozen=True, slots=True)
class OpenAssessment:
    """Begin this year's assessment of a household that has only older ones."""


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """Record an answer; the earlier value stays in the history."""

    indicator: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class KeepEvidence:
    """Keep a file as evidence for an indicator; fetched from the channel after the commit."""

    indicator: str
    file: FileRef


@dataclass(frozen=True, slots=True)
class HandIn:
    """Lock the draft and hand it in."""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """Make a handed-in, unreviewed assessment a draft again."""


@dataclass(frozen=True, slots=True)
class IssueLinkCode:
    """Keep a one-time code (hashed) that joins another channel to this person for 15 minutes."""

    code: str


@dataclass(frozen=True, slots=True)
class JoinPerson:
    """Give this account to the person whose code was typed; the empty person it had goes away."""

    code: str


@dataclass(frozen=True, slots=True)
class CountFailedCode:
    """A code was guessed wrong; too many slow the account down."""


@dataclass(frozen=True, slots=True)
class ForgetPerson:
    """Remove everything that is the person's: on declining, or on request. What law keeps is kept without them."""


@dataclass(frozen=True, slots=True)
class FetchFile:
    """Bring a file from the channel into the blob store; made from KeepEvidence once its record exists."""

    evidence_id: int
    file: FileRef


@dataclass(frozen=True, slots=True)
class Notice:
    """A sentence outside the conversation, such as the reference of a failure."""

    text: Say


Content = Show | SendDocument | FetchFile | Notice
"""What an outbox row carries."""

Effect = (
    Show
    | SendDocument
    | GiveConsent
    | RegisterHousehold
    | ChangeHousehold
    | OpenAssessment
    | SaveAnswer
    | KeepEvidence
    | HandIn
    | TakeBack
    | IssueLinkCode
    | JoinPerson
    | CountFailedCode
    | ForgetPerson
)
