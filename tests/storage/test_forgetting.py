"""Who asks to be forgotten is: nothing personal is left once the goodbye is delivered."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from bot.dialogs.effects import (
    ForgetPerson,
    GiveConsent,
    HandIn,
    IssueLinkCode,
    JoinPerson,
    KeepEvidence,
    OpenAssessment,
    RegisterSubject,
    SaveAnswer,
    Show,
    TakeRole,
)
from bot.dialogs.events import FileKind, FileRef, Pressed, Typed
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.session import Session, SubjectDraft
from bot.ports import Conflict, Outcome, Settled, Settlement
from bot.scoring.model import Answer, Derived, SubjectKind, YesNo
from storage import SqlStorage
from storage.tables import (
    account,
    answer,
    answer_history,
    assessment,
    audit,
    blob_garbage,
    consent,
    evidence,
    inbox,
    outbox,
    person,
    review,
    role,
    subject,
)
from tests.storage.conftest import Everything, Execute, Rows
from tests.support.turns import (
    ALL_ARE_OFFICERS,
    LEASE,
    NOW,
    TODAY,
    WHO,
    deliver,
    person_of,
    show,
    take,
    take_all,
    turn,
    update,
)
from tests.support.turns import subject as household

NAME = "Nguyễn Thị Hoa"
CODE = "K7QMX2PD"
BLOB = "ab" * 32
UPLOAD = FileRef(f"sha256:{BLOB}", FileKind.PHOTO, 9, "image/jpeg", "giấy khen của Hoa.jpg")
ON_TELEGRAM = FileRef("telegram-file-1", FileKind.PHOTO, 9, "image/jpeg")
REASONED: Answer = Derived(40, 50, override_reason="Hoa nhớ rõ hơn sổ")


async def lived(store: SqlStorage) -> None:
    """A person with two accounts, a consent, a household, answers and evidence."""
    await take(store, update(1, Typed(f"Tôi là {NAME}")), GiveConsent("1"), household(NAME))
    await take(
        store,
        update(2),
        SaveAnswer("one", YesNo(value=True)),
        SaveAnswer("two", REASONED),
        KeepEvidence("one", UPLOAD),
        show(),
        IssueLinkCode(CODE),
        session=Session(9, draft=SubjectDraft(name=NAME)),
    )
    await take(store, update(3, who="web-cookie", channel="web"), JoinPerson(CODE), show())


async def forget(store: SqlStorage, number: int = 5, channel: str = "telegram", who: str = WHO) -> None:
    """The person says goodbye, when the reply before it does not hold them up any more, and is told so."""
    later = NOW + LEASE
    await deliver(store, await take(store, update(number, channel=channel, who=who), ForgetPerson(), show(), now=later))


def personal(text: str) -> list[str]:
    traces = ("Hoa", WHO, "web-cookie", CODE, BLOB, "override_reason")
    return [line for line in text.splitlines() if any(trace in line for trace in traces)]


async def test_nothing_personal_is_left_in_any_table(store: SqlStorage, everything: Everything, rows: Rows) -> None:
    await lived(store)
    assert personal(await everything())
    await forget(store)
    left = [line for line in personal(await everything()) if not line.startswith("blob_garbage")]
    assert left == []
    for table in (person, account, subject, assessment, answer, answer_history, evidence, outbox):
        assert await rows(table) == []
    assert {row["state"] for row in await rows(inbox)} == {"done"}


async def test_a_consent_stays_as_withdrawn_and_nobodys(store: SqlStorage, rows: Rows) -> None:
    await lived(store)
    await forget(store)
    (kept,) = await rows(consent)
    assert (kept["person_id"], kept["version"], kept["withdrawn_at"]) == (None, "1", NOW + LEASE)


async def test_the_audit_knows_numbers_only(store: SqlStorage, rows: Rows) -> None:
    await lived(store)
    await forget(store)
    assert [row["what"] for row in await rows(audit)][-1] == "person.forgotten"
    assert all(isinstance(value, (int, str)) or value is None or value == row["at"]
               for row in await rows(audit) for value in row.values())  # fmt: skip


async def test_files_nobody_else_refers_to_are_garbage(store: SqlStorage, rows: Rows) -> None:
    await lived(store)
    await take(store, update(20, who="neighbour"), household("Khác"))
    shared = FileRef(f"sha256:{'cd' * 32}", FileKind.PHOTO, 9, "image/jpeg")
    await take(store, update(21, who="neighbour"), KeepEvidence("one", shared))
    await take(store, update(22), KeepEvidence("one", shared), now=NOW + LEASE)
    await forget(store, 23)
    later = NOW + timedelta(days=1)
    async with store.work() as work:
        assert await work.records.blob_garbage(NOW) == ()
        assert await work.records.blob_garbage(later) == (BLOB,)
        await work.records.blobs_removed([BLOB])
    assert [row["blob"] for row in await rows(blob_garbage)] == ["cd" * 32]
    async with store.work() as work:
        assert await work.records.blob_garbage(later) == ()


async def test_a_file_fetched_after_its_evidence_was_forgotten_is_garbage(store: SqlStorage) -> None:
    await take(store, update(1), household())
    (fetch,) = await take(store, update(2), KeepEvidence("one", ON_TELEGRAM))
    await forget(store)
    async with store.work() as work:
        await work.outbox.settle([Settlement(fetch, Settled.SENT, blob=BLOB)], NOW)
        assert await work.records.blob_garbage(NOW + LEASE) == (BLOB,)


async def test_what_was_handed_in_stays_without_names_evidence_reasons_and_authors(
    store: SqlStorage, everything: Everything, rows: Rows
) -> None:
    await lived(store)
    await take(store, update(30), HandIn(), outcome=Outcome(Decimal("77.5"), "good", True), now=NOW + LEASE)
    await forget(store, 31)
    left = [line for line in personal(await everything()) if not line.startswith("blob_garbage")]
    assert left == []
    (kept,) = await rows(assessment)
    assert (kept["state"], kept["total"], kept["title_id"]) == (AssessmentState.HANDED_IN, Decimal("77.5"), "good")
    (household_kept,) = await rows(subject)
    assert (household_kept["name"], household_kept["place_id"]) == ("", 3)
    assert household_kept["told"] == '{"adults":2,"school_age_children":1}'
    assert [(row["indicator"], row["person_id"]) for row in await rows(answer)] == [("one", None)]
    assert [row["person_id"] for row in await rows(answer_history)] == [None]
    assert [(row["person_id"], row["reason"]) for row in await rows(review)] == [(None, "")]
    assert await rows(evidence) == []


async def test_an_older_result_stays_when_this_years_draft_goes(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), household())
    await take(store, update(2), HandIn())
    await take(store, update(3), OpenAssessment(), year=2026)
    await forget(store)
    assert [row["year"] for row in await rows(assessment)] == [2025]


async def test_a_household_another_person_belongs_to_stays(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    await take(store, update(1), household(NAME))
    async with store.work() as work:
        await work.inbox.add([update(2, who="husband")], NOW)
    await execute("INSERT INTO person_subject VALUES (2, 1, 'member', '2025-11-20 08:00:00')")
    await forget(store)
    assert [row["name"] for row in await rows(subject)] == [NAME]
    assert (await person_of(store, "husband")).subject is not None


async def test_the_sheet_of_a_place_stays_without_its_author(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    commune = RegisterSubject(SubjectKind.COMMUNE, "Xã Mẫu", 2, {"citizens": 900})
    await take(store, update(1), commune)
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(2), SaveAnswer("one", YesNo(value=True)), KeepEvidence("one", UPLOAD))
    await forget(store)
    (kept,) = await rows(subject)
    assert (kept["name"], kept["told"]) == ("Xã Mẫu", '{"citizens":900}')
    assert [(row["indicator"], row["person_id"]) for row in await rows(answer)] == [("one", None)]
    assert [(row["blob"], row["person_id"]) for row in await rows(evidence)] == [(BLOB, None)]
    await take(store, update(9, who="successor"), commune)
    await execute(ALL_ARE_OFFICERS)
    successor = (await person_of(store, "successor")).assessment
    assert successor is not None
    assert successor.answers == {"one": YesNo(value=True)}


@pytest.mark.parametrize("kind", [SubjectKind.CITIZEN, SubjectKind.CLAN, SubjectKind.UNIT, SubjectKind.LEARNING_CENTRE])
async def test_a_subject_that_is_no_place_goes_with_its_person(
    store: SqlStorage, rows: Rows, kind: SubjectKind
) -> None:
    await take(store, update(1), household(NAME))
    await take(store, update(2), RegisterSubject(kind, NAME, 3, {}))
    await forget(store)
    assert await rows(subject) == await rows(assessment) == []


async def test_roles_go_with_their_person(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        await work.records.add_invite("r-OFFICER2", 2, NOW + timedelta(days=1), 1, NOW, RoleKind.OFFICER)
    await take(store, update(1), TakeRole("r-OFFICER2"))
    assert len(await rows(role)) == 1
    await forget(store)
    assert await rows(role) == []


async def test_declining_keeps_nothing(store: SqlStorage, rows: Rows) -> None:
    sent = await take(store, update(1, Pressed("decline", 1)), ForgetPerson(), show(code="goodbye"))
    assert isinstance(sent[0].content, Show)
    assert len(await rows(account)) == 1
    await deliver(store, sent)
    assert await rows(account) == await rows(person) == await rows(outbox) == await rows(consent) == []


async def test_the_goodbye_is_tried_again_before_the_account_goes(store: SqlStorage, rows: Rows) -> None:
    sent = await take(store, update(1), ForgetPerson(), show())
    await deliver(store, sent, Settled.RETRY)
    assert len(await rows(account)) == 1
    async with store.work() as work:
        again = await work.outbox.claim_due(["telegram"], 10, NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    assert again[0].account.external_id == WHO
    await deliver(store, again)
    assert await rows(account) == await rows(person) == []


@pytest.mark.parametrize("how", [Settled.BLOCKED, Settled.DEAD])
async def test_a_goodbye_that_cannot_be_said_keeps_nothing_either(store: SqlStorage, rows: Rows, how: Settled) -> None:
    await deliver(store, await take(store, update(1), ForgetPerson(), show()), how)
    assert await rows(account) == await rows(person) == await rows(outbox) == []


async def test_on_a_pull_channel_the_goodbye_can_be_fetched_until_the_purge(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1, channel="web"), show())
    await take(store, update(2, channel="web"), ForgetPerson(), show(code="goodbye"))
    async with store.work() as work:
        there = await work.people.account("web", WHO)
        assert there is not None
        (goodbye,) = await work.outbox.mailbox(there.id, 0, 10)
        assert await work.people.purge(NOW) == 0
        assert await work.people.purge(NOW + timedelta(seconds=1)) == 1
    assert isinstance(goodbye.content, Show)
    assert await rows(account) == await rows(person) == await rows(outbox) == []


async def test_who_comes_back_before_the_purge_stays_as_a_new_person(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1, channel="web"), GiveConsent("1"), show())
    before = (await person_of(store, channel="web")).session.revision
    await take(store, update(2, channel="web"), ForgetPerson(), show())
    async with store.work() as work:
        await work.inbox.add([update(3, channel="web")], NOW)
        assert await work.people.purge(NOW + timedelta(days=9)) == 0
    again = await person_of(store, channel="web")
    assert again.consent is None
    assert again.session.revision > before + 1
    assert len(await rows(person)) == 1


async def test_what_the_account_sent_meanwhile_is_handled_for_a_new_person(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), household(NAME))
    async with store.work() as work:
        await work.inbox.add([update(2), update(3, Typed("/start"))], NOW)
    ((said,), sent) = await take_all(store, ForgetPerson(), show())
    assert said.incoming.order == 2
    await deliver(store, sent)
    async with store.work() as work:
        (following,) = await work.inbox.claim(10, NOW)
        people = await work.people.load([following.account.person_id], TODAY)
    assert following.incoming.event == Typed("/start")
    assert people[following.account.person_id].subject is None
    assert len(await rows(account)) == len(await rows(person)) == 1


async def test_what_another_account_sent_meanwhile_is_handled_for_a_new_person_too(
    store: SqlStorage, everything: Everything, rows: Rows
) -> None:
    await lived(store)
    async with store.work() as work:
        await work.inbox.add([update(900, who="web-cookie", channel="web")], NOW)
    await forget(store)
    assert [row["external_id"] for row in await rows(account)] == ["web-cookie"]
    async with store.work() as work:
        (following,) = await work.inbox.claim(10, NOW)
        person_there = (await work.people.load([following.account.person_id], TODAY))[following.account.person_id]
    assert (following.incoming.order, person_there.subject, person_there.consent) == (900, None, None)
    assert len(await rows(person)) == 1
    assert NAME not in await everything()


async def test_a_parked_update_of_the_forgotten_is_emptied(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        await work.inbox.add([update(1, Typed(NAME)), update(2)], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        await work.inbox.fail(claimed.inbox_id, "KeyError at x.py:1", "A1", NOW, None)
    await take_all(store, ForgetPerson(), show())
    async with store.work() as work:
        assert await work.inbox.parked() == ()
    assert [row["event"] for row in await rows(inbox)] == [None, None]


async def test_nobody_joins_a_person_who_is_being_forgotten(store: SqlStorage) -> None:
    await lived(store)
    await take(store, update(40), IssueLinkCode("SECOND22"), now=NOW + LEASE)
    async with store.work() as work:
        await work.inbox.add([update(41), update(42, who="third", channel="web")], NOW)
        goes, joins = await work.inbox.claim(10, NOW + LEASE)
        with pytest.raises(Conflict) as caught:
            await work.people.apply(
                [turn(joins, JoinPerson("SECOND22")), turn(goes, ForgetPerson())], NOW + LEASE, NOW + 2 * LEASE
            )
    assert caught.value.inbox_ids == (joins.inbox_id,)
