"""The officer-readable cases of every shipped set that can be scored.

A case file is named after its set. `on` at its top is the day scored, where it is not one of 2026.

    [[one]]    one indicator at a time: article, indicator, and what it is worth in each of SITUATIONS:
               met = { answer = "có", points = 8 } in a points set, { answer = "60/100", level = 1 } in a levels set
    [[sheet]]  name, answers, title and way_up of a whole sheet, with points = "10 + 5 + ..." or levels = "2 1 - ...",
               one an indicator, "-" where it does not apply; way_up names the indicators on the shortest way to the
               next title, in a points set with what each wins: "muc_1 + 5"
               like = the name of an earlier sheet whose answers and profile hold where this one gives no others
               total = what the points come to, where indicators that do not apply leave the total

An answer is "có" or "không", the id of an option, a number, "60/100", or "không áp dụng". `profile` holds facts of
the subject; a household has two adults and two school-age children where nothing else is said.
"""

from __future__ import annotations

import tomllib
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, assert_never

import pytest

from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Derived,
    DerivedRule,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    PointsRule,
    Profile,
    Quantity,
    Share,
    ShareRule,
    SubjectKind,
    Worth,
    YesNo,
    YesNoRule,
)
from bot.scoring.rule_parser import worths_of
from bot.scoring.score import score
from bot.scoring.sheet import LineState, ScoreLine, ScoreSheet
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ON

Case = dict[str, Any]
"""One table of a case file, as tomllib reads it; numbers with a fraction are Decimal."""

SETS = {criteria.id: criteria for criteria in load_shipped() if not criteria.is_structure_only}
FILES = {
    file.stem: tomllib.loads(file.read_text("utf-8"), parse_float=Decimal)
    for file in sorted(Path(__file__).parent.glob("cases/*.toml"))
}
ONE = [(set_id, case) for set_id, file in FILES.items() for case in file["one"]]
SHEETS = [(set_id, case) for set_id, file in FILES.items() for case in file["sheet"]]
SITUATIONS = ("met", "not_met", "limit", "below")


def answer_of(indicator: Indicator, written: str | int | Decimal, on: date) -> Answer:
    """Turn an answer as a case writes it into a value."""
    if written == "không áp dụng":
        return NotApplicable()
    text = str(written)
    match indicator.rule:
        case YesNoRule():
            return YesNo({"có": True, "không": False}[text])
        case OneOfRule():
            return Chosen(text)
        case NumberRule() | PointsRule():
            return Quantity(Decimal(text))
        case ShareRule():
            part, whole = text.split("/")
            return Share(int(part), int(whole))
        case DerivedRule():
            part, whole = text.split("/")
            return Derived(int(part), int(whole), on)
        case _:
            assert_never(indicator.rule)


def day_of(set_id: str) -> date:
    on = FILES[set_id].get("on", ON)
    assert isinstance(on, date)
    return on


def profile_of(criteria: CriteriaSet, case: Case) -> Profile:
    """The facts a case gives; those of a household may stand in the case itself."""
    told: Profile = case.get("profile", {})
    if criteria.subject is not SubjectKind.HOUSEHOLD:
        return told
    counts = {fact: case.get(fact, 2) for fact in ("adults", "school_age_children")}
    return {**counts, **told}


def indicator_of(criteria: CriteriaSet, indicator_id: str) -> Indicator:
    found = criteria.indicator(indicator_id)
    assert found is not None, f"{criteria.id} has no indicator {indicator_id}"
    return found


def worth_said(criteria: CriteriaSet, expected: Case) -> Worth:
    """What a situation says its answer is worth."""
    if criteria.is_by_points:
        return Worth(points=Decimal(expected["points"]))
    return Worth(passes_level=expected["level"])


def worth_of(line: ScoreLine) -> Worth:
    if line.passes_level is None:
        return Worth(points=line.points)
    return Worth(passes_level=line.passes_level)


