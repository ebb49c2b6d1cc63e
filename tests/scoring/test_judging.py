"""What one answer is worth."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.judging import best_worth, fits, judge
from bot.scoring.model import (
    Answer,
    Band,
    Chosen,
    Derived,
    DerivedRule,
    NotApplicable,
    NumberRule,
    OneOfRule,
    Option,
    PointsRule,
    Profile,
    Quantity,
    Rule,
    Share,
    ShareRule,
    SubjectKind,
    Text,
    Worth,
    YesNo,
    YesNoRule,
)
from bot.scoring.needs import fewest_of
from tests.scoring.law_sets import COMMUNE, DIFFICULT

TEN, FIVE, ZERO = (Worth(points=Decimal(points)) for points in (10, 5, 0))
SIXTY = (Band(Decimal(0), ZERO), Band(Decimal(60), TEN))
SHARE = ShareRule(Text("đạt"), Text("người"), SIXTY)
OF_ADULTS = ShareRule(Text("đạt"), Text("người lớn"), SIXTY, "adults")
NUMBER = NumberRule(
    Decimal(0),
    Decimal(20),
    (Band(Decimal(0), ZERO), Band(Decimal("2.5"), FIVE), Band(Decimal(10), TEN)),
    Text("giờ"),
    1,
)
DERIVED = DerivedRule(SubjectKind.HOUSEHOLD, Text("hộ đạt"), Text("hộ"), SIXTY)
ONE_OF = OneOfRule((Option("co", Text("Có"), TEN), Option("chua", Text("Chưa"), ZERO)))
YES_NO = YesNoRule(TEN, ZERO)


def points(rule: Rule, answer: Answer, profile: Profile | None = None) -> Decimal | None:
    """Points of an answer, None when it does not fit."""
    judged = judge(rule, answer, profile or {})
    return None if judged is None else judged.worth.points


@pytest.mark.parametrize(
    ("part", "whole", "expected"),
    [
        (3, 5, 10),  # exactly 60 %
        (2, 5, 0),
        (5999, 10_000, 0),  # 59.99 % is not 60 %
        (6000, 10_000, 10),
        (599_999_999, 1_000_000_000, 0),  # 59.9999999 %
        (3 * 10**40 - 1, 5 * 10**40, 0),  # below 60 % by less than any Decimal context holds
        (3 * 10**40, 5 * 10**40, 10),
        (0, 5, 0),
        (5, 5, 10),
    ],
)
def test_a_share_is_compared_as_a_fraction(part: int, whole: int, expected: int) -> None:
    assert points(SHARE, Share(part, whole)) == expected


@given(st.integers(0, 10**60), st.integers(1, 10**60), st.decimals(0, 100, places=4))
def test_a_share_reaches_a_limit_just_where_its_fraction_does(part: int, more: int, limit: Decimal) -> None:
    """Whatever the size: nothing is rounded, and one less than the fewest that reach it do not."""
    whole = part + more
    bands = (Band(Decimal(0), ZERO), Band(limit, TEN)) if limit else (Band(Decimal(0), TEN),)
    stated = ShareRule(Text("đạt"), Text("người"), bands)
    derived = DerivedRule(SubjectKind.CITIZEN, Text("đạt"), Text("người"), bands)
    fewest = fewest_of(limit, whole)

    for count in {part, fewest, max(fewest - 1, 0)}:
        expected = 10 if Fraction(count, whole) >= Fraction(limit) / 100 else 0
        assert points(stated, Share(count, whole)) == expected
        assert points(derived, Derived(count, whole)) == expected
    assert points(stated, Share(fewest, whole)) == 10
    assert not fewest or points(stated, Share(fewest - 1, whole)) == 0


@given(st.integers(1, 10**30))
def test_sixty_per_cent_of_five_times_n_is_three_times_n(n: int) -> None:
    assert points(SHARE, Share(3 * n, 5 * n)) == 10
    assert points(SHARE, Share(3 * n - 1, 5 * n)) == 0
    assert points(SHARE, Share(5999 * n, 10_000 * n)) == 0  # 59.99 % is not 60 %


@given(
    st.integers(0, 20_000).map(lambda n: Decimal(n) / 100),
    st.integers(0, 2),
    st.decimals(-10, 300, places=3) | st.decimals(allow_nan=True, allow_infinity=True),
)
def test_given_points_are_worth_themselves_or_do_not_fit(most: Decimal, decimals: int, given_points: Decimal) -> None:
    found = points(PointsRule(most, decimals), Quantity(given_points))

    is_within = given_points.is_finite() and 0 <= given_points <= most
    is_fine = is_within and (Fraction(given_points) * 10**decimals).denominator == 1
    assert found == (given_points if is_fine else None)


def test_a_third_is_a_third() -> None:
    """1 of 3 is above 33.33 % and below 33.34 %, which no rounding decides."""
    rule = ShareRule(
        Text("a"), Text("b"), (Band(Decimal(0), ZERO), Band(Decimal("33.33"), FIVE), Band(Decimal("33.34"), TEN))
    )

    assert points(rule, Share(1, 3)) == 5


@pytest.mark.parametrize("share", [Share(3, 2), Share(-1, 2), Share(0, 0), Share(1, 0), Share(-2, -1)])
def test_an_impossible_share_does_not_fit(share: Share) -> None:
    assert points(SHARE, share) is None


def test_a_share_of_a_known_whole_must_be_of_that_whole() -> None:
    assert points(OF_ADULTS, Share(2, 2), {"adults": 2}) == 10
    assert points(OF_ADULTS, Share(2, 2), {"adults": 3}) is None
    assert points(OF_ADULTS, Share(2, 2), {}) == 10


@pytest.mark.parametrize(
    ("number", "expected"),
    [("0", 0), ("2.4", 0), ("2.5", 5), ("2.50", 5), ("9.9", 5), ("10", 10), ("1E+1", 10), ("20", 10)],
)
def test_a_number_falls_into_the_band_it_has_reached(number: str, expected: int) -> None:
    assert points(NUMBER, Quantity(Decimal(number))) == expected


@pytest.mark.parametrize("number", ["-0.1", "20.1", "2.55", "1E-9", "NaN", "sNaN", "Infinity", "-Infinity"])
def test_a_number_out_of_bounds_or_too_fine_does_not_fit(number: str) -> None:
    assert points(NUMBER, Quantity(Decimal(number))) is None


def test_a_derived_share_can_be_overridden_only_with_a_reason() -> None:
    assert points(DERIVED, Derived(3, 5)) == 10
    assert points(DERIVED, Derived(2, 5, override_reason="sổ thiếu một hộ")) == 0
    assert points(DERIVED, Derived(3, 5, override_reason=" ")) is None


@pytest.mark.parametrize(
    ("rule", "own"),
    [
        (YES_NO, YesNo(True)),
        (ONE_OF, Chosen("co")),
        (NUMBER, Quantity(Decimal(1))),
        (SHARE, Share(1, 2)),
        (DERIVED, Derived(1, 2)),
    ],
)
def test_only_its_own_kind_of_answer_fits_a_rule(rule: Rule, own: Answer) -> None:
    everything: list[Answer] = [
        YesNo(True),
        Chosen("co"),
        Quantity(Decimal(1)),
        Share(1, 2),
        Derived(1, 2),
        NotApplicable(),
    ]

    assert [answer for answer in everything if judge(rule, answer, {})] == [own]


def test_a_retired_option_does_not_fit() -> None:
    assert points(ONE_OF, Chosen("hoc_het")) is None


@pytest.mark.parametrize(
    ("part", "in_difficult_area", "level"),
    [
        (39, 1, 0),
        (40, 1, 1),
        (49, 1, 1),
        (50, 1, 2),
        (60, 1, 2),
        (40, 0, 0),
        (49, 0, 0),
        (50, 0, 1),
        (59, 0, 1),
        (60, 0, 2),
    ],
)
def test_difficult_areas_have_lower_limits(part: int, in_difficult_area: int, level: int) -> None:
    """TT 25/2023 Điều 6 và 7, khoản 5 điểm b: 50 % và 60 %; vùng khó khăn 40 % và 50 %."""
    indicator = COMMUNE.indicator("tc5_ct2_dao_tao")
    assert indicator is not None

    judged = judge(indicator.rule, Share(part, 100), {"difficult_area": in_difficult_area})

    assert judged is not None
    assert judged.worth.passes_level == level


def test_in_an_area_nobody_has_called_difficult_the_common_limits_hold() -> None:
    indicator = COMMUNE.indicator("tc5_ct2_dao_tao")
    assert indicator is not None

    judged = judge(indicator.rule, Share(45, 100), {})

    assert judged is not None
    assert judged.worth.passes_level == 0


def test_fits_is_asked_before_an_answer_is_kept() -> None:
    indicator = COMMUNE.indicator("tc5_ct2_dao_tao")
    assert indicator is not None

    assert fits(indicator, Share(45, 100), {"citizens": 100})
    assert not fits(indicator, Share(45, 99), {"citizens": 100})
    assert not fits(indicator, NotApplicable(), {"citizens": 100})
    assert fits(indicator, NotApplicable(), {})


@pytest.mark.parametrize(
    ("adults", "best"),
    [
        (1, 5),  # 0 % or 100 %
        (2, 5),  # 50 % is the next band already
        (3, 5),  # 33 % or 67 %
        (5, 10),  # 2 of 5 are 40 %
        (100, 10),
    ],
)
def test_a_band_no_share_of_a_small_whole_falls_into_is_not_its_best(adults: int, best: int) -> None:
    """Where the middle is worth most, it can be out of reach: 40 to 50 % of two people is nobody."""
    middle = (Band(Decimal(0), ZERO), Band(Decimal(40), TEN), Band(Decimal(50), FIVE))
    rule = ShareRule(Text("đạt"), Text("người lớn"), middle, "adults")
    indicator = replace(COMMUNE.indicators[0], rule=rule, max_points=Decimal(10))

    assert best_worth(indicator, None, {"adults": adults}).points == best
    assert best_worth(indicator, None, {}).points == 10


def test_a_band_no_number_falls_into_is_not_its_best() -> None:
    middle = (Band(Decimal(0), ZERO), Band(Decimal("1.2"), TEN), Band(Decimal("1.8"), FIVE))
    whole_numbers = NumberRule(Decimal(0), Decimal(5), middle, Text("lần"))
    indicator = replace(COMMUNE.indicators[0], rule=whole_numbers, max_points=Decimal(10))
    tenths = replace(indicator, rule=replace(whole_numbers, decimals=1))

    assert best_worth(indicator, None, {}).points == 5
    assert best_worth(tenths, None, {}).points == 10


def test_the_best_of_a_conditional_band_is_for_its_subjects_only() -> None:
    bands = (Band(Decimal(0), ZERO), Band(Decimal(50), FIVE), Band(Decimal(50), TEN, DIFFICULT))
    indicator = replace(COMMUNE.indicators[0], rule=replace(SHARE, bands=bands), max_points=Decimal(10))

    assert best_worth(indicator, None, {"difficult_area": 1}).points == 10
    assert best_worth(indicator, None, {"difficult_area": 0}).points == 5
