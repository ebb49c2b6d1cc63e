"""Roles and their codes, codes of households."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place


@dataclass(frozen=True, slots=True)
class GrantedRole:
    """Somebody's role."""

    role_id: int
    person_id: int
    kind: RoleKind
    place: Place
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class RoleCode:
    """A code of a role that works and was not used."""

    invite_id: int
    kind: RoleKind
    place: Place
    expires_at: datetime
    role_until: date | None


@dataclass(frozen=True, slots=True)
class CodeSerials:
    """Codes that were made for a household so far."""

    newest: int
    """0: none."""
    working: int
    """The newest that can still be used; 0: none."""


@dataclass(frozen=True, slots=True)
class HouseholdCard:
    """What stands on a household's card, but for the code itself, which is derived from its serial."""

    subject_id: int
    name: str
    number: str
    group: str
    place: Place
    serial: int
    """Of the newest code that can still be used; 0: none."""


class Invitations(Protocol):
    """Roles and their codes, codes of households."""

    async def roles(self, path: str, on: date, page: int, page_size: int) -> tuple[tuple[GrantedRole, ...], int]:
        """Roles that hold on a day for places at or below a path, the topmost places first; and how many in all."""

    async def codes(self, path: str, now: datetime, skip: int, limit: int) -> tuple[tuple[RoleCode, ...], int]:
        """Open codes of roles for places at or below a path; and how many in all."""

    async def role(self, role_id: int, on: date) -> GrantedRole | None:
        """One role that holds on a day."""

    async def code(self, invite_id: int, now: datetime) -> RoleCode | None:
        """One open code of a role."""

    async def households(self, place_id: int) -> tuple[int, ...]:
        """Every household on the roll of a hamlet."""

    async def serials(self, subject_ids: Sequence[int], now: datetime) -> Mapping[int, CodeSerials]:
        """Which codes the households have; those without any are left out."""

    async def cards(self, place_id: int, subject_id: int, now: datetime) -> tuple[HouseholdCard, ...]:
        """Cards of every household on the roll of a hamlet, in its order; or (above 0) of one household."""

    async def wrong_codes(self, channel: str, since: datetime) -> int:
        """How many codes that lead nowhere were tried on a channel since a moment."""

    async def end_role(self, role_id: int, today: date, now: datetime) -> GrantedRole | None:
        """End a role with yesterday, by the administrator; its person is told. None: there is none that holds."""

    async def revoke(self, code: str, now: datetime) -> bool:
        """Make a code of any kind work no more, by the administrator; whether there was one that worked."""
