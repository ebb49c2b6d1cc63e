"""How far a hamlet is, its target, and reminders: read and kept on both databases."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.dialogs.codec import decode_event
from bot.dialogs.effects import Effect, HandIn, SaveAnswer, TakeBack, TakeRole
from bot.dialogs.events import SheetMoved
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.effects import Nudge, SetTarget
from bot.dialogs.village.facts import HouseholdState
from bot.ports import Conflict, Outcome
from bot.ports.village.watch import Watched, WatchedHousehold
from bot.scoring.model import YesNo
from storage import SqlStorage
from storage.tables import audit, news, nudge, target
from tests.storage.conftest import Execute, Rows
from tests.support.turns import NOW, TODAY, YEAR, subject, take, take_all, update

HAMLET, OTHER = 3, 4
HEAD = "head"
TOLD = say("nudge.told", place="Thôn Mẫu 1", year="2025")
ANSWER = SaveAnswer("q1", YesNo(True))


class Village:
    """A head and families of the first hamlet, on Telegram."""

    def __init__(self, store: SqlStorage) -> None:
        self.store = store
        self._update = 0

    async def head(self, who: str = HEAD, place_id: int = HAMLET, role: RoleKind = RoleKind.VILLAGE_HEAD) -> None:
        code = f"r-{who}-{place_id}"
        async with self.store.work() as work:
            await work.records.add_invite(code, place_id, NOW + timedelta(days=1), 1, NOW, role)
        await self.does(who, TakeRole(code))

    async def does(
        self, who: str, *effects: Effect, now: datetime = NOW, channel: str = "telegram", title: str | None = None
    ) -> None:
        self._update += 1
        outcome = Outcome(None, title, is_complete=True) if title is not None else None
        await take(self.store, update(self._update, who=who, channel=channel), *effects, now=now, outcome=outcome)

    async def watched(self, place_id: int = HAMLET, day: date = TODAY) -> Watched:
        async with self.store.work() as work:
            return await work.watch.watched(place_id, YEAR, day)

    async def household(self, name: str) -> WatchedHousehold:
        return next(each for each in (await self.watched()).households if each.line.name == name)


@pytest.fixture
async def village(store: SqlStorage) -> Village:
    made = Village(store)
    await made.head()
    return made


async def test_a_household_is_watched_from_its_first_answer_to_its_last_move(village: Village) -> None:
    later = NOW + timedelta(days=1)
    await village.does("hoa", subject("Hoa"))
    assert (await village.household("Hoa")).answered_at is None
    await village.does("hoa", ANSWER, now=NOW)
    await village.does("hoa", SaveAnswer("q1", YesNo(False)), now=later)
    await village.does("hoa", HandIn(), now=later, title="best")
    await village.does("hoa", TakeBack(), now=later + timedelta(hours=1))
    found = await village.household("Hoa")
    assert found.answered_at == NOW
    assert found.moves == (
        (later, AssessmentState.HANDED_IN),
        (later + timedelta(hours=1), AssessmentState.DRAFT),
    )
    assert (found.line.state, found.is_missing) == (HouseholdState.ANSWERING, True)
    assert (found.set_id, found.set_version) == ("sample", "1")


async def test_only_households_on_the_roll_of_the_hamlet_are_watched(village: Village, execute: Execute) -> None:
    for name, place_id in (("Bình", HAMLET), ("An", HAMLET), ("Xa", OTHER)):
        await village.does(name, subject(name, place_id))
    await execute("UPDATE subject SET sort_key = lower(name)")
    assert [each.line.name for each in (await village.watched()).households] == ["An", "Bình"]
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE name = 'An'")
    assert [each.line.name for each in (await village.watched()).households] == ["Bình"]


async def test_a_target_is_kept_for_the_year_and_changed(village: Village, rows: Rows) -> None:
    assert (await village.watched()).target is None
    await village.does(HEAD, SetTarget(HAMLET, 70))
    await village.does(HEAD, SetTarget(HAMLET, 85))
    assert (await village.watched()).target == 85
    assert (await village.watched(OTHER)).target is None
    assert [(row["year"], row["percent"]) for row in await rows(target)] == [(2025, 85)]
    assert [row["what"] for row in await rows(audit)][-2:] == ["target.set", "target.set"]


@pytest.mark.parametrize("percent", [0, 101])
async def test_a_target_is_a_percentage(village: Village, rows: Rows, percent: int) -> None:
    with pytest.raises(Conflict):
        await village.does(HEAD, SetTarget(HAMLET, percent))
    assert await rows(target) == []


@pytest.mark.parametrize(
    ("who", "role", "place_id"),
    [("nobody", None, 0), ("neighbour", RoleKind.VILLAGE_HEAD, OTHER), ("officer", RoleKind.OFFICER, HAMLET)],
)
@pytest.mark.parametrize("effect", [SetTarget(HAMLET, 70), Nudge(HAMLET, NOW, TOLD), SetTarget(99, 70)])
async def test_nobody_sets_or_reminds_outside_of_their_hamlet(
    village: Village, rows: Rows, who: str, role: RoleKind | None, place_id: int, effect: Effect
) -> None:
    await village.does("hoa", subject("Hoa"))
    if role is not None:
        await village.head(who, place_id, role)
    with pytest.raises(Conflict):
        await village.does(who, effect)
    assert await rows(target) == []
    assert await rows(nudge) == []
    assert await rows(news) == []


async def test_a_nudge_tells_every_household_that_is_missing_and_reachable(
    village: Village, rows: Rows, execute: Execute
) -> None:
    for name in ("Hoa", "Nam", "Tư"):
        await village.does(name, subject(name))
    await village.does("Nam", ANSWER, HandIn())
    await village.does("web", subject("Trình duyệt"), channel="web")
    await village.does("blocked", subject("Chặn"))
    await execute(
        "UPDATE account SET blocked_at = '2025-11-19 00:00:00+00' WHERE external_id = 'blocked'",
    )
    assert {e.line.name: e.line.is_reachable for e in (await village.watched()).households} == {
        "Hoa": True, "Nam": True, "Tư": True, "Trình duyệt": False, "Chặn": False,
    }  # fmt: skip
    await village.does(HEAD, Nudge(HAMLET, NOW, TOLD))
    hoa, four = await village.household("Hoa"), await village.household("Tư")
    told = [(decode_event(row["event"]), row["assessment_id"]) for row in await rows(news)]
    assert told == [(SheetMoved(each.line.assessment_id, TOLD), each.line.assessment_id) for each in (hoa, four)]
    assert [(row["is_reminder"], row["due_at"]) for row in await rows(news)] == [(True, NOW)] * 2
    assert (hoa.is_reminded, four.is_reminded) == (True, True)
    assert [row["what"] for row in await rows(audit)][-1] == "household.nudged"


async def test_nobody_is_reminded_twice_for_a_day(village: Village, rows: Rows) -> None:
    await village.does("hoa", subject("Hoa"))
    await village.does(HEAD, Nudge(HAMLET, NOW, TOLD))
    await village.does("tu", subject("Tư"))
    await village.does(HEAD, Nudge(HAMLET, NOW, TOLD))
    assert len(await rows(nudge)) == len(await rows(news)) == 2
    await village.does(HEAD, Nudge(HAMLET, NOW, TOLD))
    assert len(await rows(news)) == 2
    tomorrow = TODAY + timedelta(days=1)
    await village.does(HEAD, Nudge(HAMLET, NOW + timedelta(days=1), TOLD, tomorrow))
    assert [row["day"] for row in await rows(nudge)].count(tomorrow) == 2
    assert len(await rows(news)) == 4


async def test_two_heads_who_remind_at_once_remind_once(village: Village, store: SqlStorage, rows: Rows) -> None:
    """The row of the day decides: both turns are of one batch here."""
    await village.head("second")
    await village.does("hoa", subject("Hoa"))
    async with store.work() as work:
        await work.inbox.add([update(901, who=HEAD), update(902, who="second")], NOW)
    await take_all(store, Nudge(HAMLET, NOW, TOLD))
    assert len(await rows(news)) == 1


async def test_the_newest_code_of_a_household_that_works_is_known(
    village: Village, store: SqlStorage, execute: Execute
) -> None:
    await village.does("hoa", subject("Hoa"))
    subject_id = (await village.household("Hoa")).line.subject_id

    async def serial() -> int | None:
        async with store.work() as work:
            return await work.watch.serial(subject_id, datetime(2025, 12, 1, tzinfo=UTC))

    assert await serial() is None
    await execute(
        "INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, subject_id, serial) VALUES "
        "('a', 3, '2026-01-01 00:00:00+00', 5, '2025-11-01 00:00:00+00', :of, 1), "
        "('b', 3, '2026-01-01 00:00:00+00', 5, '2025-11-01 00:00:00+00', :of, 2)",
        of=subject_id,
    )
    assert await serial() == 2
    await execute("UPDATE invite SET revoked_at = '2025-11-02 00:00:00+00' WHERE serial = 2")
    assert await serial() == 1
    await execute("UPDATE invite SET expires_at = '2025-11-30 00:00:00+00'")
    assert await serial() is None
