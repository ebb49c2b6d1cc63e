"""What is adopted stays as it was, and no version twice."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogs.effects import AdoptCriteria, ForgetPerson, SendIn, Show, TakeRole
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import (
    Proposal,
    ProposalState,
    RoleKind,
)
from bot.dialogs.places import Place
from bot.dialogs.session import Session
from bot.ports import Adoption, Claimed, Conflict, NewAdoption, Turn
from bot.scoring.model import SubjectKind, Text
from storage import SqlStorage
from storage.tables import adoption, audit
from tests.storage.conftest import Rows
from tests.support.turns import LEASE, NOW, TODAY, WHO, show, take, update

WORKBOOK = FileRef("sha256:" + "ab" * 32, FileKind.DOCUMENT, 9, "application/xlsx", "gia đình.xlsx")
COMMUNE = Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")
NEW = NewAdoption(
    set_id="gia_dinh_xa_2",
    version="1",
    kind=SubjectKind.HOUSEHOLD,
    group=None,
    place_id=2,
    valid_from=date(2026, 1, 1),
    valid_until=None,
    decision_number="12/QĐ-UBND",
    decided_on=date(2025, 12, 20),
    text='id = "gia_dinh_xa_2"',
)


async def sent_in(
    store: SqlStorage, number: int = 1, who: str = WHO, state: ProposalState = ProposalState.SOUND
) -> int:
    """A workbook was sent in by an officer and read; returns its id."""
    code = f"r-{who}-{number}"
    async with store.work() as work:
        await work.records.add_invite(code, 2, NOW + timedelta(days=1), 1, NOW, RoleKind.OFFICER)
    await take(store, update(number, who=who), TakeRole(code), SendIn(WORKBOOK))
    async with store.work() as work:
        (waiting,) = await work.uploads.waiting(9)
        proposal = Proposal(waiting.id, state, COMMUNE, Text("Gia đình học tập"))
        assert await work.uploads.finish(waiting.id, proposal, NEW.text, NOW)
    return waiting.id


def adopting(claimed: Claimed, upload_id: int, new: NewAdoption | None = NEW, *more: Show | ForgetPerson) -> Turn:
    dated = new or NEW
    effect = AdoptCriteria(upload_id, dated.decision_number, dated.decided_on, dated.valid_from, dated.valid_until)
    return Turn(claimed, Session(), (effect, *more), adoption=new)


async def adopt(
    store: SqlStorage, upload_id: int, new: NewAdoption | None = NEW, number: int = 100, who: str = WHO
) -> None:
    async with store.work() as work:
        await work.inbox.add([update(number, who=who)], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        await work.people.load([claimed.account.person_id], TODAY)
        await work.people.apply([adopting(claimed, upload_id, new)], NOW, NOW + LEASE)


async def adopted(store: SqlStorage, after: int = 0) -> tuple[Adoption, ...]:
    async with store.work() as work:
        return await work.rules.adopted(after)


async def test_a_sound_workbook_is_adopted(store: SqlStorage, rows: Rows) -> None:
    upload_id = await sent_in(store)
    await adopt(store, upload_id)
    assert await adopted(store) == (
        Adoption(1, "gia_dinh_xa_2", "1", SubjectKind.HOUSEHOLD, None, 2, "/1/2/", date(2026, 1, 1), None),
    )
    (row,) = await rows(adoption)
    assert (row["decision_number"], row["decided_on"], row["person_id"], row["upload_id"], row["adopted_at"]) == (
        "12/QĐ-UBND", date(2025, 12, 20), 1, upload_id, NOW,
    )  # fmt: skip
    async with store.work() as work:
        assert await work.rules.text("gia_dinh_xa_2", "1") == NEW.text
        assert await work.rules.text("gia_dinh_xa_2", "2") is None
        proposal = await work.uploads.proposal(upload_id, 1)
    assert proposal == Proposal(upload_id, ProposalState.ADOPTED, COMMUNE, Text("Gia đình học tập"))
    assert [row["what"] for row in await rows(audit)] == ["role.taken", "upload.sent_in", "criteria.adopted"]


async def test_a_later_version_has_a_greater_id(store: SqlStorage) -> None:
    await adopt(store, await sent_in(store))
    later = replace(NEW, version="2", group="nong_dan", kind=SubjectKind.CITIZEN, valid_until=date(2026, 12, 31))
    await adopt(store, await sent_in(store, 2), later, number=101)
    (second,) = await adopted(store, after=1)
    assert (second.id, second.version, second.group, second.valid_until) == (2, "2", "nong_dan", date(2026, 12, 31))
    assert [each.id for each in await adopted(store)] == [1, 2]


async def test_a_version_is_adopted_once(store: SqlStorage, rows: Rows) -> None:
    await adopt(store, await sent_in(store))
    again = await sent_in(store, 2)
    with pytest.raises(Conflict):
        await adopt(store, again, replace(NEW, text="another"), number=101)
    assert [row["text"] for row in await rows(adoption)] == [NEW.text]
    async with store.work() as work:
        proposal = await work.uploads.proposal(again, 1)
    assert proposal is not None
    assert proposal.state is ProposalState.SOUND


async def test_a_version_is_adopted_once_in_one_batch(store: SqlStorage, rows: Rows) -> None:
    first, second = await sent_in(store), await sent_in(store, 2, "other")
    async with store.work() as work:
        await work.inbox.add([update(100), update(101, who="other")], NOW)
        claimed = await work.inbox.claim(9, NOW)
        await work.people.load([each.account.person_id for each in claimed], TODAY)
        turns = [adopting(each, upload) for each, upload in zip(claimed, (first, second), strict=True)]
        with pytest.raises(Conflict) as caught:
            await work.people.apply(turns, NOW, NOW + LEASE)
    assert caught.value.inbox_ids == (claimed[1].inbox_id,)
    assert await rows(adoption) == []


@pytest.mark.parametrize("state", [each for each in ProposalState if each is not ProposalState.SOUND])
async def test_only_what_is_sound_is_adopted_and_once(store: SqlStorage, state: ProposalState) -> None:
    upload_id = await sent_in(store, state=state)
    with pytest.raises(Conflict):
        await adopt(store, upload_id)
    assert await adopted(store) == ()


async def test_the_workbook_of_another_is_not_adopted(store: SqlStorage) -> None:
    upload_id = await sent_in(store, who="other")
    for wrong in (upload_id, 99):
        with pytest.raises(Conflict):
            await adopt(store, wrong)
    assert await adopted(store) == ()


@pytest.mark.parametrize("wrong", [replace(NEW, place_id=1), replace(NEW, place_id=3)], ids=["above", "below"])
async def test_nobody_adopts_for_a_place_that_is_not_theirs(store: SqlStorage, wrong: NewAdoption) -> None:
    upload_id = await sent_in(store)
    with pytest.raises(ValueError, match=r"no officer|not for place"):
        await adopt(store, upload_id, wrong)
    assert await adopted(store) == ()


async def test_nobody_without_the_role_adopts(store: SqlStorage) -> None:
    await take(store, update(1), SendIn(WORKBOOK))
    async with store.work() as work:
        assert await work.uploads.finish(1, Proposal(1, ProposalState.SOUND, COMMUNE), NEW.text, NOW)
    with pytest.raises(ValueError, match="no officer"):
        await adopt(store, 1)
    assert await adopted(store) == ()


async def test_an_officer_of_two_places_adopts_for_the_one_that_a_workbook_was_made_for(store: SqlStorage) -> None:
    upload_id = await sent_in(store)
    async with store.work() as work:
        await work.records.add_invite("r-PROVINCE", 1, NOW + timedelta(days=1), 1, NOW, RoleKind.OFFICER)
    await take(store, update(50), TakeRole("r-PROVINCE"))
    with pytest.raises(ValueError, match="not for place"):
        await adopt(store, upload_id, replace(NEW, place_id=1))
    assert await adopted(store) == ()


async def test_what_was_not_read_yet_is_not_adopted(store: SqlStorage) -> None:
    await take(store, update(1), SendIn(WORKBOOK))
    with pytest.raises(Conflict):
        await adopt(store, 1)


async def test_adopting_without_saying_what_is_a_fault(store: SqlStorage) -> None:
    upload_id = await sent_in(store)
    with pytest.raises(ValueError, match="without saying which"):
        await adopt(store, upload_id, None)


async def test_what_was_adopted_stays_when_its_person_is_forgotten(store: SqlStorage, rows: Rows) -> None:
    await adopt(store, await sent_in(store))
    await take(store, update(200), ForgetPerson(), show())
    (row,) = await rows(adoption)
    assert (row["person_id"], row["upload_id"], row["text"]) == (None, None, NEW.text)


async def test_a_later_adoption_never_comes_to_light_first(store: SqlStorage, url: str) -> None:
    """Whoever has seen up to an id would miss what is committed below it later; on SQLite writers take turns anyway."""
    if url.startswith("sqlite"):
        return
    first, second = await sent_in(store), await sent_in(store, 2, "other")
    async with store.work() as work:
        await work.inbox.add([update(100), update(101, who="other")], NOW)
    slow_has_written, committed = asyncio.Event(), []

    async def slow() -> None:
        async with store.work() as work:
            (claimed,) = await work.inbox.claim(1, NOW)
            await work.people.load([claimed.account.person_id], TODAY)
            await work.people.apply([adopting(claimed, first)], NOW, NOW + LEASE)
            slow_has_written.set()
            await asyncio.sleep(0.2)
            committed.append("slow")

    async def fast() -> None:
        await slow_has_written.wait()
        async with store.work() as work:
            (claimed,) = await work.inbox.claim(1, NOW)
            await work.people.load([claimed.account.person_id], TODAY)
            await work.people.apply([adopting(claimed, second, replace(NEW, version="2"))], NOW, NOW + LEASE)
        committed.append("fast")

    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(slow())
        tasks.create_task(fast())
    assert committed == ["slow", "fast"]
    assert [(each.id, each.version) for each in await adopted(store)] == [(1, "1"), (2, "2")]
