"""Places, invites, heartbeats."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs.facts import CodeState, Place
from bot.ports import PlaceRecord
from storage import SqlStorage
from storage.places import in_sentence
from tests.storage.conftest import Everything, Execute
from tests.support.turns import NOW

TODAY = date(2025, 11, 20)


async def names(store: SqlStorage, query: str = "", page: int = 0, size: int = 50, on: date = TODAY) -> list[str]:
    async with store.work() as work:
        return [hamlet.name for hamlet in (await work.records.find_places("hamlet", query, page, size, on)).places]


async def add(store: SqlStorage, *hamlets: str) -> None:
    async with store.work() as work:
        for name in hamlets:
            await work.records.add_place(2, "hamlet", name, date(2020, 1, 1))


async def test_a_sample_is_added_only_where_there_is_no_place(bare: SqlStorage) -> None:
    async with bare.work() as work:
        assert await work.records.ensure_sample(NOW)
        assert not await work.records.ensure_sample(NOW)
        places = await work.records.places()
    assert [(place.parent_id, place.level, place.name) for place in places] == [
        (None, "province", "Tỉnh Mẫu"),
        (1, "commune", "Xã Mẫu"),
        (2, "hamlet", "Thôn Mẫu 1"),
        (2, "hamlet", "Thôn Mẫu 2"),
        (2, "hamlet", "Thôn Mẫu 3"),
    ]


async def test_an_installation_with_places_gets_no_sample(bare: SqlStorage) -> None:
    async with bare.work() as work:
        added = await work.records.add_place(None, "province", "Tỉnh Gia Lai", TODAY)
        assert not await work.records.ensure_sample(NOW)
        assert await work.records.places() == (added,)
    assert added == PlaceRecord(1, None, "province", "Tỉnh Gia Lai", TODAY)


async def test_a_place_says_what_it_lies_in(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.records.place(3) == Place(3, "Thôn Mẫu 1", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/")
        assert await work.records.place(2) == Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")
        assert await work.records.place(99) is None


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Xã Ia Mláh", "xã Ia Mláh"),
        ("Thị trấn Phú Túc", "thị trấn Phú Túc"),
        ("Krông Pa", "Krông Pa"),
        ("Xãng", "Xãng"),
    ],
)
def test_only_the_level_is_written_small_in_a_sentence(name: str, expected: str) -> None:
    assert in_sentence(name) == expected


async def test_a_place_in_a_place_that_is_not_there_is_refused(store: SqlStorage) -> None:
    async with store.work() as work:
        with pytest.raises(ValueError, match="no place 99"):
            await work.records.add_place(99, "hamlet", "Thôn Lạc", TODAY)


async def test_hamlets_are_found_without_diacritics_and_by_a_part_of_the_name(store: SqlStorage) -> None:
    await add(store, "Buôn Đoàn Kết", "Buôn Chính Hòa")
    for query in ("doan ket", "ĐOÀN", "đoan", "oàn k"):
        assert await names(store, query) == ["Buôn Đoàn Kết"]
    assert await names(store, "hòa") == await names(store, "hoà") == ["Buôn Chính Hòa"]
    assert await names(store, "không có") == []


async def test_hamlets_come_as_people_count(store: SqlStorage) -> None:
    await add(store, "Thôn 10", "Thôn 2", "Buôn Dù", "Thôn 1")
    assert await names(store) == ["Buôn Dù", "Thôn 1", "Thôn 2", "Thôn 10", "Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "100%"])
async def test_signs_that_mean_something_to_the_database_mean_nothing_here(store: SqlStorage, query: str) -> None:
    assert await names(store, query) in ([], ["Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"])
    await add(store, "Thôn A_B", "Thôn AXB")
    assert "Thôn AXB" not in await names(store, "a_b")


async def test_pages(store: SqlStorage) -> None:
    async with store.work() as work:
        first = await work.records.find_places("hamlet", "", 0, 2, TODAY)
        second = await work.records.find_places("hamlet", "", 1, 2, TODAY)
        beyond = await work.records.find_places("hamlet", "", 5, 2, TODAY)
    assert ([p.name for p in first.places], first.has_more, first.total) == (["Thôn Mẫu 1", "Thôn Mẫu 2"], True, 3)
    assert ([p.name for p in second.places], second.has_more, second.total) == (["Thôn Mẫu 3"], False, 3)
    assert (beyond.places, beyond.has_more, beyond.total) == ((), False, 3)


async def test_only_hamlets_in_force_are_offered(store: SqlStorage, execute: Execute) -> None:
    await execute("UPDATE place SET valid_until = '2025-06-30' WHERE id = 3")
    assert "Thôn Mẫu 1" in await names(store, on=date(2025, 6, 30))
    assert "Thôn Mẫu 1" not in await names(store, on=date(2025, 7, 1))
    assert await names(store, on=date(2024, 12, 31)) == []


async def test_an_invite_leads_to_its_hamlet_until_it_expires(store: SqlStorage, everything: Everything) -> None:
    until = NOW + timedelta(days=30)
    async with store.work() as work:
        await work.records.add_invite("h-K7QMX2PD", 4, until, 2, NOW)
        await work.records.add_invite("h-SPENT222", 4, until, 0, NOW)
        records = work.records
        assert await records.invite("h-K7QMX2PD", NOW) == Place(
            4, "Thôn Mẫu 2", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/4/"
        )
        assert await records.invite("h-K7QMX2PD", until) is CodeState.EXPIRED
        assert await records.invite("h-SPENT222", NOW) is CodeState.USED_UP
        assert await records.invite("h-NOBODY22", NOW) is CodeState.UNKNOWN
    assert "K7QMX2PD" not in await everything()


async def test_a_heartbeat_tells_of_the_one_before(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.records.heartbeat("telegram", NOW) is None
        assert await work.records.heartbeat("zalo", NOW) is None
    async with store.work() as work:
        assert await work.records.heartbeat("telegram", NOW + timedelta(hours=1)) == NOW
        assert await work.records.heartbeat("telegram", NOW) == NOW + timedelta(hours=1)
