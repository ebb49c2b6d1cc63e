"""Two sides answer one question: what stands is settled by one rule, and neither side loses its say."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given, Settled, settle
from bot.scoring.model import Derived, YesNo

YES, NO = YesNo(value=True), YesNo(value=False)
FAMILY_YES, FAMILY_NO = Given(YES, Side.SUBJECT), Given(NO, Side.SUBJECT)
HEAD_YES, HEAD_NO = Given(YES, Side.HEAD), Given(NO, Side.HEAD)
ANSWERS = st.builds(Given, st.sampled_from([YES, NO, Derived(1, 2, override_reason="sổ thôn")]), st.sampled_from(Side))


@pytest.mark.parametrize(
    ("standing", "other", "new", "settled"),
    [
        (None, None, HEAD_YES, Settled(HEAD_YES)),
        (HEAD_YES, None, HEAD_NO, Settled(HEAD_NO)),
        (FAMILY_YES, None, HEAD_YES, Settled(FAMILY_YES)),
        (FAMILY_YES, None, HEAD_NO, Settled(FAMILY_YES, HEAD_NO)),
        (HEAD_YES, None, FAMILY_NO, Settled(HEAD_YES, FAMILY_NO)),
        (FAMILY_YES, HEAD_NO, HEAD_YES, Settled(FAMILY_YES)),
        (FAMILY_YES, HEAD_NO, FAMILY_NO, Settled(FAMILY_NO)),
        (FAMILY_YES, HEAD_NO, FAMILY_YES, Settled(FAMILY_YES, HEAD_NO)),
    ],
    ids=[
        "the first answer stands",
        "a side overwrites its own",
        "an equal answer of the other side changes nothing",
        "a differing answer of the head is kept beside the family's",
        "a differing answer of the family is kept beside the head's",
        "a side that gives in ends its difference",
        "the standing side that gives in ends the difference",
        "the standing side that says the same again leaves the difference open",
    ],
)
def test_what_becomes_of_an_answer(standing: Given | None, other: Given | None, new: Given, settled: Settled) -> None:
    assert settle(standing, other, new) == settled


def test_a_newer_difference_takes_the_place_of_the_older_one_of_its_side() -> None:
    third = Given(Derived(1, 2, override_reason="sổ thôn"), Side.HEAD)
    assert settle(FAMILY_YES, HEAD_NO, third) == Settled(FAMILY_YES, third)


def test_an_answer_that_no_longer_fits_gives_way_to_either_side() -> None:
    assert settle(HEAD_YES, None, FAMILY_NO, over=YES) == Settled(FAMILY_NO)
    assert settle(HEAD_YES, FAMILY_NO, FAMILY_YES, over=YES) == Settled(FAMILY_YES)
    assert settle(HEAD_NO, None, FAMILY_YES, over=YES) == Settled(HEAD_NO, FAMILY_YES), "it was changed meanwhile"


def test_a_share_counted_in_the_records_is_nobodys_opinion() -> None:
    older, newer = Derived(1, 2, date(2026, 1, 1)), Derived(2, 3, date(2026, 2, 1))
    assert settle(Given(older, Side.SUBJECT), None, Given(newer, Side.HEAD)) == Settled(Given(newer, Side.SUBJECT))


@given(st.lists(ANSWERS, min_size=1, max_size=12))
def test_no_side_ever_changes_what_the_other_said(said: list[Given]) -> None:
    standing: Given | None = None
    other: Given | None = None
    for new in said:
        settled = settle(standing, other, new)
        kept = {each.side: each.answer for each in (settled.standing, settled.other) if each is not None}
        assert kept.get(new.side, settled.standing.answer) == new.answer, "what was just said is what its side says"
        before = {each.side: each.answer for each in (standing, other) if each is not None}
        for side, answer in before.items():
            if side is not new.side:
                assert kept.get(side, settled.standing.answer) == answer
        if settled.other is not None:
            assert settled.other.side is not settled.standing.side
            assert settled.other.answer != settled.standing.answer
        standing, other = settled.standing, settled.other
