"""The administrator grants roles with an end, lists them, ends them and revokes codes."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.dialogs.facts import RoleKind
from bot.services import administer
from bot.services.administer import AdministerError
from storage.tables import news
from tests.services.office import COMMUNE, HAMLET, IDS, Office
from tests.village.roll import become_head, code_of, hamlet, ids
from tests.village.rows import Rows

TODAY = date(2026, 11, 22)


async def test_a_role_may_be_granted_until_a_day(office: Office) -> None:
    desk = office.desk
    until = TODAY + timedelta(days=30)
    made = await administer.grant(
        desk.storage, desk.clock, IDS, RoleKind.OFFICER, COMMUNE, days=14, until=until, today=TODAY
    )
    await desk.type("officer", f"/start {made.code}")
    await desk.tap("officer", "Đồng ý")
    ((held,), _) = await administer.roles(desk.storage, desk.clock, None, TODAY)
    assert (held.kind, held.place.id, held.until) == (RoleKind.OFFICER, COMMUNE, until)
    assert await administer.roles(desk.storage, desk.clock, None, until + timedelta(days=1)) == ((), ())


async def test_a_day_that_is_over_is_refused(office: Office) -> None:
    desk = office.desk
    with pytest.raises(AdministerError, match="over already"):
        await administer.grant(
            desk.storage, desk.clock, IDS, RoleKind.OFFICER, COMMUNE, 14, TODAY - timedelta(days=1), TODAY
        )


async def test_roles_and_codes_are_listed_below_a_place(office: Office) -> None:
    desk = office.desk
    await become_head(office)
    await office.code(HAMLET + 1, RoleKind.VILLAGE_HEAD)
    held, codes = await administer.roles(desk.storage, desk.clock, COMMUNE, TODAY)
    assert ([each.place.id for each in held], [each.place.id for each in codes]) == ([HAMLET], [HAMLET + 1])
    assert await administer.roles(desk.storage, desk.clock, HAMLET + 2, TODAY) == ((), ())
    with pytest.raises(AdministerError, match="no place"):
        await administer.roles(desk.storage, desk.clock, 99, TODAY)


async def test_a_role_is_ended_and_its_person_told(office: Office, rows: Rows) -> None:
    desk = office.desk
    await become_head(office)
    ((held,), _) = await administer.roles(desk.storage, desk.clock, None, TODAY)
    assert "Ended role" in await administer.revoke(desk.storage, desk.clock, str(held.role_id), TODAY)
    assert (await desk.person("head")).roles == ()
    assert "role.ended" in (await rows(news))[0]["event"]
    with pytest.raises(AdministerError, match="no role"):
        await administer.revoke(desk.storage, desk.clock, str(held.role_id), TODAY)


async def test_codes_of_every_kind_are_revoked(office: Office, rows: Rows) -> None:
    desk = office.desk
    await hamlet(office)
    of_role = await office.code()
    of_household = code_of((await ids(rows))["Nguyễn Văn An"])
    for code in (of_role, of_household):
        written = f"{code[:4].lower()} {code[4:]}"
        assert "works no more" in await administer.revoke(desk.storage, desk.clock, written, TODAY)
        with pytest.raises(AdministerError, match="no such code"):
            await administer.revoke(desk.storage, desk.clock, code, TODAY)
    assert "thu hồi" in office.words(await desk.type("officer", f"/start {of_role}"))
    assert "thay bằng mã khác" in office.words(await desk.type("an", f"/start {of_household}"))
