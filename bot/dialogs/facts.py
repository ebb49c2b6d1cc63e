"""What a dialog may know besides its session: loaded by the service, by what the dialog asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.dialogs.places import Place, PlacePage
from bot.dialogs.screens import Say
from bot.dialogs.village.facts import Side
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.dialogs.village.sides import Given
from bot.scoring.model import Answers, CriteriaSet, Derived, SubjectKind, Text


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


class RoleKind(StrEnum):
    """What a person may do for a place."""

    VILLAGE_HEAD = "village_head"
    """Village head or village chapter: collects and reviews in a hamlet."""
    OFFICER = "officer"
    """Answers for a commune or a province."""


@dataclass(frozen=True, slots=True)
class Role:
    """A person's role for a place and everything below it, in force today."""

    kind: RoleKind
    place: Place


@dataclass(frozen=True, slots=True)
class Subject:
    """Who is assessed, as registered: a household, a clan, a citizen, a unit, a centre, or a place itself."""

    id: int
    kind: SubjectKind
    name: str
    place: Place
    told: Mapping[str, int] = field(default_factory=dict)
    """Facts told at registration: {'adults': 2, 'school_age_children': 1}."""
    group: str | None = None
    """Which set of the kind, where it has several; see CriteriaSet.group."""
    number: str = ""
    """The roll's own number of it."""

    @property
    def profile(self) -> Mapping[str, int]:
        """Facts by which scoring decides what applies."""
        return {**self.told, "difficult_area": int(self.place.is_difficult_area)}


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """One of the sheets a person takes part in, for choosing among them."""

    assessment_id: int
    kind: SubjectKind
    group: str | None
    name: str
    year: int
    state: AssessmentState


@dataclass(frozen=True, slots=True)
class Assessment:
    """A subject's assessment of one period, with the set it is answered under."""

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
    sides: Mapping[str, Side] = field(default_factory=dict)
    """{indicator id: who gave the answer}; one that is missing: somebody of the subject."""
    differences: Mapping[str, Given] = field(default_factory=dict)
    """{indicator id: the other side's answer, while the reviewer has not decided}."""

    def is_to_lead_over(self, in_force: CriteriaSet | None) -> bool:
        """Whether another set is in force than the one it is answered under, and it was never looked at by others."""
        if in_force is None or in_force.is_structure_only or self.state is not AssessmentState.DRAFT:
            return False
        return (self.criteria.id, self.criteria.version) != (in_force.id, in_force.version)

    @property
    def is_open(self) -> bool:
        """Whether its answers may still be changed: it was not handed in, or was returned."""
        return self.state in (AssessmentState.DRAFT, AssessmentState.RETURNED)


@dataclass(frozen=True, slots=True)
class LinkTarget:
    """The person a one-time code leads to."""

    code: str
    person_id: int


class CodeState(StrEnum):
    """Why a code does not work."""

    UNKNOWN = "unknown"
    EXPIRED = "expired"
    USED_UP = "used_up"
    REVOKED = "revoked"
    LEFT_ROLL = "left_roll"
    """The household of the code moved away, or its line is on the roll no more."""
    TOO_MANY_TRIES = "too_many_tries"


@dataclass(frozen=True, slots=True)
class RoleInvite:
    """What a code of an officer or the administrator grants."""

    role: Role
    state: CodeState | None = None
    """Why the code does not work any more; None while it does."""
    until: date | None = None
    """Last day of the role; None: no end was set."""


@dataclass(frozen=True, slots=True)
class HouseholdInvite:
    """Where the code of one household leads."""

    subject_id: int
    name: str
    place: Place
    state: CodeState | None = None
    """Why the code does not work any more; None while it does."""
    is_member: bool = False
    """Whether whoever opened it takes part for the household already; their code leads there as long as it is known."""


class ProposalState(StrEnum):
    """What came of a workbook that was sent in."""

    READING = "reading"
    REFUSED = "refused"
    """It cannot be read at all; one line says why."""
    UNSOUND = "unsound"
    """It has problems; the lines name the first of them, a marked copy holds all."""
    SOUND = "sound"
    OUTDATED = "outdated"
    """It was sound, but other rules came into force since, so that its difference says no longer what is true."""
    ADOPTED = "adopted"


