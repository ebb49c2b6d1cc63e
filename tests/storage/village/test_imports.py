"""A sent-in roll on its way through the tables: read, decided on, written by the hundred, each row once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest

from bot.dialogs.effects import ForgetPerson, SendIn
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.effects import ApplyImport, DecideDouble, LeaveRoll, PlaceImport, VillageEffect
from bot.dialogs.village.facts import HouseholdEntry
from bot.dialogs.village.import_facts import Double, Import, ImportKind, ImportState
from bot.ports import Conflict
from bot.ports.village.imports import Applying, Decisions, KnownHousehold, RollChange, RowProblem
from storage import SqlStorage
from storage.tables import audit, blob_garbage, subject
from storage.tables import upload as uploads
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, OTHER_HAMLET, Rolls
from tests.support.turns import NOW

HERE = FileRef(f"sha256:{'ab' * 32}", FileKind.DOCUMENT, 9, "text/csv", "ds.csv")
LATER = NOW + timedelta(minutes=5)
ROWS = ('["S",2]', '["S",3]', '["S",4]')
PROBLEMS = (RowProblem("Sheet1", "C7", say("import.problem.phone", value="12")),)
AN, BA = HouseholdEntry("Lê Văn An", "2", "Tổ 1", "0912345678", 2, 1), HouseholdEntry("Trần Thị Ba", "10")


def found(place_id: int = HAMLET, doubles: Sequence[Double] = ()) -> Import:
    return Import(
        1,
        ImportKind.ROLL,
        ImportState.READ,
        place_id,
        "Thôn Mẫu 1",
        problems=(say("import.problem_at", where=say("import.cell", cell="C7"), what=PROBLEMS[0].what),),
        problem_count=1,
        read=3,
        new=2,
        doubles=tuple(doubles),
        samples=(AN,),
    )


async def sent(rolls: Rolls, what: Import | None = None, rows: Sequence[str] = ROWS, who: str = HEAD) -> None:
    """A file comes in and is read."""
    await rolls.do(SendIn(HERE), who=who)
    async with rolls.store.work() as work:
        upload = (await work.uploads.waiting(9))[-1]
        assert await work.imports.finish(upload.id, what or found(), rows, PROBLEMS, LATER)


async def upload(store: SqlStorage, upload_id: int = 1, person_id: int = 1) -> Import | None:
    async with store.work() as work:
        return await work.imports.upload(upload_id, person_id)


async def decided(store: SqlStorage) -> Decisions:
    async with store.work() as work:
        return await work.imports.decided(1)


async def to_apply(store: SqlStorage) -> tuple[int, ...]:
    async with store.work() as work:
        return await work.imports.to_apply(9)


async def taken(store: SqlStorage) -> Applying | None:
    async with store.work() as work:
        return await work.imports.applying(1)


async def known(store: SqlStorage, *places: int) -> tuple[KnownHousehold, ...]:
    async with store.work() as work:
        return await work.imports.roll(places or (HAMLET,))


async def test_what_was_read_is_its_sender_s_alone(rolls: Rolls) -> None:
    await rolls.head(OTHER_HAMLET, "other")
    await sent(rolls)
    assert await upload(rolls.store) == found()
    assert await upload(rolls.store, person_id=2) is None
    assert await upload(rolls.store, upload_id=9) is None
    async with rolls.store.work() as work:
        assert await work.imports.problems(1, 1) == PROBLEMS
        assert await work.imports.problems(1, 2) == ()


async def test_what_was_read_is_kept_once(rolls: Rolls) -> None:
    await sent(rolls)
    async with rolls.store.work() as work:
        assert not await work.imports.finish(1, found(OTHER_HAMLET), (), (), LATER)
        assert await work.uploads.waiting(9) == ()
    assert await upload(rolls.store) == found()


async def test_rows_are_written_in_parts_and_counted_with_them(rolls: Rolls, rows: Rows) -> None:
    await sent(rolls)
    assert await to_apply(rolls.store) == ()
    await rolls.do(ApplyImport(1))
    assert await to_apply(rolls.store) == (1,)
    applying = await taken(rolls.store)
    assert applying is not None
    assert (applying.rows, applying.applied, applying.problems) == (ROWS, 0, PROBLEMS)

    async with rolls.store.work() as work:
        await work.imports.progress(applying, found(), 2, LATER)
    here = await upload(rolls.store)
    assert here is not None
    assert (here.state, here.applied) == (ImportState.APPLYING, 2)
    async with rolls.store.work() as work:
        await work.imports.progress(applying, found(), 3, LATER)
    here = await upload(rolls.store)
    assert here is not None
    assert (here.state, here.applied) == (ImportState.APPLIED, 3)
    assert await taken(rolls.store) is None
    assert await to_apply(rolls.store) == ()
    async with rolls.store.work() as work:
        assert await work.imports.problems(1, 1) == PROBLEMS
    assert [row["what"] for row in await rows(audit)].count("import.applied") == 1


async def test_a_part_that_fails_is_not_counted(rolls: Rolls) -> None:
    await sent(rolls)
    await rolls.do(ApplyImport(1))
    with pytest.raises(RuntimeError):  # noqa: PT012 - it breaks in the middle of a transaction
        async with rolls.store.work() as work:
            applying = await work.imports.applying(1)
            assert applying is not None
            await work.imports.write([RollChange(HAMLET, AN)], LATER)
            await work.imports.progress(applying, found(), 2, LATER)
            raise RuntimeError
    assert await known(rolls.store) == ()
    applying = await taken(rolls.store)
    assert applying is not None
    assert applying.applied == 0


async def test_a_double_is_decided_once(rolls: Rolls) -> None:
    doubles = [Double(1, BA, 7, "Trần Thị Ba", "same_name"), Double(2, AN, 7, "An", "same_phone")]
    await sent(rolls, found(doubles=doubles))
    await rolls.do(DecideDouble(1, 1, is_same=True))
    here = await upload(rolls.store)
    assert here is not None
    assert (here.new, here.updated, here.undecided) == (3, 1, ())
    assert await decided(rolls.store) == Decisions(same=((1, 7),), different=(2,))
    with pytest.raises(Conflict):
        await rolls.do(DecideDouble(1, 1, is_same=False))


async def test_a_hamlet_that_was_chosen_has_the_file_read_again(rolls: Rolls) -> None:
    await sent(rolls, found(0))
    await rolls.do(PlaceImport(1, HAMLET))
    here = await upload(rolls.store)
    assert here is not None
    assert here.state is ImportState.READING
    assert (await decided(rolls.store)).place_id == HAMLET
    async with rolls.store.work() as work:
        assert [each.id for each in await work.uploads.waiting(9)] == [1]
        assert await work.imports.finish(1, found(), ROWS, (), LATER)


@pytest.mark.parametrize("effect", [ApplyImport(1), DecideDouble(1, 1, is_same=True), PlaceImport(1, HAMLET)])
async def test_nobody_decides_about_another_s_file(rolls: Rolls, effect: VillageEffect) -> None:
    await sent(rolls, found(doubles=[Double(1, BA, 7, "Ba", "same_name")]))
    await rolls.head(HAMLET, "other")
    with pytest.raises(Conflict):
        await rolls.do(effect, who="other")


async def test_nobody_imports_for_a_place_that_is_not_theirs(rolls: Rolls) -> None:
    await sent(rolls, found(OTHER_HAMLET))
    with pytest.raises(Conflict):
        await rolls.do(ApplyImport(1))
    await sent(rolls, found(0))
    with pytest.raises(Conflict):
        await rolls.do(PlaceImport(2, OTHER_HAMLET))


async def test_an_officer_imports_for_hamlets_below(rolls: Rolls) -> None:
    await rolls.head(2, "officer", RoleKind.OFFICER)
    await sent(rolls, found(OTHER_HAMLET), who="officer")
    await rolls.do(ApplyImport(1), who="officer")
    assert await to_apply(rolls.store) == (1,)
    async with rolls.store.work() as work:
        assert [place.id for place in await work.imports.hamlets("/1/2/")] == [3, 4, 5]
        assert [place.id for place in await work.imports.hamlets("/1/2/3/")] == [3]


@pytest.mark.parametrize("state", [ImportState.REFUSED, ImportState.OUTDATED])
async def test_what_cannot_be_applied_is_not(rolls: Rolls, state: ImportState) -> None:
    await sent(rolls, Import(1, ImportKind.ROLL, state))
    with pytest.raises(Conflict):
        await rolls.do(ApplyImport(1))


async def test_a_file_is_not_applied_twice(rolls: Rolls) -> None:
    await sent(rolls)
    await rolls.do(ApplyImport(1))
    with pytest.raises(Conflict):
        await rolls.do(ApplyImport(1))


async def test_a_file_that_cannot_be_written_is_given_up_once(rolls: Rolls) -> None:
    await sent(rolls)
    await rolls.do(ApplyImport(1))
    gone = Import(1, ImportKind.ROLL, ImportState.OUTDATED)
    async with rolls.store.work() as work:
        assert await work.imports.give_up(1, gone, LATER)
        assert not await work.imports.give_up(1, gone, LATER)
    assert await upload(rolls.store) == gone


async def test_lines_are_written_and_found_again_as_they_were(rolls: Rolls, execute: Execute, rows: Rows) -> None:
    async with rolls.store.work() as work:
        await work.imports.lock([HAMLET])
        await work.imports.write([RollChange(HAMLET, BA), RollChange(HAMLET, AN)], LATER)
    assert [each.entry for each in await known(rolls.store)] == [BA, AN]
    assert await rolls.names() == ["Lê Văn An", "Trần Thị Ba"]  # by number, as people count

    await rolls.sheet(2)
    told = '{"adults":2,"school_age_children":1,"members":9}'
    await execute("UPDATE subject SET told = :told WHERE id = 2", told=told)
    await rolls.do(LeaveRoll(2, NOW.date()))
    changed = HouseholdEntry("Lê Văn Ân", "2", "Tổ 2", "", 5, None)
    async with rolls.store.work() as work:
        await work.imports.write([RollChange(HAMLET, changed, 2)], LATER)
        assert len(await work.bulk.unscored(9)) == 1
    after = next(each for each in await known(rolls.store) if each.subject_id == 2)
    assert after.entry == HouseholdEntry("Lê Văn Ân", "2", "Tổ 2", "", 5, 1)
    assert (after.has_left, after.is_listed) == (False, True)
    assert '"members":9' in next(row["told"] for row in await rows(subject) if row["id"] == 2)


async def test_a_household_that_is_another_one_by_now_is_not_known(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("Lê Văn An", "Lê Văn Ân")
    await execute("UPDATE subject SET merged_into = 1, left_on = '2026-01-01' WHERE id = 2")
    assert [each.subject_id for each in await known(rolls.store)] == [1]


async def test_what_somebody_sent_in_is_forgotten_with_them(rolls: Rolls) -> None:
    await sent(rolls)
    await rolls.do(ApplyImport(1))
    await rolls.do(ForgetPerson())
    assert await upload(rolls.store) is None
    assert await taken(rolls.store) is None


async def test_a_roll_s_file_is_thrown_away_after_some_days(rolls: Rolls, rows: Rows) -> None:
    await sent(rolls)
    async with rolls.store.work() as work:
        assert await work.imports.purge(LATER, LATER) == 0
        assert await work.imports.purge(LATER + timedelta(seconds=1), LATER) == 1
    assert [(each["blob"], each["rows"]) for each in await rows(uploads)] == [(None, None)]
    assert [each["blob"] for each in await rows(blob_garbage)] == ["ab" * 32]
    here = await upload(rolls.store)
    assert here is not None
    assert (here.state, here.has_file) == (ImportState.OUTDATED, False)
    with pytest.raises(Conflict):
        await rolls.do(ApplyImport(1))


async def test_a_file_that_is_being_applied_stays(rolls: Rolls) -> None:
    await sent(rolls)
    await rolls.do(ApplyImport(1))
    async with rolls.store.work() as work:
        assert await work.imports.purge(LATER + timedelta(days=99), LATER) == 0
