"""Whose sheet a person may have in hand, and what is kept when two sides work on it."""

from __future__ import annotations

import asyncio
import json
from datetime import timedelta

import pytest

from bot.dialogs.effects import ChangeSubject, Effect, HandIn, RegisterSubject, SaveAnswer
from bot.dialogs.facts import AssessmentState, RoleKind
from bot.dialogs.village.effects import Visit
from bot.dialogs.village.facts import Side
from bot.ports import Claimed, Conflict, Outcome
from bot.scoring.model import Answer, Quantity, SubjectKind, YesNo
from storage import SqlStorage
from storage.tables import answer, answer_history, assessment, audit, difference, person_subject
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, OTHER_HAMLET, Rolls
from tests.support.turns import LEASE, NOW, TODAY, YEAR, person_of, take, turn, update
from tests.support.turns import subject as household

YES, NO = YesNo(value=True), YesNo(value=False)
FAMILY = "family"


async def family_of(rolls: Rolls, execute: Execute, subject_id: int = 1, who: str = FAMILY) -> None:
    """Somebody takes part for a household, and works on its newest sheet."""
    await rolls.do(who=who)
    await execute(
        "INSERT INTO person_subject (person_id, subject_id, tie, since) VALUES"
        " ((SELECT max(id) FROM person), :subject, 'member', '2025-11-20 08:00:00+00:00')",
        subject=subject_id,
    )


async def in_hand(store: SqlStorage, who: str = HEAD) -> tuple[int | None, bool]:
    """(subject in hand, whether it is visited)."""
    person = await person_of(store, who)
    return (person.subject.id if person.subject else None), person.is_visiting


# --- visiting ---------------------------------------------------------------------------------------------------------


async def test_a_visit_opens_the_sheet_once_and_makes_nobody_a_member(
    rolls: Rolls, store: SqlStorage, rows: Rows
) -> None:
    await rolls.add("An", "Bình")
    await rolls.do(Visit(1))
    await rolls.do(Visit(2))
    await rolls.do(Visit(1))
    sheets = [(row["subject_id"], row["year"], row["set_id"], row["state"]) for row in await rows(assessment)]
    assert sheets == [(1, YEAR, "sample", AssessmentState.DRAFT), (2, YEAR, "sample", AssessmentState.DRAFT)]
    assert await rows(person_subject) == []
    assert await in_hand(store) == (1, True)
    noted = [(row["what"], row["subject_id"], row["assessment_id"]) for row in await rows(audit)]
    assert [each for each in noted if each[0] == "visit.begun"] == [
        ("visit.begun", 1, 1), ("visit.begun", 2, 2), ("visit.begun", 1, 1),
    ]  # fmt: skip


async def test_handing_in_and_visiting_the_next_are_one_turn(rolls: Rolls, store: SqlStorage, rows: Rows) -> None:
    await rolls.add("An", "Bình")
    await rolls.do(Visit(1))
    done = Outcome(None, "good", is_complete=True)
    await take(store, update(99, who=HEAD), SaveAnswer("one", YES), HandIn(), Visit(2), outcome=done)
    first, second = await rows(assessment)
    assert (first["state"], first["title_id"]) == (AssessmentState.HANDED_IN, "good")
    assert (second["state"], second["title_id"], second["subject_id"]) == (AssessmentState.DRAFT, None, 2)
    assert await in_hand(store) == (2, True)


@pytest.mark.parametrize(
    ("role", "place_id"),
    [(None, HAMLET), (RoleKind.VILLAGE_HEAD, OTHER_HAMLET), (RoleKind.OFFICER, 2)],
    ids=["nobody", "the head of another hamlet", "an officer"],
)
async def test_nobody_else_visits(
    rolls: Rolls, store: SqlStorage, rows: Rows, role: RoleKind | None, place_id: int
) -> None:
    await rolls.add("An")
    if role is not None:
        await rolls.head(place_id, "stranger", role)
    with pytest.raises(Conflict):
        await rolls.do(Visit(1), who="stranger")
    assert await rows(assessment) == []


async def test_a_head_of_the_commune_visits_in_each_hamlet(rolls: Rolls, store: SqlStorage) -> None:
    await rolls.add("An")
    await rolls.head(2, "above")
    await rolls.do(Visit(1), who="above")
    assert await in_hand(store, "above") == (1, True)


