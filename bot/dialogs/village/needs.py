"""What a room of the village wants to know, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.dialogs.village.facts import (
    Asking,
    BulkRoll,
    ClanPage,
    EarlierSheet,
    GrantPage,
    GrantPlace,
    HouseholdDetail,
    HouseholdPage,
    HouseholdQuery,
    MeetingRecord,
    OpenInvite,
    PeoplePage,
    Progress,
    RoleHere,
)
from bot.dialogs.village.import_facts import Import
from bot.dialogs.village.review_facts import ReviewedSheet, ReviewList
from bot.dialogs.village.year_facts import ComparedYears, YearChanges

if TYPE_CHECKING:
    from bot.dialogs.places import Place, PlacePage


@dataclass(frozen=True, slots=True)
class VillageNeeds:
    """What a room of the village wants loaded for one event."""

    households: HouseholdQuery | None = None
    searched: HouseholdQuery | None = None
    """The page that was asked for by typing or turning."""
    household: int | None = None
    target: int | None = None
    """Another subject: the one to merge into."""
    bulk: tuple[int, str] | None = None
    """(place, indicator, '' while none is picked): every household of the hamlet with its answer."""
    people: tuple[int, int] | None = None
    """(place, page)."""
    granting: tuple[int, str, str, int] | None = None
    """(place, role, letters, page): places at or below it for which the person may grant such a role."""
    granting_for: tuple[int, str] | None = None
    """(place, role): one of them."""
    granted: tuple[int, int] | None = None
    """(role, code): one of them by its id, the other 0, where the person may end it."""
    review: int | None = None
    """Place."""
    reviewed: int | None = None
    """Assessment."""
    meeting: int | None = None
    """Place: its newest meeting of this year."""
    clan: tuple[str, int] | None = None
    """(letters to find others by, page) for the clan in hand."""
    asking: int | None = None
    """Clan that asks one of the person's households; 0: any."""
    progress: tuple[int, int] | None = None
    """(place, page of the missing; of those no channel can write to, the one whose code is wanted)."""
    last_year: bool = False
    """The earlier sheet of the subject in hand."""
    earlier_of: int | None = None
    """Subject of the person, or of a hamlet of theirs: its sheets of an earlier year and of this one."""
    changes: int | None = None
    """Place: who of its households gained or lost the title."""
    upload_id: int | None = None
    upload_hamlets: tuple[str, int] | None = None
    """(letters, page): hamlets to choose from where the rows of the upload name none; also `found_hamlets`."""
    place_id: int | None = None
    """A place by its id, where the person has a role that holds it."""
    hamlets: tuple[str, int] | None = None
    """(letters, page): hamlets of the person's roles."""
    found_hamlets: tuple[str, int] | None = None
    """The page that was asked for by typing."""
    hamlets_of: str = "village_head"
    """Of which roles (RoleKind); 'officer': those below the places of an officer."""


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What was loaded; nothing of any place that no role of the person holds."""

    households: HouseholdPage | None = None
    searched: HouseholdPage | None = None
    household: HouseholdDetail | None = None
    target: HouseholdDetail | None = None
    bulk: BulkRoll | None = None
    people: PeoplePage | None = None
    granting: GrantPage | None = None
    granting_for: GrantPlace | None = None
    granted: RoleHere | OpenInvite | None = None
    review: ReviewList | None = None
    reviewed: ReviewedSheet | None = None
    meeting: MeetingRecord | None = None
    clan: ClanPage | None = None
    asking: Asking | None = None
    progress: Progress | None = None
    last_year: EarlierSheet | None = None
    compared: ComparedYears | None = None
    changes: YearChanges | None = None
    upload: Import | None = None
    place: Place | None = None
    hamlets: PlacePage | None = None
    found_hamlets: PlacePage | None = None
