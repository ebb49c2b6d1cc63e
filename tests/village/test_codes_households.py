"""A family arrives by the code of its own household: scanned, forwarded or typed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.dialogs.facts import RoleKind
from bot.dialogs.session import AskName, ConfirmJoin, Consent, Question, Summary
from bot.dialogs.village.nodes import Household
from bot.ports import Storage
from storage.tables import assessment, audit, invite, person_subject, subject
from tests.services.office import HAMLET, Office
from tests.village.roll import HEAD, NAMES, cards_given_out, code_of, hamlet, ids
from tests.village.rows import Rows, Write

AN, BINH, CUONG = NAMES


@pytest.fixture
async def village(office: Office) -> Office:
    """A village head with three households that all have a code."""
    await hamlet(office)
    return office


async def code(rows: Rows, name: str, serial: int = 1) -> str:
    return code_of((await ids(rows))[name], serial)


async def scans(office: Office, who: str, code_: str) -> None:
    """Open the link of a card and agree."""
    await office.desk.type(who, f"/start {code_}")
    await office.desk.tap(who, "Đồng ý")


async def answers_first_facts(office: Office, who: str) -> None:
    """Say what the roll did not know of the household, where that is asked."""
    while not isinstance((await office.desk.person(who)).session.node, Question):
        await office.desk.type(who, "1")


async def test_before_consent_the_screen_says_whose_sheet_it_is(village: Office, rows: Rows) -> None:
    screen = await village.desk.type("an", f"/start {await code(rows, AN)}")
    assert "hộ Nguyễn Văn An, Thôn Mẫu 1" in village.words(screen)
    assert (await rows(person_subject)) == []
    assert (await village.desk.person("an")).session.node == Consent(await code(rows, AN))


async def test_a_family_that_scans_is_at_its_own_household(village: Office, rows: Rows) -> None:
    await scans(village, "an", await code(rows, AN))
    await answers_first_facts(village, "an")
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.id == (await ids(rows))[AN]
    assert person.assessment is not None
    assert person.assessment.year == 2026
    assert person.consent is not None
    assert not person.is_visiting
    assert len(await rows(subject)) == 3
    assert "household.joined" in [each["what"] for each in await rows(audit)]


@pytest.mark.parametrize(
    "written",
    [
        "{code}",
        "{half} {rest}",
        "{lower}",
        "https://hoctap.example/m/{code}",
        "Nhà mình vào đây nhé: https://hoctap.example/m/{code}",
        "https://t.me/hoctap_bot?start={code}",
    ],
)
async def test_the_code_is_taken_however_it_is_written(village: Office, rows: Rows, written: str) -> None:
    known = await code(rows, AN)
    text = written.format(code=known, lower=known.lower(), half=known[:5], rest=known[5:])
    screen = await village.desk.type("an", text)
    assert "hộ Nguyễn Văn An" in village.words(screen)
    await village.desk.type("bình", "xin chào")
    screen = await village.desk.type("bình", text)
    assert "hộ Nguyễn Văn An" in village.words(screen)


async def test_a_code_typed_while_registering_leads_home_too(village: Office, rows: Rows) -> None:
    await village.desk.type("an", "/start")
    await village.desk.tap("an", "Đồng ý")
    await village.desk.type("an", "Anh An")
    await village.desk.type("an", await code(rows, AN))
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == AN


async def test_a_second_phone_of_the_household_joins_the_same_sheet(village: Office, rows: Rows) -> None:
    for who in ("an", "wife"):
        await scans(village, who, await code(rows, AN))
    assert len(await rows(assessment)) == 1
    assert (await village.desk.person("wife")).assessment == (await village.desk.person("an")).assessment


async def test_one_code_is_for_eight_people(village: Office, rows: Rows) -> None:
    for number in range(8):
        await scans(village, f"an-{number}", await code(rows, AN))
    screen = await village.desk.type("ninth", f"/start {await code(rows, AN)}")
    assert "dùng hết số lần" in village.words(screen)
    assert (await village.desk.person("ninth")).session.node == Consent()


async def test_who_takes_part_already_spends_no_use_and_gets_in_for_good(village: Office, rows: Rows) -> None:
    await scans(village, "an", await code(rows, AN))
    uses = [each["uses_left"] for each in await rows(invite) if each["subject_id"] == (await ids(rows))[AN]]
    village.desk.clock.advance(120 * 86400)
    await village.desk.type("an", f"/start {await code(rows, AN)}")
    assert (await village.desk.person("an")).subject is not None
    left = [each["uses_left"] for each in await rows(invite) if each["subject_id"] == (await ids(rows))[AN]]
    assert uses == left == [7]


async def test_somebody_with_another_household_in_hand_is_asked(village: Office, rows: Rows) -> None:
    await scans(village, "an", await code(rows, AN))
    await answers_first_facts(village, "an")
    screen = await village.desk.type("an", f"/start {await code(rows, BINH)}")
    assert "phiếu của hộ Trần Thị Bình, Thôn Mẫu 1" in village.words(screen)
    assert isinstance((await village.desk.person("an")).session.node, ConfirmJoin)
    await village.desk.tap("an", "Thôi")
    assert isinstance((await village.desk.person("an")).session.node, Question)
    assert len(await rows(person_subject)) == 1
    await village.desk.type("an", f"/start {await code(rows, BINH)}")
    await village.desk.tap("an", "Làm phiếu hộ này")
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == BINH
    assert len(await rows(person_subject)) == 2


async def test_back_to_the_first_household_by_its_own_card_without_a_question(village: Office, rows: Rows) -> None:
    await scans(village, "an", await code(rows, AN))
    await village.desk.type("an", f"/start {await code(rows, BINH)}")
    await village.desk.type("an", "có")
    await village.desk.type("an", f"/start {await code(rows, AN)}")
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == AN


async def test_the_village_head_is_led_to_the_household_on_the_list(village: Office, rows: Rows) -> None:
    screen = await village.desk.type(HEAD, f"/start {await code(rows, CUONG)}")
    assert CUONG in village.words(screen)
    assert (await village.desk.person(HEAD)).session.node == Household((await ids(rows))[CUONG])
    assert await rows(person_subject) == []


async def test_the_head_of_another_village_is_asked_like_anybody(village: Office, rows: Rows) -> None:
    await village.desk.type("other", f"/start {await village.code(HAMLET + 1, RoleKind.VILLAGE_HEAD)}")
    await village.desk.tap("other", "Đồng ý")
    await village.desk.type("other", f"/start {await code(rows, AN)}")
    assert isinstance((await village.desk.person("other")).session.node, ConfirmJoin)


async def test_printing_again_gives_the_same_codes(village: Office, rows: Rows) -> None:
    before = await rows(invite)
    await cards_given_out(village)
    assert await rows(invite) == before
    households = [each for each in before if each["subject_id"]]
    assert [each["serial"] for each in households] == [1, 1, 1]
    assert {each["expires_at"].date() for each in households} == {date(2027, 3, 1)}


async def test_no_code_is_kept_readable(village: Office, rows: Rows) -> None:
    known = await code(rows, AN)
    assert known not in repr(await rows(invite))


async def test_a_code_ends_sixty_days_into_the_next_year(village: Office, rows: Rows) -> None:
    village.desk.clock.advance((date(2027, 3, 1) - date(2026, 11, 22)).days * 86400)
    assert "hộ Nguyễn Văn An" in village.words(await village.desk.type("an", f"/start {await code(rows, AN)}"))
    village.desk.clock.advance(86400)
    screen = await village.desk.type("bình", f"/start {await code(rows, BINH)}")
    assert "Mã của hộ này đã hết hạn" in village.words(screen)


async def test_who_read_the_notice_can_still_register_by_hand(village: Office, rows: Rows) -> None:
    village.desk.clock.advance(120 * 86400)
    await scans(village, "an", await code(rows, AN))
    assert (await village.desk.person("an")).session.node == AskName()


async def test_the_code_of_a_merged_household_leads_to_the_kept_one(village: Office, rows: Rows, write: Write) -> None:
    known = await ids(rows)
    await write(
        "UPDATE subject SET merged_into = :keep, left_on = '2026-11-22' WHERE id = :gone",
        keep=known[BINH], gone=known[AN],
    )  # fmt: skip
    await scans(village, "an", await code(rows, AN))
    person = await village.desk.person("an")
    assert person.subject is not None
    assert person.subject.name == BINH


async def test_the_code_of_a_household_that_left_says_so(village: Office, rows: Rows, write: Write) -> None:
    await write("UPDATE subject SET left_on = '2026-11-22' WHERE id = :gone", gone=(await ids(rows))[AN])
    screen = await village.desk.type("an", f"/start {await code(rows, AN)}")
    assert "không còn trong danh sách của thôn" in village.words(screen)
    assert (await village.desk.person("an")).session.node == Consent()


async def test_declining_leaves_no_trace_on_the_roll(village: Office, rows: Rows) -> None:
    await village.desk.type("an", f"/start {await code(rows, AN)}")
    await village.desk.tap("an", "Không đồng ý")
    assert await rows(person_subject) == []
    assert len(await rows(subject)) == 3


async def test_a_family_that_registered_by_itself_is_on_the_roll(village: Office, store: Storage) -> None:
    await village.desk.register("tư")
    async with store.work() as work:
        assert len(await work.invitations.households(HAMLET)) == 4


async def test_summary_is_shown_to_who_comes_back(village: Office, rows: Rows) -> None:
    await scans(village, "an", await code(rows, AN))
    await answers_first_facts(village, "an")
    await village.desk.type("an", "1")
    await scans_again(village, rows)
    assert isinstance((await village.desk.person("an")).session.node, Question | Summary)


async def scans_again(office: Office, rows: Rows) -> None:
    await office.desk.type("an", f"/start {await code(rows, AN)}")
