"""Whoever stands anywhere in the village stands in a room."""

from __future__ import annotations

from typing import get_args

from bot.dialogs.village.nodes import VillageNode
from bot.dialogs.village.registry import ROOMS


def test_every_node_of_the_village_has_its_room() -> None:
    assert set(ROOMS) == set(get_args(VillageNode))
