"""Who asks, and in which transaction: what every part of the village's knowledge is given."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place
from bot.i18n import LOCAL_TIME
from bot.ports import Ids, PersonRecord, Work
from bot.services.rules import Rulebook


@dataclass(frozen=True, slots=True)
class Asker:
    """A person's roles, and the means to look things up."""

    work: Work
    person: PersonRecord
    book: Rulebook
    ids: Ids
    now: datetime
    today: date
    timezone: ZoneInfo = LOCAL_TIME
    """In which days end and nights are kept quiet."""

    @property
    def year(self) -> int:
        """Of the current period."""
        return self.today.year

    def holds(self, path: str, *kinds: RoleKind) -> bool:
        """Whether a role of the person, of these kinds (none given: village head), is for a place or one above it."""
        allowed = kinds or (RoleKind.VILLAGE_HEAD,)
        return bool(path) and any(r.kind in allowed and path.startswith(r.place.path) for r in self.person.roles)

    def only(self, *kinds: RoleKind) -> Place | None:
        """The one place that the person has such a role for; None where there are several."""
        allowed = kinds or (RoleKind.VILLAGE_HEAD,)
        places = [role.place for role in self.person.roles if role.kind in allowed]
        return places[0] if len(places) == 1 else None

    async def place(self, place_id: int, *kinds: RoleKind) -> Place | None:
        """A place that a role of the person holds; 0: the only one; None where there is none such."""
        if not place_id:
            return self.only(*kinds)
        place = await self.work.records.place(place_id)
        return place if place is not None and self.holds(place.path, *kinds) else None