async def test_who_left_the_roll_and_what_is_a_place_is_not_visited(
    rolls: Rolls, store: SqlStorage, execute: Execute
) -> None:
    await rolls.add("An", "Thôn Mẫu 1")
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE id = 1")
    await execute("UPDATE subject SET kind = 'village' WHERE id = 2")
    for subject_id in (1, 2, 77):
        with pytest.raises(Conflict):
            await rolls.do(Visit(subject_id))


@pytest.mark.parametrize(
    "ending",
    [
        "UPDATE role SET until = '2025-11-19'",
        "UPDATE role SET since = '2025-11-21'",
        "UPDATE role SET place_id = 4",
        "UPDATE role SET role = 'officer'",
        "UPDATE subject SET left_on = '2025-11-20'",
        "UPDATE subject SET place_id = 4",
    ],
)
async def test_a_sheet_is_in_hand_only_while_the_role_holds_it(
    rolls: Rolls, store: SqlStorage, execute: Execute, rows: Rows, ending: str
) -> None:
    await rolls.add("An")
    await rolls.do(Visit(1))
    await execute(ending)
    assert await in_hand(store) == (None, False)
    with pytest.raises(Conflict):
        await rolls.do(SaveAnswer("one", YES))
    assert await rows(answer) == []


async def test_whose_visit_is_over_has_their_own_family_in_hand(
    rolls: Rolls, store: SqlStorage, execute: Execute
) -> None:
    await rolls.do(household("Nhà trưởng thôn"))
    await rolls.add("An")
    await rolls.do(Visit(2))
    assert await in_hand(store) == (2, True)
    await execute("UPDATE role SET until = '2025-11-19'")
    assert await in_hand(store) == (1, False)


async def test_a_head_who_is_one_of_the_household_does_not_visit_it(
    rolls: Rolls, store: SqlStorage, rows: Rows
) -> None:
    await rolls.do(household("Nhà trưởng thôn"))
    await rolls.add("An")
    await rolls.do(Visit(2))
    await rolls.do(Visit(1))
    assert await in_hand(store) == (1, False)
    await rolls.do(SaveAnswer("one", YES))
    assert [row["side"] for row in await rows(answer)] == [Side.SUBJECT]


async def test_a_member_of_a_place_sees_its_sheet_while_in_charge(
    rolls: Rolls, store: SqlStorage, execute: Execute
) -> None:
    await rolls.do(RegisterSubject(SubjectKind.VILLAGE, "Thôn Mẫu 1", HAMLET, {"households": 87}))
    assert await in_hand(store) == (1, False)
    async with store.work() as work:
        await work.people.load([1], TODAY)
        assert len(await work.people.sheets(1)) == 1
    await execute("UPDATE role SET until = '2025-11-19'")
    assert await in_hand(store) == (None, False)
    async with store.work() as work:
        await work.people.load([1], TODAY)
        assert await work.people.sheets(1) == ()


async def test_on_a_visit_nobody_is_moved_to_another_hamlet(rolls: Rolls, store: SqlStorage) -> None:
    await rolls.add("An")
    await rolls.do(Visit(1))
    await rolls.do(ChangeSubject("An", HAMLET, {"adults": 3}))
    with pytest.raises(Conflict):
        await rolls.do(ChangeSubject("An", OTHER_HAMLET, {"adults": 3}))


async def test_loading_takes_as_many_statements_for_many_as_for_one(
    rolls: Rolls, store: SqlStorage, execute: Execute, statements: list[str]
) -> None:
    await rolls.add(*(f"Nhà {n}" for n in range(6)))
    for n in range(1, 7):
        await rolls.head(who=f"head {n}")
        await rolls.do(Visit(n), who=f"head {n}")
        await rolls.sheet(n, {"one": '{"value":true,"type":"YesNo"}'}, year=YEAR - 1)
    counts = []
    for persons in ([2], [2, 3, 4, 5, 6, 7]):
        statements.clear()
        async with store.work() as work:
            loaded = await work.people.load(persons, TODAY)
        assert all(person.is_visiting and person.earlier is not None for person in loaded.values())
        counts.append(len(statements))
    assert counts[0] == counts[1]


