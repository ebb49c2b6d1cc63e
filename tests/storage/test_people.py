"""What is loaded of a person is what was written."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.dialogs.effects import GiveConsent, OpenAssessment, SaveAnswer
from bot.dialogs.facts import (
    AssessmentState,
    ConsentGiven,
    Subject,
)
from bot.dialogs.places import Place
from bot.dialogs.session import Paused, Question, Result, Session, SubjectDraft
from bot.ports import Outcome, Settled
from bot.scoring.model import Answer, Chosen, Derived, NotApplicable, Quantity, Share, SubjectKind, YesNo
from storage import SqlStorage
from tests.storage.conftest import Execute
from tests.support.turns import LEASE, NOW, TODAY, WHO, YEAR, deliver, person_of, show, take, take_all, update
from tests.support.turns import subject as household

ANSWERS: dict[str, Answer] = {
    "one": YesNo(value=False),
    "two": Chosen("often"),
    "three": Quantity(Decimal("12.50")),
    "four": Share(2, 3),
    "five": Derived(40, 50, override_reason="Có hai hộ mới chuyển đến, chưa kịp ghi vào sổ của thôn."),
    "six": NotApplicable(),
    "an indicator no set knows": YesNo(value=True),
}


async def test_a_new_person_has_nothing(store: SqlStorage) -> None:
    async with store.work() as work:
        await work.inbox.add([update(1)], NOW)
    person = await person_of(store)
    assert (person.consent, person.subject, person.assessment) == (None, None, None)
    assert person.session == Session(revision=person.session.revision)


async def test_somebody_unknown_is_not_loaded(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.people.load([77], TODAY) == {}
        assert await work.people.load([], TODAY) == {}
        assert await work.people.account("telegram", "nobody") is None


async def test_a_session_comes_back_as_it_was(store: SqlStorage) -> None:
    session = Session(
        revision=2**40,
        locale="en",
        node=Paused(Question("one", whole=3, from_summary=True)),
        draft=SubjectDraft(SubjectKind.CLAN, None, 2024, "Hoa", 3, {"members": 40}, "h-CODE"),
        is_editing=True,
        postponed=("two", "three"),
    )
    await take(store, update(1), session=session)
    assert (await person_of(store)).session == session


async def test_subject_and_assessment_come_back_as_they_were(store: SqlStorage) -> None:
    await take(store, update(1), GiveConsent("1"), household(adults=4, children=0))
    await take(store, update(2), *(SaveAnswer(name, answer) for name, answer in ANSWERS.items()))
    person = await person_of(store)
    assert person.subject == Subject(
        1,
        SubjectKind.HOUSEHOLD,
        "Nguyễn Thị Hoa",
        Place(3, "Thôn Mẫu 1", "xã Mẫu, tỉnh Mẫu", "hamlet", "/1/2/3/"),
        {"adults": 4, "school_age_children": 0},
    )
    assert person.assessment is not None
    assert person.assessment.answers == ANSWERS
    assert (person.assessment.year, person.assessment.set_id, person.assessment.set_version) == (YEAR, "sample", "1")
    assert person.assessment.state is AssessmentState.DRAFT


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(value=st.decimals(allow_nan=False, allow_infinity=False, places=12, min_value=-(10**9), max_value=10**9))
async def test_a_total_is_exact(store: SqlStorage, value: Decimal) -> None:
    who = f"{value}"
    async with store.work() as work:
        is_new = await work.people.account("telegram", who) is None
    if is_new:
        await take(store, replace(update(1, who=who), update_id=who), household(), outcome=Outcome(value, "good", True))
    assessment = (await person_of(store, who)).assessment
    assert assessment is not None
    assert assessment.total == value
    assert assessment.title_id == "good"


async def test_the_newest_consent_counts_and_every_one_is_kept(store: SqlStorage) -> None:
    await take(store, update(1), GiveConsent("1"))
    await take(store, update(2), GiveConsent("2"), now=NOW + timedelta(days=1))
    assert (await person_of(store)).consent == ConsentGiven("2", NOW + timedelta(days=1))


async def test_the_newest_period_is_loaded(store: SqlStorage) -> None:
    await take(store, update(1), household(), outcome=Outcome(Decimal(50), None, True))
    await take(store, update(2), SaveAnswer("one", YesNo(value=True)))
    await take(store, update(3), OpenAssessment(), year=YEAR + 1)
    assessment = (await person_of(store)).assessment
    assert assessment is not None
    assert (assessment.year, assessment.answers, assessment.total) == (YEAR + 1, {}, None)


async def test_one_person_at_two_channels_is_two_accounts(store: SqlStorage) -> None:
    async with store.work() as work:
        await work.inbox.add([update(1), update(2, channel="web")], NOW)
        telegram = await work.people.account("telegram", WHO)
        web = await work.people.account("web", WHO)
    assert telegram is not None
    assert web is not None
    assert telegram.person_id != web.person_id


async def test_statements_do_not_grow_with_the_batch(store: SqlStorage, statements: list[str]) -> None:
    async def round_of(people: int, first: int) -> int:
        async with store.work() as work:
            await work.inbox.add([update(first + n, who=f"p{first + n}") for n in range(people)], NOW)
        await take_all(store, GiveConsent("1"), household(), show())
        async with store.work() as work:
            await work.inbox.add([update(first + 500 + n, who=f"p{first + n}") for n in range(people)], NOW)
        statements.clear()
        claimed, _ = await take_all(store, SaveAnswer("one", YesNo(value=True)), show(2), now=NOW + LEASE)
        assert len(claimed) == people
        return len(statements)

    assert await round_of(1, 0) == await round_of(40, 1000) <= 12


# --- after an outage --------------------------------------------------------------------------------------------------


async def unattended(store: SqlStorage) -> list[str]:
    async with store.work() as work:
        found = await work.people.unattended(NOW - timedelta(hours=1), NOW + timedelta(hours=1))
    return [each.external_id for each in found]


async def test_who_was_in_the_middle_of_something_is_unattended(store: SqlStorage) -> None:
    await deliver(store, await take(store, update(1), show(5), session=Session(5, node=Question("one"))))
    assert await unattended(store) == [WHO]
    async with store.work() as work:
        assert await work.people.unattended(NOW + timedelta(seconds=1), NOW + timedelta(hours=1)) == ()
        assert await work.people.unattended(NOW - timedelta(hours=1), NOW) == ()


@pytest.mark.parametrize("node", [Result(), Paused(Question("one"))])
async def test_who_waits_for_nothing_is_not_unattended(store: SqlStorage, node: Result | Paused) -> None:
    await deliver(store, await take(store, update(1), show(5), session=Session(5, node=node)))
    assert await unattended(store) == []


async def test_who_has_something_waiting_or_on_its_way_is_not_unattended(store: SqlStorage) -> None:
    await deliver(store, await take(store, update(1), show(5), session=Session(5, node=Question("one"))))
    sent = await take(store, update(2), show(6), session=Session(6, node=Question("two")))
    assert await unattended(store) == []
    await deliver(store, sent)
    async with store.work() as work:
        await work.inbox.add([update(3)], NOW)
    assert await unattended(store) == []


async def test_pull_channels_and_blocked_accounts_are_not_unattended(store: SqlStorage) -> None:
    asking = Session(5, node=Question("one"))
    await take(store, update(1, channel="web"), show(5), session=asking)
    sent = await take(store, update(2), show(5), session=asking)
    await deliver(store, sent, Settled.BLOCKED)
    assert await unattended(store) == []


async def test_a_session_of_a_newer_version_is_refused(store: SqlStorage, execute: Execute) -> None:
    await take(store, update(1))
    await execute("UPDATE person SET session = '{\"v\": 99}'")
    with pytest.raises(Exception, match="Upgrade the program"):
        await person_of(store)
