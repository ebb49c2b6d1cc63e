"""Options that are called by a number: the number of the name must not be taken for the place in the list."""

from __future__ import annotations

import pytest

from bot.dialogs.kinds import Asking, read
from bot.dialogs.moves import Refusal
from bot.scoring.model import Chosen, OneOfRule, Option, Text, Worth

PRIMARY = OneOfRule(
    (
        Option("muc_3", Text("Mức độ 3"), Worth(passes_level=2)),
        Option("muc_2", Text("Mức độ 2"), Worth(passes_level=1)),
        Option("chua", Text("Chưa đạt mức độ 2"), Worth(passes_level=0)),
    )
)
OFTEN = OneOfRule(
    (
        Option("tuan", Text("Tuần nào cũng có"), Worth(passes_level=2)),
        Option("chua", Text("Chưa có"), Worth(passes_level=0)),
    )
)


@pytest.mark.parametrize("said", ["mức 3", "mức độ 3", "muc do 3", "Mức ba", "đạt mức 3", "level 3"])
def test_a_level_that_is_said_is_the_option_called_so(said: str) -> None:
    assert read(PRIMARY, Asking({}), said) == Chosen("muc_3")


def test_a_digit_that_is_both_the_place_and_the_name_is_taken() -> None:
    assert read(PRIMARY, Asking({}), "2") == Chosen("muc_2")


@pytest.mark.parametrize("said", ["3", "ba"])
def test_a_digit_that_could_be_the_place_or_the_name_is_asked_back(said: str) -> None:
    reading = read(PRIMARY, Asking({}), said)
    assert isinstance(reading, Refusal)
    assert (reading.is_final, reading.why.code) == (True, "one_of.which")


def test_a_level_that_is_not_offered_is_never_a_place() -> None:
    reading = read(PRIMARY, Asking({}), "mức 1")
    assert isinstance(reading, Refusal)
    assert reading.is_final


def test_a_place_that_no_name_holds_is_left_to_the_list() -> None:
    for rule, said in ((PRIMARY, "1"), (OFTEN, "2")):
        reading = read(rule, Asking({}), said)
        assert isinstance(reading, Refusal)
        assert not reading.is_final
