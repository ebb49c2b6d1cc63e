"""An officer invites village heads and officers below, sees who has a role, ends roles and revokes codes."""

from __future__ import annotations

import re

import pytest

from bot.dialogs.effects import DocumentKind, SendDocument, Show
from bot.dialogs.facts import RoleKind
from bot.dialogs.screens import Screen
from bot.dialogs.session import Desk as AtDesk
from bot.dialogs.village.nodes import PeopleHere
from bot.ports import Storage
from storage.tables import audit, invite, news, role
from tests.services.desk import Desk
from tests.services.office import COMMUNE, HAMLET, PROVINCE, Office
from tests.village.rows import Rows

CODE = re.compile(r"Mã mời: ([0-9A-Z]{4}) ([0-9A-Z]{4})")


async def invited(office: Office, who: str, place: str = "Thôn Mẫu 1", until: str = "Không đặt ngày cuối") -> str:
    """An officer of the commune invites a village head; returns the code."""
    desk = office.desk
    await desk.type(who, "/canbo")
    await desk.tap(who, "Người được giao việc")
    await desk.tap(who, "Mời trưởng thôn")
    await desk.tap(who, f"{place} (xã Mẫu, tỉnh Mẫu)")
    if until[0].isdigit():
        screen = await desk.type(who, until)
    else:
        screen = await desk.tap(who, until)
    return code_on(office, screen)


def code_on(office: Office, screen: Screen) -> str:
    found = CODE.search(office.words(screen))
    assert found is not None, office.words(screen)
    return found[1] + found[2]


async def accepts(office: Office, who: str, code: str) -> Screen:
    await office.desk.type(who, f"/start {code}")
    return await office.desk.tap(who, "Đồng ý")


async def test_an_officer_invites_a_village_head_by_a_code_read_over_the_phone(office: Office, rows: Rows) -> None:
    await office.officer("officer")
    code = await invited(office, "officer")
    sent = [each for each in await office.desk.mail("officer") if isinstance(each, SendDocument)]
    assert sent[-1] == SendDocument(DocumentKind.ROLE_CARD, f"{code}/village_head/{HAMLET}")
    await accepts(office, "head", f"{code[:4].lower()} {code[4:]}")
    (held,) = (await office.desk.person("head")).roles
    assert (held.kind, held.place.id) == (RoleKind.VILLAGE_HEAD, HAMLET)
    assert code not in repr(await rows(invite))


async def test_a_code_is_shown_once(office: Office) -> None:
    await office.officer("officer")
    code = await invited(office, "officer")
    screen = await office.desk.type("officer", "vậy đó")
    assert code[:4] not in office.words(screen)
    assert await office.desk.tap("officer", "Xem người được giao việc") is not None


async def test_a_code_grants_its_role_to_one_person(office: Office) -> None:
    await office.officer("officer")
    code = await invited(office, "officer")
    await accepts(office, "head", code)
    screen = await office.desk.type("second", f"/start {code}")
    assert "Mã này đã có người dùng" in office.words(screen)
    assert (await office.desk.person("second")).roles == ()


@pytest.mark.parametrize("days", [13, 14])
async def test_a_code_works_for_fourteen_days(office: Office, days: int) -> None:
    await office.officer("officer")
    code = await invited(office, "officer")
    office.desk.clock.advance(days * 86400)
    screen = await office.desk.type("head", f"/start {code}")
    assert ("hết hạn" in office.words(screen)) == (days == 14)


async def test_a_role_ends_with_the_day_that_was_typed(office: Office, rows: Rows) -> None:
    await office.officer("officer")
    code = await invited(office, "officer", until="30/11/2026")
    await accepts(office, "head", code)
    (kept,) = (each for each in await rows(role) if each["role"] is RoleKind.VILLAGE_HEAD)
    assert kept["until"].isoformat() == "2026-11-30"
    office.desk.clock.advance(8 * 86400)
    assert (await office.desk.person("head")).roles
    office.desk.clock.advance(86400)
    assert (await office.desk.person("head")).roles == ()


async def test_until_the_end_of_the_year(office: Office, rows: Rows) -> None:
    await office.officer("officer")
    await invited(office, "officer", until="Hết năm nay")
    assert [str(each["role_until"]) for each in await rows(invite)][-1] == "2026-12-31"


async def test_a_day_that_is_over_is_refused(office: Office, rows: Rows) -> None:
    await office.officer("officer")
    await office.desk.tap("officer", "Người được giao việc")
    await office.desk.tap("officer", "Mời trưởng thôn")
    await office.desk.tap("officer", "Thôn Mẫu 1 (xã Mẫu, tỉnh Mẫu)")
    assert "đã qua" in office.words(await office.desk.type("officer", "1/1/2026"))
    assert "Chưa rõ ngày" in office.words(await office.desk.type("officer", "khi nào cũng được"))
    assert len(await rows(invite)) == 1


async def test_the_place_is_found_by_letters_without_diacritics(office: Office) -> None:
    await office.officer("officer")
    await office.desk.tap("officer", "Người được giao việc")
    await office.desk.tap("officer", "Mời trưởng thôn")
    screen = await office.desk.type("officer", "mau 3")
    assert office.labels(screen)[0] == "Thôn Mẫu 3 (xã Mẫu, tỉnh Mẫu)"
    assert "Thôn Mẫu 1 (xã Mẫu, tỉnh Mẫu)" not in office.labels(screen)


