"""What a dialog may know besides its session: loaded by the service, by what the dialog asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.scoring.model import Answers, CriteriaSet, Derived


class AssessmentState(StrEnum):
    """The life of an assessment; each step is taken by somebody (DESIGN §5)."""

    DRAFT = "draft"
    HANDED_IN = "handed_in"
    RETURNED = "returned"
    CONFIRMED = "confirmed"
    APPRAISED = "appraised"
    RECOGNISED = "recognised"
    NOT_RECOGNISED = "not_recognised"


@dataclass(frozen=True, slots=True)
class ConsentGiven:
    """Which text was agreed to, and when."""

    version: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Hamlet:
    """A place that families belong to, with the places above it as one line: 'xã Mẫu, tỉnh Mẫu'."""

    id: int
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class Household:
    """The household as registered."""

    id: int
    name: str
    hamlet: Hamlet
    adults: int
    school_age_children: int

    @property
    def profile(self) -> Mapping[str, int]:
        """Facts by which scoring decides what applies."""
        return {"adults": self.adults, "school_age_children": self.school_age_children}


@dataclass(frozen=True, slots=True)
class Assessment:
    """The household's assessment of one period, with the set it is answered under."""

    id: int
    year: int
    criteria: CriteriaSet
    answers: Answers
    state: AssessmentState
    evidence: Mapping[str, int] = field(default_factory=dict)
    """{indicator id: how many files are kept for it}."""
    derived: Mapping[str, Derived] = field(default_factory=dict)
    """{indicator id: the share computed from the records}."""
    handed_in_at: datetime | None = None
    is_reviewed: bool = False
    """Whether anybody began to review it; then it can no longer be taken back."""

    @property
    def is_open(self) -> bool:
        """Whether its answers may still be changed: it was not handed in, or was returned."""
        return self.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)


@dataclass(frozen=True, slots=True)
class HamletPage:
    """A page of hamlets that match the asked letters."""

    hamlets: tuple[Hamlet, ...]
    has_more: bool
    total: int


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The person a one-time code leads to."""

    code: str
    person_id: int
    household_name: str


class CodeState(StrEnum):
    """Why a code does not work."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED_UP = "used_up"
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class Channel:
    """What the channel of this event can do."""

    name: str
    max_file_bytes: int


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything a step may look at."""

    now: datetime
    """The moment of the step, aware, UTC."""
    today: date
    """Its local day."""
    year: int
    """Year of the current period."""
    channel: Channel
    criteria: CriteriaSet
    """The set in force for households, under which a new assessment opens."""
    consent: ConsentGiven | None = None
    household: Household | None = None
    assessment: Assessment | None = None
    hamlets: HamletPage | None = None
    """The page of hamlets that the screen shows."""
    found: HamletPage | None = None
    """The page that was asked for by typing or turning."""
    hamlet: Hamlet | None = None
    """The hamlet of the draft, or the one just chosen."""
    invite: Hamlet | CodeState | None = None
    """Where the code that was typed or opened leads; None when no code was asked about."""
    link: LinkTarget | CodeState | None = None
    fresh_code: str = ""
    """A new one-time code, kept only if the step issues it."""
    web_address: str = ""
    """Public address of the web chat; empty when there is none to name."""
    contact: str = ""
    """Who answers questions about data and about this service; set by the administrator."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a dialog wants loaded for one event; see Facts for what each becomes."""

    hamlet_query: str | None = None
    hamlet_page: int = 0
    search_query: str | None = None
    search_page: int = 0
    hamlet_id: int | None = None
    invite_code: str | None = None
    link_code: str | None = None
