"""Every line, result and step has its reason, with what the sentence needs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.explain import (
    REASON_CODES,
    Reason,
    ReasonValue,
    explain_answer,
    explain_obstacles,
    explain_result,
    explain_way_up,
    explain_worth,
    shown,
)
from bot.scoring.model import (
    Answer,
    Chosen,
    Derived,
    NotApplicable,
    PointsTitle,
    Profile,
    Quantity,
    Share,
    Standing,
    Text,
    WhenNotApplicable,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.sheet import ScoreSheet
from bot.scoring.shipped import load_shipped
from tests.scoring.law_sets import CITIZEN, COMMUNE
from tests.scoring.strategies import ON, answered, criteria_sets, profiles

FAMILY = next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")
PROFILE: Profile = {"adults": 3, "school_age_children": 2}


def reason_of(indicator_id: str, answer: Answer | None, profile: Profile | None = None) -> Reason:
    """The reason the family sheet gives for one answer."""
    answers = {} if answer is None else {indicator_id: answer}
    return explain_answer(score(FAMILY, answers, profile or PROFILE, ON).line(indicator_id))


def worth_of(indicator_id: str, answer: Answer | None, profile: Profile | None = None) -> Reason:
    answers = {} if answer is None else {indicator_id: answer}
    return explain_worth(score(FAMILY, answers, profile or PROFILE, ON).line(indicator_id))


def all_reasons(sheet: ScoreSheet) -> Iterator[Reason]:
    for line in sheet.lines:
        yield explain_answer(line)
        yield explain_worth(line)
    yield from explain_result(sheet)
    yield from explain_obstacles(sheet)
    if sheet.way_up is not None:
        yield from explain_way_up(sheet.way_up)


# --- answers


def test_yes_no_and_silence_have_reasons_of_their_own() -> None:
    assert reason_of("dieu_kien_goc_hoc", YesNo(True)) == Reason("scoring.reason.yes", {})
    assert reason_of("dieu_kien_goc_hoc", YesNo(False)) == Reason("scoring.reason.no", {})
    assert reason_of("dieu_kien_goc_hoc", None) == Reason("scoring.reason.not_answered", {})


def test_an_option_is_named_by_its_label() -> None:
    label = Text("Khi cần mới lo", "When it is needed")

    assert reason_of("dieu_kien_quy", Chosen("khi_can")) == Reason("scoring.reason.option", {"label": label})


def test_a_number_is_named_with_its_unit_and_the_limit_it_reached() -> None:
    assert reason_of("dieu_kien_sach_bao", Quantity(Decimal(12))) == Reason(
        "scoring.reason.number_band",
        {"number": Decimal(12), "unit": Text("cuốn", "books"), "at_least": Decimal(10)},
    )


def test_a_share_is_named_with_its_percentage_and_the_limit_it_reached() -> None:
    assert reason_of("nguoi_lon_hoc_them", Share(2, 3)) == Reason(
        "scoring.reason.share_band", {"part": 2, "whole": 3, "percent": Decimal("66.7"), "at_least": Decimal(50)}
    )


def test_the_lowest_limit_is_reached_by_anything_and_not_named() -> None:
    assert reason_of("nguoi_lon_hoc_them", Share(1, 3)) == Reason(
        "scoring.reason.share_band_lowest", {"part": 1, "whole": 3, "percent": Decimal("33.3")}
    )
    assert reason_of("dieu_kien_sach_bao", Quantity(Decimal(0))).code == "scoring.reason.number_band_lowest"
    unsaid = score(COMMUNE, {"tc5_ct1": Derived(1, 4, override_reason="chưa có sổ")}, {}, ON).line("tc5_ct1")
    assert explain_answer(unsaid).code == "scoring.reason.derived_stated_lowest"


def test_a_share_short_of_all_is_never_shown_as_all() -> None:
    line = score(COMMUNE, {"tc5_ct2_dao_tao": Share(9999, 10_000)}, {}, ON).line("tc5_ct2_dao_tao")

    assert explain_answer(line).params["percent"] == Decimal("99.99")


def test_a_derived_share_names_its_source_and_why_it_was_overridden() -> None:
    computed = score(COMMUNE, {"tc5_ct1": Derived(3, 4, ON)}, {}, ON).line("tc5_ct1")
    overridden = score(COMMUNE, {"tc5_ct1": Derived(3, 4, ON, "thiếu sổ", Share(1, 2))}, {}, ON).line("tc5_ct1")
    params: dict[str, ReasonValue] = {
        "part": 3,
        "whole": 4,
        "percent": Decimal(75),
        "at_least": Decimal(60),
        "day": ON,
    }
    replaced: dict[str, ReasonValue] = {"reason": "thiếu sổ", "counted_part": 1, "counted_whole": 2}
    stated = score(COMMUNE, {"tc5_ct1": Derived(3, 4, override_reason="chưa có sổ")}, {}, ON).line("tc5_ct1")

    assert explain_answer(computed) == Reason("scoring.reason.derived_band", params)
    assert explain_answer(overridden) == Reason("scoring.reason.derived_overridden", {**params, **replaced})
    assert explain_answer(stated).code == "scoring.reason.derived_stated"


def test_what_does_not_apply_says_why() -> None:
    because = reason_of("tre_em_di_hoc", None, {"school_age_children": 0})

    assert because.code == "scoring.reason.not_applicable_because"
    assert because.params["because"] == FAMILY.indicators[0].not_applicable_because
    assert reason_of("nguoi_lon_hoc_them", None, {"adults": 0}) == Reason("scoring.reason.not_applicable", {})


def test_an_answer_that_no_longer_fits_says_so() -> None:
    assert reason_of("tre_em_di_hoc", Share(1, 1)) == Reason("scoring.reason.answer_unfit", {})


# --- worth


def test_points_are_named_with_the_maximum() -> None:
    points = {"points": Decimal(5), "max_points": Decimal(10)}

    assert worth_of("nguoi_lon_hoc_them", Share(2, 3)) == Reason("scoring.worth.points", points)


def test_what_does_not_apply_is_full_or_excluded() -> None:
    childless = {"school_age_children": 0}
    excluded = replace(FAMILY.indicators[0], not_applicable=WhenNotApplicable.EXCLUDED)
    criterion = replace(FAMILY.criteria[0], indicators=(excluded, *FAMILY.criteria[0].indicators[1:]))
    excluding = replace(FAMILY, criteria=(criterion, *FAMILY.criteria[1:]))

    assert worth_of("tre_em_di_hoc", None, childless) == Reason("scoring.worth.full_points", {"points": Decimal(10)})
    line = score(excluding, {}, childless, ON).line("tre_em_di_hoc")
    assert explain_worth(line) == Reason("scoring.worth.excluded", {})


def test_levels_are_named_instead_of_points() -> None:
    """TT 25/2023 Điều 6, 7: đạt, không đạt; hai mức độ."""
    answers: dict[str, Answer] = {"tc4_ct2": Chosen("muc_2"), "tc5_ct2_dai_hoc": NotApplicable()}
    sheet = score(COMMUNE, answers, {}, ON)

    assert explain_worth(sheet.line("tc4_ct2")) == Reason("scoring.worth.level", {"level": 1})
    assert explain_worth(sheet.line("tc1_ct1")) == Reason("scoring.worth.no_level", {})
    assert explain_worth(sheet.line("tc5_ct2_dai_hoc")) == Reason("scoring.worth.every_level", {})


# --- result and way up


@pytest.mark.parametrize("standing", Standing)
def test_a_result_says_the_standing_of_its_rules(standing: Standing) -> None:
    reasons = explain_result(score(replace(FAMILY, standing=standing), {}, PROFILE, ON))

    assert [reason.code for reason in reasons] == [
        "scoring.result.not_reached",
        f"scoring.result.{standing.value}",
        "scoring.result.incomplete",
    ]
    assert reasons[0].params["total"] == 0
    assert reasons[1].params == {"document": FAMILY.issuing_document}
    assert reasons[2].params == {"count": 12}


def test_a_title_is_named_with_its_total() -> None:
    answers: dict[str, Answer] = {f"cs{n}": Chosen("tot") for n in range(1, 11)}

    reasons = explain_result(score(CITIZEN, answers, {}, ON))

    params: dict[str, ReasonValue] = {"title": CITIZEN.titles[0].name, "total": Decimal(100), "max_total": Decimal(100)}
    assert reasons[0] == Reason("scoring.result.title", params)
    assert [reason.code for reason in reasons[1:]] == ["scoring.result.official"]


def test_a_title_by_level_is_named_with_its_level() -> None:
    """TT 25/2023 Điều 7."""
    answers: dict[str, Answer] = {
        "tc1_ct1": YesNo(True),
        "tc4_ct2": Chosen("muc_3"),
        "tc5_ct1": Derived(4, 5, ON),
        "tc5_ct2_dao_tao": Share(3, 5),
        "tc5_ct2_dai_hoc": Share(1, 5),
    }

    reached = explain_result(score(COMMUNE, answers, {}, ON))[0]
    not_reached = explain_result(score(COMMUNE, {}, {}, ON))[0]

    assert reached == Reason("scoring.result.title_by_level", {"title": Text("Mức độ 2"), "level": 2})
    assert not_reached == Reason("scoring.result.not_reached_by_level", {"not_reached": Text("Chưa đạt")})


def test_the_way_up_names_each_step_and_what_it_wins() -> None:
    """QĐ 324: từ 80 điểm, không chỉ số nào dưới 5."""
    answers: dict[str, Answer] = {f"cs{n}": Chosen("tot") for n in range(1, 9)}
    sheet = score(CITIZEN, {**answers, "cs8": Chosen("dat"), "cs9": Chosen("dat")}, {}, ON)
    assert sheet.way_up is not None
    name = CITIZEN.titles[0].name
    from_dat = Reason("scoring.need.option_from", {"option": Text("Đạt")})

    assert explain_way_up(sheet.way_up) == (
        Reason("scoring.way_up.points", {"title": name, "count": 1, "missing": Decimal(0)}),
        Reason("scoring.way_up.gain", {"indicator": Text("cs10"), "gain": Decimal(10)}),
    )
    assert explain_obstacles(sheet) == (
        Reason(
            "scoring.obstacle.indicator_minimum_needs",
            {
                "title": name,
                "indicator": Text("cs10"),
                "missing": Decimal(5),
                "minimum": Decimal(5),
                "need": Reason("scoring.need.not_answered", {"need": from_dat}),
            },
        ),
    )


def test_what_is_missing_to_the_total_is_said() -> None:
    sheet = score(CITIZEN, {f"cs{n}": Chosen("kha") for n in range(1, 11)}, {}, ON)

    assert explain_obstacles(sheet) == (
        Reason(
            "scoring.obstacle.total",
            {"title": CITIZEN.titles[0].name, "missing": Decimal(80 - 70), "min_total": Decimal(80)},
        ),
    )


def test_no_zero_rules_and_levels_are_said() -> None:
    """TT 44/2014: không có tiêu chí bị điểm 0; TT 25/2023: mọi chỉ tiêu đều đạt."""
    strict = PointsTitle("dat", Text("Đạt"), Decimal(1), no_zero_indicator=True, no_zero_criterion=True)
    by_points = score(replace(CITIZEN, titles=(strict,)), {"cs1": Chosen("tot")}, {}, ON)
    by_level = score(COMMUNE, {}, {}, ON)

    codes = [reason.code for reason in explain_obstacles(by_points)]
    assert codes == ["scoring.obstacle.zero_indicator_needs"] * 9 + ["scoring.obstacle.zero_criterion"] * 2
    assert [reason.code for reason in explain_obstacles(by_level)] == ["scoring.obstacle.level_needs"] * 5
    assert by_level.way_up is not None
    ways = explain_way_up(by_level.way_up)
    assert [reason.code for reason in ways] == ["scoring.way_up.level"] + ["scoring.way_up.pass_needs"] * 5


@given(st.data())
def test_every_reason_has_a_known_code_and_exactly_its_params(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets()), data.draw(profiles)
    sheet = score(criteria, data.draw(answered(criteria)), profile, ON)

    for reason in all_reasons(sheet):
        for each in (reason, *inside(reason)):
            assert tuple(sorted(each.params)) == tuple(sorted(REASON_CODES[each.code]))


def inside(reason: Reason) -> Iterator[Reason]:
    """Every reason that is part of a reason."""
    for value in reason.params.values():
        if isinstance(value, Reason):
            yield value
            yield from inside(value)


# --- numbers for people


@pytest.mark.parametrize(
    ("value", "limits", "expected"),
    [
        (Fraction(200, 3), (60,), "66.7"),
        (Fraction(100), (60, 100), "100"),
        (Fraction(5999, 100), (60,), "59.99"),
        (Fraction(59_999, 1000), (60,), "59.999"),
        (Fraction(59_951, 1000), (50,), "60"),
        (Fraction(9999, 100), (100,), "99.99"),
        (Decimal("87.50"), (), "87.5"),
        (Fraction(800, 70), (80,), "11.4"),
        (Fraction(1, 30), (), "0.03"),
        (Decimal(0), (0,), "0"),
    ],
)
def test_rounding_never_crosses_a_limit(value: Fraction | Decimal, limits: tuple[int, ...], expected: str) -> None:
    assert str(shown(value, [Decimal(limit) for limit in limits])) == expected


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 100))
def test_what_is_shown_is_on_the_right_side_of_the_limit(part: int, more: int, limit: int) -> None:
    exact = Fraction(part * 100, part + more)

    assert (shown(exact, [Decimal(limit)]) >= limit) == (exact >= limit)