async def test_the_newest_sheet_of_an_earlier_year_comes_along(rolls: Rolls, store: SqlStorage) -> None:
    await rolls.add("An")
    for year, value in ((YEAR - 2, "true"), (YEAR - 1, "false")):
        await rolls.sheet(1, {"one": f'{{"value":{value},"type":"YesNo"}}'}, "recognised", year=year)
    await rolls.do(Visit(1))
    before = (await person_of(store, HEAD)).earlier
    assert before is not None
    assert (before.year, dict(before.answers), before.is_recognised) == (YEAR - 1, {"one": NO}, True)


# --- two sides --------------------------------------------------------------------------------------------------------


@pytest.fixture
async def both(rolls: Rolls, execute: Execute) -> Rolls:
    """A household with a family of its own that the head visits."""
    await rolls.add("An")
    await rolls.do(Visit(1))
    await family_of(rolls, execute)
    return rolls


async def standing(rows: Rows) -> dict[str, tuple[str, object]]:
    return {row["indicator"]: (row["side"], json.loads(row["value"])["value"]) for row in await rows(answer)}


async def open_differences(rows: Rows) -> list[tuple[str, str, object]]:
    return [
        (row["indicator"], row["side"], json.loads(row["value"])["value"])
        for row in await rows(difference)
        if row["decided_at"] is None
    ]


async def test_a_differing_answer_is_kept_beside_the_standing_one(both: Rolls, store: SqlStorage, rows: Rows) -> None:
    await both.do(SaveAnswer("one", YES))
    await both.do(SaveAnswer("one", NO), who=FAMILY)
    assert await standing(rows) == {"one": (Side.HEAD, True)}
    assert await open_differences(rows) == [("one", Side.SUBJECT, False)]
    loaded = (await person_of(store, FAMILY)).assessment
    assert loaded is not None
    assert (loaded.sides, {i: d.answer for i, d in loaded.differences.items()}) == ({"one": Side.HEAD}, {"one": NO})
    history = [(row["side"], row["person_id"]) for row in await rows(answer_history)]
    assert history == [(Side.HEAD, 1), (Side.SUBJECT, 2)]


async def test_a_difference_is_unique_and_follows_what_its_side_says(both: Rolls, rows: Rows) -> None:
    await both.do(SaveAnswer("one", Quantity(1)))  # type: ignore[arg-type]  # a whole number is one
    for value in (2, 3):
        await both.do(SaveAnswer("one", Quantity(value)), who=FAMILY)  # type: ignore[arg-type]  # likewise
    (open_one,) = await open_differences(rows)
    assert open_one == ("one", Side.SUBJECT, "3")
    await both.do(SaveAnswer("one", Quantity(1)), who=FAMILY)  # type: ignore[arg-type]  # likewise
    assert await open_differences(rows) == []
    (ended,) = await rows(difference)
    assert (ended["kept"], ended["decided_by"]) == (Side.HEAD, 2)
    await both.do(SaveAnswer("one", Quantity(5)), who=FAMILY)  # type: ignore[arg-type]  # likewise
    assert len(await open_differences(rows)) == 1
    assert len(await rows(answer_history)) == 5


async def test_a_sheet_with_differences_is_handed_in(both: Rolls, rows: Rows) -> None:
    await both.do(SaveAnswer("one", YES))
    await both.do(SaveAnswer("one", NO), HandIn(), who=FAMILY)
    assert [row["state"] for row in await rows(assessment)] == [AssessmentState.HANDED_IN]
    assert len(await open_differences(rows)) == 1


async def test_an_answer_that_no_longer_fits_gives_way(both: Rolls, rows: Rows) -> None:
    await both.do(SaveAnswer("one", YES))
    await both.do(SaveAnswer("one", NO, over=YES), who=FAMILY)
    assert await standing(rows) == {"one": (Side.SUBJECT, False)}
    assert await open_differences(rows) == []


async def test_both_in_one_batch_are_taken_one_after_the_other(both: Rolls, store: SqlStorage, rows: Rows) -> None:
    async with store.work() as work:
        await work.inbox.add([update(200, who=HEAD), update(201, who=FAMILY)], NOW)

    async def answer_both() -> None:
        async with store.work() as work:
            claimed = await work.inbox.claim(10, NOW)
            await work.people.load([each.account.person_id for each in claimed], TODAY)
            turns = [turn(each, SaveAnswer("one", YES)) for each in claimed]
            await work.people.apply(turns, NOW, NOW + LEASE)

    with pytest.raises(Conflict):
        await answer_both()
    assert await rows(answer) == []


