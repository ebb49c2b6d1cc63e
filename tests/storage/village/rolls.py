"""A hamlet's roll for tests of storage: a village head, lines, sheets with answers of two sides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from itertools import count

from bot.dialogs.effects import Effect, TakeRole
from bot.dialogs.facts import RoleKind
from bot.dialogs.village.effects import AddHousehold
from bot.dialogs.village.facts import HouseholdDetail, HouseholdEntry, HouseholdPage, HouseholdQuery
from bot.ports.village.roll import RollEntry
from storage import SqlStorage
from tests.storage.conftest import Execute
from tests.support.turns import NOW, YEAR, take, update

HAMLET, OTHER_HAMLET = 3, 4
HEAD = "head"


class Rolls:
    """What village heads do, in a storage with the sample places."""

    def __init__(self, store: SqlStorage, execute: Execute) -> None:
        self.store = store
        self._execute = execute
        self._numbers = count(1)

    async def do(self, *effects: Effect, who: str = HEAD) -> None:
        """One turn of somebody."""
        await take(self.store, update(next(self._numbers), who=who), *effects)

    async def head(self, place_id: int = HAMLET, who: str = HEAD, role: RoleKind = RoleKind.VILLAGE_HEAD) -> None:
        """Somebody takes a role."""
        code = f"{who}-{place_id}-{next(self._numbers)}"
        async with self.store.work() as work:
            await work.records.add_invite(code, place_id, NOW + timedelta(days=1), 1, NOW, role)
        await self.do(TakeRole(code), who=who)

    async def add(self, *entries: HouseholdEntry | str, place_id: int = HAMLET) -> None:
        """Lines come on the roll; their ids count on."""
        for entry in entries:
            line = HouseholdEntry(entry) if isinstance(entry, str) else entry
            await self.do(AddHousehold(place_id, line))

    async def sheet(
        self,
        subject_id: int,
        answers: Mapping[str, str] | None = None,
        state: str = "draft",
        side: str = "subject",
        year: int = YEAR,
        set_id: str = "sample",
    ) -> None:
        """A sheet with answers, each as it is stored."""
        await self._execute("INSERT INTO period (year, place_id) VALUES (:year, 2) ON CONFLICT DO NOTHING", year=year)
        handed_in = "NULL" if state in ("draft", "returned") else "'2025-11-02 00:00:00+00:00'"
        await self._execute(
            "INSERT INTO assessment (subject_id, period_id, year, set_id, set_version, state, is_complete, created_at,"  # noqa: S608
            " handed_in_at) VALUES (:subject, (SELECT id FROM period WHERE year = :year AND place_id = 2), :year, :set,"
            f" '1', :state, true, '2025-11-01 00:00:00+00:00', {handed_in})",
            subject=subject_id,
            year=year,
            set=set_id,
            state=state,
        )
        for indicator, value in (answers or {}).items():
            for table in ("answer", "answer_history"):
                await self._execute(
                    f"INSERT INTO {table} (assessment_id, indicator, value, channel, at, side) VALUES ("  # noqa: S608
                    "(SELECT max(id) FROM assessment), :indicator, :value, 'web', '2025-11-02 00:00:00+00:00', :side)",
                    indicator=indicator, value=value, side=side,
                )  # fmt: skip

    async def differ(self, assessment_id: int, indicator: str, value: str, side: str = "head") -> None:
        """The other side answers differently."""
        await self._execute(
            "INSERT INTO difference (assessment_id, indicator, value, channel, side, at, reason)"
            " VALUES (:sheet, :indicator, :value, 'web', :side, '2025-11-02 00:00:00+00:00', '')",
            sheet=assessment_id, indicator=indicator, value=value, side=side,
        )  # fmt: skip

    async def page(self, query: HouseholdQuery | None = None) -> HouseholdPage:
        """A page of the list."""
        async with self.store.work() as work:
            return await work.roll.households(query or HouseholdQuery(HAMLET), YEAR)

    async def entry(self, subject_id: int) -> RollEntry | None:
        """Everything of one line."""
        async with self.store.work() as work:
            return await work.roll.household(subject_id, YEAR, NOW)

    async def detail(self, subject_id: int) -> HouseholdDetail:
        """What is seen of one line."""
        entry = await self.entry(subject_id)
        assert entry is not None
        return entry.detail

    async def names(self, query: HouseholdQuery | None = None) -> list[str]:
        """Who is on a page of the list."""
        return [line.name for line in (await self.page(query)).lines]
