"""What a room of the village wants to know, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass

from bot.dialogs.village.facts import (
    Asking,
    BulkLine,
    ClanPage,
    EarlierSheet,
    HouseholdDetail,
    HouseholdPage,
    HouseholdQuery,
    MeetingRecord,
    PeoplePage,
    Progress,
    YearChanges,
)
from bot.dialogs.village.import_facts import Import
from bot.dialogs.village.review_facts import ReviewedSheet, ReviewList


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
    """(place, indicator): every household of the hamlet with its answer."""
    people: tuple[int, int] | None = None
    """(place, page)."""
    review: int | None = None
    """Place."""
    reviewed: int | None = None
    """Assessment."""
    meeting: int | None = None
    """Place: its newest meeting of this year."""
    clan: tuple[str, int] | None = None
    """(letters or a household's code, page) for the clan in hand."""
    asking: int | None = None
    """Clan that asks one of the person's households."""
    progress: tuple[int, int] | None = None
    """(place, page of the missing; of those no channel can write to, the one whose code is wanted)."""
    last_year: bool = False
    """The earlier sheet of the subject in hand."""
    earlier_of: int | None = None
    """Subject: its earlier and its present sheet."""
    changes: tuple[int, int] | None = None
    """(place, page)."""
    upload_id: int | None = None
    place_id: int | None = None
    """A place by its id, where the person has a role that holds it."""
    hamlets: tuple[str, int] | None = None
    """(letters, page): hamlets of the person's roles."""


@dataclass(frozen=True, slots=True)
class VillageFacts:
    """What was loaded; nothing of any place that no role of the person holds."""

    households: HouseholdPage | None = None
    searched: HouseholdPage | None = None
    household: HouseholdDetail | None = None
    target: HouseholdDetail | None = None
    bulk: tuple[BulkLine, ...] | None = None
    people: PeoplePage | None = None
    review: ReviewList | None = None
    reviewed: ReviewedSheet | None = None
    meeting: MeetingRecord | None = None
    clan: ClanPage | None = None
    asking: Asking | None = None
    progress: Progress | None = None
    last_year: EarlierSheet | None = None
    earlier: tuple[EarlierSheet, EarlierSheet | None] | None = None
    """(last year's, this year's) of a subject."""
    changes: YearChanges | None = None
    upload: Import | None = None
