"""Roles and their codes: what the rooms of the village are told of them."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogs.facts import RoleKind
from bot.dialogs.places import Place
from bot.dialogs.village.facts import GrantPage, GrantPlace, OpenInvite, PeoplePage, RoleHere
from bot.dialogs.village.granting import grants_below, is_above, may_grant
from bot.dialogs.village.needs import VillageFacts, VillageNeeds
from bot.ports.village.invitations import GrantedRole, RoleCode
from bot.services.village.asker import Asker

A_PAGE = 6
PLACES_A_PAGE = 5


async def know(asker: Asker, wanted: VillageNeeds, facts: VillageFacts) -> VillageFacts:
    """Load what is wanted of it: officers alone see who has a role for a place of theirs or below."""
    if wanted.people is not None:
        facts = replace(facts, people=await _people(asker, *wanted.people))
    if wanted.granting is not None:
        facts = replace(facts, granting=await _granting(asker, *wanted.granting))
    if wanted.granting_for is not None:
        facts = replace(facts, granting_for=await _granting_for(asker, *wanted.granting_for))
    if wanted.granted is not None:
        facts = replace(facts, granted=await _granted(asker, *wanted.granted))
    return facts


async def _people(asker: Asker, place_id: int, page: int) -> PeoplePage | None:
    place = await asker.place(place_id, RoleKind.OFFICER)
    if place is None:
        return None
    ask = asker.work.invitations
    roles, role_count = await ask.roles(place.path, asker.today, page, A_PAGE)
    skip = max(0, page * A_PAGE - role_count)
    codes, code_count = await ask.codes(place.path, asker.now, skip, A_PAGE - len(roles))
    return PeoplePage(
        place.name,
        tuple(_role(asker, each) for each in roles),
        tuple(_code(asker, each) for each in codes),
        role_count + code_count,
        tuple(str(kind) for kind in grants_below(asker.person.roles, place)),
    )


async def _granting(asker: Asker, place_id: int, role: str, query: str, page: int) -> GrantPage | None:
    place, kind = await asker.place(place_id, RoleKind.OFFICER), RoleKind(role)
    if place is None or kind not in grants_below(asker.person.roles, place):
        return None
    level = "hamlet" if kind is RoleKind.VILLAGE_HEAD else "commune"
    found = await asker.work.records.find_places(level, query, page, PLACES_A_PAGE, asker.today, (place.path,))
    places = tuple(_place(each) for each in found.places if may_grant(asker.person.roles, kind, each))
    return GrantPage(places, found.total, found.has_more)


async def _granting_for(asker: Asker, place_id: int, role: str) -> GrantPlace | None:
    place = await asker.work.records.place(place_id)
    if place is None or not may_grant(asker.person.roles, RoleKind(role), place):
        return None
    return _place(place)


async def _granted(asker: Asker, role_id: int, invite_id: int) -> RoleHere | OpenInvite | None:
    if role_id:
        role = await asker.work.invitations.role(role_id, asker.today)
        here = _role(asker, role) if role is not None else None
        return here if here is not None and here.may_end else None
    code = await asker.work.invitations.code(invite_id, asker.now)
    there = _code(asker, code) if code is not None else None
    return there if there is not None and there.may_end else None


def _place(place: Place) -> GrantPlace:
    return GrantPlace(place.id, place.name, place.within)


def _role(asker: Asker, role: GrantedRole) -> RoleHere:
    is_own = role.person_id == asker.person.person_id
    may_end = not is_own and is_above(asker.person.roles, role.place)
    place = role.place
    return RoleHere(role.role_id, role.kind, place.id, place.name, role.since, role.until, is_own, may_end)


def _code(asker: Asker, code: RoleCode) -> OpenInvite:
    may_end = is_above(asker.person.roles, code.place)
    return OpenInvite(code.invite_id, code.kind, code.place.id, code.place.name, code.expires_at, may_end)
