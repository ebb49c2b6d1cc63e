"""Answers are kept with their history, and only while the assessment takes them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.dialogs.effects import (
    Effect,
    FetchFile,
    HandIn,
    KeepEvidence,
    SaveAnswer,
    TakeBack,
)
from bot.dialogs.events import FileKind, FileRef
from bot.dialogs.facts import AssessmentState
from bot.ports import Conflict, Outcome, Priority, Settled, Settlement
from bot.scoring.model import YesNo
from storage import SqlStorage
from storage.tables import (
    EvidenceState,
    answer,
    answer_history,
    assessment,
    audit,
    blob_garbage,
    evidence,
    inbox,
    outbox,
    review,
)
from tests.storage.conftest import Execute, Rows
from tests.support.turns import LEASE, NOW, TODAY, person_of, take, take_all, turn, update
from tests.support.turns import subject as household

YES, NO = YesNo(value=True), YesNo(value=False)
PHOTO = FileRef("telegram-file-1", FileKind.PHOTO, 1234, "image/jpeg", "giấy khen.jpg")
UPLOAD = FileRef("sha256:" + "ab" * 32, FileKind.DOCUMENT, 9, "application/pdf")


async def registered(store: SqlStorage, channel: str = "telegram") -> None:
    await take(store, update(1, channel=channel), household())


async def handed_in(store: SqlStorage) -> None:
    await registered(store)
    await take(store, update(2), SaveAnswer("one", YES), HandIn(), outcome=Outcome(Decimal(80), "good", True))


async def state(store: SqlStorage) -> AssessmentState:
    record = (await person_of(store)).assessment
    assert record is not None
    return record.state


async def test_an_answer_changed_keeps_every_earlier_value(store: SqlStorage, rows: Rows) -> None:
    await registered(store)
    await take(store, update(2), SaveAnswer("one", YES))
    await take(store, update(3), SaveAnswer("one", NO), now=NOW + timedelta(hours=1))
    (kept,) = await rows(answer)
    assert (kept["value"], kept["channel"], kept["person_id"], kept["at"]) == (
        '{"value":false,"type":"YesNo"}', "telegram", 1, NOW + timedelta(hours=1),
    )  # fmt: skip
    assert [row["value"] for row in await rows(answer_history)] == [
        '{"value":true,"type":"YesNo"}',
        '{"value":false,"type":"YesNo"}',
    ]


async def test_the_outcome_is_stored_with_the_assessment(store: SqlStorage, rows: Rows) -> None:
    await handed_in(store)
    (row,) = await rows(assessment)
    assert (row["total"], row["title_id"], row["is_complete"]) == (Decimal(80), "good", True)


async def test_handing_in_locks_and_is_put_down(store: SqlStorage, rows: Rows) -> None:
    await handed_in(store)
    record = (await person_of(store)).assessment
    assert record is not None
    assert (record.state, record.handed_in_at, record.is_reviewed) == (AssessmentState.HANDED_IN, NOW, False)
    (step,) = await rows(review)
    assert (step["from_state"], step["to_state"], step["person_id"]) == (
        AssessmentState.DRAFT, AssessmentState.HANDED_IN, 1,
    )  # fmt: skip
    assert "assessment.handed_in" in {row["what"] for row in await rows(audit)}


@pytest.mark.parametrize("effect", [SaveAnswer("one", NO), KeepEvidence("one", PHOTO), HandIn()])
async def test_what_was_handed_in_takes_nothing_more(store: SqlStorage, rows: Rows, effect: Effect) -> None:
    await handed_in(store)
    with pytest.raises(Conflict):
        await take(store, update(3), effect)
    assert [row["value"] for row in await rows(answer)] == ['{"value":true,"type":"YesNo"}']
    assert await rows(evidence) == []
    assert len(await rows(review)) == 1


async def test_taking_back_opens_it_again(store: SqlStorage) -> None:
    await handed_in(store)
    await take(store, update(3), TakeBack(), SaveAnswer("one", NO))
    record = (await person_of(store)).assessment
    assert record is not None
    assert (record.state, record.handed_in_at, record.answers) == (AssessmentState.DRAFT, None, {"one": NO})


async def test_what_somebody_reviewed_is_not_taken_back(store: SqlStorage, execute: Execute) -> None:
    await handed_in(store)
    await execute("UPDATE assessment SET reviewed_at = handed_in_at")
    with pytest.raises(Conflict):
        await take(store, update(3), TakeBack())
    assert await state(store) is AssessmentState.HANDED_IN


async def test_a_draft_is_not_taken_back(store: SqlStorage) -> None:
    await registered(store)
    with pytest.raises(Conflict):
        await take(store, update(2), TakeBack())


async def test_a_decision_on_facts_that_changed_meanwhile_is_refused(
    store: SqlStorage, url: str, execute: Execute
) -> None:
    """An officer confirms between what was read and what is written; on SQLite nobody else can write meanwhile."""
    await registered(store)
    if url.startswith("sqlite"):
        return
    async with store.work() as work:
        await work.inbox.add([update(2)], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        await work.people.load([claimed.account.person_id], TODAY)
        await execute("UPDATE assessment SET state = 'confirmed'")
        with pytest.raises(Conflict):
            await work.people.apply([turn(claimed, SaveAnswer("one", NO))], NOW, NOW + LEASE)
    assert await state(store) is AssessmentState.CONFIRMED


async def test_a_refused_turn_leaves_nothing_of_its_batch(store: SqlStorage, rows: Rows) -> None:
    await handed_in(store)
    await take(store, update(10, who="other"), household("Khác"))
    async with store.work() as work:
        await work.inbox.add([update(3), update(11, who="other")], NOW)
        locked, _ = await work.inbox.claim(10, NOW)
    with pytest.raises(Conflict) as caught:
        await take_all(store, SaveAnswer("one", NO))
    assert caught.value.inbox_ids == (locked.inbox_id,)
    assert len(await rows(answer_history)) == 1
    assert [row["state"] for row in await rows(inbox)].count("pending") == 2


async def test_two_persons_of_a_household_do_not_write_it_in_one_batch(store: SqlStorage, execute: Execute) -> None:
    await registered(store)
    async with store.work() as work:
        await work.inbox.add([update(2), update(3, who="husband")], NOW)
    await execute("INSERT INTO person_subject VALUES (2, 1, 'member', '2025-11-20 08:00:00')")
    async with store.work() as work:
        _, second = await work.inbox.claim(10, NOW)
    with pytest.raises(Conflict) as caught:
        await take_all(store, SaveAnswer("one", NO))
    assert caught.value.inbox_ids == (second.inbox_id,)


async def test_an_answer_without_a_household_is_refused(store: SqlStorage) -> None:
    with pytest.raises(Conflict):
        await take(store, update(1), SaveAnswer("one", NO))


# --- evidence ---------------------------------------------------------------------------------------------------------


async def test_a_file_still_on_the_channel_is_fetched_without_holding_the_person_up(
    store: SqlStorage, rows: Rows
) -> None:
    await registered(store)
    (fetch,) = await take(store, update(2), KeepEvidence("one", PHOTO))
    assert fetch.content == FetchFile(1, PHOTO)
    assert fetch.priority is Priority.BULK
    assert (await person_of(store)).assessment.evidence == {"one": 1}  # type: ignore[union-attr]  # it has one
    await take(store, update(3), SaveAnswer("one", YES))
    async with store.work() as work:
        await work.outbox.settle([Settlement(fetch, Settled.SENT, blob="cd" * 32)], NOW)
    (row,) = await rows(evidence)
    assert (row["blob"], row["state"], row["name"]) == ("cd" * 32, EvidenceState.KEPT, "giấy khen.jpg")
    assert await rows(outbox) == []


async def test_a_file_already_kept_needs_no_fetching(store: SqlStorage, rows: Rows) -> None:
    await registered(store, channel="web")
    await take(store, update(2, channel="web"), KeepEvidence("one", UPLOAD))
    (row,) = await rows(evidence)
    assert (row["blob"], row["state"]) == ("ab" * 32, EvidenceState.KEPT)
    assert await rows(outbox) == []


async def test_a_pull_channel_cannot_be_asked_for_files(store: SqlStorage) -> None:
    await registered(store, channel="web")
    with pytest.raises(ValueError, match="cannot be asked for files"):
        await take(store, update(2, channel="web"), KeepEvidence("one", PHOTO))


async def test_a_file_that_cannot_be_had_is_no_evidence(store: SqlStorage) -> None:
    await registered(store)
    (fetch,) = await take(store, update(2), KeepEvidence("one", PHOTO))
    async with store.work() as work:
        await work.outbox.settle([Settlement(fetch, Settled.DEAD, error="file.gone")], NOW)
    assert (await person_of(store)).assessment.evidence == {}  # type: ignore[union-attr]  # it has one


async def test_a_file_sent_again_is_garbage_no_more(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    await registered(store, channel="web")
    await execute("INSERT INTO blob_garbage VALUES (:blob, '2025-11-01 00:00:00')", blob="ab" * 32)
    async with store.work() as work:
        assert await work.records.blob_garbage(NOW) == ("ab" * 32,)
    await take(store, update(2, channel="web"), KeepEvidence("one", UPLOAD))
    assert await rows(blob_garbage) == []
