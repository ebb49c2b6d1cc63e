"""Nothing that a person can meet is without a golden conversation that meets it."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from bot.dialogs.session import ConfirmJoin, Node, Told
from bot.dialogs.village.nodes import VillageNode
from bot.scoring.model import CriteriaSet, Rule, SubjectKind
from bot.scoring.shipped import load_shipped
from tests.support import golden


@cache
def played() -> tuple[golden.Played, ...]:
    return tuple(golden.perform(each) for each in golden.goldens())


OF_ONE_PERSON = tuple(node for node in get_args(Node) if node not in (ConfirmJoin, Told, *get_args(VillageNode)))
"""The village's rooms speak of many people's records: tests/village walks through them on a real database."""


@pytest.mark.parametrize("node", OF_ONE_PERSON, ids=lambda node: node.__name__)
def test_every_node_is_visited(node: type[Node]) -> None:
    assert any(node in each.nodes for each in played())


@pytest.mark.parametrize("rule", get_args(Rule), ids=lambda rule: rule.__name__)
def test_every_kind_of_question_is_asked(rule: type) -> None:
    assert any(rule in each.asked for each in played())


SCORED = [criteria.id for criteria in load_shipped() if not criteria.is_structure_only]
STRUCTURES = [criteria for criteria in load_shipped() if criteria.is_structure_only]


@pytest.mark.parametrize("set_id", SCORED)
def test_every_shipped_set_is_visited(set_id: str) -> None:
    assert any(set_id in each.sets for each in played())


@pytest.mark.parametrize("criteria", STRUCTURES, ids=lambda criteria: criteria.id)
def test_a_set_without_points_is_refused_for_its_years_and_can_be_read(criteria: CriteriaSet) -> None:
    assert any(criteria.title in each.refused for each in played())
    assert any(criteria.id in each.read for each in played())


@pytest.mark.parametrize("path", sorted((golden.ROOT / "sets").glob("*.toml")), ids=lambda path: path.stem)
def test_every_set_of_the_tests_is_used(path: Path) -> None:
    played_under = {each.setting("set") for each in golden.goldens()}
    put_in_force = {said for each in golden.goldens() for said in each.inputs if said.startswith("{")}
    assert path.name in played_under or any(path.name in said for said in put_in_force)


@pytest.mark.parametrize("name", golden.ON_EVERY_CHANNEL)
def test_the_goldens_of_all_channels_are_tapped_and_typed_alone(name: str) -> None:
    """The terminal sends no files, and nobody else is there to do anything."""
    conversation = golden.read(golden.FOLDER / f"{name}.txt")
    assert conversation.inputs
    assert not [said for said in conversation.inputs if said.startswith("{") or " @-" in said]
    assert conversation.heading == conversation.heading[:1], "the program is played as it is installed"


def test_each_kind_of_subject_is_played_on_all_channels() -> None:
    shipped = {criteria.id: criteria.subject for criteria in load_shipped()}
    chosen = [golden.perform(golden.read(golden.FOLDER / f"{name}.txt")) for name in golden.ON_EVERY_CHANNEL]
    assert {shipped[each] for played_one in chosen for each in played_one.sets} == {
        SubjectKind.HOUSEHOLD,
        SubjectKind.UNIT,
        SubjectKind.COMMUNE,
        SubjectKind.CITIZEN,
        SubjectKind.CLAN,
        SubjectKind.LEARNING_CENTRE,
        SubjectKind.VILLAGE,
    }
