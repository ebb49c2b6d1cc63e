"""Clans and their member households as they are stored, and who counts for whom; on both databases."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.dialogs.codec import decode_event
from bot.dialogs.effects import RegisterSubject
from bot.dialogs.events import ClanAsked
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import say
from bot.dialogs.village.effects import AnswerClan, AskForClan, DropFromClan
from bot.dialogs.village.facts import ClanTie
from bot.ports import Conflict
from bot.scoring.model import SubjectKind
from storage.linking import hashed
from storage.tables import clan_household, news
from tests.storage.conftest import Execute, Rows
from tests.storage.village.rolls import HAMLET, OTHER_HAMLET, Rolls
from tests.support.turns import NOW, YEAR, subject

TOLD = say("clan.asks", clan="Họ Lò", household="An")
CLAN = "clan"


@pytest.fixture
async def clan(rolls: Rolls) -> int:
    """A clan of the first hamlet, after three lines of its roll; its id."""
    await rolls.add("Lò Văn An", "Lò Thị Bình", "Cà Văn Cúc")
    await rolls.do(RegisterSubject(SubjectKind.CLAN, "Họ Lò", HAMLET, {"households": 4}), who=CLAN)
    return 4


async def ties(rows: Rows) -> dict[int, ClanTie]:
    return {row["household_id"]: row["tie"] for row in await rows(clan_household)}


async def ask(rolls: Rolls, *households: int, code: str = "") -> None:
    for each in households:
        await rolls.do(AskForClan(each, TOLD, code), who=CLAN)


async def test_a_household_is_found_asked_once_and_told(rolls: Rolls, clan: int, rows: Rows) -> None:
    await rolls.do(subject("Lò Văn Dũng"), who="family")
    async with rolls.store.work() as work:
        found = await work.clans.found(clan, HAMLET, "lò", 8)
    assert [(each.name, each.tie) for each in found] == [
        ("Lò Thị Bình", None), ("Lò Văn An", None), ("Lò Văn Dũng", None),
    ]  # fmt: skip
    await ask(rolls, 5, 1, 5)
    assert await ties(rows) == {5: ClanTie.ASKED, 1: ClanTie.ASKED}
    (told,) = await rows(news)
    assert decode_event(told["event"]) == ClanAsked(clan, TOLD)
    async with rolls.store.work() as work:
        assert {each.subject_id for each in await work.clans.linked(clan)} == {1, 5}
        (asking,) = await work.clans.asking(told["person_id"])
    assert (asking.clan_id, asking.clan, asking.household_id, asking.tie) == (clan, "Họ Lò", 5, ClanTie.ASKED)


async def test_a_household_elsewhere_is_asked_by_its_code_only(
    rolls: Rolls, clan: int, rows: Rows, execute: Execute
) -> None:
    await execute("INSERT INTO subject (kind, name, place_id, created_at) VALUES ('household', 'Xa', 4, :now)", now=NOW)
    with pytest.raises(Conflict):
        await ask(rolls, 5)
    with pytest.raises(Conflict):
        await ask(rolls, 5, code="WRONGCODE1")
    for code, subject_id, until, revoked in (
        ("GOODCODE12", 5, NOW + timedelta(days=1), None), ("ANOTHER123", 1, NOW + timedelta(days=1), None),
        ("EXPIRED123", 5, NOW, None), ("REVOKED123", 5, NOW + timedelta(days=1), NOW),
    ):  # fmt: skip
        await execute(
            "INSERT INTO invite (code_hash, place_id, expires_at, uses_left, created_at, subject_id, revoked_at)"
            " VALUES (:hash, 4, :until, 9, :now, :subject, :revoked)",
            hash=hashed(code), until=until, now=NOW, subject=subject_id, revoked=revoked,
        )  # fmt: skip
    for code in ("ANOTHER123", "EXPIRED123", "REVOKED123"):
        with pytest.raises(Conflict):
            await ask(rolls, 5, code=code)
    await ask(rolls, 5, code="GOODCODE12")
    assert await ties(rows) == {5: ClanTie.ASKED}


async def test_only_whoever_stands_for_the_clan_asks_and_drops(rolls: Rolls, clan: int, rows: Rows) -> None:
    await ask(rolls, 1)
    await rolls.do(subject("Lò Văn Dũng"), who="family")
    for who in ("family", "head", "nobody"):
        for effect in (AskForClan(2, TOLD), DropFromClan(1)):
            with pytest.raises(Conflict):
                await rolls.do(effect, who=who)
    assert await ties(rows) == {1: ClanTie.ASKED}
    await rolls.do(DropFromClan(1), who=CLAN)
    assert await ties(rows) == {}


async def test_a_household_with_members_answers_itself_and_changes_its_mind(
    rolls: Rolls, clan: int, rows: Rows
) -> None:
    await rolls.do(subject("Lò Văn Dũng"), who="family")
    await ask(rolls, 5)
    for who in ("head", CLAN, "nobody"):
        with pytest.raises(Conflict):
            await rolls.do(AnswerClan(clan, 5, agrees=True), who=who)
    for agrees, tie in ((True, ClanTie.AGREED), (False, ClanTie.DECLINED), (True, ClanTie.AGREED)):
        await rolls.do(AnswerClan(clan, 5, agrees), who="family")
        assert await ties(rows) == {5: tie}
    await ask(rolls, 5)  # asking again changes nothing
    assert await ties(rows) == {5: ClanTie.AGREED}
    assert len(await rows(news)) == 1
    with pytest.raises(Conflict):
        await rolls.do(AnswerClan(99, 5, agrees=True), who="family")


async def test_for_a_household_without_members_its_village_head_answers(rolls: Rolls, clan: int, rows: Rows) -> None:
    await ask(rolls, 1)
    await rolls.head(OTHER_HAMLET, who="other")
    await rolls.head(2, who="officer", role=RoleKind.OFFICER)
    for who in ("other", "officer", CLAN):
        with pytest.raises(Conflict):
            await rolls.do(AnswerClan(clan, 1, agrees=True), who=who)
    await rolls.do(AnswerClan(clan, 1, agrees=True))
    assert await ties(rows) == {1: ClanTie.AGREED}


async def test_agreed_households_with_a_confirmed_title_count(
    rolls: Rolls, clan: int, rows: Rows, execute: Execute
) -> None:
    await rolls.add("Dũng", "Én", "Phúc")  # 5, 6, 7
    await ask(rolls, 1, 2, 3, 5, 6, 7)
    for household in (1, 2, 3, 5, 6):
        await rolls.do(AnswerClan(clan, household, agrees=household != 6))
    for household, state in ((1, "confirmed"), (2, "handed_in"), (3, "recognised"), (5, "confirmed"), (6, "confirmed")):
        await rolls.sheet(household, state=state)
    await execute("UPDATE assessment SET title_id = 'gia_dinh_hoc_tap' WHERE subject_id <> 5")
    async with rolls.store.work() as work:
        assert await work.clans.counted(clan, YEAR) == (2, 4)
        assert await work.clans.counted(clan, YEAR - 1) == (0, 4)
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE id = 1")
    async with rolls.store.work() as work:
        assert await work.clans.counted(clan, YEAR) == (1, 3)
        assert 1 not in {each.subject_id for each in await work.clans.linked(clan)}


async def test_a_hamlet_counts_whom_it_confirmed_and_a_commune_what_was_decided(rolls: Rolls, execute: Execute) -> None:
    await rolls.add("An", "Bình", "Cúc", "Dũng", "Én", "Phúc", "Giang")
    for household, state in enumerate(
        ("draft", "handed_in", "confirmed", "appraised", "recognised", "not_recognised", "recognised"), 1
    ):
        await rolls.sheet(household, state=state)
    await execute("UPDATE assessment SET title_id = 'gia_dinh_hoc_tap'")
    async with rolls.store.work() as work:
        count = work.records.recognised
        assert await count("/1/2/3/", SubjectKind.HOUSEHOLD, YEAR, YEAR, is_decided=False) == (4, 7)
        assert await count("/1/2/", SubjectKind.HOUSEHOLD, YEAR, YEAR) == (2, 7)
    await execute("UPDATE subject SET left_on = '2025-11-01' WHERE id = 5")
    await execute("UPDATE subject SET left_on = '2025-11-01', merged_into = 1 WHERE id = 3")
    async with rolls.store.work() as work:
        count = work.records.recognised
        assert await count("/1/2/3/", SubjectKind.HOUSEHOLD, YEAR, YEAR, is_decided=False) == (2, 5)
        assert await count("/1/2/", SubjectKind.HOUSEHOLD, YEAR, YEAR) == (1, 5)
        # Of the year before it left, a household still counts; a line that was another one's never does.
        assert await count("/1/2/", SubjectKind.HOUSEHOLD, YEAR - 1, YEAR - 1) == (0, 6)
