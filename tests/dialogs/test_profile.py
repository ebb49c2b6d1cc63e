"""What registration asks is what the sets must know, and every sentence of it is there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.choosing import OF_GROUPS
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.placing import OWN_PLACES, level_of
from bot.dialogs.profile import (
    QUESTIONS,
    FactQuestion,
    asked,
    before,
    completed,
    following,
    question,
    said,
    telling,
    wording,
)
from bot.dialogs.session import AskFact, Node
from bot.messages import MESSAGES
from bot.messages.markers import Plural
from bot.scoring.applicability import applicable
from bot.scoring.facts import facts_used
from bot.scoring.model import CriteriaSet, DerivedRule, ShareRule, SubjectKind
from bot.scoring.shipped import load_shipped

SHIPPED = load_shipped()
SETS = [pytest.param(criteria, id=criteria.id) for criteria in SHIPPED]
OF_THE_PLACE = {"difficult_area"}


def tellings(criteria: CriteriaSet) -> Iterator[Mapping[str, int]]:
    """Everything that can be told of a subject of a set, with one number for all counts."""

    def onwards(told: Mapping[str, int], after: str | None) -> Iterator[Mapping[str, int]]:
        each = following(criteria, told, after)
        if each is None:
            yield completed(criteria, told)
            return
        for answer in tuple(each.options) or (max(each.lowest, 1),):
            yield from onwards(telling(told, each, answer), each.id)

    yield from onwards({}, None)


@pytest.mark.parametrize("criteria", SETS)
def test_every_fact_that_a_set_uses_is_told_by_a_question(criteria: CriteriaSet) -> None:
    told = {fact for each in QUESTIONS for fact in each.facts}
    assert facts_used(criteria) - OF_THE_PLACE <= told
    assert facts_used(criteria) - OF_THE_PLACE <= {fact for profile in tellings(criteria) for fact in profile}


@pytest.mark.parametrize("criteria", SETS)
def test_whatever_is_told_each_question_knows_its_whole_and_whether_it_applies(criteria: CriteriaSet) -> None:
    conditions = {i.applies_when.fact for i in criteria.indicators if i.applies_when} - OF_THE_PLACE
    for profile in tellings(criteria):
        assert conditions <= profile.keys()
        rules = [i.rule for i in applicable(criteria, profile)]
        wholes = {rule.whole_fact for rule in rules if isinstance(rule, ShareRule | DerivedRule)} - {None}
        assert wholes <= profile.keys(), "a share of a number that nobody was asked for"


@pytest.mark.parametrize("criteria", SETS)
def test_going_back_asks_the_questions_in_the_other_order(criteria: CriteriaSet) -> None:
    for profile in tellings(criteria):
        ids = [each.id for each in asked(criteria, profile)]
        steps = [before(criteria, profile, each) for each in ids]
        assert [each.id if each else None for each in steps] == [None, *ids][: len(ids)]


@given(st.data())
def test_what_was_told_is_said_again_when_it_is_corrected(data: st.DataObject) -> None:
    told: Mapping[str, int] = {}
    answers: dict[str, str | int] = {}
    for each in data.draw(st.permutations(QUESTIONS)):
        options: st.SearchStrategy[str | int] = st.sampled_from(tuple(each.options) or ("",))
        answer = data.draw(options if each.options else st.integers(each.lowest, each.highest))
        told = telling(told, each, answer)
        answers[each.id] = answer
    assert {each.id: said(told, each) for each in QUESTIONS} == answers


def test_a_business_that_was_a_school_has_no_type_of_school() -> None:
    criteria = next(each for each in SHIPPED if each.id == "don_vi_hoc_tap_huyen")
    unit_type, school_type = (_known(name) for name in ("unit_type", "school_type"))
    school = telling(telling({}, unit_type, "public_school"), school_type, "kindergarten")
    assert completed(criteria, school)["public_kindergarten"] == 1

    business = completed(criteria, telling(school, unit_type, "business"))

    assert business["public_kindergarten"] == 0
    assert business["economic_organisation"] == 1


def test_a_private_kindergarten_is_no_public_one() -> None:
    criteria = next(each for each in SHIPPED if each.id == "don_vi_hoc_tap_huyen")
    private = telling(telling({}, _known("unit_type"), "private_school"), _known("school_type"), "kindergarten")
    assert completed(criteria, private)["public_kindergarten"] == 0


def _known(name: str) -> FactQuestion:
    found = question(name)
    assert found is not None
    return found


# --- sentences that are put together --------------------------------------------------------------------------------


def composed() -> Iterator[str]:
    """Every code that is put together from a kind, a group, a fact, a level, a role or a state."""
    for criteria in SHIPPED:
        for each in {q.id: q for profile in tellings(criteria) for q in asked(criteria, profile)}.values():
            stem = wording(each, criteria.subject)
            yield from (stem, f"{stem}.hint")
            yield from (f"fact.{each.id}.{option}" for option in each.options)
            yield from () if each.options else (f"{stem}.done",)
    for kind in SubjectKind:
        yield from (f"kind.{kind}", f"title.which.{kind}", f"sheets.kind.{kind}")
        if kind not in OWN_PLACES:
            yield from (f"name.{kind}.{part}" for part in ("question", "hint", "done", "not_understood"))
        groups = {criteria.group for criteria in SHIPPED if criteria.subject is kind}
        for level in {level_of(kind, group) for group in groups}:
            asked_as = "own" if kind in OWN_PLACES else "household" if kind is SubjectKind.HOUSEHOLD else "other"
            yield from (f"place.{level}.{asked_as}", f"place.{level}.nowhere")
    for kind, several in OF_GROUPS.items():
        yield from (f"title.group.{kind}.{group or 'xa'}" for group in several)
    for role in RoleKind:
        yield from (f"role.{role}", f"role.{role}.alone")
    yield from (f"sheets.state.{state}" for state in AssessmentState)


def test_every_sentence_that_is_put_together_is_there() -> None:
    codes = set(composed())
    assert len(codes) > 100
    assert codes - MESSAGES.keys() == set()


def test_every_count_has_a_plural() -> None:
    done = [code for code in composed() if code.startswith("fact.") and code.endswith(".done")]
    assert done
    assert [code for code in done if not isinstance(MESSAGES[code], Plural)] == []


def test_no_sentence_of_a_fact_a_name_or_a_group_is_left_over() -> None:
    said_of = ("fact.", "name.", "kind.", "title.which.", "title.group.", "sheets.kind.", "sheets.state.", "role.")
    plain = {"fact.chosen", "role.taken", "role.already", "role.expired", "role.used_up", "role.revoked", "role.ended"}
    there = {code for code in MESSAGES if code.startswith(said_of)} - plain
    assert there - set(composed()) == set()


def test_every_group_of_a_shipped_set_can_be_chosen_by_its_own_words() -> None:
    several = [kind for kind in SubjectKind if len({c.group for c in SHIPPED if c.subject is kind}) > 1]
    for kind in several:
        assert {c.group for c in SHIPPED if c.subject is kind} <= set(OF_GROUPS[kind])


def test_a_question_about_a_fact_is_a_place_in_the_conversation() -> None:
    assert AskFact in get_args(Node)
