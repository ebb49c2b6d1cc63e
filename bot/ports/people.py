"""What is kept of people, and what one step of theirs leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from bot.dialogs.effects import Effect
from bot.dialogs.facts import AssessmentState, ConsentGiven, Role, Subject
from bot.dialogs.session import Session
from bot.dialogs.village.facts import EarlierSheet, Side
from bot.dialogs.village.sides import Given
from bot.ports.updates import Account, Claimed
from bot.scoring.model import Answer, SubjectKind


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
    sides: Mapping[str, Side] = field(default_factory=dict)
    """{indicator: who gave the answer}."""
    differences: Mapping[str, Given] = field(default_factory=dict)
    """{indicator: the other side's answer, while nobody has decided}."""


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """All that is loaded of one person for one step."""

    person_id: int
    session: Session
    consent: ConsentGiven | None = None
    subject: Subject | None = None
    """What the person is working on."""
    assessment: AssessmentRecord | None = None
    """The sheet the person has taken up; of a person who never chose, the newest."""
    roles: tuple[Role, ...] = ()
    """In force at the moment of loading."""
    is_visiting: bool = False
    """Whether the sheet in hand is theirs by a role for its place, not because they are one of those it is about."""
    earlier: EarlierSheet | None = None
    """The newest sheet of an earlier year of the same subject."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """The score stored with an assessment, to list and report without scoring again.

    `total` is exact; None when it is a fraction that no decimal holds. `title_id` is None below every title.
    """

    total: Decimal | None
    title_id: str | None
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """A criteria set that a place has adopted for itself and everything below, without its text."""

    id: int
    """Later adoptions have greater ids."""
    set_id: str
    version: str
    kind: SubjectKind
    group: str | None
    place_id: int
    path: str
    """Of the place; see places.Place.path."""
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class NewAdoption:
    """A criteria set to be adopted: unique by set id and version, never changed afterwards."""

    set_id: str
    version: str
    kind: SubjectKind
    group: str | None
    place_id: int
    valid_from: date
    valid_until: date | None
    decision_number: str
    decided_on: date
    text: str
    """The whole set as TOML."""


@dataclass(frozen=True, slots=True)
class StoredSheet:
    """One stored assessment with all that scoring needs."""

    assessment_id: int
    state: AssessmentState
    answers: Mapping[str, Answer]
    profile: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent in to be read, and is in the blob store."""

    id: int
    account: Account
    person_id: int
    blob: str
    name: str


@dataclass(frozen=True, slots=True)
class HouseholdCode:
    """A code that leads to one household."""

    subject_id: int
    serial: int
    """Raised to make another code; see ports.Ids.household_code."""
    code: str
    expires_at: datetime


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
    """The set in force for an assessment that is newly opened or led over."""
    year: int = 0
    """The period of a newly opened assessment."""
    adoption: NewAdoption | None = None
    """What AdoptCriteria puts in force."""
    household_codes: tuple[HouseholdCode, ...] = ()
    """What IssueHouseholdCodes gives out."""


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
class PlaceRecord:
    """A node of the tree of places."""

    id: int
    parent_id: int | None
    level: str
    name: str
    valid_from: date
    valid_until: date | None = None
