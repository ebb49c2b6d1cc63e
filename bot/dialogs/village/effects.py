"""What the village's part of the conversation decides. Storage checks the person's roles again under lock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.dialogs.screens import Say
from bot.dialogs.village.facts import HouseholdEntry, Side
from bot.scoring.model import Answer


@dataclass(frozen=True, slots=True)
class AddHousehold:
    """Put a household on the roll of a hamlet."""

    place_id: int
    entry: HouseholdEntry


@dataclass(frozen=True, slots=True)
class CorrectHousehold:
    """Correct a line of the roll; what the entry leaves out ('' or None) stays as it was."""

    subject_id: int
    entry: HouseholdEntry


@dataclass(frozen=True, slots=True)
class LeaveRoll:
    """A household moved away on a day: it is listed no more and owes nothing; None brings it back."""

    subject_id: int
    on: date | None


@dataclass(frozen=True, slots=True)
class MoveHousehold:
    """A household moves to another hamlet of the person's roles, with its sheets."""

    subject_id: int
    place_id: int


@dataclass(frozen=True, slots=True)
class MergeHouseholds:
    """Two lines are one household: members, codes, clan ties and sheets of years that only one has go to `keep_id`.

    Where both have a sheet of a year, answers that only one has are taken over, differing ones become differences.
    """

    keep_id: int
    gone_id: int


@dataclass(frozen=True, slots=True)
class DecideDouble:
    """Whether a row of a sent-in roll is the known household that it may be."""

    upload_id: int
    row: int
    is_same: bool


@dataclass(frozen=True, slots=True)
class PlaceImport:
    """Which hamlet the rows of a sent-in roll are of that name none; it is read again, and UploadRead follows."""

    upload_id: int
    place_id: int


@dataclass(frozen=True, slots=True)
class DecideConflicts:
    """Whether a sent-in workbook's answers take the place of answers of one's own that were given meanwhile."""

    upload_id: int
    keys: tuple[str, ...]
    """As ImportConflict.key."""
    takes_theirs: bool


@dataclass(frozen=True, slots=True)
class ApplyImport:
    """Have a sent-in roll or workbook of answers applied; the service does it, and UploadRead follows."""

    upload_id: int


@dataclass(frozen=True, slots=True)
class IssueRoleInvite:
    """Keep a code (hashed) that grants a role once, until it expires."""

    code: str
    role: str
    place_id: int
    expires_at: datetime
    until: date | None
    """Last day of the role."""


@dataclass(frozen=True, slots=True)
class RevokeInvite:
    """A code that was given out works no more."""

    invite_id: int


@dataclass(frozen=True, slots=True)
class EndRoleNow:
    """Somebody's role ends with yesterday."""

    role_id: int


@dataclass(frozen=True, slots=True)
class IssueHouseholdCodes:
    """Have codes for households that have none that works; derived by the service, so that cards can be printed again.

    `renew`: older codes of them work no more.
    """

    subject_ids: tuple[int, ...] = ()
    renew: bool = False
    place_id: int = 0
    """Above 0: for every household on the roll of this hamlet."""


@dataclass(frozen=True, slots=True)
class JoinHousehold:
    """Take part for the household whose code was opened; its sheet of this year is opened or taken up."""

    code: str


@dataclass(frozen=True, slots=True)
class Visit:
    """Work on the sheet of somebody in one's hamlet from now on; it is opened where there is none this year."""

    subject_id: int
    done: Say | None = None
    """What was recorded of the sheet before, said on top of the new one."""


@dataclass(frozen=True, slots=True)
class AnswerForMany:
    """Record one answer for many households of a hamlet, opening sheets as needed; locked sheets are left alone."""

    place_id: int
    indicator: str
    answer: Answer
    subject_ids: tuple[int, ...]
    over: Answer | None = None
    """What stands at these and no longer fits the rules or what was told: it gives way, whoever gave it."""


@dataclass(frozen=True, slots=True)
class HandInForMany:
    """Hand in drafts of a hamlet that are complete; one that is not, or is handed in already, is left alone."""

    place_id: int
    assessment_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Confirm:
    """The village confirms handed-in sheets of its hamlet."""

    place_id: int
    assessment_ids: tuple[int, ...]
    told: Say
    """What the members read."""


@dataclass(frozen=True, slots=True)
class ReturnSheet:
    """Return a handed-in or confirmed sheet with a reason on a question."""

    assessment_id: int
    indicator: str
    reason: str
    told: Say


@dataclass(frozen=True, slots=True)
class DecideDifference:
    """Keep one of two answers; the side whose answer was not kept is told."""

    assessment_id: int
    indicator: str
    kept: Side
    reason: str
    told: Say


@dataclass(frozen=True, slots=True)
class DrawSample:
    """Draw handed-in or confirmed sheets of a hamlet for a re-check; the seed is recorded."""

    place_id: int
    size: int
    seed: int


@dataclass(frozen=True, slots=True)
class RecordRecheck:
    """A drawn sheet was looked at again."""

    assessment_id: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class RecordMeeting:
    """Keep what the village meeting decided."""

    place_id: int
    day: date
    present: int
    in_favour: int
    against: int


@dataclass(frozen=True, slots=True)
class SetTarget:
    """How many percent of the hamlet's households are to have the title this year."""

    place_id: int
    percent: int


@dataclass(frozen=True, slots=True)
class Nudge:
    """Remind the households of a hamlet that have not handed in and can be written to; at most once a day each.

    Told at `due_at` (now, or the next morning), unless they have handed in by then.
    """

    place_id: int
    due_at: datetime
    told: Say
    day: date | None = None
    """The local day of `due_at`; None: today."""


@dataclass(frozen=True, slots=True)
class AskForClan:
    """Ask a household whether the clan in hand may count it."""

    household_id: int
    told: Say
    code: str = ""
    """Of the household's card, where it is not in the clan's own hamlet."""


@dataclass(frozen=True, slots=True)
class AnswerClan:
    """A household's member (or, for one without a channel, its village head) says whether a clan may count it."""

    clan_id: int
    household_id: int
    agrees: bool


@dataclass(frozen=True, slots=True)
class DropFromClan:
    """The clan counts a household no more."""

    household_id: int


VillageEffect = (
    AddHousehold
    | CorrectHousehold
    | LeaveRoll
    | MoveHousehold
    | MergeHouseholds
    | DecideDouble
    | PlaceImport
    | DecideConflicts
    | ApplyImport
    | IssueRoleInvite
    | RevokeInvite
    | EndRoleNow
    | IssueHouseholdCodes
    | JoinHousehold
    | Visit
    | AnswerForMany
    | HandInForMany
    | Confirm
    | ReturnSheet
    | DecideDifference
    | DrawSample
    | RecordRecheck
    | RecordMeeting
    | SetTarget
    | Nudge
    | AskForClan
    | AnswerClan
    | DropFromClan
)
