"""TOML and Excel are two views of one model: writing and reading a workbook loses nothing."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from bot.i18n import LOCALES, translator
from bot.reports.criteria_workbook import Sound, read_workbook, write_workbook
from bot.reports.spreadsheets.escapes import escape, unescape
from bot.scoring.model import CriteriaSet, LevelTitle, NumberRule, PointsTitle, Text
from bot.scoring.parser import parse
from bot.scoring.shipped import load_shipped
from tests.reports.criteria_workbook.editing import PLACE, PLACE_ID, SMALL, VIETNAMESE, finder, read, sound
from tests.scoring.strategies import ANY, criteria_sets

FIXTURES = Path(__file__).parent / "fixtures"
SHIPPED = load_shipped()


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(criteria_sets(wording=ANY), st.sampled_from(LOCALES))
def test_any_set_comes_back_as_it_was_in_either_language(criteria: CriteriaSet, locale: str) -> None:
    data = write_workbook(criteria, PLACE, PLACE_ID, translator(locale))

    assert read_workbook(data, finder(criteria)) == Sound(criteria, PLACE_ID, criteria.id, criteria.version)


@pytest.mark.parametrize("criteria", SHIPPED, ids=lambda criteria: criteria.id)
def test_every_shipped_set_comes_back_as_it_was(criteria: CriteriaSet) -> None:
    data = write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE)

    assert read(data, criteria) == Sound(criteria, PLACE_ID, criteria.id, criteria.version)


def test_the_rest_of_the_model_comes_back() -> None:
    """What neither the strategies nor a shipped set may hold at the moment."""
    rule = SMALL.criteria[1].indicators[1].rule
    assert isinstance(rule, NumberRule)
    assert isinstance(SMALL.titles[1], PointsTitle)
    fine = replace(SMALL.criteria[1].indicators[1], rule=replace(rule, maximum=Decimal("999.123456"), decimals=6))
    first, second = SMALL.criteria
    criteria = replace(
        SMALL,
        group="nong_dan",
        criteria=(first, replace(second, indicators=(second.indicators[0], fine, second.indicators[2]))),
        titles=(SMALL.titles[0], replace(SMALL.titles[1], up_to=Decimal("39.99"))),
        retired_ids=("x1", "Một mã, có dấu phẩy", "x2"),
    )

    assert sound(read(write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE), criteria)) == criteria


def test_a_bare_structure_comes_back_with_and_without_points() -> None:
    first, second = SMALL.criteria
    bare = (replace(first, indicators=()), replace(second, indicators=(), max_points=None))
    criteria = replace(SMALL, criteria=bare, is_structure_only=True)

    assert sound(read(write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE), criteria)) == criteria


def test_numbers_finer_than_a_cell_keeps_come_back() -> None:
    """Cells keep 15 digits; what has more is written as text."""
    title = PointsTitle("tot", Text("Tốt"), Decimal("40.12345678901234567"))
    criteria = replace(SMALL, titles=(title,))

    assert sound(read(write_workbook(criteria, PLACE, PLACE_ID, VIETNAMESE), criteria)) == criteria


def test_the_same_set_gives_the_same_bytes() -> None:
    assert write_workbook(SMALL, PLACE, PLACE_ID, VIETNAMESE) == write_workbook(SMALL, PLACE, PLACE_ID, VIETNAMESE)


def test_a_text_that_no_cell_can_hold_is_refused_when_written() -> None:
    with pytest.raises(ValueError, match="longer than"):
        write_workbook(replace(SMALL, note=Text("chữ" * 11_000)), PLACE, PLACE_ID, VIETNAMESE)


@settings(max_examples=500)
@example("_x0000\r")
@given(st.text(st.sampled_from("_x0123ABCDEFaf\x00\r\ufffe\ud83d\ude00 ")))
def test_escapes_are_taken_back(text: str) -> None:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    assert unescape(escape(whole)) == whole


def test_half_a_character_becomes_a_mark_that_can_be_sent() -> None:
    assert unescape("_xD83D__xDE00_ _xD83D_") == "\U0001f600 \ufffd"


@pytest.mark.parametrize("name", ["libreoffice", "libreoffice_levels"])
def test_what_libreoffice_saved_reads_equal(name: str) -> None:
    expected = parse((FIXTURES / f"{name}.toml").read_bytes(), f"{name}.toml")
    assert isinstance(expected, CriteriaSet)

    base = replace(expected, version="1")
    assert sound(read((FIXTURES / f"{name}.xlsx").read_bytes(), base)) == expected


def test_the_fixtures_are_of_both_ways_of_judging() -> None:
    kinds = set()
    for file in FIXTURES.glob("*.toml"):
        criteria = parse(file.read_bytes(), file.name)
        assert isinstance(criteria, CriteriaSet)
        kinds.add(type(criteria.titles[0]))
    assert kinds == {PointsTitle, LevelTitle}


def test_a_process_that_only_reads_never_loads_openpyxl() -> None:
    program = "import sys, bot.reports.criteria_workbook; sys.exit('openpyxl' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
