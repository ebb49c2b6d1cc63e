"""Subjects of every kind: registering, joining, correcting, and choosing among one's sheets."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest

from bot.dialogs.effects import ChangeRules, ChangeSubject, HandIn, OpenAssessment, RegisterSubject, SaveAnswer, TakeUp
from bot.dialogs.facts import (
    AssessmentState,
    OwnSheet,
    Subject,
)
from bot.dialogs.places import Place
from bot.ports import Conflict, Outcome, Turn
from bot.scoring.model import SubjectKind, YesNo
from storage import SqlStorage
from storage.tables import assessment, audit, invite, period, person, person_subject, subject
from tests.storage.conftest import Execute, Rows
from tests.support.turns import ALL_ARE_OFFICERS, LEASE, NOW, TODAY, WHO, YEAR, person_of, take, take_all, turn, update
from tests.support.turns import subject as household

YES = YesNo(value=True)
COMMUNE = RegisterSubject(SubjectKind.COMMUNE, "Xã Mẫu", 2, {"citizens": 900})
VILLAGE = RegisterSubject(SubjectKind.VILLAGE, "Thôn Mẫu 1", 3, {"households": 87})
UNIT = RegisterSubject(SubjectKind.UNIT, "Trường Mẫu", 2, {"learners": 400}, group="huyen")


async def sheet_of(store: SqlStorage, who: str) -> int:
    taken_up = (await person_of(store, who)).assessment
    assert taken_up is not None
    return taken_up.id


async def under(store: SqlStorage, number: int, effect: ChangeRules, *, set_id: str, version: str) -> None:
    """Handle an update under another set than the sample."""
    async with store.work() as work:
        await work.inbox.add([update(number)], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        records = await work.people.load([claimed.account.person_id], TODAY)
        session = records[claimed.account.person_id].session
        taken = Turn(claimed, session, (effect,), Outcome(Decimal(7), "fine", True), set_id, version, YEAR)
        await work.people.apply([taken], NOW, NOW + LEASE)


async def test_a_subject_of_any_kind_comes_back_as_it_was_told(store: SqlStorage) -> None:
    await take(store, update(1), UNIT)
    commune = Place(2, "Xã Mẫu", "tỉnh Mẫu", "commune", "/1/2/")
    assert (await person_of(store)).subject == Subject(
        1, SubjectKind.UNIT, "Trường Mẫu", commune, {"learners": 400}, "huyen"
    )


async def test_a_subject_in_a_difficult_area_knows_so(store: SqlStorage) -> None:
    await take(store, update(1), household())
    before = (await person_of(store)).subject
    async with store.work() as work:
        await work.records.set_difficult_area(2, "QĐ 861/QĐ-TTg")
    after = (await person_of(store)).subject
    assert before is not None
    assert after is not None
    assert (before.profile["difficult_area"], after.profile["difficult_area"]) == (0, 1)


async def test_a_hamlet_takes_part_in_the_period_of_its_commune_and_others_in_their_own(
    store: SqlStorage, rows: Rows
) -> None:
    await take(store, update(1, who="a"), household(place_id=3))
    await take(store, update(2, who="b"), VILLAGE)
    await take(store, update(3, who="c"), COMMUNE)
    await take(store, update(4, who="d"), RegisterSubject(SubjectKind.PROVINCE, "Tỉnh Mẫu", 1, {}))
    periods = {row["id"]: (row["year"], row["place_id"]) for row in await rows(period)}
    assert [periods[row["period_id"]] for row in await rows(assessment)] == [
        (YEAR, 2), (YEAR, 2), (YEAR, 2), (YEAR, 1),
    ]  # fmt: skip


async def test_households_of_a_commune_share_its_period(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1, who="a"), household(place_id=3))
    await take(store, update(2, who="b"), household(place_id=4))
    assert [(row["year"], row["place_id"]) for row in await rows(period)] == [(YEAR, 2)]


async def test_a_corrected_household_keeps_its_answers_and_moves_to_the_period_of_its_commune(
    store: SqlStorage, rows: Rows
) -> None:
    await take(store, update(1), household())
    await take(store, update(2), SaveAnswer("one", YES))
    async with store.work() as work:
        commune = await work.records.add_place(1, "commune", "Xã Bên", NOW.date())
        hamlet = await work.records.add_place(commune.id, "hamlet", "Buôn Bên", NOW.date())
    await take(store, update(3), ChangeSubject("Trần Văn An", hamlet.id, {"adults": 3, "school_age_children": 0}))
    person = await person_of(store)
    assert person.subject is not None
    assert (person.subject.name, person.subject.place.within) == ("Trần Văn An", "xã Bên, tỉnh Mẫu")
    assert person.subject.profile == {"adults": 3, "school_age_children": 0, "difficult_area": 0}
    assert person.assessment is not None
    assert person.assessment.answers == {"one": YES}
    (row,) = await rows(assessment)
    assert (await rows(period))[row["period_id"] - 1]["place_id"] == commune.id


async def test_an_invite_loses_a_use_with_each_household_that_came_by_it(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        await work.records.add_invite("h-THON1", 3, NOW + timedelta(days=1), 1, NOW)
    for number in (1, 2):
        who = f"p{number}"
        await take(store, update(number, who=who), replace(household(), invite="h-THON1"))
    assert [row["uses_left"] for row in await rows(invite)] == [0]


# --- places that are assessed themselves ------------------------------------------------------------------------------


async def test_whoever_comes_second_joins_the_sheet_of_a_place(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    await take(store, update(1, who="first"), COMMUNE, outcome=Outcome(Decimal(1), None, is_complete=False))
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(2, who="first"), SaveAnswer("one", YES), outcome=Outcome(Decimal(60), "good", True))
    again = replace(COMMUNE, name="Xã Khác", told={})
    await take(store, update(3, who="second"), again, outcome=Outcome(Decimal(0), None, is_complete=False))
    await execute(ALL_ARE_OFFICERS)
    second = await person_of(store, "second")
    assert second.subject == (await person_of(store, "first")).subject
    assert second.assessment is not None
    assert (second.assessment.answers, second.assessment.total) == ({"one": YES}, Decimal(60))
    assert len(await rows(subject)) == len(await rows(assessment)) == 1
    assert [row["what"] for row in await rows(audit)] == ["subject.registered", "assessment.opened", "subject.joined"]


async def test_coming_twice_is_joining_once(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), COMMUNE)
    await take(store, update(2), COMMUNE)
    assert len(await rows(subject)) == len(await rows(assessment)) == len(await rows(person_subject)) == 1


async def test_two_who_come_in_one_batch_share_the_sheet_of_a_place(store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        await work.inbox.add([update(n, who=f"p{n}") for n in range(3)], NOW)
    await take_all(store, COMMUNE)
    assert len(await rows(subject)) == len(await rows(assessment)) == 1
    assert [row["assessment_id"] for row in await rows(person)] == [1, 1, 1]
    assert [(row["person_id"], row["subject_id"]) for row in await rows(person_subject)] == [(1, 1), (2, 1), (3, 1)]
    whats = [row["what"] for row in await rows(audit)]
    assert [whats.count(each) for each in ("subject.registered", "subject.joined", "assessment.opened")] == [1, 2, 1]


async def test_kinds_of_subject_do_not_share_a_place_nor_do_households(store: SqlStorage, rows: Rows) -> None:
    for number, effect in enumerate((VILLAGE, replace(VILLAGE, kind=SubjectKind.COMMUNE), household(), household())):
        await take(store, update(number, who=f"p{number}"), effect)
    assert [row["id"] for row in await rows(subject)] == [1, 2, 3, 4]


async def test_a_place_joined_in_a_new_year_begins_a_new_sheet(store: SqlStorage, rows: Rows, execute: Execute) -> None:
    await take(store, update(1, who="first"), COMMUNE)
    await take(store, update(2, who="second"), COMMUNE, year=YEAR + 1)
    await execute(ALL_ARE_OFFICERS)
    assert [(row["subject_id"], row["year"]) for row in await rows(assessment)] == [(1, YEAR), (1, YEAR + 1)]
    assert await sheet_of(store, "first") == 1
    assert await sheet_of(store, "second") == 2


async def test_who_chose_the_wrong_place_joins_the_sheet_of_the_right_one(
    store: SqlStorage, rows: Rows, execute: Execute
) -> None:
    await take(store, update(1, who="right"), VILLAGE)
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(2, who="right"), SaveAnswer("one", YES))
    await take(store, update(3, who="wrong"), replace(VILLAGE, place_id=4))
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(4, who="wrong"), ChangeSubject("Thôn Mẫu 1", 3, {"households": 80}))
    moved, there = await person_of(store, "wrong"), await person_of(store, "right")
    assert (moved.subject, moved.assessment) == (there.subject, there.assessment)
    assert moved.subject is not None
    assert moved.subject.told == {"households": 87}
    assert [(row["person_id"], row["subject_id"]) for row in await rows(person_subject)] == [(1, 1), (2, 1)]


async def test_a_place_corrected_to_one_that_nobody_has_begun_takes_its_sheet_along(
    store: SqlStorage, execute: Execute
) -> None:
    await take(store, update(1), VILLAGE)
    await execute(ALL_ARE_OFFICERS)
    await take(store, update(2), SaveAnswer("one", YES))
    await take(store, update(3), ChangeSubject("Thôn Mẫu 2", 4, {"households": 80}))
    moved = await person_of(store)
    assert moved.subject is not None
    assert (moved.subject.id, moved.subject.place.id, moved.subject.told) == (1, 4, {"households": 80})
    assert moved.assessment is not None
    assert moved.assessment.answers == {"one": YES}


async def test_a_place_is_begun_by_two_processes_at_once(store: SqlStorage, url: str, rows: Rows) -> None:
    """On SQLite nobody else can write meanwhile."""
    if url.startswith("sqlite"):
        return
    async with store.work() as work:
        await work.inbox.add([update(1, who="a"), update(2, who="b")], NOW)

    async def begin() -> None:
        async with store.work() as work:
            (claimed,) = await work.inbox.claim(1, NOW)
            await work.people.load([claimed.account.person_id], TODAY)
            both_are_here.append(claimed.inbox_id)
            while len(both_are_here) < 2:
                await asyncio.sleep(0)
            await work.people.apply([turn(claimed, COMMUNE)], NOW, NOW + LEASE)

    both_are_here: list[int] = []
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(begin())
        tasks.create_task(begin())
    assert len(await rows(subject)) == len(await rows(assessment)) == 1
    assert [row["assessment_id"] for row in await rows(person)] == [1, 1]


# --- a new year, other rules ------------------------------------------------------------------------------------------


async def test_a_year_is_opened_once(store: SqlStorage) -> None:
    await take(store, update(1), household())
    with pytest.raises(Conflict):
        await take(store, update(2), OpenAssessment())


async def test_the_second_of_a_household_takes_up_the_year_that_the_first_has_opened(
    store: SqlStorage, rows: Rows, execute: Execute
) -> None:
    await take(store, update(1), household())
    async with store.work() as work:
        await work.inbox.add([update(2, who="husband")], NOW)
    await execute("INSERT INTO person_subject VALUES (2, 1, 'member', '2025-11-20 08:00:00')")
    await execute("UPDATE person SET assessment_id = 1")
    await take(store, update(3), OpenAssessment(), year=YEAR + 1)
    await take(store, update(4), SaveAnswer("one", YES), outcome=Outcome(Decimal(60), "good", True))
    assert await sheet_of(store, "husband") == 1
    await take(store, update(2, who="husband"), OpenAssessment(), outcome=Outcome(None, None, False), year=YEAR + 1)
    record = (await person_of(store, "husband")).assessment
    assert record is not None
    assert (record.year, record.answers, record.total) == (YEAR + 1, {"one": YES}, Decimal(60))
    assert [row["year"] for row in await rows(assessment)] == [YEAR, YEAR + 1]


async def test_a_draft_is_led_over_to_other_rules_with_its_answers(store: SqlStorage, rows: Rows) -> None:
    await take(store, update(1), household())
    await take(store, update(2), SaveAnswer("one", YES))
    await under(store, 3, ChangeRules(), set_id="sample_xa_2", version="2")
    record = (await person_of(store)).assessment
    assert record is not None
    assert (record.set_id, record.set_version, record.answers) == ("sample_xa_2", "2", {"one": YES})
    assert (record.total, record.title_id) == (Decimal(7), "fine")
    assert [row["what"] for row in await rows(audit)][-1] == "assessment.rules_changed"


@pytest.mark.parametrize("state", [each for each in AssessmentState if each is not AssessmentState.DRAFT])
async def test_what_was_handed_in_keeps_its_rules(store: SqlStorage, execute: Execute, state: AssessmentState) -> None:
    await take(store, update(1), household())
    await execute("UPDATE assessment SET state = :state", state=str(state))
    with pytest.raises(Conflict):
        await under(store, 2, ChangeRules(), set_id="sample_xa_2", version="2")
    record = (await person_of(store)).assessment
    assert record is not None
    assert (record.set_id, record.set_version) == ("sample", "1")


# --- one of several ---------------------------------------------------------------------------------------------------


async def test_what_was_begun_last_is_taken_up(store: SqlStorage) -> None:
    await take(store, update(1), household(), year=YEAR + 1)
    await take(store, update(2), UNIT)
    record = await person_of(store)
    assert record.subject is not None
    assert (record.subject.kind, await sheet_of(store, WHO)) == (SubjectKind.UNIT, 2)


async def test_another_sheet_is_taken_up_and_answered(store: SqlStorage) -> None:
    await take(store, update(1), household())
    await take(store, update(2), UNIT)
    await take(store, update(3), TakeUp(1))
    record = await person_of(store)
    assert record.subject is not None
    assert (record.subject.kind, record.assessment and record.assessment.id) == (SubjectKind.HOUSEHOLD, 1)
    await take(store, update(4), SaveAnswer("one", YES), HandIn())
    taken = (await person_of(store)).assessment
    assert taken is not None
    assert (taken.id, taken.answers, taken.state) == (1, {"one": YES}, AssessmentState.HANDED_IN)


async def test_the_sheet_of_a_stranger_is_not_taken_up(store: SqlStorage, execute: Execute) -> None:
    await take(store, update(1, who="neighbour"), household())
    await take(store, update(2), household())
    for sheet in (1, 99):
        with pytest.raises(Conflict):
            await take(store, update(3), TakeUp(sheet))
    await execute("INSERT INTO person_subject VALUES (2, 1, 'village_head', '2025-11-20 08:00:00')")
    with pytest.raises(Conflict):
        await take(store, update(3), TakeUp(1))
    assert await sheet_of(store, WHO) == 2


async def test_who_never_chose_works_on_the_newest(store: SqlStorage, execute: Execute) -> None:
    await take(store, update(1), household(), year=YEAR + 1)
    await take(store, update(2), UNIT)
    await execute("UPDATE person SET assessment_id = NULL")
    record = await person_of(store)
    assert record.subject is not None
    assert record.assessment is not None
    assert (record.subject.kind, record.assessment.id) == (SubjectKind.HOUSEHOLD, 1)


async def test_all_sheets_of_a_person_are_listed_the_newest_first(store: SqlStorage) -> None:
    await take(store, update(1), household())
    await take(store, update(2), HandIn())
    await take(store, update(3), OpenAssessment(), year=YEAR + 1)
    await take(store, update(4), UNIT)
    await take(store, update(5, who="neighbour"), household("Khác"))
    async with store.work() as work:
        sheets = await work.people.sheets(1)
    family = OwnSheet(1, SubjectKind.HOUSEHOLD, None, "Nguyễn Thị Hoa", YEAR, AssessmentState.HANDED_IN)
    assert sheets == (
        replace(family, assessment_id=2, year=YEAR + 1, state=AssessmentState.DRAFT),
        OwnSheet(3, SubjectKind.UNIT, "huyen", "Trường Mẫu", YEAR, AssessmentState.DRAFT),
        family,
    )
