"""One answer for many households, as it is stored; on both databases."""

from __future__ import annotations

import pytest

from bot.dialogs.codec import decode_answer, encode_answer
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.village.effects import AnswerForMany, HandInForMany
from bot.dialogs.village.facts import Side
from bot.ports import Conflict
from bot.ports.village.bulk import BulkRow, KeptScore
from bot.scoring.model import Answer, YesNo
from storage import SqlStorage
from storage.tables import answer, answer_history, assessment, audit, difference
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, OTHER_HAMLET, Rolls
from tests.support.turns import YEAR

YES, NO = YesNo(True), YesNo(False)
ON = encode_answer(YES)
OFF = encode_answer(NO)


def for_many(*ids: int, said: Answer = YES, place_id: int = HAMLET, over: Answer | None = None) -> AnswerForMany:
    return AnswerForMany(place_id, "goc_hoc", said, ids, over)


async def households(store: SqlStorage, place_id: int = HAMLET, indicator: str = "goc_hoc") -> tuple[BulkRow, ...]:
    async with store.work() as work:
        return await work.bulk.households(place_id, YEAR, indicator)


async def answers(rows: Rows) -> dict[int, tuple[Answer, Side]]:
    return {row["assessment_id"]: (decode_answer(row["value"]), row["side"]) for row in await rows(answer)}


async def test_sheets_are_opened_and_answered_by_the_head(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "Bình", "Cúc")
    await rolls.do(for_many(1, 3))
    sheets = await rows(assessment)
    assert [(s["subject_id"], s["year"], s["set_id"], s["state"]) for s in sheets] == [
        (1, YEAR, "sample", AssessmentState.DRAFT),
        (3, YEAR, "sample", AssessmentState.DRAFT),
    ]
    assert not any(sheet["is_scored"] for sheet in sheets)
    assert set((await answers(rows)).values()) == {(YES, Side.HEAD)}
    history = await rows(answer_history)
    assert [(h["side"], h["channel"], h["value"]) for h in history] == [(Side.HEAD, "telegram", ON)] * 2
    assert "answers.many" in {row["what"] for row in await rows(audit)}


