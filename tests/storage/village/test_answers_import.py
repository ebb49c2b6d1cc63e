"""Answers of a workbook in the tables: what a hamlet's workbook is made of, and what is recorded from one."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.village.effects import LeaveRoll
from bot.dialogs.village.facts import Side
from bot.dialogs.village.sides import Given
from bot.ports.village.answers import FiledAnswer, HamletSheet
from bot.scoring.model import Share, SubjectKind, YesNo
from storage.tables import answer, answer_history, assessment, audit, difference
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, OTHER_HAMLET, Rolls
from tests.support.turns import NOW, TODAY, YEAR

RULES = ("sample", "1")
YES, NO = '{"type": "YesNo", "value": true}', '{"type": "YesNo", "value": false}'


async def hamlet(rolls: Rolls, place_id: int = HAMLET) -> dict[int, HamletSheet]:
    async with rolls.store.work() as work:
        found = await work.filed.hamlet(place_id, SubjectKind.HOUSEHOLD, YEAR)
    return {each.subject_id: each for each in found}


async def write(
    rolls: Rolls,
    *answers: FiledAnswer,
    place_id: int = HAMLET,
    person_id: int = 1,
    today: date = TODAY,
    rules: tuple[str, str] = RULES,
) -> int:
    async with rolls.store.work() as work:
        return await work.filed.write(person_id, place_id, YEAR, rules, answers, NOW, today)


def yes(subject_id: int, indicator: str = "goc_hoc") -> FiledAnswer:
    return FiledAnswer(subject_id, indicator, YesNo(True))


async def test_a_hamlet_is_told_with_both_sides_of_every_answer(rolls: Rolls) -> None:
    await rolls.add("An", "Bình", "Chi")
    await rolls.sheet(1, {"goc_hoc": YES})
    await rolls.differ(1, "goc_hoc", NO)
    await rolls.sheet(2, {"goc_hoc": YES}, "handed_in", "head")
    await rolls.sheet(2, {"goc_hoc": NO}, year=YEAR - 1)

    found = await hamlet(rolls)

    assert list(found) == [1, 2, 3]
    assert found[1].answers == {"goc_hoc": Given(YesNo(True), Side.SUBJECT)}
    assert found[1].differing == {"goc_hoc": Given(YesNo(False), Side.HEAD)}
    assert found[2].answers == {"goc_hoc": Given(YesNo(True), Side.HEAD)}
    assert [found[n].is_open for n in (1, 2, 3)] == [True, False, True]
    assert (found[3].assessment_id, found[3].answers) == (0, {})
    assert found[1].profile["difficult_area"] == 0


async def test_who_moved_away_comes_with_the_day_and_other_hamlets_do_not(rolls: Rolls) -> None:
    await rolls.head(OTHER_HAMLET)
    await rolls.add("An", "Bình")
    await rolls.add("Chi", place_id=OTHER_HAMLET)
    await rolls.do(LeaveRoll(2, TODAY))

    assert {n: each.left_on for n, each in (await hamlet(rolls)).items()} == {1: None, 2: TODAY}


async def test_answers_are_the_heads_and_came_by_excel(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "Bình")
    await rolls.sheet(1, {"khac": NO})

    assert await write(rolls, yes(1), yes(2), FiledAnswer(2, "biet_chu", Share(1, 2))) == 3

    kept = {(row["assessment_id"], row["indicator"]): row for row in await rows(answer)}
    assert {key: (row["side"], row["channel"], row["person_id"]) for key, row in kept.items()} == {
        (1, "goc_hoc"): (Side.HEAD, "excel", 1),
        (1, "khac"): (Side.SUBJECT, "web", None),
        (2, "goc_hoc"): (Side.HEAD, "excel", 1),
        (2, "biet_chu"): (Side.HEAD, "excel", 1),
    }
    sheets = await rows(assessment)
    assert [(row["subject_id"], row["state"], row["set_id"], row["is_scored"]) for row in sheets] == [
        (1, AssessmentState.DRAFT, "sample", False),
        (2, AssessmentState.DRAFT, "sample", False),
    ]
    assert len(await rows(answer_history)) == 4
    assert [row["assessment_id"] for row in await rows(audit) if row["what"] == "answers.filed"] == [1, 2]


async def test_a_familys_answer_stays_and_the_workbooks_waits_beside_it(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.sheet(1, {"goc_hoc": NO})

    await write(rolls, yes(1))

    (stands,) = await rows(answer)
    (waits,) = await rows(difference)
    assert (stands["side"], stands["value"]) == (Side.SUBJECT, NO)
    assert (waits["side"], waits["channel"], waits["decided_at"]) == (Side.HEAD, "excel", None)


async def test_an_answer_that_no_longer_fits_gives_way(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.sheet(1, {"goc_hoc": NO})

    await write(rolls, FiledAnswer(1, "goc_hoc", YesNo(True), over=YesNo(False)))

    assert [row["side"] for row in await rows(answer)] == [Side.HEAD]
    assert await rows(difference) == []


async def test_locked_sheets_and_other_rules_are_left_alone(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "Bình", "Chi")
    await rolls.sheet(1, {"goc_hoc": NO}, "handed_in")
    await rolls.sheet(2, {"goc_hoc": NO}, "returned", set_id="older")
    await rolls.sheet(3, {"goc_hoc": NO}, set_id="older")

    assert await write(rolls, yes(1), yes(2), yes(3)) == 1
    assert [(row["subject_id"], row["set_id"]) for row in await rows(assessment)] == [
        (1, "sample"),
        (2, "older"),
        (3, "sample"),
    ]
    assert (await hamlet(rolls))[2].takes(RULES) is False


async def test_households_of_elsewhere_or_moved_away_are_left_alone(rolls: Rolls, rows: Rows) -> None:
    await rolls.head(OTHER_HAMLET)
    await rolls.add("An", "Bình")
    await rolls.add("Chi", place_id=OTHER_HAMLET)
    await rolls.do(LeaveRoll(2, TODAY))

    assert await write(rolls, yes(2), yes(3), yes(99)) == 0
    assert await rows(assessment) == []


@pytest.mark.parametrize(("place_id", "today"), [(OTHER_HAMLET, TODAY), (HAMLET, date(2024, 1, 1)), (999, TODAY)])
async def test_only_the_head_of_the_hamlet_may(rolls: Rolls, place_id: int, today: date) -> None:
    await rolls.add("An")
    with pytest.raises(PermissionError):
        await write(rolls, yes(1), place_id=place_id, today=today)


async def test_an_officer_may_not(rolls: Rolls) -> None:
    await rolls.head(2, "officer", RoleKind.OFFICER)
    await rolls.add("An")
    with pytest.raises(PermissionError):
        await write(rolls, yes(1), person_id=2)


async def test_complete_sheets_from_a_workbook_can_be_handed_in(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("An", "Bình", "Chi", "Dung")
    await rolls.sheet(3, {"goc_hoc": YES})
    await rolls.sheet(4, {"goc_hoc": YES}, "handed_in")
    await write(rolls, yes(1), yes(2))
    await execute("UPDATE assessment SET is_scored = true, is_complete = (subject_id <> 2)")

    async with rolls.store.work() as work:
        assert await work.filed.ready(HAMLET, YEAR) == (3,)  # sheets 1 and 2 are the others'
        assert await work.filed.ready(OTHER_HAMLET, YEAR) == ()
