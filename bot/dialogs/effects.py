"""What a step decides; the service performs it in the same transaction, or sends it after the commit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.dialogs.events import FileRef
from bot.dialogs.screens import Say, Screen
from bot.dialogs.village.effects import VillageEffect
from bot.scoring.model import Answer, SubjectKind


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
    WORKBOOK = "workbook"
    """A criteria set as an Excel workbook, to be edited and sent back."""
    MARKED_WORKBOOK = "marked_workbook"
    """A workbook that was sent in, with every problem marked."""
    ROLL_TEMPLATE = "roll_template"
    """An empty roll; `of`: the place."""
    ROLL_MARKED = "roll_marked"
    """A roll or a workbook of answers that was sent in, with its problems marked; `of`: the upload."""
    CARDS = "cards"
    """Printable A4 sheets of household cards with QR and code; `of`: 'place/12' or 'subject/34'."""
    INVITE_CARD = "invite_card"
    """A picture of one household's card, to be forwarded; `of`: the subject."""
    ROLE_CARD = "role_card"
    """The QR of a code that grants a role; `of`: the code, the role, the place: 'ABCD2345/officer/7'."""
    ANSWERS_WORKBOOK = "answers_workbook"
    """The households of a hamlet and their answers, with choices as drop-downs; `of`: the place."""
    MINUTES = "minutes"
    """A draft of the village meeting's minutes; `of`: the meeting."""
    PROGRESS = "progress"
    """A picture of how far the hamlet is; `of`: the place."""


@dataclass(frozen=True, slots=True)
class SendDocument:
    """Make a document from the records as they are when it is sent, and send it."""

    kind: DocumentKind
    of: str = ""
    """Of a workbook: 'gia_dinh_mau/1/2', the set's id and version and the place; of a marked one: the upload's id."""


@dataclass(frozen=True, slots=True)
class GiveConsent:
    """The person agreed to this version of the text."""

    version: str


@dataclass(frozen=True, slots=True)
class RegisterSubject:
    """Create the subject, the person's tie to it, and its assessment of a period, and take that up.

    A place that is assessed itself exists once: whoever comes second joins its sheet.
    """

    kind: SubjectKind
    name: str
    place_id: int
    told: Mapping[str, int]
    group: str | None = None
    invite: str = ""
    """The invite code that led to the place; one use of it is spent."""


@dataclass(frozen=True, slots=True)
class ChangeSubject:
    """Correct the subject; answers are kept, also those that no longer apply."""

    name: str
    place_id: int
    told: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class OpenAssessment:
    """Begin this year's assessment of a subject that has only older ones, and take it up."""


@dataclass(frozen=True, slots=True)
class TakeUp:
    """Work on another of the person's sheets from now on."""

    assessment_id: int


@dataclass(frozen=True, slots=True)
class ChangeRules:
    """Lead an open sheet over to the set that is in force now; its answers are kept."""


@dataclass(frozen=True, slots=True)
class TakeRole:
    """Take the role that a code grants; one use of it is spent."""

    code: str


@dataclass(frozen=True, slots=True)
class SendIn:
    """Keep a criteria workbook that was sent, and have it read; UploadRead follows."""

    file: FileRef


@dataclass(frozen=True, slots=True)
class AdoptCriteria:
    """Put a proposed set in force from a day, for its place and everything below."""

    upload_id: int
    decision_number: str
    decided_on: date
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class SaveAnswer:
    """Record an answer; the earlier value stays in the history.

    What the other side answered stands: a differing answer is kept beside it; see village.sides.
    """

    indicator: str
    answer: Answer
    over: Answer | None = None
    """The answer that stood and no longer fits the rules, or what was told: it gives way, whoever gave it."""


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
class ShowAgain:
    """Show where the person stands once this turn is committed, from facts loaded afresh; `done`: said on top."""

    done: Say | None = None
    notice: Say | None = None


@dataclass(frozen=True, slots=True)
class FetchFile:
    """Bring a file from the channel into the blob store; made from KeepEvidence or SendIn once its record exists.

    Exactly one of the ids is above zero.
    """

    evidence_id: int
    file: FileRef
    upload_id: int = 0


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
    | RegisterSubject
    | ChangeSubject
    | OpenAssessment
    | TakeUp
    | ChangeRules
    | TakeRole
    | SendIn
    | AdoptCriteria
    | SaveAnswer
    | KeepEvidence
    | HandIn
    | TakeBack
    | IssueLinkCode
    | JoinPerson
    | CountFailedCode
    | ForgetPerson
    | ShowAgain
    | VillageEffect
)
