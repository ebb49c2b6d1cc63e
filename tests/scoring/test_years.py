"""Two years beside each other: what changed, and by which answers the title was gained or lost."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Indicator,
    PointsTitle,
    Profile,
    Quantity,
    Share,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.shipped import load_shipped
from bot.scoring.years import Cause, Turnout, YearComparison, compare_years, turnout_of
from tests.scoring.strategies import answered, criteria_sets

FAMILY = next(each for each in load_shipped() if each.id == "gia_dinh_mau")
LEVELS = next(each for each in load_shipped() if each.id == "cong_dong_hoc_tap_xa")
ON = date(2026, 11, 1)
HOME: Profile = {"adults": 2, "school_age_children": 0}


def option(indicator_id: str, place: int) -> Chosen:
    rule = FAMILY.indicator(indicator_id).rule  # type: ignore[union-attr]  # it is there
    return Chosen(rule.options[place].id)  # type: ignore[union-attr]  # and is one_of


BEST: dict[str, Answer] = {
    "nguoi_lon_biet_chu": Share(2, 2),
    "nguoi_lon_hoc_them": Share(2, 2),
    "nguoi_lon_tim_hieu": option("nguoi_lon_tim_hieu", 0),
    "dieu_kien_goc_hoc": YesNo(True),
    "dieu_kien_sach_bao": Quantity(Decimal(60)),
    "dieu_kien_quy": option("dieu_kien_quy", 0),
    "hieu_qua_doi_song": option("hieu_qua_doi_song", 0),
    "hieu_qua_van_hoa": YesNo(True),
    "hieu_qua_cong_dong": Quantity(Decimal(5)),
}
"""30 + 10 + 10 + 10 + 8 + 6 + 6 + 8 + 6 + 6 = 100; the title asks for 80."""


def compared(
    before: dict[str, Answer],
    after: dict[str, Answer],
    old: CriteriaSet = FAMILY,
    new: CriteriaSet = FAMILY,
    profile: Profile = HOME,
) -> YearComparison:
    one, other = score(old, before, profile, ON), score(new, after, profile, ON)
    titles = [each.title.id if each.title else None for each in (one, other)]
    return compare_years(one, other, turnout_of(*titles), profile, ON)


def decisive(comparison: YearComparison) -> list[str]:
    return [each.indicator.id for each in comparison.decisive]


def test_the_same_answers_change_nothing() -> None:
    found = compared(BEST, BEST)

    assert (found.turnout, found.changed, found.unchanged, found.cause) == (Turnout.KEPT, (), 12, None)


def test_a_title_is_lost_by_the_answers_that_cost_it() -> None:
    """100 - 10 - 10 - 6 = 74: without either of the tens it would be 84, without the six 80."""
    found = compared(
        BEST,
        BEST
        | {
            "nguoi_lon_biet_chu": Share(0, 2),
            "nguoi_lon_hoc_them": Share(0, 2),
            "hieu_qua_van_hoa": YesNo(False),
        },
    )

    assert (found.turnout, found.cause) == (Turnout.LOST, Cause.ANSWERS)
    assert decisive(found) == ["nguoi_lon_biet_chu"]
    assert [(each.indicator.id, int(each.gain)) for each in found.changed] == [
        ("nguoi_lon_biet_chu", -10),
        ("nguoi_lon_hoc_them", -10),
        ("hieu_qua_van_hoa", -6),
    ]
    assert found.unchanged == 9


def test_several_are_named_where_one_alone_would_not_have_saved_it() -> None:
    """100 - 10 - 10 - 8 - 8 - 6 = 58: three of the larger ones have to come back to reach 80."""
    after = BEST | {
        "nguoi_lon_biet_chu": Share(0, 2),
        "nguoi_lon_hoc_them": Share(0, 2),
        "dieu_kien_goc_hoc": YesNo(False),
        "hieu_qua_doi_song": option("hieu_qua_doi_song", 2),
        "hieu_qua_van_hoa": YesNo(False),
    }

    found = compared(BEST, after)

    assert decisive(found) == ["nguoi_lon_biet_chu", "nguoi_lon_hoc_them", "dieu_kien_goc_hoc"]


def test_a_title_is_gained_by_the_answers_that_brought_it() -> None:
    before = BEST | {
        "nguoi_lon_biet_chu": Share(0, 2),
        "dieu_kien_goc_hoc": YesNo(False),
        "hieu_qua_van_hoa": YesNo(False),
    }

    found = compared(before, BEST)

    assert (found.turnout, found.cause, decisive(found)) == (
        Turnout.GAINED,
        Cause.ANSWERS,
        ["nguoi_lon_biet_chu", "dieu_kien_goc_hoc", "hieu_qua_van_hoa"],
    )


def test_other_rules_are_said_to_be_the_cause() -> None:
    """The same answers, 74 points; the title asks for 80, next year for 70."""
    answers = BEST | {
        "nguoi_lon_biet_chu": Share(0, 2),
        "nguoi_lon_hoc_them": Share(0, 2),
        "dieu_kien_quy": option("dieu_kien_quy", 2),
    }
    (title,) = FAMILY.titles
    assert isinstance(title, PointsTitle)
    easier = replace(FAMILY, version="2", titles=(replace(title, min_total=Decimal(70)),))

    found = compared(answers, answers, new=easier)

    assert (found.turnout, found.cause, found.has_other_rules) == (Turnout.GAINED, Cause.RULES, True)


def test_a_decision_of_a_person_is_no_answer() -> None:
    """Not recognised although the points are there."""
    one = score(FAMILY, BEST, HOME, ON)
    found = compare_years(one, one, Turnout.LOST, HOME, ON)

    assert (found.cause, found.decisive) == (Cause.FACTS, ())


def test_what_is_not_answered_yet_is_no_change() -> None:
    found = compare_years(score(FAMILY, BEST, HOME, ON), score(FAMILY, {}, HOME, ON), None, HOME, ON)

    assert (found.turnout, found.changed, found.open) == (None, (), 9)


def test_questions_that_came_or_went_are_told() -> None:
    gone = FAMILY.criteria[2].indicators[0]
    shorter = replace(
        FAMILY,
        version="2",
        criteria=tuple(
            replace(each, indicators=tuple(i for i in each.indicators if i.id != gone.id)) for each in FAMILY.criteria
        ),
    )
    forward, backward = compared(BEST, BEST, new=shorter), compared(BEST, BEST, old=shorter)

    assert [(each.indicator.id, each.after) for each in forward.changed] == [(gone.id, None)]
    assert [(each.indicator.id, each.before) for each in backward.changed] == [(gone.id, None)]


@pytest.mark.parametrize(
    ("before", "after", "turnout"),
    [
        ("a", "b", Turnout.KEPT),
        ("a", None, Turnout.LOST),
        (None, "b", Turnout.GAINED),
        (None, None, Turnout.NEVER),
    ],
)
def test_what_became_of_a_title(before: str | None, after: str | None, turnout: Turnout) -> None:
    assert turnout_of(before, after) is turnout


@given(st.data())
def test_undoing_the_decisive_answers_undoes_the_title(data: st.DataObject) -> None:
    criteria = data.draw(criteria_sets())
    on = criteria.valid_from
    before, after = data.draw(answered(criteria)), data.draw(answered(criteria))
    one, other = score(criteria, before, {}, on), score(criteria, after, {}, on)
    titles = [each.title.id if each.title else None for each in (one, other)]
    found = compare_years(one, other, turnout_of(*titles), {}, on)

    assert len(found.changed) + found.unchanged + found.open == len(criteria.indicators)
    if found.decisive:
        undone = dict(after)
        for each in found.decisive:
            old = before.get(each.indicator.id)
            if old is None:
                undone.pop(each.indicator.id, None)
            else:
                undone[each.indicator.id] = old
        assert (score(criteria, undone, {}, on).title is None) is (titles[1] is not None)


def test_levels_count_as_what_an_answer_is_worth() -> None:
    indicator: Indicator = next(i for i in LEVELS.indicators if type(i.rule).__name__ == "YesNoRule")
    profile: Profile = {}
    on = LEVELS.valid_from
    one = score(LEVELS, {indicator.id: YesNo(True)}, profile, on)
    other = score(LEVELS, {indicator.id: YesNo(False)}, profile, on)
    found = compare_years(one, other, Turnout.NEVER, profile, on)

    assert [each.indicator.id for each in found.changed] == [indicator.id]
    assert found.changed[0].gain < 0


def test_a_stored_number_that_is_none_is_a_change_and_no_fault() -> None:
    broken = {**BEST, "dieu_kien_sach_bao": Quantity(Decimal("sNaN"))}
    assert "dieu_kien_sach_bao" in {each.indicator.id for each in compared(broken, BEST).changed}
