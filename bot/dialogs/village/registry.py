"""Which room a node of the village belongs to."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, TypeGuard

from bot.dialogs.session import Node
from bot.dialogs.village import (
    asked_by_clan,
    bulk,
    clan,
    differing,
    ending,
    form,
    household,
    households,
    inviting,
    last_year,
    last_year_offer,
    leaving,
    meeting,
    people,
    picking,
    progress,
    review,
    review_sheet,
    uploads,
    visited,
)
from bot.dialogs.village.nodes import (
    AskedByClan,
    Bulk,
    ClanHouseholds,
    Difference,
    EndRole,
    Household,
    HouseholdForm,
    Households,
    InviteRole,
    LastYear,
    LeavingRoll,
    Meeting,
    OfferLastYear,
    PeopleHere,
    PickVillage,
    ProgressBoard,
    Reviewing,
    ReviewSheet,
    RollUpload,
    VillageNode,
    Visited,
)
from bot.dialogs.village.rooms import Room

ROOMS: Mapping[type[Any], Room[Any]] = MappingProxyType(
    {
        PickVillage: picking.ROOM,
        Households: households.ROOM,
        Household: household.ROOM,
        HouseholdForm: form.ROOM,
        LeavingRoll: leaving.ROOM,
        OfferLastYear: last_year_offer.ROOM,
        Visited: visited.ROOM,
        Bulk: bulk.ROOM,
        RollUpload: uploads.ROOM,
        PeopleHere: people.ROOM,
        InviteRole: inviting.ROOM,
        EndRole: ending.ROOM,
        Reviewing: review.ROOM,
        ReviewSheet: review_sheet.ROOM,
        Difference: differing.ROOM,
        Meeting: meeting.ROOM,
        ClanHouseholds: clan.ROOM,
        AskedByClan: asked_by_clan.ROOM,
        ProgressBoard: progress.ROOM,
        LastYear: last_year.ROOM,
    }
)


def is_village(node: Node) -> TypeGuard[VillageNode]:
    """Whether a node belongs to the village."""
    return type(node) in ROOMS


def room_of(node: VillageNode) -> Room[Any]:
    """The room of a node."""
    return ROOMS[type(node)]
