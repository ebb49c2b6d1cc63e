"""Signals are worth a look and accuse nobody: what is ordinary raises none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.village.facts import Side
from bot.dialogs.village.review_facts import Signal
from bot.dialogs.village.signals import IN_A_ROW, LEAST_IN_TURN, Given, LookedAt, signals_of
from bot.messages import MESSAGES
from bot.scoring.applicability import applicable
from bot.scoring.model import (
    Answer,
    Chosen,
    CriteriaSet,
    Derived,
    DerivedRule,
    Indicator,
    LevelTitle,
    NumberRule,
    OneOfRule,
    Quantity,
    Share,
    ShareRule,
    SubjectKind,
    YesNo,
    YesNoRule,
)
from bot.scoring.shipped import load_shipped

NOON = datetime(2026, 11, 20, 5, 0, tzinfo=UTC)
PROFILE = {"adults": 2, "school_age_children": 0, "difficult_area": 0}


def sample_set() -> CriteriaSet:
    return next(each for each in load_shipped() if each.subject is SubjectKind.HOUSEHOLD)


CRITERIA = sample_set()
ASKED = applicable(CRITERIA, PROFILE)


def answer(indicator: Indicator, *, best: bool = True) -> Answer:
    """The best or the worst answer to a question of the sample set."""
    match indicator.rule:
        case YesNoRule():
            return YesNo(best)
        case OneOfRule(options):
            return Chosen((options[0] if best else options[-1]).id)
        case NumberRule(minimum, maximum):
            return Quantity(maximum if best else minimum)
        case _:
            return Share(2 if best else 0, 2)


def sheet(
    number: int,
    *,
    worst: int = 0,
    every_s: float = 20,
    side: Side = Side.SUBJECT,
    channel: str = "telegram",
    together: int = 0,
) -> LookedAt:
    """A sheet answered question by question.

    Args:
        worst: how many of the first questions have the worst answer.
        every_s: seconds between two answers.
        together: how many of the first answers were given in one turn.
    """
    begun = NOON + timedelta(hours=number)
    said = {
        indicator.id: Given(
            answer(indicator, best=n >= worst),
            side,
            number,
            channel,
            begun if n < together else begun + timedelta(seconds=n * every_s),
        )
        for n, indicator in enumerate(ASKED)
    }
    return LookedAt(number, CRITERIA, PROFILE, said)


def test_answers_quicker_than_reading_are_worth_a_look() -> None:
    assert signals_of([sheet(1, worst=2, every_s=2.9)]) == {1: (Signal.IN_SECONDS,)}


def test_three_seconds_a_question_are_enough() -> None:
    assert signals_of([sheet(1, worst=2, every_s=3)]) == {}


def test_a_head_who_fills_in_quickly_is_no_signal() -> None:
    assert signals_of([sheet(1, worst=2, every_s=1, side=Side.HEAD)]) == {}


def test_excel_is_no_conversation() -> None:
    assert signals_of([sheet(1, worst=2, every_s=1, channel="excel")]) == {}


def test_answers_kept_from_last_year_in_one_tap_are_not_quick() -> None:
    assert signals_of([sheet(1, worst=2, every_s=0, together=len(ASKED))]) == {}


def test_few_quick_answers_are_no_signal() -> None:
    left = LEAST_IN_TURN - 1
    assert signals_of([sheet(1, worst=2, every_s=1, together=len(ASKED) - left)]) == {}


def test_every_answer_the_best_one_is_worth_a_look_and_one_less_is_not() -> None:
    found = signals_of([sheet(1), sheet(2, worst=1)])
    assert found == {1: (Signal.ALL_BEST,)}


def test_an_open_question_is_not_the_best_answer() -> None:
    whole = sheet(1)
    said = dict(whole.given)
    del said[ASKED[0].id]
    assert signals_of([LookedAt(1, CRITERIA, PROFILE, said)]) == {}


BY_LEVEL = next(
    each
    for each in load_shipped()
    if each.titles and all(isinstance(title, LevelTitle) for title in each.titles) and not each.is_structure_only
)
PLACE = {"difficult_area": 0, "citizens": 10, "households": 10, "clans": 10, "members": 10, "communes": 10}


def by_level(*, is_best: bool) -> LookedAt:
    """A sheet of a set that is judged by levels; its first question is answered well or not."""
    said: dict[str, Given] = {}
    for n, indicator in enumerate(applicable(BY_LEVEL, PLACE)):
        whole = 10 if is_best or n else 0
        match indicator.rule:
            case YesNoRule():
                value: Answer = YesNo(bool(whole))
            case ShareRule():
                value = Share(whole, 10)
            case DerivedRule():
                value = Derived(whole, 10)
            case _:
                value = answer(indicator, best=bool(whole))
        said[indicator.id] = Given(value, Side.SUBJECT, 1, "web", NOON + timedelta(minutes=n))
    return LookedAt(1, BY_LEVEL, PLACE, said)


def test_the_highest_level_of_every_question_is_worth_a_look() -> None:
    assert signals_of([by_level(is_best=True)]) == {1: (Signal.ALL_BEST,)}
    assert signals_of([by_level(is_best=False)]) == {}


def test_the_same_answers_in_thirty_households_in_a_row_are_worth_a_look() -> None:
    row = [sheet(n, worst=2) for n in range(IN_A_ROW)]
    assert signals_of(row) == dict.fromkeys(range(IN_A_ROW), (Signal.SAME_IN_A_ROW,))
    assert signals_of(row[1:]) == {}


def test_confirmed_neighbours_make_a_row_and_have_no_signals_any_more() -> None:
    row = [sheet(n, worst=2) for n in range(IN_A_ROW)]
    row = [replace(each, is_waiting=each.assessment_id == 7) for each in row]
    assert signals_of(row) == {7: (Signal.SAME_IN_A_ROW,)}


def test_one_different_household_breaks_the_row() -> None:
    row = [sheet(n, worst=2 if n != IN_A_ROW - 1 else 3) for n in range(2 * IN_A_ROW - 2)]
    assert signals_of(row) == {}


def test_an_answer_for_many_households_makes_no_row() -> None:
    """One question answered for all at once is left out; what is left differs or is too little to compare."""
    at = NOON - timedelta(days=1)
    row = []
    for n in range(2 * IN_A_ROW):
        one = sheet(n, worst=2)
        said = {i: Given(each.answer, Side.HEAD, "head", "web", at) for i, each in one.given.items()}
        row.append(LookedAt(n, CRITERIA, PROFILE, said))
    assert signals_of(row) == {}


@given(
    worst=st.lists(st.integers(0, 9), min_size=1, max_size=50),
    every_s=st.floats(0.5, 60),
    side=st.sampled_from(Side),
)
def test_signals_hang_on_nothing_but_what_was_answered(worst: list[int], every_s: float, side: Side) -> None:
    sheets = [sheet(n, worst=each, every_s=every_s, side=side) for n, each in enumerate(worst)]
    found = signals_of(sheets)
    assert set(found) <= set(range(len(worst)))
    assert all(signals for signals in found.values())
    for n, each in enumerate(worst):
        alone = signals_of([sheets[n]]).get(n, ())
        assert set(alone) <= set(found.get(n, ()))
        assert (Signal.ALL_BEST in found.get(n, ())) is (each == 0)
    assert signals_of(sheets) == found
    if len(sheets) < IN_A_ROW:
        assert all(Signal.SAME_IN_A_ROW not in signals for signals in found.values())


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.integers(4, 600))
def test_slow_answers_are_never_quick(worst: list[int], every_s: int) -> None:
    found = signals_of([sheet(n, worst=each, every_s=every_s) for n, each in enumerate(worst)])
    assert all(Signal.IN_SECONDS not in signals for signals in found.values())


def test_every_signal_has_its_words() -> None:
    for signal in Signal:
        assert f"review.signal.{signal}" in MESSAGES
        assert f"review.mark.{signal}" in MESSAGES
