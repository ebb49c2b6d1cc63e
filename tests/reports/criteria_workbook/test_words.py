"""Every problem has its sentence, and no two words of the sheets can be taken for each other."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from bot.dialogs.understanding.text import fold
from bot.i18n import LOCALES, translator
from bot.messages import MESSAGES
from bot.messages.workbook_problems import MESSAGES as PROBLEMS
from bot.reports import criteria_workbook, spreadsheets
from bot.reports.criteria_workbook import CellProblem, sentence
from bot.reports.criteria_workbook.columns import (
    CRITERION_COLUMNS,
    INDICATOR_COLUMNS,
    INFO_COLUMNS,
    INFO_ROWS,
    TITLE_COLUMNS,
    Column,
    by_heading,
)
from bot.reports.criteria_workbook.vocabulary import LISTS, SHEETS, meaning, sheet_meaning, sheet_name, word
from bot.reports.criteria_workbook.wording import message_of
from bot.scoring.model import CriteriaSet
from bot.scoring.parser import parse
from bot.scoring.problem import SENTENCES
from tests.scoring.test_bad_files import BAD_FILES

TABLES = (INDICATOR_COLUMNS + CRITERION_COLUMNS, TITLE_COLUMNS, INFO_COLUMNS, INFO_ROWS)


@pytest.mark.parametrize("code", SENTENCES)
def test_every_problem_of_the_parser_has_a_sentence_for_excel(code: str) -> None:
    assert message_of(code) in PROBLEMS


def test_no_sentence_is_left_of_a_problem_that_is_gone() -> None:
    said = {code.removeprefix("workbook.") for code in PROBLEMS if code.startswith("workbook.criteria.")}
    assert said == set(SENTENCES)


def test_every_problem_of_its_own_is_reported_somewhere() -> None:
    folders = (Path(str(package.__file__)).parent for package in (criteria_workbook, spreadsheets))
    source = "".join(file.read_text(encoding="utf-8") for folder in folders for file in folder.glob("*.py"))
    own = [code.rpartition(".")[2] for code in PROBLEMS if code.startswith(("workbook.problem.", "workbook.refused."))]
    assert [code for code in own if f'"{code}"' not in source and f'.{code}"' not in source] == []


@pytest.mark.parametrize("file", BAD_FILES, ids=lambda file: file.stem)
@pytest.mark.parametrize("locale", LOCALES)
def test_a_sentence_finds_all_it_names_in_what_the_parser_says(file: Path, locale: str) -> None:
    result = parse(file.read_bytes(), file.name)
    assert not isinstance(result, CriteriaSet)
    (problem,) = result
    params = {**problem.params, "field": "workbook.indicator.short"}
    if "first" in params:
        params["first"] = "'1 Trẻ em'!B7"
    told = sentence(CellProblem("1 Trẻ em", "B7", problem.code, params), translator(locale))

    assert "%(" not in told
    assert told.endswith(".")
    assert not any(
        key in told for key in ("max_points", "at_least", "passes_level", "min_total", "valid_until", "_area")
    )


@pytest.mark.parametrize("columns", TABLES, ids=["indicators", "titles", "information", "items"])
def test_headings_differ_within_a_sheet_in_every_language(columns: tuple[Column, ...]) -> None:
    headings = [(fold(column.heading(translator(locale))), column) for locale in LOCALES for column in columns]
    for (one, first), (other, second) in itertools.combinations(headings, 2):
        assert one != other or first == second, one
    assert len(set(by_heading(columns).values())) == len(columns)


@pytest.mark.parametrize("of", LISTS)
def test_every_listed_word_means_its_value_in_every_language(of: str) -> None:
    for locale in LOCALES:
        assert [meaning(of, word(of, value, translator(locale))) for value in LISTS[of]] == list(LISTS[of])
    assert [meaning(of, value) for value in LISTS[of]] == list(LISTS[of])


@pytest.mark.parametrize("of", LISTS)
def test_every_value_of_a_closed_list_has_a_word(of: str) -> None:
    """A new fact or kind needs one in bot.messages.workbook."""
    assert [value for value in LISTS[of] if f"workbook.{of}.{value}" not in MESSAGES] == []
    assert f"workbook.{of}" in MESSAGES


def test_no_word_is_left_of_a_value_that_is_gone() -> None:
    listed = {f"workbook.{of}.{value}" for of, values in LISTS.items() for value in values}
    kept = {
        code for code in MESSAGES for of in LISTS if code.startswith(f"workbook.{of}.") and not code.endswith(".note")
    }
    assert kept == listed


def test_every_sheet_of_ours_is_known_by_its_name_and_fits() -> None:
    for locale in LOCALES:
        names = [sheet_name(sheet, translator(locale)) for sheet in SHEETS]
        assert [sheet_meaning(name) for name in names] == list(SHEETS)
        assert all(0 < len(name) <= 31 and not set(name) & set("[]:*?/\\") for name in names)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_column_and_item_is_explained(locale: str) -> None:
    for column in {column for table in TABLES for column in table}:
        assert column.heading(translator(locale))
        assert column.explanation(translator(locale))