async def test_the_head_changes_what_the_head_said_and_both_stay_in_the_history(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.do(for_many(1))
    await rolls.do(for_many(1, said=NO))
    assert list((await answers(rows)).values()) == [(NO, Side.HEAD)]
    assert [row["value"] for row in await rows(answer_history)] == [ON, OFF]
    assert not await rows(difference)


async def test_a_family_that_said_otherwise_keeps_its_answer(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "Bình")
    await rolls.sheet(1, {"goc_hoc": OFF})
    await rolls.sheet(2, {"goc_hoc": ON})
    await rolls.do(for_many(1, 2))
    assert await answers(rows) == {1: (NO, Side.SUBJECT), 2: (YES, Side.SUBJECT)}
    waiting = await rows(difference)
    assert [(d["assessment_id"], d["value"], d["side"], d["decided_at"]) for d in waiting] == [(1, ON, Side.HEAD, None)]
    (an, binh) = await households(rolls.store)
    assert (an.standing, an.side, an.other) == (NO, Side.SUBJECT, YES)
    assert (binh.standing, binh.other) == (YES, None)


async def test_saying_what_the_family_says_ends_the_difference(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.sheet(1, {"goc_hoc": OFF})
    await rolls.do(for_many(1))
    await rolls.do(for_many(1, said=NO))
    assert not [row for row in await rows(difference) if row["decided_at"] is None]
    assert list((await answers(rows)).values()) == [(NO, Side.SUBJECT)]


async def test_an_answer_that_fits_no_more_gives_way(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.sheet(1, {"goc_hoc": OFF})
    await rolls.do(for_many(1, over=NO))
    assert list((await answers(rows)).values()) == [(YES, Side.HEAD)]


@pytest.mark.parametrize("state", ["handed_in", "confirmed", "appraised", "recognised", "not_recognised"])
async def test_what_is_handed_in_is_left_alone(rolls: Rolls, rows: Rows, state: str) -> None:
    await rolls.add("An", "Bình")
    await rolls.sheet(1, state=state, set_id="older")
    await rolls.do(for_many(1, 2))
    assert await answers(rows) == {2: (YES, Side.HEAD)}
    assert [(row["set_id"], row["is_scored"]) for row in await rows(assessment)] == [("older", True), ("sample", False)]


async def test_drafts_are_led_over_to_the_rules_in_force_and_returned_sheets_keep_theirs(
    rolls: Rolls, rows: Rows
) -> None:
    await rolls.add("An", "Bình")
    await rolls.sheet(1, set_id="older")
    await rolls.sheet(2, state="returned", set_id="older")
    await rolls.do(for_many(1, 2))
    assert [row["set_id"] for row in await rows(assessment)] == ["sample", "older"]
    assert set(await answers(rows)) == {1, 2}


async def test_only_the_head_of_the_hamlet_answers_there(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An")
    await rolls.head(OTHER_HAMLET, who="other")
    await rolls.head(2, who="officer", role=RoleKind.OFFICER)
    for who in ("other", "officer", "nobody"):
        with pytest.raises(Conflict):
            await rolls.do(for_many(1), who=who)
        with pytest.raises(Conflict):
            await rolls.do(HandInForMany(HAMLET, (1,)), who=who)
    assert not await rows(assessment)


async def test_a_household_of_another_hamlet_or_gone_is_refused(rolls: Rolls, rows: Rows, execute: Execute) -> None:
    await rolls.add("An", "Bình")
    await execute("UPDATE subject SET place_id = 4 WHERE id = 1")
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE id = 2")
    for gone in (1, 2, 99):
        with pytest.raises(Conflict):
            await rolls.do(for_many(gone))
    assert [row.name for row in await households(rolls.store)] == []
    assert not await rows(assessment)


async def test_two_hundred_households_take_no_more_statements_than_two(rolls: Rolls, statements: list[str]) -> None:
    await rolls.add(*(f"Nhà {n}" for n in range(202)))
    statements.clear()
    await rolls.do(for_many(1, 2))
    few = len(statements)
    statements.clear()
    await rolls.do(for_many(*range(3, 203)))
    assert len(statements) <= few < 30
    statements.clear()
    rows = await households(rolls.store)
    assert len(rows) == 202
    assert len([each for each in statements if each.lstrip().upper().startswith("SELECT")]) == 1


async def test_what_changed_waits_to_be_scored_and_is_kept(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "Bình")
    await rolls.do(for_many(1, 2))
    async with rolls.store.work() as work:
        (first,) = await work.bulk.unscored(1)
        assert dict(first.answers) == {"goc_hoc": YES}
        assert (first.set_id, first.profile["difficult_area"]) == ("sample", 0)
        await work.bulk.keep_scores([KeptScore(first.assessment_id, None, "gia_dinh_hoc_tap", True)])
        (second,) = await work.bulk.unscored(10)
        assert second.assessment_id != first.assessment_id
    kept = await rows(assessment)
    assert [(row["title_id"], row["is_complete"], row["is_scored"]) for row in kept] == [
        ("gia_dinh_hoc_tap", True, True),
        (None, False, False),
    ]


async def test_finished_drafts_are_handed_in_and_others_left_alone(rolls: Rolls, rows: Rows, execute: Execute) -> None:
    await rolls.add("An", "Bình", "Cúc", "Dũng")
    await rolls.sheet(1, {"goc_hoc": ON}, side="head")
    await rolls.sheet(2, {"goc_hoc": ON}, side="subject")
    await rolls.sheet(3, {"goc_hoc": ON}, side="head", state="confirmed")
    await rolls.sheet(4, {"goc_hoc": ON}, side="head")
    await execute("UPDATE assessment SET is_complete = false WHERE id = 4")
    has_head = [row.has_head and row.is_complete for row in await households(rolls.store)]
    assert has_head == [True, False, True, False]
    await rolls.do(HandInForMany(HAMLET, (1, 3, 4)))
    states = [row["state"] for row in await rows(assessment)]
    assert states == [
        AssessmentState.HANDED_IN,
        AssessmentState.DRAFT,
        AssessmentState.CONFIRMED,
        AssessmentState.DRAFT,
    ]
