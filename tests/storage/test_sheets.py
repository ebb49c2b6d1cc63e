"""All sheets below a place are read page by page, beside everything else that goes on."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from contextlib import aclosing
from dataclasses import replace
from decimal import Decimal

import pytest
from sqlalchemy import Connection, insert

from bot.dialogs.codec import encode_answer
from bot.dialogs.effects import HandIn, OpenAssessment, SaveAnswer
from bot.dialogs.facts import AssessmentState
from bot.ports import StoredSheet
from bot.scoring.model import Answer, Chosen, Derived, Quantity, Share, SubjectKind, YesNo
from storage import SqlStorage, sheets
from storage.address import parse
from storage.migrating import in_transaction
from storage.tables import answer, assessment, period, subject
from tests.storage.conftest import Execute
from tests.support.turns import NOW, YEAR, person_of, take, update
from tests.support.turns import subject as household

YES, NO = YesNo(value=True), YesNo(value=False)


async def read(
    store: SqlStorage,
    path: str,
    *,
    year: int = YEAR,
    set_id: str = "sample",
    version: str = "1",
    but: Sequence[str] = (),
) -> list[StoredSheet]:
    return [sheet async for page in store.sheets(path, year, set_id, version, but) for sheet in page]


async def test_a_sheet_has_all_that_scoring_needs(store: SqlStorage) -> None:
    answers: dict[str, Answer] = {
        "one": YES,
        "two": Chosen("often"),
        "three": Quantity(Decimal("12.50")),
        "four": Share(2, 3),
        "five": Derived(40, 50, override_reason="Có hai hộ mới chuyển đến, chưa kịp ghi vào sổ của thôn, hỏi lại sau."),
    }
    await take(store, update(1), household(adults=4, children=0))
    await take(store, update(2), *(SaveAnswer(name, value) for name, value in answers.items()), HandIn())
    await take(store, update(3, who="other"), household(place_id=4))
    async with store.work() as work:
        await work.records.set_difficult_area(4, "QĐ 861/QĐ-TTg")
    assert await read(store, "/1/2/") == [
        StoredSheet(
            1,
            AssessmentState.HANDED_IN,
            answers,
            {"adults": 4, "school_age_children": 0, "difficult_area": 0},
        ),
        StoredSheet(2, AssessmentState.DRAFT, {}, {"adults": 2, "school_age_children": 1, "difficult_area": 1}),
    ]
    record = (await person_of(store, "other")).subject
    assert record is not None
    assert (await read(store, "/1/2/4/"))[0].profile == record.profile


async def test_only_sheets_of_the_place_the_year_and_the_set_are_read(store: SqlStorage, execute: Execute) -> None:
    for number, place_id in enumerate((3, 3, 4, 5)):
        await take(store, update(number, who=f"p{number}"), household(place_id=place_id))
    await take(store, update(10, who="p0"), OpenAssessment(), year=YEAR + 1)
    await take(store, update(11, who="clan"), replace(household(place_id=3), kind=SubjectKind.CLAN))
    await execute("UPDATE assessment SET set_version = '2' WHERE id = 2")
    await execute("UPDATE assessment SET set_id = 'clan' WHERE id = 6")

    async def ids(path: str, **which: object) -> list[int]:
        return [sheet.assessment_id for sheet in await read(store, path, **which)]  # type: ignore[arg-type]  # by name

    assert await ids("/1/2/") == await ids("/1/") == [1, 3, 4]
    assert await ids("/1/2/3/") == [1]
    assert await ids("/1/2/3/", version="2") == [2]
    assert await ids("/1/2/", year=YEAR + 1) == [5]
    assert await ids("/1/2/", set_id="clan") == [6]
    assert await ids("/1/", but=["/1/2/4/", "/9/"]) == [1, 4]
    assert await ids("/1/", but=["/1/2/"]) == []
    assert await ids("/1/2/9/") == await ids("/1/2/", year=YEAR - 1) == []


@pytest.mark.parametrize("page", [1, 2, 3, 100])
async def test_every_sheet_is_read_once_whatever_the_size_of_a_page(
    store: SqlStorage, monkeypatch: pytest.MonkeyPatch, page: int
) -> None:
    for number, place_id in enumerate((3, 4, 3, 5, 3, 4, 3)):
        await take(store, update(number, who=f"p{number}"), household(place_id=place_id))
        await take(store, update(100 + number, who=f"p{number}"), SaveAnswer("one", Share(number, 9)))
    monkeypatch.setattr(sheets, "PAGE", page)
    monkeypatch.setattr(sheets, "_PAGE", sheets._PAGE.limit(page))
    pages = [each async for each in store.sheets("/1/", YEAR, "sample", "1")]
    assert all(0 < len(each) <= page for each in pages)
    found = {sheet.assessment_id: sheet.answers["one"] for each in pages for sheet in each}
    assert found == {number + 1: Share(number, 9) for number in range(7)}
    assert sum(len(each) for each in pages) == 7


async def test_conversations_go_on_while_sheets_are_read(store: SqlStorage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "PAGE", 1)
    monkeypatch.setattr(sheets, "_PAGE", sheets._PAGE.limit(1))
    for number in range(3):
        await take(store, update(number, who=f"p{number}"), household())
    seen: list[Mapping[str, Answer]] = []
    async for page in store.sheets("/1/", YEAR, "sample", "1"):
        seen.extend(sheet.answers for sheet in page)
        await take(store, update(100 + len(seen), who="p2"), SaveAnswer("one", Share(len(seen), 9)))
    assert seen == [{}, {}, {"one": Share(2, 9)}]


async def test_reading_while_somebody_writes_waits_for_nobody(store: SqlStorage) -> None:
    await take(store, update(1), household())
    async with store.work() as work:
        await work.inbox.add([update(2)], NOW)
        assert len(await asyncio.wait_for(read(store, "/1/"), 5)) == 1


async def test_whoever_stops_in_the_middle_leaves_nothing_open(
    store: SqlStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "PAGE", 1)
    monkeypatch.setattr(sheets, "_PAGE", sheets._PAGE.limit(1))
    for number in range(3):
        await take(store, update(number, who=f"p{number}"), household())
    async with aclosing(store.sheets("/1/", YEAR, "sample", "1")) as pages:
        async for _ in pages:
            break
    reading = asyncio.ensure_future(read(store, "/1/"))
    await asyncio.sleep(0)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert len(await read(store, "/1/")) == 3


async def test_the_sheets_of_a_commune_are_read_in_well_under_a_second(store: SqlStorage, url: str) -> None:
    """5 000 households with 12 answers each: half of what trying out a new set may take in all."""
    await fill(url, households=5000, answers=12)
    began = time.perf_counter()
    found = await read(store, "/1/2/")
    took = time.perf_counter() - began
    assert len(found) == 5000
    assert all(len(sheet.answers) == 12 for sheet in found)
    assert took < 2, f"{took:.2f} s"


async def fill(url: str, households: int, answers: int) -> None:
    values: Sequence[Answer] = (YES, NO, Chosen("often"), Share(2, 3), Quantity(Decimal(4)))

    def add(connection: Connection) -> None:
        numbers = range(1, households + 1)
        connection.execute(insert(period).values(year=YEAR, place_id=2))
        told = [json.dumps({"adults": adults, "school_age_children": adults % 3}) for adults in range(1, 8)]
        connection.execute(
            insert(subject),
            [
                {
                    "kind": SubjectKind.HOUSEHOLD, "name": f"Hộ {n}", "place_id": 3 + n % 3, "told": told[n % 7],
                    "created_at": NOW,
                }
                for n in numbers
            ],
        )  # fmt: skip
        connection.execute(
            insert(assessment),
            [
                {
                    "subject_id": n, "period_id": 1, "year": YEAR, "set_id": "sample", "set_version": "1",
                    "state": AssessmentState.DRAFT, "created_at": NOW,
                }
                for n in numbers
            ],
        )  # fmt: skip
        texts = [encode_answer(value) for value in values]
        connection.execute(
            insert(answer),
            [
                {
                    "assessment_id": n, "indicator": f"indicator_{i}", "value": texts[(n + i) % len(texts)],
                    "channel": "telegram", "at": NOW,
                }
                for n in numbers
                for i in range(answers)
            ],
        )  # fmt: skip

    await in_transaction(parse(url), add)