@dataclass(frozen=True, slots=True)
class Proposal:
    """A criteria set sent in as a workbook, and what is known of it by now."""

    upload_id: int
    state: ProposalState
    place: Place | None = None
    """For which place, and everything below it."""
    title: Text | None = None
    kind: SubjectKind | None = None
    group: str | None = None
    """Of a sound one: which sets it stands beside."""
    problems: tuple[Say, ...] = ()
    problem_count: int = 0
    changes: tuple[Say, ...] = ()
    """The difference from the set in force."""
    tried: tuple[Say, ...] = ()
    """What it would change for the sheets of this period."""
    valid_from: date | None = None
    """The first day it may begin; a past set completed with points begins when it began."""
    valid_until: date | None = None
    is_past: bool = False
    """Whether it completes a set of past years, whose days are given."""
    against: str = ""
    """What it was compared with; see services.rules.Rulebook.standing."""


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
    criteria: CriteriaSet | None
    """The set under which a new sheet opens: of the draft where there is one; None where no set is in force."""
    current: CriteriaSet | None = None
    """The set that holds for the sheet in hand, to which an open draft is led over; None without one."""
    opening_year: int = 0
    """The year of an assessment that would be opened now; 0: `year`."""
    in_force: tuple[CriteriaSet, ...] = ()
    """Every set in force where the person is, to choose from and to read."""
    past: tuple[CriteriaSet, ...] = ()
    """Sets of past years there, newest first: to be read, and a bare structure to be adopted with points."""
    consent: ConsentGiven | None = None
    subject: Subject | None = None
    """What the person is working on."""
    assessment: Assessment | None = None
    roles: tuple[Role, ...] = ()
    sheets: tuple[OwnSheet, ...] = ()
    """All sheets of the person, newest first, where they were asked for."""
    places: PlacePage | None = None
    """The page of places that the screen shows."""
    found: PlacePage | None = None
    """The page that was asked for by typing or turning."""
    place: Place | None = None
    """The place of the draft, or the one just chosen."""
    invite: Place | RoleInvite | HouseholdInvite | CodeState | None = None
    """Where the code that was typed or opened leads; None when no code was asked about."""
    proposal: Proposal | None = None
    """The workbook that the screen speaks of."""
    is_visiting: bool = False
    """Whether the sheet in hand is worked on as village head, not as one of those it is about."""
    village: VillageFacts = field(default_factory=VillageFacts)
    """What the village's rooms asked for."""
    fresh_seed: int = 0
    """A number by chance, kept only if the step draws a sample."""
    link: LinkTarget | CodeState | None = None
    wait_minutes: int = 0
    """Where the code was not looked up after too many tries: how long to wait."""
    fresh_code: str = ""
    """A new one-time code, kept only if the step issues it."""
    web_address: str = ""
    """Public address of the web chat; empty when there is none to name."""
    bot_name: str = ""
    """What Telegram calls the bot, for links; empty when there is none, or as long as Telegram did not say."""
    contact: str = ""
    """Who answers questions about data and about this service; set by the administrator."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What a dialog wants loaded for one event; see Facts for what each becomes."""

    kind: SubjectKind | None = None
    """Of the draft, where a subject is being registered; else the subject's own decides which set is in force."""
    group: str | None = None
    year: int = 0
    """Of the draft; 0 is the current period."""
    level: str = "hamlet"
    """Of the places that are listed."""
    only_own: bool = False
    """Only places of the person's roles and below them are listed."""
    place_query: str | None = None
    place_page: int = 0
    search_query: str | None = None
    search_page: int = 0
    place_id: int | None = None
    """Of the draft, or the one just chosen; the set in force there is wanted."""
    invite_code: str | None = None
    link_code: str | None = None
    sheets: bool = False
    upload_id: int | None = None
    village: VillageNeeds = field(default_factory=VillageNeeds)
