"""The rules to read, of people given by hand: for the web pages, without a database."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import date
from functools import cache
from typing import cast
from zoneinfo import ZoneInfo

from bot.dialogs.facts import (
    Role,
    RoleKind,
    Subject,
)
from bot.dialogs.places import Place
from bot.dialogs.session import Session
from bot.ports import Account, Adoption, Clock, PersonRecord, Storage, Work
from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet, SubjectKind
from bot.scoring.shipped import load_shipped
from bot.services.rule_reading import RuleReading
from bot.services.rules import Rulebook
from tests.support.clock import FakeClock

COMMUNE = Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")
HAMLET = Place(3, "Thôn Mẫu 1", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/")
shipped = cache(load_shipped)


def family_at(place: Place, locale: str = "vi") -> PersonRecord:
    """Somebody whose household belongs to a place."""
    subject = Subject(1, SubjectKind.HOUSEHOLD, "Bà Tư", place)
    return PersonRecord(1, Session(is_begun=True, locale=locale), subject=subject)


def officer_of(place: Place) -> PersonRecord:
    """Somebody who has a role for a place and no sheet."""
    return PersonRecord(1, Session(is_begun=True), roles=(Role(RoleKind.OFFICER, place),))


class _Tables:
    """All of a Work that reading the rules looks at."""

    def __init__(self, people: Mapping[str, PersonRecord], adopted: Sequence[tuple[Place, CriteriaSet]]) -> None:
        self._people = people
        self._adopted = adopted
        self.people = self.rules = self

    async def account(self, channel: str, external_id: str) -> Account | None:
        person = self._people.get(external_id)
        return None if person is None else Account(1, channel, external_id, person.person_id)

    async def load(self, person_ids: Sequence[int], on: date) -> Mapping[int, PersonRecord]:
        return {person.person_id: person for person in self._people.values() if person.person_id in person_ids}

    async def adopted(self, after: int) -> tuple[Adoption, ...]:
        rows = (
            Adoption(n, c.id, c.version, c.subject, c.group, place.id, place.path, c.valid_from, c.valid_until)
            for n, (place, c) in enumerate(self._adopted, 1)
        )
        return tuple(row for row in rows if row.id > after)

    async def text(self, set_id: str, version: str) -> str | None:
        return next((dump(c) for _, c in self._adopted if (c.id, c.version) == (set_id, version)), None)


class _Database:
    def __init__(self, tables: _Tables) -> None:
        self._tables = tables

    @asynccontextmanager
    async def work(self) -> AsyncIterator[Work]:
        yield cast(Work, self._tables)


def rule_shelf(
    people: Mapping[str, PersonRecord] | None = None,
    adopted: Sequence[tuple[Place, CriteriaSet]] = (),
    clock: Clock | None = None,
) -> RuleReading:
    """Read the shipped rules and what places adopted. `people`: {external id: who it is}."""
    database = _Database(_Tables(people or {}, adopted))
    return RuleReading(cast(Storage, database), clock or FakeClock(), Rulebook(shipped()), ZoneInfo("Asia/Ho_Chi_Minh"))
