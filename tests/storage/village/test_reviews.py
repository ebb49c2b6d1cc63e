"""What a village's review decides is kept under lock, told to whom it concerns, and refused where it does not hold."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogs.codec import decode_event
from bot.dialogs.effects import Effect, HandIn, RegisterSubject, TakeBack
from bot.dialogs.events import News, SheetMoved
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.effects import (
    Confirm,
    DecideDifference,
    DrawSample,
    RecordMeeting,
    RecordRecheck,
    ReturnSheet,
)
from bot.dialogs.village.facts import MeetingRecord, Side
from bot.dialogs.village.sampling import draw_sample
from bot.ports import Conflict, Outcome
from bot.ports.village.reviews import SheetRow
from bot.scoring.model import SubjectKind, YesNo
from storage import SqlStorage
from storage.tables import answer, answer_history, assessment, audit, difference, news, review, sample, sample_sheet
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, OTHER_HAMLET, Rolls
from tests.support.turns import LEASE, NOW, TODAY, YEAR, take, take_all, turn, update

TOLD = say("told.later")
YES, NO = '{"type":"YesNo","value":true}', '{"type":"YesNo","value":false}'


async def sheets(store: SqlStorage, place_id: int = HAMLET) -> tuple[SheetRow, ...]:
    async with store.work() as work:
        return await work.reviews.sheets(place_id, YEAR, TODAY)


async def a_member(store: SqlStorage, execute: Execute, subject_id: int, who: str) -> int:
    """Somebody takes part for a household; returns the person."""
    await take(store, update(int.from_bytes(who.encode()) % 10**9, who=who, channel="web"))
    async with store.work() as work:
        account = await work.people.account("web", who)
    assert account is not None
    await execute(
        "INSERT INTO person_subject (person_id, subject_id, tie, since)"
        " VALUES (:person, :subject, 'member', '2025-11-01 00:00:00+00:00')",
        person=account.person_id, subject=subject_id,
    )  # fmt: skip
    return account.person_id


# --- confirming and returning -----------------------------------------------------------------------------------------


async def test_confirming_moves_the_sheets_and_tells_every_member(
    rolls: Rolls, store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await rolls.add("Nguyễn Văn An", "Trần Thị Bình")
    await rolls.sheet(1, state="handed_in")
    await rolls.sheet(2, state="handed_in")
    persons = [await a_member(store, execute, 1, "an"), await a_member(store, execute, 1, "an's wife")]
    await rolls.do(Confirm(HAMLET, (1, 2), TOLD))
    kept = await rows(assessment)
    assert [(row["state"], row["reviewed_at"]) for row in kept] == [(AssessmentState.CONFIRMED, NOW)] * 2
    moved = [(row["from_state"], row["to_state"]) for row in await rows(review)]
    assert moved == [(AssessmentState.HANDED_IN, AssessmentState.CONFIRMED)] * 2
    told = await rows(news)
    assert [(row["person_id"], row["assessment_id"], row["due_at"]) for row in told] == [(p, 1, NOW) for p in persons]
    assert {row["is_reminder"] for row in told} == {False}
    assert decode_event(told[0]["event"]) == SheetMoved(1, TOLD)
    noted = [(row["what"], row["subject_id"], row["assessment_id"]) for row in await rows(audit)]
    assert noted[-2:] == [("assessment.confirmed", 1, 1), ("assessment.confirmed", 2, 2)]


async def test_returning_keeps_reason_and_question_and_opens_the_sheet(
    rolls: Rolls, store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state="handed_in")
    await a_member(store, execute, 1, "an")
    await rolls.do(ReturnSheet(1, "books", "Nhờ xem lại", TOLD))
    (kept,) = await rows(assessment)
    assert (kept["state"], kept["reviewed_at"]) == (AssessmentState.RETURNED, NOW)
    (moved,) = await rows(review)
    assert (moved["reason"], moved["indicator"], moved["to_state"]) == (
        "Nhờ xem lại",
        "books",
        AssessmentState.RETURNED,
    )
    (told,) = await rows(news)
    assert decode_event(told["event"]) == SheetMoved(1, TOLD, "books")
    async with store.work() as work:
        assert await work.reviews.returns(1) == (("books", "Nhờ xem lại"),)


async def test_a_confirmed_sheet_can_be_returned_until_the_commune_took_it_further(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("Nguyễn Văn An", "Trần Thị Bình")
    await rolls.sheet(1, state="confirmed")
    await rolls.sheet(2, state="appraised")
    await rolls.do(ReturnSheet(1, "books", "Nhờ xem lại", TOLD))
    with pytest.raises(Conflict, match="cannot be returned"):
        await rolls.do(ReturnSheet(2, "books", "Nhờ xem lại", TOLD))
    assert [row["state"] for row in await rows(assessment)] == [AssessmentState.RETURNED, AssessmentState.APPRAISED]


@pytest.mark.parametrize("state", ["draft", "returned", "confirmed", "appraised", "recognised"])
async def test_only_what_is_handed_in_is_confirmed(rolls: Rolls, state: str) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state=state)
    with pytest.raises(Conflict, match="cannot be confirmed"):
        await rolls.do(Confirm(HAMLET, (1,), TOLD))


async def test_nothing_incomplete_and_nothing_with_two_answers_is_confirmed(
    rolls: Rolls, execute: Execute, rows: Rows
) -> None:
    await rolls.add("Nguyễn Văn An", "Trần Thị Bình")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    await rolls.sheet(2, state="handed_in")
    await rolls.differ(1, "books", NO)
    await execute("UPDATE assessment SET is_complete = false WHERE id = 2")
    with pytest.raises(Conflict, match="two answers"):
        await rolls.do(Confirm(HAMLET, (1,), TOLD))
    with pytest.raises(Conflict, match="cannot be confirmed"):
        await rolls.do(Confirm(HAMLET, (2,), TOLD))
    assert {row["state"] for row in await rows(assessment)} == {AssessmentState.HANDED_IN}
    assert await rows(news) == []


async def test_of_many_sheets_all_are_confirmed_or_none(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("Nguyễn Văn An", "Trần Thị Bình")
    await rolls.sheet(1, state="handed_in")
    await rolls.sheet(2, state="draft")
    with pytest.raises(Conflict):
        await rolls.do(Confirm(HAMLET, (1, 2), TOLD))
    assert [row["state"] for row in await rows(assessment)] == [AssessmentState.HANDED_IN, AssessmentState.DRAFT]


async def test_two_heads_who_confirm_at_once_confirm_once(rolls: Rolls, store: SqlStorage, rows: Rows) -> None:
    await rolls.head(who="deputy")
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state="handed_in")
    async with store.work() as work:
        await work.inbox.add([update(n, who=who) for n, who in ((501, HEAD), (502, "deputy"))], NOW)
    with pytest.raises(Conflict):
        await take_all(store, Confirm(HAMLET, (1,), TOLD))
    async with store.work() as work:
        claimed = await work.inbox.claim(1, NOW)
        await work.people.load([each.account.person_id for each in claimed], TODAY)
        await work.people.apply([turn(each, Confirm(HAMLET, (1,), TOLD)) for each in claimed], NOW, NOW + LEASE)
    with pytest.raises(Conflict):
        await take_all(store, Confirm(HAMLET, (1,), TOLD))
    assert len(await rows(review)) == 1


async def test_what_the_family_takes_back_at_the_same_time_is_not_confirmed(
    rolls: Rolls, store: SqlStorage, rows: Rows
) -> None:
    await take(store, update(700, who="an"), RegisterSubject(SubjectKind.HOUSEHOLD, "An", HAMLET, {"adults": 2}))
    async with store.work() as work:
        account = await work.people.account("telegram", "an")
    assert account is not None
    await _hand_in(store, "an")
    async with store.work() as work:
        await work.inbox.add([update(701, who="an"), update(702, who=HEAD)], NOW)
        claimed = await work.inbox.claim(9, NOW)
        await work.people.load([each.account.person_id for each in claimed], TODAY)
        decided = [
            turn(each, TakeBack() if each.account.id == account.id else Confirm(HAMLET, (1,), TOLD)) for each in claimed
        ]
        with pytest.raises(Conflict, match="draft"):
            await work.people.apply(decided, NOW, NOW + LEASE)
    assert [row["to_state"] for row in await rows(review)][-1] is not AssessmentState.CONFIRMED


async def _hand_in(store: SqlStorage, who: str) -> None:
    await take(store, update(703, who=who), HandIn(), outcome=Outcome(None, None, is_complete=True))


# --- two answers ------------------------------------------------------------------------------------------------------


async def test_the_kept_second_answer_stands_with_its_author(
    rolls: Rolls, store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    await rolls.differ(1, "books", NO)
    member = await a_member(store, execute, 1, "an")
    await execute("UPDATE difference SET person_id = (SELECT min(id) FROM person)")
    await rolls.do(DecideDifference(1, "books", Side.HEAD, "Theo sổ", TOLD))
    (stands,) = await rows(answer)
    assert (stands["value"], stands["side"], stands["person_id"], stands["channel"]) == (NO, Side.HEAD, 1, "web")
    history = await rows(answer_history)
    assert [(row["value"], row["side"]) for row in history] == [(YES, Side.SUBJECT), (NO, Side.HEAD)]
    (decided,) = await rows(difference)
    assert (decided["decided_at"], decided["kept"], decided["reason"]) == (NOW, Side.HEAD, "Theo sổ")
    (told,) = await rows(news)
    assert (told["person_id"], decode_event(told["event"])) == (member, SheetMoved(1, TOLD, "books"))
    (scored,) = await rows(assessment)
    assert scored["is_scored"] is False


async def test_the_kept_first_answer_stays_and_the_other_head_is_told(
    rolls: Rolls, store: SqlStorage, execute: Execute, rows: Rows
) -> None:
    await rolls.head(who="deputy")
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    await rolls.differ(1, "books", NO)
    async with store.work() as work:
        deputy = await work.people.account("telegram", "deputy")
    assert deputy is not None
    await execute("UPDATE difference SET person_id = :deputy", deputy=deputy.person_id)
    await a_member(store, execute, 1, "an")
    await rolls.do(DecideDifference(1, "books", Side.SUBJECT, "Đã hỏi lại", TOLD))
    (stands,) = await rows(answer)
    assert (stands["value"], stands["side"]) == (YES, Side.SUBJECT)
    assert len(await rows(answer_history)) == 1
    (told,) = await rows(news)
    assert (told["person_id"], decode_event(told["event"])) == (deputy.person_id, News(TOLD))
    (scored,) = await rows(assessment)
    assert scored["is_scored"] is True


async def test_a_difference_is_decided_once_and_only_between_its_answers(rolls: Rolls) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    await rolls.differ(1, "books", NO)
    with pytest.raises(Conflict):
        await rolls.do(DecideDifference(1, "savings", Side.HEAD, "Theo sổ", TOLD))
    await rolls.do(DecideDifference(1, "books", Side.SUBJECT, "Theo sổ", TOLD))
    with pytest.raises(Conflict):
        await rolls.do(DecideDifference(1, "books", Side.HEAD, "Theo sổ", TOLD))


async def test_a_sheet_can_be_confirmed_in_the_turn_that_decides_its_difference(rolls: Rolls, rows: Rows) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    await rolls.differ(1, "books", NO)
    await rolls.do(DecideDifference(1, "books", Side.SUBJECT, "Theo sổ", TOLD), Confirm(HAMLET, (1,), TOLD))
    assert [row["state"] for row in await rows(assessment)] == [AssessmentState.CONFIRMED]


# --- nothing outside the roles ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "effect",
    [
        Confirm(HAMLET, (1,), TOLD),
        ReturnSheet(1, "books", "Nhờ xem lại", TOLD),
        DecideDifference(1, "books", Side.HEAD, "Theo sổ", TOLD),
        DrawSample(HAMLET, 1, 7),
        RecordRecheck(1, agrees=True),
        RecordMeeting(HAMLET, TODAY, 10, 9, 1),
    ],
    ids=lambda each: type(each).__name__,
)
@pytest.mark.parametrize("who", ["neighbour", "officer", "nobody"])
async def test_nothing_is_decided_outside_of_a_role(
    rolls: Rolls, store: SqlStorage, rows: Rows, effect: Effect, who: str
) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES}, state="handed_in")
    if not isinstance(effect, Confirm):
        await rolls.differ(1, "books", NO)
    await rolls.head(OTHER_HAMLET, "neighbour")
    await rolls.head(2, "officer", RoleKind.OFFICER)
    before = [await rows(table) for table in (assessment, answer, difference, sample, news, review)]
    with pytest.raises(Conflict, match="no such role"):
        await rolls.do(effect, who=who)
    assert [await rows(table) for table in (assessment, answer, difference, sample, news, review)] == before


async def test_a_head_of_the_commune_may_review_its_hamlets(rolls: Rolls, rows: Rows) -> None:
    await rolls.head(2, "chapter")
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state="handed_in")
    await rolls.do(Confirm(HAMLET, (1,), TOLD), who="chapter")
    assert [row["state"] for row in await rows(assessment)] == [AssessmentState.CONFIRMED]


async def test_sheets_of_another_hamlet_are_not_confirmed_in_the_name_of_this_one(rolls: Rolls) -> None:
    await rolls.head(OTHER_HAMLET)
    await rolls.add("Nguyễn Văn An", place_id=OTHER_HAMLET)
    await rolls.sheet(1, state="handed_in")
    with pytest.raises(Conflict, match="is not of place"):
        await rolls.do(Confirm(HAMLET, (1,), TOLD))


# --- what waits -------------------------------------------------------------------------------------------------------


async def test_sheets_wait_in_the_order_of_the_review(rolls: Rolls, store: SqlStorage, execute: Execute) -> None:
    await rolls.add("Trần Thị Bình", "Nguyễn Văn An", "Hồ Văn Cả", "Lê Thị Dần")
    await execute("UPDATE subject SET kind = 'clan' WHERE id = 2")
    await execute("UPDATE subject SET kind = 'village' WHERE id = 4")
    for subject_id, state in ((1, "handed_in"), (2, "handed_in"), (3, "confirmed"), (4, "handed_in")):
        await rolls.sheet(subject_id, state=state)
    found = await sheets(store)
    assert [(row.name, row.state) for row in found] == [
        ("Hồ Văn Cả", AssessmentState.CONFIRMED),
        ("Trần Thị Bình", AssessmentState.HANDED_IN),
        ("Nguyễn Văn An", AssessmentState.HANDED_IN),
    ]
    assert await sheets(store, OTHER_HAMLET) == ()


async def test_whoever_left_the_roll_is_not_reviewed(rolls: Rolls, store: SqlStorage, execute: Execute) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, state="handed_in")
    await execute("UPDATE subject SET left_on = '2025-11-20'")
    assert await sheets(store) == ()


async def test_what_is_to_be_known_of_a_sheet_comes_with_it(rolls: Rolls, store: SqlStorage, rows: Rows) -> None:
    await rolls.add("Nguyễn Văn An")
    await rolls.sheet(1, {"books": YES, "savings": YES}, state="handed_in")
    await rolls.differ(1, "books", NO)
    await rolls.do(ReturnSheet(1, "savings", "Nhờ xem lại", TOLD))
    async with store.work() as work:
        sheet = await work.reviews.sheet(1)
        said = await work.reviews.answers([1])
        second = await work.reviews.differences(1)
    assert sheet is not None
    assert (sheet.differences, sheet.returned_at, sheet.is_sampled) == (1, NOW, False)
    assert {i: each.answer for i, each in said[1].items()} == {"books": YesNo(True), "savings": YesNo(True)}
    assert {i: (each.answer, each.side) for i, each in second.items()} == {"books": (YesNo(False), Side.HEAD)}


async def test_a_sheet_that_is_not_there_is_none(store: SqlStorage) -> None:
    async with store.work() as work:
        assert await work.reviews.sheet(9) is None
        assert await work.reviews.settled(9) is None
        assert await work.reviews.sample(HAMLET, YEAR) is None
        assert await work.reviews.meeting(HAMLET, YEAR) is None


# --- samples and meetings ---------------------------------------------------------------------------------------------


async def test_a_sample_is_drawn_from_what_is_handed_in_and_confirmed(
    rolls: Rolls, store: SqlStorage, rows: Rows
) -> None:
    await rolls.add(*(f"Nguyễn Văn {n}" for n in range(8)))
    for subject_id in range(1, 9):
        await rolls.sheet(subject_id, state=("handed_in", "confirmed", "draft", "appraised")[subject_id % 4])
    eligible = [4, 8, 1, 5]
    await rolls.do(DrawSample(HAMLET, 3, 4711))
    (kept,) = await rows(sample)
    assert (kept["size"], kept["of"], kept["seed"], kept["year"]) == (3, 4, 4711, YEAR)
    drawn = tuple(row["assessment_id"] for row in await rows(sample_sheet))
    assert drawn == draw_sample(eligible, 3, 4711)
    assert {row.assessment_id for row in await sheets(store) if row.is_sampled} == set(drawn)


async def test_a_recheck_is_recorded_once(rolls: Rolls, store: SqlStorage, rows: Rows) -> None:
    await rolls.add("Nguyễn Văn An", "Trần Thị Bình")
    for subject_id in (1, 2):
        await rolls.sheet(subject_id, state="handed_in")
    await rolls.do(DrawSample(HAMLET, 5, 1))
    await rolls.do(RecordRecheck(1, agrees=True))
    await rolls.do(RecordRecheck(2, agrees=False), ReturnSheet(2, "books", "Nhờ xem lại", TOLD))
    with pytest.raises(Conflict, match="no re-check"):
        await rolls.do(RecordRecheck(1, agrees=False))
    assert [(row["agrees"], row["checked_at"]) for row in await rows(sample_sheet)] == [(True, NOW), (False, NOW)]
    async with store.work() as work:
        found = await work.reviews.sample(HAMLET, YEAR)
    assert found is not None
    assert (found.size, found.of, found.seed, found.drawn_at, found.done) == (2, 2, 1, NOW, 2)


async def test_nothing_is_drawn_from_nothing(rolls: Rolls, rows: Rows) -> None:
    with pytest.raises(Conflict, match="no sheets to draw from"):
        await rolls.do(DrawSample(HAMLET, 5, 1))
    assert await rows(sample) == []


async def test_the_newest_meeting_of_the_year_is_found(rolls: Rolls, store: SqlStorage) -> None:
    await rolls.do(RecordMeeting(HAMLET, TODAY - timedelta(days=3), 40, 40, 0))
    await rolls.do(RecordMeeting(HAMLET, TODAY, 45, 40, 2))
    async with store.work() as work:
        assert await work.reviews.meeting(HAMLET, YEAR) == MeetingRecord(2, TODAY, 45, 40, 2)
        assert await work.reviews.meeting(HAMLET, YEAR - 1) is None
        assert await work.reviews.meeting(OTHER_HAMLET, YEAR) is None
        found = await work.reviews.settled(1)
    assert found is not None
    assert (found.place_id, found.year, found.meeting.present) == (HAMLET, YEAR, 40)
