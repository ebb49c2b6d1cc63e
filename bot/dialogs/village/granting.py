"""Who may grant which role where, and end it: an officer, strictly below a place that they answer for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place

LEVELS: Mapping[RoleKind, tuple[str, ...]] = MappingProxyType(
    {
        RoleKind.OFFICER: ("province", "district", "commune"),
        RoleKind.VILLAGE_HEAD: ("hamlet",),
    }
)
"""{role: levels of the places that it is granted for}."""


def is_above(roles: Sequence[Role], place: Place) -> bool:
    """Whether one of the roles is an officer's for a place that holds this one and is not this one."""
    return any(
        role.kind is RoleKind.OFFICER and role.place.holds(place) and role.place.path != place.path for role in roles
    )


def may_grant(roles: Sequence[Role], kind: RoleKind, place: Place) -> bool:
    """Whether somebody with these roles may grant a role for a place."""
    return place.level in LEVELS[kind] and is_above(roles, place)


def grants_below(roles: Sequence[Role], place: Place) -> tuple[RoleKind, ...]:
    """Which roles somebody may grant for a place or for places below it."""
    if not any(role.kind is RoleKind.OFFICER and role.place.holds(place) for role in roles):
        return ()
    has_offices = place.level in ("province", "district") or may_grant(roles, RoleKind.OFFICER, place)
    return (RoleKind.VILLAGE_HEAD, RoleKind.OFFICER) if has_offices else (RoleKind.VILLAGE_HEAD,)
