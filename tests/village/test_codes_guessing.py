"""Codes survive guessing: one rule for every kind, a slowdown with a notice, and right codes of others still work."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from bot.dialogs.events import Typed
from bot.dialogs.facts import RoleKind
from bot.dialogs.session import Consent
from bot.dialogs.understanding import CODE_ALPHABET
from bot.services.knowledge import CODE_TRIES, WRONG_CODES_OF_CHANNEL
from storage.guesses import MANY
from storage.tables import audit, news, person_subject, role, wrong_code
from tests.services.office import COMMUNE, HAMLET, PROVINCE, Office
from tests.village.roll import HEAD, NAMES, code_of, hamlet, ids
from tests.village.rows import Rows

AN = NAMES[0]
SLOWED = "Đã gõ sai mã nhiều lần"


@pytest.fixture
async def village(office: Office) -> Office:
    """A village head with three households that all have a code."""
    await hamlet(office)
    return office


def wrong(number: int, length: int = 10) -> str:
    """One of many codes that nobody has."""
    chance = random.Random(number)
    return "".join(chance.choice(CODE_ALPHABET) for _ in range(length - 1)) + "Z"


async def slow_down(office: Office, who: str) -> None:
    for number in range(CODE_TRIES):
        screen = await office.desk.type(who, f"/start {wrong(number)}")
        assert SLOWED not in office.words(screen)


async def right(office: Office, rows: Rows, kind: str) -> str:
    match kind:
        case "household":
            return code_of((await ids(rows))[AN])
        case "hamlet":
            async with office.desk.storage.work() as work:
                now = office.desk.clock.now()
                await work.records.add_invite("HAM1ET2345", HAMLET, now + timedelta(days=9), 9, now)
            return "HAM1ET2345"
        case _:
            return await office.code(HAMLET, RoleKind.VILLAGE_HEAD)


@pytest.mark.parametrize("kind", ["household", "hamlet", "role"])
async def test_after_five_wrong_codes_no_code_of_any_kind_is_looked_up(village: Office, rows: Rows, kind: str) -> None:
    """So that no answer tells a guesser that a code was right."""
    known = await right(village, rows, kind)
    await slow_down(village, "guesser")
    screen = await village.desk.type("guesser", f"/start {known}")
    assert f"{SLOWED}. Xin đợi 15 phút" in village.words(screen)
    assert (await village.desk.person("guesser")).session.node == Consent()
    village.desk.clock.advance(14 * 60)
    assert f"{SLOWED}. Xin đợi 1 phút" in village.words(await village.desk.type("guesser", f"/start {known}"))
    village.desk.clock.advance(60)
    assert SLOWED not in village.words(await village.desk.type("guesser", f"/start {known}"))
    assert (await village.desk.person("guesser")).session.node == Consent(known)


@pytest.mark.parametrize("how", ["{code}", "/start {code}", "/link {code}", "https://hoctap.example/m/{code}"])
async def test_a_guess_counts_however_it_is_made(village: Office, rows: Rows, how: str) -> None:
    await village.desk.type("guesser", "/start")
    for number in range(CODE_TRIES):
        await village.desk.type("guesser", how.format(code=wrong(number)))
    known = await right(village, rows, "household")
    assert SLOWED in village.words(await village.desk.type("guesser", f"/start {known}"))


async def test_guesses_typed_where_the_hamlet_is_asked_count(village: Office, rows: Rows) -> None:
    await village.desk.type("guesser", "/start")
    await village.desk.tap("guesser", "Đồng ý")
    await village.desk.type("guesser", "Ai đó")
    for number in range(CODE_TRIES):
        await village.desk.type("guesser", wrong(number))
    known = await right(village, rows, "household")
    assert SLOWED in village.words(await village.desk.type("guesser", known))
    assert "Nhà có mấy người lớn" in village.words(await village.desk.type("guesser", "mẫu 2"))


async def test_names_of_hamlets_and_small_talk_are_no_guesses(village: Office, rows: Rows) -> None:
    await village.desk.type("an", "xin chào cả nhà")
    await village.desk.tap("an", "Đồng ý")
    await village.desk.type("an", "Ai đó")
    for text in ("thon mau", "mau", "xã khác", "thôn không có", "hamlet", "Thôn Mẫu 77"):
        await village.desk.type("an", text)
    assert await rows(wrong_code) == []


async def test_who_arrived_by_a_right_code_is_not_stopped_by_wrong_ones(village: Office, rows: Rows) -> None:
    known = await right(village, rows, "household")
    await village.desk.type("an", f"/start {known}")
    for number in range(CODE_TRIES + 1):
        await village.desk.type("an", wrong(number))
    await village.desk.tap("an", "Đồng ý")
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == AN


async def test_a_thousand_guesses_find_nothing_and_others_still_get_in(village: Office, rows: Rows) -> None:
    before = (await rows(person_subject), len(await rows(role)))
    slowed = 0
    for number in range(1000):
        who = f"guesser-{number // 25}"
        screen = await village.desk.type(who, f"/start {wrong(number)}")
        slowed += SLOWED in village.words(screen)
        village.desk.clock.advance(0.5)
    assert (await rows(person_subject), len(await rows(role))) == before
    counted = sum(each["count"] for each in await rows(wrong_code))
    assert counted + slowed == 1000
    assert slowed >= 800
    known = await right(village, rows, "household")
    await village.desk.type("an", f"/start {known}")
    await village.desk.tap("an", "Đồng ý")
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == AN
    assert [each["what"] for each in await rows(audit)].count("code.slowed") == 40


async def test_many_fresh_accounts_have_one_try_each_once_a_channel_had_too_many(village: Office, rows: Rows) -> None:
    for number in range(WRONG_CODES_OF_CHANNEL):
        await village.desk.accept(village.desk.update(Typed(f"/start {wrong(number)}"), f"guesser-{number}"))
    await village.desk.handle_all()
    await village.desk.type("fresh", f"/start {wrong(7000)}")
    assert SLOWED in village.words(await village.desk.type("fresh", f"/start {wrong(7001)}"))
    known = await right(village, rows, "household")
    assert SLOWED not in village.words(await village.desk.type("an", f"/start {known}"))
    village.desk.clock.advance(16 * 60)
    await village.desk.type("fresh", f"/start {wrong(7002)}")
    assert SLOWED not in village.words(await village.desk.type("fresh", f"/start {wrong(7003)}"))


async def test_officers_of_the_topmost_place_are_told_once_of_very_many_guesses(village: Office, rows: Rows) -> None:
    await village.officer("commune", COMMUNE)
    await village.officer("province", PROVINCE)
    for number in range(2 * MANY):
        await village.desk.accept(village.desk.update(Typed(f"/start {wrong(number)}"), f"guesser-{number}"))
    await village.desk.handle_all()
    told = await rows(news)
    assert [each["person_id"] for each in told] == [(await village.desk.person("province")).person_id]
    assert "codes.many_wrong" in told[0]["event"]
    assert [each["what"] for each in await rows(audit)].count("code.many_wrong") == 1


async def test_nobody_is_told_of_few(village: Office, rows: Rows) -> None:
    await village.officer("province", PROVINCE)
    await slow_down(village, "guesser")
    assert await rows(news) == []


async def test_old_counts_are_forgotten(village: Office, rows: Rows) -> None:
    await slow_down(village, "guesser")
    async with village.desk.storage.work() as work:
        await work.people.purge(village.desk.clock.now() + timedelta(days=1))
    assert await rows(wrong_code) == []


async def test_the_head_may_still_scan_while_others_guess(village: Office, rows: Rows) -> None:
    await slow_down(village, "guesser")
    screen = await village.desk.type(HEAD, f"/start {await right(village, rows, 'household')}")
    assert AN in village.words(screen)