async def test_who_has_a_role_is_listed_and_their_role_ended_with_notice(office: Office, rows: Rows) -> None:
    await office.officer("officer")
    await accepts(office, "head", await invited(office, "officer"))
    await office.desk.type("officer", "/canbo")
    screen = await office.desk.tap("officer", "Người được giao việc")
    assert "Cán bộ: Xã Mẫu (là mình)" in office.words(screen)
    await office.desk.tap("officer", "Trưởng thôn: Thôn Mẫu 1")
    screen = await office.desk.tap("officer", "Kết thúc việc")
    assert "Đã kết thúc: Trưởng thôn: Thôn Mẫu 1." in office.words(screen)
    assert "Trưởng thôn: Thôn Mẫu 1" not in office.labels(screen)
    assert (await office.desk.person("head")).roles == ()
    assert "role.ended" in [each["what"] for each in await rows(audit)]
    (told,) = await rows(news)
    assert told["person_id"] == (await office.desk.person("head")).person_id
    assert "role.ended" in told["event"]


async def test_who_lost_the_role_in_the_middle_of_it_is_led_away(office: Office) -> None:
    await office.officer("officer")
    await accepts(office, "head", await invited(office, "officer"))
    await office.desk.tap("head", "Danh sách hộ trong thôn")
    await office.desk.type("officer", "/canbo")
    await office.desk.tap("officer", "Người được giao việc")
    await office.desk.tap("officer", "Trưởng thôn: Thôn Mẫu 1")
    await office.desk.tap("officer", "Kết thúc việc")
    screen = await office.desk.type("head", "an")
    assert "Việc này không còn ở đây nữa" in office.words(screen)


async def test_an_open_code_is_revoked(office: Office) -> None:
    await office.officer("officer")
    code = await invited(office, "officer")
    await office.desk.tap("officer", "Xem người được giao việc")
    await office.desk.tap("officer", "Mã chưa dùng: Trưởng thôn, Thôn Mẫu 1")
    screen = await office.desk.tap("officer", "Thu hồi mã")
    assert "Đã thu hồi mã" in office.words(screen)
    assert "thu hồi" in office.words(await office.desk.type("head", f"/start {code}"))
    assert (await office.desk.person("head")).roles == ()


async def test_keeping_changes_nothing(office: Office) -> None:
    await office.officer("officer")
    await accepts(office, "head", await invited(office, "officer"))
    await office.desk.tap("officer", "Xem người được giao việc")
    await office.desk.tap("officer", "Trưởng thôn: Thôn Mẫu 1")
    await office.desk.tap("officer", "Thôi")
    assert isinstance((await office.desk.person("officer")).session.node, PeopleHere)
    assert (await office.desk.person("head")).roles


async def test_officers_of_the_same_place_cannot_end_each_other(office: Office) -> None:
    await office.officer("officer")
    await office.officer("colleague")
    await office.desk.type("officer", "/canbo")
    screen = await office.desk.tap("officer", "Người được giao việc")
    assert office.words(screen).count("Cán bộ: Xã Mẫu") == 2
    assert not [label for label in office.labels(screen) if label.startswith("Cán bộ")]


async def test_a_province_invites_an_officer_of_a_commune_but_a_commune_does_not(office: Office) -> None:
    await office.officer("province", PROVINCE)
    await office.desk.tap("province", "Người được giao việc")
    screen = await office.desk.tap("province", "Mời cán bộ")
    assert office.labels(screen)[0] == "Xã Mẫu (tỉnh Mẫu)"
    await office.desk.tap("province", "Xã Mẫu (tỉnh Mẫu)")
    code = code_on(office, await office.desk.tap("province", "Không đặt ngày cuối"))
    await accepts(office, "commune", code)
    (held,) = (await office.desk.person("commune")).roles
    assert (held.kind, held.place.id) == (RoleKind.OFFICER, COMMUNE)
    screen = await office.desk.tap("commune", "Người được giao việc")
    assert "Mời cán bộ" not in office.labels(screen)


async def test_a_village_head_has_no_way_in(office: Office) -> None:
    await office.officer("officer")
    await accepts(office, "head", await invited(office, "officer"))
    assert "Người được giao việc" not in office.labels(await office.desk.screen("head"))
    assert isinstance((await office.desk.person("head")).session.node, AtDesk)


async def test_several_roles_are_one_persons(office: Office) -> None:
    await office.officer("officer")
    first = await invited(office, "officer")
    second = await invited(office, "officer", place="Thôn Mẫu 2")
    await accepts(office, "head", first)
    await office.desk.type("head", f"/start {second}")
    assert [held.place.id for held in (await office.desk.person("head")).roles] == [HAMLET, HAMLET + 1]


async def test_every_line_of_many_is_reached(office: Office, desk: Desk, store: Storage) -> None:
    await office.officer("officer")
    for number in range(8):
        code = await office.code(HAMLET, RoleKind.VILLAGE_HEAD)
        await accepts(office, f"head-{number}", code)
    await desk.type("officer", "/canbo")
    screen = await desk.tap("officer", "Người được giao việc")
    seen = [label for label in office.labels(screen) if label.startswith("Trưởng thôn")]
    assert len(seen) == len(set(seen)) == 5
    screen = await desk.tap("officer", "Xem thêm")
    assert len([label for label in office.labels(screen) if label.startswith("Trưởng thôn")]) == 3
    screens = [each.screen for each in await desk.mail("officer") if isinstance(each, Show)]
    assert all(len(each.choices) <= 8 for each in screens)
