"""A rule in words says exactly what scoring does, and leaves nobody and no answer out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.dialogs.rule_limits import COUNTED, rule_lines, stretches, who
from bot.dialogs.rule_words import criterion_words, in_order, name, names, pages, set_words
from bot.dialogs.screens import Say
from bot.i18n import LOCALES, translator
from bot.messages import MESSAGES
from bot.scoring.facts import FACTS
from bot.scoring.judging import judge
from bot.scoring.model import (
    Band,
    Condition,
    CriteriaSet,
    Derived,
    DerivedRule,
    Indicator,
    NumberRule,
    PointsTitle,
    Quantity,
    Share,
    ShareRule,
    Standing,
    SubjectKind,
    Text,
    WhenNotApplicable,
    Worth,
    YesNoRule,
)
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ANY, candidates, criteria_sets, profiles

TODAY = date(2026, 11, 22)
SHIPPED = {criteria.id: criteria for criteria in load_shipped()}
VI = translator("vi")


def lines(criteria: CriteriaSet, indicator_id: str) -> list[str]:
    """How an indicator is judged and for whom, as it is read."""
    for at in range(len(criteria.criteria)):
        for indicator in criterion_words(criteria, at).indicators:
            if indicator.id == indicator_id:
                return [VI.say(line) for line in indicator.rule + indicator.applies]
    raise AssertionError(indicator_id)


# --- the limits -------------------------------------------------------------------------------------------------------


@settings(max_examples=200, deadline=None)
@given(st.data(), criteria_sets(), profiles)
def test_each_stretch_is_worth_what_scoring_gives(data: st.DataObject, criteria: CriteriaSet, profile: dict) -> None:  # type: ignore[type-arg]
    banded = [i for i in criteria.indicators if isinstance(i.rule, NumberRule | ShareRule | DerivedRule)]
    if not banded:
        return
    indicator = data.draw(st.sampled_from(banded))
    answer = data.draw(st.sampled_from(candidates(indicator, 100)))
    rule = indicator.rule
    assert isinstance(rule, NumberRule | ShareRule | DerivedRule)
    if isinstance(rule, ShareRule | DerivedRule) and rule.whole_fact is not None:
        profile = {**profile, rule.whole_fact: 100}
    judged = judge(rule, answer, profile)
    assert judged is not None
    match answer:
        case Quantity(value):
            at = value
        case Share(part, whole) | Derived(part, whole):
            at = Decimal(part) * 100 / whole
        case _:
            raise AssertionError(answer)
    runs = stretches(rule, profile, lambda worth: (worth.points, worth.passes_level))
    within = [run for run in runs if run.low <= at and (run.below is None or at < run.below)]
    assert [(run.worth.points, run.worth.passes_level) for run in within] == [
        (judged.worth.points, judged.worth.passes_level)
    ]


def test_points_by_share() -> None:
    assert lines(SHIPPED["gia_dinh_mau"], "tre_em_di_hoc") == [
        "Tính cháu đang đi học trên tổng số cháu trong tuổi đi học:",
        "• dưới 50%: 0 điểm",
        "• từ 50% đến dưới 100%: 5 điểm",
        "• đủ 100%: 10 điểm",
        "Chỉ tính khi có trẻ trong tuổi đi học; không thì được đủ điểm.",
    ]


def test_levels_with_a_lower_limit_in_difficult_areas() -> None:
    """TT 25/2023/TT-BGDĐT, Điều 6 khoản 5 điểm b: 50 %, in difficult areas 40 %; Điều 7: 60 %, there 50 %."""
    assert lines(SHIPPED["cong_dong_hoc_tap_xa"], "cong_dan_qua_dao_tao")[1:] == [
        "• Danh hiệu mức độ 1: từ 50% trở lên",
        "• Danh hiệu mức độ 2: từ 60% trở lên",
        "Riêng khi ở vùng khó khăn:",
        "• Danh hiệu mức độ 1: từ 40% trở lên",
        "• Danh hiệu mức độ 2: từ 50% trở lên",
    ]


def test_what_both_levels_need_is_said_once_and_what_one_does_not_look_at_is_said() -> None:
    """TT 25/2023/TT-BGDĐT, Điều 17 khoản 4 điểm a: districts of level 2 count for level 2 alone."""
    province = SHIPPED["cong_dong_hoc_tap_tinh"]
    yes_no = next(i for i in province.indicators if isinstance(i.rule, YesNoRule))
    assert lines(province, yes_no.id) == ["• Danh hiệu mức độ 1 và 2: cần “Có”"]
    assert lines(province, "huyen_dat_muc_do_2")[1:] == [
        "• Danh hiệu mức độ 1: không xét",
        "• Danh hiệu mức độ 2: từ 90% trở lên",
    ]


def test_points_given_outright() -> None:
    unit = SHIPPED["don_vi_tt22_tinh"]
    assert lines(unit, unit.indicators[0].id) == ["• Người chấm cho từ 0 đến 10 điểm"]


def indicator_with(rule: NumberRule | ShareRule | YesNoRule) -> Indicator:
    return replace(SHIPPED["gia_dinh_mau"].indicators[0], rule=rule)


def worded(rule: NumberRule | ShareRule | YesNoRule, levels: tuple[int, ...] = ()) -> list[str]:
    return [VI.say(line) for line in rule_lines(indicator_with(rule), levels)]


def numbers(*bands: Band, most: int = 20, decimals: int = 0) -> NumberRule:
    return NumberRule(Decimal(0), Decimal(most), bands, Text("cuốn"), decimals)


def band(at_least: str, points: int, when: Condition | None = None) -> Band:
    return Band(Decimal(at_least), Worth(points=Decimal(points)), when)


def test_whole_numbers_are_said_by_the_last_that_counts() -> None:
    assert worded(numbers(band("0", 0), band("1", 3), band("10", 6))) == [
        "• 0 cuốn: 0 điểm",
        "• từ 1 đến 9 cuốn: 3 điểm",
        "• từ 10 cuốn trở lên: 6 điểm",
    ]
    assert worded(numbers(band("0", 0), band("20", 6)))[-1] == "• 20 cuốn: 6 điểm"


def test_numbers_with_decimals_are_said_by_where_the_next_begins() -> None:
    assert worded(numbers(band("0", 0), band("1.5", 3), band("2.5", 6), decimals=1)) == [
        "• dưới 1,5 cuốn: 0 điểm",
        "• từ 1,5 đến dưới 2,5 cuốn: 3 điểm",
        "• từ 2,5 cuốn trở lên: 6 điểm",
    ]


def test_neighbours_of_one_worth_are_one() -> None:
    assert worded(numbers(band("0", 5), band("3", 5))) == ["• bao nhiêu cũng được: 5 điểm"]


def test_every_condition_has_its_own_lines() -> None:
    few, many = Condition("members", at_most=10), Condition("members", at_least=11, at_most=20)
    said = worded(numbers(band("0", 0), band("1", 4, few), band("2", 4, many), band("3", 4)))
    assert said == [
        "• từ 0 đến 2 cuốn: 0 điểm",
        "• từ 3 cuốn trở lên: 4 điểm",
        "Riêng khi có nhiều nhất 10 thành viên:",
        "• 0 cuốn: 0 điểm",
        "• từ 1 cuốn trở lên: 4 điểm",
        "Riêng khi có từ 11 đến 20 thành viên:",
        "• từ 0 đến 1 cuốn: 0 điểm",
        "• từ 2 cuốn trở lên: 4 điểm",
    ]


def test_a_level_that_two_stretches_reach() -> None:
    """Too many is as bad as too few: passing numbers need not go on to the end."""
    bands = [Band(Decimal(at), Worth(passes_level=level)) for at, level in ((0, 1), (2, 0), (5, 1), (8, 0))]
    assert worded(numbers(*bands), (1,)) == ["• Danh hiệu mức độ 1: từ 0 đến 1 cuốn, hoặc từ 5 đến 7 cuốn"]


def test_three_levels_alike() -> None:
    rule = YesNoRule(Worth(passes_level=3), Worth(passes_level=0))
    assert worded(rule, (1, 2, 3)) == ["• Danh hiệu mức độ 1 đến 3: cần “Có”"]
    assert worded(YesNoRule(Worth(passes_level=1), Worth(passes_level=2)), (1, 2)) == [
        "• Danh hiệu mức độ 1: không xét",
        "• Danh hiệu mức độ 2: cần “Chưa”",
    ]


# --- whom it is about -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        (Condition("difficult_area", at_least=1), "ở vùng khó khăn"),
        (Condition("economic_organisation", at_most=0), "không phải là doanh nghiệp, hợp tác xã"),
        (Condition("clans", at_least=1), "có dòng họ"),
        (Condition("clans", at_least=2), "có từ 2 dòng họ trở lên"),
        (Condition("clans", at_most=0), "không có dòng họ"),
        (Condition("clans", at_most=3), "có nhiều nhất 3 dòng họ"),
        (Condition("clans", at_least=2, at_most=3), "có từ 2 đến 3 dòng họ"),
    ],
)
def test_whom_a_condition_means(condition: Condition, said: str) -> None:
    assert VI.say(who(condition)) == said


@pytest.mark.parametrize("fact", sorted(FACTS))
def test_every_fact_that_rules_may_ask_for_has_words(fact: str) -> None:
    assert (f"rules.counted.{fact}" in MESSAGES) == (fact in COUNTED)
    assert (f"rules.who.{fact}" in MESSAGES) == (fact not in COUNTED)
    assert FACTS[fact].startswith("1 if") == (fact not in COUNTED)


def test_what_it_is_worth_to_others() -> None:
    criteria = SHIPPED["gia_dinh_mau"]
    first = criteria.criteria[0]
    left_out = replace(first.indicators[0], not_applicable=WhenNotApplicable.EXCLUDED)
    changed = replace(criteria, criteria=(replace(first, indicators=(left_out, *first.indicators[1:])),))
    assert lines(changed, left_out.id)[-1] == (
        "Chỉ tính khi có trẻ trong tuổi đi học; không thì bỏ câu này ra ngoài tổng điểm."
    )
    unit = SHIPPED["don_vi_hoc_tap_tinh"]
    only_some = next(i for i in unit.indicators if i.applies_when is not None)
    assert lines(unit, only_some.id)[-1].endswith("không thì coi như đạt.")
    assert lines(criteria, "nguoi_lon_biet_chu")[-1] == "Không có người từ 19 đến 60 tuổi nào thì được đủ điểm."


# --- a set as a whole -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("set_id", "title"),
    [
        (
            "cong_dan_nong_dan",
            (
                "• Công dân học tập: từ 70 điểm, không chỉ tiêu nào dưới 5 điểm, khi ở vùng khó khăn "
                "(QĐ 244/QĐ-KHVN ngày 28/7/2022)"
            ),
        ),
        (
            "cong_dong_hoc_tap_xa",
            "• Cộng đồng học tập cấp xã, mức độ 2: mọi chỉ tiêu đạt mức độ 2 (TT 25/2023/TT-BGDĐT, Điều 7)",
        ),
        (
            "cong_dong_hoc_tap_xa_tt44",
            "• Cộng đồng học tập cấp xã, loại Khá: từ 70 đến 84 điểm, không tiêu chí nào 0 điểm (TT 44/2014/TT-BGDĐT)",
        ),
        ("gia_dinh_mau", "• Gia đình học tập: từ 80 điểm"),
    ],
)
def test_a_title_says_what_it_asks_for_and_where_that_is_written(set_id: str, title: str) -> None:
    assert title in [VI.say(line) for line in set_words(SHIPPED[set_id], TODAY).titles]


def test_a_title_that_allows_no_zero_indicator() -> None:
    title = PointsTitle("t", Text("Tốt"), Decimal(80), no_zero_indicator=True)
    criteria = replace(SHIPPED["gia_dinh_mau"], titles=(title,))
    assert [VI.say(line) for line in set_words(criteria, TODAY).titles] == [
        "• Tốt: từ 80 điểm, không chỉ tiêu nào 0 điểm"
    ]


def test_a_past_set_says_that_it_is_over() -> None:
    past = set_words(SHIPPED["don_vi_tt22_tinh"], TODAY)
    assert "Hôm nay bộ này không áp dụng." in [VI.say(line) for line in past.about]
    assert "Áp dụng từ ngày 21/09/2020 đến hết ngày 25/01/2024." in [VI.say(line) for line in past.about]


def test_a_bare_structure_says_that_points_are_not_known_and_has_no_pages() -> None:
    bare = SHIPPED["cong_dong_hoc_tap_xa_tt44"]
    assert "chưa biết cách cho điểm" in VI.say(set_words(bare, TODAY).judged)
    assert len(set_words(bare, TODAY).contents) == 15
    assert pages(bare) == ()


def test_families_are_listed_first_and_places_last() -> None:
    kinds = [criteria.subject for criteria in in_order(reversed(SHIPPED.values()))]
    assert kinds[0] is SubjectKind.HOUSEHOLD
    assert kinds[-1] is SubjectKind.PROVINCE


@pytest.mark.parametrize(
    ("standing", "title", "said"),
    [
        (Standing.OFFICIAL, "Gia đình học tập", "Gia đình học tập (chính thức)"),
        (Standing.LOCAL, "Gia đình học tập", "Gia đình học tập (của địa phương)"),
        (Standing.SAMPLE, "Gia đình học tập", "Gia đình học tập (phiếu mẫu)"),
        (Standing.SAMPLE, "Gia đình học tập (phiếu mẫu)", "Gia đình học tập (phiếu mẫu)"),
        (Standing.LOCAL, "Gia đình (phiếu mẫu)", "Gia đình (phiếu mẫu) (của địa phương)"),
    ],
)
def test_a_name_says_the_standing_once(standing: Standing, title: str, said: str) -> None:
    criteria = replace(SHIPPED["gia_dinh_mau"], standing=standing, title=Text(title))
    assert VI.say(name(criteria, TODAY)) == said


def test_sets_of_one_title_are_told_apart() -> None:
    one = SHIPPED["gia_dinh_mau"]
    two = replace(one, id="gia_dinh_xa", version="2026-1", title=replace(one.title, vi="GIA ĐÌNH HỌC TẬP, phiếu mẫu"))
    said = [VI.say(each) for each in names((one, two, SHIPPED["dong_ho_mau"]), TODAY).values()]
    assert said == [
        "Gia đình học tập (phiếu mẫu) [gia_dinh_mau, bản 1]",
        "GIA ĐÌNH HỌC TẬP, phiếu mẫu [gia_dinh_xa, bản 2026-1]",
        "Dòng họ học tập (phiếu mẫu)",
    ]


@settings(max_examples=80, deadline=None)
@given(criteria_sets(structure_only=None, wording=ANY))
def test_any_set_can_be_worded_in_every_language(criteria: CriteriaSet) -> None:
    words = set_words(criteria, TODAY)
    said: list[Say] = [words.standing, words.judged, *words.about, *words.titles, *words.contents]
    said.append(name(criteria, TODAY))
    for at in range(len(criteria.criteria)):
        criterion = criterion_words(criteria, at)
        said.append(criterion.heading)
        for indicator in criterion.indicators:
            assert indicator.rule
            said.extend((indicator.heading, *indicator.rule, *indicator.applies, indicator.article))
    for locale in LOCALES:
        assert all(translator(locale).say(line).strip() for line in said)
