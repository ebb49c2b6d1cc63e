"""Lines of the roll are added, corrected, left and moved, by whoever has the role for their hamlet and nobody else."""

from __future__ import annotations

import json

import pytest

from bot.dialogs.facts import RoleKind
from bot.dialogs.village.effects import (
    AddHousehold,
    CorrectHousehold,
    LeaveRoll,
    MergeHouseholds,
    MoveHousehold,
    VillageEffect,
)
from bot.dialogs.village.facts import HouseholdEntry, HouseholdQuery
from bot.ports import Conflict
from bot.scoring.model import SubjectKind
from storage import SqlStorage
from storage.tables import assessment, audit, invite, period, subject
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, OTHER_HAMLET, Rolls
from tests.support.turns import TODAY, YEAR

YES = '{"type": "YesNo", "value": true}'
AN = HouseholdEntry("Nguyễn Văn An", "017", "Tổ 3", "0912345678", 3, 0)


async def test_a_line_comes_back_as_it_was_added(rolls: Rolls, rows: Rows) -> None:
    await rolls.add(AN)
    detail = await rolls.detail(1)
    assert detail.entry == AN
    assert (detail.place, detail.path, detail.members, detail.is_open) == ("Thôn Mẫu 1", "/1/2/3/", 0, True)
    (row,) = await rows(subject)
    assert row["is_on_roll"]
    assert json.loads(row["told"]) == {"adults": 3, "school_age_children": 0}
    assert [(each["what"], each["subject_id"]) for each in await rows(audit)][-1:] == [("household.added", 1)]


async def test_what_an_entry_leaves_out_stays(rolls: Rolls) -> None:
    await rolls.add(AN)
    await rolls.do(CorrectHousehold(1, HouseholdEntry(phone="0987654321", adults=2)))
    assert (await rolls.detail(1)).entry == HouseholdEntry("Nguyễn Văn An", "017", "Tổ 3", "0987654321", 2, 0)


async def test_a_corrected_line_is_found_and_ordered_anew(rolls: Rolls) -> None:
    await rolls.add(AN, HouseholdEntry("Bình", "018"))
    await rolls.do(CorrectHousehold(1, HouseholdEntry("Trần Văn Út", "19")))
    assert await rolls.names() == ["Bình", "Trần Văn Út"]
    assert await rolls.names(HouseholdQuery(HAMLET, text="ut")) == ["Trần Văn Út"]
    assert await rolls.names(HouseholdQuery(HAMLET, text="an to 3")) == ["Trần Văn Út"]  # of Trần, and its group
    assert await rolls.names(HouseholdQuery(HAMLET, text="nguyen")) == []


@pytest.mark.parametrize(("state", "again"), [("draft", True), ("handed_in", True), ("confirmed", False)])
async def test_what_was_told_anew_is_scored_anew_until_it_is_confirmed(
    rolls: Rolls, rows: Rows, state: str, again: bool
) -> None:
    await rolls.add(AN)
    await rolls.sheet(1, {"goc_hoc": YES}, state)
    await rolls.do(CorrectHousehold(1, HouseholdEntry("Nguyễn Văn Anh")))
    assert [row["is_scored"] for row in await rows(assessment)] == [True]
    await rolls.do(CorrectHousehold(1, HouseholdEntry(adults=5)))
    assert [row["is_scored"] for row in await rows(assessment)] == [not again]


async def test_who_moved_away_is_listed_no_more_until_brought_back(rolls: Rolls) -> None:
    await rolls.add("An", "Bình")
    await rolls.do(LeaveRoll(1, TODAY))
    assert await rolls.names() == ["Bình"]
    assert (await rolls.page()).ids == (2,)
    assert (await rolls.detail(1)).moved_on == TODAY
    with pytest.raises(Conflict, match="already"):
        await rolls.do(LeaveRoll(1, TODAY))
    await rolls.do(LeaveRoll(1, None))
    assert await rolls.names() == ["An", "Bình"]


async def test_a_household_moves_with_its_open_sheet_and_its_codes(rolls: Rolls, rows: Rows, execute: Execute) -> None:
    async with rolls.store.work() as work:
        commune = await work.records.add_place(1, "commune", "Xã Kia", TODAY)
        await work.records.add_place(commune.id, "hamlet", "Thôn Kia", TODAY)
    await rolls.head(7)
    await rolls.add(AN)
    await rolls.sheet(1, {"goc_hoc": YES}, year=2024, state="confirmed")
    await rolls.sheet(1, {"goc_hoc": YES})
    await execute("INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, subject_id, serial)"
                  " VALUES ('x', 3, '2026-01-01 00:00:00+00:00', 5, '2025-01-01 00:00:00+00:00', 1, 1)")  # fmt: skip

    await rolls.do(MoveHousehold(1, 7))

    assert (await rolls.detail(1)).place == "Thôn Kia"
    places = {row["id"]: row["place_id"] for row in await rows(period)}
    assert {row["year"]: places[row["period_id"]] for row in await rows(assessment)} == {2024: 2, 2025: 6}
    assert [row["place_id"] for row in await rows(invite) if row["subject_id"]] == [7]


