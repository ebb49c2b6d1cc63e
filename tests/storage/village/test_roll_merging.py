"""Two lines that are one household: everything of the one goes to the other, and no answer is lost."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, select, text

import storage as database
from bot.dialogs.effects import GiveConsent
from bot.dialogs.facts import AssessmentState
from bot.dialogs.village.effects import MergeHouseholds
from bot.dialogs.village.facts import HouseholdEntry, HouseholdState, Side
from bot.ports import Conflict
from storage import SqlStorage
from storage.address import parse
from storage.migrating import in_transaction
from storage.tables import (
    answer,
    answer_history,
    assessment,
    clan_household,
    difference,
    invite,
    nudge,
    person_subject,
    subject,
)
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import Rolls
from tests.support.turns import NOW, TODAY, person_of, take, update
from tests.support.turns import subject as household

YES, NO, MAYBE = ('{"type": "YesNo", "value": true}', '{"type": "YesNo", "value": false}', '{"type": "NotApplicable"}')
VALUES = (YES, NO, MAYBE)
STATES = tuple(AssessmentState)


async def answers_of(rows: Rows, table: Table, sheet: int) -> dict[str, str]:
    return {row["indicator"]: row["value"] for row in await rows(table) if row["assessment_id"] == sheet}


async def test_what_only_the_other_line_says_fills_the_blanks(rolls: Rolls, rows: Rows) -> None:
    await rolls.add(HouseholdEntry("Nguyễn Văn An", "017", adults=2))
    await rolls.add(HouseholdEntry("Ng. Văn An", "99", "Tổ 3", "0912345678", 4, 1))
    await rolls.do(MergeHouseholds(1, 2))
    entry = (await rolls.detail(1)).entry
    assert entry == HouseholdEntry("Nguyễn Văn An", "017", "Tổ 3", "0912345678", 2, 1)
    assert await rolls.entry(2) is None
    assert [(row["merged_into"], row["left_on"]) for row in await rows(subject)] == [(None, None), (1, TODAY)]


async def test_a_sheet_of_a_year_that_only_one_has_moves(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "An")
    await rolls.sheet(1, {"a": YES}, year=2024, state="recognised")
    await rolls.sheet(2, {"a": NO})
    await rolls.do(MergeHouseholds(1, 2))
    assert [row["subject_id"] for row in await rows(assessment)] == [1, 1]
    assert (await rolls.detail(1)).line.state is HouseholdState.ANSWERING


async def test_answers_of_two_sheets_of_a_year_become_one_sheet(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "An")
    await rolls.sheet(1, {"same": YES, "own": YES, "other": YES}, side="subject")
    await rolls.sheet(2, {"same": YES, "only": NO, "other": NO}, side="head")
    await rolls.do(MergeHouseholds(1, 2))
    assert await answers_of(rows, answer, 1) == {"same": YES, "own": YES, "only": NO, "other": YES}
    (differs,) = await rows(difference)
    assert (differs["assessment_id"], differs["indicator"], differs["value"]) == (1, "other", NO)
    assert (differs["side"], differs["decided_at"]) == (Side.HEAD, None)
    assert {row["indicator"]: row["side"] for row in await rows(answer) if row["assessment_id"] == 1} == {
        "same": Side.SUBJECT, "own": Side.SUBJECT, "other": Side.SUBJECT, "only": Side.HEAD,
    }  # fmt: skip
    assert [row["is_scored"] for row in await rows(assessment) if row["subject_id"] == 1] == [False]
    assert (await rolls.detail(1)).line.state is HouseholdState.TO_CHECK


async def test_two_answers_of_one_side_are_put_to_decision_as_those_of_two(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "An")
    for subject_id, value in ((1, YES), (2, NO)):
        await rolls.sheet(subject_id, {"a": value}, side="head")
    await rolls.do(MergeHouseholds(1, 2))
    assert [(row["value"], row["side"]) for row in await rows(difference)] == [(NO, Side.SUBJECT)]


@pytest.mark.parametrize("further_is_gone", [True, False])
async def test_the_sheet_that_was_handed_in_stands(rolls: Rolls, rows: Rows, further_is_gone: bool) -> None:
    await rolls.add("An", "An")
    of_kept, of_gone = ("draft", "handed_in") if further_is_gone else ("handed_in", "draft")
    await rolls.sheet(1, {"a": YES}, of_kept)
    await rolls.sheet(2, {"a": NO}, of_gone, side="head")
    await rolls.do(MergeHouseholds(1, 2))
    (kept,) = [row for row in await rows(assessment) if row["subject_id"] == 1]
    assert (kept["state"], kept["handed_in_at"] is not None) == (AssessmentState.HANDED_IN, True)
    stands, differs = (NO, YES) if further_is_gone else (YES, NO)
    assert await answers_of(rows, answer, 1) == {"a": stands}
    assert await answers_of(rows, difference, 1) == {"a": differs}


async def test_what_the_commune_has_decided_on_takes_over_nothing(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "An")
    await rolls.sheet(1, {"a": YES, "own": YES}, "draft")
    await rolls.sheet(2, {"a": NO}, "recognised")
    await rolls.do(MergeHouseholds(1, 2))
    assert await answers_of(rows, answer, 1) == {"a": NO}
    assert await rows(difference) == []
    (kept,) = [row for row in await rows(assessment) if row["subject_id"] == 1]
    assert (kept["state"], kept["is_scored"]) == (AssessmentState.RECOGNISED, True)


async def test_members_go_on_at_the_sheet_that_stays(store: SqlStorage, rolls: Rolls, rows: Rows) -> None:
    await take(store, update(900, who="me"), GiveConsent("1"), household("Chị Hoa"))
    await take(store, update(901, who="con"), GiveConsent("1"), household("Nhà Hoa"))
    await rolls.do(MergeHouseholds(2, 1))
    for who in ("me", "con"):
        person = await person_of(store, who)
        assert person.subject is not None
        assert person.assessment is not None
        assert (person.subject.id, person.assessment.id) == (2, 2)
    assert {row["subject_id"] for row in await rows(person_subject)} == {2}
    assert (await rolls.detail(2)).members == 2


async def test_codes_clans_and_reminders_go_along(rolls: Rolls, rows: Rows, execute: Execute) -> None:
    await rolls.add("An", "An", "Họ Nguyễn", "Họ Lò", "Họ Trần")
    await execute("UPDATE subject SET kind = 'clan' WHERE id > 2")
    for code, subject_id in (("x", 1), ("y", 2)):
        await execute(
            "INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, subject_id, serial) VALUES"
            " (:code, 3, '2026-01-01 00:00:00+00:00', 5, '2025-01-01 00:00:00+00:00', :subject, 1)",
            code=code, subject=subject_id,
        )  # fmt: skip
    ties = [(3, 1, "asked"), (3, 2, "agreed"), (4, 1, "declined"), (4, 2, "agreed"), (5, 2, "asked")]
    for clan, of, tie in ties:
        await execute(
            "INSERT INTO clan_household (clan_id, household_id, tie, asked_at) VALUES"
            " (:clan, :of, :tie, '2025-01-01 00:00:00+00:00')", clan=clan, of=of, tie=tie,
        )  # fmt: skip
    for day, of in (("2025-11-01", 1), ("2025-11-01", 2), ("2025-11-02", 2)):
        at = "'2025-11-01 00:00:00+00:00'"
        await execute(f"INSERT INTO nudge (subject_id, day, at) VALUES ({of}, '{day}', {at})")  # noqa: S608 - a test

    await rolls.do(MergeHouseholds(1, 2))

    codes = {row["code_hash"]: (row["subject_id"], row["serial"]) for row in await rows(invite) if row["subject_id"]}
    assert codes == {"x": (1, 1), "y": (1, 0)}
    tied = {(row["clan_id"], row["household_id"], row["tie"].value) for row in await rows(clan_household)}
    assert tied == {(3, 1, "agreed"), (4, 1, "declined"), (5, 1, "asked")}
    assert [(row["subject_id"], row["day"].day) for row in await rows(nudge)] == [(1, 1), (1, 2)]
    assert (await rolls.detail(1)).clan_requests == ((5, "Họ Trần"),)


async def test_clans_that_are_one_keep_their_households(rolls: Rolls, rows: Rows, execute: Execute) -> None:
    await rolls.add("An", "Bình", "Họ Nguyễn", "Họ Nguyễn Văn")
    await execute("UPDATE subject SET kind = 'clan' WHERE id > 2")
    for clan, of in ((3, 1), (4, 1), (4, 2)):
        await execute(
            "INSERT INTO clan_household (clan_id, household_id, tie, asked_at) VALUES"
            " (:clan, :of, 'agreed', '2025-01-01 00:00:00+00:00')", clan=clan, of=of,
        )  # fmt: skip
    await rolls.do(MergeHouseholds(3, 4))
    assert [(row["clan_id"], row["household_id"]) for row in await rows(clan_household)] == [(3, 1), (3, 2)]


async def test_a_clan_is_no_household(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("An", "Họ Nguyễn")
    await execute("UPDATE subject SET kind = 'clan' WHERE id = 2")
    with pytest.raises(Conflict):
        await rolls.do(MergeHouseholds(1, 2))


async def test_what_was_merged_before_follows(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("An", "An", "An")
    await rolls.do(MergeHouseholds(2, 3))
    await rolls.do(MergeHouseholds(1, 2))
    assert [row["merged_into"] for row in await rows(subject)] == [None, 1, 1]
    with pytest.raises(Conflict):
        await rolls.do(MergeHouseholds(1, 3))


ANSWERS = st.dictionaries(st.sampled_from("abcd"), st.tuples(st.sampled_from(VALUES), st.sampled_from(tuple(Side))))
SHEETS = st.tuples(ANSWERS, st.dictionaries(st.sampled_from("abcd"), st.sampled_from(VALUES)), st.sampled_from(STATES))
Sheet = tuple[Mapping[str, tuple[str, Side]], Mapping[str, str], AssessmentState]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=SHEETS, gone=SHEETS)
def test_merging_loses_no_answer(sqlite_template: Path, tmp_path: Path, kept: Sheet, gone: Sheet) -> None:
    """Whatever was said on either sheet stands, waits to be decided, or is in the history of the one that stays."""
    path = tmp_path / "merging.db"
    shutil.copy(sqlite_template, path)
    after = asyncio.run(_merged(f"sqlite:///{path}", kept, gone))
    standing, waiting, remembered, state, twice = after
    for answers, differing, _ in (kept, gone):
        said = [(i, value) for i, (value, _) in answers.items()]
        said += [(i, value) for i, value in differing.items() if i in answers]
        for each in said:
            assert each in standing or each in waiting or each in remembered
    order = ("draft", "returned", "handed_in", "confirmed", "appraised", "not_recognised", "recognised")
    further = max(kept, gone, key=lambda sheet: order.index(sheet[2]))
    assert state is further[2]
    assert {(i, value) for i, (value, _) in further[0].items()} <= set(standing)
    assert not twice
    assert not set(standing) & set(waiting)


async def _merged(
    url: str, kept: Sheet, gone: Sheet
) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]], AssessmentState, bool]:
    async def execute(statement: str, **parameters: object) -> None:
        await in_transaction(parse(url), lambda connection: connection.execute(text(statement), parameters).close())

    found: dict[str, list[tuple[str, str]]] = {}
    states: list[AssessmentState] = []

    def look(connection: Connection) -> None:
        for table in (answer, difference, answer_history):
            rows = connection.execute(select(table.c.indicator, table.c.value).where(table.c.assessment_id == 1))
            found[table.name] = [(i, value) for i, value in rows]
        states.append(connection.execute(select(assessment.c.state).where(assessment.c.id == 1)).scalar_one())

    store = database.open(url)
    try:
        async with store.work() as work:
            await work.records.ensure_sample(NOW)
        rolls = Rolls(store, execute)
        await rolls.head()
        await rolls.add("An", "An")
        for subject_id, (answers, differing, state) in ((1, kept), (2, gone)):
            await rolls.sheet(subject_id, state=state)
            for indicator, (value, side) in answers.items():
                for table in ("answer", "answer_history"):
                    await execute(
                        f"INSERT INTO {table} (assessment_id, indicator, value, channel, at, side)"  # noqa: S608
                        " VALUES (:sheet, :i, :value, 'web', '2025-11-02', :side)",
                        sheet=subject_id, i=indicator, value=value, side=side.value,
                    )  # fmt: skip
                other = differing.get(indicator)
                if other is not None and other != value:
                    await rolls.differ(subject_id, indicator, other, "head" if side is Side.SUBJECT else "subject")
        await rolls.do(MergeHouseholds(1, 2))
    finally:
        await store.close()
    await in_transaction(parse(url), look)
    waiting = found["difference"]
    indicators = [i for i, _ in waiting]
    return found["answer"], waiting, found["answer_history"], states[0], len(indicators) != len(set(indicators))
