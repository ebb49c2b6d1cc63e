"""The tree of places: what lies in what, what is found by which letters, and what is counted below."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import Connection, select

from bot.dialogs.effects import OpenAssessment
from bot.dialogs.places import Place
from bot.ports import Outcome, PlaceRecord
from bot.scoring.model import SubjectKind
from storage import SqlStorage
from storage.address import parse
from storage.migrating import in_transaction
from storage.paths import within_any
from storage.places import in_sentence
from storage.tables import place
from tests.storage.conftest import Execute, Rows
from tests.support.turns import NOW, TODAY, YEAR, take, update
from tests.support.turns import subject as household


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


# --- paths ------------------------------------------------------------------------------------------------------------


async def test_a_path_names_every_place_above(store: SqlStorage, rows: Rows) -> None:
    assert [row["path"] for row in await rows(place)] == ["/1/", "/1/2/", "/1/2/3/", "/1/2/4/", "/1/2/5/"]
    async with store.work() as work:
        commune, hamlet = await work.records.place(2), await work.records.place(3)
    assert commune is not None
    assert hamlet is not None
    assert commune.holds(hamlet)
    assert not hamlet.holds(commune)


async def test_places_are_found_by_level_and_only_below_the_ones_asked_for(store: SqlStorage) -> None:
    async with store.work() as work:
        records = work.records
        for number in range(6, 11):  # so that ids of one and of two digits stand beside each other
            await records.add_place(1, "commune", f"Xã {number}", date(2020, 1, 1))
        other = await records.add_place(10, "hamlet", "Buôn Bên", date(2020, 1, 1))

        async def found(level: str, *below: str) -> list[str]:
            page = await records.find_places(level, "", 0, 50, TODAY, below)
            assert page.total == len(page.places)
            return [each.name for each in page.places]

        assert await found("hamlet", "/1/2/") == ["Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"]
        assert await found("hamlet", "/1/2/4/", f"/1/10/{other.id}/") == ["Buôn Bên", "Thôn Mẫu 2"]
        assert await found("hamlet", "/1/") == ["Buôn Bên", "Thôn Mẫu 1", "Thôn Mẫu 2", "Thôn Mẫu 3"]
        assert await found("commune", "/1/2/") == ["Xã Mẫu"]
        assert await found("province", "/1/2/") == await found("hamlet") == []
        everywhere = await records.find_places("commune", "xa 1", 0, 50, TODAY)
    assert [each.name for each in everywhere.places] == ["Xã 10"]


async def test_a_place_of_past_years_has_its_last_day(store: SqlStorage) -> None:
    until = date(2025, 6, 30)
    async with store.work() as work:
        added = await work.records.add_place(1, "district", "Huyện Mẫu", date(2020, 1, 1), until)
        assert added == PlaceRecord(6, 1, "district", "Huyện Mẫu", date(2020, 1, 1), until)
        assert added in await work.records.places()
        then = await work.records.find_places("district", "", 0, 9, until)
        now = await work.records.find_places("district", "", 0, 9, TODAY)
    assert ([each.name for each in then.places], now.places) == (["Huyện Mẫu"], ())


async def test_no_more_places_lie_in_each_other_than_there_are_levels(store: SqlStorage) -> None:
    async with store.work() as work:
        below = await work.records.add_place(3, "hamlet", "Xóm Một", TODAY)
        with pytest.raises(ValueError, match="at most 4"):
            await work.records.add_place(below.id, "hamlet", "Xóm Hai", TODAY)


async def test_a_difficult_area_is_one_with_all_below_it(store: SqlStorage) -> None:
    async def difficult() -> list[int]:
        async with store.work() as work:
            found = [await work.records.place(number) for number in range(1, 7)]
        return [each.id for each in found if each is not None and each.is_difficult_area]

    async with store.work() as work:
        await work.records.add_place(3, "hamlet", "Xóm Một", TODAY)
    assert await difficult() == []
    for set_down, expected in ((1, [1, 2, 3, 4, 5, 6]), (2, [2, 3, 4, 5, 6]), (3, [3, 6]), (6, [6])):
        async with store.work() as work:
            await work.records.set_difficult_area(set_down, "QĐ 861/QĐ-TTg")
        assert await difficult() == expected
        async with store.work() as work:
            await work.records.set_difficult_area(set_down, "")
    assert await difficult() == []


async def test_a_difficult_area_that_is_not_there_is_refused(store: SqlStorage) -> None:
    async with store.work() as work:
        with pytest.raises(ValueError, match="no place 99"):
            await work.records.set_difficult_area(99, "QĐ 861/QĐ-TTg")


async def test_what_lies_below_is_found_by_an_index(store: SqlStorage, url: str) -> None:
    async with store.work() as work:
        for commune in range(40):
            above = await work.records.add_place(1, "commune", f"Xã {commune}", TODAY)
            for hamlet in range(50):
                await work.records.add_place(above.id, "hamlet", f"Thôn {hamlet}", TODAY)
    plans: list[str] = []

    def explain(connection: Connection) -> None:
        dialect = connection.dialect
        connection.exec_driver_sql("ANALYZE place")
        query = select(place.c.id).where(within_any(["/1/2/"]))
        sql = str(query.compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        rows = connection.exec_driver_sql(f"{'EXPLAIN QUERY PLAN' if dialect.name == 'sqlite' else 'EXPLAIN'} {sql}")
        plans.append("\n".join(str(row) for row in rows))

    await in_transaction(parse(url), explain)
    assert "place_path" in plans[0], plans[0]
    async with store.work() as work:
        assert (await work.records.find_places("hamlet", "", 0, 4, TODAY, ["/1/2/"])).total == 3


# --- counting ---------------------------------------------------------------------------------------------------------


async def test_recognised_subjects_are_counted_at_and_below_a_place(store: SqlStorage, execute: Execute) -> None:
    titled = [("a", 3, "good"), ("b", 3, None), ("c", 4, "good"), ("d", 4, "good")]
    for number, (who, where, title) in enumerate(titled):
        outcome = Outcome(Decimal(80), title, is_complete=True)
        await take(store, update(number, who=who), household(place_id=where), outcome=outcome)
    await take(store, update(9, who="clan"), replace(household(place_id=3), kind=SubjectKind.CLAN))
    await take(store, update(10, who="a"), OpenAssessment(), year=YEAR + 1)
    await execute("UPDATE assessment SET state = 'recognised' WHERE subject_id IN (1, 2, 3)")
    await execute("UPDATE assessment SET state = 'appraised' WHERE subject_id = 4")

    async def counted(path: str, kind: SubjectKind = SubjectKind.HOUSEHOLD, year: int = YEAR) -> tuple[int, int]:
        async with store.work() as work:
            return await work.records.recognised(path, kind, year, year)

    assert await counted("/1/2/3/") == (1, 2)
    assert await counted("/1/2/4/") == (1, 2)
    assert await counted("/1/") == await counted("/1/2/") == (2, 4)
    assert await counted("/1/2/5/") == (0, 0)
    assert await counted("/1/2/", SubjectKind.CLAN) == (0, 1)
    assert await counted("/1/2/", year=YEAR - 1) == (0, 4)
    assert await counted("/1/2/", SubjectKind.VILLAGE) == (0, 3), "every hamlet counts, assessed or not"
    async with store.work() as work:
        assert await work.records.recognised("/1/2/", SubjectKind.HOUSEHOLD, YEAR - 2, YEAR + 1) == (2, 4)
