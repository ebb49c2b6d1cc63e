"""What is written and not touched changes nothing when it comes back."""

from __future__ import annotations

from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from bot.dialogs.village.cells import is_same, understood, written
from bot.i18n import Translator
from bot.reports.answers_workbook import AnswersFiles, write_answers
from bot.reports.answers_workbook.columns import cell_value
from bot.scoring.applicability import is_applicable
from bot.scoring.judging import fits
from bot.scoring.model import Answer, CriteriaSet, Derived, DerivedRule, NotApplicable, Share, SubjectKind
from tests.reports.answers_workbook.filling import (
    ADULTS_ONLY,
    ENGLISH,
    FAMILY,
    SETS,
    VIETNAMESE,
    WITH_CHILDREN,
    changed,
    read,
    row,
    rows,
    table,
    three,
)
from tests.scoring.strategies import answered, candidates, criteria_sets, known_whole

KINDS = [each for each in SETS.values() if each.subject in (SubjectKind.HOUSEHOLD, SubjectKind.CLAN)]
SCORED = [each for each in SETS.values() if not each.is_structure_only]
PROFILES: tuple[dict[str, int], ...] = ({}, WITH_CHILDREN, ADULTS_ONLY, {"households": 30, "members": 120})


@pytest.mark.parametrize("words", [VIETNAMESE, ENGLISH], ids=["vi", "en"])
@pytest.mark.parametrize("criteria", SCORED, ids=lambda each: each.id)
def test_every_answer_to_every_question_is_read_as_it_was_written(criteria: CriteriaSet, words: Translator) -> None:
    tried = 0
    for profile in PROFILES:
        for indicator in criteria.indicators:
            if isinstance(indicator.rule, DerivedRule) or not is_applicable(indicator, profile):
                continue
            answers: tuple[Answer, ...] = candidates(indicator, known_whole(indicator, profile))
            for answer in (*answers, NotApplicable()):
                if fits(indicator, answer, profile):
                    value = cell_value(answer, indicator.rule, words)
                    assert value is not None
                    assert understood(indicator, profile, value) == answer
                    tried += 1
    assert tried > 2 * len(criteria.indicators) - 2 * sum(isinstance(i.rule, DerivedRule) for i in criteria.indicators)


@settings(max_examples=20, deadline=None)
@given(st.data(), st.sampled_from(KINDS), st.sampled_from([VIETNAMESE, ENGLISH]))
def test_an_untouched_workbook_changes_nothing(data: st.DataObject, criteria: CriteriaSet, words: Translator) -> None:
    """Whatever is stored, answers that no longer fit among it."""
    households = [
        row(n, f"Hộ {n}", data.draw(st.sampled_from(PROFILES)), answers=data.draw(answered(criteria)))
        for n in range(1, data.draw(st.integers(1, 4)) + 1)
    ]
    made = write_answers(table(*households, criteria=criteria), words)

    assert changed(made) == {}
    assert len(rows(made)) == len(households)
    assert read(made).problems == ()


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_an_untouched_workbook_of_any_set_changes_nothing(data: st.DataObject) -> None:
    criteria = data.draw(criteria_sets())
    made = write_answers(table(row(1, "Hộ", {}, answers=data.draw(answered(criteria))), criteria=criteria), VIETNAMESE)

    assert changed(made) == {}


def test_saved_by_another_program_it_still_changes_nothing() -> None:
    book = load_workbook(BytesIO(write_answers(three(), VIETNAMESE)))
    out = BytesIO()
    book.save(out)

    assert changed(out.getvalue()) == {}
    assert AnswersFiles().is_own(out.getvalue(), "")


def test_the_same_records_give_the_same_bytes() -> None:
    assert write_answers(three(), VIETNAMESE) == write_answers(three(), VIETNAMESE)


def test_a_computed_share_is_shown_and_not_asked() -> None:
    clan = SETS["dong_ho_mau"]
    made = table(row(1, "Họ Lò", {}, answers={"ho_gia_dinh_hoc_tap": Derived(18, 24)}), criteria=clan)
    sheet = load_workbook(BytesIO(write_answers(made, VIETNAMESE))).worksheets[0]

    assert sheet["E6"].value == "18/24"
    assert sheet["E6"].protection.locked
    assert is_same(Derived(18, 24), Share(18, 24))


def test_only_what_is_asked_can_be_typed_into() -> None:
    """The second household has no children, the third has handed in."""
    sheet = load_workbook(BytesIO(write_answers(three(), VIETNAMESE))).worksheets[0]
    at = {i.id: n for n, i in enumerate(FAMILY.indicators, 5)}
    open_cells = {
        (row_, each)
        for row_ in (6, 7, 8)
        for each, column in at.items()
        if not sheet.cell(row_, column).protection.locked
    }

    assert sheet.protection.sheet
    assert {each for row_, each in open_cells if row_ == 6} == set(at)
    assert {each for row_, each in open_cells if row_ == 7} == {each for each in at if not each.startswith("tre_em")}
    assert not {each for row_, each in open_cells if row_ == 8}
    assert all(sheet.cell(n, 3).protection.locked for n in (6, 7, 8))


def test_choices_are_drop_downs_and_numbers_have_limits() -> None:
    sheet = load_workbook(BytesIO(write_answers(three(), VIETNAMESE))).worksheets[0]
    checks = {(each.type, each.formula1, each.formula2) for each in sheet.data_validations.dataValidation}

    assert ("list", "'Lựa chọn'!$K$2:$K$3", None) in checks
    assert ("whole", "0", "10000") in checks
    assert ("list", '"0/2,1/2,2/2"', None) in checks


def test_it_prints_on_a4_across_with_headings_on_every_page() -> None:
    sheet = load_workbook(BytesIO(write_answers(three(), VIETNAMESE))).worksheets[0]

    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$5"
    assert sheet.freeze_panes == "D6"
    assert sheet.column_dimensions["A"].hidden
    assert sheet.row_dimensions[1].hidden


def test_nothing_is_written_that_is_not_known() -> None:
    assert written(None, FAMILY.indicators[0].rule) is None
