"""What becomes of answers when the rules change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.carrying import CarriedOver, carry_over
from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Indicator,
    NotApplicable,
    NumberRule,
    OneOfRule,
    Quantity,
    Share,
    YesNo,
)
from bot.scoring.score import score
from bot.scoring.sheet import LineState
from bot.scoring.shipped import load_shipped
from tests.scoring.strategies import ON, answered, criteria_sets, profiles

FAMILY = next(criteria for criteria in load_shipped() if criteria.id == "gia_dinh_mau")
PROFILE = {"adults": 2, "school_age_children": 2}


def changed(indicator_id: str, **fields: object) -> CriteriaSet:
    """The family set with one indicator's rule changed, or without it when nothing is named."""

    def of(indicator: Indicator) -> tuple[Indicator, ...]:
        if indicator.id != indicator_id:
            return (indicator,)
        if not fields:
            return ()
        return (replace(indicator, rule=replace(indicator.rule, **fields)),)  # type: ignore[arg-type] # of its kind

    criteria = tuple(replace(c, indicators=tuple(x for i in c.indicators for x in of(i))) for c in FAMILY.criteria)
    return replace(FAMILY, criteria=criteria)


ANSWERS: dict[str, Answer] = {
    "dieu_kien_quy": Chosen("khi_can"),
    "dieu_kien_sach_bao": Quantity(Decimal(12)),
    "tre_em_di_hoc": Share(1, 2),
    "dieu_kien_goc_hoc": YesNo(False),
}


def test_under_the_same_rules_every_answer_is_kept_in_document_order() -> None:
    assert carry_over(ANSWERS, FAMILY, PROFILE) == CarriedOver(
        ("tre_em_di_hoc", "dieu_kien_goc_hoc", "dieu_kien_sach_bao", "dieu_kien_quy"), (), ()
    )
    assert carry_over(ANSWERS, FAMILY, PROFILE).is_everything_kept


def test_a_retired_option_is_asked_again() -> None:
    rule = next(i.rule for i in FAMILY.indicators if i.id == "dieu_kien_quy")
    assert isinstance(rule, OneOfRule)
    fewer = changed("dieu_kien_quy", options=tuple(o for o in rule.options if o.id != "khi_can"))

    assert carry_over(ANSWERS, fewer, PROFILE).to_ask_again == ("dieu_kien_quy",)


def test_a_number_beyond_a_new_maximum_is_asked_again() -> None:
    rule = next(i.rule for i in FAMILY.indicators if i.id == "dieu_kien_sach_bao")
    assert isinstance(rule, NumberRule)

    carried = carry_over(ANSWERS, changed("dieu_kien_sach_bao", maximum=Decimal(11)), PROFILE)

    assert carried.to_ask_again == ("dieu_kien_sach_bao",)
    assert not carried.is_everything_kept


def test_an_answer_whose_indicator_is_gone_is_dropped() -> None:
    carried = carry_over({**ANSWERS, "cau_cu": YesNo(True)}, changed("dieu_kien_goc_hoc"), PROFILE)

    assert carried.dropped == ("cau_cu", "dieu_kien_goc_hoc")
    assert not carried.to_ask_again


def test_an_answer_stays_with_an_indicator_that_moved_to_another_criterion() -> None:
    first, second, *others = FAMILY.criteria
    moved = replace(
        FAMILY,
        criteria=(
            replace(first, indicators=first.indicators[1:]),
            replace(second, indicators=(*second.indicators, first.indicators[0])),
            *others,
        ),
    )

    assert "tre_em_di_hoc" in carry_over(ANSWERS, moved, PROFILE).kept


def test_what_does_not_apply_is_never_asked_again() -> None:
    """Without children their questions are gone; an answer that fits waits for the facts to change."""
    childless = {"adults": 2, "school_age_children": 0}

    unfit = carry_over({"tre_em_di_hoc": Share(1, 2), "tre_em_nep_song": Chosen("mot")}, FAMILY, childless)

    assert unfit == CarriedOver(kept=("tre_em_nep_song",), to_ask_again=(), dropped=("tre_em_di_hoc",))


def test_not_applicable_is_kept_where_it_may_be_said() -> None:
    said: dict[str, Answer] = {"nguoi_lon_biet_chu": NotApplicable(), "dieu_kien_goc_hoc": NotApplicable()}

    assert carry_over(said, FAMILY, PROFILE) == CarriedOver(("nguoi_lon_biet_chu",), ("dieu_kien_goc_hoc",), ())


@given(st.data())
def test_each_answer_goes_one_way_and_the_kept_ones_score_alike(data: st.DataObject) -> None:
    old, new, profile = data.draw(criteria_sets()), data.draw(criteria_sets()), data.draw(profiles)
    answers = data.draw(answered(old))

    carried = carry_over(answers, new, profile)

    assert sorted([*carried.kept, *carried.to_ask_again, *carried.dropped]) == sorted(answers)
    sheet = score(new, {i: answers[i] for i in carried.kept}, profile, ON)
    assert not [line for line in sheet.lines if line.state is LineState.ANSWER_UNFIT]
    unfit = [x.indicator.id for x in score(new, answers, profile, ON).lines if x.state is LineState.ANSWER_UNFIT]
    assert tuple(unfit) == carried.to_ask_again
