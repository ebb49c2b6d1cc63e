"""What the village's part of the conversation may know; loaded by the service as `VillageNeeds` asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from bot.scoring.model import Answer, CriteriaSet, SubjectKind, Text


class HouseholdState(StrEnum):
    """Where a household (or clan, unit, citizen) of the roll stands this year, in the eyes of the village head."""

    UNANSWERED = "unanswered"
    """No answer yet."""
    ANSWERING = "answering"
    HANDED_IN = "handed_in"
    """Waits for the review."""
    TO_CHECK = "to_check"
    """Two answers differ, or it was returned and is not handed in again."""
    CONFIRMED = "confirmed"
    """By the village, or already appraised or decided on by those above."""


class Side(StrEnum):
    """Who gave an answer."""

    SUBJECT = "subject"
    """A member of the household; the clan's, unit's or place's own representative."""
    HEAD = "head"
    """The village head: visiting, for many at once, or by Excel."""


@dataclass(frozen=True, slots=True)
class HouseholdEntry:
    """A line of the roll, as it is written; None and '' where it says nothing."""

    name: str = ""
    """The household's head or representative; never a child's name."""
    number: str = ""
    """The roll's own number of the household, such as '017' or 'H-17'."""
    group: str = ""
    """Part of the hamlet: 'Tổ 3', 'Xóm Đình'."""
    phone: str = ""
    adults: int | None = None
    school_age_children: int | None = None


@dataclass(frozen=True, slots=True)
class HouseholdLine:
    """One line of the list."""

    subject_id: int
    name: str
    number: str
    group: str
    state: HouseholdState
    assessment_id: int = 0
    """Of this year; 0 while there is none."""
    title_id: str | None = None
    """Provisional, of a complete sheet."""
    is_changed: bool = False
    """Handed in again after it was returned."""
    is_reachable: bool = False
    """Whether somebody of it can be written to on a channel."""
    differences: int = 0
    """Questions with two answers that nobody has decided yet."""


@dataclass(frozen=True, slots=True)
class HouseholdQuery:
    """Which lines; never more than one hamlet's."""

    place_id: int
    kind: SubjectKind = SubjectKind.HOUSEHOLD
    state: HouseholdState | None = None
    text: str = ""
    """Some letters of the name or the number, with or without diacritics."""
    page: int = 0
    page_size: int = 6
    but: int = 0
    """A subject that is left out, such as the one to be merged."""
    after: int = 0
    """Above 0: `next_unfinished` is the first unanswered or begun one behind this subject in the list."""


@dataclass(frozen=True, slots=True)
class HouseholdPage:
    """A page of the roll of one hamlet, in the order of the roll: number, then name."""

    lines: tuple[HouseholdLine, ...] = ()
    total: int = 0
    """Lines that match, on all pages."""
    counts: Mapping[HouseholdState, int] = field(default_factory=dict)
    """Of all in the roll of the kind, whatever is asked for."""
    next_unfinished: int = 0
    """Subject: the next that is unanswered or begun, in the order of the list; behind the last comes the first again.

    0 when none is left.
    """
    ids: tuple[int, ...] = ()
    """Every subject of the kind in the roll, in its order."""


@dataclass(frozen=True, slots=True)
class SaidAnswer:
    """An answer with its author."""

    answer: Answer
    side: Side
    person: str
    """How its author is called: a role or the household's name; never a stranger's personal name."""
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OpenDifference:
    """A question with two answers that wait for the reviewer."""

    indicator: str
    standing: SaidAnswer
    other: SaidAnswer


@dataclass(frozen=True, slots=True)
class EarlierSheet:
    """The sheet of an earlier year."""

    assessment_id: int
    year: int
    set_id: str
    set_version: str
    answers: Mapping[str, Answer]
    told: Mapping[str, int]
    total: Decimal | None
    title_id: str | None
    is_recognised: bool = False


@dataclass(frozen=True, slots=True)
class HouseholdDetail:
    """Everything the village head sees of one subject of the hamlet."""

    line: HouseholdLine
    kind: SubjectKind
    place_id: int
    entry: HouseholdEntry
    members: int
    """Persons tied to it."""
    answered: int
    """Questions answered this year."""
    handed_in_at: datetime | None = None
    returned_because: str = ""
    moved_on: date | None = None
    """The day it left the roll."""
    has_code: bool = False
    """Whether a card with a code was given out that still works."""
    clan_requests: tuple[tuple[int, str], ...] = ()
    """Clans that ask for it: (clan's subject id, name)."""
    path: str = ""
    """Of its place."""
    place: str = ""
    """Name of its place."""
    questions: int = 0
    """How many are asked of it this year; 0 where no set is in force."""
    title: Text | None = None
    """Provisional, in words."""
    is_open: bool = True
    """Whether its sheet takes answers; one that was not begun does."""
    has_last_year: bool = False
    """Whether there is a sheet of an earlier year to compare with."""


@dataclass(frozen=True, slots=True)
class BulkLine:
    """A household, and its answer to the question that is asked of many."""

    subject_id: int
    name: str
    number: str
    told: Mapping[str, int]
    assessment_id: int = 0
    is_open: bool = True
    """Whether its sheet still takes answers; one that was not begun does."""
    standing: Answer | None = None
    side: Side | None = None
    """Who gave the standing answer."""
    other: Answer | None = None
    """A second answer, of the other side, that waits for the reviewer."""
    is_ready: bool = False
    """Whether its draft is complete, by answers of the village head too: it could be handed in for them."""
    has_question: bool = True
    """Whether its sheet has the question as it is asked now; one that was returned keeps its older rules."""


