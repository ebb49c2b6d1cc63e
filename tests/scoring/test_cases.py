"""The officer-readable cases of every shipped set."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Indicator,
    NotApplicable,
    NumberRule,
    Profile,
    Quantity,
    Share,
    YesNo,
    YesNoRule,
)
from bot.scoring.rule_parser import worths_of
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ON

Case = dict[str, Any]
"""One table of a case file, as tomllib reads it."""

SETS = {criteria.id: criteria for criteria in load_shipped()}
FILES = {file.stem: tomllib.loads(file.read_text("utf-8")) for file in Path(__file__).parent.glob("cases/*.toml")}
ONE = [(set_id, case) for set_id, file in FILES.items() for case in file["one"]]
SHEETS = [(set_id, case) for set_id, file in FILES.items() for case in file["sheet"]]
SITUATIONS = ("met", "not_met", "limit", "below")


def answer_of(indicator: Indicator, written: str | int) -> Answer:
    """Turn an answer as a case writes it into a value."""
    if written == "không áp dụng":
        return NotApplicable()
    if isinstance(indicator.rule, NumberRule):
        return Quantity(Decimal(written))
    text = str(written)
    if isinstance(indicator.rule, YesNoRule):
        return YesNo({"có": True, "không": False}[text])
    if "/" in text:
        part, whole = text.split("/")
        return Share(int(part), int(whole))
    return Chosen(text)


def profile_of(case: Case) -> Profile:
    return {"adults": case.get("adults", 2), "school_age_children": case.get("school_age_children", 2)}


def indicator_of(criteria: CriteriaSet, indicator_id: str) -> Indicator:
    found = criteria.indicator(indicator_id)
    assert found is not None, f"{criteria.id} has no indicator {indicator_id}"
    return found


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize(("set_id", "case"), ONE, ids=[f"{s}-{c['indicator']}-{n}" for n, (s, c) in enumerate(ONE)])
def test_an_indicator_is_worth_what_its_article_says(set_id: str, case: Case, situation: str) -> None:
    criteria = SETS[set_id]
    indicator = indicator_of(criteria, case["indicator"])
    expected = case[situation]

    sheet = score(criteria, {indicator.id: answer_of(indicator, expected["answer"])}, profile_of(case), ON)

    assert indicator.article == case["article"]
    assert sheet.line(indicator.id).points == expected["points"]
    assert sheet.total == expected["points"]


@pytest.mark.parametrize(("set_id", "case"), SHEETS, ids=[case["name"] for _, case in SHEETS])
def test_a_sheet_adds_up_as_an_officer_would(set_id: str, case: Case) -> None:
    criteria = SETS[set_id]
    answers = {
        indicator_id: answer_of(indicator_of(criteria, indicator_id), written)
        for indicator_id, written in case["answers"].items()
    }
    points = [Decimal(part) for part in case["points"].split(" + ")]

    sheet = score(criteria, answers, profile_of(case), ON)

    assert [line.points for line in sheet.lines] == points
    assert sheet.total == sum(points)
    assert (sheet.title.name if sheet.title else criteria.not_reached).vi == case["title"]
    steps = sheet.way_up.improvements if sheet.way_up else ()
    assert [f"{step.indicator.id} + {step.gain}" for step in steps] == case["way_up"]


def test_every_shipped_set_has_its_cases() -> None:
    assert set(FILES) == set(SETS)


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_every_indicator_has_a_case_met_not_met_and_on_its_limit(criteria: CriteriaSet) -> None:
    cases = [case for set_id, case in ONE if set_id == criteria.id]

    assert {case["indicator"] for case in cases} == {indicator.id for indicator in criteria.indicators}
    assert all(set(SITUATIONS) <= set(case) for case in cases)


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_every_worth_of_every_indicator_is_in_a_case(criteria: CriteriaSet) -> None:
    for indicator in criteria.indicators:
        said = {
            Decimal(case[situation]["points"])
            for set_id, case in ONE
            if (set_id, case["indicator"]) == (criteria.id, indicator.id)
            for situation in SITUATIONS
        }
        assert said == {worth.points for worth in worths_of(indicator.rule)}
