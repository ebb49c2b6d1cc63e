"""Titles and the shortest way up, proven against trying everything."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.scoring.judging import judge, rank
from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Derived,
    DerivedRule,
    PointsTitle,
    Profile,
    Quantity,
    Share,
    ShareRule,
    Title,
    WhenNotApplicable,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.sheet import LineState, ScoreLine, ScoreSheet
from bot.scoring.shipped import load_shipped
from bot.scoring.titles import Hurdle, is_open_to, obstacles
from tests.scoring.law_sets import CITIZEN, COMMUNE, DIFFICULT, IN_2026
from tests.scoring.strategies import ON, answered, candidates, criteria_sets, known_whole, profiles

# --- trying everything -----------------------------------------------------------------------------------------------


def best_answer(line: ScoreLine, profile: Profile) -> Answer | None:
    """The first of the best answers, found by trying them all; None where nothing is better than now."""
    whole = known_whole(line.indicator, profile)
    answer = line.answer
    if whole is None and isinstance(answer, Share | Derived) and 0 <= answer.part <= answer.whole != 0:
        is_own_kind = isinstance(answer, Share) == isinstance(line.indicator.rule, ShareRule)
        if is_own_kind and isinstance(line.indicator.rule, ShareRule | DerivedRule):
            whole = answer.whole
    best: Answer | None = None
    best_rank = max(line.points, Decimal(line.passes_level or 0))
    for candidate in candidates(line.indicator, whole):
        judged = judge(line.indicator.rule, candidate, profile)
        if judged is not None and rank(judged.worth) > best_rank:
            best, best_rank = candidate, rank(judged.worth)
    return best


def place(criteria: CriteriaSet, title: Title | None) -> int:
    """0 for the best title; beyond the last one for none."""
    return criteria.titles.index(title) if title is not None else len(criteria.titles)


def standing(sheet: ScoreSheet) -> int:
    """The place of the title; in the gap above a title, of that one."""
    return place(sheet.criteria, sheet.between[0] if sheet.between else sheet.title)


def improvable(sheet: ScoreSheet, profile: Profile) -> dict[str, Answer]:
    """{indicator id: its best answer}, where that is better than now."""
    found = {
        line.indicator.id: best_answer(line, profile)
        for line in sheet.lines
        if line.state is not LineState.NOT_APPLICABLE
    }
    return {indicator_id: answer for indicator_id, answer in found.items() if answer is not None}


def ways(
    sheet: ScoreSheet, answers: dict[str, Answer], profile: Profile, size: int
) -> Iterator[tuple[frozenset[str], ScoreSheet]]:
    """Every choice of `size` indicators taken to their best answer, and the sheet that gives."""
    best = improvable(sheet, profile)
    for ids in combinations(best, size):
        changed = {**answers, **{indicator_id: best[indicator_id] for indicator_id in ids}}
        yield frozenset(ids), score(sheet.criteria, changed, profile, ON)


@settings(max_examples=150)
@given(st.data())
def test_no_way_is_shorter_or_wins_more(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(max_indicators=5)), data.draw(profiles)
    answers = data.draw(answered(criteria))
    sheet = score(criteria, answers, profile, ON)
    way = sheet.way_up
    if way is None:
        return
    ids = frozenset(step.indicator.id for step in way.improvements)
    reaching: dict[frozenset[str], ScoreSheet] = {}
    for size in range(len(ids) + 1):
        reaching = {
            chosen: after
            for chosen, after in ways(sheet, answers, profile, size)
            if not obstacles(way.title, after.lines, after.total)
        }
        if reaching:
            break

    assert ids in reaching, "the way is among the shortest that reach its title"
    assert reaching[ids].total == max(after.total for after in reaching.values())
    assert standing(reaching[ids]) <= place(criteria, way.title) < standing(sheet)


@settings(max_examples=150)
@given(st.data())
def test_the_way_leads_to_the_nearest_title_that_can_be_reached(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(max_indicators=5)), data.draw(profiles)
    answers = data.draw(answered(criteria))
    sheet = score(criteria, answers, profile, ON)
    ((_, at_best),) = ways(sheet, answers, profile, len(improvable(sheet, profile)))
    better = [t for t in criteria.titles[: standing(sheet)] if is_open_to(t, profile)]
    reachable = [title for title in better if not obstacles(title, at_best.lines, at_best.total)]

    assert (sheet.way_up.title if sheet.way_up else None) == (reachable[-1] if reachable else None)


@given(st.data())
def test_gains_are_what_the_best_answers_add(data: st.DataObject) -> None:
    criteria, profile = data.draw(criteria_sets(by_points=True)), data.draw(profiles)
    answers = data.draw(answered(criteria))
    sheet = score(criteria, answers, profile, ON)
    best = improvable(sheet, profile)

    for step in sheet.way_up.improvements if sheet.way_up else ():
        after = score(criteria, {**answers, step.indicator.id: best[step.indicator.id]}, profile, ON)
        assert after.line(step.indicator.id).points == sheet.line(step.indicator.id).points + step.gain


# --- Công dân học tập: 80 in all (70 in difficult areas) and no indicator below 5 ------------------------------------


def graded(*grades: str) -> dict[str, Answer]:
    """Answers to the ten indicators, in order."""
    return {f"cs{n}": Chosen(grade) for n, grade in enumerate(grades, 1)}


def title_of(sheet: ScoreSheet) -> str | None:
    return sheet.title.id if sheet.title else None


@pytest.mark.parametrize(
    ("answers", "difficult", "total", "title"),
    [
        (graded(*["tot"] * 6, *["dat"] * 4), 0, 6 * 10 + 4 * 5, "cong_dan"),  # exactly 80
        (graded(*["tot"] * 5, *["kha"] * 2, *["dat"] * 3), 0, 5 * 10 + 2 * 7 + 3 * 5, None),  # 79
        (graded(*["tot"] * 9, "chua"), 0, 9 * 10 + 0, None),  # 90, but one below 5
        (graded(*["tot"] * 4, *["dat"] * 6), 1, 4 * 10 + 6 * 5, "cong_dan_kho_khan"),  # exactly 70
        (graded(*["tot"] * 4, *["dat"] * 6), 0, 4 * 10 + 6 * 5, None),
        (graded(*["tot"] * 3, "kha", *["dat"] * 6), 1, 3 * 10 + 7 + 6 * 5, None),  # 67
        (graded(*["tot"] * 6, *["dat"] * 4), 1, 6 * 10 + 4 * 5, "cong_dan"),
    ],
)
def test_a_citizen_needs_the_total_and_five_points_everywhere(
    answers: dict[str, Answer], difficult: int, total: int, title: str | None
) -> None:
    """QĐ 324/QĐ-KHVN: từ 80 điểm (vùng khó khăn từ 70, thấy ở QĐ 244), không chỉ số nào dưới 5."""
    sheet = score(CITIZEN, answers, {"difficult_area": difficult}, IN_2026)

    assert sheet.total == total
    assert title_of(sheet) == title


def test_what_is_below_the_minimum_comes_first_even_where_points_suffice() -> None:
    """QĐ 324: 90 điểm nhưng một chỉ số dưới 5."""
    sheet = score(CITIZEN, graded(*["tot"] * 9, "chua"), {}, IN_2026)

    assert sheet.way_up is not None
    assert [(step.indicator.id, step.gain) for step in sheet.way_up.improvements] == [("cs10", Decimal(10))]
    assert sheet.way_up.missing == 0
    assert [o.hurdle for o in obstacles(CITIZEN.titles[0], sheet.lines, sheet.total)] == [Hurdle.INDICATOR_MINIMUM]


def test_ties_follow_the_order_of_the_document() -> None:
    sheet = score(CITIZEN, graded(*["dat"] * 3, *["tot"] * 4, *["dat"] * 3), {}, IN_2026)

    assert sheet.way_up is not None
    assert [step.indicator.id for step in sheet.way_up.improvements] == ["cs1", "cs2"]
    assert sheet.way_up.missing == 80 - (4 * 10 + 6 * 5)


def test_a_title_not_open_to_a_subject_is_no_goal() -> None:
    in_town = score(CITIZEN, graded(*["dat"] * 10), {"difficult_area": 0}, IN_2026)
    in_the_hills = score(CITIZEN, graded(*["dat"] * 10), {"difficult_area": 1}, IN_2026)

    assert in_town.way_up is not None
    assert in_town.way_up.title.id == "cong_dan"
    assert in_the_hills.way_up is not None
    assert in_the_hills.way_up.title.id == "cong_dan_kho_khan"


def test_with_the_best_title_there_is_no_way_up() -> None:
    assert score(CITIZEN, graded(*["tot"] * 10), {}, IN_2026).way_up is None


# --- Cộng đồng học tập cấp xã: every indicator passes the level ------------------------------------------------------


def commune(**changed: Answer) -> dict[str, Answer]:
    """Answers that pass level 2, but for what is changed."""
    return {
        "tc1_ct1": YesNo(True),
        "tc4_ct2": Chosen("muc_3"),
        "tc5_ct1": Derived(80, 100),
        "tc5_ct2_dao_tao": Share(60, 100),
        "tc5_ct2_dai_hoc": Share(15, 100),
        **changed,
    }


@pytest.mark.parametrize(
    ("answers", "title"),
    [
        (commune(), "muc_do_2"),
        (commune(tc4_ct2=Chosen("muc_2")), "muc_do_1"),
        (commune(tc5_ct1=Derived(79, 100)), "muc_do_1"),
        (commune(tc5_ct1=Derived(60, 100)), "muc_do_1"),
        (commune(tc5_ct1=Derived(59, 100)), None),
        (commune(tc1_ct1=YesNo(False)), None),
    ],
)
def test_a_level_needs_every_indicator(answers: dict[str, Answer], title: str | None) -> None:
    """TT 25/2023 Điều 6, 7: chỉ công nhận mức độ khi mọi chỉ tiêu của mức độ đó đều đạt."""
    assert title_of(score(COMMUNE, answers, {"citizens": 100}, IN_2026)) == title


def test_the_way_to_a_level_is_every_indicator_below_it() -> None:
    """TT 25/2023 Điều 7."""
    answers = commune(tc4_ct2=Chosen("muc_2"), tc5_ct2_dai_hoc=Share(12, 100))

    way = score(COMMUNE, answers, {"citizens": 100}, IN_2026).way_up

    assert way is not None
    assert way.title.id == "muc_do_2"
    assert [(step.indicator.id, step.gain) for step in way.improvements] == [
        ("tc4_ct2", Decimal(0)),
        ("tc5_ct2_dai_hoc", Decimal(0)),
    ]


# --- no zero: Cộng đồng học tập cấp xã của TT 44/2014 gave no title with a criterion at zero -------------------------


def with_rule(*, no_zero_indicator: bool = False, no_zero_criterion: bool = False) -> CriteriaSet:
    """The citizen set with a low total and a no-zero rule instead of a minimum."""
    title = PointsTitle(
        "dat",
        CITIZEN.titles[0].name,
        Decimal(50),
        no_zero_indicator=no_zero_indicator,
        no_zero_criterion=no_zero_criterion,
    )
    return replace(CITIZEN, titles=(title,))


def test_a_criterion_at_zero_bars_the_title_whatever_the_total() -> None:
    """TT 44/2014: không có tiêu chí bị điểm 0."""
    criteria = with_rule(no_zero_criterion=True)
    answers = graded(*["tot"] * 8, "chua", "chua")

    sheet = score(criteria, answers, {}, IN_2026)

    assert sheet.total == 80
    assert sheet.title is None
    assert sheet.way_up is not None
    assert [step.indicator.id for step in sheet.way_up.improvements] == ["cs9"]
    assert [o.hurdle for o in obstacles(criteria.titles[0], sheet.lines, sheet.total)] == [Hurdle.ZERO_CRITERION]
    assert title_of(score(criteria, {**answers, "cs9": Chosen("dat")}, {}, IN_2026)) == "dat"


def test_an_indicator_at_zero_bars_the_title_whatever_the_total() -> None:
    criteria = with_rule(no_zero_indicator=True)

    sheet = score(criteria, graded(*["tot"] * 8, "chua", "dat"), {}, IN_2026)

    assert sheet.title is None
    assert sheet.way_up is not None
    assert [step.indicator.id for step in sheet.way_up.improvements] == ["cs9"]
    assert [o.hurdle for o in obstacles(criteria.titles[0], sheet.lines, sheet.total)] == [Hurdle.ZERO_INDICATOR]


# --- what does not apply ---------------------------------------------------------------------------------------------


def test_with_excluded_indicators_each_point_counts_for_more() -> None:
    """Of 70 points that apply, 80 % are 56: from 53 the 5 points of one indicator suffice, as 58 * 100 / 70 is 82.9."""
    family = next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")
    excluded = tuple(replace(i, not_applicable=WhenNotApplicable.EXCLUDED) for i in family.criteria[0].indicators)
    criteria = replace(family, criteria=(replace(family.criteria[0], indicators=excluded), *family.criteria[1:]))
    answers: dict[str, Answer] = {
        "nguoi_lon_biet_chu": Share(2, 2),
        "nguoi_lon_hoc_them": Share(1, 2),
        "nguoi_lon_tim_hieu": Chosen("thinh_thoang"),
        "dieu_kien_goc_hoc": YesNo(True),
        "dieu_kien_sach_bao": Quantity(Decimal(20)),
        "dieu_kien_quy": Chosen("deu"),
        "hieu_qua_doi_song": Chosen("mot_it"),
        "hieu_qua_van_hoa": YesNo(True),
        "hieu_qua_cong_dong": Quantity(Decimal(1)),
    }
    raw = 10 + 5 + 5 + 8 + 6 + 6 + 4 + 6 + 3

    sheet = score(criteria, answers, {"adults": 2, "school_age_children": 0}, ON)

    assert sheet.total == Fraction(raw * 100, 70)
    assert sheet.title is None
    assert sheet.way_up is not None
    assert sheet.way_up.missing == 80 - Fraction(raw * 100, 70)
    assert [step.indicator.id for step in sheet.way_up.improvements] == ["nguoi_lon_hoc_them"]


def test_a_criterion_of_which_nothing_applies_is_not_at_zero() -> None:
    """TT 44/2014: không có tiêu chí bị điểm 0; what does not apply has no points to miss."""
    excluded = tuple(
        replace(i, not_applicable=WhenNotApplicable.EXCLUDED, applies_when=DIFFICULT)
        for i in CITIZEN.criteria[2].indicators
    )
    criteria = with_rule(no_zero_criterion=True)
    criteria = replace(criteria, criteria=(*criteria.criteria[:2], replace(criteria.criteria[2], indicators=excluded)))

    sheet = score(criteria, graded(*["tot"] * 8), {"difficult_area": 0}, IN_2026)

    assert title_of(sheet) == "dat"
