"""Codes of roles and households, and ending roles, in the tables."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.dialogs.effects import CountFailedCode, TakeRole
from bot.dialogs.facts import CodeState, HouseholdInvite, RoleKind
from bot.dialogs.village.effects import (
    EndRoleNow,
    IssueHouseholdCodes,
    IssueRoleInvite,
    JoinHousehold,
    RevokeInvite,
)
from bot.ports import Conflict, HouseholdCode
from bot.ports.village.invitations import CodeSerials
from storage import SqlStorage
from storage.tables import account, assessment, audit, invite, news, person_subject, role, wrong_code
from tests.storage.conftest import Everything, Execute, Rows
from tests.storage.village.rolls import HAMLET, HEAD, OTHER_HAMLET, Rolls
from tests.support.turns import LEASE, NOW, TODAY, YEAR, person_of, take, take_all, turn, update

OFFICER = "officer"
COMMUNE, PROVINCE = 2, 1
SOON = NOW + timedelta(days=30)


@pytest.fixture
def rolls(store: SqlStorage, execute: Execute) -> Rolls:
    return Rolls(store, execute)


def code_of(subject_id: int, serial: int = 1) -> HouseholdCode:
    return HouseholdCode(subject_id, serial, f"CODE{subject_id:03}X{serial:02}", SOON)


async def issue(store: SqlStorage, *codes: HouseholdCode, who: str = HEAD, number: int, renew: bool = False) -> None:
    """One turn in which somebody gives out codes."""
    async with store.work() as work:
        await work.inbox.add([update(number, who=who)], NOW)
        claimed = await work.inbox.claim(10, NOW)
        (mine,) = (each for each in claimed if each.incoming.update_id == str(number))
        await work.people.load([mine.account.person_id], TODAY)
        effect = IssueHouseholdCodes(tuple(code.subject_id for code in codes), renew=renew)
        decided = turn(mine, effect)
        await work.people.apply([replace(decided, household_codes=codes)], NOW, NOW + LEASE)


async def leads_to(
    store: SqlStorage, code: HouseholdCode, person_id: int = 0, after: timedelta = timedelta(0)
) -> HouseholdInvite:
    async with store.work() as work:
        found = await work.records.invite(code.code, NOW + after, person_id)
    assert isinstance(found, HouseholdInvite)
    return found


async def joined(store: SqlStorage, number: int, who: str, code: HouseholdCode) -> None:
    await take(store, update(number, who=who), JoinHousehold(code.code))


# --- households -------------------------------------------------------------------------------------------------------


async def test_a_code_leads_to_its_household_and_is_kept_hashed(
    store: SqlStorage, rolls: Rolls, everything: Everything
) -> None:
    await rolls.head()
    await rolls.add("An", "Bình")
    await issue(store, code_of(1), code_of(2), number=101)
    found = await leads_to(store, code_of(2))
    assert (found.subject_id, found.name, found.place.id, found.state) == (2, "Bình", HAMLET, None)
    assert code_of(2).code not in await everything()
    expired = await leads_to(store, code_of(2), after=timedelta(days=30))
    assert expired.state is CodeState.EXPIRED


async def test_giving_out_the_same_code_again_changes_nothing(store: SqlStorage, rolls: Rolls, rows: Rows) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    before = await rows(invite)
    await issue(store, code_of(1), number=102)
    assert await rows(invite) == before


async def test_renewing_makes_older_codes_of_the_household_void(store: SqlStorage, rolls: Rolls) -> None:
    await rolls.head()
    await rolls.add("An", "Bình")
    await issue(store, code_of(1), code_of(2), number=101)
    await issue(store, code_of(1, 2), number=102, renew=True)
    states = [await leads_to(store, each) for each in (code_of(1), code_of(1, 2), code_of(2))]
    assert [each.state for each in states] == [CodeState.REVOKED, None, None]
    async with store.work() as work:
        assert await work.invitations.serials([1, 2, 3], NOW) == {1: CodeSerials(2, 2), 2: CodeSerials(1, 1)}
        assert await work.invitations.serials([1], SOON) == {1: CodeSerials(2, 0)}


async def test_whoever_joins_takes_part_and_takes_up_this_years_sheet(
    store: SqlStorage, rolls: Rolls, rows: Rows
) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    for number, who in ((102, "an"), (103, "wife")):
        await joined(store, number, who, code_of(1))
    assert [(each["person_id"], each["subject_id"]) for each in await rows(person_subject)] == [(2, 1), (3, 1)]
    (sheet,) = await rows(assessment)
    assert (sheet["year"], sheet["set_id"]) == (YEAR, "sample")
    found = await person_of(store, "wife")
    assert found.assessment is not None
    assert found.assessment.id == sheet["id"]
    (kept,) = [each for each in await rows(invite) if each["subject_id"]]
    assert kept["uses_left"] == 6
    assert [each["what"] for each in await rows(audit)].count("household.joined") == 2


async def test_joining_again_spends_no_use_even_when_the_code_has_ended(
    store: SqlStorage, rolls: Rolls, rows: Rows, execute: Execute
) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    await joined(store, 102, "an", code_of(1))
    await execute("UPDATE invite SET uses_left = 0 WHERE subject_id = 1")
    await joined(store, 103, "an", code_of(1))
    assert len(await rows(person_subject)) == 1
    person_id = (await person_of(store, "an")).person_id
    assert (await leads_to(store, code_of(1), person_id)).is_member
    assert not (await leads_to(store, code_of(1), person_id + 1)).is_member


@pytest.mark.parametrize(
    "spoilt",
    [
        "UPDATE invite SET uses_left = 0 WHERE subject_id = 1",
        "UPDATE invite SET expires_at = '2025-01-01 00:00:00' WHERE subject_id = 1",
        "UPDATE invite SET revoked_at = '2025-01-01 00:00:00' WHERE subject_id = 1",
        "UPDATE subject SET left_on = '2025-01-01' WHERE id = 1",
        "UPDATE invite SET code_hash = 'other' WHERE subject_id = 1",
    ],
)
async def test_a_code_that_works_no_more_ties_nobody(
    store: SqlStorage, rolls: Rolls, rows: Rows, execute: Execute, spoilt: str
) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    await execute(spoilt)
    with pytest.raises(Conflict):
        await joined(store, 102, "an", code_of(1))
    assert await rows(person_subject) == []


async def test_the_code_of_a_merged_line_ties_to_the_kept_one(
    store: SqlStorage, rolls: Rolls, rows: Rows, execute: Execute
) -> None:
    await rolls.head()
    await rolls.add("An", "Bình", "Cường")
    await issue(store, code_of(1), number=101)
    await execute("UPDATE subject SET merged_into = 2, left_on = '2025-11-01' WHERE id = 1")
    await execute("UPDATE subject SET merged_into = 3, left_on = '2025-11-01' WHERE id = 2")
    await joined(store, 102, "an", code_of(1))
    assert [each["subject_id"] for each in await rows(person_subject)] == [3]


async def test_the_last_use_is_taken_by_one(store: SqlStorage, rolls: Rolls, rows: Rows, execute: Execute) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    await execute("UPDATE invite SET uses_left = 1 WHERE subject_id = 1")
    async with store.work() as work:
        await work.inbox.add([update(n, who=f"p{n}") for n in (102, 103)], NOW)
        claimed = await work.inbox.claim(9, NOW)
    with pytest.raises(Conflict) as caught:
        await take_all(store, JoinHousehold(code_of(1).code))
    assert caught.value.inbox_ids == (claimed[1].inbox_id,)
    assert await rows(person_subject) == []


async def test_the_last_use_is_taken_by_one_when_raced(
    store: SqlStorage, rolls: Rolls, rows: Rows, execute: Execute
) -> None:
    await rolls.head()
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    await execute("UPDATE invite SET uses_left = 1 WHERE subject_id = 1")
    ready = asyncio.Barrier(2)

    async def join(number: int) -> bool:
        await ready.wait()
        try:
            await joined(store, number, f"p{number}", code_of(1))
        except Conflict:
            return False
        return True

    assert sorted(await asyncio.gather(join(102), join(103))) == [False, True]
    assert len(await rows(person_subject)) == 1


@pytest.mark.parametrize(
    ("place_id", "kind", "may"),
    [
        (HAMLET, RoleKind.VILLAGE_HEAD, True),
        (COMMUNE, RoleKind.OFFICER, True),
        (PROVINCE, RoleKind.OFFICER, True),
        (OTHER_HAMLET, RoleKind.VILLAGE_HEAD, False),
    ],
)
async def test_heads_and_officers_give_out_codes_in_their_places(
    store: SqlStorage, rolls: Rolls, rows: Rows, place_id: int, kind: RoleKind, may: bool
) -> None:
    await rolls.head()
    await rolls.add("An")
    await rolls.head(place_id, OFFICER, kind)
    if may:
        await issue(store, code_of(1), who=OFFICER, number=101)
    else:
        with pytest.raises(Conflict):
            await issue(store, code_of(1), who=OFFICER, number=101)
    assert len([each for each in await rows(invite) if each["subject_id"]]) == may


async def test_a_line_that_left_gets_no_code(store: SqlStorage, rolls: Rolls, execute: Execute) -> None:
    await rolls.head()
    await rolls.add("An")
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE id = 1")
    with pytest.raises(Conflict):
        await issue(store, code_of(1), number=101)
    async with store.work() as work:
        assert await work.invitations.households(HAMLET) == ()
        assert await work.invitations.cards(HAMLET, 0, NOW) == ()


async def test_cards_come_in_the_order_of_the_roll_with_codes_that_work(store: SqlStorage, rolls: Rolls) -> None:
    await rolls.head()
    await rolls.add("Cường", "An", "Bình")
    await issue(store, code_of(2), number=101)
    async with store.work() as work:
        found = await work.invitations.cards(HAMLET, 0, NOW)
        (one,) = await work.invitations.cards(0, 2, NOW)
        assert await work.invitations.cards(OTHER_HAMLET, 0, NOW) == ()
    assert [(each.name, each.serial) for each in found] == [("An", 1), ("Bình", 0), ("Cường", 0)]
    assert one == found[0]


# --- roles ------------------------------------------------------------------------------------------------------------


def granting(
    place_id: int = HAMLET, kind: RoleKind = RoleKind.VILLAGE_HEAD, until: date | None = None
) -> IssueRoleInvite:
    return IssueRoleInvite("GRANTED2", kind, place_id, SOON, until)


async def test_a_code_that_an_officer_gave_out_grants_its_role_until_its_day(
    store: SqlStorage, rolls: Rolls, rows: Rows
) -> None:
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await rolls.do(granting(until=date(2026, 6, 30)), who=OFFICER)
    await rolls.do(TakeRole("GRANTED2"), who="next")
    kept = (await rows(role))[-1]
    assert (kept["role"], kept["place_id"], kept["until"]) == (RoleKind.VILLAGE_HEAD, HAMLET, date(2026, 6, 30))
    issued = (await rows(invite))[-1]
    assert (issued["issued_by"], issued["uses_left"]) == ((await person_of(store, OFFICER)).person_id, 0)


@pytest.mark.parametrize(
    ("own", "own_kind", "place_id", "kind", "may"),
    [
        (COMMUNE, RoleKind.OFFICER, HAMLET, RoleKind.VILLAGE_HEAD, True),
        (PROVINCE, RoleKind.OFFICER, COMMUNE, RoleKind.OFFICER, True),
        (PROVINCE, RoleKind.OFFICER, HAMLET, RoleKind.VILLAGE_HEAD, True),
        (COMMUNE, RoleKind.OFFICER, COMMUNE, RoleKind.OFFICER, False),
        (COMMUNE, RoleKind.OFFICER, PROVINCE, RoleKind.OFFICER, False),
        (PROVINCE, RoleKind.OFFICER, HAMLET, RoleKind.OFFICER, False),
        (PROVINCE, RoleKind.OFFICER, COMMUNE, RoleKind.VILLAGE_HEAD, False),
        (HAMLET, RoleKind.VILLAGE_HEAD, HAMLET, RoleKind.VILLAGE_HEAD, False),
        (COMMUNE, RoleKind.OFFICER, 999, RoleKind.VILLAGE_HEAD, False),
    ],
)
async def test_roles_are_granted_strictly_below_an_office(
    store: SqlStorage, rolls: Rolls, rows: Rows, own: int, own_kind: RoleKind, place_id: int, kind: RoleKind, may: bool
) -> None:
    await rolls.head(own, OFFICER, own_kind)
    before = len(await rows(invite))
    if may:
        await rolls.do(granting(place_id, kind), who=OFFICER)
    else:
        with pytest.raises(Conflict):
            await rolls.do(granting(place_id, kind), who=OFFICER)
    assert len(await rows(invite)) - before == may


async def test_a_closed_place_gets_nobody(rolls: Rolls, execute: Execute) -> None:
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await execute("UPDATE place SET valid_until = '2025-11-19' WHERE id = 3")
    with pytest.raises(Conflict):
        await rolls.do(granting(), who=OFFICER)


async def test_a_role_ends_with_yesterday_and_its_person_is_told(store: SqlStorage, rolls: Rolls, rows: Rows) -> None:
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await rolls.head(HAMLET, "next")
    await rolls.do(EndRoleNow(2), who=OFFICER)
    assert (await rows(role))[1]["until"] == TODAY - timedelta(days=1)
    assert (await person_of(store, "next")).roles == ()
    (told,) = await rows(news)
    assert told["person_id"] == (await person_of(store, "next")).person_id
    with pytest.raises(Conflict):
        await rolls.do(EndRoleNow(2), who=OFFICER)


@pytest.mark.parametrize("role_id", [1, 2, 3, 4, 99])
async def test_nobody_ends_their_own_role_nor_one_beside_or_above(rolls: Rolls, rows: Rows, role_id: int) -> None:
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await rolls.head(COMMUNE, "colleague", RoleKind.OFFICER)
    await rolls.head(PROVINCE, "above", RoleKind.OFFICER)
    await rolls.head(HAMLET, OFFICER)
    before = await rows(role)
    with pytest.raises(Conflict):
        await rolls.do(EndRoleNow(role_id), who=OFFICER)
    assert await rows(role) == before


async def test_a_revoked_code_grants_nothing(rolls: Rolls, rows: Rows) -> None:
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await rolls.do(granting(), who=OFFICER)
    await rolls.do(RevokeInvite(2), who=OFFICER)
    with pytest.raises(Conflict):
        await rolls.do(TakeRole("GRANTED2"), who="next")
    with pytest.raises(Conflict):
        await rolls.do(RevokeInvite(2), who=OFFICER)
    assert len(await rows(role)) == 1


async def test_heads_revoke_the_codes_of_their_households_alone(store: SqlStorage, rolls: Rolls) -> None:
    await rolls.head()
    await rolls.head(OTHER_HAMLET, "other")
    await rolls.add("An")
    await issue(store, code_of(1), number=101)
    with pytest.raises(Conflict):
        await rolls.do(RevokeInvite(3), who="other")
    await rolls.do(RevokeInvite(3))
    assert (await leads_to(store, code_of(1))).state is CodeState.REVOKED


async def test_roles_and_codes_are_paged_the_topmost_places_first(store: SqlStorage, rolls: Rolls) -> None:
    await rolls.head(HAMLET, "a")
    await rolls.head(COMMUNE, OFFICER, RoleKind.OFFICER)
    await rolls.head(OTHER_HAMLET, "b")
    await rolls.do(granting(), who=OFFICER)
    async with store.work() as work:
        first, total = await work.invitations.roles("/1/", TODAY, 0, 2)
        second, _ = await work.invitations.roles("/1/", TODAY, 1, 2)
        below, _ = await work.invitations.roles("/1/2/4/", TODAY, 0, 9)
        past, _ = await work.invitations.roles("/1/", TODAY - timedelta(days=1), 0, 9)
        codes, count = await work.invitations.codes("/1/", NOW, 0, 9)
        none, gone = await work.invitations.codes("/1/", SOON, 0, 9)
    assert ([each.place.id for each in first], total) == ([COMMUNE, HAMLET], 3)
    assert [each.place.id for each in second] == [OTHER_HAMLET]
    assert [each.place.id for each in below] == [OTHER_HAMLET]
    assert past == ()
    assert ([each.place.id for each in codes], count) == ([HAMLET], 1)
    assert (none, gone) == ((), 0)


# --- wrong codes ------------------------------------------------------------------------------------------------------


async def test_wrong_codes_are_counted_by_channel_and_minute(store: SqlStorage, rows: Rows) -> None:
    for number, (who, channel, seconds) in enumerate(
        (("a", "telegram", 0), ("b", "telegram", 59), ("a", "telegram", 60), ("c", "web", 60))
    ):
        await take(
            store, update(number, who=who, channel=channel), CountFailedCode(), now=NOW + timedelta(seconds=seconds)
        )
    counted = [(each["channel"], each["count"]) for each in await rows(wrong_code)]
    assert counted == [("telegram", 2), ("telegram", 1), ("web", 1)]
    async with store.work() as work:
        assert await work.invitations.wrong_codes("telegram", NOW) == 3
        assert await work.invitations.wrong_codes("telegram", NOW + timedelta(minutes=1)) == 1
        assert await work.invitations.wrong_codes("zalo", NOW) == 0


async def test_the_fifth_wrong_code_of_an_account_is_put_down_once(store: SqlStorage, rows: Rows) -> None:
    for number in range(7):
        await take(store, update(number), CountFailedCode())
    assert [each["what"] for each in await rows(audit)] == ["code.slowed"]
    assert (await rows(account))[0]["failed_codes"] == 7
