"""Trying new rules out says for whom they change something, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.errors import CriteriaNotInForce
from bot.scoring.model import Answer, Chosen, CriteriaSet, PointsTitle, Text
from bot.scoring.score import score
from bot.scoring.sheet import LineState, ScoreSheet
from bot.scoring.table import Sheet
from bot.scoring.trying import Move, TryOut, try_out
from tests.scoring.law_sets import CITIZEN, DIFFICULT, IN_2026
from tests.scoring.strategies import ON, answered, criteria_sets, profiles

NOBODY = TryOut(0, 0, 0, 0, 0, (), 0, 0, 0, ())


def graded(*grades: str, difficult: int = 0) -> Sheet:
    """Answers to the ten indicators of a citizen, in order."""
    return {f"cs{n}": Chosen(grade) for n, grade in enumerate(grades, 1)}, {"difficult_area": difficult}


EIGHTY = graded(*["tot"] * 6, *["dat"] * 4)
NINETY = graded(*["tot"] * 8, *["dat"] * 2)
FIFTY = graded(*["dat"] * 10)


def with_minimum(*minimums: int) -> CriteriaSet:
    """The citizen set with titles of these minimums, best first, named after them."""
    titles = tuple(PointsTitle(f"t{n}", Text(f"Hạng {k}"), Decimal(n)) for k, n in enumerate(minimums, 1))
    return replace(CITIZEN, titles=titles)


def tried(old: CriteriaSet, new: CriteriaSet, *sheets: Sheet) -> TryOut:
    return try_out(old, new, sheets, IN_2026, IN_2026)


def test_a_lower_limit_lets_some_gain_and_a_higher_one_lets_some_lose() -> None:
    old, easier, harder = with_minimum(80), with_minimum(50), with_minimum(90)
    renamed = replace(easier, titles=(replace(easier.titles[0], id="t80"),))

    gain = tried(old, renamed, EIGHTY, FIFTY, FIFTY)
    assert (gain.count, gain.gaining, gain.losing, gain.unchanged) == (3, 2, 0, 1)
    assert gain.moves == (
        Move(old.titles[0], renamed.titles[0], 1),
        Move(None, renamed.titles[0], 2),
    )
    loss = tried(old, harder, EIGHTY, NINETY, FIFTY)
    assert (loss.gaining, loss.losing, loss.unchanged, loss.losing_until_answered) == (0, 1, 2, 0)


def test_better_and_lesser_titles_are_gains_and_losses() -> None:
    old = with_minimum(90, 50)
    new = replace(old, titles=(PointsTitle("t90", Text("Hạng 1"), Decimal(80)), old.titles[1]))

    assert (tried(old, new, EIGHTY).gaining, tried(old, new, EIGHTY).losing) == (1, 0)
    assert (tried(new, old, EIGHTY).gaining, tried(new, old, EIGHTY).losing) == (0, 1)


def test_titles_of_one_name_are_one_title() -> None:
    """QĐ 324: 70 points in difficult areas bring the same title as 80 elsewhere."""
    sheet = graded(*["tot"] * 6, *["dat"] * 4, difficult=1)
    only_hills = replace(CITIZEN, titles=(replace(CITIZEN.titles[1], when=DIFFICULT),))

    out = tried(CITIZEN, only_hills, sheet)

    assert (out.gaining, out.losing, out.renamed, out.unchanged) == (0, 0, 0, 1)
    assert out.moves == (Move(CITIZEN.titles[0], only_hills.titles[0], 1),)


def test_titles_that_neither_set_compares_are_neither_gain_nor_loss() -> None:
    other = replace(CITIZEN, titles=(PointsTitle("xuat_sac", Text("Xuất sắc"), Decimal(50)),))

    out = tried(CITIZEN, other, EIGHTY, FIFTY)

    assert (out.gaining, out.losing, out.renamed, out.unchanged) == (1, 0, 1, 0)


def test_a_new_indicator_needs_an_answer_and_a_loss_may_end_with_it() -> None:
    extra = replace(CITIZEN.indicators[0], id="cs11")
    more = replace(CITIZEN.criteria[2], indicators=(*CITIZEN.criteria[2].indicators, extra), max_points=Decimal(30))
    new = replace(CITIZEN, criteria=(*CITIZEN.criteria[:2], more))
    open_already: Sheet = ({**EIGHTY[0], "cs1": Chosen("gone")}, {})

    out = tried(CITIZEN, new, EIGHTY, FIFTY, open_already)

    assert (out.losing, out.losing_until_answered) == (1, 1)
    assert (out.incomplete, out.needing_answers) == (1, 3)
    assert out.new_questions == (("cs11", 3),)


def test_a_total_between_two_titles_is_counted() -> None:
    """TT 44/2014: a gap between the bands."""
    best, lower = (PointsTitle(f"t{n}", Text(f"Hạng {n}"), Decimal(n)) for n in (90, 50))
    old, gapped = (replace(CITIZEN, titles=(best, replace(lower, up_to=up_to))) for up_to in (None, Decimal(79)))

    out = tried(old, gapped, EIGHTY, FIFTY)

    assert out.between == 1
    assert out.losing == 1
    assert out.moves[-1].new is None


def test_no_sheets_are_no_changes() -> None:
    assert tried(CITIZEN, CITIZEN) == NOBODY


def test_sheets_are_read_once_one_after_another() -> None:
    drawn: list[int] = []

    def stream() -> Iterator[Sheet]:
        for n in range(3):
            drawn.append(n)
            yield EIGHTY

    assert try_out(CITIZEN, CITIZEN, stream(), IN_2026, IN_2026).unchanged == 3
    assert drawn == [0, 1, 2]


def test_a_set_not_in_force_on_its_day_is_refused() -> None:
    with pytest.raises(CriteriaNotInForce):
        try_out(CITIZEN, CITIZEN, (), IN_2026, CITIZEN.valid_from.replace(year=2020))


# --- against scoring each sheet --------------------------------------------------------------------------------------


def open_in(sheet: ScoreSheet) -> set[str]:
    return {line.indicator.id for line in sheet.lines if line.state in (LineState.NOT_ANSWERED, LineState.ANSWER_UNFIT)}


def named(sheet: ScoreSheet) -> str | None:
    return sheet.title.name.vi if sheet.title else None


@given(st.data())
def test_every_number_is_what_scoring_each_sheet_says(data: st.DataObject) -> None:
    old, new = data.draw(criteria_sets(max_indicators=4)), data.draw(criteria_sets(max_indicators=4))
    sheets: list[tuple[dict[str, Answer], dict[str, int]]] = [
        (data.draw(answered(old)), data.draw(profiles)) for _ in range(data.draw(st.integers(1, 4)))
    ]
    pairs = [(score(old, *sheet, ON), score(new, *sheet, ON)) for sheet in sheets]

    out = try_out(old, new, sheets, ON, ON)

    assert out.count == len(sheets) == sum(move.count for move in out.moves)
    assert out.incomplete == sum(not was.is_complete for was, _ in pairs)
    assert out.between == sum(becomes.between is not None for _, becomes in pairs)
    fresh = [open_in(becomes) - open_in(was) for was, becomes in pairs]
    assert out.needing_answers == sum(map(bool, fresh))
    assert dict(out.new_questions) == {i.id: n for i in new.indicators if (n := sum(i.id in asked for asked in fresh))}
    for move in out.moves:
        assert move.count == sum((was.title, becomes.title) == (move.old, move.new) for was, becomes in pairs)
    from_none = sum(was.title is None and becomes.title is not None for was, becomes in pairs)
    to_none = sum(was.title is not None and becomes.title is None for was, becomes in pairs)
    alike = sum(named(was) == named(becomes) for was, becomes in pairs)
    assert out.gaining >= from_none
    assert out.losing >= to_none
    assert out.unchanged >= alike
    assert out.unchanged + out.gaining + out.losing + out.renamed == out.count
    assert out.losing_until_answered <= out.losing


@given(st.data())
def test_the_same_rules_change_nothing(data: st.DataObject) -> None:
    criteria = data.draw(criteria_sets())
    sheets = [(data.draw(answered(criteria)), data.draw(profiles)) for _ in range(3)]

    out = try_out(criteria, criteria, sheets, ON, ON)

    assert (out.gaining, out.losing, out.renamed, out.unchanged) == (0, 0, 0, 3)
    assert (out.needing_answers, out.new_questions) == (0, ())
