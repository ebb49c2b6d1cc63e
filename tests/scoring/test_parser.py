"""Reading and writing criteria files."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.scoring.check import check
from bot.scoring.dump import dump
from bot.scoring.model import CriteriaSet, Text
from bot.scoring.parser import parse
from tests.scoring.law_sets import CITIZEN, COMMUNE
from tests.scoring.strategies import ANY, criteria_sets

GOOD = (Path(__file__).parent / "good" / "diem.toml").read_text(encoding="utf-8")


def read(source: str | bytes) -> CriteriaSet:
    result = parse(source, "thu.toml")
    assert isinstance(result, CriteriaSet), [problem.sentence() for problem in result]
    return result


@given(criteria_sets(structure_only=None, wording=ANY))
def test_a_set_written_and_read_is_the_same(criteria: CriteriaSet) -> None:
    assert read(dump(criteria)) == criteria


def test_published_rules_with_levels_and_conditions_can_be_held() -> None:
    """TT 25/2023 Điều 6-7 (levels, lower limits of difficult areas); QĐ 324 (80, or 70, and none below 5)."""
    assert read(dump(COMMUNE)) == COMMUNE
    assert read(dump(CITIZEN)) == CITIZEN


def test_all_problems_are_reported_at_once_in_the_order_of_lines() -> None:
    broken = (
        GOOD.replace('subject = "household"', 'subject = "family"')
        .replace("min_total = 15", "min_total = 80")
        .replace('kind = "yes_no"', 'kind = "yesno"')
        .replace('short = "Sách"', 'shrot = "Sách"')
        .replace("{ at_least = 0, points = 0 }", "{ at_least = 2, points = 0 }")
    )

    result = parse(broken, "thu.toml")

    assert not isinstance(result, CriteriaSet)
    assert [(problem.code, problem.line) for problem in result] == [
        ("criteria.unknown_choice", 4),
        ("criteria.title_above_maximum", 15),
        ("criteria.unknown_kind", 31),
        ("criteria.missing_key", 35),
        ("criteria.unknown_key", 37),
        ("criteria.first_band", 49),
    ]


def test_a_problem_reads_as_a_sentence_with_file_line_and_mend() -> None:
    assert check(GOOD.replace('kind = "yes_no"', 'kind = "yesno"'), "gia_dinh.toml") == (
        "gia_dinh.toml, line 31: unknown kind 'yesno'. Use one of yes_no, one_of, number, share, derived, points.",
    )


def test_a_problem_says_where_inside_the_file() -> None:
    result = parse(GOOD.replace("no = { points = 0 }", "no = { points = -1 }"), "thu.toml")

    assert not isinstance(result, CriteriaSet)
    assert result[0].where == "criteria[1].indicators[1].no.points"


def test_check_says_nothing_of_a_sound_file() -> None:
    assert check(GOOD, "thu.toml") == ()


def test_lines_are_counted_alike_with_windows_line_ends_and_byte_order_mark() -> None:
    windows = "\ufeff" + GOOD.replace("min_total = 15", "min_total = 80").replace("\n", "\r\n")

    result = parse(windows.encode(), "thu.toml")

    assert not isinstance(result, CriteriaSet)
    assert [problem.line for problem in result] == [15]


def test_a_plain_string_is_vietnamese_without_translation() -> None:
    assert read(GOOD).title == Text("Bộ thử", None)


def test_texts_are_composed_and_trimmed() -> None:
    decomposed = GOOD.replace('title = "Bộ thử"', 'title = """\nBô\u0323 thử\n"""')

    assert read(decomposed).title == Text("Bộ thử")


def test_numbers_are_exact() -> None:
    halves = GOOD.replace("no = { points = 0 }", "no = { points = 2.35 }")

    assert "2.35" in dump(read(halves))
    assert all(isinstance(i.max_points, Decimal) for i in read(halves).indicators)


def test_deep_nesting_is_a_problem_not_a_crash() -> None:
    result = parse("id = " + "[" * 100_000, "thu.toml")

    assert not isinstance(result, CriteriaSet)
    assert [problem.code for problem in result] == ["criteria.toml_syntax"]


def with_second_title(first: str, second: str) -> str:
    """The good file with a rule added to its title, and a second title of 15 points below it."""
    return GOOD.replace("min_total = 15", f'{first}\n\n[[titles]]\nid = "hai"\nname = "Hai"\nmin_total = 15\n{second}')


@pytest.mark.parametrize(
    ("first", "second", "codes"),
    [
        ("min_total = 10", "", ["criteria.title_never_given"]),
        ("min_total = 15", "", ["criteria.title_never_given"]),
        ("min_total = 16", "", []),
        # the title above asks for something else besides
        ("min_total = 10\nmin_per_indicator = 5", "", []),
        ("min_total = 10\nmin_per_indicator = 5", "min_per_indicator = 5", ["criteria.title_never_given"]),
        ("min_total = 10\nno_zero_indicator = true", "", []),
        ("min_total = 10\nno_zero_criterion = true", "no_zero_criterion = true", ["criteria.title_never_given"]),
        # the title above is open to some, or to all
        ('min_total = 10\nwhen = { fact = "difficult_area", at_least = 1 }', "", []),
        ("min_total = 10", 'when = { fact = "difficult_area", at_least = 1 }', ["criteria.title_never_given"]),
    ],
)
def test_a_title_that_another_one_always_precedes_is_refused(first: str, second: str, codes: list[str]) -> None:
    result = parse(with_second_title(first, second), "thu.toml")

    assert ([] if isinstance(result, CriteriaSet) else [problem.code for problem in result]) == codes


HARD = 'when = { fact = "difficult_area", at_least = 1 }'


@pytest.mark.parametrize(
    ("bands", "codes"),
    [
        # the better band is repeated where a common one would take over
        (f"5 points = 10, {HARD}; 8 points = 5; 8 points = 10, {HARD}; 10 points = 10", []),
        (f"5 points = 10, {HARD}; 8 points = 5; 10 points = 10", ["criteria.band_overruled"]),
        # as good as the common one
        (f"5 points = 5, {HARD}; 8 points = 5; 10 points = 10", []),
        # more is not better here
        (f"5 points = 10, {HARD}; 6 points = 10; 8 points = 5", []),
        # the same limit twice
        (f"5 points = 5; 5 points = 10, {HARD}; 10 points = 10", []),
        (f"5 points = 5; 5 points = 8, {HARD}; 5 points = 10, {HARD}", ["criteria.bands_not_ascending"]),
        (f"5 points = 8, {HARD}; 5 points = 10", ["criteria.bands_not_ascending"]),
        ("5 points = 5; 5 points = 10", ["criteria.bands_not_ascending"]),
    ],
)
def test_conditional_bands_stand_where_they_take_effect(bands: str, codes: list[str]) -> None:
    lines = [f"    {{ at_least = {band.strip().replace(' ', ', ', 1)} }}," for band in bands.split(";")]
    source = GOOD.replace("    { at_least = 10, points = 10 },", "\n".join(lines))

    result = parse(source, "thu.toml")

    assert ([] if isinstance(result, CriteriaSet) else [problem.code for problem in result]) == codes


@given(st.data())
def test_reading_a_damaged_file_never_raises(data: st.DataObject) -> None:
    lines = GOOD.split("\n")
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        line = lines[at]
        cut = data.draw(st.integers(0, len(line)))
        lines[at] = data.draw(
            st.sampled_from(
                ["", line[:cut], line[cut:], line + "\n" + line, "[[criteria]]", line.replace("=", "= 1979-05-27 #")]
            )
        )

    result = parse("\n".join(lines), "thu.toml")

    if not isinstance(result, CriteriaSet):
        assert result
        assert all(problem.sentence() for problem in result)


@given(st.binary(max_size=60))
def test_reading_anything_never_raises(source: bytes) -> None:
    result = parse(source, "thu.toml")

    assert not isinstance(result, CriteriaSet)
    assert all(problem.sentence() for problem in result)