async def test_two_at_once_on_one_sheet_lose_nothing(both: Rolls, store: SqlStorage, url: str, rows: Rows) -> None:
    """Both have loaded the sheet when they answer; on SQLite units of work take turns anyway."""
    if url.startswith("sqlite"):
        return
    said: dict[str, Answer] = {HEAD: YES, FAMILY: NO}
    async with store.work() as work:
        await work.inbox.add([update(200, who=HEAD), update(201, who=FAMILY)], NOW)
    loaded: list[int] = []
    refused: list[Claimed] = []

    async def say() -> None:
        async with store.work() as work:
            (claimed,) = await work.inbox.claim(1, NOW)
            await work.people.load([claimed.account.person_id], TODAY)
            loaded.append(claimed.inbox_id)
            while len(loaded) < 2:
                await asyncio.sleep(0)
            given = SaveAnswer("one", said[claimed.account.external_id])
            try:
                await work.people.apply([turn(claimed, given)], NOW, NOW + LEASE)
            except Conflict:
                refused.append(claimed)
                raise

    results = await asyncio.gather(say(), say(), return_exceptions=True)
    assert [type(each) for each in results if each is not None] == [Conflict]
    ((_, first),) = [(key, value) for key, value in (await standing(rows)).items() if key == "one"]
    assert first[1] is (said[FAMILY if refused[0].account.external_id == HEAD else HEAD] == YES)
    async with store.work() as work:
        (again,) = await work.inbox.claim(1, NOW)
        await work.people.load([again.account.person_id], TODAY)
        given = SaveAnswer("one", said[again.account.external_id])
        await work.people.apply([turn(again, given)], NOW, NOW + LEASE)
    (open_one,) = await open_differences(rows)
    assert open_one[1] == (Side.HEAD if again.account.external_id == HEAD else Side.SUBJECT)
    assert (await standing(rows))["one"] == first
    assert len(await rows(answer_history)) == 2


async def test_two_heads_open_a_sheet_at_once(rolls: Rolls, store: SqlStorage, url: str, rows: Rows) -> None:
    """On SQLite nobody else can write meanwhile."""
    if url.startswith("sqlite"):
        return
    await rolls.add("An")
    await rolls.head(who="second")
    async with store.work() as work:
        await work.inbox.add([update(200, who=HEAD), update(201, who="second")], NOW)
    loaded: list[int] = []

    async def go() -> None:
        async with store.work() as work:
            (claimed,) = await work.inbox.claim(1, NOW)
            await work.people.load([claimed.account.person_id], TODAY)
            loaded.append(claimed.inbox_id)
            while len(loaded) < 2:
                await asyncio.sleep(0)
            await work.people.apply([turn(claimed, Visit(1))], NOW, NOW + LEASE)

    await asyncio.gather(go(), go())
    assert len(await rows(assessment)) == 1
    assert await in_hand(store) == await in_hand(store, "second") == (1, True)


@pytest.mark.parametrize("effects", [(SaveAnswer("two", NO),), (HandIn(),)], ids=["answering", "handing in"])
async def test_what_was_decided_before_somebody_else_answered_is_decided_again(
    both: Rolls, store: SqlStorage, rows: Rows, execute: Execute, effects: tuple[Effect, ...], url: str
) -> None:
    """The score of the turn knows nothing of the other's answer, so it may not be kept."""
    if url.startswith("sqlite"):
        return
    async with store.work() as work:
        await work.inbox.add([update(300, who=FAMILY)], NOW)
        (claimed,) = await work.inbox.claim(1, NOW)
        await work.people.load([claimed.account.person_id], TODAY)
        await both.do(SaveAnswer("one", YES))
        with pytest.raises(Conflict):
            await work.people.apply([turn(claimed, *effects)], NOW + timedelta(seconds=1), NOW + LEASE)


async def test_every_answer_says_through_which_channel_and_by_whom(both: Rolls, rows: Rows) -> None:
    await both.do(SaveAnswer("one", YES))
    (row,) = await rows(answer_history)
    assert (row["person_id"], row["channel"], row["side"]) == (1, "telegram", Side.HEAD)
