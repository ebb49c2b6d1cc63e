"""What holds for any roll: whoever is written down is found, and every line is in exactly one state and on one page."""

from __future__ import annotations

import asyncio
import shutil
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import text

import storage as database
from bot.dialogs.facts import AssessmentState
from bot.dialogs.understanding import fold
from bot.dialogs.village.facts import HouseholdEntry, HouseholdPage, HouseholdQuery, HouseholdState
from storage.address import parse
from storage.migrating import in_transaction
from tests.storage.village.rolls import HAMLET, Rolls
from tests.support.turns import NOW

YES = '{"type": "YesNo", "value": true}'
WORDS = st.sampled_from("Nguyễn Trần Đặng Lò Thị Văn Hòa Hoà Út Mỹ Đỗ Kpă H'Nga Ybla Châu Phước".split())
NAMES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NUMBERS = st.one_of(st.just(""), st.integers(1, 999).map(lambda n: f"{n:03}"), st.integers(1, 99).map("H-{}".format))
ENTRIES = st.builds(HouseholdEntry, name=NAMES, number=NUMBERS, group=st.sampled_from(["", "Tổ 3", "Xóm Đình"]))
SHEETS = st.none() | st.tuples(st.sampled_from(tuple(AssessmentState)), st.booleans(), st.booleans())
SLOW = settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


class Made:
    """A roll in a new file."""

    def __init__(self, template: Path, folder: Path) -> None:
        self.url = f"sqlite:///{folder / 'roll.db'}"
        shutil.copy(template, folder / "roll.db")

    async def execute(self, statement: str, **parameters: object) -> None:
        await in_transaction(parse(self.url), lambda run: run.execute(text(statement), parameters).close())

    async def pages(self, entries: list[HouseholdEntry], *queries: HouseholdQuery) -> list[HouseholdPage]:
        store = database.open(self.url)
        try:
            async with store.work() as work:
                await work.records.ensure_sample(NOW)
            rolls = Rolls(store, self.execute)
            await rolls.head()
            await rolls.add(*entries)
            return [await rolls.page(query) for query in queries]
        finally:
            await store.close()

    async def sheets(self, sheets: list[tuple[AssessmentState, bool, bool] | None]) -> list[HouseholdPage]:
        store = database.open(self.url)
        try:
            async with store.work() as work:
                await work.records.ensure_sample(NOW)
            rolls = Rolls(store, self.execute)
            await rolls.head()
            await rolls.add(*(f"Hộ {n}" for n in range(len(sheets))))
            sheet_id = 0
            for subject_id, sheet in enumerate(sheets, 1):
                if sheet is not None:
                    state, is_answered, differs = sheet
                    sheet_id += 1
                    await rolls.sheet(subject_id, {"a": YES} if is_answered else {}, state)
                    if differs:
                        await rolls.differ(sheet_id, "a", "{}")
            every = [await rolls.page(HouseholdQuery(HAMLET, page_size=50))]
            return every + [await rolls.page(HouseholdQuery(HAMLET, state=s, page_size=50)) for s in HouseholdState]
        finally:
            await store.close()


@SLOW
@given(entries=st.lists(ENTRIES, min_size=1, max_size=5), data=st.data())
def test_whoever_is_written_down_is_found_by_any_letters_of_the_name(
    sqlite_template: Path, tmp_path: Path, entries: list[HouseholdEntry], data: st.DataObject
) -> None:
    """With or without diacritics, in capitals or not, a part of the name finds its line."""
    at = data.draw(st.integers(0, len(entries) - 1))
    name = entries[at].name
    first = data.draw(st.integers(0, len(name) - 1))
    part = name[first : data.draw(st.integers(first + 1, len(name)))]
    queries = [HouseholdQuery(HAMLET, text=each, page_size=50) for each in (part, fold(part), part.upper())]
    for page in asyncio.run(Made(sqlite_template, tmp_path).pages(entries, *queries)):
        assert at + 1 in {line.subject_id for line in page.lines}
        assert page.total == len(page.lines)


@SLOW
@given(sheets=st.lists(SHEETS, max_size=6))
def test_every_line_is_in_exactly_one_state(
    sqlite_template: Path, tmp_path: Path, sheets: list[tuple[AssessmentState, bool, bool] | None]
) -> None:
    everybody, *by_state = asyncio.run(Made(sqlite_template, tmp_path).sheets(sheets))
    listed = [line.subject_id for page in by_state for line in page.lines]
    assert sorted(listed) == list(range(1, len(sheets) + 1)) == list(everybody.ids)
    for state, page in zip(HouseholdState, by_state, strict=True):
        assert {line.state for line in page.lines} <= {state}
        assert len(page.lines) == everybody.counts.get(state, 0)
    unfinished = {line.subject_id for page in by_state[:2] for line in page.lines}
    assert everybody.next_unfinished == min(unfinished, default=0)
