"""What one indicator would need, proven against trying every answer."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.explain import Reason, explain_answer, explain_obstacles, explain_way_up
from bot.scoring.judging import best_worth, judge
from bot.scoring.model import (
    Answer,
    Band,
    Chosen,
    Derived,
    DerivedRule,
    Indicator,
    NumberRule,
    PointsRule,
    PointsTitle,
    Profile,
    Quantity,
    Rule,
    Share,
    ShareRule,
    Text,
    Worth,
    YesNo,
    YesNoRule,
)
from bot.scoring.needs import Need, NumberNeed, OptionNeed, ShareNeed, YesNoNeed, fewest_of, need_of
from bot.scoring.score import score
from tests.scoring.law_sets import CITIZEN, COMMUNE, DIFFICULT, IN_2026
from tests.scoring.strategies import answered, candidates, criteria_sets, known_whole, profiles

PASSED, FAILED = Worth(passes_level=1), Worth(passes_level=0)


def needing(indicator_id: str, answer: Answer | None, profile: Profile | None = None, level: int = 1) -> Reason | None:
    """The step that TT 25/2023 asks of one indicator for a level, as the way up says it."""
    criteria = replace(COMMUNE, titles=tuple(t for t in COMMUNE.titles if getattr(t, "level", 0) == level))
    way = score(criteria, {} if answer is None else {indicator_id: answer}, profile or {}, IN_2026).way_up
    assert way is not None
    names = [step.indicator.id for step in way.improvements]
    if indicator_id not in names:
        return None
    reason = explain_way_up(way)[1 + names.index(indicator_id)]
    assert reason.code == "scoring.way_up.pass_needs"
    need = reason.params["need"]
    assert isinstance(need, Reason)
    return need


def missing(count: int, percent: int, label: str) -> Reason:
    params: dict[str, object] = {"count": count, "part_label": Text(label), "percent": Decimal(percent)}
    return Reason("scoring.need.share_missing", params)  # type: ignore[arg-type] # a dict of its values


RECOGNISED, TRAINED = "công dân đạt danh hiệu", "công dân đạt"


def test_a_computed_share_says_how_many_are_missing() -> None:
    """TT 25/2023 Điều 6 khoản 5 điểm a: 60 % công dân đạt danh hiệu; 48 of 100 are 12 short."""
    assert needing("tc5_ct1", Derived(48, 100)) == missing(12, 60, RECOGNISED)
    assert needing("tc5_ct1", Derived(59, 100)) == missing(1, 60, RECOGNISED)
    assert needing("tc5_ct1", Derived(60, 100)) is None
    assert needing("tc5_ct1", Derived(60, 100), level=2) == missing(20, 80, RECOGNISED)
    assert needing("tc5_ct1", Derived(60, 101)) == missing(1, 60, RECOGNISED)  # 60 % of 101 is 60.6, so 61


def test_the_lower_limit_of_a_difficult_area_is_said() -> None:
    """TT 25/2023 Điều 6 khoản 5 điểm b: 50 %, vùng khó khăn 40 %."""
    in_town, in_the_hills = {"citizens": 100}, {"citizens": 100, "difficult_area": 1}
    share = Share(38, 100)

    assert needing("tc5_ct2_dao_tao", share, in_town) == missing(12, 50, TRAINED)
    assert needing("tc5_ct2_dao_tao", share, in_the_hills) == Reason(
        "scoring.need.in_difficult_area", {"need": missing(2, 40, TRAINED)}
    )
    assert needing("tc5_ct2_dao_tao", share, in_the_hills, level=2) == Reason(
        "scoring.need.in_difficult_area", {"need": missing(12, 50, TRAINED)}
    )


def test_a_limit_met_in_a_difficult_area_only_is_said_in_the_reason() -> None:
    """TT 25/2023 Điều 6, 7 khoản 5 điểm b: 40 % and 50 % instead of 50 % and 60 %."""
    for part, said in ((39, False), (40, True), (50, True), (59, True), (60, False)):
        line = score(COMMUNE, {"tc5_ct2_dao_tao": Share(part, 100)}, {"difficult_area": 1}, IN_2026).line(
            "tc5_ct2_dao_tao"
        )
        reason = explain_answer(line)
        assert (reason.code == "scoring.reason.in_difficult_area") is said, part
        plain = reason.params["reason"] if said else reason
        assert isinstance(plain, Reason)
        assert plain.code == ("scoring.reason.share_band_lowest" if part == 39 else "scoring.reason.share_band")


def test_a_condition_on_something_else_is_said_as_one() -> None:
    own_limit = replace(DIFFICULT, fact="adults")
    rule = NumberRule(
        Decimal(0),
        Decimal(9),
        (Band(Decimal(0), FAILED), Band(Decimal(2), PASSED, own_limit), Band(Decimal(5), PASSED)),
        Text("lớp"),
    )
    criteria = replace(
        COMMUNE,
        criteria=(replace(COMMUNE.criteria[0], indicators=(replace(COMMUNE.indicators[0], rule=rule),)),),
        titles=COMMUNE.titles[1:],
    )
    low = score(criteria, {"tc1_ct1": Quantity(Decimal(1))}, {"adults": 1}, IN_2026)
    met = score(criteria, {"tc1_ct1": Quantity(Decimal(2))}, {"adults": 1}, IN_2026)

    assert low.way_up is not None
    assert explain_way_up(low.way_up)[1].params["need"] == Reason(
        "scoring.need.by_condition",
        {"need": Reason("scoring.need.number_at_least", {"at_least": Decimal(2), "unit": Text("lớp")})},
    )
    assert explain_answer(met.lines[0]).code == "scoring.reason.by_condition"


def test_the_least_option_that_passes_is_named() -> None:
    """TT 25/2023 Điều 6, 7 khoản 4 điểm b: mức độ 2; mức độ 3."""
    at_least = {"option": Text("Mức độ 2")}
    assert needing("tc4_ct2", Chosen("chua")) == Reason("scoring.need.option_from", at_least)
    assert needing("tc4_ct2", Chosen("muc_2"), level=2) == Reason(
        "scoring.need.option_only", {"option": Text("Mức độ 3")}
    )


def test_what_is_not_answered_needs_an_answer() -> None:
    assert needing("tc1_ct1", YesNo(False)) == Reason("scoring.need.yes", {})
    assert needing("tc1_ct1", None) == Reason("scoring.need.not_answered", {"need": Reason("scoring.need.yes", {})})
    again = needing("tc1_ct1", Chosen("co"))
    assert again is not None
    assert again.code == "scoring.need.answer_again"


def test_an_open_share_says_how_many_of_a_known_whole() -> None:
    open_share = needing("tc5_ct2_dai_hoc", None, {"citizens": 99})
    unknown = needing("tc5_ct2_dai_hoc", None)

    counts = {"fewest": 12, "whole": 99, "part_label": Text(TRAINED), "percent": Decimal(12)}
    labels = {"percent": Decimal(12), "part_label": Text(TRAINED), "whole_label": Text("công dân trong xã")}
    assert open_share == Reason(
        "scoring.need.not_answered",
        {"need": Reason("scoring.need.share_of", counts)},  # type: ignore[arg-type] # a dict of its values
    )
    assert unknown == Reason(
        "scoring.need.not_answered",
        {"need": Reason("scoring.need.share_at_least", labels)},  # type: ignore[arg-type] # likewise
    )


def test_a_minimum_of_each_indicator_says_what_reaches_it() -> None:
    """QĐ 324: không chỉ số nào dưới 5; each of the ten is graded."""
    answers: dict[str, Answer] = {f"cs{n}": Chosen("tot") for n in range(1, 10)}
    sheet = score(CITIZEN, {**answers, "cs10": Chosen("chua")}, {}, IN_2026)

    (obstacle,) = explain_obstacles(sheet)

    assert obstacle.code == "scoring.obstacle.indicator_minimum_needs"
    assert obstacle.params["need"] == Reason("scoring.need.option_from", {"option": Text("Đạt")})


def test_a_way_of_points_names_only_the_gain() -> None:
    """Where only the total is short, every indicator may be the one that brings it."""
    sheet = score(CITIZEN, {f"cs{n}": Chosen("kha") for n in range(1, 11)}, {}, IN_2026)

    assert sheet.way_up is not None
    assert {step.need for step in sheet.way_up.improvements} == {None}


# --- rules where more is not better ----------------------------------------------------------------------------------


def of_rule(rule: Rule, answer: Answer | None = None, profile: Profile | None = None) -> Need | None:
    return need_of(replace(COMMUNE.indicators[0], rule=rule), answer, profile or {}, lambda w: bool(w.passes_level))


def bands(*limits: tuple[str, Worth]) -> tuple[Band, ...]:
    return tuple(Band(Decimal(limit), worth) for limit, worth in limits)


POOR = ShareRule(Text("hộ nghèo"), Text("hộ"), bands(("0", PASSED), ("5", FAILED)))
COMPLAINTS = NumberRule(Decimal(0), Decimal(100), bands(("0", PASSED), ("3", FAILED)), Text("vụ"))
MIDDLE = NumberRule(Decimal(0), Decimal(9), bands(("0", FAILED), ("2.5", PASSED), ("4", FAILED)), Text("giờ"), 1)


def test_a_no_that_passes_is_needed() -> None:
    assert of_rule(YesNoRule(FAILED, PASSED), YesNo(True)) == YesNoNeed(False)
    assert of_rule(YesNoRule(FAILED, FAILED)) is None


def test_where_less_is_better_the_most_is_named() -> None:
    labels = (Text("hộ nghèo"), Text("hộ"))

    assert of_rule(COMPLAINTS, Quantity(Decimal(7))) == NumberNeed(None, Decimal(2), Text("vụ"))
    assert of_rule(POOR, Share(9, 100)) == ShareNeed(Decimal(0), Decimal(5), *labels, 100, 0, 4, 9)
    assert of_rule(POOR) == ShareNeed(Decimal(0), Decimal(5), *labels)


def test_where_the_middle_is_best_both_limits_are_named() -> None:
    assert of_rule(MIDDLE, Quantity(Decimal(1))) == NumberNeed(Decimal("2.5"), Decimal("3.9"), Text("giờ"))


def test_the_nearest_of_two_stretches_is_named() -> None:
    edges = replace(MIDDLE, bands=bands(("0", PASSED), ("2", FAILED), ("8", PASSED)))

    assert of_rule(edges, Quantity(Decimal(3))) == NumberNeed(None, Decimal("1.9"), Text("giờ"))
    assert of_rule(edges, Quantity(Decimal(7))) == NumberNeed(Decimal(8), None, Text("giờ"))


@pytest.mark.parametrize(
    ("percent", "whole", "fewest"),
    [
        ("60", 5, 3),
        ("60", 101, 61),
        ("0", 7, 0),
        ("100", 7, 7),
        ("33.33", 3, 1),
        ("33.34", 3, 2),
        ("0.01", 10**30, 10**26),
    ],
)
def test_the_fewest_that_are_so_many_per_cent(percent: str, whole: int, fewest: int) -> None:
    assert fewest_of(Decimal(percent), whole) == fewest


# --- for any rule ----------------------------------------------------------------------------------------------------


def fulfils(need: Need, answer: Answer) -> bool:
    """Whether an answer gives what a need names."""
    match need, answer:
        case YesNoNeed(), YesNo():
            return answer.value is need.value
        case OptionNeed(), Chosen():
            return answer.option == need.option.id
        case NumberNeed(), Quantity():
            return (need.at_least is None or answer.value >= need.at_least) and (
                need.at_most is None or answer.value <= need.at_most
            )
        case ShareNeed(), Share() | Derived():
            percent = (
                Decimal(answer.part * 100) / answer.whole
            )  # of 100 or of up to four: exact enough for whole limits
            is_within = need.at_least <= percent and (need.below is None or percent < need.below)
            if need.fewest is not None and need.most is not None:
                assert is_within == (need.fewest <= answer.part <= need.most)
            return is_within
        case _:
            return False


def whole_of(indicator: Indicator, answer: Answer | None, profile: Profile) -> int | None:
    known = known_whole(indicator, profile)
    is_fitting = answer is not None and judge(indicator.rule, answer, profile) is not None
    if is_fitting and isinstance(answer, Share | Derived):
        return answer.whole
    return known


@given(st.data())
def test_what_is_needed_passes_and_nothing_less_does(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(by_points=False)), data.draw(profiles)
    answers, level = data.draw(answered(criteria)), data.draw(st.integers(1, 3))
    indicator = data.draw(st.sampled_from(criteria.indicators))
    answer = answers.get(indicator.id)
    whole = whole_of(indicator, answer, profile)

    need = need_of(indicator, answer, profile, lambda worth: (worth.passes_level or 0) >= level)

    tried = [(a, judge(indicator.rule, a, profile)) for a in candidates(indicator, whole)]
    passing = [a for a, judged in tried if judged is not None and (judged.worth.passes_level or 0) >= level]
    assert (need is None) == (not passing)
    if need is None:
        return
    assert [a for a in passing if fulfils(need, a)], "what is needed can be answered"
    if isinstance(need, OptionNeed):
        assert need.is_only == (len(passing) == 1)
        least = min((j.worth.passes_level or 0) for a, j in tried if j is not None and a in passing)
        assert need.option.worth.passes_level == least
    else:
        assert not [a for a, _ in tried if a not in passing and fulfils(need, a)], "and it always passes"
    rule = indicator.rule
    if isinstance(need, ShareNeed) and isinstance(rule, ShareRule | DerivedRule) and need.part is not None:
        assert whole is not None
        parts = [a.part for a in passing if isinstance(a, Share | Derived)]
        distance = max(need.fewest - need.part, need.part - need.most, 0) if need.most is not None else 0  # type: ignore[operator] # both are known with the part
        assert distance == min(abs(part - need.part) for part in parts)


@given(st.data())
def test_every_step_to_a_level_says_its_need(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(by_points=False)), data.draw(profiles)
    sheet = score(criteria, data.draw(answered(criteria)), profile, IN_2026)

    for step in sheet.way_up.improvements if sheet.way_up else ():
        line = sheet.line(step.indicator.id)
        assert step.state is line.state
        if step.need is None:  # only where the whole answered differs from the one on record, and nothing of it passes
            assert isinstance(step.indicator.rule, DerivedRule)
            assert best_worth(step.indicator, None, profile).passes_level


def test_where_points_are_given_outright_the_minimum_is_all_there_is_to_say() -> None:
    least_five = PointsTitle("dat", Text("Đạt"), Decimal(0), min_per_indicator=Decimal(5))
    indicator = replace(CITIZEN.indicators[0], rule=PointsRule(Decimal(10)))
    criterion = replace(CITIZEN.criteria[0], indicators=(indicator,), max_points=Decimal(10))
    criteria = replace(CITIZEN, criteria=(criterion,), titles=(least_five,))

    sheet = score(criteria, {"cs1": Quantity(Decimal(4))}, {}, IN_2026)

    assert [reason.code for reason in explain_obstacles(sheet)] == ["scoring.obstacle.indicator_minimum"]