@dataclass(frozen=True, slots=True)
class BulkRoll:
    """The households of a hamlet for one question, and the rules in force there."""

    place_id: int
    place: str
    criteria: CriteriaSet | None
    """None where no set is in force that can be scored by."""
    is_difficult_area: bool
    lines: tuple[BulkLine, ...]
    """In the order of the roll."""


@dataclass(frozen=True, slots=True)
class RoleHere:
    """Somebody's role."""

    role_id: int
    role: str
    place_id: int
    place: str
    since: date
    until: date | None
    is_own: bool
    may_end: bool = False
    """Whether whoever looks may end it: somebody else's, for a place below one that they answer for."""


@dataclass(frozen=True, slots=True)
class OpenInvite:
    """A code of a role that was given out and not used."""

    invite_id: int
    role: str
    place_id: int
    place: str
    expires_at: datetime
    may_end: bool = False
    """Whether whoever looks may revoke it."""


@dataclass(frozen=True, slots=True)
class GrantPlace:
    """A place for which a role may be granted."""

    place_id: int
    name: str
    within: str


@dataclass(frozen=True, slots=True)
class GrantPage:
    """A page of places for which a role may be granted."""

    places: tuple[GrantPlace, ...] = ()
    total: int = 0
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """Roles and open codes for a place and what lies below it."""

    place: str = ""
    roles: tuple[RoleHere, ...] = ()
    invites: tuple[OpenInvite, ...] = ()
    total: int = 0
    """Roles and codes on all pages."""
    grants: tuple[str, ...] = ()
    """Roles that whoever looks may grant for places here or below."""


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A village meeting."""

    id: int
    day: date
    present: int
    in_favour: int
    against: int


class ClanTie(StrEnum):
    """Whether a household is counted with a clan."""

    ASKED = "asked"
    AGREED = "agreed"
    DECLINED = "declined"


@dataclass(frozen=True, slots=True)
class ClanHousehold:
    """A household linked with a clan, or one that could be."""

    subject_id: int
    name: str
    place: str
    tie: ClanTie | None = None
    """None: found, not asked yet."""


@dataclass(frozen=True, slots=True)
class ClanPage:
    """Households of the clan in hand, and those of its hamlet that letters were found in."""

    clan: str = ""
    linked: tuple[ClanHousehold, ...] = ()
    """All that were asked, with what they said."""
    found: tuple[ClanHousehold, ...] = ()


@dataclass(frozen=True, slots=True)
class Asking:
    """A clan that asks a household of this person."""

    clan_id: int
    clan: str
    household_id: int
    household: str
    tie: ClanTie = ClanTie.ASKED
    others: tuple[Asking, ...] = ()
    """Other clans that asked households of this person."""


@dataclass(frozen=True, slots=True)
class Week:
    """Running totals at the end of a week."""

    ends: date
    answered: int
    handed_in: int
    confirmed: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the households of a hamlet are; those that left the roll are nowhere counted."""

    counts: Mapping[HouseholdState, int]
    titles: Mapping[str, int]
    """{title id, '' for none: handed-in or confirmed sheets}."""
    weeks: tuple[Week, ...] = ()
    """Oldest first, at most 12; the last one ends today."""
    target: int | None = None
    """Households that are to have the title this year, in percent of the roll."""
    missing: tuple[HouseholdLine, ...] = ()
    """Households that have not handed in, a page of them."""
    missing_total: int = 0
    nudgeable: int = 0
    """Of the missing: those that can be written to and were not reminded on the day of `remind_at`."""
    nudged_today: int = 0
    """Households reminded on that day, whatever came of it."""
    unreachable: tuple[HouseholdLine, ...] = ()
    """All missing ones that no channel can write to, in the order of the roll."""
    place_id: int = 0
    place: str = ""
    year: int = 0
    handed_in: int = 0
    """Sheets that are handed in and not returned, confirmed ones among them."""
    title_names: tuple[tuple[str, Text], ...] = ()
    """(title id, name) of the rules of these sheets, the highest title first."""
    remind_at: datetime | None = None
    """When a reminder of now may be told, where that is not at once: nobody is written to at night."""
    remind_on: date | None = None
    """The local day on which a reminder of now is told."""
    code: str = ""
    """Of the household on the page of `unreachable`; empty while it has none that works."""

    @property
    def households(self) -> int:
        """How many the roll has."""
        return sum(self.counts.values())

    @property
    def confirmed(self) -> int:
        """How many the village has confirmed."""
        return self.counts.get(HouseholdState.CONFIRMED, 0)

    @property
    def answered(self) -> int:
        """How many have at least one answer."""
        return self.households - self.counts.get(HouseholdState.UNANSWERED, 0)

    @property
    def titled(self) -> int:
        """How many have handed in a sheet that reaches a title."""
        return sum(count for title_id, count in self.titles.items() if title_id)

    @property
    def wanted(self) -> int | None:
        """How many households the target means: so many that the percentage is reached."""
        return None if self.target is None else -(-self.households * self.target // 100)