OUTSIDE: tuple[VillageEffect, ...] = (
    AddHousehold(OTHER_HAMLET, AN),
    AddHousehold(2, AN),
    AddHousehold(999, AN),
    AddHousehold(HAMLET, HouseholdEntry()),
    CorrectHousehold(2, AN),
    CorrectHousehold(999, AN),
    LeaveRoll(2, TODAY),
    MoveHousehold(1, OTHER_HAMLET),
    MoveHousehold(2, HAMLET),
    MoveHousehold(1, 2),
    MergeHouseholds(1, 2),
    MergeHouseholds(2, 1),
    MergeHouseholds(1, 1),
    MergeHouseholds(1, 999),
)


@pytest.mark.parametrize("effect", OUTSIDE, ids=str)
async def test_nothing_is_changed_beyond_the_hamlet_of_the_role(
    rolls: Rolls, everything: object, rows: Rows, effect: VillageEffect
) -> None:
    await rolls.head(OTHER_HAMLET, "other")
    await rolls.do(AddHousehold(HAMLET, AN))
    await rolls.do(AddHousehold(OTHER_HAMLET, AN), who="other")
    before = await rows(subject)
    with pytest.raises(Conflict):
        await rolls.do(effect)
    assert await rows(subject) == before


@pytest.mark.parametrize("effect", [AddHousehold(HAMLET, AN), CorrectHousehold(1, AN), LeaveRoll(1, TODAY)], ids=str)
async def test_an_officer_changes_no_line_by_hand(rolls: Rolls, effect: VillageEffect) -> None:
    await rolls.add(AN)
    await rolls.head(2, "officer", RoleKind.OFFICER)
    with pytest.raises(Conflict, match="no such role"):
        await rolls.do(effect, who="officer")


async def test_the_head_of_a_commune_has_every_hamlet_of_it(rolls: Rolls) -> None:
    await rolls.head(2, "commune")
    for place_id in (HAMLET, OTHER_HAMLET):
        await rolls.do(AddHousehold(place_id, AN), who="commune")
    await rolls.do(MoveHousehold(1, OTHER_HAMLET), who="commune")
    assert (await rolls.page(HouseholdQuery(OTHER_HAMLET))).total == 2


async def test_the_head_of_two_hamlets_merges_across_them(rolls: Rolls) -> None:
    await rolls.head(OTHER_HAMLET)
    await rolls.add(AN)
    await rolls.add("Nguyễn Văn Anh", place_id=OTHER_HAMLET)
    await rolls.do(MergeHouseholds(1, 2), who=HEAD)
    assert await rolls.names() == ["Nguyễn Văn An"]
    assert await rolls.names(HouseholdQuery(OTHER_HAMLET)) == []


async def test_who_left_or_was_merged_is_counted_no_more(rolls: Rolls, store: SqlStorage) -> None:
    """The share of a hamlet's households with the title is of those that live there."""
    await rolls.add("An", "Bình", "Chi", "Dũng")
    for subject_id in range(1, 4):
        await rolls.sheet(subject_id, {"a": YES}, "recognised")
    await rolls.do(LeaveRoll(1, TODAY))
    await rolls.do(MergeHouseholds(4, 2))
    async with store.work() as work:
        _, every = await work.records.recognised("/1/2/3/", SubjectKind.HOUSEHOLD, YEAR, YEAR)
    assert every == 2
    sheets = [sheet.assessment_id async for page in store.sheets("/1/2/3/", YEAR, "sample", "1") for sheet in page]
    assert sorted(sheets) == [1, 2, 3]  # of who moved away, too; the merged one's is that of the other line now


async def test_the_sheet_that_merging_left_behind_is_read_no_more(rolls: Rolls, store: SqlStorage) -> None:
    await rolls.add("An", "An")
    for subject_id in (1, 2):
        await rolls.sheet(subject_id, {"a": YES})
    await rolls.do(MergeHouseholds(1, 2))
    sheets = [sheet.assessment_id async for page in store.sheets("/1/2/3/", YEAR, "sample", "1") for sheet in page]
    assert sheets == [1]
