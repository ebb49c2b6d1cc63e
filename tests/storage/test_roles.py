"""A role is taken by its code and holds from day to day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs.effects import RegisterSubject, TakeRole
from bot.dialogs.facts import (
    Role,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.ports import Conflict, PersonRecord
from bot.scoring.model import SubjectKind
from storage import SqlStorage
from storage.tables import audit, invite, role
from tests.storage.conftest import Execute, Rows
from tests.support.turns import LEASE, NOW, TODAY, WHO, person_of, take, take_all, turn, update

CODE = "r-OFFICER2"
COMMUNE = Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")


async def invited(store: SqlStorage, uses: int = 1, code: str = CODE, place_id: int = 2) -> None:
    async with store.work() as work:
        await work.records.add_invite(code, place_id, NOW + timedelta(days=1), uses, NOW, RoleKind.OFFICER)


async def on(store: SqlStorage, day: date) -> PersonRecord:
    async with store.work() as work:
        account = await work.people.account("telegram", WHO)
        assert account is not None
        return (await work.people.load([account.person_id], day))[account.person_id]


async def test_a_role_is_taken_by_its_code(store: SqlStorage, rows: Rows) -> None:
    await invited(store, uses=3)
    await take(store, update(1), TakeRole(CODE))
    assert (await person_of(store)).roles == (Role(RoleKind.OFFICER, COMMUNE),)
    (kept,) = await rows(role)
    assert (kept["since"], kept["until"], kept["invite_id"]) == (TODAY, None, 1)
    assert [row["uses_left"] for row in await rows(invite)] == [2]
    assert [row["what"] for row in await rows(audit)] == ["role.taken"]


async def test_a_role_holds_from_its_first_to_its_last_day(store: SqlStorage, execute: Execute) -> None:
    await invited(store)
    await take(store, update(1), TakeRole(CODE))
    await execute("UPDATE role SET until = '2026-01-31'")
    for day, holds in (
        (date(2025, 11, 19), False),
        (date(2025, 11, 20), True),
        (date(2026, 1, 31), True),
        (date(2026, 2, 1), False),
    ):
        assert bool((await on(store, day)).roles) is holds, day


async def test_roles_are_told_the_oldest_first_and_of_their_person_only(store: SqlStorage) -> None:
    for number, (code, place_id) in enumerate((("r-PROVINCE", 1), ("r-HAMLET22", 4))):
        await invited(store, code=code, place_id=place_id)
        await take(store, update(number), TakeRole(code))
    await invited(store)
    await take(store, update(5, who="other"), TakeRole(CODE))
    assert [each.place.id for each in (await person_of(store)).roles] == [1, 4]
    assert [each.place.id for each in (await person_of(store, "other")).roles] == [2]


async def test_the_last_use_is_taken_by_one(store: SqlStorage, rows: Rows) -> None:
    await invited(store, uses=2)
    async with store.work() as work:
        await work.inbox.add([update(n, who=f"p{n}") for n in range(3)], NOW)
        claimed = await work.inbox.claim(9, NOW)
    with pytest.raises(Conflict) as caught:
        await take_all(store, TakeRole(CODE))
    assert caught.value.inbox_ids == (claimed[2].inbox_id,)
    assert await rows(role) == []
    async with store.work() as work:
        await work.people.load([each.account.person_id for each in claimed], TODAY)
        await work.people.apply([turn(each, TakeRole(CODE)) for each in claimed[:2]], NOW, NOW + LEASE)
    assert [row["person_id"] for row in await rows(role)] == [1, 2]
    assert [row["uses_left"] for row in await rows(invite)] == [0]


@pytest.mark.parametrize("code", ["r-NOBODY22", "h-FAMILY22", "r-EXPIRED2"])
async def test_a_code_that_grants_nothing_is_refused(store: SqlStorage, rows: Rows, code: str) -> None:
    async with store.work() as work:
        await work.records.add_invite("h-FAMILY22", 3, NOW + timedelta(days=1), 5, NOW)
        await work.records.add_invite("r-EXPIRED2", 2, NOW, 5, NOW, RoleKind.OFFICER)
    with pytest.raises(Conflict):
        await take(store, update(1), TakeRole(code))
    assert await rows(role) == []
    assert [row["uses_left"] for row in await rows(invite)] == [5, 5]


async def test_who_has_the_role_already_spends_no_use(store: SqlStorage, rows: Rows) -> None:
    await invited(store, uses=2)
    await take(store, update(1), TakeRole(CODE))
    await take(store, update(2), TakeRole(CODE))
    assert len(await rows(role)) == 1
    assert [row["uses_left"] for row in await rows(invite)] == [1]


async def test_a_code_of_a_role_is_not_spent_by_a_family(store: SqlStorage, rows: Rows) -> None:
    await invited(store)
    await take(store, update(1), RegisterSubject(SubjectKind.HOUSEHOLD, "Hoa", 3, {}, invite=CODE))
    assert [row["uses_left"] for row in await rows(invite)] == [1]


async def test_roles_cost_a_statement_only_where_somebody_has_one(store: SqlStorage, statements: list[str]) -> None:
    await take(store, update(1))
    await invited(store)
    await take(store, update(2, who="officer"), TakeRole(CODE))

    async def cost(*person_ids: int) -> int:
        statements.clear()
        async with store.work() as work:
            await work.people.load(person_ids, TODAY)
        return len([each for each in statements if each.startswith("SELECT")])

    assert (await cost(1), await cost(1, 2)) == (1, 2)