def completed(set_id: str, case: Case) -> Case:
    """A sheet with what it takes over from the one it is like."""
    if "like" not in case:
        return case
    model = next(other for other in FILES[set_id]["sheet"] if other["name"] == case["like"])
    assert "like" not in model, f"{case['name']}: the sheet it is like must be written out"
    profile = {**model.get("profile", {}), **case.get("profile", {})}
    return {**case, "answers": {**model["answers"], **case.get("answers", {})}, "profile": profile}


def levels_of(sheet: ScoreSheet) -> str:
    return " ".join("-" if x.state is LineState.NOT_APPLICABLE else str(x.passes_level) for x in sheet.lines)


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize(("set_id", "case"), ONE, ids=[f"{s}-{c['indicator']}-{n}" for n, (s, c) in enumerate(ONE)])
def test_an_indicator_is_worth_what_its_article_says(set_id: str, case: Case, situation: str) -> None:
    criteria, on = SETS[set_id], day_of(set_id)
    indicator = indicator_of(criteria, case["indicator"])
    answers = {indicator.id: answer_of(indicator, case[situation]["answer"], on)}

    line = score(criteria, answers, profile_of(criteria, case), on).line(indicator.id)

    assert indicator.article == case["article"]
    assert line.state in (LineState.SCORED, LineState.NOT_APPLICABLE)
    assert worth_of(line) == worth_said(criteria, case[situation])


@pytest.mark.parametrize(("set_id", "case"), SHEETS, ids=[f"{set_id}-{case['name']}" for set_id, case in SHEETS])
def test_a_sheet_comes_out_as_an_officer_would_find(set_id: str, case: Case) -> None:
    criteria, on, case = SETS[set_id], day_of(set_id), completed(set_id, case)
    answers = {
        indicator_id: answer_of(indicator_of(criteria, indicator_id), written, on)
        for indicator_id, written in case["answers"].items()
    }

    sheet = score(criteria, answers, profile_of(criteria, case), on)

    steps = sheet.way_up.improvements if sheet.way_up else ()
    if criteria.is_by_points:
        points = [Decimal(part) for part in case["points"].split(" + ")]
        assert [line.points for line in sheet.lines] == points
        assert sheet.total == Fraction(case.get("total", sum(points)))
        assert [f"{step.indicator.id} + {step.gain}" for step in steps] == case["way_up"]
    else:
        assert levels_of(sheet) == case["levels"]
        assert [step.indicator.id for step in steps] == case["way_up"]
    assert (sheet.title.name if sheet.title else criteria.not_reached).vi == case["title"]


def test_every_set_that_can_be_scored_has_its_cases() -> None:
    assert set(FILES) == set(SETS)


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_every_indicator_has_a_case_met_not_met_and_on_its_limit(criteria: CriteriaSet) -> None:
    cases = [case for set_id, case in ONE if set_id == criteria.id]

    assert {case["indicator"] for case in cases} == {indicator.id for indicator in criteria.indicators}
    assert all(set(SITUATIONS) <= set(case) for case in cases)


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_every_title_and_none_is_reached_by_a_sheet(criteria: CriteriaSet) -> None:
    reached = {case["title"] for set_id, case in SHEETS if set_id == criteria.id}

    assert reached == {criteria.not_reached.vi, *(title.name.vi for title in criteria.titles)}


@pytest.mark.parametrize("criteria", SETS.values(), ids=SETS)
def test_every_worth_of_every_indicator_is_in_a_case(criteria: CriteriaSet) -> None:
    """Points given outright are there as nothing, as their maximum, and as something between."""
    for indicator in criteria.indicators:
        said = {
            worth_said(criteria, case[situation])
            for set_id, case in ONE
            if (set_id, case["indicator"]) == (criteria.id, indicator.id)
            for situation in SITUATIONS
        }
        worths = set(worths_of(indicator.rule))
        if isinstance(indicator.rule, PointsRule):
            assert {worth.points for worth in worths} < {worth.points for worth in said}, indicator.id
        else:
            assert said == worths, indicator.id
