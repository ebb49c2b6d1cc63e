"""Where a village head, or whoever is asked by one, stands; each is stored with the session."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from bot.dialogs.village.facts import HouseholdEntry, HouseholdState, Side
from bot.scoring.model import Answer, SubjectKind


@dataclass(frozen=True, slots=True)
class Walk:
    """What a village head is going through; kept beside the node, so that everything leads back to it."""

    place_id: int
    kind: SubjectKind = SubjectKind.HOUSEHOLD
    state: HouseholdState | None = None
    """Only those in this state; None: all."""
    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class PickVillage:
    """Which hamlet of one's roles, where there are several."""

    then: str = "households"
    """What was asked for: 'households', 'bulk', 'review', 'people', 'progress', 'changes', 'cards' ..."""
    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class Households:
    """The list that the walk describes: states, counts, search, next unfinished."""

    view: str = ""
    """'' the list, 'filter' by state, 'tools' what else is done with it, 'kinds' whom it lists."""


@dataclass(frozen=True, slots=True)
class Household:
    """One household (or clan, unit, citizen) and what can be done about it."""

    subject_id: int


@dataclass(frozen=True, slots=True)
class HouseholdForm:
    """Adding a household to the roll (subject 0), or correcting one; one line of the entry after the other."""

    subject_id: int = 0
    asks: str = "name"
    """A line of the entry: 'name', 'number', 'group', 'phone', 'adults', 'children'; 'same': is it a known one?"""
    entry: HouseholdEntry = field(default_factory=HouseholdEntry)


@dataclass(frozen=True, slots=True)
class LeavingRoll:
    """Whether a household has moved away, moves to another hamlet, or is the same as another one."""

    subject_id: int
    how: str = ""
    """'away', 'hamlet', 'merge'."""
    target_id: int = 0
    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class OfferLastYear:
    """Last year's answers of the sheet in hand, to be kept with one tap or asked one by one."""


@dataclass(frozen=True, slots=True)
class Visited:
    """The last question of a visit was answered: hand in and go on to the next, or look again."""


@dataclass(frozen=True, slots=True)
class Bulk:
    """One question for many households: which, what is the answer, who is different, and who changes then."""

    place_id: int
    indicator: str = ""
    answer: Answer | None = None
    whole: int | None = None
    """The m of a share question already said."""
    is_of_own: bool = False
    """Of a share: the answer says 'all' (1 of 1) or 'nobody' (0 of 1) of as many as each household has."""
    excepted: tuple[int, ...] = ()
    """Households that answer otherwise; they are left alone."""
    is_preview: bool = False
    is_handing_in: bool = False
    """Whether finished sheets are to be handed in; no question is picked then."""
    query: str = ""
    page: int = 0


@dataclass(frozen=True, slots=True)
class RollUpload:
    """A roll or a workbook of answers that was sent in: being read, previewed, applied."""

    upload_id: int
    view: str = ""
    """'' overview, 'problems', 'doubles', 'conflicts'."""
    page: int = 0
    query: str = ""
    """Letters of the hamlet that is asked for where rows name none."""
    postponed: int = 0
    """Possible doubles that were put off, so that the next one is shown."""


@dataclass(frozen=True, slots=True)
class PeopleHere:
    """Who has a role for a place or below, and which codes are still open."""

    place_id: int
    page: int = 0


@dataclass(frozen=True, slots=True)
class InviteRole:
    """Inviting a village head, or an officer of a place below: for which place, until when."""

    place_id: int
    role: str = "village_head"
    target_id: int = 0
    until: date | None = None
    query: str = ""
    page: int = 0
    is_issued: bool = False
    """Whether the code was made; it was shown once, on the screen that followed."""


@dataclass(frozen=True, slots=True)
class EndRole:
    """Whether to end a role (or, with `invite_id`, to revoke a code) now."""

    place_id: int
    role_id: int = 0
    invite_id: int = 0


@dataclass(frozen=True, slots=True)
class Reviewing:
    """What waits for the village's review; `view`: '' overview, 'list', 'confirm', 'signals', 'sample'."""

    place_id: int
    view: str = ""
    page: int = 0
    clean: tuple[int, ...] = ()
    """In view 'confirm': the sheets that were counted, so that nothing else is confirmed."""


@dataclass(frozen=True, slots=True)
class ReviewSheet:
    """One sheet under review, answer by answer; `indicator`: the question to be returned with a reason."""

    assessment_id: int
    page: int = 0
    """0: the result and what is to be known of it; then one criterion a page."""
    indicator: str = ""
    picks: bool = False
    """Which question to return is being asked."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Two answers to one question, both shown; `kept`: whose was chosen, while the reason is asked."""

    assessment_id: int
    indicator: str
    kept: Side | None = None


@dataclass(frozen=True, slots=True)
class Meeting:
    """The village meeting, field by field: day, present, for, against."""

    place_id: int
    asks: str = "day"
    day: date | None = None
    present: int | None = None
    in_favour: int | None = None
    against: int | None = None
    meeting_id: int = 0
    """Once it is recorded."""


@dataclass(frozen=True, slots=True)
class ClanHouseholds:
    """The member households of the clan in hand: linked, asked, declined; finding another."""

    query: str = ""
    page: int = 0
    subject_id: int = 0
    """A linked household that was chosen, to be dropped."""
    question: str = ""
    """Indicator of the question it was opened from; back leads there."""


@dataclass(frozen=True, slots=True)
class AskedByClan:
    """A household is asked whether a clan may count it as a member."""

    clan_id: int
    """0: whichever clan asks."""


@dataclass(frozen=True, slots=True)
class ProgressBoard:
    """How far the village is, against the target, week by week; and whose answers are missing."""

    place_id: int
    view: str = ""
    """'' overview, 'missing': the names, 'forward': messages for those no channel can write to, 'target': asking."""
    page: int = 0


@dataclass(frozen=True, slots=True)
class LastYear:
    """What changed since last year: for one subject, or (0) for the village's households."""

    subject_id: int = 0
    place_id: int = 0
    view: str = ""
    """Of a village: '' overview, 'gained', 'lost'."""
    page: int = 0
    list_page: int = 0
    """The page of the village's list that a household was opened from; its `place_id` and `view` say which list."""


VillageNode = (
    PickVillage
    | Households
    | Household
    | HouseholdForm
    | LeavingRoll
    | OfferLastYear
    | Visited
    | Bulk
    | RollUpload
    | PeopleHere
    | InviteRole
    | EndRole
    | Reviewing
    | ReviewSheet
    | Difference
    | Meeting
    | ClanHouseholds
    | AskedByClan
    | ProgressBoard
    | LastYear
)
